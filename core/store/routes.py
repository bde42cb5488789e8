"""Questions about the ways a report took: through whom a source was cited, and who printed the same text when."""

import pandas as pd

from core.model import Filters
from core.store.corpus import Corpus
from core.store.scope import picked

EARLIER = (
    "coalesce({0}.published_last < {1}.published_first OR ({0}.precision = 'minute' AND {1}.precision = 'minute' "
    "AND right({0}.published, 6) = right({1}.published, 6) AND {0}.published < {1}.published), FALSE)"
)
"""Whether one article surely came out before another: its last possible moment lies before the other's first."""

PLAIN = "replace(lower({0}), '.com', '')"


def citations(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """outlet, outlet_name, source, kind, entity_id, relay, relay_kind, path, citations, articles, independent.

    One row an outlet, source and last relay (empty where no one is said to have handed the source on). A citation
    handed on by two side by side is in two rows. What a sentence cites only as a relay, and what is the outlet
    itself, is left out. path holds all relays in order, the commonest where there are several.
    """
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked},
        cites AS (
            SELECT s.doc, s.sentence, s.first, s.name AS source, s.kind, s.entity_id, p.outlet, p.outlet_name,
                p.cluster_id
            FROM sources AS s JOIN picked AS p USING (doc)
            WHERE {PLAIN.format("s.name")} <> {PLAIN.format("p.outlet_name")}
                AND NOT EXISTS (SELECT 1 FROM relays AS r WHERE r.doc = s.doc AND r.first = s.first)
        ),
        paths AS (
            SELECT doc, cite_first, max(step) AS last, string_agg(name, ' → ' ORDER BY step, first) AS path
            FROM relays SEMI JOIN picked USING (doc) GROUP BY doc, cite_first
        ),
        routed AS (
            SELECT c.*, coalesce(r.name, '') AS relay, coalesce(r.kind, '') AS relay_kind, coalesce(path, '') AS path
            FROM cites AS c LEFT JOIN paths ON paths.doc = c.doc AND paths.cite_first = c.first
            LEFT JOIN relays AS r ON r.doc = c.doc AND r.cite_first = c.first AND r.step = paths.last
        )
        SELECT outlet, any_value(outlet_name) AS outlet_name, source, mode(kind) AS kind,
            max(entity_id) AS entity_id, relay, mode(relay_kind) AS relay_kind, mode(path) AS path,
            count(DISTINCT (doc, sentence, first)) AS citations, count(DISTINCT doc) AS articles,
            count(DISTINCT cluster_id) AS independent
        FROM routed GROUP BY outlet, source, relay
        ORDER BY articles DESC, citations DESC, source, relay, outlet""",
        values,
    )


def shared_texts(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """cluster_id, title, outlet, outlet_name, published, other, other_name, other_published, earlier, agencies.

    One row a cluster and outlet that carries it besides the one with the earliest known date. earlier: whether
    outlet surely printed it before other. agencies: agencies and media that the cluster's articles cite.
    """
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked},
        shared AS (SELECT cluster_id FROM picked GROUP BY cluster_id HAVING min(outlet) <> max(outlet)),
        ranked AS (
            SELECT *, row_number() OVER (
                PARTITION BY cluster_id, outlet ORDER BY published_last NULLS LAST, published, doc
            ) AS mine
            FROM picked SEMI JOIN shared USING (cluster_id) WHERE outlet <> 'unknown'
        ),
        one_each AS (
            SELECT *, row_number() OVER (
                PARTITION BY cluster_id ORDER BY published_last NULLS LAST, published, doc
            ) AS place, count(*) OVER (PARTITION BY cluster_id) AS outlets
            FROM ranked WHERE mine = 1
        ),
        cited AS (
            SELECT cluster_id, string_agg(DISTINCT s.name, ', ' ORDER BY s.name) AS agencies
            FROM sources AS s JOIN picked USING (doc) SEMI JOIN shared USING (cluster_id)
            WHERE s.kind IN ('agency', 'media') GROUP BY cluster_id
        )
        SELECT one.cluster_id, one.title, one.outlet, one.outlet_name, one.published, two.outlet AS other,
            two.outlet_name AS other_name, two.published AS other_published, {EARLIER.format("one", "two")} AS earlier,
            coalesce(agencies, '') AS agencies
        FROM one_each AS one JOIN one_each AS two USING (cluster_id) LEFT JOIN cited USING (cluster_id)
        WHERE one.place = 1 AND two.place > 1 AND one.outlets > 1
        ORDER BY one.cluster_id, two.place""",
        values,
    )


def quotes_by_text(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """outlet, outlet_name, cluster_id, direct, mixed, indirect, articles: quotes of each independent text."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}
        SELECT outlet, any_value(outlet_name) AS outlet_name, cluster_id,
            count(*) FILTER (q.kind = 'direct') AS direct, count(*) FILTER (q.kind = 'mixed') AS mixed,
            count(*) FILTER (q.kind = 'indirect') AS indirect, count(DISTINCT doc) AS articles
        FROM quotes AS q JOIN picked USING (doc) GROUP BY outlet, cluster_id ORDER BY outlet, cluster_id""",
        values,
    )


def citing_articles(corpus: Corpus, filters: Filters) -> int:
    """How many articles cite anyone at all."""
    with_picked, values = picked(filters)
    rows = corpus.rows(f"{with_picked} SELECT count(DISTINCT doc) FROM sources SEMI JOIN picked USING (doc)", values)
    return int(rows[0][0])

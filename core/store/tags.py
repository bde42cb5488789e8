"""Questions about tags: entities, sources, speakers, tone, copies. Mentions count in body and subhead."""

import pandas as pd

from core.model import Filters
from core.store.corpus import Corpus
from core.store.scope import CODES, COUNTED_ZONES, PERIODS, picked

READINGS = {"named": "named", "meant": "plain + metonyms", "both": "named + metonyms"}
"""How mentions become entities: what counts of an article's mentions (core.store.tallies)."""

_TEXTS = "count(DISTINCT doc) AS articles, count(DISTINCT cluster_id) AS independent"


def entities(
    corpus: Corpus, filters: Filters, *, label: str | None, reading: str, top: int, by: str = "mentions"
) -> pd.DataFrame:
    """entity_id, name, label, mentions, as_metonym, articles, independent, outlets of the first by a count."""
    with_picked, values = picked(filters)
    metonyms = "0" if reading == "named" else "metonyms"
    # distinct texts are counted for the few that are shown: counting them for all takes several times as long
    place = {"mentions": "sum(n)", "articles": "count(*)", "independent": "count(DISTINCT cluster_id)"}[by]
    return corpus.frame(
        f"""{with_picked}, here AS (
            SELECT code, doc, {READINGS[reading]} AS n, {metonyms} AS m FROM counted WHERE n > 0
        ),
        most AS (
            SELECT code, entity_id, e.name, e.label, mentions, as_metonym, place
            FROM (
                SELECT code, sum(n)::BIGINT AS mentions, sum(m)::BIGINT AS as_metonym, {place} AS place
                FROM here JOIN (SELECT doc, cluster_id FROM picked) USING (doc) GROUP BY code
            ) JOIN entity_codes USING (code) JOIN entities AS e USING (entity_id)
            WHERE $label IS NULL OR e.label = $label
            ORDER BY place DESC, mentions DESC, entity_id LIMIT $top
        ),
        texts AS (
            SELECT code, {_TEXTS}, count(DISTINCT outlet) AS outlets
            FROM here JOIN (SELECT doc, cluster_id, outlet FROM picked) USING (doc)
            WHERE code IN (SELECT code FROM most) GROUP BY code
        )
        SELECT entity_id, name, label, mentions, as_metonym, articles, independent, outlets
        FROM most JOIN texts USING (code) ORDER BY place DESC, mentions DESC, entity_id""",
        values | {"label": label, "top": top},
    )


def entities_by(corpus: Corpus, filters: Filters, entity_ids: list[str], axis: str) -> pd.DataFrame:
    """entity_id, key, mentions, articles, independent; key is the outlet or, for an axis of PERIODS, the period."""
    with_picked, values = picked(filters)
    key = "outlet" if axis == "outlet" else PERIODS[axis]
    return corpus.frame(
        f"""{with_picked}
        SELECT entity_id, {key} AS key, sum(named + metonyms)::BIGINT AS mentions, {_TEXTS}
        FROM counted JOIN entity_codes USING (code) JOIN picked USING (doc)
        WHERE code IN {CODES.format("entity_ids")} AND key IS NOT NULL
        GROUP BY entity_id, key""",
        values | {"entity_ids": entity_ids},
    )


def entity_names(corpus: Corpus, entity_ids: list[str]) -> pd.DataFrame:
    """entity_id, name, label in the order asked; ids that the corpus does not have are left out."""
    return corpus.frame(
        """SELECT entity_id, name, label FROM entities JOIN (
            SELECT unnest($entity_ids::VARCHAR[]) AS entity_id, generate_subscripts($entity_ids::VARCHAR[], 1) AS place
        ) USING (entity_id) ORDER BY place""",
        {"entity_ids": entity_ids},
    )


def find_entities(corpus: Corpus, words: str, top: int) -> pd.DataFrame:
    """entity_id, name, label, mentions of those whose name or a surface holds the words, most mentioned first."""
    return corpus.frame(
        f"""SELECT entity_id, e.name, e.label, count(*) AS mentions
        FROM mentions AS m JOIN entities AS e USING (entity_id)
        WHERE zone IN {COUNTED_ZONES} AND entity_id IN (
            SELECT entity_id FROM entities WHERE contains(strip_accents(lower(name)), strip_accents(lower($words)))
            UNION SELECT entity_id FROM mentions
            WHERE contains(strip_accents(lower(surface)), strip_accents(lower($words)))
        )
        GROUP BY entity_id, e.name, e.label ORDER BY mentions DESC, entity_id LIMIT $top""",
        {"words": words, "top": top},
    )


def joined_names(corpus: Corpus, filters: Filters, entity_id: str) -> pd.DataFrame:
    """The columns of analyze.entities.joined."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked},
        behind AS (SELECT entity_id, rule, beside FROM main.joins WHERE joined_id = $entity_id)
        SELECT entity_id, e.name, behind.rule, beside, count(*) AS mentions, {_TEXTS}
        FROM behind JOIN main.mentions AS m USING (entity_id) JOIN picked USING (doc)
        JOIN main.entities AS e USING (entity_id)
        WHERE zone IN {COUNTED_ZONES}
        GROUP BY entity_id, e.name, behind.rule, beside ORDER BY mentions DESC, entity_id""",
        values | {"entity_id": entity_id},
    )


def current_entity(corpus: Corpus, entity_id: str) -> str:
    """What an id is called by now: that of the entity which it was joined to, or itself."""
    found = corpus.rows("SELECT joined_id FROM main.joins WHERE entity_id = $entity_id", {"entity_id": entity_id})
    return str(found[0][0]) if found else entity_id


def surfaces(corpus: Corpus, filters: Filters, entity_id: str) -> pd.DataFrame:
    """The columns of analyze.entities.surfaces."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}
        SELECT surface, CASE WHEN m.entity_id = $entity_id THEN 'named' ELSE 'metonym' END AS reading,
            count(*) AS mentions, {_TEXTS}, string_agg(DISTINCT rule, ', ' ORDER BY rule) AS rules,
            min(m.score) AS score
        FROM mentions AS m JOIN picked USING (doc)
        WHERE zone IN {COUNTED_ZONES} AND (m.entity_id = $entity_id OR m.refers_to = $entity_id)
        GROUP BY surface, reading ORDER BY mentions DESC, surface, reading""",
        values | {"entity_id": entity_id},
    )


def recent_entities(corpus: Corpus, filters: Filters, days: int) -> pd.DataFrame:
    """entity_id, name, label, recent, before, of_recent, of_before: texts of the last days and those before them."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}, dated AS (
            SELECT doc, cluster_id, published_day > (SELECT max(published_day) FROM picked) - $days::INTEGER AS late
            FROM picked WHERE published_day IS NOT NULL
        ),
        sums AS (
            SELECT count(DISTINCT cluster_id) FILTER (late) AS of_recent,
                count(DISTINCT cluster_id) FILTER (NOT late) AS of_before
            FROM dated
        ),
        here AS (SELECT code, doc FROM counted WHERE {READINGS["meant"]} > 0),
        new AS (SELECT DISTINCT code FROM here SEMI JOIN (SELECT doc FROM dated WHERE late) USING (doc)),
        texts AS (SELECT DISTINCT code, cluster_id, late FROM here SEMI JOIN new USING (code) JOIN dated USING (doc)),
        ages AS (
            SELECT code, count(*) FILTER (late) AS recent, count(*) FILTER (NOT late) AS before FROM texts GROUP BY code
        )
        SELECT entity_id, e.name, e.label, recent, before, of_recent, of_before
        FROM ages JOIN entity_codes USING (code) JOIN entities AS e USING (entity_id) CROSS JOIN sums
        ORDER BY entity_id""",
        values | {"days": days},
    )


def pairs(corpus: Corpus, filters: Filters, entity_ids: list[str]) -> pd.DataFrame:
    """entity_id, other_id, sentences, articles, independent: pairs within a sentence, entity_id the smaller."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked},
        here AS (SELECT doc, sentence, code FROM placed WHERE code IN {CODES.format("entity_ids")}),
        pairs AS (
            SELECT one.code, two.code AS other, doc
            FROM here AS one JOIN here AS two USING (doc, sentence) WHERE one.code <> two.code
        )
        SELECT a.entity_id, b.entity_id AS other_id, count(*) AS sentences, {_TEXTS}
        FROM pairs JOIN (SELECT doc, cluster_id FROM picked) USING (doc)
        JOIN entity_codes AS a USING (code) JOIN entity_codes AS b ON b.code = other
        WHERE a.entity_id < b.entity_id
        GROUP BY a.entity_id, b.entity_id ORDER BY sentences DESC, a.entity_id, b.entity_id""",
        values | {"entity_ids": entity_ids},
    )


def sentences_of(corpus: Corpus, filters: Filters, entity_ids: list[str]) -> tuple[dict[str, int], int]:
    """Sentences that mention each entity, and all sentences of body and subhead."""
    with_picked, values = picked(filters)
    rows = corpus.rows(
        f"""{with_picked}
        SELECT entity_id, count(*) FROM placed JOIN entity_codes USING (code) SEMI JOIN picked USING (doc)
        WHERE code IN {CODES.format("entity_ids")} GROUP BY entity_id""",
        values | {"entity_ids": entity_ids},
    )
    every = corpus.rows(
        f"{with_picked} SELECT coalesce(sum(in_zones), 0) FROM told SEMI JOIN picked USING (doc)", values
    )
    return {str(entity): int(count) for entity, count in rows}, int(every[0][0])


def sources_by_outlet(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """outlet, outlet_name, source, kind, citations, articles, independent."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}
        SELECT outlet, any_value(outlet_name) AS outlet_name, s.name AS source, mode(s.kind) AS kind,
            count(*) AS citations, {_TEXTS}
        FROM sources AS s JOIN picked USING (doc) GROUP BY outlet, s.name
        ORDER BY articles DESC, citations DESC, outlet, source""",
        values,
    )


def speakers_by_outlet(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """outlet, outlet_name, speaker, speaker_entity, quotes, direct, articles, independent."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}
        SELECT outlet, any_value(outlet_name) AS outlet_name, q.speaker, max(q.speaker_entity) AS speaker_entity,
            count(*) AS quotes, count(*) FILTER (q.kind = 'direct') AS direct, {_TEXTS}
        FROM quotes AS q JOIN picked USING (doc) GROUP BY outlet, q.speaker
        ORDER BY quotes DESC, outlet, q.speaker NULLS LAST""",
        values,
    )


def shared_clusters(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """outlet, outlet_name, other, other_name, clusters, first, later, unclear; outlet < other."""
    with_picked, values = picked(filters)
    earlier = (
        "({0}.published_last < {1}.published_first OR ({0}.precision = 'minute' AND {1}.precision = 'minute' "
        "AND right({0}.published, 6) = right({1}.published, 6) AND {0}.published < {1}.published))"
    )
    return corpus.frame(
        f"""{with_picked},
        shared AS (SELECT cluster_id FROM picked GROUP BY cluster_id HAVING min(outlet) <> max(outlet)),
        first_of AS (
            SELECT * FROM picked SEMI JOIN shared USING (cluster_id)
            QUALIFY row_number() OVER (PARTITION BY cluster_id, outlet ORDER BY coalesce(published, '9999'), doc) = 1
        ),
        pairs AS (
            SELECT one.outlet, one.outlet_name, two.outlet AS other, two.outlet_name AS other_name,
                coalesce({earlier.format("one", "two")}, FALSE) AS is_first,
                coalesce({earlier.format("two", "one")}, FALSE) AS is_later
            FROM first_of AS one JOIN first_of AS two USING (cluster_id) WHERE one.outlet < two.outlet
        )
        SELECT outlet, any_value(outlet_name) AS outlet_name, other, any_value(other_name) AS other_name,
            count(*) AS clusters, count(*) FILTER (is_first) AS first, count(*) FILTER (is_later) AS later,
            count(*) FILTER (NOT is_first AND NOT is_later) AS unclear
        FROM pairs GROUP BY outlet, other ORDER BY clusters DESC, outlet, other""",
        values,
    )

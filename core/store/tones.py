"""Questions about tone. Scores are averaged within a text first, so that a copied text weighs once."""

import pandas as pd

from core.model import Filters
from core.store.corpus import Corpus
from core.store.scope import CODES, PERIODS, picked

FAVOURS = ("unfavourable", "neutral", "favourable")
SENTENCES = "(told.negative + told.neutral + told.positive)"
"""Sentences of an article and layer, whatever their tone."""


def article_scores(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """outlet, cluster_id, score: the mean article score of each text within each outlet."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}
        SELECT outlet, cluster_id, avg(score) AS score FROM picked GROUP BY outlet, cluster_id
        ORDER BY outlet, cluster_id""",
        values,
    )


def sentence_scores(corpus: Corpus, filters: Filters, axis: str) -> pd.DataFrame:
    """key, layer, cluster_id, score, sentences, articles; key is the outlet, or the period for an axis of PERIODS."""
    with_picked, values = picked(filters)
    key = "outlet" if axis == "outlet" else PERIODS[axis]
    return corpus.frame(
        f"""{with_picked}
        SELECT {key} AS key, layer, cluster_id, sum(total) / sum({SENTENCES}) AS score,
            sum({SENTENCES})::BIGINT AS sentences, count(*) AS articles
        FROM told JOIN picked USING (doc) WHERE key IS NOT NULL
        GROUP BY key, layer, cluster_id ORDER BY key, layer, cluster_id""",
        values,
    )


def scores_near(corpus: Corpus, filters: Filters, entity_ids: list[str]) -> pd.DataFrame:
    """The same for the sentences that mention each entity: key is the entity_id."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}
        SELECT entity_id AS key, layer, cluster_id, sum(total) / sum(sentences) AS score,
            sum(sentences)::BIGINT AS sentences, count(DISTINCT doc) AS articles
        FROM near JOIN entity_codes USING (code) JOIN (SELECT doc, cluster_id FROM picked) USING (doc)
        WHERE code IN {CODES.format("entity_ids")}
        GROUP BY entity_id, layer, cluster_id ORDER BY key, layer, cluster_id""",
        values | {"entity_ids": entity_ids},
    )


def scores_towards(corpus: Corpus, filters: Filters, entity_ids: list[str], *, by_outlet: bool) -> pd.DataFrame:
    """How sentences put each entity: entity_id, outlet, outlet_name (missing when not by outlet), layer, cluster_id,
    score, favourable, neutral, unfavourable, sentences, articles.

    A sentence with several mentions of an entity counts once: with their mean score, and the label of the one that
    is furthest from neutral.
    """
    with_picked, values = picked(filters)
    outlet, name = ("outlet", "any_value(outlet_name)") if by_outlet else ("NULL::VARCHAR", "NULL::VARCHAR")
    labels = ", ".join(f"sum(near.{label})::BIGINT AS {label}" for label in FAVOURS)
    return corpus.frame(
        f"""{with_picked}
        SELECT entity_id, {outlet} AS outlet, {name} AS outlet_name, layer, cluster_id,
            sum(rating) / sum(rated) AS score, {labels}, sum(rated)::BIGINT AS sentences,
            count(DISTINCT doc) AS articles
        FROM near JOIN entity_codes USING (code)
        JOIN (SELECT doc, cluster_id, outlet, outlet_name FROM picked) USING (doc)
        WHERE rated > 0 AND code IN {CODES.format("entity_ids")}
        GROUP BY entity_id, {outlet}, layer, cluster_id ORDER BY entity_id, outlet, layer, cluster_id""",
        values | {"entity_ids": entity_ids},
    )


def polarities(corpus: Corpus, filters: Filters, *, by_outlet: bool) -> pd.DataFrame:
    """outlet, outlet_name (missing when not by outlet), layer, tone, sentences, articles, independent, of_independent.

    of_independent counts the texts of the outlet and layer in all tones.
    """
    with_picked, values = picked(filters)
    outlet, name = ("outlet", "any_value(outlet_name)") if by_outlet else ("NULL::VARCHAR", "NULL::VARCHAR")
    return corpus.frame(
        f"""{with_picked}, toned AS (
            UNPIVOT (SELECT doc, layer, negative, neutral, positive FROM told)
            ON negative, neutral, positive INTO NAME tone VALUE sentences
        ),
        here AS (
            SELECT {outlet} AS outlet, outlet_name, cluster_id, layer, toned.tone, sentences
            FROM toned JOIN (SELECT doc, outlet, outlet_name, cluster_id FROM picked) USING (doc) WHERE sentences > 0
        ),
        texts AS (SELECT outlet, layer, count(DISTINCT cluster_id) AS of_independent FROM here GROUP BY outlet, layer),
        counted AS (
            SELECT outlet, {name} AS outlet_name, layer, tone, sum(sentences)::BIGINT AS sentences,
                count(*) AS articles, count(DISTINCT cluster_id) AS independent
            FROM here GROUP BY outlet, layer, tone
        )
        SELECT c.*, of_independent FROM counted AS c
        JOIN texts AS t ON c.layer = t.layer AND c.outlet IS NOT DISTINCT FROM t.outlet""",
        values,
    )


BOTH = "narrator IS NOT NULL AND quoted IS NOT NULL"
"""Articles with both layers."""


def both_by_text(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """outlet, outlet_name, cluster_id, narrator, quoted (means over its articles with both), gap, articles."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}
        SELECT outlet, outlet_name, cluster_id, avg(narrator) AS narrator, avg(quoted) AS quoted,
            avg(quoted) - avg(narrator) AS gap, count(*) AS articles
        FROM picked WHERE {BOTH} GROUP BY outlet, outlet_name, cluster_id ORDER BY outlet, outlet_name, cluster_id""",
        values,
    )


def widest_gaps(corpus: Corpus, filters: Filters, top: int) -> pd.DataFrame:
    """The columns of analyze.tone.widest_gaps; of a cluster the article with the widest, the earliest of several."""
    with_picked, values = picked(filters)
    first = "abs(gap) DESC, coalesce(published, '9999'), doc"
    return corpus.frame(
        f"""{with_picked},
        gaps AS (
            SELECT doc, document_id, outlet, outlet_name, published, title, narrator, quoted, cluster_id,
                quoted - narrator AS gap
            FROM picked WHERE {BOTH}
            QUALIFY row_number() OVER (PARTITION BY cluster_id ORDER BY {first}) = 1 ORDER BY {first} LIMIT $top
        )
        SELECT document_id, outlet, outlet_name, published, title, narrator, quoted, gap,
            (SELECT sum({SENTENCES})::BIGINT FROM told WHERE told.doc = gaps.doc) AS sentences
        FROM gaps ORDER BY {first}""",
        values | {"top": top},
    )

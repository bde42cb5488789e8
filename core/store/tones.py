"""Questions about tone. Scores are averaged within a text first, so that a copied text weighs once."""

import pandas as pd

from core.model import Filters
from core.store.corpus import Corpus
from core.store.scope import COUNTED_ZONES, FURTHEST, PERIODS, picked
from core.store.tags import READINGS

FAVOURS = ("unfavourable", "neutral", "favourable")


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
        f"""{with_picked}, told AS (
            SELECT doc, layer, sum(score) AS total, count(*) AS sentences FROM sentences GROUP BY doc, layer
        )
        SELECT {key} AS key, layer, cluster_id, sum(total) / sum(sentences) AS score,
            sum(sentences)::BIGINT AS sentences, count(*) AS articles
        FROM told JOIN picked USING (doc) WHERE key IS NOT NULL
        GROUP BY key, layer, cluster_id ORDER BY key, layer, cluster_id""",
        values,
    )


def scores_near(corpus: Corpus, filters: Filters, entity_ids: list[str]) -> pd.DataFrame:
    """The same for the sentences that mention each entity: key is the entity_id."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}, reading AS ({READINGS["both"]}),
        near AS (
            SELECT DISTINCT doc, sentence, entity_id FROM reading
            WHERE sentence IS NOT NULL AND entity_id IN (SELECT unnest($entity_ids::VARCHAR[]))
        )
        SELECT near.entity_id AS key, s.layer, cluster_id, avg(s.score) AS score, count(*) AS sentences,
            count(DISTINCT doc) AS articles
        FROM near JOIN sentences AS s USING (doc, sentence) JOIN picked USING (doc)
        GROUP BY near.entity_id, s.layer, cluster_id ORDER BY key, s.layer, cluster_id""",
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
    labels = ", ".join(f"count(*) FILTER (towards = '{label}') AS {label}" for label in FAVOURS)
    rated = f"FROM mentions WHERE towards IS NOT NULL AND sentence IS NOT NULL AND zone IN {COUNTED_ZONES}"
    return corpus.frame(
        f"""{with_picked}, aimed AS (
            SELECT doc, sentence, entity_id, towards, towards_score {rated}
            UNION ALL SELECT doc, sentence, refers_to, towards, towards_score {rated} AND refers_to IS NOT NULL
        ),
        put AS (
            SELECT doc, sentence, entity_id, avg(towards_score) AS score,
                {FURTHEST} AS towards
            FROM aimed WHERE entity_id IN (SELECT unnest($entity_ids::VARCHAR[]))
            GROUP BY doc, sentence, entity_id
        )
        SELECT entity_id, {outlet} AS outlet, {name} AS outlet_name, s.layer, cluster_id, avg(put.score) AS score,
            {labels}, count(*) AS sentences, count(DISTINCT doc) AS articles
        FROM put JOIN sentences AS s USING (doc, sentence) JOIN picked USING (doc)
        GROUP BY entity_id, {outlet}, s.layer, cluster_id ORDER BY entity_id, outlet, s.layer, cluster_id""",
        values | {"entity_ids": entity_ids},
    )


def polarities(corpus: Corpus, filters: Filters, *, by_outlet: bool) -> pd.DataFrame:
    """outlet, outlet_name (missing when not by outlet), layer, tone, sentences, articles, independent, of_independent.

    of_independent counts the texts of the outlet and layer in all tones.
    """
    with_picked, values = picked(filters)
    outlet, name = ("outlet", "any_value(outlet_name)") if by_outlet else ("NULL::VARCHAR", "NULL::VARCHAR")
    return corpus.frame(
        f"""{with_picked}, told AS (
            SELECT doc, layer, tone, count(*) AS sentences FROM sentences GROUP BY doc, layer, tone
        ),
        texts AS (
            SELECT {outlet} AS key, layer, count(DISTINCT cluster_id) AS of_independent
            FROM told JOIN picked USING (doc) GROUP BY {outlet}, layer
        ),
        counted AS (
            SELECT {outlet} AS outlet, {name} AS outlet_name, layer, told.tone, sum(sentences)::BIGINT AS sentences,
                count(*) AS articles, count(DISTINCT cluster_id) AS independent
            FROM told JOIN picked USING (doc) GROUP BY {outlet}, layer, told.tone
        )
        SELECT c.*, of_independent FROM counted AS c
        JOIN texts AS t ON c.layer = t.layer AND c.outlet IS NOT DISTINCT FROM t.key""",
        values,
    )


def layers(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Articles with both layers.

    document_id, outlet, outlet_name, published, title, cluster_id, narrator, quoted, sentences.
    """
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}
        SELECT document_id, outlet, outlet_name, published, title, cluster_id, narrator, quoted,
            (SELECT count(*) FROM sentences AS s WHERE s.doc = picked.doc) AS sentences
        FROM picked WHERE narrator IS NOT NULL AND quoted IS NOT NULL ORDER BY coalesce(published, '9999'), doc""",
        values,
    )

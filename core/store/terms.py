"""Questions about words: how often each outlet has them, in which texts, and how alike the texts of two outlets are."""

import pandas as pd

from core.model import Filters
from core.store.corpus import Corpus
from core.store.scope import picked

_SIDE = """side AS (
    SELECT doc, cluster_id, outlet = $outlet AS target FROM picked
    WHERE outlet = $outlet OR $reference IS NULL OR outlet = $reference
    QUALIFY row_number() OVER (PARTITION BY cluster_id, target ORDER BY coalesce(published, '9999'), doc) = 1
)"""
"""The texts of an outlet (target) and of another, or of all others; of each cluster one on each side: the earliest."""


def counts(corpus: Corpus, filters: Filters, outlet: str, reference: str | None) -> pd.DataFrame:
    """term, count, reference_count, independent: words of an outlet and of another, or of all others."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}, {_SIDE}
        SELECT term, CAST(coalesce(sum(count) FILTER (target), 0) AS BIGINT) AS count,
            CAST(coalesce(sum(count) FILTER (NOT target), 0) AS BIGINT) AS reference_count,
            count(*) FILTER (target) AS independent
        FROM terms JOIN side USING (doc) GROUP BY term ORDER BY term""",
        values | {"outlet": outlet, "reference": reference},
    )


def counts_by_text(
    corpus: Corpus, filters: Filters, outlet: str, reference: str | None, words: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(target, cluster_id, tokens of every text with words), (target, cluster_id, term, count of the words given)."""
    with_picked, values = picked(filters)
    sides = values | {"outlet": outlet, "reference": reference}
    sizes = corpus.frame(
        f"""{with_picked}, {_SIDE}
        SELECT target, cluster_id, CAST(sum(count) AS BIGINT) AS tokens
        FROM terms JOIN side USING (doc) GROUP BY target, cluster_id ORDER BY target, cluster_id""",
        sides,
    )
    uses = corpus.frame(
        f"""{with_picked}, {_SIDE}
        SELECT target, cluster_id, term, count FROM terms JOIN side USING (doc)
        WHERE term IN (SELECT unnest($words::VARCHAR[])) ORDER BY target, cluster_id, term""",
        sides | {"words": words},
    )
    return sizes, uses


def likeness(corpus: Corpus, filters: Filters, outlets: list[str], most_texts: int) -> pd.DataFrame:
    """outlet, other, score, texts, other_texts: the mean cosine of a text of the one with a text of the other.

    Words weigh (1 + ln count) * ln(texts / texts with the word). Clusters that several outlets carry are left out, as
    are pairs of a text with itself; of each outlet at most most_texts, drawn by the hash of their ids. Both orders and
    the outlet with itself are there; pairs without two texts to compare are not.
    """
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked},
        own AS (
            SELECT * FROM picked WHERE outlet IN (SELECT unnest($outlets::VARCHAR[]))
            QUALIFY min(outlet) OVER (PARTITION BY cluster_id) = max(outlet) OVER (PARTITION BY cluster_id)
                AND row_number() OVER (PARTITION BY cluster_id ORDER BY coalesce(published, '9999'), doc) = 1
        ),
        drawn AS (
            SELECT doc, outlet FROM own
            QUALIFY row_number() OVER (PARTITION BY outlet ORDER BY md5(document_id)) <= $most_texts
        ),
        uses AS (SELECT doc, outlet, term, count FROM terms JOIN drawn USING (doc)),
        spread AS (SELECT term, ln((SELECT count(*) FROM drawn) / count(*)) AS rarity FROM uses GROUP BY term),
        weighed AS (SELECT doc, outlet, term, (1 + ln(count)) * rarity AS weight FROM uses JOIN spread USING (term)),
        lengths AS (SELECT doc, sqrt(sum(weight * weight)) AS length FROM weighed GROUP BY doc),
        units AS (
            SELECT doc, outlet, term, weight / length AS weight FROM weighed JOIN lengths USING (doc) WHERE length > 0
        ),
        sums AS (SELECT outlet, term, sum(weight) AS weight FROM units GROUP BY outlet, term),
        sizes AS (SELECT outlet, count(DISTINCT doc) AS texts FROM units GROUP BY outlet),
        crossed AS (
            SELECT one.outlet, two.outlet AS other, sum(one.weight * two.weight) AS total
            FROM sums AS one JOIN sums AS two USING (term) GROUP BY one.outlet, two.outlet
        ),
        pairs AS (
            SELECT one.outlet, two.outlet AS other, one.texts, two.texts AS other_texts,
                -- a unit vector with itself is 1: taken off where the two outlets are one
                CASE WHEN one.outlet = two.outlet THEN one.texts ELSE 0 END AS selves
            FROM sizes AS one CROSS JOIN sizes AS two
        )
        SELECT outlet, other, (coalesce(total, 0) - selves) / (texts * other_texts - selves) AS score, texts,
            other_texts
        FROM pairs LEFT JOIN crossed USING (outlet, other) WHERE texts * other_texts > selves
        ORDER BY outlet, other""",
        values | {"outlets": outlets, "most_texts": most_texts},
    )

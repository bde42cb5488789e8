"""Questions about claims of a focus profile."""

import pandas as pd

from core.model import Filters
from core.store.corpus import Corpus
from core.store.scope import picked

DOCS_AT_ONCE = 1_000


def rows(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Every claim that an article makes, one row an article, claim, stance and attribution.

    doc, document_id, claim_id, stance, attributed_to, cluster_id, outlet, outlet_name, published, published_first,
    published_day, title, words; oldest first.
    """
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}
        SELECT DISTINCT doc, document_id, claim_id, stance, attributed_to, cluster_id, outlet, outlet_name, published,
            published_first, published_last, published_day, title, words
        FROM claims JOIN picked USING (doc)
        ORDER BY published_first NULLS LAST, published, doc, claim_id, stance, attributed_to""",
        values,
    )


def sentences(corpus: Corpus, filters: Filters, claim_id: str, outlet: str | None) -> pd.DataFrame:
    """The columns of analyze.claims.evidence; the text runs from the claim's first sentence through its last."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}
        SELECT p.document_id, c.sentence, coalesce(a.first, c.first) AS start, coalesce(z.past, c.past) AS end,
            substring(d.text, coalesce(a.first, c.first) + 1, coalesce(z.past, c.past) - coalesce(a.first, c.first))
                AS text,
            c.stance, c.attributed_to, c.rule, p.outlet, p.outlet_name, p.published, p.title, p.cluster_id
        FROM claims AS c JOIN picked AS p USING (doc) JOIN documents AS d USING (doc)
        LEFT JOIN sentences AS a ON a.doc = c.doc AND a.sentence = c.sentence
        LEFT JOIN sentences AS z ON z.doc = c.doc AND z.sentence = c.last_sentence
        WHERE c.claim_id = $claim_id AND ($outlet IS NULL OR p.outlet = $outlet)
        ORDER BY p.outlet, coalesce(p.published, '9999'), c.doc, c.first""",
        values | {"claim_id": claim_id, "outlet": outlet},
    )


def told(corpus: Corpus) -> pd.DataFrame:
    """Every claim of every article with its sentences, whatever the filters.

    doc, document_id, claim_id, stance, attributed_to, rule, sentence, start, end, text, zone,
    cluster_id, outlet, outlet_name, published, published_first, published_last, published_day, title, words;
    oldest first. Texts are read a stretch of articles at a time: all at once they do not fit the database's memory.
    """
    docs = [doc for (doc,) in corpus.rows("SELECT DISTINCT doc FROM claims ORDER BY doc")]
    # by articles that claim something: most stretches of a large corpus hold none
    stretches = [(docs[place], docs[place : place + DOCS_AT_ONCE][-1]) for place in range(0, len(docs), DOCS_AT_ONCE)]
    parts = [_told(corpus, low, last + 1) for low, last in stretches or [(0, 0)]]
    frame = pd.concat([part for part in parts if not part.empty] or parts[:1], ignore_index=True)
    order = ["published_first", "published", "document_id", "start", "claim_id"]
    return frame.sort_values(order, na_position="last", kind="stable", ignore_index=True)


def _told(corpus: Corpus, low: int, past: int) -> pd.DataFrame:
    with_picked, values = picked(Filters())
    return corpus.frame(
        f"""{with_picked},
        mine AS (SELECT * FROM claims WHERE doc >= $low AND doc < $past),
        texts AS (SELECT doc, text FROM documents WHERE doc >= $low AND doc < $past AND doc IN (SELECT doc FROM mine)),
        spans AS (
            SELECT doc, sentence, first, past, zone FROM sentences
            WHERE doc >= $low AND doc < $past AND doc IN (SELECT doc FROM mine)
        )
        SELECT c.doc, p.document_id, c.claim_id, c.stance, c.attributed_to, c.rule, c.sentence,
            coalesce(a.first, c.first) AS start, coalesce(z.past, c.past) AS end,
            substring(d.text, coalesce(a.first, c.first) + 1, coalesce(z.past, c.past) - coalesce(a.first, c.first))
                AS text,
            coalesce(a.zone, 'body') AS zone, p.cluster_id, p.outlet, p.outlet_name, p.published, p.published_first,
            p.published_last, p.published_day, p.title, p.words
        FROM mine AS c JOIN picked AS p USING (doc) JOIN texts AS d USING (doc)
        LEFT JOIN spans AS a ON a.doc = c.doc AND a.sentence = c.sentence
        LEFT JOIN spans AS z ON z.doc = c.doc AND z.sentence = c.last_sentence""",
        values | {"low": low, "past": past},
    )

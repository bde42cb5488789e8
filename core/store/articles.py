"""Questions about articles: how many, from where, when; one page of the list; one article whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from core.model import Filters
from core.store.corpus import Corpus
from core.store.scope import COUNTED_ZONES, PERIODS, Values, picked

ORDERS = {
    "newest": "published_last DESC NULLS LAST, published DESC NULLS LAST, doc",
    "oldest": "published_first ASC NULLS LAST, published ASC NULLS LAST, doc",
    "longest": "words DESC, doc",
    "most_negative": "score ASC, doc",
    "most_positive": "score DESC, doc",
}


@dataclass(frozen=True, slots=True)
class Page:
    """Rows to skip and rows to return; number counts from 1."""

    number: int
    size: int

    @property
    def skipped(self) -> int:
        return max(0, self.number - 1) * self.size


def totals(corpus: Corpus, filters: Filters, low_confidence: float) -> dict[str, Any]:
    """All counts of the summary but the refusals, by name."""
    with_picked, values = picked(filters)
    sql = f"""{with_picked}
    SELECT count(*) AS articles, count(DISTINCT cluster_id) AS independent,
        count(DISTINCT outlet) FILTER (outlet <> 'unknown') AS outlets,
        min(published_day) AS first_day, max(published_day) AS last_day,
        count(*) FILTER (published IS NULL) AS undated,
        count(*) FILTER (published IS NOT NULL AND published_day IS NULL) AS coarse,
        count(*) FILTER (outlet = 'unknown') AS unknown_outlet,
        count(*) FILTER (language_confidence < $low_confidence OR language = 'und') AS low_confidence,
        count(*) FILTER (language NOT IN ('id', 'und')) AS other_language,
        count(*) FILTER (doc IN (SELECT doc FROM claims)) AS with_claims,
        count(*) FILTER (NOT sample) AS own, count(*) FILTER (sample) AS sample,
        (SELECT coalesce(sum(negative + neutral + positive), 0)::BIGINT FROM told SEMI JOIN picked USING (doc))
            AS sentences,
        (SELECT coalesce(sum(named), 0)::BIGINT FROM counted SEMI JOIN picked USING (doc)) AS mentions
    FROM picked"""
    cursor_row = corpus.rows(sql, values | {"low_confidence": low_confidence})[0]
    names = (
        "articles", "independent", "outlets", "first_day", "last_day", "undated", "coarse", "unknown_outlet",
        "low_confidence", "other_language", "with_claims", "own", "sample", "sentences", "mentions",
    )  # fmt: skip
    return dict(zip(names, cursor_row, strict=True))


def by_period(corpus: Corpus, filters: Filters, unit: str) -> pd.DataFrame:
    """period, outlet, outlet_name, articles, independent; rows without a period are not there."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}
        SELECT {PERIODS[unit]} AS period, outlet, any_value(outlet_name) AS outlet_name, count(*) AS articles,
            count(DISTINCT cluster_id) AS independent
        FROM picked WHERE period IS NOT NULL GROUP BY period, outlet ORDER BY period, outlet""",
        values,
    )


def totals_by_period(corpus: Corpus, filters: Filters, unit: str) -> pd.DataFrame:
    """period, of_articles, of_independent over all outlets."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked}
        SELECT {PERIODS[unit]} AS period, count(*) AS of_articles, count(DISTINCT cluster_id) AS of_independent
        FROM picked WHERE period IS NOT NULL GROUP BY period ORDER BY period""",
        values,
    )


def without_period(corpus: Corpus, filters: Filters, unit: str) -> int:
    """Articles that by_period leaves out."""
    with_picked, values = picked(filters)
    return int(corpus.rows(f"{with_picked} SELECT count(*) FROM picked WHERE {PERIODS[unit]} IS NULL", values)[0][0])


def by_outlet(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """outlet, outlet_name, articles, independent, words_median, quotes, sources, first_day, last_day."""
    with_picked, values = picked(filters)
    return corpus.frame(
        f"""{with_picked},
        quoted_by AS (SELECT doc, count(*) AS quotes FROM quotes SEMI JOIN picked USING (doc) GROUP BY doc),
        cited_by AS (SELECT doc, count(*) AS sources FROM sources SEMI JOIN picked USING (doc) GROUP BY doc)
        SELECT outlet, any_value(outlet_name) AS outlet_name, count(*) AS articles,
            count(DISTINCT cluster_id) AS independent, median(words) AS words_median,
            CAST(coalesce(sum(quotes), 0) AS BIGINT) AS quotes, CAST(coalesce(sum(sources), 0) AS BIGINT) AS sources,
            min(published_day) AS first_day, max(published_day) AS last_day
        FROM picked LEFT JOIN quoted_by USING (doc) LEFT JOIN cited_by USING (doc)
        GROUP BY outlet ORDER BY articles DESC, outlet""",
        values,
    )


def languages(corpus: Corpus) -> list[tuple[str, int]]:
    """Language codes of the whole corpus with their articles, most first."""
    rows = corpus.rows("SELECT language, count(*) AS n FROM documents GROUP BY language ORDER BY n DESC, language")
    return [(str(code), int(count)) for code, count in rows]


def findings(corpus: Corpus, filters: Filters, low_confidence: float, worrying: Sequence[str]) -> pd.DataFrame:
    """document_id, file, record, title, outlet, published, language, language_confidence, notes (JSON) of odd ones.

    worrying are the beginnings of notes that make an article odd.
    """
    with_picked, values = picked(filters)
    noted = {f"note_{number}": f'"{start}' for number, start in enumerate(worrying)}
    return corpus.frame(
        f"""{with_picked}
        SELECT p.document_id, p.file, p.record, p.title, p.outlet, p.published, p.language, p.language_confidence,
            d.notes
        FROM picked AS p JOIN documents AS d USING (doc)
        WHERE p.published IS NULL OR p.outlet = 'unknown' OR p.language <> 'id'
            OR p.language_confidence < $low_confidence {"".join(f" OR contains(d.notes, ${name})" for name in noted)}
        ORDER BY p.file, p.record, p.doc""",
        values | noted | {"low_confidence": low_confidence},
    )


def page_of_articles(
    corpus: Corpus, filters: Filters, chosen: list[int] | None, order: str, page: Page
) -> pd.DataFrame:
    """The columns of analyze.articles.list_articles; chosen narrows to these numbers."""
    with_picked, values = picked(filters)
    bound: Values = {"size": page.size, "skipped": page.skipped}
    narrowed = ""
    if chosen is not None:
        narrowed = "WHERE doc IN (SELECT unnest($chosen::INTEGER[]))"
        bound["chosen"] = chosen
    return corpus.frame(
        f"""{with_picked},
        here AS (SELECT * FROM picked {narrowed} ORDER BY {ORDERS[order]} LIMIT $size OFFSET $skipped),
        sizes AS (SELECT cluster_id, count(*) AS cluster_size FROM clusters GROUP BY cluster_id)
        SELECT document_id, published, precision, outlet, outlet_name, title, language, words, tone, score, narrator,
            quoted,
            (SELECT count(*) FROM mentions m WHERE m.doc = here.doc AND m.zone IN {COUNTED_ZONES}) AS mentions,
            (SELECT count(*) FROM quotes t WHERE t.doc = here.doc) AS quotes,
            (SELECT count(*) FROM sources t WHERE t.doc = here.doc) AS sources,
            (SELECT count(*) FROM claims t WHERE t.doc = here.doc) AS claims,
            cluster_id, cluster_size, sample, file
        FROM here JOIN sizes USING (cluster_id) ORDER BY {ORDERS[order]}""",
        values | bound,
    )


def article_total(corpus: Corpus, filters: Filters) -> tuple[int, int]:
    """How many articles and how many independent texts pass."""
    with_picked, values = picked(filters)
    row = corpus.rows(f"{with_picked} SELECT count(*), count(DISTINCT cluster_id) FROM picked", values)[0]
    return int(row[0]), int(row[1])


def beside(corpus: Corpus, filters: Filters, document_id: str, order: str) -> tuple[str | None, str | None]:
    """The ids before and after an article in the list."""
    with_picked, values = picked(filters)
    rows = corpus.rows(
        f"""{with_picked}
        SELECT before, after FROM (
            SELECT document_id, lag(document_id) OVER place AS before, lead(document_id) OVER place AS after
            FROM picked WINDOW place AS (ORDER BY {ORDERS[order]})
        ) WHERE document_id = $document_id""",
        values | {"document_id": document_id},
    )
    return (rows[0][0], rows[0][1]) if rows else (None, None)


def openings(corpus: Corpus, document_ids: list[str]) -> dict[str, str]:
    """The beginning of each article's text, past its dateline."""
    rows = corpus.rows(
        r"""SELECT document_id, substring(text, coalesce(
            try_cast(regexp_extract(zones, '\[\d+, (\d+), "dateline"', 1) AS INTEGER), 0) + 1, 300)
        FROM main.documents WHERE document_id IN (SELECT unnest($ids::VARCHAR[]))""",
        {"ids": document_ids},
    )
    return {str(document_id): str(text) for document_id, text in rows}

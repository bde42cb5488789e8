"""The sentences, hits and articles behind a selection."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
import pyarrow as pa

from core.model import Filters
from core.store.corpus import Corpus
from core.store.kept import Asked
from core.store.scope import COUNTED_ZONES, PERIODS, Sql, Values, conditions, picked
from core.store.search import Query, parse
from core.store.selection import Selection
from core.store.tallies import FURTHEST
from core.store.wordindex import FOUND, NO_PLACES, SAID, can_tell, is_fresh, sentences_with

NEWEST = "published_last DESC NULLS LAST, published DESC NULLS LAST, doc, sentence"
EXTREMES = {"negative": "score ASC, doc, sentence", "positive": "score DESC, doc, sentence"}


def page_of_sentences(
    corpus: Corpus, filters: Filters, selection: Selection, *, page: int, page_size: int
) -> pd.DataFrame:
    """The columns of analyze.evidence.sentences, with starts and ends (lists, in the article's text) for marks."""
    bound: Values = {"size": page_size, "skipped": max(0, page - 1) * page_size}
    return _shown(corpus, _hits(corpus, filters, selection), "LIMIT $size OFFSET $skipped", bound, NEWEST)


def extremes(
    corpus: Corpus, filters: Filters, selection: Selection, *, tone: str, top: int, length: tuple[int, int] | None
) -> pd.DataFrame:
    """The same for the most negative or positive sentences, one a cluster; length bounds their code points."""
    order = EXTREMES[tone]
    one_each = f"QUALIFY row_number() OVER (PARTITION BY cluster_id ORDER BY {order}) = 1"
    sql, values = _hits(corpus, filters, selection)
    bounds = f"WHERE past - first BETWEEN {length[0]:d} AND {length[1]:d}" if length else ""
    one_a_cluster = f"{sql}, best AS (SELECT * FROM hit {bounds} {one_each})", values
    return _shown(corpus, one_a_cluster, "LIMIT $top", {"top": top}, order, table="best")


def totals(corpus: Corpus, filters: Filters, selection: Selection) -> tuple[int, int, int, int]:
    """hits, sentences, articles, independent."""
    with_hits, values = _hits(corpus, filters, selection)
    row = corpus.rows(
        f"""{with_hits}
        SELECT coalesce(sum(hits), 0), count(*), count(DISTINCT doc), count(DISTINCT cluster_id) FROM held""",
        values,
    )[0]
    return int(row[0]), int(row[1]), int(row[2]), int(row[3])


def context_of_hits(
    corpus: Corpus, filters: Filters, selection: Selection, *, skipped: int, size: int, width: int
) -> pd.DataFrame:
    """The sentences that hold the hits number skipped to skipped + size, newest article first.

    document_id, outlet, outlet_name, published, title, sentence, first, past, hits, starts, ends, upto (hits up to
    and with this sentence), around (text with width code points on each side), around_start.
    """
    with_hits, values = _hits(corpus, filters, selection)
    newest = NEWEST.removesuffix(", sentence")
    # articles are put in order first: they are few where hits are many
    frame = corpus.frame(
        f"""{with_hits},
        ranked AS (
            SELECT doc, sum(hits) AS own, sum(own) OVER (ORDER BY {newest} ROWS UNBOUNDED PRECEDING) - own AS before
            FROM held GROUP BY doc, published_last, published
        ),
        shown AS (SELECT doc, before FROM ranked WHERE before + own > $skipped AND before < $skipped + $size),
        counted AS (
            SELECT hit.*, (before + sum(hits) OVER (PARTITION BY doc ORDER BY sentence))::BIGINT AS upto
            FROM hit JOIN shown USING (doc)
        )
        SELECT doc, document_id, outlet, outlet_name, published, title, sentence, first, past, hits, starts, ends, upto,
            greatest(first - $width, 0) AS around_start
        FROM counted WHERE hits > 0 AND upto > $skipped AND upto - hits < $skipped + $size ORDER BY upto""",
        values | {"skipped": skipped, "size": size, "width": width},
    )
    texts = dict(corpus.rows(TEXTS, {"docs": frame["doc"].unique().tolist()}))
    places = zip(frame["doc"], frame["around_start"], frame["past"], strict=True)
    return frame.assign(around=[texts[doc][start : past + width] for doc, start, past in places])


TEXTS = "SELECT doc, text FROM main.documents WHERE doc IN (SELECT unnest($docs::INTEGER[]))"
"""Asked for apart: a plan that guesses wrong how few they are reads every text of the corpus."""


def hits_by(corpus: Corpus, filters: Filters, selection: Selection, unit: str | None) -> pd.DataFrame:
    """Hits of each outlet, in each period (PERIODS) where unit names one; articles without a period drop out then.

    period (with unit), outlet, outlet_name, hits, articles, independent.
    """
    period, order = ("", "hits DESC, outlet") if unit is None else (f"{PERIODS[unit]} AS period,", "period, outlet")
    with_hits, values = _hits(corpus, filters, selection)
    return corpus.frame(
        f"""{with_hits}
        SELECT {period} outlet, outlet_name, sum(hits)::BIGINT AS hits, count(DISTINCT doc) AS articles,
            count(DISTINCT cluster_id) AS independent
        FROM held GROUP BY ALL HAVING {"TRUE" if unit is None else "period IS NOT NULL"} ORDER BY {order}""",
        values,
    )


def documents(corpus: Corpus, filters: Filters, selection: Selection) -> list[int]:
    """Numbers of the articles with at least one selected sentence."""
    with_hits, values = _hits(corpus, filters, selection)
    return [int(doc) for (doc,) in corpus.rows(f"{with_hits} SELECT DISTINCT doc FROM held ORDER BY doc", values)]


def _shown(corpus: Corpus, hits: Sql, limit: str, bound: Values, order: str, table: str = "hit") -> pd.DataFrame:
    with_hits, values = hits
    return corpus.frame(
        f"""{with_hits},
        chosen AS (
            SELECT *, row_number() OVER (ORDER BY {order}) AS place FROM {table} ORDER BY place {limit}
        )
        SELECT c.document_id, c.sentence, c.first AS start, c.past AS end,
            substring(d.text, c.first + 1, c.past - c.first) AS text, c.zone, c.tone, c.score, c.layer, c.hits,
            c.starts, c.ends, c.outlet, c.outlet_name, c.published, c.title, c.cluster_id, c.sample
        FROM chosen AS c JOIN documents AS d USING (doc) ORDER BY place""",
        values | bound,
    )


def _hits(corpus: Corpus, filters: Filters, selection: Selection) -> Sql:
    """`WITH picked ..., hit AS (...), held AS (...)`: the selected sentences, and how many hits each has.

    hit has the starts and ends of the selected tags as well. held leaves the sentences themselves alone where only
    their tags are asked for, which is several times faster.
    """
    with_picked, values = picked(filters)
    clauses, bound = _sentence_conditions(selection)
    tables = _tag_tables(selection, bound, indexed=bool(selection.document_id and selection.words) and is_fresh(corpus))
    source = "stretches" if tables else "sentences"  # an aside counts only for the tag that it holds
    joins = " ".join(f"JOIN ({sql}) AS t{n} USING (doc, sentence)" for n, sql in enumerate(tables))
    starts = " || ".join(["[]::INTEGER[]", *(f"t{n}.starts" for n in range(len(tables)))])
    ends = " || ".join(["[]::INTEGER[]", *(f"t{n}.ends" for n in range(len(tables)))])
    where = " AND ".join(clauses) or "TRUE"
    article = """p.document_id, p.outlet, p.outlet_name, p.published, p.published_last, p.published_day,
        p.published_month, p.title, p.cluster_id, p.sample"""
    held = "SELECT * FROM hit"
    if tables and selection.tone is None and selection.layer is None:
        tagged = " ".join(f"JOIN ({sql}) AS t{n} USING (doc{', sentence' * bool(n)})" for n, sql in enumerate(tables))
        held = f"SELECT doc, t0.hits AS hits, {article} FROM picked AS p {tagged} WHERE {where}"
    return (
        f"""{with_picked}, hit AS NOT MATERIALIZED (
            SELECT doc, sentence, s.first, s.past, s.zone, s.tone, s.score, s.layer,
                {"t0.hits" if tables else "1"} AS hits, {starts} AS starts, {ends} AS ends, {article}
            FROM {source} AS s JOIN picked AS p USING (doc) {joins} WHERE {where}
        ), held AS NOT MATERIALIZED ({held})""",
        values | bound,
    )


def _sentence_conditions(selection: Selection) -> tuple[list[str], Values]:
    keys = {
        "p.outlet": selection.outlet if selection.shared_with is None else None,
        "p.document_id": selection.document_id,
        "p.cluster_id": selection.cluster_id,
        "s.tone": selection.tone,
        "s.layer": selection.layer,
    }
    clauses: list[str] = []
    values: Values = {}
    for column, value in keys.items():
        if value is not None:
            name = "is_" + column[2:]
            clauses.append(f"{column} = ${name}")
            values[name] = value
    if selection.shared_with is not None:
        clauses.append(f"p.outlet IN ($one, $other) AND p.cluster_id IN ({SHARED})")
        values |= {"one": selection.outlet, "other": selection.shared_with}
    if selection.period is not None:
        clause, bound = _in_period(selection.period)
        clauses.append(clause)
        values |= bound
    return clauses, values


SHARED = (
    "SELECT cluster_id FROM picked WHERE outlet = $one INTERSECT SELECT cluster_id FROM picked WHERE outlet = $other"
)
"""Clusters in which both of two outlets have an article."""


def _handed_on(relay: str | None) -> str:
    """The condition on a citation that the relay handed it on; empty text asks for what no one handed on."""
    if relay is None:
        return ""
    of_it = "r.doc = sources.doc AND r.cite_first = sources.first"
    if relay:
        last = f"r.step = (SELECT max(step) FROM relays AS r WHERE {of_it})"
        return f" AND EXISTS (SELECT 1 FROM relays AS r WHERE {of_it} AND r.name = $relay AND {last})"
    return (
        f" AND NOT EXISTS (SELECT 1 FROM relays AS r WHERE {of_it})"
        " AND NOT EXISTS (SELECT 1 FROM relays AS r WHERE r.doc = sources.doc AND r.first = sources.first)"
    )


def _in_period(period: str) -> Sql:
    year, is_week, week = period.partition("-W")
    if not is_week:
        return "starts_with(p.published, $period)", {"period": period}
    monday = date.fromisocalendar(int(year), int(week), 1)
    return "p.published_day BETWEEN $monday AND $sunday", {"monday": monday, "sunday": monday + timedelta(days=6)}


def _tag_tables(selection: Selection, values: Values, *, indexed: bool) -> list[str]:
    """Queries for doc, sentence, hits, starts, ends, one a selected kind of tag; values takes their parameters.

    The first says how many hits a sentence has: what a figure counted.
    """
    tables: list[str] = []
    if selection.claim_id is not None or selection.stance is not None:
        values |= {"claim_id": selection.claim_id, "stance": selection.stance}
        where = "coalesce(claim_id = $claim_id, TRUE) AND coalesce(stance = $stance, TRUE)"
        tables.append(_stretched("claims", where))
    if selection.speaker is not None or selection.quote_kind is not None:
        values |= {"speaker": selection.speaker, "quote_kind": selection.quote_kind}
        where = "coalesce(speaker = $speaker, $speaker IS NULL) AND coalesce(kind = $quote_kind, TRUE)"
        tables.append(_stretched("quotes", where))
    if selection.source is not None:
        values["source"] = selection.source
        values |= {"relay": selection.relay} if selection.relay else {}
        tables.append(_placed("sources", "name = $source" + _handed_on(selection.relay)))
    if selection.favour is not None:
        values |= {"favour": selection.favour, "favoured": selection.entity_id}
        who = "coalesce(entity_id = $favoured OR refers_to = $favoured, $favoured IS NULL)"
        where = f"towards IS NOT NULL AND {who} AND {_COUNTED}"
        tables.append(_placed("mentions", where, having=f"{FURTHEST} = $favour"))
    for name, entity in (("entity", selection.entity_id), ("with_entity", selection.with_entity)):
        if entity is not None:
            values[name] = entity
            tables.append(_placed("mentions", f"(entity_id = ${name} OR refers_to = ${name}) AND {_COUNTED}"))
    if selection.refers_to is not None:
        values["refers_to"] = selection.refers_to
        tables.append(_placed("mentions", f"refers_to = $refers_to AND {_COUNTED}"))
    query = parse(selection.words)
    if query and selection.document_id is not None:  # to read one article takes less time than to ask of all
        tables.append(sentences_with(query, values) if indexed and can_tell(query) else _worded(query, values))
    elif query:
        values["worded"] = Worded(selection.words)
        tables.append(f"SELECT doc, sentence, hits, {NO_PLACES} FROM worded")
    return tables


@dataclass(frozen=True, slots=True)
class Worded(Asked):
    """doc, sentence and hits of the sentences with the words."""

    words: str

    def work_out(self, corpus: Corpus) -> pa.Table:
        query = parse(self.words)
        values: Values = {}
        sql = sentences_with(query, values) if is_fresh(corpus) and can_tell(query) else _worded(query, values)
        return corpus.table(f"SELECT doc, sentence, hits::INTEGER AS hits FROM ({sql})", values)


_COUNTED = f"zone IN {COUNTED_ZONES}"


def _placed(table: str, where: str, *, having: str = "TRUE") -> str:
    return f"""SELECT doc, sentence, count(*) AS hits, list(first) AS starts, list(past) AS ends
        FROM {table} WHERE {where} GROUP BY doc, sentence HAVING {having}"""


def _stretched(table: str, where: str) -> str:
    """A tag over several sentences shows in each and counts in its first."""
    return f"""SELECT doc, sentence, count(*) FILTER (sentence = start_sentence) AS hits, list(first) AS starts,
            list(past) AS ends
        FROM (
            SELECT doc, unnest(range(sentence, last_sentence + 1))::INTEGER AS sentence, sentence AS start_sentence,
                first, past
            FROM {table} WHERE {where}
        ) GROUP BY doc, sentence"""


def _worded(query: Query, values: Values) -> str:
    """Sentences with the words; the marks are found where the text is at hand."""
    in_article, bound = conditions(query, "d.folded", "article_word", wanted_only=True)
    in_sentence, more = conditions(query, "said", "sentence_word")
    values |= bound | more
    hits = "1"
    if query.wanted:
        values["mark"] = query.mark_re2()
        hits = f"len({FOUND})"
    return f"""SELECT doc, sentence, {hits} AS hits, []::INTEGER[] AS starts, []::INTEGER[] AS ends
        FROM (
            SELECT s.doc, s.sentence, {SAID} AS said
            FROM sentences AS s JOIN documents AS d USING (doc) WHERE {" AND ".join(in_article) or "TRUE"}
        ) WHERE {" AND ".join(in_sentence) or "TRUE"}"""

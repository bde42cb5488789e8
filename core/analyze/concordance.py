"""Hits in their context. Words are looked for in the sentences: title, subhead and body."""

import re
from collections.abc import Hashable, Iterator
from typing import Any, Literal

import pandas as pd

from core.analyze.overview import Unit
from core.model import Filters
from core.store import Corpus, Selection, evidence
from core.store.search import Spans, parse

WIDTH = 60
"""Characters of context on each side."""

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_LINE_END = re.compile(r"\s")  # a hit is shown on one line; one character for one keeps offsets

SORTED_HITS = 2000
"""So many of the newest hits are put in order by their context."""

Side = Literal["left", "right"]

COLUMNS = [
    "document_id", "outlet", "outlet_name", "published", "title", "sentence", "left", "hit", "right", "start", "end",
]  # fmt: skip


def kwic(
    corpus: Corpus,
    filters: Filters,
    *,
    words: str = "",
    entity_id: str | None = None,
    page: int = 1,
    page_size: int = 50,
) -> pd.DataFrame:
    """One page of the hits of words, or of an entity under all its names.

    Shape: document_id, outlet, outlet_name, published, title, sentence, left, hit, right, start, end (code points
           of the document's text); newest article first, undated last.
    """
    selection = Selection(words=words, entity_id=entity_id)
    skipped = max(0, page - 1) * page_size
    frame = evidence.context_of_hits(corpus, filters, selection, skipped=skipped, size=page_size, width=WIDTH)
    found = frame.to_dict("records")
    # a sentence is searched alone, without what stands around it: so was it counted
    sentences = [str(row["around"])[row["first"] - row["around_start"] : row["past"] - row["around_start"]]
                 for row in found]  # fmt: skip
    worded = parse(words).hits(sentences) if entity_id is None else [None] * len(found)
    rows = [hit for row, spans in zip(found, worded, strict=True) for hit in _hits(row, spans)]
    if rows:
        # the first and the last sentence may have hits that stand on the pages before and after
        before = skipped - int(frame["upto"].iloc[0] - frame["hits"].iloc[0])
        rows = rows[before : before + page_size]
    return pd.DataFrame(rows, columns=COLUMNS)


def by_context(
    corpus: Corpus, filters: Filters, side: Side, *, words: str = "", entity_id: str | None = None
) -> pd.DataFrame:
    """The newest SORTED_HITS hits in the order of the words at one side, from the hit outwards.

    Shape: as kwic. Punctuation and case play no part.
    """
    frame = kwic(corpus, filters, words=words, entity_id=entity_id, page_size=SORTED_HITS)
    step = -1 if side == "left" else 1
    keys = [[word.lower() for word in _WORD.findall(said)[::step]] for said in frame[side]]
    return frame.iloc[sorted(range(len(frame)), key=lambda row: keys[row])].reset_index(drop=True)


def count(corpus: Corpus, filters: Filters, *, words: str = "", entity_id: str | None = None) -> int:
    """How many hits there are in all."""
    return evidence.totals(corpus, filters, Selection(words=words, entity_id=entity_id))[0]


def by_outlet(corpus: Corpus, filters: Filters, *, words: str = "", entity_id: str | None = None) -> pd.DataFrame:
    """Hits of each outlet, most first: outlet, outlet_name, hits, articles, independent."""
    return evidence.hits_by(corpus, filters, Selection(words=words, entity_id=entity_id), None)


def over_time(
    corpus: Corpus, filters: Filters, unit: Unit, *, words: str = "", entity_id: str | None = None
) -> pd.DataFrame:
    """Hits by period and outlet: period (its first day), outlet, outlet_name, hits, articles, independent.

    Articles without a period drop out.
    """
    return evidence.hits_by(corpus, filters, Selection(words=words, entity_id=entity_id), unit)


def unreadable(words: str) -> tuple[str, ...]:
    """Regular expressions in search words that cannot be read; they find nothing."""
    return parse(words).unreadable


def _hits(row: dict[Hashable, Any], found: Spans | None) -> Iterator[dict[str, object]]:
    """One row a hit of a sentence: found counts from the sentence's start; None takes the spans of the corpus."""
    around, shift = _LINE_END.sub(" ", str(row["around"])), int(row["around_start"])
    if found is None:
        spans = sorted(zip(row["starts"], row["ends"], strict=True))
    else:
        spans = [(row["first"] + start, row["first"] + end) for start, end in found]
    for start, end in spans:
        yield {
            **{key: row[key] for key in COLUMNS[:6]},
            "left": around[max(0, start - shift - WIDTH) : start - shift],
            "hit": around[start - shift : end - shift],
            "right": around[end - shift : end - shift + WIDTH],
            "start": int(start),
            "end": int(end),
        }

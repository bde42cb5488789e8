"""The sentences behind any figure."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from core.model import Filters
from core.store import Corpus, Selection
from core.store import evidence as stored
from core.store.search import parse

__all__ = ["EvidenceCount", "Selection", "count", "sentences"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCount:
    """How much stands behind a figure. hits counts the selected tags (mentions, citations, quotes, claims, words).

    Without such a key in the selection hits equals sentences.
    """

    hits: int
    sentences: int
    articles: int
    independent: int


def sentences(
    corpus: Corpus, filters: Filters, selection: Selection, *, page: int = 1, page_size: int = 20
) -> pd.DataFrame:
    """One page of the sentences that a selection counts.

    Shape: document_id, sentence (number in the article from 0), start, end (code points of the document's
           text), text, zone, tone, score, layer, hits, marks (tuple of (start, end) within text), outlet,
           outlet_name, published, title, cluster_id, sample; newest article first, undated last.
    """
    frame = stored.page_of_sentences(corpus, filters, selection, page=page, page_size=page_size)
    return with_marks(frame, selection)


def count(corpus: Corpus, filters: Filters, selection: Selection) -> EvidenceCount:
    """How many sentences, articles and independent texts a selection counts."""
    hits, found, articles, independent = stored.totals(corpus, filters, selection)
    return EvidenceCount(hits=hits, sentences=found, articles=articles, independent=independent)


def with_marks(frame: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The frame of core.store.evidence with marks, which count from the sentence's start, for starts and ends."""
    worded = parse(selection.words).hits(list(frame["text"]))
    marks = []
    columns = (frame["text"], frame["start"], frame["starts"], frame["ends"], worded)
    for text, start, starts, ends, hits in zip(*columns, strict=True):
        spans = [(first - start, past - start) for first, past in zip(starts, ends, strict=True)]
        marks.append(_merged((max(0, first), min(len(text), past)) for first, past in spans + hits))
    place = frame.columns.get_loc("starts")
    frame = frame.drop(columns=["starts", "ends"])
    frame.insert(int(place), "marks", pd.Series(marks, index=frame.index, dtype=object))  # type: ignore[arg-type]
    return frame


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Sorted spans, those that touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((int(start), int(end)) for start, end in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)

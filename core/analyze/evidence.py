"""The sentences behind any figure."""

from dataclasses import dataclass

import pandas as pd

from core.model import Filters
from core.store import Corpus, Selection

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
    raise NotImplementedError


def count(corpus: Corpus, filters: Filters, selection: Selection) -> EvidenceCount:
    """How many sentences, articles and independent texts a selection counts."""
    raise NotImplementedError

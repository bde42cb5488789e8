"""Hits in their context."""

import pandas as pd

from core.model import Filters
from core.store import Corpus

WIDTH = 60
"""Characters of context on each side."""


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
    raise NotImplementedError


def count(corpus: Corpus, filters: Filters, *, words: str = "", entity_id: str | None = None) -> int:
    """How many hits there are in all."""
    raise NotImplementedError

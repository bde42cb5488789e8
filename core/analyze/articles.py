"""The list of articles, and one article with everything that is known of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import pandas as pd

from core.analyze.copies import copies_of
from core.model import Annotations, Document, Filters, Origin
from core.store import Corpus, Selection, files, records
from core.store import articles as stored
from core.store import evidence as selected

Order = Literal["newest", "oldest", "longest", "most_negative", "most_positive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Everything the reader shows. added_at is in UTC.

    copies   near-duplicates in the corpus, this one left out: document_id, outlet, outlet_name, published, title,
             contained (share of this article's word triples that the other has), contains (the reverse)
    also_in  other files that brought the same article again: name, added_at, origin
    """

    document: Document
    annotations: Annotations
    file_name: str
    origin: Origin
    added_at: datetime
    cluster_id: int
    copies: pd.DataFrame
    also_in: pd.DataFrame


def list_articles(
    corpus: Corpus,
    filters: Filters,
    selection: Selection | None = None,
    *,
    order: Order = "newest",
    page: int = 1,
    page_size: int = 50,
) -> pd.DataFrame:
    """One page of the articles that pass; with a selection those with at least one sentence that it counts.

    Shape: document_id, published, precision, outlet, outlet_name, title, language, words, tone, score,
           narrator, quoted, mentions, quotes, sources, claims, cluster_id, cluster_size (in the corpus),
           sample, file. Undated articles come last in the orders by time.
    """
    chosen = None if selection is None else selected.documents(corpus, filters, selection)
    return stored.page_of_articles(corpus, filters, chosen, order, stored.Page(page, page_size))


def count(corpus: Corpus, filters: Filters, selection: Selection | None = None) -> int:
    """How many articles the list has in all."""
    if selection is None:
        return stored.article_total(corpus, filters)[0]
    return len(selected.documents(corpus, filters, selection))


def load(corpus: Corpus, document_id: str) -> Article | None:
    """One article for the reader, or None when the corpus has none of that id."""
    found = records.load(corpus, document_id)
    if found is None:
        return None
    return Article(
        document=found.document,
        annotations=found.annotations,
        file_name=found.file_name,
        origin=found.origin,
        added_at=found.added_at,
        cluster_id=found.cluster_id,
        copies=copies_of(corpus, document_id, found.cluster_id),
        also_in=files.seen_again(corpus, document_id),
    )


def neighbours(
    corpus: Corpus, filters: Filters, document_id: str, *, order: Order = "newest"
) -> tuple[str | None, str | None]:
    """The ids before and after an article in the list, None at its ends."""
    return stored.beside(corpus, filters, document_id, order)

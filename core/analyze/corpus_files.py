"""What was brought into the corpus, and what became of it."""

import hashlib

import pandas as pd

from core.model import Filters
from core.store import Corpus
from core.store import files as stored


def files(corpus: Corpus) -> pd.DataFrame:
    """Every file ever brought, newest first.

    Shape: file_id, name, outcome (`added`, `known`, `refused`), reason, articles (new ones), known (articles that
           were already here), refused (records), size_bytes, sha256, origin, added_at (UTC).
    """
    return stored.files(corpus)


def refusals(corpus: Corpus) -> pd.DataFrame:
    """Every file or record that was not taken, newest first.

    Shape: file_id, name, record, reason, origin, added_at (UTC).
    """
    return stored.refusals(corpus)


def behind(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """The files that brought the articles that pass.

    Shape: name, sha256, articles; by name.
    """
    return stored.behind(corpus, filters)


def digest(behind: pd.DataFrame) -> str:
    """One sha256 over those of all files: equal digests speak of the same bytes."""
    return hashlib.sha256("\n".join(sorted(set(behind["sha256"]))).encode()).hexdigest()


def file_of(corpus: Corpus, document_id: str) -> tuple[str, str] | None:
    """Name and sha256 of the file that brought an article first; None for an unknown article."""
    return stored.file_of(corpus, document_id)


def tagger_versions(corpus: Corpus) -> pd.DataFrame:
    """Under which versions of code and rules the articles were tagged.

    Shape: tagger_version, articles; by falling articles. Another version than tag.tagger_version() is stale.
    """
    return stored.tagger_versions(corpus)

"""Near-duplicates: one wire story in several places is one independent text."""

import pandas as pd

from core.model import Filters
from core.store import Corpus


def clusters(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Clusters with at least two articles that pass the filters.

    Shape: cluster_id, articles, outlets, outlet_names (comma-separated), first_published, last_published, title (of
           the earliest); by falling articles.
    """
    raise NotImplementedError


def members(corpus: Corpus, cluster_id: int) -> pd.DataFrame:
    """The articles of one cluster, earliest first.

    Shape: document_id, outlet, outlet_name, published, title, words, contained (share of its word triples that
           the earliest has too), file.
    """
    raise NotImplementedError


def differences(corpus: Corpus, document_id: str, other_id: str) -> pd.DataFrame:
    """Where two articles differ, word by word.

    Shape: kind (`same`, `only_here`, `only_there`), text; in reading order.
    """
    raise NotImplementedError

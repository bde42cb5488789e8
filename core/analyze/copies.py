"""Near-duplicates: one wire story in several places is one independent text."""

import re
from difflib import SequenceMatcher

import pandas as pd

from core.model import Filters
from core.store import Corpus, files
from core.store.shingles import contained, shingles

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")


def clusters(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Clusters with at least two articles that pass the filters.

    Shape: cluster_id, articles, outlets, outlet_names (comma-separated), first_published, last_published, title
           and document_id (of the earliest); by falling articles.
    """
    return files.clusters(corpus, filters)


def members(corpus: Corpus, cluster_id: int) -> pd.DataFrame:
    """The articles of one cluster, earliest first.

    Shape: document_id, outlet, outlet_name, published, title, words, contained (share of its word triples that
           the earliest has too), file.
    """
    frame = files.members(corpus, cluster_id)
    hashes = [shingles(text) for text in frame["text"]]
    shares = [contained(found, hashes[0]) for found in hashes]
    frame = frame.drop(columns="text")
    frame.insert(6, "contained", pd.Series(shares, index=frame.index, dtype=float))
    return frame


def differences(corpus: Corpus, document_id: str, other_id: str) -> pd.DataFrame:
    """Where two articles differ, word by word.

    Shape: kind (`same`, `only_here`, `only_there`), text; in reading order.
    """
    texts = files.texts(corpus, [document_id, other_id])
    here, there = _PIECE.findall(texts[document_id]), _PIECE.findall(texts[other_id])
    rows: list[tuple[str, str]] = []
    for kind, here_from, here_to, there_from, there_to in SequenceMatcher(None, here, there, False).get_opcodes():
        if kind == "equal":
            rows.append(("same", "".join(here[here_from:here_to])))
            continue
        if here_to > here_from:
            rows.append(("only_here", "".join(here[here_from:here_to])))
        if there_to > there_from:
            rows.append(("only_there", "".join(there[there_from:there_to])))
    return pd.DataFrame(rows, columns=["kind", "text"])


def copies_of(corpus: Corpus, document_id: str, cluster_id: int) -> pd.DataFrame:
    """The other articles of an article's cluster, earliest first.

    Shape: document_id, outlet, outlet_name, published, title, contained (share of this article's word triples that
           the other has), contains (share of the other's that this one has).
    """
    frame = files.members(corpus, cluster_id)
    is_this = frame["document_id"] == document_id
    here = shingles(frame.loc[is_this, "text"].iloc[0])
    others = frame[~is_this].reset_index(drop=True)
    hashes = [shingles(text) for text in others["text"]]
    return others[["document_id", "outlet", "outlet_name", "published", "title"]].assign(
        contained=pd.Series([contained(here, there) for there in hashes], dtype=float),
        contains=pd.Series([contained(there, here) for there in hashes], dtype=float),
    )

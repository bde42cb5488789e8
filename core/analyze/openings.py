"""The first words of articles that have no headline, to call them by."""

import pandas as pd

from core.model import Document
from core.store import Corpus
from core.store import articles as stored

MARK = "\u2063"
"""Stands before first words that are shown in a headline's place; invisible, and in no headline."""

SHOWN_WORDS = 9


def with_openings(corpus: Corpus, frame: pd.DataFrame) -> pd.DataFrame:
    """The same table; where a row has a document_id and no title, its title is MARK and the article's first words."""
    if frame.empty or not {"document_id", "title"} <= set(frame.columns):
        return frame
    untitled = frame["title"].isna() & frame["document_id"].notna()
    if not untitled.any():
        return frame
    found = stored.openings(corpus, sorted(set(frame.loc[untitled, "document_id"])))
    first = {document_id: MARK + _short(text) for document_id, text in found.items() if text.strip()}
    return frame.assign(title=frame["title"].where(~untitled, frame["document_id"].map(first)))


def opening(document: Document) -> str:
    """The first words of one article, past its dateline; empty where it has none."""
    dateline = document.zone("dateline")
    return _short(document.text[dateline.span.end if dateline else 0 :])


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:SHOWN_WORDS]).strip(" -–—,;:") + (" …" if len(words) > SHOWN_WORDS else "")

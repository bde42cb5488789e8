"""The corpus on disk: one DuckDB file, one writer, and the only SQL of the house."""

from core.store.corpus import Corpus
from core.store.selection import UNKNOWN, Selection

__all__ = ["UNKNOWN", "Corpus", "Selection"]

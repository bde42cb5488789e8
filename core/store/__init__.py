"""The corpus on disk: one DuckDB file, one writer, and the only SQL of the house."""

from pathlib import Path
from typing import Self

from core.model import FileResult, Outcome
from core.store.selection import UNKNOWN, Selection

__all__ = ["UNKNOWN", "Corpus", "Selection"]


class Corpus:
    """A corpus that is open for reading and writing. Safe to share between threads of one process."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the corpus file, made with its folder where there is none.

        Raises: CorpusBusyError while another process holds the file; CorpusDamagedError when the file is
                not a corpus, or was made by a newer Telaah.
        """
        raise NotImplementedError

    def add(self, result: FileResult) -> Outcome:
        """Commit one file whole or not at all.

        `known` when nothing in it is new, `refused` when nothing in it could be read.
        """
        raise NotImplementedError

    @property
    def version(self) -> int:
        """Grows by one with every commit and survives re-opening: a key for caches."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the file."""
        raise NotImplementedError

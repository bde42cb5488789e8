"""What several questions of one screen share, worked out once: small tables by article or sentence.

A question puts such an `Asked` among its parameters and names it like a table; Corpus works it out, or finds it kept
from before, and lays it beside the corpus. What is kept is of one version of the corpus.
"""

from abc import ABC, abstractmethod
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from core.store.corpus import Corpus

MOST_BYTES = 96 * 1024 * 1024
"""Of all tables together; past it the one not asked for the longest goes."""


class Asked(ABC):
    """Says what to work out: a frozen record, so that two of the same are one."""

    @abstractmethod
    def work_out(self, corpus: "Corpus") -> pa.Table:
        """The table, from the corpus as it stands."""


class Kept:
    """Tables by what they hold. Safe to share between threads."""

    def __init__(self) -> None:
        self._tables: OrderedDict[tuple[int, Asked], pa.Table] = OrderedDict()
        self._lock = Lock()

    def table(self, corpus: "Corpus", asked: Asked) -> pa.Table:
        """The table for the corpus of now; two that ask for a new one at once both work it out."""
        version = corpus.version
        key = version, asked
        with self._lock:
            if key in self._tables:
                self._tables.move_to_end(key)
                return self._tables[key]
        made = asked.work_out(corpus)
        with self._lock:
            for old in [one for one in self._tables if one[0] != version]:
                del self._tables[old]
            self._tables[key] = made
            while len(self._tables) > 1 and sum(table.nbytes for table in self._tables.values()) > MOST_BYTES:
                self._tables.popitem(last=False)
        return made

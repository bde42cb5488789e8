"""The corpus file as a whole: a copy of it while it is in use, and what a copy holds.

A copy is taken while nothing is written; what DuckDB keeps beside the file (its log of the last commits) comes along.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from core.errors import CorpusDamagedError, CorpusError
from core.store.corpus import Corpus
from core.store.correction import Correction
from core.store.correction_log import read_log
from core.store.filecopy import copy_file
from core.store.schema import CLOSED, CONNECTION, explained

TRIES = 5

COUNTED = {
    "articles": "documents", "files": "files", "refusals": "refusals", "sentences": "sentences", "mentions": "mentions",
    "corrections": "corrections", "deeds": "audit",
}  # fmt: skip
"""What is counted, and in which table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What a corpus file holds: the versions of its schema and its content, and rows by the name of COUNTED."""

    schema_version: int
    corpus_version: int
    counts: dict[str, int]
    tagged_by: dict[str, int]


def copy_open(corpus: Corpus, target: Path) -> None:
    """Copy a corpus that this process has open, while its threads wait with writing and go on reading.

    Raises: OSError when it cannot be written; nothing is left at target then.
    """
    with corpus.at_rest():
        _copy(corpus.path, target)


def copy_closed(path: Path, target: Path) -> None:
    """Copy a corpus that no process has open, whatever its schema; it is held meanwhile.

    Raises: CorpusBusyError, CorpusDamagedError; OSError when the copy cannot be written.
    """
    with held(path):
        _copy(path, target)


@contextmanager
def held(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that keeps every other process out and changes nothing by itself.

    Raises: CorpusBusyError, CorpusDamagedError, CorpusError.
    """
    try:
        connection = duckdb.connect(str(path), config=CONNECTION)
    except duckdb.Error as error:
        raise explained(path, error) from error
    try:
        yield connection
    finally:
        connection.close()


def _copy(path: Path, target: Path) -> None:
    """Should DuckDB tidy its files meanwhile, by itself and without a transaction of ours, it is done again."""
    for _ in range(TRIES):
        before = _state(path)
        for file in before:
            copy_file(file, target.with_name(target.name + file.name.removeprefix(path.name)))
        if _state(path) == before:
            return
        for made in target.parent.glob(f"{target.name}*"):
            made.unlink()
    raise OSError(0, "it was written to all the time")


def _state(path: Path) -> dict[Path, tuple[int, int]]:
    """The corpus file and the log of its last commits, with size and time of the last change."""
    found = [path, *sorted(path.parent.glob(f"{path.name}.wal*"))]
    return {file: (file.stat().st_size, file.stat().st_mtime_ns) for file in found}


def settle(copy: Path) -> tuple[Holdings, list[Correction], list[tuple[object, ...]]]:
    """Make one whole file of a copy; what it holds, its log of corrections, and its table of deeds.

    Raises: CorpusDamagedError when it is no corpus or a broken one.
    """
    with held(copy) as connection:
        try:
            connection.execute("CHECKPOINT")
            connection.execute(CLOSED)
            found = _holdings(connection)
            deeds = connection.execute("SELECT done_at, who, action, detail FROM main.audit").fetchall()
            return found, read_log(connection), deeds
        except (duckdb.Error, CorpusError, KeyError) as error:
            raise CorpusDamagedError(f"{copy.name} is no whole corpus ({str(error).partition(chr(10))[0]}).") from error


def _holdings(connection: duckdb.DuckDBPyConnection) -> Holdings:
    numbers = dict(connection.execute("SELECT key, number FROM main.meta").fetchall())
    counts = {}
    for name, table in COUNTED.items():
        row = connection.execute(f"SELECT count(*) FROM main.{table}").fetchone()
        counts[name] = int(row[0]) if row else 0
    tagged_by = connection.execute("SELECT tagger_version, count(*) FROM main.documents GROUP BY ALL ORDER BY ALL")
    return Holdings(
        schema_version=int(numbers["schema_version"]),
        corpus_version=int(numbers["corpus_version"]),
        counts=counts,
        tagged_by=dict(tagged_by.fetchall()),
    )

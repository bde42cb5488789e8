"""The open corpus: one connection, a cursor a call, one writer at a time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Timer
from typing import Any, Self

import duckdb
import pandas as pd
import pyarrow as pa

from core.errors import CorpusDamagedError, CorpusError, TooLongError
from core.model import Added, FileResult
from core.store import joins
from core.store.correction_log import read_log
from core.store.damage import is_damage
from core.store.kept import Asked, Kept
from core.store.overlay import SEARCH_PATH, ensure
from core.store.replay import replay, replay_where
from core.store.schema import RESTORE, connect, explained
from core.store.staging import Staged, stage
from core.store.wordfile import is_attached
from core.store.writer import write_file


class _UnchangedError(Exception):
    """Nothing was written, so nothing is committed."""


LONGEST_SECONDS = 60
"""A question with a regular expression that takes longer is stopped."""


class Corpus:
    """A corpus that is open for reading and writing. Safe to share between threads of one process."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self._connection = connection
        self._write = Lock()
        self.indexing = Lock()
        self.has_words = is_attached(connection)
        self._kept = Kept()
        self.version = int(self.rows("SELECT number FROM meta WHERE key = 'corpus_version'")[0][0])
        """Grows by one with every commit and survives re-opening: a key for caches."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the corpus file, made with its folder where there is none.

        Raises: CorpusBusyError while another process holds the file; CorpusDamagedError when the file is
                not a corpus, or was made by a newer Telaah; CorpusError where it cannot be written to.
        """
        connection = connect(path)
        try:
            joined_anew = joins.ensure(connection)
            if ensure(connection) or joined_anew:
                connection.begin()
                replay(connection, read_log(connection))
                connection.commit()
        except duckdb.Error as error:
            connection.close()
            raise explained(path, error) from error
        return cls(path, connection)

    def add(self, result: FileResult, staged: Staged | None = None) -> Added:
        """Take all that the file yields, or what was staged of it elsewhere; then commit it whole or not at all.

        Its outcome is `known` when nothing in it is new, `refused` when nothing in it could be read.
        Raises: CorpusError when the file cannot be written; nothing of it is kept then.
        """
        staged = staged or stage(result.found, sample=result.origin == "sample")
        try:
            with self.writing(f"{result.name} could not be written to the corpus and nothing of it was kept") as cursor:
                return add_staged(cursor, result, staged)
        except _UnchangedError:
            return Added(outcome="known", articles=len(staged.keys), added=0, refusals=())

    @contextmanager
    def writing(self, failed: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor on the machine's tables, in one transaction that is committed whole or not at all.

        Raises: CorpusError that begins with `failed` when it cannot be written.
        """
        with self._write:
            cursor = self._connection.cursor()
            try:
                cursor.begin()
                yield cursor
                cursor.execute("UPDATE meta SET number = number + 1 WHERE key = 'corpus_version'")
                cursor.commit()
                self.version += 1
            except duckdb.Error as error:
                if is_damage(error):
                    raise self._damaged() from error
                raise CorpusError(f"{failed}: {str(error).partition(chr(10))[0]}") from error
            finally:
                cursor.close()  # rolls back what was not committed

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Nothing is written to the file inside the block; reading goes on."""
        with self._write:
            yield

    def article_count(self) -> int:
        """How many articles it holds."""
        return int(self.rows("SELECT count(*) FROM documents")[0][0])

    def close(self) -> None:
        """Let go of the file, after the write at hand."""
        with self._write, self.indexing:
            self._connection.close()

    def frame(self, sql: str, values: Mapping[str, object] | None = None) -> pd.DataFrame:
        """The answer to a query of core.store; values come as named parameters, an Asked as a table."""
        with self._asked(sql, values) as answer:
            return answer.df()

    def dicts(self, sql: str, values: Mapping[str, object] | None = None) -> list[dict[str, Any]]:
        """The same by column name; what is missing is None."""
        with self._asked(sql, values) as answer:
            names = [column[0] for column in answer.description or ()]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def rows(self, sql: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """The same as plain rows."""
        with self._asked(sql, values) as answer:
            return answer.fetchall()

    def table(self, sql: str, values: Mapping[str, object] | None = None) -> pa.Table:
        """The same as an Arrow table, to be kept: numbers alone, none missing."""
        with self._asked(sql, values) as answer:
            return pa.table(answer.fetchnumpy())

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of one's own on the machine's tables; to be closed."""
        return self._connection.cursor()

    def _damaged(self) -> CorpusDamagedError:
        return CorpusDamagedError(f"{self.path} cannot be read any more, so it is broken. {RESTORE}")

    @contextmanager
    def _asked(self, sql: str, values: Mapping[str, object] | None) -> Iterator[duckdb.DuckDBPyConnection]:
        given = values or {}
        shared = {name: self._kept.table(self, one) for name, one in given.items() if isinstance(one, Asked)}
        cursor = self._connection.cursor()
        limit = None
        try:
            cursor.execute(SEARCH_PATH)
            if "regexp_" in sql:  # else the time of a question is bounded by the corpus, and a thread costs some
                limit = Timer(LONGEST_SECONDS, cursor.interrupt)
                limit.daemon = True
                limit.start()
            for name, table in shared.items():
                cursor.register(name, table)
            yield cursor.execute(sql, {name: value for name, value in given.items() if name not in shared})
        except duckdb.InterruptException as error:
            raise TooLongError(
                f"The question took longer than {LONGEST_SECONDS} seconds and was stopped: narrow the filters, "
                "or search for words instead of a regular expression."
            ) from error
        except duckdb.Error as error:
            if is_damage(error):
                raise self._damaged() from error
            raise
        finally:
            if limit:
                limit.cancel()
            cursor.close()


def add_staged(cursor: duckdb.DuckDBPyConnection, result: FileResult, staged: Staged) -> Added:
    """Write a file's articles and lay over them what was corrected before they came."""
    first_new = cursor.execute("SELECT coalesce(max(doc) + 1, 0) FROM main.documents").fetchone()
    added = write_file(cursor, result, staged)
    if added is None:
        raise _UnchangedError
    if added.added and first_new is not None:
        moved = joins.join_names(cursor, first_new[0])
        log = read_log(cursor)
        replay(cursor, log, since=first_new[0])
        if moved:
            replay_where(cursor, log, joined=moved)
    return added

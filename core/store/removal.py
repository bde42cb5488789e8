"""Taking a file out of the corpus with all that was derived from it, in one transaction. There is no way back."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from core.errors import CorpusError
from core.model import Added, FileResult
from core.store import joins
from core.store.clusters import tell_anew, touched_by
from core.store.corpus import Corpus, add_staged
from core.store.correction_log import read_log
from core.store.replay import replay
from core.store.staging import Staged, stage

GONE = "SELECT unnest($docs::INTEGER[])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """What a file's removal takes: articles that go, and those that stay because another file brought them too."""

    name: str
    sha256: str
    going: int
    staying: int


def stakes(corpus: Corpus, file_id: int) -> Stakes:
    """What would go with a file. Raises: CorpusError where there is no such file."""
    cursor = corpus.cursor()
    try:
        name, sha256 = _file(cursor, file_id)
        going, staying = _parted(cursor, file_id)
        return Stakes(name=name, sha256=sha256, going=len(going), staying=len(staying))
    finally:
        cursor.close()


def remove(corpus: Corpus, file_id: int, *, who: str) -> Stakes:
    """Take a file out; what went. Corrections of its articles stay in the log and wait for them.

    Raises: CorpusError where there is no such file or it cannot be written; nothing is changed then.
    """
    with corpus.writing("The file could not be removed and all of it was kept") as cursor:
        gone = _take_out(cursor, file_id)
        _note(cursor, who, "remove", gone)
        _settle(cursor)
    return gone


def replace(
    corpus: Corpus, file_id: int, result: FileResult, *, who: str, staged: Staged | None = None
) -> tuple[Stakes, Added]:
    """Put a file in another's place: the one goes and the other, or what was staged of it, comes in one transaction.

    Raises: CorpusError where there is no such file, nothing in the new one can be read, or it cannot be written;
            the old one is kept then.
    """
    staged = staged or stage(result.found, sample=False)
    if not staged.keys:
        reason = staged.refusals[0].reason if staged.refusals else "There is no article in it."
        raise CorpusError(f"{result.name} was not put in its place and the old file was kept: {reason}")
    with corpus.writing(f"{result.name} could not be put in its place and the old file was kept") as cursor:
        gone = _take_out(cursor, file_id)
        _note(cursor, who, "replace", gone)
        added = add_staged(cursor, result, staged)
        _settle(cursor)
    return gone, added


def is_kept(corpus: Corpus, sha256: str) -> bool:
    """Whether any file of these bytes is still in the corpus."""
    return bool(corpus.rows("SELECT 1 FROM main.files WHERE sha256 = $sha256 LIMIT 1", {"sha256": sha256}))


def _file(cursor: duckdb.DuckDBPyConnection, file_id: int) -> tuple[str, str]:
    row = cursor.execute("SELECT name, sha256 FROM main.files WHERE file_id = ?", [file_id]).fetchone()
    if row is None:
        raise CorpusError("This file is not in the corpus any more: load the page anew.")
    return row[0], row[1]


def _parted(cursor: duckdb.DuckDBPyConnection, file_id: int) -> tuple[list[int], list[int]]:
    """The articles of a file that no other file brought, and those that one did."""
    rows = cursor.execute(
        """SELECT doc, doc IN (SELECT doc FROM main.sightings WHERE file_id <> $file) AS elsewhere
        FROM (SELECT DISTINCT doc FROM main.sightings WHERE file_id = $file) ORDER BY doc""",
        {"file": file_id},
    ).fetchall()
    return [doc for doc, elsewhere in rows if not elsewhere], [doc for doc, elsewhere in rows if elsewhere]


def _take_out(cursor: duckdb.DuckDBPyConnection, file_id: int) -> Stakes:
    name, sha256 = _file(cursor, file_id)
    going, staying = _parted(cursor, file_id)
    touched = touched_by(cursor, going) if going else set()
    cursor.execute("DELETE FROM main.sightings WHERE file_id = ?", [file_id])
    _rehome(cursor, file_id)
    for table in _tables_of_articles(cursor):
        cursor.execute(f"DELETE FROM main.{table} WHERE doc IN ({GONE})", {"docs": going})
    cursor.execute("DELETE FROM main.refusals WHERE file_id = ?", [file_id])
    cursor.execute("DELETE FROM main.files WHERE file_id = ?", [file_id])
    cursor.execute(
        """DELETE FROM main.entities WHERE entity_id NOT IN (
            SELECT entity_id FROM main.mentions UNION
            SELECT refers_to FROM main.mentions WHERE refers_to IS NOT NULL)"""
    )
    tell_anew(cursor, touched)
    return Stakes(name=name, sha256=sha256, going=len(going), staying=len(staying))


def _rehome(cursor: duckdb.DuckDBPyConnection, file_id: int) -> None:
    """An article that stays belongs to the first of the files that still have it."""
    cursor.execute(
        """UPDATE main.documents AS d SET file_id = home.file_id, file = home.name, sha256 = home.sha256,
            record = home.record, sample = home.origin = 'sample'
        FROM (
            SELECT s.doc, s.file_id, f.name, s.sha256, s.record, f.origin FROM main.sightings AS s
            JOIN main.files AS f USING (file_id)
            QUALIFY row_number() OVER (PARTITION BY s.doc ORDER BY s.file_id, s.record) = 1
        ) AS home
        WHERE home.doc = d.doc AND d.file_id = $file AND d.doc IN (SELECT doc FROM main.sightings)""",
        {"file": file_id},
    )
    cursor.execute(
        """UPDATE main.sightings AS s SET new = TRUE FROM main.documents AS d
        WHERE d.doc = s.doc AND d.file_id = s.file_id AND d.sha256 = s.sha256 AND d.record = s.record AND NOT s.new"""
    )


def _tables_of_articles(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    rows = cursor.execute(
        "SELECT table_name FROM duckdb_columns() WHERE schema_name = 'main' AND column_name = 'doc' "
        "AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main') ORDER BY table_name"
    ).fetchall()
    return [str(name) for (name,) in rows]


def _settle(cursor: duckdb.DuckDBPyConnection) -> None:
    """Work out anew what hangs on all articles together."""
    joins.join_names(cursor)
    replay(cursor, read_log(cursor))


def _note(cursor: duckdb.DuckDBPyConnection, who: str, action: str, gone: Stakes) -> None:
    detail = {"name": gone.name, "sha256": gone.sha256, "going": gone.going, "staying": gone.staying}
    cursor.execute(
        "INSERT INTO main.audit VALUES (?, ?, ?, ?)",
        [datetime.now(UTC).replace(tzinfo=None), who, action, json.dumps(detail, ensure_ascii=False)],
    )

"""The file of the word index (core.store.wordindex) beside the corpus: attaching it, and its tables."""

import logging
from pathlib import Path

import duckdb

log = logging.getLogger(__name__)

LAYOUT = 1
"""Grows when the tables or what stands in them change: an older file is thrown away."""

SAID_TABLE = """CREATE TABLE words.placed.said (
    word VARCHAR NOT NULL, doc INTEGER NOT NULL, sentence INTEGER NOT NULL, place INTEGER NOT NULL,
    spaced BOOLEAN NOT NULL
)"""

_STATE_TABLE = """CREATE TABLE words.placed.state (
    version BIGINT, until INTEGER NOT NULL, articles BIGINT NOT NULL, print VARCHAR NOT NULL
)"""

_READ_WHOLE = "SELECT bit_xor(hash(word, doc, sentence, place, spaced)) FROM words.placed.said"
"""Reads every block, so that a broken one is told by its checksum now and not in the middle of a search."""


def words_file(corpus: Path) -> Path:
    return corpus.with_name(f"{corpus.name}.words")


def attach(connection: duckdb.DuckDBPyConnection, corpus: Path) -> None:
    """Attach the index as `words`; a broken or an older one gives way to an empty one. Without it all goes on."""
    path = words_file(corpus)
    for _ in range(2):
        try:
            connection.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS words")
            if _is_of_now(connection):
                return
        except duckdb.Error:
            log.warning("The word index %s cannot be used; searches read the texts until there is a new one", path)
        connection.execute("DETACH DATABASE IF EXISTS words")
        try:
            path.unlink(missing_ok=True)
            path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
        except OSError:
            return


def is_attached(connection: duckdb.DuckDBPyConnection) -> bool:
    return bool(connection.execute("SELECT 1 FROM duckdb_databases() WHERE database_name = 'words'").fetchall())


def _is_of_now(connection: duckdb.DuckDBPyConnection) -> bool:
    """It has the tables of this layout; an empty file gets them."""
    schemas = "SELECT schema_name FROM duckdb_schemas() WHERE database_name = 'words' AND NOT internal"
    found = {str(name) for (name,) in connection.execute(schemas).fetchall()} - {"main"}
    if not found:
        connection.begin()
        for statement in (
            "CREATE SCHEMA words.placed",
            f"CREATE SCHEMA words.layout_{LAYOUT}",
            SAID_TABLE,
            _STATE_TABLE,
        ):
            connection.execute(statement)
        connection.commit()
    if found and f"layout_{LAYOUT}" in found:
        connection.execute(_READ_WHOLE).fetchall()
        connection.execute("SELECT * FROM words.placed.state").fetchall()
    return not found or f"layout_{LAYOUT}" in found

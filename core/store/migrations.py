"""Bringing a corpus of an older schema up to that of now: numbered steps, in one transaction, with a copy kept before.

A step's SQL and code stay as they are once a corpus has gone through it; what changes later is a step of its own.
Whatever stops a step (a kill, a full disk, an error) leaves the file as it was.
"""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from core.errors import CorpusDamagedError, CorpusError
from core.store.clusters import tell_anew
from core.store.filecopy import copy_file
from core.store.shingles import shingle_table

AT_A_TIME = 1000
"""Articles whose texts are held at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From schema `to` - 1 to schema `to`: SQL first, then what SQL cannot say. brings says what for."""

    to: int
    brings: str
    sql: str
    then: Callable[[duckdb.DuckDBPyConnection], None] = lambda _cursor: None


def bring_up(connection: duckdb.DuckDBPyConnection, path: Path, found: int, wanted: int) -> Path | None:
    """Run the steps from schema `found` to `wanted`; where the file as it was before is kept, None where none was due.

    Raises: CorpusDamagedError for a schema that this program does not know; CorpusError when a step or the copy fails,
            and then the file is as it was.
    """
    if found == wanted:
        return None
    if found > wanted:
        raise CorpusDamagedError(
            f"{path} was written by a newer Telaah (schema {found}; this one reads up to {wanted}) and was left as it "
            "is: start that version or a later one."
        )
    due = [step for step in STEPS if found < step.to <= wanted]
    if [step.to for step in due] != list(range(found + 1, wanted + 1)):
        raise CorpusDamagedError(f"{path} says that it has schema {found}, which no Telaah ever wrote: it is broken.")
    kept = _keep(connection, path, found)
    try:
        connection.begin()
        for step in due:
            connection.execute(step.sql)
            step.then(connection)
        # views and tables of corrections were made over the old columns and rows: they are worked out anew
        connection.execute("DROP SCHEMA IF EXISTS corrected CASCADE")
        connection.execute("DELETE FROM meta WHERE key = 'overlay'")
        connection.execute("UPDATE meta SET number = ? WHERE key = 'schema_version'", [wanted])
        connection.commit()
    except Exception as error:  # also a fault of ours: the next start finds the old file
        _back(connection)
        kept.unlink(missing_ok=True)  # the file is what the copy is
        raise CorpusError(
            f"{path} could not be brought from schema {found} to {wanted} and stays as it was: free space on its disk "
            f"and start again, or go on with the version that made it ({str(error).partition(chr(10))[0]})."
        ) from error
    return kept


def _back(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        connection.rollback()
    except duckdb.Error:  # the error has ended the transaction already
        return


def _keep(connection: duckdb.DuckDBPyConnection, path: Path, found: int) -> Path:
    """A copy of the file beside it, named by schema and day; one of an earlier try stays."""
    stem = f"{path.name}.schema-{found}.{datetime.now(UTC):%Y-%m-%d}"
    kept = path.with_name(stem)
    number = 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{stem}.{number}")
    partial = path.with_name(f".partial-{kept.name}")
    partial.unlink(missing_ok=True)
    try:
        connection.execute("CHECKPOINT")  # all that was committed stands in the one file then
        copy_file(path, partial)
        partial.replace(kept)
    except (duckdb.Error, OSError) as error:
        partial.unlink(missing_ok=True)
        raise CorpusError(
            f"{path} has schema {found} and must be brought up to date, but a copy of it cannot be kept before "
            f"({error}): free as much space in its folder as the file takes. It stays as it was."
        ) from error
    return kept


def _texts(cursor: duckdb.DuckDBPyConnection, where: str = "TRUE") -> Iterator[list[tuple[Any, ...]]]:
    """doc, text, zones of articles, some at a time."""
    last = -1
    while rows := cursor.execute(
        f"SELECT doc, text, zones FROM documents WHERE doc > ? AND {where} ORDER BY doc LIMIT {AT_A_TIME}", [last]
    ).fetchall():
        last = rows[-1][0]
        yield rows


def _insert(cursor: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    cursor.register("new_rows", rows)
    cursor.execute(f"INSERT INTO main.{table} BY NAME SELECT * FROM new_rows")
    cursor.unregister("new_rows")


# ---------------------------------------------------------------- schema 2

UNPLACED = """
CREATE TEMP TABLE unplaced AS
SELECT doc, first, 1 AS turn, rowid AS place, tagger_version FROM mentions
WHERE sentence IS NULL AND zone IN ('body', 'subhead')
UNION ALL SELECT doc, first, 2, rowid, tagger_version FROM sources WHERE sentence IS NULL
UNION ALL SELECT doc, first, 3, rowid, tagger_version FROM quotes WHERE sentence IS NULL AND last_sentence IS NULL
UNION ALL SELECT doc, first, 4, rowid, tagger_version FROM claims WHERE sentence IS NULL AND last_sentence IS NULL
"""
"""Counted tags outside the sentences, in the order in which their lines are numbered on."""

PLACED = """
UPDATE mentions SET sentence = p.sentence FROM placed AS p
    WHERE p.doc = mentions.doc AND p.first = mentions.first AND mentions.sentence IS NULL
    AND zone IN ('body', 'subhead');
UPDATE sources SET sentence = p.sentence FROM placed AS p
    WHERE p.doc = sources.doc AND p.first = sources.first AND sources.sentence IS NULL;
UPDATE quotes SET sentence = p.sentence, last_sentence = p.sentence FROM placed AS p
    WHERE p.doc = quotes.doc AND p.first = quotes.first AND quotes.sentence IS NULL AND last_sentence IS NULL;
UPDATE claims SET sentence = p.sentence, last_sentence = p.sentence FROM placed AS p
    WHERE p.doc = claims.doc AND p.first = claims.first AND claims.sentence IS NULL AND last_sentence IS NULL;
"""


def _give_lines(cursor: duckdb.DuckDBPyConnection) -> None:
    """Every counted tag outside the sentences gets its line as an aside; hashes of texts are those of now."""
    cursor.execute(UNPLACED)
    places: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for doc, first, version in cursor.execute(
        "SELECT doc, first, tagger_version FROM unplaced ORDER BY doc, turn, place"
    ).fetchall():
        places[doc].append((first, version))
    past = dict(cursor.execute("SELECT doc, max(sentence) + 1 FROM sentences GROUP BY doc").fetchall())
    asides: list[tuple[int, int, int, int, str, str]] = []
    placed: list[tuple[int, int, int]] = []
    for batch in _texts(cursor, "doc IN (SELECT doc FROM unplaced)"):
        for doc, text, zones in batch:
            lines: dict[tuple[int, int], int] = {}
            for first, version in places[doc]:
                end = text.find("\n", first)
                line = (text.rfind("\n", 0, first) + 1, len(text) if end < 0 else end)
                if line not in lines:
                    lines[line] = past.get(doc, 0) + len(lines)
                    asides.append((doc, lines[line], *line, _zone_at(zones, line[0]), version))
                placed.append((doc, first, lines[line]))
    if asides:
        _insert(cursor, "asides", _table(("doc", "sentence", "first", "past", "zone", "tagger_version"), asides))
        cursor.register("placed_rows", _table(("doc", "first", "sentence"), placed))
        cursor.execute("CREATE TEMP TABLE placed AS SELECT DISTINCT * FROM placed_rows")
        cursor.unregister("placed_rows")
        cursor.execute(PLACED)
        cursor.execute("DROP TABLE placed")
    cursor.execute("DROP TABLE unplaced")


def _zone_at(zones: str, offset: int) -> str:
    """The kind of zone at an offset of the text, by the column `zones`."""
    found = sorted(json.loads(zones))
    place = bisect_right([zone[0] for zone in found], offset) - 1
    return str(found[place][2]) if place >= 0 and offset < found[place][1] else "body"


def _table(names: tuple[str, ...], rows: list[Any]) -> pa.Table:
    columns = zip(names, zip(*rows, strict=True), strict=True)
    return pa.table(
        {name: pa.array(column, pa.string() if isinstance(column[0], str) else pa.int32()) for name, column in columns}
    )


# ---------------------------------------------------------------- schema 3


def _hash_anew(cursor: duckdb.DuckDBPyConnection) -> None:
    """Near-duplicates and clusters: how a whole text is hashed and what a round-up joins had changed."""
    cursor.execute("DELETE FROM shingles")
    for batch in _texts(cursor):
        _insert(cursor, "shingles", shingle_table((doc, text.replace("\u00a0", " ")) for doc, text, _ in batch))
    tell_anew(cursor, [doc for (doc,) in cursor.execute("SELECT doc FROM documents").fetchall()])


STEPS = (
    Step(
        to=2,
        brings="tags that stand outside the sentences are shown where they stand",
        sql="""
CREATE TABLE asides (
    doc INTEGER NOT NULL, sentence INTEGER NOT NULL, first INTEGER NOT NULL, past INTEGER NOT NULL,
    zone VARCHAR NOT NULL, tagger_version VARCHAR NOT NULL
);
CREATE VIEW stretches AS
    SELECT doc, sentence, first, past, zone, tone, score, layer FROM sentences
    UNION ALL SELECT doc, sentence, first, past, zone, 'neutral', 0.0, 'narrator' FROM asides;
""",
        then=_give_lines,
    ),
    Step(
        to=3,  # corpora of schema 2 may have any of this already: it was added without a number
        brings="through whom a source came, how a sentence puts whom it names; plain spaces in what is searched; "
        "clusters as told now",
        sql="""
CREATE TABLE IF NOT EXISTS relays (
    doc INTEGER NOT NULL, sentence INTEGER, cite_first INTEGER NOT NULL, cite_name VARCHAR NOT NULL,
    step INTEGER NOT NULL, first INTEGER NOT NULL, past INTEGER NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    entity_id VARCHAR, rule VARCHAR NOT NULL, tagger_version VARCHAR NOT NULL
);
ALTER TABLE mentions ADD COLUMN IF NOT EXISTS towards VARCHAR;
ALTER TABLE mentions ADD COLUMN IF NOT EXISTS towards_score DOUBLE;
ALTER TABLE mentions ADD COLUMN IF NOT EXISTS towards_chance DOUBLE;
UPDATE documents SET folded = replace(folded, chr(160), ' ') WHERE contains(folded, chr(160));
UPDATE mentions SET surface = replace(surface, chr(160), ' ') WHERE contains(surface, chr(160));
""",
        then=_hash_anew,
    ),
)

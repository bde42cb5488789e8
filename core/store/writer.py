"""Puts a file's result into the corpus within a transaction that the caller holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from core.model import Added, FileResult, Outcome
from core.store.clusters import join_clusters
from core.store.staging import Staged

TERMS = r"""
SELECT doc, entry.key AS term, entry.value::INTEGER AS count FROM (
    SELECT doc, unnest(map_entries(list_aggregate(terms, 'histogram'))) AS entry
    FROM (SELECT doc, regexp_extract_all(words, '\pL+(?:-\pL+)*') AS terms FROM new_rows)
)
"""
"""Words without figures; a doubled word (`undang-undang`) is one. Told article by article: no row waits for another."""

KNOWN = -1  # stands for the number of an article that was here before


@dataclass(slots=True)
class _Numbering:
    """The number in the corpus of each staged article, and which of them are new there."""

    docs: list[int]
    new: list[bool]
    first_new: int

    @property
    def added(self) -> int:
        return sum(self.new)


def write_file(cursor: duckdb.DuckDBPyConnection, result: FileResult, staged: Staged) -> Added | None:
    """Write all of one file; what became of it, or None when the bundled sample came again and nothing was written."""
    numbering = _number(cursor, staged)
    same_bytes = cursor.execute(
        "SELECT name FROM files WHERE sha256 = ? ORDER BY file_id LIMIT 1", [result.sha256]
    ).fetchone()
    if same_bytes and not numbering.added and result.origin == "sample":
        return None  # the sample is offered at every start: the list of files would grow by it each time
    outcome, reason = _outcome(staged, numbering.added, same_bytes[0] if same_bytes else None)
    file_id = _next_number(cursor, "file_id", "files")
    counts = (numbering.added, len(staged.keys) - numbering.added, len(staged.refusals))
    now = datetime.now(UTC).replace(tzinfo=None)
    cursor.execute(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [file_id, result.name, result.sha256, result.size_bytes, result.origin, outcome, reason, *counts, now],
    )
    _write_refusals(cursor, file_id, staged)
    _write_sightings(cursor, file_id, staged, numbering)
    if numbering.added:
        _write_articles(cursor, file_id, staged, numbering)
    return Added(
        outcome=outcome,
        articles=len(staged.keys),
        added=numbering.added,
        refusals=tuple(staged.refusals),
        columns=tuple(staged.columns),
    )


def _number(cursor: duckdb.DuckDBPyConnection, staged: Staged) -> _Numbering:
    """An article is known by its id, or by its place in a file of the same bytes (rules may have changed its id)."""
    by_id = dict(
        cursor.execute(
            "SELECT document_id, doc FROM documents WHERE document_id IN (SELECT unnest(?::VARCHAR[]))",
            [[document_id for document_id, _, _ in staged.keys]],
        ).fetchall()
    )
    by_place = {
        (sha256, record): doc
        for sha256, record, doc in cursor.execute(
            "SELECT sha256, record, doc FROM sightings WHERE sha256 IN (SELECT unnest(?::VARCHAR[]))",
            [sorted({sha256 for _, sha256, _ in staged.keys})],
        ).fetchall()
    }
    doc = _next_number(cursor, "doc", "documents")
    numbering = _Numbering(docs=[], new=[], first_new=doc)
    for document_id, sha256, record in staged.keys:
        seen = by_id.get(document_id)
        if seen is None:
            seen = by_place.get((sha256, record))
        numbering.docs.append(doc if seen is None else seen)
        numbering.new.append(seen is None)
        if seen is None:
            by_id[document_id] = doc
            doc += 1
    return numbering


def _outcome(staged: Staged, added: int, same_bytes: str | None) -> tuple[Outcome, str | None]:
    known = len(staged.keys) - added
    if added:
        note = f"{known} of its {len(staged.keys)} articles were already here." if known else None
        return "added", note
    if known:
        return "known", f"Already here: the same file came as {same_bytes}." if same_bytes else "Already here."
    reason = staged.refusals[0].reason if staged.refusals else "There is no article in it: check that it is not empty."
    return "refused", reason


def _next_number(cursor: duckdb.DuckDBPyConnection, column: str, table: str) -> int:
    row = cursor.execute(f"SELECT coalesce(max({column}) + 1, 0) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _write_refusals(cursor: duckdb.DuckDBPyConnection, file_id: int, staged: Staged) -> None:
    if staged.refusals:
        names, records, reasons = zip(
            *((r.source.name, r.source.record, r.reason) for r in staged.refusals), strict=True
        )
        table = {"file_id": [file_id] * len(names), "name": names, "record": records, "reason": reasons}
        _insert(cursor, "refusals", pa.table({key: pa.array(column) for key, column in table.items()}))


def _write_sightings(cursor: duckdb.DuckDBPyConnection, file_id: int, staged: Staged, numbering: _Numbering) -> None:
    if staged.keys:
        _, digests, records = zip(*staged.keys, strict=True)
        table = {
            "doc": numbering.docs,
            "file_id": [file_id] * len(digests),
            "sha256": digests,
            "record": records,
            "new": numbering.new,
        }
        _insert(cursor, "sightings", pa.table({key: pa.array(column) for key, column in table.items()}))


def _write_articles(cursor: duckdb.DuckDBPyConnection, file_id: int, staged: Staged, numbering: _Numbering) -> None:
    """The rows of the new articles, under their numbers in the corpus.

    One statement a table, fed batch by batch: DuckDB then puts rows on disk as they come, where many small statements
    leave it with all of them in memory until the commit.
    """
    docs = np.where(numbering.new, numbering.docs, KNOWN).astype(np.int32)
    for name in staged.spool.names:
        tables = (_numbered(rows, docs, file_id) for rows in staged.spool.batches(name))
        if name == "spoken":
            _insert(cursor, "terms", _stream(tables), TERMS)
        else:
            _insert(cursor, name, _stream(tables))
    _write_entities(cursor, staged)
    join_clusters(cursor, numbering.first_new, numbering.first_new + numbering.added)


def _numbered(rows: pa.Table, docs: npt.NDArray[np.int32], file_id: int) -> pa.Table:
    """The rows of new articles alone, numbered as in the corpus."""
    names = rows.schema.names
    numbers = docs[rows.column("doc").to_numpy()]
    rows = rows.set_column(names.index("doc"), "doc", pa.array(numbers, pa.int32()))
    if "file_id" in names:
        rows = rows.set_column(names.index("file_id"), "file_id", pa.repeat(pa.scalar(file_id, pa.int32()), len(rows)))
    return rows.filter(pa.array(numbers != KNOWN))


def _stream(tables: Iterator[pa.Table]) -> pa.RecordBatchReader:
    first = next(tables)
    batches = chain(first.to_batches(), chain.from_iterable(rows.to_batches() for rows in tables))
    return pa.RecordBatchReader.from_batches(first.schema, batches)


def _write_entities(cursor: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Name every entity that is mentioned or referred to; what was only referred to so far gets its full name."""
    if staged.entities:
        columns = zip(*staged.entities.values(), strict=True)
        names = ("entity_id", "name", "label", "wikidata")
        table = pa.table({name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)})
        _insert(cursor, "entities", table, "SELECT * FROM new_rows ANTI JOIN entities USING (entity_id)")


def _insert(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    rows: pa.Table | pa.RecordBatchReader,
    query: str = "SELECT * FROM new_rows",
) -> None:
    cursor.register("new_rows", rows)
    cursor.execute(f"INSERT INTO {table} BY NAME {query}")
    cursor.unregister("new_rows")

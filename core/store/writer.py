"""Puts a file's result into the corpus within a transaction that the caller holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from core.model import FileResult, Outcome, Tagged
from core.store.clusters import join_clusters, shingle_table
from core.store.names import entity_rows
from core.store.rows import Row, arrow_table, document_row, spoken_row, tag_rows

BATCH_ARTICLES = 1000  # bounds the memory of one insert
TERMS = r"SELECT doc, unnest(regexp_extract_all(words, '\pL+(?:-\pL+)*')) AS term FROM new_rows"
"""Words without figures; a doubled word (`undang-undang`) is one."""


@dataclass(slots=True)
class _Sorted:
    """A file's articles under the numbers they have or get in the corpus."""

    new: list[tuple[int, Tagged]] = field(default_factory=list)
    known: list[tuple[int, Tagged]] = field(default_factory=list)


def write_file(cursor: duckdb.DuckDBPyConnection, result: FileResult) -> Outcome | None:
    """Write all of one file; its outcome, or None when the bundled sample came again and nothing was written."""
    articles = _sort_out(cursor, result.articles)
    same_bytes = cursor.execute(
        "SELECT name FROM files WHERE sha256 = ? ORDER BY file_id LIMIT 1", [result.sha256]
    ).fetchone()
    if same_bytes and not articles.new and result.origin == "sample":
        return None  # the sample is offered at every start: the list of files would grow by it each time
    outcome, reason = _outcome(result, articles, same_bytes[0] if same_bytes else None)
    file_id = _next_number(cursor, "file_id", "files")
    counts = (len(articles.new), len(articles.known), len(result.refusals))
    now = datetime.now(UTC).replace(tzinfo=None)
    cursor.execute(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [file_id, result.name, result.sha256, result.size_bytes, result.origin, outcome, reason, *counts, now],
    )
    _write_refusals(cursor, file_id, result)
    _write_sightings(cursor, file_id, articles)
    if articles.new:
        _write_articles(cursor, file_id, articles.new, sample=result.origin == "sample")
    return outcome


def _sort_out(cursor: duckdb.DuckDBPyConnection, articles: Sequence[Tagged]) -> _Sorted:
    """An article is known by its id, or by its place in a file of the same bytes (rules may have changed its id)."""
    ids = [tagged.document.id for tagged in articles]
    by_id = dict(
        cursor.execute(
            "SELECT document_id, doc FROM documents WHERE document_id IN (SELECT unnest(?::VARCHAR[]))", [ids]
        ).fetchall()
    )
    digests = sorted({tagged.document.source.sha256 for tagged in articles})
    by_place = {
        (sha256, record): doc
        for sha256, record, doc in cursor.execute(
            "SELECT sha256, record, doc FROM sightings WHERE sha256 IN (SELECT unnest(?::VARCHAR[]))", [digests]
        ).fetchall()
    }
    sorted_out = _Sorted()
    doc = _next_number(cursor, "doc", "documents")
    for tagged in articles:
        document = tagged.document
        seen = by_id.get(document.id)
        if seen is None:
            seen = by_place.get((document.source.sha256, document.source.record))
        if seen is not None:
            sorted_out.known.append((seen, tagged))
            continue
        sorted_out.new.append((doc, tagged))
        by_id[document.id] = doc
        doc += 1
    return sorted_out


def _outcome(result: FileResult, articles: _Sorted, same_bytes: str | None) -> tuple[Outcome, str | None]:
    known = len(articles.known)
    if articles.new:
        note = f"{known} of its {len(result.articles)} articles were already here." if known else None
        return "added", note
    if known:
        return "known", f"Already here: the same file came as {same_bytes}." if same_bytes else "Already here."
    reason = result.refusals[0].reason if result.refusals else "There is no article in it: check that it is not empty."
    return "refused", reason


def _next_number(cursor: duckdb.DuckDBPyConnection, column: str, table: str) -> int:
    row = cursor.execute(f"SELECT coalesce(max({column}) + 1, 0) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _write_refusals(cursor: duckdb.DuckDBPyConnection, file_id: int, result: FileResult) -> None:
    if result.refusals:
        names, records, reasons = zip(
            *((r.source.name, r.source.record, r.reason) for r in result.refusals), strict=True
        )
        table = {"file_id": [file_id] * len(names), "name": names, "record": records, "reason": reasons}
        _insert(cursor, "refusals", pa.table({key: pa.array(column) for key, column in table.items()}))


def _write_sightings(cursor: duckdb.DuckDBPyConnection, file_id: int, articles: _Sorted) -> None:
    rows = [
        (doc, file_id, tagged.document.source.sha256, tagged.document.source.record, new)
        for new, group in ((True, articles.new), (False, articles.known))
        for doc, tagged in group
    ]
    if rows:
        columns = zip(*rows, strict=True)
        names = ("doc", "file_id", "sha256", "record", "new")
        _insert(cursor, "sightings", pa.table(dict(zip(names, map(pa.array, columns), strict=True))))


def _write_articles(
    cursor: duckdb.DuckDBPyConnection, file_id: int, numbered: Sequence[tuple[int, Tagged]], *, sample: bool
) -> None:
    for batch in _batches(numbered):
        rows: dict[str, list[Row]] = {}
        for doc, tagged in batch:
            rows.setdefault("documents", []).append(document_row(doc, file_id, tagged, sample=sample))
            for name, found in tag_rows(doc, tagged).items():
                rows.setdefault(name, []).extend(found)
        for name, found in rows.items():
            if found:
                _insert(cursor, name, arrow_table(name, found))
        spoken = arrow_table("spoken", [spoken_row(doc, tagged) for doc, tagged in batch])
        _insert(cursor, "terms", spoken, f"SELECT doc, term, count(*) AS count FROM ({TERMS}) GROUP BY doc, term")
        _insert(cursor, "shingles", shingle_table((doc, tagged.document.text) for doc, tagged in batch))
    _write_entities(cursor, (tagged for _, tagged in numbered))
    join_clusters(cursor, numbered[0][0], numbered[-1][0] + 1)


def _batches(numbered: Sequence[tuple[int, Tagged]]) -> Iterator[Sequence[tuple[int, Tagged]]]:
    for start in range(0, len(numbered), BATCH_ARTICLES):
        yield numbered[start : start + BATCH_ARTICLES]


def _write_entities(cursor: duckdb.DuckDBPyConnection, articles: Iterable[Tagged]) -> None:
    """Name every entity that is mentioned or referred to; what was only referred to so far gets its full name."""
    rows = entity_rows(articles)
    if rows:
        columns = zip(*rows, strict=True)
        names = ("entity_id", "name", "label", "wikidata")
        table = pa.table({name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)})
        _insert(cursor, "entities", table, "SELECT * FROM new_rows ANTI JOIN entities USING (entity_id)")


def _insert(
    cursor: duckdb.DuckDBPyConnection, table: str, rows: pa.Table, query: str = "SELECT * FROM new_rows"
) -> None:
    cursor.register("new_rows", rows)
    cursor.execute(f"INSERT INTO {table} BY NAME {query}")
    cursor.unregister("new_rows")

"""Writing articles again that were tagged under other rules: in place, a batch a transaction.

An article keeps its number, its id and its file, so that links and corrections go on holding; everything else is
what the rules of now make of it. A run that is broken off has written whole batches, and the next one goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from core.model import Document, Origin, Tagged
from core.store import joins
from core.store.clusters import tell_anew, touched_by
from core.store.corpus import Corpus
from core.store.correction_log import read_log
from core.store.names import entity_rows
from core.store.records import document_of
from core.store.replay import replay, replay_where
from core.store.rows import arrow_table, document_row, spoken_row, tag_rows
from core.store.shingles import shingle_table
from core.store.writer import TERMS

KEPT = ("doc", "document_id", "file_id", "file", "sha256", "record", "sample")
"""What an article keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleFile:
    """A file with articles that were tagged under other rules."""

    file_id: int
    name: str
    sha256: str
    origin: Origin
    articles: int


def stale_files(corpus: Corpus, version: str) -> list[StaleFile]:
    """The files whose articles are not all of this version, in the order they came."""
    rows = corpus.rows(
        """SELECT f.file_id, f.name, f.sha256, f.origin, count(*) FROM main.documents AS d
        JOIN main.files AS f USING (file_id) WHERE d.tagger_version <> $version GROUP BY ALL ORDER BY f.file_id""",
        {"version": version},
    )
    return [
        StaleFile(file_id=file_id, name=name, sha256=sha256, origin=origin, articles=count)
        for file_id, name, sha256, origin, count in rows
    ]


def stale_articles(corpus: Corpus, file_id: int, version: str) -> dict[tuple[str, int], int]:
    """(sha256, record) of a file's articles that are not of this version, with their number."""
    rows = corpus.rows(
        "SELECT sha256, record, doc FROM main.documents WHERE file_id = $file AND tagger_version <> $version",
        {"file": file_id, "version": version},
    )
    return {(sha256, record): doc for sha256, record, doc in rows}


def machine_documents(corpus: Corpus, docs: Sequence[int]) -> dict[int, Document]:
    """Articles as the machine read them, without corrections, by their number."""
    rows = corpus.dicts(
        "SELECT * FROM main.documents WHERE doc IN (SELECT unnest($docs::INTEGER[]))", {"docs": list(docs)}
    )
    return {row["doc"]: document_of(row) for row in rows}


def write_again(corpus: Corpus, batch: Sequence[tuple[int, Tagged]]) -> None:
    """Write articles, each under its number, in place of what was there.

    Raises: CorpusError when they cannot be written; nothing of the batch is changed then.
    """
    with corpus.writing("Articles could not be tagged again and were kept as they were") as cursor:
        docs = [doc for doc, _ in batch]
        changed = _with_other_text(cursor, batch)
        touched = touched_by(cursor, changed) if changed else set()
        _update_documents(cursor, batch)
        _rewrite_tags(cursor, docs, batch)
        _write_entities(cursor, batch)
        if changed:
            _rewrite_shingles(cursor, [(doc, tagged) for doc, tagged in batch if doc in changed])
            tell_anew(cursor, touched | changed)
        replay_where(cursor, read_log(cursor), docs=docs)


def settle(corpus: Corpus) -> None:
    """After the last batch: entities that nobody mentions go, and the joins across the corpus are told anew."""
    with corpus.writing("The entities could not be put in order") as cursor:
        cursor.execute(
            """DELETE FROM main.entities WHERE entity_id NOT IN (
                SELECT entity_id FROM main.mentions UNION
                SELECT refers_to FROM main.mentions WHERE refers_to IS NOT NULL)"""
        )
        joins.join_names(cursor)
        replay(cursor, read_log(cursor))


def _with_other_text(cursor: duckdb.DuckDBPyConnection, batch: Sequence[tuple[int, Tagged]]) -> set[int]:
    rows = cursor.execute(
        "SELECT doc, text FROM main.documents WHERE doc IN (SELECT unnest($docs::INTEGER[]))",
        {"docs": [doc for doc, _ in batch]},
    ).fetchall()
    before = dict(rows)
    return {doc for doc, tagged in batch if before.get(doc) != tagged.document.text}


def _update_documents(cursor: duckdb.DuckDBPyConnection, batch: Sequence[tuple[int, Tagged]]) -> None:
    table = arrow_table("documents", [document_row(doc, tagged, sample=False) for doc, tagged in batch])
    columns = [name for name in table.column_names if name not in KEPT]
    cursor.register("new_rows", table)
    changes = ", ".join(f"{name} = new_rows.{name}" for name in columns)
    cursor.execute(f"UPDATE main.documents AS d SET {changes} FROM new_rows WHERE new_rows.doc = d.doc")
    cursor.unregister("new_rows")


def _rewrite_tags(cursor: duckdb.DuckDBPyConnection, docs: Sequence[int], batch: Sequence[tuple[int, Tagged]]) -> None:
    made: dict[str, list[tuple[object, ...]]] = {"terms": []}
    for doc, tagged in batch:
        for name, rows in tag_rows(doc, tagged).items():
            made.setdefault(name, []).extend(rows)
    for name, rows in made.items():
        cursor.execute(f"DELETE FROM main.{name} WHERE doc IN (SELECT unnest($docs::INTEGER[]))", {"docs": list(docs)})
        if rows:
            _insert(cursor, name, arrow_table(name, rows))
    _insert(cursor, "terms", arrow_table("spoken", [spoken_row(doc, tagged) for doc, tagged in batch]), TERMS)


def _write_entities(cursor: duckdb.DuckDBPyConnection, batch: Sequence[tuple[int, Tagged]]) -> None:
    """New entities come in; those that are here get the names of now."""
    rows = entity_rows(tagged for _, tagged in batch)
    if not rows:
        return
    names = ("entity_id", "name", "label", "wikidata")
    columns = zip(names, zip(*rows, strict=True), strict=True)
    cursor.register("new_rows", pa.table({name: pa.array(column, pa.string()) for name, column in columns}))
    cursor.execute(
        """UPDATE main.entities AS e SET name = n.name, label = n.label, wikidata = n.wikidata FROM new_rows AS n
        WHERE n.entity_id = e.entity_id
            AND (n.name, n.label, coalesce(n.wikidata, '')) <> (e.name, e.label, coalesce(e.wikidata, ''))"""
    )
    cursor.execute("INSERT INTO main.entities BY NAME SELECT * FROM new_rows ANTI JOIN main.entities USING (entity_id)")
    cursor.unregister("new_rows")


def _rewrite_shingles(cursor: duckdb.DuckDBPyConnection, changed: Sequence[tuple[int, Tagged]]) -> None:
    docs = [doc for doc, _ in changed]
    cursor.execute("DELETE FROM main.shingles WHERE doc IN (SELECT unnest($docs::INTEGER[]))", {"docs": docs})
    _insert(cursor, "shingles", shingle_table((doc, tagged.document.searched) for doc, tagged in changed))


def _insert(
    cursor: duckdb.DuckDBPyConnection, table: str, rows: pa.Table, query: str = "SELECT * FROM new_rows"
) -> None:
    cursor.register("new_rows", rows)
    cursor.execute(f"INSERT INTO main.{table} BY NAME {query}")
    cursor.unregister("new_rows")

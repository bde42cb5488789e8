"""A file's articles as rows in a file of their own, under numbers of their own, before the corpus is touched.

A large file streams through here without the write lock: others go on reading and writing, memory holds one
batch, and the transaction behind it is short.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from os import SEEK_END
from tempfile import TemporaryFile
from typing import IO, Any

import pyarrow as pa

from core.model import COLUMNS_NOTE, Refusal, Source, Tagged
from core.store.names import EntityRow, entity_rows
from core.store.rows import Row, arrow_table, document_row, spoken_row, tag_rows
from core.store.shingles import shingle_table

BATCH_ARTICLES = 250  # bounds the records and Python rows that are held at once

Places = dict[str, list[tuple[int, int]]]
"""Where each batch of a table stands in a file, and its bytes."""

Tables = dict[str, pa.Table]
"""Rows by the name of their table; `doc` is the number of the article within the file, from 0."""


class Spool:
    """Batches of tables in a temporary file; each table is read back by itself, in the order it was put in."""

    def __init__(self, file: IO[bytes] | None = None, places: Places | None = None) -> None:
        self._file = file or TemporaryFile(prefix="telaah-")  # noqa: SIM115  it lives as long as the spool
        self._places: Places = places or {}

    @property
    def names(self) -> tuple[str, ...]:
        """The tables that were put in."""
        return tuple(self._places)

    @property
    def places(self) -> Places:
        """Where all batches stand: with it the file can be read by another process."""
        return self._places

    def flush(self) -> None:
        """See to it that another process finds all that was put in."""
        self._file.flush()

    def close(self) -> None:
        self._file.close()

    def put(self, tables: Tables) -> None:
        for name, rows in tables.items():
            start = self._file.seek(0, SEEK_END)
            with pa.ipc.new_stream(self._file, rows.schema) as stream:
                stream.write_table(rows)
            self._places.setdefault(name, []).append((start, self._file.tell() - start))

    def batches(self, name: str) -> Iterator[pa.Table]:
        """The rows of one table, batch by batch, so that no more than one is held."""
        for start, size in self._places[name]:
            self._file.seek(start)
            yield pa.ipc.open_stream(self._file.read(size)).read_all()


@dataclass(slots=True)
class Staged:
    """What came out of a file: a key for each article (id, sha256, record), its rows, and the refusals."""

    keys: list[tuple[str, str, int]] = field(default_factory=list)
    spool: Spool = field(default_factory=Spool)
    entities: dict[str, EntityRow] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    columns: dict[str, None] = field(default_factory=dict)  # in the order they were met


def told(staged: Staged) -> dict[str, Any]:
    """All of it but the rows in the spool, as JSON can say it."""
    return {
        "keys": staged.keys,
        "places": staged.spool.places,
        "entities": list(staged.entities.values()),
        "refusals": [
            (refusal.source.name, refusal.source.sha256, refusal.source.record, refusal.reason)
            for refusal in staged.refusals
        ],
        "columns": list(staged.columns),
    }


def heard(what: dict[str, Any], file: IO[bytes]) -> Staged:
    """What another process told, with the file of its spool."""
    rows: list[EntityRow] = [(entity_id, name, label, known) for entity_id, name, label, known in what["entities"]]
    return Staged(
        keys=[(document_id, sha256, record) for document_id, sha256, record in what["keys"]],
        spool=Spool(file, what["places"]),
        entities={row[0]: row for row in rows},
        refusals=[
            Refusal(source=Source(name=name, sha256=sha256, record=record), reason=reason)
            for name, sha256, record, reason in what["refusals"]
        ],
        columns=dict.fromkeys(what["columns"]),
    )


def stage(found: Iterable[Tagged | Refusal], *, sample: bool, spool: Spool | None = None) -> Staged:
    """All of a file as rows, in a spool of its own unless one is given."""
    staged = Staged(spool=spool or Spool())
    articles = _articles(found, staged.refusals)
    while batch := list(islice(articles, BATCH_ARTICLES)):
        first = len(staged.keys)
        numbered = list(enumerate(batch, first))
        for tagged in batch:
            source = tagged.document.source
            staged.keys.append((tagged.document.id, source.sha256, source.record))
            staged.columns.update(
                (note.removeprefix(COLUMNS_NOTE), None)
                for note in tagged.document.notes
                if note.startswith(COLUMNS_NOTE)
            )
        staged.spool.put(_tables(numbered, sample=sample))
        staged.entities.update((row[0], row) for row in entity_rows(batch))
    return staged


def _articles(found: Iterable[Tagged | Refusal], refusals: list[Refusal]) -> Iterator[Tagged]:
    for one in found:
        if isinstance(one, Refusal):
            refusals.append(one)
        else:
            yield one


def _tables(numbered: list[tuple[int, Tagged]], *, sample: bool) -> Tables:
    rows: dict[str, list[Row]] = {}
    for number, tagged in numbered:
        rows.setdefault("documents", []).append(document_row(number, tagged, sample=sample))
        rows.setdefault("spoken", []).append(spoken_row(number, tagged))
        for name, made in tag_rows(number, tagged).items():
            rows.setdefault(name, []).extend(made)
    tables = {name: arrow_table(name, made) for name, made in rows.items() if made}
    tables["shingles"] = shingle_table((number, tagged.document.searched) for number, tagged in numbered)
    return tables

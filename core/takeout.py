"""The whole corpus as one file to take along: its tables, or one JSON object an article, and a manifest.

Corrections are applied. The manifest names the versions, every file that was brought with its hash, how many rows each
table has, and what the format cannot hold. Written beside the target and put in its place when it is whole.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Literal, get_args

import pyarrow as pa

from core import __version__
from core.analyze.export import CELL_CHARACTERS, defused, write_cell
from core.contract import article_json
from core.store import Corpus, correction_files, corrections, records
from core.store.whole import TABLES, Snapshot, snapshot
from core.tag import tagger_version

Format = Literal["csv", "xlsx", "parquet", "jsonl"]
FORMATS: tuple[Format, ...] = get_args(Format)
ENDINGS: dict[Format, str] = {"csv": "csv.zip", "xlsx": "xlsx", "parquet": "parquet.zip", "jsonl": "jsonl.zip"}
MIMES = {"zip": "application/zip", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
SCHEMA = "telaah.takeout/1"
SHEET_ROWS = 1_048_575  # what a sheet holds below its header
ARTICLES_AT_A_TIME = 250

Tell = Callable[[int, int], None]
"""Hears how many of how many steps are done."""


@dataclass(slots=True)
class _Manifest:
    """What the file holds: rows and hash of each part, and remarks."""

    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def whole(self, stand: Snapshot, corpus: Corpus, kind: Format) -> dict[str, Any]:
        log = corrections.log(corpus)
        standing = corrections.standing(corpus)["state"].value_counts().to_dict()
        return {
            "schema": SCHEMA,
            "format": kind,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "telaah": __version__,
            "rules_and_models": tagger_version(),
            "tagged_by": stand.tagger_versions(),
            **{key: number for key, number in stand.numbers().items() if key.endswith("_version")},
            "parts": self.parts,
            "corrections": {"entries": len(log), "by_state": standing},
            "notes": self.notes,
            "files": [row for batch in stand.reader("files") for row in batch.to_pylist()],
        }


def write_takeout(corpus: Corpus, kind: Format, target: Path, *, tell: Tell | None = None) -> Path:
    """Write the whole corpus to a file; returns its path. A run that is broken off leaves no file."""
    tell = tell or (lambda _done, _total: None)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".partial-{target.name}")
    try:
        with snapshot(corpus) as stand:
            if kind == "xlsx":
                _write_book(corpus, stand, partial, tell)
            else:
                with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as archive:
                    _write_archive(corpus, stand, archive, kind, tell)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target


def _write_archive(corpus: Corpus, stand: Snapshot, archive: zipfile.ZipFile, kind: Format, tell: Tell) -> None:
    manifest = _Manifest()
    if kind == "jsonl":
        _put(archive, manifest, "articles.jsonl", _article_lines(corpus, stand, tell))
    else:
        for done, table in enumerate(TABLES):
            tell(done, len(TABLES))
            if kind == "csv":
                _put(archive, manifest, f"{table}.csv", _csv_parts(stand.reader(table)))
            else:
                _put_parquet(archive, manifest, table, stand)
    log = corrections.log(corpus)
    _put(archive, manifest, "corrections.jsonl", iter([(len(log), correction_files.to_jsonl(log))]))
    written = json.dumps(manifest.whole(stand, corpus, kind), ensure_ascii=False, indent=1, default=str)
    archive.writestr("manifest.json", written)


class _Hashed:
    """A file that is written through: counts nothing, hashes all."""

    def __init__(self, sink: IO[bytes]) -> None:
        self._sink = sink
        self.sha256 = hashlib.sha256()
        self.closed = False

    def write(self, data: Any) -> int:
        self.sha256.update(data)
        return self._sink.write(data)

    def writable(self) -> bool:
        return True

    def flush(self) -> None:
        self._sink.flush()

    def close(self) -> None:
        self.closed = True


def _put(archive: zipfile.ZipFile, manifest: _Manifest, name: str, parts: Iterator[tuple[int, bytes]]) -> None:
    rows = 0
    with archive.open(name, "w", force_zip64=True) as sink:
        hashed = _Hashed(sink)
        for count, part in parts:
            rows += count
            hashed.write(part)
    manifest.parts[name] = {"rows": rows, "sha256": hashed.sha256.hexdigest()}


def _csv_parts(reader: pa.RecordBatchReader) -> Iterator[tuple[int, bytes]]:
    """UTF-8 with a byte-order mark and the line ends of RFC 4180; cells that look like formulas are defused."""
    yield 0, (",".join(reader.schema.names) + "\r\n").encode("utf-8-sig")
    for batch in reader:
        text = defused(batch.to_pandas()).to_csv(index=False, lineterminator="\r\n", header=False)
        yield batch.num_rows, text.encode("utf-8", "replace")


def _put_parquet(archive: zipfile.ZipFile, manifest: _Manifest, table: str, stand: Snapshot) -> None:
    from pyarrow import parquet

    rows, reader = 0, stand.reader(table)
    with archive.open(f"{table}.parquet", "w", force_zip64=True) as sink:
        hashed = _Hashed(sink)
        with parquet.ParquetWriter(pa.PythonFile(hashed, mode="w"), reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)
                rows += batch.num_rows
    manifest.parts[f"{table}.parquet"] = {"rows": rows, "sha256": hashed.sha256.hexdigest()}


def _article_lines(corpus: Corpus, stand: Snapshot, tell: Tell) -> Iterator[tuple[int, bytes]]:
    """The contract of `python -m core tag`, with corrections applied."""
    total, done, last = stand.article_count(), 0, -1
    while found := records.load_many(corpus, last, ARTICLES_AT_A_TIME):
        last = found[-1][0]
        lines = [json.dumps(article_json(tagged), ensure_ascii=False) + "\n" for _, tagged in found]
        yield len(found), "".join(lines).encode()
        done += len(found)
        tell(done, max(total, done))


def _write_book(corpus: Corpus, stand: Snapshot, target: Path, tell: Tell) -> None:
    """One sheet a table, and the manifest on the first."""
    import xlsxwriter  # takes a moment to import and is rarely asked for

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "nan_inf_to_errors": True}  # fmt: skip
    manifest = _Manifest()
    with xlsxwriter.Workbook(str(target), options) as book:
        bold = book.add_format({"bold": True})
        for done, table in enumerate(TABLES):
            tell(done, len(TABLES))
            _write_sheet(book.add_worksheet(table), bold, table, stand.reader(table), manifest)
        page = book.add_worksheet("manifest")
        for row, (key, value) in enumerate(manifest.whole(stand, corpus, "xlsx").items()):
            if key != "files":  # they have a sheet of their own
                page.write_string(row, 0, key, bold)
                page.write_string(row, 1, json.dumps(value, ensure_ascii=False, default=str)[:CELL_CHARACTERS])


def _write_sheet(page: Any, bold: Any, table: str, reader: pa.RecordBatchReader, manifest: _Manifest) -> None:
    rows, cut = 0, 0
    page.freeze_panes(1, 0)
    for column, name in enumerate(reader.schema.names):
        page.write_string(0, column, name, bold)
    for batch in reader:
        for values in defused(batch.to_pandas()).itertuples(index=False, name=None):
            rows += 1
            if rows <= SHEET_ROWS:
                cut += sum(_write_cell(page, rows, column, value) for column, value in enumerate(values))
    manifest.parts[table] = {"rows": rows}
    if rows > SHEET_ROWS:
        manifest.notes.append(f"{table}: a sheet holds {SHEET_ROWS} rows, {rows - SHEET_ROWS} are left out.")
    if cut:
        manifest.notes.append(f"{table}: {cut} cells were cut at {CELL_CHARACTERS} characters.")


def _write_cell(page: Any, row: int, column: int, value: object) -> bool:
    """Writes one cell; True where its text had to be cut."""
    write_cell(page, row, column, value)
    return isinstance(value, str) and len(value) > CELL_CHARACTERS

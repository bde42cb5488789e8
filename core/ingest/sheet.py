"""Reads Excel workbooks (.xlsx): each sheet a table with a header row, each row an article."""

import io
import re
import zipfile
from collections.abc import Iterator

from core.errors import DamagedError, InputError, LimitError
from core.ingest.archive import unpack
from core.ingest.parts import Draft, Fault, File
from core.ingest.table import table_drafts
from core.ingest.word import count_unpacked

MAX_CELLS = 20_000_000  # of the rectangle around all filled cells, which the library lays out in memory
_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]{0,200}?\br=\"([A-Z]{1,3})(\d{1,7})\"")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]{0,200}?\br=\"(\d{1,7})\"")


def read_sheet(file: File) -> Iterator[Draft | Fault]:
    """The rows of every sheet that names a column for the text; an error when none does."""
    from python_calamine import CalamineError, CalamineWorkbook

    count_unpacked(file)
    _check_extent(file)
    failed: InputError | None = None
    found = False
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).iter_rows()
            try:
                for part in table_drafts(rows, name=f"{file.name}, sheet {name}"):
                    found = True
                    yield part
            except InputError as error:
                failed = failed or error
    except (CalamineError, OSError, ValueError) as error:
        raise DamagedError(f"{file.name} is a damaged workbook: save it again as xlsx and add that.") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the library's own faults arrive, outside of Exception
            raise
        raise DamagedError(f"{file.name} is a damaged workbook: save it again as xlsx and add that.") from None
    if not found and failed is not None:
        raise failed


def _check_extent(file: File) -> None:
    """Refuse sheets with one cell in the far corner, for which the library would fill all memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            for info in archive.infolist():
                if "worksheets/" in info.filename and info.filename.endswith(".xml"):
                    with archive.open(info) as stream:
                        _check_sheet(unpack(stream, file), file)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise DamagedError(f"{file.name} is a damaged workbook: save it again as xlsx and add that.") from error


def _check_sheet(xml: bytes, file: File) -> None:
    columns = rows = 1
    for match in _CELL.finditer(xml):
        number = 0
        for letter in match.group(1):
            number = number * 26 + letter - 64
        columns, rows = max(columns, number), max(rows, int(match.group(2)))
    for match in _ROW.finditer(xml):
        rows = max(rows, int(match.group(1)))
    if columns * rows > MAX_CELLS:
        raise LimitError(
            f"{file.name} spreads over more than {MAX_CELLS} cells: delete the empty ones and add it again."
        )

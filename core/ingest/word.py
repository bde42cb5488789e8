"""Reads Word documents (.docx): paragraphs and the cells of tables in their order."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from core.errors import DamagedError, EmptyInputError, LimitError
from core.ingest.parts import MEGABYTE, Draft, File

MAX_OFFICE_MB = 200  # the parts of the file as XML, which fills several times that memory


def read_word(file: File) -> Iterator[Draft]:
    """One article; the day on which the document was made is no date of publication."""
    from docx import Document

    count_unpacked(file)
    try:
        document = Document(io.BytesIO(file.data))
        text = "\n".join(_lines(document.iter_inner_content()))
        said = document.core_properties
        title, author = said.title.strip() or None, said.author.strip() or None
    except (KeyError, ValueError, AttributeError, zipfile.BadZipFile, OSError) as error:
        raise DamagedError(f"{file.name} is a damaged Word document: save it again and add that.") from error
    if not text.strip():
        raise EmptyInputError(f"{file.name} is a Word document without text: put the article into it and add it again.")
    yield Draft(text=text, title=title, author=author)


def count_unpacked(file: File) -> None:
    """Count what the parts of an Office file unpack to, before a library unpacks them all at once."""
    size = 0
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            for info in archive.infolist():
                size += info.file_size
                file.allowance.take(file.name, info.file_size)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as error:
        raise DamagedError(f"{file.name} is a damaged Office file: save it again and add that.") from error
    if size > MAX_OFFICE_MB * MEGABYTE:
        raise LimitError(
            f"{file.name} unpacks to more than {MAX_OFFICE_MB} MB: split it, or save its text as CSV or txt."
        )


def _lines(blocks: Any) -> Iterator[str]:
    from docx.table import Table

    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(
                    cell.text.strip() for cell in row.cells
                )  # a merged cell comes once for each place
                yield "\t".join(cell for cell in cells if cell)
        else:
            yield block.text

"""Reads Word documents (.docx): paragraphs and the cells of tables in their order."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from core.errors import DamagedError, EmptyInputError, LimitError
from core.ingest.archive import check_members
from core.ingest.parts import MEGABYTE, Draft, File

MAX_OFFICE_MB = 200  # of all parts together
MAX_TAGS = 500_000  # in one part of a document; each becomes an object of some hundred bytes

_CHUNK = 1 << 18


def read_word(file: File) -> Iterator[Draft]:
    """One article; the day on which the document was made is no date of publication."""
    from docx import Document

    count_unpacked(file, most_tags=MAX_TAGS)
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


def count_unpacked(file: File, *, most_tags: int | None = None) -> None:
    """Count what the parts of an Office file unpack to, before a library unpacks them all at once.

    Each part is unpacked once and thrown away: what the list of parts says of their sizes may be a lie.
    """
    check_members(file)
    size = 0
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            for info in archive.infolist():
                tags = 0
                for piece in _unpacked(file.data, info):
                    size += len(piece)
                    tags += piece.count(b"<")
                    file.allowance.take(file.name, len(piece))
                    if size > MAX_OFFICE_MB * MEGABYTE:
                        break
                if most_tags is not None and tags > most_tags and info.filename.endswith((".xml", ".rels")):
                    raise LimitError(
                        f"{file.name} has more than {most_tags} tags in one part: split it, or save its text as txt."
                    )
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        UnicodeError,
        zlib.error,
        struct.error,
    ) as error:
        raise DamagedError(f"{file.name} is a damaged Office file: save it again and add that.") from error
    if size > MAX_OFFICE_MB * MEGABYTE:
        raise LimitError(
            f"{file.name} unpacks to more than {MAX_OFFICE_MB} MB: split it, or save its text as CSV or txt."
        )


def _unpacked(data: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a part really unpacks to, up to the end of its stream, whatever its entry claims.

    Raises: zlib.error, struct.error, zipfile.BadZipFile for a part that is broken or packed in another way.
    """
    names, extra = struct.unpack_from("<HH", data, info.header_offset + 26)
    start = info.header_offset + 30 + names + extra
    packed = data[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("a way of packing that no Office program uses")
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    piece = stream.decompress(packed, _CHUNK)
    while piece:
        yield piece
        piece = stream.decompress(stream.unconsumed_tail, _CHUNK)


def _lines(blocks: Any) -> Iterator[str]:
    from docx.table import Table, _Cell

    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                # not row.cells, which repeats a merged cell for each of the places that it claims
                cells = dict.fromkeys(_Cell(cell, block).text.strip() for cell in row._tr.tc_lst)
                yield "\t".join(cell for cell in cells if cell)
        else:
            yield block.text

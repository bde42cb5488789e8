"""Reads web archives (WARC): each page that was answered with success, and each converted text."""

import io
from collections.abc import Iterator

from core.errors import InputError
from core.ingest.decoding import decode
from core.ingest.page import MAX_PAGE_MB, page_draft
from core.ingest.parts import MEGABYTE, Draft, Fault, File

_PAGES = ("text/html", "application/xhtml+xml")
_SUCCESS = 200


def read_warc(file: File) -> Iterator[Draft | Fault]:
    """Pages with their addresses; a page without article text is a Fault, pictures and the like are passed over.

    The day of crawling, which each record carries, is no date of publication.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    for record in ArchiveIterator(
        io.BytesIO(file.data), record_types=wanted, parse_http=True, auto_decode="all", strict_mode=False
    ):
        url = record.headers.get("WARC-Target-URI")
        kind = record.http_content_type if record.is_http else record.headers.get("Content-Type")
        kind = (kind or "").split(";")[0].strip().lower()
        if record.is_http and (record.http_headers is None or record.http_headers.status_code != _SUCCESS):
            continue
        if kind not in _PAGES and not (kind == "text/plain" and record.record_type == WarcRecordType.conversion):
            continue
        data = record.reader.read(MAX_PAGE_MB * MEGABYTE + 1)
        file.allowance.take(file.name, len(data))
        where = f"The page {url or 'without address'} in {file.name}"
        text, notes = decode(data, declared=record.http_charset if record.is_http else None)
        if kind == "text/plain":
            yield Draft(text=text, url=url, notes=notes)
            continue
        try:
            yield page_draft(text, name=where, url=url, notes=notes)
        except InputError as error:
            yield Fault(reason=str(error))

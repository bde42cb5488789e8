"""Reads what mail programs and browsers save in the form of a message: e-mails and single-file web pages (MHTML)."""

import email
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime

from core.errors import DamagedError, EmptyInputError, LimitError
from core.ingest.archive import check_depth
from core.ingest.decoding import decode
from core.ingest.page import page_draft
from core.ingest.parts import MEGABYTE, Draft, File

_HEADER_BYTES = 16_384
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?")
_MAIL_HEADERS = frozenset(
    (b"from", b"to", b"subject", b"date", b"received", b"message-id", b"mime-version", b"content-type", b"return-path",
     b"delivered-to", b"reply-to", b"cc", b"content-transfer-encoding")
)  # fmt: skip
_TELLING = (b"mime-version", b"received", b"message-id", b"return-path")  # no article starts with these
_MEDIA_TYPE = re.compile(rb"[a-z]+/[a-z0-9.+-]+\s*(?:;|$)", re.I)  # nor does prose stand like that after Content-Type
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FEW_WORDS = 200  # characters; a plain part shorter than that is often `your program can't show this`
_LONGEST_HEADER = 4000  # bytes; the standard allows a line of 998, and some are folded
_LONG_PART_HEADER = re.compile(rb"^content-[a-z-]{1,40}:(?:[^\n]{4000}|[^\n]*(?:\n[ \t][^\n]*){100})", re.I | re.M)
_HEADER_END = re.compile(rb"(\r?\n\r?\n)")
_MOST_PARTS = 2000
_MAX_MAIL_MB = 60  # the parser fills twelve times that memory
_READ_AS_ARTICLES = ("text/", "application/", "message/")


def message_format(data: bytes, ending: str = "") -> str | None:
    """`mail`, `saved_page` or None, by the header lines before the first blank one.

    Headers that people also type by hand, as over a letter, make a mail only of a file that ends in .eml.
    """
    headers: dict[bytes, bytes] = {}
    for line in _start(data[:_HEADER_BYTES]).split(b"\n"):
        found = _HEADER.match(line)
        if found is not None:
            headers.setdefault(found.group(1).lower(), line[found.end() :].strip())
        elif not line.startswith((b" ", b"\t")):
            break
    if not _is_message(headers, ending):
        return None
    head = data[:_HEADER_BYTES].lower()
    return "saved_page" if b"multipart/related" in head or b"snapshot-content-location" in head else "mail"


def _is_message(headers: dict[bytes, bytes], ending: str) -> bool:
    known = headers.keys() & _MAIL_HEADERS
    if ending == "eml" and b"from" in known and known & {b"subject", b"date", b"to"}:
        return True
    typed = _MEDIA_TYPE.match(headers.get(b"content-type", b"")) is not None
    return len(known) >= 3 and (typed or bool(known.intersection(_TELLING)))


def _start(data: bytes) -> bytes:
    return data.removeprefix(_BYTE_ORDER_MARK).lstrip(b"\r\n")


def read_mail(file: File) -> Iterator[Draft | File]:
    """The message as an article, with subject, sender and day; then its attachments as files of their own."""
    message = _parse(file)
    attachments = [part for part in message.walk() if part.get_content_disposition() == "attachment"]
    body = _mail_body(message, file.name)
    if body is not None:
        yield Draft(
            text=body.text,
            url=body.url,
            title=_header(message, "subject") or body.title,
            published=_date(message) or body.published,
            author=_sender(message) or body.author,
            notes=body.notes,
        )
    elif not attachments:
        raise EmptyInputError(f"{file.name} is an e-mail without text: save the article itself and add that.")
    if attachments:
        check_depth(file)
    for number, part in enumerate(attachments, start=1):
        if not part.get_content_type().startswith(_READ_AS_ARTICLES):
            continue  # pictures and sounds that come along are no articles
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and data:
            file.allowance.take(file.name, len(data))
            yield file.inner((part.get_filename() or f"attachment {number}").replace("/", "_"), data)


def read_saved_page(file: File) -> Iterator[Draft]:
    """The page of an MHTML file; the day on which it was saved is no date of publication."""
    message = _parse(file)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            address = part.get("content-location") or message.get("snapshot-content-location")
            url = str(address).strip() if address and str(address).strip().startswith("http") else None
            text, notes = _text(part)
            yield page_draft(text, name=file.name, url=url, notes=notes)
            return
    raise EmptyInputError(f"{file.name} is a saved page without any HTML: save the page again and add that.")


def _parse(file: File) -> EmailMessage:
    """The message without headers of absurd length, on which the standard library spends hours."""
    if len(file.data) > _MAX_MAIL_MB * MEGABYTE:
        raise LimitError(f"{file.name} is a message of more than {_MAX_MAIL_MB} MB: save its parts and add those.")
    if file.data.count(b"\n--") > _MOST_PARTS:
        raise LimitError(f"{file.name} has more than {_MOST_PARTS} parts: save the article itself and add that.")
    if _LONG_PART_HEADER.search(file.data):
        raise DamagedError(f"{file.name} is a damaged message: save it again and add that.")
    data = _start(file.data)
    head, blank, body = _HEADER_END.split(data, maxsplit=1) if _HEADER_END.search(data) else (data, b"", b"")
    headers = re.split(rb"\r?\n(?![ \t])", head)
    kept = b"\r\n".join(header for header in headers if len(header) <= _LONGEST_HEADER)
    message = email.message_from_bytes(kept + (blank or b"\r\n\r\n") + body, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _mail_body(message: EmailMessage, name: str) -> Draft | None:
    plain = message.get_body(("plain",))
    markup = message.get_body(("html",))
    text, notes = _text(plain) if plain is not None else ("", ())
    if markup is not None and len(text.strip()) < _FEW_WORDS:
        page, page_notes = _text(markup)
        try:
            return page_draft(page, name=name, notes=page_notes)
        except EmptyInputError:
            pass  # the plain part stands
    return Draft(text=text, notes=notes) if text.strip() else None


def _text(part: MIMEPart) -> tuple[str, tuple[str, ...]]:
    data = part.get_payload(decode=True)
    return decode(data if isinstance(data, bytes) else b"", declared=part.get_content_charset())


def _header(message: EmailMessage, name: str) -> str | None:
    return str(message.get(name, "")).strip() or None


def _sender(message: EmailMessage) -> str | None:
    name, address = parseaddr(_header(message, "from") or "")
    return name or address or None


def _date(message: EmailMessage) -> str | None:
    written = _header(message, "date")
    try:
        return parsedate_to_datetime(written).isoformat() if written else None
    except (ValueError, TypeError, OverflowError):
        return None

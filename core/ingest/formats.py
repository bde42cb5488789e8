"""Tells what a file is, by its content first and its ending second."""

import io
import json
import re
import zipfile

from core.errors import EmptyInputError, UnsupportedError
from core.ingest.archive import check_members
from core.ingest.decoding import wide_encoding
from core.ingest.mail import message_format
from core.ingest.parts import File
from core.ingest.table import looks_like_header

_HEAD_BYTES = 8192
_MAGIC = (
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"\x1f\x8b", "gzip"),
    (257, b"ustar", "tar"),
    (0, b"PAR1", "parquet"),
    (0, b"WARC/", "warc"),
    (0, b"{\\rtf", "rich_text"),
)
# What tells the kinds of zip apart: a member's name, and the reader, or what a person is told.
_ZIP_MEMBERS = (
    ("word/document.xml", "word", None),
    ("xl/workbook.xml", "sheet", None),
    ("xl/workbook.bin", None, "a binary Excel file"),
    ("ppt/presentation.xml", None, "a PowerPoint file"),
    ("META-INF/container.xml", None, "an e-book"),
    ("META-INF/MANIFEST.MF", None, "a program"),
    ("content.xml", None, "an OpenDocument file"),
)
_PDF_WITHIN_BYTES = 1024  # where readers of PDF look for its mark
# What is recognised and not read; a person is told what it is.
_OTHER = (
    (0, b"\x89PNG", "a picture"),
    (0, b"\xff\xd8\xff", "a picture"),
    (0, b"GIF8", "a picture"),
    (0, b"BM", "a picture"),
    (8, b"WEBP", "a picture"),
    (0, b"II*\x00", "a picture"),
    (0, b"MM\x00*", "a picture"),
    (4, b"ftyp", "a film or a picture"),
    (0, b"ID3", "a sound file"),
    (0, b"OggS", "a sound file"),
    (8, b"WAVE", "a sound file"),
    (0, b"MZ", "a program"),
    (0, b"\x7fELF", "a program"),
    (0, b"7z\xbc\xaf", "a 7z archive"),
    (0, b"Rar!", "a RAR archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ", "an xz archive"),
    (0, b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (0, b"SQLite format 3", "a database"),
    (0, b"\xd0\xcf\x11\xe0", "an old Office file"),
)
READABLE = "text, HTML, PDF, Word (docx), RTF, Excel (xlsx), CSV, JSON, Parquet, e-mail, WARC or a zip of these"
# Endings of text files that are no articles.
_NO_ARTICLES = frozenset(
    ("py", "js", "ts", "css", "java", "c", "cpp", "h", "cs", "go", "rs", "rb", "php", "sh", "bat", "ps1", "sql",
     "yaml", "yml", "toml", "ini", "cfg", "conf", "srt", "vtt", "svg", "ics", "vcf", "lock")
)  # fmt: skip
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.DOTALL
)
_HTML_INSIDE = re.compile(r"<(?:html|body|article)\b[^>]*>", re.I)
_BLOCK_END = re.compile(r"</(?:p|div|h1|h2|article)>", re.I)
_FEED = re.compile(r"\s*<\?xml|\s*<(?:rss|feed|urlset)\b", re.I)


def format_of(file: File) -> str:
    """The name of the reader, one of reading.READERS.

    Raises: EmptyInputError for a file with nothing in it, UnsupportedError for what is no readable format.
    """
    if not file.data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise EmptyInputError(f"{file.name} is empty: save the article again and add that file.")
    for offset, magic, kind in _MAGIC:
        if file.data.startswith(magic, offset):
            return _zip_format(file) if kind == "zip" else kind
    if b"%PDF-" in file.data[:_PDF_WITHIN_BYTES]:
        return "pdf"
    message = message_format(file.data, file.ending)
    if message is not None:
        return message
    wide = wide_encoding(file.data) is not None or file.data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not wide:
        _refuse_binary(file)
    return _text_format(file, _peek(file.data))


def _zip_format(file: File) -> str:
    check_members(file)
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            names = frozenset(archive.namelist())
    except Exception:  # its reader says what is wrong with it
        return "zip"
    for member, kind, what in _ZIP_MEMBERS:
        if member in names:
            if kind is None:
                raise UnsupportedError(f"{file.name} is {what}, which is not read: add the article as {READABLE}.")
            return kind
    return "zip"


def _refuse_binary(file: File) -> None:
    head = file.data[:65_536]
    controls = sum(head.count(byte) for byte in (*range(9), *range(14, 27), *range(28, 32), 127))
    if controls * 100 <= len(head):
        return
    for offset, magic, what in _OTHER:
        if file.data.startswith(magic, offset):
            raise UnsupportedError(f"{file.name} is {what}, which is not read: add the article as {READABLE}.")
    raise UnsupportedError(f"{file.name} is not text but binary data: add the article as {READABLE}.")


def _peek(data: bytes) -> str:
    """The first characters, good enough to see what kind of text it is."""
    head = data[:_HEAD_BYTES]
    guess = wide_encoding(head)
    if guess is None and head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        guess = "utf-16"
    return head.decode(guess or "utf-8", errors="ignore").lstrip("\ufeff")


def _text_format(file: File, head: str) -> str:
    if _HTML_START.match(head):
        return "page"
    if _FEED.match(head) and not _HTML_INSIDE.search(head):
        raise UnsupportedError(f"{file.name} is an XML file, which is not read: add the article as {READABLE}.")
    kind = _json_format(file, head)
    if kind is not None:
        return kind
    if file.ending in ("csv", "tsv", "tab"):
        return "table"
    if _HTML_INSIDE.search(head) or len(_BLOCK_END.findall(head)) >= 3:
        return "page"
    if file.ending in ("md", "markdown"):
        return "markdown"
    if file.ending in _NO_ARTICLES:
        raise UnsupportedError(f"{file.name} is a .{file.ending} file and no article: add the article as {READABLE}.")
    return "table" if _is_table(head) else "plain"


def _json_format(file: File, head: str) -> str | None:
    start = head.lstrip()
    if file.ending in ("jsonl", "ndjson"):
        return "json" if start.startswith("[") else "jsonl"
    if not start.startswith(("{", "[")):
        return "json" if file.ending == "json" else None
    if start.startswith("{") and _has_object_on_first_line(file.data, start):
        return "jsonl"
    if file.ending == "json":
        return "json"
    return "json" if re.match(r"\{\s*\"[^\"\n]*\"\s*:|\[\s*\{\s*\"", start) else None


def _has_object_on_first_line(data: bytes, start: str) -> bool:
    """Whether the first of several lines is an object by itself; one line alone is read as a whole file."""
    first, more, _ = start.partition("\n")
    if not more:
        line, more_bytes, _ = data.strip().partition(b"\n")  # longer than what was peeked at
        return bool(more_bytes) and line.rstrip().endswith(b"}")
    try:
        return bool(start[len(first) :].strip()) and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _is_table(head: str) -> bool:
    """A header line that names the text and something else, and a line after it."""
    lines = [line for line in head.split("\n") if line.strip()]
    if len(lines) < 2 or len(lines[0]) > 500:
        return False
    return looks_like_header(lines[0].rstrip("\r"), lines[1])

"""Reads plain text and Markdown: one file, one article."""

import re
from collections.abc import Iterator

from core.ingest.columns import as_text, column_mapping
from core.ingest.decoding import decode
from core.ingest.parts import Draft, File

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_LINE = re.compile(r"^([\w -]{1,40}):[ \t]*(.+?)[ \t]*\r?$", re.MULTILINE)
_MARKS = (
    (
        re.compile(r"!\[([^\]\n]{0,300})\]\([^()\s]{1,2000}(?:[ \t]+\"[^\"\n]*\")?\)"),
        r"\1",
    ),  # a picture keeps its caption
    (re.compile(r"\[([^\]\n]{1,300})\]\([^()\s]{1,2000}(?:[ \t]+\"[^\"\n]*\")?\)"), r"\1"),  # a link keeps its words
    (re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE), r"\1"),
    (re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:\*[ \t]*){3,}$|^[ \t]*(?:_[ \t]*){3,}$|^[ \t]*-(?:[ \t]*-){2,}[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"(?<![\w*])\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])__(?=\S)([^_\n]+?)(?<=\S)__(?![\w_])"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), r"\1"),
)


def read_plain(file: File) -> Iterator[Draft]:
    """The text as it stands, character for character."""
    text, notes = decode(file.data)
    yield Draft(text=text, notes=notes)


def read_markdown(file: File) -> Iterator[Draft]:
    """The words without the marks; a front matter between `---` lines gives title, date and the like."""
    text, notes = decode(file.data)
    written = text
    fields: dict[str, str] = {}
    front = _FRONT_MATTER.match(text)
    if front is not None:
        values = {key.strip(): value.strip("\"' ") for key, value in _FRONT_LINE.findall(front.group(1))}
        mapping = column_mapping(values)
        fields = {field: values[column] for field, column in mapping.items() if field != "text"}
        if fields:
            text = text[front.end() :]
    for mark, kept in _MARKS:
        text = mark.sub(kept, text)
    if text != written:
        notes = (*notes, "markdown marks taken out")
    cleaned = {field: as_text(value) for field, value in fields.items()}
    yield Draft(text=text, notes=notes, **cleaned)

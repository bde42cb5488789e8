"""Reads plain text and Markdown: one file, one article."""

import re
from collections.abc import Iterator

from core.ingest.columns import as_text, column_mapping
from core.ingest.decoding import decode
from core.ingest.parts import Draft, File

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_LINE = re.compile(r"^([\w -]{1,40}):(.+)$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*)$", re.MULTILINE)
_MARKS = (
    (
        re.compile(r"!\[([^\]\n]{0,300})\]\([^()\s]{1,2000}(?:[ \t]+\"[^\"\n]*\")?\)"),
        r"\1",
    ),  # a picture keeps its caption
    (re.compile(r"\[([^\]\n]{1,300})\]\([^()\s]{1,2000}(?:[ \t]+\"[^\"\n]*\")?\)"), r"\1"),  # a link keeps its words
    (re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:\*[ \t]*){3,}$|^[ \t]*(?:_[ \t]*){3,}$|^[ \t]*-(?:[ \t]*-){2,}[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"(?<![\w*])\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])__(?=\S)([^_\n]+?)(?<=\S)__(?![\w_])"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), r"\1"),
)


def read_plain(file: File) -> Iterator[Draft]:
    """The text as it stands, character for character."""
    text, notes = _decoded(file)
    yield Draft(text=text, notes=notes)


def read_markdown(file: File) -> Iterator[Draft]:
    """The words without the marks; a front matter between `---` lines gives title, date and the like."""
    text, notes = _decoded(file)
    written = text
    fields: dict[str, str] = {}
    front = _FRONT_MATTER.match(text)
    if front is not None:
        values = {key.strip(): value.strip("\"' \t\r") for key, value in _FRONT_LINE.findall(front.group(1))}
        mapping = column_mapping(values)
        fields = {field: values[column] for field, column in mapping.items() if field != "text"}
        if fields:
            text = text[front.end() :]
    text = _HEADING.sub(lambda heading: heading.group(1).rstrip("# \t\r"), text)
    for mark, kept in _MARKS:
        text = mark.sub(kept, text)
    if text != written:
        notes = (*notes, "markdown marks taken out")
    cleaned = {field: as_text(value) for field, value in fields.items()}
    yield Draft(text=text, notes=notes, **cleaned)


def _decoded(file: File) -> tuple[str, tuple[str, ...]]:
    file.allowance.check_text(file.name, len(file.data) // 4)  # four bytes are the most that a character takes
    text, notes = decode(file.data)
    file.allowance.check_text(file.name, len(text))
    return text, notes

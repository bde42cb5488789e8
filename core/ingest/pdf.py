"""Reads PDF: the words of all pages, put back into paragraphs."""

import io
import re
from collections.abc import Iterator
from time import monotonic
from typing import Any

from core.errors import DamagedError, EmptyInputError, LimitError
from core.ingest.columns import as_text
from core.ingest.parts import Draft, File

MAX_PAGES = 500
MAX_STREAM_BYTES = 2_000_000  # of one page's drawing commands, unpacked; a page of print has some ten thousand
MAX_UNPACKED_BYTES = 20_000_000  # of any one stream: a font, a table of objects
MAX_SECONDS = 60  # for all pages
MAX_COMMANDS = 3_000_000  # of drawing, on all pages
_FULL_LINE = 0.8  # of the usual width; a line that long was broken for lack of room, not to end a paragraph
_USUAL_WIDTH = 0.9  # the quantile of line lengths taken as the usual width
_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]?$")
_PROGRAM_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)|untitled|document\d*|about:blank)|\.(?:docx?|html?|indd)$", re.I
)


def read_pdf(file: File) -> Iterator[Draft]:
    """One article; the day on which the PDF was made is no date of publication."""
    from pypdf.errors import PyPdfError

    try:
        pages, title, author = _pages(file)
    except PyPdfError as error:
        raise DamagedError(f"{file.name} is a damaged PDF: save it again and add that.") from error
    text = join_lines("\n".join(pages).translate(_LIGATURES))
    if not text.strip():
        raise EmptyInputError(f"{file.name} is a PDF without text, most likely a scan: run text recognition over it.")
    yield Draft(text=text, title=title, author=author, notes=("lines of the pages joined into paragraphs",))


def _pages(file: File) -> tuple[list[str], str | None, str | None]:
    """The words of each page, and the title and author that the file names."""
    import logging

    from pypdf import PdfReader, apply_configuration

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports each oddity of a file on the console
    with apply_configuration(
        zlib_maximum_output_length=MAX_UNPACKED_BYTES,
        lzw_maximum_output_length=MAX_UNPACKED_BYTES,
        run_length_maximum_output_length=MAX_UNPACKED_BYTES,
        array_based_stream_maximum_output_length=MAX_UNPACKED_BYTES,
    ):
        reader = PdfReader(io.BytesIO(file.data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DamagedError(f"{file.name} is locked with a password: save it without one and add that.")
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise LimitError(f"{file.name} has {count} pages, more than {MAX_PAGES}: split it into its articles.")
        pages = []
        clock = _Clock(file.name)
        for page in reader.pages:
            drawn = page.get_contents()
            if drawn is not None and len(drawn.get_data()) > MAX_STREAM_BYTES:
                raise clock.late()
            clock()
            words = page.extract_text(visitor_operand_before=clock)
            file.allowance.take(file.name, len(words))
            pages.append(words)
        return pages, *_information(reader)


class _Clock:
    """Called for each command that is drawn: forms that draw forms that draw forms come to billions of them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._end = monotonic() + MAX_SECONDS
        self._commands = 0

    def __call__(self, *_: object) -> None:
        self._commands += 1
        if self._commands > MAX_COMMANDS or monotonic() > self._end:
            raise self.late()

    def late(self) -> LimitError:
        return LimitError(f"{self._name} is too intricate to be read: copy the article into a text file and add that.")


def join_lines(text: str) -> str:
    """Printed lines -> paragraphs: a line as long as most is joined with the next, a hyphenated word made whole."""
    lines = [line.strip() for line in text.replace("\r", "").split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    full = _FULL_LINE * lengths[min(len(lengths) - 1, int(_USUAL_WIDTH * len(lengths)))]
    pieces: list[str] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if (
            not following
            or not line
            or len(line) < full
            or (_SENTENCE_END.search(line) and len(line) < full / _FULL_LINE)
        ):
            pieces.append(f"{line}\n")
        elif line.endswith("-") and following[:1].islower():
            pieces.append(line if _is_doubling(line, following) else line[:-1])
        else:
            pieces.append(f"{line} ")
    return re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip() + "\n"


def _is_doubling(line: str, following: str) -> bool:
    """Whether the hyphen at a line's end belongs to the word: `anak-anak`, `sayur-mayur`, `kait-mengait`."""
    first = re.split(r"[\s(“\"]", line[:-1])[-1].lower()
    second = re.split(r"[\s.,;:)”\"]", following)[0].lower()
    return len(first) > 2 and (first[-3:] in second or first[:3] == second[:3])


def _information(reader: Any) -> tuple[str | None, str | None]:
    try:
        said = reader.metadata or {}
        title, author = as_text(said.get("/Title")), as_text(said.get("/Author"))
    except Exception:  # a broken information dictionary is no reason to lose the article
        return None, None
    return (None if title is None or _PROGRAM_TITLE.search(title) else title), author

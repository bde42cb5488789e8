"""Reads tables of text: comma, semicolon, tab or bar between the cells; one row, one article."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from core.errors import DamagedError, EmptyInputError, LimitError
from core.ingest.columns import column_mapping, draft_of, guess_text_column, mapping_note
from core.ingest.decoding import decode
from core.ingest.parts import Draft, Fault, File

DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 50
_NAME_WORDS = 3
_LONGEST_CELL = 20_000_000  # characters; a quote that is never closed makes the rest of the file one cell
_MOST_CELLS = 16_384  # in a row, as in a spreadsheet


def read_table(file: File) -> Iterator[Draft | Fault]:
    """Rows under a header line; a row without text is a Fault, a blank row counts for nothing."""
    text, notes = decode(file.data)
    yield from table_drafts(_cells(text, file.name), name=file.name, notes=notes)


def table_drafts(
    rows: Iterable[Sequence[object]], *, name: str, notes: tuple[str, ...] = ()
) -> Iterator[Draft | Fault]:
    """Drafts from rows of cells, the first row that is not blank being the header."""
    filled = (row for row in rows if any(cell not in (None, "") for cell in row))
    header = [_heading(cell) for cell in next(filled, ())]
    if not header:
        raise EmptyInputError(f"{name} has no rows: add a header line and a row for each article.")
    records = (dict(zip(header, row, strict=False)) for row in filled)
    sample = list(islice(records, _SAMPLE_ROWS))
    mapping = _mapping(header, sample, name)
    notes = (*notes, mapping_note(mapping))
    number = 1  # the header
    for batch in (sample, records):
        for record in batch:
            number += 1
            yield draft_of(record, mapping, where=f"Row {number} of {name}", notes=notes)
    if number == 1:
        raise EmptyInputError(f"{name} has a header line but no rows: add a row for each article.")


def find_delimiter(line: str) -> str | None:
    """The mark between the cells of a header line, told by which of them uncovers a known column name."""
    best = max(DELIMITERS, key=lambda mark: (len(column_mapping(_split(line, mark))), line.count(mark)))
    return best if best in line else None


def looks_like_header(line: str, following: str) -> bool:
    """True for a line of short names, the text's among them, above a line that has as many cells or opens a quote."""
    mark = find_delimiter(line)
    if mark is None:
        return False
    names = _split(line, mark)
    mapping = column_mapping(names)
    if "text" not in mapping or len(mapping) < 2 or any(len(name.split()) > _NAME_WORDS for name in names):
        return False
    return len(_split(following, mark)) == len(names) or '"' in following


def _split(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []


def _cells(text: str, name: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    lines = _lines(text if "\n" in text else text.replace("\r", "\n"))
    first = next((line for line in lines if line.strip()), "")
    heading = first.strip("\r\n")
    if heading.lower().startswith("sep=") and len(heading) == 5 and heading[4] in DELIMITERS:
        mark: str | None = heading[4]  # how Excel is told the delimiter
        rest: Iterable[str] = lines
    else:
        mark = find_delimiter(heading)
        rest = chain([first], lines)
    try:
        for row in csv.reader(_narrow(rest, mark or ",", name), delimiter=mark or ",", skipinitialspace=True):
            if len(row) > _MOST_CELLS:
                raise _too_wide(name)
            yield row
    except csv.Error as error:
        raise DamagedError(f"{name} has a cell that cannot be read ({error}): export the table again.") from error


def _narrow(lines: Iterable[str], mark: str, name: str) -> Iterator[str]:
    """The same lines; one with far more marks than a row has cells ends it before a list is made of them."""
    for line in lines:
        if len(line) > _MOST_CELLS and line.count(mark) > 4 * _MOST_CELLS:  # in a long text they may be commas
            raise _too_wide(name)
        yield line


def _too_wide(name: str) -> LimitError:
    return LimitError(f"{name} has more than {_MOST_CELLS} columns: keep those with the text and its title and date.")


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends, one at a time: a second copy of a large table costs too much memory."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _heading(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _mapping(header: Sequence[str], sample: Sequence[Mapping[str, object]], name: str) -> dict[str, str]:
    mapping = column_mapping(header)
    if "text" in mapping:
        return mapping
    guessed = guess_text_column(header, sample)
    if guessed is None:
        raise DamagedError(
            f"{name} has no column with the text of the articles: name it text or isi "
            f"(found: {', '.join(column for column in header if column)[:200]})."
        )
    others = {field: column for field, column in mapping.items() if column != guessed}
    return {"text": guessed, **others}

"""Which column of a table, or key of an object, holds which field of an article."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from functools import cache

from core.ingest.parts import Draft, Fault, readable
from core.model import COLUMNS_NOTE
from core.resources import load_yaml

FIELDS = ("text", "title", "published", "outlet", "author", "url")
_NOT_A_NAME = re.compile(r"[\W_]+")
_WEB_ADDRESS = re.compile(r"https?://\S+")
_SHOWN = 80  # characters of a column's name in a note
_DEEPEST = 4  # lists and objects within a field; further in stands no name of an author
_LONG_PROSE = 200  # characters; a column of cells that long on average is article text whatever its name


@cache
def _names() -> dict[str, tuple[str, int]]:
    """Compared name -> field and rank among the names of that field."""
    return {
        _compared(name): (row["field"], rank)
        for row in load_yaml("columns.yaml")
        for rank, name in enumerate(row["names"])
    }


def _compared(name: str) -> str:
    return _NOT_A_NAME.sub("", name.casefold())


def column_mapping(header: Iterable[str]) -> dict[str, str]:
    """Field -> the column that holds it, for the columns whose names tell.

    Shape: keys among text, title, published, outlet, author, url; each column serves one field at most.
    """
    ranked: dict[str, tuple[int, str]] = {}
    for column in header:
        found = _names().get(_compared(column))
        if found is not None and (found[0] not in ranked or found[1] < ranked[found[0]][0]):
            ranked[found[0]] = (found[1], column)
    return {field: ranked[field][1] for field in FIELDS if field in ranked}


def guess_text_column(header: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str | None:
    """The one column whose cells read like articles, for a table that names none; None where there is no such one."""
    lengths = {
        column: sum(len(str(row.get(column) or "")) for row in rows) / max(len(rows), 1) for column in header if column
    }
    long = [column for column, length in lengths.items() if length >= _LONG_PROSE]
    return long[0] if len(long) == 1 else None


def mapping_note(mapping: Mapping[str, str]) -> str:
    """What the screens show of a mapping: `columns: text=isi, title=judul`."""
    return COLUMNS_NOTE + ", ".join(f"{field}={readable(column)[:_SHOWN]}" for field, column in mapping.items())


def draft_of(
    record: Mapping[str, object], mapping: Mapping[str, str], *, where: str, notes: Sequence[str]
) -> Draft | Fault:
    """One row or object as a draft; a Fault that names `where` when it has no text."""
    cells = {field: record.get(column) for field, column in mapping.items()}
    text = cells.pop("text", None)
    if not isinstance(text, str) or not text.strip():
        said = "has no text" if text is None or text == "" or isinstance(text, str) else "has a text that is no string"
        return Fault(reason=f"{where} {said}: fill its column or key for the text and add the file again.")
    kept = {field: as_text(cell) for field, cell in cells.items()}
    outlet = kept.get("outlet")
    if outlet is not None and not kept.get("url") and _WEB_ADDRESS.fullmatch(outlet):
        kept["url"], kept["outlet"] = outlet, None  # a column `source` often holds the address
    return Draft(text=text, notes=tuple(notes), **kept)


def as_text(cell: object, depth: int = 0) -> str | None:
    """A container field as text: lists are joined, an object gives its name, what is empty is None."""
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, float):
        if cell != cell:  # NaN, a missing number in a table
            return None
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()  # how tables store a day
    if isinstance(cell, (Mapping, Sequence)) and depth >= _DEEPEST:
        return None
    if isinstance(cell, Mapping):
        return as_text(cell.get("name") or cell.get("@id"), depth + 1)
    if isinstance(cell, Sequence):
        return ", ".join(part for one in cell[:20] if (part := as_text(one, depth + 1))) or None
    return str(cell)

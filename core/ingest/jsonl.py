"""Reads JSON: one object a line, one object, or a list of objects."""

import json
from collections.abc import Iterator
from typing import Any

from core.errors import DamagedError, EmptyInputError, LimitError
from core.ingest.columns import column_mapping, draft_of, mapping_note
from core.ingest.decoding import decode, wide_encoding
from core.ingest.parts import Draft, Fault, File

MAX_STRUCTURES = 2_000_000  # in what is parsed at once; an empty one already takes some sixty bytes


def read_jsonl(file: File) -> Iterator[Draft | Fault]:
    """One object a line; a broken line is a Fault, blank lines count for nothing."""
    for number, (line, notes) in enumerate(_lines(file.data), start=1):
        if not line.strip():
            continue
        where = f"Line {number} of {file.name}"
        if line.count("{") + line.count("[") > MAX_STRUCTURES:
            yield Fault(
                reason=f"{where} holds more than {MAX_STRUCTURES} lists and objects: keep the fields of articles."
            )
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            yield Fault(
                reason=f"{where} is not valid JSON: write one whole object on each line and add the file again."
            )
            continue
        yield object_draft(found, where=where, notes=notes)


def read_json(file: File) -> Iterator[Draft | Fault]:
    """An object, a list of objects, or an object that holds such a list."""
    text, notes = decode(file.data)
    if text.count("{") + text.count("[") > MAX_STRUCTURES:
        raise LimitError(f"{file.name} holds more than {MAX_STRUCTURES} lists and objects: write one object a line.")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DamagedError(f"{file.name} is not valid JSON: export it again, or write one object a line.") from error
    del text
    records = _records(found)
    if not records:
        raise EmptyInputError(
            f"{file.name} holds no object with a text: give each article an object with the key text."
        )
    if isinstance(found, dict) and records == [found]:
        yield object_draft(found, where=file.name, notes=notes)
        return
    for number, record in enumerate(records, start=1):
        yield object_draft(record, where=f"Object {number} of {file.name}", notes=notes)


def object_draft(found: object, *, where: str, notes: tuple[str, ...] = ()) -> Draft | Fault:
    """One JSON object as a draft; a Fault that names `where` when it is no article."""
    if not isinstance(found, dict):
        return Fault(reason=f"{where} is not a JSON object: write an object with the key text.")
    mapping = column_mapping(found)
    if any(field != column for field, column in mapping.items()):
        notes = (*notes, mapping_note(mapping))
    if "text" not in mapping:
        return Fault(reason=f"{where} has no text: give the object the key text.")
    return draft_of(found, mapping, where=where, notes=notes)


def _lines(data: bytes) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Lines with notes on their encoding; each is decoded by itself, so that one broken line harms no other."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or wide_encoding(data) is not None:
        text, notes = decode(data)
        for line in text.split("\n"):
            yield line, notes
        return
    start = 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        yield decode(data[start:end])
        start = end + 1


def _records(found: Any) -> list[Any]:
    """The list of articles in a parsed file: itself, the object alone, or its longest list of objects."""
    if isinstance(found, list):
        return found
    if not isinstance(found, dict):
        return []
    if "text" in column_mapping(found) and isinstance(found[column_mapping(found)["text"]], str):
        return [found]
    lists = [value for value in found.values() if isinstance(value, list) and any(isinstance(x, dict) for x in value)]
    return max(lists, key=len, default=[found])

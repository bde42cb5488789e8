"""The log of corrections as a file, and back: one JSON object a line, or CSV with JSON in its cells."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from core.errors import CorrectionError
from core.store.corpus import Corpus
from core.store.correction import KINDS, TAG_KINDS, Correction, Fields
from core.store.correction_log import append, read_log
from core.store.replay import replay

SCHEMA = "telaah.correction/1"
COLUMNS = ("schema", "id", "made_at", "who", "kind", "target", "before", "after", "reason")
PLACE = ("article", "start", "end", "raw_start", "surface")
NEEDED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "rename_entity": (("entity_id",), ("name",)),
    "merge_entities": (("entity_id",), ("entity_id",)),
    "split_entity": (("entity_id", "surface"), ("entity_id",)),
    "move_mention": (PLACE, ("entity_id",)),
    "reject_claim": ((*PLACE, "claim_id"), ()),
    "set_tone": (PLACE, ("tone", "score")),
    "set_outlet": (("article",), ("outlet",)),
    "set_outlet_of_domain": (("domain",), ("outlet",)),
    "set_date": (("article",), ("published",)),
    "set_title": (("article",), ("title",)),
    "undo": (("correction",), ()),
} | {kind: (PLACE, ()) for kind in TAG_KINDS if kind in ("reject_mention", "reject_quote", "reject_source")}
"""What target and after must hold."""

_FORMULA = re.compile(r"'|[\s\u200b-\u200f\u2060\ufeff\x00-\x1f\"]*[=+@\uff1d\uff0b\uff0d\uff20-]")
"""How a cell begins that a spreadsheet may take for a formula, or that a leading apostrophe would be taken from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtIn:
    """How many entries a file held, and how many of them the log did not have."""

    entries: int
    added: int


def to_jsonl(log: Iterable[Correction]) -> bytes:
    """One entry a line, oldest first."""
    return "".join(json.dumps(_plain(one), ensure_ascii=False) + "\n" for one in log).encode()


def to_csv(log: Iterable[Correction]) -> bytes:
    """The same as a table; target, before and after are JSON."""
    buffer = io.StringIO(newline="")
    sheet = csv.writer(buffer)
    sheet.writerow(COLUMNS)
    for one in log:
        plain = _plain(one)
        sheet.writerow([_cell(plain[name]) for name in COLUMNS])
    return buffer.getvalue().encode("utf-8-sig")


def _plain(one: Correction) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "id": one.id,
        "made_at": one.made_at.isoformat(timespec="microseconds") + "Z",
        "who": one.who,
        "kind": one.kind,
        "target": dict(one.target),
        "before": dict(one.before),
        "after": dict(one.after),
        "reason": one.reason,
    }


def _cell(value: object) -> str:
    """A leading apostrophe keeps a spreadsheet from reading a cell as a formula; from_file takes it off."""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
    return "'" + text if _FORMULA.match(text) else text


def from_file(data: bytes, name: str) -> list[Correction]:
    """The entries of an exported file.

    Raises: CorrectionError that names the line where it is no such file.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorrectionError(f"{name} is not UTF-8 text: export the corrections anew as JSONL or CSV.") from error
    rows = _csv_rows(text) if name.lower().endswith(".csv") else _json_rows(text, name)
    return [_entry(row, f"{name}, line {line}") for line, row in rows]


def _json_rows(text: str, name: str) -> Iterator[tuple[int, Any]]:
    for line, written in enumerate(text.split("\n"), start=1):
        if written.strip():
            try:
                yield line, json.loads(written)
            except (ValueError, RecursionError) as error:
                raise CorrectionError(f"{name}, line {line} is no JSON: export the corrections anew.") from error


def _csv_rows(text: str) -> Iterator[tuple[int, Any]]:
    for line, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), start=2):
        cells = {key: value.removeprefix("'") for key, value in row.items() if key and value is not None}
        for key in ("target", "before", "after"):
            try:
                cells[key] = json.loads(cells.get(key) or "{}")
            except (ValueError, RecursionError):
                cells[key] = ""
        yield line, cells


def _entry(row: Any, place: str) -> Correction:
    try:
        if row["schema"] != SCHEMA or row["kind"] not in KINDS or not str(row["who"]).strip():
            raise ValueError
        made_at = datetime.fromisoformat(row["made_at"])
        one = Correction(
            id=int(row["id"]),
            made_at=made_at.astimezone(UTC).replace(tzinfo=None) if made_at.tzinfo else made_at,
            who=str(row["who"]),
            kind=row["kind"],
            target=dict(row["target"]),
            before=dict(row["before"]),
            after=dict(row["after"]),
            reason=str(row["reason"]),
        )
        _check(one)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise CorrectionError(f"{place} is no correction of the form {SCHEMA}: nothing was taken.") from error
    return one


def _check(one: Correction) -> None:
    """Raises: KeyError, ValueError where a field is missing or cannot be."""
    target, after = NEEDED[one.kind]
    for key in target:
        _ = one.target[key]
    for key in after:
        _ = one.after[key]
    if one.kind in TAG_KINDS and not 0 <= int(one.target["start"]) < int(one.target["end"]):
        raise ValueError
    if one.kind == "set_date" and one.after["published"] is not None:
        datetime.fromisoformat((str(one.after["published"]) + "-01-01")[:10])
    if one.kind == "set_tone" and not -1 <= float(one.after["score"]) <= 1:
        raise ValueError


def bring_in(corpus: Corpus, entries: Iterable[Correction]) -> BroughtIn:
    """Put the entries that the log does not have at its end, in their order, and lay them over the corpus.

    An undo whose correction is in neither the file nor the log is passed over.
    """
    found = list(entries)
    added = 0
    with corpus.writing("The corrections could not be written") as cursor:
        have = {_sameness(one): one.id for one in read_log(cursor)}
        numbers: dict[int, int] = {}
        for one in found:
            target = _renumbered(one, numbers)
            if target is None:
                continue
            same = (one.made_at, one.who, one.kind, _frozen(target), _frozen(one.after))
            if same not in have:
                have[same] = append(cursor, one.kind, (target, one.before, one.after), who=one.who, reason=one.reason,
                                    made_at=one.made_at)  # fmt: skip
                added += 1
            numbers[one.id] = have[same]
        replay(cursor, read_log(cursor))
    return BroughtIn(entries=len(found), added=added)


def _renumbered(one: Correction, numbers: Mapping[int, int]) -> Fields | None:
    if one.kind != "undo":
        return one.target
    number = numbers.get(int(one.target["correction"]))
    return None if number is None else {"correction": number}


def _sameness(one: Correction) -> tuple[object, ...]:
    return (one.made_at, one.who, one.kind, _frozen(one.target), _frozen(one.after))


def _frozen(fields: Fields) -> str:
    return json.dumps(fields, sort_keys=True, ensure_ascii=False)

"""Who wrote, edited or supplied an article: the rows of credits.yaml, compiled and applied to lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from core.errors import ResourceError
from core.model import Outlet, plain_spaces
from core.normalize.datelines import city_of, find_dateline
from core.normalize.dates import header_date
from core.normalize.lines import Line
from core.normalize.outlets import fold, is_known
from core.resources import load_yaml

CreditKind = Literal["byline", "editor", "credit"]
LONGEST_CREDIT = 200  # characters of a credit line or tail
HEAD_LINES = 14  # a date with a name is looked for among these
DESK = ".desk"  # ends the rule of a credit that names a desk, not a person
TAIL_LINES = 6  # credits in brackets are looked for among the last ones
_ROLE = re.compile(r"(?i)^(?:oleh|by|penulis|reporter)\b[ :]*|[ ,]*\b(?:jurnalis|penulis|reporter|wartawan|editor)$")

_ADDRESS = re.compile(r"(?i)[<(]?(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>)]?|https?://\S+|\bwww\.\S+")
_PARTS = re.compile(r"\s*[|;\n]\s*|\s[-–—/]\s|['\"],\s*['\"]|,\s+(?=[\w-]+\.(?:com|co|id|net|tv)\b)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRule:
    """One row: what it tells, where it stands, and the pattern whose groups name the people."""

    id: str
    kind: CreditKind
    where: Literal["line", "label", "tail", "end", "start", "signed", "head"]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A credit found in a text: its place there, what it tells, and the name it gives."""

    start: int
    end: int
    kind: CreditKind
    rule: str
    name: str


@cache
def credit_rules(where: str) -> tuple[CreditRule, ...]:
    """The rows for one place, in the order of the file.

    Raises: ResourceError naming the row, for a pattern that does not compile.
    """
    compiled = []
    for row in load_yaml("credits.yaml")["rules"]:
        if row["where"] != where:
            continue
        try:
            pattern = re.compile(row["pattern"])
        except re.error as error:
            raise ResourceError(f"credits.yaml: the pattern of {row['id']} does not compile: {error}.") from error
        compiled.append(CreditRule(id=row["id"], kind=row["kind"], where=row["where"], pattern=pattern))
    return tuple(compiled)


@cache
def _hint() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{'|'.join(load_yaml('credits.yaml')['hints'])})")


def find_credits(lines: Sequence[Line]) -> list[Credit]:
    """All credits of an article in order: labelled lines, labels with the name beside, dates with a name, tails."""
    found: list[Credit] = []
    taken: set[int] = set()
    for number, line in enumerate(lines):
        if number in taken or len(line.text) > LONGEST_CREDIT:
            continue
        if here := list(_of_line(lines, number, taken)):
            found.extend(here)
            taken.add(number)
    found.extend(_of_tail(lines, taken))
    found.extend(_run_in(lines, taken))
    found.extend(_of_start(lines, taken))
    found.extend(_of_head(lines, taken))
    labelled = any(one.kind == "editor" and one.rule != "editor.initials" for one in found)
    if labelled:  # then the initials before it are those of who wrote
        found = [replace(one, kind="byline") if one.rule == "editor.initials" else one for one in found]
    return sorted((_desk_apart(one) for one in found), key=lambda one: one.start)


def _desk_apart(one: Credit) -> Credit:
    """The credit, its rule marked where a desk signs: whoever looks for persons can pass it over."""
    if "initials" in one.rule or not is_desk(one.name):
        return one
    return replace(one, rule=f"{one.rule}{DESK}")


@cache
def _desks() -> re.Pattern[str]:
    return re.compile(load_yaml("credits.yaml")["desks"]["pattern"], re.IGNORECASE)


def is_desk(name: str) -> bool:
    """Whether a name is that of a desk or a team, not of a person."""
    return _desks().fullmatch(name) is not None


def _of_line(lines: Sequence[Line], number: int, taken: set[int]) -> Iterator[Credit]:
    line = lines[number]
    if _hint().match(line.text.lstrip("([*")):
        for rule in credit_rules("line"):
            if match := rule.pattern.fullmatch(line.text):
                yield from _credits(rule, match, line)
                yield from _repeated_name(lines, number, match.group("name"), taken)
                return
        if rule_name := _beside_label(lines, number, taken):
            yield rule_name
            return
    for rule in credit_rules("signed") if _may_sign(lines, number) else ():
        if match := rule.pattern.fullmatch(line.text):
            yield from _credits(rule, match, line)
            return
    if number < HEAD_LINES and (name := dated_name(line)):
        yield Credit(start=line.start, end=line.end, kind="byline", rule="byline.dated", name=name)


def _may_sign(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is among the last and no paragraph follows, as the name below an opinion."""
    line = lines[number]
    if "," not in line.text or number < len(lines) - TAIL_LINES or not number or line.is_paragraph:
        return False
    return not any(below.is_paragraph for below in lines[number + 1 :])


def _credits(rule: CreditRule, match: re.Match[str], line: Line) -> Iterator[Credit]:
    """One credit, or two where a line names an editor beside the writer: each up to where the other starts."""
    groups = match.groupdict()
    middle = match.start("editor_label") if groups.get("editor_label") else match.end()
    written = line.text[: middle - match.start()].rstrip(" |/·-–")
    yield Credit(
        start=line.start, end=line.start + len(written), kind=rule.kind, rule=rule.id, name=clean_name(groups["name"])
    )
    if groups.get("editor_label"):
        yield Credit(
            start=line.start + middle - match.start(),
            end=line.end,
            kind="editor",
            rule="editor.label",
            name=clean_name(groups["editor"]),
        )


def _repeated_name(lines: Sequence[Line], number: int, name: str, taken: set[int]) -> Iterator[Credit]:
    """The name alone on the line before its label, as team boxes have it."""
    if number and number - 1 not in taken and lines[number - 1].text == name:
        taken.add(number - 1)
        before = lines[number - 1]
        yield Credit(start=before.start, end=before.end, kind="byline", rule="byline.repeated", name=name)


def _beside_label(lines: Sequence[Line], number: int, taken: set[int]) -> Credit | None:
    """A label alone on its line, with the name on the next line, or on the one before where names come first."""
    line = lines[number]
    rule = next((rule for rule in credit_rules("label") if rule.pattern.fullmatch(line.text)), None)
    if rule is None:
        return None
    after = lines[number + 1] if number + 1 < len(lines) else None
    before = lines[number - 1] if number else None
    named_before = before is not None and before.is_name and len(before.words) > 1 and number - 1 not in taken
    beside = after is not None and after.is_name and not (named_before and len(after.words) == 1)
    if after is not None and beside and number + 1 not in taken and not _is_label(after):
        taken.add(number + 1)
        return Credit(start=line.start, end=after.end, kind=rule.kind, rule=rule.id, name=clean_name(after.text))
    if before is not None and before.is_name and number - 1 not in taken:
        taken.add(number - 1)
        return Credit(start=before.start, end=line.end, kind=rule.kind, rule=rule.id, name=clean_name(before.text))
    return Credit(start=line.start, end=line.end, kind=rule.kind, rule=rule.id, name="")


def _is_label(line: Line) -> bool:
    if not _hint().match(line.text):
        return False
    return any(rule.pattern.fullmatch(line.text) for where in ("label", "line") for rule in credit_rules(where))


def dated_name(line: Line) -> str | None:
    """The name on a line that holds nothing else but a date and labels; None where there is none or it is a site."""
    header = header_date(line.text)
    if header is None or not header[1]:
        return None
    name = clean_name(_ROLE.sub("", header[1]))
    return name if Line(0, len(name), name).is_name and not is_known(name) else None


def _of_tail(lines: Sequence[Line], taken: set[int]) -> Iterator[Credit]:
    """Credits in brackets that close one of the last lines."""
    for number in range(max(0, len(lines) - TAIL_LINES), len(lines)):
        line = lines[number]
        tail = max(0, len(line.text) - LONGEST_CREDIT)
        opening = max(line.text.rfind("(", tail), line.text.rfind("[", tail))
        before = line.text[:opening].rstrip()
        if opening < 0 or number in taken:
            continue
        if before and number < len(lines) - 1 and lines[number + 1].is_body:
            continue
        for rule in credit_rules("tail"):
            if rule.id == "editor.initials" and before and before[-1] not in '.!?…"”’':
                continue  # a short form in brackets after its name
            if match := rule.pattern.fullmatch(line.text, opening):
                taken.add(number)
                yield Credit(
                    start=line.start + opening,
                    end=line.end,
                    kind=rule.kind,
                    rule=rule.id,
                    name=clean_name(match.group("name")),
                )
                break


def _run_in(lines: Sequence[Line], taken: set[int]) -> Iterator[Credit]:
    """A labelled credit that closes the last line, or stands before the brackets that close it."""
    if not lines or (len(lines) - 1 in taken and not lines[-1].is_paragraph):
        return
    line = lines[-1]
    for rule in credit_rules("end"):
        if match := rule.pattern.search(line.text, max(0, len(line.text) - LONGEST_CREDIT)):
            start = line.start + match.start("label")
            yield Credit(
                start=start,
                end=line.start + match.end("name"),
                kind=rule.kind,
                rule=rule.id,
                name=clean_name(match.group("name")),
            )


def _of_start(lines: Sequence[Line], taken: set[int]) -> Iterator[Credit]:
    """A credit that runs into the opener: `Laporan wartawan Kabar.com, Sari Dewi. KABAR.COM, JAKARTA - ...`."""
    if lines and 0 not in taken and _hint().match(lines[0].text):
        for rule in credit_rules("start"):
            if match := rule.pattern.match(lines[0].text):
                start = lines[0].start
                yield Credit(
                    start=start,
                    end=start + match.end("name"),
                    kind=rule.kind,
                    rule=rule.id,
                    name=clean_name(match.group("name")),
                )
                return


def _of_head(lines: Sequence[Line], taken: set[int]) -> Iterator[Credit]:
    """A name on a line of its own between the headline and an article that opens with a dateline."""
    report = next((n for n, line in enumerate(lines[:HEAD_LINES]) if line.is_paragraph and find_dateline(line.text)), 0)
    for number in range(1, report):
        line = lines[number]
        if number in taken or len(line.text) > LONGEST_CREDIT or is_known(line.text) or city_of(line.text):
            continue
        for rule in credit_rules("head"):
            match = rule.pattern.fullmatch(line.text)
            outlet = match.groupdict().get("outlet") if match else None
            if match and (outlet is None or is_known(outlet)):
                yield from _credits(rule, match, line)
                break


def author_of(written: str | None, outlet: Outlet | None) -> str | None:
    """The name that a container gives as author; None where it is an address, the outlet or a filler."""
    names = []
    for part in _PARTS.split(_ADDRESS.sub(" ", plain_spaces(written or ""))):
        name = clean_name(_ROLE.sub("", clean_name(part).strip("'\"“”<>")))
        is_outlet = is_known(name) or (outlet is not None and fold(name) in (fold(outlet.name), fold(outlet.id)))
        filler = name.lower() in load_yaml("credits.yaml")["no_names"] or is_desk(name)
        if sum(letter.isalpha() for letter in name) > 1 and not is_outlet and not filler:
            names.append(name)
    told = ", ".join(dict.fromkeys(names))
    return told if 0 < len(told) <= LONGEST_CREDIT else None


def clean_name(name: str) -> str:
    """A name without the blanks and marks around it."""
    return " ".join(name.split()).strip(" ,.;:-–—|/*()[]")

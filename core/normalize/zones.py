"""What in the cleaned text is not body: title, dateline, byline, editor, wire credit, subheads."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.model import Outlet, Span, Zone, ZoneKind
from core.normalize.credits import Credit, credit_line, credit_tail
from core.normalize.datelines import find_dateline
from core.normalize.lines import Line, split_lines

LONGEST_SUBHEAD_WORDS = 14
_NUMBERED = re.compile(r"\d{1,2}[.)]\s*\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Zoning:
    """The zones of a text in order, with the title, the name in the byline and the dateline's outlet."""

    zones: tuple[Zone, ...]
    title: str | None
    byline: str | None
    outlet: Outlet | None


def find_zones(text: str, title: str | None) -> Zoning:
    """The zones of a cleaned text; title is what the container said."""
    lines = list(split_lines(text))
    zones: list[Zone] = []
    used: set[int] = set()
    title_line = _title_line(lines, title)
    if title_line is not None:
        used.add(title_line)
        zones.append(_zone(lines[title_line], "title", "title.line", lines[title_line].text))
    credits = list(_credits(lines, used))
    zones.extend(
        Zone(span=Span(start=one.start, end=one.end), kind=one.kind, rule=one.rule, value=one.name) for one in credits
    )
    outlet = None
    for number, line in enumerate(lines[:8]):
        if number in used:
            continue
        dateline = find_dateline(line.text)
        if dateline is not None:
            span = Span(start=line.start, end=line.start + dateline.end)
            zones.append(Zone(span=span, kind="dateline", rule="dateline", value=dateline.city))
            outlet = dateline.outlet
            break
        if line.is_paragraph and number > 2:
            break
    zones.extend(_subheads(lines, used))
    zones.sort(key=lambda zone: zone.span.start)
    chosen = title or (lines[title_line].text if title_line is not None else None)
    return Zoning(zones=tuple(zones), title=chosen, byline=_byline(credits), outlet=outlet)


def _zone(line: Line, kind: ZoneKind, rule: str, value: str | None) -> Zone:
    return Zone(span=Span(start=line.start, end=line.end), kind=kind, rule=rule, value=value)


def _title_line(lines: Sequence[Line], title: str | None) -> int | None:
    if len(lines) < 2:
        return None
    first = lines[0]
    if title and first.text.strip() == title.strip():
        return 0
    if first.is_headline and not first.is_paragraph and find_dateline(first.text) is None and not credit_line(first):
        return 0
    return None


def _credits(lines: Sequence[Line], used: set[int]) -> Iterator[Credit]:
    for number, line in enumerate(lines):
        if number in used:
            continue
        if found := credit_line(line):
            used.add(number)
            if number and lines[number - 1].text == found.name and number - 1 not in used:
                used.add(number - 1)
                yield Credit(
                    start=lines[number - 1].start,
                    end=lines[number - 1].end,
                    kind="byline",
                    rule="byline.name-line",
                    name=found.name,
                )
            yield found
    for line in lines[-3:]:
        if found := credit_tail(line):
            yield found


def _byline(credits: Sequence[Credit]) -> str | None:
    for one in credits:
        if one.kind == "byline":
            return one.name
    for one in credits:
        if one.kind == "editor" and one.rule == "editor.label":
            return one.name
    return None


def _subheads(lines: Sequence[Line], used: set[int]) -> Iterator[Zone]:
    for number in range(1, len(lines) - 1):
        line = lines[number]
        if number in used or line.is_paragraph or len(line.words) > LONGEST_SUBHEAD_WORDS:
            continue
        if line.text[-1] in '.,;:"”' or not lines[number + 1].is_paragraph and not lines[number - 1].is_paragraph:
            continue
        yield _zone(line, "subhead", "subhead.numbered" if _NUMBERED.match(line.text) else "subhead.line", line.text)

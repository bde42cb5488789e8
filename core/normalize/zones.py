"""What in the cleaned text is not body: title, dateline, byline, editor, wire credit, subheads."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.model import Outlet, Span, Zone, ZoneKind
from core.normalize.credits import Credit, find_credits
from core.normalize.datelines import find_dateline
from core.normalize.lines import Line, split_lines
from core.normalize.page import HEAD_LINES, Page, title_number

LONGEST_SUBHEAD_WORDS = 14
_NO_OPENER = re.compile(r"(?:[^\w(\[&]|&(?:amp;)?nbsp;)+")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s*\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Zoning:
    """The zones of a text in order, with the title, the name in the byline and the dateline's outlet."""

    zones: tuple[Zone, ...]
    title: str | None
    byline: str | None
    outlet: Outlet | None


def find_zones(text: str, hint: str | None) -> Zoning:
    """The zones of a cleaned text; hint is the title that the container gave."""
    page = Page(list(split_lines(text)), text.lower())
    credits_found = find_credits(page.lines)
    title = title_number(page, page.first_body(), hint)
    dateline, outlet = _dateline(page, title, credits_found)
    zones = [
        Zone(span=Span(start=one.start, end=one.end), kind=one.kind, rule=one.rule, value=one.name or None)
        for one in credits_found
    ]
    if dateline is not None:
        zones.append(dateline)
    if title is not None:
        zones.append(_line_zone(page.lines[title], "title", "title.line"))
    zones.extend(_subheads(page, title))
    return Zoning(
        zones=_in_order(zones),
        title=(hint or "").strip() or (page.lines[title].text if title is not None else None),
        byline=_byline(credits_found),
        outlet=outlet,
    )


def _line_zone(line: Line, kind: ZoneKind, rule: str) -> Zone:
    return Zone(span=Span(start=line.start, end=line.end), kind=kind, rule=rule, value=line.text)


def _in_order(zones: list[Zone]) -> tuple[Zone, ...]:
    """The zones by place, without those that run into one before."""
    kept: list[Zone] = []
    for zone in sorted(zones, key=lambda one: one.span.start):
        if not kept or zone.span.start >= kept[-1].span.end:
            kept.append(zone)
    return tuple(kept)


def _dateline(page: Page, title: int | None, found: Sequence[Credit]) -> tuple[Zone | None, Outlet | None]:
    """The opener of the first paragraph, past a credit that runs into it."""
    for number, line in enumerate(page.lines[:HEAD_LINES]):
        if number == title:
            continue
        start = max((one.end for one in found if one.start == line.start and one.end < line.end), default=line.start)
        if skipped := _NO_OPENER.match(line.text, start - line.start):
            start = line.start + skipped.end()
        dateline = find_dateline(line.text[start - line.start :])
        if dateline is not None:
            span = Span(start=start, end=start + dateline.end)
            return Zone(span=span, kind="dateline", rule="dateline", value=dateline.city), dateline.outlet
    return None, None


def _byline(found: Sequence[Credit]) -> str | None:
    """The name of who wrote; of the editor where nobody else is named and a label calls him one."""
    written = [one for one in found if one.kind == "byline" and one.name]
    named = [one.name for one in written if "initials" not in one.rule]
    edited = [one.name for one in found if one.kind == "editor" and one.name and one.rule != "editor.initials"]
    return next(iter(named + [one.name for one in written] + edited), None)


def _subheads(page: Page, title: int | None) -> Iterator[Zone]:
    """Short lines without a stop between paragraphs, or above one."""
    lines = page.lines
    first = page.first_body()
    for number in range(first + 1, len(lines) - 1):
        line = lines[number]
        if number == title or number in page.credited or len(line.words) > LONGEST_SUBHEAD_WORDS or not line.words:
            continue
        if line.is_paragraph or line.text[-1] in '.,;:"”' or not lines[number + 1].is_body:
            continue
        if _NUMBERED.match(line.text):
            if not lines[number + 1].is_item and not lines[number - 1].is_item:
                yield _line_zone(line, "subhead", "subhead.numbered")
        elif not line.is_body and not lines[number + 1].is_item:
            yield _line_zone(line, "subhead", "subhead.line")

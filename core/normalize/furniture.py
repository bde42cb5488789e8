"""Page text that is not the article: which stretches to cut, and by which rule."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from core.model import Removed, Span, cut
from core.normalize.lines import BLANK, split_lines
from core.normalize.links import link_end
from core.normalize.page import find_lines
from core.normalize.repeats import find_repeats
from core.normalize.rules import rules, rules_for
from core.offsets import OffsetMap

MOST_ROUNDS = 60  # cutting can lay bare what another rule cuts; real pages need three to six rounds
LONGEST_EDGE = 160  # characters at the end in which wrapping is looked for
_BLANKS = re.compile(rf"[{BLANK}]*")


def find_removed(raw_text: str) -> tuple[Removed, ...]:
    """Everything to cut from a raw text: furniture, and the blank lines and blanks around what is left.

    Cutting what is returned leaves a text in which this function finds nothing more.
    """
    removed: tuple[Removed, ...] = ()
    text = raw_text
    for _ in range(MOST_ROUNDS):
        found = merge(_find_edges(text)) or merge(find_layout(text)) or merge(_find_within(text))
        if not found:
            break
        removed = _compose(removed, found)
        text = cut(raw_text, removed)
    return removed


def merge(found: Iterator[Removed]) -> tuple[Removed, ...]:
    """Cuts in order and without overlap; where two overlap, the one that starts first keeps its stretch."""
    kept: list[Removed] = []
    place = 0
    for piece in sorted(found, key=lambda removed: (removed.span.start, -removed.span.end)):
        start = max(place, piece.span.start)
        if piece.span.end > start:
            kept.append(Removed(span=Span(start=start, end=piece.span.end), rule=piece.rule))
            place = piece.span.end
    return tuple(kept)


def _compose(first: tuple[Removed, ...], second: tuple[Removed, ...]) -> tuple[Removed, ...]:
    """Cuts of a raw text, from the cuts made first and those made in what the first left."""
    if not first or not second:
        return first or second
    places = OffsetMap(first)
    starts = [earlier.span.start for earlier in first]
    pieces = list(first)
    for piece in second:
        whole = places.span_to_raw(piece.span)
        start = whole.start
        for earlier in first[bisect_left(starts, whole.start) : bisect_left(starts, whole.end)]:
            pieces.append(_cut(start, earlier.span.start, piece.rule))
            start = earlier.span.end
        pieces.append(_cut(start, whole.end, piece.rule))
    return merge(iter(pieces))


def find_layout(text: str) -> Iterator[Removed]:
    """Blanks at line ends and blank lines: of what stands between two lines, one line break stays."""
    place = 0
    for line in split_lines(text):
        gap = text[place : line.start]
        kept = gap.find("\n") if place else -1
        if kept >= 0:
            yield _cut(place, place + kept, "layout.blanks")
            yield _cut(place + kept + 1, line.start, "layout.blank-lines")
        else:
            yield _cut(place, line.start, "layout.edge")
        place = line.end
    yield _cut(place, len(text), "layout.edge")


def _cut(start: int, end: int, rule: str) -> Removed:
    return Removed(span=Span(start=start, end=end), rule=rule)


def _find_edges(text: str) -> Iterator[Removed]:
    """What is wrapped around the text, at its first and its last characters."""
    for rule in rules("start"):
        if (found := rule.pattern.match(text)) and found.end():
            yield _cut(0, found.end(), rule.id)
    tail = max(0, len(text) - LONGEST_EDGE)
    for rule in rules("end"):
        if (found := rule.pattern.search(text, tail)) and found.end() > found.start():
            yield _cut(found.start(), len(text), rule.id)


def _find_within(text: str) -> Iterator[Removed]:
    lower = text.lower()
    yield from _find_inline(text, lower)
    lines = list(split_lines(text))
    yield from find_lines(lines, lower)
    yield from find_repeats(text, lines)


def _find_inline(text: str, lower: str) -> Iterator[Removed]:
    for rule in rules_for("inline", lower):
        for found in rule.pattern.finditer(text):
            yield _cut(found.start(), _past_blanks(text, found.end()), rule.id)
    for rule in rules_for("link", lower):
        for found in rule.pattern.finditer(text):
            line_end = text.find("\n", found.end())
            line_end = line_end if line_end >= 0 else len(text)
            end = link_end(
                text, found.end(), line_end, may_be_quoted=rule.quoted, in_brackets=found.group().startswith("(")
            )
            yield _cut(found.start(), _past_blanks(text, end), rule.id)


def _past_blanks(text: str, place: int) -> int:
    found = _BLANKS.match(text, place)
    return found.end() if found else place

"""Page text that is not the article: which stretches to cut, and by which rule."""

import re
from collections.abc import Iterator, Sequence

from core.model import OffsetMap, Removed, Span, cut
from core.normalize.credits import credit_line
from core.normalize.dates import is_date_line
from core.normalize.lines import BLANK, Line, split_lines
from core.normalize.links import link_end
from core.normalize.repeats import find_repeats
from core.normalize.rules import Rule, rules

MOST_ROUNDS = 12  # cutting can lay bare what another rule cuts; real pages need two or three rounds
_BLANKS = re.compile(rf"[{BLANK}]*")


def find_removed(raw_text: str) -> tuple[Removed, ...]:
    """Everything to cut from a raw text: furniture, then the blank lines and blanks around what is left.

    Cutting what is returned leaves a text in which this function finds nothing more.
    """
    removed: tuple[Removed, ...] = ()
    text = raw_text
    for _ in range(MOST_ROUNDS):
        found = merge(_find_round(text))
        if not found:
            break
        removed = _compose(removed, found)
        text = cut(raw_text, removed)
    return _compose(removed, merge(find_layout(text)))


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
    pieces = list(first)
    for piece in second:
        whole = places.span_to_raw(piece.span)
        start = whole.start
        for earlier in first:
            if whole.start < earlier.span.end and earlier.span.start < whole.end:
                pieces.append(Removed(span=Span(start=start, end=earlier.span.start), rule=piece.rule))
                start = earlier.span.end
        pieces.append(Removed(span=Span(start=start, end=whole.end), rule=piece.rule))
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


def _find_round(text: str) -> Iterator[Removed]:
    lower = text.lower()
    yield from _find_edges(text, lower)
    yield from _find_inline(text, lower)
    lines = list(split_lines(text))
    yield from _find_lines(lines, lower)
    yield from find_repeats(text, lines)


def _find_edges(text: str, lower: str) -> Iterator[Removed]:
    for rule in rules("edge"):
        if rule.may_match(lower):
            for found in rule.pattern.finditer(text):
                yield _cut(found.start(), found.end(), rule.id)


def _find_inline(text: str, lower: str) -> Iterator[Removed]:
    for rule in rules("inline"):
        if rule.may_match(lower):
            for found in rule.pattern.finditer(text):
                yield _cut(found.start(), _past_blanks(text, found.end()), rule.id)
    for rule in rules("link"):
        if rule.may_match(lower):
            for found in rule.pattern.finditer(text):
                line_end = text.find("\n", found.end())
                line_end = line_end if line_end >= 0 else len(text)
                end = link_end(text, found.end(), line_end, may_be_quoted=rule.quoted)
                yield _cut(found.start(), _past_blanks(text, end), rule.id)


def _past_blanks(text: str, place: int) -> int:
    found = _BLANKS.match(text, place)
    return found.end() if found else place


def _find_lines(lines: Sequence[Line], lower: str) -> Iterator[Removed]:
    """Whole lines: by rule, by what stands above them, and by their shape at the head and the foot."""
    ruled: dict[int, Rule] = {}
    active = [rule for rule in rules("line") if rule.may_match(lower)]
    for number, line in enumerate(lines):
        if rule := _covering(active, line):
            ruled[number] = rule
    body = [number for number, line in enumerate(lines) if number not in ruled and line.is_paragraph]
    if body:
        heads = [rule for rule in rules("head") if rule.may_match(lower)]
        for number in range(body[0]):
            if number not in ruled and (rule := _covering(heads, lines[number])):
                ruled[number] = rule
        feet = [rule for rule in rules("foot") if rule.may_match(lower)]
        for number in range(body[-1] + 1, len(lines)):
            if number not in ruled and (rule := _covering(feet, lines[number])):
                ruled[number] = rule
    for number, rule in ruled.items():
        yield _cut(lines[number].start, lines[number].end, rule.id)
        if rule.takes:
            yield from _headlines_below(lines, number, rule, ruled)
    if body:
        yield from _foot_headlines(lines[body[-1] + 1 :], ends_in_list=lines[body[-1]].text[-1] == ":")
    for number in range(body[0] if body else 0):
        if is_date_line(lines[number].text):
            yield _cut(lines[number].start, lines[number].end, "header.date")


def _covering(candidates: Sequence[Rule], line: Line) -> Rule | None:
    if len(line.text) > 500:
        return None
    return next((rule for rule in candidates if rule.may_match(line.lower) and rule.covers(line.text)), None)


def _headlines_below(lines: Sequence[Line], number: int, rule: Rule, ruled: dict[int, Rule]) -> Iterator[Removed]:
    taken = 0
    for below in range(number + 1, len(lines)):
        line = lines[below]
        if taken >= rule.takes or line.is_paragraph or credit_line(line) is not None:
            return
        if below in ruled:
            continue
        if not line.is_headline:
            return
        taken += 1
        yield _cut(line.start, line.end, rule.id)


def _foot_headlines(foot: Sequence[Line], *, ends_in_list: bool) -> Iterator[Removed]:
    """Headlines of other articles below the last paragraph: two or more, long enough to be no list of names."""
    headlines = [line for line in foot if line.is_headline and credit_line(line) is None]
    if ends_in_list or len(headlines) < 2 or sum(len(line.words) for line in headlines) < 6 * len(headlines):
        return
    for line in headlines:
        yield _cut(line.start, line.end, "related.headlines")

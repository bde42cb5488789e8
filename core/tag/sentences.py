"""Splits a document into sentences. Lines always break; what never ends a sentence stands in abbreviations.yaml."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from core.model import Document, Span, ZoneKind
from core.resources import load_yaml
from core.tag.reading import Stretch

_CLOSERS = "\"'”’»)\\]"
# A stop with whatever closes behind it, then a gap, or the next sentence glued to it.
_STOP = re.compile(rf"[.!?…]+[{_CLOSERS}]*(?=\s+\S|[A-Z“‘\"])")
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘]+$")
_OPENS = re.compile(r"[A-Z0-9\"'“‘«(\[À-ÖØ-Þ\-–—*•]")
_GLUED = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]+\b)")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_WORD = re.compile(r"[A-Za-z]+")
_DOMAINS = frozenset({"com", "co", "id", "net", "org", "tv", "go", "news"})
_VIEW = 80  # code points looked at behind a stop
_UNSPOKEN: frozenset[ZoneKind] = frozenset({"byline", "editor", "credit"})


@dataclass(frozen=True, slots=True)
class _Rules:
    """The lists of abbreviations.yaml as sets."""

    titles: frozenset[str]
    inside: frozenset[str]
    closing: frozenset[str]
    starters: frozenset[str]
    glued: frozenset[str]
    graded: frozenset[str]


@cache
def _rules() -> _Rules:
    rows = load_yaml("abbreviations.yaml")
    kinds = ("titles", "inside", "closing", "starters", "glued", "graded")
    return _Rules(*(frozenset(str(row) for row in rows[kind]) for kind in kinds))


def split_sentences(document: Document) -> tuple[Stretch, ...]:
    """Sentences of title, subheads and body in order; a dateline belongs to the sentence it opens."""
    text = document.searched
    found: list[Stretch] = []
    for start, end, zone, opened in _blocks(document):
        found.extend(Stretch(span=span, zone=zone) for span in _split(text, start, end, opened))
    return tuple(found)


def _blocks(document: Document) -> Iterator[tuple[int, int, ZoneKind, int]]:
    """Stretches that no sentence may cross: start, end, zone, and where the dateline in it ends."""
    text = document.searched
    place = 0
    opened = 0
    for zone in document.zones:
        if zone.kind == "dateline":
            opened = zone.span.end
            continue
        yield from _lines(text, place, zone.span.start, "body", opened)
        if zone.kind not in _UNSPOKEN:
            yield from _lines(text, zone.span.start, zone.span.end, zone.kind, opened)
        place = zone.span.end
    yield from _lines(text, place, len(text), "body", opened)


def _lines(text: str, start: int, end: int, zone: ZoneKind, opened: int) -> Iterator[tuple[int, int, ZoneKind, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        if stop < 0:
            stop = end
        yield start, stop, zone, opened
        start = stop + 1


def _split(text: str, start: int, end: int, opened: int) -> Iterator[Span]:
    """Sentences of one line, trimmed; those without a letter or digit are left out."""
    place = start
    for cut in _cuts(text, start, end):
        if cut <= opened and start < opened:
            continue
        yield from _trimmed(text, place, cut)
        place = cut
    yield from _trimmed(text, place, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    piece = piece.strip()
    if piece and any(map(str.isalnum, piece)):
        yield Span(start=start + left, end=start + left + len(piece))


def _cuts(text: str, start: int, end: int) -> list[int]:
    line = text[start:end]
    cuts = [start + cut for cut in (_cut_at(line, stop) for stop in _STOP.finditer(line)) if cut]
    openers = _rules().glued
    for glue in _GLUED.finditer(line):
        word = _WORD.match(line, glue.start())
        if word and word.group() in openers:
            cuts.append(start + glue.start())
    return sorted(cuts)


def _cut_at(line: str, stop: re.Match[str]) -> int:
    """Where the sentence that may end at a stop does end, 0 where it goes on."""
    end = stop.end()
    glued = not line[end].isspace()
    if glued:
        return _cut_glued(line, stop)
    following = line[end : end + _VIEW].lstrip()
    if not _OPENS.match(following):
        return 0
    if stop.group()[0] != "." or stop.group().startswith(".."):
        return end
    return 0 if _goes_on(line, stop.start(), following) else end


def _goes_on(line: str, stop: int, following: str) -> bool:
    """Whether the full stop at `stop` belongs to a short form, initial or list number."""
    before = _LAST_WORD.search(line, max(0, stop - 30), stop)
    if before is None:
        return False
    word = before.group()
    if word.isdecimal():
        return before.start() == 0 and len(word) <= 2
    rules = _rules()
    short = word.lower()
    if short in rules.titles and word[0].isupper():
        return True
    if short in rules.inside:
        return following[0].isupper() or following[0].isdecimal()
    next_word = _WORD.match(following)
    if short in rules.closing:
        return following[0] in "(["
    if _INITIALS.fullmatch(word):
        if next_word is None or next_word.group() in rules.starters:
            return False
        earlier = _WORD.findall(line[max(0, before.start() - 24) : before.start()])
        return not earlier or earlier[-1].lower() not in rules.graded
    return False


def _cut_glued(line: str, stop: re.Match[str]) -> int:
    """The place of a stop that touches the next sentence: `selesai.Warga pulang`, `katanya."Kami ...`."""
    following = line[stop.end() : stop.end() + _VIEW]
    marks = stop.group()
    if following[0] in '"“‘' or marks[-1] in "\"'":
        return _cut_by_quotes(line, stop)
    word = _WORD.match(following)
    before = _LAST_WORD.search(line, max(0, stop.start() - 40), stop.start())
    if word is None or before is None or len(word.group()) < 2 or word.group().lower() in _DOMAINS:
        return 0
    last = before.group()
    rules = _rules()
    if last.lower() in rules.titles | rules.inside | rules.closing or "/" in last or "@" in last or "www" in last:
        return 0
    return stop.end() if last[-2:].islower() and len(last) > 2 and not word.group().isupper() else 0


def _cut_by_quotes(line: str, stop: re.Match[str]) -> int:
    """Straight marks between two glued sentences: an odd number before them means that they close."""
    marks = stop.group()
    if not marks.endswith('"'):
        return stop.end()
    bare = stop.start() + len(marks) - 1
    return stop.end() if line.count('"', max(0, bare - 20 * _VIEW), bare) % 2 else bare

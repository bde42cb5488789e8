"""Quotation marks: which opens, which closes, what stands between."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from core.model import Span

MARK = re.compile(r"&quot;|&[lr]dquo;|''|\"\"|``|‘‘|’’|[\"“”„‟«»‘’'‚`]|\n")
DOUBLE_OPEN = frozenset(("“", "„", "‟", "«", "&ldquo;", "‘‘", "``"))
DOUBLE_CLOSE = frozenset(("”", "»", "&rdquo;", "’’", "''"))
STRAIGHT = frozenset(('"', "&quot;", '""'))
SINGLE = frozenset(("'", "‘", "’", "`", "‚"))
LONGEST_QUOTE = 3000  # code points; a mark that finds no partner within this closes nothing
CLOSERS = frozenset(" \n\t\u00a0.,;:!?)]}-–—…")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch between marks: content without them, outer with them; closed is False where no mark closes it."""

    content: Span
    outer: Span
    single: bool = False
    closed: bool = True


def find_marked(text: str) -> list[Marked]:
    """All outermost stretches between quotation marks, in order of text.

    A line break ends an unclosed stretch, since paragraphs open anew. Single marks count only outside double ones,
    and only where they cannot be an apostrophe.
    """
    marks = list(MARK.finditer(text))
    doubles = _doubles(text, [mark for mark in marks if mark.group() not in SINGLE])
    found = doubles + _singles(text, [mark for mark in marks if mark.group() in SINGLE], doubles)
    return sorted((pair for pair in found if pair.content.end > pair.content.start), key=lambda pair: pair.outer.start)


def _doubles(text: str, marks: list[re.Match[str]]) -> list[Marked]:
    found: list[Marked] = []
    opened: re.Match[str] | None = None
    depth = 0
    for number, mark in enumerate(marks):
        if opened is None:
            if mark.group() != "\n" and _can_open(text, mark):
                opened, depth = mark, 1
        elif mark.group() == "\n":
            found.append(_unclosed(text, opened, mark.start()))
            opened = None
        elif _only_opens(text, mark):
            if _closed_twice(text, marks[number + 1 : number + 3]):
                depth += 1
            else:
                found.append(_unclosed(text, opened, mark.start()))
                opened, depth = mark, 1
        elif _closes(text, mark):
            depth -= 1
            if not depth:
                found.append(_pair(opened, mark))
                opened = None
    if opened is not None:
        found.append(_unclosed(text, opened, len(text)))
    return found


def _singles(text: str, marks: list[re.Match[str]], doubles: list[Marked]) -> list[Marked]:
    found: list[Marked] = []
    lone: re.Match[str] | None = None
    taken = sorted((pair.outer.start, pair.outer.end) for pair in doubles)
    for mark in marks:
        place = bisect_right(taken, (mark.start(), len(text))) - 1
        if place >= 0 and mark.start() < taken[place][1]:
            continue
        if lone is not None and "\n" in text[lone.end() : mark.start()]:
            lone = None
        lone = _single(text, mark, lone, found)
    return found


def _closed_twice(text: str, following: list[re.Match[str]]) -> bool:
    """Whether the next two double marks both close: then a mark that opens inside an open stretch is nested."""
    nearest = following[:2]
    return len(nearest) == 2 and not any(mark.group() == "\n" or _only_opens(text, mark) for mark in nearest)


def _pair(opened: re.Match[str], closed: re.Match[str], *, single: bool = False) -> Marked:
    content = Span(start=opened.end(), end=closed.start())
    return Marked(content=content, outer=Span(start=opened.start(), end=closed.end()), single=single)


def _unclosed(text: str, opened: re.Match[str], end: int) -> Marked:
    end = min(end, opened.end() + LONGEST_QUOTE)
    while end > opened.end() and text[end - 1].isspace():
        end -= 1
    return Marked(content=Span(start=opened.end(), end=end), outer=Span(start=opened.start(), end=end), closed=False)


def _can_open(text: str, mark: re.Match[str]) -> bool:
    if mark.group() in DOUBLE_OPEN:
        return True
    following = text[mark.end() : mark.end() + 1]
    return bool(following) and not (following.isspace() and _glued_left(text, mark))


def _glued_left(text: str, mark: re.Match[str]) -> bool:
    return mark.start() > 0 and not text[mark.start() - 1].isspace()


def _only_opens(text: str, mark: re.Match[str]) -> bool:
    if mark.group() in DOUBLE_OPEN:
        return True
    return not _glued_left(text, mark) and text[mark.end() : mark.end() + 1].strip() != ""


def _closes(text: str, mark: re.Match[str]) -> bool:
    if mark.group() in DOUBLE_OPEN:
        return False
    if mark.group() in DOUBLE_CLOSE or _glued_left(text, mark):
        return True
    return text[mark.end() : mark.end() + 1] in CLOSERS or mark.end() == len(text)


def _single(text: str, mark: re.Match[str], lone: re.Match[str] | None, found: list[Marked]) -> re.Match[str] | None:
    """Open or close a stretch between single marks; returns the mark that now stands open."""
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < len(text) else " "
    if lone is None:
        opens = not before.isalnum() and not after.isspace() and mark.group() != "’"
        return mark if opens else None
    if after.isalnum():
        return lone  # an apostrophe within a word
    if not before.isspace():
        found.append(_pair(lone, mark, single=True))
        return None
    return lone

"""Puts sentences together that a page broke at its links, each linked word on a line of its own."""

import re
from collections.abc import Collection

from core.ingest.linked_runs import linked_runs

_LINK_WORDS = 6  # a linked name or phrase is hardly longer
_LONG_WORDS = 8  # a line so long is prose and no item of a list
_FEWEST_JOINS = 3  # fewer are chance: a subheading, a caption, a list
_MAY_BE_BROKEN = re.compile(r"\n[ \t]*[a-z,.;:)]")
_CLOSING = ",.;:)"
_WITHIN = _CLOSING + "("  # no line of its own starts so
_FINAL = '.!?:;"”’'


def join_linked_lines(text: str) -> str:
    """The same text with line ends made spaces where they stand inside a sentence; none before a comma or stop."""
    if len(_MAY_BE_BROKEN.findall(text)) < _FEWEST_JOINS - 1:
        return text
    lines = text.split("\n")
    runs = linked_runs(lines)
    joined = runs | {number for number in range(len(lines) - 1) if _is_within(lines, number)}
    if not runs and (len(joined) < _FEWEST_JOINS or not _is_prose(lines, joined)):
        return text  # runs are evidence enough that a page broke its lines at links
    return _joined(lines, joined)


def _is_within(lines: list[str], number: int) -> bool:
    """Whether a line and the next are of one sentence by their own looks and those of the one after."""
    here, following = lines[number].strip(), lines[number + 1].strip()
    after = lines[number + 2].strip() if number + 2 < len(lines) else ""
    return _goes_on(here, following) or _leads_to_link(here, following, after)


def _joined(lines: list[str], joined: Collection[int]) -> str:
    """The lines as one text, each of `joined` on one line with the next that is not blank."""
    pieces: list[str] = []
    open_line = False
    for number, line in enumerate(lines):
        if open_line and not line.strip():
            continue
        if open_line:
            line = ("" if line.lstrip()[0] in _CLOSING else " ") + line.lstrip()
        elif number > 0:
            pieces.append("\n")
        open_line = number in joined
        pieces.append(line.rstrip() if open_line else line)
    return "".join(pieces)


def _goes_on(here: str, following: str) -> bool:
    """`Kim Jong Un` | `tiba di Moskow`, one of the two being a link."""
    if not here or not following or here[-1] in _FINAL:
        return False
    return (following[0].islower() or following[0] in _WITHIN) and (_is_link(here) or _is_link(following))


def _leads_to_link(here: str, following: str, after: str) -> bool:
    """`kata presiden` | `Vladimir Putin` | `kepada pers`."""
    if not here or not (here.split()[-1].islower() or here[-1] in ",("):
        return False
    return _is_link(following) and bool(after) and (after[0].islower() or after[0] in _WITHIN)


def _is_link(line: str) -> bool:
    return bool(line) and line[-1] not in _FINAL and len(line.split()) <= _LINK_WORDS


def _is_prose(lines: list[str], joined: Collection[int]) -> bool:
    """Whether enough of the lines that are joined are long: items of a list are all short."""
    parts = {number + step for number in joined for step in (0, 1)}
    return 3 * sum(len(lines[number].split()) >= _LONG_WORDS for number in parts) >= len(joined)

"""Puts sentences together that a page broke at its links, each linked word on a line of its own."""

import re

from core.ingest.linked_runs import join_linked_runs

_LINK_WORDS = 6  # a linked name or phrase is hardly longer
_LONG_WORDS = 8  # a line so long is prose and no item of a list
_FEWEST_JOINS = 3  # fewer are chance: a subheading, a caption, a list
_MAY_BE_BROKEN = re.compile(r"\n[ \t]*[a-z,.;:)]")
_CLOSING = ",.;:)"
_FINAL = '.!?:;"”’'


def join_linked_lines(text: str) -> str:
    """The same text with line ends made spaces where they stand inside a sentence; none before a comma or stop."""
    if len(_MAY_BE_BROKEN.findall(text)) < _FEWEST_JOINS - 1:
        return text
    text, before = join_linked_runs(text), text
    mended = before.count("\n") - text.count("\n")
    lines = text.split("\n")
    joined = [False] * len(lines)  # whether a line goes on with the one after it
    for number in range(len(lines) - 1):
        here, following = lines[number].strip(), lines[number + 1].strip()
        after = lines[number + 2].strip() if number + 2 < len(lines) else ""
        if _goes_on(here, following) or _leads_to_link(here, following, after):
            joined[number] = True
    if sum(joined) + mended < _FEWEST_JOINS or not _is_prose(lines, joined):
        return text
    pieces: list[str] = []
    for number, line in enumerate(lines):
        following = lines[number + 1].lstrip() if number + 1 < len(lines) else ""
        if number > 0 and joined[number - 1]:
            line = line.lstrip()
        if not joined[number]:
            pieces.append(line + ("\n" if number + 1 < len(lines) else ""))
        else:
            pieces.append(line.rstrip() + ("" if following[0] in _CLOSING else " "))
    return "".join(pieces)


def _goes_on(here: str, following: str) -> bool:
    """`Kim Jong Un` | `tiba di Moskow`, one of the two being a link."""
    if not here or not following or here[-1] in _FINAL:
        return False
    return (following[0].islower() or following[0] in _CLOSING) and (_is_link(here) or _is_link(following))


def _leads_to_link(here: str, following: str, after: str) -> bool:
    """`kata presiden` | `Vladimir Putin` | `kepada pers`."""
    if not here or not (here[-1].islower() or here[-1] in ",("):
        return False
    return _is_link(following) and bool(after) and (after[0].islower() or after[0] in _CLOSING)


def _is_link(line: str) -> bool:
    return bool(line) and line[-1] not in _FINAL and len(line.split()) <= _LINK_WORDS


def _is_prose(lines: list[str], joined: list[bool]) -> bool:
    """Whether enough of the lines that are joined are long: items of a list are all short."""
    parts = {number + step for number, on in enumerate(joined) if on for step in (0, 1)}
    long = sum(len(lines[number].split()) >= _LONG_WORDS for number in parts)
    return 3 * long >= sum(joined)

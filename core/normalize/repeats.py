"""What a page says twice: doubled captions, repeated paragraphs, a body saved twice."""

from collections.abc import Iterator, Sequence

from core.model import Removed, Span
from core.normalize.lines import Line

SHORTEST_REPEAT = 60  # characters of a paragraph that nobody writes twice
HEAD_PROBE = 80  # characters of the start that are looked for again


def find_repeats(text: str, lines: Sequence[Line]) -> Iterator[Removed]:
    """The second and later copies of long lines, and a second copy of the whole text within one line."""
    seen: set[str] = set()
    for line in lines:
        if len(line.text) < SHORTEST_REPEAT:
            continue
        if line.text in seen:
            yield Removed(span=Span(start=line.start, end=line.end), rule="repeat.paragraph")
        seen.add(line.text)
    start = len(text) - len(text.lstrip())
    probe = text[start : start + HEAD_PROBE]
    again = text.find(probe, start + HEAD_PROBE) if len(probe) == HEAD_PROBE else -1
    if again > 0 and not probe.isspace():
        copy = text[again:].rstrip(" \n\t'\"];")
        if len(copy) >= 3 * HEAD_PROBE and text.startswith(copy, start):
            yield Removed(span=Span(start=again, end=len(text)), rule="repeat.body")

"""Places in a document's text and in its raw text."""

from bisect import bisect_right
from collections.abc import Sequence

from core.model import Removed, Span


class OffsetMap:
    """Turns places in `text` into places in `raw_text` and back, from the removed spans alone."""

    def __init__(self, removed: Sequence[Removed]) -> None:
        self._raw_cuts: list[int] = []  # where each cut starts in raw_text
        self._text_cuts: list[int] = []  # where the same cut stands in text
        self._shifts: list[int] = [0]  # characters cut so far, before each cut and after the last
        gone = 0
        for cut in removed:
            self._raw_cuts.append(cut.span.start)
            self._text_cuts.append(cut.span.start - gone)
            gone += cut.span.end - cut.span.start
            self._shifts.append(gone)

    def to_raw(self, offset: int) -> int:
        """The raw place of the character at a text offset (past a cut that stands right there)."""
        return offset + self._shifts[bisect_right(self._text_cuts, offset)]

    def span_to_raw(self, span: Span) -> Span:
        """The raw stretch from a text span's first character through its last."""
        start = self.to_raw(span.start)
        return Span(start=start, end=self.to_raw(span.end - 1) + 1 if span.end > span.start else start)

    def to_text(self, offset: int) -> int:
        """The text place of a raw offset; inside a cut it is the place where the cut stands."""
        place = bisect_right(self._raw_cuts, offset)
        if place == 0:
            return offset
        return max(offset - self._shifts[place], self._text_cuts[place - 1])

"""Where a headline ends that a page ran into the article: `Baca juga: Harga Beras Naik Warga mengeluh ...`."""

from core.normalize.lines import LONGEST_HEADLINE_WORDS, Line


def link_end(text: str, start: int, line_end: int) -> int:
    """The place after the headline that starts at `start`, within a line that ends at `line_end`."""
    rest = Line(start, line_end, text[start:line_end].strip())
    if not rest.is_paragraph:
        return line_end
    return line_end

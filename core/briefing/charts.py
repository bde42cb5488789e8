"""Which charts a briefing may bring along: it may come from anyone, and a chart is a small program that draws.

Ours hold all their data, compare a field with a value and write numbers. What fetches, what makes rows out of nothing
and what runs a regular expression is not drawn.
"""

import re
from typing import Any

FORBIDDEN = frozenset(
    ("url", "href", "loader", "sequence", "graticule", "sphere", "signals", "signal", "update", "events",
     "regression", "loess", "density", "impute", "lookup")
)  # fmt: skip
"""Names of parts that reach out, make rows or cost more than their data is long."""

EXPRESSIONS = frozenset(("expr", "calculate", "filter", "test", "labelExpr", "groupby_expr"))
_HARMLESS = re.compile(r"[\w\s.,:?!=<>&|'+-]*(?:format\([\w.]+, '[\w.+~,%-]*'\)[\w\s.,:?!=<>&|'+-]*)*", re.ASCII)
_SIZES = frozenset(("width", "height", "step", "size", "padding", "fontSize", "strokeWidth", "scaleFactor"))
LARGEST_PIXELS = 20_000
DEEPEST = 40


def is_harmless(part: Any, depth: int = 0) -> bool:
    """Whether a Vega-Lite specification only draws the data that it holds, in a picture of sensible size."""
    if depth > DEEPEST:
        return False
    if isinstance(part, list):
        return all(is_harmless(one, depth + 1) for one in part)
    if not isinstance(part, dict):
        return True
    return all(_is_fine(name, value) and is_harmless(value, depth + 1) for name, value in part.items())


def _is_fine(name: str, value: Any) -> bool:
    if name in FORBIDDEN:
        return False
    if name in EXPRESSIONS and isinstance(value, str):
        return len(value) <= 500 and _HARMLESS.fullmatch(value) is not None
    return not (name in _SIZES and isinstance(value, int | float) and abs(value) > LARGEST_PIXELS)

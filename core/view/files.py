"""A chart as a file: PNG, SVG, or its specification with the data in it."""

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

import altair as alt

from core.view.look import Chart
from core.view.palette import INK

Kind = Literal["png", "svg", "json"]
PNG_SCALE = 2.0
WIDTH = 900
PAPER = {
    "background": "#ffffff",
    "font": "sans-serif",
    "axis": {"labelColor": "#33383d", "titleColor": "#33383d", "gridColor": "#e3e5e2", "labelFontSize": 12},
    "legend": {"labelColor": "#33383d", "titleColor": "#33383d", "labelFontSize": 12},
    "title": {
        "anchor": "start",
        "fontSize": 18,
        "subtitleFontSize": 12,
        "color": "#1f2328",
        "subtitleColor": "#4a5056",
        "subtitlePadding": 6,
        "offset": 14,
    },
}
PAPER_INK = "#1b1f23"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def chart_file(chart: Chart, kind: Kind, *, title: str, subtitle: str) -> bytes:
    """The chart on white paper with its title and its denominators, ready for a note.

    The figures keep the reader's convention; fonts are those of the machine.
    """
    specification = on_paper(chart, title, subtitle)
    if kind == "json":
        return json.dumps(specification, ensure_ascii=False, indent=1).encode()
    return drawn(specification, kind)


def drawn(specification: Mapping[str, Any], kind: Literal["png", "svg"]) -> bytes:
    """A picture of what on_paper made. Nothing is fetched: a specification may come from a file of others.

    Raises: ValueError when it is no drawing that the renderer knows.
    """
    import vl_convert  # late: loading the renderer takes longer than drawing a page

    sound = _drawable(specification)
    if kind == "png":
        picture: bytes = vl_convert.vegalite_to_png(sound, scale=PNG_SCALE, allowed_base_urls=[])
        return picture
    drawing: str = vl_convert.vegalite_to_svg(sound, allowed_base_urls=[])
    return drawing.encode()


def _drawable(part: Any) -> Any:
    """The same without characters that XML and expressions cannot hold: one in a label ends the whole process."""
    if isinstance(part, Mapping):
        return {_drawable(name): _drawable(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_drawable(one) for one in part]
    return _NOT_XML.sub("\ufffd", part) if isinstance(part, str) else part


def on_paper(chart: Chart, title: str, subtitle: str) -> dict[str, Any]:
    """The chart's specification on white paper, with all its data in it."""
    specification: dict[str, Any] = json.loads(chart.to_json(validate=False).replace(INK, PAPER_INK))
    specification["title"] = {"text": title, "subtitle": subtitle}
    specification["padding"] = 20
    specification.setdefault("width", WIDTH)
    specification["config"] = {**PAPER, "view": {"stroke": None}, "locale": specification["config"]["locale"]}
    specification["$schema"] = alt.SCHEMA_URL
    return specification

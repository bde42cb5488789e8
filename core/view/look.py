"""What all charts share: wording, colours, axes, tooltips and the way a mark is picked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from core.view.palette import INK, REST
from core.view.wording import Wording

PICK = "pick"
"""Name of the selection that a click on a mark makes; its fields are the keys of the figure."""

KEYS = "legend"
ROW_PIXELS = 26
LABEL_PIXELS = 190
FAINT = 0.35

Chart = alt.Chart | alt.LayerChart | alt.VConcatChart | alt.HConcatChart


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How charts speak and what colour each outlet has."""

    wording: Wording
    outlets: Mapping[str, str]

    def outlet(self, outlet_id: str) -> str:
        return self.outlets.get(outlet_id, REST)

    def text(self, key: str, **values: str | float) -> str:
        return self.wording.text(key, **values)

    def key(self) -> tuple[str, ...]:
        """What tells it from another, to keep drawings by."""
        return (self.wording.language, *(f"{outlet}={colour}" for outlet, colour in self.outlets.items()))


def pick(fields: Sequence[str]) -> alt.Parameter:
    """A click on a mark selects these fields of it; a second click elsewhere moves the choice."""
    return alt.selection_point(name=PICK, fields=list(fields), on="click", toggle=False)


def dimmed(chosen: alt.Parameter, full: float = 1.0) -> Any:
    """Opacity: full for what is picked (all, when nothing is), faint for the rest."""
    return alt.condition(chosen, alt.value(full), alt.value(full * FAINT))


def tips(look: Look, *columns: tuple[str, str]) -> list[alt.Tooltip]:
    """Tooltip lines from (column, message key); the columns hold text that is ready to be shown."""
    return [alt.Tooltip(field=field, type="nominal", title=look.text(key)) for field, key in columns]


def category_axis() -> alt.Axis:
    """Names down the left side, nothing else."""
    return alt.Axis(
        title=None,
        ticks=False,
        domain=False,
        grid=False,
        labelLimit=LABEL_PIXELS,
        labelPadding=8,
        labelOverlap=False,
        labelFlush=False,
    )


def count_axis(title: str | None) -> alt.Axis:
    """Whole numbers along a quiet grid."""
    return alt.Axis(
        title=title,
        tickMinStep=1,
        tickCount=5,
        format=",d",
        domain=False,
        ticks=False,
        gridOpacity=0.5,
        titleAnchor="start",
        titleFontWeight="normal",
    )


def time_axis(unit: str) -> alt.Axis:
    """Dates as dense as fits, in the words of the reader's language."""
    shape = "%b %Y" if unit == "month" else "%-d %b %Y"
    return alt.Axis(
        title=None, format=shape, labelAngle=0, labelOverlap=True, tickCount=6, grid=False, domainOpacity=0.5
    )


def padded() -> alt.Scale:
    """A time scale that keeps marks off the names at its side."""
    return alt.Scale(padding=22)


def coloured(field: str, colours: Mapping[str, str], **options: Any) -> alt.Color:
    """A fixed colour for each value, by its name."""
    return alt.Color(
        field=field, type="nominal", scale=alt.Scale(domain=list(colours), range=list(colours.values())), **options
    )


def legend(title: str | None = None, columns: int = 0) -> alt.Legend:
    """Above the chart, in reading order."""
    return alt.Legend(
        title=title,
        orient="top",
        direction="horizontal",
        columns=columns,
        labelLimit=320,
        symbolType="circle",
        symbolOpacity=1,
        symbolStrokeWidth=0,
        offset=12,
    )


def ink_text(**options: Any) -> dict[str, Any]:
    """Options of a text mark in the theme's text colour."""
    return {"color": INK, "fontSize": 12, "align": "left", "baseline": "middle", "dx": 5, **options}


def row_step(pixels: int = ROW_PIXELS) -> alt.Step:
    """The height of a chart with one category a row; a fixed height would have to guess the room of the axes."""
    whole_row: Any = {"for": "position"}  # not each of the marks that share it
    return alt.Step(pixels, **whole_row)


def spoken(chart: Any, look: Look, keys: Mapping[str, str] | None = None) -> Chart:
    """The finished chart: numbers and dates in the reader's convention, no frame around the plot.

    keys are the names of its legend with their colours, for screens that draw the legend themselves.
    """
    words = look.wording
    locale = {
        "number": {
            "decimal": words.decimal,
            "thousands": words.thousands,
            "grouping": [3],
            "currency": ["", ""],
        },
        "time": {
            "dateTime": "%A, %e %B %Y %X",
            "date": "%d/%m/%Y",
            "time": "%H:%M:%S",
            "periods": ["AM", "PM"],
            **words.time_names(),
        },
    }
    # in the configuration: of the options for embedding the browser's side of Streamlit keeps the renderer alone
    # a chart is one picture with a text beside it: a label on each of its marks would speak in names of columns
    finished: Chart = chart.configure(aria=False, locale=locale, view=alt.ViewConfig(stroke=None)).properties(
        usermeta={"embedOptions": {"renderer": "svg"}, KEYS: dict(keys or {})}
    )
    return finished


def as_text(frame: pd.DataFrame, look: Look, **columns: str) -> pd.DataFrame:
    """Adds columns of ready text: new name -> `column:kind`, kind one of number, signed, percent, date, decimal."""
    speak: dict[str, Callable[..., str]] = {
        "number": look.wording.number,
        "decimal": lambda value: look.wording.number(value, 2),
        "signed": look.wording.signed,
        "percent": look.wording.percent,
        "date": look.wording.partial_date,
    }
    added = {}
    for name, wish in columns.items():
        column, _, kind = wish.partition(":")
        added[name] = [speak[kind](value) for value in frame[column]]
    return frame.assign(**added)

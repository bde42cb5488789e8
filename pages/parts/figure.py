"""A figure: a card with its denominators, its chart, its table, its downloads, and the way to its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.view.cells import COLUMNS, kind_of, raw, said
from core.view.drawing import Drawing, drawing
from core.view.files import on_paper
from core.view.look import Chart, Look
from core.view.marked import legend_html
from core.view.wording import Wording
from pages.parts import evidence, picking
from pages.parts.downloads import figure_downloads, table_downloads
from pages.parts.evidence import Asker
from pages.parts.picking import Picture
from pages.parts.plain import plain
from pages.parts.wording import language, t

TABLE_ROWS = 12
MOST_ROWS = 2000  # more take a browser and the line to it seconds, and nobody reads them on a screen
ROW_PIXELS = 35
DRAWINGS_KEPT = 120  # some hundred kilobytes each; most are of no use once the corpus has grown


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """key names its widgets and files; columns are those of the table to show, in order; asker opens its evidence.

    A wide chart keeps its width on a telephone and is pushed sideways.
    """

    key: str
    title: str
    subtitle: str
    table: pd.DataFrame
    columns: Sequence[str]
    asker: Asker | None = None
    wide: bool = False


def show_figure(figure: Figure, chart: partial[Chart], *, note: str = "") -> None:
    """The card of a figure with a chart; an empty table says so instead of drawing nothing.

    What draws it comes with all that it draws, by which the drawing is kept.
    """
    with st.container(border=True, key=f"figure-{'wide-' * figure.wide}{figure.key}"):
        if figure.table.empty:
            _head(figure)
            st.caption(t("figure.nothing"))
            return
        with _head(figure):
            figure_downloads(figure.key, lambda: figure.table, chart, figure.title, figure.subtitle)
            _pick_button(figure, chart)
        key = f"{figure.key}.chart.{language()}.{evidence.turn(figure.key)}"
        spoken = f"{figure.title}. {figure.subtitle}"
        drawn = _drawn(chart)
        if drawn.keys:
            st.html(legend_html(drawn.keys))
        if figure.asker:
            st.vega_lite_chart(
                drawn.spec, key=key, alt=spoken,
                on_select=lambda: evidence.mark_picked(figure.key, key, figure.asker),
            )  # fmt: skip
        else:
            st.vega_lite_chart(drawn.spec, key=key, alt=spoken)
        if note:
            st.caption(note)
        with st.expander(t("figure.as_table", n=len(figure.table))):
            _rows(figure)
            if figure.asker:
                st.caption(t("figure.keyboard"))


def _named(chart: partial[Chart]) -> tuple[Any, ...]:
    return f"{chart.func.__module__}.{chart.func.__qualname__}", chart.args, chart.keywords


@st.cache_data(show_spinner=False, max_entries=DRAWINGS_KEPT, hash_funcs={Look: Look.key, partial: _named})
def _drawn(chart: partial[Chart]) -> Drawing:
    """The drawing of the same tables in the same look, whichever session asked first."""
    return drawing(chart())


def show_table(figure: Figure, *, note: str = "") -> None:
    """The card of a figure that is a table only."""
    with st.container(border=True, key=f"figure-{figure.key}"):
        with _head(figure):
            if not figure.table.empty:
                table_downloads(figure.key, lambda: figure.table)
                _pick_button(figure, None)
        if figure.table.empty:
            st.caption(t("figure.nothing"))
            return
        _rows(figure)
        if note:
            st.caption(note)


def _head(figure: Figure) -> Any:
    """Title and denominators, with room for the downloads at the right."""
    row = st.container(horizontal=True, vertical_alignment="top", gap="small", wrap=False)
    with row, st.container(gap=None):
        st.markdown(f"## {plain(figure.title)}", anchors=False)
        st.caption(plain(figure.subtitle))
    return row


def _pick_button(figure: Figure, chart: partial[Chart] | None) -> None:
    """Into the briefing, with the table whole."""

    def made(words: Wording) -> Picture:
        return Picture(
            key=figure.key,
            title=figure.title,
            subtitle=figure.subtitle,
            chart=None if chart is None else on_paper(chart(), figure.title, figure.subtitle),
            columns=tuple(words.text(f"column.{column}") for column in figure.columns),
            rows=raw(figure.table, figure.columns),
            shown=said(figure.table, figure.columns, words),
        )

    picking.figure_button(figure.key, made)


def _rows(figure: Figure) -> None:
    key = f"{figure.key}.table.{evidence.turn(figure.key)}"
    options: dict[str, Any] = {}
    if figure.asker:
        asker = figure.asker
        options = {
            "on_select": lambda: evidence.row_picked(figure.key, key, asker, figure.table),
            "selection_mode": "single-row",
        }
    shown = figure.table.head(MOST_ROWS)
    dated = [name for name in COLUMNS["iso"] if name in shown]
    table = shown.assign(**{name: shown[name].str[:10] for name in dated})
    st.dataframe(
        table, key=key, hide_index=True, column_order=list(figure.columns), alt=figure.title,
        column_config=column_config(figure.columns), placeholder="–",
        height=ROW_PIXELS * (min(len(figure.table), TABLE_ROWS) + 1) + 3, **options,
    )  # fmt: skip
    if len(shown) < len(figure.table):
        st.caption(t("figure.first_rows", n=len(shown)))


def column_config(columns: Sequence[str]) -> dict[str, Any]:
    """How each column is headed and how its values are written, by its name."""
    make = st.column_config
    return {
        column: {
            "share": lambda label: make.ProgressColumn(label, format="percent", min_value=0, max_value=1),
            "percent": lambda label: make.NumberColumn(label, format="percent"),
            "signed": lambda label: make.NumberColumn(label, format="%+.2f"),
            "decimal": lambda label: make.NumberColumn(label, format="%.2f"),
            "day": lambda label: make.DateColumn(label, format="localized"),
            "moment": lambda label: make.DatetimeColumn(label, format="localized"),
        }.get(kind_of(column), make.Column)(t(f"column.{column}"))
        for column in columns
    }

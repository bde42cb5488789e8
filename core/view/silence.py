"""Who wrote and who was silent: outlets along time, and outlets by event."""

import altair as alt
import pandas as pd

from core.view.look import (
    FAINT,
    Chart,
    Look,
    as_text,
    category_axis,
    coloured,
    dimmed,
    legend,
    pick,
    row_step,
    spoken,
    tips,
)
from core.view.matrices import SLANTED, column_axis
from core.view.palette import ACCENT, STATUS, ink_on
from core.view.timelines import Unit, periods

STATES = {"reported": ACCENT, "looked_back": STATUS["attributes"], "silent": STATUS["denies"]}
"""Drawn besides by their shape: a full cell, a ring, a short bar. What lies outside is left blank."""

CELL = 0.72
SHORT = 0.18


def by_period(frame: pd.DataFrame, look: Look, unit: Unit) -> Chart:
    """A full cell where an outlet wrote, a short bar where others did and it did not. Takes coverage.by_period.

    Columns are the periods on which anyone wrote, side by side, however far apart. Picks `outlet` and `key`.
    """
    frame = periods(frame, look, unit)
    shown = frame[frame["state"] != "outside"]
    shown = as_text(shown, look, said="articles:number", rest="others:number", of="of_independent:number")
    shown = _named(shown, look)
    colours = _colours(shown, look)
    chosen = pick(["outlet", "key"])
    names = list(dict.fromkeys(frame["outlet_name"]))
    base = alt.Chart(shown).encode(
        x=alt.X("when:O", sort=list(dict.fromkeys(frame.sort_values("period")["when"])), axis=_dates()),
        color=coloured("state_name", colours, legend=legend()),
        opacity=dimmed(chosen),
        tooltip=tips(
            look,
            ("outlet_name", "column.outlet_name"),
            ("when", "column.period"),
            ("state_name", "column.state_name"),
            ("said", "column.articles"),
            ("rest", "column.others"),
            ("of", "column.of_independent"),
        ),
    )
    rows = alt.Y("outlet_name:N", sort=names, axis=category_axis(), scale=alt.Scale(domain=names))
    layers = [
        base.transform_filter(f"datum.state == '{state}'")
        .mark_rect(cursor="pointer", height={"band": height}, width={"band": 0.9})
        .encode(y=rows)
        for state, height in (("reported", CELL), ("silent", SHORT))
    ]
    chart = alt.layer(layers[0].add_params(chosen), layers[1])
    return spoken(chart.properties(height=row_step(22)), look, colours)


def by_event(frame: pd.DataFrame, look: Look, name: str) -> Chart:
    """The same for events, a row each; name is the column of their names. Picks `event_id` and `outlet`."""
    shown = as_text(frame[frame["state"] != "outside"], look, said="articles:number", near="around:number")
    shown = _named(shown, look)
    colours = _colours(shown, look)
    chosen = pick(["event_id", "outlet"])
    base = alt.Chart(shown).encode(
        y=alt.Y(f"{name}:N", sort=list(dict.fromkeys(frame[name])), axis=_wide()),
        x=alt.X("outlet_name:N", sort=list(dict.fromkeys(frame["outlet_name"])), axis=column_axis()),
        color=coloured("state_name", colours, legend=legend()),
        opacity=dimmed(chosen, 1.0),
        tooltip=tips(
            look,
            (name, "column.event_label"),
            ("outlet_name", "column.outlet_name"),
            ("state_name", "column.state_name"),
            ("said", "column.articles"),
            ("near", "column.around"),
        ),
    )
    full = base.transform_filter("datum.state == 'reported'").mark_rect(cursor="pointer", cornerRadius=3)
    back = base.transform_filter("datum.state == 'looked_back'").mark_point(
        cursor="pointer", filled=False, size=110, strokeWidth=2.5
    )
    silent = base.transform_filter("datum.state == 'silent'").mark_tick(thickness=4, width=12, orient="horizontal")
    counts = (
        base.transform_filter("datum.state == 'reported'")
        .mark_text(fontSize=11)
        .encode(
            text="said:N",
            color=alt.value(ink_on(ACCENT)),
            opacity=alt.condition(chosen, alt.value(1), alt.value(FAINT)),
        )
    )
    return spoken(
        alt.layer(full.add_params(chosen), back, silent, counts).properties(height=row_step(28), padding=SLANTED),
        look,
        colours,
    )


def _named(shown: pd.DataFrame, look: Look) -> pd.DataFrame:
    return shown.assign(state_name=[look.wording.named("silence", state) for state in shown["state"]])


def _colours(shown: pd.DataFrame, look: Look) -> dict[str, str]:
    present = set(shown["state"])
    return {look.wording.named("silence", state): colour for state, colour in STATES.items() if state in present}


def _wide() -> alt.Axis:
    axis = category_axis()
    axis.labelLimit = 320
    return axis


def _dates() -> alt.Axis:
    """As many dates as fit, beneath their columns."""
    return alt.Axis(
        title=None,
        labelAngle=0,
        labelOverlap="greedy",
        labelSeparation=12,
        labelBound=True,
        grid=False,
        ticks=False,
        domain=False,
    )

"""Coverage gaps: which outlets said nothing on days, and about events, of which others wrote."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from core.analyze import coverage, overview
from core.store import Selection
from core.view import silence, timelines
from core.view.shaping import with_most
from pages.parts.asking import name_of
from pages.parts.event_choice import event_days
from pages.parts.evidence import Ask
from pages.parts.figure import Figure, show_figure, show_table
from pages.parts.house import ask
from pages.parts.screen import View
from pages.parts.wording import names_of, t, wording

UNITS: tuple[timelines.Unit, ...] = ("day", "week", "month")
COLUMNS, READABLE = 200, 60
"""Columns past which a unit is not offered, and past which a coarser one is shown first."""

EVENTS = 15


def gaps(view: View) -> None:
    _by_period(view)
    _by_event(view)


def _units(view: View) -> dict[timelines.Unit, int]:
    """The units whose chart stays readable, with how many columns each has; the coarsest in any case."""
    columns = {unit: int(ask(overview.timeline, view.filters, unit)["period"].nunique()) for unit in UNITS}
    return {unit: n for unit, n in columns.items() if n <= COLUMNS or unit == UNITS[-1]}


def _by_period(view: View) -> None:
    units = _units(view)
    first = next((unit for unit, columns in units.items() if columns <= READABLE), UNITS[-1])
    unit = st.segmented_control(
        t("overview.unit"), list(units), default=first, format_func=names_of("unit"), required=True,
        key=f"coverage_unit.{first}",
    )  # fmt: skip
    frame = timelines.with_keys(ask(coverage.by_period, view.filters, unit), unit)
    frame = frame.assign(state_name=[wording().named("silence", state) for state in frame["state"]])
    whole = coverage.by_outlet(frame)
    figure = Figure(
        key="coverage",
        title=t("outlets.coverage"),
        subtitle=t("outlets.coverage_sub", periods=frame["period"].nunique(), outlets=frame["outlet"].nunique(),
                   silent=int(whole["silent"].sum())),
        table=frame[frame["state"] != "outside"].reset_index(drop=True),
        columns=("period", "outlet_name", "state_name", "articles", "others", "of_independent"),
        asker=_of_period(view),
        wide=True,
    )  # fmt: skip
    most = with_most(frame.assign(whole=frame.groupby("outlet")["articles"].transform("sum")), rows="outlet_name",
                     by="whole")  # fmt: skip
    show_figure(figure, partial(silence.by_period, most, view.look, unit), note=t("outlets.coverage_note"))
    longest = Figure(
        key="silences",
        title=t("outlets.silences"),
        subtitle=t("outlets.silences_sub", unit=wording().named("unit", unit).lower()),
        table=whole[whole["silent"] > 0].reset_index(drop=True),
        columns=("outlet_name", "reported", "silent", "longest_silence", "silent_from", "silent_to"),
    )
    show_table(longest)


def _of_period(view: View) -> Any:
    """A full cell opens the outlet's articles, a short one those of the others."""

    def asker(picked: Mapping[str, Any]) -> Ask | None:
        key, outlet = picked["key"], picked["outlet"]
        wrote = picked.get("articles", 0)
        said = name_of(view, "period", key)
        if wrote:
            return Ask(title=f"{name_of(view, 'outlet', outlet)} · {said}",
                       selection=Selection(outlet=outlet, period=key), kind="articles")  # fmt: skip
        return Ask(title=t("outlets.others_wrote", when=said), selection=Selection(period=key), kind="articles")

    return asker


def _by_event(view: View) -> None:
    frame = ask(coverage.by_event, view.filters, top=EVENTS)
    frame = frame.assign(
        state_name=[wording().named("silence", state) for state in frame["state"]],
        event_label=[f"{event_days(row)} · {getattr(row, view.label)}" for row in frame.itertuples(index=False)],
    )
    states = {(row.event_id, row.outlet): row.state for row in frame.itertuples(index=False)}

    def asker(picked: Mapping[str, Any]) -> Ask | None:
        event, outlet = picked["event_id"], picked["outlet"]
        on_it = states.get((event, outlet)) in ("reported", "looked_back")
        label = next(iter(frame.loc[frame["event_id"] == event, "event_label"]), event)
        title = f"{name_of(view, 'outlet', outlet)} · {label}" if on_it else t("outlets.others_wrote", when=label)
        return Ask(title=title, selection=Selection(outlet=outlet if on_it else None), kind="reports", event=event)

    known = frame[frame["state"] != "outside"]
    figure = Figure(
        key="coverage-events",
        title=t("outlets.events"),
        subtitle=t("outlets.events_sub", n=frame["event_id"].nunique(),
                   silent=int((frame["state"] == "silent").sum())),
        table=known.reset_index(drop=True),
        columns=("event_label", "outlet_name", "state_name", "articles", "around"),
        asker=asker,
        wide=True,
    )  # fmt: skip
    shown = with_most(known.assign(most=known.groupby("outlet")["articles"].transform("sum")), rows="outlet_name",
                      by="most")  # fmt: skip
    shown = shown.sort_values("outlets", ascending=False, kind="stable")
    show_figure(figure, partial(silence.by_event, shown, view.look, "event_label"), note=t("outlets.events_note"))

"""Events along time: one row a kind of happening, one mark an event at its own date."""

import altair as alt
import pandas as pd

from core.view.look import (
    Chart,
    Look,
    as_text,
    category_axis,
    coloured,
    dimmed,
    legend,
    padded,
    pick,
    row_step,
    spoken,
    time_axis,
    tips,
)
from core.view.palette import SERIES

LABEL_PIXELS = 250

MARKS = {"text": "circle", "published": "diamond"}
"""What an event is drawn as: its date stands in the articles, or only when they came out is known."""


def events(frame: pd.DataFrame, look: Look, label: str) -> Chart:
    """When each event was. Takes dated rows of events.events with `group_name` and `event_when`; picks `event_id`.

    label is the column with the happening's name in the reader's language.
    """
    shown = as_text(frame, look, said="articles:number", texts="independent:number", later="looking_back:number")
    shown = shown.assign(weight=shown["planned"].map({True: 0.45, False: 0.9}), shape=shown["basis"].map(MARKS))
    shown = shown.sort_values(["area", label, "first_day"], kind="stable")
    names = list(dict.fromkeys(frame["group_name"]))
    colours = {name: SERIES[place % len(SERIES)] for place, name in enumerate(names)}
    chosen = pick(["event_id"])
    rows = category_axis()
    rows.grid, rows.gridOpacity, rows.labelLimit = True, 0.4, LABEL_PIXELS
    base = alt.Chart(shown).encode(
        y=alt.Y(f"{label}:N", sort=list(dict.fromkeys(shown[label])), axis=rows),
        color=coloured("group_name", colours, legend=legend(columns=4)),
        tooltip=tips(
            look,
            (label, "column.event_label"),
            ("event_when", "column.event_when"),
            ("kind_name", "column.kind_name"),
            ("said", "column.articles"),
            ("texts", "column.independent"),
            ("later", "column.looking_back"),
        ),
    )
    stretch = base.mark_rule(strokeWidth=4, strokeCap="round", opacity=0.35).encode(x="first_day:T", x2="last_day:T")
    marks = (
        base.mark_point(filled=True, cursor="pointer", stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X("first_day:T", axis=time_axis("day"), scale=padded()),
            size=alt.Size("articles:Q", scale=alt.Scale(range=[90, 700], domainMin=0), legend=None),
            shape=alt.Shape("shape:N", scale=None, legend=None),
            opacity=dimmed(chosen, 0.9),
        )
        .add_params(chosen)
    )
    return spoken(alt.layer(stretch, marks).properties(height=row_step()), look, colours)

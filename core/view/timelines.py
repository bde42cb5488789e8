"""Charts along time: articles, entities, tone and claims by period."""

from math import ceil
from typing import Literal

import altair as alt
import pandas as pd

from core.view.look import (
    FAINT,
    Chart,
    Look,
    as_text,
    category_axis,
    coloured,
    count_axis,
    dimmed,
    ink_text,
    legend,
    padded,
    pick,
    row_step,
    spoken,
    time_axis,
    tips,
)
from core.view.palette import INK, LAYER, REST, SERIES

Unit = Literal["day", "week", "month"]
HEIGHT = 260
TONE_MARKS = (-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1)
ROOM = 1.06  # so that the figures at the ends of a tone axis are not cut
ENOUGH = 5  # independent texts: a share of fewer is drawn faint


def unit_for(first: pd.Timestamp, last: pd.Timestamp) -> Unit:
    """The unit that gives between about 5 and 60 bars over a range of days."""
    days = (last - first).days
    return "day" if days <= 45 else "week" if days <= 300 else "month"


def period_key(period: pd.Timestamp, unit: Unit) -> str:
    """The period as the prefix that a selection takes: `2024-02-21`, `2024-W08` or `2024-02`."""
    if unit == "week":
        year, week, _ = period.isocalendar()
        return f"{year}-W{week:02d}"
    return period.strftime("%Y-%m" if unit == "month" else "%Y-%m-%d")


def with_keys(frame: pd.DataFrame, unit: Unit) -> pd.DataFrame:
    """The frame with the column `key`: its period as a selection takes it."""
    return frame.assign(key=[period_key(start, unit) for start in pd.DatetimeIndex(frame["period"])])


def periods(frame: pd.DataFrame, look: Look, unit: Unit) -> pd.DataFrame:
    """The frame with `key`, `until` (start of the next period) and `when` (the period in words)."""
    step = {"day": pd.DateOffset(days=1), "week": pd.DateOffset(weeks=1), "month": pd.DateOffset(months=1)}[unit]
    starts = pd.DatetimeIndex(frame["period"])
    return with_keys(frame, unit).assign(
        until=starts + step,
        when=[look.wording.period(start.date(), unit) for start in starts],
    )


def articles(frame: pd.DataFrame, look: Look, unit: Unit) -> Chart:
    """Articles by period, stacked by outlet. Takes overview.timeline; picks `outlet` and `key`."""
    known = frame["outlet"].map(look.outlet)
    others = look.text("chart.others")
    shown = frame.assign(colour=known, shown=frame["outlet_name"].where(known != REST, others))
    order = shown.groupby("shown")["articles"].sum().sort_values(ascending=False, kind="stable").index
    names = [name for name in order if name != others] + [name for name in order if name == others]
    shown = shown.assign(rank=shown["shown"].map({name: place for place, name in enumerate(names)}))
    shown = shown.sort_values(["period", "rank", "outlet"], kind="stable")
    top = shown.groupby("period")["articles"].cumsum()
    shown = periods(shown.assign(top=top, bottom=top - shown["articles"]), look, unit)
    shown = as_text(shown, look, said="articles:number", texts="independent:number")
    colours = dict(zip(shown["shown"], shown["colour"], strict=True))
    chosen = pick(["outlet", "key"])
    bars = (
        alt.Chart(shown)
        .mark_rect(cursor="pointer", stroke="white", strokeOpacity=0.25, strokeWidth=0.5)
        .encode(
            x=alt.X("period:T", axis=time_axis(unit)),
            x2="until:T",
            y=alt.Y("bottom:Q", axis=count_axis(look.text("chart.axis.articles"))),
            y2="top:Q",
            color=coloured("shown", {name: colours[name] for name in names}, legend=legend(columns=6)),
            opacity=dimmed(chosen),
            tooltip=tips(
                look,
                ("outlet_name", "column.outlet_name"),
                ("when", "column.period"),
                ("said", "column.articles"),
                ("texts", "column.independent"),
            ),
        )
        .add_params(chosen)
        .properties(height=HEIGHT)
    )
    return spoken(bars, look, {name: colours[name] for name in names})


def entities(frame: pd.DataFrame, look: Look, unit: Unit) -> Chart:
    """Share of independent texts that mention each entity, by period. Takes entities.over_time."""
    shown = as_text(
        periods(frame, look, unit),
        look,
        said="share:percent",
        texts="independent:number",
        of="of_independent:number",
        uses="mentions:number",
    )
    shown = shown.assign(enough=shown["of_independent"] >= ENOUGH)
    names = list(dict.fromkeys(shown["name"]))
    colours = {name: SERIES[place % len(SERIES)] for place, name in enumerate(names)}
    chosen = pick(["entity_id", "key"])
    base = alt.Chart(shown).encode(
        x=alt.X("period:T", axis=time_axis(unit)),
        y=alt.Y(
            "share:Q",
            axis=alt.Axis(
                title=look.text("chart.axis.share"),
                format="%",
                tickCount=4,
                domain=False,
                ticks=False,
                gridOpacity=0.5,
                titleFontWeight="normal",
            ),
            scale=alt.Scale(domainMin=0),
        ),
        color=coloured("name", colours, legend=legend(columns=4)),
    )
    points = (
        base.mark_circle(size=90, cursor="pointer")
        .encode(
            opacity=alt.condition(
                chosen,
                alt.Opacity("enough:N", legend=None, scale=alt.Scale(domain=[True, False], range=[1, FAINT])),
                alt.value(FAINT / 2),
            ),
            tooltip=tips(
                look,
                ("name", "column.name"),
                ("when", "column.period"),
                ("said", "column.share"),
                ("texts", "column.independent"),
                ("of", "column.of_independent"),
                ("uses", "column.mentions"),
            ),
        )
        .add_params(chosen)
    )
    return spoken(
        alt.layer(base.mark_line(strokeWidth=2, opacity=0.6), points).properties(height=HEIGHT), look, colours
    )


def tone(frame: pd.DataFrame, look: Look, unit: Unit) -> Chart:
    """Mean tone by period for narrator and quoted speech, with intervals. Takes tone.over_time."""
    shown = periods(frame, look, unit)
    shown = as_text(
        shown.assign(layer_name=[look.wording.named("layer", layer) for layer in shown["layer"]]),
        look,
        said="mean:signed",
        texts="independent:number",
        least="low:signed",
        most="high:signed",
    )
    chosen = pick(["layer", "key"])
    colours = {look.wording.named("layer", layer): colour for layer, colour in LAYER.items()}
    base = alt.Chart(shown).encode(
        x=alt.X("period:T", axis=time_axis(unit)), color=coloured("layer_name", colours, legend=legend())
    )
    score = alt.Y(
        "mean:Q", scale=tone_scale(shown["low"], shown["high"], shown["mean"]), axis=tone_axis(look, "chart.axis.tone")
    )
    zero = alt.Chart(pd.DataFrame({"at": [0.0]})).mark_rule(color=INK, strokeDash=[3, 3], opacity=0.6).encode(y="at:Q")
    band = base.mark_area(opacity=0.14).encode(y=alt.Y("low:Q"), y2="high:Q")
    points = (
        base.mark_circle(size=90, cursor="pointer")
        .encode(
            y=score,
            opacity=alt.condition(
                chosen,
                alt.Opacity("enough:N", legend=None, scale=alt.Scale(domain=[True, False], range=[1, FAINT])),
                alt.value(FAINT),
            ),
            tooltip=tips(
                look,
                ("layer_name", "column.layer"),
                ("when", "column.period"),
                ("said", "column.mean"),
                ("least", "column.low"),
                ("most", "column.high"),
                ("texts", "column.independent"),
            ),
        )
        .add_params(chosen)
    )
    return spoken(
        alt.layer(zero, band, base.mark_line(strokeWidth=1.5, opacity=0.6).encode(y=score), points).properties(
            height=HEIGHT
        ),
        look,
        colours,
    )


def tone_scale(*values: "pd.Series[float]") -> alt.Scale:
    """As wide to either side of 0 as the values need, in quarters of the range from -1 to 1."""
    most = max((float(column.abs().max()) for column in values if column.notna().any()), default=0.5)
    reach = min(1.0, max(0.5, ceil(most * 4 + 0.01) / 4))
    return alt.Scale(domain=[-reach * ROOM, reach * ROOM])


def tone_axis(look: Look, key: str | None) -> alt.Axis:
    """Marks in quarters of the range from -1 to 1."""
    return alt.Axis(
        title=look.text(key) if key else None,
        values=list(TONE_MARKS),
        domain=False,
        ticks=False,
        labelExpr="datum.value ? format(datum.value, '+.2f') : '0'",
        gridOpacity=0.4,
        titleFontWeight="normal",
        titleAnchor="middle",
    )


def claims(frame: pd.DataFrame, look: Look, label: str) -> Chart:
    """When each claim was reported: one row a claim, one dot a day. Takes claims.timeline."""
    shown = periods(frame, look, "day")
    shown = as_text(shown, look, said="articles:number", texts="independent:number").assign(
        group_name=[look.wording.named("group", group) for group in shown["group"]]
    )
    names = list(dict.fromkeys(shown["group_name"]))
    colours = {name: SERIES[place % len(SERIES)] for place, name in enumerate(names)}
    chosen = pick(["claim_id", "key"])
    dots = (
        alt.Chart(shown)
        .mark_circle(cursor="pointer", stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X("period:T", axis=time_axis("day"), scale=padded()),
            y=alt.Y(f"{label}:N", sort=list(dict.fromkeys(shown[label])), axis=_ruled()),
            size=alt.Size("articles:Q", scale=alt.Scale(range=[90, 700]), legend=None),
            color=coloured("group_name", colours, legend=legend()),
            opacity=dimmed(chosen, 0.9),
            tooltip=tips(
                look,
                (label, "column.claim"),
                ("group_name", "column.group"),
                ("when", "column.period"),
                ("said", "column.articles"),
                ("texts", "column.independent"),
            ),
        )
        .add_params(chosen)
        .properties(height=row_step())
    )
    return spoken(dots, look, colours)


def gaps(frame: pd.DataFrame, look: Look) -> Chart:
    """From the first to the last article of each outlet, its longest silence marked. Takes overview.gaps."""
    shown = as_text(frame, look, said="articles:number", silent="longest_gap_days:number")
    shown = shown.assign(
        colour=shown["outlet"].map(look.outlet),
        since=[look.wording.date(day) for day in shown["first_day"]],
        until=[look.wording.date(day) for day in shown["last_day"]],
    )
    chosen = pick(["outlet"])
    rows = alt.Y("outlet_name:N", sort=list(shown["outlet_name"]), axis=_ruled())
    hints = tips(
        look,
        ("outlet_name", "column.outlet_name"),
        ("said", "column.articles"),
        ("since", "column.first_day"),
        ("until", "column.last_day"),
        ("silent", "column.longest_gap_days"),
    )
    base = alt.Chart(shown).encode(y=rows, tooltip=hints)
    colour = alt.Color("colour:N", scale=None)
    span = (
        base.mark_rule(strokeWidth=5, strokeCap="round", cursor="pointer")
        .encode(
            x=alt.X("first_day:T", axis=time_axis("day"), scale=padded()),
            x2="last_day:T",
            color=colour,
            opacity=dimmed(chosen),
        )
        .add_params(chosen)
    )
    ends = base.mark_circle(size=70, opacity=1).encode(x="first_day:T", color=colour)
    lasts = base.mark_circle(size=70, opacity=1).encode(x="last_day:T", color=colour)
    silence = (
        alt.Chart(shown[shown["longest_gap_days"] > 1])
        .mark_rule(strokeWidth=5, color="white", strokeDash=[2, 3], opacity=0.75)
        .encode(y=rows, x="gap_from:T", x2="gap_to:T", tooltip=hints)
    )
    words = alt.Chart(shown).mark_text(**ink_text(dx=10)).encode(y=rows, x="last_day:T", text="said:N")
    return spoken(alt.layer(span, silence, ends, lasts, words).properties(height=row_step()), look)


def _ruled() -> alt.Axis:
    """Names down the left side with a hair line for each row."""
    axis = category_axis()
    axis.grid = True
    axis.gridOpacity = 0.4
    return axis

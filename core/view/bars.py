"""Ranked bars with their figures written beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

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
    ink_text,
    legend,
    pick,
    row_step,
    spoken,
    tips,
)
from core.view.palette import ACCENT, FAVOUR, INK, LABEL, TONE, ink_on

WIDE_ENOUGH = 0.1
"""Share from which a part of a bar has its figure written on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """What a ranked bar chart shows: the column of names, the column of values with its message key, the keys to pick.

    tail is a column of text to write behind the figure, such as its denominator.
    """

    name: str
    value: str
    title: str
    keys: tuple[str, ...]
    digits: int = 0
    tail: str | None = None


def ranked(frame: pd.DataFrame, look: Look, bars: Bars, colours: Mapping[str, str] | None = None) -> Chart:
    """One bar a row, in the frame's order. colours maps values of the first key to a colour; else the accent."""
    said = [look.wording.number(value, bars.digits) for value in frame[bars.value]]
    if bars.tail:
        said = [f"{number} {tail}" for number, tail in zip(said, frame[bars.tail], strict=True)]
    shown = frame.assign(said=said, colour=frame[bars.keys[0]].map(colours or {}).fillna(ACCENT))
    chosen = pick(bars.keys)
    reach = float(shown[bars.value].max() or 1) * 1.12  # room for the figures
    base = alt.Chart(shown).encode(
        y=alt.Y(f"{bars.name}:N", sort=list(shown[bars.name]), axis=category_axis()),
        x=alt.X(f"{bars.value}:Q", axis=None, scale=alt.Scale(domain=[0, reach])),
        tooltip=tips(look, (bars.name, f"column.{bars.name}"), ("said", bars.title)),
    )
    marks = (
        base.mark_bar(cursor="pointer", cornerRadiusEnd=2, height={"band": 0.68})
        .encode(color=alt.Color("colour:N", scale=None), opacity=dimmed(chosen))
        .add_params(chosen)
    )
    chart = alt.layer(marks, base.mark_text(**ink_text()).encode(text="said:N"))
    return spoken(chart.properties(height=row_step()), look)


def outlets(frame: pd.DataFrame, look: Look, bars: Bars) -> Chart:
    """Ranked bars in which every outlet has its own colour."""
    return ranked(frame, look, bars, {outlet: look.outlet(outlet) for outlet in frame["outlet"]})


def entities(frame: pd.DataFrame, look: Look, *, by: str = "mentions") -> Chart:
    """A count of entities with the colour of their label. Takes entities.ranking; picks `entity_id`."""
    shown = as_text(
        frame,
        look,
        figure=f"{by}:number",
        said="mentions:number",
        texts="independent:number",
        of="of_independent:number",
        media="outlets:number",
        stood="as_metonym:number",
    )
    shown = shown.assign(kind=[look.wording.named("label", label) for label in shown["label"]])
    twice = shown["name"].duplicated(keep=False)  # a make and its car: two rows, not one
    shown = shown.assign(name=shown["name"].where(~twice, shown["name"] + " (" + shown["kind"] + ")"))
    present = [label for label in LABEL if label in set(shown["label"])]
    colours = {look.wording.named("label", label): LABEL[label] for label in present}
    chosen = pick(["entity_id"])
    reach = float(shown[by].max() or 1) * 1.12
    base = alt.Chart(shown).encode(
        y=alt.Y("name:N", sort=list(shown["name"]), axis=category_axis()),
        x=alt.X(f"{by}:Q", axis=None, scale=alt.Scale(domain=[0, reach])),
        tooltip=tips(
            look,
            ("name", "column.name"),
            ("kind", "column.label"),
            ("said", "column.mentions"),
            ("stood", "column.as_metonym"),
            ("texts", "column.independent"),
            ("of", "column.of_independent"),
            ("media", "column.outlets"),
        ),
    )
    marks = (
        base.mark_bar(cursor="pointer", cornerRadiusEnd=2, height={"band": 0.68})
        .encode(color=coloured("kind", colours, legend=legend()), opacity=dimmed(chosen))
        .add_params(chosen)
    )
    chart = alt.layer(marks, base.mark_text(**ink_text()).encode(text="figure:N"))
    return spoken(chart.properties(height=row_step()), look, colours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What a diverging bar is made of: the column of its parts, left to right, with their colours; the keys to pick."""

    column: str
    colours: Mapping[str, str]
    keys: tuple[str, ...]


TONE_SIDES = Sides(column="tone", colours=TONE, keys=("outlet", "layer", "tone"))
FAVOUR_SIDES = Sides(column="favour", colours=FAVOUR, keys=("entity_id", "outlet", "layer", "favour"))


def tones(frame: pd.DataFrame, look: Look, *, by: str) -> Chart:
    """Sentences by polarity, negative to the left and positive to the right of a middle line.

    Takes tone.distribution; by is the column that names the rows, picks `outlet` (where it has one), `layer`
    and `tone`. Rows with too few texts are faint where the frame says so (enough).
    """
    return _sides(frame, look, by, TONE_SIDES)


def favours(frame: pd.DataFrame, look: Look, *, by: str) -> Chart:
    """Sentences by how they put an entity, unfavourable to the left. Takes tone.favours; picks `entity_id` too."""
    return _sides(frame, look, by, FAVOUR_SIDES)


def _sides(frame: pd.DataFrame, look: Look, by: str, sides: Sides) -> Chart:
    shown = _diverging(frame, by, sides)
    shown = as_text(shown, look, said="share:percent", count="sentences:number", of="of_sentences:number")
    part = f"{sides.column}_name"
    sure = shown["enough"] if "enough" in shown else pd.Series(True, index=shown.index)
    names = {code: look.wording.named(sides.column, code) for code in sides.colours}
    shown = shown.assign(**{part: shown[sides.column].map(names)}, weight=sure.map({True: 1.0, False: FAINT}))
    shown = shown.assign(ink=[ink_on(sides.colours[code]) for code in shown[sides.column]])
    colours = {names[code]: colour for code, colour in sides.colours.items()}
    reach = float(max(-shown["left"].min(), shown["right"].max()))
    chosen = pick([key for key in sides.keys if key in shown and shown[key].notna().all()])
    base = alt.Chart(shown).encode(
        y=alt.Y(f"{by}:N", sort=list(dict.fromkeys(shown[by])), axis=category_axis()),
        x=alt.X("left:Q", axis=None, scale=alt.Scale(domain=[-reach, reach])),
        tooltip=tips(
            look,
            (by, f"column.{by}"),
            (part, f"column.{sides.column}"),
            ("said", "column.share"),
            ("count", "column.sentences"),
            ("of", "column.of_sentences"),
        ),
    )
    full = alt.Opacity("weight:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[0, 1]))
    marks = (
        base.mark_bar(cursor="pointer", height={"band": 0.68})
        .encode(
            x2="right:Q",
            color=coloured(part, colours, legend=legend()),
            opacity=alt.condition(chosen, full, alt.value(FAINT)),
        )
        .add_params(chosen)
    )
    wide = alt.Chart(shown[shown["share"] >= WIDE_ENOUGH]).encode(
        y=alt.Y(f"{by}:N", sort=list(dict.fromkeys(shown[by]))), x=alt.X("middle:Q", axis=None), text="said:N"
    )
    on_full = wide.transform_filter("datum.weight == 1").mark_text(fontSize=11, baseline="middle")
    on_full = on_full.encode(color=alt.Color("ink:N", scale=None))
    on_faint = wide.transform_filter("datum.weight < 1").mark_text(color=INK, fontSize=11, baseline="middle")
    return spoken(alt.layer(marks, on_full, on_faint).properties(height=row_step()), look, colours)


def _diverging(frame: pd.DataFrame, by: str, sides: Sides) -> pd.DataFrame:
    """Ends of each bar so that half of its middle part lies on either side of 0."""
    order = list(sides.colours)
    pieces = []
    for _, rows in frame.groupby(by, sort=False):
        share = rows.set_index(sides.column)["share"].reindex(order).fillna(0.0)
        ends = [-share[order[0]] - share[order[1]] / 2]
        for part in order:
            ends.append(ends[-1] + share[part])
        place = rows[sides.column].map({part: number for number, part in enumerate(order)})
        pieces.append(rows.assign(left=[ends[at] for at in place], right=[ends[at + 1] for at in place]))
    joined = pd.concat(pieces) if pieces else frame.assign(left=[], right=[])
    return joined.assign(middle=(joined["left"] + joined["right"]) / 2)

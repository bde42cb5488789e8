"""Who passes what to whom: ribbons from column to column, each of them one row of a table that can be picked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from core.view.look import Chart, Look, coloured, dimmed, legend, pick, spoken, tips
from core.view.palette import INK, REST, ink_on

LEAST_STEP = 18  # pixels from the top of one node to the next, so that names never lie on each other
GAP = 6  # pixels between nodes
TALLEST = 300  # pixels of all ribbons together, gaps apart
THINNEST = 2.5  # pixels of a ribbon
WIDEST = 28  # pixels of one unit of weight, so that one article alone is a ribbon and not a wall
NODE_WIDTH = 0.012  # half of it, of the width from the first column to the last
PLATE_WIDTH = 0.075  # the same of inner columns, whose names stand in their nodes
PLATE_HEIGHT = 15  # pixels, the least for a name
MARGIN = 0.28  # room for names beside the first and the last column
HEAD_ROOM = 26  # pixels for the headings above the columns
POINTS = 12  # of a ribbon's curve between two columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What a flow chart is made of.

    columns hold the names, left to right; heads are what stands above them; weight is the column of the ribbons'
    width; keys are picked. colour is the column whose values colours maps to a colour; hints are tooltip lines of
    columns of ready text.
    """

    columns: tuple[str, ...]
    heads: tuple[str, ...]
    weight: str
    keys: tuple[str, ...]
    colour: str
    colours: Mapping[str, str]
    hints: Sequence[tuple[str, str]]


def flows(frame: pd.DataFrame, look: Look, flow: Flow) -> Chart:
    """Ribbons through the columns, as wide as their weight; a click on one picks the keys of its row."""
    shown = frame.reset_index(drop=True)
    nodes, tops, height = _layout(shown, flow)
    chosen = pick(flow.keys)
    across = alt.Scale(domain=[-MARGIN, 1 + MARGIN], nice=False)
    down = alt.Scale(domain=[height, -HEAD_ROOM], nice=False)
    place = alt.X("x:Q", axis=None, scale=across)
    ribbons = (
        alt.Chart(_curves(shown, flow, tops))
        .mark_area(cursor="pointer", interpolate="monotone")
        .encode(
            x=place,
            y=alt.Y("top:Q", axis=None, scale=down),
            y2="bottom:Q",
            detail="ribbon:N",
            color=coloured(flow.colour, flow.colours, legend=legend()),
            opacity=dimmed(chosen, 0.6),
            tooltip=tips(look, *flow.hints),
            description="spoken:N",
        )
        .add_params(chosen)
    )
    bars = (
        alt.Chart(nodes)
        .mark_rect(color=REST, cornerRadius=2)
        .encode(x=alt.X("left:Q", scale=across), x2="right:Q", y=alt.Y("top:Q", scale=down), y2="bottom:Q")
    )
    named = alt.Chart(nodes).encode(x=alt.X("at:Q", scale=across), y=alt.Y("middle:Q", scale=down), text="name:N")
    options: dict[str, Any] = {"fontSize": 11, "baseline": "middle", "limit": 150}
    first = named.transform_filter("datum.side == 'first'").mark_text(align="right", dx=-6, color=INK, **options)
    inner = named.transform_filter("datum.side == 'inner'").mark_text(color=ink_on(REST), **options)
    last = named.transform_filter("datum.side == 'last'").mark_text(align="left", dx=6, color=INK, **options)
    heads = (
        alt.Chart(_heads(flow))
        .mark_text(color=INK, fontSize=11, fontWeight="bold", baseline="top")
        .encode(x=alt.X("x:Q", scale=across), y=alt.value(0), text="head:N")
    )
    chart = alt.layer(ribbons, bars, first, inner, last, heads).properties(height=height + HEAD_ROOM)
    return spoken(chart, look, flow.colours)


def _layout(frame: pd.DataFrame, flow: Flow) -> tuple[pd.DataFrame, list[list[float]], float]:
    """The nodes with their places, the top of every ribbon at each column, and the height in pixels."""
    pixels = _pixels(frame, flow)
    orders = [_order(frame, column, flow.weight) for column in flow.columns]
    heights = [_sizes(frame, column, pixels) for column in flow.columns]
    totals = [sum(max(size + GAP, LEAST_STEP) for size in sizes.values()) for sizes in heights]
    height = max(totals)
    rows: list[dict[str, object]] = []
    tops: list[list[float]] = []
    for number in range(len(flow.columns)):
        x = number / (len(flow.columns) - 1)
        at = (height - totals[number]) / 2
        starts: dict[str, float] = {}
        for name in orders[number]:
            size = heights[number][name]
            step = max(size + GAP, LEAST_STEP)
            top = at + (step - size) / 2
            starts[name] = top
            at += step
            side = "first" if number == 0 else "last" if number == len(flow.columns) - 1 else "inner"
            width = PLATE_WIDTH if side == "inner" else NODE_WIDTH
            more = max(0.0, PLATE_HEIGHT - size) / 2 if side == "inner" else 0.0
            beside = {"first": x - width, "inner": x, "last": x + width}
            rows.append(
                {"name": name, "left": x - width, "right": x + width, "top": top - more, "bottom": top + size + more,
                 "middle": top + size / 2, "at": beside[side], "side": side}
            )  # fmt: skip
        tops.append(_ribbon_tops(frame, flow, number, orders, starts, pixels))
    return pd.DataFrame(rows), tops, height


def _pixels(frame: pd.DataFrame, flow: Flow) -> list[float]:
    """The width of each ribbon."""
    scale = min(TALLEST / max(float(frame[flow.weight].sum()), 1.0), WIDEST)
    return [max(float(weight) * scale, THINNEST) for weight in frame[flow.weight]]


def _order(frame: pd.DataFrame, column: str, weight: str) -> list[str]:
    """The names of a column, the heaviest first."""
    sums = frame.groupby(column, sort=False)[weight].sum()
    return [str(name) for name, _ in sorted(sums.items(), key=lambda item: (-float(item[1]), str(item[0])))]


def _sizes(frame: pd.DataFrame, column: str, pixels: list[float]) -> dict[str, float]:
    sizes: dict[str, float] = {}
    for name, size in zip(frame[column], pixels, strict=True):
        sizes[str(name)] = sizes.get(str(name), 0.0) + size
    return sizes


def _ribbon_tops(
    frame: pd.DataFrame,
    flow: Flow,
    number: int,
    orders: list[list[str]],
    starts: dict[str, float],
    pixels: list[float],
) -> list[float]:
    """Where each ribbon begins at a column: within its node they lie in the order of their other ends."""
    ranks = [{name: place for place, name in enumerate(order)} for order in orders]
    others = [place for place in range(len(flow.columns)) if place != number]

    def rank(row: int) -> tuple[int, ...]:
        return tuple(ranks[place][str(frame.at[row, flow.columns[place]])] for place in others)

    tops = [0.0] * len(frame)
    filled = dict(starts)
    for row in sorted(range(len(frame)), key=rank):
        name = str(frame.at[row, flow.columns[number]])
        tops[row] = filled[name]
        filled[name] += pixels[row]
    return tops


def _curves(frame: pd.DataFrame, flow: Flow, tops: list[list[float]]) -> pd.DataFrame:
    """The outline of every ribbon as points from left to right, with the columns of its row."""
    pixels = _pixels(frame, flow)
    parts = len(flow.columns) - 1
    points = []
    for row in range(len(frame)):
        for part in range(parts):
            for point in range(POINTS + (part == parts - 1)):
                share = point / POINTS
                eased = share * share * (3 - 2 * share)
                top = tops[part][row] + (tops[part + 1][row] - tops[part][row]) * eased
                points.append((row, (part + share) / parts, top, top + pixels[row]))
    outline = pd.DataFrame(points, columns=["ribbon", "x", "top", "bottom"])
    hints = [column for column, _ in flow.hints]
    kept = frame[list(dict.fromkeys([*flow.keys, flow.colour, *hints]))]
    kept = kept.assign(spoken=[" · ".join(map(str, row)) for row in kept[hints].itertuples(index=False, name=None)])
    return outline.merge(kept, left_on="ribbon", right_index=True)


def _heads(flow: Flow) -> pd.DataFrame:
    last = len(flow.columns) - 1
    return pd.DataFrame([{"x": number / last, "head": head} for number, head in enumerate(flow.heads)])

"""Who is named together with whom, as a drawing of nodes and edges."""

from collections.abc import Callable
from math import pi, sqrt

import altair as alt
import pandas as pd

from core.view.look import Chart, Look, as_text, coloured, dimmed, legend, pick, spoken, tips
from core.view.palette import INK, LABEL

HEIGHT = 520
REACH = 1.25  # of the axes: the layout lies in [-1, 1], the names need room
PIXELS_A_UNIT = HEIGHT / (2 * REACH)
AREA = (60, 1400)  # square pixels of the smallest and the largest node


def co_mentions(nodes: pd.DataFrame, edges: pd.DataFrame, look: Look) -> Chart:
    """Takes the frames of network.co_mentions; a click on a node picks `entity_id`."""
    nodes = as_text(nodes, look, said="mentions:number", texts="independent:number", links="degree:number")
    nodes = nodes.assign(kind=[look.wording.named("label", label) for label in nodes["label"]])
    nodes = nodes.assign(above=nodes["y"] + nodes["mentions"].map(_radius(nodes["mentions"].max())) / PIXELS_A_UNIT)
    edges = as_text(edges, look, said="sentences:number", texts="independent:number", tie="npmi:decimal")
    present = [label for label in LABEL if label in set(nodes["label"])]
    colours = {look.wording.named("label", label): LABEL[label] for label in present}
    chosen = pick(["entity_id"])
    across = alt.Scale(domain=[-REACH, REACH])
    lines = (
        alt.Chart(edges)
        .mark_rule(color=INK, opacity=0.4)
        .encode(
            x=alt.X("x:Q", axis=None, scale=across),
            y=alt.Y("y:Q", axis=None, scale=across),
            x2="other_x:Q",
            y2="other_y:Q",
            strokeWidth=alt.StrokeWidth("sentences:Q", scale=alt.Scale(range=[0.6, 6]), legend=None),
            tooltip=tips(
                look,
                ("name", "column.name"),
                ("other_name", "column.other_name"),
                ("said", "column.sentences"),
                ("texts", "column.independent"),
                ("tie", "column.npmi"),
            ),
        )
    )
    base = alt.Chart(nodes).encode(
        x=alt.X("x:Q", axis=None, scale=across),
        y=alt.Y("y:Q", axis=None, scale=across),
        tooltip=tips(
            look,
            ("name", "column.name"),
            ("kind", "column.label"),
            ("said", "column.mentions"),
            ("texts", "column.independent"),
            ("links", "column.degree"),
        ),
    )
    dots = (
        base.mark_circle(cursor="pointer", stroke="white", strokeWidth=1)
        .encode(
            size=alt.Size("mentions:Q", scale=alt.Scale(domainMin=0, range=list(AREA)), legend=None),
            color=coloured("kind", colours, legend=legend()),
            opacity=dimmed(chosen, 0.95),
        )
        .add_params(chosen)
    )
    names = (
        alt.Chart(nodes)
        .mark_text(color=INK, fontSize=11, dy=-8, align="center")
        .encode(x=alt.X("x:Q", axis=None, scale=across), y=alt.Y("above:Q", axis=None, scale=across), text="name:N")
    )
    return spoken(alt.layer(lines, dots, names).properties(height=HEIGHT), look, colours)


def _radius(most: float) -> Callable[[float], float]:
    """Pixels from a node's middle to its edge, by its mentions."""
    least, reach = AREA[0], AREA[1] - AREA[0]
    return lambda mentions: sqrt((least + reach * mentions / (most or 1)) / pi)

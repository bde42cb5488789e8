"""Who is named together with whom, as a drawing of nodes and edges."""

from collections.abc import Callable, Hashable
from math import pi, sqrt

import altair as alt
import pandas as pd

from core.view.look import Chart, Look, as_text, coloured, dimmed, legend, pick, spoken, tips
from core.view.palette import INK, LABEL

FEW, MANY = 40, 120
HEIGHT = {FEW: 520, MANY: 680}
TALLEST = 860
WIDTH = 880  # pixels that names are laid out for; on a wider screen they have more room
REACH = 1.12  # of the axes: the layout lies in [-1, 1], the names need room
AREA = (50, 1300)  # square pixels of the smallest and the largest node
LETTER, LINE = 6.2, 13.0  # pixels of a letter and a line of a name
TIES = 3
"""With many nodes only so many strongest ties of each are drawn; the table has all."""

ENDS = ("entity_id", "other_id")
Box = tuple[float, float, float, float]


def co_mentions(nodes: pd.DataFrame, edges: pd.DataFrame, look: Look) -> Chart:
    """Takes the frames of network.co_mentions; a click on a node picks `entity_id`."""
    nodes = as_text(nodes, look, said="mentions:number", texts="independent:number", links="degree:number")
    nodes = nodes.assign(kind=[look.wording.named("label", label) for label in nodes["label"]])
    height = next((tall for most, tall in HEIGHT.items() if len(nodes) <= most), TALLEST)
    nodes = _placed(nodes, height)
    if len(nodes) > FEW:
        edges = _strongest(edges)
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
        alt.Chart(nodes[nodes["is_named"]])
        .mark_text(color=INK, fontSize=11, align="center", baseline="middle")
        .encode(
            x=alt.X("name_x:Q", axis=None, scale=across), y=alt.Y("name_y:Q", axis=None, scale=across), text="name:N"
        )
    )
    return spoken(alt.layer(lines, dots, names).properties(height=height), look, colours)


def _strongest(edges: pd.DataFrame) -> pd.DataFrame:
    """The edges that are among the strongest of either end."""
    ends = pd.concat([edges[[end, "sentences"]].rename(columns={end: "node"}).assign(edge=edges.index) for end in ENDS])
    ends = ends.sort_values(["sentences", "edge"], ascending=[False, True])
    return edges.loc[sorted(set(ends.groupby("node").head(TIES)["edge"]))]


def _placed(nodes: pd.DataFrame, height: int) -> pd.DataFrame:
    """Where each name stands: above its node, below or beside it; is_named is False where no place is free.

    The most mentioned come first; a name gives way to other names and, where it can, to the dots of other nodes.
    """
    reach_of = _radius(float(nodes["mentions"].max() or 1) if len(nodes) else 1.0)
    dots = {
        index: (_pixels(float(x), WIDTH), _pixels(float(y), height), reach_of(float(mentions)))
        for index, x, y, mentions in zip(nodes.index, nodes["x"], nodes["y"], nodes["mentions"], strict=True)
    }
    taken: list[Box] = []
    found: dict[Hashable, tuple[float, float]] = {}
    seen: list[Box] = []
    for index in nodes.sort_values(["mentions", "entity_id"], ascending=[False, True]).index:
        others = [_box(x, y, 2 * reach, 2 * reach) for key, (x, y, reach) in dots.items() if key != index]
        wide = len(str(nodes.loc[index, "name"])) * LETTER
        place = _free(dots[index], wide, [*taken, *others]) or _free(dots[index], wide, [*taken, *seen])
        if place is not None:
            taken.append(_box(*place, wide, LINE))
            found[index] = place
        x, y, reach = dots[index]
        seen.append(_box(x, y, 2 * reach, 2 * reach))
    places = [found.get(index, (0.0, 0.0)) for index in nodes.index]
    return nodes.assign(
        name_x=[x / WIDTH * 2 * REACH - REACH for x, _ in places],
        name_y=[y / height * 2 * REACH - REACH for _, y in places],
        is_named=[index in found for index in nodes.index],
    )


def _free(dot: tuple[float, float, float], wide: float, taken: list[Box]) -> tuple[float, float] | None:
    """The middle of a name above, below, to the right or to the left of a dot, the first that is free."""
    x, y, reach = dot
    up, aside = reach + LINE / 2 + 1, reach + wide / 2 + 3
    for place in ((x, y + up), (x, y - up), (x + aside, y), (x - aside, y)):
        box = _box(*place, wide, LINE)
        if box[0] >= 0 and box[2] <= WIDTH and not any(_meet(box, other) for other in taken):
            return place
    return None


def _box(x: float, y: float, wide: float, tall: float) -> Box:
    return x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2


def _pixels(place: float, length: int) -> float:
    return (place + REACH) / (2 * REACH) * length


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _radius(most: float) -> Callable[[float], float]:
    """Pixels from a node's middle to its edge, by its mentions."""
    least, reach = AREA[0], AREA[1] - AREA[0]
    return lambda mentions: sqrt((least + reach * mentions / (most or 1)) / pi)

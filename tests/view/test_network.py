"""The drawing of the network stays readable: names do not overlap, ties are thinned out, all nodes are there."""

import random
from itertools import combinations

import pandas as pd
import pytest

from core.view import network
from core.view.look import Look
from core.view.wording import wording_of

LOOK = Look(wording=wording_of("en"), outlets={})


def nodes_of(count: int) -> pd.DataFrame:
    chance = random.Random(3)
    return pd.DataFrame(
        {
            "entity_id": [f"per:n{number}" for number in range(count)],
            "name": ["Nama " + "x" * chance.randrange(3, 20) for _ in range(count)],
            "label": "PER",
            "mentions": [chance.randrange(1, 400) for _ in range(count)],
            "independent": 2,
            "degree": 3,
            "x": [chance.uniform(-1, 1) for _ in range(count)],
            "y": [chance.uniform(-1, 1) for _ in range(count)],
        }
    )


def edges_of(nodes: pd.DataFrame, count: int) -> pd.DataFrame:
    pairs = list(combinations(range(len(nodes)), 2))[:count]
    return pd.DataFrame(
        {
            "entity_id": [nodes["entity_id"][one] for one, _ in pairs],
            "other_id": [nodes["entity_id"][other] for _, other in pairs],
            "name": "a", "other_name": "b", "sentences": range(1, count + 1), "independent": 2, "npmi": 0.5,
            "x": [nodes["x"][one] for one, _ in pairs], "y": 0.0,
            "other_x": [nodes["x"][other] for _, other in pairs], "other_y": 0.0,
        }
    )  # fmt: skip


def drawn(nodes: pd.DataFrame, edges: pd.DataFrame) -> dict[str, pd.DataFrame]:
    lines, dots, names = network.co_mentions(nodes, edges, LOOK).layer
    return {"lines": lines.data, "dots": dots.data, "names": names.data}


@pytest.mark.parametrize("count", [40, 200])
def test_names_do_not_overlap(count: int) -> None:
    nodes = nodes_of(count)
    found = drawn(nodes, edges_of(nodes, 60))
    height = network.co_mentions(nodes, edges_of(nodes, 60), LOOK).height
    boxes = []
    for row in found["names"].to_dict("records"):
        x = (row["name_x"] + network.REACH) / (2 * network.REACH) * network.WIDTH
        y = (row["name_y"] + network.REACH) / (2 * network.REACH) * height
        half = len(row["name"]) * network.LETTER / 2
        boxes.append((x - half, x + half, y - network.LINE / 2, y + network.LINE / 2))
    assert len(boxes) >= count / 4
    for one, other in combinations(boxes, 2):
        assert one[0] >= other[1] or other[0] >= one[1] or one[2] >= other[3] - 1e-6 or other[2] >= one[3] - 1e-6


def test_every_node_is_drawn_and_the_most_mentioned_is_named() -> None:
    nodes = nodes_of(200)
    found = drawn(nodes, edges_of(nodes, 60))
    assert len(found["dots"]) == 200
    assert nodes.loc[nodes["mentions"].idxmax(), "entity_id"] in set(found["names"]["entity_id"])


def test_with_many_nodes_the_strongest_ties_of_each_are_drawn() -> None:
    nodes = nodes_of(60)
    every = edges_of(nodes, 1500)
    found = drawn(nodes, every)["lines"]
    assert len(found) <= network.TIES * 60
    strongest = every.loc[every.groupby("entity_id")["sentences"].idxmax()]
    assert set(strongest.index) <= set(found.index)


def test_with_few_nodes_all_ties_are_drawn() -> None:
    nodes = nodes_of(40)
    assert len(drawn(nodes, edges_of(nodes, 500))["lines"]) == 500

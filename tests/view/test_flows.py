"""Ribbons and stacked shares: every row drawn once, nothing on top of anything, keys that can be picked."""

import pandas as pd
import pytest

from core.view import lineage, stacks
from core.view.flows import LEAST_STEP
from core.view.look import Look
from core.view.palette import outlet_colours
from core.view.wording import wording_of

LOOK = Look(wording=wording_of("id"), outlets=outlet_colours(["a", "b"]))


def routes(rows):
    frame = pd.DataFrame(rows, columns=["source", "kind", "relay", "path", "outlet", "articles"])
    return frame.assign(
        outlet_name=frame["outlet"].str.title(), citations=frame["articles"], independent=1, of_independent=2
    )


ROWS = [
    ("KCNA", "agency", "", "", "a", 5),
    ("KCNA", "agency", "AFP", "AFP", "b", 2),
    ("Reuters", "agency", "", "", "b", 1),
    ("Radio Pesisir", "media", "", "", "a", 1),
]


def drawn(chart):
    """The data of ribbons and of nodes."""
    spec = chart.to_dict()
    datasets = {name: pd.DataFrame(rows) for name, rows in spec["datasets"].items()}
    ribbons = next(frame for frame in datasets.values() if "ribbon" in frame)
    nodes = next(frame for frame in datasets.values() if "side" in frame)
    return ribbons, nodes


def test_every_row_is_one_ribbon_with_the_keys_that_a_click_picks():
    chart = lineage.routes(routes(ROWS), LOOK)
    ribbons, nodes = drawn(chart)
    assert ribbons["ribbon"].nunique() == len(ROWS)
    picked = ribbons.drop_duplicates("ribbon")[["source", "relay", "outlet"]]
    assert set(picked.itertuples(index=False, name=None)) == {(row[0], row[2], row[4]) for row in ROWS}
    params = [param for param in chart.to_dict()["params"] if param["name"] == "pick"]
    assert params[0]["select"]["fields"] == ["source", "relay", "outlet"]
    assert set(nodes["name"]) == {"KCNA", "Reuters", "Radio Pesisir", "AFP", LOOK.text("lineage.nobody"), "A", "B"}


def test_a_ribbon_keeps_its_width_and_widths_follow_the_articles():
    ribbons, _ = drawn(lineage.routes(routes(ROWS), LOOK))
    widths = (ribbons["bottom"] - ribbons["top"]).groupby(ribbons["ribbon"])
    assert (widths.max() - widths.min()).max() == pytest.approx(0)
    assert list(widths.first().rank(ascending=False)) == [1.0, 2.0, 3.5, 3.5]


def test_ribbons_fill_their_nodes_side_by_side():
    ribbons, nodes = drawn(lineage.routes(routes(ROWS), LOOK))
    first = ribbons[ribbons["x"] == 0].sort_values("top")
    assert all(first["top"].to_numpy()[1:] >= first["bottom"].to_numpy()[:-1] - 1e-6)
    kcna = nodes[(nodes["name"] == "KCNA") & (nodes["side"] == "first")].iloc[0]
    mine = first[first["source"] == "KCNA"]
    assert (mine["top"].min(), mine["bottom"].max()) == pytest.approx((kcna["top"], kcna["bottom"]))


def test_names_never_lie_on_each_other():
    many = [(f"Sumber {number:02d}", "media", "", "", "a", 1) for number in range(40)]
    _, nodes = drawn(lineage.routes(lineage.busiest_routes(routes(many)), LOOK))
    first = nodes[nodes["side"] == "first"].sort_values("middle")
    assert len(first) == lineage.SOURCES
    assert first["middle"].diff().min() >= LEAST_STEP - 1e-6


def test_what_says_its_way_comes_into_the_picture_first():
    many = [(f"Sumber {number:02d}", "media", "", "", "a", 9) for number in range(40)]
    kept = lineage.busiest_routes(routes([*many, ("KCNA", "agency", "AFP", "AFP", "b", 1)]))
    assert "KCNA" in set(kept["source"])


def test_pairs_of_unknown_order_have_a_colour_of_their_own():
    frame = pd.DataFrame(
        {"outlet": ["a", "a"], "outlet_name": ["A", "A"], "other": ["b", "c"], "other_name": ["B", "C"],
         "earlier": [True, False], "clusters": [3, 1], "agencies": ["AFP", ""]}
    )  # fmt: skip
    ribbons, _ = drawn(lineage.exchanges(frame, LOOK))
    assert set(ribbons["order_name"]) == {LOOK.text("order_of.earlier"), LOOK.text("order_of.unordered")}


def test_parts_of_a_bar_add_up_and_empty_ones_are_not_drawn():
    frame = pd.DataFrame(
        {"outlet": ["a", "b"], "outlet_name": ["A", "B"], "quotes": [4, 2], "direct": [1, 0], "mixed": [1, 0],
         "indirect": [2, 2], "independent": [2, 1], "share_low": [0.1, None], "share_high": [0.5, None],
         "enough": [True, False]}
    )  # fmt: skip
    spec = stacks.quotes(frame, LOOK).to_dict()
    parts = next(pd.DataFrame(rows) for rows in spec["datasets"].values() if "quote_kind" in rows[0])
    assert parts.groupby("outlet")["part"].sum().to_dict() == {"a": 1.0, "b": 1.0}
    assert set(parts.loc[parts["outlet"] == "b", "quote_kind"]) == {"indirect"}
    assert set(parts.loc[parts["outlet"] == "b", "range"]) == {"–"}

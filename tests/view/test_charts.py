"""Charts: valid, picking the keys they promise, with denominators in their tooltips, and fit for paper."""

import json

import pandas as pd
import pyarrow as pa
import pytest
import vl_convert

from core.view import bars, files, intervals, matrices, network, silence, spreads, timelines
from core.view.bars import Bars
from core.view.drawing import drawing
from core.view.look import Look
from core.view.palette import CATEGORIES, INK, REST, outlet_colours
from core.view.shaping import busiest, with_most
from core.view.wording import wording_of

OUTLETS = [f"media-{number:02d}" for number in range(16)]
LOOK = Look(wording=wording_of("id"), outlets=outlet_colours(OUTLETS))
MONTHS = pd.date_range("2023-09-01", periods=4, freq="MS")


def outlet_rows(**columns):
    return pd.DataFrame(
        {
            "outlet": OUTLETS,
            "outlet_name": [name.title() for name in OUTLETS],
            "articles": range(16, 0, -1),
            "independent": 1,
            **columns,
        }
    )


def entity_rows(**columns):
    labels = ["PER", "ORG", "GPE", "LOC", "PRODUCT"]
    return pd.DataFrame(
        {
            "entity_id": [f"e{number}" for number in range(5)],
            "name": list("ABCDE"),
            "label": labels,
            "mentions": [9, 7, 5, 3, 1],
            "independent": 2,
            "of_independent": 4,
            "outlets": 2,
            "as_metonym": 0,
            **columns,
        }
    )


def timeline():
    rows = [(month, outlet, outlet.title(), 2, 1) for month in MONTHS for outlet in OUTLETS]
    frame = pd.DataFrame(rows, columns=["period", "outlet", "outlet_name", "articles", "independent"])
    return timelines.articles(frame, LOOK, "month")


def gaps():
    days = {"first_day": MONTHS[0], "last_day": MONTHS[3], "gap_from": MONTHS[1], "gap_to": MONTHS[2]}
    return timelines.gaps(outlet_rows(longest_gap_days=30, **days), LOOK)


def trend():
    rows = [(month, f"e{number}", name, 0.5, 2, 4, 3) for month in MONTHS for number, name in enumerate("AB")]
    columns = ["period", "entity_id", "name", "share", "independent", "of_independent", "mentions"]
    return timelines.entities(pd.DataFrame(rows, columns=columns), LOOK, "month")


def means(**columns):
    rows = [(outlet, outlet.title(), layer) for outlet in OUTLETS[:3] for layer in ("narrator", "quoted")]
    frame = pd.DataFrame(rows, columns=["outlet", "outlet_name", "layer"])
    return frame.assign(mean=0.1, low=-0.2, high=0.4, sentences=9, independent=6, enough=[True, False] * 3, **columns)


def tone_over_time():
    frame = means().assign(period=list(MONTHS[:3]) * 2)
    return timelines.tone(frame, LOOK, "month")


def claim_days():
    frame = pd.DataFrame(
        {
            "period": MONTHS,
            "group": ["gift", "visits"] * 2,
            "claim_id": list("abab"),
            "articles": 2,
            "label_id": ["Satu", "Dua"] * 2,
            "independent": 1,
        }
    )
    return timelines.claims(frame, LOOK, "label_id")


def claim_matrix():
    statuses = ["asserts", "attributes", "hedges", "denies", "plans", "omits", "did not cover"]
    frame = pd.DataFrame(
        {
            "claim_id": "a",
            "label_id": "Satu",
            "outlet": OUTLETS[:7],
            "outlet_name": OUTLETS[:7],
            "status": statuses,
            "articles": 1,
            "independent": 1,
            "covering": 2,
            "attributed_to": None,
        }
    )
    return matrices.claims(frame, LOOK, "label_id")


def tones():
    rows = [
        (layer, tone, share)
        for layer in ("narrator", "quoted")
        for tone, share in (("negative", 0.2), ("neutral", 0.7), ("positive", 0.1))
    ]
    frame = pd.DataFrame(rows, columns=["layer", "tone", "share"])
    return bars.tones(
        frame.assign(outlet=None, layer_name=frame["layer"], sentences=5, of_sentences=50), LOOK, by="layer_name"
    )


def disagreement():
    frame = outlet_rows(narrator=0.1, quoted=-0.2, gap=-0.3, low=-0.5, high=0.0, enough=True)
    return intervals.disagreement(frame, LOOK)


def tone_spread():
    points = dict(zip(spreads.POINTS, (-0.5, -0.2, 0.0, 0.1, 0.4), strict=True))
    return spreads.tone_spread(means().drop(columns=["mean", "low", "high"]).assign(**points), LOOK)


def favours():
    rows = [
        (f"e{number}", name, favour, share)
        for number, name in enumerate("AB")
        for favour, share in (("unfavourable", 0.5), ("neutral", 0.3), ("favourable", 0.2))
    ]
    frame = pd.DataFrame(rows, columns=["entity_id", "name", "favour", "share"])
    frame = frame.assign(layer="quoted", sentences=5, of_sentences=50, enough=frame["name"] == "A")
    return bars.favours(frame, LOOK, by="name")


def stances():
    frame = means().assign(entity_id="e1", name="A")
    return matrices.stances(frame[frame["layer"] == "quoted"], LOOK)


def words():
    frame = pd.DataFrame(
        {
            "term": list("abc"),
            "delta": [1.0, 0.1, -1.0],
            "low": [0.5, -0.2, -1.5],
            "high": [1.5, 0.4, float("nan")],
            "count": 3,
            "reference_count": 2,
            "independent": 1,
        }
    )
    return intervals.distinctive_words(frame, LOOK, outlet="Satu", reference="Dua")


def shares():
    rows = [
        (f"e{number}", name, outlet, outlet, number / 5) for number, name in enumerate("ABC") for outlet in OUTLETS[:3]
    ]
    frame = pd.DataFrame(rows, columns=["entity_id", "name", "outlet", "outlet_name", "share"])
    return matrices.shares(
        frame.assign(independent=1, of_independent=5), LOOK, rows="name", keys=("entity_id", "outlet")
    )


def counts():
    frame = pd.DataFrame({"source": ["X", "Y"], "outlet": OUTLETS[:2], "outlet_name": OUTLETS[:2], "articles": [3, 1]})
    return matrices.counts(frame, LOOK, rows="source", value="articles", keys=("source", "outlet"))


def outlet_tones():
    return intervals.outlet_tones(outlet_rows(tone=0.1, tone_low=[None, *[0.0] * 15], tone_high=0.2), LOOK)


def pairs(**columns):
    named = [(one, one.title(), other, other.title()) for one in OUTLETS[:3] for other in OUTLETS[:3] if one != other]
    frame = pd.DataFrame(named, columns=["outlet", "outlet_name", "other", "other_name"])
    return frame.assign(**columns)


def shared_texts():
    counted = {"independent": [0, 1, 2, 3, 4, 5], "of_independent": 6, "share": 0.5, "low": 0.2, "high": 0.8}
    return matrices.shared(pairs(**counted), LOOK)


def likenesses():
    return matrices.alike(pairs(likeness=[0, 0.2, 0.4, 0.6, 0.8, 1], texts=5, other_texts=6), LOOK)


def silences():
    states = ["reported", "silent", "outside", "reported"]
    rows = [(month, outlet, outlet.title(), state, 1, 2, 3)
            for outlet in OUTLETS[:3] for month, state in zip(MONTHS, states, strict=True)]  # fmt: skip
    names = ["period", "outlet", "outlet_name", "state", "articles", "others", "of_independent"]
    return silence.by_period(pd.DataFrame(rows, columns=names), LOOK, "month")


def event_silences():
    states = ["reported", "looked_back", "silent", "outside"]
    rows = [(event, f"Event {event}", outlet, outlet.title(), state, 1, 2)
            for event in "ab" for outlet, state in zip(OUTLETS, states, strict=False)]  # fmt: skip
    names = ["event_id", "event_label", "outlet", "outlet_name", "state", "articles", "around"]
    return silence.by_event(pd.DataFrame(rows, columns=names), LOOK, "event_label")


def drawn_network():
    nodes = entity_rows(degree=1, x=[-1, 0, 1, 0.5, -0.5], y=[0, 1, 0, -1, -0.5])
    edges = pd.DataFrame(
        {
            "entity_id": ["e0"],
            "name": ["A"],
            "other_id": ["e1"],
            "other_name": ["B"],
            "sentences": [3],
            "independent": [2],
            "npmi": [0.4],
            "x": [-1],
            "y": [0],
            "other_x": [0],
            "other_y": [1],
        }
    )
    return network.co_mentions(nodes, edges, LOOK)


CHARTS = {
    "outlet_tones": (outlet_tones, ["outlet"]),
    "shared_texts": (shared_texts, ["outlet", "other"]),
    "likenesses": (likenesses, ["outlet", "other"]),
    "silences": (silences, ["outlet", "key"]),
    "event_silences": (event_silences, ["event_id", "outlet"]),
    "timeline": (timeline, ["outlet", "key"]),
    "gaps": (gaps, ["outlet"]),
    "trend": (trend, ["entity_id", "key"]),
    "tone over time": (tone_over_time, ["layer", "key"]),
    "claim days": (claim_days, ["claim_id", "key"]),
    "claim matrix": (claim_matrix, ["claim_id", "outlet"]),
    "tones": (tones, ["layer", "tone"]),
    "tone means": (lambda: intervals.tone_means(means(), LOOK, by="outlet_name", key="outlet"), ["outlet", "layer"]),
    "tone spread": (tone_spread, ["outlet", "layer"]),
    "favours": (favours, ["entity_id", "layer", "favour"]),
    "stances": (stances, ["entity_id", "outlet", "layer"]),
    "disagreement": (disagreement, ["outlet", "layer"]),
    "words": (words, ["term"]),
    "shares": (shares, ["entity_id", "outlet"]),
    "counts": (counts, ["source", "outlet"]),
    "network": (drawn_network, ["entity_id"]),
    "entities": (lambda: bars.entities(entity_rows(), LOOK), ["entity_id"]),
    "outlets": (
        lambda: bars.outlets(
            outlet_rows(), LOOK, Bars(name="outlet_name", value="articles", title="column.articles", keys=("outlet",))
        ),
        ["outlet"],
    ),
}


@pytest.fixture(params=CHARTS, scope="module")
def drawn(request):
    make, keys = CHARTS[request.param]
    chart = make()
    return chart, chart.to_dict(), keys


def rows_of(specification):
    return [row for rows in specification["datasets"].values() for row in rows]


def legends_of(specification):
    colours = [view.get("encoding", {}).get("color", {}) for view in specification.get("layer", [specification])]
    return [colour.get("legend") for colour in colours]


def test_a_click_picks_the_keys_of_the_figure(drawn):
    _, specification, keys = drawn
    (chosen,) = [param for param in specification["params"] if param["name"] == "pick"]
    assert chosen["select"]["fields"] == keys
    assert any(set(keys) <= set(row) for row in rows_of(specification))


def test_marks_tell_what_they_stand_for(drawn):
    _, specification, _ = drawn
    views = specification.get("layer", [specification])
    assert any(view.get("encoding", {}).get("tooltip") for view in views)


def test_numbers_follow_the_reader(drawn):
    _, specification, _ = drawn
    locale = specification["config"]["locale"]
    assert (locale["number"]["decimal"], locale["number"]["thousands"]) == (",", ".")
    assert locale["time"]["shortMonths"][4] == "Mei"
    assert locale["time"]["days"][0] == "Minggu"


def bones(part):
    """A specification without its tables, the names that stand for them, its legends and its sizes."""
    if isinstance(part, list):
        return [bones(one) for one in part]
    if not isinstance(part, dict):
        return part
    left_out = {"datasets", "data", "continuousWidth", "continuousHeight"}
    return {name: None if name == "legend" else bones(one) for name, one in part.items() if name not in left_out} | (
        {"legend": None} if "field" in part else {}
    )


def test_a_screen_gets_the_same_marks_with_tables_beside_and_draws_the_legend_itself(drawn):
    chart, specification, _ = drawn
    given = drawing(chart)
    assert bones(given.spec) == bones(specification)
    tables = [pa.ipc.open_stream(table).read_all() for table in given.spec["datasets"].values()]
    assert sum(table.num_rows for table in tables) == len(rows_of(specification))
    assert {name for row in rows_of(specification) for name in row} == {
        name for table in tables for name in table.column_names
    }
    assert any(legends_of(specification)) or not given.keys
    assert not any(legends_of(given.spec))
    assert chart.to_dict() == specification


def test_a_screen_can_draw_it(drawn):
    chart, _, _ = drawn
    spec = dict(drawing(chart).spec)
    tables = {name: pa.ipc.open_stream(table).read_all().to_pandas() for name, table in spec["datasets"].items()}
    rows = {name: json.loads(table.to_json(orient="records", date_format="iso")) for name, table in tables.items()}
    assert "<svg" in vl_convert.vegalite_to_svg(spec | {"datasets": rows}, allowed_base_urls=[])


def test_looks_are_told_apart_by_language_and_colours():
    others = [Look(wording=wording_of("en"), outlets=LOOK.outlets), Look(wording=LOOK.wording, outlets={"a": REST})]
    assert len({LOOK.key(), *(other.key() for other in others)}) == 3


@pytest.mark.parametrize("kind", ["png", "svg", "json"])
def test_a_chart_goes_on_paper_with_its_title_and_denominators(kind):
    made = files.chart_file(shares(), kind, title="Judul uji", subtitle="5 teks mandiri")
    if kind == "png":
        assert made.startswith(b"\x89PNG")
        return
    text = made.decode()
    assert "Judul uji" in text
    assert "5 teks mandiri" in text
    assert INK not in text
    if kind == "json":
        assert rows_of(json.loads(text))


def test_outlets_beyond_the_palette_are_the_others():
    specification = timeline().to_dict()
    named = {row["outlet"]: row["shown"] for row in rows_of(specification)}
    others = [outlet for outlet, shown in named.items() if shown == "lainnya"]
    assert len(others) == len(OUTLETS) - len(CATEGORIES)
    assert all(LOOK.outlet(outlet) == REST for outlet in others)
    assert specification["encoding"]["color"]["scale"]["domain"][-1] == "lainnya"


def test_stacks_add_up():
    frame = pd.DataFrame(rows_of(timeline().to_dict()))
    assert (frame["top"] - frame["bottom"] == frame["articles"]).all()
    assert frame.groupby("period")["top"].max().tolist() == frame.groupby("period")["articles"].sum().tolist()


def test_half_of_neutral_lies_on_either_side_of_the_middle():
    frame = pd.DataFrame(rows_of(tones().to_dict()))
    neutral = frame[frame["tone"] == "neutral"]
    assert (neutral["left"] + neutral["right"]).abs().max() < 1e-9
    assert ((frame["right"] - frame["left"]) - frame["share"]).abs().max() < 1e-9


@pytest.mark.parametrize(
    ("day", "unit", "key"),
    [
        ("2024-12-30", "week", "2025-W01"),
        ("2024-02-21", "day", "2024-02-21"),
        ("2024-02-01", "month", "2024-02"),
        ("2021-01-03", "week", "2020-W53"),
    ],
)
def test_a_period_becomes_the_prefix_that_a_selection_takes(day, unit, key):
    assert timelines.period_key(pd.Timestamp(day), unit) == key


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        ("2024-01-01", "2024-01-01", "day"),
        ("2024-01-01", "2024-02-15", "day"),
        ("2024-01-01", "2024-02-16", "week"),
        ("2024-01-01", "2024-10-27", "week"),
        ("2024-01-01", "2024-10-28", "month"),
    ],
)
def test_the_unit_suits_the_range(first, last, unit):
    assert timelines.unit_for(pd.Timestamp(first), pd.Timestamp(last)) == unit


def test_the_busiest_rows_and_outlets_come_first():
    frame = pd.DataFrame({"source": list("aabbc"), "outlet_name": list("xyxyz"), "articles": [1, 2, 5, 1, 4]})
    top = busiest(frame, rows="source", by="articles")
    assert list(dict.fromkeys(top["source"])) == ["b", "c", "a"]
    assert top["outlet_name"].tolist()[0] == "x"
    assert len(top) == len(frame)


def test_the_groups_with_the_most_come_first_and_whole():
    frame = pd.DataFrame({"outlet": list("aabbc"), "layer": list("nqnqn"), "independent": [1, 2, 5, 1, 4]})
    top = with_most(frame, rows="outlet", by="independent", most=2)
    assert list(top[["outlet", "layer"]].itertuples(index=False, name=None)) == [("b", "n"), ("b", "q"), ("c", "n")]
    assert len(with_most(frame.head(0), rows="outlet", by="independent")) == 0


def test_the_tone_axis_is_written_in_the_readers_convention():
    drawing = files.drawn(tone_spread().to_dict(), "svg").decode()
    assert ">−0,25<" in drawing
    assert ">+0,25<" in drawing


def test_figures_on_faint_bars_take_the_ink():
    full, faint = (layer for layer in favours().to_dict()["layer"] if "transform" in layer)
    assert (full["transform"][0]["filter"], full["encoding"]["color"]["field"]) == ("datum.weight == 1", "ink")
    assert (faint["transform"][0]["filter"], faint["mark"]["color"]) == ("datum.weight < 1", INK)
    weights = {row["name"]: row["weight"] < 1 for row in rows_of(favours().to_dict()) if "weight" in row}
    assert weights == {"A": False, "B": True}

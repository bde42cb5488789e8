"""Picking, ordering and comparing; JSON there and back; damaged files are told."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.briefing import File, difference
from core.briefing.records import MOST_ITEMS, Briefing, from_json, to_json
from core.errors import BriefingError
from tests.briefing.examples import FILE, STATE, briefing, figure, sentence


def test_json_there_and_back():
    made = briefing()
    assert from_json(to_json(made), "note.json") == made
    assert to_json(from_json(to_json(made), "note.json")) == to_json(made)


@settings(max_examples=50, deadline=None)
@given(st.text(), st.text(), st.integers(0, 10**6))
def test_any_words_come_back(title, note, number):
    made = Briefing(title=title, summary=note, language="id").having(sentence(note=note, sentence=number), [FILE])
    assert from_json(to_json(made), "x") == made


def test_the_same_figure_is_there_once():
    made = briefing(figure(), sentence()).having(figure(subtitle="4 articles"), [])
    assert [type(item).__name__ for item in made.items] == ["PickedSentence", "PickedFigure"]
    assert made.items[1].subtitle == "4 articles"


def test_another_filter_makes_another_figure():
    made = briefing(figure()).having(figure(state=replace(STATE, link="entities?outlet=tempo")), [])
    assert len(made.items) == 2


def test_files_join_without_doubles():
    other = File(name="b.txt", sha256="b" * 64)
    made = briefing(sentence()).having(figure(), [FILE, other])
    assert made.files == (FILE, other)
    assert made.without(0).files == (FILE, other)
    assert made.without(0).without(0).files == ()


@pytest.mark.parametrize(("place", "by", "wanted"), [(0, 1, "bac"), (2, -1, "acb"), (0, -1, "abc"), (2, 5, "abc")])
def test_items_move(place, by, wanted):
    made = briefing(*(sentence(document_id=name) for name in "abc")).moved(place, by)
    assert "".join(item.document_id for item in made.items) == wanted


def test_a_note_stands_at_its_item():
    made = briefing().noted(1, "look here")
    assert [item.note for item in made.items] == ["", "look here"]


def test_a_full_briefing_says_so():
    made = briefing(sentence(sentence=0))
    for number in range(1, MOST_ITEMS):
        made = made.having(sentence(sentence=number), [])
    assert len(made.having(sentence(sentence=3), []).items) == MOST_ITEMS
    with pytest.raises(BriefingError, match=str(MOST_ITEMS)):
        made.having(sentence(sentence=MOST_ITEMS), [])


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, "same"),
        ({"articles": 9}, "same"),
        ({"tagger": "t-2"}, "tagger"),
        ({"telaah": "9"}, "tagger"),
        ({"files": "0" * 64}, "files"),
        ({"files": "0" * 64, "tagger": "t-2"}, "both"),
    ],
)
def test_what_stands_between_two_states(changes, wanted):
    assert difference(STATE, replace(STATE, **changes)) == wanted


def changed(**values):
    return json.dumps({**json.loads(to_json(briefing())), **values})


def with_chart(chart):
    whole = json.loads(to_json(briefing()))
    whole["items"][0]["chart"] = chart
    return json.dumps(whole)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "7", '{"schema": "telaah.article/1"}', changed(items=[{"kind": "figure"}]), changed(title=None),
        changed(files="x"), changed(items=[7]), "[" * 100_000,
        with_chart("bar"), with_chart({"data": {"url": "file:///etc/hostname"}}),
        with_chart({"layer": [{"mark": {"type": "bar", "href": "http://127.0.0.1/"}}]}),
    ],
)  # fmt: skip
def test_what_is_no_briefing_is_told_with_its_name(text):
    with pytest.raises(BriefingError, match=r"note\.html"):
        from_json(text, "note.html")

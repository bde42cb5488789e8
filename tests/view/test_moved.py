"""Words that moved a tone: signed in text as well as in colour, the strongest only, never markup of others."""

import re
from dataclasses import dataclass
from html import unescape

import pytest

from core.model import Span
from core.view.marked import highlighted
from core.view.moved import LEAST, MOST, mover_marks, why
from core.view.wording import wording_of

ID, EN = wording_of("id"), wording_of("en")


@dataclass(frozen=True)
class Moved:
    span: Span
    weight: float
    rule: str = "word"


def moved(start, end, weight, rule="word"):
    return Moved(Span(start=start, end=end), weight, rule)


def test_colour_and_figure_say_the_same_way():
    text = "Mereka mengecam hadiah itu."
    html = highlighted(text, (), more=mover_marks([moved(7, 15, -2.04), moved(16, 22, 0.62)], ID))
    assert re.search(r'class="tl-strongly tl-to-negative tl-moved"[^>]*>mengecam</span><span[^>]*>−2,0</span>', html)
    assert re.search(r'class="tl-to-positive tl-moved"[^>]*>hadiah</span><span[^>]*>\+0,6</span>', html)


def test_only_the_strongest_words_are_marked():
    movers = [moved(place, place + 1, weight) for place, weight in enumerate([0.5, -3.0, 0.1, LEAST - 0.01, LEAST])]
    assert [mark.span.start for mark in mover_marks(movers, EN)] == [1, 0, 4]
    crowd = [moved(place, place + 1, 1.0 + place) for place in range(MOST + 5)]
    assert sorted(mark.span.start for mark in mover_marks(crowd, EN)) == list(range(5, MOST + 5))


def test_marks_move_with_their_sentence():
    (mark,) = mover_marks([moved(3, 8, 1.0)], EN, offset=100)
    assert (mark.span.start, mark.span.end) == (103, 108)


@pytest.mark.parametrize(
    ("mover", "said"),
    [
        (moved(0, 1, -1.234), "pulls to negative −1.23 · a word the model learned"),
        (moved(0, 1, 0.5, "good, intense"), "pulls to positive +0.50 · tone lexicon: good, intense"),
        (moved(0, 1, 0.5, "reject, negated"), "pulls to positive +0.50 · tone lexicon: reject · negated"),
        (moved(0, 1, -0.5, "disaster, undone"),
         "pulls to negative −0.50 · tone lexicon: disaster · undone by a word before it"),
    ],
)  # fmt: skip
def test_the_tooltip_says_why(mover, said):
    assert why(mover, EN) == said


def test_a_long_sentence_is_cut_around_its_first_word_that_moved():
    text = "a" * 900 + " mengecam " + "b" * 900
    html = highlighted(text, (), more=mover_marks([moved(901, 909, -2.0)], EN))
    assert "mengecam" in unescape(html)
    assert html.startswith("… ")


def test_a_hit_and_a_mover_may_be_the_same_word():
    html = highlighted("mengecam", [(0, 8)], more=mover_marks([moved(0, 8, -2.0)], EN))
    assert 'class="tl-hit tl-strongly tl-to-negative tl-moved"' in html

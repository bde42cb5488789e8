"""Marked text: nothing lost, nothing added, nothing that a browser would run."""

import re
from dataclasses import replace
from html import unescape

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model import Span, Towards
from core.view.marked import Mark, Shown, article_html, differences_html, highlighted, legend_html, marked
from core.view.wording import wording_of
from tests.store.making import S, article

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=80)
NASTY = "<script>alert('x')</script> \"&amp; <b onload=1>"


def without_tags(html):
    return unescape(re.sub(r"<[^>]*>", "", html))


@st.composite
def texts_with_marks(draw):
    text = draw(TEXTS)
    marks = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        marks.append(Mark(span=Span(start=start, end=end), css=draw(st.sampled_from(["a", "b", ""])), hint=draw(TEXTS)))
    return text, marks


@settings(max_examples=50, deadline=None)
@given(texts_with_marks())
def test_without_its_tags_it_is_the_text(given_text):
    text, marks = given_text
    assert without_tags(marked(text, marks)) == text


@settings(max_examples=50, deadline=None)
@given(texts_with_marks())
def test_every_marked_character_carries_its_class(given_text):
    text, marks = given_text
    found, place = [], 0
    for piece in re.split(r"(<span[^>]*>.*?</span>)", marked(text, marks), flags=re.S):
        css = set((re.match(r'<span[^>]*class="([^"]*)"', piece) or [None, ""])[1].split())
        for _ in without_tags(piece):
            found.append(css)
            place += 1
    classed = [mark for mark in marks if mark.css]
    assert found == [{mark.css for mark in classed if mark.span.start <= at < mark.span.end} for at in range(len(text))]


@pytest.mark.parametrize("html", [
    marked(NASTY, [Mark(span=Span(start=0, end=8), css="x", hint=NASTY, note=NASTY)]),
    highlighted(NASTY, [(0, 5)]),
    differences_html(pd.DataFrame({"kind": ["same", "only_here", "only_there"], "text": [NASTY] * 3})),
    legend_html({NASTY: "#fff"}),
])  # fmt: skip
def test_what_comes_in_is_never_run(html):
    assert "<script" not in html
    assert "<b onload" not in html
    assert re.findall(r"<(\w+)", html) == re.findall(r"<(span|div|ins|del|b)\b", html)


@settings(max_examples=50, deadline=None)
@given(texts_with_marks(), st.integers(1, 90))
def test_an_excerpt_is_a_stretch_of_the_text_with_its_first_hit(given_text, longest):
    text, marks = given_text
    places = [(mark.span.start, mark.span.end) for mark in marks]
    shown = without_tags(highlighted(text, places, longest=longest))
    if len(text) <= longest:
        assert shown == text
        return
    kept = shown.removeprefix("… ").removesuffix(" …")
    assert kept in text or shown in text
    assert len(shown) <= longest + 4
    first = min((start for start, end in places if end > start), default=None)
    if first is not None and first == min(start for start, _ in places):
        assert 'class="tl-hit"' in highlighted(text, places, longest=longest)


def test_the_tooltip_of_an_entity_says_how_the_sentence_puts_it():
    tagged = article("uji", S("Putin dikecam.", -0.5))
    (mention,) = tagged.annotations.mentions
    for towards, said in ((Towards(label="unfavourable", score=-0.62, chance=0.7), "merugikan −0,62"),
                          (Towards(label="neutral", score=-0.1, chance=0.7), ""), (None, "")):  # fmt: skip
        annotations = replace(tagged.annotations, mentions=(replace(mention, towards=towards),))
        html = article_html(tagged.document, annotations, wording_of("id"), Shown(layers=("entities",)))
        assert re.findall("merugikan [−0-9,]+", html) == ([said] if said else [])


def test_an_anchor_marks_the_first_stretch_of_its_sentence():
    marks = [Mark(span=Span(start=0, end=5), css="", note="#s0"), Mark(span=Span(start=2, end=3), css="x")]
    assert marked("abcde", marks) == '<span id="s0">ab</span><span class="x">c</span>de'


def test_a_note_stands_behind_its_stretch():
    assert marked("ab", [Mark(span=Span(start=0, end=1), css="q", note="KCNA")]) == (
        '<span class="q">a</span><span class="tl-note q-note">KCNA</span>b'
    )


def test_paragraphs_become_blocks():
    assert marked("a\n\nb", [], paragraphs=True) == 'a<span class="tl-par"></span>b'


def test_a_mark_outside_the_text_is_left_out():
    assert marked("ab", [Mark(span=Span(start=1, end=9), css="x")]) == "ab"

"""The tone lexicon: its rows, its examples, phrases, clitics and what turns a word."""

import csv
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.resources import load_csv, load_yaml, path
from core.tag.lexicon import LEXICON, SCOPE_WORDS, tone_lexicon
from core.tag.tone_features import tokens

ROWS = load_csv(LEXICON)
CLASSES = load_yaml("tone_classes.yaml")
EXAMPLES = [
    (name, text, kind == "match")
    for name, told in CLASSES.items()
    for kind, texts in told["examples"].items()
    for text in texts
]


def classes(text: str) -> set[str]:
    lexicon = tone_lexicon()
    return {lexicon.classes[number] for hit in lexicon.find(tokens(text)) for number in hit.entry.classes}


@pytest.mark.parametrize(("name", "text", "found"), EXAMPLES, ids=[f"{name}-{hit}" for name, _, hit in EXAMPLES])
def test_class_examples(name: str, text: str, found: bool) -> None:
    assert (name in classes(text)) is found


def test_rows_are_sorted_unique_and_of_known_kinds() -> None:
    keys = [(row["class"], row["word"]) for row in ROWS]
    assert keys == sorted(set(keys))
    assert {row["class"] for row in ROWS} == set(CLASSES)
    assert {row["pos"] for row in ROWS} <= {"verb", "passive", "noun", "adjective", "function", "root"}
    assert {row["role"] for row in ROWS} == {"agent", "patient", "none"}


def test_rows_are_lower_case_words_that_the_reader_of_tokens_would_find() -> None:
    for row in ROWS:
        assert tokens(row["word"]) == row["word"].split(), row["word"]


def test_weights_are_within_bounds_and_one_a_class() -> None:
    weights: dict[str, set[float]] = {}
    for row in ROWS:
        weights.setdefault(row["class"], set()).add(float(row["weight"]))
    assert all(len(found) == 1 for found in weights.values())
    assert all(-3 <= weight <= 3 for found in weights.values() for weight in found)


def test_topics_and_hedges_weigh_nothing() -> None:
    silent = {"topic", "modal", "neg", "undo", "say", "procedure", "sport", "politics", "faith", "family", "finance"}
    assert {float(row["weight"]) for row in ROWS if row["class"] in silent} == {0.0}


def test_no_topic_word_stands_in_a_class_with_tone() -> None:
    topics = {row["word"] for row in ROWS if row["class"] == "topic"}
    assert {row["word"] for row in ROWS if float(row["weight"]) and row["word"] in topics} == set()


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("kerja sama", [("kerja sama", "")]),
        ("kerja samanya", [("kerja samanya", "")]),
        ("kerja keras", [("kerja keras", "")]),
        ("serangannya", [("serangannya", "")]),
        ("serangga", []),
        ("tidak menolak", [("tidak", ""), ("menolak", "negated")]),
        ("tidak pernah lagi ia menolak", [("tidak pernah", ""), ("menolak", "negated")]),
        ("tidak pernah lagi ia itu menolak", [("tidak pernah", ""), ("menolak", "")]),
        ("mencegah serangan", [("mencegah", ""), ("serangan", "undone")]),
        ("serangan dicegah", [("serangan", ""), ("dicegah", "")]),
    ],
)
def test_hits_and_what_turns_them(text: str, hits: list[tuple[str, str]]) -> None:
    words = tokens(text)
    assert [(" ".join(words[hit.start : hit.end]), hit.turned) for hit in tone_lexicon().find(words)] == hits


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["tidak", "serangan", "kerja", "sama", "mencegah", "di", "baik", "gulung", "tikar"])))
def test_hits_never_overlap_and_scope_is_short(words: list[str]) -> None:
    hits = tone_lexicon().find(words)
    assert all(first.end <= second.start for first, second in pairwise(hits))
    for hit in hits:
        before = words[max(0, hit.start - SCOPE_WORDS) : hit.start]
        assert (hit.turned == "negated") is ("tidak" in before)


def test_the_file_ends_lines_as_the_house_does() -> None:
    raw = path(LEXICON).read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert re.match(rb"word,class,pos,role,weight\n", raw)
    assert next(csv.reader([raw.decode().splitlines()[1]]))

"""A sentence as it stands before its actors are described: its words with places, verbs, marks and lexicon hits."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from core.resources import load_yaml
from core.tag.lexicon import Hit, Lexicon
from core.tag.remembered import Remembered
from core.tag.tone_features import read_sentence

RESOURCE: Final = "tone_towards.yaml"
VERB_LETTERS: Final = 5
PREFIXES: Final = ("me", "ber", "di", "ter")
VERB = re.compile(rf"({'|'.join(PREFIXES)})[a-z]")
MARKS = frozenset('"“”')
GAP = re.compile(r"[\"“”,;]")


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence before its actors: words with places, hits, and the number of speech marks before each word."""

    words: Sequence[str]
    starts: list[int]
    ends: list[int]
    capitals: list[bool]
    verbs: list[int]
    marks: list[int]
    commas: list[int]
    hits: Sequence[Hit]


@cache
def _no_verbs() -> frozenset[str]:
    return frozenset(load_yaml(RESOURCE)["no_verb"]["words"])


def is_verb(word: str) -> bool:
    return len(word) >= VERB_LETTERS and VERB.match(word) is not None and word not in _no_verbs()


_VERBS: Final = Remembered(is_verb)


def read_setting(text: str, lexicon: Lexicon) -> Setting:
    read = read_sentence(lexicon, text)
    starts: list[int] = []
    last = 0
    for token in read.raw:
        last = text.index(token, last)  # nothing between two tokens is a character that one may begin with
        starts.append(last)
        last += len(token)
    ends = [start + len(token) for start, token in zip(starts, read.raw, strict=True)]
    marks: list[int] = []
    commas: list[int] = []
    seen_marks = seen_commas = 0
    for found in GAP.finditer(text):
        place = bisect_left(starts, found.start())
        if place and ends[place - 1] > found.start():  # within a number
            continue
        if found.group() in MARKS:
            marks += [seen_marks] * (place - len(marks))
            seen_marks += 1
        else:
            commas += [seen_commas] * (place - len(commas))
            seen_commas += 1
    marks += [seen_marks] * (len(starts) - len(marks))
    commas += [seen_commas] * (len(starts) - len(commas))
    return Setting(
        read.words,
        starts,
        ends,
        [token[0].isupper() for token in read.raw],
        [place for place, verb in enumerate(map(_VERBS.__getitem__, read.words)) if verb],
        marks,
        commas,
        read.hits,
    )

"""A sentence as it stands before its actors are described: its words with places, verbs, marks and lexicon hits."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, chain
from typing import Final, NamedTuple

from core.resources import load_yaml
from core.tag.lexicon import Hit, Lexicon
from core.tag.remembered import Remembered
from core.tag.tone_features import read_sentence

RESOURCE: Final = "tone_towards.yaml"
VERB_LETTERS: Final = 5
PREFIXES: Final = ("me", "ber", "di", "ter")
VERB = re.compile(rf"({'|'.join(PREFIXES)})[a-z]")


class Setting(NamedTuple):
    """A sentence before its actors: words with places, hits, and how many speech marks and commas stand before each."""

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
_SPEECH_MARKS: Final = Remembered(lambda gap: sum(map(gap.count, '"“”')))
_COMMAS: Final = Remembered(lambda gap: sum(map(gap.count, ",;")))


def read_setting(text: str, lexicon: Lexicon) -> Setting:
    read = read_sentence(lexicon, text)
    lengths = chain.from_iterable(zip(map(len, read.gaps), map(len, read.raw), strict=False))
    places = list(accumulate(lengths))
    before = read.gaps[:-1]
    return Setting(
        read.words,
        places[::2],
        places[1::2],
        [token[0].isupper() for token in read.raw],
        [place for place, word in enumerate(read.words) if word.startswith(PREFIXES) and _VERBS[word]],
        list(accumulate(map(_SPEECH_MARKS.__getitem__, before))),
        list(accumulate(map(_COMMAS.__getitem__, before))),
        read.hits,
    )

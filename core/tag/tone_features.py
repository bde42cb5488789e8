"""A sentence as numbers, the same in training and in use: hashed words, lexicon classes, frames and course.

Topic words (sanksi, senjata, nuklir ...) are taken out before anything is counted: by themselves they say
what a text is about, not how it is told.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from core.tag.lexicon import Hit, Lexicon

WORD_BITS: Final = 17
CHAR_BITS: Final = 17
CHAR_RUNS: Final = (3, 4, 5)
KEPT_SENTENCES: Final = 64  # as many as most articles have: their tone and their actors are told of the same ones
PAIR_FACTOR: Final = 0x9E3779B1  # odd, so that a pair and its mirror fall apart

TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*|[?!%]")

_PARTED = re.compile(f"({TOKEN.pattern})")
CAPITAL = re.compile(r"[A-Z]")

MOST: Final = 3.0  # a class named more often than this counts no more
NEGATED_SHARE: Final = -0.5  # tidak baik is weaker than buruk
UNDONE_SHARE: Final = -0.3  # mencegah serangan: mild relief; applied to harm alone
FRAME_WORDS: Final = 6  # how far apart a market noun and its direction may stand
NOUNS: Final = ("goodnoun", "badnoun")
DIRECTIONS: Final = ("up", "grow", "fall", "marketdown", "undo")
HEDGES: Final = ("modal", "if", "alleged", "say", "question")
SHOUTED_LETTERS: Final = 6  # shorter ones are mostly abbreviations
NAMES_MOST: Final = 0.6  # a larger share of capitals makes a headline, not a sentence with names
FOREIGN_WORDS: Final = 3  # a title or a name holds fewer English link words
SURFACE: Final = 10
COURSE: Final = 21


def raw_tokens(sentence: str) -> list[str]:
    """Words as they are written, numbers, and the marks ? ! % in their order."""
    return TOKEN.findall(sentence)


def plain(token: str) -> str:
    """A raw token in lower case; every number is `0`."""
    return "0" if token[0].isdigit() else token.lower()


def tokens(sentence: str) -> list[str]:
    return [plain(token) for token in raw_tokens(sentence)]


class ReadSentence(NamedTuple):
    """Raw tokens of a sentence, the same as plain words, and what the lexicon finds among these.

    gaps are what stands before each token, and behind the last; none where tokens alone are read.
    """

    raw: Sequence[str]
    words: Sequence[str]
    hits: Sequence[Hit]
    gaps: Sequence[str] = ()


def read_tokens(lexicon: Lexicon, raw: Sequence[str], gaps: Sequence[str] = ()) -> ReadSentence:
    lowered = "\n".join(raw).lower().split("\n") if raw else ()  # at once; no token holds a line's end
    words = tuple(["0" if word[0].isdigit() else word for word in lowered])
    return ReadSentence(raw, words, lexicon.find(words), gaps)


Places = Mapping[int, Sequence[int]]  # where the words of each class stand


@lru_cache(maxsize=KEPT_SENTENCES)
def read_sentence(lexicon: Lexicon, text: str) -> ReadSentence:
    """The sentence read once, for all who ask of it."""
    pieces = _PARTED.split(text)  # gap, token, gap, ... gap
    return read_tokens(lexicon, pieces[1::2], pieces[::2])


def token_places(sentence: str) -> list[tuple[str, int, int]]:
    """Raw tokens with the code points where each starts and ends."""
    return [(found.group(), found.start(), found.end()) for found in TOKEN.finditer(sentence)]


def name_places(raw: Sequence[str]) -> set[int]:
    """Tokens that are parts of names: capitals beside capitals, behind the sentence's first word.

    None where most words have capitals, as in a headline. A long word all in capitals is shouted, no name.
    """
    capitals = [
        place
        for place, token in enumerate(raw)
        if token[0].isupper() and not (len(token) >= SHOUTED_LETTERS and token.isupper())
    ]
    if not capitals or len(capitals) > NAMES_MOST * len(raw):
        return set()
    found = set(capitals)
    return {place for place in capitals if place and (place - 1 in found or place + 1 in found)}


def word_hash(word: str) -> int:
    """32 bits, the same in every process."""
    return crc32(word.encode())


def char_buckets(word: str) -> list[int]:
    """Where the letter runs of one word fall, among 2**CHAR_BITS; its edges count as letters."""
    edged = f"<{word}>"
    if word.isascii():  # then a letter is a byte
        raw = edged.encode()
        return [
            crc32(raw[place : place + size]) & ((1 << CHAR_BITS) - 1)
            for size in CHAR_RUNS
            for place in range(len(raw) - size + 1)
        ]
    return [
        crc32(edged[place : place + size].encode()) & ((1 << CHAR_BITS) - 1)
        for size in CHAR_RUNS
        for place in range(len(edged) - size + 1)
    ]


def charge(hit: Hit) -> float:
    """The weight of a hit once its negation or undoing is taken in."""
    weight = hit.entry.weight
    if hit.turned == "negated":
        return weight * NEGATED_SHARE
    if hit.turned == "undone" and weight < 0:
        return weight * UNDONE_SHARE
    return weight


class Described(NamedTuple):
    """A sentence read through the lexicon.

    words are without topic words; charged are the places of words that carry tone; counts are those figures of the
    first two of Describer.blocks that are not 0, by their place, numbers the further blocks, one behind the other.
    rateable is False for a sentence without words or in another language.
    """

    words: Sequence[str]
    charged: list[int]
    counts: dict[int, float]
    numbers: list[float]
    rateable: bool


class Describer:
    """Turns sentences into Described; blocks names the parts of `numbers` with their widths."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._topic, self._foreign = lexicon.place["topic"], lexicon.place["foreign"]
        self._contrast, self._concede = lexicon.place["contrast"], lexicon.place["concede"]
        self._nouns, self._directions, self._hedges = (
            tuple(lexicon.place[name] for name in names) for names in (NOUNS, DIRECTIONS, HEDGES)
        )

    @cached_property
    def blocks(self) -> dict[str, int]:
        classes = len(self.lexicon.classes)
        frames = len(NOUNS) * len(DIRECTIONS)
        return {
            "classes": classes,
            "turned": classes,
            "sums": 8,
            "surface": SURFACE,
            "frames": frames,
            "course": COURSE,
        }

    def describe(self, text: str, raw: Sequence[str] | None = None) -> Described:
        """One sentence; raw tokens may be given to ask what it would be without some of them."""
        read = read_sentence(self.lexicon, text) if raw is None else read_tokens(self.lexicon, raw)
        raw, kept, hits = read.raw, read.words, read.hits
        topic = self._topic
        topics = {place for hit in hits if topic in hit.entry.classes for place in range(hit.start, hit.end)}
        if topics:
            raw = [token for place, token in enumerate(raw) if place not in topics]
            kept = tuple(word for place, word in enumerate(kept) if place not in topics)
            hits = self.lexicon.find(kept)
            hits = [hit for hit in hits if self._topic not in hit.entry.classes]  # a phrase may form over the gap
        names = name_places(raw)
        if names:  # Rumah Sakit ails from nothing
            hits = [hit for hit in hits if not names.issuperset(range(hit.start, hit.end))]
        charges = [(hit.start, charge(hit)) for hit in hits if hit.entry.weight]
        size = max(len(kept), 1)
        places = _by_class(hits)
        numbers = _sums([weight for _, weight in charges], size)
        numbers += _surface(text, kept, size)
        numbers += self._frames(places)
        numbers += self._course(places, charges, size)
        charged = [place for hit in hits if hit.entry.weight for place in range(hit.start, hit.end)]
        return Described(kept, charged, self._counts(hits), numbers, self._rateable(kept, hits, places))

    def figures(self, described: Sequence[Described]) -> NDArray[np.float32]:
        """All of Describer.blocks, one row a sentence."""
        counts = np.zeros((len(described), 2 * len(self.lexicon.classes)), np.float32)
        found = [(row, *count) for row, each in enumerate(described) for count in each.counts.items()]
        if found:
            rows, columns, values = zip(*found, strict=True)
            counts[rows, columns] = values
        return np.hstack([counts, np.array([each.numbers for each in described], np.float32)])

    def _rateable(self, words: Sequence[str], hits: Sequence[Hit], places: Places) -> bool:
        """Whether there is a word at all, and not mainly those that glue English sentences together."""
        foreign = len(places.get(self._foreign, ()))
        if foreign >= FOREIGN_WORDS and foreign > len(hits) - foreign:
            return False
        return any(word[0].isalpha() for word in words)

    def _counts(self, hits: Sequence[Hit]) -> dict[int, float]:
        classes, toned = len(self.lexicon.classes), self.lexicon.toned
        counted: dict[int, float] = {}
        for hit in hits:
            for number in hit.entry.classes:
                place = number + classes if hit.turned and number in toned else number
                counted[place] = min(counted.get(place, 0.0) + 1, MOST)
        return counted

    def _frames(self, places: Places) -> list[float]:
        """Market nouns near a direction: inflasi turun is no inflasi naik."""
        nouns = [places.get(number, ()) for number in self._nouns]
        if not any(nouns):
            return [0.0] * (len(NOUNS) * len(DIRECTIONS))
        moves = [places.get(number, ()) for number in self._directions]
        return [
            min(sum(abs(a - b) <= FRAME_WORDS for a in noun for b in move), 2.0) for noun in nouns for move in moves
        ]

    def _course(self, places: Places, charges: Sequence[tuple[int, float]], size: int) -> list[float]:
        """How charges run through the sentence: first, last, around a contrast, under hedges, by thirds."""
        weights = [weight for _, weight in charges]
        numbers = [weights[0], weights[-1]] if weights else [0.0, 0.0]
        turn = places[self._contrast][-1] if self._contrast in places else None
        numbers.append(sum(weight for place, weight in charges if turn is not None and place > turn))
        numbers.append(sum(weight for place, weight in charges if turn is not None and place < turn))
        loud, net = sum(map(abs, weights)) / 4, sum(weights) / 4
        for hedge in self._hedges:
            hedged = hedge in places
            numbers += (loud * hedged, net * hedged)
        thirds = [0.0, 0.0, 0.0]
        for place, weight in charges:
            thirds[min(3 * place // size, 2)] += weight
        numbers += thirds
        numbers += (max(weights, default=0.0), min(weights, default=0.0), float(len(weights)))
        numbers.append(float(self._concede in places))
        return numbers


def _by_class(hits: Sequence[Hit]) -> Places:
    places: dict[int, list[int]] = {}
    for hit in hits:
        for number in hit.entry.classes:
            places.setdefault(number, []).append(hit.start)
    return places


def _sums(weights: Iterable[float], size: int) -> list[float]:
    good = bad = 0.0
    for weight in weights:
        good, bad = (good + weight, bad) if weight > 0 else (good, bad - weight)
    net = good - bad
    return [
        good,
        bad,
        net,
        net / size**0.5,
        size**0.5,
        float(good > bad),
        float(bad > good),
        float(not good and not bad),
    ]


def _surface(text: str, words: Sequence[str], size: int) -> list[float]:
    """Length, speech marks, questions, figures, capitals: who speaks and of what kind the sentence is."""
    numbers = words.count("0")
    return [
        size / 20,
        float(text.count('"') + text.count("“") + text.count("”")),
        float(text[:1] in ('"', "“")),
        float("?" in text),
        numbers / 5,
        float(words.count("%") + words.count("persen")),
        float(text[:1].islower()),
        10 * len(CAPITAL.findall(text)) / max(1, len(text)),
        float(text.rstrip()[-1:] in ('"', "”") and bool(text.strip())),
        float(text.count(",") + 1),
    ]

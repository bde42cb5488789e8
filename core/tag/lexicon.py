"""The news-tone lexicon: which words of a sentence praise or blame, and what turns, hedges or strengthens them.

Rows stand in core/resources/tone_lexicon.csv: a word or phrase, its class, part of speech, whom it blesses or
blames (agent, patient or none) and a weight in [-3, 3]. Classes are explained, with examples, in
core/resources/tone_classes.yaml. Classes of weight 0 carry no tone: negators, hedges, topics, procedure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from core.errors import ResourceError
from core.resources import load_csv

LEXICON: Final = "tone_lexicon.csv"
CLITICS: Final = ("nya", "lah", "kah", "pun", "ku", "mu")
SCOPE_WORDS: Final = 3  # a negator or undoing verb reaches this many words to its right
NEGATORS: Final = "neg"
UNDOERS: Final = "undo"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexicon knows of a word: places of its classes, and its strongest weight (0: no tone).

    frame is part of speech and role of that strongest row: `verb agent` blesses or blames who does it.
    """

    classes: tuple[int, ...]
    weight: float
    frame: str = ""


class Hit(NamedTuple):
    """An entry found in a sentence, over tokens [start, end). turned: `negated`, `undone` or empty."""

    start: int
    end: int
    entry: Entry
    turned: str


Start = tuple[tuple[int, ...], Entry | None]  # lengths of phrases that begin with a word, and the word itself


class Lexicon:
    """Words and phrases by their first token; the longest phrase wins."""

    def __init__(self, rows: Sequence[Mapping[str, str]]) -> None:
        self.classes: tuple[str, ...] = tuple(sorted({row["class"] for row in rows}))
        self.place = {name: number for number, name in enumerate(self.classes)}
        self._negator, self._undoer = self.place[NEGATORS], self.place[UNDOERS]
        weights = {self.place[row["class"]]: float(row["weight"]) for row in rows}
        self.toned = frozenset(number for number, weight in weights.items() if weight)
        found: dict[tuple[str, ...], set[int]] = {}
        frames: dict[tuple[tuple[str, ...], int], str] = {}
        for row in rows:
            words, number = tuple(row["word"].split()), self.place[row["class"]]
            found.setdefault(words, set()).add(number)
            frames[words, number] = f"{row['pos']} {row['role']}"
        self._words: dict[str, Entry] = {}
        self._phrases: dict[tuple[str, ...], Entry] = {}
        lengths: dict[str, set[int]] = {}
        for words, numbers in found.items():
            strongest = max(numbers, key=lambda number: (abs(weights[number]), weights[number], -number))
            entry = Entry(tuple(sorted(numbers)), weights[strongest], frames[words, strongest])
            if len(words) == 1:
                self._words[words[0]] = entry
            else:
                self._phrases[words] = entry
                lengths.setdefault(words[0], set()).add(len(words))
        self._starts: dict[str, Start] = {}
        for word, entry in self._words.items():
            self._starts.update(dict.fromkeys((word + clitic for clitic in CLITICS), ((), entry)))
        self._starts.update((word, ((), entry)) for word, entry in self._words.items())
        for word, sizes in lengths.items():
            _, alone = self._starts.get(word, ((), None))
            self._starts[word] = (tuple(sorted(sizes, reverse=True)), alone)

    def find(self, words: Sequence[str]) -> list[Hit]:
        """All hits in order, none overlapping, each knowing whether a negator or undoing verb turns it."""
        hits: list[Hit] = []
        negated_to = undone_to = free = 0
        for place, start in enumerate(map(self._starts.get, words)):
            if start is None or place < free:
                continue
            lengths, entry = start
            end = place + 1
            for length in lengths:
                piece = tuple(words[place : place + length])
                if len(piece) == length and (phrase := self._phrase(piece)):
                    end, entry = place + length, phrase
                    break
            if entry is None:
                continue
            turned = "negated" if place < negated_to else "undone" if place < undone_to else ""
            hits.append(Hit(place, end, entry, turned))
            if self._negator in entry.classes:
                negated_to = end + SCOPE_WORDS
            if self._undoer in entry.classes:
                undone_to = end + SCOPE_WORDS
            free = end
        return hits

    def _phrase(self, words: tuple[str, ...]) -> Entry | None:
        """The phrase of exactly these words; its last one may carry a clitic (kerja samanya)."""
        found = self._phrases.get(words)
        if found or not words[-1].endswith(CLITICS):
            return found
        for clitic in CLITICS:
            if words[-1].endswith(clitic):
                found = found or self._phrases.get((*words[:-1], words[-1][: -len(clitic)]))
        return found


@cache
def tone_lexicon() -> Lexicon:
    """The shipped lexicon, read once a process; ResourceError when a row is broken."""
    try:
        return Lexicon(load_csv(LEXICON))
    except (KeyError, ValueError) as error:
        raise ResourceError(f"The rule file core/resources/{LEXICON} has a broken row: {error}.") from error

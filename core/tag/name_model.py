"""The trained name tagger in use: a linear chain over words, whose weights are summed from tables kept by word.

The tables come from a conditional random field (training/train_entities.py); nothing of its library is needed here.
"""

from dataclasses import dataclass
from functools import cache
from math import exp
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.tag.name_features import (
    CLASSES,
    EDGE,
    LABELS,
    PAIRS,
    PLACES,
    beside_features,
    habit_features,
    letter_features,
    word_features,
)
from core.tag.stored import read_model
from core.tag.tokens import Words

MODELS: Final = {"news": "models/names.npz", "idner2k": "models/names-idner2k.npz"}
KNOWN_WORDS: Final = 150_000  # words kept ready; the memory is dropped whole when it is full
SURE: Final = 4.0  # a small word that is `O` by so much more than anything else is not searched further

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Guess:
    """A name the model sees: words first to last (exclusive), PER, ORG or LOC, and how sure it is in [0, 1]."""

    first: int
    last: int
    label: str
    score: float


class NameModel:
    """Weights by feature, summed once a word for the five places of the window."""

    def __init__(self, tables: dict[str, NDArray[np.generic]]) -> None:
        placed = bytes(tables["features"].astype(np.uint8)).decode("utf-8").split("\n")
        column = {str(place): number for number, place in enumerate(PLACES)}
        self._number: dict[str, int] = {}
        rows: list[int] = []
        columns: list[int] = []
        for name in placed:  # `-1:w=kata`: the place in the window, the feature
            place, _, feature = name.partition(":")
            rows.append(self._number.setdefault(feature, len(self._number)))
            columns.append(column[place])
        self._habitual = any(name.startswith("DD") for name in self._number)
        self._weights = np.zeros((len(self._number), len(PLACES), len(LABELS)), np.float32)
        self._weights[rows, columns] = tables["weights"].astype(np.float32)
        self._pairs = [tables[f"pair_{name}"].astype(np.float32) for name, _, _ in PAIRS]
        self._transitions = tables["transitions"].astype(np.float32)
        self._opening = np.array([-1000.0 if label.startswith("I-") else 0.0 for label in LABELS], np.float32)
        self._class_number = {name: number for number, name in enumerate(CLASSES)}
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[str, int] = {}
        self._known = np.zeros((4096, len(PLACES), len(LABELS)), np.float32)
        self._classes = np.zeros(4096, np.int64)
        self._small = np.zeros(4096, np.bool_)

    def find(self, words: Words, known: list[int]) -> list[Guess]:
        """Names among the words of a text; known holds one number of KNOWN a word."""
        if not len(words):
            return []
        with self._lock:
            scores, small = self._scores(words, known)
        highest = scores[:, 1].copy()
        for column in range(2, len(LABELS)):  # much quicker than one maximum along so short an axis
            np.maximum(highest, scores[:, column], out=highest)
        margins = scores[:, 0] - highest
        labels = self._decode(words, scores, small & (margins > SURE))
        return _guesses(words, labels, scores)

    def _numbers(self, forms: list[str]) -> Ints:
        for form in set(forms).difference(self._rows):
            self._learn(form)
        return np.array(list(map(self._rows.__getitem__, forms)), np.int64)

    def _learn(self, form: str) -> int:
        number = len(self._rows)
        if number == len(self._known):
            self._known = np.concatenate([self._known, np.zeros_like(self._known)])
            self._classes = np.concatenate([self._classes, np.zeros_like(self._classes)])
            self._small = np.concatenate([self._small, np.zeros_like(self._small)])
        features = [*word_features(form), *letter_features(form)]
        if self._habitual:
            features += [*habit_features(form), *beside_features(form, -1), *beside_features(form, 1)]
        found = [number for number in map(self._number.get, features) if number is not None]
        if found:
            self._known[number] = self._weights[found].sum(axis=0)
        self._classes[number] = self._class_number[features[0].removeprefix("c=")]  # the first one is the class
        self._small[number] = form != EDGE and not form[0].isupper() and not form[0].isdigit()
        self._rows[form] = number
        return number

    def _scores(self, words: Words, known: list[int]) -> tuple[Floats, NDArray[np.bool_]]:
        """One row a word, one column a label; and which words are written small."""
        if len(self._rows) > KNOWN_WORDS:
            self._forget()
        forms, places = _with_edges(words)
        numbers = self._numbers(forms)
        over = np.zeros(len(forms), np.int64)
        over[places] = known
        near = {place: numbers[places + place] for place in PLACES}
        channels = {("c", place): self._classes[number] for place, number in near.items()}
        channels |= {("k", place): over[places + place] for place in (-1, 0, 1)}
        by_word = self._known.reshape(-1, len(LABELS))
        total = by_word[near[0] * len(PLACES) + 2]
        for column, place in ((0, -2), (1, -1), (3, 1), (4, 2)):
            total += by_word[near[place] * len(PLACES) + column]
        for table, (_, left, right) in zip(self._pairs, PAIRS, strict=True):
            total += table.reshape(-1, len(LABELS))[channels[left] * table.shape[1] + channels[right]]
        return total, self._small[near[0]]

    def _decode(self, words: Words, scores: Floats, closed: NDArray[np.bool_]) -> list[int]:
        """The best label of each word; words that are surely none cut the chain into short pieces."""
        total = len(words)
        labels = np.zeros(total, np.int64)
        firsts = words.opening
        pieces: list[tuple[int, int]] = []
        start = -1
        shut = closed.tolist()
        for number in range(total + 1):
            ends = number == total or shut[number] or number in firsts
            if ends and start >= 0:
                pieces.append((start, number))
                start = -1
            if number < total and not shut[number] and start < 0:
                start = number
        for size, group in _by_length(pieces).items():
            begins = np.array(group, np.int64)
            labels[begins[:, None] + np.arange(size)] = self._best(scores, begins, size, firsts, total)
        chosen: list[int] = labels.tolist()
        return chosen

    def _best(self, scores: Floats, begins: Ints, size: int, firsts: set[int], total: int) -> Ints:
        """Viterbi over pieces of one length at once; a closed neighbour counts as `O`."""
        step = self._transitions
        after_edge = np.array([begin in firsts for begin in begins.tolist()])
        before_edge = np.array([begin + size in firsts or begin + size == total for begin in begins.tolist()])
        best = scores[begins] + np.where(after_edge[:, None], self._opening[None, :], step[0][None, :])
        back = []
        for offset in range(1, size):
            ways = best[:, :, None] + step[None, :, :]
            back.append(ways.argmax(axis=1))
            best = ways.max(axis=1) + scores[begins + offset]
        best = best + np.where(before_edge[:, None], 0, step[:, 0][None, :])
        path_ = [best.argmax(axis=1)]
        rows = np.arange(len(begins))
        for pointers in reversed(back):
            path_.append(pointers[rows, path_[-1]])
        return np.stack(path_[::-1], axis=1)


def _with_edges(words: Words) -> tuple[list[str], Ints]:
    """Forms with two edges around each stretch, and where each word stands among them."""
    forms: list[str] = [EDGE, EDGE]
    places: list[int] = []
    for first, last in zip(words.firsts, words.firsts[1:], strict=False):
        places.extend(range(len(forms), len(forms) + last - first))
        forms.extend(words.forms[first:last])
        forms.extend((EDGE, EDGE))
    return forms, np.array(places, np.int64)


def _by_length(pieces: list[tuple[int, int]]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for start, end in pieces:
        groups.setdefault(end - start, []).append(start)
    return groups


def _guesses(words: Words, labels: list[int], scores: Floats) -> list[Guess]:
    """Runs of labels as names; how sure is the mean lead of the chosen labels over `O`, through a logistic."""
    leads = (scores[np.arange(len(labels)), labels] - scores[:, 0]).tolist()
    found: list[Guess] = []
    firsts = words.opening
    total = len(labels)
    number = 0
    while number < total:
        label = labels[number]
        if not label:
            number += 1
            continue
        kind = LABELS[label][2:]
        last = number + 1
        while last < total and last not in firsts and LABELS[labels[last]] == "I-" + kind:
            last += 1
        lead = sum(leads[number:last]) / (last - number)
        found.append(Guess(number, last, kind, round(1 / (1 + exp(min(50.0, -lead / 2))), 3)))
        number = last
    return found


@cache
def name_model(convention: str = "news") -> NameModel:
    """The shipped model, read once a process: `news` is what the tagger uses, `idner2k` marks as that set does."""
    return read_model(MODELS[convention], NameModel)

"""The trained name tagger in use: a linear chain over words, whose weights are summed from tables kept by word.

The tables come from a conditional random field (training/train_entities.py); nothing of its library is needed here.
"""

from functools import cache
from math import exp
from threading import Lock
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.tag.name_features import (
    CLASSES,
    EDGE,
    LABELS,
    PAIRS,
    PLACES,
    letter_features,
    word_features,
)
from core.tag.stored import read_model
from core.tag.tokens import Words

MODEL: Final = "models/names.npz"
KNOWN_WORDS: Final = 150_000  # words kept ready; the memory is dropped whole when it is full
SURE: Final = 4.0  # a small word that is `O` by so much more than anything else is not searched further

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Guess(NamedTuple):
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
        self._weights = np.zeros((len(self._number) + 1, len(PLACES), len(LABELS)), np.float32)  # the last is nothing's
        self._weights[rows, columns] = tables["weights"].astype(np.float32)
        pairs = [tables[f"pair_{name}"].astype(np.float32) for name, _, _ in PAIRS]
        self._pairs = [(table.shape[1], table.reshape(-1, len(LABELS))) for table in pairs]
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
        rows = list(map(self._rows.get, forms))
        if None in rows:
            self._learn(list({form for form, row in zip(forms, rows, strict=True) if row is None}))
            rows = list(map(self._rows.get, forms))
        return np.array(rows, np.int64)

    def _learn(self, forms: list[str]) -> None:
        first = len(self._rows)
        past = first + len(forms)
        while past > len(self._known):
            self._known = np.concatenate([self._known, np.zeros_like(self._known)])
            self._classes = np.concatenate([self._classes, np.zeros_like(self._classes)])
            self._small = np.concatenate([self._small, np.zeros_like(self._small)])
        described = [[*word_features(form), *letter_features(form)] for form in forms]  # the class is the first
        nothing = len(self._number)
        rows = [[self._number.get(feature, nothing) for feature in features] for features in described]
        width = max(map(len, rows))
        padded = np.array([row + [nothing] * (width - len(row)) for row in rows], np.int64)
        self._known[first:past] = self._weights.take(padded.T, axis=0).sum(axis=0)
        self._classes[first:past] = [self._class_number[features[0].removeprefix("c=")] for features in described]
        self._small[first:past] = [form != EDGE and not (form[0].isupper() or form[0].isdigit()) for form in forms]
        self._rows.update(zip(forms, range(first, past), strict=True))

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
        total = by_word.take(near[0] * len(PLACES) + 2, axis=0)
        for column, place in ((0, -2), (1, -1), (3, 1), (4, 2)):
            total += by_word.take(near[place] * len(PLACES) + column, axis=0)
        for (width, table), (_, left, right) in zip(self._pairs, PAIRS, strict=True):
            total += table.take(channels[left] * width + channels[right], axis=0)
        return total, self._small[near[0]]

    def _decode(self, words: Words, scores: Floats, closed: NDArray[np.bool_]) -> Ints:
        """The best label of each word; words that are surely none cut the chain into short pieces."""
        labels = np.zeros(len(words), np.int64)
        edge = np.zeros(len(words) + 1, np.bool_)
        edge[words.firsts] = True
        apart = edge.copy()  # whether the chain is cut before a word
        apart[:-1] |= closed
        apart[1:] |= closed
        begins = np.flatnonzero(apart[:-1] & ~closed)
        ends = np.flatnonzero(apart[1:] & ~closed) + 1
        longest_first = np.argsort(begins - ends, kind="stable")
        if len(begins):
            self._fill(labels, scores, begins[longest_first], ends[longest_first], edge)
        return labels

    def _fill(self, labels: Ints, scores: Floats, begins: Ints, ends: Ints, edge: NDArray[np.bool_]) -> None:
        """Viterbi over all pieces at once, the longest first; a closed neighbour counts as `O`."""
        step = self._transitions
        sizes = ends - begins
        still = [len(sizes) - int(ended) for ended in np.bincount(sizes).cumsum()]  # pieces longer than so many words
        best = scores[begins] + np.where(edge[begins, None], self._opening, step[0])
        back = []
        for offset in range(1, len(still) - 1):
            ways = best[: still[offset], None, :] + step.T
            back.append(ways.argmax(axis=2))
            best[: still[offset]] = ways.max(axis=2) + scores[begins[: still[offset]] + offset]
        best += np.where(edge[ends, None], 0, step[:, 0])
        chosen = best.argmax(axis=1)
        labels[ends - 1] = chosen
        for offset in range(len(back), 0, -1):
            count = still[offset]
            chosen[:count] = back[offset - 1][np.arange(count), chosen[:count]]
            labels[begins[:count] + offset - 1] = chosen[:count]


def _with_edges(words: Words) -> tuple[list[str], Ints]:
    """Forms with two edges around each stretch, and where each word stands among them."""
    forms: list[str] = [EDGE, EDGE]
    places: list[int] = []
    for first, last in zip(words.firsts, words.firsts[1:], strict=False):
        places.extend(range(len(forms), len(forms) + last - first))
        forms.extend(words.forms[first:last])
        forms.extend((EDGE, EDGE))
    return forms, np.array(places, np.int64)


def _guesses(words: Words, labels: Ints, scores: Floats) -> list[Guess]:
    """Runs of labels as names; how sure is the mean lead of the chosen labels over `O`, through a logistic."""
    places = np.flatnonzero(labels)
    leads = (scores[places, labels[places]] - scores[places, 0]).tolist()
    runs: list[tuple[int, str, list[float]]] = []  # first word, label, lead of each word
    for number, label, lead in zip(places.tolist(), labels[places].tolist(), leads, strict=True):
        side, kind = LABELS[label].split("-")
        if runs and side == "I" and number not in words.opening:
            first, before, so_far = runs[-1]
            if before == kind and first + len(so_far) == number:
                so_far.append(lead)
                continue
        runs.append((number, kind, [lead]))
    return [
        Guess(first, first + len(leads), kind, round(1 / (1 + exp(min(50.0, -(sum(leads) / len(leads)) / 2))), 3))
        for first, kind, leads in runs
    ]


@cache
def name_model() -> NameModel:
    """The shipped model, read once a process."""
    return read_model(MODEL, NameModel)

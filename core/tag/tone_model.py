"""The trained tone model in use: tables of weights, read once, evaluated with numpy.

Two models vote. One is linear over hashed words, word pairs and letter runs. The other is a small network over
what the lexicon says of a sentence and the mean vectors of its words. A weighted sum of their log odds, scaled
and shifted on held-out folds, gives the chances.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from core.tag.lexicon import tone_lexicon
from core.tag.remembered import Remembered
from core.tag.stored import read_model
from core.tag.tone_features import (
    PAIR_FACTOR,
    WORD_BITS,
    Described,
    Describer,
    char_buckets,
    word_hash,
)

MODEL: Final = "models/tone.npz"
NEGATIVE, NEUTRAL, POSITIVE = 0, 1, 2
KNOWN_WORDS: Final = 100_000  # words kept ready; the memory is dropped whole when it is full
USUAL_LETTERS: Final = 40  # tables of words side by side are as wide as their longest word
CLIP: Final = 4.0  # standard deviations; no single figure may shout louder
ENDINGS: Final = ("nya", "lah", "kah", "pun")

Floats = NDArray[np.float32]
Places = NDArray[np.intp]

# Columns of what is kept of a word: its own weights, its letter runs' weights, and their squared lengths.
WORD, CHAR, WORD_SQUARE, CHAR_SQUARE, WIDTH = slice(0, 3), slice(3, 6), 6, 7, 8


class Vectors:
    """Word vectors by word; a word that is not among them has place -1, where rows end with one of zeros."""

    def __init__(self, vocabulary: bytes, rows: NDArray[np.int8], scale: Floats) -> None:
        self._places = {word: place for place, word in enumerate(vocabulary.decode("utf-8").split("\n"))}
        self.rows: Floats = np.vstack([rows.astype(np.float32) * scale, np.zeros((1, rows.shape[1]), np.float32)])
        self._known = Remembered(self.place)

    def place(self, word: str) -> int:
        found = self._places.get(word, -1)
        if found < 0 and word.endswith(ENDINGS):
            return self._places.get(word[:-3], -1)
        return found

    def means(self, places: Places, sizes: Places) -> Floats:
        """Mean vector of each row of the given sizes, places of -1 left out; zeros for a row without any."""
        known = places >= 0
        sizes = np.bincount(np.arange(len(sizes)).repeat(sizes)[known], minlength=len(sizes))
        means = np.zeros((len(sizes), self.rows.shape[1]), np.float32)
        full = np.flatnonzero(sizes)
        if len(full):
            gathered = self.rows.take(places[known], axis=0)
            starts = (sizes.cumsum() - sizes)[full]
            means[full] = np.add.reduceat(gathered, starts, axis=0) / sizes[full, None]
        return means

    def few_means(self, rows: Sequence[Sequence[str]], most: int) -> Floats:
        """Mean vector of each row of at most so many words, as means() has it; quicker where rows are short."""
        known = [[place for place in map(self._known.__getitem__, row) if place >= 0] for row in rows]
        gathered = self.rows[[row + [-1] * (most - len(row)) for row in known]]
        sizes = np.array([max(1, len(row)) for row in known], np.intp)
        sums = gathered[:, 0] + gathered[:, 1:].sum(axis=1)  # reduceat adds the first figure last, and so sums here do
        return np.asarray(sums / sizes[:, None], np.float32)

    def first_figures(self, words: Sequence[str], width: int) -> Floats:
        """The first figures of each word's vector; zeros for a word without one."""
        return self.rows[list(map(self._known.__getitem__, words)), :width]


def scale(inputs: Floats, centre: Floats, spread: Floats) -> Floats:
    """Inputs as a network takes them, in their place: a copy each step costs more than the step."""
    inputs -= centre
    inputs /= spread
    np.minimum(inputs, CLIP, out=inputs)
    np.maximum(inputs, -CLIP, out=inputs)
    return inputs


def rectified(sums: Floats, bias: Floats) -> Floats:
    """What hidden units give out, in the place of what came in."""
    sums += bias
    np.maximum(sums, 0, out=sums)
    return sums


class ToneModel:
    """Chances of the three classes; keeps what it has learned of words it met."""

    def __init__(self, tables: Mapping[str, NDArray[Any]]) -> None:
        self.describer = Describer(tone_lexicon())
        self.vectors = Vectors(tables["vocabulary"].tobytes(), tables["vectors"], tables["vector_scale"])
        floats = {name: table.astype(np.float32) for name, table in tables.items() if table.dtype.kind == "f"}
        self._word_table = np.column_stack([floats["word_weights"], floats["word_idf"] ** 2])
        char_table = np.column_stack([floats["char_weights"], floats["char_idf"] ** 2])
        self._char_table = np.vstack([char_table, np.zeros((1, 4), np.float32)])  # the last row is nothing's
        self._linear_bias = floats["linear_bias"]
        self._centre, self._spread = floats["centre"], floats["spread"]
        self._hidden, self._hidden_bias = floats["hidden"], floats["hidden_bias"]
        self._out, self._direct, self._out_bias = floats["out"], floats["direct"], floats["out_bias"]
        self._blend, self._shift = floats["blend"], floats["shift"]
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[str, int] = {}
        self._known = np.zeros((1024, WIDTH), np.float32)
        self._hashes = np.zeros(1024, np.uint32)
        self._vector_of = np.zeros(1024, np.intp)

    def describe(self, texts: Sequence[str]) -> list[Described]:
        return [self.describer.describe(text) for text in texts]

    def rate(self, texts: Sequence[str]) -> list[tuple[int, float]]:
        """Class and score (P(positive) - P(negative), rounded) of each sentence; no words: neutral, 0."""
        chances = self.chances(self.describe(texts))
        scores = (chances[:, POSITIVE] - chances[:, NEGATIVE]).astype(float).round(4).tolist()
        return list(zip(chances.argmax(axis=1).tolist(), scores, strict=True))

    def chances(self, described: Sequence[Described]) -> Floats:
        """Calibrated chances, one row a sentence: negative, neutral, positive."""
        if not described:
            return np.zeros((0, 3), np.float32)
        logits = self.logits(described)
        logits -= logits.max(axis=1, keepdims=True)
        chances: Floats = np.exp(logits)
        chances /= chances.sum(axis=1, keepdims=True)
        chances[[not each.rateable for each in described]] = (0, 1, 0)
        return chances

    def logits(self, described: Sequence[Described]) -> Floats:
        """Blended log odds before they become chances."""
        with self._lock:  # pages rate from several threads
            words = list(chain.from_iterable(each.words for each in described))
            rows = list(map(self._rows.get, words))
            if None in rows:
                for new in _batches({word for word, row in zip(words, rows, strict=True) if row is None}):
                    self._learn(new)
                rows = list(map(self._rows.get, words))
            flat = np.array(rows, np.intp)
            sizes = np.array([len(each.words) for each in described], np.intp)
            linear = self._linear(flat, sizes)
            vectors = self._vector_of[flat]
        network = self._network(self._inputs(described, vectors, sizes))
        return np.asarray(linear * self._blend[0] + network * self._blend[1] + self._shift, np.float32)

    def _inputs(self, described: Sequence[Described], vectors: Places, sizes: Places) -> Floats:
        """What the network sees: lexicon blocks, mean vector of all words, mean vector of the charged ones."""
        firsts = (sizes.cumsum() - sizes).tolist()
        charged = [first + place for first, each in zip(firsts, described, strict=True) for place in each.charged]
        charges = np.array([len(each.charged) for each in described], np.intp)
        means = self.vectors.means(vectors, sizes), self.vectors.means(vectors[charged], charges)
        return np.hstack([self.describer.figures(described), *means])

    def _network(self, inputs: Floats) -> Floats:
        scaled = scale(inputs, self._centre, self._spread)
        hidden = rectified(scaled @ self._hidden, self._hidden_bias)
        return np.asarray(hidden @ self._out + scaled @ self._direct + self._out_bias, np.float32)

    def _linear(self, flat: Places, sizes: Places) -> Floats:
        """The word part and the letter part are each divided by the length of their tf-idf vector."""
        count = len(sizes)
        sentence_of = np.repeat(np.arange(count), sizes)
        sums = _sums(self._known.take(flat, axis=0), sentence_of, count)
        within = sentence_of[1:] == sentence_of[:-1]
        pairs, pair_of = pair_buckets(self._hashes[flat])[within], sentence_of[1:][within]
        pair_sums = _sums(self._word_table.take(pairs, axis=0), pair_of, count)
        sums[:, WORD] += pair_sums[:, :3]
        sums[:, WORD_SQUARE] += pair_sums[:, 3]
        word_part = _per_length(sums[:, WORD], sums[:, WORD_SQUARE])
        return self._linear_bias + word_part + _per_length(sums[:, CHAR], sums[:, CHAR_SQUARE])

    def _learn(self, words: list[str]) -> None:
        first = len(self._rows)
        past = first + len(words)
        while past > len(self._known):
            self._known = np.concatenate([self._known, np.zeros_like(self._known)])
            self._hashes = np.concatenate([self._hashes, np.zeros_like(self._hashes)])
            self._vector_of = np.concatenate([self._vector_of, np.zeros_like(self._vector_of)])
        hashes = np.array(list(map(word_hash, words)), np.uint32)
        self._hashes[first:past] = hashes
        alone = self._word_table.take(hashes >> np.uint32(32 - WORD_BITS), axis=0)
        known = self._known[first:past]
        known[:, WORD], known[:, WORD_SQUARE] = alone[:, :3], alone[:, 3]
        runs = list(map(char_buckets, words))
        width = max(map(len, runs))
        nothing = len(self._char_table) - 1
        padded = np.array([row + [nothing] * (width - len(row)) for row in runs], np.intp)
        found = self._char_table.take(padded.T, axis=0)
        known[:, CHAR] = found[:, :, :3].sum(axis=0)
        # each sum for itself: numpy adds a short row in another order than a longer one filled up with zeros
        known[:, CHAR_SQUARE] = [np.add.reduce(found[: len(row), place, 3]) for place, row in enumerate(runs)]
        self._vector_of[first:past] = list(map(self.vectors.place, words))
        self._rows.update(zip(words, range(first, past), strict=True))

    def tidy(self) -> None:
        """Drop the memory of words when it has grown large; called between documents."""
        with self._lock:
            if len(self._rows) > KNOWN_WORDS:
                self._forget()


def _batches(words: set[str]) -> Iterator[list[str]]:
    """Words to be learned together: all of usual length, and each longer one alone."""
    usual = [word for word in words if len(word) <= USUAL_LETTERS]
    if usual:
        yield usual
    for word in words.difference(usual):
        yield [word]


def pair_buckets(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Where each word with the next one falls, among 2**WORD_BITS."""
    return ((hashes[:-1] * np.uint32(PAIR_FACTOR)) ^ hashes[1:]) >> np.uint32(32 - WORD_BITS)


def _sums(values: Floats, owners: Places, count: int) -> Floats:
    """Column sums of values by the sentence that owns each row, one row a sentence."""
    width = values.shape[1]
    places = owners[:, None] * width + np.arange(width)
    sums = np.bincount(places.ravel(), weights=values.ravel(), minlength=count * width)
    return sums.reshape(count, width).astype(np.float32)


def _per_length(sums: Floats, squares: Floats) -> Floats:
    lengths: Floats = np.sqrt(np.maximum(squares, np.float32(1e-9)))
    return np.asarray(sums / lengths[:, None], np.float32)


def load_model() -> ToneModel:
    """The shipped model; ResourceError when its file is missing or broken."""
    return read_model(MODEL, ToneModel)

"""The trained tone model in use: tables of weights, read once, evaluated with numpy.

Two models vote. One is linear over hashed words, word pairs and letter runs. The other is a small network over
what the lexicon says of a sentence and the mean vectors of its words. A weighted sum of their log odds, scaled
and shifted on held-out folds, gives the chances.
"""

from collections.abc import Iterable, Mapping, Sequence
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

    def means(self, places: Sequence[Iterable[int]]) -> Floats:
        """Mean vector of each row of places, those of -1 left out; zeros for a row without any."""
        kept = [[place for place in row if place >= 0] for row in places]
        sizes = np.array([len(row) for row in kept], np.intp)
        means = np.zeros((len(kept), self.rows.shape[1]), np.float32)
        full = np.flatnonzero(sizes)
        if len(full):
            gathered = self.rows[[place for row in kept for place in row]]
            starts = np.concatenate([[0], np.cumsum(sizes[full])[:-1]])
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


class ToneModel:
    """Chances of the three classes; keeps what it has learned of words it met."""

    def __init__(self, tables: Mapping[str, NDArray[Any]]) -> None:
        self.describer = Describer(tone_lexicon())
        self.vectors = Vectors(tables["vocabulary"].tobytes(), tables["vectors"], tables["vector_scale"])
        floats = {name: table.astype(np.float32) for name, table in tables.items() if table.dtype.kind == "f"}
        self._word_weights, self._word_idf = floats["word_weights"], floats["word_idf"]
        self._char_table = np.column_stack([floats["char_weights"], floats["char_idf"] ** 2])
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
        self._vector_of: list[int] = []

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
            for word in {word for each in described for word in each.words}.difference(self._rows):
                self._learn(word)
            rows = [[self._rows[word] for word in each.words] for each in described]
            flat = np.array([row for sentence in rows for row in sentence], np.intp)
            sizes = np.array([len(sentence) for sentence in rows], np.intp)
            linear = self._linear(flat, sizes)
            vectors = [[self._vector_of[row] for row in sentence] for sentence in rows]
        network = self._network(self.inputs(described, vectors))
        return np.asarray(linear * self._blend[0] + network * self._blend[1] + self._shift, np.float32)

    def inputs(self, described: Sequence[Described], vectors: Sequence[Sequence[int]]) -> Floats:
        """What the network sees: lexicon blocks, mean vector of all words, mean vector of the charged ones."""
        charged = [[row[place] for place in each.charged] for each, row in zip(described, vectors, strict=True)]
        numbers = np.array([each.numbers for each in described], np.float32)
        return np.hstack([numbers, self.vectors.means(vectors), self.vectors.means(charged)])

    def _network(self, inputs: Floats) -> Floats:
        scaled = np.clip((inputs - self._centre) / self._spread, -CLIP, CLIP)
        hidden = np.maximum(scaled @ self._hidden + self._hidden_bias, 0)
        return np.asarray(hidden @ self._out + scaled @ self._direct + self._out_bias, np.float32)

    def _linear(self, flat: Places, sizes: Places) -> Floats:
        """The word part and the letter part are each divided by the length of their tf-idf vector."""
        count = len(sizes)
        sentence_of = np.repeat(np.arange(count), sizes)
        sums = _sums(self._known[flat], sentence_of, count)
        within = sentence_of[1:] == sentence_of[:-1]
        pairs, pair_of = pair_buckets(self._hashes[flat])[within], sentence_of[1:][within]
        sums[:, WORD] += _sums(self._word_weights[pairs], pair_of, count)
        sums[:, WORD_SQUARE] += _sums(self._word_idf[pairs, None] ** 2, pair_of, count)[:, 0]
        word_part = _per_length(sums[:, WORD], sums[:, WORD_SQUARE])
        return self._linear_bias + word_part + _per_length(sums[:, CHAR], sums[:, CHAR_SQUARE])

    def _learn(self, word: str) -> None:
        row = len(self._rows)
        if row == len(self._known):
            self._known = np.concatenate([self._known, np.zeros_like(self._known)])
            self._hashes = np.concatenate([self._hashes, np.zeros_like(self._hashes)])
        hashed = word_hash(word)
        bucket = hashed >> (32 - WORD_BITS)
        chars = char_buckets(word)
        self._hashes[row] = hashed
        self._known[row, WORD] = self._word_weights[bucket]
        self._known[row, WORD_SQUARE] = self._word_idf[bucket] ** 2
        found = self._char_table[chars]
        self._known[row, CHAR] = found[:, :-1].sum(axis=0)
        self._known[row, CHAR_SQUARE] = found[:, -1].sum()
        self._rows[word] = row
        self._vector_of.append(self.vectors.place(word))

    def tidy(self) -> None:
        """Drop the memory of words when it has grown large; called between documents."""
        with self._lock:
            if len(self._rows) > KNOWN_WORDS:
                self._forget()


def pair_buckets(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Where each word with the next one falls, among 2**WORD_BITS."""
    return ((hashes[:-1] * np.uint32(PAIR_FACTOR)) ^ hashes[1:]) >> np.uint32(32 - WORD_BITS)


def _sums(values: Floats, owners: Places, count: int) -> Floats:
    """Column sums of values by the sentence that owns each row, one row a sentence."""
    columns = [np.bincount(owners, weights=column, minlength=count) for column in values.T]
    return np.column_stack(columns).astype(np.float32)


def _per_length(sums: Floats, squares: Floats) -> Floats:
    lengths: Floats = np.sqrt(np.maximum(squares, np.float32(1e-9)))
    return np.asarray(sums / lengths[:, None], np.float32)


def load_model() -> ToneModel:
    """The shipped model; ResourceError when its file is missing or broken."""
    return read_model(MODEL, ToneModel)

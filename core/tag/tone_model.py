"""The trained tone model in use: tables of weights, read once, evaluated with numpy."""

from collections.abc import Sequence
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.errors import ResourceError
from core.resources import path
from core.tag.tone_features import PAIR_FACTOR, WORD_BITS, char_buckets, tokens, word_hash

MODEL: Final = "models/tone.npz"
NEGATIVE, NEUTRAL, POSITIVE = 0, 1, 2
KNOWN_WORDS: Final = 200_000  # words kept ready; the memory is dropped whole when it is full

Floats = NDArray[np.float32]
Hashes = NDArray[np.uint32]

# Columns of what is kept of a word: its own weights, its letter runs' weights, and their squared lengths.
WORD, CHAR, WORD_SQUARE, CHAR_SQUARE, WIDTH = slice(0, 3), slice(3, 6), 6, 7, 8


class ToneModel:
    """Log odds of three classes from hashed words, word pairs and letter runs.

    A sentence's word part (words and pairs) and its letter part are each divided by the length of their
    own tf-idf vector, so long sentences do not shout.
    """

    def __init__(self, tables: dict[str, NDArray[np.float16 | np.float32]]) -> None:
        self._word_weights = tables["word_weights"].astype(np.float32)
        self._word_idf = tables["word_idf"].astype(np.float32)
        self._char_weights = tables["char_weights"].astype(np.float32)
        self._char_idf = tables["char_idf"].astype(np.float32)
        self._bias = tables["bias"].astype(np.float32)
        self._scale = tables["scale"].astype(np.float32)
        self._shift = tables["shift"].astype(np.float32)
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[str, int] = {}
        self._known = np.zeros((1024, WIDTH), np.float32)
        self._hashes = np.zeros(1024, np.uint32)

    def rate(self, sentences: Sequence[str]) -> list[tuple[int, float]]:
        """Class and score (P(positive) - P(negative), rounded) of each sentence; no words: neutral, 0."""
        chances = self.probabilities(sentences)
        scores = (chances[:, POSITIVE] - chances[:, NEGATIVE]).round(4).tolist()
        return list(zip(chances.argmax(axis=1).tolist(), scores, strict=True))

    def probabilities(self, sentences: Sequence[str]) -> Floats:
        """Calibrated chances, one row a sentence: negative, neutral, positive."""
        words = [tokens(sentence) for sentence in sentences]
        logits = self._logits(words) * self._scale + self._shift
        logits -= logits.max(axis=1, keepdims=True, initial=-np.inf)
        chances: Floats = np.exp(logits)
        chances /= chances.sum(axis=1, keepdims=True)
        chances[[not any(word[0].isalpha() for word in row) for row in words]] = (0, 1, 0)
        return chances

    def _logits(self, sentences: Sequence[Sequence[str]]) -> Floats:
        lengths = np.array([len(words) for words in sentences], np.intp)
        rows, hashes = self._look_up([word for words in sentences for word in words])
        sentence_of = np.repeat(np.arange(len(sentences)), lengths)
        sums = _sums(rows, sentence_of, len(sentences))
        within = sentence_of[1:] == sentence_of[:-1]
        pairs, pair_of = _pair_buckets(hashes)[within], sentence_of[1:][within]
        sums[:, WORD] += _sums(self._word_weights[pairs], pair_of, len(sentences))
        sums[:, WORD_SQUARE] += _sums(self._word_idf[pairs, None] ** 2, pair_of, len(sentences))[:, 0]
        word_part = _per_length(sums[:, WORD], sums[:, WORD_SQUARE])
        return self._bias + word_part + _per_length(sums[:, CHAR], sums[:, CHAR_SQUARE])

    def contributions(self, words: Sequence[str]) -> tuple[list[float], list[float]]:
        """What each word and each pair of neighbours adds to the log odds of positive against negative."""
        rows, hashes = self._look_up(list(words))
        pairs = _pair_buckets(hashes)
        square = rows[:, WORD_SQUARE].sum() + (self._word_idf[pairs] ** 2).sum()
        chars = _per_length(rows[:, CHAR], np.full(len(words), rows[:, CHAR_SQUARE].sum()))
        singles = (_per_length(rows[:, WORD], np.full(len(words), square)) + chars) * self._scale
        doubles = _per_length(self._word_weights[pairs], np.full(len(pairs), square)) * self._scale
        return (
            (singles[:, POSITIVE] - singles[:, NEGATIVE]).tolist(),
            (doubles[:, POSITIVE] - doubles[:, NEGATIVE]).tolist(),
        )

    def _look_up(self, words: list[str]) -> tuple[Floats, Hashes]:
        with self._lock:  # pages rate from several threads
            if len(self._rows) > KNOWN_WORDS:
                self._forget()
            for word in set(words).difference(self._rows):
                self._learn(word)
            places = np.array([self._rows[word] for word in words], np.intp)
            return self._known[places], self._hashes[places]

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
        self._known[row, CHAR] = self._char_weights[chars].sum(axis=0)
        self._known[row, CHAR_SQUARE] = (self._char_idf[chars] ** 2).sum()
        self._rows[word] = row


def _sums(values: Floats, owners: NDArray[np.intp], count: int) -> Floats:
    """Column sums of values by the sentence that owns each row, one row a sentence."""
    columns = [np.bincount(owners, weights=column, minlength=count) for column in values.T]
    return np.column_stack(columns).astype(np.float32)


def _pair_buckets(hashes: Hashes) -> NDArray[np.uint32]:
    return ((hashes[:-1] * np.uint32(PAIR_FACTOR)) ^ hashes[1:]) >> np.uint32(32 - WORD_BITS)


def _per_length(sums: Floats, squares: Floats) -> Floats:
    lengths: Floats = np.sqrt(np.maximum(squares, np.float32(1e-9)))
    return np.asarray(sums / lengths[:, None], np.float32)


def load_model() -> ToneModel:
    """The shipped model; ResourceError when its file is missing or broken."""
    try:
        with np.load(path(MODEL), allow_pickle=False) as tables:
            return ToneModel({name: tables[name] for name in tables.files})
    except (ValueError, KeyError, OSError, EOFError) as error:
        raise ResourceError(
            f"The tone model core/resources/{MODEL} is broken: restore it from the repository."
        ) from error

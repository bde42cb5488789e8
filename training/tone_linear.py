"""The linear half of the tone model: tf-idf of hashed words, word pairs and letter runs."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression

from core.tag.tone_features import CHAR_BITS, WORD_BITS, char_buckets, word_hash
from core.tag.tone_model import pair_buckets

STRENGTH = 4.0  # C of the regression, chosen by cross-validation among 2, 4, 8
PARTS = ("word", "char")


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each bucket occurs in each sentence: words and word pairs, and letter runs."""

    parts: tuple[csr_matrix, csr_matrix]

    def apply(self, tables: dict[str, np.ndarray], chosen: np.ndarray) -> np.ndarray:
        """Log odds of the chosen rows."""
        found = np.tile(tables["linear_bias"], (len(chosen), 1))
        for name, part in zip(PARTS, self.parts, strict=True):
            found += _per_length(part[chosen], tables[f"{name}_idf"]) @ tables[f"{name}_weights"]
        return found


def read_counts(sentences: list[list[str]]) -> Counts:
    words, chars = [], []
    for sentence in sentences:
        hashes = np.array([word_hash(word) for word in sentence], np.uint32)
        words.append([*(hashes >> np.uint32(32 - WORD_BITS)).tolist(), *pair_buckets(hashes).tolist()])
        chars.append([bucket for word in sentence for bucket in char_buckets(word)])
    return Counts((_matrix(words, 1 << WORD_BITS), _matrix(chars, 1 << CHAR_BITS)))


def _matrix(buckets: list[list[int]], width: int) -> csr_matrix:
    starts = np.cumsum([0, *map(len, buckets)])
    columns = np.array([bucket for row in buckets for bucket in row], np.int64)
    matrix = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(buckets), width))
    matrix.sum_duplicates()
    return matrix


def _rarity(part: csr_matrix) -> np.ndarray:
    """Inverse document frequency per bucket; 0 where fewer than two sentences have it."""
    holders = np.asarray((part > 0).sum(axis=0)).ravel()
    return np.where(holders < 2, 0.0, np.log((1 + part.shape[0]) / (1 + holders)) + 1)


def _per_length(part: csr_matrix, idf: np.ndarray) -> csr_matrix:
    """Counts divided by the length of the sentence's tf-idf vector, every occurrence a dimension of its own."""
    squares = part @ (idf.astype(np.float64) ** 2)
    return diags(1 / np.sqrt(np.maximum(squares, 1e-9))) @ part


def fit_linear(counts: Counts, seen: np.ndarray, classes: np.ndarray, weights: np.ndarray) -> dict[str, np.ndarray]:
    """Tables of weights (buckets, 3) with the idf multiplied in, and the idf itself."""
    idfs = [_rarity(part[seen]) for part in counts.parts]
    weighed = [_per_length(part[seen], idf) @ diags(idf) for part, idf in zip(counts.parts, idfs, strict=True)]
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(hstack(weighed).tocsr(), classes[seen], weights[seen])
    coefficients = np.split(model.coef_.T, [1 << WORD_BITS])
    tables = {"linear_bias": model.intercept_}
    for name, idf, part in zip(PARTS, idfs, coefficients, strict=True):
        tables[f"{name}_idf"] = idf
        tables[f"{name}_weights"] = part * idf[:, None]
    return tables

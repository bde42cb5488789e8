"""Word vectors for the tone model, learned from ../shared/data/news: positive PMI, then a truncated SVD."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.utils.extmath import randomized_svd

from core.tag.tone_features import tokens

LEAST = 10  # a word seen less often gets no vector
WINDOW = 5
SMOOTHING = 0.75  # of context counts, so that rare contexts are not overrated
SIZE = 160
ROUNDS = 4


def read_paragraphs(news: Path) -> Iterator[list[str]]:
    """Tokens of each line of text, once each: wire copies would else count double."""
    seen: set[str] = set()
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            for paragraph in (json.loads(line)["text"] or "").splitlines():
                if len(paragraph) > 15 and paragraph not in seen:
                    seen.add(paragraph)
                    yield tokens(paragraph)


def learn_vectors(news: Path) -> tuple[list[str], np.ndarray, float]:
    """Words by falling frequency, their vectors as 8-bit integers, and the scale that restores them."""
    paragraphs = list(read_paragraphs(news))
    counts = Counter(word for words in paragraphs for word in words)
    vocabulary = [
        word for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count >= LEAST
    ]
    places = {word: place for place, word in enumerate(vocabulary)}
    gap = [-1] * WINDOW
    flat = np.array([place for words in paragraphs for place in [*(places.get(word, -1) for word in words), *gap]])
    pairs = _cooccurrence(flat, len(vocabulary))
    left, strength, _ = randomized_svd(pairs, n_components=SIZE, n_iter=ROUNDS, random_state=0)
    vectors = left * np.sqrt(strength)
    scale = float(np.quantile(np.abs(vectors), 0.9995)) / 127
    return vocabulary, np.clip(np.rint(vectors / scale), -127, 127).astype(np.int8), scale


def _cooccurrence(flat: np.ndarray, size: int) -> csr_matrix:
    """Positive pointwise mutual information of words within WINDOW, nearer ones counting more."""
    total = csr_matrix((size, size), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        left, right = flat[:-distance], flat[distance:]
        both = (left >= 0) & (right >= 0)
        weight = np.full(int(both.sum()), (WINDOW + 1 - distance) / WINDOW, np.float32)
        total = total + csr_matrix((weight, (left[both], right[both])), shape=(size, size))
    found = (total + total.T).tocoo()
    sums = np.asarray(found.sum(axis=1)).ravel()
    contexts = sums**SMOOTHING
    information = np.log(found.data * contexts.sum() / (sums[found.row] * contexts[found.col]))
    kept = information > 0
    return csr_matrix((information[kept], (found.row[kept], found.col[kept])), shape=(size, size))

"""How alike two texts are: the three-word runs (shingles) that they share."""

import re
import zlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

WIDTH_WORDS = 3
SAMPLED_EACH = 8  # one hash in so many is kept in the corpus, the same ones in every text
CONTAINMENT = 0.8  # share of the smaller text's shingles that the larger one must have to be its near-duplicate
KNOWN_WORDS = 200_000  # bounds the memory of the hashes that are kept
FEWEST = 20  # texts with fewer shingles say too little: only the very same words make them one

Hashes = npt.NDArray[np.uint64]


class _Known(dict[str, int]):
    """Hashes of words met before; words come again and again, so looking up beats hashing."""

    def __missing__(self, word: str) -> int:
        if len(self) >= KNOWN_WORDS:
            self.clear()
        self[word] = found = zlib.crc32(word.encode("utf-8", "replace"))
        return found


_KNOWN = _Known()
_WORD = re.compile(r"\w+")
_MIX_1 = np.uint64(0x9E3779B97F4A7C15)
_MIX_2 = np.uint64(0xC2B2AE3D27D4EB4F)


def word_hashes(text: str) -> Hashes:
    """One hash a word, in order; the same on every machine and in every run."""
    return np.fromiter(map(_KNOWN.__getitem__, _WORD.findall(text.lower())), dtype=np.uint64)


def shingles(text: str) -> Hashes:
    """The sorted, distinct hashes of a text's shingles."""
    return shingles_of(word_hashes(text))


def shingles_of(words: Hashes) -> Hashes:
    """The same from the hashes of its words."""
    if len(words) < WIDTH_WORDS:
        return np.unique(words)
    mixed = (words[:-2] * _MIX_1) ^ ((words[1:-1] + np.uint64(1)) * _MIX_2)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * _MIX_1 + words[2:]
    mixed = (mixed ^ (mixed >> np.uint64(32))) * _MIX_2
    return np.unique(mixed ^ (mixed >> np.uint64(29)))


def whole(words: Hashes) -> int:
    """One hash over all words in order: texts have the same one only where their words are the same."""
    return zlib.crc32(words.astype("<u8").tobytes()) | len(words) << 32


def sampled(hashes: Hashes) -> Hashes:
    """The hashes that stand for the text in the corpus."""
    kept: Hashes = hashes[hashes % np.uint64(SAMPLED_EACH) == 0]
    return kept


def containment(one: Hashes, other: Hashes) -> float:
    """The share of the smaller set that is in the larger one; 0.0 when either is empty."""
    if not len(one) or not len(other):
        return 0.0
    return len(np.intersect1d(one, other, assume_unique=True)) / min(len(one), len(other))


def contained(one: Hashes, other: Hashes) -> float:
    """The share of one that is in the other; 0.0 when one is empty."""
    return len(np.intersect1d(one, other, assume_unique=True)) / len(one) if len(one) else 0.0


def shingle_table(numbered: Iterable[tuple[int, str]]) -> pa.Table:
    """What the corpus keeps of the texts' shingles: doc, hash, whole."""
    docs: list[Hashes] = []
    hashes: list[Hashes] = []
    wholes: list[bool] = []
    for doc, text in numbered:
        words = word_hashes(text)
        kept = sampled(shingles_of(words))
        docs.append(np.full(len(kept) + 1, doc, dtype=np.uint64))
        hashes.append(np.append(kept, np.uint64(whole(words))))
        wholes.extend([False] * len(kept) + [True])
    return pa.table(
        {
            "doc": np.concatenate(docs).astype(np.int32),
            "hash": np.concatenate(hashes),
            "whole": pa.array(wholes, pa.bool_()),
        }
    )

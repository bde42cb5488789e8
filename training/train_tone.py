"""Train the tone model from ../shared/data/tone/train.jsonl; write core/resources/models/tone.npz.

Usage: python training/train_tone.py [DATA_FOLDER]     (needs requirements-train.txt; about two minutes)
The same data give the same file, to the byte. Prints cross-validated and dev figures.
"""

import json
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix, f1_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import normalize

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core.tag.tone_features import CHAR_BITS, PAIR_FACTOR, WORD_BITS, char_buckets, tokens, word_hash  # noqa: E402

OUTPUT = PROJECT / "core" / "resources" / "models" / "tone.npz"
LABELS = ("negative", "neutral", "positive")
STRENGTH = 4.0  # C of the regression, chosen by cross-validation among 2, 4, 8
UNSURE_WEIGHT = 0.6  # a sentence on which annotators would disagree teaches less
FOLDS = 5


def read_rows(file: Path) -> list[dict]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def counts(sentences: list[str]) -> tuple[csr_matrix, csr_matrix]:
    """Counts per bucket of words and word pairs, and of letter runs; one row a sentence."""
    kinds: tuple[list[list[int]], list[list[int]]] = ([], [])
    for sentence in sentences:
        words = tokens(sentence)
        hashes = np.array([word_hash(word) for word in words], np.uint32)
        pairs = (hashes[:-1] * np.uint32(PAIR_FACTOR)) ^ hashes[1:]
        kinds[0].append((np.concatenate([hashes, pairs]) >> np.uint32(32 - WORD_BITS)).tolist())
        kinds[1].append([bucket for word in words for bucket in char_buckets(word)])
    return _matrix(kinds[0], 1 << WORD_BITS), _matrix(kinds[1], 1 << CHAR_BITS)


def _matrix(buckets: list[list[int]], width: int) -> csr_matrix:
    starts = np.cumsum([0, *map(len, buckets)])
    columns = np.array([bucket for row in buckets for bucket in row], np.int64)
    matrix = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(buckets), width))
    return matrix


def rarity(matrix: csr_matrix) -> np.ndarray:
    """Inverse document frequency per bucket; 0 where fewer than two sentences have it."""
    merged = matrix.copy()
    merged.sum_duplicates()
    holders = np.asarray((merged > 0).sum(axis=0)).ravel()
    return np.where(holders < 2, 0.0, np.log((1 + matrix.shape[0]) / (1 + holders)) + 1).astype(np.float16)


def weigh(matrix: csr_matrix, idf: np.ndarray) -> csr_matrix:
    """Rows of tf-idf, each divided by its length; repeated words are added up only after the length is taken."""
    weighed = matrix.copy()
    weighed.data = matrix.data * idf.astype(np.float64)[matrix.indices]
    weighed = normalize(weighed)
    weighed.sum_duplicates()
    return weighed


def calibrate(logits: np.ndarray, classes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One scale and three shifts that make held-out log odds honest chances."""

    def loss(given: np.ndarray) -> float:
        moved = logits * given[0] + np.array([given[1], 0.0, given[2]])
        moved -= moved.max(axis=1, keepdims=True)
        return float((np.log(np.exp(moved).sum(axis=1)) - moved[np.arange(len(classes)), classes]).mean())

    best = minimize(loss, np.array([1.0, 0.0, 0.0]), method="L-BFGS-B").x
    return np.full(3, best[0]), np.array([best[1], 0.0, best[2]])


def chances(logits: np.ndarray) -> np.ndarray:
    spread = np.exp(logits - logits.max(axis=1, keepdims=True))
    return spread / spread.sum(axis=1, keepdims=True)


def calibration_error(given: np.ndarray, classes: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error of the chosen class, equal-width bins."""
    confidence, right = given.max(axis=1), given.argmax(axis=1) == classes
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return float(
        sum(abs(confidence[place == b].mean() - right[place == b].mean()) * (place == b).mean() for b in set(place))
    )


def report(name: str, given: np.ndarray, classes: np.ndarray, sure: np.ndarray) -> None:
    chosen = given.argmax(axis=1)
    print(
        f"{name}: n={len(classes)} macro-F1 {f1_score(classes, chosen, average='macro'):.4f} "
        f"(sure {f1_score(classes[sure], chosen[sure], average='macro'):.4f}) "
        f"accuracy {(chosen == classes).mean():.4f} ECE {calibration_error(given, classes):.4f}"
    )
    print(confusion_matrix(classes, chosen))


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT.parent / "shared" / "data"
    train, dev = (read_rows(data / "tone" / f"{name}.jsonl") for name in ("train", "dev"))
    classes, dev_classes = (np.array([LABELS.index(row["tone"]) for row in rows]) for rows in (train, dev))
    sure, dev_sure = (np.array([not row["unsure"] for row in rows]) for rows in (train, dev))
    weights = np.where(sure, 1.0, UNSURE_WEIGHT)
    random = np.array([row["sample"] == "random" for row in train])

    def design(rows: list[dict], idfs: list[np.ndarray] | None) -> tuple[csr_matrix, list[np.ndarray]]:
        kinds = counts([row["sentence"] for row in rows])
        idfs = idfs or [rarity(kind) for kind in kinds]
        return hstack([weigh(kind, idf) for kind, idf in zip(kinds, idfs, strict=True)]).tocsr(), idfs

    matrix, idfs = design(train, None)
    held_out = np.zeros((len(train), 3))
    # Sentences of one article stay together, or the folds would know their own subjects.
    for seen, unseen in GroupKFold(FOLDS).split(matrix, classes, [row["url"] for row in train]):
        fold = LogisticRegression(C=STRENGTH, max_iter=1000).fit(matrix[seen], classes[seen], weights[seen])
        held_out[unseen] = fold.decision_function(matrix[unseen])
    # Only the random part has the mix of tones that news has.
    scale, shift = calibrate(held_out[random], classes[random])
    report("folds, random part", chances(held_out * scale + shift)[random], classes[random], sure[random])

    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(matrix, classes, weights)
    dev_matrix, _ = design(dev, idfs)
    report("dev", chances(model.decision_function(dev_matrix) * scale + shift), dev_classes, dev_sure)

    word_weights, char_weights = np.split(model.coef_.T, [1 << WORD_BITS])
    np.savez_compressed(
        OUTPUT,
        word_weights=(word_weights * idfs[0].astype(np.float64)[:, None]).astype(np.float16),
        word_idf=idfs[0],
        char_weights=(char_weights * idfs[1].astype(np.float64)[:, None]).astype(np.float16),
        char_idf=idfs[1],
        bias=model.intercept_.astype(np.float32),
        scale=scale.astype(np.float32),
        shift=shift.astype(np.float32),
    )
    print(f"{OUTPUT.relative_to(PROJECT)}: {OUTPUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

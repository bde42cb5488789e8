"""Calibration and figures for the tone model."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from sklearn.metrics import confusion_matrix, f1_score

LABELS = ("negative", "neutral", "positive")


def chances(logits: np.ndarray, blend: np.ndarray, shift: np.ndarray) -> np.ndarray:
    """Class chances from the log odds of several models (rows, models, 3)."""
    mixed = np.einsum("rmc,m->rc", logits, blend) + shift
    spread = np.exp(mixed - mixed.max(axis=1, keepdims=True))
    return spread / spread.sum(axis=1, keepdims=True)


def calibrate(logits: np.ndarray, classes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weight of each model and shift of each class that make held-out log odds honest chances."""
    models = logits.shape[1]

    def loss(given: np.ndarray) -> float:
        found = chances(logits, given[:models], np.array([given[models], 0.0, given[models + 1]]))
        return float(-np.log(found[np.arange(len(classes)), classes] + 1e-12).mean())

    best = minimize(loss, np.array([0.5] * models + [0.0, 0.0]), method="L-BFGS-B").x
    return best[:models], np.array([best[models], 0.0, best[models + 1]])


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error, bins of equal width."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return float(
        sum(abs(confidence[place == b].mean() - right[place == b].mean()) * (place == b).mean() for b in set(place))
    )


def score(given: np.ndarray, classes: np.ndarray) -> float:
    """Macro-F1 of the likeliest class."""
    return float(f1_score(classes, given.argmax(axis=1), average="macro"))


def lean(given: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """What to add to the log chances of the outer classes so that the likeliest class has a good macro-F1.

    The mean of all settings on a grid that come within 0.002 of the best: the peak itself is luck.
    """
    steps = np.arange(0, 19) / 10
    found = [((low, 0.0, high), score(leaned(given, (low, 0.0, high)), classes)) for low in steps for high in steps]
    best = max(figure for _, figure in found)
    return np.mean([setting for setting, figure in found if figure >= best - 0.002], axis=0)


def leaned(given: np.ndarray, leaning: Sequence[float] | np.ndarray) -> np.ndarray:
    return np.log(np.maximum(given, 1e-9)) + np.asarray(leaning)


def report(
    name: str, given: np.ndarray, classes: np.ndarray, sure: np.ndarray, leaning: Sequence[float] = (0.0, 0.0, 0.0)
) -> None:
    """Print figures of one set of sentences; leaning moves the choice of the class, not its chance."""
    moved = leaned(given, leaning)
    chosen = moved.argmax(axis=1)
    loss = -np.log(given[np.arange(len(classes)), classes] + 1e-12).mean()
    print(
        f"{name}: n={len(classes)} macro-F1 {score(moved, classes):.4f} "
        f"(sure {score(moved[sure], classes[sure]):.4f}) accuracy {(chosen == classes).mean():.4f} "
        f"loss {loss:.4f} ECE {calibration_error(given.max(axis=1), given.argmax(axis=1) == classes):.4f}"
    )
    print(confusion_matrix(classes, chosen), flush=True)

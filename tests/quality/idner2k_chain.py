"""A linear chain over the words of a token file, as idner2k marks names: one of the voters of idner2k_marks.py.

It sees what the tagger's name model sees (core/tag/name_features.py), and besides how often news has each word for each
kind of name (idner2k_habits.py). Classes and words beside count twice: once for all sets, and once for the set that a
sentence is of.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.tag.name_features import EDGE, LABELS, PAIRS, PLACES
from tests.quality.idner2k_habits import FOLDER, raw_habits
from tests.quality.idner2k_network import first_scores, marginals
from training import name_rows

HABIT_MARKS = {"self": "D", "before": "Q", "behind": "N"}
OWN = ("0:c=", "-1:w=", "1:w=", *(f"{name}:" for name, *_ in PAIRS))  # features that also count for a set alone
OWN_SET = "idner2k"

Floats = NDArray[np.float32]


@cache
def _named(kind: str, digits: str) -> list[str]:
    mark = HABIT_MARKS[kind]
    names = [f"{mark}{label}{digit}" for label, digit in zip(LABELS, digits, strict=True) if digit != "0"]
    return [*names, "DD" + digits] if kind == "self" else names


def _habits_of(kind: str, word: str) -> list[str]:
    """What news has a word for, as features."""
    digits = raw_habits()[kind].get(word)
    return [] if digits is None else _named(kind, digits)


def _habits_around(padded: list[str], at: int) -> list[str]:
    row = [f"{place}:{name}" for place in PLACES for name in _habits_of("self", padded[at + place])]
    row += [f"-1:{name}" for name in _habits_of("before", padded[at - 1].lower())]
    return row + [f"1:{name}" for name in _habits_of("behind", padded[at + 1].lower())]


def features(forms: list[str], convention: str) -> list[list[str]]:
    """All features of each form, as one who marks by the convention of a set is to weigh them."""
    padded = [EDGE, EDGE, *forms, EDGE, EDGE]
    rows = []
    for at, plain in enumerate(name_rows.features(forms), 2):
        row = plain + _habits_around(padded, at)
        rows.append(row + [f"{convention}|{name}" for name in row if name.startswith(OWN)])
    return rows


class Idner2kChain:
    """Weights by feature, and the chances of labels by them."""

    def __init__(self, names: list[str], weights: Floats, steps: Floats) -> None:
        self._rows = {name: row for row, name in enumerate(names)}
        self._weights = weights
        self._steps = steps

    def chances(self, forms: Sequence[str]) -> Floats:
        """Of each label at each word of a sentence, all sequences considered: (words, labels)."""
        scores = np.zeros((len(forms), len(LABELS)), np.float32)
        for at, row in enumerate(features(list(forms), OWN_SET)):
            known = [self._rows[name] for name in row if name in self._rows]
            scores[at] = self._weights[known].sum(axis=0)
        return marginals(scores, self._steps, first_scores())

    def save(self, file: Path) -> None:
        np.savez_compressed(
            file,
            features=np.frombuffer("\n".join(self._rows).encode(), np.uint8),
            weights=self._weights.astype(np.float16),
            transitions=self._steps,
        )


@cache
def idner2k_chain() -> Idner2kChain:
    with np.load(FOLDER / "chain.npz", allow_pickle=False) as stored:
        names = bytes(stored["features"]).decode("utf-8").split("\n")
        return Idner2kChain(names, stored["weights"].astype(np.float32), stored["transitions"].astype(np.float32))

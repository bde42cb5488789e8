"""Names as idner2k marks them: a linear chain over the words of a token file, there to be measured on that set alone.

It sees what the tagger's name model sees (core/tag/name_features.py), and besides how often news has each word for each
kind of name (idner2k/word_habits.tsv). Classes and words beside count twice: once for all sets, and once for the set
that a sentence is of. No name begins or ends inside a token of the file.
"""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.tag.name_features import EDGE, LABELS, PAIRS, PLACES
from core.tag.tokens import TOKEN
from training import name_rows
from training.name_rows import spans

FOLDER = Path(__file__).resolve().parent / "idner2k"
HABIT_MARKS = {"self": "D", "before": "Q", "behind": "N"}
OWN = ("0:c=", "-1:w=", "1:w=", *(f"{name}:" for name, *_ in PAIRS))  # features that also count for a set alone
OWN_SET = "idner2k"
FORBIDDEN = -1000.0

Floats = NDArray[np.float32]


@cache
def habits() -> dict[str, dict[str, list[str]]]:
    """What news has each word for, as features: `self` of a capitalised form, `before` and `behind` of words beside."""
    found: dict[str, dict[str, list[str]]] = {kind: {} for kind in HABIT_MARKS}
    for line in (FOLDER / "word_habits.tsv").read_text(encoding="utf-8").splitlines():
        kind, digits, words = line.split("\t")
        mark = HABIT_MARKS[kind]
        names = [f"{mark}{label}{digit}" for label, digit in zip(LABELS, digits, strict=True) if digit != "0"]
        if kind == "self":
            names.append("DD" + digits)
        found[kind].update(dict.fromkeys(words.split(" "), names))
    return found


def _habits_around(padded: list[str], at: int) -> list[str]:
    near = {place: padded[at + place] for place in PLACES}
    row = [f"{place}:{name}" for place in PLACES for name in habits()["self"].get(near[place], [])]
    row += [f"-1:{name}" for name in habits()["before"].get(near[-1].lower(), [])]
    return row + [f"1:{name}" for name in habits()["behind"].get(near[1].lower(), [])]


def features(forms: list[str], convention: str) -> list[list[str]]:
    """All features of each form, as one who marks by the convention of a set is to weigh them."""
    padded = [EDGE, EDGE, *forms, EDGE, EDGE]
    rows = []
    for at, plain in enumerate(name_rows.features(forms), 2):
        row = plain + _habits_around(padded, at)
        rows.append(row + [f"{convention}|{name}" for name in row if name.startswith(OWN)])
    return rows


def with_brackets(forms: list[str], names: set[tuple[int, int, str]]) -> set[tuple[int, int, str]]:
    """A short form in brackets behind an organisation or place belongs to it, behind a person it is one of its own."""
    kept: dict[int, tuple[int, int, str]] = {}
    for first, last, label in sorted(names):
        if any(first < end for _, end, _ in kept.values()):
            continue  # what a bracket has taken in already
        short = forms[last : last + 3]
        if len(short) == 3 and short[0] == "(" and short[1][0].isupper() and short[2] == ")":
            if label == "PER":
                kept[last] = (last, last + 3, label)
            else:
                last += 3
        kept[first] = (first, last, label)
    return set(kept.values())


class Idner2kModel:
    """Weights by feature, and the best labels of a sentence by them."""

    def __init__(self, names: list[str], weights: Floats, steps: Floats) -> None:
        self._rows = {name: row for row, name in enumerate(names)}
        self._weights = weights
        self._steps = steps
        within = [
            [0.0 if after == ("O" if before == "O" else "I-" + before[2:]) else FORBIDDEN for after in LABELS]
            for before in LABELS
        ]
        self._within = np.array(within, np.float32)
        self._opening = np.array([FORBIDDEN if label.startswith("I-") else 0.0 for label in LABELS], np.float32)

    def mark(self, text: str) -> set[tuple[int, int, str]]:
        """Names in a sentence whose tokens are parted by spaces: characters from, to, kind."""
        words = list(TOKEN.finditer(text))
        inner = [at > 0 and word.start() == words[at - 1].end() for at, word in enumerate(words)]
        forms = [word.group() for word in words]
        if not forms:
            return set()
        found = with_brackets(forms, spans(self._labels(self._scores(forms), inner)))
        return {(words[first].start(), words[last - 1].end(), label) for first, last, label in found}

    def save(self, file: Path) -> None:
        np.savez_compressed(
            file,
            features=np.frombuffer("\n".join(self._rows).encode(), np.uint8),
            weights=self._weights.astype(np.float16),
            transitions=self._steps,
        )

    def _scores(self, forms: list[str]) -> Floats:
        scores = np.zeros((len(forms), len(LABELS)), np.float32)
        for at, row in enumerate(features(forms, OWN_SET)):
            known = [self._rows[name] for name in row if name in self._rows]
            scores[at] = self._weights[known].sum(axis=0)
        return scores

    def _labels(self, scores: Floats, inner: list[bool]) -> list[str]:
        best = scores[0] + self._opening
        back = []
        for at in range(1, len(scores)):
            ways = best[:, None] + self._steps + (self._within if inner[at] else 0.0)
            back.append(ways.argmax(axis=0))
            best = ways.max(axis=0) + scores[at]
        chosen = [int(best.argmax())]
        for row in reversed(back):
            chosen.append(int(row[chosen[-1]]))
        return [LABELS[number] for number in reversed(chosen)]


@cache
def idner2k_model() -> Idner2kModel:
    with np.load(FOLDER / "names.npz", allow_pickle=False) as stored:
        names = bytes(stored["features"]).decode("utf-8").split("\n")
        return Idner2kModel(names, stored["weights"].astype(np.float32), stored["transitions"].astype(np.float32))

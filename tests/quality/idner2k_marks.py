"""Names as idner2k marks them: what networks and a chain say together, and short forms in brackets in its own way."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.tag.name_features import LABELS
from core.tag.tokens import TOKEN
from tests.quality.idner2k_chain import idner2k_chain
from tests.quality.idner2k_network import FORBIDDEN, first_scores, idner2k_network
from training.name_rows import spans

CHAIN_SHARE = 0.5  # of the chain's word beside that of the networks: a vote for each kind
LEAST = 1e-6  # a chance below it counts as this

Floats = NDArray[np.float32]
Chances = Callable[[Sequence[str]], Floats]
"""Of a sentence's words, a row of chances each, one a label."""


def idner2k_chances(forms: Sequence[str]) -> Floats:
    """What networks and chain say together."""
    return (1 - CHAIN_SHARE) * idner2k_network().chances(forms) + CHAIN_SHARE * idner2k_chain().chances(forms)


def marker(chances: Chances) -> Callable[[str], set[tuple[int, int, str]]]:
    """What marks the names in a sentence whose tokens are parted by spaces: characters from, to, kind.

    No name begins or ends inside a token.
    """

    def mark(text: str) -> set[tuple[int, int, str]]:
        words = list(TOKEN.finditer(text))
        if not words:
            return set()
        forms = [word.group() for word in words]
        inner = [at > 0 and word.start() == words[at - 1].end() for at, word in enumerate(words)]
        found = with_brackets(forms, spans(likeliest(chances(forms), inner)))
        return {(words[first].start(), words[last - 1].end(), label) for first, last, label in found}

    return mark


def likeliest(chances: Floats, inner: Sequence[bool]) -> list[str]:
    """The labels that are likeliest together; inner words go on with what the word before is (Viterbi 1967)."""
    scores = np.log(chances + LEAST)
    best = scores[0] + first_scores()
    back = []
    for at in range(1, len(scores)):
        ways = best[:, None] + _steps(inner[at])
        back.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + scores[at]
    chosen = [int(best.argmax())]
    for row in reversed(back):
        chosen.append(int(row[chosen[-1]]))
    return [LABELS[number] for number in reversed(chosen)]


def _steps(inner: bool) -> Floats:
    """A name goes on only as what it is; an inner word must do so."""

    def allowed(before: str, after: str) -> bool:
        kind = before[2:]
        if inner:
            return after == (f"I-{kind}" if kind else "O")
        return not after.startswith("I-") or after[2:] == kind

    rows = [[0.0 if allowed(before, after) else FORBIDDEN for after in LABELS] for before in LABELS]
    return np.array(rows, np.float32)


def with_brackets(forms: Sequence[str], names: set[tuple[int, int, str]]) -> set[tuple[int, int, str]]:
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

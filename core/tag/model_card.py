"""How good the shipped tone model is, as it was measured: `training/tone_card.py` writes the figures read here."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from core.errors import ResourceError
from core.model import Favour, Polarity
from core.resources import path

FIGURES: Final = "models/tone-figures.json"
MODEL_FILES: Final = ("models/tone.npz", "tone_lexicon.csv", "models/tone-towards.npz", "tone_towards.yaml")
POLARITIES: Final[tuple[Polarity, ...]] = ("negative", "neutral", "positive")
FAVOURS: Final[tuple[Favour, ...]] = ("unfavourable", "neutral", "favourable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """Sentences of one real tone, or actors put one way: how many there are, and how many the model called what.

    found is the share of them that it called right, true the share of what it called so that is so; f1 joins both.
    """

    real: Polarity | Favour
    sentences: int
    called: Mapping[str, int]
    found: float
    true: float
    f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A kind of sentences that was measured apart: `sure`, `unsure`, `narrator`, `quoted`, `negation`, `long`."""

    name: str
    sentences: int
    macro_f1: float
    accuracy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stances:
    """What was measured of how sentences put the actors that annotators listed; sentences counts the actors."""

    sentences: int
    macro_f1: float
    accuracy: float
    calibration_error: float
    favours: tuple[Rated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What was measured on sentences of articles that the model was not trained on; shares in [0, 1].

    kappa_low and kappa_high are the lowest and highest agreement of two annotators. long_words is how
    many make a sentence long. current is False where the model or its lexicon changed since.
    """

    sentences: int
    articles: int
    outlets: int
    macro_f1: float
    accuracy: float
    calibration_error: float
    kappa_low: float
    kappa_high: float
    long_words: int
    tones: tuple[Rated, ...]
    slices: tuple[Slice, ...]
    towards: Stances
    current: bool


@cache
def tone_card() -> Card:
    """The card of the shipped model. Raises ResourceError where its figures are broken."""
    try:
        figures = json.loads(path(FIGURES).read_text(encoding="utf-8"))
        plain = ("sentences", "articles", "outlets", "macro_f1", "accuracy", "calibration_error", "kappa_low",
                 "kappa_high", "long_words")  # fmt: skip
        return Card(
            **{name: figures[name] for name in plain},
            tones=_rated(figures["confusion"], POLARITIES),
            slices=tuple(Slice(name=name, **counted) for name, counted in figures["slices"].items()),
            towards=_stances(figures["towards"]),
            current=figures["model"] == model_digest(),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ResourceError(f"core/resources/{FIGURES} is broken: restore it, or run training/tone_card.py.") from error


def _stances(figures: dict[str, Any]) -> Stances:
    plain = ("sentences", "macro_f1", "accuracy", "calibration_error")
    return Stances(**{name: figures[name] for name in plain}, favours=_rated(figures["confusion"], FAVOURS))


def _rated(confusion: dict[str, dict[str, Any]], labels: Sequence[Polarity] | Sequence[Favour]) -> tuple[Rated, ...]:
    rows = []
    for label in labels:
        called: dict[str, int] = {said: int(confusion[label][said]) for said in labels}
        right, real = called[label], sum(called.values())
        given = sum(int(confusion[other][label]) for other in labels)
        rows.append(
            Rated(real=label, sentences=real, called=called, found=right / max(real, 1), true=right / max(given, 1),
                  f1=2 * right / max(real + given, 1))
        )  # fmt: skip
    return tuple(rows)


@cache
def model_digest() -> str:
    """Twelve hex digits over the files that make the model."""
    digest = hashlib.sha256()
    for name in MODEL_FILES:
        digest.update(path(name).read_bytes())
    return digest.hexdigest()[:12]

"""How good the shipped tone model is, as it was measured: `training/tone_card.py` writes the figures read here."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from core.errors import ResourceError
from core.model import Polarity
from core.resources import path

FIGURES: Final = "models/tone-figures.json"
MODEL_FILES: Final = ("models/tone.npz", "tone_lexicon.csv")
POLARITIES: Final[tuple[Polarity, ...]] = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """Sentences of one real tone: how many there are, and how many the model called what.

    found is the share of them that it called right, true the share of what it called so that is so; f1 joins both.
    """

    tone: Polarity
    sentences: int
    called: Mapping[Polarity, int]
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
            tones=tuple(_rated(tone, figures["confusion"]) for tone in POLARITIES),
            slices=tuple(Slice(name=name, **counted) for name, counted in figures["slices"].items()),
            current=figures["model"] == model_digest(),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ResourceError(f"core/resources/{FIGURES} is broken: restore it, or run training/tone_card.py.") from error


def _rated(tone: Polarity, confusion: dict[str, dict[str, Any]]) -> Rated:
    called = {said: int(confusion[tone][said]) for said in POLARITIES}
    right, real = called[tone], sum(called.values())
    said = sum(int(confusion[other][tone]) for other in POLARITIES)
    return Rated(
        tone=tone,
        sentences=real,
        called=called,
        found=right / max(real, 1),
        true=right / max(said, 1),
        f1=2 * right / max(real + said, 1),
    )


@cache
def model_digest() -> str:
    """Twelve hex digits over the files that make the model."""
    digest = hashlib.sha256()
    for name in MODEL_FILES:
        digest.update(path(name).read_bytes())
    return digest.hexdigest()[:12]

"""The optional stronger tone model: a local folder that TELAAH_TONE_MODEL_FOLDER names, else the shipped model rates.

A folder holds what the transformers library saves (config.json, tokenizer, *.safetensors) and may hold telaah.json:
the temperature that makes its chances honest, and what was measured of it (`training/calibrate_tone.py` writes it).
Where anything is missing the shipped model goes on rating, and doctor and the Sentiment screen say why.
"""

import hashlib
import json
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from core.model import Polarity, Sentence, Span, Tone
from core.settings import read_settings
from core.tag import tone
from core.tag.reading import Reading
from core.tag.tone import LABELS, LEAST_WEIGHT, Explanation, Mover
from core.tag.tone_features import token_places
from core.tag.transformer import PACKAGES, Engine, load_engine

log = logging.getLogger(__name__)

Reason = Literal[
    "unset", "ready", "no_folder", "no_config", "no_weights", "pickle", "labels", "calibration", "packages", "broken"
]
FOLDER_VARIABLE: Final = "TELAAH_TONE_MODEL_FOLDER"
OWN_FILE: Final = "telaah.json"
COUNTED: Final = (".json", ".safetensors", ".txt", ".model")  # what a model's rating hangs on
NAMES: Final[dict[Polarity, tuple[str, ...]]] = {
    "negative": ("negative", "negatif", "neg"),
    "neutral": ("neutral", "netral", "neu"),
    "positive": ("positive", "positif", "pos"),
}

_broken: dict[str, str] = {}
"""What failed to load in this process, by version: it is not tried again until its files change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Whether the stronger model rates, or what is in its way. detail names the file, package or labels meant.

    version is of its files; order says which output of the model is negative, neutral and positive. measured holds
    what telaah.json says of the model: sentences, macro_f1, accuracy, calibration_error, where it was measured.
    """

    reason: Reason
    folder: Path | None = None
    detail: str = ""
    version: str = ""
    order: tuple[int, int, int] = (0, 1, 2)
    temperature: float | None = None
    measured: tuple[tuple[str, float], ...] = ()


_UNSET: Final = State(reason="unset")


def state() -> State:
    """What stands, by the files as they are now; nothing is loaded."""
    if FOLDER_VARIABLE not in os.environ:  # asked for each article
        return _UNSET
    settings = read_settings()
    folder = settings.tone_model_folder
    if folder is None:
        return _UNSET
    if not folder.is_dir():
        return State(reason="no_folder", folder=folder, detail=str(folder))
    files = sorted(found for found in folder.iterdir() if found.is_file())
    stamps = tuple((found.name, found.stat().st_size, found.stat().st_mtime_ns) for found in files)
    found = _examined(folder, settings.tone_model_labels, stamps)
    return replace(found, reason="broken", detail=_broken[found.version]) if found.version in _broken else found


@lru_cache(maxsize=4)
def _examined(folder: Path, labels: str, stamps: tuple[tuple[str, int, int], ...]) -> State:
    names = {name for name, _, _ in stamps}
    if "config.json" not in names:
        return State(reason="no_config", folder=folder, detail="config.json")
    if not any(name.endswith(".safetensors") for name in names):
        pickled = sorted(name for name in names if name.endswith((".bin", ".pt", ".pth", ".pkl")))
        return State(reason="pickle" if pickled else "no_weights", folder=folder, detail=", ".join(pickled))
    told = _read(folder / "config.json")
    order, outputs = _order(told, labels)
    if order is None:
        return State(reason="labels", folder=folder, detail=outputs)
    own = _read(folder / OWN_FILE) if OWN_FILE in names else {}
    temperature = own.get("temperature")
    if OWN_FILE in names and not _is_temperature(temperature):
        return State(reason="calibration", folder=folder, detail=OWN_FILE)
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        return State(reason="packages", folder=folder, detail=", ".join(missing))
    measured = tuple((name, float(value)) for name, value in own.get("measured", {}).items())
    version = _digest(folder, names, labels)
    return State(reason="ready", folder=folder, version=version, order=order, temperature=temperature,
                 measured=measured)  # fmt: skip


def _read(file: Path) -> dict[str, Any]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _is_temperature(given: object) -> bool:
    return isinstance(given, (int, float)) and not isinstance(given, bool) and 0.05 <= given <= 20


def _order(config: dict[str, Any], labels: str) -> tuple[tuple[int, int, int] | None, str]:
    """Outputs that mean negative, neutral and positive, by the setting or else the config; and how they are called."""
    named = config.get("id2label", {})
    outputs = [str(named[key]) for key in sorted(named, key=int)] if _is_numbered(named) else []
    wanted = [part.strip() for part in labels.split(",")] if labels.strip() else outputs
    meant = [_polarity(name) for name in wanted]
    if len(outputs) not in (0, len(LABELS)) or sorted(meant, key=str) != sorted(LABELS):
        return None, ", ".join(wanted or outputs) or "id2label"
    return (meant.index("negative"), meant.index("neutral"), meant.index("positive")), ", ".join(outputs)


def _is_numbered(named: object) -> bool:
    return isinstance(named, dict) and all(str(key).isdecimal() for key in named)


def _polarity(name: str) -> Polarity | None:
    return next((label for label, names in NAMES.items() if name.casefold() in names), None)


def _digest(folder: Path, names: set[str], labels: str) -> str:
    digest = hashlib.sha256(labels.encode())
    for name in sorted(names):
        if name.endswith(COUNTED):
            digest.update(name.encode())
            with (folder / name).open("rb") as content:
                digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()[:12]


def version() -> str:
    """What the model adds to the version of the tagger: empty where the shipped model rates."""
    found = state()
    return f"+{found.version}" if found.reason == "ready" else ""


class Stronger:
    """A loaded model: chances in the order of LABELS."""

    def __init__(self, engine: Engine, found: State) -> None:
        self.engine = engine
        self._order = list(found.order)
        self._temperature = found.temperature or 1.0

    def logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Log odds after the temperature, one row a text: negative, neutral, positive."""
        if not texts:
            return np.zeros((0, len(LABELS)), np.float32)
        return np.asarray(self.engine.logits(texts)[:, self._order] / self._temperature, np.float32)

    def chances(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return chances_of(self.logits(texts))


def chances_of(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Chances, one row a text, that sum to 1."""
    spread = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(spread / spread.sum(axis=1, keepdims=True), np.float32)


PROBE: Final = "Rapat itu ditunda."


@lru_cache(maxsize=1)
def _loaded(found: State) -> Stronger:
    stronger = Stronger(load_engine(found.folder or Path()), found)
    shape = stronger.engine.logits([PROBE]).shape
    if shape != (1, len(LABELS)):
        raise ValueError(f"it has {shape[-1]} outputs, not {len(LABELS)}")
    return stronger


def model() -> Stronger | None:
    """The stronger model, loaded once a process; None where the shipped one rates."""
    found = state()
    if found.reason != "ready":
        return None
    try:
        return _loaded(found)
    except Exception as error:  # whatever the libraries raise, the shipped model goes on
        _give_up(found, error)
        return None


def _give_up(found: State, error: Exception) -> None:
    said = str(error).strip() or type(error).__name__
    _broken[found.version] = said.splitlines()[0]
    log.warning("The tone model in %s cannot be used: %s", found.folder, error)


def rerate(reading: Reading, rated: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences with the stronger model's tone, where there is one.

    What the shipped one does not rate, neither does it: a score of exactly 0 is what sentences without words and
    those of other languages got.
    """
    stronger = model()
    chosen = [place for place, sentence in enumerate(rated) if sentence.tone.score]
    if stronger is None or not chosen:
        return tuple(rated)
    found = list(rated)
    try:
        chances = stronger.chances([rated[place].span.of(reading.text) for place in chosen])
    except Exception as error:  # out of memory, say: an article is never lost for it
        _give_up(state(), error)
        return tuple(rated)
    for place, row in zip(chosen, chances, strict=True):
        told = Tone(label=LABELS[int(row.argmax())], score=_score(row), layer=rated[place].tone.layer)
        found[place] = replace(rated[place], tone=told)
    return tuple(found)


def explain(sentence: str) -> Explanation:
    """What moved a sentence, by the model that rates: each word hidden in turn, as core.tag.tone.explain does."""
    stronger = model()
    if stronger is None:
        return tone.explain(sentence)
    places = token_places(sentence)
    hidden = [sentence[:start] + stronger.engine.hidden + sentence[end:] for _, start, end in places]
    logits = stronger.logits([sentence, *hidden])
    odds = logits[:, 2] - logits[:, 0]
    movers = [
        Mover(span=Span(start=start, end=end), text=word, weight=round(float(odds[0] - left), 4), rule="word")
        for (word, start, end), left in zip(places, odds[1:], strict=True)
        if abs(odds[0] - left) >= LEAST_WEIGHT
    ]
    row = chances_of(logits[:1])[0]
    negative, neutral, positive = (float(chance) for chance in row)
    return Explanation(
        label=LABELS[int(row.argmax())],
        score=_score(row),
        probabilities=(negative, neutral, positive),
        movers=tuple(sorted(movers, key=lambda mover: (-abs(mover.weight), mover.span.start))),
    )


def _score(row: NDArray[np.float32]) -> float:
    return round(float(row[2] - row[0]), 4)

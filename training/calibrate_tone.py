"""Fit the temperature of a stronger tone model and measure it; writes telaah.json into the model's folder.

Usage: python training/calibrate_tone.py FOLDER SENTENCES.jsonl     needs requirements-transformers.txt

SENTENCES has a JSON object a line with `sentence` and `tone` (negative, neutral, positive). Half of them, told by a
hash of the sentence, fit the temperature; the other half measure. None of them should have trained the model.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from core.tag.stronger import OWN_FILE, Stronger, chances_of, state
from core.tag.tone import LABELS
from core.tag.transformer import load_engine
from tests.quality.measure_tone import calibration_error, macro_f1

LEAST, MOST, STEPS = 0.1, 10.0, 60
FEWEST = 50  # a temperature from fewer sentences is chance


def loss(logits: NDArray[np.float32], classes: NDArray[np.intp], temperature: float) -> float:
    """Mean negative log chance of the true class."""
    chances = chances_of(np.asarray(logits / temperature, np.float32))
    return float(-np.log(chances[np.arange(len(classes)), classes] + 1e-12).mean())


def fit_temperature(logits: NDArray[np.float32], classes: NDArray[np.intp]) -> float:
    """The temperature with the least loss, by golden section on its logarithm: the loss has one valley."""
    low, high = np.log(LEAST), np.log(MOST)
    ratio = (5**0.5 - 1) / 2
    for _ in range(STEPS):
        one, two = high - ratio * (high - low), low + ratio * (high - low)
        if loss(logits, classes, float(np.exp(one))) <= loss(logits, classes, float(np.exp(two))):
            high = two
        else:
            low = one
    return round(float(np.exp((low + high) / 2)), 4)


def measured(logits: NDArray[np.float32], classes: NDArray[np.intp], temperature: float) -> dict[str, float]:
    """What the model's card says."""
    chances = chances_of(np.asarray(logits / temperature, np.float32))
    given = chances.argmax(axis=1)
    right = given == classes
    return {
        "sentences": len(classes),
        "macro_f1": round(macro_f1([LABELS[c] for c in classes], [LABELS[c] for c in given]), 3),
        "accuracy": round(float(right.mean()), 3),
        "calibration_error": round(calibration_error(chances.max(axis=1).tolist(), right.tolist()), 3),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("sentences", type=Path)
    options = asked.parse_args()
    own = options.folder / OWN_FILE
    own.unlink(missing_ok=True)  # an old or broken one must not stand in the way
    os.environ["TELAAH_TONE_MODEL_FOLDER"] = str(options.folder)
    found = state()
    if found.reason != "ready":
        raise SystemExit(f"{options.folder} cannot be used ({found.reason}: {found.detail}); see docs/settings.md")
    rows = [json.loads(line) for line in options.sentences.read_text(encoding="utf-8").splitlines()]
    if len(rows) < 2 * FEWEST:
        raise SystemExit(f"{options.sentences} has {len(rows)} sentences; at least {2 * FEWEST} are needed")
    logits = Stronger(load_engine(options.folder), found).logits([row["sentence"] for row in rows])
    classes = np.array([LABELS.index(row["tone"]) for row in rows], np.intp)
    fits = np.array([crc32(row["sentence"].encode()) % 2 == 0 for row in rows])
    temperature = fit_temperature(logits[fits], classes[fits])
    told = {"temperature": temperature, "measured": measured(logits[~fits], classes[~fits], temperature)}
    own.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()

"""Measure the tone of sentences against the annotated ones of ../shared/data/tone/dev.jsonl.

Usage: python tests/quality/measure_tone.py     prints the figures that floors/tone.json holds.
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from core.tag.tone import LABELS  # noqa: E402
from core.tag.tone_model import load_model  # noqa: E402

DEV = "tone/dev.jsonl"
BINS = 10


def macro_f1(truth: Sequence[str], given: Sequence[str]) -> float:
    """Unweighted mean of the F1 of the three labels; a label that never occurs on either side counts 0."""
    scores = []
    for label in LABELS:
        right = sum(a == b == label for a, b in zip(truth, given, strict=True))
        scores.append(2 * right / max(truth.count(label) + given.count(label), 1))
    return sum(scores) / len(scores)


def calibration_error(confidence: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error of the chosen label over BINS bins of equal width."""
    error = 0.0
    for number in range(BINS):
        held = [
            (sure, hit)
            for sure, hit in zip(confidence, right, strict=True)
            if min(int(sure * BINS), BINS - 1) == number
        ]
        if held:
            error += abs(sum(sure for sure, _ in held) - sum(hit for _, hit in held)) / len(right)
    return error


def measure(data: Path) -> dict[str, float | str]:
    """Macro-F1 on all sentences and on those the annotators were sure of, and the calibration error."""
    raw = (data / DEV).read_bytes()
    rows = [json.loads(line) for line in raw.decode("utf-8").splitlines()]
    model = load_model()
    chances = model.chances(model.describe([row["sentence"] for row in rows])).tolist()
    truth, given = [row["tone"] for row in rows], [LABELS[each.index(max(each))] for each in chances]
    sure = [place for place, row in enumerate(rows) if not row["unsure"]]
    right = [a == b for a, b in zip(truth, given, strict=True)]
    return {
        "sha256": hashlib.sha256(raw).hexdigest(),
        "macro_f1": round(macro_f1(truth, given), 4),
        "macro_f1_sure": round(macro_f1([truth[place] for place in sure], [given[place] for place in sure]), 4),
        "calibration_error": round(calibration_error([max(each) for each in chances], right), 4),
    }


if __name__ == "__main__":
    print(json.dumps(measure(PROJECT.parent / "shared" / "data"), indent=2))

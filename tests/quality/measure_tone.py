"""Measure tone, and stance towards those named, against the annotated sentences of ../shared/data/tone/dev.jsonl.

Usage: python tests/quality/measure_tone.py     prints the figures that floors/tone.json holds.
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from core.model import Span  # noqa: E402
from core.tag.entities import tag_mentions  # noqa: E402
from core.tag.quotes import tag_quotes  # noqa: E402
from core.tag.reading import Reading, Stretch, bare  # noqa: E402
from core.tag.tone import LABELS, rate_sentences  # noqa: E402
from core.tag.tone_model import load_model  # noqa: E402
from core.tag.towards import FAVOURS, rate_targets, targets_of  # noqa: E402

DEV = "tone/dev.jsonl"
BINS = 10


def macro_f1(truth: Sequence[str], given: Sequence[str], labels: Sequence[str] = LABELS) -> float:
    """Unweighted mean of the F1 of the labels; a label that never occurs on either side counts 0."""
    scores = []
    for label in labels:
        right = sum(a == b == label for a, b in zip(truth, given, strict=True))
        scores.append(2 * right / max(truth.count(label) + given.count(label), 1))
    return sum(scores) / len(labels)


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
        **measure_towards(rows),
    }


def measure_towards(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The same for stance towards the annotated targets, told beside the tone that the model gives the sentence."""
    truth: list[str] = []
    given: list[str] = []
    sure: list[bool] = []
    certain: list[float] = []
    right: list[bool] = []
    for row in rows:
        reading = read_sentence(row["sentence"])
        found = [(row["sentence"].find(target["text"]), target) for target in row["targets"]]
        spans = [Span(start=at, end=at + len(target["text"])) for at, target in found if at >= 0]
        rated = rate_targets(reading, rate_sentences(reading)[0], targets_of(reading, spans))
        stances = [FAVOURS[LABELS.index(target["stance"])] for at, target in found if at >= 0]
        for stance, (towards, chances) in zip(stances, rated, strict=True):
            truth.append(stance)
            given.append(towards.label)
            sure.append(not row["unsure"])
            certain.append(max(chances))
            right.append(FAVOURS[chances.index(max(chances))] == stance)
    kept = [place for place, each in enumerate(sure) if each]
    sure_f1 = macro_f1([truth[place] for place in kept], [given[place] for place in kept], FAVOURS)
    return {
        "towards_macro_f1": round(macro_f1(truth, given, FAVOURS), 4),
        "towards_macro_f1_sure": round(sure_f1, 4),
        "towards_calibration_error": round(calibration_error(certain, right), 4),
    }


def read_sentence(text: str) -> Reading:
    """A sentence alone, with its names and quotes."""
    whole = Stretch(span=Span(start=0, end=len(text)), zone="body")
    reading = Reading(document=bare(text), sentences=(whole,))
    reading = replace(reading, mentions=tag_mentions(reading))
    return replace(reading, quotes=tag_quotes(reading))


if __name__ == "__main__":
    print(json.dumps(measure(PROJECT.parent / "shared" / "data"), indent=2))

"""Measure the shipped tone model for the card on the Sentiment screen: core/resources/models/tone-figures.json.

Usage: python training/tone_card.py     after every change of the model or its lexicon; a test says when it is due.

Sentences: the annotated ones of ../shared/data/tone/dev.jsonl, of articles that the model was not trained on.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from core.model import Span
from core.resources import FOLDER
from core.tag.model_card import FIGURES, model_digest
from core.tag.tone import LABELS, rate_sentences
from core.tag.tone_model import load_model
from core.tag.towards import FAVOURS, rate_targets, targets_of
from tests.quality.measure_tone import DEV, calibration_error, macro_f1, read_sentence

Row = dict[str, Any]

NEGATION = re.compile(r"\b(?:tidak|tak|bukan|belum|tanpa|jangan)\b", re.IGNORECASE)
LONG_WORDS = 30
AGREEMENT = {"kappa_low": 0.84, "kappa_high": 0.92}  # of three annotators on 60 sentences, as the data's guide says
SLICES: dict[str, Callable[[Row], bool]] = {
    "sure": lambda row: not row["unsure"],
    "unsure": lambda row: bool(row["unsure"]),
    "narrator": lambda row: not row["quoted"],
    "quoted": lambda row: bool(row["quoted"]),
    "negation": lambda row: NEGATION.search(row["sentence"]) is not None,
    "long": lambda row: len(row["sentence"].split()) >= LONG_WORDS,
}
"""Kinds of sentences that are measured apart; the screen names them."""


def measured(data: Path) -> dict[str, Any]:
    """All that the card says in figures; shares are rounded to three digits."""
    rows = [json.loads(line) for line in (data / DEV).read_text(encoding="utf-8").splitlines()]
    model = load_model()
    chances = model.chances(model.describe([row["sentence"] for row in rows])).tolist()
    truth, given = [row["tone"] for row in rows], [LABELS[each.index(max(each))] for each in chances]
    right = [a == b for a, b in zip(truth, given, strict=True)]
    pairs = Counter(zip(truth, given, strict=True))
    return {
        "model": model_digest(),
        "sentences": len(rows),
        "articles": len({row["url"] for row in rows}),
        "outlets": len({row["outlet"] for row in rows}),
        **AGREEMENT,
        "long_words": LONG_WORDS,
        "macro_f1": round(macro_f1(truth, given), 3),
        "accuracy": round(sum(right) / len(rows), 3),
        "calibration_error": round(calibration_error([max(each) for each in chances], right), 3),
        "confusion": {real: {said: pairs[real, said] for said in LABELS} for real in LABELS},
        "towards": _towards(rows),
        "slices": {name: _slice(rows, truth, given, wanted) for name, wanted in SLICES.items()},
    }


def _towards(rows: Sequence[Row]) -> Row:
    """The same for how sentences put the actors that annotators listed."""
    pairs: Counter[tuple[str, str]] = Counter()
    certain: list[float] = []
    right: list[bool] = []
    for row in rows:
        text, reading = row["sentence"], read_sentence(row["sentence"])
        listed = [(text.find(target["text"]), target) for target in row["targets"]]
        spans = [Span(start=at, end=at + len(target["text"])) for at, target in listed if at >= 0]
        rated = rate_targets(reading, rate_sentences(reading)[0], targets_of(reading, spans))
        stances = [FAVOURS[LABELS.index(target["stance"])] for at, target in listed if at >= 0]
        for stance, (towards, chances) in zip(stances, rated, strict=True):
            pairs[stance, towards.label] += 1
            certain.append(max(chances))
            right.append(FAVOURS[chances.index(max(chances))] == stance)
    truth, given = zip(*pairs.elements(), strict=True)
    return {
        "sentences": len(truth),
        "macro_f1": round(macro_f1(truth, given, FAVOURS), 3),
        "accuracy": round(sum(a == b for a, b in zip(truth, given, strict=True)) / len(truth), 3),
        "calibration_error": round(calibration_error(certain, right), 3),
        "confusion": {real: {said: pairs[real, said] for said in FAVOURS} for real in FAVOURS},
    }


def _slice(rows: Sequence[Row], truth: Sequence[str], given: Sequence[str], wanted: Callable[[Row], bool]) -> Row:
    kept = [place for place, row in enumerate(rows) if wanted(row)]
    real, said = [truth[place] for place in kept], [given[place] for place in kept]
    return {
        "sentences": len(kept),
        "macro_f1": round(macro_f1(real, said), 3),
        "accuracy": round(sum(a == b for a, b in zip(real, said, strict=True)) / max(len(kept), 1), 3),
    }


def main() -> None:
    figures = measured(PROJECT.parent / "shared" / "data")
    (FOLDER / FIGURES).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()

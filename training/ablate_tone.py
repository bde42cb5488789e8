"""Print what each part of the tone model is worth: figures with the part left out.

Usage: python training/ablate_tone.py [DATA_FOLDER]     (some ten minutes; writes nothing)
Folds are those of training; `loss` is the mean of -ln of the chance given to the true tone, less is better.
"""

import csv
import sys
from pathlib import Path

import numpy as np

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "training")]

from tone_figures import calibrate, chances, score
from tone_linear import fit_linear
from tone_rows import folds, read_rows
from train_tone import LABEL_FILE, Trainer

MEMBERS = 2  # half of what ships: the differences are what counts
PARTS: dict[str, frozenset[str]] = {
    "everything": frozenset(),
    "without the linear model": frozenset({"linear"}),
    "without the networks": frozenset({"network"}),
    "without lexicon classes": frozenset({"classes", "turned"}),
    "without negation and undoing": frozenset({"turned"}),
    "without summed charges": frozenset({"sums"}),
    "without surface signs": frozenset({"surface"}),
    "without market frames": frozenset({"frames"}),
    "without course, contrast, hedges": frozenset({"course"}),
    "without the lexicon": frozenset({"classes", "turned", "sums", "frames", "course", "charged"}),
    "without mean vector": frozenset({"mean"}),
    "without mean charged vector": frozenset({"charged"}),
    "without vectors": frozenset({"mean", "charged"}),
}


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT.parent / "shared" / "data"
    with LABEL_FILE.open(encoding="utf-8") as lines:
        labels = {row["id"]: row["tone"] for row in csv.DictReader(lines)}
    print("| part | folds macro-F1 | folds loss | dev macro-F1 | dev, sure |\n|---|---|---|---|---|")
    trainer = Trainer(read_rows(data, labels), data)
    linear = _linear(trainer)
    for name, off in PARTS.items():
        _measure(name, trainer, linear, off)
    bare = Trainer(read_rows(data, {}), data)
    _measure("without the labels of tone_labels.csv", bare, _linear(bare), frozenset())


def _jobs(trainer: Trainer) -> list[tuple[np.ndarray, np.ndarray]]:
    return [*folds(trainer.rows), (np.flatnonzero(trainer.rows.taught), trainer.rows.dev)]


def _linear(trainer: Trainer) -> np.ndarray:
    """Log odds of the linear model for every row, by fits that did not see its article."""
    found = np.zeros((len(trainer.rows.texts), 3))
    for seen, unseen in _jobs(trainer):
        tables = fit_linear(trainer.counts, seen, trainer.rows.classes, trainer.rows.weights)
        found[unseen] = trainer.counts.apply(tables, unseen)
    return found


def _measure(name: str, trainer: Trainer, linear: np.ndarray, off: frozenset[str]) -> None:
    rows = trainer.rows
    inputs = trainer.inputs_without(off)
    found = np.stack([linear * ("linear" not in off), np.zeros_like(linear)], axis=1)
    if "network" not in off:
        for seen, unseen in _jobs(trainer):
            found[unseen, 1] = trainer.network_logits(trainer.fit_network(inputs, seen, MEMBERS), inputs, unseen)
    blend, shift = calibrate(found[rows.judged], rows.classes[rows.judged])
    folded = chances(found[rows.judged], blend, shift)
    unseen = chances(found[rows.dev], blend, shift)
    truth, sure = rows.classes[rows.dev], rows.sure[rows.dev]
    loss = -np.log(folded[np.arange(len(folded)), rows.classes[rows.judged]]).mean()
    figures = (score(folded, rows.classes[rows.judged]), loss, score(unseen, truth), score(unseen[sure], truth[sure]))
    print(f"| {name} | {' | '.join(f'{figure:.3f}' for figure in figures)} |", flush=True)


if __name__ == "__main__":
    main()

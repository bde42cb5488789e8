"""Train the model of how sentences put whom they name; write core/resources/models/tone-towards.npz.

Usage: python training/train_tone_towards.py [DATA_FOLDER]     (after train_tone.py; some minutes)
The tones it learns beside are those of tone models that did not see the sentence. The same data on the same machine
give the same file, to the byte. Prints cross-validated and dev figures.
"""

import csv
import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # sums in one order, whatever the machine does beside

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "training")]

from tone_figures import calibrate, chances, lean, report
from tone_network import Recipe, apply_network, merge_networks, train_network
from tone_rows import FOLDS, Rows, read_rows
from tone_targets import Actors, describe, read_actors, tones
from train_tone import LABEL_FILE, Trainer, scaled

from core.tag.tone_model import load_model
from core.tag.towards_model import HEAD, KEY_BITS

OUTPUT = PROJECT / "core" / "resources" / "models" / "tone-towards.npz"
MEMBERS = 3
RECIPE = Recipe(hidden=96, epochs=12, rate=1.5e-3, input_drop=0.5, batch=128)
STRENGTH = 0.3  # C of the linear model
KEY_SHARE = 0.08  # how much a key weighs beside the other figures of the linear model
Tables = dict[str, np.ndarray]


class Fitter:
    """All actors described once; fits on any part of them."""

    def __init__(self, actors: Actors, inputs: np.ndarray, buckets: list[list[int]]) -> None:
        self.actors, self.inputs = actors, inputs
        starts = np.cumsum([0, *map(len, buckets)])
        columns = np.array([bucket for row in buckets for bucket in row], np.int64)
        self.keys = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(buckets), 1 << KEY_BITS))

    def fit(self, seen: np.ndarray) -> Tables:
        """Tables of both models, learned from the rows whose numbers are given."""
        classes, weights = self.actors.classes[seen], self.actors.weights[seen]
        keys = self.keys[seen]
        holders = np.asarray(keys.sum(axis=0)).ravel()
        rarity = np.where(holders < 2, 0.0, np.log((1 + len(seen)) / (1 + holders)) + 1)
        centre, spread = self.inputs[seen].mean(axis=0), self.inputs[seen].std(axis=0)
        tables = {"centre": centre, "spread": np.where(spread < 1e-6, 1.0, spread)}
        rows, targets = scaled(tables, self.inputs[seen]), np.eye(3, dtype=np.float32)[classes]
        both = hstack([keys @ diags(rarity) * KEY_SHARE, csr_matrix(rows[:, :HEAD])]).tocsr()
        model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(both, classes, weights)
        tables |= {
            "keys": model.coef_.T[: len(rarity)] * rarity[:, None] * KEY_SHARE,
            "key_head": model.coef_.T[len(rarity) :],
            "key_bias": model.intercept_,
        }
        return tables | merge_networks([train_network(rows, targets, weights, seed, RECIPE) for seed in range(MEMBERS)])

    def logits(self, tables: Tables, chosen: np.ndarray) -> np.ndarray:
        """Log odds of both models, side by side: (rows, 2, 3)."""
        rows = scaled(tables, self.inputs[chosen])
        linear = self.keys[chosen] @ tables["keys"] + rows[:, :HEAD] @ tables["key_head"] + tables["key_bias"]
        return np.stack([linear, apply_network(tables, rows)], axis=1)

    def held_out(self) -> np.ndarray:
        """Log odds of every row of train by models that did not see its article."""
        found = np.zeros((len(self.actors.classes), 2, 3))
        for seen, unseen in self._folds():
            found[unseen] = self.logits(self.fit(seen), unseen)
        return found

    def _folds(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        held = [*self.actors.dev, *self.actors.made]
        taught = np.delete(np.arange(len(self.actors.classes)), held)
        for seen, unseen in GroupKFold(FOLDS).split(taught, groups=self.actors.groups[taught]):
            yield np.concatenate([taught[seen], self.actors.made]), taught[unseen]


def read_tones(data: Path, rows: Rows) -> np.ndarray:
    """Chances of each sentence by tone models that did not learn from its article."""
    trainer = Trainer(rows, data)
    held_out = trainer.held_out()
    blend, shift = calibrate(held_out[rows.judged], rows.classes[rows.judged])
    held_out[rows.dev] = trainer.logits(trainer.fit(np.flatnonzero(rows.taught)), rows.dev)
    return chances(held_out, blend, shift)


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT.parent / "shared" / "data"
    with LABEL_FILE.open(encoding="utf-8") as lines:
        rows = read_rows(data, {row["id"]: row["tone"] for row in csv.DictReader(lines)})
    actors = read_actors(data, rows)
    inputs, buckets = describe(actors, tones(read_tones(data, rows)), load_model().vectors)
    fitter = Fitter(actors, inputs, buckets)
    held_out, judged, dev = fitter.held_out(), actors.judged, actors.dev
    blend, shift = calibrate(held_out[judged], actors.classes[judged])
    given = chances(held_out[judged], blend, shift)
    leaning = lean(given, actors.classes[judged])
    report("folds, random part", given, actors.classes[judged], actors.sure[judged], leaning)

    tables = fitter.fit(np.delete(np.arange(len(actors.classes)), dev))
    given = chances(fitter.logits(tables, dev), blend, shift)
    report("dev", given, actors.classes[dev], actors.sure[dev], leaning)

    stored = {name: table.astype(np.float16) for name, table in tables.items()}
    stored |= {name: tables[name].astype(np.float32) for name in ("centre", "spread", "key_bias", "out_bias")}
    stored |= {"blend": blend.astype(np.float32), "shift": shift.astype(np.float32), "lean": leaning.astype(np.float32)}
    np.savez_compressed(OUTPUT, **stored)
    print(f"{OUTPUT.relative_to(PROJECT)}: {OUTPUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

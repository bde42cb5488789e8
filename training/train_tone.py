"""Train the tone model from ../shared/data; write core/resources/models/tone.npz.

Usage: python training/train_tone.py [DATA_FOLDER]     (needs requirements-train.txt; some minutes)
The same data on the same machine give the same file, to the byte. Prints cross-validated and dev figures.
"""

import csv
import os
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # sums in one order, whatever the machine does beside

import numpy as np

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "training")]

from tone_figures import LABELS, calibrate, chances, report
from tone_linear import fit_linear, read_counts
from tone_network import Recipe, apply_network, merge_networks, train_network
from tone_rows import Rows, folds, read_rows
from tone_vectors import learn_vectors

from core.tag.lexicon import tone_lexicon
from core.tag.tone_features import Describer
from core.tag.tone_model import CLIP, Vectors

OUTPUT = PROJECT / "core" / "resources" / "models" / "tone.npz"
MEMBERS = 4  # networks whose log odds are averaged, each from its own seed
RECIPE = Recipe()
LABEL_FILE = PROJECT / "training" / "tone_labels.csv"
Tables = dict[str, np.ndarray]


class Trainer:
    """All sentences described once; fits on any part of them."""

    def __init__(self, rows: Rows, data: Path) -> None:
        self.rows = rows
        describer = Describer(tone_lexicon())
        self.described = [describer.describe(text) for text in rows.texts]
        words, self.rounded, self.scale = learn_vectors(data / "news" / "news.jsonl.gz")
        self.vocabulary = np.frombuffer("\n".join(words).encode(), np.uint8)
        self.counts = read_counts([each.words for each in self.described])
        vectors = Vectors(self.vocabulary.tobytes(), self.rounded, np.float32(self.scale))
        places = [[vectors.place(word) for word in each.words] for each in self.described]
        charged = [[row[at] for at in each.charged] for each, row in zip(self.described, places, strict=True)]
        means = [
            vectors.means(np.array([place for row in rows for place in row], np.intp), np.array(list(map(len, rows))))
            for rows in (places, charged)
        ]
        self.inputs = np.hstack([describer.figures(self.described), *means])
        self.blocks = describer.blocks | {"mean": vectors.rows.shape[1], "charged": vectors.rows.shape[1]}

    def inputs_without(self, off: frozenset[str]) -> np.ndarray:
        """Inputs of the networks with the named blocks blanked."""
        ends = np.cumsum(list(self.blocks.values()))
        inputs = self.inputs.copy()
        for name, end, width in zip(self.blocks, ends, self.blocks.values(), strict=True):
            if name in off:
                inputs[:, end - width : end] = 0
        return inputs

    def fit_network(self, inputs: np.ndarray, seen: np.ndarray, members: int) -> Tables:
        """Several networks merged into one, with the centre and spread of its inputs."""
        centre, spread = inputs[seen].mean(axis=0), inputs[seen].std(axis=0)
        tables = {"centre": centre, "spread": np.where(spread < 1e-6, 1.0, spread)}
        rows = scaled(tables, inputs[seen])
        targets = np.eye(3, dtype=np.float32)[self.rows.classes[seen]]
        nets = [train_network(rows, targets, self.rows.weights[seen], seed, RECIPE) for seed in range(members)]
        return tables | merge_networks(nets)

    def network_logits(self, tables: Tables, inputs: np.ndarray, chosen: np.ndarray) -> np.ndarray:
        return apply_network(tables, scaled(tables, inputs[chosen]))

    def fit(self, seen: np.ndarray) -> Tables:
        """Tables of both models, learned from the rows whose numbers are given."""
        linear = fit_linear(self.counts, seen, self.rows.classes, self.rows.weights)
        return linear | self.fit_network(self.inputs, seen, MEMBERS)

    def logits(self, tables: Tables, chosen: np.ndarray) -> np.ndarray:
        """Log odds of both models, side by side: (rows, 2, 3)."""
        linear = self.counts.apply(tables, chosen)
        return np.stack([linear, self.network_logits(tables, self.inputs, chosen)], axis=1)

    def held_out(self) -> np.ndarray:
        """Log odds of every taught row by models that did not see its article; zeros for dev rows."""
        found = np.zeros((len(self.rows.texts), 2, 3))
        for seen, unseen in folds(self.rows):
            found[unseen] = self.logits(self.fit(seen), unseen)
        return found


def scaled(tables: Tables, inputs: np.ndarray) -> np.ndarray:
    """Inputs as the networks take them."""
    return np.clip((inputs - tables["centre"]) / tables["spread"], -CLIP, CLIP).astype(np.float32)


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT.parent / "shared" / "data"
    with LABEL_FILE.open(encoding="utf-8") as lines:
        rows = read_rows(data, {row["id"]: row["tone"] for row in csv.DictReader(lines)})
    trainer = Trainer(rows, data)
    held_out = trainer.held_out()[rows.judged]
    classes, sure = rows.classes[rows.judged], rows.sure[rows.judged]
    blend, shift = calibrate(held_out, classes)
    given = chances(held_out, blend, shift)
    report("folds, random part", given, classes, sure)

    tables = trainer.fit(np.flatnonzero(rows.taught))
    given = chances(trainer.logits(tables, rows.dev), blend, shift)
    report("dev", given, rows.classes[rows.dev], rows.sure[rows.dev])

    rounded = {name: table.astype(np.float16) for name, table in tables.items()}
    for name in ("centre", "spread", "hidden_bias", "out_bias", "linear_bias"):
        rounded[name] = tables[name].astype(np.float32)
    np.savez_compressed(
        OUTPUT,
        **rounded,
        blend=blend.astype(np.float32),
        shift=shift.astype(np.float32),
        vocabulary=trainer.vocabulary,
        vectors=trainer.rounded,
        vector_scale=np.float32(trainer.scale),
    )
    print(f"{OUTPUT.relative_to(PROJECT)}: {OUTPUT.stat().st_size:,} bytes; labels: {', '.join(LABELS)}")


if __name__ == "__main__":
    main()

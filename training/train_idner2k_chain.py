"""Train the chain that marks names as idner2k does, to be measured on that set; write tests/quality/idner2k/chain.npz.

Usage: python training/train_idner2k_chain.py [DATA_FOLDER] [--folds]     (needs requirements-train.txt; two minutes)

It learns from nerui too, but weighs what the two sets do differently for each alone. Run training/word_habits.py first
where its table is missing. The dev part of idner2k is never trained on. With --folds nothing is written: fifths of the
train part are marked by models that learned from the rest. Prints exact F1 a label.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pycrfsuite

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core.tag.name_features import LABELS
from tests.quality.idner2k_chain import OWN_SET, Idner2kChain, features
from tests.quality.idner2k_habits import FOLDER
from tests.quality.idner2k_marks import marker
from tests.quality.measure_idner2k import Sentence as Text
from tests.quality.measure_idner2k import measure, read_sentences, told
from training import name_rows
from training.train_entities import SMALLEST, train, transitions

NERUI = "nerui"
OWNERS = (OWN_SET + "|", NERUI + "|")
FOLDS = 5

Rows = list[tuple[list[list[str]], list[str]]]  # features and labels of each sentence


def rows_of(sentences: list[name_rows.Sentence], convention: str) -> Rows:
    return [
        (features([form for form, _ in sentence], convention), [label for _, label in sentence])
        for sentence in sentences
    ]


def trained(rows: Rows) -> Idner2kChain:
    with TemporaryDirectory() as scratch:
        file = Path(scratch) / "names.crfsuite"
        return Idner2kChain(*_tables(train([row for row, _ in rows], [labels for _, labels in rows], file)))


def _tables(tagger: pycrfsuite.Tagger) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Names of features, a row of weights for each, steps; what all sets share and the own part of one, added."""
    info = tagger.info()
    rows: dict[str, np.ndarray] = {}
    for (full, label), weight in info.state_features.items():
        owner, bar, name = full.partition("|") if full.startswith(OWNERS) else ("", "", full)
        if not bar or owner == OWN_SET:
            rows.setdefault(name, np.zeros(len(LABELS), np.float32))[LABELS.index(label)] += weight
    kept = sorted(name for name, row in rows.items() if np.abs(row).max() >= SMALLEST)
    return kept, np.stack([rows[name] for name in kept]), transitions(info.transitions)


def show(title: str, model: Idner2kChain, texts: list[Text]) -> None:
    print(title, told(measure(texts, marker(model.chances))), flush=True)


def main() -> None:
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    folder = (Path(arguments[0]) if arguments else PROJECT.parent / "shared" / "data") / "ner"
    own = rows_of(name_rows.read_sentences(folder / "idner2k" / "train.txt"), OWN_SET)
    other = [
        row
        for part in ("train", "dev", "test")
        for row in rows_of(name_rows.read_sentences(folder / "nerui" / f"{part}.01.tsv"), NERUI)
    ]
    if "--folds" in sys.argv:
        texts = read_sentences(folder / "idner2k" / "train.txt")
        for fold in range(FOLDS):
            rest = [row for number, row in enumerate(own) if number % FOLDS != fold]
            show(f"fold {fold + 1}", trained(rest + other), texts[fold::FOLDS])
        return
    model = trained(own + other)
    show("idner2k dev", model, read_sentences(folder / "idner2k" / "dev.txt"))
    model.save(FOLDER / "chain.npz")


if __name__ == "__main__":
    main()

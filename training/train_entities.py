"""Train the name model on nerui and idner2k; write core/resources/models/names.npz.

Usage: python training/train_entities.py [DATA_FOLDER] [--held-out]   (needs requirements-train.txt; a minute)

Run training/word_tables.py first where its tables are missing. The dev part of idner2k is never trained on; with
--held-out the dev and test part of nerui are not either, and nothing is written. Prints exact F1 a label.
"""

import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pycrfsuite

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core.tag.name_features import CLASSES, KNOWN, LABELS, PAIRS
from core.tag.name_model import MODEL
from training.name_rows import Sentence, features, read_sentences, spans

PARAMETERS = {"c1": 0.05, "c2": 0.3, "max_iterations": 100, "feature.possible_transitions": True, "feature.minfreq": 2}
SMALLEST = 0.02  # a feature none of whose weights is larger is left out of the file
FORBIDDEN = -1000.0


def train(rows: list[list[list[str]]], labels: list[list[str]], file: Path) -> pycrfsuite.Tagger:
    """A tagger from the features and labels of sentences."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for sentence_rows, sentence_labels in zip(rows, labels, strict=True):
        trainer.append(sentence_rows, sentence_labels)
    trainer.set_params(PARAMETERS)
    trainer.train(str(file))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(file))
    return tagger


def train_on(sentences: list[Sentence], file: Path) -> pycrfsuite.Tagger:
    rows = [features([form for form, _ in sentence]) for sentence in sentences]
    return train(rows, [[label for _, label in sentence] for sentence in sentences], file)


def score(tagger: pycrfsuite.Tagger, sentences: list[Sentence]) -> dict[str, float]:
    """Exact F1 a label and over all."""
    right: Counter[str] = Counter()
    sides: Counter[str] = Counter()
    for sentence in sentences:
        gold = spans([label for _, label in sentence])
        seen = spans(tagger.tag(features([form for form, _ in sentence])))
        for found, counter in ((gold & seen, right), (gold, sides), (seen, sides)):
            counter.update(kind for *_, kind in found)
            counter["all"] += len(found)
    return {kind: round(2 * right[kind] / sides[kind], 4) for kind in sorted(sides)}


def export(tagger: pycrfsuite.Tagger, file: Path) -> None:
    """Weights as tables: one row a feature of a word, one table a pair of channels."""
    info = tagger.info()
    column = {label: number for number, label in enumerate(LABELS)}
    sizes = {"c": CLASSES, "k": KNOWN}
    numbers = {channel: {name: number for number, name in enumerate(names)} for channel, names in sizes.items()}
    ends = {name: (left[0], right[0]) for name, left, right in PAIRS}
    pairs = {name: np.zeros((len(sizes[a]), len(sizes[b]), len(LABELS)), np.float32) for name, (a, b) in ends.items()}
    rows: dict[str, np.ndarray] = {}
    for (name, label), weight in info.state_features.items():
        kind, _, rest = name.partition(":")
        if kind in pairs:
            left, _, right = rest.partition("|")
            a, b = ends[kind]
            pairs[kind][numbers[a][left], numbers[b][right], column[label]] = weight
        else:
            rows.setdefault(name, np.zeros(len(LABELS), np.float32))[column[label]] = weight
    kept = sorted(name for name, row in rows.items() if np.abs(row).max() >= SMALLEST)
    np.savez_compressed(
        file,
        features=np.frombuffer("\n".join(kept).encode(), np.uint8),
        weights=np.stack([rows[name] for name in kept]).astype(np.float16),
        transitions=transitions(info.transitions),
        **{f"pair_{name}": table.astype(np.float16) for name, table in pairs.items()},
    )
    print(f"{file.name}: {len(kept)} features of words, {file.stat().st_size} bytes")


def transitions(learned: dict[tuple[str, str], float]) -> np.ndarray:
    table = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for row, before in enumerate(LABELS):
        for place, after in enumerate(LABELS):
            broken = after.startswith("I-") and before[2:] != after[2:]
            table[row, place] = FORBIDDEN if broken else learned.get((before, after), 0.0)
    return table


def main() -> None:
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    held_out = "--held-out" in sys.argv
    folder = (Path(arguments[0]) if arguments else PROJECT.parent / "shared" / "data") / "ner"
    nerui = {part: read_sentences(folder / "nerui" / f"{part}.01.tsv") for part in ("train", "dev", "test")}
    idner = {part: read_sentences(folder / "idner2k" / f"{part}.txt") for part in ("train", "dev")}
    whole_nerui = nerui["train"] + ([] if held_out else nerui["dev"] + nerui["test"])
    with TemporaryDirectory() as scratch:
        together = train_on(idner["train"] + whole_nerui, Path(scratch) / "together.crfsuite")
        print("idner2k dev, sets together", score(together, idner["dev"]))
        if held_out:
            print("nerui test", score(together, nerui["test"]))
            foreign = train_on(whole_nerui, Path(scratch) / "nerui.crfsuite")
            print("idner2k dev, trained on nerui alone", score(foreign, idner["dev"]))
        else:
            export(together, PROJECT / "core" / "resources" / MODEL)


if __name__ == "__main__":
    main()

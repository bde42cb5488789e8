"""Train the name models on nerui and idner2k; write core/resources/models/names.npz and names-idner2k.npz.

Usage: python training/train_entities.py [DATA_FOLDER] [--held-out]   (needs requirements-train.txt; two minutes)

The first is the tagger's. The second marks as idner2k does, and is there to be measured on that set: it learns from
nerui too, but weighs what the two sets do differently for each alone, and knows each word's habits in news.

Run training/word_tables.py and training/word_habits.py first where their tables are missing. The dev part of idner2k
is never trained on; with --held-out the dev and test part of nerui are not either, and nothing is written. Prints
exact F1 a label.
"""

import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pycrfsuite

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core.tag.gazetteer import gazetteer
from core.tag.name_features import (
    CLASSES,
    EDGE,
    KNOWN,
    LABELS,
    PAIRS,
    PLACES,
    beside_features,
    habit_features,
    placed_features,
    word_class,
)
from core.tag.name_model import MODELS
from core.tag.tokens import TOKEN

PARAMETERS = {"c1": 0.05, "c2": 0.3, "max_iterations": 100, "feature.possible_transitions": True, "feature.minfreq": 2}
SHORT_LABELS = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC"}
NEWS, IDNER, NERUI = "news", "idner2k", "nerui"  # conventions: each set marks names in its own way
OWNERS = (f"{IDNER}|", f"{NERUI}|")
OWN = ("0:c=", "-1:w=", "1:w=", *(f"{name}:" for name, *_ in PAIRS))  # features that also count for a set alone
SMALLEST = 0.02  # a feature none of whose weights is larger is left out of the file
FORBIDDEN = -1000.0

Sentence = list[tuple[str, str]]


def read_sentences(file: Path) -> list[Sentence]:
    """Sentences of (form, label); forms are cut as the tagger cuts them."""
    sentences: list[Sentence] = []
    for block in file.read_text(encoding="utf-8").split("\n\n"):
        sentence: Sentence = []
        for line in block.strip().split("\n"):
            fields = line.split("\t") if "\t" in line else line.split(" ")
            prefix, _, kind = fields[-1].partition("-")
            for place, form in enumerate(TOKEN.findall(fields[0])):
                label = "O" if not kind else f"{prefix if place == 0 else 'I'}-{SHORT_LABELS.get(kind, kind)}"
                sentence.append((form, label))
        if sentence:
            sentences.append(sentence)
    return sentences


def known_over(forms: list[str]) -> list[str]:
    """The known name over each form, as the tagger would see it."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    place = 0
    for number, form in enumerate(forms):
        starts[place] = number
        ends[place + len(form)] = number
        place += len(form) + 1
    tags = ["O"] * len(forms)
    for hit in gazetteer().find(" ".join(forms)):
        if hit.start in starts and hit.end in ends:
            first, last = starts[hit.start], ends[hit.end]
            label = hit.rows[0].entity.label
            tags[first : last + 1] = [f"B-{label}", *[f"I-{label}"] * (last - first)]
    return tags


def features(forms: list[str], convention: str) -> list[list[str]]:
    """All features of each form.

    Under a set's convention words carry their habits too, and some features stand twice: once for all sets, once for
    this one. NEWS is the convention of the tagger: sets together, without either.
    """
    padded = [EDGE, EDGE, *forms, EDGE, EDGE]
    channels = {"c": [word_class(form) for form in padded], "k": ["O", "O", *known_over(forms), "O", "O"]}
    rows = []
    for at in range(2, len(forms) + 2):
        row = [name for place in PLACES for name in placed_features(padded[at + place], place)]
        row += [
            f"{name}:{channels[left][at + left_place]}|{channels[right][at + right_place]}"
            for name, (left, left_place), (right, right_place) in PAIRS
        ]
        if convention != NEWS:
            row += [f"{place}:{name}" for place in PLACES for name in habit_features(padded[at + place])]
            row += [f"{place}:{name}" for place in (-1, 1) for name in beside_features(padded[at + place], place)]
            row += [f"{convention}|{name}" for name in row if name.startswith(OWN)]
        rows.append(row)
    return rows


def train(sets: dict[str, list[Sentence]], file: Path) -> pycrfsuite.Tagger:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for convention, sentences in sets.items():
        for sentence in sentences:
            rows = features([form for form, _ in sentence], convention)
            trainer.append(rows, [label for _, label in sentence])
    trainer.set_params(PARAMETERS)
    trainer.train(str(file))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(file))
    return tagger


def spans(labels: list[str]) -> set[tuple[int, int, str]]:
    found = set()
    start = -1
    for place, label in enumerate([*labels, "O"]):
        if start >= 0 and label != "I-" + labels[start][2:]:
            found.add((start, place, labels[start][2:]))
            start = -1
        if label != "O" and start < 0:
            start = place
    return found


def score(tagger: pycrfsuite.Tagger, sentences: list[Sentence], convention: str) -> dict[str, float]:
    """Exact F1 a label and over all."""
    right: Counter[str] = Counter()
    sides: Counter[str] = Counter()
    for sentence in sentences:
        gold = spans([label for _, label in sentence])
        seen = spans(tagger.tag(features([form for form, _ in sentence], convention)))
        for found, counter in ((gold & seen, right), (gold, sides), (seen, sides)):
            counter.update(kind for *_, kind in found)
            counter["all"] += len(found)
    return {kind: round(2 * right[kind] / sides[kind], 4) for kind in sorted(sides)}


def export(tagger: pycrfsuite.Tagger, convention: str, file: Path) -> None:
    """Weights as tables: one row a feature of a word, one table a pair of channels; the convention's own added."""
    info = tagger.info()
    column = {label: number for number, label in enumerate(LABELS)}
    sizes = {"c": CLASSES, "k": KNOWN}
    numbers = {channel: {name: number for number, name in enumerate(names)} for channel, names in sizes.items()}
    ends = {name: (left[0], right[0]) for name, left, right in PAIRS}
    pairs = {name: np.zeros((len(sizes[a]), len(sizes[b]), len(LABELS)), np.float32) for name, (a, b) in ends.items()}
    rows: dict[str, np.ndarray] = {}
    for (full, label), weight in info.state_features.items():
        owner, bar, name = full.partition("|") if full.startswith(OWNERS) else ("", "", full)
        if bar and owner != convention:
            continue
        kind, _, rest = name.partition(":")
        if kind in pairs:
            left, _, right = rest.partition("|")
            a, b = ends[kind]
            pairs[kind][numbers[a][left], numbers[b][right], column[label]] += weight
        else:
            rows.setdefault(name, np.zeros(len(LABELS), np.float32))[column[label]] += weight
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
        together = train({NEWS: idner["train"] + whole_nerui}, Path(scratch) / "news.crfsuite")
        apart = train({IDNER: idner["train"], NERUI: whole_nerui}, Path(scratch) / "idner2k.crfsuite")
        print("idner2k dev, sets together", score(together, idner["dev"], NEWS))
        print("idner2k dev, its own convention", score(apart, idner["dev"], IDNER))
        if held_out:
            print("nerui test", score(together, nerui["test"], NEWS))
            foreign = train({NEWS: whole_nerui}, Path(scratch) / "nerui.crfsuite")
            print("idner2k dev, trained on nerui alone", score(foreign, idner["dev"], NEWS))
        else:
            for convention, tagger in ((NEWS, together), (IDNER, apart)):
                export(tagger, convention, PROJECT / "core" / "resources" / MODELS[convention])


if __name__ == "__main__":
    main()

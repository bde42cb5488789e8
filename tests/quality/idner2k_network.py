"""Names as idner2k marks them, by networks that have read the news: there to be measured on that set alone.

A reader, trained to foretell the next and the previous word of news, runs over a sentence from both ends
(training/train_news_reader.py). Some small networks read what it saw of each word, its class, the known name over it
and how news uses it (training/train_idner2k_network.py). Each gives the chance of every label at every word, all
sequences considered.

Sources: Peters et al. 2018, Deep contextualized word representations; Lample et al. 2016, Neural architectures for
named entity recognition; both with fewer and smaller layers.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from core.tag.name_features import CLASSES, KNOWN, LABELS, clusters, leanings, word_class
from tests.quality.idner2k_habits import FOLDER, raw_habits
from training.name_rows import known_over

GRAM_BUCKETS = 40_000
MOST_GRAMS = 24
PADDING, UNKNOWN = 0, 1  # rows of the words' table; the first words behind them are marks of the reader
SPECIAL = ("<pad>", "<unk>", "<s>", "</s>")
GATES = 4  # of a cell: what comes in, what is forgotten, what is written, what goes out

FORBIDDEN = -1000.0  # the score of what cannot be

Floats = NDArray[np.float32]
Tables = Mapping[str, NDArray[Any]]


def plain(form: str) -> str:
    """A word as the reader's table has it."""
    return re.sub(r"\d", "0", form.lower())


def written(form: str) -> int:
    """How a word is written: digits, marks, small, capitals of several kinds."""
    if form.isdigit():
        return 1
    if any(letter.isdigit() for letter in form):
        return 2
    if not any(letter.isalpha() for letter in form):
        return 3
    if form.islower():
        return 4
    if form.isupper():
        return 5 if len(form) == 1 else 6
    return 7 if form[0].isupper() and form[1:].islower() else 8


def gram_buckets(word: str) -> list[int]:
    """Where beginnings, ends and letter runs of a plain word fall; the ends first, for long words are cut."""
    framed = f"<{word}>"
    ends = [framed[:size] for size in (3, 4, 5)] + ["$" + framed[-size:] for size in (3, 4, 5)]
    runs = [framed[at : at + size] for size in (2, 3, 4) for at in range(len(framed) - size + 1)]
    return [1 + crc32(gram.encode()) % (GRAM_BUCKETS - 1) for gram in [*ends, *runs]][:MOST_GRAMS]


@cache
def _groups() -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted({coarse for coarse, _ in clusters().values()}), 1)}


def kind_sizes() -> tuple[int, int, int]:
    """How many classes, known names and groups of words there are."""
    return len(CLASSES), len(KNOWN), len(_groups()) + 1


def kinds(forms: Sequence[str]) -> NDArray[np.int32]:
    """A row a word: its class, the known name over it, its group."""
    known = known_over(list(forms))
    rows = [
        (CLASSES.index(word_class(form)), KNOWN.index(name), _groups().get(clusters().get(form, ("", ""))[0], 0))
        for form, name in zip(forms, known, strict=True)
    ]
    return np.array(rows, np.int32)


def uses(forms: Sequence[str]) -> Floats:
    """A row a word: how news uses it and the words beside, shares of the labels by steps from 0 to 5, over nine."""
    habits, none = raw_habits(), "0" * len(LABELS)
    rows = []
    for at, form in enumerate(forms):
        before = forms[at - 1].lower() if at else ""
        behind = forms[at + 1].lower() if at + 1 < len(forms) else ""
        digits = (
            habits["self"].get(form, none),
            "9" if form in habits["self"] else "0",
            habits["before"].get(before, none),
            habits["behind"].get(behind, none),
            leanings().get(form, "000"),
        )
        rows.append([int(digit) / 9 for digit in "".join(digits)])
    return np.array(rows, np.float32)


def run(cell: Tables, inputs: Floats, backwards: bool = False) -> Floats:
    """What a long short-term memory gives out at each row of inputs; weights are (inputs and outputs, four gates)."""
    width = inputs.shape[1]
    size = cell["bias"].shape[0] // GATES
    arriving = inputs @ cell["weights"][:width] + cell["bias"]
    again = cell["weights"][width:]
    out = np.zeros((len(inputs), size), np.float32)
    held, memory = np.zeros(size, np.float32), np.zeros(size, np.float32)
    for at in range(len(inputs) - 1, -1, -1) if backwards else range(len(inputs)):
        coming, kept, new, shown = np.split(arriving[at] + held @ again, GATES)
        memory = sigmoid(kept) * memory + sigmoid(coming) * np.tanh(new)
        held = sigmoid(shown) * np.tanh(memory)
        out[at] = held
    return out


def sigmoid(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-values)), np.float32)


def both_ways(cells: Mapping[str, Tables], inputs: Floats) -> Floats:
    return np.hstack([run(cells["forward"], inputs), run(cells["backward"], inputs, backwards=True)])


class Reader:
    """What one who has read the news sees of each word in its sentence."""

    def __init__(self, tables: Mapping[str, Any], vocabulary: Sequence[str]) -> None:
        self.tables = tables
        self._places = {word: place for place, word in enumerate(vocabulary)}

    def spelled(self, forms: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """Of each word its row among the words, its letter runs filled up with 0, how it is written."""
        words = [plain(form) for form in forms]
        grams = np.zeros((len(forms), MOST_GRAMS), np.int32)
        for row, word in zip(grams, words, strict=True):
            buckets = gram_buckets(word)
            row[: len(buckets)] = buckets
        places = np.array([self._places.get(word, UNKNOWN) for word in words], np.int32)
        return places, grams, np.array([written(form) for form in forms], np.int32)

    def read(self, forms: Sequence[str]) -> Floats:
        """A row a word: the word alone, then the state of both runs."""
        places, grams, writings = self.spelled(forms)
        known = (grams > 0)[..., None]
        letters = (self.tables["grams"][grams] * known).sum(axis=1) / np.sqrt(known.sum(axis=1))
        own = self.tables["words"][places] * (places > UNKNOWN)[:, None]
        alone = np.hstack([own + letters, self.tables["written"][writings]]).astype(np.float32)
        return np.hstack([alone, both_ways(self.tables["cells"], alone)])


class Member:
    """One of the networks that read what the reader saw."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._tables = tables

    def chances(self, seen: Floats, kind_rows: NDArray[np.int32], use_rows: Floats) -> Floats:
        """A row a word, a column a label."""
        tables = self._tables
        columns = [table[kind_rows[:, number]] for number, table in enumerate(tables["kinds"])]
        states = both_ways(tables["cells"], np.hstack([seen, *columns, use_rows]))
        folded = np.tanh(states @ tables["fold"] + tables["fold_bias"])
        return marginals(folded @ tables["out"] + tables["out_bias"], tables["steps"], tables["opening"])


def first_scores() -> Floats:
    """A sentence begins with no label that goes on with a name."""
    return np.array([FORBIDDEN if label.startswith("I-") else 0.0 for label in LABELS], np.float32)


def marginals(scores: Floats, steps: Floats, opening: Floats) -> Floats:
    """Chance of each label at each word, over all sequences of labels (forward and backward sums, in logarithms)."""
    count = len(scores)
    ahead, behind = np.zeros_like(scores), np.zeros_like(scores)
    ahead[0] = scores[0] + opening
    for at in range(1, count):
        ahead[at] = np.logaddexp.reduce(ahead[at - 1][:, None] + steps, axis=0) + scores[at]
    for at in range(count - 2, -1, -1):
        behind[at] = np.logaddexp.reduce(steps + (scores[at + 1] + behind[at + 1])[None], axis=1)
    whole = ahead + behind
    return np.asarray(np.exp(whole - np.logaddexp.reduce(whole, axis=1, keepdims=True)), np.float32)


class Idner2kNetwork:
    """The mean of what the networks say."""

    def __init__(self, reader: Reader, members: Sequence[Member]) -> None:
        self._reader, self._members = reader, members

    def chances(self, forms: Sequence[str]) -> Floats:
        """Of each label at each word of a sentence: (words, labels)."""
        seen, kind_rows, use_rows = self._reader.read(forms), kinds(forms), uses(forms)
        said = [member.chances(seen, kind_rows, use_rows) for member in self._members]
        return np.asarray(np.mean(said, axis=0), np.float32)


def small(table: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """A table as whole numbers of eight bits, with the step of each column."""
    step = np.maximum(np.abs(table).max(axis=0), 1e-9) / 127
    return {"": np.rint(table / step).astype(np.int8), ".step": step.astype(np.float32)}


def flat(tables: Mapping[str, Any], prefix: str = "") -> dict[str, NDArray[Any]]:
    """Nested tables under dotted names, matrices in eight bits."""
    found: dict[str, NDArray[Any]] = {}
    for name, table in tables.items():
        if isinstance(table, Mapping):
            found |= flat(table, f"{prefix}{name}.")
        elif np.ndim(table) == 2:
            found |= {f"{prefix}{name}{end}": part for end, part in small(np.asarray(table)).items()}
        else:
            found[prefix + name] = np.asarray(table)
    return found


def nested(stored: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    """The other way round."""
    found: dict[str, Any] = {}
    for name, table in stored.items():
        if name.endswith(".step"):
            continue
        *outer, last = name.split(".")
        place = found
        for part in outer:
            place = place.setdefault(part, {})
        place[last] = table * stored[f"{name}.step"] if f"{name}.step" in stored else table
    return found


def load_reader() -> Reader:
    with np.load(FOLDER / "reader.npz", allow_pickle=False) as stored:
        tables = nested({name: stored[name] for name in stored.files if name != "vocabulary"})
        return Reader(tables, bytes(stored["vocabulary"]).decode("utf-8").split("\n"))


def network_of(tables: Mapping[str, Any], reader: Reader) -> Idner2kNetwork:
    """From nested tables by number of the member, its tables of kinds by number."""
    members = [Member(table | {"kinds": list(table["kinds"].values())}) for table in tables.values()]
    return Idner2kNetwork(reader, members)


@cache
def idner2k_network() -> Idner2kNetwork:
    with np.load(FOLDER / "network.npz", allow_pickle=False) as stored:
        return network_of(nested(dict(stored)), load_reader())

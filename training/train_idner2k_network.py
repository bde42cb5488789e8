"""Train the networks that mark names as idner2k does, to be measured on that set; write idner2k/network.npz.

Usage: python training/train_idner2k_network.py [DATA_FOLDER] [--members N] [--folds]
(needs requirements-train.txt; some eight minutes of one core a member; after training/train_news_reader.py)

They learn from nerui too, through a last layer of its own, since the two sets differ in what they take for a name. The
reader of the news stays as it is. The dev part of idner2k is never trained on. With --folds nothing is written: fifths
of the train part are marked by networks that learned from the rest. Prints exact F1 a label.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from functools import partial
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"  # sums in one order

import jax
import jax.numpy as jnp
import numpy as np
import optax

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core.tag.name_features import LABELS
from tests.quality.idner2k_habits import FOLDER
from tests.quality.idner2k_marks import marker
from tests.quality.idner2k_network import (
    Reader,
    flat,
    kind_sizes,
    kinds,
    load_reader,
    nested,
    network_of,
    uses,
)
from tests.quality.measure_idner2k import measure, read_sentences, told
from training import name_rows
from training.cells import Tables, both_ways, drop, start, start_cell
from training.train_news_reader import SIZE as READER_SIZE
from training.train_news_reader import WIDTH, WRITTEN_WIDTH, alone

MEMBERS = 4
SIZE, KIND_WIDTH = 100, 12
PASSES, RATE, LAST_SHARE, DECAY = 25, 2e-3, 0.03, 1e-3
BATCH = 24
LONGEST_MOVE = 0.25  # norm of the slopes of a step, past which they are cut
LENGTHS = (12, 20, 28, 40, 64)
OWN_WEIGHT = 1.5  # of a sentence of idner2k beside one of nerui
SEEN_DROP, KIND_DROP, STATE_DROP, FOLD_DROP = 0.5, 0.25, 0.5, 0.2
STRANGE = 0.2  # share of words that the reader is made not to know
SEEN_WIDTH = WIDTH + WRITTEN_WIDTH + 2 * READER_SIZE
FOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What there is to see of each word of a sentence, and what it is."""

    words: np.ndarray
    grams: np.ndarray
    written: np.ndarray
    kinds: np.ndarray
    uses: np.ndarray
    labels: np.ndarray


def examples(sentences: Sequence[name_rows.Sentence], reader: Reader) -> list[Example]:
    found = []
    for sentence in sentences:
        forms = [form for form, _ in sentence][: LENGTHS[-1]]
        words, grams, written = reader.spelled(forms)
        labels = np.array([LABELS.index(label) if label in LABELS else 0 for _, label in sentence[: len(forms)]])
        found.append(
            Example(words=words, grams=grams, written=written, kinds=kinds(forms), uses=uses(forms), labels=labels)
        )
    return found


def start_member(random: np.random.Generator, uses_told: int) -> Tables:
    sizes = kind_sizes()
    width = SEEN_WIDTH + len(sizes) * KIND_WIDTH + uses_told
    count = len(LABELS)
    return {
        "kinds": [start(random, size, KIND_WIDTH) for size in sizes],
        "cells": {way: start_cell(random, width, SIZE) for way in ("forward", "backward")},
        "fold": start(random, 2 * SIZE, SIZE),
        "fold_bias": np.zeros(SIZE, np.float32),
        "sets": [
            {
                "out": start(random, SIZE, count),
                "out_bias": np.zeros(count, np.float32),
                "steps": np.zeros((count, count), np.float32),
                "opening": np.zeros(count, np.float32),
            }
            for _ in range(2)
        ],
    }


Batch = dict[str, jax.Array]
"""What examples hold, padded and side by side, and as `here` which words there are."""


def padded(chosen: Sequence[Example], length: int) -> Batch:
    batch = {}
    for name in (field.name for field in fields(Example)):
        rows = [getattr(example, name) for example in chosen]
        whole = np.zeros((len(rows), length, *rows[0].shape[1:]), rows[0].dtype)
        for place, row in zip(whole, rows, strict=True):
            place[: len(row)] = row
        batch[name] = jnp.asarray(whole)
    here = np.arange(length) < np.array([len(example.labels) for example in chosen])[:, None]
    return batch | {"here": jnp.asarray(here.astype(np.float32))}


def seen_by(reader: Tables, batch: Batch, key: jax.Array) -> jax.Array:
    """What the reader sees of each word, where some are strange to it; it learns nothing here."""
    strange = jax.random.bernoulli(key, STRANGE, batch["words"].shape)
    words = alone(reader, batch["words"] * ~strange, batch["grams"], batch["written"])
    return jnp.concatenate([words, both_ways(reader["cells"], words, batch["here"])], -1)


def scores_of(tables: Tables, reader: Tables, batch: Batch, which: int, key: jax.Array) -> jax.Array:
    of_words, of_seen, of_kinds, of_states, of_fold = jax.random.split(key, 5)
    columns = [table[batch["kinds"][..., number]] for number, table in enumerate(tables["kinds"])]
    inputs = jnp.concatenate(
        [
            drop(of_seen, seen_by(reader, batch, of_words), SEEN_DROP, whole=True),
            drop(of_kinds, jnp.concatenate([*columns, batch["uses"]], -1), KIND_DROP),
        ],
        -1,
    )
    states = drop(of_states, both_ways(tables["cells"], inputs, batch["here"]), STATE_DROP, whole=True)
    folded = drop(of_fold, jnp.tanh(states @ tables["fold"] + tables["fold_bias"]), FOLD_DROP)
    last = tables["sets"][which]
    return folded @ last["out"] + last["out_bias"]


def loss_of(tables: Tables, reader: Tables, batch: Batch, which: int, key: jax.Array) -> jax.Array:
    """Surprise at the labels of whole sentences, among all sequences of labels (a linear chain), a word."""
    here, labels, last = batch["here"], batch["labels"], tables["sets"][which]
    scores = scores_of(tables, reader, batch, which, key)
    weight = OWN_WEIGHT if which == 0 else 1.0

    def step(ahead: jax.Array, place: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, None]:
        score, known = place
        onward = jax.nn.logsumexp(ahead[:, :, None] + last["steps"], 1) + score
        return jnp.where(known[:, None] > 0, onward, ahead), None

    onward = (scores[:, 1:].swapaxes(0, 1), here[:, 1:].T)
    ahead, _ = jax.lax.scan(step, scores[:, 0] + last["opening"], onward)
    told_by = (jnp.take_along_axis(scores, labels[..., None], -1)[..., 0] * here).sum(1)
    told_by += (last["steps"][labels[:, :-1], labels[:, 1:]] * here[:, 1:]).sum(1) + last["opening"][labels[:, 0]]
    return (jax.nn.logsumexp(ahead, -1) - told_by).sum() * weight / here.sum()


def batches(parts: Sequence[Sequence[Example]], random: np.random.Generator) -> Iterator[tuple[int, Batch]]:
    """All sentences of all sets once, mixed; a batch is of one set and of like lengths, filled up from its own."""
    found: list[tuple[int, int, list[int]]] = []
    for which, part in enumerate(parts):
        by_length: dict[int, list[int]] = {length: [] for length in LENGTHS}
        for place in random.permutation(len(part)).tolist():
            by_length[next(length for length in LENGTHS if len(part[place].labels) <= length)].append(place)
        for length, places in by_length.items():
            for at in range(0, len(places), BATCH):
                chosen = places[at : at + BATCH]
                more = random.choice(places, BATCH - len(chosen)).tolist() if len(chosen) < BATCH else []
                found.append((which, length, chosen + more))
    for number in random.permutation(len(found)).tolist():
        which, length, places = found[number]
        yield which, padded([parts[which][place] for place in places], length)


def train(seed: int, parts: Sequence[Sequence[Example]], reader: Tables) -> Tables:
    """A member: its tables, the last layer for idner2k."""
    random, key, began = np.random.default_rng(seed), jax.random.key(seed), time.monotonic()
    tables = start_member(random, parts[0][0].uses.shape[1])
    a_pass = sum(1 for _ in batches(parts, np.random.default_rng(0)))
    rates = optax.warmup_cosine_decay_schedule(0, RATE, a_pass, PASSES * a_pass, RATE * LAST_SHARE)
    mover = optax.chain(optax.clip_by_global_norm(LONGEST_MOVE), optax.adamw(rates, weight_decay=DECAY))
    state = mover.init(tables)

    @partial(jax.jit, static_argnums=4)
    def move(tables: Tables, reader: Tables, state: Any, batch: Batch, which: int, key: jax.Array) -> Any:
        loss, slopes = jax.value_and_grad(loss_of)(tables, reader, batch, which, key)
        moves, state = mover.update(slopes, state, tables)
        return optax.apply_updates(tables, moves), state, loss

    losses: list[float] = []
    for _ in range(PASSES):
        losses = []
        for which, batch in batches(parts, random):
            key, own = jax.random.split(key)
            tables, state, loss = move(tables, reader, state, batch, which, own)
            losses.append(float(loss))
    print(f"seed {seed}: {np.mean(losses):.4f} at the end, {time.monotonic() - began:.0f} s", flush=True)
    learned: Tables = jax.tree.map(np.asarray, tables)
    own_set = learned.pop("sets")[0]
    return learned | own_set


def stored(members: Sequence[Tables]) -> dict[str, np.ndarray]:
    """Under dotted names, in eight bits; numbers stand for places in lists."""
    named = {
        str(number): tables | {"kinds": {str(n): table for n, table in enumerate(tables["kinds"])}}
        for number, tables in enumerate(members)
    }
    return flat(named)


def train_all(count: int, parts: Sequence[Sequence[Example]], reader: Reader) -> list[Tables]:
    """That many members, each in a process of its own, as many at once as there are cores."""
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        return list(pool.map(train, range(count), repeat(parts), repeat(reader.tables)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=PROJECT.parent / "shared" / "data")
    parser.add_argument("--members", type=int, default=MEMBERS)
    parser.add_argument("--folds", action="store_true")
    chosen = parser.parse_args()
    folder, reader = chosen.data / "ner", load_reader()
    own = examples(name_rows.read_sentences(folder / "idner2k" / "train.txt"), reader)
    files = [folder / "nerui" / f"{part}.01.tsv" for part in ("train", "dev", "test")]
    other = examples([sentence for file in files for sentence in name_rows.read_sentences(file)], reader)
    if chosen.folds:
        texts = read_sentences(folder / "idner2k" / "train.txt")
        for fold in range(FOLDS):
            rest = [example for number, example in enumerate(own) if number % FOLDS != fold]
            network = network_of(nested(stored(train_all(chosen.members, (rest, other), reader))), reader)
            print(f"fold {fold + 1}", told(measure(texts[fold::FOLDS], marker(network.chances))), flush=True)
        return
    members = train_all(chosen.members, (own, other), reader)
    texts = read_sentences(folder / "idner2k" / "dev.txt")
    print("idner2k dev", told(measure(texts, marker(network_of(nested(stored(members)), reader).chances))))
    np.savez_compressed(FOLDER / "network.npz", **stored(members))
    print(f"network.npz: {(FOLDER / 'network.npz').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

"""Train the reader of the news; write tests/quality/idner2k/reader.npz.

Usage: python training/train_news_reader.py [DATA_FOLDER]     (needs requirements-train.txt; twenty minutes of one core)

Two memories run over each sentence of ../shared/data/news, one from either end, and learn to foretell the next word:
among all words that news has LEAST times, of which each step takes a sample. What is written are tables of words and
letter runs and the weights of the cells; no text. Prints the loss on the way. The same data, the same file.
"""

import gzip
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"  # sums in one order

import jax
import jax.numpy as jnp
import numpy as np
import optax

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core.tag.tokens import TOKEN
from tests.quality.idner2k_habits import FOLDER
from tests.quality.idner2k_network import GRAM_BUCKETS, MOST_GRAMS, SPECIAL, UNKNOWN, flat, gram_buckets, plain, written
from training.cells import Tables, run, start, start_cell

WIDTH, SIZE, WRITTEN_WIDTH, WRITINGS = 100, 192, 12, 10
LEAST, MOST_WORDS = 12, 30_000
SHORTEST, LONGEST = 3, 56  # words of a sentence that is learned from
LENGTHS = (8, 12, 16, 20, 26, 32, 40, LONGEST)  # sentences are padded to one of them
BATCH_WORDS, FEWEST_SENTENCES = 1536, 16
PASSES, RATE, LAST_RATE, WARM_UP = 2, 2e-3, 1e-4, 300
SAMPLE, SMOOTHING = 1200, 0.75  # of words that a step tells the right one from
KEPT = 0.9  # share of figures kept in training
TOLD_EVERY = 500
SENTENCE_END = re.compile(r"(?<=[.?!])[\"”’)]*\s+|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """What the reader knows of each spelling: row among the words, letter runs, how it is written."""

    words: jax.Array
    grams: jax.Array
    written: jax.Array


def read_sentences(news: Path) -> list[list[str]]:
    """Each sentence once."""
    seen: set[str] = set()
    sentences = []
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            for text in SENTENCE_END.split(json.loads(line)["text"] or ""):
                if text and text not in seen:
                    seen.add(text)
                    forms = TOKEN.findall(text)
                    if SHORTEST <= len(forms) <= LONGEST:
                        sentences.append(forms)
    return sentences


def number(sentences: list[list[str]], places: dict[str, int]) -> tuple[list[np.ndarray], Kinds]:
    """Sentences as numbers of spellings, and what is known of each spelling; 0 is padding."""
    numbers: dict[tuple[str, int], int] = {("", 0): 0}
    encoded = [
        np.array([numbers.setdefault((plain(form), written(form)), len(numbers)) for form in forms], np.int32)
        for forms in sentences
    ]
    grams = np.zeros((len(numbers), MOST_GRAMS), np.int32)
    for (word, _), row in list(numbers.items())[1:]:
        buckets = gram_buckets(word)
        grams[row, : len(buckets)] = buckets
    words = np.array([0, *(places.get(word, UNKNOWN) for word, _ in list(numbers)[1:])], np.int32)
    writings = np.array([kind for _, kind in numbers], np.int32)
    return encoded, Kinds(words=jnp.asarray(words), grams=jnp.asarray(grams), written=jnp.asarray(writings))


def start_reader(random: np.random.Generator, words: int) -> Tables:
    tables: Tables = {
        "words": (random.standard_normal((words, WIDTH)) * 0.1).astype(np.float32),
        "grams": (random.standard_normal((GRAM_BUCKETS, WIDTH)) * 0.1).astype(np.float32),
        "written": (random.standard_normal((WRITINGS, WRITTEN_WIDTH)) * 0.1).astype(np.float32),
        "foretold": (random.standard_normal((words, WIDTH)) * 0.05).astype(np.float32),
        "foretold_bias": np.zeros(words, np.float32),
        "cells": {},
        "ways": {},
    }
    for way in ("forward", "backward"):
        tables["cells"][way] = start_cell(random, WIDTH + WRITTEN_WIDTH, SIZE)
        tables["ways"][way] = start(random, SIZE, WIDTH)
    return tables


def alone(tables: Tables, words: jax.Array, grams: jax.Array, writings: jax.Array) -> jax.Array:
    """Each word by itself: its own row where it has one, its letter runs, how it is written."""
    known = (grams > 0)[..., None]
    letters = (tables["grams"][grams] * known).sum(-2) / jnp.sqrt(jnp.maximum(known.sum(-2), 1))
    own = tables["words"][words] * (words > UNKNOWN)[..., None]
    return jnp.concatenate([own + letters, tables["written"][writings]], -1)


def loss_of(tables: Tables, kinds: Kinds, sentences: jax.Array, sample: jax.Array, log_odds: jax.Array, key: jax.Array):
    """Mean surprise at the next and at the previous word, told from a sample (Bengio and Senécal 2008)."""
    words = kinds.words[sentences]
    here = (sentences > 0).astype(jnp.float32)
    inputs = alone(tables, words, kinds.grams[sentences], kinds.written[sentences])
    inputs = inputs * jax.random.bernoulli(key, KEPT, inputs.shape) / KEPT
    total, count = jnp.zeros(()), jnp.zeros(())
    for way in ("forward", "backward"):
        states = run(tables["cells"][way], inputs, here, way == "backward") @ tables["ways"][way]
        ahead, behind = slice(None, -1), slice(1, None)
        seen, told = (ahead, behind) if way == "forward" else (behind, ahead)
        states, right, counts = states[:, seen], words[:, told], here[:, told] * (words[:, told] > UNKNOWN)
        of_right = (states * tables["foretold"][right]).sum(-1) + tables["foretold_bias"][right] - log_odds[right]
        of_others = states @ tables["foretold"][sample].T + tables["foretold_bias"][sample] - log_odds[sample]
        of_others = jnp.where(right[..., None] == sample, -1e9, of_others)
        surprise = jax.nn.logsumexp(jnp.concatenate([of_right[..., None], of_others], -1), -1) - of_right
        total, count = total + (surprise * counts).sum(), count + counts.sum()
    return total / count


def batches(encoded: list[np.ndarray], random: np.random.Generator) -> Iterator[np.ndarray]:
    """All sentences once, those of like length together, padded with 0."""
    by_length: dict[int, list[int]] = {length: [] for length in LENGTHS}
    for place, sentence in enumerate(encoded):
        by_length[next(length for length in LENGTHS if len(sentence) <= length)].append(place)
    found = []
    for length, places in by_length.items():
        order, size = random.permutation(np.array(places, np.intp)), sentences_at(length)
        found += [(length, order[at : at + size]) for at in range(0, len(order) - size + 1, size)]
    for chosen in random.permutation(len(found)):
        length, places = found[chosen]
        rows = np.zeros((len(places), length), np.int32)
        for row, place in zip(rows, places, strict=True):
            row[: len(encoded[place])] = encoded[place]
        yield rows


def sentences_at(length: int) -> int:
    return max(FEWEST_SENTENCES, BATCH_WORDS // length)


def train(encoded: list[np.ndarray], kinds: Kinds, vocabulary: list[str]) -> Tables:
    random, key, began = np.random.default_rng(1), jax.random.key(0), time.monotonic()
    tables = start_reader(random, len(vocabulary))
    counts = np.bincount(np.asarray(kinds.words)[np.concatenate(encoded)], minlength=len(vocabulary)).astype(float)
    counts[: UNKNOWN + 1] = 0
    odds = counts**SMOOTHING / (counts**SMOOTHING).sum()
    log_odds = jnp.asarray(np.log(odds * SAMPLE + 1e-9), jnp.float32)
    steps = PASSES * sum(1 for _ in batches(encoded, np.random.default_rng(0)))
    rates = optax.warmup_cosine_decay_schedule(0, RATE, WARM_UP, steps, LAST_RATE)
    mover = optax.chain(optax.clip_by_global_norm(1.0), optax.adam(rates, b2=0.99))
    state = mover.init(tables)

    @jax.jit
    def move(tables: Tables, state: optax.OptState, rows: jax.Array, sample: jax.Array, key: jax.Array):
        loss, slopes = jax.value_and_grad(loss_of)(tables, kinds, rows, sample, log_odds, key)
        moves, state = mover.update(slopes, state, tables)
        return optax.apply_updates(tables, moves), state, loss

    losses = []
    for _ in range(PASSES):
        for rows in batches(encoded, random):
            key, own = jax.random.split(key)
            sample = random.choice(len(vocabulary), SAMPLE, p=odds).astype(np.int32)
            tables, state, loss = move(tables, state, rows, sample, own)
            losses.append(float(loss))
            if len(losses) % TOLD_EVERY == 0:
                recent = np.mean(losses[-TOLD_EVERY:])
                print(f"{len(losses)} of {steps}: {recent:.3f}, {time.monotonic() - began:.0f} s", flush=True)
    return tables


def save(tables: Tables, vocabulary: list[str], file: Path) -> None:
    kept = {name: jax.tree.map(np.asarray, tables[name]) for name in ("words", "grams", "written", "cells")}
    np.savez_compressed(file, vocabulary=np.frombuffer("\n".join(vocabulary).encode(), np.uint8), **flat(kept))
    print(f"{file.name}: {len(vocabulary)} words, {file.stat().st_size:,} bytes")


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT.parent / "shared" / "data"
    sentences = read_sentences(data / "news" / "news.jsonl.gz")
    counts = Counter(plain(form) for forms in sentences for form in forms)
    vocabulary = [*SPECIAL, *(word for word, count in counts.most_common(MOST_WORDS) if count >= LEAST)]
    encoded, kinds = number(sentences, {word: place for place, word in enumerate(vocabulary)})
    print(f"{len(sentences)} sentences, {sum(map(len, sentences))} words, {len(vocabulary)} of them told apart")
    save(train(encoded, kinds, vocabulary), vocabulary, FOLDER / "reader.npz")


if __name__ == "__main__":
    main()

"""Train the language profile from ../shared/data/langid/dev.tsv; write core/resources/models/language.npz.

Usage: python training/train_language.py [DATA_FOLDER]     (needs numpy only; about a minute)
The same data give the same file. Prints figures of five-fold cross-validation over the words and letters alone
and over the whole decision, before it learns from all.
"""

import gzip
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core.normalize import language

OUTPUT = PROJECT / "core" / "resources" / "models" / "language.npz"
CODES = {"ind": "id", "msa": "ms", "eng": "en", "jav": "jv", "sun": "su"}
ORDER = ("id", "ms", "en", "jv", "su", "min", "ban", "bjn", "ace", "mad", "bbc", "bug", "nij")
RAREST = 8  # times a feature must stand in the training texts
EPOCHS = 12
RATE = 0.4
SHRINK = 1e-5
SCALE = 24.0  # weights are stored as whole numbers of 1/24
NEWS_TEXTS = 800  # Indonesian of other years and outlets, cut to 80 to 300 characters
SEEN_TEXTS = 2  # Malay texts in which a word must stand
SEEN_RATIO = 20  # how much commoner in Malay than in Indonesian news
FOLDS = 5

Text = tuple[str, str]


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT.parent / "shared" / "data"
    texts = [
        (CODES.get(lang, lang), text)
        for lang, _, text in (
            line.split("\t") for line in (data / "langid" / "dev.tsv").read_text("utf-8").split("\n")[1:] if line
        )
    ]
    random.seed(7)
    random.shuffle(texts)
    news, indonesian = read_news(data / "news" / "news.jsonl.gz")
    right: Counter[str] = Counter()
    for fold in range(FOLDS):
        rest = [text for number, text in enumerate(texts) if number % FOLDS != fold]
        with tempfile.TemporaryDirectory() as folder:
            model = Path(folder) / "language.npz"
            write(model, *train(rest + news), seen_in_malay(rest, indonesian))
            profile = language.Profile(model)
        for code, text in texts[fold::FOLDS]:
            found = language.tell(text, profile)
            three = code in ("id", "ms", "en")
            group = code if three else "other"
            right[f"{group} all"] += 1
            right[f"{group} right"] += found.code == code
            right[f"{group} und"] += found.code == "und"
    for group in ("id", "ms", "en", "other"):
        print(group, right[f"{group} right"], "of", right[f"{group} all"], "und", right[f"{group} und"])
    three_all = sum(right[f"{code} all"] for code in ("id", "ms", "en"))
    print("id/ms/en accuracy", round(sum(right[f"{code} right"] for code in ("id", "ms", "en")) / three_all, 4))
    write(OUTPUT, *train(texts + news), seen_in_malay(texts, indonesian))


def words_of(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in language._WORD.findall(text[:1000])]


def read_news(path: Path) -> tuple[list[Text], Counter[str]]:
    """Cuts of Indonesian articles, and how often each word stands in all of them."""
    counts: Counter[str] = Counter()
    bodies: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            body = json.loads(line)["text"]
            bodies.append(body)
            counts.update(word.lower() for word in language._WORD.findall(body))
    chosen = random.sample(bodies, NEWS_TEXTS)
    return [("id", cut_out(body)) for body in chosen], counts


def cut_out(body: str) -> str:
    start = random.randrange(max(1, min(len(body), 2000) - 200))
    return body[start : start + random.choice((80, 150, 300))]


def train(texts: Sequence[Text]) -> tuple[list[str], np.ndarray]:
    """Features and their weights a language: softmax regression, steps shrunk by how much a weight has moved."""
    counted = [Counter(part for word in words_of(text) for part in language.features_of(word)) for _, text in texts]
    total: Counter[str] = Counter()
    for counts in counted:
        total.update(counts)
    features = sorted(feature for feature, count in total.items() if count >= RAREST)
    rows = {feature: row for row, feature in enumerate(features)}
    samples = []
    for (code, _), counts in zip(texts, counted, strict=True):
        known = [(rows[feature], count) for feature, count in counts.items() if feature in rows]
        if known:
            values = np.array([count for _, count in known], dtype=np.float32) / max(counts.total(), 1) ** 0.5
            samples.append((np.array([row for row, _ in known]), values, ORDER.index(code)))
    weights = np.zeros((len(features), len(ORDER)), dtype=np.float32)
    moved = np.full_like(weights, 0.1)
    generator = np.random.default_rng(0)
    for _ in range(EPOCHS):
        for number in generator.permutation(len(samples)):
            at, values, label = samples[number]
            scores = values @ weights[at]
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            chances[label] -= 1
            slope = values[:, None] * chances[None, :] + SHRINK * weights[at]
            moved[at] += slope * slope
            weights[at] -= RATE * slope / np.sqrt(moved[at])
    return features, weights


def seen_in_malay(texts: Sequence[Text], indonesian: Counter[str]) -> list[str]:
    """Words, mostly in small letters, that Malay texts use and Indonesian news next to never do."""
    counts: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for code, text in texts:
        if code == "ms":
            words = words_of(text)
            counts.update(words)
            spread.update(set(words))
            tokens = language._WORD.findall(text)
            if sum(token[0].isupper() for token in tokens) <= 0.6 * len(tokens):
                small.update({token.lower(): 1 if token.islower() else -1 for token in tokens[1:]})
    size, all_indonesian = counts.total(), indonesian.total()
    return sorted(
        word
        for word in counts
        if spread[word] >= SEEN_TEXTS
        and small[word] > 0
        and len(word) > 2
        and not re.search(r"['-]", word)
        and counts[word] / size > SEEN_RATIO * (indonesian[word] + 1) / all_indonesian
    )


def write(path: Path, features: list[str], weights: np.ndarray, seen: list[str]) -> None:
    stored: dict[str, Any] = {
        "codes": " ".join(ORDER),
        "features": "\n".join(features),
        "weights": np.clip(np.rint(weights * SCALE), -127, 127).astype(np.int8),
        "scale": SCALE,
        "malay_seen": " ".join(seen),
    }
    np.savez_compressed(path, **stored)


if __name__ == "__main__":
    main()

"""Train the model that tells where a headline ends which a page ran into the article.

Usage: python training/train_headline_end.py [DATA_FOLDER]     (needs numpy only; about three minutes)
Writes core/resources/models/headline-end.json. Learns from headlines of ../shared/data/news set in front of
sentences of other articles, in the ways pages glue them; prints figures on links whose headline is known.
"""

import gzip
import json
import random
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core.normalize.links import MOST_WORDS, best_end, features, split_pieces, weights

OUTPUT = PROJECT / "core" / "resources" / "models" / "headline-end.json"
SAMPLES = 24_000
RAREST = 12  # samples a feature must stand in
ROUNDS = 6
RATE = 0.3
SHRINK = 2e-6  # pull towards zero
SMALLEST = 0.08  # weights below tell nothing
SENTENCE = re.compile(r"(?:(?<=[.!?] )|(?<=\n)|(?<=\.,))[\"“&A-Z][^\n]{60,400}")
LABEL = re.compile(r"B(?:aca|ACA) ?(?:[Jj]uga|JUGA)\s?:\s?")


def damaged(text: str) -> str:
    """The text as one of the sets holds it: each comma, and the last letter before it, gone for a stop."""
    return re.sub(r"\w(?:,|(?=\.))", ".", text).replace("..", ".")


def joined(headline: str, sentence: str, rng: random.Random) -> tuple[str, int]:
    """A headline and what follows it on its line, and where the headline ends."""
    if rng.random() < 0.05:
        sentence = f"{rng.randint(1, 12)}. {sentence}"
    kind = rng.random()
    if kind < 0.05:
        return headline, len(headline)
    if kind < 0.15:
        return headline + sentence, len(headline)
    if kind < 0.35:
        broken = damaged(headline + ",").rstrip(".") + "."
        return f"{broken} {damaged(sentence)}", len(broken)
    if kind < 0.42:
        return f"{headline} &quot;{sentence.lstrip(chr(34) + chr(8220))}", len(headline)
    return f"{headline} {sentence}", len(headline)


Sample = tuple[str, int, str]  # what follows the label, where its headline ends, the rest of the article


def make_samples(articles: list[dict], rng: random.Random) -> list[Sample]:
    """Half of the headlines are the article's own, as those of links tell of the same things."""
    whole = [one for one in articles if 4 <= len(one["title"].split()) <= 22]
    samples = []
    while len(samples) < SAMPLES:
        article = rng.choice(whole)
        sentences = [found.group() for found in SENTENCE.finditer(article["text"]) if "Baca" not in found.group()]
        if sentences:
            sentence = rng.choice(sentences)
            headline = " ".join((article if rng.random() < 0.5 else rng.choice(whole))["title"].split())
            samples.append((*joined(headline, " ".join(sentence.split()), rng), article["text"].replace(sentence, " ")))
    return samples


def known_links(articles: list[dict]) -> list[Sample]:
    """Links whose headline is the title of another article of the set."""
    folded = {re.sub(r"\W+", "", one["title"]).lower() for one in articles}
    found = []
    for one in articles:
        for label in LABEL.finditer(one["text"]):
            rest = one["text"][label.end() : label.end() + 400]
            ends = [gap.start() for gap in re.finditer(r"\s|(?<=[?!])|\Z", rest)]
            fits = [end for end in ends if re.sub(r"\W+", "", rest[:end]).lower() in folded and end > 20]
            if fits:
                elsewhere = one["text"][: label.start()] + one["text"][label.end() + 360 :]
                found.append((rest, fits[-1], elsewhere))
    return found


def encode(samples: list[Sample], vocabulary: dict[str, int] | None) -> tuple[list, dict[str, int]]:
    """Per sample the features of each place, and the number of the right one."""
    rows = []
    seen: Counter[str] = Counter()
    for text, end, elsewhere in samples:
        pieces = split_pieces(text, 0, len(text))
        closes = pieces[-1].end >= len(text)
        right = next((number for number, piece in enumerate(pieces[:MOST_WORDS]) if piece.end == end), None)
        if right is None:
            continue
        places = [
            list(features(pieces, last, elsewhere, closes_line=closes)) for last in range(min(len(pieces), MOST_WORDS))
        ]
        rows.append((places, right))
        if vocabulary is None:
            seen.update({feature for place in places for feature in place})
    if vocabulary is None:
        kept = sorted(feature for feature, count in seen.items() if count >= RAREST)
        vocabulary = {feature: number for number, feature in enumerate(kept)}
    numbered = [
        ([np.array([vocabulary[one] for one in place if one in vocabulary], np.int64) for place in places], right)
        for places, right in rows
    ]
    return numbered, vocabulary


def train(rows: list, width: int) -> np.ndarray:
    """Conditional logistic regression by adaptive gradient steps; one example a step."""
    weight, squares = np.zeros(width), np.full(width, 1e-3)
    order = list(range(len(rows)))
    rng = random.Random(7)
    for _ in range(ROUNDS):
        rng.shuffle(order)
        for number in order:
            places, right = rows[number]
            scores = np.array([weight[place].sum() for place in places])
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            chances[right] -= 1.0
            for chance, place in zip(chances, places, strict=True):
                if abs(chance) > 1e-3:
                    step = chance + SHRINK * weight[place]
                    np.add.at(squares, place, step * step)
                    np.subtract.at(weight, place, RATE * step / np.sqrt(squares[place]))
    return weight


def accuracy(samples: list[Sample]) -> str:
    right = near = total = 0
    for text, end, elsewhere in samples:
        pieces = split_pieces(text, 0, len(text))
        guess = pieces[best_end(pieces, elsewhere, closes_line=pieces[-1].end >= len(text))].end
        total += 1
        right += guess == end
        near += abs(len(text[:guess].split()) - len(text[:end].split())) <= 1
    return f"{right / total:.3f} exact, {near / total:.3f} within a word, of {total}"


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT.parent / "shared" / "data"
    with gzip.open(data / "news" / "news.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    samples = make_samples(articles, random.Random(3))
    held = samples[: len(samples) // 12]
    rows, vocabulary = encode(samples[len(held) :], None)
    weight = train(rows, len(vocabulary))
    kept = {one: number for one, number in vocabulary.items() if abs(weight[number]) >= SMALLEST}
    model = {one: round(float(weight[number]), 2) for one, number in kept.items()}
    OUTPUT.write_text(json.dumps(model, ensure_ascii=False, sort_keys=True, indent=0) + "\n", encoding="utf-8")
    weights.cache_clear()
    print(f"{len(rows)} samples, {len(model)} weights")
    print("held out:", accuracy(held))
    print("known links:", accuracy(known_links(articles)))


if __name__ == "__main__":
    main()

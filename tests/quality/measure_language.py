"""How often the language of short texts and of news articles is told right.

Usage: python tests/quality/measure_language.py [DATA_FOLDER] [-v]
The shipped profile was trained on langid/dev.tsv, so the figures of that file say that nothing broke, not how well
unseen texts are told; training/train_language.py prints those by five-fold cross-validation.
"""

import csv
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from core.normalize.language import identify  # noqa: E402

SHARED = PROJECT.parent / "shared" / "data"
SHORT, NEWS = "langid/dev.tsv", "news/news.jsonl.gz"
CODES = {"ind": "id", "msa": "ms", "eng": "en", "jav": "jv", "sun": "su"}  # the others are called alike everywhere
WIDE = ("id", "ms", "en")
EVERY = 50  # one article of the news in so many
LOCAL_EVERY = 4  # one short text of the ten languages of Indonesia in so many; they take the longest
Told = tuple[str, str, str]
"""The right code, the one told, the text."""


def short_texts(data: Path) -> Iterator[Told]:
    """All texts in Indonesian, Malay and English, every fourth of the others."""
    local = 0
    with (data / SHORT).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            code = CODES.get(row["lang"], row["lang"])
            local += code not in WIDE
            if code in WIDE or local % LOCAL_EVERY == 0:
                yield code, identify(row["text"]).code, row["text"]


def articles(data: Path) -> Iterator[Told]:
    """All of the news is Indonesian; 800 cuts of it were among the texts that the profile was trained on."""
    with gzip.open(data / NEWS, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % EVERY == 0:
                text = json.loads(line)["text"]
                yield "id", identify(text).code, text


def accuracy(told: list[Told]) -> float:
    return sum(right == found for right, found, _ in told) / len(told)


def scores(short: list[Told], news: list[Told]) -> dict[str, float]:
    """Accuracy on Indonesian, Malay and English together and each, on the other ten together, on news."""
    by_code = {code: accuracy([one for one in short if one[0] == code]) for code in WIDE}
    return {
        "wide": accuracy([one for one in short if one[0] in WIDE]),
        **by_code,
        "local": accuracy([one for one in short if one[0] not in WIDE]),
        "news": accuracy(news),
    }


def measure(data: Path = SHARED) -> dict[str, float]:
    """All figures of this module."""
    return scores(list(short_texts(data)), list(articles(data)))


if __name__ == "__main__":
    folder = next((Path(one) for one in sys.argv[1:] if not one.startswith("-")), SHARED)
    if "-v" in sys.argv:
        for right, found, text in (*short_texts(folder), *articles(folder)):
            if right != found:
                print(right, found, text[:120].replace("\n", " "))
    for name, value in measure(folder).items():
        print(f"{name:8} {value:.4f}")

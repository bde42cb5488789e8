"""How well articles are cleaned, dated and attributed: functions that return figures, and a way to print them.

Usage: python tests/quality/measure_normalize.py [DATA_FOLDER] [-v]
Words are runs of letters and digits of the raw text; a word counts as cut when its first character is cut.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))
sys.path.insert(0, str(PROJECT))

from core.model import Document, RawArticle, Source  # noqa: E402
from core.normalize import document  # noqa: E402

SHARED = PROJECT.parent / "shared" / "data"
WORD = re.compile(r"\w+")
Scores = dict[str, float]


def read_article(text: str, **container: str) -> Document:
    return document(RawArticle(source=Source(name="measured", sha256="0" * 64, record=0), raw_text=text, **container))


def dev_articles(data: Path) -> list[dict[str, Any]]:
    with (data / "articles" / "dev.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _gold_places(text: str, pieces: list[str]) -> set[int]:
    """Places of the characters that the annotation calls furniture, every occurrence of each piece."""
    places: set[int] = set()
    for piece in pieces:
        start = text.find(piece)
        while start >= 0:
            places.update(range(start, start + len(piece)))
            start = text.find(piece, start + len(piece))
    return places


def word_errors(article: dict[str, Any]) -> tuple[int, list[str], list[str], int]:
    """Furniture words cut, furniture words left, body words cut, and the number of body words."""
    text = article["text"]
    gold = _gold_places(text, article["gold"]["boilerplate"])
    gone = {place for cut in read_article(text).removed for place in range(cut.span.start, cut.span.end)}
    hit, left, lost, body = 0, [], [], 0
    for word in WORD.finditer(text):
        is_gold, is_gone = word.start() in gold, word.start() in gone
        body += not is_gold
        hit += is_gold and is_gone
        if is_gold and not is_gone:
            left.append(word.group())
        if is_gone and not is_gold:
            lost.append(word.group())
    return hit, left, lost, body


def furniture(data: Path) -> Scores:
    """Word F1 of what is cut, and the share of body words kept, over articles/dev.jsonl."""
    hits = lefts = losts = bodies = 0
    for article in dev_articles(data):
        hit, left, lost, body = word_errors(article)
        hits, lefts, losts, bodies = hits + hit, lefts + len(left), losts + len(lost), bodies + body
    return {"furniture_f1": 2 * hits / (2 * hits + lefts + losts), "body_kept": 1 - losts / bodies}


def dates(data: Path) -> Scores:
    """Publication dates from the text alone: right and wrong over the datable articles of articles/dev.jsonl."""
    right = wrong = datable = 0
    for article in dev_articles(data):
        gold = article["gold"]["published"]
        if gold is None:
            continue
        found = read_article(article["text"]).published
        datable += 1
        right += found is not None and found.date.iso[:10] == gold
        wrong += found is not None and found.date.iso[:10] != gold
    return {"date_right": right / datable, "date_not_wrong": 1 - wrong / datable}


def openers(data: Path) -> Scores:
    """Datelines of articles/dev.jsonl: city and outlet right, over all articles (most have none)."""
    articles = dev_articles(data)
    right = sum(_opener(article) == _gold_opener(article) for article in articles)
    return {"dateline_right": right / len(articles)}


def _opener(article: dict[str, Any]) -> tuple[str | None, str | None]:
    read = read_article(article["text"])
    zone = read.zone("dateline")
    named = read.outlet.name if zone and read.outlet and read.outlet.rule == "dateline" else None
    return (zone.value if zone else None), _brand(named)


def _gold_opener(article: dict[str, Any]) -> tuple[str | None, str | None]:
    gold = article["gold"]["dateline"]
    return gold["city"], _brand(gold["outlet"])


def _brand(name: str | None) -> str | None:
    return name.lower().removesuffix(".com") if name else None


def seed_checks(data: Path) -> Iterator[tuple[str, str, object, object]]:
    """Six checks an article of the seeds: file, what is checked, what was found, what is right."""
    gold = json.loads((data / "seeds" / "gold.json").read_text(encoding="utf-8"))
    for name in sorted(gold):
        right = gold[name]
        read = read_article((data / "seeds" / name).read_text(encoding="utf-8"))
        lines = {int(number): line.strip() for number, line in right["lines"].items()}
        kept = read.text.split("\n")
        dateline = read.zone("dateline")
        yield name, "outlet", read.outlet and read.outlet.name, right["outlet"]
        day = read.published.date.iso[:10] if read.published else None
        yield name, "published", day, right["published"][:10] if right["published"] else None
        yield name, "city", dateline and dateline.value, right["dateline_city"]
        yield name, "byline", read.byline, right["byline"]
        gone = [lines[one] for one in right["boilerplate"] + right["credits"]]
        yield name, "furniture left", [line for line in gone if line in kept], []
        whole = [lines[one] for one in right["body_lines"] + right["subheads"]]
        yield name, "body lost", [line for line in whole if line not in kept], []


def seeds(data: Path) -> Scores:
    checks = list(seed_checks(data))
    return {"seed_checks": sum(found == right for _, _, found, right in checks) / len(checks)}


def measure(data: Path = SHARED) -> Scores:
    """All figures of this module."""
    return furniture(data) | dates(data) | openers(data) | seeds(data)


def _print_errors(data: Path) -> None:
    for article in dev_articles(data):
        _, left, lost, _ = word_errors(article)
        if left or lost:
            print(article["id"], "left:", " ".join(left) or "-", "| lost:", " ".join(lost) or "-")
        if _opener(article) != _gold_opener(article):
            print(article["id"], "dateline", _opener(article), _gold_opener(article))
        found = read_article(article["text"]).published
        if (found and found.date.iso[:10]) != article["gold"]["published"]:
            print(article["id"], "date", found and found.date.iso, article["gold"]["published"])
    for check in seed_checks(data):
        if check[2] != check[3]:
            print(*check)


if __name__ == "__main__":
    folder = next((Path(one) for one in sys.argv[1:] if not one.startswith("-")), SHARED)
    if "-v" in sys.argv:
        _print_errors(folder)
    for figure, value in measure(folder).items():
        print(f"{figure:16} {value:.4f}")

"""Articles a second through the whole of tag, beside what a user would build from libraries, in one run.

Usage: python benchmarks/against_libraries.py [--articles 300] [--data FILE.jsonl[.gz]]
                                                      (needs requirements-bench.txt in an environment of its own)

The other side is spaCy's blank Indonesian pipeline with an EntityRuler that holds every name of our gazetteer,
PySastrawi's stems of all words behind a memory of word forms, and langdetect. It finds known names, stems and the
language; ours also sentences, unknown names, resolution, quotes, sources, tone and claims. Our language is told by
normalize, which does much else besides: it is timed apart, and the ratio is given without it and with it. Sides take
turns in going first, on articles neither has read, after a hundred others have warmed them up: both remember words.
Figures are processor time of one core. Prints, asserts nothing.
"""

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core import normalize, tag
from core.model import Document, RawArticle, Source
from core.tag.gazetteer import gazetteer

Item = TypeVar("Item")
NEWS = PROJECT.parent / "shared" / "data" / "news" / "news.jsonl.gz"
ROUNDS = 4
WARMING = 100  # articles that are not timed


def read_articles(path: Path, wanted: int) -> list[RawArticle]:
    """Every n-th article, so that all outlets are among them."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line)).get("text")]
    step = max(1, len(rows) // wanted)
    return [
        RawArticle(
            source=Source(name=path.name, sha256="0" * 64, record=number),
            raw_text=row["text"],
            url=row.get("url"),
            title=row.get("title"),
        )
        for number, row in enumerate(rows[::step][:wanted])
    ]


def libraries() -> tuple[Callable[[Document], object], int]:
    """The pipeline of libraries over one document, and how many names its ruler holds."""
    import langdetect
    import spacy
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    pipeline = spacy.blank("id")
    names = {(row.entity.label, name) for row in gazetteer().rows.values() for name in row.names}
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": name} for label, name in sorted(names)])
    stem = cache(StemmerFactory().create_stemmer().stem)
    langdetect.DetectorFactory.seed = 0

    def run(document: Document) -> object:
        try:
            language = langdetect.detect(document.text[:1000])
        except langdetect.LangDetectException:
            language = "und"
        found = pipeline(document.text)
        stems = [stem(token.lower_) for token in found if token.is_alpha]
        return language, [(entity.text, entity.label_) for entity in found.ents], stems

    return run, len(names)


def spent(run: Callable[[Item], object], items: Sequence[Item]) -> float:
    start = time.process_time()
    for item in items:
        run(item)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--data", type=Path, default=NEWS)
    chosen = parser.parse_args()
    raws = read_articles(chosen.data, WARMING + chosen.articles)
    documents = [normalize.document(raw) for raw in raws]
    theirs, names = libraries()
    sides: dict[str, Callable[[Document], object]] = {"tag": tag.annotate, "libraries": theirs}
    for run in sides.values():
        spent(run, documents[:WARMING])
    raws, documents = raws[WARMING:], documents[WARMING:]
    characters = sum(len(document.text) for document in documents) // len(documents)
    print(f"{len(documents)} articles of {characters} characters on average, {names} names, {ROUNDS} rounds")
    total = dict.fromkeys((*sides, "normalize"), 0.0)
    for number in range(ROUNDS):
        unread = documents[number::ROUNDS]
        for name in sorted(sides, reverse=number % 2 == 0):
            seconds = spent(sides[name], unread)
            total[name] += seconds
            print(f"round {number + 1}  {name:<10}{len(unread) / seconds:8.0f} articles/s")
        total["normalize"] += spent(normalize.document, raws[number::ROUNDS])
    for name, seconds in total.items():
        print(f"all      {name:<10}{len(documents) / seconds:8.0f} articles/s")
    print(f"tag is {total['libraries'] / total['tag']:.2f} times as fast")
    print(f"tag with normalize is {total['libraries'] / (total['tag'] + total['normalize']):.2f} times as fast")


if __name__ == "__main__":
    main()

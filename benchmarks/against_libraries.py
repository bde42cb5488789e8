"""Articles a second through the whole of tag, beside what a user would build from libraries, in one run.

Usage: python benchmarks/against_libraries.py [--articles 300] [--data FILE.jsonl[.gz]]
                                                      (needs requirements-bench.txt in an environment of its own)

The other side is spaCy's blank Indonesian pipeline with an EntityRuler that holds every name of our gazetteer,
PySastrawi's stems of all words behind a memory of word forms, and langdetect. It finds known names, stems and the
language; ours also sentences, unknown names, resolution, quotes, sources, tone and claims. Rounds alternate, so that
other work on the machine weighs on both alike; figures are processor time of one core. Prints, asserts nothing.
"""

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core import normalize, tag
from core.model import Document, RawArticle, Source
from core.tag.gazetteer import gazetteer

NEWS = PROJECT.parent / "shared" / "data" / "news" / "news.jsonl.gz"
ROUNDS = 3


def read_documents(path: Path, wanted: int) -> list[Document]:
    """Every n-th article, so that all outlets are among them."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line)).get("text")]
    step = max(1, len(rows) // wanted)
    return [
        normalize.document(
            RawArticle(
                source=Source(name=path.name, sha256="0" * 64, record=number),
                raw_text=row["text"],
                url=row.get("url"),
                title=row.get("title"),
            )
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


def spent(run: Callable[[Document], object], documents: list[Document]) -> float:
    start = time.process_time()
    for document in documents:
        run(document)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--data", type=Path, default=NEWS)
    chosen = parser.parse_args()
    documents = read_documents(chosen.data, chosen.articles)
    theirs, names = libraries()
    characters = sum(len(document.text) for document in documents) // len(documents)
    print(f"{len(documents)} articles of {characters} characters on average, {names} names, {ROUNDS} rounds")
    sides = {"tag": tag.annotate, "libraries": theirs}
    for run in sides.values():
        run(documents[0])  # rules and models are read before the clock starts
    rates: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(ROUNDS):  # articles not read before: both sides remember words
        unread = documents[number::ROUNDS]
        for name, run in sides.items():
            rates[name].append(len(unread) / spent(run, unread))
            print(f"round {number + 1}  {name:<10}{rates[name][-1]:8.0f} articles/s")
    for number, (ours, other) in enumerate(zip(rates["tag"], rates["libraries"], strict=True), 1):
        print(f"round {number}  tag is {ours / other:.2f} times as fast")


if __name__ == "__main__":
    main()

"""Articles a second through the speech stage alone (quotes, speakers, sources with their chains), in one process.

Usage: python benchmarks/speech.py [--articles 1000] [--data FILE.jsonl[.gz]]
Reads every n-th article of the file, so that all outlets are in it, and prints figures; asserts nothing. Sentences and
names are found before the clock starts. Beside ours it times, in the same run, what a user would write first: one
regular expression for quoted speech with a cue and a name in capitals, and one for `dilansir X`; and says how much
each of them finds.
"""

import argparse
import gzip
import json
import re
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core import normalize
from core.model import RawArticle, Source
from core.tag.entities import tag_mentions
from core.tag.quotes import tag_quotes
from core.tag.reading import Reading
from core.tag.sentences import split_sentences
from core.tag.sources import tag_sources

NEWS = Path(__file__).resolve().parent.parent.parent / "shared/data/news/news.jsonl.gz"
NAME = r"((?:[A-Z][\w.'-]+ ?)+)"
SPOKEN = re.compile(
    rf'["“]([^"”\n]{{20,}})["”][,.]? (?:kata|ujar|ucap|tutur|ungkap|jelas|tegas|katanya|ujarnya) {NAME}'
)
CITED = re.compile(rf"(?:[Dd]ilansir|[Dd]ikutip|[Mm]elansir|[Mm]engutip)(?: dari)? {NAME}")

Found = tuple[int, int, int]  # quotes, quotes with a speaker, citations


def readings(path: Path, wanted: int) -> list[Reading]:
    """Articles of the file with their sentences and mentions."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line)).get("text")]
    made = []
    for number, row in enumerate(rows[:: max(1, len(rows) // wanted)][:wanted]):
        source = Source(name=path.name, sha256="0" * 64, record=number)
        document = normalize.document(RawArticle(source=source, raw_text=row["text"], url=row.get("url")))
        reading = Reading(document=document, sentences=split_sentences(document))
        made.append(replace(reading, mentions=tag_mentions(reading)))
    return made


def stage(reading: Reading) -> Found:
    quotes = tag_quotes(reading)
    sources = tag_sources(replace(reading, quotes=quotes))
    return len(quotes), sum(quote.speaker is not None for quote in quotes), len(sources)


def plain(reading: Reading) -> Found:
    spoken = SPOKEN.findall(reading.text)
    return len(spoken), len(spoken), len(CITED.findall(reading.text))


def timed(run: Callable[[Reading], Found], items: Iterable[Reading]) -> tuple[Found, float]:
    start = time.process_time()
    found = [run(item) for item in items]
    seconds = time.process_time() - start
    quotes, spoken, cited = (sum(column) for column in zip(*found, strict=True))
    return (quotes, spoken, cited), seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--data", type=Path, default=NEWS)
    chosen = parser.parse_args()
    items = readings(chosen.data, chosen.articles)
    characters = sum(len(item.text) for item in items) / len(items)
    print(f"{len(items)} articles, {characters:.0f} characters each on average, CPU time of one process")
    stage(items[0])  # rules are read once, before the clock starts
    ours, ordinary = timed(stage, items), timed(plain, items)
    for name, ((quotes, spoken, cited), seconds) in (("speech", ours), ("ordinary", ordinary)):
        print(
            f"{name:<10} {len(items) / seconds:8.0f} articles/s; {quotes} quotes, {spoken} with a speaker, "
            f"{cited} citations"
        )
    print(f"ratio speech/ordinary {ordinary[1] / ours[1]:.4f}")


if __name__ == "__main__":
    main()

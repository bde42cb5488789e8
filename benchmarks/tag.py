"""Articles a second through normalize and tag, in one process, by stage.

Usage: python benchmarks/tag.py [--articles 2000] [--data FILE.jsonl[.gz]]
Reads every n-th article of the file, so that all outlets are in it, and prints figures; asserts nothing. The process
is set up as the one that tags uploads is.
Beside ours it times, in the same run, what a user would reach for first: langdetect on the whole article and a
regular expression over the same names as our gazetteer.
"""

import argparse
import gzip
import json
import os
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core import normalize, tag
from core.memory import collect_seldom
from core.model import RawArticle, Source
from core.resources import load_csv
from core.workers import ALLOCATION

Item = TypeVar("Item")
Result = TypeVar("Result")
NEWS = Path(__file__).resolve().parent.parent.parent / "shared/data/news/news.jsonl.gz"


def articles(path: Path, wanted: int) -> list[RawArticle]:
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


def timed(run: Callable[[Item], Result], items: Iterable[Item]) -> tuple[list[Result], float]:
    start = time.process_time()
    results = [run(item) for item in items]
    return results, time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--data", type=Path, default=NEWS)
    chosen = parser.parse_args()
    if not os.environ.keys() >= ALLOCATION.keys():  # the allocator reads them when a process starts
        os.execve(sys.executable, [sys.executable, *sys.argv], ALLOCATION | os.environ)
    raws = articles(chosen.data, chosen.articles)
    characters = sum(len(raw.raw_text) for raw in raws)
    print(f"{len(raws)} articles, {characters / len(raws):.0f} characters each on average, CPU time of one process")

    tag.annotate(normalize.document(raws[0]))  # models and rules are read once, before the clock starts
    collect_seldom()
    documents, normalizing = timed(normalize.document, raws)
    _, tagging = timed(tag.annotate, documents)
    for name, seconds in (("normalize", normalizing), ("tag", tagging), ("both", normalizing + tagging)):
        print(f"{name:<10} {len(raws) / seconds:8.0f} articles/s")

    ordinary = timed(naive(), raws[: max(1, len(raws) // 10)])[1] * 10
    print(
        f"{'ordinary':<10} {len(raws) / ordinary:8.0f} articles/s (langdetect and one regular expression of all names)"
    )
    print(f"ratio both/ordinary {ordinary / (normalizing + tagging):.2f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def naive() -> Callable[[RawArticle], object]:
    import langdetect

    names = {row["name"] for row in load_csv("gazetteer_states.csv")}
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")\b")

    def run(raw: RawArticle) -> object:
        try:
            language = langdetect.detect(raw.raw_text)
        except langdetect.LangDetectException:
            language = "und"
        return language, pattern.findall(raw.raw_text)

    return run


if __name__ == "__main__":
    main()

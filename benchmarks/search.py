"""How long a search takes over a large corpus: `python benchmarks/search.py CORPUS`.

CORPUS is a corpus file, such as `benchmarks/screens.py --keep` grows. Prints for each kind of search the seconds by the
clock until the first page of hits is there, until hits by outlet are, and until hits by month and outlet are; each is
asked of a corpus that has answered nothing yet, and told by the median of --turns. Beside them stands what a user
would pick instead, a scan of all texts by DuckDB's own regular expressions.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core.analyze import concordance
from core.model import Filters
from core.store import Corpus, wordindex
from core.store.kept import Kept

SEARCHES = {
    "rusia": r"\brusia\b",
    "yang": r"\byang\b",
    "hadiah*": r"\bhadiah\w*",
    '"korea utara"': r"\bkorea utara\b",
    "rusia NEAR/5 senjata": r"\brusia\b.{1,60}\bsenjata\b",
    "-rusia ukraina": r"\bukraina\b",
    "/ru(sia|bel)/": r"ru(sia|bel)",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--turns", type=int, default=5)
    chosen = parser.parse_args()
    corpus = Corpus.open(chosen.corpus)
    wordindex.bring_up(corpus)
    print(f"{corpus.article_count()} articles; seconds")
    print(f"{'search':<24}{'first page':>12}{'by outlet':>12}{'over time':>12}{'plain scan':>12}")
    for words, pattern in SEARCHES.items():
        taken = [median(timed(corpus, ask) for _ in range(chosen.turns)) for ask in questions(words, pattern)]
        print(f"{words:<24}" + "".join(f"{seconds:>12.3f}" for seconds in taken), flush=True)
    corpus.close()


def questions(words: str, pattern: str) -> list[Callable[[Corpus], object]]:
    everything = Filters()
    return [
        lambda corpus: concordance.kwic(corpus, everything, words=words),
        lambda corpus: concordance.by_outlet(corpus, everything, words=words),
        lambda corpus: concordance.over_time(corpus, everything, "month", words=words),
        lambda corpus: corpus.rows(
            "SELECT outlet, count(*) FROM documents WHERE regexp_matches(folded, $pattern) GROUP BY outlet",
            {"pattern": pattern},
        ),
    ]


def timed(corpus: Corpus, ask: Callable[[Corpus], object]) -> float:
    corpus._kept = Kept()  # what a question before worked out is forgotten
    begun = time.perf_counter()
    ask(corpus)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()

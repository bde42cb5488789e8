"""What corrections cost: `python benchmarks/corrections.py [--articles 10000]`.

Over made articles (benchmarks/store.py): how long one correction takes, and how long the same questions take without
corrections, with one, and with two hundred of which one merges the entity that is mentioned most.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.store import batches, one_file
from core.analyze import articles, entities, evidence, outlets, overview
from core.model import Filters
from core.store import Corpus, Selection, corrections, files, removal

ALL = Filters()
WHO = "benchmark"
SINGLE_CORRECTIONS = 199


def milliseconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def ask_all(corpus: Corpus) -> dict[str, float]:
    entity = str(entities.ranking(corpus, ALL, top=1)["entity_id"].iloc[0])
    calls: dict[str, Callable[[], object]] = {
        "overview.summary": lambda: overview.summary(corpus, ALL),
        "entities.ranking": lambda: entities.ranking(corpus, ALL),
        "entities.over_time": lambda: entities.over_time(corpus, ALL, (entity,), "week"),
        "evidence.sentences of an entity": lambda: evidence.sentences(corpus, ALL, Selection(entity_id=entity)),
        "articles.list_articles": lambda: articles.list_articles(corpus, ALL),
        "articles.load": lambda: articles.load(corpus, "d77"),
        "outlets.speakers": lambda: outlets.speakers(corpus, ALL),
    }
    return {name: min(milliseconds(call) for _ in range(3)) for name, call in calls.items()}


def correct_many(corpus: Corpus) -> None:
    first, second = entities.ranking(corpus, ALL, top=2)["entity_id"]
    merged = milliseconds(
        lambda: corrections.correct(
            corpus, "merge_entities", {"entity_id": str(first)}, {"entity_id": str(second)}, who=WHO
        )
    )
    print(f"{'merge the most mentioned entity':<44}{merged:>8.0f} ms")
    taken = []
    for number in range(SINGLE_CORRECTIONS):
        target, after = {"article": f"d{number}"}, {"title": f"Judul {number}"}
        taken.append(
            milliseconds(
                lambda target=target, after=after: corrections.correct(corpus, "set_title", target, after, who=WHO)
            )
        )
    print(f"{'one more, after that':<44}{sum(taken) / len(taken):>8.0f} ms")
    print(f"{'the log with what became of each':<44}{milliseconds(lambda: corrections.standing(corpus)):>8.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus.open(Path(folder) / "corpus.duckdb")
        for batch in batches(chosen.articles):
            corpus.add(one_file(batch))
        print(f"{chosen.articles} articles, {overview.summary(corpus, ALL).mentions} mentions")
        without = ask_all(corpus)
        one = milliseconds(
            lambda: corrections.correct(corpus, "set_title", {"article": "d500"}, {"title": "Lain"}, who=WHO)
        )
        print(f"{'the first correction, of a title':<44}{one:>8.0f} ms")
        with_one = ask_all(corpus)
        correct_many(corpus)
        with_many = ask_all(corpus)
        print(f"{'':<44}{'none':>8} {'one':>8} {SINGLE_CORRECTIONS + 1:>8}   corrections (ms, best of three)")
        for name in without:
            print(f"{name:<44}{without[name]:>8.0f} {with_one[name]:>8.0f} {with_many[name]:>8.0f}")
        number = int(files.files(corpus)["file_id"].iloc[0])
        gone = milliseconds(lambda: removal.remove(corpus, number, who=WHO))
        print(f"{'remove a file of 500 articles':<44}{gone:>8.0f} ms")
        corpus.close()


if __name__ == "__main__":
    main()

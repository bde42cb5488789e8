"""Near-duplicates as the corpus joins them, against pairs of real articles whose overlap was computed elsewhere.

Usage: python tests/quality/measure_duplicates.py [--all] [--missed] [--joined N]
       --all takes every article of the news as noise, --missed prints the pairs not joined, --joined N prints the
       N joined pairs that share least.
The pairs of the list share over half of the smaller text's eight-word runs (as saved, before cleaning). Every article
goes the real way: cleaned by core.normalize, written to a corpus, joined there. Tags play no part and are left empty.
"""

import csv
import gzip
import hashlib
import json
import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from core.ingest import read  # noqa: E402
from core.model import Annotations, ArticleTone, Document, FileResult, RawArticle, Source, Tagged  # noqa: E402
from core.normalize import document  # noqa: E402
from core.settings import Settings  # noqa: E402
from core.store import Corpus  # noqa: E402

SHARED = PROJECT.parent / "shared" / "data"
PAIRS, NEWS = "news/near_dup_candidates.csv", "news/news.jsonl.gz"
COPY = 0.8  # containment over which a pair must be joined
ALIKE = 0.5  # containment up to which a joined pair counts as two texts
RUN_WORDS = 8
WORD = re.compile(r"\w+")
NOISE = 1000  # articles of the news that stand in no pair
Pair = tuple[str, str]


def pairs(data: Path) -> dict[Pair, float]:
    """Containment of each listed pair, by the two addresses in alphabetical order."""
    with (data / PAIRS).open(encoding="utf-8", newline="") as lines:
        return {pair_of(row["url1"], row["url2"]): float(row["containment"]) for row in csv.DictReader(lines)}


def pair_of(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def news(data: Path, needed: set[str], noise: int | None) -> Iterator[tuple[str, str, str]]:
    """Address, title and text of the needed articles and of `noise` others spread over the file; None takes all."""
    with gzip.open(data / NEWS, "rt", encoding="utf-8") as lines:
        rows = list(lines)
    chosen = set(range(len(rows)) if noise is None else random.Random(0).sample(range(len(rows)), noise))
    seen: set[str] = set()
    for number, line in enumerate(rows):
        row = json.loads(line)
        if row["url"] not in seen and (number in chosen or row["url"] in needed):
            seen.add(row["url"])
            yield row["url"], row["title"], row["text"]


def bundled(data: Path) -> Iterator[tuple[str, RawArticle]]:
    """The articles the project starts from and those of the sample corpus, as their readers give them."""
    files = sorted((data / "seeds").glob("*.txt"))
    files += [path for path in sorted((PROJECT / "seeds").iterdir()) if path.suffix in (".txt", ".html", ".jsonl")]
    for path in files:
        for record in read(path.name, path.read_bytes(), settings=Settings()):
            if isinstance(record, RawArticle):
                yield f"{path.parent.parent.name}/{path.name}#{record.source.record}", record


def untagged(made: Document) -> Tagged:
    tone = ArticleTone(label="neutral", score=0.0, narrator=None, quoted=None)
    tags = Annotations(
        document_id=made.id, tagger_version="0", sentences=(), mentions=(), sources=(), quotes=(), claims=(), tone=tone
    )
    return Tagged(document=made, annotations=tags)


def clusters(articles: Iterable[tuple[str, RawArticle]], folder: Path) -> dict[str, int]:
    """The cluster of each named article in a corpus of them all, in four files so that late ones meet early ones."""
    made = [(name, document(raw)) for name, raw in articles]
    corpus = Corpus.open(folder / "corpus.duckdb")
    quarter = max(1, -(-len(made) // 4))
    try:
        for start in range(0, len(made), quarter):
            part = tuple(untagged(one) for _, one in made[start : start + quarter])
            digest = hashlib.sha256(str(start).encode()).hexdigest()
            corpus.add(FileResult(name=str(start), sha256=digest, size_bytes=0, origin="upload", found=part))
        rows = corpus.rows("SELECT document_id, cluster_id FROM documents JOIN clusters USING (doc)")
    finally:
        corpus.close()
    by_id = dict(rows)
    return {name: by_id[one.id] for name, one in made}


def raw_news(rows: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, RawArticle]]:
    for number, (url, title, text) in enumerate(rows):
        source = Source(name="measured", sha256=hashlib.sha256(url.encode()).hexdigest(), record=number)
        yield url, RawArticle(source=source, raw_text=text, title=title, url=url)


def joined(of: dict[str, int]) -> set[Pair]:
    """All pairs of articles that stand in one cluster."""
    groups: dict[int, list[str]] = defaultdict(list)
    for name, cluster in of.items():
        groups[cluster].append(name)
    return {pair_of(*two) for group in groups.values() for two in combinations(group, 2)}


def news_rows(data: Path, noise: int | None = NOISE) -> list[tuple[str, str, str]]:
    return list(news(data, {url for pair in pairs(data) for url in pair}, noise))


def news_clusters(rows: Iterable[tuple[str, str, str]]) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as folder:
        return clusters(raw_news(rows), Path(folder))


def runs(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return {tuple(words[start : start + RUN_WORDS]) for start in range(len(words) - RUN_WORDS + 1)}


def shared_runs(found: Iterable[Pair], rows: Iterable[tuple[str, str, str]]) -> dict[Pair, float]:
    """For each pair the share of the smaller text's runs of RUN_WORDS words, as saved, that the larger has."""
    found = list(found)
    needed = {url for pair in found for url in pair}
    of = {url: runs(text) for url, _, text in rows if url in needed}
    return {pair: len(of[pair[0]] & of[pair[1]]) / max(1, min(len(of[pair[0]]), len(of[pair[1]]))) for pair in found}


def bundled_apart(data: Path) -> float:
    """The share of the bundled articles that stand in a cluster of their own."""
    with tempfile.TemporaryDirectory() as folder:
        of = clusters(bundled(data), Path(folder))
    together = {name for pair in joined(of) for name in pair}
    return 1 - len(together) / len(of)


def scores(listed: dict[Pair, float], shared: dict[Pair, float]) -> dict[str, float]:
    """Recall of the listed copies, and how many of the joined pairs (shared's keys) share over half of their runs."""
    copies = {pair for pair, containment in listed.items() if containment > COPY}
    return {
        "copies_recall": len(copies & shared.keys()) / len(copies),
        "joined_alike": sum(share > ALIKE for share in shared.values()) / len(shared),
    }


def measure(data: Path = SHARED) -> dict[str, float]:
    """All figures of this module."""
    rows = news_rows(data)
    shared = shared_runs(joined(news_clusters(rows)), rows)
    return scores(pairs(data), shared) | {"bundled_apart": bundled_apart(data)}


def main() -> None:
    listed = pairs(SHARED)
    rows = news_rows(SHARED, None if "--all" in sys.argv else NOISE)
    of = news_clusters(rows)
    shared = shared_runs(joined(of), rows)
    copies = [pair for pair, containment in listed.items() if containment > COPY]
    print(f"{len(of)} articles, {len(set(of.values()))} clusters, {len(shared)} joined pairs")
    print(f"{len(copies)} listed pairs over {COPY}, {sum(pair in shared for pair in copies)} joined")
    under = sorted((share, pair) for pair, share in shared.items() if share <= COPY)
    print(f"{len(under)} joined pairs not over {COPY}, {sum(share <= ALIKE for share, _ in under)} not over {ALIKE}")
    for name, value in (scores(listed, shared) | {"bundled_apart": bundled_apart(SHARED)}).items():
        print(f"{name:16} {value:.4f}")
    if "--missed" in sys.argv:
        print(*(f"{listed[pair]:.3f} {pair[0]}\n      {pair[1]}" for pair in copies if pair not in shared), sep="\n")
    if "--joined" in sys.argv:
        count = int(sys.argv[sys.argv.index("--joined") + 1])
        print(*(f"{share:.3f} {pair[0]}\n      {pair[1]}" for share, pair in under[:count]), sep="\n")


if __name__ == "__main__":
    main()

"""How fast the corpus takes articles and answers the screens: `python benchmarks/store.py [--articles 10000]`.

The articles are made up of random words under Zipf's law, with tags in the density of the real ones. Each figure is
measured in this run; the plain insert of the same raw texts stands beside the add as the floor of what
DuckDB needs.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path

import duckdb
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.analyze import articles, claims, concordance, entities, evidence, keyness, network, outlets, overview, tone
from core.model import (
    Annotations,
    ArticleTone,
    Claim,
    Document,
    Entity,
    FileResult,
    Filters,
    Language,
    Mention,
    Outlet,
    PartialDate,
    Published,
    Quote,
    Sentence,
    Source,
    SourceCite,
    Span,
    Tagged,
    Tone,
)
from core.store import Corpus, Selection

OUTLETS = [f"media-{n}" for n in range(15)]
SENTENCES, WORDS = 18, 15
MENTIONS = (0, 0, 1, 1, 1, 2)  # in a sentence: 15 an article
CLAIMING_SHARE, CLAIMS = 0.1, 5
BATCH = 500
COPIED_SHARE = 0.05


class Maker:
    """Makes articles, the same ones in every run."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        letters = "aeioubdgkmnprst"
        self.words = sorted({"".join(self.chance.choices(letters, k=self.chance.randint(3, 9))) for _ in range(20_000)})
        self.weights = list(accumulate(1 / (rank + 10) for rank in range(len(self.words))))
        self.names = [
            Entity(id=f"per:tokoh-{n}", name=f"Tokoh {n}", label=self.chance.choice(("PER", "ORG", "GPE")))
            for n in range(3000)
        ]
        self.name_weights = list(accumulate(1 / (rank + 5) for rank in range(len(self.names))))
        self.claims = list(claims.catalogue()["claim_id"])
        self.texts: list[list[str]] = []

    def article(self, number: int) -> Tagged:
        lines = self._lines()
        text = "\n".join(lines)
        spans = _spans(lines)
        day = date(2022, 1, 1) + timedelta(days=self.chance.randrange(1200))
        sha256 = f"{number:064x}"
        document = Document(
            id=f"d{number}",
            source=Source(name="made.jsonl", sha256=sha256, record=number),
            raw_text=text,
            text=text,
            removed=(),
            zones=(),
            language=Language(code="id", confidence=0.99),
            outlet=Outlet(id=(outlet := self.chance.choice(OUTLETS)), name=outlet.title(), rule="made"),
            title=lines[0][:60],
            published=Published(date=PartialDate(iso=day.isoformat(), precision="day"), basis="made", evidence=""),
        )
        return Tagged(document=document, annotations=self._annotations(document, spans))

    def _lines(self) -> list[str]:
        if self.texts and self.chance.random() < COPIED_SHARE:
            return [*self.chance.choice(self.texts)[:-1], " ".join(self.chance.choices(self.words, k=WORDS))]
        lines = [
            " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=WORDS)) + "." for _ in range(SENTENCES)
        ]
        self.texts.append(lines)
        return lines

    def _named(self, count: int) -> list[Entity]:
        return self.chance.choices(self.names, cum_weights=self.name_weights, k=count)

    def _annotations(self, document: Document, spans: list[Span]) -> Annotations:
        mentions, sentences = [], []
        for span in spans:
            score = self.chance.uniform(-1, 1)
            layer = "quoted" if self.chance.random() < 0.3 else "narrator"
            label = "negative" if score < -0.3 else "positive" if score > 0.3 else "neutral"
            sentences.append(Sentence(span=span, zone="body", tone=Tone(label=label, score=score, layer=layer)))
            mentions += [
                Mention(span=Span(start=span.start, end=span.start + 5), label=entity.label, entity=entity,
                        refers_to=None, where="body", rule="made", score=1.0)
                for entity in self._named(self.chance.choice(MENTIONS))
            ]  # fmt: skip
        third = spans[3]
        quote = Quote(content=third, kind="direct", speaker=(who := self.chance.choice(self.names)).name,
                      speaker_entity=who.id, speaker_span=None, cue="kata", rule="made")  # fmt: skip
        source = SourceCite(span=third, name=self.chance.choice(("KCNA", "AFP", "Yonhap")), kind="agency",
                            entity_id=None, rule="made")  # fmt: skip
        found = [
            Claim(claim_id=claim, stance=self.chance.choice(("asserts", "attributes", "hedges")), attributed_to="KCNA",
                  span=self.chance.choice(spans), rule="made")
            for claim in self.chance.sample(self.claims, CLAIMS if self.chance.random() < CLAIMING_SHARE else 0)
        ]  # fmt: skip
        return Annotations(
            document_id=document.id,
            tagger_version="made",
            sentences=tuple(sentences),
            mentions=tuple(mentions),
            sources=(source,),
            quotes=(quote, quote, quote),
            claims=tuple(found),
            tone=ArticleTone(label="neutral", score=self.chance.uniform(-1, 1), narrator=0.1, quoted=-0.1),
        )


def _spans(lines: list[str]) -> list[Span]:
    ends = list(accumulate(len(line) + 1 for line in lines))
    return [Span(start=end - len(line) - 1, end=end - 1) for line, end in zip(lines, ends, strict=True)]


def batches(count: int) -> Iterator[tuple[Tagged, ...]]:
    maker = Maker()
    for start in range(0, count, BATCH):
        yield tuple(maker.article(n) for n in range(start, min(count, start + BATCH)))


def one_file(made: tuple[Tagged, ...]) -> FileResult:
    sha256 = made[0].document.source.sha256
    return FileResult(name="made.jsonl", sha256=sha256, size_bytes=0, origin="upload", found=made)


def seconds(call: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    call()
    return clock() - start


def measure_adding(corpus: Corpus, made: list[tuple[Tagged, ...]]) -> None:
    """Process time beside the clock's: on a machine that does other work only the first can be compared."""
    count = sum(map(len, made))
    start, started = time.process_time(), time.perf_counter()
    for batch in made:
        corpus.add(one_file(batch))
    used, taken = time.process_time() - start, time.perf_counter() - started
    clock = f"{count / taken:.0f} by the clock"
    print(f"{f'add, {BATCH} articles a file':<44}{count / used:>8.0f} articles/s of CPU, {clock}")
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(f"{folder}/floor.duckdb") as floor:
        floor.execute("CREATE TABLE texts (text VARCHAR)")

        def insert() -> None:
            for batch in made:
                floor.register("rows", pa.table({"text": [tagged.document.text for tagged in batch]}))
                floor.execute("INSERT INTO texts SELECT * FROM rows")

        bare = count / seconds(insert, time.process_time)
        print(f"{'DuckDB alone, the texts without tags':<44}{bare:>8.0f} articles/s of CPU")
    singles = [one_file((Maker(seed=2).article(10_000_000 + n),)) for n in range(20)]
    taken = seconds(lambda: [corpus.add(result) for result in singles])
    print(f"{'add, one article a file':<44}{taken / len(singles) * 1000:>8.0f} ms a file")


def measure_asking(corpus: Corpus) -> None:
    every, some = Filters(), Filters(outlets=tuple(OUTLETS[:3]), copies=False, start=date(2023, 1, 1))
    ranked = entities.ranking(corpus, every, top=5)
    ids = tuple(str(entity) for entity in ranked["entity_id"])
    common = Maker().words[200]
    calls: dict[str, Callable[[Filters], object]] = {
        "overview.summary": lambda f: overview.summary(corpus, f),
        "overview.choices": lambda _: overview.choices(corpus),
        "overview.timeline": lambda f: overview.timeline(corpus, f, "week"),
        "overview.attention": lambda f: overview.attention(corpus, f),
        "articles.list_articles": lambda f: articles.list_articles(corpus, f),
        "articles.list_articles of an entity": lambda f: articles.list_articles(corpus, f, Selection(entity_id=ids[0])),
        "articles.load": lambda _: articles.load(corpus, "d77"),
        "evidence.sentences of an entity": lambda f: evidence.sentences(corpus, f, Selection(entity_id=ids[0])),
        "evidence.sentences of a word": lambda f: evidence.sentences(corpus, f, Selection(words=common)),
        "evidence.count of an entity": lambda f: evidence.count(corpus, f, Selection(entity_id=ids[0])),
        "concordance.kwic": lambda f: concordance.kwic(corpus, f, words=common),
        "outlets.volume": lambda f: outlets.volume(corpus, f),
        "outlets.sources_cited": lambda f: outlets.sources_cited(corpus, f),
        "outlets.entity_attention": lambda f: outlets.entity_attention(corpus, f),
        "keyness.distinctive_words": lambda f: keyness.distinctive_words(corpus, f, outlet=OUTLETS[0]),
        "entities.ranking": lambda f: entities.ranking(corpus, f),
        "entities.over_time": lambda f: entities.over_time(corpus, f, ids, "week"),
        "network.co_mentions": lambda f: network.co_mentions(corpus, f),
        "tone.by_outlet": lambda f: tone.by_outlet(corpus, f),
        "tone.over_time": lambda f: tone.over_time(corpus, f, "week"),
        "tone.by_entity": lambda f: tone.by_entity(corpus, f),
        "tone.extremes": lambda f: tone.extremes(corpus, f, tone="negative"),
        "claims.matrix": lambda f: claims.matrix(corpus, f),
    }
    print(f"{'':<44}{'all':>8} {'some':>8}   (ms; some: 3 outlets, since 2023, without copies)")
    for name, call in calls.items():
        best = [min(seconds(partial(call, chosen)) for _ in range(3)) for chosen in (every, some)]
        print(f"{name:<44}{best[0] * 1000:>8.0f} {best[1] * 1000:>8.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    chosen = parser.parse_args()
    made = list(batches(chosen.articles))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.duckdb"
        corpus = Corpus.open(path)
        mentions = SENTENCES * sum(MENTIONS) // len(MENTIONS)
        print(f"{chosen.articles} articles of {SENTENCES} sentences, {SENTENCES * WORDS} words, {mentions} mentions")
        measure_adding(corpus, made)
        measure_asking(corpus)
        corpus.close()
        print(f"{'size on disk':<44}{path.stat().st_size / 2**20:>8.0f} MB")
        print(f"{'open':<44}{seconds(lambda: Corpus.open(path).close()) * 1000:>8.0f} ms")


if __name__ == "__main__":
    main()

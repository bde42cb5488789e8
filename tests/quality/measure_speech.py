"""Figures for sources, quotes and speakers against hand-annotated articles.

Usage: python tests/quality/measure_speech.py [--show]     prints figures, with --show every difference.

Figures are rounded to three digits. Mentions come from the annotation (`oracle=True`) so that speech is
measured apart from the entity tagger, or from the tagger itself.
"""

import hashlib
import html
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from core.model import Document, Entity, Language, Mention, Outlet, Quote, Source, Span  # noqa: E402
from core.tag.entities import tag_mentions  # noqa: E402
from core.tag.quotes import tag_quotes  # noqa: E402
from core.tag.reading import Reading  # noqa: E402
from core.tag.sentences import split_sentences  # noqa: E402
from core.tag.sources import tag_sources  # noqa: E402


@dataclass(frozen=True)
class Score:
    """Counts of one comparison: hits, what was found, what should have been found."""

    hits: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        return round(self.hits / self.found, 3) if self.found else 0.0

    @property
    def recall(self) -> float:
        return round(self.hits / self.wanted, 3) if self.wanted else 0.0

    @property
    def f1(self) -> float:
        return round(2 * self.hits / (self.found + self.wanted), 3) if self.found + self.wanted else 0.0


def read_articles(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def clean(text: str) -> str:
    """Character references resolved (some articles carry them twice), no-break spaces as spaces."""
    return html.unescape(html.unescape(text)).replace("\u00a0", " ")


OUTLETS = {"detik": "detikcom", "kompas": "Kompas.com", "cnn": "CNN Indonesia", "tempo": "Tempo"}


def document_of(text: str, name: str, outlet: str | None = None) -> Document:
    return Document(
        id=name,
        source=Source(name=name, sha256="", record=0),
        raw_text=text,
        text=text,
        removed=(),
        zones=(),
        language=Language(code="id", confidence=1.0),
        outlet=Outlet(id=outlet, name=OUTLETS.get(outlet, outlet), rule="given") if outlet else None,
    )


def gold_mentions(text: str, rows: Iterable[dict[str, Any]]) -> tuple[Mention, ...]:
    """Every occurrence of the annotated surface forms, longest first."""
    taken: list[tuple[int, int, dict[str, Any]]] = []
    for row in sorted(rows, key=lambda row: -len(row["text"])):
        for found in re.finditer(rf"(?<!\w){re.escape(clean(row['text']))}(?!\w)", text):
            if all(found.end() <= low or found.start() >= high for low, high, _ in taken):
                taken.append((found.start(), found.end(), row))
    return tuple(
        Mention(
            span=Span(start=low, end=high),
            label=row["label"],
            entity=Entity(id=slug(row["label"], row["canonical"]), name=row["canonical"], label=row["label"]),
            refers_to=None,
            where="body",
            rule="gold",
            score=1.0,
        )
        for low, high, row in sorted(taken, key=lambda each: each[0])
    )


def slug(label: str, name: str) -> str:
    return f"{label.lower()}:" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def article_text(article: dict[str, Any]) -> str:
    """The annotated text without what the annotation calls furniture."""
    text = clean(article["text"])
    for piece in sorted(article["gold"]["boilerplate"], key=len, reverse=True):
        text = text.replace(clean(piece), " ", 1)
    return text


def reading_of(article: dict[str, Any], *, oracle: bool) -> Reading:
    text = article_text(article)
    document = document_of(text, article["id"], article["outlet"])
    reading = Reading(document=document, sentences=split_sentences(document))
    mentions = gold_mentions(text, article["gold"]["entities"]) if oracle else tag_mentions(reading)
    return replace(reading, mentions=mentions)


# ---------------------------------------------------------------- quotes


def place_gold(text: str, quotes: Iterable[dict[str, Any]]) -> list[tuple[Span, dict[str, Any]]]:
    """Annotated quotes with the place of their content; a content that stands twice is taken in order."""
    out: list[tuple[Span, dict[str, Any]]] = []
    used: set[int] = set()
    for quote in quotes:
        content = clean(quote["content"]).strip()
        start = text.find(content)
        while start in used:
            start = text.find(content, start + 1)
        if start >= 0:
            used.add(start)
            out.append((Span(start=start, end=start + len(content)), quote))
    return out


def overlap(left: Span, right: Span) -> float:
    """What two stretches share, as a part of the longer one."""
    common = min(left.end, right.end) - max(left.start, right.start)
    return max(0, common) / max(left.end - left.start, right.end - right.start, 1)


Pair = tuple[tuple[Span, dict[str, Any]], Quote | None]


def match_quotes(gold: list[tuple[Span, dict[str, Any]]], found: Iterable[Quote]) -> tuple[list[Pair], list[Quote]]:
    """Pairs of annotated and found quotes that share at least half of their content, and the found ones left over."""
    left = list(found)
    pairs: list[Pair] = []
    for span, row in gold:
        best = max(left, key=lambda quote: overlap(span, quote.content), default=None)
        if best is not None and overlap(span, best.content) >= 0.5:
            left.remove(best)
            pairs.append(((span, row), best))
        else:
            pairs.append(((span, row), None))
    return pairs, left


def same_name(gold: str | None, found: str | None) -> bool:
    """Whether a speaker is the annotated one; where the annotation names none, a bare role is right."""
    if gold is None:
        return found is None or found[:1].islower() or (found[:1].isupper() and " " not in found)
    if found is None:
        return False
    left, right = gold.lower().strip(), found.lower().strip()
    return left == right or set(left.split()) <= set(right.split()) or set(right.split()) <= set(left.split())


def score_quotes(articles: Iterable[dict[str, Any]], *, oracle: bool) -> dict[str, Score]:
    counts = {"quotes": [0, 0, 0], "speakers": [0, 0, 0], "direct": [0, 0, 0]}
    for article in articles:
        reading = reading_of(article, oracle=oracle)
        quotes = tag_quotes(reading)
        gold = place_gold(reading.text, article["gold"]["quotes"])
        pairs, _ = match_quotes(gold, quotes)
        hits = [(row, quote) for (_, row), quote in pairs if quote is not None]
        right = sum(same_name(row["speaker"], quote.speaker) for row, quote in hits)
        for name, number in (("quotes", len(hits)), ("speakers", right)):
            for place, value in enumerate((number, len(quotes), len(gold))):
                counts[name][place] += value
        straight = [row for _, row in gold if row["kind"] == "direct"]
        found = [quote for quote in quotes if quote.kind == "direct"]
        both = sum(row["kind"] == "direct" and quote.kind == "direct" for row, quote in hits)
        for place, value in enumerate((both, len(found), len(straight))):
            counts["direct"][place] += value
    return {name: Score(*values) for name, values in counts.items()}


# ---------------------------------------------------------------- sources


def folded_source(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def same_source(gold: str, found: str) -> bool:
    """Same name but for spacing, case and one clipped letter at the end."""
    left, right = folded_source(gold), folded_source(found)
    return left == right or left in (right + left[-1:], right) or right == left + right[-1:]


def score_sources(articles: Iterable[dict[str, Any]], *, oracle: bool, kinds: frozenset[str] | None = None) -> Score:
    """Distinct names a text cites against those annotated; kinds restricts what is counted of the found ones."""
    hits = found_count = wanted = 0
    for article in articles:
        reading = reading_of(article, oracle=oracle)
        cites = [
            s for s in tag_sources(reading) if s.rule != "taken"
        ]  # the annotation lists names, no `pejabat anonim`
        names = list(dict.fromkeys(s.name for s in cites if kinds is None or s.kind in kinds))
        gold = list(dict.fromkeys(article["gold"]["sources"]))
        hits += sum(any(same_source(each, name) for name in names) for each in gold)
        found_count += len(names)
        wanted += len(gold)
    return Score(hits, found_count, wanted)


def disagreements(articles: Iterable[dict[str, Any]], *, oracle: bool) -> Iterator[str]:
    """One line a difference, for reading: missed, spurious, wrong speaker."""
    for article in articles:
        reading = reading_of(article, oracle=oracle)
        pairs, extra = match_quotes(place_gold(reading.text, article["gold"]["quotes"]), tag_quotes(reading))
        for (span, row), quote in pairs:
            if quote is None:
                context = reading.text[max(0, span.start - 90) : span.end + 40].replace("\n", "/")
                yield f"{article['id']} MISSED [{row['kind']}] {row['speaker']} | {row['cue']} | {context}"
            elif not same_name(row["speaker"], quote.speaker):
                cue = reading.text[span.end : span.end + 70].replace("\n", "/")
                yield f"{article['id']} SPEAKER {row['speaker']!r} found {quote.speaker!r} | {quote.rule} | {cue}"
        for quote in extra:
            begin = max(0, quote.content.start - 60)
            context = reading.text[begin : quote.content.end + 30].replace("\n", "/")
            yield f"{article['id']} EXTRA [{quote.kind}] {quote.rule} {quote.speaker!r} {quote.cue!r} | {context}"


def score_seed_directs(folder: Path) -> Score:
    """Direct quotes of the five articles the project starts from: found on their line with their speaker."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    hits = wanted = found_count = 0
    for name, row in gold.items():
        text = (folder / name).read_text(encoding="utf-8")
        starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        document = document_of(text, name)
        reading = Reading(document=document, sentences=split_sentences(document))
        quotes = [q for q in tag_quotes(replace(reading, mentions=tag_mentions(reading))) if q.kind == "direct"]
        found_count += len(quotes)
        for quote in row["quotes"]:
            if quote["kind"] != "direct":
                continue
            wanted += 1
            low, high = starts[quote["line"] - 1], starts[quote["line"]]
            hits += any(low <= q.content.start < high and q.speaker == quote["speaker"] for q in quotes)
    return Score(hits, found_count, wanted)


def measure(data: Path) -> dict[str, float | str]:
    """All figures with the checksums of what they were measured on."""
    dev, seeds = data / "articles" / "dev.jsonl", data / "seeds" / "gold.json"
    articles = read_articles(dev)
    figures: dict[str, float | str] = {
        "dev_sha256": hashlib.sha256(dev.read_bytes()).hexdigest(),
        "seeds_sha256": hashlib.sha256(seeds.read_bytes()).hexdigest(),
    }
    for oracle, suffix in ((True, "_oracle"), (False, "")):
        scores = score_quotes(articles, oracle=oracle)
        figures |= {f"{name}_f1{suffix}": score.f1 for name, score in scores.items()}
        figures[f"sources_f1{suffix}"] = score_sources(articles, oracle=oracle).f1
    figures["seed_directs_recall"] = score_seed_directs(seeds.parent).recall
    return figures


def main() -> None:
    data = PROJECT.parent / "shared" / "data"
    print(json.dumps(measure(data), indent=2))
    if "--show" in sys.argv:
        print("\n".join(disagreements(read_articles(data / "articles" / "dev.jsonl"), oracle=False)))


if __name__ == "__main__":
    main()

"""Measures mentions and their resolution against hand-annotated articles. Run as a script for a report.

python tests/quality/measure_entities.py ../shared/data [--errors]
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from core.tag.gazetteer import gazetteer
from tests.tag.readings import mentions_of

Key = tuple[str, ...]
LABELS = {"seeds": ("PER", "ORG", "GPE"), "articles": ("PER", "ORG", "GPE", "LOC")}


@dataclass
class Score:
    """Hits, misses and false alarms of one kind of question, added up over articles."""

    hits: Counter[Key] = field(default_factory=Counter)
    missed: Counter[Key] = field(default_factory=Counter)
    extra: Counter[Key] = field(default_factory=Counter)

    def add(self, gold: Counter[Key], found: Counter[Key]) -> None:
        self.hits.update(gold & found)
        self.missed.update(gold - found)
        self.extra.update(found - gold)

    def f1(self, label: str | None = None) -> float:
        hits, missed, extra = (
            sum(count for key, count in counter.items() if label is None or key[1] == label)
            for counter in (self.hits, self.missed, self.extra)
        )
        return 2 * hits / (2 * hits + missed + extra) if hits else 0.0


def same_name(found: str, gold: str) -> bool:
    """Whether two canonical names are one: equal, or names of the same row of the gazetteer."""
    if found.casefold() == gold.casefold():
        return True
    rows = {row.entity.id for row in gazetteer().named(found)}
    return any(row.entity.id in rows for row in gazetteer().named(gold))


def seeds(folder: Path) -> Iterator[tuple[str, str, list[dict[str, object]]]]:
    """Name, text and gold mentions of the seed articles; lines that do not stay in text are blanked."""
    for name, gold in json.loads((folder / "seeds" / "gold.json").read_text(encoding="utf-8")).items():
        text = (folder / "seeds" / name).read_text(encoding="utf-8")
        kept = {*gold["body_lines"], *gold["subheads"], gold["headline_line"], *(m["line"] for m in gold["mentions"])}
        lines = text.split("\n")
        blanked = [line if number in kept else " " * len(line) for number, line in enumerate(lines, 1)]
        yield name, "\n".join(blanked), gold["mentions"]


def measure_seeds(folder: Path) -> dict[str, Score]:
    """Scores `mention` (span, label) and `resolved` (span, label, canonical) over PER, ORG and GPE."""
    scores = {"mention": Score(), "resolved": Score()}
    for name, text, gold in seeds(folder):
        found = [m for m in mentions_of(text) if m.label in ("PER", "ORG", "GPE")]
        wanted = {(m["start"], m["end"], m["type"]): str(m["canon"]) for m in gold}
        keys: Counter[Key] = Counter((text[m.span.start : m.span.end], m.label, name, str(m.span.start)) for m in found)
        gold_keys: Counter[Key] = Counter((str(m["text"]), str(m["type"]), name, str(m["start"])) for m in gold)
        scores["mention"].add(gold_keys, keys)
        resolved: Counter[Key] = Counter()
        for m in found:
            canon = wanted.get((m.span.start, m.span.end, m.label))
            chosen = canon if canon is not None and same_name(m.entity.name, canon) else m.entity.name
            resolved[(text[m.span.start : m.span.end], m.label, name, str(m.span.start), chosen)] += 1
        scores["resolved"].add(
            Counter((str(m["text"]), str(m["type"]), name, str(m["start"]), str(m["canon"])) for m in gold), resolved
        )
    return scores


def without(text: str, pieces: list[str]) -> str:
    for piece in pieces:
        text = text.replace(piece, " " * len(piece), 1)
    return text


def measure_articles(folder: Path) -> dict[str, Score]:
    """Scores over dev.jsonl: `mention` and `resolved` count occurrences, `surface` counts distinct surfaces."""
    scores = {"mention": Score(), "surface": Score(), "resolved": Score(), "literal": Score()}
    for line in (folder / "articles" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        text = without(article["text"], article["gold"]["boilerplate"])
        found = [m for m in mentions_of(text) if m.label != "PRODUCT"]
        name = article["id"]
        keys: Counter[Key] = Counter((m.span.of(text), m.label, name) for m in found)
        gold: Counter[Key] = Counter()
        canon: dict[tuple[str, str], str] = {}
        for row in article["gold"]["entities"]:
            gold[(row["text"], row["label"], name)] += row["count"]
            canon[row["text"], row["label"]] = row["canonical"]
        scores["mention"].add(gold, keys)
        scores["surface"].add(Counter(dict.fromkeys(gold, 1)), Counter(dict.fromkeys(keys, 1)))
        wanted: Counter[Key] = Counter()
        for row in article["gold"]["entities"]:
            wanted[(row["text"], row["label"], name, row["canonical"])] += row["count"]
        lenient: Counter[Key] = Counter()
        literal: Counter[Key] = Counter()
        for m in found:
            right = canon.get((m.span.of(text), m.label))
            chosen = right if right is not None and same_name(m.entity.name, right) else m.entity.name
            lenient[(m.span.of(text), m.label, name, chosen)] += 1
            literal[(m.span.of(text), m.label, name, m.entity.name)] += 1
        scores["resolved"].add(wanted, lenient)
        scores["literal"].add(wanted, literal)
    return scores


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def measure(folder: Path) -> dict[str, float | str]:
    """All figures that floors are kept for, with the checksums of the data they speak of."""
    figures: dict[str, float | str] = {
        "seeds_sha256": digest(folder / "seeds" / "gold.json"),
        "articles_sha256": digest(folder / "articles" / "dev.jsonl"),
    }
    for data, scores in (("seeds", measure_seeds(folder)), ("articles", measure_articles(folder))):
        for kind, score in scores.items():
            figures[f"{data}_{kind}"] = round(score.f1(), 4)
        for label in LABELS[data]:
            figures[f"{data}_mention_{label}"] = round(scores["mention"].f1(label), 4)
    return figures


def report(title: str, scores: dict[str, Score], errors: bool) -> None:
    print(f"== {title}")
    for kind, score in scores.items():
        labels = "  ".join(f"{label} {score.f1(label):.3f}" for label in LABELS[title])
        print(f"{kind:9} F1 {score.f1():.3f}   {labels}")
        if errors and kind in ("mention", "resolved"):
            print("  missed:", "; ".join(f"{'|'.join(k)} x{n}" for k, n in score.missed.most_common()))
            print("  extra:", "; ".join(f"{'|'.join(k)} x{n}" for k, n in score.extra.most_common()))


if __name__ == "__main__":
    data = Path(sys.argv[1])
    if "--json" in sys.argv:
        print(json.dumps(measure(data), indent=2))
        sys.exit()
    report("seeds", measure_seeds(data), "--errors" in sys.argv)
    report("articles", measure_articles(data), "--errors" in sys.argv)

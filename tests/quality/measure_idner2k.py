"""Measures exact PER, ORG and LOC on a token file in the form of idner2k: a word, other columns, a label, a line each.

PYTHONPATH=. python tests/quality/measure_idner2k.py ../shared/data/ner/idner2k/dev.txt [--errors]

Two figures, for idner2k marks other things than Telaah does. It marks a state or town only as a place where something
is or goes, not as one who acts or whose something is; takes a short form in brackets into the name before it; and
takes `wilayah`, `kota` and ranks into names.
    tags         mentions of the tagger over the plain text, GPE and LOC as LOC, products left out: its own convention
    convention   the name model in idner2k's convention (models/names-idner2k.npz) with its way with brackets: a short
                 form in brackets behind an organisation or place belongs to it, behind a person it is one of its own
"""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from core.tag.gazetteer import gazetteer
from core.tag.name_features import KNOWN
from core.tag.name_model import name_model
from core.tag.tokens import TOKEN, Words
from tests.tag.readings import mentions_of

LABELS = ("PER", "ORG", "LOC")
MERGED = {"GPE": "LOC"}

Name = tuple[int, int, str]  # characters from, to, label


@dataclass
class Sentence:
    """Tokens joined by single spaces, and the names in them."""

    text: str
    names: set[Name] = field(default_factory=set)


def read_sentences(file: Path) -> list[Sentence]:
    sentences = []
    for block in file.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") if "\t" in line else line.split(" ") for line in block.strip().split("\n")]
        if rows != [[""]]:
            sentences.append(_sentence([row[0] for row in rows], [row[-1] for row in rows]))
    return sentences


def _sentence(forms: list[str], labels: list[str]) -> Sentence:
    sentence = Sentence(" ".join(forms))
    place = 0
    opened: Name | None = None
    for form, label in zip(forms, labels, strict=True):
        prefix, _, kind = label.partition("-")
        if opened is not None and prefix == "I" and kind == opened[2]:
            opened = (opened[0], place + len(form), kind)
        else:
            if opened is not None:
                sentence.names.add(opened)
            opened = (place, place + len(form), kind) if kind else None
        place += len(form) + 1
    if opened is not None:
        sentence.names.add(opened)
    return sentence


def tagged(text: str) -> set[Name]:
    """What a stranger reads off the tagger: its mentions over the plain text."""
    names = {(name.span.start, name.span.end, MERGED.get(name.label, name.label)) for name in mentions_of(text)}
    return {name for name in names if name[2] in LABELS}


def by_convention(text: str) -> set[Name]:
    """What the name model marks in idner2k's convention."""
    words = Words(text)
    for found in TOKEN.finditer(text):
        words.starts.append(found.start())
        words.ends.append(found.end())
        words.forms.append(found.group())
    words.firsts = [0, len(words)]
    words.opening = set(words.firsts)
    words.capitals = [number for number, form in enumerate(words.forms) if form[0].isupper()]
    names: set[Name] = set()
    for guess in name_model("idner2k").find(words, _known(words)):
        names.add((words.starts[guess.first], words.ends[guess.last - 1], guess.label))
    return _with_brackets(text, names)


def _known(words: Words) -> list[int]:
    known = [0] * len(words)
    number = {start: place for place, start in enumerate(words.starts)}
    end = {stop: place for place, stop in enumerate(words.ends)}
    for hit in gazetteer().find(words.text):
        if hit.start in number and hit.end in end:
            label = hit.rows[0].entity.label
            first, last = number[hit.start], end[hit.end]
            known[first : last + 1] = [KNOWN.index("B-" + label)] + [KNOWN.index("I-" + label)] * (last - first)
    return known


def _with_brackets(text: str, names: set[Name]) -> set[Name]:
    kept: dict[int, Name] = {}
    for start, end, label in sorted(names):
        if any(start < before_end for _, before_end, _ in kept.values()):
            continue  # what a bracket has taken in already
        opening = text[end:].lstrip()
        if opening.startswith("(") and ")" in opening:
            short = opening[1 : opening.index(")")].strip()
            close = text.index(")", end) + 1
            if short and " " not in short and short[0].isupper():
                if label == "PER":
                    first = text.index("(", end)
                    kept[first] = (first, close, label)
                else:
                    end = close
        kept[start] = (start, end, label)
    return set(kept.values())


@dataclass
class Tally:
    """Names right, missed and marked beside, a label."""

    right: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    beside: Counter[str] = field(default_factory=Counter)

    def f1(self, *labels: str) -> float:
        right, missed, beside = (sum(c[label] for label in labels) for c in (self.right, self.missed, self.beside))
        return 2 * right / (2 * right + missed + beside) if right else 0.0


def measure(sentences: list[Sentence], mark: Callable[[str], set[Name]], errors: bool = False) -> Tally:
    tally = Tally()
    for sentence in sentences:
        found = mark(sentence.text)
        for names, counter in (
            (sentence.names & found, tally.right),
            (sentence.names - found, tally.missed),
            (found - sentence.names, tally.beside),
        ):
            counter.update(label for *_, label in names)
        for sign, names in (("-", sentence.names - found), ("+", found - sentence.names)) if errors else ():
            for start, end, label in sorted(names):
                print(f"{sign} {label} {sentence.text[max(0, start - 25) : start]}[{sentence.text[start:end]}]")
    return tally


def main() -> None:
    sentences = read_sentences(Path(sys.argv[1]))
    print(f"{len(sentences)} sentences, {sum(len(sentence.names) for sentence in sentences)} names")
    for title, mark in (("tags", tagged), ("convention", by_convention)):
        tally = measure(sentences, mark, "--errors" in sys.argv)
        each = "  ".join(f"{label} {tally.f1(label):.3f}" for label in LABELS)
        print(f"{title:11} exact F1 {tally.f1(*LABELS):.3f}   {each}")


if __name__ == "__main__":
    main()

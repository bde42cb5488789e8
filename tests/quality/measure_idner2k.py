"""Measures exact PER, ORG and LOC on a token file in the form of idner2k: a word, other columns, a label, a line each.

PYTHONPATH=. python tests/quality/measure_idner2k.py ../shared/data/ner/idner2k/dev.txt [--errors]

Two figures, for idner2k marks other things than Telaah does. It marks a state or town only as a place where something
is or goes, not as one who acts or whose something is; takes a short form in brackets into the name before it; and
takes `wilayah`, `kota` and ranks into names.
    tags         mentions of the tagger over the plain text, GPE and LOC as LOC, products left out: its own convention
    convention   models that were trained to mark as idner2k does (idner2k_marks.py, idner2k/card.md)
"""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.quality.idner2k_marks import idner2k_chances, marker
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


def told(tally: Tally) -> str:
    each = "  ".join(f"{label} {tally.f1(label):.3f}" for label in LABELS)
    return f"exact F1 {tally.f1(*LABELS):.3f}   {each}"


WAYS = {"tags": tagged, "convention": marker(idner2k_chances)}


def figures(file: Path) -> dict[str, float]:
    """Exact F1 of both ways to mark, over all labels and by label."""
    sentences = read_sentences(file)
    found = {}
    for title, mark in WAYS.items():
        tally = measure(sentences, mark)
        found[title] = round(tally.f1(*LABELS), 4)
        found |= {f"{title}_{label}": round(tally.f1(label), 4) for label in LABELS}
    return found


def main() -> None:
    sentences = read_sentences(Path(sys.argv[1]))
    print(f"{len(sentences)} sentences, {sum(len(sentence.names) for sentence in sentences)} names")
    for title, mark in WAYS.items():
        print(f"{title:11} {told(measure(sentences, mark, '--errors' in sys.argv))}")


if __name__ == "__main__":
    main()

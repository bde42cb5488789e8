"""Token files of names as the name models are trained on them: words, labels, and the features of each word."""

from pathlib import Path

from core.tag.gazetteer import gazetteer
from core.tag.name_features import EDGE, PAIRS, PLACES, placed_features, word_class
from core.tag.tokens import TOKEN

SHORT_LABELS = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC"}

Sentence = list[tuple[str, str]]


def read_sentences(file: Path) -> list[Sentence]:
    """Sentences of (form, label); forms are cut as the tagger cuts them."""
    sentences: list[Sentence] = []
    for block in file.read_text(encoding="utf-8").split("\n\n"):
        sentence: Sentence = []
        for line in block.strip().split("\n"):
            fields = line.split("\t") if "\t" in line else line.split(" ")
            prefix, _, kind = fields[-1].partition("-")
            for place, form in enumerate(TOKEN.findall(fields[0])):
                label = "O" if not kind else f"{prefix if place == 0 else 'I'}-{SHORT_LABELS.get(kind, kind)}"
                sentence.append((form, label))
        if sentence:
            sentences.append(sentence)
    return sentences


def known_over(forms: list[str]) -> list[str]:
    """The known name over each form, as the tagger would see it."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    place = 0
    for number, form in enumerate(forms):
        starts[place] = number
        ends[place + len(form)] = number
        place += len(form) + 1
    tags = ["O"] * len(forms)
    for hit in gazetteer().find(" ".join(forms)):
        if hit.start in starts and hit.end in ends:
            first, last = starts[hit.start], ends[hit.end]
            label = hit.rows[0].entity.label
            tags[first : last + 1] = [f"B-{label}", *[f"I-{label}"] * (last - first)]
    return tags


def spans(labels: list[str]) -> set[tuple[int, int, str]]:
    """First, one behind the last, and kind of each name that labels spell."""
    found = set()
    start = -1
    for place, label in enumerate([*labels, "O"]):
        if start >= 0 and label != "I-" + labels[start][2:]:
            found.add((start, place, labels[start][2:]))
            start = -1
        if label != "O" and start < 0:
            start = place
    return found


def features(forms: list[str]) -> list[list[str]]:
    """All that the tagger's name model sees of each form."""
    padded = [EDGE, EDGE, *forms, EDGE, EDGE]
    channels = {"c": [word_class(form) for form in padded], "k": ["O", "O", *known_over(forms), "O", "O"]}
    rows = []
    for at in range(2, len(forms) + 2):
        row = [name for place in PLACES for name in placed_features(padded[at + place], place)]
        row += [
            f"{name}:{channels[left][at + left_place]}|{channels[right][at + right_place]}"
            for name, (left, left_place), (right, right_place) in PAIRS
        ]
        rows.append(row)
    return rows

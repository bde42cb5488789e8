"""Count what the tagger takes each word for in news; write tests/quality/idner2k/word_habits.tsv.

Usage: python training/word_habits.py [DATA_FOLDER]     (about four minutes)

One round of self-training: the tagger as it stands reads the news, and the networks that are measured on idner2k
(training/train_idner2k_network.py) see of each word how often it was, and how often the word behind or before it was,
a person, an organisation, a place or none.
A line holds a kind (`self` of a capitalised form; `before` and `behind` of a word beside a capitalised one), seven
digits, one a label (step of STEPS that its share is above), and the words. Only single words are written, never text.
"""

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core.model import plain_spaces
from core.tag.name_features import LABELS
from core.tag.names import find_names
from core.tag.tokens import TOKEN, Words

OUTPUT = PROJECT / "tests" / "quality" / "idner2k" / "word_habits.tsv"
STEPS = (0.02, 0.1, 0.3, 0.6, 0.85)
FEWEST = {"self": 3, "before": 5, "behind": 5}  # times a word must be seen
LONGEST = 6000  # characters of an article that are read
BREAK = re.compile(r"(?<=[.!?\"”])\s+|\n")

Counts = dict[str, dict[str, Counter[str]]]


def texts(folder: Path) -> Iterator[str]:
    with gzip.open(folder / "news" / "news.jsonl.gz", "rt", encoding="utf-8") as stored:
        for line in stored:
            text = json.loads(line)["text"]
            if text:
                yield plain_spaces(text)[:LONGEST]


def words_of(text: str) -> Words:
    """The tokens of a text, cut roughly into sentences."""
    words = Words(text)
    place = 0
    for end, following in [*((found.start(), found.end()) for found in BREAK.finditer(text)), (len(text), 0)]:
        first = len(words)
        for found in TOKEN.finditer(text, place, end):
            words.starts.append(found.start())
            words.ends.append(found.end())
            words.forms.append(found.group())
        if len(words) > first:
            words.firsts.append(first)
        place = following
    words.firsts.append(len(words))
    words.opening = set(words.firsts)
    words.capitals = [number for number, form in enumerate(words.forms) if form[0].isupper()]
    return words


def labels_of(words: Words) -> list[str]:
    labels = ["O"] * len(words)
    for name in find_names(words):
        kind = "LOC" if name.label == "GPE" else name.label
        for number in range(name.first, min(name.last, len(words))):
            labels[number] = f"{'B' if number == name.first else 'I'}-{kind}"
    return labels


def count(words: Words, counts: Counts) -> None:
    labels = labels_of(words)
    for number in words.capitals:
        if number in words.opening:
            continue
        label = labels[number]
        counts["self"][words.forms[number]][label] += 1
        counts["before"][words.forms[number - 1].lower()][label] += 1
        if number + 1 < len(words) and number + 1 not in words.opening:
            counts["behind"][words.forms[number + 1].lower()][label] += 1


def table(counts: Counts) -> list[str]:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, words in counts.items():
        for word, seen in words.items():
            total = seen.total()
            if total >= FEWEST[kind]:
                code = "".join(str(sum(seen[label] / total >= step for step in STEPS)) for label in LABELS)
                groups[kind, code].append(word)
    return [f"{kind}\t{code}\t{' '.join(sorted(words))}" for (kind, code), words in sorted(groups.items())]


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT.parent / "shared" / "data"
    counts: Counts = {kind: defaultdict(Counter) for kind in FEWEST}
    for text in texts(folder):
        count(words_of(text), counts)
    lines = table(counts)
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUTPUT.name}: {len(lines)} lines, {OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()

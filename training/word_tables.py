"""Count what the name model needs to know of words in news; write three tables under core/resources.

Usage: python training/word_tables.py [DATA_FOLDER]     (needs requirements-train.txt; about two minutes)

    ordinary_words.txt           words that stand small in mid-sentence more often than with a capital
    models/word_groups.tsv       coarse and fine group of each word form, by the words that stand around it
    models/word_leanings.tsv     how far a capitalised word stands where persons, places, organisations stand

Only single words are written, never text. The same data and libraries give the same tables.
"""

import gzip
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from core.resources import load_yaml
from core.tag.tokens import TOKEN

RESOURCES = PROJECT / "core" / "resources"
SEED = 7
RARE = 4  # forms seen less often get no group
CONTEXTS = 2500  # commonest forms that count as surroundings
DIMENSIONS = 64
COARSE, FINE = 256, 768
PERSON_STEPS = (0.03, 0.1, 0.25, 0.5)
OTHER_STEPS = (0.05, 0.2, 0.5)
SENTENCE_MARKS = frozenset('.!?"“”:')


def read_lines(folder: Path) -> list[list[str]]:
    with gzip.open(folder / "news" / "news.jsonl.gz", "rt", encoding="utf-8") as stored:
        texts = [json.loads(line)["text"] for line in stored]
    return [TOKEN.findall(line) for text in texts for line in text.split("\n")]


def ordinary_words(lines: list[list[str]]) -> list[str]:
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for forms in lines:
        for before, form in zip([".", *forms], forms, strict=False):
            if form.islower():
                small[form] += 1
            elif before[0].islower() or before[0].isdigit():
                capital[form.lower()] += 1
    return sorted(
        word
        for word, count in small.items()
        if count >= 3
        and count / (count + capital[word]) >= 0.6
        and word.isascii()
        and len(word) > 1
        and word[0].isalpha()
    )


def around(lines: list[list[str]]) -> tuple[list[str], sparse.csr_matrix]:
    """Forms, commonest first, and how often each context stands two before, before, behind and two behind them."""
    counts = Counter(form for forms in lines for form in forms if form[0].isalpha())
    marks = Counter(form for forms in lines for form in forms if not form[0].isalnum())
    vocabulary = [
        form for form, count in sorted((counts + marks).items(), key=lambda item: (-item[1], item[0])) if count >= RARE
    ]
    number = {form: place for place, form in enumerate(vocabulary)}
    flat = np.concatenate([np.array([number.get(form, -1) for form in forms] + [-1, -1], np.int32) for forms in lines])
    parts = []
    for step in (-2, -1, 1, 2):
        words, contexts = (flat[-step:], flat[:step]) if step < 0 else (flat[:-step], flat[step:])
        both = (words >= 0) & (contexts >= 0) & (contexts < CONTEXTS)
        ones = np.ones(int(both.sum()), np.float32)
        parts.append(
            sparse.coo_matrix((ones, (words[both], contexts[both])), shape=(len(vocabulary), CONTEXTS)).tocsr()
        )
    return vocabulary, sparse.hstack(parts).tocsr()


def positive_information(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Positive pointwise mutual information, context counts smoothed by the power 0.75 (Levy and others 2015)."""
    rows = np.asarray(counts.sum(axis=1)).ravel() + 1e-9
    columns = np.asarray(counts.sum(axis=0)).ravel() ** 0.75
    cells = counts.tocoo()
    information = np.log(cells.data / (rows[cells.row] * (columns / columns.sum())[cells.col]))
    kept = sparse.csr_matrix(
        (np.maximum(information, 0).astype(np.float32), (cells.row, cells.col)), shape=counts.shape
    )
    kept.eliminate_zeros()
    return kept


def word_groups(lines: list[list[str]]) -> list[str]:
    vocabulary, counts = around(lines)
    vectors = TruncatedSVD(DIMENSIONS, random_state=SEED, n_iter=4).fit_transform(positive_information(counts))
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    groups: dict[tuple[int, int], list[str]] = defaultdict(list)
    labels = [
        MiniBatchKMeans(size, random_state=SEED, batch_size=4096, n_init=1, max_iter=20).fit_predict(vectors)
        for size in (COARSE, FINE)
    ]
    for form, coarse, fine in zip(vocabulary, *labels, strict=True):
        if form[0].isalpha():
            groups[int(coarse), int(fine)].append(form)
    return [f"{coarse}\t{fine}\t{' '.join(sorted(forms))}" for (coarse, fine), forms in sorted(groups.items())]


def word_leanings(lines: list[list[str]]) -> list[str]:
    """Three rounds: a word behind one that leans towards persons leans that way too."""
    lists = {kind: set(map(str, words)) for kind, words in load_yaml("titles.yaml").items() if isinstance(words, list)}
    before_people = lists["cues"] | lists["titles"] | lists["ranks"]
    before_places = lists["place_preps"] | lists["gpe_heads"] | lists["loc_heads"]
    shares: dict[str, tuple[float, float, float]] = {}
    for _ in range(3):
        counts: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
        for forms in lines:
            for before, form, after in zip(forms, forms[1:], [*forms[2:], ""], strict=False):
                if not form[0].isupper() or len(form) < 2 or before in SENTENCE_MARKS:
                    continue
                person, place, body = shares.get(before, (0.0, 0.0, 0.0)) if before[0].isupper() else (0.0, 0.0, 0.0)
                low = before.lower()
                seen = counts[form]
                seen[0] += 1
                seen[1] += low in before_people or after.lower() in lists["cues"] or person > 0.25
                seen[2] += low in before_places or place > 0.4
                seen[3] += low in lists["org_heads"] or body > 0.4
        shares = {
            form: tuple((part + 0.1) / (seen[0] + 1) for part in seen[1:])  # type: ignore[misc]
            for form, seen in counts.items()
            if seen[0] >= 3
        }
    groups: dict[str, list[str]] = defaultdict(list)
    for form, (person, place, body) in shares.items():
        steps = ((person, PERSON_STEPS), (place, OTHER_STEPS), (body, OTHER_STEPS))
        groups["".join(str(sum(share > step for step in limits)) for share, limits in steps)].append(form)
    return [f"{digits}\t{' '.join(sorted(forms))}" for digits, forms in sorted(groups.items())]


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT.parent / "shared" / "data"
    lines = read_lines(folder)
    for name, table in (
        ("ordinary_words.txt", ordinary_words(lines)),
        ("models/word_leanings.tsv", word_leanings(lines)),
        ("models/word_groups.tsv", word_groups(lines)),
    ):
        (RESOURCES / name).write_text("\n".join(table) + "\n", encoding="utf-8")
        print(f"{name}: {len(table)} lines")


if __name__ == "__main__":
    main()

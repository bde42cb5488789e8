"""The reading of token files, what networks give out, and what the bracket rule of that set's convention takes in."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from core.tag.name_features import LABELS
from tests.quality.idner2k_chain import idner2k_chain
from tests.quality.idner2k_marks import Floats, idner2k_chances, likeliest, marker
from tests.quality.idner2k_network import flat, idner2k_network, marginals, nested, run
from tests.quality.measure_idner2k import figures, measure, read_sentences

TOKENS = """Ketua NOUN O
Badan PROPN B-ORG
Anu PROPN I-ORG
(BA) PROPN I-ORG
tiba VERB O
di ADP O
Solo PROPN B-LOC

Rahmat PROPN B-PER
Sastra PROPN B-PER
"""
COUNT = len(LABELS)
NONE, B_ORG, I_ORG = (LABELS.index(label) for label in ("O", "B-ORG", "I-ORG"))


def sure_of(*chosen: int) -> Floats:
    """Nine tenths for one label a word, the rest for the others."""
    rows = np.full((len(chosen), COUNT), 0.1 / (COUNT - 1), np.float32)
    rows[np.arange(len(chosen)), list(chosen)] = 0.9
    return rows


FLOORS = json.loads((Path(__file__).parent / "floors" / "idner2k.json").read_text(encoding="utf-8"))
DEV = Path("ner") / "idner2k" / "dev.txt"


@pytest.fixture(scope="module")
def measured(shared_data: Path) -> dict[str, float]:
    return figures(shared_data / DEV)


def test_the_floors_speak_of_this_data(shared_data: Path) -> None:
    assert hashlib.sha256((shared_data / DEV).read_bytes()).hexdigest() == FLOORS["dev_sha256"]


@pytest.mark.parametrize("name", [name for name in FLOORS if not name.endswith("sha256")])
def test_figures_do_not_fall(measured: dict[str, float], name: str) -> None:
    assert measured[name] >= FLOORS[name]


def test_reads_labels_as_spans_of_the_joined_words(tmp_path: Path) -> None:
    file = tmp_path / "tokens.txt"
    file.write_text(TOKENS, encoding="utf-8")
    first, second = read_sentences(file)
    assert {(first.text[start:end], label) for start, end, label in first.names} == {
        ("Badan Anu (BA)", "ORG"),
        ("Solo", "LOC"),
    }
    assert {second.text[start:end] for start, end, _ in second.names} == {"Rahmat", "Sastra"}


def test_scores_exact_spans_only(tmp_path: Path) -> None:
    file = tmp_path / "tokens.txt"
    file.write_text(TOKENS, encoding="utf-8")
    sentences = read_sentences(file)
    whole = measure(sentences, lambda text: {name for s in sentences if s.text == text for name in s.names})
    short = measure(sentences, lambda text: {(6, 15, "ORG")} if text.startswith("Ketua") else set())
    assert whole.f1("PER", "ORG", "LOC") == 1.0
    assert short.f1("ORG") == 0.0


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ketua Mahkamah Konstitusi (MK) hadir di Jakarta .", "Mahkamah Konstitusi (MK)"),
        ("Presiden Joko Widodo (Jokowi) hadir di Jakarta .", "(Jokowi)"),
        ("Ketua Mahkamah Konstitusi (saat itu) hadir di Jakarta .", "Mahkamah Konstitusi"),
    ],
)
def test_brackets_in_the_convention(text: str, name: str) -> None:
    mark = marker(idner2k_chances)
    assert name in {text[start:end] for start, end, _ in mark(text)}


def test_the_kinds_of_names_are_told_apart() -> None:
    text = "Menteri Luar Negeri Retno Marsudi bertemu pejabat Bank Dunia di Surabaya ."
    found = {(text[start:end], label) for start, end, label in marker(idner2k_chances)(text)}
    assert found == {("Retno Marsudi", "PER"), ("Bank Dunia", "ORG"), ("Surabaya", "LOC")}


def test_chances_of_a_word_sum_to_one() -> None:
    for voter in (idner2k_network().chances, idner2k_chain().chances):
        chances = voter(["Polisi", "tiba", "di", "Solo"])
        assert chances.shape == (4, COUNT)
        assert np.allclose(chances.sum(axis=1), 1, atol=1e-5)


def test_no_name_begins_or_ends_inside_a_token_of_the_file() -> None:
    mark = marker(lambda forms: sure_of(*(NONE if form == "+" else B_ORG for form in forms)))
    assert mark("Badan +Anu") == {(0, 5, "ORG")}
    assert mark("Badan Anu") == {(0, 5, "ORG"), (6, 9, "ORG")}


def test_the_likeliest_labels_are_a_possible_sequence() -> None:
    assert likeliest(sure_of(NONE, I_ORG, I_ORG), [False] * 3) != [LABELS[label] for label in (NONE, I_ORG, I_ORG)]
    assert likeliest(sure_of(B_ORG, I_ORG, NONE), [False] * 3) == ["B-ORG", "I-ORG", "O"]


def test_marginals_are_those_of_all_sequences() -> None:
    random = np.random.default_rng(5)
    scores, steps, opening = (random.standard_normal(shape).astype(np.float32) for shape in ((3, 2), (2, 2), 2))
    weights = {}
    for a in range(2):
        for b in range(2):
            for c in range(2):
                total = opening[a] + scores[0, a] + steps[a, b] + scores[1, b] + steps[b, c] + scores[2, c]
                weights[a, b, c] = float(np.exp(total))
    middle = sum(weight for (_, b, _), weight in weights.items() if b == 1) / sum(weights.values())
    assert marginals(scores, steps, opening)[1, 1] == pytest.approx(middle, rel=1e-5)


def test_a_run_backwards_is_a_run_over_the_turned_rows() -> None:
    random = np.random.default_rng(6)
    cell = {"weights": random.standard_normal((5, 8)).astype(np.float32), "bias": np.zeros(8, np.float32)}
    rows = random.standard_normal((4, 3)).astype(np.float32)
    assert np.allclose(run(cell, rows, backwards=True), run(cell, rows[::-1])[::-1], atol=1e-6)
    assert not np.allclose(run(cell, rows, backwards=True), run(cell, rows))


def test_tables_come_back_as_they_were_put_away() -> None:
    tables = {"cells": {"forward": {"weights": np.array([[0.5, -2.0], [1.0, 1.5]], np.float32)}}, "bias": np.ones(2)}
    back = nested(flat(tables))
    assert back["cells"]["forward"]["weights"] == pytest.approx(tables["cells"]["forward"]["weights"], abs=0.01)
    assert back["bias"].tolist() == [1.0, 1.0]

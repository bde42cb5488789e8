"""The reading of token files, and what the bracket rule of that set's convention takes in."""

from pathlib import Path

import numpy as np
import pytest

from core.tag.name_features import LABELS
from tests.quality.idner2k_model import Idner2kModel, idner2k_model
from tests.quality.measure_idner2k import measure, read_sentences

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
    assert name in {text[start:end] for start, end, _ in idner2k_model().mark(text)}


def test_no_name_begins_or_ends_inside_a_token_of_the_file() -> None:
    steps = np.zeros((len(LABELS), len(LABELS)), np.float32)
    weights = np.zeros((2, len(LABELS)), np.float32)
    weights[:, LABELS.index("B-ORG")] = 2.0
    model = Idner2kModel(["0:w=anu", "0:w=badan"], weights, steps)
    assert model.mark("Badan +Anu") == {(0, 5, "ORG")}
    assert model.mark("Badan Anu") == {(0, 5, "ORG"), (6, 9, "ORG")}

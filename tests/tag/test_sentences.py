"""Sentences: the examples of the abbreviation list, zones, and that no character is claimed twice."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model import Document, Span, Zone
from core.resources import load_yaml
from core.tag.reading import bare
from core.tag.sentences import split_sentences

GOLD = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "seeds" / "gold.json"
EXAMPLES = load_yaml("abbreviations.yaml")["examples"]


def document(text: str, *zones: Zone) -> Document:
    return replace(bare(text), zones=zones)


def zone(text: str, piece: str, kind: str) -> Zone:
    start = text.index(piece)
    return Zone(span=Span(start=start, end=start + len(piece)), kind=kind, rule="test")  # type: ignore[arg-type]


def sentences(text: str, *zones: Zone) -> list[str]:
    return [found.span.of(text) for found in split_sentences(document(text, *zones))]


@pytest.mark.parametrize("text", EXAMPLES["one_sentence"])
def test_a_short_form_does_not_end_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize("text", EXAMPLES["two_sentences"])
def test_a_real_end_does(text: str) -> None:
    found = sentences(text)
    assert len(found) == 2
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Baris satu\nbaris dua", ["Baris satu", "baris dua"]),
        ("1. Naik kelas", ["1. Naik kelas"]),
        ("Ia pulang.\n\n* * *\n\nKini sepi.", ["Ia pulang.", "Kini sepi."]),
        ("“Satu. Dua,” kata Ani.", ["“Satu.", "Dua,” kata Ani."]),
        ("Ia bertanya, “Siapa?” Tak ada jawaban.", ["Ia bertanya, “Siapa?”", "Tak ada jawaban."]),
        ("Situsnya kabar.id. Alamatnya baru.", ["Situsnya kabar.id.", "Alamatnya baru."]),
        ("Mereka memakai iPhone dan YouTube.", ["Mereka memakai iPhone dan YouTube."]),
        ("Harga naik 2.500. Pasar sepi.", ["Harga naik 2.500.", "Pasar sepi."]),
        ("", []),
    ],
)
def test_splits(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_zones_make_their_own_stretches_and_credits_none() -> None:
    text = "Judul Berita\nBANDUNG, KABAR. CO - Warga menari. Mereka senang.\nPesta Rakyat\nRamai sekali.\nEditor: Ani"
    zones = (
        zone(text, "Judul Berita", "title"),
        zone(text, "BANDUNG, KABAR. CO -", "dateline"),
        zone(text, "Pesta Rakyat", "subhead"),
        zone(text, "Editor: Ani", "editor"),
    )
    found = [(piece.zone, piece.span.of(text)) for piece in split_sentences(document(text, *zones))]
    assert found == [
        ("title", "Judul Berita"),
        ("body", "BANDUNG, KABAR. CO - Warga menari."),
        ("body", "Mereka senang."),
        ("subhead", "Pesta Rakyat"),
        ("body", "Ramai sekali."),
    ]


@pytest.mark.skipif(not GOLD.exists(), reason="shared data is absent")
def test_the_annotated_articles_have_as_many_sentences_as_counted_by_hand() -> None:
    for article in json.loads(GOLD.read_text(encoding="utf-8")).values():
        for number, count in article["sentences_per_line"].items():
            assert len(sentences(article["lines"][number])) == count, article["lines"][number]


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB1.!?…\"'”“ \n,()[]-–@/X"), max_size=80) | st.text(max_size=80))
def test_spans_are_ordered_trimmed_and_lose_no_letter(text: str) -> None:
    found = split_sentences(document(text))
    assert all(piece.span.of(text) == piece.span.of(text).strip() for piece in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    covered = "".join(piece.span.of(text) for piece in found)
    assert [c for c in covered if c.isalnum()] == [c for c in text if c.isalnum()]

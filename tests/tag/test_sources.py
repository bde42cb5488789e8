"""What a text cites: tables of input and expected, each with near misses."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.resources import load_yaml
from core.tag.media import cues
from core.tag.sources import tag_sources
from tests.tag.readings import reading_of

RULES = load_yaml("source_cues.yaml")


def cited(text: str, outlet: str | None = None) -> list[tuple[str, str]]:
    """Name and kind of everything a text cites."""
    return [(cite.name, cite.kind) for cite in tag_sources(reading_of(text, outlet=outlet))]


CITED = [
    ("Dilansir Reuters, Senin (1/4), kapal itu tiba.", [("Reuters", "agency")]),
    ("DilansirReuters, Senin (1/4), kapal itu tiba.", [("Reuters", "agency")]),
    ("Melansir kantor berita Yonhap, kapal itu tiba.", [("Yonhap", "agency")]),
    ("Dikutip dari laman The Coastal Herald, kapal itu tiba.", [("The Coastal Herald", "media")]),
    ("Kapal itu tiba, seperti dikutip kabarpesisir.com, Rabu.", [("kabarpesisir.com", "media")]),
    ("Menurut laporan Reuters, kapal itu tiba.", [("Reuters", "agency")]),
    ("Menurut media lokal KCNA, kapal itu tiba.", [("KCNA", "agency")]),
    ("Menurut kantor berita resmi Korea Utara, KCNA, kapal itu tiba.", [("KCNA", "agency")]),
    ("Kapal itu tiba, lapor Yonhap.", [("Yonhap", "agency")]),
    ("Rina Sari mengatakannya kepada Reuters.", [("Reuters", "agency")]),
    ("Reuters melaporkan kapal itu tiba.", [("Reuters", "agency")]),
    ("Reuters dan Yonhap melaporkan kapal itu tiba, dilansir KCNA.", [("Yonhap", "agency"), ("KCNA", "agency")]),
    ("Dirangkum dari Reuters dan Yonhap, kapal itu tiba.", [("Reuters", "agency"), ("Yonhap", "agency")]),
    ("Kabar itu dimuat KCNA dan dikutip Yonhap.", [("KCNA", "agency"), ("Yonhap", "agency")]),
    ("Kapal itu tiba.\nSumber: KCNA", [("KCNA", "agency")]),
    ("Kapal itu tiba.\nSumber: KCNA, Yonhap", [("KCNA", "agency"), ("Yonhap", "agency")]),
    ("Laporan PBB tahun 2021 mencatat kapal itu.", [("Laporan PBB", "document")]),
    # a name that lost its last letter
    ("Dikutip dari Reuter. kapal itu tiba.", [("Reuters", "agency")]),
    # one medium hands on another one
    ("Dilansir detikNews dari Reuters, kapal itu tiba.", [("detikNews", "media"), ("Reuters", "agency")]),
    ("Dikutip dari keterangan Kementerian Kelautan, kapal itu tiba.", [("Kementerian Kelautan", "official")]),
]


@pytest.mark.parametrize(("text", "expected"), CITED)
def test_citations_are_found_with_their_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert cited(text) == expected


NOT_CITED = [
    "Reuters berkantor pusat di London.",
    "Rina Sari mengatakannya kepada ibunya.",
    "Sumber air itu mengering.",
    "Menurut Rina Sari, kapal itu tiba.",
    "Ketua RT 05 melaporkan banjir di wilayahnya.",
    "Foto itu dikutip dari Instagram miliknya.",
    "Pejabat AS mengatakan kapal itu tiba.",
    "Pantun itu dikutip berkali-kali.",
]


@pytest.mark.parametrize("text", NOT_CITED)
def test_near_misses_are_no_citation(text: str) -> None:
    assert cited(text) == []


def test_a_word_with_the_paper_itself_is_no_citation() -> None:
    text = "Rina Sari mengatakannya kepada detikcom."
    assert cited(text, outlet="detikcom") == []
    assert cited(text, outlet="kompas") == [("detikcom", "media")]
    assert cited("Dilansir detikNews dari Reuters.", outlet="detikcom") == [("Reuters", "agency")]


def test_a_citation_carries_the_entity_of_its_mention() -> None:
    cite = tag_sources(reading_of("Dilansir KCNA, kapal itu tiba."))[0]
    assert cite.entity_id == "org:kcna"
    assert cite.span.start == len("Dilansir ")


EXAMPLES = [
    pytest.param(text, wanted, id=f"{row['rule']}-{'match' if wanted else 'miss'}-{number}")
    for row in RULES["cues"]
    for wanted, texts in ((True, row["examples"]["match"]), (False, row["examples"]["miss"]))
    for number, text in enumerate(texts)
]


@pytest.mark.parametrize(("text", "wanted"), EXAMPLES)
def test_examples_of_the_cue_list_hold(text: str, wanted: bool) -> None:
    assert bool(cited(text)) is wanted


@pytest.mark.parametrize("row", RULES["chains"], ids=lambda row: row["text"][:40])
def test_examples_of_chains_hold(row: dict[str, Any]) -> None:
    found = {cite.name: [relay.name for relay in cite.chain] for cite in tag_sources(reading_of(row["text"]))}
    assert {name: chain for name, chain in found.items() if chain} == row["says"]


def test_relays_carry_step_place_entity_and_rule() -> None:
    text = "KCNA melaporkan kapal itu tiba, dikutip Yonhap, seperti dilansir Reuters."
    chain = tag_sources(reading_of(text))[0].chain
    assert [(relay.step, relay.entity_id, relay.span.of(text)) for relay in chain] == [
        (1, "org:yonhap", "Yonhap"),
        (2, "org:reuters", "Reuters"),
    ]
    assert all(relay.rule for relay in chain)


def test_relays_named_together_stand_on_one_step() -> None:
    cites = tag_sources(reading_of("Kapal itu tiba, lapor KCNA, dilansir Reuters dan Yonhap."))
    assert [(relay.step, relay.name) for relay in cites[0].chain] == [(1, "Reuters"), (1, "Yonhap")]


def test_the_paper_itself_is_no_relay() -> None:
    cites = tag_sources(reading_of("Kapal itu tiba, lapor KCNA, dikutip detikcom.", outlet="detikcom"))
    assert [cite.chain for cite in cites if cite.name == "KCNA"] == [()]


def test_extra_media_are_not_in_the_gazetteer_already() -> None:
    known = cues().known
    assert {row["name"] for row in RULES["media"]} == {
        row["name"] for row in RULES["media"] if known[row["name"].lower()].entity_id is None
    }


PIECES = st.sampled_from(
    [
        "Dilansir ",
        "dikutip dari ",
        "Reuters",
        ", ",
        ". ",
        "\n",
        "Sumber: ",
        "kepada ",
        "KCNA ",
        "kantor berita ",
        "dan ",
    ]
)


@settings(max_examples=50, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=200))
def test_no_text_breaks_the_tagger_and_every_span_is_inside(text: str) -> None:
    for cite in tag_sources(reading_of(text)):
        assert 0 <= cite.span.start < cite.span.end <= len(text)
        assert cite.name

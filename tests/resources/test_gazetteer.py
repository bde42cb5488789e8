"""The rows of the gazetteer: unique, complete, and without two entities under one name by accident."""

import re
from collections import defaultdict

import pytest
from babel import Locale

from core.tag.gazetteer import UNSPOKEN, Row, fold, gazetteer

ROWS = list(gazetteer().rows.values())
TERRITORIES = Locale("id").territories
# CLDR writes these for lists of territories; the gazetteer has them under the name the press uses.
OTHERWISE = {
    "CD": "Republik Demokratik Kongo",
    "CG": "Republik Kongo",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Makau",
    "PS": "Palestina",
}
STATES = re.findall(
    "..",
    "ADAEAFAGALAMAOARATAUAZBABBBDBEBFBGBHBIBJBNBOBRBSBTBWBYBZCACDCFCGCHCICLCMCNCO"
    "CRCUCVCYCZDEDJDKDMDODZECEEEGERESETFIFJFMFRGAGBGDGEGHGMGNGQGRGTGWGYHNHRHTHUID"
    "IEILINIQIRISITJMJOJPKEKGKHKIKMKNKPKRKWKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMGMHMK"
    "MLMMMNMRMTMUMVMWMXMYMZNANENGNINLNONPNRNZOMPAPEPGPHPKPLPSPTPWPYQARORSRURWSASB"
    "SCSDSESGSISKSLSMSNSOSRSSSTSVSYSZTDTGTHTJTLTMTNTOTRTTTVTZUAUGUSUYUZVAVCVEVNVU"
    "WSYEZAZMZWTWXKHKMO",
)


def test_there_are_as_many_rows_as_promised() -> None:
    assert len(ROWS) >= 3000


@pytest.mark.parametrize("code", STATES)
def test_every_state_is_known_by_its_cldr_name(code: str) -> None:
    found = gazetteer().named(OTHERWISE.get(code, TERRITORIES[code]))
    assert "negara" in {row.kind for row in found}


def test_rows_are_well_formed() -> None:
    for row in ROWS:
        entity = row.entity
        assert re.fullmatch(r"(per|org|gpe|loc|product):[a-z0-9]+(-[a-z0-9]+)*", entity.id), entity.id
        assert entity.id.partition(":")[0] == entity.label.lower(), entity.id
        assert entity.name == entity.name.strip(), entity.id
        assert row.english, entity.id
        assert entity.wikidata is None or re.fullmatch(r"Q[1-9][0-9]*", entity.wikidata), entity.id
        assert len(set(row.names)) == len(row.names), entity.id
        assert all(alias.strip() == alias and len(alias) > 0 for alias in row.aliases), entity.id


def test_homes_are_states() -> None:
    states = {row.entity.id for row in ROWS if row.kind == "negara"}
    assert {row.home for row in ROWS if row.home} <= states


def test_one_wikidata_item_is_one_row() -> None:
    items = [row.entity.wikidata for row in ROWS if row.entity.wikidata]
    assert len(items) == len(set(items))


def test_a_name_is_shared_only_where_its_state_tells_the_rows_apart() -> None:
    shared: dict[str, list[Row]] = defaultdict(list)
    for row in ROWS:
        for name in row.names if row.kind != UNSPOKEN else ():
            shared[name].append(row)
    for name, rows in shared.items():
        assert len({row.home for row in rows}) == len(rows), (name, [row.entity.id for row in rows])


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("AS dan as", ["AS"]),
        ("Pabrik di Asia", ["Asia"]),
        ("Iranian", []),
        ("iran", []),
        ("IRAN MENOLAK", ["IRAN"]),
        ("Perserikatan Bangsa-bangsa", ["Perserikatan Bangsa-bangsa"]),
        ("Kantor berita Tasnim", ["Tasnim"]),
        ("www.kompas.com dan kompas.com/read", []),
        ("Rusia.Sementara itu", ["Rusia"]),
        ("@kpk dan #KPK", []),
        ("KPK-nya", ["KPK"]),
        ("Zürich dan Zurich", ["Zürich", "Zurich"]),
    ],
)
def test_matching_keeps_to_whole_words_and_to_case(text: str, surfaces: list[str]) -> None:
    found = [text[hit.start : hit.end] for hit in gazetteer().find(text)]
    assert [surface for surface in found if surface not in ("kompas.com",)] == surfaces


def test_folding_keeps_the_length() -> None:
    text = "İstanbul Kim Il‑sung Mbappé ß ’"
    assert len(fold(text)) == len(text)
    assert fold("Kim Il-sung") == fold("kim il SUNG")


def test_a_name_that_lost_its_last_letter_is_found_only_where_it_is_no_other_word() -> None:
    assert [row.entity.name for row in gazetteer().shortened("Mosko")] == ["Moskow"]
    assert gazetteer().shortened("Mali") == ()  # a state of its own
    assert gazetteer().shortened("zzz") == ()

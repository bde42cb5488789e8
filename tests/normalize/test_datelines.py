"""The opener of a report."""

import pytest

from core.normalize.datelines import city_of, find_dateline
from core.resources import load_yaml

BODY = "Petani memanen padi lebih awal karena hujan."
CITIES = load_yaml("cities.yaml")


@pytest.mark.parametrize(
    ("opener", "city", "outlet"),
    [
        ("JAKARTA, KOMPAS.com -", "Jakarta", "kompas"),
        ("Jakarta, IDN Times -", "Jakarta", "idn-times"),
        ("Dream -", None, "dream"),
        ("INDOZONE.ID -", None, "indozone"),
        ("MOSKOW -", "Moskow", None),
        ("JAKARTA, PANJIRAKYAT:", "Jakarta", "panji-rakyat"),
        ("Liputan6.com, Jakarta -", "Jakarta", "liputan6"),
        ("TRIBUNNEWS.COM, JAKARTA -", "Jakarta", "tribunnews"),
        ("TRIBUNNEWS.CO. NEW YORK -", "New York", "tribunnews"),
        ("Moskow (ANTARA) -", "Moskow", "antara"),
        ("Moskow (ANTARA News) -", "Moskow", "antara"),
        ("REPUBLIKA.CO.ID, PYONGYANG --", "Pyongyang", "republika"),
        ("Jakarta, CNBC Indonesia -", "Jakarta", "cnbc-indonesia"),
        ("Bisnis.com, JAKARTA -", "Jakarta", "bisnis"),
        ("VIVA Bandung –", None, "viva-bandung"),
        ("JAKARTA, KOMPAS.com &ndash;", "Jakarta", "kompas"),
        ("JAKARTA, KOMPAS.com &amp;ndash;", "Jakarta", "kompas"),
        ("JAKARTA, KOMPAS.com&amp;nbsp;-", "Jakarta", "kompas"),
        ("KONTAN.CO.ID - MOSKOW.", "Moskow", "kontan"),
        ("KARUNAKEPRI.COM. JAKARTA —", "Jakarta", "karunakepri"),
        ("WahanaNews.co |", None, "wahananews"),
        ("WASHINGTON (VOA) —", "Washington", "voa-indonesia"),
        ("Seoul:", "Seoul", None),
        ("SINGKAWANG, KABARKITA.CO.ID -", "Singkawang", "kabarkita-co-id"),
    ],
)
def test_an_opener_names_city_and_outlet(opener: str, city: str | None, outlet: str | None) -> None:
    found = find_dateline(f"{opener} {BODY}")
    assert found is not None
    assert (found.city, found.outlet.id if found.outlet else None) == (city, outlet)
    assert found.end == len(opener)


@pytest.mark.parametrize(
    "line",
    [
        "Detik-detik banjir itu direkam warga desa di sebelah timur sungai.",
        "Petani - kata Sari - memanen padi lebih awal.",
        "Jakarta memanen padi lebih awal - kata Sari.",
        "Moskow: 10",
        "Kompas.com+ | Langganan untuk membaca tanpa iklan",
        "Kompas.tv - 10 Oktober 2024, 10:05 WIB",
        "Jakarta: Kota yang Pelan-pelan Tenggelam",
        "Jakarta - Bandung Kini Empat Puluh Menit",
        "Harga Beras Naik: Warga Mengeluh soal Pasokan",
        "MOSKOW -",
    ],
)
def test_what_only_looks_like_an_opener_is_none(line: str) -> None:
    assert find_dateline(line) is None


@pytest.mark.parametrize(("written", "city"), CITIES["examples"]["match"].items())
def test_a_city_is_known_in_any_spelling(written: str, city: str) -> None:
    assert city_of(written) == city


@pytest.mark.parametrize("written", CITIES["examples"]["miss"])
def test_a_word_is_no_city(written: str) -> None:
    assert city_of(written) is None


def test_cities_are_listed_once_in_order_and_aliases_lead_to_them() -> None:
    assert CITIES["cities"] == sorted(set(CITIES["cities"]))
    assert set(CITIES["aliases"].values()) <= set(CITIES["cities"])
    assert not set(CITIES["aliases"]) & set(CITIES["cities"])

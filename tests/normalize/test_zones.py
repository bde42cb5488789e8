"""What in the cleaned text is not body."""

import pytest

from core.normalize.zones import find_zones

LEAD = "Petani di lereng gunung itu memanen padi lebih awal karena hujan turun terus sejak awal bulan."
MORE = "Koperasi membeli gabah mereka dengan harga yang lebih baik daripada tahun lalu, kata Sari Dewi."
TITLE = "Petani Memanen Padi Lebih Awal di Lereng Gunung"


def zones(text: str, hint: str | None = None) -> list[tuple[str, str, str | None]]:
    return [(zone.kind, zone.span.of(text), zone.value) for zone in find_zones(text, hint).zones]


def test_an_article_is_divided() -> None:
    text = f"{TITLE}\nJAKARTA, KOMPAS.com - {LEAD}\nHarga Gabah\n{MORE}\n1. Panen di Utara\n{MORE}\nSumber: KCNA\n(bsa)"
    assert zones(text) == [
        ("title", TITLE, TITLE),
        ("dateline", "JAKARTA, KOMPAS.com -", "Jakarta"),
        ("subhead", "Harga Gabah", "Harga Gabah"),
        ("subhead", "1. Panen di Utara", "1. Panen di Utara"),
        ("credit", "Sumber: KCNA", "KCNA"),
        ("editor", "(bsa)", "bsa"),
    ]


def test_title_byline_and_outlet_are_told() -> None:
    found = find_zones(f"{TITLE}\nJAKARTA, KOMPAS.com - {LEAD}\n{MORE}\nLaporan: Sari Dewi\n(bsa)", None)
    assert found.outlet is not None
    assert (found.title, found.byline, found.outlet.id) == (TITLE, "Sari Dewi", "kompas")


@pytest.mark.parametrize(
    ("foot", "byline"),
    [
        ("(bsa)", None),
        ("(Agung)", None),
        ("(abc/def)", "abc/def"),
        ("Editor: Sari Dewi", "Sari Dewi"),
        ("Penulis: Budi\nEditor: Sari Dewi", "Budi"),
        ("(bsa)\nPewarta: Budi\nEditor: Sari Dewi", "Budi"),
        ("", None),
    ],
)
def test_the_byline_is_who_wrote_and_the_labelled_editor_only_where_nobody_else_is_named(
    foot: str, byline: str | None
) -> None:
    assert find_zones(f"{LEAD}\n{MORE}\n{foot}", None).byline == byline


def test_the_containers_title_counts_even_where_the_text_has_none() -> None:
    found = find_zones(f"{LEAD}\n{MORE}", " Panen Padi ")
    assert found.title == "Panen Padi"
    assert found.zones == ()


def test_an_opener_after_a_credit_is_found() -> None:
    text = f"Laporan Wartawan Kabar.com, Sari Dewi KABAR.COM, JAKARTA - {LEAD}"
    assert [(kind, value) for kind, _, value in zones(text)] == [("byline", "Sari Dewi"), ("dateline", "Jakarta")]


@pytest.mark.parametrize(
    "line",
    [
        "Berikut ini daftarnya:",
        "Mereka pulang sore itu.",
        "1. Beras\n2. Jagung",
        '"Panen tiba"',
        "Petani itu memanen padi lebih awal karena hujan turun terus di lereng gunung sebelah utara desa",
    ],
)
def test_what_is_no_subhead_is_body(line: str) -> None:
    assert zones(f"{LEAD}\n{line}\n{MORE}") == []


@pytest.mark.parametrize("text", ["", "Panen", "\n", "A\nB\nC", "(bsa)", "JAKARTA -"])
def test_scraps_have_zones_that_stand_in_them(text: str) -> None:
    assert all(zone.span.end <= len(text) for zone in find_zones(text, None).zones)

"""RawArticle -> Document: the whole way."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model import RawArticle, Source, cut
from core.normalize import document, document_id
from core.offsets import OffsetMap

SOURCE = Source(name="a.txt", sha256="0" * 64, record=0)
LEAD = "Petani di lereng gunung itu memanen padi lebih awal karena hujan turun terus sejak awal bulan."
MORE = '"Kami senang harga gabah naik," kata Sari Dewi, ketua kelompok tani, Rabu (21/2/2024).'
PAGE = f"""Menu
Petani Memanen Padi Lebih Awal di Lereng Gunung

Kamis, 22 Februari 2024 - 13:25 WIB
Petani di sawah. Foto/Reuters
JAKARTA, KOMPAS.com - {LEAD}

Baca juga: Lima Resep Kue dari Singkong dan Kelapa
{MORE}
Laporan: Sari Dewi
Share
Terpopuler
Harga Telur di Pasar Kota Turun Tajam
"""


def read(text: str, **container: str):
    return document(RawArticle(source=SOURCE, raw_text=text, **container))


def test_a_page_becomes_a_document() -> None:
    found = read(PAGE)
    assert found.text == (
        f"Petani Memanen Padi Lebih Awal di Lereng Gunung\nJAKARTA, KOMPAS.com - {LEAD}\n{MORE}\nLaporan: Sari Dewi"
    )
    assert found.outlet is not None
    assert found.published is not None
    assert (found.outlet.id, found.outlet.rule) == ("kompas", "dateline")
    assert (found.published.date.iso, found.published.basis) == ("2024-02-22T13:25+07:00", "header")
    assert (found.title, found.byline) == ("Petani Memanen Padi Lebih Awal di Lereng Gunung", "Sari Dewi")
    assert [zone.kind for zone in found.zones] == ["title", "dateline", "byline"]
    assert found.language.code == "id"
    assert found.notes == ()


def test_the_datelines_outlet_beats_the_hosts_on_copied_pages() -> None:
    found = read(PAGE, url="https://www.tempo.co/read/1", outlet="Tempo")
    assert found.outlet is not None
    assert found.outlet.id == "kompas"


def test_the_same_article_saved_twice_has_the_same_id() -> None:
    spaced = PAGE.replace("\n\n", "\n\n\n").replace("Share\n", "Follow Us\nShare\n")
    assert read(PAGE).id == read(spaced).id
    assert read(PAGE).id != read(PAGE.replace("gabah", "jagung")).id
    assert len(read(PAGE).id) == 16
    assert document_id("a  b\n") == document_id("a b")


def test_notes_of_the_reader_stay_and_those_of_dates_follow() -> None:
    raw = RawArticle(source=SOURCE, raw_text=MORE, published="31/2/2024", notes=("mended",))
    assert document(raw).notes == ("mended", "date refused: '31/2/2024' (container): no such day")


@pytest.mark.parametrize(
    "line",
    ["Diakses 3 Maret 2024", "Disimpan pada 3 Maret 2024 10:00", "Archived on September 1, 2025",
     "Diunduh 3 Maret 2024", "Dicetak 3/3/2024", "Retrieved 3 March 2024", "Cached 2024-03-03"],
)  # fmt: skip
def test_the_day_of_a_copy_tells_neither_date_nor_byline(line: str) -> None:
    found = read(f"Petani Memanen Padi Lebih Awal\n{line}\n{LEAD}")
    assert (found.published, found.byline) == (None, None)
    assert line not in found.text


def test_an_update_line_is_no_byline() -> None:
    found = read(f"Petani Memanen Padi Lebih Awal\nUpdated 3 Maret 2024\n{LEAD}\n{MORE}")
    assert found.published is not None
    assert (found.published.date.iso, found.byline) == ("2024-02-21", None)


@pytest.mark.parametrize(
    ("text", "author", "byline"),
    [
        (LEAD, "Sari Dewi", "Sari Dewi"),
        (f"{LEAD}\nLaporan: Budi Santosa", "Sari Dewi", "Budi Santosa"),
        (f"{LEAD}\nEditor: Budi Santosa", "Sari Dewi", "Sari Dewi"),
        (f"{LEAD}\nEditor: Budi Santosa", "Kompas.com", "Budi Santosa"),
        (f"JAKARTA, KABARKITA.COM - {LEAD}", "kabarkita.com", None),
    ],
)
def test_the_containers_author_counts_where_the_text_names_no_writer(text: str, author: str, byline: str) -> None:
    assert read(text, author=author).byline == byline


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Petani Panen Padi", "Petani Panen Padi"),
        ("Petani panen padi", "Petani panen padi"),
        ("Kabar Desa", None),
        ("Rabu, 21 Februari 2024", None),
        ("Oleh: Sari Dewi", None),
    ],
)
def test_a_short_first_line_above_a_dateline_is_the_headline(first: str, title: str | None) -> None:
    assert read(f"{first}\nJAKARTA, KOMPAS.com - {LEAD}").title == title


def test_a_line_of_three_words_above_no_dateline_is_no_headline() -> None:
    assert read(f"Petani Panen Padi\n{LEAD}").title is None


def test_a_scrap_is_a_document_too() -> None:
    assert read("").text == ""
    assert read("   \n").language.code == "und"


PIECES = st.sampled_from(
    [LEAD, MORE, PAGE, "Share", "Baca juga: Panen Raya Tiba di Desa",
     "(abc)", "Editor: Sari", "Sumber: KCNA", "1. Panen", "Rabu, 21 Februari 2024",
     "Panen Raya di Desa Utara", "MOSKOW - Panen raya tiba di desa itu.", "\ud800", "\x00", "İ", "👩‍🌾", "\u2028"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.tuples(PIECES, st.sampled_from(["\n", " ", "", "\r\n"])), max_size=8).map(
        lambda parts: "".join(piece + gap for piece, gap in parts)
    ),
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.one_of(st.none(), st.text(max_size=30)), st.one_of(st.none(), st.text(max_size=30)))
def test_any_article_becomes_a_document_whose_spans_hold(text: str, said: str | None, url: str | None) -> None:
    found = document(RawArticle(source=SOURCE, raw_text=text, published=said, outlet=said, title=said, url=url))
    assert found.text == cut(text, found.removed)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found.removed))
    assert all(a.span.end <= b.span.start for a, b in pairwise(found.zones))
    assert all(0 <= zone.span.start < zone.span.end <= len(found.text) for zone in found.zones)
    places = OffsetMap(found.removed)
    for zone in found.zones:
        raw_span = places.span_to_raw(zone.span)
        assert text[raw_span.start] == found.text[zone.span.start]
        assert text[raw_span.end - 1] == found.text[zone.span.end - 1]


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_document_read_again_stays_as_it_is(text: str) -> None:
    once = read(text)
    again = read(once.text)
    assert again.text == once.text
    assert again.removed == ()
    assert again.id == once.id
    assert [zone.kind for zone in again.zones] == [zone.kind for zone in once.zones]

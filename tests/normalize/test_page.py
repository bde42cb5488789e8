"""Whole lines that are not the article: at the head, between paragraphs and at the foot."""

import pytest

from core.normalize.lines import split_lines
from core.normalize.page import Page, find_lines, is_date_line, title_number

LEAD = "Petani di lereng gunung itu memanen padi lebih awal karena hujan turun terus sejak awal bulan."
MORE = "Koperasi membeli gabah mereka dengan harga yang lebih baik daripada tahun lalu, kata Sari Dewi."
STRANGE = "Rute Baru Bus Kota Resmi Mulai Beroperasi"


def cut(text: str) -> list[tuple[str, str]]:
    lines = list(split_lines(text))
    found = sorted(find_lines(lines, text.lower()), key=lambda one: one.span.start)
    return [(one.span.of(text), one.rule) for one in found]


def test_the_head_loses_navigation_date_and_site_and_keeps_title_and_names() -> None:
    text = "\n".join(
        ["Menu", "Panen Padi Tiba Lebih Awal di Lereng Gunung", "Kompas.com - 20/02/2024, 14:15 WIB", "CNN Indonesia",
         "Sari Dewi", "Penulis", "JAKARTA, KOMPAS.com - " + LEAD, MORE]
    )  # fmt: skip
    assert cut(text) == [
        ("Menu", "page.navigation"),
        ("Kompas.com - 20/02/2024, 14:15 WIB", "header.date"),
        ("CNN Indonesia", "page.site-name"),
    ]


def test_other_headlines_above_the_title_go_and_its_copy_below() -> None:
    title = "Petani Memanen Padi Lebih Awal di Lereng"
    text = f"{STRANGE}\nLima Resep Kue dari Singkong dan Kelapa\n{title}\n{title}\n{LEAD}\n{MORE}"
    assert [rule for _, rule in cut(text)] == ["related.headline", "related.headline", "repeat.title"]


def test_a_standfirst_between_title_and_dates_stays() -> None:
    text = (
        f"Panen Padi Tiba Lebih Awal\n{LEAD}\nDiperbarui 20 Februari 2024, 13:03 WIB\n\nLiputan6.com, Jakarta - {MORE}"
    )
    assert cut(text) == [("Diperbarui 20 Februari 2024, 13:03 WIB", "header.date")]


@pytest.mark.parametrize(
    ("line", "is_cut"),
    [
        (STRANGE, True),
        ("Panen Padi Petani di Lereng Gunung Itu", False),
        ("Gemar Mobil Mewah", False),
        ("1. Rute Baru Bus Kota Resmi Mulai Beroperasi", False),
        ("Rute baru bus kota resmi mulai beroperasi", False),
        ("PT Angkutan Kota Sejahtera Tbk (AKST)", False),
    ],
)
def test_a_headline_of_something_else_between_paragraphs_goes(line: str, is_cut: bool) -> None:
    assert bool(cut(f"{LEAD}\n{line}\n{MORE}")) is is_cut


def test_a_caption_said_twice_goes_and_a_sentence_said_twice_stays() -> None:
    caption = "Petani di sawah desa"
    assert cut(f"{LEAD}\n{caption}\n{caption}\n{MORE}") == [(caption, "photo.caption-doubled")] * 2
    assert cut(f"{LEAD}\nMereka pulang.\nMereka pulang.\n{MORE}") == []


def test_the_name_below_an_opinion_stays() -> None:
    assert cut(f"{LEAD}\n{MORE}\nBudi Santosa,Pengamat Angkutan Kota, Mantan Ketua Koperasi Bus\nShare") == [
        ("Share", "page.share")
    ]


def test_headlines_below_the_last_paragraph_go() -> None:
    foot = [STRANGE, "Lima Resep Kue dari Singkong dan Kelapa", "Bupati Resmikan Jembatan di Kecamatan Utara"]
    text = "\n".join([LEAD, MORE, "Laporan: Sari Dewi", *foot])
    assert cut(text) == [(line, "related.headline") for line in foot]


@pytest.mark.parametrize(
    "foot",
    [
        ["Sari Dewi Lestari Ayu Ningsih Putri", "Budi Santosa Raharja Wijaya Kusuma Adi"],
        ["1. Panen Raya di Desa Utara", "2. Panen Raya di Desa Selatan"],
        ["Kita tunggu saja panen berikutnya."],
    ],
)
def test_lists_and_sentences_at_the_foot_stay(foot: list[str]) -> None:
    assert cut("\n".join([LEAD, MORE, *foot])) == []


def test_headlines_after_a_colon_are_a_list() -> None:
    foot = [STRANGE, "Lima Resep Kue dari Singkong dan Kelapa"]
    assert cut("\n".join([LEAD, MORE[:-1] + ":", *foot])) == []


def test_short_lines_below_furniture_go_with_it() -> None:
    text = f"{LEAD}\n{MORE}\nAntara kita saja\nShare\nList"
    assert [line for line, _ in cut(text)] == ["Share", "List"]


def test_a_label_takes_the_headlines_right_below_it() -> None:
    popular = ["Terpopuler", "Harga Telur di Pasar Kota Turun", "Lima Masjid Tua di Kota Ini"]
    text = "\n".join([LEAD, "Baca Juga", STRANGE, MORE, *popular])
    assert [line for line, _ in cut(text)] == ["Baca Juga", STRANGE, *popular]


def test_an_empty_label_takes_no_paragraph() -> None:
    assert cut(f"{LEAD}\nBaca Juga\n{MORE}") == [("Baca Juga", "link.read-also-label")]


def test_a_box_of_questions_goes_with_its_answers() -> None:
    box = ["FAQ", "Kapan panen raya tiba?", MORE, "Siapa yang membeli gabah petani?", "Koperasi desa."]
    assert [line for line, _ in cut("\n".join([LEAD, *box, LEAD + " Ya."]))] == box
    assert cut(f"{LEAD}\nTanya Jawab\n{MORE}") == []


def test_a_linked_word_on_its_own_line_stays() -> None:
    assert cut(f"{LEAD}\nKabar itu dilansir\nAFP\n, Rabu (21/2/2024), dan\nReuters\npada hari yang sama.\n{MORE}") == []
    assert cut(f"{LEAD}\nAFP\n{MORE}") == [("AFP", "photo.credit")]


def test_a_text_without_paragraphs_keeps_its_lines() -> None:
    assert cut("Panen Raya\nSari Dewi\nRabu, 21 Februari 2024") == []


@pytest.mark.parametrize(
    ("line", "is_date"),
    [
        ("Rabu, 14 Juni 2023 - 13:25 WIB", True),
        ("Kompas.com - 20/02/2024, 14:15 WIB", True),
        ("Sari Dewi - Rabu, 14 Juni 2023", False),
        ("Rapat digelar 14 Juni 2023", False),
    ],
)
def test_a_date_line_holds_nothing_else(line: str, is_date: bool) -> None:
    assert is_date_line(next(split_lines(line))) is is_date


def test_the_title_is_the_containers_where_it_stands_in_the_head() -> None:
    text = f"Panen Padi Petani di Lereng Gunung\nHujan Turun Terus Sejak Awal Bulan\n{LEAD}"
    page = Page(list(split_lines(text)), text.lower())
    assert title_number(page, 2) == 0
    assert title_number(page, 2, "Hujan Turun Terus Sejak Awal Bulan") == 1
    assert title_number(page, 0) is None

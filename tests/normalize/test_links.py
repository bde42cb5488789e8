"""Where a headline ends that a page ran into the article."""

import pytest

from core.normalize.links import features, link_end, split_pieces

BODY = "Sementara itu, petani di lereng gunung mengatakan hujan turun terus sejak awal bulan ini."


@pytest.mark.parametrize(
    ("headline", "rest"),
    [
        ("Harga Beras Naik Lagi di Pasar Induk", f" {BODY}"),
        ("Harga Beras Naik Lagi, Apa Sebabnya?", f" {BODY}"),
        ("Bupati Resmikan Jembatan Baru di Kecamatan Utara", f" Menurut warga, {BODY}"),
        ("Bupati Resmikan Jembatan Baru di Kecamatan Utara", f' "{BODY}'),
        ("Bupati Resmikan Jembatan Baru di Kecamatan Utara", f" &quot;{BODY}"),
        ("5 Cara Merawat Sepatu Kulit agar Awet", f" {BODY}"),
        ("Sekolah Desa Butuh Guru, Warga Turun Tangan", f"Namun, {BODY}"),
    ],
)
def test_a_headline_ends_where_the_article_goes_on(headline: str, rest: str) -> None:
    text = f"Baca juga: {headline}{rest}"
    start = len("Baca juga: ")
    assert text[start : link_end(text, start, len(text))] == headline


def test_a_headline_alone_takes_its_line() -> None:
    text = "Baca juga: Harga Beras Naik Lagi di Pasar Induk\nPetani menanam padi."
    assert text[link_end(text, 11, text.index("\n")) :].startswith("\nPetani")


def test_nothing_but_the_commas_goes_where_the_page_lost_the_headline() -> None:
    text = f"Baca juga:,, {BODY}"
    assert text[link_end(text, 10, len(text)) :] == BODY


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ('"Panen Raya Tiba di Desa" di sini: lalu', " lalu"),
        ("'Panen Raya Tiba':", ""),
        ("&quot;Panen Raya Tiba di Desa&quot; Warga pulang.", " Warga pulang."),
    ],
)
def test_a_quoted_headline_ends_with_its_marks(text: str, end: str) -> None:
    assert text[link_end(text, 0, len(text), may_be_quoted=True) :] == end


def test_a_link_in_brackets_ends_with_them() -> None:
    text = "Baca juga: Harga Beras Naik) kata petani itu."
    assert text[link_end(text, 11, len(text), in_brackets=True) :] == " kata petani itu."


def test_pieces_split_words_that_are_glued() -> None:
    assert [piece.text for piece in split_pieces("Naik LagiWarga pulang", 0, 21)] == ["Naik", "Lagi", "Warga", "pulang"]
    assert [piece.shape for piece in split_pieces("PBB di 2024 panen Raya", 0, 22)] == ["A", "s", "D", "w", "C"]


def test_a_name_of_the_article_speaks_against_a_break_inside_it() -> None:
    pieces = split_pieces("Warga Desa Maju Bersama panen", 0, 29)
    assert "pair" in set(features(pieces, 2, "koperasi Maju Bersama itu", closes_line=True))
    assert "pair" not in set(features(pieces, 2, "koperasi itu", closes_line=True))

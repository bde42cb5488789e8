"""The shape of lines: paragraph, sentence, headline, item, name."""

import pytest

from core.normalize.lines import Line, capital_share, content_words, split_lines

LONG = "Petani di lereng gunung itu memanen padi lebih awal karena hujan turun terus sejak awal bulan."


def line(text: str) -> Line:
    return Line(0, len(text), text)


def test_lines_are_split_without_the_blanks_around_them() -> None:
    text = "\n \u00a0Satu dua \t\n\n\u200b\nTiga\r\n"
    assert [(one.start, one.end, one.text) for one in split_lines(text)] == [(3, 11, "Satu dua"), (17, 21, "Tiga")]


@pytest.mark.parametrize(
    ("text", "paragraph", "body", "headline"),
    [
        (LONG, True, True, False),
        ("Harga Beras Naik Lagi di Pasar Induk", False, False, True),
        ("Harga Beras Naik Lagi di Pasar Induk.", False, False, False),
        ("Harga beras naik lagi di pasar induk", False, False, False),
        ("Warga pun pulang.", False, True, False),
        ("Panen Raya", False, False, False),
        ("1. Beras", False, True, False),
        ("Ia pulang", False, False, False),
        ("Share", False, False, False),
    ],
)
def test_a_line_is_known_by_its_shape(text: str, paragraph: bool, body: bool, headline: bool) -> None:
    one = line(text)
    assert (one.is_paragraph, one.is_body, one.is_headline) == (paragraph, body, headline)


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("Sari Dewi", True),
        ("Tim Redaksi", True),
        ("Sari Dewi, Budi Santosa", True),
        ("sari dewi", False),
        ("Sari menanam padi", False),
    ],
)
def test_a_name_is_capitalised_words_only(text: str, is_name: bool) -> None:
    assert line(text).is_name is is_name


def test_small_words_do_not_count_against_a_headline() -> None:
    assert capital_share(["Petani", "di", "Desa", "dan", "Kota"]) == 1.0
    assert capital_share(["di", "dan"]) == 0.0
    assert capital_share(["Petani", "menanam"]) == 0.5


def test_a_line_shares_words_with_a_body() -> None:
    body = content_words(["Petani memanen padi di sawah"])
    assert line("Padi Petani Desa").shares_words(body) == pytest.approx(2 / 3)
    assert line("Bus Kota Baru").shares_words(body) == 0.0
    assert line("di ke").shares_words(body) == 1.0

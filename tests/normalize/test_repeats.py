"""What a page says twice."""

from core.normalize.lines import split_lines
from core.normalize.repeats import find_repeats

LONG = "Petani di lereng gunung itu memanen padi lebih awal karena hujan turun terus sejak awal bulan. "


def _cut(text: str) -> list[tuple[str, str]]:
    return [(one.rule, one.span.of(text)) for one in find_repeats(text, list(split_lines(text)))]


def test_the_second_copy_of_a_paragraph_goes() -> None:
    other = "Pasar desa ramai sejak pagi karena harga beras turun tajam pekan ini."
    assert _cut(f"{LONG}\n{other}\n{LONG}") == [("repeat.paragraph", LONG.strip())]


def test_short_lines_may_stand_twice() -> None:
    assert _cut("Panen raya\nPanen raya\n") == []


def test_a_body_saved_twice_in_one_line_is_kept_once() -> None:
    body = LONG + "Koperasi membeli gabah mereka dengan harga yang lebih baik daripada tahun lalu. " * 2
    text = body + body
    assert _cut(text) == [("repeat.body", body)]


def test_a_start_that_comes_again_in_other_words_stays() -> None:
    assert (
        _cut(f"{LONG} Lalu mereka pulang. {LONG} Namun, kali ini tidak semua petani ikut memanen padi di sawah.") == []
    )

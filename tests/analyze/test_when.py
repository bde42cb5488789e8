from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analyze.when import find_when, own_date

WEDNESDAY = date(2024, 2, 21)

DATES = [
    ("Mobil itu tiba pada 18 Februari 2024.", "2024-02-18", "2024-02-18"),
    ("Mobil itu tiba pada Minggu (18/2/2024).", "2024-02-18", "2024-02-18"),
    ("Mobil itu tiba pada Minggu.", "2024-02-18", "2024-02-18"),
    ("Mobil itu tiba hari Rabu.", "2024-02-21", "2024-02-21"),
    ("Mobil itu tiba pada 18 Februari.", "2024-02-18", "2024-02-18"),
    ("Mobil itu tiba pada 18 Desember.", "2023-12-18", "2023-12-18"),
    ("Mobil itu tiba kemarin.", "2024-02-20", "2024-02-20"),
    ("Mobil itu tiba tiga minggu lagi, 3 hari lalu dipesan.", "2024-02-18", "2024-02-18"),
    ("Mobil itu tiba pekan lalu.", "2024-02-12", "2024-02-18"),
    ("Mobil itu tiba bulan lalu.", "2024-01-01", "2024-01-31"),
    ("Mobil itu tiba September lalu.", "2023-09-01", "2023-09-30"),
    ("Mobil itu tiba Februari lalu.", "2023-02-01", "2023-02-28"),
    ("Mobil itu tiba Februari.", "2024-02-01", "2024-02-29"),
    ("Mobil itu tiba September tahun lalu.", "2023-09-01", "2023-09-30"),
    ("Mobil itu tiba pada April 2019.", "2019-04-01", "2019-04-30"),
    ("Mobil itu tiba pada 2019.", "2019-01-01", "2019-12-31"),
    ("Mobil itu tiba tahun lalu.", "2023-01-01", "2023-12-31"),
    # near misses
    ("Mobil itu tiba dengan 2.000 tentara.", None, None),
    ("Mobil itu menunggu dua minggu.", None, None),
    ("Nilainya 18/2 dari semuanya.", None, None),
    ("Mobil itu tiba pada 31 Februari.", None, None),
]


@pytest.mark.parametrize(("text", "first", "last"), DATES)
def test_dates_are_resolved_against_the_day_of_publication(text: str, first: str | None, last: str | None) -> None:
    found = own_date(text, WEDNESDAY)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last) if found else (first is None)


NOT_OF_THE_EVENT = [
    "Putin memberi mobil, kata media itu pada 20 Februari.",
    "Dilansir KCNA, Rabu (21/2/2024), mobil itu tiba.",
    "Kedua negara mengumumkan, Selasa (20/2), mobil itu tiba.",
    "Putin memberi mobil setelah kunjungan Kim pada September.",
    "Mobil itu disukai Kim ketika ia ke Rusia pada 2023.",
]


@pytest.mark.parametrize("text", NOT_OF_THE_EVENT)
def test_the_day_of_a_report_or_of_something_else_is_not_that_of_the_event(text: str) -> None:
    assert own_date(text, WEDNESDAY) is None
    assert find_when(text, WEDNESDAY) != ()


def test_what_is_said_may_hold_the_day_of_the_event() -> None:
    found = own_date("KCNA melaporkan sedan itu diterima pada Minggu.", WEDNESDAY)
    assert found is not None
    assert found.first == date(2024, 2, 18)


def test_an_undated_article_resolves_only_what_stands_in_full() -> None:
    assert own_date("Mobil itu tiba pada Minggu.", None) is None
    assert own_date("Mobil itu tiba kemarin.", None) is None
    full, bare = own_date("Tiba pada 18 Februari 2024.", None), own_date("Tiba pada 18 Februari.", None)
    assert full is not None
    assert full.is_day
    assert bare is not None
    assert (bare.first, bare.yearless) == (None, (2, 18))


@settings(max_examples=50, deadline=None)
@given(
    st.text(max_size=80) | st.from_regex(r"(\d{1,2} (Mei|Februari)|\(\d\d?/\d\d?\)|\d{1,3} tahun lalu)", fullmatch=True)
)
def test_no_text_breaks_it_and_every_date_stands_where_it_says(text: str) -> None:
    for published in (WEDNESDAY, None):
        for found in find_when(text, published):
            assert text[found.start : found.end] == found.text
            assert found.first is None or found.last is None or found.first <= found.last

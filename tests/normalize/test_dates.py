"""The grammar of dates: what is written, how precise it is, whether it can be."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.normalize.dates import find_dates, header_date, is_update
from core.normalize.relative import resolve

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
HOME = timezone(timedelta(hours=7))
WRITTEN = datetime(2024, 2, 21, 10, 0, tzinfo=HOME)


def isos(text: str) -> list[str | None]:
    return [one.partial.iso if one.partial else None for one in find_dates(text)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Rabu (21/2/2024)", "2024-02-21"),
        ("Rabu, (21/2/2024)", "2024-02-21"),
        ("Senin (27/2/2023. lalu", "2023-02-27"),
        ("Rabu, 14 Juni 2023 - 13:25 WIB", "2023-06-14T13:25+07:00"),
        ("Kamis, 21 Mei 2026 05:45 WIB", "2026-05-21T05:45+07:00"),
        ("Rabu, 14 Juni 2023, pukul 13.25 WITA", "2023-06-14T13:25+08:00"),
        ("14 Juni 2023 | 13:25 WIT", "2023-06-14T13:25+09:00"),
        ("20/02/2024, 14:15 WIB", "2024-02-20T14:15+07:00"),
        ("bulan September 2023", "2023-09"),
        ("Ahad 15 September 2019", "2019-09-15"),
        ("Jum'at, 17 Mei 2024", "2024-05-17"),
        ("Jum’at (17/5/2024)", "2024-05-17"),
        ("Jumʼat, 23 Februari 2024 10:00 WIB", "2024-02-23T10:00+07:00"),
        ("Jum`at, 23 Februari 2024", "2024-02-23"),
        ("Jum´at, 23 Februari 2024", "2024-02-23"),
        ("Jum‘at, 23 Februari 2024", "2024-02-23"),
        ("Jumʼat, 22 Februari 2024", None),
        ("Jum´at, 22 Februari 2024", None),
        ("25 Apr 2019 15:14 WIB", "2019-04-25T15:14+07:00"),
        ("10-Sep-19", "2019-09-10"),
        ("7 Agt 2024", "2024-08-07"),
        ("2024-02-21", "2024-02-21"),
        ("2024/2/21", "2024-02-21"),
        ("2023-02-27T21:47:50+07:00", "2023-02-27T21:47+07:00"),
        ("2023-02-27T14:47:50Z", "2023-02-27T14:47+00:00"),
        ("October 19, 2019", "2019-10-19"),
        ("Oct 2, 2019", "2019-10-02"),
        ("19 October 2019", "2019-10-19"),
        ("2/21/24", "2024-02-21"),
        ("10/22/2025 8:47", "2025-10-22T08:47+07:00"),
        ("tahun 2017", "2017"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_precisely_as_it_is_written(text: str, iso: str) -> None:
    assert isos(text) == [iso]


@pytest.mark.parametrize(
    ("text", "day", "month", "weekday"),
    [("(7/10)", 7, 10, None), ("Jumat (7/10)", 7, 10, 4), ("18 Februari", 18, 2, None), ("Kamis (14/08)", 14, 8, 3)],
)
def test_a_day_without_a_year_is_no_date_yet(text: str, day: int, month: int, weekday: int | None) -> None:
    (found,) = find_dates(text)
    assert (found.day, found.month, found.weekday, found.partial) == (day, month, weekday, None)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Selasa (8/10/2024)", "2024-10-08"),
        ("Sabtu (10/8/2024)", "2024-08-10"),
        ("Sabtu (8/10/2024)", "2024-08-10"),
        ("Kamis (10/8/2024)", None),
    ],
)
def test_the_weekday_decides_on_day_and_month(text: str, iso: str | None) -> None:
    assert isos(text) == [iso]


@pytest.mark.parametrize("text", ["31/2/2024", "Rabu (31/2/2024)", "30 Februari 2024", "2024-13-40", "31/4/2023"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    (found,) = find_dates(text)
    assert found.problem == "no such day"
    assert found.partial is None


def test_a_weekday_that_does_not_fit_is_refused() -> None:
    (found,) = find_dates("Senin (14/6/2022)")
    assert found.problem == "the weekday does not fit"


def test_numbers_that_read_both_ways_say_so() -> None:
    assert [one.ambiguous for one in find_dates("7/8/2025, 7/7/2025, 20/8/2025, Jumat (8/8/2025)")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "naik 2,5/1,5 poin",
        "skor 22-20 dan 21-15",
        "Rp 1.500/kg",
        "versi 2.10.1",
        "jalan 5/6-7/8",
        "RT 02/RW 05",
        "20.000 hingga 50.000",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert find_dates(text) == ()


def test_the_evidence_is_what_was_read() -> None:
    text = "kata Sari di Jakarta, Rabu (21/2/2024), lalu pada bulan Mei 2023."
    assert [text[one.start : one.end] for one in find_dates(text)] == ["Rabu (21/2/2024)", "Mei 2023"]
    assert all(one.text == text[one.start : one.end] for one in find_dates(text))


@pytest.mark.parametrize(
    ("line", "iso", "beside"),
    [
        ("Rabu, 14 Juni 2023 - 13:25 WIB", "2023-06-14T13:25+07:00", ""),
        ("Kompas.com - 20/02/2024, 14:15 WIB", "2024-02-20T14:15+07:00", "Kompas.com"),
        ("Diperbarui 20 Feb 2024, 15:00 WIB Diterbitkan 20 Feb 2024, 14:05 WIB", "2024-02-20T14:05+07:00", ""),
        ("Redaksi Kita • 21 Oktober 2024 18:31", "2024-10-21T18:31+07:00", "Redaksi Kita"),
    ],
)
def test_a_date_line_gives_its_date_and_what_stands_beside(line: str, iso: str, beside: str) -> None:
    found = header_date(line)
    assert found is not None
    assert found[0].partial is not None
    assert (found[0].partial.iso, found[1]) == (iso, beside)


@pytest.mark.parametrize(
    "line", ["Panen raya tiba", "Panen 2024", "Mei 2024", "Jumat (7/10)", "x" * 150 + " 20/02/2024"]
)
def test_a_line_without_a_whole_day_is_no_date_line(line: str) -> None:
    assert header_date(line) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("kemarin", "2024-02-20"), ("hari ini", "2024-02-21"), ("besok", "2024-02-22"), ("lusa", "2024-02-23"),
        ("kemarin lusa", "2024-02-19"), ("3 hari lalu", "2024-02-18"), ("sepekan yang lalu", "2024-02-14"),
        ("2 jam yang lalu", "2024-02-21T08:00+07:00"), ("dalam 43 menit", "2024-02-21T10:43+07:00"),
        ("sebulan yang lalu", "2024-01"), ("2 bulan lalu", "2023-12"), ("setahun yang lalu", "2023"),
        ("5 years ago", "2019"),
        ("lain kali", None), ("99999 tahun lalu", None), ("3 hari raya", None),
    ],
)  # fmt: skip
def test_a_relative_date_is_told_from_the_day_of_writing(text: str, iso: str | None) -> None:
    found = resolve(text, WRITTEN)
    assert (found.iso if found else None) == iso


def test_the_date_strings_of_another_parser_are_read(shared_data: Path) -> None:
    rows = (shared_data / "dates" / "id_cases.tsv").read_text(encoding="utf-8").splitlines()[1:]
    texts = [row.split("\t")[0] for row in rows if row.strip()]
    assert len(texts) == 18
    unread = [text for text in texts if not any(isos(text)) and resolve(text, WRITTEN) is None]
    assert unread == []


@settings(max_examples=80, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_every_day_is_read_back_from_either_form(day: date) -> None:
    weekday = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")[day.weekday()]
    assert isos(f"{weekday} ({day.day}/{day.month}/{day.year})") == [day.isoformat()]
    assert isos(f"{weekday}, {day.day} {MONTHS[day.month - 1]} {day.year}") == [day.isoformat()]


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="0123456789/-.,:()TZ +JanuriMeSelasbtWIB\n", max_size=80))
def test_any_text_gives_dates_that_stand_in_it(text: str) -> None:
    for one in find_dates(text):
        assert one.text == text[one.start : one.end]
        assert one.partial is None or one.problem is None


@pytest.mark.parametrize(
    ("line", "update"),
    [
        ("Diperbarui: 3 Maret 2024, 10:00 WIB", True),
        ("Updated 3 Maret 2024", True),
        ("1 Maret 2024 | Diperbarui 3 Maret 2024", False),
        ("Terbit 1 Maret 2024", False),
        ("Diperbarui warga", False),
    ],
)
def test_a_line_of_updates_alone_is_told_from_one_with_a_first_date(line: str, update: bool) -> None:
    assert is_update(line) is update


@pytest.mark.parametrize(
    "label", ["Diakses", "Disimpan pada", "Archived on", "Diunduh", "Dicetak", "Retrieved", "Cached"]
)
def test_the_day_of_a_copy_is_no_header_date(label: str) -> None:
    assert header_date(f"{label} 3 Maret 2024") is None
    beside = header_date(f"{label} 3 Maret 2024 | Terbit 1 Maret 2024")
    assert beside is not None
    assert (beside[0].day, beside[1]) == (1, "")


def test_a_date_turned_for_its_weekday_alone_says_so() -> None:
    assert [one.by_weekday for one in find_dates("Kamis 2/1/2024, Selasa 2/1/2024, 2/1/2024, 1/31/2024")] == [
        True, False, False, False,
    ]  # fmt: skip

"""Which of the dates that an article carries is the day of publication."""

import pytest

from core.model import PartialDate, RawArticle, Source
from core.normalize.publication import in_conflict, published

BODY = '"Panen tiba," kata Sari, Rabu (21/2/2024).'
URL = "https://kabar.co.id/read/2024/02/20/1/panen"


def article(text: str = BODY, **container: str) -> RawArticle:
    return RawArticle(source=Source(name="a.txt", sha256="0" * 64, record=0), raw_text=text, **container)


def told(raw: RawArticle, *header: str) -> tuple[str, str] | None:
    found, _ = published(raw, raw.raw_text, header)
    return (found.date.iso, found.basis) if found else None


def test_container_header_address_and_text_are_asked_in_this_order() -> None:
    header = "Kamis, 22 Februari 2024 - 13:25 WIB"
    assert told(article(url=URL, published="2024-02-19T10:00:00+07:00"), header) == (
        "2024-02-19T10:00+07:00",
        "container",
    )
    assert told(article(url=URL), header) == ("2024-02-22T13:25+07:00", "header")
    assert told(article(url=URL)) == ("2024-02-20", "url")
    assert told(article()) == ("2024-02-21", "reporting_day")
    assert told(article("Panen tiba.")) is None


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://kabar.com/read/2024/02/20/1415/x", "2024-02-20"),
        ("https://kabar.com/read/20240220/19/1/x", "2024-02-20"),
        ("https://kabar.com/ekonomi/20240220131802-85-495633/x", "2024-02-20"),
        ("https://kabar.com/2024/02/x.html", "2024-02"),
        ("https://kabar.com/read/1/174/x-1708419767", "2024-02-20"),
        ("https://kabar.com/berita-20240221-x", "2024-02-21"),
        ("https://kabar.com/panen-2024-02-21.html", "2024-02-21"),
        ("https://kabar.com/2024/02/21/", "2024-02-21"),
        ("https://kabar.com/2024/02/21", "2024-02-21"),
        ("https://kabar.com/berita-20241321-x", None),
        ("https://kabar.com/berita-202402211-x", None),
        ("https://kabar.com/berita?id=x-20240221", None),
        ("https://kabar.com/d-8506608/x", None),
        ("https://kabar.com/2024/13/45/x", None),
        ("https://kabar.com/read/2023/02/30/x", None),
        ("https://kabar.com/berita/20121011", None),  # numbers of articles that look like dates
        ("https://kabar.com/berita/20121011.html", None),
        ("https://kabar.com/dunia-20121011", None),
        ("https://kabar.com/berita/2001123/x", None),
        ("https://kabar.com/berita/201210115/x", None),
        ("https://kabar.com/berita/201210/x", None),
        ("https://kabar.com/berita/20121011997799/x", None),
        ("https://kabar.com/berita/20240220", None),
        ("https://kabar.com/berita/202402201318", "2024-02-20"),
    ],
)
def test_an_address_may_hold_the_date(url: str, iso: str | None) -> None:
    found = told(article("Panen tiba.", url=url))
    assert (found[0] if found else None) == iso


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2019-09-14 00:00:00", "2019-09-14"),
        ("2023-02-27 16:44:39", "2023-02-27T16:44+07:00"),
        ("Rabu, 21 Feb 2024 08:30 WIB", "2024-02-21T08:30+07:00"),
        ("September 2023", "2023-09"),
        ("1708484400", "2024-02-21T03:00+00:00"),
        ("1708484400000", "2024-02-21T03:00+00:00"),
        ("1708484400.0", "2024-02-21T03:00+00:00"),
        ("170848440", None),
        ("9999999999", None),
        ("2 jam yang lalu", None),
        ("Rabu (31/2/2024)", None),
        ("sekarang", None),
        ("2098-01-01", None),
        ("1945-08-17", None),
    ],
)
def test_what_the_container_says_is_read_or_refused(written: str, iso: str | None) -> None:
    found = told(article("Panen tiba.", published=written))
    assert (found[0] if found else None) == iso


def test_a_date_that_cannot_be_leaves_a_note_and_the_next_basis_tells() -> None:
    found, notes = published(article(published="31/2/2024"), BODY, ())
    assert found is not None
    assert found.basis == "reporting_day"
    assert notes == ("date refused: '31/2/2024' (container): no such day",)


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ("0000-00-00", "date refused: '0000-00-00' (container): no date can be read in it"),
        ("kapan-kapan", "date refused: 'kapan-kapan' (container): no date can be read in it"),
        ("nan", None),
        (" - ", None),
        ("2024", None),
        ("2024-02-21", None),
    ],
)
def test_a_container_without_a_date_leaves_a_note(written: str, note: str | None) -> None:
    assert published(article(published=written), "Panen tiba.", ())[1] == ((note,) if note else ())


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("Kamis (21/2/2024)", "date refused: 'Kamis (21/2/2024)' (text): the weekday does not fit"),
        ("Rabu (31/2/2024)", "date refused: 'Rabu (31/2/2024)' (text): no such day"),
        ("Rabu (31/2)", "date refused: 'Rabu (31/2)' (text): no such day"),
        ("Rabu (21/2/2024)", None),
        ("pasal (31/2)", None),
    ],
)
def test_a_date_of_the_text_that_cannot_be_leaves_a_note(said: str, note: str | None) -> None:
    assert published(article(), f'"Panen tiba," kata Sari, {said}.', ())[1] == ((note,) if note else ())


def test_the_same_refused_date_is_noted_once_and_many_are_cut_short() -> None:
    head = "Kamis, 21 Februari 2024"
    assert len(published(article(), f"{head}\n{head}", (head,))[1]) == 1
    wrong = " ".join(f"Panen pada {day} Februari 2024." for day in range(30, 40))
    assert len(published(article(), wrong, ())[1]) == 5


def test_an_update_counts_when_nothing_else_tells() -> None:
    update = "Terakhir diperbarui 3 Maret 2024"
    assert told(article("Panen tiba."), update) == ("2024-03-03", "header")
    assert told(article("Panen tiba."), update, "Jumat, 1 Maret 2024") == ("2024-03-01", "header")
    assert told(article("Panen tiba.", url=URL), update) == ("2024-02-20", "url")
    assert told(article(), update) == ("2024-02-21", "reporting_day")
    assert told(article("Panen tiba."), "Updated 3 Maret 2024 | Terbit 1 Maret 2024") == ("2024-03-01", "header")


def test_numbers_that_read_both_ways_follow_the_text() -> None:
    text = '"Panen tiba," kata Sari, Rabu (8/10/2025).'
    assert told(article(text, published="10/8/2025 6:07")) == ("2025-10-08T06:07+07:00", "container")
    assert told(article("Panen tiba.", published="10/8/2025")) == ("2025-08-10", "container")


def test_a_container_with_day_and_month_in_each_others_place_follows_the_address() -> None:
    raw = article("Panen tiba.", published="2019-10-09", url="https://kabar.com/read/2019/09/10/1/x")
    assert told(raw) == ("2019-09-10", "container")


def test_a_conflict_is_noted() -> None:
    found, notes = published(article(published="2023-01-05"), BODY, ())
    assert found is not None
    assert found.date.iso == "2023-01-05"
    assert notes == ("date conflict: container says 2023-01-05, reporting_day says 2024-02-21",)


def test_a_month_is_made_a_day_by_what_agrees_with_it() -> None:
    assert told(article(url="https://kabar.com/2024/02/x.html")) == ("2024-02-21", "reporting_day")
    assert told(article(url="https://kabar.com/2023/02/x.html")) == ("2023-02", "url")


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        (("2024-02-21", "day"), ("2024-02-25", "day"), False),
        (("2024-02-21", "day"), ("2024-03-25", "day"), True),
        (("2024-02", "month"), ("2024-02-25", "day"), False),
        (("2024", "year"), ("2024-02", "month"), False),
        (("2023", "year"), ("2024-02-01", "day"), True),
    ],
)
def test_dates_conflict_at_the_coarser_precision(one: tuple, other: tuple, conflict: bool) -> None:
    first, second = (PartialDate(iso=iso, precision=precision) for iso, precision in (one, other))
    assert in_conflict(first, second) is in_conflict(second, first) is conflict


def test_a_number_that_closes_an_address_is_a_date_where_the_text_speaks_of_its_year() -> None:
    assert told(article("Panen raya tahun 2024 tiba.", url="https://kabar.com/berita/20240220")) == (
        "2024-02-20",
        "url",
    )
    assert told(article("Panen raya tahun 2023 tiba.", url="https://kabar.com/berita/20240220")) is None

"""Places in text and in raw_text are the same places."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import Document, Language, PartialDate, Removed, Source, Span, Zone, cut, plain_spaces
from core.offsets import OffsetMap


@st.composite
def cut_texts(draw: st.DrawFn) -> tuple[str, tuple[Removed, ...]]:
    text = draw(st.text(min_size=1, max_size=80))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return text, tuple(Removed(span=Span(start=start, end=end), rule="test") for start, end in pairs)


@given(cut_texts())
def test_every_character_of_text_is_where_the_map_says(case: tuple[str, tuple[Removed, ...]]) -> None:
    raw, removed = case
    text, places = cut(raw, removed), OffsetMap(removed)
    for offset, character in enumerate(text):
        assert raw[places.to_raw(offset)] == character
        assert places.to_text(places.to_raw(offset)) == offset


@given(cut_texts())
def test_a_span_covers_its_first_and_last_character(case: tuple[str, tuple[Removed, ...]]) -> None:
    raw, removed = case
    text, places = cut(raw, removed), OffsetMap(removed)
    if text:
        span = places.span_to_raw(Span(start=0, end=len(text)))
        assert raw[span.start] == text[0]
        assert raw[span.end - 1] == text[-1]


def test_a_place_inside_a_cut_is_where_the_cut_stands() -> None:
    places = OffsetMap((Removed(span=Span(start=3, end=7), rule="test"),))
    assert [places.to_text(offset) for offset in (2, 3, 5, 6, 7, 8)] == [2, 3, 3, 3, 3, 4]


@pytest.mark.parametrize(
    ("iso", "precision", "day"),
    [
        ("2023", "year", None),
        ("2023-09", "month", None),
        ("2024-02-21", "day", date(2024, 2, 21)),
        ("2023-06-14T13:25+07:00", "minute", date(2023, 6, 14)),
    ],
)
def test_only_a_day_has_a_day(iso: str, precision: str, day: date | None) -> None:
    assert PartialDate(iso=iso, precision=precision).day == day  # type: ignore[arg-type]


def test_what_stands_outside_a_zone_is_body() -> None:
    zones = (
        Zone(span=Span(start=0, end=5), kind="title", rule="test"),
        Zone(span=Span(start=6, end=10), kind="dateline", rule="test"),
    )
    document = Document(
        id="x",
        source=Source(name="x.txt", sha256="0" * 64, record=0),
        raw_text="Judul KOTA - isi",
        text="Judul KOTA - isi",
        removed=(),
        zones=zones,
        language=Language(code="id", confidence=1.0),
    )
    assert [document.kind_at(place) for place in (0, 4, 5, 6, 9, 10, 15)] == [
        "title", "title", "body", "dateline", "dateline", "body", "body",
    ]  # fmt: skip


def test_rules_read_no_break_spaces_as_spaces_at_the_same_places() -> None:
    assert plain_spaces("Korea\u00a0Utara dan\u00a0Rusia") == "Korea Utara dan Rusia"

"""Cutting: what goes, what stays between, and that one round leaves nothing for the next."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model import Removed, Span, cut
from core.normalize.furniture import find_layout, find_removed, merge
from core.resources import load_yaml

LEAD = "Petani di lereng gunung itu memanen padi lebih awal karena hujan turun terus sejak awal bulan."
MORE = "Koperasi membeli gabah mereka dengan harga yang lebih baik daripada tahun lalu, kata Sari Dewi."


def cleaned(text: str) -> str:
    return cut(text, find_removed(text))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (f"{LEAD}\nBaca juga: Harga Beras Naik Lagi di Pasar Induk\n{MORE}", f"{LEAD}\n{MORE}"),
        (f"{LEAD} Baca juga: Harga Beras Naik Lagi di Pasar Induk {MORE}", f"{LEAD} {MORE}"),
        (f"{LEAD} Baca juga: Harga Beras Naik Lagi{MORE}", f"{LEAD} {MORE}"),
        (f"{LEAD}\nBaca Juga\n{MORE}", f"{LEAD}\n{MORE}"),
        (f"{LEAD}\nSCROLL TO CONTINUE WITH CONTENT\n{MORE}", f"{LEAD}\n{MORE}"),
        (f"{LEAD} SCROLL TO CONTINUE WITH CONTENT {MORE}", f"{LEAD} {MORE}"),
        (f"['{LEAD} {MORE}']", f"{LEAD} {MORE}"),
        (f", , - {LEAD},_x000D_\n\t\t\t", LEAD),
        (f" - {LEAD}", LEAD),
        (f"{LEAD} {MORE} (adv)", f"{LEAD} {MORE}"),
        (f"\n\n {LEAD} \u00a0\n\n\n\u200b\n{MORE}\n\n", f"{LEAD}\n{MORE}"),
        (f"{LEAD}\nSimak juga Video: Harga Emas Turun Lagi, Pengamat: Jual!\n\n\n", LEAD),
        (f"{LEAD}\nTonton juga \"Panen Raya Tiba\" di sini:\n{MORE}", f"{LEAD}\n{MORE}"),
        (f"{LEAD}\nFoto/Reuters\n{MORE}", f"{LEAD}\n{MORE}"),
        (LEAD, LEAD),
        ("", ""),
        (" \n\t ", ""),
    ],
)  # fmt: skip
def test_furniture_goes_and_the_article_stays(raw: str, text: str) -> None:
    assert cleaned(raw) == text


def test_every_cut_names_its_rule() -> None:
    text = f"{LEAD}\n\nBaca juga: Harga Beras Naik Lagi di Pasar\nShare"
    assert [(one.rule, one.span.of(text)) for one in find_removed(text)] == [
        ("layout.edge", "\n"),
        ("layout.blank-lines", "\n"),
        ("link.read-also", "Baca juga: Harga Beras Naik Lagi di Pasar"),
        ("layout.edge", "\n"),
        ("page.share", "Share"),
    ]


def test_where_cuts_overlap_the_first_keeps_its_stretch() -> None:
    pieces = [
        Removed(span=Span(start=a, end=b), rule=rule)
        for a, b, rule in ((4, 9, "b"), (0, 6, "a"), (5, 6, "c"), (9, 9, "d"))
    ]
    assert [(one.span.start, one.span.end, one.rule) for one in merge(iter(pieces))] == [(0, 6, "a"), (6, 9, "b")]


def test_layout_keeps_one_line_break_between_lines() -> None:
    text = "  satu \n\n dua\n"
    assert cut(text, merge(find_layout(text))) == "satu\ndua"


def _fragments() -> list[str]:
    examples = [
        text for row in load_yaml("furniture.yaml") for kind in ("match", "miss") for text in row["examples"][kind]
    ]
    named = [text for row in load_yaml("credits.yaml")["rules"] for text in row["examples"]["match"]]
    shapes = [
        LEAD,
        MORE,
        "JAKARTA, KOMPAS.com - " + LEAD,
        "Panen Raya di Desa",
        "1. Beras",
        "(abc)",
        "20/02/2024, 14:15 WIB",
    ]
    return examples + named + shapes


PAGES = st.lists(
    st.tuples(st.sampled_from(_fragments()), st.sampled_from(["\n", "\n\n", " ", "", ", ", "\u00a0\n", '"', "'", "."])),
    max_size=12,
).map(lambda parts: "".join(piece + gap for piece, gap in parts))


@settings(max_examples=150, deadline=None)
@given(PAGES)
def test_cuts_are_in_order_and_leave_nothing_more_to_cut(page: str) -> None:
    removed = find_removed(page)
    assert all(0 <= one.span.start < one.span.end <= len(page) for one in removed)
    assert all(a.span.end <= b.span.start for a, b in pairwise(removed))
    again = find_removed(cut(page, removed))
    assert [one.rule for one in again] == []


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_cleaned(text: str) -> None:
    assert len(cleaned(text)) <= len(text)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "A ",
        "a.",
        "a-",
        "aA",
        ", ",
        ". ",
        "1/",
        "(",
        '"',
        "> ",
        "#a ",
        "| ",
        "\u00a0",
        "&quot;",
        "Senin (",
        "Baca juga: ",
        "12/12/",
        "Foto/",
        "- ",
    ],
)
def test_long_runs_of_one_thing_end(unit: str) -> None:
    """Hangs, if some pattern tries every way to split a run; the suite's own limit then tells."""
    text = LEAD + "\n" + unit * (30_000 // len(unit)) + "\n" + MORE
    assert cleaned(text).startswith(LEAD)

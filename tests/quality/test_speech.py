"""Speech and sources hold their floors on annotated articles."""

import json
from pathlib import Path

import pytest

from core.model import Quote, Span
from tests.quality import measure_speech
from tests.quality.measure_speech import Score, match_quotes, overlap, same_name, same_source

FLOORS = json.loads((Path(__file__).parent / "floors" / "speech.json").read_text(encoding="utf-8"))
CHECKSUMS = {name for name in FLOORS if name.endswith("sha256")}


@pytest.fixture(scope="module")
def figures(shared_data: Path) -> dict[str, float | str]:
    return measure_speech.measure(shared_data)


@pytest.mark.parametrize("name", sorted(CHECKSUMS))
def test_the_floors_speak_of_this_data(figures: dict[str, float | str], name: str) -> None:
    assert figures[name] == FLOORS[name]


@pytest.mark.parametrize("name", sorted(FLOORS.keys() - CHECKSUMS))
def test_figures_do_not_fall(figures: dict[str, float | str], name: str) -> None:
    assert figures[name] >= FLOORS[name]


# ---------------------------------------------------------------- the measuring itself


def quote_at(start: int, end: int) -> Quote:
    return Quote(
        content=Span(start=start, end=end),
        kind="direct",
        speaker="Rina Sari",
        speaker_entity=None,
        speaker_span=None,
        cue="kata",
        rule="test",
    )


def test_overlap_is_a_part_of_the_longer_stretch() -> None:
    assert overlap(Span(start=0, end=10), Span(start=5, end=10)) == pytest.approx(0.5)
    assert overlap(Span(start=0, end=10), Span(start=0, end=40)) == pytest.approx(0.25)
    assert overlap(Span(start=0, end=10), Span(start=10, end=20)) == 0


def test_a_found_quote_answers_one_annotated_quote_at_most() -> None:
    gold = [(Span(start=0, end=10), {"n": 1}), (Span(start=0, end=12), {"n": 2})]
    pairs, left = match_quotes(gold, [quote_at(0, 11), quote_at(50, 60)])
    assert [found is not None for _, found in pairs] == [True, False]
    assert [quote.content.start for quote in left] == [50]


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Rina Sari", "Rina Sari", True),
        ("Rina Sari", "Sari", True),
        ("Rina Sari", "Rina Dewi", False),
        ("Rina Sari", None, False),
        (None, "seorang pejabat", True),
        (None, "Rina Sari", False),
    ],
)
def test_names_are_compared_by_their_parts(gold: str | None, found: str | None, same: bool) -> None:
    assert same_name(gold, found) is same


def test_sources_are_compared_but_for_spacing_and_a_clipped_letter() -> None:
    assert same_source("France 24", "France24")
    assert same_source("Reuters", "Reuter")
    assert not same_source("Reuters", "RT")


def test_f1_on_a_worked_example() -> None:
    score = Score(hits=3, found=4, wanted=6)
    assert (score.precision, score.recall, score.f1) == (0.75, 0.5, 0.6)

"""Mentions and their entities hold their floors on annotated articles."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.quality.measure_entities import Score, measure, same_name

FLOORS = json.loads((Path(__file__).parent / "floors" / "entities.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def figures(shared_data: Path) -> dict[str, float | str]:
    return measure(shared_data)


@pytest.mark.parametrize("name", [name for name in FLOORS if name.endswith("sha256")])
def test_the_floors_speak_of_this_data(figures: dict[str, float | str], name: str) -> None:
    assert figures[name] == FLOORS[name]


@pytest.mark.parametrize("name", [name for name in FLOORS if not name.endswith("sha256")])
def test_figures_do_not_fall(figures: dict[str, float | str], name: str) -> None:
    assert figures[name] >= FLOORS[name]


def test_f1_on_a_worked_example() -> None:
    score = Score()
    score.add(Counter({("Kim", "PER"): 3, ("Rusia", "GPE"): 1}), Counter({("Kim", "PER"): 2, ("Rusia", "ORG"): 1}))
    # PER: 2 hits, 1 missed; GPE: 1 missed; ORG: 1 extra
    assert score.f1("PER") == pytest.approx(4 / 5)
    assert score.f1() == pytest.approx(4 / 7)
    assert score.f1("GPE") == 0.0


@pytest.mark.parametrize(
    ("found", "gold", "same"),
    [
        ("Tiongkok", "China", True),
        ("Korea Utara", "Korea Utara", True),
        ("Korea Utara", "Korea Selatan", False),
        ("Rahmat Sastra", "Rahmat", False),
    ],
)
def test_names_of_one_row_are_the_same(found: str, gold: str, same: bool) -> None:
    assert same_name(found, gold) is same

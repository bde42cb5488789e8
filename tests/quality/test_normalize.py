"""Cleaning, dates and openers hold their floors on the annotated articles and on the five of the start."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.quality.measure_normalize import Scores, measure, seed_checks

FLOORS = json.loads((Path(__file__).parent / "floors" / "normalize.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores(shared_data: Path) -> Scores:
    return measure(shared_data)


@pytest.mark.parametrize("name", sorted(FLOORS["sha256"]))
def test_the_floors_speak_of_this_data(shared_data: Path, name: str) -> None:
    assert hashlib.sha256((shared_data / name).read_bytes()).hexdigest() == FLOORS["sha256"][name]


@pytest.mark.parametrize("figure", sorted(set(FLOORS) - {"sha256"}))
def test_a_figure_does_not_fall(scores: Scores, figure: str) -> None:
    assert scores[figure] >= FLOORS[figure]


def test_every_figure_has_a_floor(scores: Scores) -> None:
    assert set(scores) == set(FLOORS) - {"sha256"}


def test_the_five_articles_are_right_in_every_check(shared_data: Path) -> None:
    wrong = [(name, what, found, right) for name, what, found, right in seed_checks(shared_data) if found != right]
    assert wrong == []

"""The language of short texts and of news articles: figures hold their floors."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.quality.measure_language import measure, scores

FLOORS = json.loads((Path(__file__).parent / "floors" / "language.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def figures(shared_data: Path) -> dict[str, float]:
    return measure(shared_data)


@pytest.mark.parametrize("name", sorted(FLOORS["sha256"]))
def test_the_floors_speak_of_this_data(shared_data: Path, name: str) -> None:
    assert hashlib.sha256((shared_data / name).read_bytes()).hexdigest() == FLOORS["sha256"][name]


def test_every_figure_has_a_floor_and_holds_it(figures: dict[str, float]) -> None:
    assert figures.keys() == FLOORS.keys() - {"sha256", "note"}
    assert [name for name, value in figures.items() if value < FLOORS[name]] == []


def test_scores_on_a_worked_example() -> None:
    short = [("id", "id"), ("id", "ms"), ("ms", "ms"), ("en", "en"), ("jv", "id"), ("su", "su")]
    news = [("id", "id"), ("id", "und")]
    found = scores([(*one, "") for one in short], [(*one, "") for one in news])
    assert found == {"wide": 0.75, "id": 0.5, "ms": 1.0, "en": 1.0, "local": 0.5, "news": 0.5}

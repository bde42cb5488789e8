"""The tone model holds its floors on sentences it has not seen."""

import json
from pathlib import Path

import pytest

from tests.quality.measure_tone import calibration_error, macro_f1, measure

FLOORS = json.loads((Path(__file__).parent / "floors" / "tone.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def figures(shared_data: Path) -> dict[str, float | str]:
    return measure(shared_data)


def test_the_floors_speak_of_this_data(figures: dict[str, float | str]) -> None:
    assert figures["sha256"] == FLOORS["sha256"]


@pytest.mark.parametrize("name", ["macro_f1", "macro_f1_sure", "towards_macro_f1", "towards_macro_f1_sure"])
def test_figures_do_not_fall(figures: dict[str, float | str], name: str) -> None:
    assert figures[name] >= FLOORS[name]


@pytest.mark.parametrize("name", ["calibration_error", "towards_calibration_error"])
def test_calibration_error_does_not_rise(figures: dict[str, float | str], name: str) -> None:
    assert figures[name] <= FLOORS[name]


def test_macro_f1_on_a_worked_example() -> None:
    truth = ["negative", "negative", "neutral", "positive"]
    assert macro_f1(truth, ["negative", "neutral", "neutral", "negative"]) == pytest.approx((0.5 + 2 / 3 + 0) / 3)


def test_calibration_error_on_a_worked_example() -> None:
    # two at 0.85 of which one is right, one at 0.55 that is right: (|1.7 - 1| + |0.55 - 1|) / 3
    assert calibration_error([0.85, 0.85, 0.55], [True, False, True]) == pytest.approx(1.15 / 3)

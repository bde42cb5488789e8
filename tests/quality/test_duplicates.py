"""Copies are joined, different articles are not: figures on real articles hold their floors."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.quality.measure_duplicates import joined, measure, pair_of, runs, scores, shared_runs

FLOORS = json.loads((Path(__file__).parent / "floors" / "duplicates.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def figures(shared_data: Path) -> dict[str, float]:
    return measure(shared_data)


@pytest.mark.parametrize("name", sorted(FLOORS["sha256"]))
def test_the_floors_speak_of_this_data(shared_data: Path, name: str) -> None:
    assert hashlib.sha256((shared_data / name).read_bytes()).hexdigest() == FLOORS["sha256"][name]


def test_every_figure_has_a_floor_and_holds_it(figures: dict[str, float]) -> None:
    assert figures.keys() == FLOORS.keys() - {"sha256"}
    assert [name for name, value in figures.items() if value < FLOORS[name]] == []


def test_no_two_of_the_bundled_articles_are_joined(figures: dict[str, float]) -> None:
    assert figures["bundled_apart"] == 1.0


# ---------------------------------------------------------------- the measuring itself


def test_joined_pairs_are_those_within_a_cluster() -> None:
    assert joined({"b": 1, "a": 1, "c": 2, "d": 1}) == {("a", "b"), ("a", "d"), ("b", "d")}


def test_a_pair_is_the_same_both_ways() -> None:
    assert pair_of("b", "a") == pair_of("a", "b") == ("a", "b")


def test_a_text_shorter_than_a_run_has_none() -> None:
    assert runs("satu dua tiga empat lima enam tujuh") == set()
    assert len(runs("Satu dua tiga, empat lima enam tujuh delapan sembilan.")) == 2


def test_shared_runs_are_a_part_of_the_smaller_text() -> None:
    short = "satu dua tiga empat lima enam tujuh delapan sembilan"  # two runs, of which one is in the other text
    rows = [("a", "", short), ("b", "", "nol " + short.rsplit(" ", 1)[0] + " sepuluh sebelas"), ("c", "", "")]
    assert shared_runs([("a", "b")], rows) == {("a", "b"): 0.5}


def test_scores_on_a_worked_example() -> None:
    listed = {("a", "b"): 0.9, ("c", "d"): 0.81, ("e", "f"): 0.8, ("g", "h"): 0.6}
    shared = {("a", "b"): 0.95, ("g", "h"): 0.6, ("x", "y"): 0.5, ("x", "z"): 0.0}
    assert scores(listed, shared) == {"copies_recall": 0.5, "joined_alike": 0.5}

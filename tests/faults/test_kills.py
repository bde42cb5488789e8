"""A few of the kills of kills.py; `python tests/faults/kills.py` makes two hundred."""

from pathlib import Path

import pytest

from tests.faults.kills import run


@pytest.mark.parametrize(("workers", "kills"), [(1, 3), (0, 4)])
def test_kills_lose_nothing_and_double_nothing(workers: int, kills: int, tmp_path: Path) -> None:
    figures = run(kills, 7, tmp_path / "data", workers=workers)
    assert figures.kills == kills
    assert figures.articles >= figures.files > 0
    wrong = (figures.lost, figures.doubled, figures.refused, figures.listed_twice, figures.corrupt)
    assert (*wrong, figures.orphans, figures.left_over) == (0,) * 7

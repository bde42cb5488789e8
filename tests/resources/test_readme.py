"""The table of resources names every file of the folder, and nothing that is not there."""

import re
from pathlib import Path

import pytest

from core.resources import FOLDER

ROOT = FOLDER.parents[1]
ROW = re.compile(r"^\| `([^`]+)` \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)


def _rows(table: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(rest) for name, *rest in ROW.findall(table)}


def _files(folder: Path) -> set[str]:
    return {
        found.relative_to(folder).as_posix()
        for found in folder.rglob("*")
        if found.is_file() and "__pycache__" not in found.parts and not found.name.startswith(".")
    }


ROWS = _rows((FOLDER / "README.md").read_text(encoding="utf-8"))


def test_every_file_is_named_and_every_name_is_a_file() -> None:
    assert sorted(_files(FOLDER) - ROWS.keys()) == [], "not named in core/resources/README.md"
    assert sorted(ROWS.keys() - _files(FOLDER)) == [], "named in core/resources/README.md but not there"


def test_a_file_that_is_only_spoken_of_is_not_named(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text("a: 1", encoding="utf-8")
    assert _files(tmp_path) - _rows("See `rules.yaml` | there.\n").keys() == {"rules.yaml"}
    assert _files(tmp_path) - _rows("| `rules.yaml` | rules | the project | `a.py` |\n").keys() == set()


@pytest.mark.parametrize("name", ROWS)
def test_the_tests_of_a_row_exist(name: str) -> None:
    tests = re.findall(r"`([^`]+)`", ROWS[name][2])
    assert tests
    assert [test for test in tests if not (ROOT / test).is_file()] == []

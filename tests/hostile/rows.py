"""The rows, read from rows/*.yaml."""

from pathlib import Path
from typing import Any

import yaml

from tests.hostile.makers import MAKERS

FOLDER = Path(__file__).parent / "rows"
Row = dict[str, Any]


def rows(*files: str) -> list[Row]:
    found: list[Row] = []
    for file in files:
        found += yaml.safe_load((FOLDER / f"{file}.yaml").read_text(encoding="utf-8"))
    return found


def name_of(row: Row) -> str:
    return str(row["name"])


def made(row: Row) -> bytes:
    """The bytes of a row, by its maker."""
    ((maker, given),) = row["make"].items()
    return MAKERS[maker](**given)


def string_of(row: Row) -> str:
    """What a row of strings says."""
    return str(row["text"]) if "text" in row else made(row).decode()

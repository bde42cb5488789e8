"""How the values of a column read, by the column's name; shared by the tables on screen and those in files."""

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from core.view.wording import NONE, Wording

Kind = Literal["share", "percent", "signed", "decimal", "day", "iso", "moment", "plain"]
COLUMNS: dict[Kind, tuple[str, ...]] = {
    "share": ("share", "share_before"),
    "percent": ("accuracy", "found", "true", "share_low", "share_high"),
    "signed": (
        "tone", "tone_low", "tone_high", "mean", "low", "high", "narrator", "quoted", "gap", "score",
        "p10", "p25", "p50", "p75", "p90",
    ),
    "decimal": (
        "sureness", "likeness", "cosine", "within", "z", "delta", "npmi", "strength", "betweenness", "f1", "macro_f1",
    ),
    "day": ("first_day", "last_day", "gap_from", "gap_to", "silent_from", "silent_to", "period"),
    "iso": ("published", "first_published", "last_published"),
    "moment": ("added_at", "made_at"),
}  # fmt: skip
KINDS: dict[str, Kind] = {column: kind for kind, columns in COLUMNS.items() for column in columns}


def kind_of(column: str) -> Kind:
    """Of what kind the values of a column are; plain where its name says nothing."""
    return KINDS.get(column, "plain")


def said(frame: pd.DataFrame, columns: Sequence[str], wording: Wording) -> tuple[tuple[str, ...], ...]:
    """Every cell as it reads in the language's convention, row by row."""
    read = [[cell(kind_of(column), value, wording) for value in frame[column]] for column in columns]
    return tuple(zip(*read, strict=True))


def cell(kind: Kind, value: Any, wording: Wording) -> str:
    """One value as it reads; a dash where there is none."""
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return NONE
    if isinstance(value, str):
        return wording.partial_date(value) if kind == "iso" and value else value
    if isinstance(value, dt.date):
        return wording.date(value.date() if kind == "day" and isinstance(value, dt.datetime) else value)
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        return str(value)
    if kind in ("share", "percent"):
        return wording.percent(float(value))
    if kind == "signed":
        return wording.signed(float(value))
    whole = float(value).is_integer() and kind != "decimal"
    return wording.number(float(value), 0 if whole else 2)


def raw(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[tuple[str | int | float | None, ...], ...]:
    """Every cell as a number, text or nothing, row by row: what can be compared and kept as JSON."""
    return tuple(zip(*([_raw(value) for value in frame[column]] for column in columns), strict=True))


def _raw(value: Any) -> str | int | float | None:
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float) else str(value)

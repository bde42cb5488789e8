"""Dates that are told from the day of writing: `kemarin`, `3 minggu yang lalu`, `dalam 43 menit`."""

import re
from datetime import datetime, timedelta
from functools import cache

from core.model import PartialDate
from core.resources import load_yaml

MOST_UNITS = 10_000  # of hours, days and so on; more is no date


@cache
def relative_days() -> dict[str, int]:
    """Word -> days from the day of writing to the one that it names."""
    table: dict[str, int] = load_yaml("dates.yaml")["relative_days"]
    return table


@cache
def _count() -> re.Pattern[str]:
    units = "|".join(load_yaml("dates.yaml")["relative_units"])
    return re.compile(
        rf"(?:(?P<ahead>dalam|dlm|in)\s)?(?:(?P<count>\d{{1,5}})\s?|se(?=[a-z])|an?\s|one\s)(?P<unit>{units})s?"
        r"(?P<ago>(?:\s(?:yang|yg))?\s(?:lalu|silam)|\sago)?",
        re.IGNORECASE,
    )


def resolve(text: str, written: datetime) -> PartialDate | None:
    """What a relative date names, as precise as its unit; None where the text is none."""
    phrase = " ".join(text.lower().split())
    if phrase in relative_days():
        return _day(written + timedelta(days=relative_days()[phrase]))
    found = _count().fullmatch(phrase)
    if found is None or int(found["count"] or 1) > MOST_UNITS:
        return None
    kind, size, precision = load_yaml("dates.yaml")["relative_units"][found["unit"]]
    steps = int(found["count"] or 1) * size * (1 if found["ahead"] else -1)
    if kind == "months":
        return _months_on(written, steps, precision)
    try:
        moment = written + timedelta(**{kind: steps})
    except OverflowError:
        return None
    return _day(moment) if precision == "day" else PartialDate(iso=_minute(moment), precision="minute")


def _day(moment: datetime) -> PartialDate:
    return PartialDate(iso=moment.date().isoformat(), precision="day")


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _months_on(written: datetime, months: int, precision: str) -> PartialDate | None:
    year, month = divmod(written.year * 12 + written.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    if precision == "year":
        return PartialDate(iso=f"{year:04d}", precision="year")
    return PartialDate(iso=f"{year:04d}-{month + 1:02d}", precision="month")

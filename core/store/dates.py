"""Which days a partial date can mean."""

import calendar
from datetime import date

from core.model import PartialDate


def day_range(partial: PartialDate) -> tuple[date, date]:
    """The first and the last day that the date can mean; the same day twice where it is known."""
    day = partial.day
    if day is not None:
        return day, day
    year = int(partial.iso[:4])
    if partial.precision == "year":
        return date(year, 1, 1), date(year, 12, 31)
    month = int(partial.iso[5:7])
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])

"""When an article came out: which of the dates it carries is the day of publication."""

import re
from datetime import date

from core.model import Published, RawArticle, Removed
from core.normalize.dates import DateMention, find_dates, header_date

_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/\d-])")


def published(raw: RawArticle, text: str, removed: tuple[Removed, ...]) -> tuple[Published | None, tuple[str, ...]]:
    """The publication date with its basis, and notes on dates that conflict or cannot be."""
    candidates = [one for one in (_container(raw), _header(raw, removed), _url(raw), _reporting_day(text)) if one]
    return (candidates[0] if candidates else None), ()


def _container(raw: RawArticle) -> Published | None:
    if not raw.published:
        return None
    for mention in find_dates(raw.published):
        if mention.partial is not None:
            return Published(date=mention.partial, basis="container", evidence=raw.published.strip())
    return None


def _header(raw: RawArticle, removed: tuple[Removed, ...]) -> Published | None:
    for piece in removed:
        if piece.rule == "header.date":
            line = piece.span.of(raw.raw_text)
            found = header_date(line)
            if found and found[0].partial:
                return Published(date=found[0].partial, basis="header", evidence=found[0].text)
    return None


def _url(raw: RawArticle) -> Published | None:
    return None


def _reporting_day(text: str) -> Published | None:
    days = [one for one in find_dates(text) if one.calendar_day and one.weekday is not None]
    if not days:
        return None
    chosen = max(days, key=lambda one: (one.calendar_day or date.min, -one.start))
    partial = DateMention(start=0, end=0, text="", year=chosen.year, month=chosen.month, day=chosen.day).partial
    return Published(date=partial, basis="reporting_day", evidence=chosen.text) if partial else None

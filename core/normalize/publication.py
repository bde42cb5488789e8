"""When an article came out: which of the dates it carries is the day of publication.

What the container says comes first, then a date line at the head, then the address, then the reporting day of
the text. Dates of the crawl and of other articles stand in furniture, which is cut before.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone

from core.model import PartialDate, Published, RawArticle
from core.normalize.dates import HOME_OFFSET_HOURS, DateMention, find_dates, header_date
from core.normalize.reporting import reporting_day

CONFLICT_DAYS = 7  # a report may come out some days after the day that it tells of
FIRST_YEAR = 1995  # no outlet had pages before
_PATH_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])(?:[/-]?(0[1-9]|[12]\d|3[01]))?(?=[/\d-])")
_PATH_SECONDS = re.compile(r"-(1\d{9})(?:\.html?)?/?(?:[?#]|\Z)")


def published(raw: RawArticle, text: str, header_lines: Sequence[str]) -> tuple[Published | None, tuple[str, ...]]:
    """The publication date with its basis, and notes on dates that conflict or cannot be.

    header_lines are the lines of the head that hold a date and little else.
    """
    notes: list[str] = []
    told = reporting_day(text)
    address = _url(raw)
    container = _container(raw, address or told, notes)
    found = [one for one in (container, _header(header_lines, notes), address, told) if one is not None]
    if not found:
        return None, tuple(notes)
    best = found[0]
    for other in found[1:]:
        if in_conflict(best.date, other.date):
            notes.append(
                f"date conflict: {best.basis} says {best.date.iso[:10]}, {other.basis} says {other.date.iso[:10]}"
            )
        elif best.date.day is None and other.date.day is not None:
            best = other  # the same month or year, told to the day
    return best, tuple(notes)


def in_conflict(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates cannot both be told of one publication."""
    if one.day is not None and other.day is not None:
        return abs((one.day - other.day).days) > CONFLICT_DAYS
    shared = min(len(one.iso[:10]), len(other.iso[:10]))
    return one.iso[:shared] != other.iso[:shared]


def _container(raw: RawArticle, witness: Published | None, notes: list[str]) -> Published | None:
    written = (raw.published or "").strip()
    for mention in find_dates(written):
        if mention.problem is not None or not _possible(mention):
            notes.append(
                f"date refused: {mention.text!r} of the container: {mention.problem or 'not yet, or too early'}"
            )
        elif (partial := _turned(mention, witness)) is not None:
            return Published(date=partial, basis="container", evidence=written)
    return None


def _turned(mention: DateMention, witness: Published | None) -> PartialDate | None:
    """The date as read, or with day and month in each other's place where only that fits the witness."""
    straight = mention.partial
    if not mention.ambiguous or straight is None or witness is None:
        return straight
    turned = mention.turned().partial
    if turned is not None and in_conflict(straight, witness.date) and not in_conflict(turned, witness.date):
        return turned
    return straight


def _possible(mention: DateMention) -> bool:
    if mention.year is None:
        return True
    if mention.year < FIRST_YEAR:
        return False
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    return mention.calendar_day is None or mention.calendar_day <= tomorrow


def _header(lines: Sequence[str], notes: list[str]) -> Published | None:
    for line in lines:
        found = header_date(line)
        if found is None:
            continue
        mention = found[0]
        if mention.partial is not None and _possible(mention):
            return Published(date=mention.partial, basis="header", evidence=mention.text)
        notes.append(f"date refused: {mention.text!r} of the head: {mention.problem or 'not yet, or too early'}")
    return None


def _url(raw: RawArticle) -> Published | None:
    if not raw.url:
        return None
    if found := _PATH_DATE.search(raw.url):
        year, month, day = found.groups()
        try:
            iso = date(int(year), int(month), int(day or 1)).isoformat()
        except ValueError:
            return None
        partial = PartialDate(iso=iso, precision="day") if day else PartialDate(iso=iso[:7], precision="month")
        return Published(date=partial, basis="url", evidence=found.group().strip("/-"))
    if found := _PATH_SECONDS.search(raw.url):
        moment = datetime.fromtimestamp(int(found.group(1)), timezone(timedelta(hours=HOME_OFFSET_HOURS)))
        partial = PartialDate(iso=moment.date().isoformat(), precision="day")
        return Published(date=partial, basis="url", evidence=found.group(1))
    return None

"""When an article came out: which of the dates it carries is the day of publication.

What the container says comes first, then a date line at the head, then the address, then the reporting day of
the text. Dates of the crawl and of other articles stand in furniture, which is cut before.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from core.model import PartialDate, Published, RawArticle
from core.normalize.dates import HOME_OFFSET_HOURS, DateMention, find_dates, header_date, is_update
from core.normalize.relative import resolve
from core.normalize.reporting import reporting_day

CONFLICT_DAYS = 7  # a report may come out some days after the day that it tells of
FIRST_YEAR = 1995  # no outlet had pages before
MOST_REFUSED = 5  # dates of a text that are noted as refused; a table of wrong ones would flood the notes
LONGEST_EVIDENCE = 60  # characters of what a container says that a note repeats
_NOTHING = frozenset({"nan", "nat", "none", "null", "n/a", "unknown"})  # what tables write where they know no date
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")  # seconds, or milliseconds in 13 digits
_MONTH, _DAY = r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
_PATH_DATE = re.compile(rf"/(?P<year>(?:19|20)\d\d)(?P<mark>[/-]){_MONTH}(?:(?P=mark){_DAY}(?=[/?#.-]|\Z)|(?=[/-]))")
_PATH_NUMBER = re.compile(
    rf"/(?P<year>(?:19|20)\d\d){_MONTH}{_DAY}(?P<clock>(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?=[/?#.-]|\Z)"
)
_WORD_DATE = re.compile(rf"-(?P<year>(?:19|20)\d\d)(?P<mark>-?){_MONTH}(?P=mark){_DAY}(?=[/.?#-]|\Z)")  # within a name
_LAST = re.compile(r"(?:\.html?)?/?")  # what may follow the last number of a path
_PATH_SECONDS = re.compile(r"-(1\d{9})(?:\.html?)?/?(?:[?#]|\Z)")


def published(raw: RawArticle, text: str, header_lines: Sequence[str]) -> tuple[Published | None, tuple[str, ...]]:
    """The publication date with its basis, and notes on dates that conflict or cannot be.

    header_lines are the lines of the head that hold a date and little else.
    """
    notes: list[str] = []
    told = _possible(reporting_day(text), notes)
    address = _possible(_url(raw, text), notes)
    container = _possible(_container(raw, address or told, notes), notes)
    headed = _possible(_header([line for line in header_lines if not is_update(line)], notes), notes)
    found = [one for one in (container, headed, address, told) if one]
    notes.extend(_refused_in(text, notes))
    if not found:
        updated = [line for line in header_lines if is_update(line)]
        return _possible(_header(updated, notes), notes), tuple(notes)
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


def _possible(found: Published | None, notes: list[str]) -> Published | None:
    """The date unless it lies ahead or before there were pages; then a note."""
    if found is None:
        return None
    day = found.date.day or date(int(found.date.iso[:4]), 1, 1)
    if day.year >= FIRST_YEAR and day <= datetime.now(UTC).date() + timedelta(days=1):
        return found
    notes.append(f"date refused: {found.evidence!r} ({found.basis}) lies ahead, or before there were pages")
    return None


def _refused(mention: DateMention, basis: str) -> str:
    return f"date refused: {mention.text!r} ({basis}): {mention.problem}"


def _refused_in(text: str, noted: Sequence[str]) -> list[str]:
    """Notes on the days of a text that cannot be; those of its head, noted before, are left out."""
    refused = dict.fromkeys(
        (mention.text, mention.problem)
        for mention in find_dates(text)
        if mention.problem is not None and (mention.weekday is not None or mention.year is not None)
    )
    fresh = [one for one in refused if not any(repr(one[0]) in note for note in noted)]
    return [f"date refused: {written!r} (text): {problem}" for written, problem in fresh[:MOST_REFUSED]]


def _container(raw: RawArticle, witness: Published | None, notes: list[str]) -> Published | None:
    written = (raw.published or "").strip()
    if (seconds := _EPOCH.fullmatch(written)) is not None:
        moment = datetime.fromtimestamp(int(seconds.group(1)), UTC)
        minute = PartialDate(iso=moment.isoformat(timespec="minutes"), precision="minute")
        return Published(date=minute, basis="container", evidence=written)
    noted = len(notes)
    for mention in find_dates(written):
        if mention.problem is not None:
            notes.append(_refused(mention, "container"))
        elif (partial := _read(mention, witness)) is not None:
            return Published(date=partial, basis="container", evidence=written)
    if written and resolve(written, datetime.now(UTC)) is not None:
        notes.append(f"date refused: {written!r} (container): told from a day that is not known")
    elif len(notes) == noted and any(letter.isalnum() for letter in written) and written.lower() not in _NOTHING:
        notes.append(f"date refused: {written[:LONGEST_EVIDENCE]!r} (container): no date can be read in it")
    return None


def _read(mention: DateMention, witness: Published | None) -> PartialDate | None:
    """The date as written, or with day and month in each other's place where only that fits the witness."""
    if mention.minutes == 0 and mention.offset_hours is None:  # midnight is what tables put where they know no hour
        mention = replace(mention, minutes=None)
    straight = mention.partial
    if straight is None or straight.day is None or witness is None or witness.date.day is None:
        return straight
    turned = mention.turned()
    if turned is None or not in_conflict(straight, witness.date):
        return straight
    is_told = mention.ambiguous and not in_conflict(turned, witness.date)
    is_address = witness.basis == "url" and turned.day == witness.date.day
    return turned if is_told or is_address else straight


def _header(lines: Sequence[str], notes: list[str]) -> Published | None:
    for line in lines:
        found = header_date(line)
        if found is None:
            continue
        if found[0].partial is not None:
            return Published(date=found[0].partial, basis="header", evidence=found[0].text)
        notes.append(_refused(found[0], "header"))
    return None


def _url(raw: RawArticle, text: str) -> Published | None:
    """The date in an address. Eight digits that close it may number the article: the text must speak of that year."""
    if not raw.url:
        return None
    path = re.split(r"[?#]", raw.url, maxsplit=1)[0]
    if found := _PATH_DATE.search(path) or _PATH_NUMBER.search(path) or _WORD_DATE.search(path):
        told = found.groupdict()
        packed = not told.get("mark") and not told.get("clock")
        if packed and _LAST.fullmatch(path, found.end()) and told["year"] not in text:
            return None
        try:
            iso = date(int(told["year"]), int(told["month"]), int(told["day"] or 1)).isoformat()
        except ValueError:
            return None
        day = told["day"] is not None
        partial = PartialDate(iso=iso, precision="day") if day else PartialDate(iso=iso[:7], precision="month")
        return Published(date=partial, basis="url", evidence=found.group().strip("/-"))
    if found := _PATH_SECONDS.search(raw.url):
        moment = datetime.fromtimestamp(int(found.group(1)), timezone(timedelta(hours=HOME_OFFSET_HOURS)))
        partial = PartialDate(iso=moment.date().isoformat(), precision="day")
        return Published(date=partial, basis="url", evidence=found.group(1))
    return None

"""The grammar of dates, Indonesian and English: what is written, how precise it is, whether it can be.

A day is only believed when it exists, and when the weekday that stands with it agrees. Numbers are read
day first; a weekday or a number over 12 that only fits month first turns them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from core.model import PartialDate
from core.resources import load_yaml

HOME_OFFSET_HOURS = 7  # an hour without a zone is read as Western Indonesian Time
LOOK_BACK = 36  # characters before a date in which its weekday stands


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date as it is written, at start to end of the text it was found in.

    year, month and day are None where the text does not give them; weekday is 0 for Monday; minutes are those
    of the day; offset_hours is the distance from UTC. ambiguous says that day and month could change places,
    by_weekday that they did for the weekday's sake alone.
    problem says why the date cannot be believed.
    """

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    minutes: int | None = None
    offset_hours: int | None = None
    ambiguous: bool = False
    by_weekday: bool = False
    problem: str | None = None

    @property
    def calendar_day(self) -> date | None:
        """The day, where year, month and day are given and believed."""
        if self.year is None or self.month is None or self.day is None or self.problem:
            return None
        return date(self.year, self.month, self.day)

    def turned(self) -> PartialDate | None:
        """The date with day and month in each other's place; None where that is no day or the weekday is against it."""
        if self.year is None or self.month is None or self.day is None:
            return None
        if _fault(self.month, self.day, self.year, self.weekday) is not None:
            return None
        return replace(self, day=self.month, month=self.day).partial

    @property
    def partial(self) -> PartialDate | None:
        """What is known as a partial date; None without a believed year."""
        if self.year is None or self.problem:
            return None
        if self.month is None:
            return PartialDate(iso=f"{self.year:04d}", precision="year")
        if self.day is None:
            return PartialDate(iso=f"{self.year:04d}-{self.month:02d}", precision="month")
        day = f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        if self.minutes is None:
            return PartialDate(iso=day, precision="day")
        offset = HOME_OFFSET_HOURS if self.offset_hours is None else self.offset_hours
        clock = f"{self.minutes // 60:02d}:{self.minutes % 60:02d}{offset:+03d}:00"
        return PartialDate(iso=f"{day}T{clock}", precision="minute")


@cache
def words_of(table: str) -> dict[str, int]:
    """Word -> number of a table of dates.yaml (months from 1, weekdays from Monday 0)."""
    return {word: number for number, words in load_yaml("dates.yaml")[table].items() for word in words}


def either(table: str) -> str:
    return "|".join(re.escape(word) for word in sorted(words_of(table), key=len, reverse=True))


_MONTH = rf"(?:{either('months')})"
_YEAR = r"(?:19|20)\d\d"
_DIGITS = re.compile(r"\d+")
_NUMERIC = re.compile(rf"(?<![\w/.,-])(\d{{1,2}})([/.-])(\d{{1,2}})(?:\2((?:{_YEAR})|\d\d))?(?![\w/]|[.,]\d)")
_TEXTUAL = re.compile(
    rf"(?<![\w/.,])(\d{{1,2}})(?:st|nd|rd|th)?(?:[\s\xa0]{{0,2}}|-)({_MONTH})\b\.?"
    rf"(?:(?:,?[\s\xa0]{{1,2}}|-)({_YEAR})\b|-(\d\d)\b)?",
    re.IGNORECASE,
)
_ISO = re.compile(
    rf"(?<!\d)({_YEAR})[-/](\d\d?)[-/](\d\d?)(?!\d)"
    r"(?:[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d(?::?\d\d)?)?(?!\d))?"
)
_YEAR_ONLY = re.compile(rf"(?<![\w.,/-]){_YEAR}(?![\w/]|[.,-]\d)")
_MONTH_BEFORE_YEAR = re.compile(
    rf"(?<!\w)({_MONTH})\b\.?[\s\xa0](?:(\d{{1,2}})(?:st|nd|rd|th)?(?:,[\s\xa0]?|[\s\xa0]))?\Z", re.I
)
_PART_OF_DAY = "|".join(map(re.escape, load_yaml("dates.yaml")["parts_of_day"]))
_WEEKDAY_BEFORE = re.compile(
    rf"(?<!\w)({either('weekdays')})(?:[\s\xa0](?:{_PART_OF_DAY}))?[\s\xa0,.]{{0,3}}\(?\s?(?:tanggal\s)?\Z", re.I
)
_CLOCK = re.compile(
    r"\)?[\s\xa0,|/•·(–-]{0,5}(?:(?:pukul|jam|at|pkl\.?)\s)?([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.][0-5]\d)?(?!\d)"
    r"(?:\s?([ap])\.?m\b)?(?:\s?\(?(wib|wita|wit|gmt|utc)\b)?",
    re.I,
)


def find_dates(text: str) -> tuple[DateMention, ...]:
    """All absolute dates of a text in order, those that cannot be believed with their problem."""
    found: list[DateMention] = []
    taken = 0
    for mention in sorted(_candidates(text), key=lambda one: (one.start, -one.end)):
        if mention.start >= taken:
            found.append(mention)
            taken = mention.end
    return tuple(found)


def _matches(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """What finditer gives for a pattern that can begin at these places only."""
    past = 0
    for place in places:
        if place >= past and (found := pattern.match(text, place)):
            past = found.end()
            yield found


def _candidates(text: str) -> Iterator[DateMention]:
    places = [found.start() for found in _DIGITS.finditer(text)]  # where every one of the patterns begins
    for found in _matches(_ISO, text, places):
        yield _iso(text, found)
    for found in _matches(_TEXTUAL, text, places):
        day, name, long_year, short_year = found.groups()
        yield _finish(
            text, found.start(), found.end(), int(day), words_of("months")[name.lower()], _year(long_year or short_year)
        )
    for found in _matches(_NUMERIC, text, places):
        first, mark, second, year = found.groups()
        if year is None and not (
            text[found.start() - 1 : found.start()] == "(" or _weekday_before(text, found.start())
        ):
            continue
        if mark == "/" or (year is not None and len(year) == 4):
            yield _finish(text, found.start(), found.end(), int(first), int(second), _year(year), numeric=True)
    for found in _matches(_YEAR_ONLY, text, places):
        before = _MONTH_BEFORE_YEAR.search(text, max(0, found.start() - LOOK_BACK), found.start())
        if before is None:
            yield DateMention(start=found.start(), end=found.end(), text=found.group(), year=int(found.group()))
            continue
        month, day = words_of("months")[before.group(1).lower()], before.group(2)
        if day is None:
            written = text[before.start() : found.end()]
            yield DateMention(start=before.start(), end=found.end(), text=written, year=int(found.group()), month=month)
        else:
            yield _finish(text, before.start(), found.end(), int(day), month, int(found.group()))


def _weekday_before(text: str, start: int) -> re.Match[str] | None:
    return _WEEKDAY_BEFORE.search(text, max(0, start - LOOK_BACK), start)


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written)


def _iso(text: str, found: re.Match[str]) -> DateMention:
    year, month, day, hour, minute, zone = found.groups()
    mention = _finish(text, found.start(), found.end(), int(day), int(month), int(year))
    if hour is None or int(hour) > 23 or int(minute) > 59:
        return mention
    offset = None if zone is None else 0 if zone == "Z" else int(zone[:3])
    return replace(mention, minutes=int(hour) * 60 + int(minute), offset_hours=offset)


def _finish(
    text: str, start: int, end: int, day: int, month: int, year: int | None, *, numeric: bool = False
) -> DateMention:
    """The mention with its weekday, brackets and hour, checked."""
    weekday = None
    if before := _weekday_before(text, start):
        weekday, start = words_of("weekdays")[before.group(1).lower()], before.start()
    elif text[start - 1 : start] == "(":
        start -= 1
    if text[end : end + 1] == ")" and "(" in text[start:end]:
        end += 1
    written = (day, month)
    day, month, ambiguous, problem = _order(day, month, year, weekday, numeric)
    turned = written[0] != day and written[1] <= 12
    mention = DateMention(
        start=start, end=end, text=text[start:end], year=year, month=month, day=day, weekday=weekday,
        ambiguous=ambiguous, by_weekday=turned, problem=problem,
    )  # fmt: skip
    clock = _CLOCK.match(text, end) if year is not None else None
    if clock is None:
        return mention
    hour, minute, half, zone = clock.groups()
    hours = int(hour) % 12 + 12 * (half in "pP") if half else int(hour)
    offset = load_yaml("dates.yaml")["zones"][zone.lower()] if zone else None
    return replace(
        mention, end=clock.end(), text=text[start : clock.end()], minutes=hours * 60 + int(minute), offset_hours=offset
    )


def _order(
    day: int, month: int, year: int | None, weekday: int | None, numeric: bool
) -> tuple[int, int, bool, str | None]:
    """Day, month, whether they could change places, and what is wrong; the weekday decides where it stands."""
    straight = _fault(day, month, year, weekday)
    if not numeric or day == month:
        return day, month, False, straight
    turned = _fault(month, day, year, weekday)
    if straight is None:
        return day, month, turned is None and (weekday is None or year is None), None
    if turned is None:
        return month, day, False, None
    return day, month, False, straight


def _fault(day: int, month: int, year: int | None, weekday: int | None) -> str | None:
    try:
        that = date(2024 if year is None else year, month, day)  # 2024 has a 29 February
    except ValueError:
        return "no such day"
    if year is not None and weekday is not None and that.weekday() != weekday:
        return "the weekday does not fit"
    return None


def header_date(line: str) -> tuple[DateMention, str] | None:
    """The date of a line that holds nothing else but labels, an outlet or a name, and what stands beside it.

    Of several dates the one labelled as published counts, else the first that is not labelled as an update, else
    the first. A date labelled as that of a saved copy never counts.
    """
    if len(line) > 140 or not any(letter.isdigit() for letter in line):
        return None
    labelled = _labelled(line)
    dates = [mention for mention, label in labelled if not _labels("crawl").search(label)]
    if not dates:
        return None
    rest = line
    for mention, _ in reversed(labelled):
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    for label in (_labels("updated"), _labels("crawl"), _HEADER_LABEL):
        rest = label.sub(" ", rest)
    beside = " ".join(rest.split()).strip(" ,.;:-–—|/•·()")
    first = [mention for mention, label in labelled if mention in dates and not _labels("updated").search(label)]
    named = [mention for mention, label in labelled if mention in first and _PUBLISHED_LABEL.search(label)]
    return (named + first + dates)[0], beside


def is_update(line: str) -> bool:
    """Whether every date of a line is labelled as the day on which the page was changed or copied."""
    told = [label for _, label in _labelled(line)]
    return bool(told) and all(_labels("updated").search(label) or _labels("crawl").search(label) for label in told)


def _labelled(line: str) -> list[tuple[DateMention, str]]:
    """The days of a line with their year, each with what stands between it and the one before."""
    dates = [mention for mention in find_dates(line) if mention.day is not None and mention.year is not None]
    ends = [0, *(mention.end for mention in dates)]
    return [(mention, line[end : mention.start]) for mention, end in zip(dates, ends, strict=False)]


@cache
def _labels(kind: str) -> re.Pattern[str]:
    words = sorted(load_yaml("dates.yaml")["labels"][kind], key=len, reverse=True)
    return re.compile(rf"(?i)\b(?:{'|'.join(words)})\b")


_PUBLISHED_LABEL = re.compile(r"(?i)\b(?:di)?(?:terbitkan|terbit|publikasikan|tayang|rilis|published|posted)\b")
_HEADER_LABEL = re.compile(
    r"(?i)\b(?:dipublikasikan|diterbitkan|terbit|tayang|rilis|published|posted|publish|diposting|diunggah|dibuat"
    r"|last|terakhir|pada|on|at|tanggal|pukul|jam|hari|wib|wita|wit|date)\b|[|•·:,–—-]"
)

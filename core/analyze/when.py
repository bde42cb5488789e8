"""Dates in a sentence, resolved against the day its article came out: the day of what happened, not of the report.

A date without its year is the latest one not after publication; a weekday the latest such day. Of an undated
article only what the text gives in full is resolved, and a day and month are kept as they stand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from core.resources import load_yaml

LEAST_LETTERS = 4  # of a month without a day or year: `Mar` and `Des` are names as well
REPORT_WORDS = 5  # from a word of reporting to the day on which it was said,
STATING_WORDS = 2  # and from one that what was said may follow
STATING = ("me", "dilapor", "diberita", "diwarta")
MONTHS = 12
AHEAD_DAYS = 45  # a day without its year may lie so far ahead of the article

_WORD = re.compile(r"\w+")
_YEAR = r"(?:19|20)\d\d"
_COUNTED = {"hari": 1, "pekan": 7, "minggu": 7}


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date as it is written at start to end of a sentence, and the first and last day it can mean.

    yearless keeps (month, day) of an undated article. reported: it tells when somebody spoke of it; aside: it
    stands in a clause of its own (`setelah kunjungan pada September`), so it dates something else.
    """

    start: int
    end: int
    text: str
    first: date | None = None
    last: date | None = None
    yearless: tuple[int, int] | None = None
    reported: bool = False
    aside: bool = False

    @property
    def is_day(self) -> bool:
        return self.first is not None and self.first == self.last


@dataclass(frozen=True, slots=True)
class _Grammar:
    any: re.Pattern[str]
    full: re.Pattern[str]
    month: re.Pattern[str]
    year: re.Pattern[str]
    weekday: re.Pattern[str]
    relative: re.Pattern[str]
    speech: re.Pattern[str]
    aside: re.Pattern[str]


@cache
def _table(name: str) -> dict[str, int]:
    return {word: number for number, words in load_yaml("dates.yaml")[name].items() for word in words}


@cache
def _grammar() -> _Grammar:
    def either(words: list[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    months, days = list(_table("months")), list(_table("weekdays"))
    long_months = [word for word in months if len(word) >= LEAST_LETTERS or word == "mei"]
    long_days = [word for word in days if len(word) >= LEAST_LETTERS]
    rules = load_yaml("dates.yaml")
    # `kepada` stands before who receives something as well as before who hears something
    speech = [word for word in rules["cues"]["speech"] if word != "kepada"] + rules["cues"]["cited"]
    return _Grammar(
        any=re.compile(
            rf"(?i)\d|\b(?:lalu|silam|sebelumnya|{either([*long_months, *long_days, *rules['relative_days']])})\b"
        ),
        full=re.compile(
            rf"(?i)(?<![\w/.,-])(?:(?P<y>{_YEAR})-(?P<ym>\d\d)-(?P<yd>\d\d)"
            rf"|(?P<d>\d{{1,2}})\s(?P<m>{either(months)})\b(?:,?\s(?P<dy>{_YEAR}))?"
            rf"|(?P<nd>\d{{1,2}})[/-](?P<nm>\d{{1,2}})(?:[/-](?P<ny>{_YEAR}|\d\d))?(?=\)))(?![\w/])"
        ),
        month=re.compile(
            rf"(?i)(?<!\w)(?<!\d\s)(?P<m>{either(long_months)})\b(?:,?\s(?:tahun\s)?(?:(?P<y>{_YEAR})|(?P<back>lalu|sebelumnya)))?"
        ),
        year=re.compile(rf"(?<![\w.,/-])(?P<y>{_YEAR})(?![\w/]|[.,-]\d)"),
        weekday=re.compile(rf"(?<!\w)(?i:(?P<w>{either(long_days)}))\b(?!\s?\(?\s?\d)"),
        relative=re.compile(
            rf"(?i)(?<!\w)(?:(?P<word>{either(list(rules['relative_days']))})"
            r"|(?P<unit>pekan|minggu|bulan|tahun)\s(?P<back>lalu|silam|sebelumnya)"
            r"|(?P<n>\d{1,3})\s(?P<nunit>hari|pekan|minggu|bulan|tahun)\s(?:yang\s)?(?:lalu|silam))\b"
        ),
        speech=re.compile(rf"(?i)\b(?:{either(speech)})\b"),
        aside=re.compile(rf"(?i)\b(?:{either(rules['cues']['aside'])})\b"),
    )


def find_when(sentence: str, published: date | None) -> tuple[When, ...]:
    """All dates of a sentence in order, with the days they can mean."""
    found: list[When] = []
    if not _grammar().any.search(sentence):
        return ()
    for one in sorted(_candidates(sentence, published), key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    ends = [0, *(one.end for one in found)]
    return tuple(_placed(sentence, one, since) for one, since in zip(found, ends, strict=False))


def own_date(sentence: str, published: date | None) -> When | None:
    """The date of what a sentence tells: the most precise that is neither of the report nor of an aside."""
    own = [one for one in find_when(sentence, published) if not one.reported and not one.aside]
    return min(own, key=_coarseness, default=None)


def _coarseness(one: When) -> tuple[int, int]:
    if one.first is None or one.last is None:
        return (1, one.start)
    return ((one.last - one.first).days, one.start)


def _candidates(text: str, published: date | None) -> Iterator[When]:
    grammar = _grammar()
    for found in grammar.full.finditer(text):
        yield from _full(found, published)
    for found in grammar.month.finditer(text):
        yield from _month(found, published)
    for found in grammar.year.finditer(text):
        year = int(found["y"])
        yield _made(found, date(year, 1, 1), date(year, 12, 31))
    if published is not None:
        for found in grammar.weekday.finditer(text):
            if found.group()[0].isupper():
                back = (published.weekday() - _table("weekdays")[found["w"].lower()]) % 7
                day = published - timedelta(days=back)
                yield _made(found, day, day)
        for found in grammar.relative.finditer(text):
            yield from _relative(found, published)


def _made(found: re.Match[str], first: date | None, last: date | None) -> When:
    return When(start=found.start(), end=found.end(), text=found.group(), first=first, last=last)


def _full(found: re.Match[str], published: date | None) -> Iterator[When]:
    day = int(found["yd"] or found["d"] or found["nd"])
    month = _table("months")[found["m"].lower()] if found["m"] else int(found["ym"] or found["nm"])
    written = found["y"] or found["dy"] or found["ny"]
    year = None if written is None else int(written) if len(written) == 4 else 2000 + int(written)
    if year is None and published is None:
        if month <= MONTHS:
            yield replace(_made(found, None, None), yearless=(month, day))
        return
    try:
        that = date(year or (published.year if published else 1), month, day)
        if year is None and published is not None and (that - published).days > AHEAD_DAYS:
            that = that.replace(year=that.year - 1)
    except ValueError:
        return
    yield _made(found, that, that)


def _month(found: re.Match[str], published: date | None) -> Iterator[When]:
    if not found.group()[0].isupper():
        return
    month = _table("months")[found["m"].lower()]
    if found["y"]:
        year = int(found["y"])
    elif published is None:
        return
    elif found["back"] and "tahun" in found.group().lower():
        year = published.year - 1
    else:
        year = published.year - (month > published.month or (bool(found["back"]) and month == published.month))
    yield _made(found, *month_of(year, month))


def month_of(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    first = date(year, month, 1)
    return first, date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _relative(found: re.Match[str], published: date) -> Iterator[When]:
    if found["word"]:
        days: int = load_yaml("dates.yaml")["relative_days"][found["word"].lower()]
        day = published + timedelta(days=days)
        yield _made(found, day, day)
        return
    unit, count = (found["unit"] or found["nunit"]).lower(), int(found["n"] or 1)
    if unit == "tahun":
        if count < published.year:
            yield _made(found, date(published.year - count, 1, 1), date(published.year - count, 12, 31))
    elif unit == "bulan":
        year, month = divmod(published.year * 12 + published.month - 1 - count, 12)
        yield _made(found, *month_of(year, month + 1))
    else:
        day = published - timedelta(days=count * _COUNTED[unit])
        if found["n"]:
            yield _made(found, day, day)
        else:  # the week before, from its Monday
            monday = day - timedelta(days=day.weekday())
            yield _made(found, monday, monday + timedelta(days=6))


def _placed(text: str, one: When, since: int) -> When:
    """Whether the words before a date, as far as the date before it, make it that of a report or of an aside."""
    before = text[since : one.start]
    cues = list(_grammar().speech.finditer(before))
    reported = False
    if cues:
        between = _WORD.findall(before[cues[-1].end() :])
        # `kata juru bicara itu pada Selasa`, but `mengatakan mobil itu tiba pada Minggu`
        stating = cues[-1].group().lower().startswith(STATING)
        reported = len(between) <= (STATING_WORDS if stating else REPORT_WORDS)
    return replace(one, reported=reported, aside=_grammar().aside.search(text[: one.start]) is not None)

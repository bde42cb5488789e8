"""The reporting day: the latest day on which a text says that somebody spoke, was cited or met.

How far each way of writing a day can be believed was measured on dated articles: `hari ini, Rabu (...)` is the
day of publication in 94 of 100, `kemarin, Rabu (...)` the day before it in 77, a day after speech in 66 to 80,
a bare `pada Rabu (...)` in 45 only, so that it tells nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from core.model import PartialDate, Published
from core.normalize.dates import DateMention, either, find_dates, words_of
from core.normalize.relative import relative_days
from core.resources import load_yaml

HEAD_CHARACTERS = 500  # a day without speech is believed near the start only
FOOT_SHARE = 0.8  # nor in the last fifth of the text
CLAUSE_CHARACTERS = 180  # as far before a date as its sentence is read
NEAR_CHARACTERS = 24
NEAR_SPEECH = 90  # characters from speech to `pada` that still make a day that of the report
FIRST_YEAR = 2005  # a bare year before is one that the text looks back to
LONGEST_LAG_DAYS = 2  # a weekday without a date is one of the two days after the event that the text dates

_CLAUSE_START = re.compile(r"(?:[!?]|(?<!\b[MDJNKS][a-z])(?<!\b[MDJNKS][a-z]{3})\.)[\s,]|\.(?=[A-Z&])|\n")
_LAST_WORD = re.compile(r"([^\W\d]+)[\s\xa0]*\Z")
_COMMA = re.compile(r",[\s\xa0]*\Z")


@dataclass(frozen=True, slots=True)
class Day:
    """A day that may be that of publication, with the words that tell it."""

    day: date
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The cues of dates.yaml as patterns; near ones end where the date starts, after ones start where it ends."""

    speech: re.Pattern[str]
    coming: re.Pattern[str]
    fixture: re.Pattern[str]
    near_today: re.Pattern[str]
    after_today: re.Pattern[str]
    near_relative: re.Pattern[str]
    after_relative: re.Pattern[str]
    near_past: re.Pattern[str]
    after_elsewhen: re.Pattern[str]
    after_event: re.Pattern[str]
    bare_weekday: re.Pattern[str]


@cache
def _cues() -> Cues:
    cues = load_yaml("dates.yaml")["cues"]
    cues = cues | {"relative": list(relative_days())}
    words = {
        name: "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))
        for name, listed in cues.items()
    }
    return Cues(
        speech=re.compile(rf"(?i)\b(?:{words['speech']})\b"),
        coming=re.compile(rf"(?i)\b(?:{words['coming']})\b"),
        fixture=re.compile(rf"(?i)\b(?:{words['coming']}|{words['fixture']})\b"),
        near_today=re.compile(rf"(?i)\b(?:{words['today']})\b"),
        after_today=re.compile(rf"(?i)\W{{0,3}}(?:{words['today']})\b"),
        near_relative=re.compile(rf"(?i)\b({words['relative']})\W{{0,3}}\Z"),
        after_relative=re.compile(rf"(?i)\W{{0,3}}({words['relative']})\b"),
        near_past=re.compile(rf"(?i)\b(?:{words['past']})\W{{0,3}}\Z"),
        after_elsewhen=re.compile(rf"(?i)\W{{0,3}}(?:{words['past']}|{words['after_coming']})\b"),
        after_event=re.compile(rf"(?i)\W{{0,3}}(?:{words['after_event']})\b"),
        bare_weekday=re.compile(
            rf"(?<=, )({either('weekdays')})\b(?!\W?[^.,]{{0,16}}\d| (?:depan|lalu|pekan|ini|pagi|siang|sore|malam))",
            re.IGNORECASE,
        ),
    )


def reporting_day(text: str) -> Published | None:
    """The day of the latest report in a text, where one can be believed."""
    mentions = find_dates(text)
    years = _years(mentions)
    days = [day for one in mentions if one.weekday is not None and (day := _told(text, one, years)) is not None]
    days = days or list(_bare_weekdays(text, mentions, years))
    if not days:
        return None
    chosen = max(days, key=lambda one: one.day)
    partial = PartialDate(iso=chosen.day.isoformat(), precision="day")
    return Published(date=partial, basis="reporting_day", evidence=chosen.evidence)


def _years(mentions: Sequence[DateMention]) -> list[int]:
    """Years that a day without one may be of, latest first: those that a month stands with, and the latest of all."""
    with_month = {one.year for one in mentions if one.year is not None and one.month is not None}
    latest = max((one.year for one in mentions if one.year is not None), default=0)
    return sorted(with_month | ({latest} if latest >= FIRST_YEAR else set()), reverse=True)


def dated(mention: DateMention, years: Sequence[int]) -> date | None:
    """The day of a mention; without a year the first of `years` in which the weekday fits.

    In running text a weekday that only fits with day and month in each other's place is a slip of the writer.
    """
    if mention.problem is not None or mention.by_weekday or mention.month is None or mention.day is None:
        return None
    if mention.year is not None:
        return mention.calendar_day
    for year in years:
        try:
            day = date(year, mention.month, mention.day)
        except ValueError:
            continue
        if day.weekday() == mention.weekday:
            return day
    return None


def _told(text: str, mention: DateMention, years: Sequence[int]) -> Day | None:
    """The day of publication that a dated mention tells, if the words around it let it be believed."""
    day = dated(mention, years)
    if day is None:
        return None
    cues = _cues()
    clause = _clause(text, mention.start)
    near, after = clause[-NEAR_CHARACTERS:], text[mention.end : mention.end + NEAR_CHARACTERS]
    if beside := cues.near_relative.search(near) or cues.after_relative.match(after):
        return Day(day - timedelta(days=relative_days()[beside.group(1).lower()]), mention.text)
    if cues.near_today.search(near) or cues.after_today.match(after):
        return Day(day, mention.text)
    if cues.after_elsewhen.match(after) or cues.near_past.search(near):
        return None
    if _on_day(clause):
        of_today = cues.near_today.search(text) is not None and _last_cue(cues.coming, clause) < 0
        return Day(day, mention.text) if of_today or _spoken_near(clause) else None
    if cues.after_event.match(after) and _last_cue(cues.speech, clause) < 0:
        return None
    if not _is_report(clause, early=mention.start < HEAD_CHARACTERS, late=mention.start > FOOT_SHARE * len(text)):
        return None
    return Day(day, mention.text)


def _clause(text: str, place: int) -> str:
    """What stands before a place in its sentence."""
    before = text[max(0, place - CLAUSE_CHARACTERS) : place]
    starts = [0, *(found.end() for found in _CLAUSE_START.finditer(before))]
    if len(starts) > 1 and not before[starts[-1] :].strip(" \xa0,"):
        starts.pop()  # the day opens its sentence: what it tells of stands in the one before
    return before[starts[-1] :]


def _last_cue(cue: re.Pattern[str], clause: str) -> int:
    return max((found.start() for found in cue.finditer(clause)), default=-1)


def _on_day(clause: str) -> bool:
    """Whether the day follows `pada`, as those of events do."""
    last = _LAST_WORD.search(clause)
    return last is not None and last.group(1).lower() in load_yaml("dates.yaml")["cues"]["event"]


def _spoken_near(clause: str) -> bool:
    speech = _last_cue(_cues().speech, clause)
    return speech > _last_cue(_cues().coming, clause) and len(clause) - speech < NEAR_SPEECH


def _is_report(clause: str, *, early: bool, late: bool) -> bool:
    """Whether the words before a day make it the day of a report rather than of a plan or a stretch of time."""
    speech = _last_cue(_cues().speech, clause)
    if _last_cue(_cues().fixture if speech < 0 else _cues().coming, clause) > speech:
        return False
    last = _LAST_WORD.search(clause)
    if last is not None and last.group(1).lower() in load_yaml("dates.yaml")["cues"]["bound"]:
        return False
    return speech >= 0 or early or not late


def _bare_weekdays(text: str, mentions: Sequence[DateMention], years: Sequence[int]) -> Iterator[Day]:
    """Days that only a weekday tells, after speech, in the week after the latest event that the text dates."""
    events = [day for one in mentions if one.weekday is not None and (day := dated(one, years)) is not None]
    if not events:
        return
    latest = max(events)
    for found in _cues().bare_weekday.finditer(text):
        if _cues().speech.search(_clause(text, found.start())):
            lag = (words_of("weekdays")[found.group(1).lower()] - latest.weekday()) % 7
            if 0 < lag <= LONGEST_LAG_DAYS:
                yield Day(latest + timedelta(days=lag), found.group())

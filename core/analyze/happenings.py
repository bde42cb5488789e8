"""Reports of several articles put together into the real events that they tell of.

Reports of one kind of happening belong together by the event's own date: first those that give a day, days near
each other being one event; then those with a month or a year; then those that give none, by the day on which their
article came out; last the undated ones, by what they state. Every step chooses for all its reports before any
of them joins, so their order does not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from core.analyze.subject import Happening
from core.analyze.when import When

SHARED_UNDATED = 2  # claims that an undated article must share with an event to be one of it

Basis = Literal["text", "published", "none"]
Range = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A sentence by which an article reports a happening. row is its place in the table it was read from.

    published: first and last day on which the article can have come out. lead: it stands in the headline or the
    opening. claims: all that its article states.
    """

    row: int
    doc: int
    cluster_id: int
    claim_id: str
    stance: str
    when: When | None
    published: Range | None
    lead: bool
    claims: frozenset[str]

    @property
    def days(self) -> Range | None:
        """First and last day that the sentence itself gives."""
        if self.when is None or self.when.first is None or self.when.last is None:
            return None
        return self.when.first, self.when.last


@dataclass(slots=True)
class Event:
    """One happening, with the reports of it. low and high bound its date; None where nothing dates it."""

    happening: Happening
    basis: Basis
    low: date | None = None
    high: date | None = None
    reports: list[Report] = field(default_factory=list)

    @property
    def texts(self) -> int:
        """Independent texts that report it."""
        return len({report.cluster_id for report in self.reports})

    @property
    def date(self) -> Range | None:
        """The day that most texts give (of equals the first), else the narrowest stretch; None without any."""
        days = Counter[Range]()
        for _, given in {(report.cluster_id, report.days) for report in self.reports if report.days is not None}:
            if given is not None:
                days[given] += 1
        if self.basis == "text" and days:
            return min(days, key=lambda one: ((one[1] - one[0]).days > 0, -days[one], one[1] - one[0], one[0]))
        return None if self.low is None or self.high is None else (self.low, self.high)

    @property
    def id(self) -> str:
        """The same for the same reports in any order."""
        given = self.date
        if given is None:
            return f"{self.happening.id}@undated"
        first, last = given
        return f"{self.happening.id}@{first}" + (f"..{last}" if last > first and self.basis == "text" else "")

    @property
    def planned(self) -> bool:
        """Whether it is only spoken of as to come."""
        return all(report.stance == "plans" for report in self.reports)

    def covering(self) -> set[int]:
        """Articles that cover it, not those that look back to it: only they can leave something out."""
        given = self.date
        latest = None if given is None else given[1] + timedelta(days=self.happening.reach_days)
        return {
            report.doc
            for report in self.reports
            if latest is None or report.published is None or report.published[0] <= latest
        }

    def claims(self) -> set[str]:
        """What the articles that cover it state."""
        covering = self.covering()
        return set().union(*(report.claims for report in self.reports if report.doc in covering))


def find_events(happening: Happening, reports: Iterable[Report]) -> list[Event]:
    """All events of one kind, dated ones first by their date."""
    known = [report for report in reports if not _too_early(happening, report)]
    events = _by_day(happening, [one for one in known if one.when is not None and one.when.is_day])
    for given, group in sorted(_by_range(known).items(), key=lambda item: (item[0][1] - item[0][0], item[0])):
        near = _within(events, given)
        chosen = _most_told(near, _texts(near))
        if chosen is None:
            chosen = Event(happening=happening, basis="text", low=given[0], high=given[1])
            events.append(chosen)
        chosen.reports.extend(group)
    bare = [one for one in known if one.days is None]
    events = _by_publication(happening, events, [one for one in bare if one.published is not None])
    _take_undated(happening, events, [one for one in bare if one.published is None])
    return sorted((_sorted(event) for event in events), key=lambda one: (one.low is None, one.low or date.max, one.id))


def _too_early(happening: Happening, report: Report) -> bool:
    days = report.days or report.published
    return happening.since is not None and days is not None and days[1].isoformat() < happening.since


def _sorted(event: Event) -> Event:
    event.reports.sort(key=lambda report: report.row)
    return event


def _by_day(happening: Happening, reports: Collection[Report]) -> list[Event]:
    """Reports that give a day: those at most together_days after the day before are of the same event."""
    events: list[Event] = []
    for report in sorted(reports, key=lambda one: (one.days or (date.max, date.max), one.row)):
        if report.days is None:
            continue
        day = report.days[0]
        last = events[-1] if events else None
        if last is None or last.high is None or (day - last.high).days > happening.together_days:
            last = Event(happening=happening, basis="text", low=day)
            events.append(last)
        last.high = day
        last.reports.append(report)
    return events


def _by_range(reports: Iterable[Report]) -> Mapping[Range, list[Report]]:
    """Reports that give a month, a year or a stretch of days, by what they give."""
    ranges: dict[Range, list[Report]] = defaultdict(list)
    for report in reports:
        if report.days is not None and report.days[0] < report.days[1]:
            ranges[report.days].append(report)
    return ranges


def _within(events: Iterable[Event], given: Range) -> list[Event]:
    return [one for one in events if one.low and one.high and one.low <= given[1] and one.high >= given[0]]


def _most_told(events: Iterable[Event], texts: Mapping[int, int]) -> Event | None:
    """The event that most texts report (counted beforehand, by the event's identity); of equals the first."""
    return min(events, key=lambda one: (-texts[id(one)], one.low or date.max), default=None)


def _texts(events: Iterable[Event]) -> dict[int, int]:
    return {id(one): one.texts for one in events}


def _by_publication(happening: Happening, events: list[Event], reports: Collection[Report]) -> list[Event]:
    """Reports that give no date: each to the event at most reach_days before its article (after it, for a plan).

    What is left makes events of its own where an article opens with it; what is only touched on looks back to the
    event before.
    """
    near = [(report, _reached(happening, events, report)) for report in reports]
    for report, event in near:
        if event is not None:
            event.reports.append(report)
    left = [report for report, event in near if event is None]
    openers = {report.doc for report in left if report.lead}
    grown = events + _grown(happening, [report for report in left if report.doc in openers])
    backward = [(report, _latest_before(grown, report)) for report in left if report.doc not in openers]
    for report, chosen in backward:
        if chosen is not None:
            chosen.reports.append(report)
    return grown + _grown(happening, [report for report, chosen in backward if chosen is None])


def _reached(happening: Happening, events: Iterable[Event], report: Report) -> Event | None:
    if report.published is None:
        return None
    first, last = report.published
    near = []
    for event in events:
        if event.low is None or event.high is None:
            continue
        if report.stance == "plans":
            fits = timedelta() <= event.high - last <= timedelta(days=happening.reach_days)
        else:
            reach = timedelta(days=happening.reach_days)
            fits = event.low <= last and (first <= event.high + reach)
        if fits:
            near.append((abs((event.high - first).days), event.low, event))
    return min(near, key=lambda one: one[:2])[2] if near else None


def _grown(happening: Happening, reports: Collection[Report]) -> list[Event]:
    """Events by the days on which articles came out that give no other."""
    events: list[Event] = []
    for report in sorted(reports, key=lambda one: (one.published or (date.max, date.max), one.row)):
        if report.published is None:
            continue
        first, last = report.published
        open_one = events[-1] if events else None
        if open_one is None or open_one.high is None or (first - open_one.high).days > happening.together_days:
            open_one = Event(happening=happening, basis="published", low=first)
            events.append(open_one)
        open_one.high = max(last, open_one.high or last)
        open_one.reports.append(report)
    return events


def _latest_before(events: Iterable[Event], report: Report) -> Event | None:
    last = report.published[1] if report.published is not None else date.max
    before = [one for one in events if one.low is not None and one.low <= last]
    return max(before, key=lambda one: (one.low or date.min, one.texts), default=None)


def _take_undated(happening: Happening, events: list[Event], reports: Collection[Report]) -> None:
    """Each to the event of the day and month that it gives, else to the one with which it shares most claims."""
    stated, texts = {id(one): one.claims() for one in events if one.low is not None}, _texts(events)
    alike: dict[tuple[object, frozenset[str]], list[Report]] = defaultdict(list)
    for report in reports:
        alike[report.when.yearless if report.when else None, report.claims & happening.claims].append(report)
    chosen: list[tuple[Report, Event | None]] = []
    for same in alike.values():
        event = _likely(happening, events, stated, texts, same[0])
        chosen.extend((report, event) for report in same)
    lost = [report for report, event in chosen if event is None]
    for report, event in chosen:
        if event is not None:
            event.reports.append(report)
    if lost:
        events.append(Event(happening=happening, basis="none", reports=lost))


def _likely(
    happening: Happening,
    events: Collection[Event],
    stated: Mapping[int, set[str]],
    texts: Mapping[int, int],
    report: Report,
) -> Event | None:
    if report.when is not None and report.when.yearless is not None:
        month, day = report.when.yearless
        near = [one for one in events if one.low and one.high and _holds(one.low, one.high, month, day)]
        return _most_told(near, texts)
    mine = report.claims & happening.claims
    marks = mine & happening.marks
    shared = {id(one): len(mine & stated[id(one)]) for one in events if one.low and marks <= stated[id(one)]}
    most = max(shared.values(), default=0)
    return _most_told([one for one in events if most >= SHARED_UNDATED and shared.get(id(one)) == most], texts)


def _holds(low: date, high: date, month: int, day: int) -> bool:
    return any((low + timedelta(days=n)).timetuple()[1:3] == (month, day) for n in range((high - low).days + 1))

"""Which reports are of one event: hand-made reports, and the same in any order."""

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analyze.happenings import Report, find_events
from core.analyze.subject import parse_subject
from core.analyze.when import When

SUBJECT = parse_subject(
    {
        "claims": [{"id": name, "labels": {"id": name, "en": name}} for name in ("closed", "cost", "ships", "again")],
        "events": {"closing": {"labels": {"id": "Penutupan", "en": "Closing"}, "cameo": "161", "plover": "COERCE"}},
        "happenings": {
            "harbour": {
                "area": "port",
                "event": "closing",
                "labels": {"id": "Pelabuhan ditutup", "en": "Harbour closed"},
                "who": ["org:otoritas"],
                "told_by": ["closed"],
                "details": ["cost", "ships"],
                "marks": ["again"],
                "since": "2010-01-01",
            }
        },
    }
)
HARBOUR = SUBJECT.happenings[0]
MAY = date(2024, 5, 1)


def day(number: int) -> date:
    return MAY + timedelta(days=number - 1)


def report(doc, *, on=None, until=None, out=None, lead=True, stance="asserts", claims="closed", yearless=None):
    """An article published on day `out` of May 2024; its sentence gives day `on` (until `until`)."""
    when = None
    if on is not None or yearless is not None:
        first = on if on is None or isinstance(on, date) else day(on)
        last = first if until is None else until if isinstance(until, date) else day(until)
        when = When(start=0, end=1, text="x", first=first, last=last, yearless=yearless)
    published = None if out is None else (day(out), day(out))
    return Report(
        row=doc, doc=doc, cluster_id=doc, claim_id="closed", stance=stance, when=when, published=published, lead=lead,
        claims=frozenset(claims.split()),
    )  # fmt: skip


def docs(*reports):
    return [sorted({one.doc for one in event.reports}) for event in find_events(HARBOUR, reports)]


TOGETHER = [
    ([report(1, on=10, out=10), report(2, on=12, out=13)], [[1, 2]]),
    ([report(1, on=10, out=10), report(2, on=14, out=14)], [[1], [2]]),  # four days apart: another closing
    ([report(1, on=10, out=10), report(2, out=12)], [[1, 2]]),  # no day of its own, came out right after
    ([report(1, on=10, out=10), report(2, out=28)], [[1], [2]]),  # came out too late to report it
    ([report(1, on=10, out=10), report(2, out=28, lead=False)], [[1, 2]]),  # only touched on: it looks back
    ([report(1, on=10, out=10), report(2, out=8)], [[2], [1]]),  # came out before it happened
    ([report(1, on=10, out=10), report(2, out=8, stance="plans")], [[1, 2]]),  # a plan of it
    ([report(1, on=10, out=10), report(2, on=1, until=31, out=60)], [[1, 2]]),  # `Mei lalu`
    ([report(1, on=10, out=10), report(2, on=date(2023, 1, 1), until=date(2023, 12, 31), out=10)], [[2], [1]]),
    ([report(1, on=date(2001, 5, 1), out=10), report(2, on=10, out=10)], [[2]]),  # before it is of the subject
    ([report(1, on=10, out=10, claims="closed cost ships"), report(2, claims="closed cost")], [[1, 2]]),
    ([report(1, on=10, out=10, claims="closed cost ships"), report(2, claims="closed")], [[1], [2]]),  # says too little
    ([report(1, on=10, out=10, claims="closed cost"), report(2, claims="closed cost again")], [[1], [2]]),
    ([report(1, on=10, out=10), report(2, yearless=(5, 10))], [[1, 2]]),
    ([report(1, on=10, out=10), report(2, yearless=(5, 20))], [[1], [2]]),
]


@pytest.mark.parametrize(("reports", "expected"), TOGETHER)
def test_which_reports_are_of_one_event(reports, expected):
    assert docs(*reports) == expected


def test_the_day_of_an_event_is_what_most_texts_give_not_when_they_came_out():
    event = find_events(HARBOUR, [report(1, on=10, out=12), report(2, on=10, out=13), report(3, on=12, out=12)])[0]
    assert event.date == (day(10), day(10))
    assert event.id == f"harbour@{day(10)}"
    assert event.basis == "text"


def test_who_looks_back_does_not_cover_and_leaves_nothing_out():
    event = find_events(HARBOUR, [report(1, on=10, out=10), report(2, on=10, out=40)])[0]
    assert event.covering() == {1}
    assert [one.doc for one in event.reports] == [1, 2]


def test_what_only_is_planned_is_marked_so():
    planned, done = report(1, out=8, stance="plans"), report(2, out=9)
    assert find_events(HARBOUR, [planned])[0].planned
    assert not find_events(HARBOUR, [planned, done])[0].planned


ANY_DAY = st.none() | st.integers(1, 60)
REPORTS = st.lists(
    st.tuples(ANY_DAY, ANY_DAY, st.booleans(), st.sampled_from(["closed", "closed cost ships"])), max_size=9
)


@settings(max_examples=50, deadline=None)
@given(REPORTS, st.randoms(use_true_random=False))
def test_every_report_is_in_one_event_whatever_their_order(told, shuffler):
    numbers = count()
    reports = [report(next(numbers), on=on, out=out, lead=lead, claims=claims) for on, out, lead, claims in told]
    found = docs(*reports)
    assert sorted(doc for event in found for doc in event) == list(range(len(told)))
    shuffled = reports.copy()
    shuffler.shuffle(shuffled)
    assert docs(*shuffled) == found
    ids = [event.id for event in find_events(HARBOUR, reports)]
    assert len(ids) == len(set(ids))

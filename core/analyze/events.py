"""Events: what really happened, as the articles of the whole corpus report it.

A filter chooses which of an event's articles are shown; it never changes what is one event, so that an omission does
not turn into silence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import pandas as pd

from core.analyze.happenings import Event, Report, find_events
from core.analyze.subject import Subject, load_subject
from core.analyze.when import When, month_of, own_date
from core.model import Filters
from core.store import Corpus, articles
from core.store import claims as stored

LEAD_SENTENCES = 4  # an article that tells of it within so many sentences opens with it
COLUMNS = [
    "event_id", "happening", "area", "kind", "kind_id", "kind_en", "cameo", "plover", "label_id", "label_en", "who",
    "item_id", "item_en", "first_day", "last_day", "basis", "planned", "articles", "independent", "outlets",
    "looking_back", "doc_ids",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """All claims with their sentences (columns of core.store.claims.told), and the events that they report."""

    rows: pd.DataFrame
    events: tuple[Event, ...]

    def event(self, event_id: str) -> Event | None:
        return next((one for one in self.events if one.id == event_id), None)


_kept: "WeakKeyDictionary[Corpus, tuple[int, Told]]" = WeakKeyDictionary()
_keeping = Lock()


def told(corpus: Corpus) -> Told:
    """Of the bundled profile; worked out once a version of the corpus."""
    version = corpus.version
    with _keeping:
        kept = _kept.get(corpus)
        if kept is None or kept[0] != version:
            kept = (version, put_together(stored.told(corpus), load_subject()))
            _kept[corpus] = kept
    return kept[1]


def put_together(rows: pd.DataFrame, subject: Subject) -> Told:
    """The events of a profile in rows of core.store.claims.told."""
    stated = {doc: frozenset(group) for doc, group in rows.groupby("doc")["claim_id"]}
    by_claim = {str(claim): group for claim, group in rows.groupby("claim_id")}
    events: list[Event] = []
    for happening in subject.happenings:
        parts = [by_claim[claim] for claim in (*happening.told_by, *happening.dated_by) if claim in by_claim]
        if not any(claim in by_claim for claim in happening.told_by):
            continue
        found = pd.concat(parts).sort_index()
        telling = set(found.loc[found["claim_id"].isin(list(happening.told_by)), "doc"])
        each: Iterable[Any] = found.itertuples()
        reports = [
            _report(row, happening.told_by.get(row.claim_id), stated[row.doc]) for row in each if row.doc in telling
        ]
        events.extend(find_events(happening, reports))
    return Told(rows, tuple(events))


def _report(row: Any, holds: str | None, stated: frozenset[str]) -> Report:
    """A row of told as a report; holds is the date that the claim has in itself."""
    first, last = row.published_first, row.published_last
    published = None if pd.isna(first) else (pd.Timestamp(first).date(), pd.Timestamp(last).date())
    day = published[1] if published is not None and published[0] == published[1] else None
    when = own_date(row.text, day)
    if holds is not None:
        when = _inside(when, _range_of(holds))
    return Report(
        row=int(row.Index), doc=int(row.doc), cluster_id=int(row.cluster_id), claim_id=row.claim_id, stance=row.stance,
        when=when, published=published, lead=row.zone == "title" or int(row.sentence or 0) < LEAD_SENTENCES,
        claims=stated,
    )  # fmt: skip


def _range_of(holds: str) -> tuple[date, date]:
    year, month, day = (*(int(part) for part in str(holds).split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    return month_of(year, month) if month else (date(year, 1, 1), date(year, 12, 31))


def _inside(when: When | None, held: tuple[date, date]) -> When:
    """The sentence's date where it lies in what the claim holds, else that."""
    first, last = held
    if when is not None and when.first and when.last and first <= when.first and when.last <= last:
        return when
    return When(start=0, end=0, text="", first=first, last=last)


def events(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """What really happened, as far as articles that pass report it.

    Shape: one row an event: event_id, happening, area, kind (kind_id, kind_en its names; cameo, plover its codes),
           label_id, label_en, who (entity ids, comma-separated), item_id, item_en, first_day, last_day (of the event
           itself; datetime64), basis (`text`: its date stands in articles; `published`: only when they came out is
           known; `none`), planned, articles, independent, outlets (that cover it), looking_back (articles that
           mention it later), doc_ids (document ids, comma-separated); newest first, undated last.
    """
    known = told(corpus)
    passing = articles.by_outlet(corpus, filters)
    if passing.empty:
        return pd.DataFrame(columns=COLUMNS)
    picked = stored.rows(corpus, filters)
    first = picked.drop_duplicates("doc").set_index("doc")
    found = [row for event in known.events if (row := _row(event, first)) is not None]
    frame = pd.DataFrame(found, columns=COLUMNS)
    for column in ("first_day", "last_day"):
        frame[column] = pd.to_datetime(frame[column])
    return frame.sort_values(["first_day", "articles", "event_id"], ascending=[False, False, True], ignore_index=True)


def _row(event: Event, passing: pd.DataFrame) -> list[object] | None:
    covering = [doc for doc in sorted(event.covering()) if doc in passing.index]
    all_docs = {report.doc for report in event.reports}
    back = [doc for doc in sorted(all_docs - event.covering()) if doc in passing.index]
    if not covering and not back:
        return None
    kind, mine = event.happening, passing.loc[covering]
    low, high = event.date or (None, None)
    return [
        event.id, kind.id, kind.area, kind.kind, kind.kind_labels["id"], kind.kind_labels["en"], kind.cameo,
        kind.plover,
        kind.labels["id"], kind.labels["en"], ", ".join(kind.who), kind.item.get("id", ""), kind.item.get("en", ""),
        low, high, event.basis, event.planned, len(covering), mine["cluster_id"].nunique(), mine["outlet"].nunique(),
        len(back), ", ".join(mine["document_id"]),
    ]  # fmt: skip


def reports(corpus: Corpus, filters: Filters, event_id: str, *, outlet: str | None = None) -> pd.DataFrame:
    """Why articles are said to report an event: the sentences that tell of it, with the date that each gives.

    Shape: document_id, sentence, start, end, text, claim_id, stance, attributed_to, rule, outlet, outlet_name,
           published, title, cluster_id, when (as written; empty where the sentence gives none), first_day,
           last_day (what it means), covers (False where the article only looks back); by outlet, then as in the text.
    """
    columns = [
        "document_id", "sentence", "start", "end", "text", "claim_id", "stance", "attributed_to", "rule", "outlet",
        "outlet_name", "published", "title", "cluster_id", "when", "first_day", "last_day", "covers",
    ]  # fmt: skip
    known = told(corpus)
    event = known.event(event_id)
    if event is None:
        return pd.DataFrame(columns=columns)
    passing = set(stored.rows(corpus, filters)["doc"])
    mine = [report for report in event.reports if report.doc in passing]
    covering = event.covering()
    frame = known.rows.loc[[report.row for report in mine]].assign(
        when=[report.when.text if report.when else "" for report in mine],
        first_day=_times([report.days[0] if report.days else None for report in mine]),
        last_day=_times([report.days[1] if report.days else None for report in mine]),
        covers=[report.doc in covering for report in mine],
    )
    if outlet is not None:
        frame = frame[frame["outlet"] == outlet]
    frame = frame.drop_duplicates(["document_id", "start", "end"])
    return frame.sort_values(["outlet", "document_id", "start"], kind="stable", ignore_index=True)[columns]


def _times(days: list[date | None]) -> list[pd.Timestamp | Any]:
    return [pd.NaT if day is None else pd.Timestamp(day) for day in days]

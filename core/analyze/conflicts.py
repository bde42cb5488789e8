"""Conflicts: values of one event on which outlets differ, each with its sentence and with who says so.

Dates are resolved first, so that a weekday and a day of the month that mean the same do not conflict; numbers are
stretches, so that `sekitar 3.000` and `lebih dari 3.000` can be the same; names are only those that the profile says
exclude each other. Where one text says that something is so and another denies it, that is a conflict as well.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from core.analyze.events import Told, told
from core.analyze.happenings import Event
from core.analyze.numbers import Amount, amount
from core.analyze.subject import Fact, Subject, load_subject
from core.analyze.when import find_when
from core.model import Filters
from core.store import Corpus
from core.store import claims as stored

COLUMNS = [
    "event_id", "fact", "label_id", "label_en", "value", "value_id", "value_en", "said", "stance", "attributed_to",
    "outlet", "outlet_name", "document_id", "sentence", "start", "end", "text", "published", "title", "cluster_id",
]  # fmt: skip
DENIAL = {"says": {"id": "dinyatakan", "en": "stated"}, "denies": {"id": "dibantah", "en": "denied"}}
STATING = ("asserts", "attributes", "hedges")


@dataclass(frozen=True, slots=True)
class Value:
    """What a sentence gives for a fact: a key that equal values share, names for it, and what it can be."""

    key: str
    names: tuple[str, str]  # Indonesian, English
    said: str
    row: int
    low: float
    high: float

    def fits(self, other: "Value") -> bool:
        """Whether both can be true at once."""
        return self.low <= other.high and other.low <= self.high


def conflicts(corpus: Corpus, filters: Filters, *, event: str | None = None) -> pd.DataFrame:
    """Facts of the events (or of one) on which outlets give values that exclude each other.

    Shape: one row a value and outlet: event_id, fact (or the claim that some state and some deny), label_id,
           label_en, value (a key), value_id, value_en (its names), said (as written), stance, attributed_to,
           outlet, outlet_name, document_id, sentence, start, end, text, published, title, cluster_id (of the first
           sentence that gives it). Of each conflict all values stand there, those of most texts first.
    """
    known = told(corpus)
    passing = set(stored.rows(corpus, filters)["doc"])
    chosen = [one for one in known.events if event in (None, one.id)]
    return find_conflicts(known, load_subject(), chosen, passing)


def find_conflicts(known: Told, subject: Subject, chosen: Iterable[Event], passing: set[int]) -> pd.DataFrame:
    """The same for a subject and events already at hand; passing holds the articles that may speak."""
    found: list[dict[str, Any]] = []
    places = known.rows.groupby("doc").indices
    for event in chosen:
        mine = [places[doc] for doc in sorted(event.covering() & passing)]
        rows = known.rows.iloc[sorted(place for one in mine for place in one)]
        if rows["outlet"].nunique() < 2:
            continue
        for fact in subject.facts:
            if event.happening.id in fact.of:
                found += _of_fact(event, fact.id, fact.labels, rows, _values(fact, event, rows))
        denied = set(rows.loc[rows["stance"] == "denies", "claim_id"])
        for claim in sorted(denied & event.happening.told_by.keys()):
            found += _of_fact(event, claim, subject.claim_labels[claim], rows, list(_denials(rows, claim)))
    return pd.DataFrame(found, columns=COLUMNS)


def _values(fact: Fact, event: Event, rows: pd.DataFrame) -> list[Value]:
    """Every value that the sentences of a fact give, the same sentence once."""
    mine = rows[rows["claim_id"].isin(list(fact.claims)) & (rows["stance"] != "denies")]
    mine = mine.drop_duplicates(["doc", "start"])
    read: Callable[[Any], Iterator[Value]] = {
        "day": lambda row: _days(row, event),
        "number": lambda row: _numbers(row, fact),
        "name": lambda row: _named(row, fact),
    }[fact.kind]
    return [value for row in mine.itertuples() for value in read(row)]


def _days(row: Any, event: Event) -> Iterator[Value]:
    """Days that a sentence gives for the event itself. One far from it dates something else."""
    low, high = event.low, event.high
    first, last = row.published_first, row.published_last
    day = pd.Timestamp(first).date() if pd.notna(first) and first == last else None
    for when in find_when(row.text, day):
        if when.reported or when.aside:
            continue
        if when.yearless is not None and low is not None:
            when_day: date | None = date(low.year, *when.yearless) if when.yearless != (2, 29) else None
        else:
            when_day = when.first if when.is_day else None
        if when_day is None or low is None or high is None or not low <= when_day <= high:
            continue
        place = float(when_day.toordinal())
        yield Value(
            when_day.isoformat(), (when_day.isoformat(), when_day.isoformat()), when.text, row.Index, place, place
        )


def _numbers(row: Any, fact: Fact) -> Iterator[Value]:
    if fact.pattern is None:
        return
    for found in fact.pattern.finditer(row.text):
        read: Amount | None = amount(found["n"])
        if read is not None:
            name = read.text.lower()
            yield Value(f"{read.least:g}-{read.most:g}", (name, name), found.group(), row.Index, read.least, read.most)


def _named(row: Any, fact: Fact) -> Iterator[Value]:
    """The one name that a sentence gives; with several it compares them and says nothing of its own."""
    found = [(key, match) for key, pattern in fact.values.items() if (match := pattern.search(row.text))]
    if len(found) == 1:
        key, match = found[0]
        labels = fact.value_labels[key]
        place = float(list(fact.values).index(key))
        yield Value(key, (labels["id"], labels["en"]), match.group(), row.Index, place, place)


def _denials(rows: pd.DataFrame, claim: str) -> Iterator[Value]:
    row: Any
    for row in rows[rows["claim_id"] == claim].drop_duplicates(["doc", "start"]).itertuples():
        if row.stance in STATING or row.stance == "denies":
            key = "denies" if row.stance == "denies" else "says"
            place = float(key == "denies")
            yield Value(key, (DENIAL[key]["id"], DENIAL[key]["en"]), "", row.Index, place, place)


def _of_fact(event: Event, fact: str, labels: Any, rows: pd.DataFrame, values: list[Value]) -> list[dict[str, Any]]:
    """The rows of a conflict; none where all values can be true, or only one outlet gives them."""
    if len({value.key for value in values}) == 1:
        return []
    outlets: dict[str, set[str]] = defaultdict(set)
    texts: dict[str, set[int]] = defaultdict(set)
    clusters = dict(zip(rows.index.tolist(), rows["cluster_id"].tolist(), strict=True))
    for value in values:
        outlets[value.key].add(str(rows.at[value.row, "outlet"]))
        texts[value.key].add(clusters[value.row])
    first = {value.key: value for value in reversed(values)}
    clashing = {
        one.key
        for one in first.values()
        for other in first.values()
        if not one.fits(other) and len(outlets[one.key] | outlets[other.key]) > 1
    }
    shown = [value for value in values if value.key in clashing]
    shown.sort(key=lambda value: (-len(texts[value.key]), value.low, value.high, value.row))
    shown = list({(value.key, rows.at[value.row, "outlet"]): value for value in reversed(shown)}.values())[::-1]
    return [
        {
            "event_id": event.id, "fact": fact, "label_id": labels["id"], "label_en": labels["en"], "value": value.key,
            "value_id": value.names[0], "value_en": value.names[1], "said": value.said,
            **{name: rows.at[value.row, name] for name in COLUMNS[8:]},
        }
        for value in shown
    ]  # fmt: skip

"""What is in the corpus, when it came out, and what needs attention."""

import json
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Literal

import pandas as pd

from core.model import Filters
from core.store import UNKNOWN, Corpus, articles, files, tags

LOW_CONFIDENCE = 0.8
"""Below this probability the language of an article is uncertain."""

OFFERED_ENTITIES = 500
WORRYING = ("date conflict", "date refused")
"""Beginnings of the notes that a person should look at; the others only tell how a text was mended."""

KINDS = ("refused", "undated", "unknown_outlet", "other_language", "low_confidence", "note")

Unit = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts over the articles that pass the filters; refused counts files and records of the whole corpus.

    first_day and last_day speak of articles dated to the day. coarse counts those dated to a month or a
    year only. low_confidence counts those whose language is uncertain. other_language counts those that
    are not Indonesian. with_claims counts those that carry a claim of the focus profile.
    """

    articles: int
    independent: int
    outlets: int
    first_day: date | None
    last_day: date | None
    undated: int
    coarse: int
    unknown_outlet: int
    low_confidence: int
    other_language: int
    with_claims: int
    own: int
    sample: int
    sentences: int
    mentions: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that a filter offers: its key, how to show it, how many articles it has."""

    key: str
    name: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the filter widgets offer, over the whole corpus; outlets and entities by falling count."""

    outlets: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    entities: tuple[Choice, ...]
    first_day: date | None
    last_day: date | None
    has_own_articles: bool
    has_sample: bool


def summary(corpus: Corpus, filters: Filters) -> Summary:
    """The headline figures."""
    counts = articles.totals(corpus, filters, LOW_CONFIDENCE)
    return Summary(**counts, refused=files.refusal_count(corpus))


def timeline(corpus: Corpus, filters: Filters, unit: Unit) -> pd.DataFrame:
    """Articles by period and outlet.

    Shape: one row a period and outlet with at least one article: period, outlet, outlet_name, articles,
           independent; sorted by period, then outlet. An article dated to a month counts by month only;
           not_on_timeline says how many are left out.
    """
    return articles.by_period(corpus, filters, unit)


def not_on_timeline(corpus: Corpus, filters: Filters, unit: Unit) -> int:
    """Articles that the timeline leaves out because their date is unknown or too coarse for the unit."""
    return articles.without_period(corpus, filters, unit)


def attention(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """What a person should look at.

    Shape: one row a finding: kind (`refused`, `undated`, `unknown_outlet`, `other_language`,
           `low_confidence`, `note` on a date that conflicts or cannot be), document_id (missing for a
           refusal), file, record, title, detail; in the order of the kinds as listed, then file, record.
    """
    found: dict[str, list[dict[str, object]]] = {kind: [] for kind in KINDS}
    for row in files.refusals(corpus).sort_values(["name", "record"]).to_dict("records"):
        found["refused"].append(
            {"kind": "refused", "document_id": None, "file": row["name"], "record": row["record"], "title": None,
             "detail": row["reason"]}
        )  # fmt: skip
    for row in articles.findings(corpus, filters, LOW_CONFIDENCE).to_dict("records"):
        shared = {key: row[key] for key in ("document_id", "file", "record", "title")}
        for kind, detail in _findings(row):
            found[kind].append({"kind": kind, **shared, "detail": detail})
    columns = ["kind", "document_id", "file", "record", "title", "detail"]
    return pd.DataFrame([row for kind in KINDS for row in found[kind]], columns=columns)


def gaps(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Coverage by outlet: first and last day and the longest silence between.

    Shape: one row an outlet: outlet, outlet_name, articles, independent, first_day, last_day (datetime64),
           longest_gap_days, gap_from, gap_to (days without an article lie strictly between them).
    """
    frame = articles.by_outlet(corpus, filters)[
        ["outlet", "outlet_name", "articles", "independent", "first_day", "last_day"]
    ]
    days = articles.by_period(corpus, filters, "day")
    longest = {str(outlet): _longest_gap(list(group)) for outlet, group in days.groupby("outlet")["period"]}
    nothing = (0, pd.NaT, pd.NaT)
    found = [longest.get(outlet, nothing) for outlet in frame["outlet"]]
    gap_days, gap_from, gap_to = zip(*found, strict=True) if found else ((), (), ())
    return frame.assign(
        longest_gap_days=pd.Series(gap_days, index=frame.index, dtype="int64"),
        gap_from=pd.to_datetime(pd.Series(gap_from, index=frame.index, dtype="datetime64[us]")),
        gap_to=pd.to_datetime(pd.Series(gap_to, index=frame.index, dtype="datetime64[us]")),
    )


def choices(corpus: Corpus) -> Choices:
    """What the filters offer: outlets, languages, the 500 most mentioned entities, the date range."""
    everything = Filters()
    totals = articles.totals(corpus, everything, LOW_CONFIDENCE)
    outlets = articles.by_outlet(corpus, everything)
    entities = tags.entities(corpus, everything, label=None, reading="both", top=OFFERED_ENTITIES)
    return Choices(
        outlets=tuple(
            Choice(key=row["outlet"], name=row["outlet_name"], articles=int(row["articles"]))
            for row in outlets.to_dict("records")
        ),
        languages=tuple(Choice(key=code, name=code, articles=count) for code, count in articles.languages(corpus)),
        entities=tuple(
            Choice(key=row["entity_id"], name=row["name"], articles=int(row["articles"]))
            for row in entities.to_dict("records")
        ),
        first_day=totals["first_day"],
        last_day=totals["last_day"],
        has_own_articles=totals["own"] > 0,
        has_sample=totals["sample"] > 0,
    )


def _findings(row: dict[Hashable, Any]) -> Iterator[tuple[str, str | None]]:
    if pd.isna(row["published"]):
        yield "undated", None
    if row["outlet"] == UNKNOWN:
        yield "unknown_outlet", None
    certainty = f"{row['language']} {row['language_confidence']:.2f}"
    if row["language"] not in ("id", "und"):
        yield "other_language", certainty
    if row["language"] == "und" or row["language_confidence"] < LOW_CONFIDENCE:
        yield "low_confidence", certainty
    for note in json.loads(row["notes"]):
        if note.startswith(WORRYING):
            yield "note", note


def _longest_gap(days: list[pd.Timestamp]) -> tuple[int, pd.Timestamp, pd.Timestamp]:
    """Days without an article between two days with one, and those two days; days come in order."""
    gaps = [((late - early).days - 1, early, late) for early, late in pairwise(days)]
    longest = max(gaps, key=lambda gap: gap[0], default=(0, pd.NaT, pd.NaT))
    return longest if longest[0] > 0 else (0, pd.NaT, pd.NaT)  # type: ignore[return-value]  # NaT stands for no day

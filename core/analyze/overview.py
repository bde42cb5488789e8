"""What is in the corpus, when it came out, and what needs attention."""

import json
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

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
    refused = files.refusals(corpus).sort_values(["name", "record"])
    refused = refused.rename(columns={"name": "file", "reason": "detail"}).assign(document_id=None, title=None)
    rows = articles.findings(corpus, filters, LOW_CONFIDENCE, WORRYING)
    uncertain = (rows["language"] == "und") | (rows["language_confidence"] < LOW_CONFIDENCE)
    masks = {
        "undated": rows["published"].isna(),
        "unknown_outlet": rows["outlet"] == UNKNOWN,
        "other_language": ~rows["language"].isin(["id", "und"]),
        "low_confidence": uncertain,
    }
    parts = [refused.assign(kind="refused")]
    for kind, mask in masks.items():
        chosen = rows[mask]
        detail = _certainty(chosen) if kind in ("other_language", "low_confidence") else None
        parts.append(chosen.assign(kind=kind, detail=detail))
    notes = rows.assign(detail=rows["notes"].map(_worrying)).explode("detail")
    parts.append(notes[notes["detail"].notna()].assign(kind="note"))
    columns = ["kind", "document_id", "file", "record", "title", "detail"]
    kept = [part[columns].astype(dict.fromkeys(columns, object)) for part in parts if len(part)]
    if not kept:
        return pd.DataFrame([], columns=columns)
    return pd.concat(kept, ignore_index=True).infer_objects()


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


def _certainty(rows: pd.DataFrame) -> list[str]:
    """How sure the language of each article is."""
    return [
        f"{language} {confidence:.2f}"
        for language, confidence in zip(rows["language"], rows["language_confidence"], strict=True)
    ]


def _worrying(notes: str) -> list[str]:
    """Those of an article's notes (JSON) that a person should look at."""
    return [note for note in json.loads(notes) if note.startswith(WORRYING)]


def _longest_gap(days: list[pd.Timestamp]) -> tuple[int, pd.Timestamp, pd.Timestamp]:
    """Days without an article between two days with one, and those two days; days come in order."""
    gaps = [((late - early).days - 1, early, late) for early, late in pairwise(days)]
    longest = max(gaps, key=lambda gap: gap[0], default=(0, pd.NaT, pd.NaT))
    return longest if longest[0] > 0 else (0, pd.NaT, pd.NaT)  # type: ignore[return-value]  # NaT stands for no day

"""What is in the corpus, when it came out, and what needs attention."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from core.model import Filters
from core.store import Corpus

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
    raise NotImplementedError


def timeline(corpus: Corpus, filters: Filters, unit: Unit) -> pd.DataFrame:
    """Articles by period and outlet.

    Shape: one row a period and outlet with at least one article: period, outlet, outlet_name, articles,
           independent; sorted by period, then outlet. An article dated to a month counts by month only;
           not_on_timeline says how many are left out.
    """
    raise NotImplementedError


def not_on_timeline(corpus: Corpus, filters: Filters, unit: Unit) -> int:
    """Articles that the timeline leaves out because their date is unknown or too coarse for the unit."""
    raise NotImplementedError


def attention(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """What a person should look at.

    Shape: one row a finding: kind (`refused`, `undated`, `unknown_outlet`, `other_language`,
           `low_confidence`, `note`), document_id (None for a refusal), file, record, title, detail; in the order
           of the kinds as listed, then file, record.
    """
    raise NotImplementedError


def gaps(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    """Coverage by outlet: first and last day and the longest silence between.

    Shape: one row an outlet: outlet, outlet_name, articles, independent, first_day, last_day (datetime64),
           longest_gap_days, gap_from, gap_to (days without an article lie strictly between them).
    """
    raise NotImplementedError


def choices(corpus: Corpus) -> Choices:
    """What the filters offer: outlets, languages, the 500 most mentioned entities, the date range."""
    raise NotImplementedError

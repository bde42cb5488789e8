"""How often who is mentioned, by whom, when and under which names. Counts speak of body and subhead."""

from typing import Literal

import numpy as np
import pandas as pd

from core.analyze.intervals import wilson
from core.analyze.overview import Unit
from core.model import Filters, Label
from core.store import Corpus, articles, tags

_COUNTS = ["mentions", "articles", "independent"]

Reading = Literal["named", "meant", "both"]
"""How a metonym counts. named: as the place it names; meant: as what it stands for; both: as either."""

Measure = Literal["mentions", "articles", "independent"]
"""What a ranking goes by. independent: texts, copies of one story counted once."""


def ranking(
    corpus: Corpus,
    filters: Filters,
    *,
    label: Label | None = None,
    reading: Reading = "both",
    by: Measure = "mentions",
    top: int = 100,
) -> pd.DataFrame:
    """The most mentioned entities.

    Shape: one row an entity: entity_id, name, label, mentions, as_metonym (of those, places that stand for it),
           articles, independent, of_articles, of_independent, outlets; by falling measure, mentions, then entity_id.
    """
    frame = tags.entities(corpus, filters, label=label, reading=reading, top=top, by=by)
    of_articles, of_independent = articles.article_total(corpus, filters)
    frame.insert(7, "of_articles", of_articles)
    frame.insert(8, "of_independent", of_independent)
    return frame


def by_outlet(corpus: Corpus, filters: Filters, entity_ids: tuple[str, ...]) -> pd.DataFrame:
    """The share of each outlet's texts that mention each entity, by name or by metonym.

    Shape: one row an entity and outlet, zeros included: entity_id, name, label, outlet, outlet_name, mentions,
           articles, of_articles, independent, of_independent, share, low, high.
    Units: share is independent / of_independent, with Wilson's interval.
    """
    totals = articles.by_outlet(corpus, filters)[["outlet", "outlet_name", "articles", "independent"]]
    totals = totals.rename(columns={"articles": "of_articles", "independent": "of_independent"})
    counts = tags.entities_by(corpus, filters, list(entity_ids), "outlet").rename(columns={"key": "outlet"})
    frame = _with_zeros(tags.entity_names(corpus, list(entity_ids)), totals, counts, "outlet")
    shares = [wilson(int(n), int(of)) for n, of in zip(frame["independent"], frame["of_independent"], strict=True)]
    frame = frame[
        ["entity_id", "name", "label", "outlet", "outlet_name", "mentions", "articles", "of_articles", "independent",
         "of_independent"]
    ]  # fmt: skip
    return frame.assign(
        share=pd.Series([share.value for share in shares], dtype=float),
        low=pd.Series([share.low for share in shares], dtype=float),
        high=pd.Series([share.high for share in shares], dtype=float),
    )


def over_time(corpus: Corpus, filters: Filters, entity_ids: tuple[str, ...], unit: Unit) -> pd.DataFrame:
    """Mentions of each entity by period.

    Shape: one row an entity and period in which the corpus has an article, zeros included: period, entity_id,
           name, mentions, articles, of_articles, independent, of_independent, share.
    """
    totals = articles.totals_by_period(corpus, filters, unit)
    counts = tags.entities_by(corpus, filters, list(entity_ids), unit).rename(columns={"key": "period"})
    frame = _with_zeros(tags.entity_names(corpus, list(entity_ids)), totals, counts, "period")
    frame = frame[
        ["period", "entity_id", "name", "mentions", "articles", "of_articles", "independent", "of_independent"]
    ]
    return frame.assign(share=frame["independent"] / frame["of_independent"])


def surfaces(corpus: Corpus, filters: Filters, entity_id: str) -> pd.DataFrame:
    """The words behind an entity.

    Shape: one row a surface and reading: surface, reading (`named` or `metonym`), mentions, articles,
           independent, rules (names, comma-separated), score (lowest); by falling mentions.
    """
    return tags.surfaces(corpus, filters, entity_id)


def joined(corpus: Corpus, filters: Filters, entity_id: str) -> pd.DataFrame:
    """Names of other articles that were found to be the same entity, and why.

    Shape: one row a name: entity_id (as the article's own tags have it), name, rule (`spelling`, `sound`, `fuller`,
           `kind`, `short`), beside (the name it is so much like), mentions, articles, independent; by falling mentions.
    """
    return tags.joined_names(corpus, filters, entity_id)


def find(corpus: Corpus, words: str, *, top: int = 50) -> pd.DataFrame:
    """Entities whose name, or a surface of theirs, holds the words, whatever the filters.

    Shape: entity_id, name, label, mentions; by falling mentions.
    """
    return tags.find_entities(corpus, words.strip(), top)


def current(corpus: Corpus, entity_id: str) -> str:
    """The id that an entity goes by now; an old link may have that of a name which was joined since."""
    return tags.current_entity(corpus, entity_id)


def names(corpus: Corpus, entity_ids: tuple[str, ...]) -> dict[str, str]:
    """What entities are called; ids that the corpus does not have are left out."""
    found = tags.entity_names(corpus, list(entity_ids))
    return dict(zip(found["entity_id"], found["name"], strict=True))


def rising(corpus: Corpus, filters: Filters, *, days: int = 30, top: int = 20) -> pd.DataFrame:
    """Entities of the last days that are mentioned more than before.

    Shape: one row an entity: entity_id, name, label, recent, before (independent texts that mention it),
           of_recent, of_before, share, share_before, is_new; by falling z of the difference of shares.
    """
    frame = tags.recent_entities(corpus, filters, days)
    recent, before = frame["recent"].astype(float), frame["before"].astype(float)
    of_recent, of_before = frame["of_recent"].astype(float), frame["of_before"].astype(float)
    share, share_before = recent / of_recent, before / of_before.replace(0, np.nan)
    pooled = (recent + before) / (of_recent + of_before)
    variance = pooled * (1 - pooled) * (1 / of_recent + 1 / of_before.replace(0, np.nan))
    z = (share - share_before) / variance.replace(0, np.nan) ** 0.5
    frame = frame.assign(share=share, share_before=share_before, is_new=frame["before"] == 0, z=z)
    frame = frame.sort_values(["z", "recent", "entity_id"], ascending=[False, False, True], ignore_index=True)
    return frame[(frame["share_before"].isna()) | (frame["share"] > frame["share_before"])].head(top).drop(columns="z")


def _with_zeros(names: pd.DataFrame, totals: pd.DataFrame, counts: pd.DataFrame, key: str) -> pd.DataFrame:
    """Every entity with every row of totals, its counts 0 where it is not mentioned."""
    frame = names.merge(totals, how="cross").merge(counts, on=["entity_id", key], how="left")
    return frame.assign(**{column: frame[column].fillna(0).astype("int64") for column in _COUNTS})

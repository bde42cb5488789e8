"""How often who is mentioned, by whom, when and under which names. Counts speak of body and subhead."""

from typing import Literal

import pandas as pd

from core.analyze.overview import Unit
from core.model import Filters, Label
from core.store import Corpus

Reading = Literal["named", "meant", "both"]
"""How a metonym counts. named: as the place it names; meant: as what it stands for; both: as either."""


def ranking(
    corpus: Corpus, filters: Filters, *, label: Label | None = None, reading: Reading = "both", top: int = 100
) -> pd.DataFrame:
    """The most mentioned entities.

    Shape: one row an entity: entity_id, name, label, mentions, as_metonym (of those, places that stand for it),
           articles, independent, of_articles, of_independent, outlets; by falling mentions, then entity_id.
    """
    raise NotImplementedError


def by_outlet(corpus: Corpus, filters: Filters, entity_ids: tuple[str, ...]) -> pd.DataFrame:
    """The share of each outlet's texts that mention each entity, by name or by metonym.

    Shape: one row an entity and outlet, zeros included: entity_id, name, label, outlet, outlet_name, mentions,
           articles, of_articles, independent, of_independent, share, low, high.
    Units: share is independent / of_independent, with Wilson's interval.
    """
    raise NotImplementedError


def over_time(corpus: Corpus, filters: Filters, entity_ids: tuple[str, ...], unit: Unit) -> pd.DataFrame:
    """Mentions of each entity by period.

    Shape: one row an entity and period in which the corpus has an article, zeros included: period, entity_id,
           name, mentions, articles, of_articles, independent, of_independent, share.
    """
    raise NotImplementedError


def surfaces(corpus: Corpus, filters: Filters, entity_id: str) -> pd.DataFrame:
    """The words behind an entity.

    Shape: one row a surface and reading: surface, reading (`named` or `metonym`), mentions, articles,
           independent, rules (names, comma-separated), score (lowest); by falling mentions.
    """
    raise NotImplementedError


def rising(corpus: Corpus, filters: Filters, *, days: int = 30, top: int = 20) -> pd.DataFrame:
    """Entities of the last days that are mentioned more than before.

    Shape: one row an entity: entity_id, name, label, recent, before (independent texts that mention it),
           of_recent, of_before, share, share_before, is_new; by falling z of the difference of shares.
    """
    raise NotImplementedError

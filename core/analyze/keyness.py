"""Words that one outlet over-uses against a named reference."""

from collections.abc import Mapping

import pandas as pd

from core.model import Filters
from core.store import Corpus

Counts = Mapping[str, int]


def log_odds(target: Counts, reference: Counts, *, prior: Counts) -> pd.DataFrame:
    """Rank terms by their over-use in target against reference.

    Shape:  one row a term of either side: term, z, delta, low, high, count, reference_count; by -z, then term.
    Units:  delta in natural-log odds; low and high a 95 % interval.
    Raises: EmptyCorpusError when either side has no tokens.
    Source: Monroe, Colaresi and Quinn 2008, eq. 16 and 22.
    """
    raise NotImplementedError


def distinctive_words(
    corpus: Corpus, filters: Filters, *, outlet: str, reference: str | None = None, top: int = 50
) -> pd.DataFrame:
    """Words that an outlet over-uses against another outlet, or against all others.

    A cluster of near-duplicates counts once on each side.

    Shape:  the top over-used, then the top under-used terms: term, z, delta, low, high, count,
            reference_count, independent (texts of the outlet that have it); by -z, then term.
    Raises: EmptyCorpusError when either side has no tokens.
    """
    raise NotImplementedError

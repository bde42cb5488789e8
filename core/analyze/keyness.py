"""Words that one outlet over-uses against a named reference."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.analyze.intervals import Z_95
from core.errors import EmptyCorpusError
from core.model import Filters
from core.store import Corpus, tags

PRIOR_TOKENS = 1000
"""The prior weighs as much as a text of so many words in which each is as frequent as in both sides together."""

Counts = Mapping[str, float]
Floats = npt.NDArray[np.float64]


def log_odds(target: Counts, reference: Counts, *, prior: Counts) -> pd.DataFrame:
    """Rank terms by their over-use in target against reference.

    Shape:  one row a term of either side: term, z, delta, low, high, count, reference_count; by -z, then term.
    Units:  delta in natural-log odds; low and high a 95 % interval.
    Raises: EmptyCorpusError when either side has no tokens; ValueError when the prior lacks a term.
    Source: Monroe, Colaresi and Quinn 2008, eq. 16 and 22.
    """
    if not sum(target.values()) or not sum(reference.values()):
        raise EmptyCorpusError("Distinctive words need text on both sides: choose outlets that have articles.")
    terms = sorted(target.keys() | reference.keys())
    weights = np.array([prior.get(term, 0.0) for term in terms], dtype=float)
    if not weights.all():
        raise ValueError(f"The prior has no weight for the term {terms[int(np.argmin(weights))]!r}.")
    ours = np.array([target.get(term, 0) for term in terms], dtype=float)
    theirs = np.array([reference.get(term, 0) for term in terms], dtype=float)
    whole = sum(prior.values())

    def log_of_odds(counts: Floats) -> Floats:
        smoothed: Floats = counts + weights
        logs: Floats = np.log(smoothed) - np.log(counts.sum() + whole - smoothed)
        return logs

    # the only word there is cannot be over-used, and its odds are without bound
    delta = np.zeros(1) if len(prior) == 1 else log_of_odds(ours) - log_of_odds(theirs)
    error = np.sqrt(1 / (ours + weights) + 1 / (theirs + weights))
    frame = pd.DataFrame(
        {
            "term": terms,
            "z": delta / error,
            "delta": delta,
            "low": delta - Z_95 * error,
            "high": delta + Z_95 * error,
            "count": ours.astype(int),
            "reference_count": theirs.astype(int),
        }
    )
    return frame.sort_values(["z", "term"], ascending=[False, True], ignore_index=True)


def distinctive_words(
    corpus: Corpus, filters: Filters, *, outlet: str, reference: str | None = None, top: int = 50
) -> pd.DataFrame:
    """Words that an outlet over-uses against another outlet, or against all others.

    A cluster of near-duplicates counts once on each side.

    Shape:  the top over-used, then the top under-used terms: term, z, delta, low, high, count,
            reference_count, independent (texts of the outlet that have it); by -z, then term.
    Raises: EmptyCorpusError when either side has no tokens.
    """
    frame = tags.term_counts(corpus, filters, outlet, reference)
    target = dict(zip(frame["term"], frame["count"].astype(int), strict=True))
    others = dict(zip(frame["term"], frame["reference_count"].astype(int), strict=True))
    tokens = max(1, sum(target.values()) + sum(others.values()))
    prior = {term: PRIOR_TOKENS * (target[term] + others[term]) / tokens for term in target}
    ranked = log_odds(target, others, prior=prior)
    if len(ranked) > 2 * top:
        ranked = pd.concat([ranked.head(top), ranked.tail(top)], ignore_index=True)
    return ranked.merge(frame[["term", "independent"]], on="term", how="left")

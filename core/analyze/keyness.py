"""Words that one outlet over-uses against a named reference."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.analyze.intervals import DRAWS, SEED, Z_95
from core.errors import EmptyCorpusError
from core.model import Filters
from core.store import Corpus, terms

PRIOR_TOKENS = 1000
"""The prior weighs as much as a text of so many words in which each is as frequent as in both sides together."""

LEAST_DRAWS = 100
WEIGHTS_AT_ONCE = 4_000_000
"""Texts times draws up to which a bootstrap takes all its draws; past that fewer, down to LEAST_DRAWS, whose spread
makes a normal interval, as so many texts allow."""

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

    A cluster of near-duplicates counts once on each side. The interval is a bootstrap over these texts and not over
    words, because words of one text are no independent draws: a word that one text repeats gets a wide one.

    Shape:  the top over-used, then the top under-used terms: term, z, delta, low, high, count,
            reference_count, independent (texts of the outlet that have it); by -z, then term.
    Units:  low and high a 95 % interval (fixed seed); NaN where either side has under two texts.
    Raises: EmptyCorpusError when either side has no tokens.
    """
    frame = terms.counts(corpus, filters, outlet, reference)
    target = dict(zip(frame["term"], frame["count"].astype(int), strict=True))
    others = dict(zip(frame["term"], frame["reference_count"].astype(int), strict=True))
    tokens = max(1, sum(target.values()) + sum(others.values()))
    prior = {term: PRIOR_TOKENS * (target[term] + others[term]) / tokens for term in target}
    ranked = log_odds(target, others, prior=prior)
    if len(ranked) > 2 * top:
        ranked = pd.concat([ranked.head(top), ranked.tail(top)], ignore_index=True)
    words = [str(term) for term in ranked["term"]]
    sizes, uses = terms.counts_by_text(corpus, filters, outlet, reference, words)
    low, high = _by_texts(sizes, uses, np.array([prior[word] for word in words]), words)
    return ranked.assign(low=low, high=high).merge(frame[["term", "independent"]], on="term", how="left")


def _by_texts(sizes: pd.DataFrame, uses: pd.DataFrame, weights: Floats, words: list[str]) -> tuple[Floats, Floats]:
    """Ends of the interval of each word's delta when the texts of both sides are drawn anew, each side by itself."""
    nothing = np.full(len(words), np.nan)
    chance = np.random.default_rng(SEED)
    logs: list[Floats] = []
    draws = max(LEAST_DRAWS, min(DRAWS, WEIGHTS_AT_ONCE // max(1, len(sizes))))
    for is_target in (True, False):
        texts = sizes[sizes["target"] == is_target].reset_index(drop=True)
        if len(texts) < 2:
            return nothing, nothing
        here = uses[uses["target"] == is_target]
        place = {cluster: row for row, cluster in enumerate(texts["cluster_id"])}
        column = {word: number for number, word in enumerate(words)}
        table = np.zeros((len(texts), len(words) + 1))
        rows = [place[cluster] for cluster in here["cluster_id"]]
        table[rows, [column[term] for term in here["term"]]] = here["count"]
        table[:, -1] = texts["tokens"]
        drawn = np.stack([table.sum(axis=0), *(_drawn_sum(table, chance) for _ in range(draws))])
        smoothed = drawn[:, :-1] + weights
        with np.errstate(divide="ignore", invalid="ignore"):  # the only word there is has odds without bound
            logs.append(np.log(smoothed) - np.log(drawn[:, -1:] + PRIOR_TOKENS - smoothed))
    delta, *others = np.subtract(*logs)
    if draws < DRAWS:
        half = Z_95 * np.std(others, axis=0, ddof=1)
        return delta - half, delta + half
    low, high = np.quantile(others, (0.025, 0.975), axis=0)
    return low, high


def _drawn_sum(table: Floats, chance: np.random.Generator) -> Floats:
    """The sum of as many rows as there are, drawn with replacement."""
    picks = np.bincount(chance.integers(0, len(table), size=len(table)), minlength=len(table))
    total: Floats = picks @ table
    return total

"""Words that one outlet over-uses against a named reference."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.analyze.intervals import DRAWS, MANY, SEED, Z_95
from core.errors import EmptyCorpusError
from core.model import Filters
from core.store import Corpus, terms

PRIOR_TOKENS = 1000
"""The prior weighs as much as a text of so many words in which each is as frequent as in both sides together."""

Counts = Mapping[str, float]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scores:
    """Arrays along the terms, which are sorted; order puts the most over-used first."""

    z: Floats
    delta: Floats
    error: Floats
    order: npt.NDArray[np.intp]


def log_odds(target: Counts, reference: Counts, *, prior: Counts) -> pd.DataFrame:
    """Rank terms by their over-use in target against reference.

    Shape:  one row a term of either side: term, z, delta, low, high, count, reference_count; by -z, then term.
    Units:  delta in natural-log odds; low and high a 95 % interval.
    Raises: EmptyCorpusError when either side has no tokens; ValueError when the prior lacks a term.
    Source: Monroe, Colaresi and Quinn 2008, eq. 16 and 22.
    """
    terms = sorted(target.keys() | reference.keys())
    ours, theirs, weights = (
        np.array([side.get(term, 0) for term in terms], dtype=float) for side in (target, reference, prior)
    )
    if not weights.all():
        raise ValueError(f"The prior has no weight for the term {terms[int(np.argmin(weights))]!r}.")
    found = _scores(ours, theirs, weights, whole=sum(prior.values()))
    frame = pd.DataFrame(
        {
            "term": terms,
            "z": found.z,
            "delta": found.delta,
            "low": found.delta - Z_95 * found.error,
            "high": found.delta + Z_95 * found.error,
            "count": ours.astype(int),
            "reference_count": theirs.astype(int),
        }
    )
    return frame.take(found.order).reset_index(drop=True)


def _scores(ours: Floats, theirs: Floats, weights: Floats, *, whole: float) -> _Scores:
    """How far each term is over-used; whole is the sum of the prior."""
    if not ours.sum() or not theirs.sum():
        raise EmptyCorpusError("Distinctive words need text on both sides: choose outlets that have articles.")

    # the only word there is cannot be over-used, and its odds are without bound
    is_alone = len(weights) == 1 and whole == weights.sum()
    delta = (
        np.zeros(1)
        if is_alone
        else np.subtract(*(_log_odds(side, side.sum(), weights, whole) for side in (ours, theirs)))
    )
    error = np.sqrt(1 / (ours + weights) + 1 / (theirs + weights))
    z = delta / error
    # terms of one z stay in their order
    return _Scores(z=z, delta=delta, error=error, order=np.argsort(-z, kind="stable"))


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
    ours, theirs = (frame[name].to_numpy(dtype=float) for name in ("count", "reference_count"))
    weights = PRIOR_TOKENS * (ours + theirs) / max(1, (ours + theirs).sum())
    found = _scores(ours, theirs, weights, whole=PRIOR_TOKENS)
    ends = np.r_[found.order[:top], found.order[-top:]] if len(frame) > 2 * top else found.order
    shown = frame.take(ends).reset_index(drop=True)
    words = [str(term) for term in shown["term"]]
    sizes, uses = terms.counts_by_text(corpus, filters, outlet, reference, words)
    low, high = _by_texts(sizes, uses, weights[ends], words)
    shown = shown.assign(z=found.z[ends], delta=found.delta[ends], low=low, high=high)
    return shown[["term", "z", "delta", "low", "high", "count", "reference_count", "independent"]]


def _by_texts(sizes: pd.DataFrame, uses: pd.DataFrame, weights: Floats, words: list[str]) -> tuple[Floats, Floats]:
    """Ends of the interval of each word's delta when the texts of both sides are drawn anew, each side by itself."""
    chance = np.random.default_rng(SEED)
    logs: list[Floats] = []
    for is_target in (True, False):
        texts, here = sizes[sizes["target"] == is_target], uses[uses["target"] == is_target]
        if len(texts) < 2:
            nothing = np.full(len(words), np.nan)
            return nothing, nothing
        table = np.zeros((len(texts), len(words) + 1))
        rows = np.searchsorted(texts["cluster_id"].to_numpy(), here["cluster_id"].to_numpy())
        table[rows, pd.Index(words).get_indexer(pd.Index(here["term"]))] = here["count"]
        table[:, -1] = texts["tokens"]
        logs.append(_drawn_logs(table, weights, chance))
    low, high = np.quantile(np.subtract(*logs), (0.025, 0.975), axis=0)
    return low, high


def _drawn_logs(table: Floats, weights: Floats, chance: np.random.Generator) -> Floats:
    """Log odds of each word when the texts of one side are drawn anew, a row a draw.

    Shape:  table has a row a text: the counts of the words, then of all words; weights are those of the prior.
    Source: from MANY texts on the draws are normal, as wide as drawing texts is in the limit: the infinitesimal
            jackknife (Efron 1982, ch. 6).
    """
    if len(table) < MANY:
        drawn = np.stack([_drawn_sum(table, chance) for _ in range(DRAWS)])
        return _log_odds(drawn[:, :-1], drawn[:, -1:], weights, PRIOR_TOKENS)
    total = table.sum(axis=0)
    own = total[:-1] + weights
    others = total[-1] + PRIOR_TOKENS - own
    moves = table[:, :-1] * (1 / own + 1 / others) - table[:, -1:] / others
    spread = np.sqrt(((moves - moves.mean(axis=0)) ** 2).sum(axis=0))
    middle = _log_odds(total[:-1], total[-1], weights, PRIOR_TOKENS)
    normal: Floats = middle + spread * chance.standard_normal((DRAWS, len(weights)))
    return normal


def _log_odds(counts: Floats, tokens: Floats | float, weights: Floats, whole: float) -> Floats:
    """Of each word among tokens, smoothed by the prior, whose weights sum to whole."""
    smoothed = counts + weights
    with np.errstate(divide="ignore", invalid="ignore"):  # the only word there is has odds without bound
        found: Floats = np.log(smoothed) - np.log(tokens + whole - smoothed)
    return found


def _drawn_sum(table: Floats, chance: np.random.Generator) -> Floats:
    """The sum of as many rows as there are, drawn with replacement."""
    picks = np.bincount(chance.integers(0, len(table), size=len(table)), minlength=len(table))
    total: Floats = picks @ table
    return total

"""How sure a share or a mean is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Z_95 = 1.959964
DRAWS = 1000
SEED = 20240220
MANY = 400  # from so many values on the bootstrap and the normal interval agree, and the bootstrap is slow


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A value with the ends of its 95 % interval; NaN where there is too little to say."""

    value: float
    low: float
    high: float


def wilson(hits: int, total: int) -> Interval:
    """A share with Wilson's score interval; NaN throughout when total is 0."""
    if total == 0:
        return Interval(value=math.nan, low=math.nan, high=math.nan)
    share, z2 = hits / total, Z_95 * Z_95
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z_95 * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    # at the ends the formula is exact and only its rounding is not
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == total else min(1.0, middle + half)
    return Interval(value=share, low=low, high=high)


def bootstrap_mean(values: Sequence[float] | npt.NDArray[np.float64]) -> Interval:
    """A mean with its percentile bootstrap interval (1,000 draws, fixed seed).

    The ends are NaN under two values; from 400 values on they are those of the normal distribution.
    """
    sample = np.asarray(values, dtype=float)
    if len(sample) == 0:
        return Interval(value=math.nan, low=math.nan, high=math.nan)
    mean = float(sample.mean())
    if len(sample) == 1:
        return Interval(value=mean, low=math.nan, high=math.nan)
    if len(sample) >= MANY:
        half = Z_95 * float(sample.std(ddof=1)) / math.sqrt(len(sample))
        return Interval(value=mean, low=mean - half, high=mean + half)
    picks = np.random.default_rng(SEED).integers(0, len(sample), size=(DRAWS, len(sample)))
    low, high = np.quantile(sample[picks].mean(axis=1), (0.025, 0.975))
    return Interval(value=mean, low=float(low), high=float(high))


def bootstrap_ratio(hits: Sequence[float], totals: Sequence[float]) -> Interval:
    """The sum of hits by the sum of totals, with its percentile bootstrap interval over the pairs (fixed seed).

    NaN throughout when totals sum to 0; the ends are NaN under two pairs.
    """
    over, under = np.asarray(hits, dtype=float), np.asarray(totals, dtype=float)
    if under.sum() == 0:
        return Interval(value=math.nan, low=math.nan, high=math.nan)
    ratio = float(over.sum() / under.sum())
    if len(over) == 1:
        return Interval(value=ratio, low=math.nan, high=math.nan)
    draws = min(DRAWS, max(100, DRAWS * MANY // len(over)))  # fewer of them where each is large and they vary little
    picks = np.random.default_rng(SEED).integers(0, len(over), size=(draws, len(over)))
    sums = under[picks].sum(axis=1)
    found = over[picks].sum(axis=1)[sums > 0] / sums[sums > 0]
    low, high = np.quantile(found, (0.025, 0.975))
    return Interval(value=ratio, low=float(low), high=float(high))

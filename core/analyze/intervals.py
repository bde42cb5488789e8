"""How sure a share or a mean is."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A value with the ends of its 95 % interval; NaN where there is too little to say."""

    value: float
    low: float
    high: float


def wilson(hits: int, total: int) -> Interval:
    """A share with Wilson's score interval; NaN throughout when total is 0."""
    raise NotImplementedError


def bootstrap_mean(values: Sequence[float]) -> Interval:
    """A mean with its percentile bootstrap interval (2,000 draws, fixed seed); ends are NaN under two values."""
    raise NotImplementedError

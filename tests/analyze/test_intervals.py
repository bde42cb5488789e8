import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analyze.intervals import MANY, bootstrap_mean, wilson

SCORES = st.lists(st.floats(min_value=-1, max_value=1), min_size=2, max_size=60)


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        # Newcombe 1998, table I, method 3 (score without continuity correction)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_wilson_agrees_with_published_values(hits, total, low, high):
    interval = wilson(hits, total)
    assert interval.value == hits / total
    assert (interval.low, interval.high) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


def test_a_share_of_nothing_is_not_a_number():
    interval = wilson(0, 0)
    assert all(math.isnan(value) for value in (interval.value, interval.low, interval.high))


def test_a_mean_of_nothing_is_not_a_number():
    assert math.isnan(bootstrap_mean([]).value)


def test_one_value_has_a_mean_and_no_interval():
    interval = bootstrap_mean([0.4])
    assert interval.value == 0.4
    assert math.isnan(interval.low)
    assert math.isnan(interval.high)


def test_two_opposite_values_may_be_either():
    interval = bootstrap_mean([-1.0, 1.0])
    assert (interval.low, interval.value, interval.high) == (-1.0, 0.0, 1.0)


@given(SCORES)
@settings(max_examples=50, deadline=None)
def test_the_interval_holds_the_mean_and_is_the_same_each_time(values):
    interval = bootstrap_mean(values)
    assert min(values) - 1e-9 <= interval.low <= interval.high <= max(values) + 1e-9
    assert interval == bootstrap_mean(values)


def test_the_two_ways_agree_where_they_meet():
    values = [math.sin(n) for n in range(MANY)]
    few, many = bootstrap_mean(values[:-1]), bootstrap_mean(values)
    assert few.low == pytest.approx(many.low, abs=0.01)
    assert few.high == pytest.approx(many.high, abs=0.01)

"""Trends of a gap, worked out by hand; slopes also compared with SciPy."""

from __future__ import annotations

import datetime as dt
import statistics

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from positions.over_time.trends import LEAST_POINTS, YEAR, rate_text, theil_sen, trend_of

DAY = dt.date(2000, 1, 1).toordinal()
GAPS = st.one_of(st.none(), st.sampled_from([0, 0.25, 0.5, 1]))


@pytest.mark.parametrize(
    ("gaps", "verdict"),
    [
        ([1, 0.5], "converging"),
        ([1, 0, 0.5], "converging"),
        ([0.5, 0, 1], "diverging"),
        ([0.5, 0, 0.5], "unmoved"),
        ([None, 1, None, 0], "converging"),
        ([1, 0, None], "converging"),
    ],
)
def test_the_verdict_compares_the_ends(gaps: list[float | None], verdict: str) -> None:
    """The verdict compares the last defined gap with the first, regardless of any between."""
    assert trend_of(range(DAY, DAY + len(gaps)), gaps, DAY + 99).verdict == verdict


def test_rounding_is_no_trend() -> None:
    """Gaps that differ only by the rounding of floats are unmoved."""
    gaps = [sum([0.1] * 3), 0.3]
    assert gaps[0] != gaps[1]
    assert trend_of([DAY, DAY + 1], gaps, DAY + 9).verdict == "unmoved"


def test_a_gap_holds_to_the_end_of_the_period() -> None:
    """A single gap that holds to the end of the period is unmoved."""
    trend = trend_of([DAY], [1], DAY + 30)
    assert (trend.verdict, trend.points) == ("unmoved", 1)
    assert (trend.first, trend.last) == (dt.date(2000, 1, 1), dt.date(2000, 1, 31))


@pytest.mark.parametrize(
    ("gaps", "reason"),
    [
        ([], "no gap is defined on any day"),
        ([None, None], "no gap is defined on any day"),
        ([None, 1, None], "a gap is defined at one point only"),
    ],
)
def test_nothing_to_compare_is_undefined(gaps: list[float | None], reason: str) -> None:
    """With fewer than two gaps the trend is undefined, with the reason, and its values are None."""
    trend = trend_of(range(DAY, DAY + len(gaps)), gaps, DAY + 30)
    assert (trend.verdict, trend.reason) == ("undefined", reason)
    assert (trend.after, trend.slope, trend.low, trend.high) == (None, None, None, None)


def test_a_gap_on_the_last_day_alone_is_undefined() -> None:
    """A gap that is first defined on the last day of the period has no trend."""
    assert trend_of([DAY], [1], DAY).verdict == "undefined"


@given(st.lists(GAPS, max_size=12))
def test_a_slope_needs_eight_points(gaps: list[float | None]) -> None:
    """A slope needs eight defined gaps; its interval contains it."""
    trend = trend_of(range(DAY, DAY + len(gaps)), gaps, DAY + 99)
    assert trend.points == sum(gap is not None for gap in gaps)
    assert (trend.slope is not None) == (trend.points >= LEAST_POINTS and len(gaps) > 0)
    if trend.slope is not None and trend.low is not None and trend.high is not None:
        assert trend.low <= trend.slope <= trend.high


def test_slope_by_hand() -> None:
    """Of the six slopes 1, 1, 1, 28, 29/2 and 10 between four points, the median is 5.5."""
    slope, low, high = theil_sen(np.arange(4.0), np.array([0.0, 1.0, 2.0, 30.0]))
    assert slope == statistics.median([1, 1, 1, 28, 29 / 2, 10]) == 5.5
    assert (low, high) == (1, 28)


def test_interval_by_hand() -> None:
    """Of ten points without ties S has the variance 10·9·25 / 18 = 125.

    So 1.96 √125 = 21.9. Of the 45 slopes between the points of y = x², which are the sums
    of two numbers from 0 to 9, the ends are the 12th and the 34th smallest: (45 - 21.9) / 2
    is 11.5, rounded 12, and (45 + 21.9) / 2 is 33.5, rounded 33, plus 1.
    """
    x = np.arange(10.0)
    slopes = sorted(a + b for a in range(10) for b in range(a))
    slope, low, high = theil_sen(x, x * x)
    assert slope == statistics.median(slopes) == 9
    assert (low, high) == (slopes[12 - 1], slopes[34 - 1])


def test_slopes_are_per_year() -> None:
    """A gap that shrinks by 1 in every year of 365.25 days has the slope -1."""
    days = [DAY + 1461 * n for n in range(8)]
    trend = trend_of(days, [40 - 4 * n for n in range(8)], days[-1])
    assert (trend.slope, trend.low, trend.high) == pytest.approx((-1, -1, -1))
    assert YEAR * 4 == 1461


@given(st.lists(st.sampled_from([0, 0.25, 0.5, 0.75, 1, 3]), min_size=8, max_size=25))
def test_slope_against_scipy(gaps: list[float]) -> None:
    """Slope and interval are those of `scipy.stats.theilslopes`, also with ties."""
    stats = pytest.importorskip("scipy.stats")
    x = np.cumsum(np.arange(len(gaps)) % 3 + 1.0)
    found = stats.theilslopes(gaps, x, 0.95)
    expected = (found.slope, found.low_slope, found.high_slope)
    assert theil_sen(x, np.array(gaps, float)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (0.0, "0"),
        (-0.25, "-0.25"),
        (0.00012345, "+0.000123"),
        (-1234.5, "-1,230"),
        (1e9, "+1,000,000,000"),
    ],
)
def test_rate(change: float, text: str) -> None:
    """A change per year has a sign, three significant digits and no exponent."""
    assert rate_text(change) == text

"""The trend of a gap: its first and last value, and the slope between them."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from statistics import NormalDist
from typing import Literal

import attrs
import numpy as np
import numpy.typing as npt

Direction = Literal["converging", "diverging", "unmoved", "undefined"]
"""How the last defined gap compares with the first: smaller, larger, the same, or not at all."""

LEAST_POINTS = 8
"""The least number of defined gaps for a slope."""
YEAR = 365.25
"""Days in a year, the unit of time of slopes."""
NORMAL_95 = NormalDist().inv_cdf(0.975)
"""Quantile of the standard normal distribution for an interval of 95 %."""

Floats = npt.NDArray[np.float64]
"""An array of measured values."""


@attrs.frozen
class Trend:
    """The change of a gap from its first to its last defined value.

    The verdict compares these two alone, regardless of any between. The slope describes
    the course between them; it needs at least eight change points.

    Attributes:
        verdict: converging, diverging, unmoved or undefined.
        reason: why it is undefined.
        points: the number of change points with a defined gap.
        first: the first day on which a gap is defined; `last` the last day.
        before: the gap on the first of these days; `after` that on the last.
        slope: the change per year (Theil–Sen), in the unit of the gap.
        low: the lower end of its 95 % interval; `high` the upper end.
    """

    verdict: Direction
    reason: str | None
    points: int
    first: dt.date | None = None
    last: dt.date | None = None
    before: int | float | None = None
    after: int | float | None = None
    slope: float | None = None
    low: float | None = None
    high: float | None = None


def rate_text(change: float) -> str:
    """Return a change per year with its sign, to three significant digits.

    >>> rate_text(-0.12345), rate_text(12345), rate_text(0.0)
    ('-0.123', '+12,300', '0')
    """
    return f"{Decimal(f'{change:.3g}'):+,f}" if change else "0"


def trend_of(days: Sequence[int], gaps: Sequence[float | None], end: int) -> Trend:
    """Return the trend of a gap.

    Arguments:
        days: the days on which something changed, in ascending order, as proleptic
            ordinals; no others, because a repeated gap would get more weight.
        gaps: the gap from each of these days on; None where it is not defined.
        end: the last day of the period, on which the last gap still holds.

    Returns:
        A trend; undefined, with the reason, if there are no two days to compare.

    >>> trend_of([730000, 730100], [1, 0.5], 730365).verdict
    'converging'
    """
    known = [(day, gap) for day, gap in zip(days, gaps, strict=True) if gap is not None]
    if not known:
        return Trend("undefined", "no gap is defined on any day", 0)
    first, before = known[0]
    last, after = known[-1]
    if gaps[-1] is not None:
        last = max(end, last)
    when = dt.date.fromordinal(first), dt.date.fromordinal(last)
    if first == last or (len(known) == 1 and gaps[-1] is None):
        reason = "a gap is defined at one point only"
        return Trend("undefined", reason, len(known), when[0], before=before)
    slopes = (None, None, None) if len(known) < LEAST_POINTS else theil_sen(*_columns(known))
    return Trend(_direction(before, after), None, len(known), *when, before, after, *slopes)


def _columns(known: Sequence[tuple[int, float]]) -> tuple[Floats, Floats]:
    days, gaps = zip(*known, strict=True)
    return np.array(days, float) / YEAR, np.array(gaps, float)


def _direction(before: float, after: float) -> Direction:
    """Compare two gaps; floats that differ only by rounding are equal."""
    if math.isclose(before, after, rel_tol=1e-9, abs_tol=1e-9):
        return "unmoved"
    return "converging" if after < before else "diverging"


def theil_sen(x: Floats, y: Floats) -> tuple[float, float, float]:
    """Return the robust slope of `y` over `x`, with its 95 % confidence interval.

    The slope is the median of the slopes between every two points (Theil 1950, Sen
    1968). The ends of the interval are two of the same slopes, at ranks that follow from
    the variance of Kendall's S, corrected for ties in `y` (Sen 1968, as in Gilbert 1987,
    section 16.5), and are rounded to whole numbers.

    Arguments:
        x: two or more different numbers.
        y: the same number of values.

    Returns:
        The slope, and the lower and the upper end of the interval.

    >>> theil_sen(np.arange(4.0), np.array([0.0, 1.0, 2.0, 30.0]))[0]
    5.5
    """
    rises = [(y[i + 1 :] - y[i]) / (x[i + 1 :] - x[i]) for i in range(len(x) - 1)]
    slopes = np.sort(np.concatenate(rises))
    half = NORMAL_95 * math.sqrt(_variance(y))
    low = max(round((len(slopes) - half) / 2) - 1, 0)
    high = min(round((len(slopes) + half) / 2), len(slopes) - 1)
    return float(np.median(slopes)), float(slopes[low]), float(slopes[high])


def _variance(y: Floats) -> float:
    """Return the variance of Kendall's S without a trend, corrected for ties."""
    counts = (len(y), *(-count for count in Counter(y.tolist()).values()))
    return sum(math.copysign(_variance_term(abs(count)), count) for count in counts) / 18


def _variance_term(count: int) -> int:
    return count * (count - 1) * (2 * count + 5)

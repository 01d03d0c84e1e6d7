"""Strategies for days and readings, and helpers of the laws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

import hypothesis.strategies as st

from positions.records.intervals import exactly
from positions.records.scales import Scale
from positions.snapshots.dataset import Dataset
from slow_replay import Answer

DAYS = st.dates(dt.date(1999, 12, 15), dt.date(2000, 3, 15))

READINGS = st.fixed_dictionaries(
    {},
    optional={
        "dates": st.sampled_from(["latest", "earliest"]),
        "known_by": DAYS,
        "undated": st.sampled_from(["retrieved", "same_day"]),
        "max_age": st.integers(0, 40),
        "attributions": st.sampled_from(
            [("self",), ("self", "reported", "leaked", "claimed"), ("claimed",), ()]
        ),
        "confidence": st.sampled_from(["low", "medium", "high"]),
        "inherited": st.booleans(),
    },
)
"""Keyword arguments of `at`, all of them optional."""


def column_of(scale: Scale, answer: Answer) -> int:
    """Return the column of an option or a number."""
    if isinstance(answer, Decimal):
        return next(i for i, n in enumerate(scale.numbers) if exactly(answer).within(n))
    return scale.columns(answer)[0]


def columns(scale: Scale, keys: Iterable[str]) -> list[int]:
    """List the columns of some options, including all those of intervals."""
    return [column for key in keys for column in scale.columns(key)]


@st.composite
def some_parties(draw: st.DrawFn, ds: Dataset) -> list[str]:
    """Draw two or more parties in any order."""
    order = draw(st.permutations([party.id for party in ds.parties]))
    return order[: draw(st.integers(2, len(order)))]


def times_told(text: str, statement: str) -> int:
    """Count the full citations of a statement: its id in brackets, with its sources."""
    return text.count(f" [{statement}:") + text.count(f" [{statement}]")

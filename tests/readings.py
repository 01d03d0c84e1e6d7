"""Days and arguments of a reading to draw, and what laws look for in an answer."""

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
"""Arguments of `at`, each of them mostly left out."""


def column_of(scale: Scale, answer: Answer) -> int:
    """The column that holds an option or a number."""
    if isinstance(answer, Decimal):
        return next(i for i, n in enumerate(scale.numbers) if exactly(answer).within(n))
    return scale.columns(answer)[0]


def columns(scale: Scale, keys: Iterable[str]) -> list[int]:
    """List the columns of some options, intervals written out."""
    return [column for key in keys for column in scale.columns(key)]


@st.composite
def some_parties(draw: st.DrawFn, ds: Dataset) -> list[str]:
    """Draw two parties or more in any order."""
    order = draw(st.permutations([party.id for party in ds.parties]))
    return order[: draw(st.integers(2, len(order)))]


def times_told(text: str, statement: str) -> int:
    """Count how often a statement is told in full: its id in brackets, with its sources."""
    return text.count(f" [{statement}:") + text.count(f" [{statement}]")

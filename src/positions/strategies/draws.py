"""The parts of the strategies: names, dates, and small choices.

Most functions draw values and are not strategies, since making strategies is slower.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from positions.records import models as records
from positions.records.dates import Date, parse_date
from positions.records.fields import BIDI_CONTROLS

T = TypeVar("T")
R = TypeVar("R", bound=records.Record)

_LETTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=BIDI_CONTROLS)
_AWKWARD = st.text(st.sampled_from("|<&*_\\$`'\",=Ж") | _LETTERS, min_size=1, max_size=8)
NAMES = st.just("name") | _AWKWARD.map(lambda text: text.strip() or "name")
"""Names and texts, often difficult to display."""


def names() -> SearchStrategy[str]:
    """Generate names and texts on one line, often difficult to display.

    Shrinks to "name".

    >>> from hypothesis import find
    >>> find(names(), lambda name: "|" in name)
    '|'
    """
    return NAMES


@st.composite
def edtf_dates(
    draw: DrawFn,
    *,
    min_value: dt.date = dt.date(2000, 1, 1),
    max_value: dt.date = dt.date(2000, 2, 29),
) -> Date:
    """Generate dates in EDTF: days, and months and years that contain such a day.

    Shrinks to the first day, without a mark of doubt.

    >>> edtf_dates(max_value=dt.date(2000, 1, 31))
    edtf_dates(max_value=datetime.date(2000, 1, 31))
    """
    text = _cut(draw, draw(st.dates(min_value, max_value)))
    return parse_date(text + draw(st.sampled_from(("", "", "?", "~", "%"))))


DATES = edtf_dates()
"""Dates within two months."""


def _cut(draw: DrawFn, day: dt.date) -> str:
    """Return a day as text, or the month or year that contains it; days most often."""
    return day.isoformat()[: draw(st.sampled_from((10, 10, 10, len("2000-01"), len("2000"))))]


def not_before(draw: DrawFn, date: Date) -> Date:
    """Draw a date that does not end before another begins."""
    most = min(40, (dt.date.max - date.earliest).days)
    return parse_date(_cut(draw, date.earliest + dt.timedelta(draw(st.integers(0, most)))))


def seldom(draw: DrawFn) -> bool:
    """Draw True in one case out of four."""
    return draw(st.integers(0, 3)) == 3


def remark(draw: DrawFn) -> str | None:
    """Draw a text or, more often, None."""
    return draw(NAMES) if seldom(draw) else None


def one(draw: DrawFn, choices: Sequence[T]) -> T:
    """Draw one of the choices."""
    return choices[draw(st.integers(0, len(choices) - 1))]


def some(draw: DrawFn, choices: Iterable[T], *, least: int = 0) -> tuple[T, ...]:
    """Draw up to two different choices, or `least` if that is more."""
    left = list(choices)
    count = draw(st.integers(least, max(least, min(2, len(left)))))
    return tuple(left.pop(draw(st.integers(0, len(left) - 1))) for _ in range(count))


def ids_of(known: Iterable[records.Party | records.Source | records.Statement]) -> list[str]:
    """Return the ids of records, in their order."""
    return [record.id for record in known]


def called(ids: Iterable[str], found: Sequence[R]) -> tuple[R, ...]:
    """Return records with the first of the given ids."""
    return tuple(having(record, id=name) for name, record in zip(ids, found, strict=False))


def having(record: R, **fields: object) -> R:
    """Return a copy of a record with other values in some fields."""
    return record.model_copy(update=fields)

"""Words for readers of a report: dates, lists of names, numbers of things."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from positions.dates import Date
from positions.markup import Child, Markup, element, joined, separated

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""The months in English, whatever the machine speaks."""


def day_text(day: dt.date) -> str:
    """Write a day in words.

    >>> day_text(dt.date(2025, 6, 2))
    '2 June 2025'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day(date: dt.date) -> Markup:
    """Write a day in words that programs can read as well."""
    return element("time", day_text(date), datetime=date.isoformat())


def date_text(date: Date) -> str:
    """Write a date as exactly as it is known, and how sure that is.

    >>> from positions.dates import parse_date
    >>> date_text(parse_date("2022-03~"))
    'March 2022 (approximate)'
    """
    doubts = (("uncertain", date.uncertain), ("approximate", date.approximate))
    doubt = " and ".join(word for word, holds in doubts if holds)
    return f"{_known(date)} ({doubt})" if doubt else _known(date)


def _known(date: Date) -> str:
    if date.precision == "day":
        return day_text(date.latest)
    if date.precision == "month":
        return f"{MONTHS[date.latest.month - 1]} {date.latest.year}"
    return str(date.latest.year)


def names_text(names: Sequence[str], last: str = "and") -> str:
    """Write several names as a sentence does.

    >>> names_text(["Arland", "Borland", "Cerland"])
    'Arland, Borland and Cerland'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def listed(items: Iterable[Child], last: str = "and") -> Markup:
    """Write several pieces as a sentence does."""
    pieces = [joined(item) for item in items]
    if len(pieces) < 2:
        return joined(pieces)
    return joined(separated(pieces[:-1], ", "), f" {last} ", pieces[-1])


def paragraph(*children: Child, class_: str | None = None) -> Markup:
    """Write a paragraph."""
    return element("p", *children, class_=class_)

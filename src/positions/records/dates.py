"""Dates as in sources: a day, a month or a year, kept as written.

The notation is EDTF (ISO 8601-2), the simple part of levels 0 and 1: `2025`,
`2025-06`, `2025-06-02`, each followed by at most one mark of doubt: `?`
uncertain, `~` approximate, `%` both. A vague date is a span of days, so whether
one date precedes another can be true, false or unknown.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from typing import Literal, get_args

import attrs

from positions.errors import InvalidInputError

Precision = Literal["year", "month", "day"]
"""The smallest unit of a date that is known."""

Every = Literal["change", "month", "quarter", "year"]
"""The days of a series: those of changes, or the last day of each period."""
EVERY: tuple[Every, ...] = get_args(Every)
"""All values of `Every`."""

WANTED = "a date YYYY, YYYY-MM or YYYY-MM-DD, followed by ?, ~ or % if in doubt"
"""What errors about dates ask for."""

_EDTF = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[?~%]?")
_UNPADDED = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?([?~%]?)")
_UNBROKEN = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})([?~%]?)")
_WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*[0-9:].*")
_MASKED = re.compile(r"([0-9]{4}(?:-[0-9]{2})?)(?:-XX)+")


@attrs.frozen
class Date:
    """A date as written, and the span of days it can mean; made by `parse_date`.

    Two dates are equal if they are written alike. Comparisons in time are methods
    with three results: True (certainly), False (certainly not) and None (unknown).
    A mark of doubt is kept, but does not widen the span.
    """

    text: str
    earliest: dt.date = attrs.field(eq=False, repr=False)
    latest: dt.date = attrs.field(eq=False, repr=False)
    precision: Precision = attrs.field(eq=False, repr=False)

    def __str__(self) -> str:
        return self.text

    @property
    def uncertain(self) -> bool:
        """Whether the date itself is in doubt (`?` or `%`)."""
        return self.text.endswith(("?", "%"))

    @property
    def approximate(self) -> bool:
        """Whether the date is approximate (`~` or `%`)."""
        return self.text.endswith(("~", "%"))

    @property
    def sort_key(self) -> tuple[dt.date, dt.date, str]:
        """Key that sorts dates for display: by first day, last day, text."""
        return self.earliest, self.latest, self.text

    def before(self, other: Date) -> bool | None:
        """Whether this date is before the other; None if unknown."""
        if self.latest < other.earliest:
            return True
        return False if self.earliest >= other.latest else None

    def after(self, other: Date) -> bool | None:
        """Whether this date is after the other; None if unknown."""
        return other.before(self)

    def same_day(self, other: Date) -> bool | None:
        """Whether both dates mean the same day; None if unknown."""
        if self.latest < other.earliest or other.latest < self.earliest:
            return False
        return True if self.precision == other.precision == "day" else None


def parse_date(text: str, *, what: str = "date") -> Date:
    """Parse a date in EDTF; `what` is its name in errors.

    >>> parse_date("2025-02~").latest
    datetime.date(2025, 2, 28)
    """
    date = _read(text)
    if isinstance(date, str):
        raise InvalidInputError(what, WANTED, text, date)
    return date


@functools.lru_cache(maxsize=8192)
def _read(text: str) -> Date | str:
    """Parse a date or return advice; cached, since a data set repeats many dates."""
    found = _EDTF.fullmatch(text)
    if found is None:
        return _advice(text)
    parts = [int(part) for part in found.groups() if part is not None]
    return _calendar_fault(*parts) or Date(text, *_span(*parts))


def as_date(value: str | dt.date | Date, *, what: str = "date") -> Date:
    """Return text in EDTF, a day or a `Date` as a `Date`."""
    if isinstance(value, Date):
        return value
    if isinstance(value, str):
        return parse_date(value, what=what)
    if isinstance(value, dt.datetime):
        raise InvalidInputError(what, "a day", value, "leave out the time: use .date()")
    if isinstance(value, dt.date):
        return parse_date(value.isoformat(), what=what)
    raise InvalidInputError(what, "text, a datetime.date or a Date", value)


def as_day(value: str | dt.date | Date, *, last: bool = True, what: str = "date") -> dt.date:
    """Return a date as a day; a vague date means its last day, or its first if not `last`.

    >>> as_day("2025-06")
    datetime.date(2025, 6, 30)
    """
    date = as_date(value, what=what)
    return date.latest if last else date.earliest


def day_after(date: Date) -> dt.date:
    """Return the day after the last day of a date; the end of the calendar stays as it is."""
    return dt.date.fromordinal(min(date.latest.toordinal() + 1, dt.date.max.toordinal()))


def _span(year: int, month: int = 0, day: int = 0) -> tuple[dt.date, dt.date, Precision]:
    """Find the first and the last day that a date can mean, and its precision."""
    if day:
        return dt.date(year, month, day), dt.date(year, month, day), "day"
    if month:
        last = calendar.monthrange(year, month)[1]
        return dt.date(year, month, 1), dt.date(year, month, last), "month"
    return dt.date(year, 1, 1), dt.date(year, 12, 31), "year"


def _calendar_fault(year: int, month: int = 1, day: int = 1) -> str:
    """Return why a date is not in the calendar; empty text if it is."""
    if not year:
        return "years run from 0001 to 9999"
    if not 1 <= month <= 12:
        return "months run from 01 to 12"
    days = calendar.monthrange(year, month)[1]
    return "" if 1 <= day <= days else f"{year:04}-{month:02} has days 01 to {days}"


def _advice(text: str) -> str:
    """Return how to write what was probably meant; the order of day and month is never guessed."""
    if text != text.strip():
        return "leave out the blanks around it"
    if any(char.isdigit() and not char.isascii() for char in text):
        return "use the digits 0 to 9"
    if found := _UNPADDED.fullmatch(text) or _UNBROKEN.fullmatch(text):
        *parts, doubt = found.groups()
        return "write " + "-".join(part.zfill(2) for part in parts if part) + doubt
    if found := _WITH_TIME.fullmatch(text):
        return f"leave out the time: write {found[1]}"
    if found := _MASKED.fullmatch(text):
        return f"leave out what is not known: write {found[1]}"
    return "for example 2025-06-02"

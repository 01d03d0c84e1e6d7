"""Dates as sources give them: a day, a month or a year, kept as written.

The notation is EDTF (ISO 8601-2), the simple part of levels 0 and 1: `2025`,
`2025-06`, `2025-06-02`, each with at most one mark of doubt behind it: `?`
uncertain, `~` approximate, `%` both. A vague date is a span of days, so whether
one date comes before another can be yes, no, or not to be told.
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
"""How much of a date is known."""

Every = Literal["change", "month", "quarter", "year"]
"""On which days something is told: where it changed, or at the end of each period."""
EVERY: tuple[Every, ...] = get_args(Every)
"""All of these."""

WANTED = "a date YYYY, YYYY-MM or YYYY-MM-DD, with ?, ~ or % behind it if in doubt"
"""What every error about a date asks for."""

_EDTF = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[?~%]?")
_UNPADDED = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?([?~%]?)")
_UNBROKEN = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})([?~%]?)")
_WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*[0-9:].*")
_MASKED = re.compile(r"([0-9]{4}(?:-[0-9]{2})?)(?:-XX)+")


@attrs.frozen
class Date:
    """A date as written, and the span of days it can mean; `parse_date` makes it.

    Two dates are equal when they are written alike. Comparisons in time are
    methods with three answers: True (certainly), False (certainly not) and None
    (cannot be told). A mark of doubt is shown but widens nothing.
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
        """Whether the date is only about right (`~` or `%`)."""
        return self.text.endswith(("~", "%"))

    @property
    def sort_key(self) -> tuple[dt.date, dt.date, str]:
        """A key that puts dates in order for display: by first day, last day, text."""
        return self.earliest, self.latest, self.text

    def before(self, other: Date) -> bool | None:
        """Tell whether this day came before the other; None if it cannot be told."""
        if self.latest < other.earliest:
            return True
        return False if self.earliest >= other.latest else None

    def after(self, other: Date) -> bool | None:
        """Tell whether this day came after the other; None if it cannot be told."""
        return other.before(self)

    def same_day(self, other: Date) -> bool | None:
        """Tell whether both mean the same day; None if it cannot be told."""
        if self.latest < other.earliest or other.latest < self.earliest:
            return False
        return True if self.precision == other.precision == "day" else None


def parse_date(text: str, *, what: str = "date") -> Date:
    """Read a date written in EDTF; `what` is the name that an error gives it.

    >>> parse_date("2025-02~").latest
    datetime.date(2025, 2, 28)
    """
    date = _read(text)
    if isinstance(date, str):
        raise InvalidInputError(what, WANTED, text, date)
    return date


@functools.lru_cache(maxsize=8192)
def _read(text: str) -> Date | str:
    """Read a date, or say what is wrong with it; a data set names the same days often."""
    found = _EDTF.fullmatch(text)
    if found is None:
        return _advice(text)
    parts = [int(part) for part in found.groups() if part is not None]
    return _calendar_fault(*parts) or Date(text, *_span(*parts))


def as_date(value: str | dt.date | Date, *, what: str = "date") -> Date:
    """Take what a user gives for a date: text in EDTF, a day, or a `Date`."""
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
    """Take what a user gives for a point in time; a vague date means its last day.

    `last=False` takes the first day instead.

    >>> as_day("2025-06")
    datetime.date(2025, 6, 30)
    """
    date = as_date(value, what=what)
    return date.latest if last else date.earliest


def day_after(date: Date) -> dt.date:
    """Give the day after a date, a vague one meaning its last day; the last there is stays."""
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
    """Say what the calendar has against a date; nothing if there is such a day."""
    if not year:
        return "years run from 0001 to 9999"
    if not 1 <= month <= 12:
        return "months run from 01 to 12"
    days = calendar.monthrange(year, month)[1]
    return "" if 1 <= day <= days else f"{year:04}-{month:02} has days 01 to {days}"


def _advice(text: str) -> str:
    """Say how to write what was probably meant; never guess the order of day and month."""
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

"""Numbers as options: the notation of intervals, and the atoms used to compute with them.

An option of a quantity topic is an interval: `..85000`, `30..`, `600000`, `20..50`;
`<` next to an end excludes it (`..<50`). The intervals named on a topic divide its
domain into atoms: the numbers that are their ends, and the open intervals between these.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

import attrs

from positions.errors import InvalidInputError

EXACT = 60
"""Precision of calculations, in digits: enough for any two numbers that can be read."""

_NUMBER = r"-?\d{1,30}(?:\.\d{1,12})?"
_INTERVAL = re.compile(
    rf"(?P<exact>{_NUMBER})|(?P<low>{_NUMBER})?(?P<low_open><)?\.\.(?P<high_open><)?(?P<high>{_NUMBER})?",
    re.ASCII,
)


@attrs.frozen
class Interval:
    """An interval of numbers; an end that is None is unbounded.

    >>> str(parse_interval("..<85000"))
    '..<85000'
    """

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def __str__(self) -> str:
        if self.low is not None and self.low == self.high:
            return written_number(self.low)
        low = "" if self.low is None else written_number(self.low) + "<" * self.low_open
        high = "" if self.high is None else "<" * self.high_open + written_number(self.high)
        return f"{low}..{high}"

    @property
    def empty(self) -> bool:
        """Whether the interval contains no number."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def meets(self, other: Interval) -> bool:
        """Whether the intervals have a number in common."""
        return max(_starts(self), _starts(other)) <= min(_ends(self), _ends(other))

    def within(self, outer: Interval) -> bool:
        """Whether every number of this interval is in `outer`."""
        return _starts(outer) <= _starts(self) and _ends(self) <= _ends(outer)


Edge = tuple[int, Decimal, int]
"""An end of an interval, as a key for comparison: infinite or not, number, open side."""


def _starts(interval: Interval) -> Edge:
    if interval.low is None:
        return (-1, Decimal(0), 0)
    return (0, interval.low, int(interval.low_open))


def _ends(interval: Interval) -> Edge:
    if interval.high is None:
        return (1, Decimal(0), 0)
    return (0, interval.high, -int(interval.high_open))


def parse_interval(text: str) -> Interval:
    """Parse an interval as written in a file.

    Raises:
        InvalidInputError: `text` is not an interval, or contains no number.

    >>> parse_interval("600000") == Interval(Decimal(600000), Decimal(600000))
    True
    """
    found = _INTERVAL.fullmatch(text)
    if found is None:
        raise InvalidInputError(
            "interval", "a number or a range such as ..85000, 30.. or 20..50", text
        )
    interval = _interval_of(found)
    if interval.empty:
        raise InvalidInputError("interval", "a range that contains a number", text)
    return interval


def _interval_of(found: re.Match[str]) -> Interval:
    if found["exact"] is not None:
        return exactly(Decimal(found["exact"]))
    low, high = (None if found[end] is None else Decimal(found[end]) for end in ("low", "high"))
    if (low is None and found["low_open"]) or (high is None and found["high_open"]):
        raise InvalidInputError("interval", "< only next to a number", found.string)
    return Interval(low, high, bool(found["low_open"]), bool(found["high_open"]))


def exactly(number: Decimal) -> Interval:
    """Make the interval that contains one number."""
    return Interval(number, number)


def written_number(number: Decimal) -> str:
    """Return a number as text, without an exponent or trailing zeros.

    >>> written_number(Decimal("85000.00"))
    '85000'
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_number(number: Decimal | Fraction) -> int | float:
    """Return a number as in results: an int if it is whole, else a float."""
    whole = int(number)
    return whole if whole == number else float(number)


def rounded(number: Fraction, digits: int) -> str:
    """Return a number as text with `digits` decimals; halves are rounded to even.

    >>> rounded(Fraction(1, 8), 2), rounded(Fraction(33, 200), 2)
    ('0.12', '0.16')
    """
    return f"{Decimal(number.numerator) / Decimal(number.denominator):.{digits}f}"


def atoms(domain: Interval, named: Iterable[Interval]) -> tuple[Interval, ...]:
    """Divide a domain at every end of the intervals named.

    Returns the ends and the open intervals between them, in order; together they
    make up the domain, and no two of them share a number.

    >>> [str(atom) for atom in atoms(parse_interval("0.."), [parse_interval("..50")])]
    ['0', '0<..<50', '50', '50<..']
    """
    ends = {end for i in (domain, *named) for end in (i.low, i.high) if end is not None}
    cuts: list[Decimal | None] = [None, *sorted(ends), None]
    pieces = []
    for left, right in itertools.pairwise(cuts):
        pieces.append(Interval(left, right, left is not None, right is not None))
        if right is not None:
            pieces.append(exactly(right))
    return tuple(piece for piece in pieces if piece.within(domain))


def joined(run: Sequence[Interval]) -> Interval:
    """Return the interval that consecutive atoms make up."""
    first, last = run[0], run[-1]
    return Interval(first.low, last.high, first.low_open, last.high_open)


def distance(one: Interval, other: Interval) -> Decimal:
    """Return the distance between two intervals: 0 if they overlap or touch."""
    with localcontext(prec=EXACT):
        if one.high is not None and other.low is not None and one.high < other.low:
            return other.low - one.high
        if other.high is not None and one.low is not None and other.high < one.low:
            return one.low - other.high
    return Decimal(0)

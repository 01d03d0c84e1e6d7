"""Numbers as options: intervals as they are written, and the atoms they are computed on.

An option of a quantity topic is an interval: `..85000`, `30..`, `600000`, `20..50`;
`<` beside an end excludes it (`..<50`). All that is said on one topic cuts its
domain into atoms: the numbers somebody named, and the open spans between them.
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
"""Digits to calculate with: more than two numbers of the longest form that is read can need."""

_NUMBER = r"-?\d{1,30}(?:\.\d{1,12})?"
_INTERVAL = re.compile(
    rf"(?P<exact>{_NUMBER})|(?P<low>{_NUMBER})?(?P<low_open><)?\.\.(?P<high_open><)?(?P<high>{_NUMBER})?",
    re.ASCII,
)


@attrs.frozen
class Interval:
    """A run of numbers; an end that is None is unbounded.

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
        """Tell whether no number lies inside."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def meets(self, other: Interval) -> bool:
        """Tell whether some number lies in both intervals."""
        return max(_starts(self), _starts(other)) <= min(_ends(self), _ends(other))

    def within(self, outer: Interval) -> bool:
        """Tell whether every number of this interval lies in `outer`."""
        return _starts(outer) <= _starts(self) and _ends(self) <= _ends(outer)


Edge = tuple[int, Decimal, int]
"""Where an interval starts or ends, so that edges compare: infinite or not, number, open side."""


def _starts(interval: Interval) -> Edge:
    if interval.low is None:
        return (-1, Decimal(0), 0)
    return (0, interval.low, int(interval.low_open))


def _ends(interval: Interval) -> Edge:
    if interval.high is None:
        return (1, Decimal(0), 0)
    return (0, interval.high, -int(interval.high_open))


def parse_interval(text: str) -> Interval:
    """Read an interval as it stands in a file.

    Raises:
        InvalidInputError: `text` is no interval, or no number lies in it.

    >>> parse_interval("600000") == Interval(Decimal(600000), Decimal(600000))
    True
    """
    found = _INTERVAL.fullmatch(text)
    if found is None:
        raise InvalidInputError(
            "an interval", "a number or a range such as ..85000, 30.. or 20..50", text
        )
    interval = _interval_of(found)
    if interval.empty:
        raise InvalidInputError("an interval", "a range with a number in it", text)
    return interval


def _interval_of(found: re.Match[str]) -> Interval:
    if found["exact"] is not None:
        return exactly(Decimal(found["exact"]))
    low, high = (None if found[end] is None else Decimal(found[end]) for end in ("low", "high"))
    if (low is None and found["low_open"]) or (high is None and found["high_open"]):
        raise InvalidInputError("an interval", "< only beside a number", found.string)
    return Interval(low, high, bool(found["low_open"]), bool(found["high_open"]))


def exactly(number: Decimal) -> Interval:
    """Make the interval that holds one number."""
    return Interval(number, number)


def written_number(number: Decimal) -> str:
    """Write a number plainly: no exponent, no trailing zeros.

    >>> written_number(Decimal("85000.00"))
    '85000'
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_number(number: Decimal | Fraction) -> int | float:
    """Give a number as results show it: an int where it is whole."""
    whole = int(number)
    return whole if whole == number else float(number)


def rounded(number: Fraction, digits: int) -> str:
    """Write an exact number with so many decimals; halves go to the even neighbour.

    >>> rounded(Fraction(1, 8), 2), rounded(Fraction(33, 200), 2)
    ('0.12', '0.16')
    """
    return f"{Decimal(number.numerator) / Decimal(number.denominator):.{digits}f}"


def atoms(domain: Interval, named: Iterable[Interval]) -> tuple[Interval, ...]:
    """Cut a domain at every number that somebody named.

    Returns the numbers and the open spans between them, in order; together they
    are the domain, and no two of them share a number.

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
    """Join atoms that follow one another into the interval they make together."""
    first, last = run[0], run[-1]
    return Interval(first.low, last.high, first.low_open, last.high_open)


def distance(one: Interval, other: Interval) -> Decimal:
    """Measure how far two intervals lie apart: 0 where they meet or touch."""
    with localcontext(prec=EXACT):
        if one.high is not None and other.low is not None and one.high < other.low:
            return other.low - one.high
        if other.high is not None and one.low is not None and other.high < one.low:
            return one.low - other.high
    return Decimal(0)

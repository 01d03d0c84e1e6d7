"""Packages that bargaining theory would choose: the Pareto frontier and four exact solutions.

Each solution chooses from a finite set of packages, without lotteries over them. It may
therefore be more than one package; all that are equally good are returned.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, ClassVar

import attrs
import numpy as np

from positions.deals.domain import Domain, read_disagreement
from positions.deals.frontier import Sums, undominated_sums
from positions.deals.weights import Exact
from positions.errors import InvalidInputError
from positions.records.intervals import rounded
from positions.snapshots.answers import Result
from positions.snapshots.wording import counted
from positions.tables.table import Table, Value

Gains = list[tuple[int, ...]]
"""Gains of each party over disagreement, package by package, times a common denominator."""
Criterion = Callable[[Gains], list[int]]
"""Function that returns the indices of the best packages, all that are equally good."""


@attrs.frozen
class Bargain:
    """One package, with its utility for each party.

    Attributes:
        package: an option for each topic, as pairs (use `dict(row.package)`).
        utilities: its exact utility for each party, as pairs (use `dict(row.utilities)`).
        packages: number of packages with the same utilities; the first of them in the order
            of the domain is shown.
    """

    package: tuple[tuple[str, str], ...]
    utilities: tuple[tuple[str, Fraction], ...]
    packages: int


@attrs.frozen
class Bargains(Result[Bargain]):
    """Packages with different utilities, in the order of the domain."""

    columns: ClassVar[tuple[str, ...]] = ("package", "utilities", "packages")
    title: str
    domain: Domain = attrs.field(repr=False)

    def to_records(self) -> list[dict[str, Any]]:
        """Return the rows as plain dictionaries; utilities are exact, as text such as `7/20`."""
        return [
            {
                "package": dict(row.package),
                "utilities": {party: str(value) for party, value in row.utilities},
                "packages": row.packages,
            }
            for row in self.rows
        ]

    def table(self) -> Table:
        """Return the rows as a table: package, utilities, number of packages with the same."""
        headers = ("package", *self.domain.parties, "packages")
        return Table(self.title, headers, tuple(map(_table_row, self.rows)), (), self.notes)


def _table_row(row: Bargain) -> tuple[Value, ...]:
    package = "; ".join(f"{topic}: {option}" for topic, option in row.package)
    return (package, *(fraction_text(value) for _, value in row.utilities), row.packages)


def fraction_text(value: Fraction) -> str:
    """Format a fraction exactly, followed by its decimal value unless it is an integer.

    >>> fraction_text(Fraction(7, 20)), fraction_text(Fraction(4, 2))
    ('7/20 (0.350)', '2')
    """
    if value.denominator == 1:
        return str(value)
    return f"{value} ({rounded(value, 3)})"


def frontier(domain: Domain) -> Bargains:
    """Find the Pareto-optimal packages: those that no other package dominates.

    Packages with the same utilities are one row. Packages are not enumerated: topics are
    added one by one, and dominated partial packages are dropped.

    >>> weights = {"A": {"land": 3, "aid": 1}, "B": {"land": 1, "aid": 3}}
    >>> scores = {"own": {"A": 1, "B": 0}, "theirs": {"A": 0, "B": 1}}
    >>> domain = Domain.of(weights, {"land": scores, "aid": scores})
    >>> [[str(value) for _, value in row.utilities] for row in frontier(domain)]
    [['4', '0'], ['3', '3'], ['0', '4']]
    """
    sums = _frontier_sums(domain)
    return _bargains("Pareto frontier", domain, sums, range(len(sums.values)), ())


def nash(domain: Domain, disagreement: Mapping[str, Exact] | None = None) -> Bargains:
    """Find the package with the greatest product of gains over disagreement (Nash 1950).

    Since there are no lotteries, several packages can be equally good (Kaneko 1980); all
    are returned. The solution does not depend on the scale of a party's utilities.

    Arguments:
        domain: the parties, topics and numbers.
        disagreement: the utility of no agreement for each party; 0 for each if None.

    Returns:
        The packages; none, with the reason in `notes`, if no package gives every party a
        gain.

    Raises:
        UnknownNameError, InvalidInputError: the disagreement point is not valid.

    >>> scores = {"all": {"A": 3, "B": 1}, "half": {"A": 2, "B": 2}}
    >>> domain = Domain.of({"A": {"land": 1}, "B": {"land": "1/2"}}, {"land": scores})
    >>> dict(nash(domain)[0].package)
    {'land': 'half'}
    """
    return _solution("Nash solution", domain, disagreement, greatest_product)


def kalai_smorodinsky(domain: Domain, disagreement: Mapping[str, Exact] | None = None) -> Bargains:
    """Find the package that gives the parties the most equal shares of their ideal gains.

    The ideal gain of a party is its greatest gain over disagreement in any individually
    rational package. The solution maximizes the smallest share of an ideal gain (Kalai
    and Smorodinsky 1975); ties are broken by the next smallest share, and so on (Imai
    1983); all packages that are equally good are returned. The solution does not depend
    on the scale of a party's utilities.

    Arguments:
        domain: the parties, topics and numbers.
        disagreement: the utility of no agreement for each party; 0 for each if None.

    Returns:
        The packages; none, with the reason in `notes`, if a party cannot gain.

    Raises:
        UnknownNameError, InvalidInputError: the disagreement point is not valid.

    >>> scores = {"all": {"A": 4, "B": 1}, "half": {"A": 2, "B": 2}}
    >>> domain = Domain.of({"A": {"land": 1}, "B": {"land": 1}}, {"land": scores})
    >>> [dict(row.package)["land"] for row in kalai_smorodinsky(domain)]
    ['all', 'half']
    """
    return _solution("Kalai–Smorodinsky solution", domain, disagreement, most_equal_shares)


def egalitarian(domain: Domain, disagreement: Mapping[str, Exact] | None = None) -> Bargains:
    """Find the package that maximizes the smallest gain of a party (Kalai 1977).

    Ties are broken by the next smallest gain, and so on (leximin: Sen 1970); all packages
    that are equally good are returned. Gains are compared between parties, so their
    utilities must be on a common scale.

    Arguments:
        domain: the parties, topics and numbers.
        disagreement: the utility of no agreement for each party; 0 for each if None.

    Returns:
        The packages; none, with the reason in `notes`, if none is individually rational.

    Raises:
        UnknownNameError, InvalidInputError: the disagreement point is not valid.

    >>> scores = {"all": {"A": 9, "B": 1}, "half": {"A": 2, "B": 2}}
    >>> domain = Domain.of({"A": {"land": 1}, "B": {"land": 1}}, {"land": scores})
    >>> dict(egalitarian(domain)[0].package)
    {'land': 'half'}
    """
    return _solution("Egalitarian solution", domain, disagreement, leximin)


def utilitarian(domain: Domain) -> Bargains:
    """Find the package with the greatest sum of utilities (Harsanyi 1955).

    All packages that are equally good are returned. The sum ignores disagreement, and
    utilities must be on a common scale.

    >>> scores = {"all": {"A": 9, "B": 1}, "half": {"A": 2, "B": 2}}
    >>> domain = Domain.of({"A": {"land": 1}, "B": {"land": 1}}, {"land": scores})
    >>> dict(utilitarian(domain)[0].package)
    {'land': 'all'}
    """
    sums = _frontier_sums(domain)
    totals = sums.values.sum(axis=1).tolist()
    chosen = [number for number, total in enumerate(totals) if total == max(totals)]
    return _bargains("Utilitarian solution", domain, sums, chosen, ())


def greatest_product(gains: Gains) -> list[int]:
    """Return the indices of the greatest positive product of gains; none if all are 0."""
    products = [math.prod(row) for row in gains]
    best = max(products, default=0)
    return [number for number, product in enumerate(products) if product == best > 0]


def most_equal_shares(gains: Gains) -> list[int]:
    """Return the indices of the leximin shares of ideal gains; none if an ideal gain is 0."""
    ideal = [max(column) for column in zip(*gains, strict=True)]
    if not all(ideal):
        return []
    product = math.prod(ideal)
    shares = [
        tuple(gain * (product // best) for gain, best in zip(row, ideal, strict=True))
        for row in gains
    ]
    return leximin(shares)


def leximin(gains: Gains) -> list[int]:
    """Return the indices of the greatest minimum, with ties broken by the next smallest gains."""
    ranked = [sorted(row) for row in gains]
    best = max(ranked, default=[])
    return [number for number, row in enumerate(ranked) if row == best]


def _frontier_sums(domain: Domain) -> Sums:
    """Return the frontier in integers: utilities times the denominator of the domain."""
    if not isinstance(domain, Domain):
        raise InvalidInputError("domain", "a Domain made by Domain.of or domain_from", domain)
    unit = domain.denominator
    worth = [[[int(v * unit) for v in row] for row in topic.worth] for topic in domain.topics]
    return undominated_sums(worth, len(domain.parties))


def _solution(
    name: str, domain: Domain, disagreement: Mapping[str, Exact] | None, criterion: Criterion
) -> Bargains:
    """Choose among the individually rational packages of the frontier."""
    sums = _frontier_sums(domain)
    point, note = read_disagreement(domain, disagreement)
    unit = math.lcm(domain.denominator, *(value.denominator for value in point))
    factor, base = unit // domain.denominator, [int(value * unit) for value in point]
    gains = sums.values.astype(np.object_) * factor - np.array(base, np.object_)
    rational = np.flatnonzero((gains >= 0).all(axis=1))
    chosen = rational[criterion([tuple(row) for row in gains[rational].tolist()])]
    reason = () if len(chosen) else (_why_none(len(rational)),)
    return _bargains(name, domain, sums, chosen.tolist(), (note, *reason))


def _why_none(rational: int) -> str:
    if rational:
        return "No solution: no package gives every party a gain over disagreement."
    return "No solution: every package is worse than disagreement for some party."


def _bargains(
    name: str, domain: Domain, sums: Sums, chosen: Iterable[int], notes: tuple[str, ...]
) -> Bargains:
    rows = tuple(_bargain(domain, sums, number) for number in chosen)
    title = f"{name} of {', '.join(domain.parties)}: {counted(len(rows), 'package')}"
    return Bargains(rows, (*domain.notes, *notes), title, domain)


def _bargain(domain: Domain, sums: Sums, number: int) -> Bargain:
    options = sums.choices[number].tolist()
    values = [Fraction(int(value), domain.denominator) for value in sums.values[number]]
    return Bargain(
        tuple((t.topic, t.options[o]) for t, o in zip(domain.topics, options, strict=True)),
        tuple(zip(domain.parties, values, strict=True)),
        int(sums.counts[number]),
    )

"""Which packages bargaining theory would choose: the frontier and four solutions, exact.

Every solution here is one of a finite set of packages, not of lotteries over them. So it
can be more than one: all packages that do equally well are told.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, ClassVar

import attrs
import numpy as np

from positions.deals.domain import Domain, read_disagreement
from positions.deals.frontier import Sums, best_sums
from positions.deals.weights import Exact
from positions.errors import InvalidInputError
from positions.records.intervals import rounded
from positions.snapshots.answers import Result
from positions.snapshots.wording import counted
from positions.tables.table import Table, Value

Gains = list[tuple[int, ...]]
"""What packages give each party beyond no agreement, times a common denominator."""
Best = Callable[[Gains], list[int]]
"""What chooses the numbers of the best of some packages, all that do equally well."""


@attrs.frozen
class Bargain:
    """One package, and what it is worth to each party.

    Attributes:
        package: an option for each topic, as pairs: `dict(row.package)`.
        utilities: what it is worth, exactly, as pairs: `dict(row.utilities)`.
        packages: how many packages are worth just the same to all; of these, the first
            in the order of the domain is shown.
    """

    package: tuple[tuple[str, str], ...]
    utilities: tuple[tuple[str, Fraction], ...]
    packages: int


@attrs.frozen
class Bargains(Result[Bargain]):
    """Packages that are worth something different to somebody, in the order of the domain."""

    columns: ClassVar[tuple[str, ...]] = ("package", "utilities", "packages")
    title: str
    domain: Domain = attrs.field(repr=False)

    def to_records(self) -> list[dict[str, Any]]:
        """Give the rows as plain dictionaries; utilities are text such as `7/20`, exactly."""
        return [
            {
                "package": dict(row.package),
                "utilities": {party: str(value) for party, value in row.utilities},
                "packages": row.packages,
            }
            for row in self.rows
        ]

    def table(self) -> Table:
        """Give the rows as a table: the package, what it is worth, how many are worth the same."""
        headers = ("package", *self.domain.parties, "packages")
        return Table(self.title, headers, tuple(map(_table_row, self.rows)), (), self.notes)


def _table_row(row: Bargain) -> tuple[Value, ...]:
    package = "; ".join(f"{topic}: {option}" for topic, option in row.package)
    return (package, *(fraction_text(value) for _, value in row.utilities), row.packages)


def fraction_text(value: Fraction) -> str:
    """Write a fraction exactly, with its decimals where it is not whole.

    >>> fraction_text(Fraction(7, 20)), fraction_text(Fraction(4, 2))
    ('7/20 (0.350)', '2')
    """
    if value.denominator == 1:
        return str(value)
    return f"{value} ({rounded(value, 3)})"


def frontier(domain: Domain) -> Bargains:
    """Find the Pareto-optimal packages: none is worth more to one and no less to any.

    Packages of the same worth to all are one row. The packages are not gone through one
    by one: topics are added in turn, and beginnings that are beaten are dropped.

    >>> weights = {"A": {"land": 3, "aid": 1}, "B": {"land": 1, "aid": 3}}
    >>> scores = {"own": {"A": 1, "B": 0}, "theirs": {"A": 0, "B": 1}}
    >>> domain = Domain.of(weights, {"land": scores, "aid": scores})
    >>> [[str(value) for _, value in row.utilities] for row in frontier(domain)]
    [['4', '0'], ['3', '3'], ['0', '4']]
    """
    sums = _front(domain)
    return _bargains("Pareto frontier", domain, sums, range(len(sums.values)), ())


def nash(domain: Domain, disagreement: Mapping[str, Exact] | None = None) -> Bargains:
    """Find the package with the greatest product of gains over no agreement (Nash 1950).

    The product is taken over the packages themselves, without lotteries, so several can
    do equally well (Kaneko 1980); all of them are told. To count a party's utilities in
    another unit changes nothing.

    Arguments:
        domain: the parties, topics and numbers.
        disagreement: what no agreement is worth to each party; 0 to each where None.

    Returns:
        The packages; none, with the reason in `notes`, where no package gives every
        party a gain.

    Raises:
        UnknownNameError, InvalidInputError: the disagreement cannot be used.

    >>> scores = {"all": {"A": 3, "B": 1}, "half": {"A": 2, "B": 2}}
    >>> domain = Domain.of({"A": {"land": 1}, "B": {"land": "1/2"}}, {"land": scores})
    >>> dict(nash(domain)[0].package)
    {'land': 'half'}
    """
    return _solution("Nash solution", domain, disagreement, greatest_product)


def kalai_smorodinsky(domain: Domain, disagreement: Mapping[str, Exact] | None = None) -> Bargains:
    """Find the package that gives all the most equal share of what each could hope for.

    The ideal gain of a party is its greatest gain over no agreement among the packages
    in which nobody loses. Chosen is the package in which the least share of an ideal
    gain is greatest (Kalai and Smorodinsky 1975). Of those alike in it, the next least
    share counts, and so on (Imai 1983); all that do equally well are told. To count a
    party's utilities in another unit changes nothing.

    Arguments:
        domain: the parties, topics and numbers.
        disagreement: what no agreement is worth to each party; 0 to each where None.

    Returns:
        The packages; none, with the reason in `notes`, where a party cannot gain.

    Raises:
        UnknownNameError, InvalidInputError: the disagreement cannot be used.

    >>> scores = {"all": {"A": 4, "B": 1}, "half": {"A": 2, "B": 2}}
    >>> domain = Domain.of({"A": {"land": 1}, "B": {"land": 1}}, {"land": scores})
    >>> [dict(row.package)["land"] for row in kalai_smorodinsky(domain)]
    ['all', 'half']
    """
    return _solution("Kalai–Smorodinsky solution", domain, disagreement, most_equal_shares)


def egalitarian(domain: Domain, disagreement: Mapping[str, Exact] | None = None) -> Bargains:
    """Find the package in which the party that gains least gains most (Kalai 1977).

    Of those alike in the least gain, the next least counts, and so on (leximin: Sen
    1970); all that do equally well are told. Gains are compared between the parties, so
    their utilities must be counted in one unit.

    Arguments:
        domain: the parties, topics and numbers.
        disagreement: what no agreement is worth to each party; 0 to each where None.

    Returns:
        The packages; none, with the reason in `notes`, where somebody loses in every one.

    Raises:
        UnknownNameError, InvalidInputError: the disagreement cannot be used.

    >>> scores = {"all": {"A": 9, "B": 1}, "half": {"A": 2, "B": 2}}
    >>> domain = Domain.of({"A": {"land": 1}, "B": {"land": 1}}, {"land": scores})
    >>> dict(egalitarian(domain)[0].package)
    {'land': 'half'}
    """
    return _solution("Egalitarian solution", domain, disagreement, greatest_least)


def utilitarian(domain: Domain) -> Bargains:
    """Find the package with the greatest sum of utilities (Harsanyi 1955).

    All that do equally well are told. The sum asks nobody whether no agreement were
    better, and utilities must be counted in one unit.

    >>> scores = {"all": {"A": 9, "B": 1}, "half": {"A": 2, "B": 2}}
    >>> domain = Domain.of({"A": {"land": 1}, "B": {"land": 1}}, {"land": scores})
    >>> dict(utilitarian(domain)[0].package)
    {'land': 'all'}
    """
    sums = _front(domain)
    totals = sums.values.sum(axis=1).tolist()
    chosen = [number for number, total in enumerate(totals) if total == max(totals)]
    return _bargains("Utilitarian solution", domain, sums, chosen, ())


def greatest_product(gains: Gains) -> list[int]:
    """Choose the greatest product of gains; none where somebody gains nothing in each."""
    products = [math.prod(row) for row in gains]
    best = max(products, default=0)
    return [number for number, product in enumerate(products) if product == best > 0]


def most_equal_shares(gains: Gains) -> list[int]:
    """Choose the greatest least share of ideal gains; none where an ideal gain is 0."""
    ideal = [max(column) for column in zip(*gains, strict=True)]
    if not all(ideal):
        return []
    whole = math.prod(ideal)
    shares = [
        tuple(gain * (whole // best) for gain, best in zip(row, ideal, strict=True))
        for row in gains
    ]
    return greatest_least(shares)


def greatest_least(gains: Gains) -> list[int]:
    """Choose the greatest least number; of those alike, the greatest next least, and so on."""
    ranked = [sorted(row) for row in gains]
    best = max(ranked, default=[])
    return [number for number, row in enumerate(ranked) if row == best]


def _front(domain: Domain) -> Sums:
    """Find the frontier in whole numbers, times the domain's denominator."""
    if not isinstance(domain, Domain):
        raise InvalidInputError("domain", "what Domain.of or domain_from gives", domain)
    by = domain.denominator
    worth = [[[int(v * by) for v in row] for row in topic.worth] for topic in domain.topics]
    return best_sums(worth, len(domain.parties))


def _solution(
    name: str, domain: Domain, disagreement: Mapping[str, Exact] | None, best: Best
) -> Bargains:
    """Choose among the packages of the frontier in which nobody loses."""
    sums = _front(domain)
    point, told = read_disagreement(domain, disagreement)
    by = math.lcm(domain.denominator, *(value.denominator for value in point))
    more, least = by // domain.denominator, [int(value * by) for value in point]
    gains = sums.values.astype(np.object_) * more - np.array(least, np.object_)
    fair = np.flatnonzero((gains >= 0).all(axis=1))
    chosen = fair[best([tuple(row) for row in gains[fair].tolist()])]
    reason = () if len(chosen) else (_why_none(len(fair)),)
    return _bargains(name, domain, sums, chosen.tolist(), (told, *reason))


def _why_none(fair: int) -> str:
    if fair:
        return "No solution: in every package in which nobody loses, somebody gains nothing."
    return "No solution: in every package, somebody loses against no agreement."


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

"""Coverage of a data set: its statements by party, area and half-year, and their sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import ClassVar

import attrs

from positions.records.dates import Date
from positions.records.models import Source, Statement
from positions.records.plain import field_names
from positions.snapshots.answers import Result
from positions.snapshots.dataset import Dataset, without_suppositions
from positions.tables.table import Table, Value

KINDS_OF_SOURCE = ("official", "wire", "press", "analysis")
"""The kinds of source, best first."""


@attrs.frozen
class CoverageRow:
    """The statements of one party in one area and half-year, counted.

    Attributes:
        half_year: such as `2025-H1`; a vague date counts where its last day falls.
        statements: the number of statements; a joint one counts for each of its parties.
        corroborated: the number of those with sources of two or more publishers.
        own, reported, leaked, claimed: numbers by attribution (`own` is `self`).
        official, wire, press, analysis: numbers by the best kind of source.
    """

    party: str
    area: str
    half_year: str
    statements: int
    corroborated: int
    own: int
    reported: int
    leaked: int
    claimed: int
    official: int
    wire: int
    press: int
    analysis: int


COUNTS = field_names(CoverageRow)[3:]
"""The columns of counts, which can be added up."""
SHARES = COUNTS[1:]
"""The counts that are shown as shares of all statements."""


@attrs.frozen
class Coverage(Result[CoverageRow]):
    """The rows of `coverage`, one for each party, area and half-year with statements."""

    columns: ClassVar[tuple[str, ...]] = field_names(CoverageRow)
    title: str

    def table(self) -> Table:
        """Return a table with a row for each party and area, and a column for each half-year."""
        halves = tuple(sorted({row.half_year for row in self.rows}))
        cells = {(row.party, row.area, row.half_year): row.statements for row in self.rows}
        pairs = dict.fromkeys((row.party, row.area) for row in self.rows)
        rows: list[tuple[Value, ...]] = []
        for party, area in pairs:
            counts: list[int | None] = [cells.get((party, area, half)) for half in halves]
            rows.append((party, area, *counts, sum(filter(None, counts))))
        if rows:
            sums = [sum(row.statements for row in self.rows if row.half_year == h) for h in halves]
            rows.append(("all", "all", *sums, sum(sums)))
        headers = ("party", "area", *halves, "all")
        return Table(self.title, headers, tuple(rows), remarks=self.notes)

    def sourcing(self) -> Table:
        """Return a table of the attribution and sources of each party, in per cent."""
        parties = tuple(dict.fromkeys(row.party for row in self.rows))
        rows: list[tuple[Value, ...]] = [
            (p, *_shares([r for r in self.rows if r.party == p])) for p in parties
        ]
        if rows:
            rows.append(("all", *_shares(self.rows)))
        headers = ("party", "statements", *(f"{name} %" for name in SHARES))
        return Table("Statements by attribution and best source", headers, tuple(rows))


def _shares(rows: Sequence[CoverageRow]) -> tuple[int, ...]:
    """Return the number of statements in some rows, and the share of each kind in per cent."""
    count = sum(row.statements for row in rows)
    parts = (sum(getattr(row, name) for row in rows) for name in SHARES)
    return (count, *(round(100 * part / count) for part in parts))


def coverage(ds: Dataset) -> Coverage:
    """Count the statements of a data set by party, area and half-year.

    A joint statement counts once for each of its parties, so that sums over parties
    can exceed the number of statements. Suppositions are not counted.

    Returns:
        A row for each party, area and half-year that has statements, in the order of
        the file; its table has a column for each half-year, `.sourcing()` returns shares.

    >>> from positions import load
    >>> coverage(load()).rows[0].party
    'RUS'
    """
    ds = without_suppositions(ds)
    areas = tuple(dict.fromkeys(topic.area for topic in ds.topics))
    groups: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for statement in ds.statements:
        for party in statement.parties:
            area = statement.topic.split(".")[0]
            groups[party, area, half_year(statement.date)].append(statement)
    parties = [party.id for party in ds.parties]
    places = sorted(groups, key=lambda key: (parties.index(key[0]), areas.index(key[1]), key[2]))
    sources = {source.id: source for source in ds.sources}
    rows = tuple(CoverageRow(*key, *_counts(groups[key], sources)) for key in places)
    note = "A joint statement counts for each of its parties."
    title = f"{len(ds.statements):,} statements by party, area and half-year"
    return Coverage(rows, (note,), title)


def half_year(date: Date) -> str:
    """Return the half-year of the last day of a date, such as `2025-H1`."""
    return f"{date.latest.year:04}-H{1 if date.latest.month <= 6 else 2}"


def _counts(statements: Iterable[Statement], sources: dict[str, Source]) -> tuple[int, ...]:
    counts = dict.fromkeys(COUNTS, 0)
    for statement in statements:
        pages = [sources[name] for name in statement.sources]
        counts["statements"] += 1
        counts["corroborated"] += len({page.publisher for page in pages}) > 1
        counts["own" if statement.attribution == "self" else statement.attribution] += 1
        counts[min((page.kind for page in pages), key=KINDS_OF_SOURCE.index)] += 1
    return tuple(counts.values())

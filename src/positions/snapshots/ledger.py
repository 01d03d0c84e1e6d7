"""Statements as columns of integers.

A *row* is one statement of one party (a joint statement has a row for each of its
parties); it has an *entry* for every option that it names. Rows are in the order of
replay: by party and topic, then by the first day on which the statement can have been
made, the less precise dates first. So a statement with a vague date never overrides one
with a more precise date within its span.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import get_args

import attrs
import numpy as np
import numpy.typing as npt

from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.records.fields import Attribution
from positions.records.models import Party, Source, Statement
from positions.records.suppositions import Supposition, suppositions

Ints = npt.NDArray[np.int64]
"""A column of integers."""
Codes = npt.NDArray[np.int8]
"""A column of attitude codes; their order is the order of levels."""
Flags = npt.NDArray[np.bool_]
"""A column of booleans."""

REJECT, SILENT, CONDITIONAL, ACCEPT, DEMAND = range(5)

CODES = {
    Attitude.REJECT: REJECT,
    Attitude.WITHDRAWN: SILENT,
    Attitude.CONDITIONAL: CONDITIONAL,
    Attitude.ACCEPT: ACCEPT,
    Attitude.DEMAND: DEMAND,
}
"""Code of each attitude of a statement; a withdrawn option is silent."""

ATTITUDES = (
    Attitude.REJECT,
    Attitude.SILENT,
    Attitude.CONDITIONAL,
    Attitude.ACCEPT,
    Attitude.DEMAND,
)
"""Attitude of each code."""

ALWAYS = np.iinfo(np.int32).max
"""Last day of a statement that never lapses."""

NO_STATEMENT = -1
"""Number that belongs to no statement."""

ATTRIBUTIONS: tuple[Attribution, ...] = get_args(Attribution)
"""All attributions; a row holds the index of its own."""
CONFIDENCES = (None, "low", "medium", "high")
"""Degrees of the coder's confidence, in ascending order; a row holds the index of its own."""


@attrs.frozen(eq=False)
class StatementRows:
    """The rows of a ledger, column by column.

    Days are proleptic ordinals. `number` is the place of the statement in the file.
    `starts` and `starts_early` are the days from which the row counts, by the last and by
    the first day on which the statement can have been made; `until` is its last day in
    force; `published` is the first day on which one of its sources is known to have been
    public, `retrieved` the first day on which an undated one was retrieved.
    """

    party: Ints
    topic: Ints
    earliest: Ints
    latest: Ints
    starts: Ints
    starts_early: Ints
    until: Ints
    number: Ints
    attribution: Ints
    confidence: Ints
    published: Ints
    retrieved: Ints

    def __len__(self) -> int:
        return len(self.party)

    def take(self, rows: Ints) -> StatementRows:
        """Return some rows, in the order given."""
        return StatementRows(*(column[rows] for column in attrs.astuple(self, recurse=False)))


@attrs.frozen(eq=False)
class Ledger:
    """All rows of a data set in the order of replay, and the entries of each.

    The entries of row `r` are those from `first_entry[r]` up to `first_entry[r + 1]`.
    `column` is counted within the topic, and `code` is an attitude code. `width` is the
    number of columns of each topic; `mandates` the days on which the governments of each
    party took office; `denied` maps the number of each denied statement to the numbers of
    those that deny it; `supposed` contains the numbers of the suppositions.
    """

    statements: StatementRows
    first_entry: Ints
    column: Ints
    code: Codes
    width: Ints
    mandates: tuple[tuple[int, ...], ...] = ()
    denied: Mapping[int, tuple[int, ...]] = attrs.field(factory=dict)
    supposed: frozenset[int] = frozenset()

    @functools.cached_property
    def pair(self) -> Ints:
        """The number of each row's pair of party and topic."""
        return self.statements.party * len(self.width) + self.statements.topic

    @functools.cached_property
    def group(self) -> Ints:
        """The number of each row's group; the rows of a group are read together.

        A group consists of the statements of one party on one topic with the same date (a
        day or a span of days); each supposition is a group of its own.
        """
        statements = self.statements
        alone = np.where(
            np.isin(statements.number, list(self.supposed)), statements.number, NO_STATEMENT
        )
        return number_runs(self.pair, statements.earliest, statements.latest, alone)

    @functools.cached_property
    def entry_row(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(len(self.statements)), np.diff(self.first_entry))

    @functools.cached_property
    def lapsing(self) -> frozenset[tuple[int, int]]:
        """The pairs of party and topic with statements that lapse."""
        rows = np.flatnonzero(self.statements.until < ALWAYS)
        parties, topics = self.statements.party[rows].tolist(), self.statements.topic[rows].tolist()
        return frozenset(zip(parties, topics, strict=True))

    @functools.cached_property
    def demands(self) -> Ints:
        """The number of columns that each row demands."""
        return np.bincount(self.entry_row[self.code == DEMAND], minlength=len(self.statements))

    @functools.cached_property
    def deniable(self) -> Flags:
        """Whether another statement denies that of each row."""
        return np.isin(self.statements.number, list(self.denied))

    @functools.cached_property
    def denial_rows(self) -> Ints:
        """The rows of statements that deny or are denied, statement by statement."""
        names = {*self.denied, *(by for deniers in self.denied.values() for by in deniers)}
        rows = np.flatnonzero(np.isin(self.statements.number, list(names)))
        return rows[np.argsort(self.statements.number[rows], kind="stable")]

    def rows_of(self, party: int, topic: int) -> range:
        """Find the rows of one party on one topic."""
        pair = party * len(self.width) + topic
        first, last = np.searchsorted(self.pair, [pair, pair + 1])
        return range(int(first), int(last))


def ledger_of(
    statements: StatementRows, entry_row: Ints, column: Ints, code: Codes, width: Ints
) -> Ledger:
    """Make a ledger of rows and their entries, given in any order.

    Rows of one party on one topic with the same date stay in the order given.

    Arguments:
        statements: the rows.
        entry_row: the row of each entry.
        column: the column of each entry, within its topic.
        code: the attitude code of each entry.
        width: the number of columns of each topic.
    """
    pair = statements.party * len(width) + statements.topic
    order = np.lexsort((-statements.latest, statements.earliest, pair))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    by_row = np.lexsort((column, place[entry_row]))
    first_entry = np.zeros(len(statements) + 1, np.int64)
    np.cumsum(np.bincount(place[entry_row], minlength=len(statements)), out=first_entry[1:])
    return Ledger(statements.take(order), first_entry, column[by_row], code[by_row], width)


def distinct(numbers: Ints) -> Ints:
    """Return each number once, in ascending order.

    `np.unique` does so too, but imports `numpy.ma` for it, which nothing else here needs.
    """
    ordered = np.sort(numbers)
    found: Ints = ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]
    return found


def number_runs(*keys: npt.NDArray[np.generic]) -> Ints:
    """Number the runs of consecutive rows that are equal in all of these columns."""
    starts = np.zeros(len(keys[0]), bool)
    for key in keys:
        starts[1:] |= key[1:] != key[:-1]
    return np.cumsum(starts)


def ledger_from(catalogue: Catalogue) -> Ledger:
    """Make the ledger of a data set."""
    sources = {source.id: source for source in catalogue.document.sources}
    rows: list[tuple[int, ...]] = []
    entries: list[tuple[int, int, int]] = []
    for number, statement in sorted(enumerate(catalogue.document.statements), key=_sort_key):
        topic = catalogue.topic_numbers[statement.topic]
        shared = _shared_columns(statement, number, [sources[name] for name in statement.sources])
        codes = _codes(catalogue, statement)
        for party in statement.parties:
            entries += [(len(rows), column, code) for column, code in codes.items()]
            rows.append((catalogue.party_numbers[party], topic, *shared))
    table = np.array(rows, np.int64).reshape(len(rows), len(attrs.fields(StatementRows)))
    entry = np.array(entries, np.int64).reshape(len(entries), 3)
    width = np.array([scale.width for scale in catalogue.scales.values()], np.int64)
    statements = StatementRows(*table.T)
    ledger = ledger_of(statements, entry[:, 0], entry[:, 1], entry[:, 2].astype(np.int8), width)
    return attrs.evolve(
        ledger,
        mandates=tuple(_mandates(party) for party in catalogue.document.parties),
        denied=_denials(catalogue.document.statements),
        supposed=frozenset(
            catalogue.statement_numbers[said.id] for said in suppositions(catalogue.document)
        ),
    )


def _sort_key(numbered: tuple[int, Statement]) -> tuple[int, str]:
    """Sort statements by id, then suppositions in the order in which they were made."""
    number, statement = numbered
    return (number, "") if isinstance(statement, Supposition) else (NO_STATEMENT, statement.id)


def _mandates(party: Party) -> tuple[int, ...]:
    return tuple(sorted(mandate.from_.earliest.toordinal() for mandate in party.mandates))


def _codes(catalogue: Catalogue, statement: Statement) -> Mapping[int, int]:
    deciding = catalogue.scales[statement.topic].resolve(statement.says)
    return {column: CODES[statement.says[keys[0]]] for column, keys in deciding.items()}


def _shared_columns(
    statement: Statement, number: int, sources: Iterable[Source]
) -> tuple[int, ...]:
    """Return what all rows of a statement have in common, in the order of `StatementRows`."""
    date, begins = statement.date, statement.from_ or statement.date
    published, retrieved = _first_known(statement, sources)
    return (
        date.earliest.toordinal(),
        date.latest.toordinal(),
        max(date.latest, begins.latest).toordinal(),
        max(date.earliest, begins.earliest).toordinal(),
        ALWAYS if statement.until is None else statement.until.latest.toordinal(),
        number,
        ATTRIBUTIONS.index(statement.attribution),
        CONFIDENCES.index(statement.confidence),
        published,
        retrieved,
    )


def _first_known(statement: Statement, sources: Iterable[Source]) -> tuple[int, int]:
    """Find the first days on which a dated source was public and an undated one retrieved.

    A supposition is known from its day.
    """
    published, retrieved = ALWAYS, ALWAYS
    if isinstance(statement, Supposition):
        published = statement.date.latest.toordinal()
    for source in sources:
        if source.published is not None:
            published = min(published, source.published.latest.toordinal())
        elif source.retrieved is not None:
            retrieved = min(retrieved, source.retrieved.latest.toordinal())
    return published, retrieved


def _denials(statements: Iterable[Statement]) -> dict[int, tuple[int, ...]]:
    """Map the number of each denied statement to the numbers of those that deny it."""
    numbers = {statement.id: number for number, statement in enumerate(statements)}
    denied: dict[int, list[int]] = defaultdict(list)
    for statement in statements:
        for name in statement.denies:
            denied[numbers[name]].append(numbers[statement.id])
    return {number: tuple(by) for number, by in denied.items()}

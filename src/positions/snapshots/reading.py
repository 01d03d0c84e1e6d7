"""Which statements are asked for, and which of them count on which day."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Sequence
from typing import Literal

import attrs
import numpy as np

from positions.errors import InvalidInputError, require_one_of
from positions.records.catalogue import several
from positions.records.fields import Attribution, Confidence
from positions.snapshots.ledger import (
    ALWAYS,
    ATTRIBUTIONS,
    CONFIDENCES,
    Flags,
    Ints,
    Ledger,
    distinct,
)
from positions.snapshots.replay import run_starts

OWN_ATTRIBUTIONS: tuple[Attribution, ...] = ("self", "reported", "leaked")
"""Attributions of a party's own statements; the default of `Dataset.at`."""
CLAIMED = ATTRIBUTIONS.index("claimed")
"""Index of the attribution of what others claim of a party."""


@attrs.frozen
class Reading:
    """Which statements are asked for, and how vague dates are read; see `Dataset.at`."""

    dates: Literal["latest", "earliest"] = "latest"
    known_by: dt.date | None = None
    undated: Literal["retrieved", "same_day"] = "retrieved"
    max_age: int | None = None
    attributions: tuple[Attribution, ...] = OWN_ATTRIBUTIONS
    confidence: Confidence | None = None
    inherited: bool = True

    def __attrs_post_init__(self) -> None:
        require_one_of("dates", self.dates, ("latest", "earliest"))
        require_one_of("undated", self.undated, ("retrieved", "same_day"))
        require_one_of("confidence", self.confidence, (*CONFIDENCES[1:], None))
        if self.max_age is not None and not 0 <= self.max_age <= dt.date.max.toordinal():
            raise InvalidInputError("max_age", "a number of days, 0 or more", self.max_age)


def attributions_of(given: str | Iterable[str]) -> tuple[Attribution, ...]:
    """Check the attributions given by a user, one or several, and return them in order."""
    names = several("attributions", given, "one or several")
    for name in names:
        require_one_of("attributions", name, ATTRIBUTIONS)
    return tuple(known for known in ATTRIBUTIONS if known in names)


def days_of(age: object) -> int | None:
    """Return in days an age given by a user as days, as a timedelta, or as None."""
    if isinstance(age, dt.timedelta):
        return age.days
    if age is None or (isinstance(age, int) and not isinstance(age, bool)):
        return age
    raise InvalidInputError("max_age", "a number of days or a timedelta", age)


@attrs.frozen(eq=False)
class Selection:
    """The rows of a ledger that count under a reading."""

    ledger: Ledger
    reading: Reading

    @functools.cached_property
    def starts(self) -> Ints:
        """The day from which each row counts."""
        statements = self.ledger.statements
        return statements.starts if self.reading.dates == "latest" else statements.starts_early

    @functools.cached_property
    def undated(self) -> Flags:
        """Whether each row can have been known by then only from an undated source."""
        statements, known = self.ledger.statements, self.reading.known_by
        if known is None:
            return np.zeros(len(statements), bool)
        return (statements.published > known.toordinal()) & (statements.retrieved < ALWAYS)

    @functools.cached_property
    def requested(self) -> Flags:
        """Whether each row has an attribution and confidence asked for, known by then or not."""
        statements, reading = self.ledger.statements, self.reading
        wanted = np.array([kind in reading.attributions for kind in ATTRIBUTIONS])
        requested = wanted[statements.attribution]
        if reading.confidence is not None:
            requested &= statements.confidence >= CONFIDENCES.index(reading.confidence)
        return requested

    @functools.cached_property
    def chosen(self) -> Flags:
        """Whether the reading asks for each row, regardless of the day."""
        known = self.reading.known_by
        return self.requested if known is None else self.requested & self._known(known)

    def _known(self, by: dt.date) -> Flags:
        statements, same_day = self.ledger.statements, self.reading.undated == "same_day"
        seen = statements.latest if same_day else statements.retrieved
        return (statements.published <= by.toordinal()) | (self.undated & (seen <= by.toordinal()))

    def layer(self, claimed: bool) -> Ints:
        """List the chosen rows of one layer: claims of others, or a party's own statements."""
        is_claim = self.ledger.statements.attribution == CLAIMED
        return np.flatnonzero(self.chosen & (is_claim == claimed))

    def counting(self, rows: Ints, days: Ints) -> Flags:
        """Return whether each row counts on its day, lapsed or not.

        Arguments:
            rows: rows of the ledger.
            days: a day for each of these rows, as a proleptic ordinal.
        """
        counting = self._counting_unless_denied(rows, days)
        deniable = np.flatnonzero(counting & self.ledger.deniable[rows])
        statements = self.ledger.statements.number[rows[deniable]].tolist()
        denied = self.denied(list(zip(statements, days[deniable].tolist(), strict=True)))
        counting[deniable] = ~np.array(denied, bool)
        return counting

    def _counting_unless_denied(self, rows: Ints, days: Ints) -> Flags:
        """Return whether each row counts on its day, leaving denials aside."""
        statements, reading = self.ledger.statements, self.reading
        counting = self.starts[rows] <= days
        if reading.max_age is not None:
            counting &= days - statements.latest[rows] <= reading.max_age
        if not reading.inherited:
            counting &= ~self.inherited(rows, days)
        return counting

    def inherited(self, rows: Ints, days: Ints) -> Flags:
        """Return whether each row was said before the government of its day took office."""
        statements = self.ledger.statements
        begun = np.zeros(len(rows), np.int64)
        for party in distinct(statements.party[rows]).tolist():
            for mandate in self.ledger.mandates[party] if self.ledger.mandates else ():
                begun[(statements.party[rows] == party) & (days >= mandate)] = mandate
        return statements.latest[rows] < begun

    def denied(self, asked: Sequence[tuple[int, int]]) -> list[bool]:
        """Return for each pair of statement and day whether the statement is denied by then.

        A statement that is denied itself denies nothing; a claim of others denies only
        claims, and never a party's own statements.
        """
        known: dict[tuple[int, int], bool] = {}
        for statement, day in asked:
            self._resolve(statement, day, known)
        return [known[pair] for pair in asked]

    def _resolve(self, statement: int, day: int, known: dict[tuple[int, int], bool]) -> None:
        """Record whether a statement is denied, after resolving those that deny it."""
        pending = [statement]
        while pending:
            name = pending.pop()
            if (name, day) in known:
                continue
            deniers = self._deniers(name, day)
            unknown = [by for by in deniers if (by, day) not in known]
            if unknown:
                pending += [name, *unknown]
            else:
                known[name, day] = not all(known[by, day] for by in deniers)

    def _deniers(self, statement: int, day: int) -> list[int]:
        """List the statements that deny this one by then, unless they are denied themselves."""
        return [
            by
            for by in self.ledger.denied.get(statement, ())
            if self._first_day.get(by, ALWAYS) <= day
            and not (by in self._claims and statement not in self._claims)
            and self._still_counts(by, day)
        ]

    def _still_counts(self, statement: int, day: int) -> bool:
        if self.reading.max_age is None and self.reading.inherited:
            return True
        rows = self._denial_rows[statement]
        return bool(self._counting_unless_denied(rows, np.full(len(rows), day, np.int64)).any())

    @functools.cached_property
    def _denial_rows(self) -> dict[int, Ints]:
        """The chosen rows of each statement that denies or is denied."""
        rows = self.ledger.denial_rows[self.chosen[self.ledger.denial_rows]]
        names = self.ledger.statements.number[rows]
        parts = np.split(rows, run_starts(names)[1:]) if len(rows) else []
        return dict(zip(names[run_starts(names)].tolist(), parts, strict=True))

    @functools.cached_property
    def _first_day(self) -> dict[int, int]:
        """The day from which each statement that denies or is denied counts."""
        return {name: int(self.starts[rows].min()) for name, rows in self._denial_rows.items()}

    @functools.cached_property
    def _claims(self) -> frozenset[int]:
        """The claims among the statements that deny or are denied."""
        kind = self.ledger.statements.attribution
        found = self._denial_rows.items()
        return frozenset(name for name, rows in found if kind[rows[0]] == CLAIMED)

    def change_days(self, rows: Ints, last: int) -> Ints:
        """List the days up to `last` on which a position that rests on these rows can change."""
        deniable = self.ledger.statements.number[rows[self.ledger.deniable[rows]]].tolist()
        days = self._change_days(rows) | self._denial_days(deniable)
        return np.array(sorted(day for day in days if day <= last), np.int64)

    def _change_days(self, rows: Ints) -> set[int]:
        statements, reading = self.ledger.statements, self.reading
        days = set(self.starts[rows].tolist()) | set((statements.until[rows] + 1).tolist())
        if reading.max_age is not None:
            days |= set((statements.latest[rows] + reading.max_age + 1).tolist())
        if not reading.inherited and self.ledger.mandates:
            for party in set(statements.party[rows].tolist()):
                days |= set(self.ledger.mandates[party])
        return days

    def _denial_days(self, statements: Iterable[int]) -> set[int]:
        deniers: set[int] = set()
        pending = list(statements)
        while pending:
            found = set(self.ledger.denied.get(pending.pop(), ())) - deniers
            deniers |= found
            pending += found
        rows = [self._denial_rows[by] for by in deniers if by in self._denial_rows]
        return self._change_days(np.concatenate(rows)) if rows else set()

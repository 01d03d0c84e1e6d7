"""Which statements are asked for, and which of their words count on which day."""

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
from positions.snapshots.replay import bounds_of

OWN_WORDS: tuple[Attribution, ...] = ("self", "reported", "leaked")
"""What counts as a party's own words unless the user says otherwise."""
CLAIMED = ATTRIBUTIONS.index("claimed")


@attrs.frozen
class Reading:
    """Which statements are asked for, and how vague dates are read; see `Dataset.at`."""

    dates: Literal["latest", "earliest"] = "latest"
    known_by: dt.date | None = None
    undated: Literal["retrieved", "same_day"] = "retrieved"
    max_age: int | None = None
    attributions: tuple[Attribution, ...] = OWN_WORDS
    confidence: Confidence | None = None
    inherited: bool = True

    def __attrs_post_init__(self) -> None:
        require_one_of("dates", self.dates, ("latest", "earliest"))
        require_one_of("undated", self.undated, ("retrieved", "same_day"))
        require_one_of("confidence", self.confidence, (*CONFIDENCES[1:], None))
        if self.max_age is not None and not 0 <= self.max_age <= dt.date.max.toordinal():
            raise InvalidInputError("max_age", "a number of days, 0 or more", self.max_age)


def attributions_of(given: str | Iterable[str]) -> tuple[Attribution, ...]:
    """Check attributions as users give them: one, or several."""
    names = several("attributions", given, "one or several")
    for name in names:
        require_one_of("attributions", name, ATTRIBUTIONS)
    return tuple(known for known in ATTRIBUTIONS if known in names)


def days_of(age: object) -> int | None:
    """Check an age as users give it: a number of days, a timedelta, or None."""
    if isinstance(age, dt.timedelta):
        return age.days
    if age is None or (isinstance(age, int) and not isinstance(age, bool)):
        return age
    raise InvalidInputError("max_age", "a number of days or a timedelta", age)


@attrs.frozen(eq=False)
class Selection:
    """The words of a ledger that a reading lets count."""

    ledger: Ledger
    reading: Reading

    @functools.cached_property
    def starts(self) -> Ints:
        """Give the day from which each word counts."""
        words = self.ledger.words
        return words.starts if self.reading.dates == "latest" else words.starts_early

    @functools.cached_property
    def undated(self) -> Flags:
        """Mark the words of which only an undated source can tell whether they were known."""
        words, known = self.ledger.words, self.reading.known_by
        if known is None:
            return np.zeros(len(words), bool)
        return (words.published > known.toordinal()) & (words.retrieved < ALWAYS)

    @functools.cached_property
    def asked(self) -> Flags:
        """Mark the words of the attribution and confidence asked for, known or not."""
        words, reading = self.ledger.words, self.reading
        wanted = np.array([kind in reading.attributions for kind in ATTRIBUTIONS])
        asked = wanted[words.attribution]
        if reading.confidence is not None:
            asked &= words.confidence >= CONFIDENCES.index(reading.confidence)
        return asked

    @functools.cached_property
    def chosen(self) -> Flags:
        """Mark the words that the reading asks for, whatever the day."""
        known = self.reading.known_by
        return self.asked if known is None else self.asked & self._known(known)

    def _known(self, by: dt.date) -> Flags:
        words, same_day = self.ledger.words, self.reading.undated == "same_day"
        seen = words.latest if same_day else words.retrieved
        return (words.published <= by.toordinal()) | (self.undated & (seen <= by.toordinal()))

    def layer(self, claimed: bool) -> Ints:
        """List the words of one layer: what others claim of a party, or its own."""
        return np.flatnonzero(self.chosen & ((self.ledger.words.attribution == CLAIMED) == claimed))

    def standing(self, rows: Ints, days: Ints) -> Flags:
        """Tell whether each of some words counts on the day beside it, lapsed or not."""
        standing = self._heard(rows, days)
        doubtful = np.flatnonzero(standing & self.ledger.deniable[rows])
        statements = self.ledger.words.statement[rows[doubtful]].tolist()
        denied = self.denied(list(zip(statements, days[doubtful].tolist(), strict=True)))
        standing[doubtful] = ~np.array(denied, bool)
        return standing

    def _heard(self, rows: Ints, days: Ints) -> Flags:
        """Tell whether words count on the days beside them, if nobody denies them."""
        words, reading = self.ledger.words, self.reading
        heard = self.starts[rows] <= days
        if reading.max_age is not None:
            heard &= days - words.latest[rows] <= reading.max_age
        if not reading.inherited:
            heard &= ~self.inherited(rows, days)
        return heard

    def inherited(self, rows: Ints, days: Ints) -> Flags:
        """Tell which words were said before the government of the day beside them began."""
        words = self.ledger.words
        begun = np.zeros(len(rows), np.int64)
        for party in distinct(words.party[rows]).tolist():
            for mandate in self.ledger.mandates[party] if self.ledger.mandates else ():
                begun[(words.party[rows] == party) & (days >= mandate)] = mandate
        return words.latest[rows] < begun

    def denied(self, asked: Sequence[tuple[int, int]]) -> list[bool]:
        """Tell of each statement whether one that is not denied itself denies it by its day.

        What others claim denies claims alone, and not a party's own words.
        """
        known: dict[tuple[int, int], bool] = {}
        for statement, day in asked:
            self._settle(statement, day, known)
        return [known[pair] for pair in asked]

    def _settle(self, statement: int, day: int, known: dict[tuple[int, int], bool]) -> None:
        """Find out whether a statement is denied: first whether those that deny it are."""
        ahead = [statement]
        while ahead:
            name = ahead.pop()
            if (name, day) in known:
                continue
            deniers = self._deniers(name, day)
            unknown = [by for by in deniers if (by, day) not in known]
            if unknown:
                ahead += [name, *unknown]
            else:
                known[name, day] = not all(known[by, day] for by in deniers)

    def _deniers(self, statement: int, day: int) -> list[int]:
        """List the statements that deny one by then, if nobody denies them."""
        return [
            by
            for by in self.ledger.denied.get(statement, ())
            if self._first_day.get(by, ALWAYS) <= day
            and not (by in self._claims and statement not in self._claims)
            and self._still_heard(by, day)
        ]

    def _still_heard(self, statement: int, day: int) -> bool:
        if self.reading.max_age is None and self.reading.inherited:
            return True
        rows = self._disputed_rows[statement]
        return bool(self._heard(rows, np.full(len(rows), day, np.int64)).any())

    @functools.cached_property
    def _disputed_rows(self) -> dict[int, Ints]:
        """List the chosen words of every statement that denies or is denied."""
        rows = self.ledger.disputed[self.chosen[self.ledger.disputed]]
        names = self.ledger.words.statement[rows]
        parts = np.split(rows, bounds_of(names)[1:]) if len(rows) else []
        return dict(zip(names[bounds_of(names)].tolist(), parts, strict=True))

    @functools.cached_property
    def _first_day(self) -> dict[int, int]:
        """Give the day from which each statement that denies or is denied counts."""
        return {name: int(self.starts[rows].min()) for name, rows in self._disputed_rows.items()}

    @functools.cached_property
    def _claims(self) -> frozenset[int]:
        """Name the claims among the statements that deny or are denied."""
        kind = self.ledger.words.attribution
        found = self._disputed_rows.items()
        return frozenset(name for name, rows in found if kind[rows[0]] == CLAIMED)

    def turning_days(self, rows: Ints, last: int) -> Ints:
        """List the days up to `last` on which anything can change in a lane of these words."""
        deniable = self.ledger.words.statement[rows[self.ledger.deniable[rows]]].tolist()
        days = self._own_days(rows) | self._denial_days(deniable)
        return np.array(sorted(day for day in days if day <= last), np.int64)

    def _own_days(self, rows: Ints) -> set[int]:
        words, reading = self.ledger.words, self.reading
        days = set(self.starts[rows].tolist()) | set((words.until[rows] + 1).tolist())
        if reading.max_age is not None:
            days |= set((words.latest[rows] + reading.max_age + 1).tolist())
        if not reading.inherited and self.ledger.mandates:
            for party in set(words.party[rows].tolist()):
                days |= set(self.ledger.mandates[party])
        return days

    def _denial_days(self, statements: Iterable[int]) -> set[int]:
        deniers: set[int] = set()
        ahead = list(statements)
        while ahead:
            found = set(self.ledger.denied.get(ahead.pop(), ())) - deniers
            deniers |= found
            ahead += found
        rows = [self._disputed_rows[by] for by in deniers if by in self._disputed_rows]
        return self._own_days(np.concatenate(rows)) if rows else set()

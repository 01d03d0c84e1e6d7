"""How a party stands to one option, with the statements behind it."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

import attrs

from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.records.models import Condition
from positions.records.scales import Scale

Alternatives = tuple[tuple[Condition, ...], ...]
"""Conditions: one of these groups must hold, and all of its conditions with it."""


@attrs.frozen
class Cell:
    """How one party stands to one option (or to an interval of numbers) on one day.

    `since` is the first day of the unbroken run of its level, `said` the day of the
    latest statement that says so; age is counted from `said`. `implied` marks a
    rejection that only a demand for something else implies, `supposed` what rests on a
    supposition. What was withdrawn is silent, and rests on the statements that withdrew it.
    """

    option: str
    attitude: Attitude
    implied: bool = False
    disputed: bool = False
    claimed: bool = False
    inherited: bool = False
    supposed: bool = False
    since: dt.date | None = None
    said: dt.date | None = None
    statements: tuple[str, ...] = ()
    conditions: Alternatives = ()


@attrs.frozen
class Claim:
    """What another party says of a party, where its own words do not fill the cell.

    `contested` where the party's own words say the contrary.
    """

    party: str
    topic: str
    option: str
    attitude: Attitude
    statements: tuple[str, ...]
    contested: bool


class Stand(Protocol):
    """One party on one topic on one day, as far as words need to know it: a `Position`."""

    @property
    def catalogue(self) -> Catalogue:
        """The records that it rests on."""
        ...

    @property
    def party(self) -> str:
        """The id of the party."""
        ...

    @property
    def topic(self) -> str:
        """The id of the topic."""
        ...

    @property
    def date(self) -> dt.date:
        """The day."""
        ...

    @property
    def scale(self) -> Scale:
        """The columns of the topic."""
        ...

    @property
    def cells(self) -> tuple[Cell, ...]:
        """One cell for every option."""
        ...

    @property
    def demands(self) -> tuple[str, ...]:
        """The options that the party demands."""
        ...

    @property
    def silent(self) -> bool:
        """Whether the party says nothing on the topic."""
        ...

    @property
    def lapsed(self) -> tuple[str, ...]:
        """The statements that stood only until a day that has passed."""
        ...

    def cell(self, option: str) -> Cell:
        """Find the cell that holds an option."""
        ...

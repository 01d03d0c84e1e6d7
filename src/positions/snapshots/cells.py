"""The attitude of a party to one option, with the statements it rests on."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

import attrs

from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.records.models import Condition
from positions.records.scales import Scale

Alternatives = tuple[tuple[Condition, ...], ...]
"""Groups of conditions: all conditions of at least one group must hold."""


@attrs.frozen
class Cell:
    """The attitude of one party to one option (or to an interval of numbers) on one day.

    `since` is the first day of the unbroken run of its level, `said` the day of the
    latest statement behind it; age is counted from `said`. `implied` marks a rejection
    that only a demand for something else implies, `supposed` a cell that rests on a
    supposition. A withdrawn option is silent, and rests on the statements that withdrew it.
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
    """What another party claims of a party, on a cell that the party's own statements fill.

    `contested` where these are at another level.
    """

    party: str
    topic: str
    option: str
    attitude: Attitude
    statements: tuple[str, ...]
    contested: bool


class PositionLike(Protocol):
    """The part of a `Position` from which its text is made."""

    @property
    def catalogue(self) -> Catalogue:
        """The records of the data set."""
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
        """One cell for each option."""
        ...

    @property
    def demands(self) -> tuple[str, ...]:
        """The options that the party demands."""
        ...

    @property
    def silent(self) -> bool:
        """Whether the party has said nothing on the topic."""
        ...

    @property
    def lapsed(self) -> tuple[str, ...]:
        """The ids of the statements that have lapsed."""
        ...

    def cell(self, option: str) -> Cell:
        """Find the cell of an option."""
        ...

"""How a party stands to one clause of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import attrs

from positions.plots.charts import Tone
from positions.records.attitudes import Attitude
from positions.records.models import Condition, Term
from positions.records.plain import plain_fields
from positions.relations.conditions import PlanJudge, Verdict
from positions.snapshots.cells import Alternatives, Cell
from positions.snapshots.position import Position

ClauseStanding = Literal[
    "rejects",
    "rejects_implied",
    "conditional_unmet",
    "silent",
    "unanswered",
    "conditional_unknown",
    "conditional_met",
    "accepts",
    "demands",
]
"""How a party stands to one clause of a plan."""

WORDS: dict[ClauseStanding, str] = {
    "rejects": "rejects",
    "rejects_implied": "excludes",
    "conditional_unmet": "if: unmet",
    "silent": "—",
    "unanswered": "unanswered",
    "conditional_unknown": "if: unknown",
    "conditional_met": "if: met",
    "accepts": "accepts",
    "demands": "demands",
}
"""How tables say it; in order, the worst for the plan first."""
RANKS: dict[ClauseStanding, int] = {standing: rank for rank, standing in enumerate(WORDS)}
"""The place of every standing, the worst for the plan first."""
UNSAID: frozenset[ClauseStanding] = frozenset(("silent", "unanswered"))
"""With these, nothing is known of the clause."""
REFUSING: frozenset[ClauseStanding] = frozenset(("rejects", "rejects_implied", "conditional_unmet"))
"""With any of these, a party does not sign."""
AFFIRMING: frozenset[ClauseStanding] = frozenset(("conditional_met", "accepts", "demands"))
"""Only with these throughout does a party sign."""

CONDITIONAL_STANDINGS: dict[Verdict, ClauseStanding] = {
    "unmet": "conditional_unmet",
    "unknown": "conditional_unknown",
    "met": "conditional_met",
}
"""The standing of an acceptance, by what the plan does for its conditions."""
TONES: dict[ClauseStanding, Tone] = {
    "rejects": "no",
    "rejects_implied": "implied",
    "conditional_unmet": "unmet",
    "silent": "blank",
    "unanswered": "faint",
    "conditional_unknown": "open",
    "conditional_met": "if",
    "accepts": "yes",
    "demands": "demand",
}
"""How a standing is marked."""
TONE_WORDS: dict[Tone, str] = {
    "demand": "demands",
    "yes": "accepts",
    "if": "accepts on conditions that the plan meets",
    "open": "accepts on conditions that the plan leaves unknown",
    "unmet": "accepts on conditions that the plan fails",
    "no": "rejects in words",
    "implied": "excludes: demands something else",
    "faint": "has not answered this",
}
"""What the marks of standings stand for."""


@attrs.frozen
class ClauseVerdict:
    """How one party stands to one clause of a plan, or to one variant of an open clause.

    Attributes:
        clause: the number of the clause in the plan, from 1; open variants share one.
        standing: demands, accepts, conditional_met, conditional_unmet,
            conditional_unknown, rejects (in words), rejects_implied, unanswered or silent.
        best: the options of the clause to which the party stands so; to the others worse.
        conditions: on what it accepts, if conditionally.
        lacking: the same without the conditions that the plan meets.
        statements: the ids of the statements that say so.
    """

    clause: int
    party: str
    standing: ClauseStanding
    best: tuple[str, ...]
    conditions: Alternatives
    lacking: Alternatives
    statements: tuple[str, ...]
    term: Term = attrs.field(repr=False)
    position: Position = attrs.field(repr=False)
    cells: tuple[Cell, ...] = attrs.field(repr=False)

    @property
    def topic(self) -> str:
        """The topic of the clause."""
        return self.term.topic

    @property
    def options(self) -> tuple[str, ...]:
        """The options that fit the clause; any of them does."""
        return self.term.options

    @property
    def by(self) -> str | None:
        """Whose variant it is, where the clause is still open."""
        return self.term.by

    @property
    def provisos(self) -> tuple[Condition, ...]:
        """The conditions of the clause itself; they are shown, and change no standing."""
        return self.term.conditions

    def to_record(self) -> dict[str, Any]:
        """Give the row as a plain dictionary: ids, numbers, lists."""
        return plain_fields(self, COLUMNS)


COLUMNS = (
    "clause",
    "topic",
    "options",
    "by",
    "provisos",
    "party",
    "standing",
    "best",
    "conditions",
    "lacking",
    "statements",
)
"""What a clause verdict holds, as records tell it."""


def clause_verdict(judge: PlanJudge, number: int, term: Term, position: Position) -> ClauseVerdict:
    """Find how a party stands to a clause: the best for it of all that fits the clause.

    Arguments:
        judge: tells whether the plan meets a condition.
        number: the number of the clause in the plan.
        term: the clause, or one variant of it.
        position: the party on the topic of the clause.
    """
    cells = position.cells_of(term.options)
    standings: list[ClauseStanding] = [_standing(judge, term, position, cell) for cell in cells]
    standing: ClauseStanding = max(standings, key=RANKS.__getitem__)
    held = tuple(c for c, found in zip(cells, standings, strict=True) if found == standing)
    groups = dict.fromkeys(group for cell in held for group in cell.conditions)
    return ClauseVerdict(
        clause=number,
        party=position.party,
        standing=standing,
        best=tuple(o for o in term.options if _holds(position, o, held)),
        conditions=tuple(groups),
        lacking=() if standing in AFFIRMING else _lacking(judge, term, groups),
        statements=tuple(dict.fromkeys(name for cell in held for name in cell.statements)),
        term=term,
        position=position,
        cells=held,
    )


def _holds(position: Position, option: str, cells: Sequence[Cell]) -> bool:
    """Tell whether an option, or some number of a range, is in one of these cells."""
    return any(cell in cells for cell in position.cells_of([option]))


def _standing(judge: PlanJudge, term: Term, position: Position, cell: Cell) -> ClauseStanding:
    if cell.attitude == Attitude.CONDITIONAL:
        return CONDITIONAL_STANDINGS[judge.alternatives(cell.conditions, term)]
    if cell.attitude == Attitude.REJECT:
        return "rejects_implied" if cell.implied else "rejects"
    if cell.attitude == Attitude.SILENT:
        return "silent" if position.silent else "unanswered"
    return "demands" if cell.attitude == Attitude.DEMAND else "accepts"


def _lacking(judge: PlanJudge, term: Term, groups: Iterable[tuple[Condition, ...]]) -> Alternatives:
    """Leave out of each alternative what the plan meets."""
    left = (tuple(c for c in group if judge.condition(c, term) != "met") for group in groups)
    return tuple(dict.fromkeys(left))

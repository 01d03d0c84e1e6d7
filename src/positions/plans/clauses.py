"""The standing of a party on one clause of a plan."""

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
"""The standing of a party on one clause of a plan."""

LABELS: dict[ClauseStanding, str] = {
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
"""Labels of the standings in tables, the least favourable for the plan first."""
RANKS: dict[ClauseStanding, int] = {standing: rank for rank, standing in enumerate(LABELS)}
"""Rank of each standing, from 0 for the least favourable for the plan."""
UNSAID: frozenset[ClauseStanding] = frozenset(("silent", "unanswered"))
"""Standings of a party that has said nothing about the options of a clause."""
REFUSING: frozenset[ClauseStanding] = frozenset(("rejects", "rejects_implied", "conditional_unmet"))
"""Standings that make a party refuse the plan."""
AFFIRMING: frozenset[ClauseStanding] = frozenset(("conditional_met", "accepts", "demands"))
"""Standings that a party needs on all clauses to sign."""

CONDITIONAL_STANDINGS: dict[Verdict, ClauseStanding] = {
    "unmet": "conditional_unmet",
    "unknown": "conditional_unknown",
    "met": "conditional_met",
}
"""Standing of a conditional acceptance, by whether the plan meets its conditions."""
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
"""Tone of each standing in plots."""
TONE_LABELS: dict[Tone, str] = {
    "demand": "demands",
    "yes": "accepts",
    "if": "accepts on conditions that the plan meets",
    "open": "accepts on conditions that the plan leaves unknown",
    "unmet": "accepts on conditions that the plan contradicts",
    "no": "rejects in words",
    "implied": "excludes: demands something else",
    "faint": "has not answered this",
}
"""Labels of the tones in the legend."""


@attrs.frozen
class ClauseVerdict:
    """The standing of one party on one clause of a plan, or on one variant of an open clause.

    Attributes:
        clause: the number of the clause in the plan, from 1; variants of an open clause share
            a number.
        standing: demands, accepts, conditional_met, conditional_unmet, conditional_unknown,
            rejects (explicitly), rejects_implied, unanswered or silent.
        best: the options of the clause on which the party has this standing.
        conditions: the alternatives of a conditional acceptance.
        lacking: the same without the conditions that the plan meets.
        statements: the ids of the statements on which the standing rests.
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
        """The options of the clause, any one of which satisfies it."""
        return self.term.options

    @property
    def by(self) -> str | None:
        """The party whose variant it is, if the clause is open."""
        return self.term.by

    @property
    def provisos(self) -> tuple[Condition, ...]:
        """The conditions of the clause itself, which change no standing."""
        return self.term.conditions

    def to_record(self) -> dict[str, Any]:
        """Return the row as a plain dictionary: ids, numbers, lists."""
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
"""Fields of the record of a clause verdict."""


def clause_verdict(judge: PlanJudge, number: int, term: Term, position: Position) -> ClauseVerdict:
    """Find the standing of a party on a clause: that on the option that suits it best.

    Arguments:
        judge: judges conditions by the plan.
        number: the number of the clause in the plan.
        term: the clause, or one variant of it.
        position: the position of the party on the topic of the clause.
    """
    cells = position.cells_of(term.options)
    standings: list[ClauseStanding] = [_standing(judge, term, position, cell) for cell in cells]
    standing: ClauseStanding = max(standings, key=RANKS.__getitem__)
    best = tuple(c for c, found in zip(cells, standings, strict=True) if found == standing)
    groups = dict.fromkeys(group for cell in best for group in cell.conditions)
    return ClauseVerdict(
        clause=number,
        party=position.party,
        standing=standing,
        best=tuple(o for o in term.options if _is_in(position, o, best)),
        conditions=tuple(groups),
        lacking=() if standing in AFFIRMING else _lacking(judge, term, groups),
        statements=tuple(dict.fromkeys(name for cell in best for name in cell.statements)),
        term=term,
        position=position,
        cells=best,
    )


def _is_in(position: Position, option: str, cells: Sequence[Cell]) -> bool:
    """Whether an option, or some number of a range, is in one of these cells."""
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
    """Return the alternatives without the conditions that the plan meets."""
    left = (tuple(c for c in group if judge.condition(c, term) != "met") for group in groups)
    return tuple(dict.fromkeys(left))

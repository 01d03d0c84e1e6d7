"""How two parties differ on one day, and how two plans do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any, ClassVar, Literal

import attrs
import numpy as np

from positions.errors import InvalidInputError, UnknownNameError
from positions.records.catalogue import Catalogue, Topics
from positions.records.intervals import parse_interval
from positions.records.models import Condition, Proposal, Term, Topic
from positions.records.plain import field_names
from positions.records.scales import Scale, scale_of
from positions.relations.changes import aligned, require_same
from positions.relations.measures import (
    STANCE_RELATIONS,
    StanceRelation,
    amount_between,
    gap_between,
    stance_relations,
)
from positions.relations.tidy import (
    SOURCE_COLUMNS,
    flat,
    position_values,
    prefixed,
    prefixed_columns,
    source_values,
    tidy_table,
)
from positions.snapshots.answers import Result
from positions.snapshots.ledger import CONDITIONAL, DEMAND, SILENT, Codes
from positions.snapshots.position import Position
from positions.snapshots.snapshot import Stance
from positions.snapshots.wording import (
    Footnotes,
    counted,
    number_text,
    party_name,
    position_text,
    remarks_of,
    topic_name,
)
from positions.tables.table import Table, Value

PlanRelation = Literal["same", "compatible", "different", "only_left", "only_right"]
"""How two plans differ on one topic."""


@attrs.frozen
class Difference:
    """How two parties differ on one topic.

    Attributes:
        relation: same (the same options affirmed and rejected), compatible (otherwise,
            some option affirmed by both), different (none is, and one affirms what the
            other rejects), open (neither), only_left or only_right.
        gap: the distance between what they affirm.
        amount: on quantity topics, the number of the right party minus that of the left.
    """

    topic: str
    relation: StanceRelation
    gap: int | float | None
    amount: int | float | None
    left: Position
    right: Position

    @property
    def statements(self) -> tuple[str, ...]:
        """List the ids of the statements behind the row, each once."""
        return tuple(dict.fromkeys((*self.left.statements, *self.right.statements)))


@attrs.frozen
class Differences(Result[Difference]):
    """The rows of `diff` of two parties: one for each topic on which either has spoken."""

    columns: ClassVar[tuple[str, ...]] = (
        "left",
        "right",
        "topic",
        "relation",
        "gap",
        "amount",
        "statements",
    )
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    left: Stance = attrs.field(eq=False, repr=False)
    right: Stance = attrs.field(eq=False, repr=False)

    def tidy(self) -> Table:
        """Return a row for each topic, with plain values in all columns."""
        about = ("topic", "relation", "gap", "amount", "left", "right")
        columns = (*about, *prefixed_columns("left", "right"), *SOURCE_COLUMNS)
        return tidy_table(self.table().title, columns, map(_tidy, self.rows))

    def table(self) -> Table:
        """Return the rows as a table, with the sources of both."""
        footnotes = Footnotes()
        names = [party_name(self.catalogue, stance.party) for stance in (self.left, self.right)]
        title = f"{names[0]} and {names[1]} on {self.left.date}: {counted(len(self.rows), 'topic')}"
        if self.left.date != self.right.date:
            title = f"{names[0]} on {self.left.date} and {names[1]} on {self.right.date}"
        rows = tuple(self._row(row, footnotes) for row in self.rows)
        headers = ("topic", "relation", *names, "gap")
        return Table(title, headers, rows, footnotes.notes(), (*self.notes, *remarks_of(rows)))

    def _row(self, row: Difference, footnotes: Footnotes) -> tuple[Value, ...]:
        left, right = (position_text(p, footnotes) for p in (row.left, row.right))
        name = topic_name(self.catalogue, row.topic)
        gap = number_text(row.gap, self.catalogue.topic(row.topic).unit)
        return (name, row.relation.replace("_", " "), left, right, gap)


def _tidy(row: Difference) -> dict[str, Value]:
    """Return the difference of two parties on a topic as plain values."""
    return {
        **flat(row, ("topic", "relation", "gap", "amount")),
        "left": row.left.party,
        "right": row.right.party,
        **prefixed("left", position_values(row.left)),
        **prefixed("right", position_values(row.right)),
        **source_values(row.left.catalogue, row.statements),
    }


def differences_between(left: Stance, right: Stance, topics: Topics) -> Differences:
    """Find how two parties differ on every topic; see `diff`."""
    require_same(left.snapshot, right.snapshot)
    chosen = left.snapshot.catalogue.choose_topics(topics)
    spoken = {p.topic for stance in (left, right) for p in stance.positions}
    rows = tuple(_difference(left[topic], right[topic]) for topic in chosen if topic in spoken)
    notes = tuple(dict.fromkeys((*left.snapshot.notes, *right.snapshot.notes)))
    return Differences(rows, notes, left.snapshot.catalogue, left, right)


def _difference(left: Position, right: Position) -> Difference:
    scale, (one, other) = aligned(left, right)
    gap = gap_between(scale, np.array([one, other])).value
    amount = amount_between(scale, one, other)
    return Difference(left.topic, _stance_relation(one, other), gap, amount, left, right)


def _stance_relation(one: Codes, other: Codes) -> StanceRelation:
    return STANCE_RELATIONS[int(stance_relations(one, other, np.array([0]))[0])]


@attrs.frozen
class PlanDifference:
    """How two plans differ on one clause.

    Attributes:
        relation: same, compatible (the options of one lie within those of the other),
            different, only_left or only_right.
        left: the options that fit the clause of the first plan; `right` of the second.
        left_by: the party whose variant it is, where the clause is still open.
        amount: on quantity topics, the number of the second plan minus that of the first.
    """

    topic: str
    relation: PlanRelation
    left: tuple[str, ...]
    right: tuple[str, ...]
    left_by: str | None
    right_by: str | None
    amount: int | float | None
    left_conditions: tuple[Condition, ...] = ()
    right_conditions: tuple[Condition, ...] = ()


@attrs.frozen
class PlanDifferences(Result[PlanDifference]):
    """The rows of `diff` of two plans: one for each clause."""

    columns: ClassVar[tuple[str, ...]] = field_names(PlanDifference)
    left: Proposal
    right: Proposal
    scales: tuple[Scale, ...] = attrs.field(eq=False, repr=False)

    def table(self) -> Table:
        """Return the rows as a table: topic, relation, the options of each plan, and amount."""
        names = [f"{plan.name} ({plan.date})" for plan in (self.left, self.right)]
        title = f"{names[0]} and {names[1]}: {counted(len(self.rows), 'clause')}"
        by_topic = {scale.topic.id: scale for scale in self.scales}
        rows = tuple(_plan_row(row, by_topic[row.topic]) for row in self.rows)
        headers = ("topic", "relation", self.left.name, self.right.name, "amount")
        return Table(title, headers, rows)


def _plan_row(row: PlanDifference, scale: Scale) -> tuple[Value, ...]:
    sides = (
        (row.left, row.left_by, row.left_conditions),
        (row.right, row.right_by, row.right_conditions),
    )
    texts = [_clause_text(scale, *side) for side in sides]
    name = scale.topic.id
    if scale.topic.name != name:
        name = f"{scale.topic.name} ({name})"
    amount = None if row.amount is None else number_text(row.amount, scale.topic.unit)
    return (name, row.relation.replace("_", " "), *texts, amount)


def _clause_text(
    scale: Scale, options: Sequence[str], by: str | None, conditions: Sequence[Condition]
) -> str:
    if not options:
        return "—"
    text = " or ".join(scale.quote(option) for option in options)
    if conditions:
        text += f" ({_conditions_text(conditions)})"
    return f"{text} (variant of {by})" if by is not None else text


def _conditions_text(conditions: Sequence[Condition]) -> str:
    label = "condition" if len(conditions) == 1 else "conditions"
    return f"{label}: {'; '.join(map(str, conditions))}"


def plan_differences(left: Proposal, right: Proposal, topics: Iterable[Topic]) -> PlanDifferences:
    """Find how two plans differ, clause by clause; see `diff`."""
    known = {topic.id: topic for topic in topics}
    names = dict.fromkeys(term.topic for plan in (left, right) for term in plan.terms)
    scales = {name: _plan_scale(name, known, (left, right)) for name in names}
    rows = [row for name in names for row in _clause_rows(scales[name], left, right)]
    return PlanDifferences(tuple(rows), (), left, right, tuple(scales.values()))


def _plan_scale(name: str, known: Mapping[str, Topic], plans: Iterable[Proposal]) -> Scale:
    """Return the scale of a topic for two plans; one not given is inferred from the clauses."""
    keys = [key for plan in plans for t in plan.terms if t.topic == name for key in t.options]
    if name in known:
        return scale_of(known[name], keys)
    return scale_of(_inferred_topic(name, keys), keys)


def _inferred_topic(name: str, keys: Sequence[str]) -> Topic:
    """Make a topic from the options that two plans name."""
    named = dict.fromkeys(key for key in keys if not _is_interval(key))
    if any(".." in key for key in named):
        raise InvalidInputError(
            f"the clause on {name}",
            "options whose meaning does not depend on the topic",
            keys,
            "pass the topics too: diff(a, b, topics=ds.topics)",
        )
    kind = "quantity" if len(named) < len(dict.fromkeys(keys)) else "nominal"
    options = [{"id": key, "name": key, "definition": key} for key in named]
    document = {"id": name, "name": name, "question": name, "kind": kind, "options": options}
    return Topic.model_validate({**document, "domain": ".."}, strict=False)


def _is_interval(key: str) -> bool:
    try:
        parse_interval(key)
    except InvalidInputError:
        return False
    return True


def _clause_rows(scale: Scale, left: Proposal, right: Proposal) -> list[PlanDifference]:
    terms: list[list[Term | None]] = [
        [term for term in plan.terms if term.topic == scale.topic.id] or [None]
        for plan in (left, right)
    ]
    return [_clause_row(scale, one, other) for one, other in product(*terms)]


def _clause_row(scale: Scale, left: Term | None, right: Term | None) -> PlanDifference:
    one, other = (_clause_codes(scale, term) for term in (left, right))
    return PlanDifference(
        topic=scale.topic.id,
        relation=_plan_relation(one >= CONDITIONAL, other >= CONDITIONAL),
        left=() if left is None else left.options,
        right=() if right is None else right.options,
        left_by=None if left is None else left.by,
        right_by=None if right is None else right.by,
        amount=amount_between(scale, one, other) if scale.topic.kind == "quantity" else None,
        left_conditions=() if left is None else left.conditions,
        right_conditions=() if right is None else right.conditions,
    )


def _clause_codes(scale: Scale, term: Term | None) -> Codes:
    codes = np.full(scale.width, SILENT, np.int8)
    if term is not None:
        try:
            codes[sorted(scale.columns_of(term.options))] = DEMAND
        except UnknownNameError as error:
            raise InvalidInputError("topics", "the topics of the plans", str(error)) from error
    return codes


def _plan_relation(one: Any, other: Any) -> PlanRelation:
    if not one.any() or not other.any():
        return "only_right" if not one.any() else "only_left"
    if np.array_equal(one, other):
        return "same"
    if not (one & ~other).any() or not (other & ~one).any():
        return "compatible"
    return "different"

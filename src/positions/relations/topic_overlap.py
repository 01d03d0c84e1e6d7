"""How parties stand to one another on one topic: a row, and its explanation in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from positions.relations.conditions import Verdict
from positions.relations.measures import Relation
from positions.snapshots.explanations import Explanation
from positions.snapshots.position import Position
from positions.snapshots.wording import party_name, topic_name

REASONS: dict[Relation, str] = {
    "silent": "None of them has spoken.",
    "one_sided": "Only one of them has spoken.",
    "agreed": "There is an option that all of them demand or accept.",
    "open": "There is an option that nobody has rejected, but none that all affirm.",
}
"""Why a relation is what it is, where one sentence always says it."""


@attrs.frozen
class Blocker:
    """One party's rejection of one option.

    `statement` is the one to show for it: the latest that refuses in words, else the
    latest whose demand implies the refusal; `statements` are all it rests on.
    """

    option: str
    party: str
    statement: str
    implied: bool
    statements: tuple[str, ...]


@attrs.frozen
class Unanswered:
    """An option of which a party says nothing, though it affirms others of the topic."""

    option: str
    party: str


@attrs.frozen
class Overlap:
    """How some parties stand to one another on one topic.

    Every option is in exactly one of `agreed`, `conditional`, `open` and `blocked`;
    numbers on which all parties stand alike are one interval.

    Attributes:
        relation: silent, one_sided, agreed, conditional, deadlock or open.
        apart: open, but two parties affirm something and no option both.
        declared: a deadlock in which every option that one affirms is rejected in
            words by another; else it is implied.
        conditions: on a conditional topic, the best that can be said of its conditions.
        silent: the parties that have said nothing.
        unanswered: who left which option without an answer.
        among: the relation of those who have spoken, where somebody is silent.
        since: the first day of the unbroken run of the relation.
        said: how old the relation is: the older of the affirmations it rests on.
        gap: the distance of what they affirm; `firm_gap` of what they affirm firmly.
        gap_reason: why no gap is defined.
        gap_pairs: how many pairs of parties the gap rests on.
        positions: the position of each party, in the order asked.
    """

    topic: str
    relation: Relation
    apart: bool
    declared: bool | None
    conditions: Verdict | None
    agreed: tuple[str, ...]
    conditional: tuple[str, ...]
    open: tuple[str, ...]
    blocked: tuple[str, ...]
    silent: tuple[str, ...]
    unanswered: tuple[Unanswered, ...]
    among: Relation | None
    since: dt.date | None
    said: dt.date | None
    gap: int | float | None
    firm_gap: int | float | None
    gap_reason: str | None
    gap_pairs: int
    blockers: tuple[Blocker, ...]
    positions: tuple[Position, ...] = attrs.field(repr=False)

    @property
    def refused(self) -> bool:
        """Whether it is conditional only on what the others refuse."""
        return self.conditions == "unmet"

    @property
    def statements(self) -> tuple[str, ...]:
        """List the ids of the statements behind the row, each once."""
        return tuple(dict.fromkeys(name for p in self.positions for name in p.statements))

    def why(self, option: str | None = None) -> str:
        """Tell in sentences what made the relation: who blocks what, and all words behind it.

        Every statement is told once, under the first party that it is told of.

        Arguments:
            option: explain this option only; all where None.

        Raises:
            UnknownNameError: the topic has no such option.

        >>> from positions import load, overlap
        >>> snapshot = load().at("2022-10-01")
        >>> told = overlap(snapshot, ["RUS", "UKR"], "nato.membership")[0].why("barred")
        >>> print(told.splitlines()[2])
        Blocked: “Barred in law” by Ukraine (by implication).
        """
        explanation = Explanation()
        told = [line for p in self.positions for line in explanation.position(p, option)]
        return "\n".join((*_relation_lines(self, option), *told))


def _relation_lines(row: Overlap, option: str | None) -> Iterator[str]:
    """Tell the relation, what makes it one, and who blocks what."""
    catalogue, date = row.positions[0].catalogue, row.positions[0].date
    names = ", ".join(party_name(catalogue, position.party) for position in row.positions)
    since = "" if row.since is None else f", since {row.since}"
    yield f"{names} on {topic_name(catalogue, row.topic)}, {date}: {relation_text(row)}{since}."
    yield _reason(row)
    blocked = _blockers_text(row, option)
    if blocked:
        yield f"Blocked: {blocked}."


def _reason(row: Overlap) -> str:
    """Say by which rule the relation is what it is."""
    if row.relation == "deadlock":
        firm = "and whatever one affirms another rejects in words"
        loose = "some of what they affirm only by implication"
        return f"Every option is rejected by one of them, {firm if row.declared else loose}."
    if row.relation == "conditional":
        judged = {"met": "met", "unmet": "refused", "unknown": "not known to be met"}
        how = judged[row.conditions or "unknown"]
        return f"All affirm an option, but somebody only on conditions, and these are {how}."
    if row.apart:
        return "They affirm different options, and nobody has rejected all of them."
    return REASONS[row.relation]


def _blockers_text(row: Overlap, option: str | None) -> str:
    """List the blocked options with those who reject them, and whether in words."""
    scale = row.positions[0].scale
    asked = None if option is None else set(scale.columns(option)[:1])
    parts: dict[str, list[str]] = {}
    for blocker in row.blockers:
        if asked is None or asked & set(scale.columns(blocker.option)):
            name = party_name(row.positions[0].catalogue, blocker.party)
            how = "by implication" if blocker.implied else "in words"
            parts.setdefault(scale.quote(blocker.option), []).append(f"{name} ({how})")
    return "; ".join(f"{name} by {' and '.join(who)}" for name, who in parts.items())


def relation_text(row: Overlap) -> str:
    """Write the relation of a row with what must be known beside it."""
    text = row.relation.replace("_", "-")
    if row.relation == "deadlock":
        text += ", declared" if row.declared else ", implied"
    if row.relation == "conditional":
        text += ", refused" if row.refused else f", {row.conditions}"
    if row.apart:
        text += ", apart"
    if row.among is not None and row.among != row.relation:
        text += f" (those who spoke: {row.among.replace('_', '-')})"
    return f"{text}; silent: {', '.join(row.silent)}" if row.silent else text

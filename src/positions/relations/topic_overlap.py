"""The relation of parties on one topic: a row of `overlap`, and its explanation in sentences."""

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
"""The reason for a relation, where it is always the same."""


@attrs.frozen
class Blocker:
    """The rejection of one option by one party.

    `statement` is the id of the latest that rejects it in words, else of the latest whose
    demand implies the rejection; `statements` are the ids of all behind it.
    """

    option: str
    party: str
    statement: str
    implied: bool
    statements: tuple[str, ...]


@attrs.frozen
class Unanswered:
    """An option on which a party has said nothing, though it affirms others of the topic."""

    option: str
    party: str


@attrs.frozen
class Overlap:
    """The relation of some parties on one topic.

    Every option is in exactly one of `agreed`, `conditional`, `open` and `blocked`;
    neighbouring numbers to which each party has the same attitude are one interval.

    Attributes:
        relation: silent, one_sided, agreed, conditional, deadlock or open.
        apart: whether it is open, and two parties affirm options, but none in common.
        declared: on a deadlock, whether every option that one party affirms is rejected
            in words by another; if not, the deadlock is implied.
        conditions: on a conditional topic, the best verdict on its conditions.
        silent: the parties that have said nothing.
        unanswered: the options that parties left unanswered.
        among: the relation of those who have spoken, where some are silent.
        since: the first day of the unbroken run of the relation.
        said: the day of the older of the affirmations that an agreement rests on.
        gap: the distance between what they affirm; `firm_gap` that between what they
            affirm without conditions.
        gap_reason: why no gap is defined.
        gap_pairs: the number of pairs of parties whose gap is defined.
        positions: the position of each party, in the order asked for.
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
        """Whether the topic is conditional, and its conditions are refused."""
        return self.conditions == "unmet"

    @property
    def statements(self) -> tuple[str, ...]:
        """List the ids of the statements behind the row, each once."""
        return tuple(dict.fromkeys(name for p in self.positions for name in p.statements))

    def why(self, option: str | None = None) -> str:
        """Explain the relation in sentences: who blocks what, and all statements behind it.

        Every statement appears once, under the first of its parties.

        Arguments:
            option: the option to explain; all options where None.

        Raises:
            UnknownNameError: the topic has no such option.

        >>> from positions import load, overlap
        >>> snapshot = load().at("2022-10-01")
        >>> text = overlap(snapshot, ["RUS", "UKR"], "nato.membership")[0].why("barred")
        >>> print(text.splitlines()[2])
        Blocked: “Barred in law” by Ukraine (by implication).
        """
        explanation = Explanation()
        lines = [line for p in self.positions for line in explanation.position(p, option)]
        return "\n".join((*_relation_lines(self, option), *lines))


def _relation_lines(row: Overlap, option: str | None) -> Iterator[str]:
    """Yield the relation, the reason for it, and who blocks what."""
    catalogue, date = row.positions[0].catalogue, row.positions[0].date
    names = ", ".join(party_name(catalogue, position.party) for position in row.positions)
    since = "" if row.since is None else f", since {row.since}"
    yield f"{names} on {topic_name(catalogue, row.topic)}, {date}: {relation_text(row)}{since}."
    yield _reason(row)
    blocked = _blockers_text(row, option)
    if blocked:
        yield f"Blocked: {blocked}."


def _reason(row: Overlap) -> str:
    """Return the reason for the relation."""
    if row.relation == "deadlock":
        declared = "and all that one of them affirms is rejected in words by another"
        implied = "some of what they affirm only by implication"
        return f"Every option is rejected by one of them, {declared if row.declared else implied}."
    if row.relation == "conditional":
        judged = {"met": "met", "unmet": "refused", "unknown": "not known to be met"}
        how = judged[row.conditions or "unknown"]
        return (
            f"All affirm an option, at least one of them conditionally; the conditions are {how}."
        )
    if row.apart:
        return "They affirm different options, but there is an option that nobody has rejected."
    return REASONS[row.relation]


def _blockers_text(row: Overlap, option: str | None) -> str:
    """Return the blocked options, each with who rejects it, in words or by implication."""
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
    """Return the relation of a row in words, with its qualifications."""
    text = row.relation.replace("_", "-")
    if row.relation == "deadlock":
        text += ", declared" if row.declared else ", implied"
    if row.relation == "conditional":
        text += ", refused" if row.refused else f", {row.conditions}"
    if row.apart:
        text += ", apart"
    if row.among is not None and row.among != row.relation:
        text += f" (among those who spoke: {row.among.replace('_', '-')})"
    return f"{text}; silent: {', '.join(row.silent)}" if row.silent else text

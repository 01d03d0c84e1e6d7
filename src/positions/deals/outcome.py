"""One topic of a package: the option chosen, and the attitude of each party to it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

import attrs

from positions.deals.deal import Component, Deal, Group, Issue
from positions.errors import InvalidInputError
from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.records.models import Condition
from positions.records.plain import plain
from positions.snapshots.ledger import ATTITUDES, CONDITIONAL, SILENT
from positions.snapshots.snapshot import Snapshot
from positions.snapshots.wording import (
    VERBS,
    Footnotes,
    annotated,
    condition_text,
    party_name,
    topic_name,
)
from positions.tables.cells import Text, join, text_of
from positions.tables.table import Value

TopicWeights = Mapping[str, int | float | Fraction | Decimal]
"""Weights of topics by id; 1 if a topic is not named."""

Score = tuple[Fraction, int, Fraction]
"""Affirmation on the topics asked; minus the number of further topics; affirmation on these."""


def topic_weights(
    what: str, weights: TopicWeights | None, catalogue: Catalogue
) -> dict[str, Fraction]:
    """Validate weights and convert them to fractions; floats by their decimal notation.

    Raises:
        UnknownNameError: there is no such topic.
        InvalidInputError: a weight is not a number of 0 or more.
    """
    exact = {}
    for topic, weight in (weights or {}).items():
        name = catalogue.topic(topic).id
        try:
            exact[name] = Fraction(str(weight))
        except ValueError:
            exact[name] = Fraction(-1)
        if exact[name] < 0:
            raise InvalidInputError(f"{what} of {topic}", "a number of 0 or more", weight)
    return exact


def score_of(issue: Issue, option: int, weights: Mapping[str, Fraction]) -> Score:
    """Return the score of one option of a topic."""
    value = Fraction(issue.halves[option], 2) * weights.get(issue.topic, 1)
    return (value, 0, Fraction(0)) if issue.asked else (Fraction(0), -1, value)


def whole_scores(
    component: Component, weights: Mapping[str, Fraction]
) -> dict[tuple[str, int], int]:
    """Return an integer score for every option of a component, in the order of `score_of`."""
    exact = [weights.get(issue.topic, Fraction(1)) for issue in component.issues]
    unit = lcm(*(weight.denominator for weight in exact))
    rates = [int(weight * unit) for weight in exact]
    third = 1 + sum(
        rate * max(issue.halves[option] for option in issue.allowed)
        for rate, issue in zip(rates, component.issues, strict=True)
        if not issue.asked
    )
    second = third * (1 + len(component.issues))
    return {
        (issue.topic, option): value * second if issue.asked else value - third
        for rate, issue in zip(rates, component.issues, strict=True)
        for option in issue.allowed
        for value in [rate * issue.halves[option]]
    }


@attrs.frozen(eq=False)
class PackageEvidence:
    """Finds the statements behind a package, on demand."""

    snapshot: Snapshot
    parties: tuple[str, ...]
    topics: tuple[str, ...]

    @functools.cached_property
    def _replayed(self) -> Snapshot:
        self.snapshot.tracks(self.parties, self.topics)
        return self.snapshot

    def behind(self, party: str, topic: str, run: tuple[int, ...]) -> tuple[str, ...]:
        """Return the ids of the statements behind the attitude of a party to some columns."""
        cells = (self._replayed.cell(party, topic, column) for column in run)
        return tuple(dict.fromkeys(name for cell in cells for name in cell.statements))


@attrs.frozen
class Standing:
    """Attitude of one party to the option that a package chooses on a topic.

    Attributes:
        party: its id.
        attitude: its attitude to the option; silent if it has made no statement on it.
        missing: whether it has no statement on the option: it is silent on the topic, left
            the option unanswered, or gave up its refusal.
        given_up: whether it gave up a refusal of the option.
        conditions: the conditions of its acceptance, of the group that the package meets.
        hangs_on: those of its conditions that no package can settle.
    """

    party: str
    attitude: Attitude
    missing: bool
    given_up: bool
    conditions: tuple[Condition, ...]
    hangs_on: tuple[Condition, ...]
    _run: tuple[str, tuple[int, ...]] = attrs.field(alias="run", eq=False, repr=False)
    _evidence: PackageEvidence = attrs.field(alias="evidence", eq=False, repr=False)

    @functools.cached_property
    def statements(self) -> tuple[str, ...]:
        """Ids of the statements behind its attitude; none if it is silent."""
        if self.attitude == Attitude.SILENT:
            return ()
        return self._evidence.behind(self.party, *self._run)

    def to_record(self) -> dict[str, Any]:
        """Return the standing as a plain dictionary."""
        names = ("party", "attitude", "missing", "given_up", "conditions", "hangs_on", "statements")
        return {name: plain(getattr(self, name)) for name in names}


@attrs.frozen
class Settled:
    """One topic of a package, with the option chosen.

    `joined` is true for a topic that was not asked about and was added by a condition.
    """

    topic: str
    option: str
    joined: bool
    standings: tuple[Standing, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The parties that have no statement on the option."""
        return tuple(standing.party for standing in self.standings if standing.missing)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions of the parties that the package meets, each once."""
        found = (c for s in self.standings for c in s.conditions if c not in s.hangs_on)
        return tuple(dict.fromkeys(found))

    @property
    def hangs_on(self) -> tuple[Condition, ...]:
        """The conditions of the parties that no package can settle, each once."""
        return tuple(dict.fromkeys(c for s in self.standings for c in s.hangs_on))

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of the statements behind the attitudes, each once."""
        return tuple(dict.fromkeys(name for s in self.standings for name in s.statements))


def settled_row(catalogue: Catalogue, row: Settled, footnotes: Footnotes) -> tuple[Value, ...]:
    """Return the cells of one topic of a package: name, option, attitude of each party."""
    standings = join("; ", (standing_text(catalogue, s, footnotes) for s in row.standings))
    name = topic_name(catalogue, row.topic) + ("; joined by a condition" if row.joined else "")
    return name, catalogue.scales[row.topic].show(row.option), standings


def standing_text(catalogue: Catalogue, standing: Standing, footnotes: Footnotes) -> Text:
    """Write the attitude of a party to the option chosen, with its conditions and sources."""
    name = party_name(catalogue, standing.party)
    if standing.given_up and standing.attitude != Attitude.CONDITIONAL:
        return text_of(f"{name} gives up its refusal")
    if standing.missing:
        return text_of(f"{name}: no statement")
    text = f"{name} {VERBS[standing.attitude]}"
    if standing.given_up:
        text += " and drops its conditions"
    elif standing.conditions:
        conditions = (condition_text(catalogue, c) for c in standing.conditions)
        text += f" if {'; '.join(conditions)}"
    return annotated(text, "", footnotes.mark(catalogue, standing.statements))


def settled_in(
    deal: Deal, component: Component, chosen: Mapping[str, int | None], given_up: Sequence[int]
) -> Iterator[Settled]:
    """Yield the topics of a component with the option chosen and the attitudes to it.

    Arguments:
        deal: the problem.
        component: one of its components.
        chosen: the number of the option chosen on each topic.
        given_up: the numbers of the vetoes that are given up.
    """
    dropped = {
        (veto.topic, veto.option, veto.party)
        for veto in (component.vetoes[number] for number in given_up)
    }
    evidence = PackageEvidence(deal.snapshot, deal.parties, component.topics)
    for issue in component.issues:
        option = chosen[issue.topic]
        if option is not None:
            groups = [
                _met_group(component, issue, (party, option), chosen)
                for party in range(len(deal.parties))
            ]
            standings = tuple(
                _standing(evidence, issue, (party, option), group, place in dropped)
                for party, group in enumerate(groups)
                for place in [(issue.topic, option, party)]
            )
            yield Settled(issue.topic, issue.keys[option], not issue.asked, standings)


def _met_group(
    component: Component,
    issue: Issue,
    place: tuple[int, int],
    chosen: Mapping[str, int | None],
) -> Group | None:
    """Return the group of conditions that is met; of several, that with the fewest opaque ones."""
    met = [group for group in issue.groups.get(place, ()) if component.is_met(group, chosen)]
    return min(met, key=lambda group: len(group.opaque), default=None)


def _standing(
    evidence: PackageEvidence,
    issue: Issue,
    place: tuple[int, int],
    group: Group | None,
    given_up: bool,
) -> Standing:
    code = int(issue.codes[place])
    silent = code < CONDITIONAL
    return Standing(
        party=evidence.parties[place[0]],
        attitude=ATTITUDES[SILENT if silent else code],
        missing=silent,
        given_up=given_up,
        conditions=() if group is None or given_up else group.conditions,
        hangs_on=() if group is None or given_up else group.opaque,
        run=(issue.topic, issue.runs[place[1]]),
        evidence=evidence,
    )

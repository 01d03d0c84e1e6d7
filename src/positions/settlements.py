"""A package that all could sign, and the next best ones."""

from __future__ import annotations

import datetime as dt
import functools
import heapq
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from math import lcm
from typing import Any, ClassVar

import attrs

from positions.catalogue import Catalogue
from positions.citations import Footnotes
from positions.dataset import Day
from positions.dates import as_date
from positions.deals import Component, Deal, Group, Issue
from positions.errors import InvalidInputError
from positions.ledger import ATTITUDES, CONDITIONAL, SILENT
from positions.packages import Package, Packages
from positions.plain import plain
from positions.records import Attitude, Condition, Proposal, Term
from positions.results import Result
from positions.state import State
from positions.tables import Table, Value
from positions.wording import (
    VERBS,
    condition_text,
    counted,
    party_name,
    topic_name,
)

Weights = Mapping[str, int | float | Fraction | Decimal]
"""How much topics count, by id; 1 where a topic is not named."""

Score = tuple[Fraction, int, Fraction]
"""Affirmation on the topics asked; further topics, negative; affirmation on these."""


@attrs.frozen(eq=False)
class Evidence:
    """Finds the statements behind a package, once somebody asks for them."""

    state: State
    parties: tuple[str, ...]
    topics: tuple[str, ...]

    @functools.cached_property
    def _ready(self) -> State:
        self.state.tracks(self.parties, self.topics)
        return self.state

    def behind(self, party: str, topic: str, run: tuple[int, ...]) -> tuple[str, ...]:
        """List the statements behind the word of a party on some columns, each once."""
        cells = (self._ready.cell(party, topic, column) for column in run)
        return tuple(dict.fromkeys(name for cell in cells for name in cell.statements))


@attrs.frozen
class Standing:
    """How one party stands to the option that a package chooses on a topic.

    Attributes:
        party: its id.
        attitude: its word on the option; silent where it has said nothing of it.
        missing: whether its word is missing: it is silent on the topic, it left the
            option unanswered, or it gave up its refusal.
        given_up: whether it gave up a refusal here.
        conditions: what its acceptance rests on, of the group that holds.
        hangs_on: those of its conditions that no package can settle.
    """

    party: str
    attitude: Attitude
    missing: bool
    given_up: bool
    conditions: tuple[Condition, ...]
    hangs_on: tuple[Condition, ...]
    _run: tuple[str, tuple[int, ...]] = attrs.field(alias="run", eq=False, repr=False)
    _evidence: Evidence = attrs.field(alias="evidence", eq=False, repr=False)

    @functools.cached_property
    def statements(self) -> tuple[str, ...]:
        """List the ids of the statements behind its word; none where it is missing."""
        if self.attitude == Attitude.SILENT:
            return ()
        return self._evidence.behind(self.party, *self._run)

    def to_record(self) -> dict[str, Any]:
        """Give it as a plain dictionary."""
        names = ("party", "attitude", "missing", "given_up", "conditions", "hangs_on", "statements")
        return {name: plain(getattr(self, name)) for name in names}


@attrs.frozen
class Settled:
    """One topic of a package, with the option chosen.

    `joined` marks a topic that nobody asked about, and that a condition brought in.
    """

    topic: str
    option: str
    joined: bool
    standings: tuple[Standing, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """List the parties whose word is missing."""
        return tuple(standing.party for standing in self.standings if standing.missing)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """List the conditions that the package meets here, each once."""
        found = (c for s in self.standings for c in s.conditions if c not in s.hangs_on)
        return tuple(dict.fromkeys(found))

    @property
    def hangs_on(self) -> tuple[Condition, ...]:
        """List the conditions that no package can settle, each once."""
        return tuple(dict.fromkeys(c for s in self.standings for c in s.hangs_on))

    @property
    def statements(self) -> tuple[str, ...]:
        """List the ids of the statements behind it, each once."""
        return tuple(dict.fromkeys(name for s in self.standings for name in s.statements))


@attrs.frozen
class Settlement(Result[Settled]):
    """A package that all parties could sign; one row a topic.

    Attributes:
        value: the affirmation on the topics asked about: demand and accept 1,
            conditional ½, a missing word 0, times the weights.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "topic",
        "option",
        "joined",
        "standings",
        "conditions",
        "missing",
        "hangs_on",
        "statements",
    )
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    title: str
    parties: tuple[str, ...]
    date: dt.date
    value: Fraction
    _ranking: Ranking = attrs.field(eq=False, repr=False)

    @property
    def hangs_on(self) -> tuple[Condition, ...]:
        """List what the deal hangs on and no package can settle, each once."""
        return tuple(dict.fromkeys(c for row in self.rows for c in row.hangs_on))

    @property
    def statements(self) -> tuple[str, ...]:
        """List the ids of the statements behind it, each once."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row.statements))

    def alternatives(self, n: int) -> tuple[Settlement, ...]:
        """Find the next best packages, the best first.

        Arguments:
            n: how many; fewer come back where there are no more.

        Raises:
            InvalidInputError: `n` is no whole number of 0 or more.

        >>> from positions.bundled import load
        >>> from positions.settling import settle
        >>> found = settle(load().at("2025-03-22"), ["RUS", "UKR"], "ceasefire.energy")
        >>> found.value, [other.value for other in found.alternatives(1)]
        (Fraction(2, 1), [])
        """
        count = whole_number("n", n, 0)
        return tuple(islice(self._ranking.settlements(), 1, count + 1))

    def proposal(self, id: str, name: str, *, date: Day | None = None) -> Proposal:
        """Keep the package as a proposal: one clause a topic, sponsored by its parties.

        What the deal hangs on becomes a condition of the clause. Its sources are those
        of the statements behind it.

        Arguments:
            id: the id of the proposal.
            name: what it is called.
            date: its date; that of the settlement where None.

        Raises:
            InvalidInputError: nothing is settled, or nothing that was said is behind it.
        """
        behind = [self.catalogue.statement(name) for name in self.statements]
        sources = tuple(dict.fromkeys(source for s in behind for source in s.sources))
        if not sources:
            raise InvalidInputError("settlement", "one with statements behind it", self.title)
        return Proposal(
            id=id,
            name=name,
            date=as_date(self.date if date is None else date),
            sponsors=self.parties,
            terms=tuple(
                Term(topic=row.topic, options=(row.option,), conditions=row.hangs_on)
                for row in self.rows
            ),
            sources=sources,
        )

    def table(self) -> Table:
        """Give the rows as a table: topic, option, how each party stands, and the sources."""
        footnotes = Footnotes()
        rows = tuple(settled_row(self.catalogue, row, footnotes) for row in self.rows)
        headers = ("topic", "settled as", "parties")
        return Table(self.title, headers, rows, footnotes.notes(), self._remarks())

    def _remarks(self) -> tuple[str, ...]:
        texts = [condition_text(self.catalogue, condition) for condition in self.hangs_on]
        hung = (f"The deal hangs on: {'; '.join(texts)}.",) if texts else ()
        return (f"Affirmation: {number(self.value)}.", *hung, *self.notes)


def whole_number(what: str, given: object, least: int) -> int:
    """Check a number of answers.

    Raises:
        InvalidInputError: it is no whole number, or less than `least`.
    """
    if not isinstance(given, int) or isinstance(given, bool) or given < least:
        raise InvalidInputError(what, f"a whole number of {least} or more", given)
    return given


def number(value: Fraction) -> int | float:
    """Give a fraction as results show it: an int where it is whole."""
    return int(value) if value.denominator == 1 else float(value)


def settled_row(catalogue: Catalogue, row: Settled, footnotes: Footnotes) -> tuple[Value, ...]:
    """Write one topic of a package: name, option, and how each party stands to it."""
    standings = (standing_text(catalogue, s, footnotes) for s in row.standings)
    name = topic_name(catalogue, row.topic) + ("; joined by a condition" if row.joined else "")
    return name, catalogue.scales[row.topic].show(row.option), "; ".join(standings)


def standing_text(catalogue: Catalogue, standing: Standing, footnotes: Footnotes) -> str:
    """Write how a party stands to the option chosen, with its conditions and sources."""
    name = party_name(catalogue, standing.party)
    if standing.given_up and standing.attitude != Attitude.CONDITIONAL:
        return f"{name} gives up its refusal"
    if standing.missing:
        return f"{name}: word missing"
    text = f"{name} {VERBS[standing.attitude]}"
    if standing.given_up:
        text += " and drops its conditions"
    elif standing.conditions:
        conditions = (condition_text(catalogue, c) for c in standing.conditions)
        text += f" if {'; '.join(conditions)}"
    marks = footnotes.mark(catalogue, standing.statements)
    return f"{text} {marks}" if marks else text


def exact(what: str, weights: Weights | None, catalogue: Catalogue) -> dict[str, Fraction]:
    """Check weights and make them exact: a float counts as it is written.

    Raises:
        UnknownNameError: there is no such topic.
        InvalidInputError: a weight is no number of 0 or more.
    """
    made = {}
    for topic, weight in (weights or {}).items():
        name = catalogue.topic(topic).id
        try:
            made[name] = Fraction(str(weight))
        except ValueError:
            made[name] = Fraction(-1)
        if made[name] < 0:
            raise InvalidInputError(f"{what} of {topic}", "a number of 0 or more", weight)
    return made


@attrs.frozen(eq=False)
class Ranking:
    """The packages of several components together, the best first.

    Those of each component are found as they are called for, and never multiplied out.
    """

    deal: Deal
    weights: Mapping[str, Fraction]
    components: tuple[Component, ...]
    given_up: frozenset[int] = frozenset()

    @functools.cached_property
    def _ranked(self) -> tuple[Iterator[Package], ...]:
        return tuple(self.ranked(component) for component in self.components)

    @functools.cached_property
    def _found(self) -> tuple[list[Package], ...]:
        return tuple([] for _ in self.components)

    def ranked(self, component: Component) -> Iterator[Package]:
        """Go through the packages of one component, the best first."""
        scores = whole_scores(component, self.weights)
        return Packages(component).ranked(scores, self.given_up)

    def _package(self, component: int, place: int) -> Package | None:
        """Give the package at a place of the ranking of a component; None after the last."""
        found = self._found[component]
        while len(found) <= place:
            more = next(self._ranked[component], None)
            if more is None:
                return None
            found.append(more)
        return found[place]

    def best(self) -> Settlement:
        """Give the best package of all."""
        return next(self.settlements())

    def settlements(self) -> Iterator[Settlement]:
        """Go through the packages of all components together, the best first.

        From each one found, the next are those that take the next place of one component.
        """
        places = tuple(0 for _ in self.components)
        waiting: list[tuple[tuple[object, ...], tuple[int, ...]]] = [(self._key(places), places)]
        seen: set[tuple[int, ...]] = {places}
        while waiting:
            _, places = heapq.heappop(waiting)
            yield self._settlement(places)
            for component in range(len(places)):
                further = (*places[:component], places[component] + 1, *places[component + 1 :])
                if further not in seen and self._package(component, further[component]):
                    seen.add(further)
                    heapq.heappush(waiting, (self._key(further), further))

    def _chosen(self, places: Sequence[int]) -> dict[str, int | None]:
        """Give the option that is chosen on each topic, in the order of the file."""
        chosen: dict[str, int | None] = {}
        for number, place in enumerate(places):
            package = self._package(number, place)
            chosen |= zip(self.components[number].topics, package or (), strict=True)
        return {topic: chosen[topic] for topic in self.deal.topics if topic in chosen}

    def _key(self, places: Sequence[int]) -> tuple[object, ...]:
        """Give what packages are sorted by: the score, then the order of the file."""
        chosen = self._chosen(places)
        score = self._score(chosen)
        options = tuple(-1 if option is None else option for option in chosen.values())
        return (*(-part for part in score), options)

    def _score(self, chosen: Mapping[str, int | None]) -> Score:
        scores = [
            score_of(issue, option, self.weights)
            for component in self.components
            for issue in component.issues
            if (option := chosen[issue.topic]) is not None
        ]
        return (
            sum((score[0] for score in scores), Fraction(0)),
            sum(score[1] for score in scores),
            sum((score[2] for score in scores), Fraction(0)),
        )

    def _settlement(self, places: Sequence[int]) -> Settlement:
        chosen = self._chosen(places)
        deal, catalogue = self.deal, self.deal.state.catalogue
        found = {s.topic: s for c in self.components for s in settled_in(deal, c, chosen, ())}
        rows = tuple(found[topic] for topic in chosen if topic in found)
        names = ", ".join(party_name(catalogue, party) for party in deal.parties)
        title = f"Settlement of {names} on {deal.state.date}: {counted(len(rows), 'topic')}"
        value = self._score(chosen)[0]
        return Settlement(
            rows, deal.notes, catalogue, title, deal.parties, deal.state.date, value, self
        )


def score_of(issue: Issue, option: int, weights: Mapping[str, Fraction]) -> Score:
    """Score one option of a topic."""
    value = Fraction(issue.halves[option], 2) * weights.get(issue.topic, 1)
    return (value, 0, Fraction(0)) if issue.asked else (Fraction(0), -1, value)


def whole_scores(
    component: Component, weights: Mapping[str, Fraction]
) -> dict[tuple[str, int], int]:
    """Score every option of a component as one whole number, in the order of the scores."""
    scores = {
        (issue.topic, option): score_of(issue, option, weights)
        for issue in component.issues
        for option in issue.allowed
    }
    unit = lcm(*(part.denominator for score in scores.values() for part in (score[0], score[2])))
    third = 1 + sum(
        max(int(scores[issue.topic, option][2] * unit) for option in issue.allowed)
        for issue in component.issues
    )
    second = third * (1 + len(component.issues))
    return {
        place: int(first * unit) * second + further * third + int(last * unit)
        for place, (first, further, last) in scores.items()
    }


def settled_in(
    deal: Deal, component: Component, chosen: Mapping[str, int | None], given_up: Sequence[int]
) -> Iterator[Settled]:
    """Tell how the parties stand to what is chosen on the topics of a component.

    Arguments:
        deal: the question.
        component: its topics.
        chosen: the option chosen on each topic.
        given_up: the numbers of the vetoes that are given up.
    """
    dropped = {
        (veto.topic, veto.option, veto.party)
        for veto in (component.vetoes[number] for number in given_up)
    }
    evidence = Evidence(deal.state, deal.parties, component.topics)
    for issue in component.issues:
        option = chosen[issue.topic]
        if option is not None:
            groups = [
                _group_relied_on(component, issue, (party, option), chosen)
                for party in range(len(deal.parties))
            ]
            standings = tuple(
                _standing(evidence, issue, (party, option), group, place in dropped)
                for party, group in enumerate(groups)
                for place in [(issue.topic, option, party)]
            )
            yield Settled(issue.topic, issue.keys[option], not issue.asked, standings)


def _group_relied_on(
    component: Component,
    issue: Issue,
    place: tuple[int, int],
    chosen: Mapping[str, int | None],
) -> Group | None:
    """Choose the group of conditions that holds, that with the fewest open ones first."""
    holding = [group for group in issue.groups.get(place, ()) if component.holds(group, chosen)]
    return min(holding, key=lambda group: len(group.opaque), default=None)


def _standing(
    evidence: Evidence, issue: Issue, place: tuple[int, int], group: Group | None, given_up: bool
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

"""What parties would have to settle together: topics, options, refusals and conditions.

A package chooses one option for each topic. What a party refuses on a topic stands in
the way by itself; what it accepts under conditions ties that topic to others. Topics
that are tied together make a *component*, which is solved without regard to the rest.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

import attrs
import numpy as np

from positions.errors import InvalidInputError, require_one_of
from positions.records.catalogue import Parties, Topics
from positions.records.models import Condition, Proposal, Term
from positions.relations.conditions import clauses
from positions.snapshots.ledger import CONDITIONAL, REJECT, SILENT, Codes
from positions.snapshots.snapshot import Snapshot, require_snapshot

UnansweredRule = Literal["refusal", "free"]
"""How to read an option that a party left unanswered: as refused, or as free."""

WORTH = np.array([0, 0, 1, 2, 2])
"""What an attitude affirms, in halves."""

Link = tuple[str, frozenset[int]]
"""A topic, and the columns of which one has to be chosen there."""


@attrs.frozen
class Group:
    """One group of conditions: what must be settled for it, and what only words tell.

    `links` can be met by a package; `opaque` cannot be judged, and is what a deal
    that relies on the group hangs on.
    """

    conditions: tuple[Condition, ...]
    links: tuple[Link, ...]
    opaque: tuple[Condition, ...]


class Veto(NamedTuple):
    """What stands in the way of one option: parties and options are numbers here.

    `group` is the number of the group of conditions, from 0; None where the option
    is rejected or unanswered.
    """

    topic: str
    option: int
    party: int
    group: int | None = None


@attrs.frozen(eq=False)
class Issue:
    """One topic of a package, with the options that can be told apart.

    Arguments:
        topic: its id.
        asked: whether it must be settled; else it may, where a condition needs it.
        keys: the options as results show them.
        runs: the columns of each option.
        codes: attitudes, parties × options.
        groups: for each party and option that is conditional, its groups.
        allowed: the options that a fixed plan leaves.
    """

    topic: str
    asked: bool
    keys: tuple[str, ...]
    runs: tuple[tuple[int, ...], ...]
    codes: Codes
    groups: Mapping[tuple[int, int], tuple[Group, ...]]
    allowed: tuple[int, ...]

    @functools.cached_property
    def halves(self) -> tuple[int, ...]:
        """Count the affirmation of each option, in halves: conditional 1, demand and accept 2."""
        return tuple(WORTH[self.codes].sum(axis=0).tolist())

    def options_in(self, columns: frozenset[int]) -> tuple[int, ...]:
        """Number the options that lie in some columns."""
        return tuple(i for i, run in enumerate(self.runs) if run[0] in columns)

    def vetoes(self, unanswered: UnansweredRule) -> Iterator[Veto]:
        """Go through all that stands in the way of an option, option by option."""
        refused = self.codes == REJECT
        if unanswered == "refusal":
            affirming = (self.codes >= CONDITIONAL).any(axis=1, keepdims=True)
            refused |= (self.codes == SILENT) & affirming
        for option, party in np.argwhere((refused | (self.codes == CONDITIONAL)).T).tolist():
            groups = self.groups.get((party, option), ())
            if refused[party, option]:
                yield Veto(self.topic, option, party)
            elif all(group.links for group in groups):
                yield from (Veto(self.topic, option, party, n) for n in range(len(groups)))


@attrs.frozen(eq=False)
class Component:
    """Topics that conditions tie together, and all that stands in the way on them."""

    issues: tuple[Issue, ...]
    vetoes: tuple[Veto, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """List the ids of its topics, in the order of the file."""
        return tuple(issue.topic for issue in self.issues)

    def holds(self, group: Group, package: Mapping[str, int | None]) -> bool:
        """Tell whether a package meets all that a group asks to be settled."""
        return all(
            package[topic] in self.by_topic[topic].options_in(columns)
            for topic, columns in group.links
        )

    @functools.cached_property
    def by_topic(self) -> dict[str, Issue]:
        """Find the topics by their ids."""
        return {issue.topic: issue for issue in self.issues}


@attrs.frozen(eq=False)
class Deal:
    """The question whether parties could sign a package; `deal_of` makes it."""

    snapshot: Snapshot
    parties: tuple[str, ...]
    unanswered: UnansweredRule
    fixed: Proposal | None
    components: tuple[Component, ...]
    notes: tuple[str, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """List the ids of all topics in play, in the order of the file."""
        found = {topic for component in self.components for topic in component.topics}
        return tuple(topic for topic in self.snapshot.topics if topic in found)


def deal_of(
    snapshot: Snapshot,
    parties: Parties,
    topics: Topics,
    unanswered: UnansweredRule,
    fixed: Proposal | str | None,
) -> Deal:
    """Lay out what parties would have to settle.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: an argument cannot be used, or a plan contradicts itself.
    """
    require_snapshot(snapshot)
    require_one_of("unanswered", unanswered, get_args(UnansweredRule))
    plan = None if fixed is None else snapshot.catalogue.plan(fixed, "fixed")
    who = snapshot.catalogue.choose_parties(parties, least=2)
    named = None if topics is None else snapshot.catalogue.choose_topics(topics)
    layout = _Layout(snapshot, who, plan)
    asked = layout.asked(named)
    issues = layout.issues(asked)
    components = tuple(
        Component(part, tuple(veto for issue in part for veto in issue.vetoes(unanswered)))
        for part in _tied(issues)
    )
    return Deal(snapshot, who, unanswered, plan, components, tuple(layout.notes(named)))


@attrs.frozen(eq=False)
class _Layout:
    """Finds the topics of a package, and lays out the options of each."""

    snapshot: Snapshot
    parties: tuple[str, ...]
    fixed: Proposal | None

    @functools.cached_property
    def terms(self) -> frozenset[str]:
        """The topics that can stand in a settlement."""
        return frozenset(t.id for t in self.snapshot.catalogue.document.topics if t.about == "term")

    @functools.cached_property
    def fixed_columns(self) -> dict[str, frozenset[int]]:
        """The columns that a fixed plan leaves on each of its topics."""
        found: dict[str, frozenset[int]] = {}
        terms = () if self.fixed is None else self.fixed.terms
        named = {self.snapshot.catalogue.topic(term.topic).id for term in terms}
        for clause in clauses([term for term in terms if term.topic in named & self.terms]):
            topic = clause[0].topic
            columns = self.columns(clause)
            found[topic] = found.get(topic, columns) & columns
            if not found[topic]:
                wanted = f"a plan whose clauses on {topic} can hold together"
                raise InvalidInputError("fixed", wanted, self.fixed and self.fixed.id)
        return found

    def columns(self, clause: Sequence[Term]) -> frozenset[int]:
        """Find the columns that any variant of a clause allows."""
        scale = self.snapshot.catalogue.scales[clause[0].topic]
        return scale.columns_of(key for term in clause for key in term.options)

    def asked(self, named: Sequence[str] | None) -> list[str]:
        """List the topics that must be settled: those of the plan, and those asked about.

        By default those on which two of the parties have spoken, else those on which one has.
        """
        chosen = self.terms if named is None else self.terms & set(named)
        least = 2 if named is None else 1
        heard = [topic for party, topic in self.snapshot.spoken if party in self.parties]
        spoken = {topic for topic in chosen if heard.count(topic) >= least}
        return [t for t in self.snapshot.topics if t in spoken or t in self.fixed_columns]

    def notes(self, named: Sequence[str] | None) -> Iterator[str]:
        """Say what was left out, and what a reader should know of the snapshot."""
        yield from self.snapshot.notes
        chosen = set(named or ())
        planned = set() if self.fixed is None else {term.topic for term in self.fixed.terms}
        left = [t for t in self.snapshot.topics if t in chosen | planned and t not in self.terms]
        if left:
            yield f"Left out, as they are about no terms: {', '.join(left)}."

    def replay(self, topics: Sequence[str]) -> None:
        """Replay at once what conditions are read from."""
        codes = {topic: self.snapshot.codes_on(self.parties, topic) for topic in topics}
        self.snapshot.tracks_of(
            (party, topic)
            for topic, found in codes.items()
            for party, row in zip(self.parties, found, strict=True)
            if CONDITIONAL in row
        )

    def conditions_on(self, topic: str) -> dict[int, dict[int, tuple[Group, ...]]]:
        """Find for each party (by number) the groups of its conditional columns."""
        codes = self.snapshot.codes_on(self.parties, topic)
        found: dict[int, dict[int, tuple[Group, ...]]] = {}
        for number in np.flatnonzero((codes == CONDITIONAL).any(axis=1)).tolist():
            for column in np.flatnonzero(codes[number] == CONDITIONAL).tolist():
                asked = self.snapshot.conditions(self.parties[number], topic, column)
                groups = tuple(self.group(group, topic) for group in asked)
                found.setdefault(number, {})[column] = groups
        return found

    def group(self, conditions: tuple[Condition, ...], topic: str) -> Group:
        """Tell what a group of conditions on a topic needs to be settled."""
        links: list[Link] = []
        opaque: list[Condition] = []
        for condition in conditions:
            for clause in self.needs(condition, topic):
                if isinstance(clause, Condition):
                    opaque.append(clause)
                else:
                    links.append((clause[0].topic, self.columns(clause)))
        return Group(conditions, tuple(dict.fromkeys(links)), tuple(dict.fromkeys(opaque)))

    def needs(self, condition: Condition, topic: str) -> Iterator[list[Term] | Condition]:
        """Take a condition apart: clauses to be settled, and what no package can settle."""
        if condition.text is not None:
            yield condition
        elif condition.topic is not None:
            term = Term(topic=condition.topic, options=condition.options)
            yield [term] if condition.topic in self.terms else condition
        else:
            terms = self.snapshot.catalogue.proposal(str(condition.proposal)).terms
            for clause in clauses([term for term in terms if term.topic != topic]):
                yield clause if clause[0].topic in self.terms else _as_condition(clause)

    def issues(self, asked: Sequence[str]) -> list[Issue]:
        """Lay out the topics asked, and those that their conditions bring in."""
        found: dict[str, dict[int, dict[int, tuple[Group, ...]]]] = {}
        waiting = list(asked)
        while waiting:
            self.replay(waiting)
            found |= {topic: self.conditions_on(topic) for topic in waiting}
            named = (k for topic in waiting for g in _groups(found[topic]) for k in g.links)
            waiting = [topic for topic in dict.fromkeys(k[0] for k in named) if topic not in found]
        edges: dict[str, set[frozenset[int]]] = {}
        for link in (k for on in found.values() for group in _groups(on) for k in group.links):
            edges.setdefault(link[0], set()).add(link[1])
        return [
            self.issue(topic, topic in set(asked), found[topic], edges.get(topic, set()))
            for topic in self.snapshot.topics
            if topic in found
        ]

    def issue(
        self,
        topic: str,
        asked: bool,
        groups: dict[int, dict[int, tuple[Group, ...]]],
        named: set[frozenset[int]],
    ) -> Issue:
        """Lay out one topic: numbers that nothing tells apart are one option."""
        scale = self.snapshot.catalogue.scales[topic]
        codes = self.snapshot.codes_on(self.parties, topic)
        fixed = self.fixed_columns.get(topic, frozenset(range(scale.width)))
        edges = [*sorted(map(sorted, named)), sorted(fixed)]
        alike = [
            (
                tuple(codes[:, column].tolist()),
                tuple(column in edge for edge in edges),
                tuple((number, on.get(column)) for number, on in groups.items()),
            )
            for column in range(scale.width)
        ]
        keys, runs = zip(*scale.spans(alike), strict=True)
        first = [run[0] for run in runs]
        kept = {
            (number, option): on[column]
            for number, on in groups.items()
            for option, column in enumerate(first)
            if column in on
        }
        allowed = tuple(option for option, column in enumerate(first) if column in fixed)
        return Issue(topic, asked, keys, runs, codes[:, first], kept, allowed)


def _as_condition(clause: Sequence[Term]) -> Condition:
    options = tuple(dict.fromkeys(key for term in clause for key in term.options))
    return Condition(topic=clause[0].topic, options=options)


def _groups(on: Mapping[int, Mapping[int, tuple[Group, ...]]]) -> Iterator[Group]:
    for columns in on.values():
        for groups in columns.values():
            yield from groups


def _tied(issues: Sequence[Issue]) -> list[tuple[Issue, ...]]:
    """Part topics into those that conditions tie together, in the order of the file."""
    head = {issue.topic: issue.topic for issue in issues}
    for issue in issues:
        for group in (group for groups in issue.groups.values() for group in groups):
            for topic, _ in group.links:
                old, new = head[topic], head[issue.topic]
                head = {name: new if top == old else top for name, top in head.items()}
    parts: dict[str, list[Issue]] = {}
    for issue in issues:
        parts.setdefault(head[issue.topic], []).append(issue)
    return [tuple(part) for part in parts.values()]

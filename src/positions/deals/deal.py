"""The problem of finding a package: topics, options, refusals and conditions.

A package chooses one option for each topic. A refusal rules out an option by itself; a
conditional acceptance links its topic to others. Topics that are linked form a *component*,
which is solved independently of the rest.
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
"""How an option that a party left unanswered is read: as refused, or as free."""

AFFIRMATION = np.array([0, 0, 1, 2, 2])
"""Affirmation by code of attitude, in halves."""

Link = tuple[str, frozenset[int]]
"""A topic, and the columns of which one has to be chosen on it."""


@attrs.frozen
class Group:
    """One group of conditions, split by whether a package can meet them.

    `links` can be met by a package; `opaque` conditions cannot be judged, and a deal that
    relies on the group depends on them.
    """

    conditions: tuple[Condition, ...]
    links: tuple[Link, ...]
    opaque: tuple[Condition, ...]


class Veto(NamedTuple):
    """One obstacle to one option, with the party and the option by number.

    `group` is the number of the group of conditions, from 0; None if the option is
    rejected or unanswered.
    """

    topic: str
    option: int
    party: int
    group: int | None = None


@attrs.frozen(eq=False)
class Issue:
    """One topic of a package, with equivalent numbers merged into one option.

    Arguments:
        topic: its id.
        asked: whether it must be settled; otherwise only if a condition requires it.
        keys: the options as shown in results.
        runs: the columns of each option.
        codes: codes of attitudes, parties × options.
        groups: the groups of conditions by party and option.
        allowed: the options that a fixed plan allows.
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
        """Affirmation of each option, in halves: conditional 1, demand and accept 2."""
        return tuple(AFFIRMATION[self.codes].sum(axis=0).tolist())

    def options_in(self, columns: frozenset[int]) -> tuple[int, ...]:
        """Return the numbers of the options that lie in some columns."""
        return tuple(i for i, run in enumerate(self.runs) if run[0] in columns)

    def vetoes(self, unanswered: UnansweredRule) -> Iterator[Veto]:
        """Yield all vetoes on the topic, option by option."""
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
    """Topics that are linked by conditions, with all vetoes on them."""

    issues: tuple[Issue, ...]
    vetoes: tuple[Veto, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """Ids of its topics, in the order of the file."""
        return tuple(issue.topic for issue in self.issues)

    def is_met(self, group: Group, package: Mapping[str, int | None]) -> bool:
        """Whether a package meets all links of a group."""
        return all(
            package[topic] in self.by_topic[topic].options_in(columns)
            for topic, columns in group.links
        )

    @functools.cached_property
    def by_topic(self) -> dict[str, Issue]:
        """Issues by the ids of their topics."""
        return {issue.topic: issue for issue in self.issues}


@attrs.frozen(eq=False)
class Deal:
    """The problem of finding a package that parties could sign; made by `deal_of`."""

    snapshot: Snapshot
    parties: tuple[str, ...]
    unanswered: UnansweredRule
    fixed: Proposal | None
    components: tuple[Component, ...]
    notes: tuple[str, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """Ids of the topics of all components, in the order of the file."""
        found = {topic for component in self.components for topic in component.topics}
        return tuple(topic for topic in self.snapshot.topics if topic in found)


def deal_of(
    snapshot: Snapshot,
    parties: Parties,
    topics: Topics,
    unanswered: UnansweredRule,
    fixed: Proposal | str | None,
) -> Deal:
    """Set up the problem of finding a package that parties could sign.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: an argument is not valid, or a plan contradicts itself.
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
        for part in _linked(issues)
    )
    return Deal(snapshot, who, unanswered, plan, components, tuple(layout.notes(named)))


@attrs.frozen(eq=False)
class _Layout:
    """Finds the topics of a package and the options of each."""

    snapshot: Snapshot
    parties: tuple[str, ...]
    fixed: Proposal | None

    @functools.cached_property
    def terms(self) -> frozenset[str]:
        """The topics that can be part of a settlement."""
        return frozenset(t.id for t in self.snapshot.catalogue.document.topics if t.about == "term")

    @functools.cached_property
    def fixed_columns(self) -> dict[str, frozenset[int]]:
        """The columns that a fixed plan allows on each of its topics."""
        found: dict[str, frozenset[int]] = {}
        terms = () if self.fixed is None else self.fixed.terms
        named = {self.snapshot.catalogue.topic(term.topic).id for term in terms}
        for clause in clauses([term for term in terms if term.topic in named & self.terms]):
            topic = clause[0].topic
            columns = self.columns(clause)
            found[topic] = found.get(topic, columns) & columns
            if not found[topic]:
                wanted = f"a plan whose clauses on {topic} are consistent"
                raise InvalidInputError("fixed", wanted, self.fixed and self.fixed.id)
        return found

    def columns(self, clause: Sequence[Term]) -> frozenset[int]:
        """Return the columns that any variant of a clause allows."""
        scale = self.snapshot.catalogue.scales[clause[0].topic]
        return scale.columns_of(key for term in clause for key in term.options)

    def asked(self, named: Sequence[str] | None) -> list[str]:
        """Return the topics that must be settled: those of the plan, and those asked about.

        If none are named, these are the topics on which two of the parties have spoken;
        otherwise the named topics on which one has.
        """
        chosen = self.terms if named is None else self.terms & set(named)
        least = 2 if named is None else 1
        topics = [topic for party, topic in self.snapshot.spoken if party in self.parties]
        spoken = {topic for topic in chosen if topics.count(topic) >= least}
        return [t for t in self.snapshot.topics if t in spoken or t in self.fixed_columns]

    def notes(self, named: Sequence[str] | None) -> Iterator[str]:
        """Yield the notes of the snapshot, and a note about topics that were left out."""
        yield from self.snapshot.notes
        chosen = set(named or ())
        planned = set() if self.fixed is None else {term.topic for term in self.fixed.terms}
        not_terms = (chosen | planned) - self.terms
        left_out = [topic for topic in self.snapshot.topics if topic in not_terms]
        if left_out:
            yield f"Left out because they are not terms: {', '.join(left_out)}."

    def replay(self, topics: Sequence[str]) -> None:
        """Replay all tracks with conditions in one pass."""
        codes = {topic: self.snapshot.codes_on(self.parties, topic) for topic in topics}
        self.snapshot.tracks_of(
            (party, topic)
            for topic, found in codes.items()
            for party, row in zip(self.parties, found, strict=True)
            if CONDITIONAL in row
        )

    def conditions_on(self, topic: str) -> dict[int, dict[int, tuple[Group, ...]]]:
        """Return the groups of conditions by number of the party, then by column."""
        codes = self.snapshot.codes_on(self.parties, topic)
        found: dict[int, dict[int, tuple[Group, ...]]] = {}
        for number in np.flatnonzero((codes == CONDITIONAL).any(axis=1)).tolist():
            for column in np.flatnonzero(codes[number] == CONDITIONAL).tolist():
                asked = self.snapshot.conditions(self.parties[number], topic, column)
                groups = tuple(self.group(group, topic) for group in asked)
                found.setdefault(number, {})[column] = groups
        return found

    def group(self, conditions: tuple[Condition, ...], topic: str) -> Group:
        """Split the conditions of a group on a topic into links and opaque conditions."""
        links: list[Link] = []
        opaque: list[Condition] = []
        for condition in conditions:
            for clause in self.requirements(condition, topic):
                if isinstance(clause, Condition):
                    opaque.append(clause)
                else:
                    links.append((clause[0].topic, self.columns(clause)))
        return Group(conditions, tuple(dict.fromkeys(links)), tuple(dict.fromkeys(opaque)))

    def requirements(self, condition: Condition, topic: str) -> Iterator[list[Term] | Condition]:
        """Yield the clauses that a condition requires, and those that no package can settle."""
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
        """Return the issues of the topics asked, and of those that their conditions require."""
        found: dict[str, dict[int, dict[int, tuple[Group, ...]]]] = {}
        pending = list(asked)
        while pending:
            self.replay(pending)
            found |= {topic: self.conditions_on(topic) for topic in pending}
            named = (k for topic in pending for g in _groups(found[topic]) for k in g.links)
            pending = [topic for topic in dict.fromkeys(k[0] for k in named) if topic not in found]
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
        """Return the issue of one topic, with equivalent numbers merged into one option."""
        scale = self.snapshot.catalogue.scales[topic]
        codes = self.snapshot.codes_on(self.parties, topic)
        fixed = self.fixed_columns.get(topic, frozenset(range(scale.width)))
        edges = [*sorted(map(sorted, named)), sorted(fixed)]
        profiles = [
            (
                tuple(codes[:, column].tolist()),
                tuple(column in edge for edge in edges),
                tuple((number, on.get(column)) for number, on in groups.items()),
            )
            for column in range(scale.width)
        ]
        keys, runs = zip(*scale.spans(profiles), strict=True)
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


def _linked(issues: Sequence[Issue]) -> list[tuple[Issue, ...]]:
    """Partition issues into those linked by conditions, in the order of the file."""
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

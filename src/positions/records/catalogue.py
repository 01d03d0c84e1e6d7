"""The records of one data set, found by id.

A `Catalogue` contains only records that have passed all checks.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Protocol, TypeVar

import attrs

from positions.errors import DataError, InvalidInputError, UnknownNameError
from positions.records.checks import check
from positions.records.models import Document, Event, Party, Proposal, Source, Statement, Topic
from positions.records.scales import Scale, scales_of


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=_Identified)
T = TypeVar("T")
Parties = str | Iterable[str]
"""The parties of a question: an id, or several."""
Topics = str | Iterable[str] | None
"""The topics of a question: an id, an area, several of them, or None for all."""
TOPICS_WANTED = "an id, an area, or several"
"""What errors about topics ask for."""
Plans = str | Proposal | Iterable[str | Proposal]
"""The plans of a question: a proposal or its id, or several."""


def several(what: str, given: str | Iterable[T], wanted: str) -> tuple[str | T, ...]:
    """Return one text or several values as a tuple.

    Raises:
        InvalidInputError: `given` is neither; the message contains `what` and `wanted`.
    """
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, Iterable):
        raise InvalidInputError(what, wanted, given)
    return tuple(given)


@attrs.frozen
class Catalogue:
    """The records of one data set, found by id, and the columns of its topics.

    Raises:
        DataError: the records have faults, such as unknown ids; every fault is listed.
    """

    document: Document

    def __attrs_post_init__(self) -> None:
        faults = check(self.document)
        if faults:
            raise DataError("the data set", faults)

    @functools.cached_property
    def _parties(self) -> dict[str, Party]:
        return _by_id(self.document.parties)

    @functools.cached_property
    def _topics(self) -> dict[str, Topic]:
        return _by_id(self.document.topics)

    @functools.cached_property
    def _sources(self) -> dict[str, Source]:
        return _by_id(self.document.sources)

    @functools.cached_property
    def _statements(self) -> dict[str, Statement]:
        return _by_id(self.document.statements)

    @functools.cached_property
    def _proposals(self) -> dict[str, Proposal]:
        return _by_id(self.document.proposals)

    @functools.cached_property
    def _events(self) -> dict[str, Event]:
        return _by_id(self.document.events)

    def party(self, name: str) -> Party:
        """Find a party by id."""
        return _found("party", name, self._parties)

    def topic(self, name: str) -> Topic:
        """Find a topic by id."""
        return _found("topic", name, self._topics)

    def source(self, name: str) -> Source:
        """Find a source by id."""
        return _found("source", name, self._sources)

    def statement(self, name: str) -> Statement:
        """Find a statement by id."""
        return _found("statement", name, self._statements)

    def proposal(self, name: str) -> Proposal:
        """Find a proposal by id."""
        return _found("proposal", name, self._proposals)

    def event(self, name: str) -> Event:
        """Find an event by id."""
        return _found("event", name, self._events)

    @functools.cached_property
    def scales(self) -> dict[str, Scale]:
        """Scales of all topics by id, in the order of the file."""
        return scales_of(self.document)

    def scale(self, topic: str) -> Scale:
        """Find the scale of a topic by its id."""
        return self.scales[self.topic(topic).id]

    @functools.cached_property
    def offsets(self) -> dict[str, int]:
        """Index of the first column of each topic in a snapshot."""
        starts, column = {}, 0
        for topic, scale in self.scales.items():
            starts[topic] = column
            column += scale.width
        return starts

    @functools.cached_property
    def party_numbers(self) -> dict[str, int]:
        """Index of each party in the order of the file."""
        return {party: number for number, party in enumerate(self._parties)}

    @functools.cached_property
    def topic_numbers(self) -> dict[str, int]:
        """Index of each topic in the order of the file."""
        return {topic: number for number, topic in enumerate(self._topics)}

    @functools.cached_property
    def statement_numbers(self) -> dict[str, int]:
        """Index of each statement in the order of the file."""
        return {statement: number for number, statement in enumerate(self._statements)}

    def choose_topics(self, topics: Topics = None) -> tuple[str, ...]:
        """List the ids of the topics asked for, in the order of the file.

        A name selects the topic with that id and all topics below it.
        """
        if topics is None:
            return tuple(self._topics)
        names = several("topics", topics, TOPICS_WANTED)
        chosen = {topic for name in names for topic in self._below(name)}
        return tuple(topic for topic in self._topics if topic in chosen)

    def _below(self, name: str) -> list[str]:
        found = [topic for topic in self._topics if topic == name or topic.startswith(f"{name}.")]
        if not found:
            areas = {topic.split(".")[0] for topic in self._topics}
            raise UnknownNameError("topic or area", name, [*self._topics, *sorted(areas)])
        return found

    def choose_parties(self, parties: Parties | None, least: int = 0) -> tuple[str, ...]:
        """List the ids of the parties asked for, in the order given; all if None.

        Raises:
            InvalidInputError: a party is named twice, or there are fewer than `least`.
            UnknownNameError: a party is not in the data set.
        """
        given = tuple(self._parties) if parties is None else parties
        names = several("parties", given, "the ids of parties")
        chosen = tuple(self.party(name).id for name in names)
        if len(set(chosen)) < len(chosen):
            raise InvalidInputError("parties", "different parties", list(chosen))
        if len(chosen) < least:
            raise InvalidInputError("parties", f"at least {least} parties", list(chosen))
        return chosen

    def choose_plans(self, plans: Plans | None) -> tuple[Proposal, ...]:
        """List the plans asked for, in the order given; all by date if None.

        Raises:
            InvalidInputError: a plan is named twice, or is neither a proposal nor an id.
            UnknownNameError: an id is not in the data set.
        """
        if plans is None:
            return tuple(sorted(self.document.proposals, key=lambda plan: plan.date.latest))
        given = (plans,) if isinstance(plans, Proposal) else plans
        known = several("plans", given, "proposals or their ids")
        chosen = tuple(self.plan(plan, "plans") for plan in known)
        names = [plan.id for plan in chosen]
        if len(set(names)) < len(names):
            raise InvalidInputError("plans", "different plans", names)
        return chosen

    def plan(self, given: Proposal | str, what: str = "plan") -> Proposal:
        """Return a proposal as given, in the data set or not, or find it by its id."""
        if isinstance(given, Proposal):
            return given
        if isinstance(given, str):
            return self.proposal(given)
        raise InvalidInputError(what, "a proposal or its id", given)


def _by_id(records: Iterable[R]) -> dict[str, R]:
    return {record.id: record for record in records}


def _found(kind: str, name: str, records: dict[str, R]) -> R:
    try:
        return records[name]
    except (KeyError, TypeError):
        called = {str(getattr(r, "name", r.id)): r.id for r in records.values()}
        raise UnknownNameError(kind, name, records, called) from None

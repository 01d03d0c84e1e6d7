"""The differences between two snapshots, two stances or two plans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import overload

from positions.errors import InvalidInputError
from positions.records.catalogue import TOPICS_WANTED, Parties, Topics, several
from positions.records.models import Proposal, Topic
from positions.relations.changes import Changes, changes_between
from positions.relations.differences import (
    Differences,
    PlanDifferences,
    differences_between,
    plan_differences,
)
from positions.snapshots.snapshot import Snapshot, Stance


@overload
def diff(
    left: Snapshot, right: Snapshot, *, parties: Parties | None = None, topics: Topics = None
) -> Changes: ...
@overload
def diff(left: Stance, right: Stance, *, topics: Topics = None) -> Differences: ...
@overload
def diff(left: Proposal, right: Proposal, *, topics: Iterable[Topic] = ()) -> PlanDifferences: ...
def diff(
    left: Snapshot | Stance | Proposal,
    right: Snapshot | Stance | Proposal,
    *,
    parties: Parties | None = None,
    topics: Topics | Iterable[Topic] = None,
) -> Changes | Differences | PlanDifferences:
    """Find the differences between two snapshots, two stances or two plans.

    Two snapshots give `Changes`: how every party moved on every topic, and by which
    statements; the rows include the unchanged positions, `.moved` leaves them out. Two
    stances give `Differences`: how the parties differ, topic by topic. Two plans give
    `PlanDifferences`: how they differ, clause by clause.

    Arguments:
        left: the earlier snapshot, the first stance, or the first plan.
        right: the later snapshot, the second stance, or the second plan.
        parties: for snapshots, the parties to compare; all where None.
        topics: an id, an area, or several; all where None. For plans, the records of
            their topics (`ds.topics`), which have the names, units and orders of options.

    Raises:
        InvalidInputError: the two are not of the same kind, or not of one data set.
        UnknownNameError: a party or topic is not in the data set.

    >>> from positions.files.bundled import load
    >>> march, october = (load().at(day) for day in ("2022-03-29", "2022-10-01"))
    >>> moved = diff(march, october, parties=["UKR"], topics="nato.membership").moved
    >>> [(row.party, row.move) for row in moved]
    [('UKR', 'hardened')]
    """
    if isinstance(left, Snapshot) and isinstance(right, Snapshot):
        return changes_between(left, right, parties, _names(topics))
    if isinstance(left, Stance) and isinstance(right, Stance):
        return differences_between(left, right, _names(topics))
    if isinstance(left, Proposal) and isinstance(right, Proposal):
        return plan_differences(left, right, _records(topics))
    kinds = f"{type(left).__name__} and {type(right).__name__}"
    raise InvalidInputError("diff", "two snapshots, two stances or two proposals", kinds)


def _names(topics: Topics | Iterable[Topic]) -> Topics:
    if topics is None:
        return None
    given: tuple[str | Topic, ...] = several("topics", topics, TOPICS_WANTED)
    return [topic.id if isinstance(topic, Topic) else topic for topic in given]


def _records(topics: Topics | Iterable[Topic]) -> list[Topic]:
    given = () if topics is None else several("topics", topics, TOPICS_WANTED)
    found = [topic for topic in given if isinstance(topic, Topic)]
    if len(found) < len(given):
        raise InvalidInputError(
            "topics", "records of topics, to compare plans", topics, "ds.topics"
        )
    return found

"""The findings of a report: the answer to each of its questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Unpack

import attrs

from positions.deals.settle import Conflict, settle
from positions.deals.settlement import Settlement
from positions.errors import InvalidInputError, MissingLibraryError
from positions.over_time.convergence import convergence
from positions.over_time.convergence_rows import Convergence
from positions.plans.evaluation import Evaluation, evaluate
from positions.records.catalogue import Catalogue, Parties, Plans, Topics
from positions.records.dates import as_day
from positions.records.models import Proposal
from positions.relations.changes import Changes
from positions.relations.diff import diff
from positions.relations.measures import Relation
from positions.relations.overlap import overlap
from positions.relations.overlap_rows import Overlaps
from positions.relations.topic_overlap import Overlap
from positions.reports.evidence import Evidence
from positions.snapshots.dataset import Dataset, Day, ReadingOptions
from positions.snapshots.snapshot import Snapshot
from positions.snapshots.wording import party_name


@attrs.frozen
class Findings:
    """The answers that a report presents.

    Attributes:
        since: the earlier day, if one was given; `changes` are those between the days.
        topics: the ids of the topics of the report.
        all_topics: whether these are all topics, because none were selected.
        named_plans: whether plans were selected; otherwise all tabled by the day are meant.
        package: a package that all could sign or the conflict that prevents one; if the
            solver is not installed, the error that names it.
        evidence: the statements cited in the report.
    """

    ds: Dataset
    snapshot: Snapshot
    parties: tuple[str, ...]
    topics: tuple[str, ...]
    all_topics: bool
    since: dt.date | None
    overlaps: Overlaps
    changes: Changes | None
    convergence: Convergence
    reading: ReadingOptions = attrs.field(eq=False)
    plans: tuple[Evaluation, ...]
    named_plans: bool
    package: Settlement | Conflict | MissingLibraryError
    evidence: Evidence

    @property
    def catalogue(self) -> Catalogue:
        """The records of the data set."""
        return self.ds.catalogue

    @property
    def date(self) -> dt.date:
        """The day of the report."""
        return self.snapshot.date

    @property
    def names(self) -> list[str]:
        """The names of the parties."""
        return [party_name(self.catalogue, party) for party in self.parties]

    @property
    def addressed(self) -> frozenset[str]:
        """The ids of the topics on which at least one of the parties has made a statement."""
        return frozenset(row.topic for row in self.overlaps)

    def related(self, relation: Relation) -> list[Overlap]:
        """List the topics on which the parties are in the given relation."""
        return [row for row in self.overlaps if row.relation == relation]


def findings(
    ds: Dataset,
    parties: Parties,
    *,
    on: Day | None,
    since: Day | None,
    topics: Topics,
    plans: Plans | None,
    **reading: Unpack[ReadingOptions],
) -> Findings:
    """Answer all questions of a report; the arguments are those of `report`."""
    snapshot = ds.at(on, **reading)
    topic_ids = ds.catalogue.choose_topics(topics)
    party_ids = ds.catalogue.choose_parties(parties, least=2)
    earlier = None if since is None else _earlier(ds.at(since, **reading), snapshot, since)
    first = None if earlier is None else earlier.date
    named = None if plans is None else ds.catalogue.choose_plans(plans)
    return Findings(
        ds=ds,
        snapshot=snapshot,
        parties=party_ids,
        topics=topic_ids,
        all_topics=topics is None,
        since=first,
        overlaps=overlap(snapshot, party_ids, topic_ids),
        changes=_changes(earlier, snapshot, party_ids, topic_ids),
        convergence=convergence(ds, party_ids, topics, since=first, until=snapshot.date, **reading),
        reading=reading,
        plans=_evaluations(ds, snapshot, party_ids, named),
        named_plans=named is not None,
        package=_package(snapshot, party_ids, topics),
        evidence=Evidence(ds.catalogue),
    )


def _earlier(before: Snapshot, after: Snapshot, given: Day) -> Snapshot:
    if before.date >= after.date:
        raise InvalidInputError("since", f"a day before {after.date}", str(given))
    return before


def _changes(
    before: Snapshot | None, after: Snapshot, parties: Sequence[str], topics: Sequence[str]
) -> Changes | None:
    return None if before is None else diff(before, after, parties=parties, topics=topics)


def _evaluations(
    ds: Dataset, snapshot: Snapshot, parties: Sequence[str], named: Sequence[Proposal] | None
) -> tuple[Evaluation, ...]:
    """Evaluate the named plans, or all that were tabled by the day, against the parties."""
    if named is not None:
        return tuple(evaluate(plan, snapshot, parties) for plan in named)
    tabled = sorted(
        (plan for plan in ds.proposals if plan.date.latest <= snapshot.date),
        key=lambda plan: as_day(plan.date),
    )
    return tuple(evaluate(plan, snapshot, parties) for plan in tabled)


def _package(
    snapshot: Snapshot, parties: Sequence[str], topics: Topics
) -> Settlement | Conflict | MissingLibraryError:
    try:
        return settle(snapshot, parties, topics)
    except MissingLibraryError as missing:
        return missing

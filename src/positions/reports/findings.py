"""What a report tells of: every question that it asks, answered once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Unpack

import attrs

from positions.deals.settle import Conflict, settle
from positions.deals.settlement import Settlement
from positions.errors import InvalidInputError, MissingLibraryError
from positions.over_time.convergence import convergence
from positions.over_time.convergence_rows import Convergence
from positions.plans.evaluation import Evaluation, evaluate
from positions.records.catalogue import Catalogue, Topics
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
    """The answers that a report puts into words.

    Attributes:
        since: the earlier day, if one was asked about; then `changes` has what moved.
        topics: the ids of the topics asked about; `all_topics` where none were named.
        named_plans: whether plans were asked for by name, or all of that day are meant.
        package: a package that all could sign or what prevents one; where the solver
            is not installed, the error that names it.
        evidence: numbers the statements as the report names them.
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
        """The records that it rests on."""
        return self.ds.catalogue

    @property
    def date(self) -> dt.date:
        """The day that the report is about."""
        return self.snapshot.date

    @property
    def names(self) -> list[str]:
        """The names of the parties."""
        return [party_name(self.catalogue, party) for party in self.parties]

    @property
    def spoken(self) -> frozenset[str]:
        """The topics on which one of the parties has spoken: those the report can point to."""
        return frozenset(row.topic for row in self.overlaps)

    def related(self, relation: Relation) -> list[Overlap]:
        """List the topics on which the parties stand in one relation."""
        return [row for row in self.overlaps if row.relation == relation]


def findings(
    ds: Dataset,
    parties: Iterable[str],
    *,
    on: Day | None,
    since: Day | None,
    topics: Topics,
    plans: str | Iterable[str] | None,
    **reading: Unpack[ReadingOptions],
) -> Findings:
    """Ask all the questions of a report; its arguments are those of `report`."""
    snapshot = ds.at(ds.last_day if on is None else on, **reading)
    what = ds.catalogue.choose_topics(topics)
    who = ds.catalogue.choose_parties(parties, least=2)
    earlier = None if since is None else _earlier(ds.at(since, **reading), snapshot, since)
    first = None if earlier is None else earlier.date
    names = (plans,) if isinstance(plans, str) else plans
    named = None if names is None else [ds.proposal(name) for name in dict.fromkeys(names)]
    return Findings(
        ds=ds,
        snapshot=snapshot,
        parties=who,
        topics=what,
        all_topics=topics is None,
        since=first,
        overlaps=overlap(snapshot, who, what),
        changes=None if earlier is None else diff(earlier, snapshot, parties=who, topics=what),
        convergence=convergence(ds, who, topics, since=first, until=snapshot.date, **reading),
        reading=reading,
        plans=_evaluations(ds, snapshot, who, named),
        named_plans=named is not None,
        package=_package(snapshot, who, topics),
        evidence=Evidence(ds.catalogue),
    )


def _earlier(before: Snapshot, after: Snapshot, given: Day) -> Snapshot:
    if before.date >= after.date:
        raise InvalidInputError("since", f"a day before {after.date}", str(given))
    return before


def _evaluations(
    ds: Dataset, snapshot: Snapshot, parties: Sequence[str], named: Sequence[Proposal] | None
) -> tuple[Evaluation, ...]:
    """Hold plans against the parties: those named, or all that were tabled by the day."""
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

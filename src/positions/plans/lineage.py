"""What became of a plan: the clauses that later plans kept, changed, dropped or added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import ClassVar

import attrs

from positions.records.catalogue import Catalogue
from positions.records.models import Proposal
from positions.records.plain import field_names
from positions.relations.differences import PlanDifference, PlanRelation, plan_differences
from positions.snapshots.answers import Result
from positions.snapshots.dataset import Dataset
from positions.snapshots.wording import Footnotes, cited_plan, counted, plan_sources
from positions.tables.cells import DASH, Numeral, Text
from positions.tables.table import Table, Value

CLOSEST: tuple[PlanRelation, ...] = ("same", "compatible", "different", "only_left", "only_right")
"""How two plans can stand on a topic, the closest first."""
NEARNESS = (
    "Near: the share of the topics of the first plan on which both are the same or compatible."
)


@attrs.frozen
class LaterPlan:
    """What a later plan made of an earlier one, topic by topic.

    Where a plan has several clauses or open variants on a topic, the closest pair counts.

    Attributes:
        tabled: when the later plan was tabled, as written.
        nearness: the share of the topics of the earlier plan on which the later one is
            the same or compatible, from 0 to 1; None if they share no topic.
        shared: on how many topics both speak.
        topics: how many topics the earlier plan has, on which the share rests.
        same: the topics whose clauses are the same.
        compatible: where the options of one lie within those of the other.
        different: where they do not.
        dropped: the topics of the earlier plan on which the later one says nothing.
        added: the topics of the later plan alone.
    """

    plan: str
    tabled: str
    nearness: float | None
    shared: int
    topics: int
    same: tuple[str, ...]
    compatible: tuple[str, ...]
    different: tuple[str, ...]
    dropped: tuple[str, ...]
    added: tuple[str, ...]


@attrs.frozen
class Lineage(Result[LaterPlan]):
    """The rows of `lineage`: later plans, in the order of their dates."""

    columns: ClassVar[tuple[str, ...]] = field_names(LaterPlan)
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    plan: Proposal

    def table(self) -> Table:
        """Give a row for each later plan: how many clauses it kept, changed, dropped, added."""
        footnotes = Footnotes()
        sources = plan_sources(self.catalogue, self.plan, footnotes)
        rows = tuple(self._row(row, footnotes) for row in self.rows)
        headers = ("plan", "tabled", "near", *map(str, CLOSEST[:3]), "dropped", "added")
        title = f"After {self.plan.name} ({self.plan.date}): {counted(len(rows), 'plan')}"
        remarks: tuple[str | Text, ...] = (NEARNESS, *sources, *self.notes)
        return Table(title, headers, rows, footnotes.notes(), remarks)

    def _row(self, row: LaterPlan, footnotes: Footnotes) -> tuple[Value, ...]:
        plan = cited_plan(self.catalogue, self.catalogue.proposal(row.plan), footnotes)
        near = DASH if row.nearness is None else Numeral(f"{row.nearness:.0%}")
        groups = (row.same, row.compatible, row.different, row.dropped, row.added)
        return (plan, row.tabled, near, *map(len, groups))


def lineage(ds: Dataset, plan: Proposal | str) -> Lineage:
    """Follow a plan through all plans that were tabled later.

    Plans of the same day are not later; of vague dates, the last day counts. That a
    later plan has a clause of an earlier one does not prove that it was taken from it.

    Arguments:
        ds: the data set.
        plan: a proposal, or the id of one.

    Raises:
        UnknownNameError: the plan is not in the data set.

    >>> from positions.files.bundled import load
    >>> row = lineage(load(), "russia-draft-2022-03")[0]
    >>> row.plan, row.topics, row.shared, "nato.membership" in row.same
    ('russia-draft-2022-03-17', 14, 6, True)
    """
    chosen = ds.catalogue.plan(plan)
    later = [other for other in ds.proposals if other.date.latest > chosen.date.latest]
    ordered = sorted(later, key=lambda other: other.date.latest)
    rows = tuple(_later_plan(ds, chosen, other) for other in ordered)
    return Lineage(rows, (), ds.catalogue, chosen)


def _later_plan(ds: Dataset, earlier: Proposal, later: Proposal) -> LaterPlan:
    relations = _closest(plan_differences(earlier, later, ds.topics))
    found = {name: tuple(t for t, r in relations.items() if r == name) for name in CLOSEST}
    kept = len(found["same"]) + len(found["compatible"])
    shared = kept + len(found["different"])
    topics = shared + len(found["only_left"])
    return LaterPlan(
        plan=later.id,
        tabled=str(later.date),
        nearness=kept / topics if shared else None,
        shared=shared,
        topics=topics,
        same=found["same"],
        compatible=found["compatible"],
        different=found["different"],
        dropped=found["only_left"],
        added=found["only_right"],
    )


def _closest(rows: Iterable[PlanDifference]) -> Mapping[str, PlanRelation]:
    """Find the closest relation on each topic, in the order of the clauses."""
    found = defaultdict[str, list[PlanRelation]](list)
    for row in rows:
        found[row.topic].append(row.relation)
    return {topic: min(relations, key=CLOSEST.index) for topic, relations in found.items()}

"""The lineage of a plan: the clauses that later plans kept, changed, dropped or added."""

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
"""Relations of two plans on a topic, the closest first."""
NEARNESS = "“near”: the share of the first plan's topics on which both are the same or compatible."


@attrs.frozen
class LaterPlan:
    """What a later plan kept of an earlier one, topic by topic.

    Where a plan has several clauses or open variants on a topic, the closest pair counts.

    Attributes:
        tabled: the date of the later plan, as written.
        nearness: the share of the topics of the earlier plan on which the later one is
            the same or compatible, from 0 to 1; None if they share no topic.
        shared: the number of topics in both plans.
        topics: the number of topics in the earlier plan, the denominator of the share.
        same: the topics on which the clauses are the same.
        compatible: the topics on which the options of one plan are among those of the other.
        different: the other topics in both plans.
        dropped: the topics only in the earlier plan.
        added: the topics only in the later plan.
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
    """The rows of `lineage`: later plans, in order of date."""

    columns: ClassVar[tuple[str, ...]] = field_names(LaterPlan)
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    plan: Proposal

    def table(self) -> Table:
        """Return a row for each later plan: how many topics it kept, changed, dropped and added."""
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
    """Compare a plan with all plans that were tabled later.

    Plans of the same day are not later; the last day of a vague date counts. A clause that
    two plans have in common does not prove that one took it from the other.

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
    """Return the closest relation on each topic, in the order of the clauses."""
    found = defaultdict[str, list[PlanRelation]](list)
    for row in rows:
        found[row.topic].append(row.relation)
    return {topic: min(relations, key=CLOSEST.index) for topic, relations in found.items()}

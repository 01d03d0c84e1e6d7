"""Who would sign which plan, and which plans are nearest to the position of a party."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import ClassVar, Unpack, get_args

import attrs

from positions.plans.evaluation import MOST_PARTIES, PlanVerdict, Signing, evaluate
from positions.plots.charts import (
    MOST_COLUMNS,
    MOST_ROWS,
    Grid,
    Tile,
    TileRow,
    Tone,
    left_out,
    legend_of,
)
from positions.plots.plotted import Plotted
from positions.records.catalogue import Catalogue, Parties, Plans
from positions.records.dates import as_day, day_after
from positions.records.models import Proposal
from positions.records.plain import field_names
from positions.relations.charts import data_text
from positions.relations.tidy import flat, listed, tidy_table
from positions.snapshots.answers import Result
from positions.snapshots.dataset import Dataset, Day, ReadingOptions
from positions.snapshots.snapshot import Snapshot
from positions.snapshots.wording import Footnotes, cited_plan, counted, party_name
from positions.tables.table import Table, Value

COUNTS = "Numbers count the clauses that a party refuses or, if it refuses none, leaves open."
SILENT = "“—”: has said nothing on any topic of the plan."
SOURCES = "Sources are those of the plans; `evaluate` cites the statements on each clause."
UNLISTED = "Left out: parties that have said nothing on any topic of the plan."
VERDICT_TONES: dict[Signing, Tone] = {"signs": "yes", "refuses": "no", "not_known": "open"}
"""Tone of each verdict in plots."""
VERDICT_LABELS: dict[Tone, str] = {
    "yes": "signs: affirms every clause",
    "open": "not known: refuses none, but has not affirmed all",
    "no": "refuses at least one clause",
}
"""Labels of the tones in the legend."""


TIDY_COLUMNS = (
    *("plan", "party", "date", "verdict", "clauses", "affirmed", "refused", "open", "spoken"),
    *("rejections", "conditions", "missing"),
)
"""Columns of the tidy table; the last three contain the topics of clauses."""


@attrs.frozen
class PlanVerdicts(Result[PlanVerdict], Plotted):
    """The rows of `verdicts`: plan by plan, and for each plan party by party.

    `date` is the day asked for; None where each plan is judged on its own day.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "plan",
        "party",
        "date",
        "verdict",
        "affirmed",
        "refused",
        "open",
        "spoken",
        "rejections",
        "conditions",
        "missing",
    )
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    plans: tuple[Proposal, ...]
    parties: tuple[str, ...]
    date: dt.date | None

    def wide(self) -> Table:
        """Return a row for each plan and a column for each party, with its verdict."""
        columns = ("plan", "date", "clauses", *self.parties)
        rows: dict[str, dict[str, Value]] = {}
        for row in self.rows:
            about = flat(row, ("plan", "date", "clauses"))
            rows.setdefault(row.plan, about)[row.party] = row.verdict
        return tidy_table(self.table().title, columns, rows.values())

    def tidy(self) -> Table:
        """Return a row for each plan and party, with plain values in all columns."""
        return tidy_table(self.table().title, TIDY_COLUMNS, map(_tidy, self.rows))

    def table(self) -> Table:
        """Return a row for each plan, and a column for each party or, above six, each verdict."""
        footnotes = Footnotes()
        few = len(self.parties) <= MOST_PARTIES
        headers = self.parties if few else tuple(map(_label, get_args(Signing)))
        per_plan = max(1, len(self.parties))
        found = [self.rows[i : i + per_plan] for i in range(0, len(self.rows), per_plan)]
        plans = {plan.id: plan for plan in self.plans}
        rows = tuple(
            (
                cited_plan(self.catalogue, plans[row[0].plan], footnotes),
                row[0].clauses,
                *(map(_cell, row) if few else _listed(row)),
            )
            for row in found
        )
        remarks = (COUNTS, SILENT if few else UNLISTED, SOURCES, *self.notes)
        return Table(self._title(), ("plan", "clauses", *headers), rows, footnotes.notes(), remarks)

    def chart(self) -> Grid:
        """Return a grid of verdicts, plans by parties."""
        shown, parties = self.plans[:MOST_ROWS], self.parties[:MOST_COLUMNS]
        rows = tuple(map(self._tiles, shown))
        return Grid(
            title=self._title(),
            legend=legend_of((tile.tone for row in rows for tile in row.tiles), VERDICT_LABELS),
            remarks=(
                COUNTS,
                SILENT,
                *left_out(len(self.plans), "plans", MOST_ROWS),
                *left_out(len(self.parties), "parties", MOST_COLUMNS),
                *self.notes,
            ),
            sources=data_text(self.catalogue, counted(len(self.plans), "plan")),
            columns=tuple(party_name(self.catalogue, party) for party in parties),
            rows=rows,
            empty="There is no plan to show.",
        )

    def _tiles(self, plan: Proposal) -> TileRow:
        found = [row for row in self.rows if row.plan == plan.id][:MOST_COLUMNS]
        tiles = (
            Tile(str(_cell(row)), VERDICT_TONES[row.verdict] if row.spoken else "blank")
            for row in found
        )
        return TileRow(f"{plan.name} ({plan.date})", tuple(tiles))

    def _title(self) -> str:
        day = "the day after each was tabled" if self.date is None else str(self.date)
        return f"Who would sign on {day}: {counted(len(self.plans), 'plan')}"


def _tidy(row: PlanVerdict) -> dict[str, Value]:
    """Return a verdict as plain values, by column."""
    return {
        **flat(row, TIDY_COLUMNS[:-3]),
        "rejections": listed(clause.topic for clause in row.rejections),
        "conditions": listed(clause.topic for clause in row.conditions),
        "missing": listed(clause.topic for clause in row.missing),
    }


def _cell(row: PlanVerdict) -> Value:
    count = row.refused or row.open
    return f"{_label(row.verdict)} {count or ''}".strip() if row.spoken else "—"


def _listed(rows: Sequence[PlanVerdict]) -> Iterator[str]:
    """Yield the parties with each verdict, with the number of clauses they refuse or leave open."""
    for verdict in get_args(Signing):
        found = [row for row in rows if row.verdict == verdict and row.spoken]
        yield ", ".join(f"{row.party} {row.refused or row.open or ''}".strip() for row in found)


def _label(verdict: Signing) -> str:
    return verdict.replace("_", " ")


def verdicts(
    ds: Dataset,
    plans: Plans | None = None,
    parties: Parties | None = None,
    on: Day | None = None,
    **reading: Unpack[ReadingOptions],
) -> PlanVerdicts:
    """Find which parties would sign each plan, as `evaluate` does clause by clause.

    Each plan is judged on the day after it was tabled, so that statements of the day of
    tabling count, unless a day is given for all.

    Arguments:
        ds: the data set.
        plans: proposals or their ids, one or several; where None, all, in the order of their dates.
        parties: the ids of parties; where None, the sponsors of these plans.
        on: one day for all plans.
        reading: which statements count, as in `Dataset.at`.

    Raises:
        UnknownNameError: a plan or party is not in the data set.
        InvalidInputError: a plan or party is named twice.

    >>> from positions.files.bundled import load
    >>> ds = load()
    >>> plans = ["ukraine-memorandum-2025", "russia-memorandum-2025"]
    >>> [(row.party, row.verdict) for row in verdicts(ds, plans, ["RUS", "UKR"])]
    [('RUS', 'refuses'), ('UKR', 'signs'), ('RUS', 'not_known'), ('UKR', 'refuses')]
    """
    chosen = ds.catalogue.choose_plans(plans)
    who = _chosen_parties(ds, chosen, parties)
    day = None if on is None else as_day(on, what="on")
    days = [day_after(plan.date) if day is None else day for plan in chosen]
    snapshots = {day: ds.at(day, **reading) for day in dict.fromkeys(days)}
    rows = tuple(
        row
        for plan, day in zip(chosen, days, strict=True)
        for row in evaluate(plan, snapshots[day], who).verdicts
    )
    return PlanVerdicts(rows, _notes(snapshots.values()), ds.catalogue, chosen, who, day)


def _chosen_parties(
    ds: Dataset, plans: Iterable[Proposal], parties: Parties | None
) -> tuple[str, ...]:
    if parties is not None:
        return ds.catalogue.choose_parties(parties)
    sponsors = {name for plan in plans for name in plan.sponsors}
    return tuple(party.id for party in ds.parties if party.id in sponsors)


def _notes(snapshots: Iterable[Snapshot]) -> tuple[str, ...]:
    """Return the notes on several snapshots, each once."""
    return tuple(dict.fromkeys(note for snapshot in snapshots for note in snapshot.notes))


@attrs.frozen
class NearPlan:
    """How near a plan is to the positions of a party on a day.

    Attributes:
        tabled: the date of the plan, as written.
        share: the share of clauses that the party affirms, among those on whose topics it
            has spoken, from 0 to 1; None where it has spoken on none.
        affirmed: the number of clauses that it affirms.
        refused: the number of clauses that it refuses.
        spoken: the number of clauses on whose topics it has spoken.
        clauses: the number of clauses of the plan; an open one counts once.
    """

    plan: str
    tabled: str
    share: float | None
    affirmed: int
    refused: int
    spoken: int
    clauses: int


@attrs.frozen
class Nearest(Result[NearPlan]):
    """The rows of `nearest`: plans, the nearest first."""

    columns: ClassVar[tuple[str, ...]] = field_names(NearPlan)
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    party: str
    date: dt.date
    plans: tuple[Proposal, ...]

    def table(self) -> Table:
        """Return a row for each plan: how many of its clauses the party affirms."""
        footnotes = Footnotes()
        name = party_name(self.catalogue, self.party)
        title = f"Plans nearest to {name} on {self.date}: {counted(len(self.rows), 'plan')}"
        plans = {plan.id: plan for plan in self.plans}
        rows = tuple(
            (
                cited_plan(self.catalogue, plans[row.plan], footnotes),
                row.tabled,
                _share_text(row),
                row.refused,
                row.clauses,
            )
            for row in self.rows
        )
        headers = ("plan", "tabled", "affirmed of spoken", "refused", "clauses")
        return Table(title, headers, rows, footnotes.notes(), (SOURCES, *self.notes))


def _share_text(row: NearPlan) -> str:
    if row.share is None:
        return "—"
    return f"{row.affirmed} of {row.spoken} ({row.share:.0%})"


def nearest(
    ds: Dataset,
    party: str,
    on: Day | None = None,
    plans: Plans | None = None,
    **reading: Unpack[ReadingOptions],
) -> Nearest:
    """Sort plans by how near they are to the positions of a party on a day.

    The measure is the share of clauses that the party affirms, as in `evaluate`, among
    those on whose topics it has spoken. A plan with few clauses can come first, so the
    counts are shown with the share. Ties are in the order of the file, and plans on whose
    topics it has not spoken come last.

    Arguments:
        ds: the data set.
        party: the id of the party.
        on: the day; where None, the end of the evidence.
        plans: proposals or their ids, one or several; where None, all that were tabled by that day.
        reading: which statements count, as in `Dataset.at`.

    Raises:
        UnknownNameError: a plan or party is not in the data set.
        InvalidInputError: a plan is named twice.

    >>> from positions.files.bundled import load
    >>> plans = ["us-28-point-plan", "ukraine-memorandum-2025", "putin-terms-2024"]
    >>> [row.plan for row in nearest(load(), "UKR", "2025-12-01", plans)]
    ['ukraine-memorandum-2025', 'us-28-point-plan', 'putin-terms-2024']
    """
    snapshot = ds.at(on, **reading)
    (who,) = ds.catalogue.choose_parties([party])
    chosen = _tabled(ds, snapshot.date) if plans is None else ds.catalogue.choose_plans(plans)
    found = [_near(plan, evaluate(plan, snapshot, [who]).verdicts[0]) for plan in chosen]
    rows = tuple(sorted(found, key=_by_nearness))
    return Nearest(rows, snapshot.notes, ds.catalogue, who, snapshot.date, chosen)


def _tabled(ds: Dataset, day: dt.date) -> tuple[Proposal, ...]:
    return tuple(plan for plan in ds.proposals if plan.date.latest <= day)


def _near(plan: Proposal, verdict: PlanVerdict) -> NearPlan:
    share = verdict.affirmed / verdict.spoken if verdict.spoken else None
    counts = verdict.affirmed, verdict.refused, verdict.spoken, verdict.clauses
    return NearPlan(plan.id, str(plan.date), share, *counts)


def _by_nearness(row: NearPlan) -> Fraction:
    """Return an exact sort key: the nearest first, undefined shares last."""
    return 1 - Fraction(row.affirmed, row.spoken) if row.spoken else Fraction(2)

"""Plans against parties: who would sign which plan, and which plans lie nearest to a party."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import ClassVar, Unpack, get_args

import attrs

from positions.plans.evaluation import COLUMNS_AT_MOST, PlanVerdict, Signing, evaluate
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

COUNTS = "The number: how many clauses a party refuses; of one that refuses none, leaves open."
SILENT = "“—”: it has said nothing on any topic of the plan."
WORDS_BEHIND = "Sources: those of the plans. `evaluate` names the words on each clause of one."
UNLISTED = "Left out: parties that have said nothing on any topic of the plan."
VERDICT_TONES: dict[Signing, Tone] = {"signs": "yes", "refuses": "no", "not_known": "open"}
"""How a verdict is marked."""
VERDICT_WORDS: dict[Tone, str] = {
    "yes": "signs: affirms every clause",
    "open": "not known: refuses none, but has not affirmed all",
    "no": "refuses at least one clause",
}
"""What the marks of verdicts stand for."""


VERDICT = (
    *("plan", "party", "date", "verdict", "clauses", "affirmed", "refused", "open", "spoken"),
    *("rejections", "conditions", "missing"),
)
"""The columns of tidy verdicts; the last three hold the topics of clauses."""


@attrs.frozen
class PlanVerdicts(Result[PlanVerdict], Plotted):
    """The rows of `verdicts`: plan after plan, each with every party asked about.

    `date` is the one day asked about; None where each plan has its own.
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
        """Give a row for each plan and a column for each party: its verdict."""
        columns = ("plan", "date", "clauses", *self.parties)
        rows: dict[str, dict[str, Value]] = {}
        for row in self.rows:
            about = flat(row, ("plan", "date", "clauses"))
            rows.setdefault(row.plan, about)[row.party] = row.verdict
        return tidy_table(self.table().title, columns, rows.values())

    def tidy(self) -> Table:
        """Give a row for each plan and party, with plain values in all columns."""
        return tidy_table(self.table().title, VERDICT, map(_tidy, self.rows))

    def table(self) -> Table:
        """Give a row for each plan: a column for each party, or for more than six, each verdict."""
        footnotes = Footnotes()
        few = len(self.parties) <= COLUMNS_AT_MOST
        headers = self.parties if few else tuple(map(_said, get_args(Signing)))
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
        remarks = (COUNTS, SILENT if few else UNLISTED, WORDS_BEHIND, *self.notes)
        return Table(self._title(), ("plan", "clauses", *headers), rows, footnotes.notes(), remarks)

    def chart(self) -> Grid:
        """Show plans and parties: who would sign which."""
        shown, parties = self.plans[:MOST_ROWS], self.parties[:MOST_COLUMNS]
        rows = tuple(map(self._tiles, shown))
        return Grid(
            title=self._title(),
            legend=legend_of((tile.tone for row in rows for tile in row.tiles), VERDICT_WORDS),
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
    """Give the verdict of a party on a plan as plain values."""
    return {
        **flat(row, VERDICT[:-3]),
        "rejections": listed(clause.topic for clause in row.rejections),
        "conditions": listed(clause.topic for clause in row.conditions),
        "missing": listed(clause.topic for clause in row.missing),
    }


def _cell(row: PlanVerdict) -> Value:
    count = row.refused or row.open
    return f"{_said(row.verdict)} {count or ''}".strip() if row.spoken else "—"


def _listed(rows: Sequence[PlanVerdict]) -> Iterator[str]:
    """List the parties of each verdict, with how many clauses they refuse or leave open."""
    for verdict in get_args(Signing):
        found = [row for row in rows if row.verdict == verdict and row.spoken]
        yield ", ".join(f"{row.party} {row.refused or row.open or ''}".strip() for row in found)


def _said(verdict: Signing) -> str:
    return verdict.replace("_", " ")


def verdicts(
    ds: Dataset,
    plans: Plans | None = None,
    parties: Parties | None = None,
    on: Day | None = None,
    **reading: Unpack[ReadingOptions],
) -> PlanVerdicts:
    """Tell of each plan which parties would sign it, as `evaluate` does clause by clause.

    Each plan is judged on the day after it was tabled, so that what was said when it
    was tabled counts, unless a day is given for all.

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
    who = _asked(ds, chosen, parties)
    day = None if on is None else as_day(on, what="on")
    days = [day_after(plan.date) if day is None else day for plan in chosen]
    snapshots = {day: ds.at(day, **reading) for day in dict.fromkeys(days)}
    rows = tuple(
        row
        for plan, day in zip(chosen, days, strict=True)
        for row in evaluate(plan, snapshots[day], who).verdicts
    )
    return PlanVerdicts(rows, _notes(snapshots.values()), ds.catalogue, chosen, who, day)


def _asked(ds: Dataset, plans: Iterable[Proposal], parties: Parties | None) -> tuple[str, ...]:
    if parties is not None:
        return ds.catalogue.choose_parties(parties)
    sponsors = {name for plan in plans for name in plan.sponsors}
    return tuple(party.id for party in ds.parties if party.id in sponsors)


def _notes(snapshots: Iterable[Snapshot]) -> tuple[str, ...]:
    """Say what is to be known of several days, each remark once."""
    return tuple(dict.fromkeys(note for snapshot in snapshots for note in snapshot.notes))


@attrs.frozen
class NearPlan:
    """How near a plan lies to what a party says on a day.

    Attributes:
        tabled: when the plan was tabled, as written.
        share: the share of the clauses affirmed among those on whose topics the party
            has spoken, from 0 to 1; None where it has spoken on none.
        affirmed: how many clauses it affirms.
        refused: how many it refuses.
        spoken: on the topics of how many clauses it has spoken.
        clauses: how many clauses the plan has; an open one counts once.
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
        """Give a row for each plan: how much of it the party affirms."""
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
        return Table(title, headers, rows, footnotes.notes(), (WORDS_BEHIND, *self.notes))


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
    """Order plans by how near they lie to what a party says on a day.

    The measure is the share of the clauses that it affirms, as in `evaluate`, among
    those on whose topics it has spoken. A plan that says little can come first: the
    counts stand beside the share. Ties are in the order of the file, and plans on
    which it has not spoken come last.

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
    rows = tuple(sorted(found, key=_farness))
    return Nearest(rows, snapshot.notes, ds.catalogue, who, snapshot.date, chosen)


def _tabled(ds: Dataset, day: dt.date) -> tuple[Proposal, ...]:
    return tuple(plan for plan in ds.proposals if plan.date.latest <= day)


def _near(plan: Proposal, verdict: PlanVerdict) -> NearPlan:
    share = verdict.affirmed / verdict.spoken if verdict.spoken else None
    counts = verdict.affirmed, verdict.refused, verdict.spoken, verdict.clauses
    return NearPlan(plan.id, str(plan.date), share, *counts)


def _farness(row: NearPlan) -> Fraction:
    """Put the nearest first and the undefined last, exactly."""
    return 1 - Fraction(row.affirmed, row.spoken) if row.spoken else Fraction(2)

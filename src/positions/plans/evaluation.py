"""A plan compared with positions: who would sign it, and which clauses stand in the way."""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Literal

import attrs

from positions.plans.clauses import (
    AFFIRMING,
    COLUMNS,
    LABELS,
    RANKS,
    REFUSING,
    TONE_LABELS,
    TONES,
    UNSAID,
    ClauseStanding,
    ClauseVerdict,
    clause_verdict,
)
from positions.plots.charts import MOST_COLUMNS, MOST_ROWS, Grid, Tile, TileRow, left_out, legend_of
from positions.plots.plotted import Plotted
from positions.records.catalogue import Catalogue, Parties
from positions.records.models import Proposal, Term
from positions.relations.charts import data_text
from positions.relations.conditions import PlanJudge
from positions.relations.tidy import flat, tidy_table
from positions.snapshots.answers import Result
from positions.snapshots.snapshot import Snapshot, require_snapshot
from positions.snapshots.wording import (
    Footnotes,
    alternatives_text,
    annotated,
    caveats,
    counted,
    options_text,
    party_name,
    plan_sources,
    remarks_of,
    remarks_on,
    topic_name,
)
from positions.tables.cells import Text, join
from positions.tables.table import Table, Value

Signing = Literal["signs", "refuses", "not_known"]
"""Whether a party would sign a plan, judging by its statements."""

CHANGES: dict[ClauseStanding, str] = {
    "rejects": "give up its rejection",
    "rejects_implied": "give up its rejection (implied)",
    "conditional_unmet": "accept without",
    "silent": "answer",
    "unanswered": "answer",
    "conditional_unknown": "be assured of, or accept without",
}
"""What a party would have to do to affirm a clause, by its standing."""
MOST_PARTIES = 6
"""Number of parties that have a column each in a table (maximum)."""
EXCLUDES = "“excludes”: rejects by implication, since it demands something else."
CONDITIONS = "“if”: under conditions that the plan meets, contradicts (unmet), or leaves unknown."
UNLISTED = "Left out: parties that have said nothing on the topic of the clause."
SPONSORS = "Sponsors are judged by their statements like all others; tabling a plan does not count."
VARIANTS = "For an open clause, the variant that suits a party best counts for its verdict."


@attrs.frozen
class PlanVerdict:
    """Whether one party would sign one plan; an open clause counts once.

    Attributes:
        date: the day of the positions.
        verdict: signs (it affirms all clauses), refuses (at least one), or not_known.
        affirmed: the number of clauses that it demands, accepts, or accepts on conditions
            that the plan meets.
        refused: the number that it rejects, or accepts only on conditions that the plan
            contradicts.
        open: the number about which it has said nothing, or that it accepts on conditions
            that the plan leaves unknown.
        spoken: the number of clauses on whose topics it has spoken.
        obstacles: the clauses that it does not affirm.
    """

    plan: str
    party: str
    date: dt.date
    verdict: Signing
    affirmed: int
    refused: int
    open: int
    spoken: int
    obstacles: tuple[ClauseVerdict, ...] = attrs.field(repr=False)

    @property
    def clauses(self) -> int:
        """The number of clauses of the plan."""
        return self.affirmed + self.refused + self.open

    @property
    def rejections(self) -> tuple[ClauseVerdict, ...]:
        """The clauses whose rejection it would have to give up."""
        return tuple(row for row in self.obstacles if row.standing.startswith("rejects"))

    @property
    def conditions(self) -> tuple[ClauseVerdict, ...]:
        """The clauses it accepts on conditions that the plan contradicts or leaves unknown."""
        return tuple(row for row in self.obstacles if row.standing.startswith("conditional"))

    @property
    def missing(self) -> tuple[ClauseVerdict, ...]:
        """The clauses about which it has said nothing."""
        return tuple(row for row in self.obstacles if row.standing in UNSAID)


@attrs.frozen
class Evaluation(Result[ClauseVerdict], Plotted):
    """The rows of `evaluate`: clause by clause, and for each clause party by party."""

    columns: ClassVar[tuple[str, ...]] = COLUMNS
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    plan: Proposal
    parties: tuple[str, ...]
    date: dt.date

    @functools.cached_property
    def verdicts(self) -> tuple[PlanVerdict, ...]:
        """The verdict of each party, with the clauses that stand in the way."""
        return tuple(_plan_verdict(self, party) for party in self.parties)

    @property
    def totals(self) -> dict[str, dict[ClauseStanding, int]]:
        """The number of rows of each party by standing; each variant of an open clause is a row."""
        counts = Counter((row.party, row.standing) for row in self.rows)
        return {party: {name: counts[party, name] for name in LABELS} for party in self.parties}

    def to_records(self) -> list[dict[str, Any]]:
        """Return the rows as plain dictionaries: ids, numbers, lists."""
        return [row.to_record() for row in self.rows]

    def table(self) -> Table:
        """Return a row for each clause, with the verdicts in remarks.

        Up to six parties have a column each; more are listed by who affirms, who refuses
        and with whom the clause is open.
        """
        footnotes = Footnotes()
        sources = plan_sources(self.catalogue, self.plan, footnotes)
        few = len(self.parties) <= MOST_PARTIES
        headers = self.parties if few else ("affirmed by", "refused by", "open with")
        cells = _cells if few else _listed
        rows: tuple[tuple[Value, ...], ...] = tuple(
            (self._clause(row[0]), *cells(row, footnotes)) for row in self._clauses()
        )
        legend = self._legend() if few else (UNLISTED,)
        verdicts = map(self._verdict, self.verdicts)
        explained = (*verdicts, *self._sponsors(), *legend, *sources)
        remarks = (*explained, *self.notes, *remarks_of(rows))
        return Table(self._title(), ("clause", *headers), rows, footnotes.notes(), remarks)

    def chart(self) -> Grid:
        """Return a grid of standings, clauses by parties; the last row shows who would sign."""
        clauses, parties = self._clauses(), self.parties[:MOST_COLUMNS]
        rows = tuple(map(self._tiles, clauses[:MOST_ROWS]))
        verdicts = (row.verdict.replace("_", " ") for row in self.verdicts[:MOST_COLUMNS])
        total = (TileRow("Would it sign?", tuple(map(Tile, verdicts))),) if rows else ()
        return Grid(
            title=self._title(),
            legend=legend_of((tile.tone for row in rows for tile in row.tiles), TONE_LABELS),
            remarks=(
                "“—”: has said nothing on the topic.",
                *left_out(len(clauses), "clauses", MOST_ROWS),
                *left_out(len(self.parties), "parties", MOST_COLUMNS),
                *remarks_on({caveat for row in rows for caveat in row.caveats}),
                *self.notes,
            ),
            sources=data_text(self.catalogue, self._evidence()),
            columns=tuple(party_name(self.catalogue, party) for party in parties),
            rows=(*rows, *total),
            empty="The plan has no clause, or nobody has spoken on its topics.",
        )

    def _title(self) -> str:
        return f"{self.plan.name} ({self.plan.date}) compared with positions on {self.date}"

    def _clauses(self) -> list[tuple[ClauseVerdict, ...]]:
        """Group the rows by clause or variant."""
        width = max(1, len(self.parties))
        return [self.rows[i : i + width] for i in range(0, len(self.rows), width)]

    def _tiles(self, rows: Sequence[ClauseVerdict]) -> TileRow:
        return TileRow(self._clause(rows[0]), tuple(map(_tile, rows[:MOST_COLUMNS])))

    def _evidence(self) -> str:
        """Return what the chart rests on: the plan, and the number of statements."""
        statements = {name for row in self.rows for name in row.statements}
        return f"the plan and {counted(len(statements), 'statement')}"

    def wide(self) -> Table:
        """Return a row for each clause and a column for each party, with its standing."""
        columns = ("clause", "topic", "options", "by", *self.parties)
        rows: dict[tuple[int, str | None], dict[str, Value]] = {}
        for row in self.rows:
            about = flat(row, ("clause", "topic", "options", "by"))
            rows.setdefault((row.clause, row.by), about)[row.party] = row.standing
        return tidy_table(self.table().title, columns, rows.values())

    def wanting(self) -> Table:
        """Return what would have to change for each party to sign: a row for each obstacle."""
        footnotes = Footnotes()
        title = f"What keeps parties from signing {self.plan.name} on {self.date}"
        names = {party: party_name(self.catalogue, party) for party in self.parties}
        rows = tuple(
            (
                names[row.party],
                self._clause(row),
                annotated(self._change(row), "", _mark(row, footnotes)),
            )
            for verdict in self.verdicts
            for row in verdict.obstacles
        )
        headers = ("party", "clause", "what would have to change")
        return Table(title, headers, rows, footnotes.notes(), self.notes)

    def _clause(self, row: ClauseVerdict) -> str:
        text = options_text(self.catalogue, row.topic, row.options, " or ")
        if row.provisos:
            text += f" if {alternatives_text(self.catalogue, (row.provisos,))}"
        variant = f" (variant of {row.by})" if row.by is not None else ""
        return f"{topic_name(self.catalogue, row.topic)}: {text}{variant}"

    def _change(self, row: ClauseVerdict) -> str:
        if row.lacking:
            return f"{CHANGES[row.standing]} {alternatives_text(self.catalogue, row.lacking)}"
        return CHANGES[row.standing]

    def _verdict(self, row: PlanVerdict) -> str:
        name = party_name(self.catalogue, row.party)
        who = f"{name} ({row.party}{', sponsor' * (row.party in self.plan.sponsors)})"
        return (
            f"{who}: {row.verdict.replace('_', ' ')}. Of {counted(row.clauses, 'clause')} it "
            f"affirms {row.affirmed}, refuses {row.refused}, and leaves {row.open} open."
        )

    def _sponsors(self) -> Iterator[str]:
        """Yield the remark on sponsors, if there is one that would not sign."""
        open_ = {row.party for row in self.verdicts if row.verdict != "signs"}
        if open_ & {*self.plan.sponsors}:
            yield SPONSORS

    def _legend(self) -> Iterator[str]:
        standings = {row.standing for row in self.rows}
        if "rejects_implied" in standings:
            yield EXCLUDES
        if any(standing.startswith("conditional") for standing in standings):
            yield CONDITIONS
        if any(row.by is not None for row in self.rows):
            yield VARIANTS


def _tile(row: ClauseVerdict) -> Tile:
    label = _label(row)
    return Tile(str(label), TONES[row.standing], caveats=label.caveats)


def _cells(rows: Iterable[ClauseVerdict], footnotes: Footnotes) -> Iterator[Text]:
    """Yield the standing of each party on a clause, with the marks of its sources."""
    for row in rows:
        yield annotated(_label(row), "", _mark(row, footnotes))


def _label(row: ClauseVerdict) -> Text:
    """Return the label of a standing with its caveats."""
    found = "" if row.standing in UNSAID else caveats(row.position, row.cells)
    return annotated(LABELS[row.standing], found, Text())


def _mark(row: ClauseVerdict, footnotes: Footnotes) -> Text:
    """Return the marks of the sources of a standing; there are none where nothing was said."""
    if row.standing in UNSAID:
        return Text()
    return footnotes.mark(row.position.catalogue, row.statements)


def _listed(rows: Sequence[ClauseVerdict], footnotes: Footnotes) -> Iterator[Text]:
    """Yield who affirms a clause, who refuses it, and who else has spoken on its topic."""
    affirming = [row for row in rows if row.standing in AFFIRMING]
    refusing = [row for row in rows if row.standing in REFUSING]
    decided = [*affirming, *refusing]
    open_ = [row for row in rows if row not in decided and row.standing != "silent"]
    for found in (affirming, refusing, open_):
        yield join(", ", (annotated(row.party, "", _mark(row, footnotes)) for row in found))


def evaluate(
    plan: Proposal | str, snapshot: Snapshot, parties: Parties | None = None
) -> Evaluation:
    """Compare a plan with positions: find the standing of each party on each clause.

    For a clause with several options, or with a range of numbers, the best option for the
    party counts, since any of them satisfies it. Conditions are judged by the plan, and not
    by the positions of others: they are met if the plan settles their topic as required,
    unmet if it settles it otherwise, and unknown in all other cases. Sponsors are judged by
    their statements like all others.

    Arguments:
        plan: a proposal, or the id of one; it need not be in the data set.
        snapshot: the positions of a day.
        parties: the ids of one or more parties; where None, all that have spoken on a
            topic of the plan, in the order of the file.

    Raises:
        UnknownNameError: a plan, party, topic or option is not in the data set.
        InvalidInputError: not a proposal or not a snapshot, or a party is named twice.

    >>> from positions.files.bundled import load
    >>> ds = load()
    >>> found = evaluate("russia-memorandum-2025", ds.at("2025-06-03"), ["RUS", "UKR"])
    >>> [row.verdict for row in found.verdicts]
    ['not_known', 'refuses']
    """
    require_snapshot(snapshot)
    chosen = snapshot.catalogue.plan(plan)
    who = _chosen_parties(snapshot, chosen, parties)
    topics = dict.fromkeys(snapshot.catalogue.topic(term.topic).id for term in chosen.terms)
    positions = snapshot.positions(who, topics)
    judge = PlanJudge(chosen, snapshot.catalogue)
    rows = tuple(
        clause_verdict(judge, number, term, positions[party, term.topic])
        for number, term in _numbered(chosen.terms)
        for party in who
    )
    notes = (*snapshot.notes_on(who, topics), *_coalition_notes(snapshot.catalogue, who))
    return Evaluation(rows, notes, snapshot.catalogue, chosen, who, snapshot.date)


def _chosen_parties(snapshot: Snapshot, plan: Proposal, parties: Parties | None) -> tuple[str, ...]:
    """Return the parties asked for, or all that have spoken on a topic of the plan."""
    if parties is not None:
        return snapshot.catalogue.choose_parties(parties)
    topics = {term.topic for term in plan.terms}
    spoken = {party for party, topic in snapshot.spoken if topic in topics}
    return tuple(party for party in snapshot.parties if party in spoken)


def _coalition_notes(catalogue: Catalogue, parties: Sequence[str]) -> Iterator[str]:
    for party in map(catalogue.party, parties):
        members = [name for name in party.members if name in parties]
        if members:
            names = ", ".join(members)
            yield f"{party.id} speaks for itself; its members {names} are listed too."


def _numbered(terms: Sequence[Term]) -> Iterator[tuple[int, Term]]:
    """Number the clauses of a plan; the variants of an open clause share a number."""
    numbers: dict[object, int] = {}
    for place, term in enumerate(terms):
        key = place if term.by is None else term.topic
        yield numbers.setdefault(key, len(numbers) + 1), term


def _plan_verdict(evaluation: Evaluation, party: str) -> PlanVerdict:
    clauses: dict[int, list[ClauseVerdict]] = defaultdict(list)
    for row in evaluation.rows:
        if row.party == party:
            clauses[row.clause].append(row)
    best = [max(variants, key=lambda row: RANKS[row.standing]) for variants in clauses.values()]
    affirmed = sum(row.standing in AFFIRMING for row in best)
    refused = sum(row.standing in REFUSING for row in best)
    open_ = len(best) - affirmed - refused
    return PlanVerdict(
        plan=evaluation.plan.id,
        party=party,
        date=evaluation.date,
        verdict="refuses" if refused else "not_known" if open_ else "signs",
        affirmed=affirmed,
        refused=refused,
        open=open_,
        spoken=sum(not row.position.silent for row in best),
        obstacles=tuple(row for row in best if row.standing not in AFFIRMING),
    )

"""The numbers that were named on a quantity topic, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, ClassVar

import attrs

from positions.errors import InvalidInputError
from positions.plots.charts import MOST_ROWS, NumberLine, Range, Tone, left_out, legend_of
from positions.plots.plotted import Plotted
from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue, Parties
from positions.records.dates import Date
from positions.records.intervals import parse_interval, plain_number
from positions.records.plain import field_names, plain_fields
from positions.records.scales import WHOLE_TOPIC
from positions.relations.charts import data_text
from positions.snapshots.answers import Result
from positions.snapshots.dataset import Dataset
from positions.snapshots.wording import VERBS as SAID
from positions.snapshots.wording import Footnotes, counted, party_name, topic_name
from positions.tables.table import Table, Value

TONES: dict[Attitude | None, Tone] = {
    Attitude.DEMAND: "demand",
    Attitude.ACCEPT: "yes",
    Attitude.CONDITIONAL: "if",
    Attitude.REJECT: "no",
    Attitude.WITHDRAWN: "faint",
    None: "open",
}
"""How the attitude to a number is marked; None is a clause of a plan."""
WORDS: dict[Tone, str] = {
    "demand": "demands",
    "yes": "accepts",
    "if": "accepts on conditions",
    "open": "clause of a plan",
    "no": "rejects",
    "faint": "withdraws",
}
"""What the marks of numbers stand for."""
VERBS = {**SAID, Attitude.CONDITIONAL: "accepts, if:", Attitude.WITHDRAWN: "withdraws"}
"""What is said of a number."""


@attrs.frozen
class Quantity:
    """One number, or range of numbers, that a statement or a plan names for a party.

    Attributes:
        date: the date of the statement or plan, as written.
        party: who names it; of a plan, a sponsor, or the party whose variant it is.
        number: the number or range as it is written in the data.
        low: its lower end in the unit of the topic, None where it is unbounded; `high`
            its upper end. Whether an end belongs to the range, `number` tells.
        attitude: what the party says of it; None of a clause of a plan, which may
            name it as one of several that fit.
        statement: the id of the statement, or None.
        proposal: the id of the plan, or None.
        claimed: whether another party says so of this one.
        sources: the ids of the sources.
    """

    date: Date
    party: str
    number: str
    low: int | float | None
    high: int | float | None
    attitude: Attitude | None
    statement: str | None
    proposal: str | None
    claimed: bool
    sources: tuple[str, ...]


@attrs.frozen
class Quantities(Result[Quantity], Plotted):
    """The numbers named on one topic, in order of date."""

    columns: ClassVar[tuple[str, ...]] = field_names(Quantity)
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    topic: str

    def to_records(self) -> list[dict[str, Any]]:
        """Give the rows as plain dictionaries: ids, dates as written, numbers."""
        records = [plain_fields(row, self.columns) for row in self.rows]
        return [
            {**record, "date": str(row.date)} for record, row in zip(records, self, strict=True)
        ]

    def table(self) -> Table:
        """Give the rows as a table: date, party, attitude, number, where it stands, sources."""
        footnotes = Footnotes()
        name = topic_name(self.catalogue, self.topic)
        title = f"Quantities on {name}: {counted(len(self.rows), 'number')} named"
        rows = tuple(self._row(row, footnotes) for row in self.rows)
        headers = ("date", "party", "attitude", "number", "in", "sources")
        return Table(title, headers, rows, footnotes.notes(), self.notes)

    def chart(self) -> NumberLine:
        """Show every number and range on one line, in order of date."""
        shown = self.rows[:MOST_ROWS]
        unit = self.catalogue.topic(self.topic).unit
        name = topic_name(self.catalogue, self.topic)
        return NumberLine(
            title=f"Quantities on {name}: {counted(len(self.rows), 'number')} named",
            legend=legend_of((TONES[row.attitude] for row in shown), WORDS),
            remarks=(
                "A range ends in an arrow where it has no end.",
                *left_out(len(self.rows), "numbers", MOST_ROWS),
                *self.notes,
            ),
            sources=data_text(self.catalogue, self._grounds()),
            measure=unit or "",
            ranges=tuple(map(self._range, shown)),
            empty="Nobody has named a number.",
        )

    def _grounds(self) -> str:
        """Count the statements and the plans that name these numbers."""
        statements = len({row.statement for row in self.rows} - {None})
        plans = len({row.proposal for row in self.rows} - {None})
        return f"{counted(statements, 'statement')} and {counted(plans, 'plan')}"

    def _range(self, row: Quantity) -> Range:
        number = self.catalogue.scales[self.topic].show(row.number)
        if row.proposal is not None:
            word = f"{number}, in “{self.catalogue.proposal(row.proposal).name}”"
        else:
            claimed = " (claimed by another)" if row.claimed else ""
            word = f"{VERBS[row.attitude or Attitude.DEMAND]} {number}{claimed}"
        who = party_name(self.catalogue, row.party)
        return Range(f"{row.date}, {who}", *self._ends(row), TONES[row.attitude], word)

    def _ends(self, row: Quantity) -> tuple[float | None, float | None]:
        """Give both ends of a range; one that it leaves open is where the topic's numbers end."""
        domain = parse_interval(self.catalogue.topic(self.topic).domain)
        low, high = (
            None if end is None else plain_number(end) for end in (domain.low, domain.high)
        )
        return low if row.low is None else row.low, high if row.high is None else row.high

    def _row(self, row: Quantity, footnotes: Footnotes) -> tuple[Value, ...]:
        said = row.attitude or "clause"
        if row.statement is not None:
            marks = footnotes.mark(self.catalogue, [row.statement])
        else:
            marks = footnotes.mark_sources(self.catalogue, row.sources)
        return (
            str(row.date),
            party_name(self.catalogue, row.party),
            f"{said} (claimed)" if row.claimed else str(said),
            self.catalogue.scales[self.topic].show(row.number),
            row.statement or row.proposal,
            marks,
        )


def quantities(ds: Dataset, topic: str, parties: Parties | None = None) -> Quantities:
    """List every number that was named on a quantity topic, by whom, and how.

    Statements of every attribution count, those that others claim or deny later too, and
    the clauses of every plan. A joint statement has a row for each of its parties, a
    plan one for each sponsor. Named options, such as no limit at all, are no numbers.

    Arguments:
        ds: the data set; `ds.select` leaves statements out.
        topic: the id of a quantity topic.
        parties: keep what these parties name; all where None.

    Returns:
        One row for each number, in order of date, a vague date by its last day.

    Raises:
        UnknownNameError: the topic or a party is not in the data set.
        InvalidInputError: the topic is not about a quantity.

    >>> from positions.files.bundled import load
    >>> for row in quantities(load(), "forces.cap", ["RUS"])[:2]:
    ...     print(row.date, row.number, row.attitude or row.proposal)
    2022-03-07 ..50000 demand
    2022-03-07 ..50000 russia-draft-2022-03
    """
    about = ds.topic(topic)
    if about.kind != "quantity":
        raise InvalidInputError("topic", "a quantity topic", topic, f"it is {about.kind}")
    who = set(ds.catalogue.choose_parties(parties))
    found = [row for row in (*_said(ds, topic), *_planned(ds, topic)) if row.party in who]
    found.sort(key=lambda row: (row.date.latest, row.date.earliest))
    return Quantities(tuple(found), (), ds.catalogue, topic)


def _said(ds: Dataset, topic: str) -> Iterator[Quantity]:
    """Go through the numbers in statements."""
    for statement in ds.statements:
        if statement.topic == topic:
            for party in statement.parties:
                for key in _numbers(ds, topic, statement.says):
                    yield _figure(
                        key,
                        date=statement.date,
                        party=party,
                        attitude=statement.says[key],
                        statement=statement.id,
                        claimed=statement.attribution == "claimed",
                        sources=statement.sources,
                    )


def _planned(ds: Dataset, topic: str) -> Iterator[Quantity]:
    """Go through the numbers in the clauses of plans."""
    for plan in ds.proposals:
        for term in plan.terms:
            if term.topic == topic:
                for party in plan.sponsors if term.by is None else (term.by,):
                    for key in _numbers(ds, topic, term.options):
                        yield _figure(
                            key,
                            date=plan.date,
                            party=party,
                            proposal=plan.id,
                            sources=plan.sources,
                        )


def _numbers(ds: Dataset, topic: str, keys: Iterable[str]) -> list[str]:
    """Keep the keys that are numbers or ranges of numbers."""
    names = {option.id for option in ds.topic(topic).options} | {WHOLE_TOPIC}
    return [key for key in keys if key not in names]


def _figure(
    key: str,
    *,
    date: Date,
    party: str,
    sources: tuple[str, ...],
    attitude: Attitude | None = None,
    statement: str | None = None,
    proposal: str | None = None,
    claimed: bool = False,
) -> Quantity:
    interval = parse_interval(key)
    low, high = (_plain(end) for end in (interval.low, interval.high))
    return Quantity(date, party, key, low, high, attitude, statement, proposal, claimed, sources)


def _plain(end: Decimal | None) -> int | float | None:
    return None if end is None else plain_number(end)

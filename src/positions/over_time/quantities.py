"""The numbers named on a quantity topic, in order of date."""

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
from positions.snapshots.wording import VERBS as POSITION_VERBS
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
"""The tone of each attitude to a number; None stands for a clause of a plan."""
WORDS: dict[Tone, str] = {
    "demand": "demands",
    "yes": "accepts",
    "if": "accepts on conditions",
    "open": "clause of a plan",
    "no": "rejects",
    "faint": "withdraws",
}
"""The labels of tones in the legend."""
VERBS = {
    **POSITION_VERBS,
    Attitude.CONDITIONAL: "conditionally accepts",
    Attitude.WITHDRAWN: "withdraws",
}
"""The verb for each attitude to a number."""


@attrs.frozen
class Quantity:
    """One number, or range of numbers, that a statement or a plan names for a party.

    Attributes:
        date: the date of the statement or plan, as written.
        party: the party that names it; for a plan, a sponsor, or the party whose variant
            it is.
        number: the number or range as written in the data.
        low: its lower end in the unit of the topic, None if it is unbounded; `high` its
            upper end. Whether the range includes an end is shown by `number`.
        attitude: the attitude of the party to it; None for a clause of a plan, which may
            name it as one of several options.
        statement: the id of the statement, or None.
        proposal: the id of the plan, or None.
        claimed: whether it is the claim of another party about this one.
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
        """Return the rows as plain dictionaries: ids, dates as written, numbers."""
        records = [plain_fields(row, self.columns) for row in self.rows]
        return [
            {**record, "date": str(row.date)} for record, row in zip(records, self, strict=True)
        ]

    def table(self) -> Table:
        """Return a table: date, party, attitude, number, statement or plan, sources."""
        footnotes = Footnotes()
        name = topic_name(self.catalogue, self.topic)
        title = f"Quantities on {name}: {counted(len(self.rows), 'number')} named"
        rows = tuple(self._row(row, footnotes) for row in self.rows)
        headers = ("date", "party", "attitude", "number", "named in", "sources")
        return Table(title, headers, rows, footnotes.notes(), self.notes)

    def chart(self) -> NumberLine:
        """Return every number and range on one axis, in order of date."""
        shown = self.rows[:MOST_ROWS]
        unit = self.catalogue.topic(self.topic).unit
        name = topic_name(self.catalogue, self.topic)
        return NumberLine(
            title=f"Quantities on {name}: {counted(len(self.rows), 'number')} named",
            legend=legend_of((TONES[row.attitude] for row in shown), WORDS),
            remarks=(
                "An arrow marks an open end of a range.",
                *left_out(len(self.rows), "numbers", MOST_ROWS),
                *self.notes,
            ),
            sources=data_text(self.catalogue, self._counts()),
            measure=unit or "",
            ranges=tuple(map(self._range, shown)),
            empty="Nobody has named a number.",
        )

    def _counts(self) -> str:
        """Return the numbers of statements and plans that name these numbers, in words."""
        statements = len({row.statement for row in self.rows} - {None})
        plans = len({row.proposal for row in self.rows} - {None})
        return f"{counted(statements, 'statement')} and {counted(plans, 'plan')}"

    def _range(self, row: Quantity) -> Range:
        number = self.catalogue.scales[self.topic].show(row.number)
        if row.proposal is not None:
            text = f"{number}, in “{self.catalogue.proposal(row.proposal).name}”"
        else:
            claimed = " (claimed by another party)" if row.claimed else ""
            text = f"{VERBS[row.attitude or Attitude.DEMAND]} {number}{claimed}"
        who = party_name(self.catalogue, row.party)
        return Range(f"{row.date}, {who}", *self._ends(row), TONES[row.attitude], text)

    def _ends(self, row: Quantity) -> tuple[float | None, float | None]:
        """Return both ends of a range; an open end is that of the domain of the topic."""
        domain = parse_interval(self.catalogue.topic(self.topic).domain)
        low, high = (
            None if end is None else plain_number(end) for end in (domain.low, domain.high)
        )
        return low if row.low is None else row.low, high if row.high is None else row.high

    def _row(self, row: Quantity, footnotes: Footnotes) -> tuple[Value, ...]:
        attitude = row.attitude or "clause"
        if row.statement is not None:
            marks = footnotes.mark(self.catalogue, [row.statement])
        else:
            marks = footnotes.mark_sources(self.catalogue, row.sources)
        return (
            str(row.date),
            party_name(self.catalogue, row.party),
            f"{attitude} (claimed)" if row.claimed else str(attitude),
            self.catalogue.scales[self.topic].show(row.number),
            row.statement or row.proposal,
            marks,
        )


def quantities(ds: Dataset, topic: str, parties: Parties | None = None) -> Quantities:
    """List every number named on a quantity topic, by whom, and with what attitude.

    Statements of every attribution count, also claims by others and statements denied
    later, and the clauses of every plan. A joint statement has a row for each of its
    parties, a plan one for each sponsor. Named options, such as "no limit", are left out.

    Arguments:
        ds: the data set; use `ds.select` to leave statements out.
        topic: the id of a quantity topic.
        parties: the parties whose numbers are listed; all where None.

    Returns:
        One row for each number, in order of date; a vague date counts as its last day.

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
    found = [
        row for row in (*_from_statements(ds, topic), *_from_plans(ds, topic)) if row.party in who
    ]
    found.sort(key=lambda row: (row.date.latest, row.date.earliest))
    return Quantities(tuple(found), (), ds.catalogue, topic)


def _from_statements(ds: Dataset, topic: str) -> Iterator[Quantity]:
    """Yield the numbers in statements."""
    for statement in ds.statements:
        if statement.topic == topic:
            for party in statement.parties:
                for key in _numbers(ds, topic, statement.says):
                    yield _quantity(
                        key,
                        date=statement.date,
                        party=party,
                        attitude=statement.says[key],
                        statement=statement.id,
                        claimed=statement.attribution == "claimed",
                        sources=statement.sources,
                    )


def _from_plans(ds: Dataset, topic: str) -> Iterator[Quantity]:
    """Yield the numbers in the clauses of plans."""
    for plan in ds.proposals:
        for term in plan.terms:
            if term.topic == topic:
                for party in plan.sponsors if term.by is None else (term.by,):
                    for key in _numbers(ds, topic, term.options):
                        yield _quantity(
                            key,
                            date=plan.date,
                            party=party,
                            proposal=plan.id,
                            sources=plan.sources,
                        )


def _numbers(ds: Dataset, topic: str, keys: Iterable[str]) -> list[str]:
    """Return the keys that are numbers or ranges of numbers."""
    names = {option.id for option in ds.topic(topic).options} | {WHOLE_TOPIC}
    return [key for key in keys if key not in names]


def _quantity(
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

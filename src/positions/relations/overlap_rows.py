"""The rows of `overlap` and `deadlocks` as tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

import attrs

from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.records.plain import field_names
from positions.relations.tidy import (
    CELL_COLUMNS,
    SOURCE_COLUMNS,
    attitude_values,
    attitudes_by_party,
    flat,
    merged_options,
    tidy_table,
)
from positions.relations.topic_overlap import Blocker, Overlap, relation_text
from positions.snapshots.answers import Result
from positions.snapshots.cells import Cell
from positions.snapshots.position import Position
from positions.snapshots.wording import (
    Footnotes,
    alternatives_text,
    annotated,
    caveats,
    is_leaked,
    is_old,
    number_text,
    options_text,
    party_name,
    position_text,
    remarks_of,
    topic_name,
)
from positions.tables.cells import Numeral, Text, join
from positions.tables.table import Table, Value

STATUSES = ("agreed", "conditional", "open", "blocked")
"""The classes of options."""


@attrs.frozen
class Overlaps(Result[Overlap]):
    """The rows of `overlap` or `deadlocks`: one for each topic."""

    columns: ClassVar[tuple[str, ...]] = (
        *field_names(Overlap, without="positions"),
        "refused",
    )
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    title: str
    parties: tuple[str, ...]
    date: dt.date

    def tidy(self) -> Table:
        """Return a row for each topic, option and party, with plain values in all columns."""
        columns = (
            "date",
            "topic",
            "relation",
            "option",
            "status",
            "party",
            *CELL_COLUMNS,
            *SOURCE_COLUMNS,
        )
        rows = (
            {"date": self.date, **_about(row, option), **attitude_values(position, cell)}
            for row in self.rows
            for option, cells in merged_options(row.positions)
            for position, cell in zip(row.positions, cells, strict=True)
        )
        return tidy_table(self.title, columns, rows)

    def wide(self) -> Table:
        """Return a row for each topic and option, with the attitude of each party in a column."""
        columns = ("topic", "relation", "option", "status", *self.parties)
        rows = (
            {**_about(row, option), **attitudes_by_party(row.positions, cells)}
            for row in self.rows
            for option, cells in merged_options(row.positions)
        )
        return tidy_table(self.title, columns, rows)

    def table(self) -> Table:
        """Return the rows as a table: what is possible, who blocks what, and the sources."""
        footnotes = Footnotes()
        rows = tuple(self._row(row, footnotes) for row in self.rows)
        headers = ("topic", "relation", "since", "options and refusals", "gap")
        remarks = (*self.notes, *remarks_of(rows))
        return Table(self.title, headers, rows, footnotes.notes(), remarks)

    def _row(self, row: Overlap, footnotes: Footnotes) -> tuple[Value, ...]:
        texts: tuple[Text, ...] = (
            room_text(self.catalogue, row, footnotes),
            blocked_text(self.catalogue, row, footnotes),
        )
        if row.apart or row.relation == "one_sided":
            texts = tuple(_party_position(position, footnotes) for position in row.positions)
        return (
            topic_name(self.catalogue, row.topic),
            relation_text(row),
            row.since,
            join("; ", filter(None, texts)),
            gap_text(self.catalogue, row),
        )


def _about(row: Overlap, option: str) -> dict[str, Value]:
    """Return an option with its topic, the relation, and its class."""
    scale = row.positions[0].scale
    column = scale.columns(option)[0]
    status = next(name for name in STATUSES if column in scale.columns_of(getattr(row, name)))
    return {**flat(row, ("topic", "relation")), "option": option, "status": status}


def _party_position(position: Position, footnotes: Footnotes) -> Text:
    """Return the name of a party with its position; empty if it is silent."""
    if position.silent:
        return Text()
    name = party_name(position.catalogue, position.party)
    return f"{name} " + position_text(position, footnotes)


def room_text(catalogue: Catalogue, row: Overlap, footnotes: Footnotes) -> Text:
    """Return what is agreed, conditional or open, with the conditions and sources."""
    parts: list[Text] = []
    if row.agreed:
        marks = footnotes.mark(catalogue, _affirming(row, row.agreed))
        names = options_text(catalogue, row.topic, row.agreed, ", ")
        parts.append(annotated(f"agreed: {names}", _agreement_caveats(row), marks))
    for option in row.conditional:
        parts.append(_conditional_text(catalogue, row, option, footnotes))
    if row.open:
        names = options_text(catalogue, row.topic, row.open, ", ")
        parts.append(f"open: {names}" + _supposed_text(row, row.open, footnotes))
    return join("; ", parts)


def _conditional_text(
    catalogue: Catalogue, row: Overlap, option: str, footnotes: Footnotes
) -> Text:
    name = options_text(catalogue, row.topic, [option], "")
    conditions = [
        _party_condition(position, cell, footnotes)
        for position in row.positions
        if (cell := position.cell(option)).attitude == Attitude.CONDITIONAL
    ]
    text = f"conditional: {name} " + join("; ", conditions).in_brackets()
    return text + _supposed_text(row, [option], footnotes)


def _supposed_text(row: Overlap, options: Iterable[str], footnotes: Footnotes) -> Text:
    """Return the parties whose attitudes to some options are only supposed."""
    named = tuple(options)
    parts = []
    for position in row.positions:
        cells = position.cells_of(named)
        supposed = {name for cell in cells if cell.supposed for name in cell.statements}
        if supposed:
            marks = footnotes.mark(position.catalogue, sorted(supposed))
            parts.append(f"{party_name(position.catalogue, position.party)} " + marks)
    return " (supposed: " + join(", ", parts) + ")" if parts else Text()


def _party_condition(position: Position, cell: Cell, footnotes: Footnotes) -> Text:
    name = party_name(position.catalogue, position.party)
    conditions = alternatives_text(position.catalogue, cell.conditions)
    remarks = caveats(position, [cell])
    marks = footnotes.mark(position.catalogue, cell.statements)
    return annotated(f"{name}: if {conditions}", remarks, marks)


def _agreement_caveats(row: Overlap) -> Text:
    """Return the caveats on the affirmations behind an agreement, party by party."""
    found = [
        (position.party, caveats(position, [position.cell(option) for option in row.agreed]))
        for position in row.positions
    ]
    return join("; ", (f"{party}: " + text for party, text in found if text))


def _affirming(row: Overlap, options: Iterable[str]) -> Iterator[str]:
    for option in options:
        for position in row.positions:
            yield from position.cell(option).statements


def blocked_text(catalogue: Catalogue, row: Overlap, footnotes: Footnotes) -> Text:
    """Return who blocks what: by rejecting it in words, or by demanding something else."""
    positions = {position.party: position for position in row.positions}
    parts: dict[tuple[object, ...], list[Blocker]] = {}
    for blocker in row.blockers:
        position = positions[blocker.party]
        cell = position.cell(blocker.option)
        marks = (
            *(cell.disputed, cell.claimed, cell.inherited, cell.supposed),
            *(is_old(position, cell), is_leaked(position, cell)),
        )
        parts.setdefault((blocker.party, blocker.implied, *marks), []).append(blocker)
    texts = (_refusal(catalogue, positions[b[0].party], b, footnotes) for b in parts.values())
    return join("; ", texts)


def _refusal(
    catalogue: Catalogue, position: Position, blockers: Sequence[Blocker], footnotes: Footnotes
) -> Text:
    """Return what a party refuses; for what its demand excludes, the demand."""
    remarks = caveats(position, [position.cell(blocker.option) for blocker in blockers])
    statements = [name for b in blockers for name in b.statements]
    if blockers[0].implied and position.demands:
        text = _demand_text(catalogue, position)
        affirmed = (*position.demands, *position.accepts, *position.conditional)
        statements += [name for option in affirmed for name in position.cell(option).statements]
    else:
        options = options_text(catalogue, position.topic, (b.option for b in blockers), ", ")
        text = f"rejects{' by implication' if blockers[0].implied else ''} {options}"
    name = party_name(catalogue, position.party)
    return annotated(f"{name} {text}", remarks, footnotes.mark(catalogue, statements))


def _demand_text(catalogue: Catalogue, position: Position) -> str:
    """Return what a party demands, and what it would also accept."""
    demands = options_text(catalogue, position.topic, position.demands, " or ")
    also = [
        f"{verb} {options_text(catalogue, position.topic, options, ' or ')}"
        + " (supposed)" * any(position.cell(option).supposed for option in options)
        for verb, options in (
            ("accepts", position.accepts),
            ("accepts under conditions", position.conditional),
        )
        if options
    ]
    only = "only " if not also and not position.scale.numbers else ""
    return " and ".join((f"demands {only}{demands}", *also))


def gap_text(catalogue: Catalogue, row: Overlap) -> str | Numeral:
    """Return the gap with its unit; a dash if none is defined."""
    return number_text(row.gap, catalogue.topic(row.topic).unit)

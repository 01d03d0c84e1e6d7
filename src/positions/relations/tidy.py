"""Tidy rows: one observation a row, one plain value a cell, for frames and spreadsheets.

Where a cell would hold several ids they stand in one text, separated by `; `.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from positions.records.catalogue import Catalogue
from positions.snapshots.cells import Cell
from positions.snapshots.position import FLAGS, Position
from positions.tables.table import Table, Value

TidyRow = dict[str, Value]
"""One row: a value for each column, by name."""

BETWEEN = "; "
"""Separates ids in one cell; no id holds it."""

STAND = ("demands", "accepts", "conditional", "rejects", "since", "said", "flags")
"""The columns that tell how a party stands on a topic."""

CELL = ("attitude", "implied", "since", "said")
"""The columns that tell how a party stands to one option."""

GROUNDS = ("statements", "sources")
"""The columns that tell what a row rests on."""


def tidy_table(title: str, columns: Sequence[str], rows: Iterable[TidyRow]) -> Table:
    """Make a table of rows; what a row does not name is empty."""
    cells = tuple(tuple(row.get(name) for name in columns) for row in rows)
    return Table(title, tuple(columns), cells)


def listed(names: Iterable[str]) -> str | None:
    """Write several ids as one text; nothing where there are none."""
    return BETWEEN.join(names) or None


def flat(value: object, names: Iterable[str]) -> TidyRow:
    """Give some attributes of a value as plain values, several ids as one text."""
    return {name: _flat(getattr(value, name)) for name in names}


def _flat(value: Value | tuple[str, ...]) -> Value:
    if isinstance(value, tuple):
        return listed(value)
    return str(value) if isinstance(value, str) else value


def grounds(catalogue: Catalogue, statements: Iterable[str]) -> TidyRow:
    """List statements, and the sources they rest on, each once."""
    said = tuple(dict.fromkeys(statements))
    sources = (source for name in said for source in catalogue.statement(name).sources)
    return {"statements": listed(said), "sources": listed(dict.fromkeys(sources))}


def stand(position: Position) -> TidyRow:
    """Tell how a party stands on a topic, by option, since when, and what else to know."""
    flags = (flag for flag in FLAGS[1:] if any(getattr(cell, flag) for cell in position.cells))
    return {**flat(position, STAND[:-1]), "flags": listed(flags)}


def sided(side: str, row: TidyRow) -> TidyRow:
    """Put the name of a side before the name of each column: `before_demands`."""
    return {f"{side}_{name}": value for name, value in row.items()}


def sided_columns(*sides: str) -> tuple[str, ...]:
    """Name the columns that tell how a party stands, once for each side."""
    return tuple(f"{side}_{name}" for side in sides for name in STAND)


def summary(position: Position) -> str | None:
    """Write a position in one cell: `demand neutral; reject free`; nothing where it is silent."""
    said = position.attitudes.items()
    return listed(f"{attitude} {key}" for key, attitude in said if attitude != "silent")


def options_alike(positions: Sequence[Position]) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Go through the options of a topic, each with the cell of every party.

    Numbers on which all parties stand alike are one interval.
    """
    alike = list(zip(*(position.cell_numbers for position in positions), strict=True))
    for key, run in positions[0].scale.spans(alike):
        numbers = zip(positions, alike[run[0]], strict=True)
        yield key, tuple(position.cells[number] for position, number in numbers)


def stand_to(position: Position, cell: Cell) -> TidyRow:
    """Tell how a party stands to one option, and what that rests on."""
    found = grounds(position.catalogue, cell.statements)
    return {"party": position.party, **flat(cell, CELL), **found}


def attitudes(positions: Sequence[Position], cells: Sequence[Cell]) -> TidyRow:
    """Give the attitude of each party to one option."""
    pairs = zip(positions, cells, strict=True)
    return {position.party: str(cell.attitude) for position, cell in pairs}

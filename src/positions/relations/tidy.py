"""Tidy rows: one observation per row, one plain value per cell, for frames and spreadsheets.

Several ids in one cell are one text, separated by `; `.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from positions.records.catalogue import Catalogue
from positions.snapshots.cells import Cell
from positions.snapshots.position import FLAGS, Position
from positions.tables.table import Table, Value

TidyRow = dict[str, Value]
"""A row: the values by the names of the columns."""

ID_SEPARATOR = "; "
"""Separator of ids in one cell; no id contains it."""

POSITION_COLUMNS = ("demands", "accepts", "conditional", "rejects", "since", "said", "flags")
"""The columns of a position."""

CELL_COLUMNS = ("attitude", "implied", "since", "said")
"""The columns of the attitude of a party to one option."""

SOURCE_COLUMNS = ("statements", "sources")
"""The columns of the statements and sources behind a row."""


def tidy_table(title: str, columns: Sequence[str], rows: Iterable[TidyRow]) -> Table:
    """Make a table of rows; a column that a row does not name is empty."""
    cells = tuple(tuple(row.get(name) for name in columns) for row in rows)
    return Table(title, tuple(columns), cells)


def listed(names: Iterable[str]) -> str | None:
    """Join ids to one text; None if there are none."""
    return ID_SEPARATOR.join(names) or None


def flat(value: object, names: Iterable[str]) -> TidyRow:
    """Return some attributes of an object as plain values, several ids as one text."""
    return {name: _flat(getattr(value, name)) for name in names}


def _flat(value: Value | tuple[str, ...]) -> Value:
    if isinstance(value, tuple):
        return listed(value)
    return str(value) if isinstance(value, str) else value


def source_values(catalogue: Catalogue, statements: Iterable[str]) -> TidyRow:
    """Return statements and their sources, each once."""
    names = tuple(dict.fromkeys(statements))
    sources = (source for name in names for source in catalogue.statement(name).sources)
    return {"statements": listed(names), "sources": listed(dict.fromkeys(sources))}


def position_values(position: Position) -> TidyRow:
    """Return a position as plain values: options by attitude, dates and flags."""
    flags = (flag for flag in FLAGS[1:] if any(getattr(cell, flag) for cell in position.cells))
    return {**flat(position, POSITION_COLUMNS[:-1]), "flags": listed(flags)}


def prefixed(side: str, row: TidyRow) -> TidyRow:
    """Return a row with the name of a side before each column name: `before_demands`."""
    return {f"{side}_{name}": value for name, value in row.items()}


def prefixed_columns(*sides: str) -> tuple[str, ...]:
    """Return the columns of a position, once for each side."""
    return tuple(f"{side}_{name}" for side in sides for name in POSITION_COLUMNS)


def summary(position: Position) -> str | None:
    """Return a position in ids: `demand neutral; reject free`; None if it is silent."""
    attitudes = position.attitudes.items()
    return listed(f"{attitude} {key}" for key, attitude in attitudes if attitude != "silent")


def merged_options(positions: Sequence[Position]) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Yield the options of a topic, each with the cells of all parties.

    Neighbouring numbers with the same cells are one interval.
    """
    alike = list(zip(*(position.cell_numbers for position in positions), strict=True))
    for key, run in positions[0].scale.spans(alike):
        numbers = zip(positions, alike[run[0]], strict=True)
        yield key, tuple(position.cells[number] for position, number in numbers)


def attitude_values(position: Position, cell: Cell) -> TidyRow:
    """Return the attitude of a party to one option, with its statements and sources."""
    found = source_values(position.catalogue, cell.statements)
    return {"party": position.party, **flat(cell, CELL_COLUMNS), **found}


def attitudes_by_party(positions: Sequence[Position], cells: Sequence[Cell]) -> TidyRow:
    """Return the attitude of each party to one option."""
    pairs = zip(positions, cells, strict=True)
    return {position.party: str(cell.attitude) for position, cell in pairs}

"""Rows of a CSV file saved by a spreadsheet, with their cells by column.

Rows are numbered as in spreadsheets: the header is row 1. Empty cells and empty rows are
skipped, and blanks around a cell are removed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

import attrs

from positions.errors import DataError, Fault, nearest
from positions.files.reader import refuse, utf8_text
from positions.screen import shown

DELIMITERS = ",;\t"
"""The possible delimiters of cells; the header shows which one a file uses."""


@attrs.frozen
class Spot:
    """A location in a table: a row, or one of its cells."""

    table: str
    row: int
    column: str = ""

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.table, f"row {self.row}") if part)
        return f"{place}, column {self.column}" if self.column else place


@attrs.frozen
class CsvRow:
    """One row: its non-empty cells by column."""

    table: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def spot(self, column: str = "") -> Spot:
        """Return the location of a cell, or of the whole row."""
        return Spot(self.table, self.number, column)


@attrs.frozen
class Problem:
    """A problem and its location, reported as a fault of the file."""

    spot: Spot
    text: str
    advice: str = ""

    def fault(self) -> Fault:
        """Return the problem as a fault."""
        return Fault(str(self.spot), self.text, self.advice)


@attrs.frozen
class CsvRows:
    """The rows of one file, and the problems of its form."""

    rows: tuple[CsvRow, ...]
    problems: tuple[Problem, ...]


def read_rows(
    data: bytes,
    origin: str,
    columns: Sequence[str],
    needed: Sequence[str],
    table: str = "",
) -> CsvRows:
    """Read the rows of a CSV file with known columns.

    Arguments:
        data: the content of the file: UTF-8, with commas, semicolons or tabs as delimiters.
        origin: the name of the file in errors.
        columns: the columns that the header may contain.
        needed: the columns that the header must contain.
        table: the name of the table in faults.

    Raises:
        DataError: the file is not CSV, or its header is invalid.
    """
    lines = _lines(data, origin, table)
    header = [name.strip() for name in lines[0]]
    wrong = [*_header_problems(header, columns, table), *_missing(header, needed, table)]
    if wrong:
        raise DataError(origin, [problem.fault() for problem in wrong])
    problems = tuple(_long_rows(lines, header, table))
    return CsvRows(tuple(_rows(lines, header, table)), problems)


def _lines(data: bytes, origin: str, table: str) -> list[list[str]]:
    """Split bytes into rows of cells; the first row is the header."""
    text = utf8_text(data, origin, "save it as CSV UTF-8", table)
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        lines = list(reader)
    except csv.Error as error:
        refuse(origin, f"wanted CSV; line {reader.line_num}: {error}", path=table)
    if not lines or not any(map(str.strip, lines[0])):
        refuse(origin, "wanted the names of the columns in the first row", path=table)
    return lines


def _rows(lines: Sequence[Sequence[str]], header: Sequence[str], table: str) -> Iterator[CsvRow]:
    for number, line in enumerate(lines[1:], start=2):
        named = zip(header, map(str.strip, line), strict=False)
        cells = {column: cell for column, cell in named if column and cell}
        if cells:
            yield CsvRow(table, number, cells)


def _header_problems(
    header: Sequence[str], columns: Sequence[str], table: str
) -> Iterator[Problem]:
    for at, name in enumerate(header):
        if name in header[:at] and name:
            yield Problem(Spot(table, 1), f"the column {shown(name)} is repeated")
        elif name and name not in columns:
            near = nearest(name, columns)
            advice = f"did you mean {near!r}?" if near else f"the columns are {', '.join(columns)}"
            yield Problem(Spot(table, 1), f"{shown(name)} is not a column of this table", advice)


def _missing(header: Sequence[str], needed: Sequence[str], table: str) -> Iterator[Problem]:
    for name in needed:
        if name not in header:
            yield Problem(Spot(table, 1), f"the column {name!r} is missing")


def _long_rows(
    lines: Sequence[Sequence[str]], header: Sequence[str], table: str
) -> Iterator[Problem]:
    for number, line in enumerate(lines[1:], start=2):
        beyond = [cell for at, cell in enumerate(line) if not "".join(header[at : at + 1])]
        if any(map(str.strip, beyond)):
            advice = "put text that contains the delimiter in quotation marks"
            yield Problem(Spot(table, number), "a cell has no column", advice)

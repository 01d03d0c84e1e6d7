"""The table that every result returns, and base classes for printing and exporting results.

A result defines the content of its table; `positions.tables.formats` writes it. `Shown`
provides printing and files, and `Framed` provides data frames.
"""

from __future__ import annotations

import abc
import datetime as dt
import re
from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from positions.errors import InvalidInputError
from positions.tables.cells import (
    Numeral,
    Text,
    Value,
    cell_text,
    marks_in,
    plain_value,
    text_of,
)
from positions.tables.excel import write_workbook
from positions.tables.formats import TEXT_WIDTH, as_csv, write
from positions.tables.frames import json_text, pandas_frame, polars_frame
from positions.tables.sheet import Note, Sheet
from positions.tables.whole_files import FilePath
from positions.tables.word import write_document

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = [
    "SHOWN_ROWS",
    "TEXT_WIDTH",
    "Framed",
    "Note",
    "Shown",
    "Table",
    "Text",
    "Value",
    "cell_text",
]

SHOWN_ROWS = 30
"""Maximum number of rows that a result shows when printed; `table()` has all of them."""

_FORMULA = re.compile(r"[=+\-@\t\r\n]")


@attrs.frozen
class Table:
    """A title, headers and rows, with the sources of the cells.

    `notes` are numbered from 1; cells and remarks refer to them by marks in their texts.
    `remarks` are printed below without a number. `about` describes the origin of the data,
    in Excel and Word files only.
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[Note, ...] = ()
    remarks: tuple[str | Text, ...] = ()
    about: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Raise an error if there are no columns, or if a row does not match the headers."""
        if not self.headers:
            raise InvalidInputError("headers of a table", "at least one", self.headers)
        for row in self.rows:
            if len(row) != len(self.headers):
                raise InvalidInputError("row of a table", f"{len(self.headers)} cells", row)

    def __str__(self) -> str:
        return self.to("text")

    def to(self, format: str = "text", width: int = TEXT_WIDTH) -> str:
        """Write the whole table as text, markdown, html, latex, csv, or in a format of tabulate.

        `width` is the number of terminal columns, and applies to text only. CSV and the
        formats of tabulate include only headers and cells, the others also title, notes
        and remarks.

        >>> print(Table("Ages", ("party", "days"), (("UKR", 12), ("USA", 3.5))).to())
        Ages
        <BLANKLINE>
        party  days
        -----  ----
        UKR      12
        USA     3.5
        """
        return write(self._sheet(), format, width)

    def to_csv(self, *, spreadsheet_safe: bool = False) -> str:
        """Write headers and rows as CSV without changing any value.

        `spreadsheet_safe` puts an apostrophe before text that a spreadsheet would
        read as a formula.
        """
        rows = (self.headers, *(map(plain_value, row) for row in self.rows))
        return _csv(rows, cell_text, spreadsheet_safe)

    def to_excel(self, path: FilePath) -> None:
        """Write an Excel workbook: the table, its sources, and its title and remarks.

        Numbers and dates stay numbers and dates; all else is text, never a formula or a
        link. The same table always produces the same bytes. The file is written whole or
        not at all.

        Raises:
            MissingLibraryError: xlsxwriter is not installed.
            InvalidInputError: the table is too large for Excel, or a text for a cell.
            OSError: the file cannot be written.
        """
        write_workbook(self._sheet(), path)

    def to_word(self, path: FilePath) -> None:
        """Write a Word document: a caption, the table, its sources and remarks.

        The same table always produces the same bytes. The file is written whole or not at
        all.

        Raises:
            MissingLibraryError: python-docx is not installed.
            InvalidInputError: the table has more columns than Word allows.
            OSError: the file cannot be written.
        """
        write_document(self._sheet(), path)

    def to_records(self) -> list[dict[str, Value]]:
        """Return the rows as dictionaries from headers to cells; dates are ISO text.

        Raises:
            InvalidInputError: two columns have the same header.

        >>> Table("Ages", ("party", "days"), (("UKR", 12),)).to_records()
        [{'party': 'UKR', 'days': 12}]
        """
        self._require_names()
        plain = (tuple(map(_plain, row)) for row in self.rows)
        return [dict(zip(self.headers, row, strict=True)) for row in plain]

    def to_pandas(self) -> pd.DataFrame:
        """Return the cells as a pandas data frame; columns of dates become timestamps.

        Raises:
            MissingLibraryError: pandas is not installed.
            InvalidInputError: two columns have the same header.
        """
        return pandas_frame(self._named_columns())

    def to_polars(self) -> pl.DataFrame:
        """Return the cells as a polars data frame.

        Raises:
            MissingLibraryError: polars is not installed.
            InvalidInputError: two columns have the same header.
        """
        return polars_frame(self._named_columns())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the polars frame as an Arrow stream, for any library that reads one."""
        return self.to_polars().__arrow_c_stream__(requested_schema)

    def head(self, rows: int) -> Table:
        """Return a table of the first rows, with a remark that counts the others.

        Trailing notes that only the other rows refer to are left out as well.
        """
        more = len(self.rows) - rows
        if more <= 0:
            return self
        remark = f"… {more} more {'row' if more == 1 else 'rows'}: .table() has all of them"
        kept = attrs.evolve(self, rows=self.rows[:rows], remarks=(*self.remarks, remark))
        return attrs.evolve(kept, notes=self.notes[: _last_note(kept, self.rows[rows:])])

    def _repr_html_(self) -> str:
        """Write the table for a notebook."""
        return self.to("html")

    def _repr_markdown_(self) -> str:
        """Write the table for a front end that reads only Markdown."""
        return self.to("markdown")

    def _require_names(self) -> None:
        """Raise an error if two columns have the same header."""
        if len(set(self.headers)) < len(self.headers):
            wanted = "different headers for the columns of a frame"
            raise InvalidInputError("headers of a table", wanted, self.headers)

    def _named_columns(self) -> dict[str, tuple[Value, ...]]:
        """Return the cells of each column by its header."""
        self._require_names()
        columns = (tuple(map(plain_value, column)) for column in self._columns())
        return dict(zip(self.headers, columns, strict=True))

    def _columns(self) -> tuple[tuple[Value, ...], ...]:
        """Return the cells column by column."""
        return tuple(zip(*self.rows, strict=True)) if self.rows else ((),) * len(self.headers)

    def _sheet(self) -> Sheet:
        """Convert every cell to text."""
        return Sheet(
            self.title,
            tuple(map(text_of, self.headers)),
            tuple(tuple(map(_cell, row)) for row in self.rows),
            tuple(map(_is_numeric, self._columns())),
            self.notes,
            tuple(map(text_of, self.remarks if self.rows else ("no rows", *self.remarks))),
            self.rows,
            self.about,
        )


class Shown(abc.ABC):
    """Base class of results that can be printed and exported; text is 80 columns wide."""

    __slots__ = ()

    @abc.abstractmethod
    def table(self) -> Table:
        """Return the whole result as one table."""

    def about(self) -> tuple[str, ...]:
        """Return a description of the origin of the data; empty if it is not known."""
        return ()

    def to_excel(self, path: FilePath) -> None:
        """Write the table as an Excel workbook that includes how to cite the data.

        See `Table.to_excel`.
        """
        attrs.evolve(self.table(), about=self.about()).to_excel(path)

    def to_word(self, path: FilePath) -> None:
        """Write the table as a Word document that includes how to cite the data.

        See `Table.to_word`.
        """
        attrs.evolve(self.table(), about=self.about()).to_word(path)

    def __str__(self) -> str:
        return self.table().head(SHOWN_ROWS).to("text")

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Print the first rows at the IPython prompt."""
        printer.text(str(self))

    def _repr_html_(self) -> str:
        """Write the first rows for a notebook."""
        return self.table().head(SHOWN_ROWS).to("html")

    def _repr_markdown_(self) -> str:
        """Write the first rows for a front end that reads only Markdown."""
        return self.table().head(SHOWN_ROWS).to("markdown")


class Framed(abc.ABC):
    """Base class of results that can become data frames."""

    __slots__ = ()

    columns: ClassVar[tuple[str, ...]]
    """Keys of every record, in order; columns of a frame, even of an empty one."""

    @abc.abstractmethod
    def to_records(self) -> list[dict[str, Any]]:
        """Return the rows as plain dictionaries of ids, ISO dates, numbers and lists."""

    def to_csv(self, *, spreadsheet_safe: bool = False) -> str:
        """Write the records as CSV; lists and dictionaries become JSON.

        `spreadsheet_safe` puts an apostrophe before text that a spreadsheet would
        read as a formula.
        """
        rows = ([record[name] for name in self.columns] for record in self.to_records())
        return _csv((self.columns, *rows), _record_text, spreadsheet_safe)

    def to_pandas(self) -> pd.DataFrame:
        """Return the records as a pandas data frame; lists and dictionaries stay as they are.

        Raises:
            MissingLibraryError: pandas is not installed.
        """
        return pandas_frame(self._named_columns())

    def to_polars(self) -> pl.DataFrame:
        """Return the records as a polars data frame; lists and dictionaries become JSON text.

        So the type of a column does not depend on the content of its lists.

        Raises:
            MissingLibraryError: polars is not installed.
        """
        return polars_frame(self._named_columns())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the polars frame as an Arrow stream, for any library that reads one.

        `pyarrow.table(result)`, `polars.DataFrame(result)` and DuckDB do.
        """
        return self.to_polars().__arrow_c_stream__(requested_schema)

    def _named_columns(self) -> dict[str, list[Any]]:
        """Return the values of each column by its name."""
        records = self.to_records()
        return {name: [record[name] for record in records] for name in self.columns}


def _plain(value: Value) -> Value:
    """Convert dates to ISO text, and texts to strings; return other values as they are."""
    return value.isoformat() if isinstance(value, dt.date) else plain_value(value)


def _cell(value: Value) -> Text:
    """Convert the value of a cell to a text; marks are kept."""
    return value if isinstance(value, Text) else text_of(cell_text(value))


def _record_text(value: object) -> str:
    """Format one value of a record for CSV: text as it is, None as nothing, all else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json_text(value)


def _csv(
    rows: Iterable[Iterable[Any]], convert: Callable[[Any], str], spreadsheet_safe: bool
) -> str:
    """Write rows of values as CSV, with formulas disarmed if `spreadsheet_safe`."""
    if spreadsheet_safe:
        rows = (map(_disarmed, row) for row in rows)
    return as_csv(tuple(map(convert, row)) for row in rows)


def _disarmed(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would read as a formula."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _last_note(kept: Table, hidden: Iterable[tuple[Value, ...]]) -> int:
    """Return the number of the last note that is not only for hidden rows."""
    shown = marks_in((*kept.remarks, *chain(*kept.rows)))
    only_hidden = marks_in(chain(*hidden)) - shown
    return max(set(range(1, len(kept.notes) + 1)) - only_hidden, default=0)


def _is_number(value: Value) -> bool:
    """Whether the value of a cell is a number, and neither a numeral nor a boolean."""
    return not isinstance(value, str | Text | Numeral | bool | dt.date)


def _is_numeric(column: Iterable[Value]) -> bool:
    """Whether all values of a column that are not None are numbers, and there is one."""
    values = [value for value in column if value is not None]
    return bool(values) and all(map(_is_number, values))

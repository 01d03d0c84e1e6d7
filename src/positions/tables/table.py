"""The one neutral table that every result gives, and how results show themselves.

A result says what its table holds; how that is written is the business of
`positions.tables.formats`. Results take their printing and their files from `Shown` and
their data frames from `Framed`.
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
"""How many rows a result shows by itself; `table()` has them all."""

_FORMULA = re.compile(r"[=+\-@\t\r\n]")


@attrs.frozen
class Table:
    """A title, headers and rows, with what they rest on.

    `notes` are numbered from 1; cells and remarks point to them by the marks that their
    texts carry. `remarks` stand below without a number. `about` says where the data are from, in
    files of Excel and Word only.
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[Note, ...] = ()
    remarks: tuple[str | Text, ...] = ()
    about: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse a table without columns, and rows that do not match the headers."""
        if not self.headers:
            raise InvalidInputError("headers of a table", "at least one", self.headers)
        for row in self.rows:
            if len(row) != len(self.headers):
                raise InvalidInputError("row of a table", f"{len(self.headers)} cells", row)

    def __str__(self) -> str:
        return self.to("text")

    def to(self, format: str = "text", width: int = TEXT_WIDTH) -> str:
        """Write the whole table as text, markdown, html, latex, csv, or as tabulate does.

        `width` is the number of terminal columns, and counts for text only. CSV
        and the formats of tabulate hold headers and cells, the others also title,
        notes and remarks.

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
        """Write headers and rows as CSV, faithfully.

        `spreadsheet_safe` puts an apostrophe before text that a spreadsheet would
        take for a formula.
        """
        rows = (self.headers, *(map(plain_value, row) for row in self.rows))
        return _csv(rows, cell_text, spreadsheet_safe)

    def to_excel(self, path: FilePath) -> None:
        """Write a workbook of Excel: the table, its sources, and what is to be known of it.

        Numbers and days are numbers and days; all else is text, never a formula or a
        link. The same table gives the same bytes. The file is whole or not there.

        Raises:
            MissingLibraryError: xlsxwriter is not installed.
            InvalidInputError: it is too large for a sheet of Excel, or a text for a cell.
            OSError: the file cannot be written.
        """
        write_workbook(self._sheet(), path)

    def to_word(self, path: FilePath) -> None:
        """Write a document of Word: a caption, the table, its sources and remarks.

        The same table gives the same bytes. The file is whole or not there.

        Raises:
            MissingLibraryError: python-docx is not installed.
            InvalidInputError: it has more columns than a table of Word.
            OSError: the file cannot be written.
        """
        write_document(self._sheet(), path)

    def to_records(self) -> list[dict[str, Value]]:
        """Give the rows as dictionaries from headers to cells, days as ISO text.

        Raises:
            InvalidInputError: two columns have the same header.

        >>> Table("Ages", ("party", "days"), (("UKR", 12),)).to_records()
        [{'party': 'UKR', 'days': 12}]
        """
        self._require_names()
        plain = (tuple(map(_plain, row)) for row in self.rows)
        return [dict(zip(self.headers, row, strict=True)) for row in plain]

    def to_pandas(self) -> pd.DataFrame:
        """Make a pandas data frame of the cells; a column of days is one of times.

        Raises:
            MissingLibraryError: pandas is not installed.
            InvalidInputError: two columns have the same header.
        """
        return pandas_frame(self._named_columns())

    def to_polars(self) -> pl.DataFrame:
        """Make a polars data frame of the cells.

        Raises:
            MissingLibraryError: polars is not installed.
            InvalidInputError: two columns have the same header.
        """
        return polars_frame(self._named_columns())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the polars frame as a stream of Arrow, for any library that reads one."""
        return self.to_polars().__arrow_c_stream__(requested_schema)

    def head(self, rows: int) -> Table:
        """Keep the first rows, and say how many more there are.

        Notes at the end that only the other rows point to are left out as well.
        """
        more = len(self.rows) - rows
        if more <= 0:
            return self
        remark = f"… {more} more {'row' if more == 1 else 'rows'}: .table() has all of them"
        kept = attrs.evolve(self, rows=self.rows[:rows], remarks=(*self.remarks, remark))
        return attrs.evolve(kept, notes=self.notes[: _last_note(kept, self.rows[rows:])])

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        return self.to("html")

    def _repr_markdown_(self) -> str:
        """Show the table where only Markdown is read."""
        return self.to("markdown")

    def _require_names(self) -> None:
        """Refuse to name columns by headers that repeat."""
        if len(set(self.headers)) < len(self.headers):
            wanted = "a different one for each column of a frame"
            raise InvalidInputError("headers of a table", wanted, self.headers)

    def _named_columns(self) -> dict[str, tuple[Value, ...]]:
        """Give the cells of each column under its header."""
        self._require_names()
        columns = (tuple(map(plain_value, column)) for column in self._columns())
        return dict(zip(self.headers, columns, strict=True))

    def _columns(self) -> tuple[tuple[Value, ...], ...]:
        """Give the cells column by column."""
        return tuple(zip(*self.rows, strict=True)) if self.rows else ((),) * len(self.headers)

    def _sheet(self) -> Sheet:
        """Turn every cell into text."""
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
    """What a result needs to show itself: a `table`. Printed text is 80 columns wide."""

    __slots__ = ()

    @abc.abstractmethod
    def table(self) -> Table:
        """Give the whole result as one table."""

    def about(self) -> tuple[str, ...]:
        """Say where the data of the result are from; nothing if it does not know."""
        return ()

    def to_excel(self, path: FilePath) -> None:
        """Write the table as a workbook of Excel that says how to cite the data.

        See `Table.to_excel`.
        """
        attrs.evolve(self.table(), about=self.about()).to_excel(path)

    def to_word(self, path: FilePath) -> None:
        """Write the table as a document of Word that says how to cite the data.

        See `Table.to_word`.
        """
        attrs.evolve(self.table(), about=self.about()).to_word(path)

    def __str__(self) -> str:
        return self.table().head(SHOWN_ROWS).to("text")

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show the first rows at the prompt of IPython."""
        printer.text(str(self))

    def _repr_html_(self) -> str:
        """Show the first rows in a notebook."""
        return self.table().head(SHOWN_ROWS).to("html")

    def _repr_markdown_(self) -> str:
        """Show the first rows where only Markdown is read."""
        return self.table().head(SHOWN_ROWS).to("markdown")


class Framed(abc.ABC):
    """What a result needs to become a data frame: `columns` and `to_records`."""

    __slots__ = ()

    columns: ClassVar[tuple[str, ...]]
    """The keys of every record, in order; the columns of a frame even if it is empty."""

    @abc.abstractmethod
    def to_records(self) -> list[dict[str, Any]]:
        """Give the rows as plain dictionaries: ids, ISO dates, numbers, lists."""

    def to_csv(self, *, spreadsheet_safe: bool = False) -> str:
        """Write the records as CSV, faithfully; lists and dictionaries become JSON.

        `spreadsheet_safe` puts an apostrophe before text that a spreadsheet would
        take for a formula.
        """
        rows = ([record[name] for name in self.columns] for record in self.to_records())
        return _csv((self.columns, *rows), _record_text, spreadsheet_safe)

    def to_pandas(self) -> pd.DataFrame:
        """Make a pandas data frame; lists and dictionaries stay what they are.

        Raises:
            MissingLibraryError: pandas is not installed.
        """
        return pandas_frame(self._named_columns())

    def to_polars(self) -> pl.DataFrame:
        """Make a polars data frame; lists and dictionaries become JSON text.

        So the type of a column never depends on what its lists hold.

        Raises:
            MissingLibraryError: polars is not installed.
        """
        return polars_frame(self._named_columns())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the polars frame as a stream of Arrow, for any library that reads one.

        `pyarrow.table(result)`, `polars.DataFrame(result)` and DuckDB do.
        """
        return self.to_polars().__arrow_c_stream__(requested_schema)

    def _named_columns(self) -> dict[str, list[Any]]:
        """Give the values of each column under its name."""
        records = self.to_records()
        return {name: [record[name] for record in records] for name in self.columns}


def _plain(value: Value) -> Value:
    """Write days as ISO text, and texts as plain text; the rest stays."""
    return value.isoformat() if isinstance(value, dt.date) else plain_value(value)


def _cell(value: Value) -> Text:
    """Turn what a cell holds into a text, which keeps its marks."""
    return value if isinstance(value, Text) else text_of(cell_text(value))


def _record_text(value: object) -> str:
    """Write one value of a record for CSV: text as it is, nothing as nothing, else JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json_text(value)


def _csv(
    rows: Iterable[Iterable[Any]], written: Callable[[Any], str], spreadsheet_safe: bool
) -> str:
    """Write rows of values as CSV, formulas disarmed if asked."""
    if spreadsheet_safe:
        rows = (map(_disarmed, row) for row in rows)
    return as_csv(tuple(map(written, row)) for row in rows)


def _disarmed(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _last_note(kept: Table, hidden: Iterable[tuple[Value, ...]]) -> int:
    """Find the last note that is not only for hidden rows."""
    shown = marks_in((*kept.remarks, *chain(*kept.rows)))
    only_hidden = marks_in(chain(*hidden)) - shown
    return max(set(range(1, len(kept.notes) + 1)) - only_hidden, default=0)


def _is_worded(value: Value) -> bool:
    """Whether a cell holds something else than a number that can be counted with."""
    return isinstance(value, str | Text | Numeral | bool | dt.date)


def _is_numeric(column: Iterable[Value]) -> bool:
    """Tell whether a column holds numbers and nothing else."""
    values = [value for value in column if value is not None]
    return bool(values) and not any(map(_is_worded, values))

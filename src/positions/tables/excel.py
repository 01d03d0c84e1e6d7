"""Write a table as an Excel workbook.

Numbers and dates become Excel numbers and dates. All else is written as text, never as a
formula, link or number, whatever it looks like. What exceeds the limits of Excel is an error.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from positions.errors import InvalidInputError, MissingLibraryError
from positions.tables.cells import Text, Value
from positions.tables.sheet import Sheet, visible_sheet
from positions.tables.whole_files import FilePath, write_whole
from positions.tables.widths import text_width, wrap

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

MAX_ROWS, MAX_COLUMNS, MAX_CHARACTERS = 1_048_576, 16_384, 32_767
"""Limits of Excel: rows and columns of a sheet, UTF-16 code units of a cell."""

WIDEST, NARROWEST = 70, 8
"""Limits of the width of a column, in characters; half the maximum if there are many columns."""

LINE_HEIGHT, MAX_ROW_HEIGHT = 15, 409
"""Height of a line, and of the tallest row that Excel can show, in points."""

EXACT_BELOW = 10**15
"""Excel keeps integers below this exactly; larger ones are written as text."""

FIRST_DAY = dt.date(1900, 3, 1)
"""First date that Excel and other programs agree on; earlier ones are written as text."""


def write_workbook(sheet: Sheet, path: FilePath) -> None:
    """Write a workbook with the sheets `table`, `sources` and `about`.

    The same table always produces the same bytes.

    Raises:
        MissingLibraryError: xlsxwriter is not installed.
        InvalidInputError: there are too many rows, columns or sources, or a text is too long.
        OSError: the file cannot be written.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise MissingLibraryError("xlsxwriter", "excel") from error
    shown = visible_sheet(sheet)
    _require_room(shown)
    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"title": shown.title[:255], "created": dt.datetime(2000, 1, 1)})
        _Writer(book).write(shown)
    write_whole(path, data.getvalue())


class _Writer:
    """Writes the sheets of one workbook, which share their formats."""

    def __init__(self, book: Workbook) -> None:
        """Make the formats: everything is aligned to the top of its cell, and text is wrapped."""
        self.book = book
        top = {"valign": "top"}
        self.head: Format = book.add_format({**top, "text_wrap": True, "bold": True, "bottom": 1})
        self.text: Format = book.add_format({**top, "text_wrap": True})
        self.number: Format = book.add_format(top)
        self.day: Format = book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"})

    def write(self, sheet: Sheet) -> None:
        """Write the table, its sources, and its title, remarks and citation."""
        made = self.sheet("table", sheet.headers, sheet.rows, sheet.values)
        made.freeze_panes(1, 1)
        made.autofilter(0, 0, len(sheet.rows), len(sheet.headers) - 1)
        notes = [(f"[{n}]", note.text, note.url or "") for n, note in enumerate(sheet.notes, 1)]
        self.sheet("sources", ("mark", "source", "address"), notes, notes)
        about = [("title", sheet.title), *(("remark", str(text)) for text in sheet.remarks)]
        about += [("data", text) for text in sheet.about]
        self.sheet("about", ("what", "text"), about, about)

    def sheet(
        self,
        name: str,
        headers: Sequence[str | Text],
        texts: Sequence[Sequence[str | Text]],
        values: Sequence[Sequence[Value]],
    ) -> Worksheet:
        """Write one sheet; the row of headers stays in view and is repeated on each page."""
        made: Worksheet = self.book.add_worksheet(name)
        made.freeze_panes(1, 0)
        made.repeat_rows(0)
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        made.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        widths = _widths([headers, *texts])
        for column, (width, header) in enumerate(zip(widths, headers, strict=True)):
            made.set_column(column, column, width)
            made.write_string(0, column, str(header), self.head)
        for row, pairs in enumerate(zip(texts, values, strict=True), start=1):
            made.set_row(row, _height(pairs[0], widths))
            for column, (text, value) in enumerate(zip(*pairs, strict=True)):
                self.cell(made, row, column, str(text), value)
        return made

    def cell(self, made: Worksheet, row: int, column: int, text: str, value: Value) -> None:
        """Write one cell according to its type; text is never interpreted.

        Numbers have the 15 digits that every format shows and that Excel keeps.
        """
        if isinstance(value, bool):
            made.write_boolean(row, column, value, self.number)
        elif isinstance(value, int | float) and _is_exact(value, text):
            made.write_number(row, column, float(text), self.number)
        elif isinstance(value, dt.date) and value >= FIRST_DAY:
            made.write_datetime(row, column, dt.datetime.combine(value, dt.time()), self.day)
        elif text:
            made.write_string(row, column, text, self.text)
        else:
            made.write_blank(row, column, None, self.text)


def _is_exact(value: float, text: str) -> bool:
    """Whether Excel keeps the number exactly as the text of its cell shows it."""
    return math.isfinite(float(text)) and (isinstance(value, float) or abs(value) < EXACT_BELOW)


def _widths(rows: Iterable[Sequence[str | Text]]) -> list[int]:
    """Return the width of each column: that of its longest line, within limits."""
    columns = list(zip(*rows, strict=True))
    widest = max(WIDEST // 2, WIDEST * 5 // max(5, len(columns)))
    return [min(widest, max(NARROWEST, _longest(cells))) + 2 for cells in columns]


def _height(cells: Sequence[str | Text], widths: Sequence[int]) -> int:
    """Return the height of a row that shows all lines of its cells, up to Excel's maximum."""
    lines = (len(wrap(cell, width)) for cell, width in zip(cells, widths, strict=True))
    return min(MAX_ROW_HEIGHT, LINE_HEIGHT * max(lines))


def _longest(cells: Iterable[str | Text]) -> int:
    """Return the width of the longest line of the cells, in characters."""
    return max(text_width(line) for cell in cells for line in str(cell).split("\n"))


def _require_room(sheet: Sheet) -> None:
    """Raise an error for what does not fit into a workbook, rather than truncate it."""
    advice = "ask for fewer topics or parties, or write CSV"
    for what, count, maximum in (
        ("rows for Excel", len(sheet.rows), MAX_ROWS - 1),
        ("columns for Excel", len(sheet.headers), MAX_COLUMNS),
        ("sources for Excel", len(sheet.notes), MAX_ROWS - 1),
    ):
        if count > maximum:
            raise InvalidInputError(what, f"at most {maximum:,}", count, advice)
    for place, text in _texts(sheet):
        length = len(text.encode("utf-16-le")) // 2
        if length > MAX_CHARACTERS:
            wanted = f"at most {MAX_CHARACTERS:,} characters in a cell"
            raise InvalidInputError(place, wanted, f"{length:,}: {text[:40]}…", "write CSV")


def _texts(sheet: Sheet) -> Iterable[tuple[str, str]]:
    """Yield every text of a workbook with a description of its place, for error messages."""
    for number, header in enumerate(sheet.headers, 1):
        yield f"header {number} for Excel", str(header)
    for number, row in enumerate(sheet.rows, 1):
        for header, text in zip(sheet.headers, row, strict=True):
            yield f"row {number}, column {str(header)[:40]!r} for Excel", str(text)
    for number, note in enumerate(sheet.notes, 1):
        yield f"source {number} for Excel", note.text
        yield f"address of source {number} for Excel", note.url or ""
    for remark in (sheet.title, *map(str, sheet.remarks), *sheet.about):
        yield "title or remark for Excel", remark

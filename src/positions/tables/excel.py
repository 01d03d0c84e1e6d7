"""Write a table as a workbook of Excel.

Numbers and days become those of Excel. All else is text, whatever it looks like: no
formula, no link, no number. What a sheet or a cell cannot hold is an error.
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

MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 1_048_576, 16_384, 32_767
"""What a sheet holds, and a cell (Excel counts letters as UTF-16 does)."""

WIDEST, NARROWEST = 70, 8
"""Between how many letters wide a column is made; half of it where there are many."""

LINE, TALLEST = 15, 409
"""The height of a line, and of the tallest row that Excel can show, in points."""

EXACT = 10**15
"""Below it Excel keeps whole numbers as they are; others are written as text."""

FIRST_DAY = dt.date(1900, 3, 1)
"""Excel counts no earlier day as other programs do; such days are written as text."""


def write_workbook(sheet: Sheet, path: FilePath) -> None:
    """Write a workbook with the sheets `table`, `sources` and `about`.

    The same table gives the same bytes.

    Raises:
        MissingLibraryError: xlsxwriter is not installed.
        InvalidInputError: there are too many rows or columns, or a text is too long.
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
        """Make the formats: everything stands at the top of its cell and is wrapped."""
        self.book = book
        top = {"valign": "top"}
        self.head: Format = book.add_format({**top, "text_wrap": True, "bold": True, "bottom": 1})
        self.text: Format = book.add_format({**top, "text_wrap": True})
        self.number: Format = book.add_format(top)
        self.day: Format = book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"})

    def write(self, sheet: Sheet) -> None:
        """Write the table, its sources, and what is to be known of it."""
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
        """Write one sheet: headers in the first row, which stays in view and on each page."""
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
        """Write one cell as what it is; text is never read as something else.

        A number has the 15 digits that every format shows and that Excel keeps.
        """
        if isinstance(value, bool):
            made.write_boolean(row, column, value, self.number)
        elif isinstance(value, int | float) and _is_kept(value, text):
            made.write_number(row, column, float(text), self.number)
        elif isinstance(value, dt.date) and value >= FIRST_DAY:
            made.write_datetime(row, column, dt.datetime.combine(value, dt.time()), self.day)
        elif text:
            made.write_string(row, column, text, self.text)
        else:
            made.write_blank(row, column, None, self.text)


def _is_kept(value: float, text: str) -> bool:
    """Tell whether Excel keeps a number as the text of its cell has it."""
    return math.isfinite(float(text)) and (isinstance(value, float) or abs(value) < EXACT)


def _widths(rows: Iterable[Sequence[str | Text]]) -> list[int]:
    """Choose the widths of columns by their longest line, within limits."""
    columns = list(zip(*rows, strict=True))
    widest = max(WIDEST // 2, WIDEST * 5 // max(5, len(columns)))
    return [min(widest, max(NARROWEST, _longest(cells))) + 2 for cells in columns]


def _height(cells: Sequence[str | Text], widths: Sequence[int]) -> int:
    """Choose the height of a row that shows all lines of its cells, as far as Excel can."""
    lines = (len(wrap(cell, width)) for cell, width in zip(cells, widths, strict=True))
    return min(TALLEST, LINE * max(lines))


def _longest(cells: Iterable[str | Text]) -> int:
    """Count the letters of the longest line of some cells."""
    return max(text_width(line) for cell in cells for line in str(cell).split("\n"))


def _require_room(sheet: Sheet) -> None:
    """Refuse what does not fit into a workbook, rather than cut it."""
    advice = "ask for fewer topics or parties, or write CSV"
    for what, count, most in (
        ("rows for Excel", len(sheet.rows), MOST_ROWS - 1),
        ("columns for Excel", len(sheet.headers), MOST_COLUMNS),
        ("sources for Excel", len(sheet.notes), MOST_ROWS - 1),
    ):
        if count > most:
            raise InvalidInputError(what, f"at most {most:,}", count, advice)
    for place, text in _texts(sheet):
        length = len(text.encode("utf-16-le")) // 2
        if length > MOST_LETTERS:
            wanted = f"at most {MOST_LETTERS:,} letters in a cell"
            raise InvalidInputError(place, wanted, f"{length:,}: {text[:40]}…", "write CSV")


def _texts(sheet: Sheet) -> Iterable[tuple[str, str]]:
    """List every text of a workbook with its place, in words for errors."""
    for number, header in enumerate(sheet.headers, 1):
        yield f"header {number} for Excel", str(header)
    for number, row in enumerate(sheet.rows, 1):
        for header, text in zip(sheet.headers, row, strict=True):
            yield f"row {number}, column {str(header)[:40]!r} for Excel", str(text)
    for number, note in enumerate(sheet.notes, 1):
        yield f"source {number} for Excel", note.text
        yield f"address of source {number} for Excel", note.url or ""
    for told in (sheet.title, *map(str, sheet.remarks), *sheet.about):
        yield "title or remark for Excel", told

"""Excel workbooks: the same cells as in other formats, real numbers and dates, no formulas."""

from __future__ import annotations

import datetime as dt
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.worksheet.worksheet import Worksheet

import positions as pos
from hostile_tables import HOSTILE, one_cell, shown, tables
from makers import dataset, said
from positions.errors import InvalidInputError, MissingLibraryError
from positions.screen import visible
from positions.tables import excel as workbooks
from positions.tables.table import Note, Table, Value, cell_text

DATED = Table(
    "Days",
    ("day", "count", "share", "known", "text"),
    ((dt.date(2025, 6, 2), 600000, 0.25, True, "007"), (None, None, None, None, None)),
    (Note("Memorandum", "https://example.org/a"), Note("Own words")),
    ("They speak for themselves.",),
)


def opened(table: Table, folder: Path) -> openpyxl.Workbook:
    """Write a table, and open it with another library."""
    path = folder / "table.xlsx"
    table.to_excel(path)
    return openpyxl.load_workbook(path)


def texts(sheet: Worksheet) -> list[list[str]]:
    """Return the cells of a sheet as the other formats would write them."""
    return [[text_of(cell.value) for cell in row] for row in sheet.iter_rows()]


def text_of(value: Value | dt.datetime) -> str:
    """Format a value from Excel, which has only timestamps for dates."""
    if isinstance(value, int) and abs(value) >= workbooks.EXACT_BELOW:
        return cell_text(float(value))  # all numbers of Excel are floats
    return cell_text(value.date() if isinstance(value, dt.datetime) else value)


class TestCells:
    @settings(max_examples=40)
    @given(tables())
    def test_same_cells(self, tmp_path_factory: pytest.TempPathFactory, table: Table) -> None:
        """A workbook has the same cells as every other format."""
        book = opened(table, tmp_path_factory.mktemp("book"))
        assert texts(book["table"]) == shown(table)

    def test_kinds(self, tmp_path: Path) -> None:
        """Numbers, booleans and dates are those of Excel; text that looks like a number is text."""
        first = next(opened(DATED, tmp_path)["table"].iter_rows(min_row=2, max_row=2))
        assert [cell.value for cell in first] == [
            *(dt.datetime(2025, 6, 2), 600000, 0.25, True, "007")
        ]
        assert [cell.data_type for cell in first] == ["d", "n", "n", "b", "s"]
        assert first[0].number_format == "yyyy-mm-dd"

    @pytest.mark.parametrize(
        "value",
        [
            *(10**15, -(10**15), float("inf"), float("nan"), sys.float_info.max),
            *(dt.date(1900, 2, 28), dt.date(1, 1, 1)),
        ],
        ids=str,
    )
    def test_beyond_excel(self, tmp_path: Path, value: Value) -> None:
        """Numbers and dates that Excel would change are written as text."""
        cell = opened(Table("", ("h",), ((value,),)), tmp_path)["table"]["A2"]
        assert (cell.value, cell.data_type) == (cell_text(value), "s")

    @pytest.mark.parametrize("name", [*HOSTILE, "_x0041_", "1e5", "TRUE", "{=1+1}", "#N/A"])
    def test_nothing_runs(self, tmp_path: Path, name: str) -> None:
        """No name becomes a formula, a link or an error, in any part of the table."""
        book = opened(one_cell(name), tmp_path)
        for sheet in book:
            cells = [cell for row in sheet.iter_rows() for cell in row]
            assert {cell.data_type for cell in cells} <= {"s", "n"}
            assert not any(cell.hyperlink for cell in cells)
        assert text_of(book["table"]["A2"].value) == visible(name)
        with zipfile.ZipFile(tmp_path / "table.xlsx") as archive:
            assert not any("externalLink" in part for part in archive.namelist())


class TestSheets:
    def test_names_of_sheets(self, tmp_path: Path) -> None:
        """There are three sheets, whose names do not depend on the table."""
        assert opened(DATED, tmp_path).sheetnames == ["table", "sources", "about"]

    def test_headers(self, tmp_path: Path) -> None:
        """The headers stay in view, have filters, and are repeated on every printed page."""
        sheet = opened(DATED, tmp_path)["table"]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == "A1:E3"
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.font.b and cell.alignment.wrap_text for cell in sheet[1])

    def test_sources(self, tmp_path: Path) -> None:
        """The second sheet lists the sources by their marks, with addresses as text."""
        assert texts(opened(DATED, tmp_path)["sources"]) == [
            ["mark", "source", "address"],
            ["[1]", "Memorandum", "https://example.org/a"],
            ["[2]", "Own words", ""],
        ]

    def test_about(self, tmp_path: Path) -> None:
        """The third sheet has the title, the remarks, and the origin of the data of a result."""
        found = pos.timeline(dataset(said("A", {"yes": "demand"})), "A")
        found.to_excel(tmp_path / "found.xlsx")
        rows = texts(openpyxl.load_workbook(tmp_path / "found.xlsx")["about"])
        assert rows == [
            ["what", "text"],
            ["title", "Timeline of State A to 2000-12-31: 1 change"],
            ["data", "Small. Data set, version 0, evidence until 2000-12-31, licence none given."],
            ["data", f"Made with positions {pos.__version__}."],
        ]

    def test_widths(self, tmp_path: Path) -> None:
        """Columns are as wide as their text up to a limit; longer text is wrapped, not hidden."""
        sheet = opened(Table("", ("a", "b"), (("x" * 20, "word " * 100),)), tmp_path)["table"]
        assert 20 <= sheet.column_dimensions["A"].width <= 24
        assert sheet.column_dimensions["B"].width <= 75
        assert sheet["B2"].alignment.wrap_text
        assert sheet.row_dimensions[2].height == 8 * 15  # 500 characters, 70 a line


class TestLimits:
    @pytest.mark.parametrize(("letter", "most"), [("x", 32767), ("😀", 16383)])
    def test_long_cell(self, tmp_path: Path, letter: str, most: int) -> None:
        """A text up to the limit of a cell is written in full; a longer one is an error."""
        longest = Table("", ("h",), ((letter * most,),))
        assert opened(longest, tmp_path)["table"]["A2"].value == letter * most
        kept = (tmp_path / "table.xlsx").read_bytes()
        with pytest.raises(InvalidInputError, match="row 1, column 'h' for Excel: wanted at most"):
            Table("", ("h",), ((letter * (most + 1),),)).to_excel(tmp_path / "table.xlsx")
        assert (tmp_path / "table.xlsx").read_bytes() == kept

    @pytest.mark.parametrize(("limit", "what"), [("MAX_ROWS", "rows"), ("MAX_COLUMNS", "columns")])
    def test_large(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, what: str
    ) -> None:
        """More rows or columns than fit into a sheet are an error that counts them."""
        monkeypatch.setattr(workbooks, limit, 2)
        table = Table(
            "", ("a", "b", "c")[: 3 - (what == "rows")], ((1, 2, 3)[: 3 - (what == "rows")],) * 2
        )
        with pytest.raises(InvalidInputError, match=f"{what} for Excel: wanted at most"):
            table.to_excel(tmp_path / "table.xlsx")
        assert list(tmp_path.iterdir()) == []


def test_same_bytes(tmp_path: Path) -> None:
    """The same table produces the same bytes at any time."""
    for name in ("one.xlsx", "other.xlsx"):
        DATED.to_excel(tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_missing_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without xlsxwriter an error explains how to install it."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingLibraryError, match=r"xlsxwriter.*positions\[excel\]"):
        DATED.to_excel(tmp_path / "table.xlsx")

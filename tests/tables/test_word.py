"""Word documents: the same cells as in other formats, a caption, web links, page layout."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings

import positions as pos
from hostile_tables import HOSTILE, cited, one_cell, shown, tables
from makers import dataset, said
from positions.errors import InvalidInputError, MissingLibraryError
from positions.screen import visible
from positions.tables.table import Note, Table

CITED = Table(
    "Позиції сторін",
    ("topic", "days"),
    ((cited("ceasefire", 1, 2), 12), ("Перемир'я", None)),
    (Note("Memorandum", "https://example.org/a?b=1&c='2'"), Note("Own", "javascript:alert(1)")),
    ("They speak for themselves.",),
)


def opened(table: Table, folder: Path) -> Document:
    """Write a table and open it again."""
    path = folder / "table.docx"
    table.to_word(path)
    return docx.Document(str(path))


def cells_of(document: Document) -> list[list[str]]:
    """Return the texts of the only table of a document."""
    (table,) = document.tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def styled(document: Document, style: str) -> list[str]:
    """Return the texts of all paragraphs of a style, including fields and links."""
    found = [p for p in document.paragraphs if p.style is not None and p.style.name == style]
    return ["".join(t.text or "" for t in p._p.iter(qn("w:t"), qn("w:tab"))) for p in found]


class TestCells:
    @settings(max_examples=20)
    @given(tables())
    def test_same_cells(self, tmp_path_factory: pytest.TempPathFactory, table: Table) -> None:
        """A document has the same cells as every other format."""
        assert cells_of(opened(table, tmp_path_factory.mktemp("word"))) == shown(table)

    @pytest.mark.parametrize("name", HOSTILE)
    def test_hostile(self, tmp_path: Path, name: str) -> None:
        """Names stay text in every part of the table, and only web addresses become links."""
        document = opened(one_cell(name), tmp_path)
        assert cells_of(document)[1][0] == visible(name)
        assert [r for r in document.part.rels.values() if r.is_external] == []
        instructions = document.element.body.xpath("//w:fldSimple/@w:instr")
        assert set(instructions) <= {r" SEQ Table \* ARABIC "}


class TestLooks:
    def test_caption(self, tmp_path: Path) -> None:
        """The title is a caption that Word numbers and keeps on the page of its table."""
        document = opened(CITED, tmp_path)
        assert styled(document, "Caption") == ["Table 1. Позиції сторін"]
        assert document.styles["Caption"].paragraph_format.keep_with_next

    def test_no_title(self, tmp_path: Path) -> None:
        """A table without a title has no caption."""
        assert styled(opened(Table("", ("h",), ((1,),)), tmp_path), "Caption") == []

    def test_headers(self, tmp_path: Path) -> None:
        """Headers are repeated on every page, rows are not split, and numbers are right-aligned."""
        (table,) = opened(CITED, tmp_path).tables
        rows = [row._tr.trPr for row in table.rows]
        assert [bool(row.xpath("w:tblHeader")) for row in rows] == [True, False, False]
        assert all(row.xpath("w:cantSplit") for row in rows)
        alignments = [cell.paragraphs[0].alignment for cell in table.rows[1].cells]
        assert [a and a.name for a in alignments] == [None, "RIGHT"]

    def test_sources(self, tmp_path: Path) -> None:
        """Sources have the numbers of their marks; a web address is a link."""
        document = opened(CITED, tmp_path)
        assert styled(document, "Positions Source") == [
            "[1]Memorandum https://example.org/a?b=1&c='2'",
            "[2]Own javascript:alert(1)",
        ]
        links = [r.target_ref for r in document.part.rels.values() if r.is_external]
        assert links == ["https://example.org/a?b=1&c='2'"]

    def test_remarks(self, tmp_path: Path) -> None:
        """The remarks follow, and for a result how to cite its data."""
        found = pos.timeline(dataset(said("A", {"yes": "demand"})), "A")
        found.to_word(tmp_path / "found.docx")
        last = [p.text for p in docx.Document(str(tmp_path / "found.docx")).paragraphs][-2:]
        assert last == [
            "Small. Data set, version 0, evidence until 2000-12-31, licence none given.",
            f"Made with positions {pos.__version__}.",
        ]

    @pytest.mark.parametrize(("columns", "landscape"), [(2, False), (8, True)])
    def test_page(self, tmp_path: Path, columns: int, landscape: bool) -> None:
        """A wide table of many columns is on a landscape page; columns fit between the margins."""
        row = ("some words of a party",) * columns
        document = opened(Table("", row, (row, row)), tmp_path)
        section = document.sections[0]
        width, height = section.page_width or 0, section.page_height or 0
        assert (width > height) == landscape
        room = width - (section.left_margin or 0) - (section.right_margin or 0)
        widths = [column.width or 0 for column in document.tables[0].columns]
        assert 0.98 * room < sum(widths) <= room

    def test_columns(self, tmp_path: Path) -> None:
        """More columns than Word allows are an error, and nothing is written."""
        with pytest.raises(InvalidInputError, match="columns for Word: wanted at most 63, got 64"):
            Table("", ("h",) * 64, ()).to_word(tmp_path / "table.docx")
        assert list(tmp_path.iterdir()) == []


def test_same_bytes(tmp_path: Path) -> None:
    """The same table produces the same bytes at any time."""
    for name in ("one.docx", "other.docx"):
        CITED.to_word(tmp_path / name)
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "other.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.docx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_missing_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without python-docx an error explains how to install it."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingLibraryError, match=r"python-docx.*positions\[word\]"):
        CITED.to_word(tmp_path / "table.docx")

"""Cell values: texts with marks, and how every format writes them."""

from __future__ import annotations

import pickle
import re
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile_tables import MARKED, cited
from positions.tables.cells import (
    DASH,
    Numeral,
    Text,
    Value,
    caveats_in,
    cell_text,
    join,
    marks_in,
    text_of,
)
from positions.tables.table import Note, Table
from positions.tables.widths import text_width, wrap
from table_readers import PageReader

PARTS = st.text(max_size=8) | MARKED
NAME = "A [1]"
"""A name that looks as if it ended in a mark, but does not."""


class TestText:
    """Properties of all texts."""

    @given(PARTS, PARTS)
    def test_sum(self, one: str | Text, other: str | Text) -> None:
        """A sum is the concatenation of its parts, with the marks and caveats of both."""
        whole = text_of(one) + other
        assert str(whole) == f"{one}{other}"
        assert whole.marks == (*text_of(one).marks, *text_of(other).marks)
        assert whole.caveats == text_of(one).caveats | text_of(other).caveats

    @given(MARKED, PARTS, PARTS)
    def test_associativity(self, one: Text, other: str | Text, third: str | Text) -> None:
        """Addition is associative."""
        assert (one + other) + third == one + (text_of(other) + third)
        assert one + "" == "" + one == one + Text() == one

    @given(st.text(max_size=8), MARKED)
    def test_plain_first(self, one: str, other: Text) -> None:
        """A plain string can be the first operand of a sum."""
        assert one + other == text_of(one) + other

    @given(st.text(max_size=3), st.lists(PARTS, max_size=4))
    def test_join(self, between: str, parts: list[str | Text]) -> None:
        """Joining gives the same string as `str.join`, and keeps all marks and caveats."""
        whole = join(between, parts)
        assert str(whole) == between.join(map(str, parts))
        assert whole.marks == tuple(mark for part in parts for mark in text_of(part).marks)
        assert whole.caveats == caveats_in(map(text_of, parts))

    @given(MARKED)
    def test_pieces(self, text: Text) -> None:
        """Adjacent strings are merged into one piece, and no piece is empty."""
        assert "" not in text.pieces
        kinds = [isinstance(piece, str) for piece in text.pieces]
        assert (True, True) not in pairwise(kinds)

    @given(MARKED)
    def test_lines(self, text: Text) -> None:
        """The lines of a text are those of its string; joined, they make the text again."""
        assert [str(line) for line in text.lines()] == str(text).split("\n")
        assert join("\n", text.lines()) == text

    @given(MARKED)
    def test_in_brackets(self, text: Text) -> None:
        """A text is put in parentheses unless it is empty."""
        assert str(text.in_brackets()) == (f"({text})" if str(text) else "")
        assert text.in_brackets().marks == text.marks

    @given(MARKED)
    def test_value(self, text: Text) -> None:
        """A text is hashable, picklable, and unequal to one with its marks as plain strings."""
        assert pickle.loads(pickle.dumps(text)) == text
        assert hash(text) == hash(Text(text.pieces, text.caveats))
        assert (text == Text((str(text),), text.caveats)) == (not text.marks)

    def test_found(self) -> None:
        """Only marks that are values are found, not strings that look like marks."""
        assert marks_in([NAME, cited("b", 2, 3), None, 4, cited("c", 2)]) == {2, 3}


@pytest.mark.parametrize(
    ("value", "text"),
    [(cited("a", 1, 12), "a [1][12]"), (Numeral("12.5 %"), "12.5 %"), (DASH, "—")],
)
def test_cell_text(value: Value, text: str) -> None:
    """Texts and numerals are written as their strings."""
    assert cell_text(value) == str(value) == text


TWO = Table("T", ("name", "n"), ((NAME, 1), (cited("B", 1), 2)), (Note("S"),))
"""A name that looks like a mark, and a name with a mark."""


class TestNamesThatLookLikeMarks:
    """Names that look like marks are treated as names."""

    def test_html(self) -> None:
        """In HTML a mark links to its note, and a name that looks the same does not."""
        page = PageReader(TWO.to("html"))
        assert page.rows[1:] == [[NAME, "1"], ["B [1]", "2"]]
        mark, back = page.links
        assert (mark["href"], back["href"]) == (f"#{page.ids[-1]}", f"#{mark['id']}")

    def test_no_marks(self) -> None:
        """A table without marks has no links and no link targets."""
        page = PageReader(Table("[1]", ("[1]",), ((NAME,),), (Note("[1]"),), ("[1]",)).to("html"))
        assert not page.links

    def test_word(self, tmp_path: Path) -> None:
        """In Word marks are set in a smaller size, and names are not."""
        TWO.to_word(tmp_path / "two.docx")
        (table,) = docx.Document(str(tmp_path / "two.docx")).tables
        runs = [row.cells[0].paragraphs[0].runs for row in table.rows[1:]]
        assert [[(run.text, run.font.size is None) for run in cell] for cell in runs] == [
            [(NAME, True)],
            [("B ", True), ("[1]", False)],
        ]

    @pytest.mark.parametrize("format", ["text", "markdown", "latex", "csv", "grid"])
    def test_same_characters(self, format: str) -> None:
        """In formats of plain characters a mark is written like a string that looks like it."""
        plain = Table("T", ("name",), (("B [1]",),), (Note("S"),))
        marked = Table("T", ("name",), ((cited("B", 1),),), (Note("S"),))
        assert plain.to(format) == marked.to(format)

    def test_head(self) -> None:
        """`head` drops a note that only looks cited, in a row, a title, a header or a remark."""
        rows = ((NAME,), (cited("b", 1),))
        table = Table("see [1]", ("[1]",), rows, (Note("S"),), ("see [1]",))
        assert table.head(1).notes == ()

    def test_head_of_remarks(self) -> None:
        """`head` keeps a note that a remark refers to."""
        rows = (("a",), (cited("b", 1),))
        table = Table("", ("h",), rows, (Note("S"),), (cited("see", 1),))
        assert table.head(1).notes == (Note("S"),)


class TestWrapping:
    """Marks at the ends of lines."""

    def test_single_mark(self) -> None:
        """A single mark at the end stays with its word; a word that looks like a mark need not."""
        assert wrap(cited("some words", 1), 10) == ["some", "words [1]"]
        assert wrap("some words [1]", 10) == ["some words", "[1]"]

    @given(MARKED, st.integers(8, 30))
    def test_marks_stay_whole(self, text: Text, width: int) -> None:
        """No mark is broken across lines, and no line is too long."""
        lines = wrap(text, width)
        assert all(text_width(line) <= width for line in lines)
        marks = sorted(str(mark) for mark in text.marks)
        rest = "\n".join(lines)
        for mark in sorted(marks, key=len, reverse=True):
            assert mark in rest
            rest = rest.replace(mark, "", 1)

    def test_latex(self) -> None:
        """LaTeX may break a line between marks, but not within a word that looks like marks."""
        rows = ((cited("a", 10, 11, 12),), ("[10][11][12]",))
        marked, plain = re.findall(r".*12\{]\}.*", Table("", ("h",), rows).to("latex"))
        assert marked.count(r"\allowbreak{}") == 2
        assert plain.count(r"\allowbreak{}") == 0


class TestNumerals:
    """Which columns are right-aligned."""

    @pytest.mark.parametrize(
        ("cells", "align"),
        [
            ((Numeral("165,000"), DASH), "right"),
            ((Numeral("12.5 %"), 3), "right"),
            ((1.5, None), "right"),
            (("165,000", "2"), "left"),
            (("—", "—"), "left"),
            ((Numeral("1"), "1 day"), "left"),
            ((Numeral("1"), None), "left"),
            ((True, False), "left"),
        ],
    )
    def test_html(self, cells: tuple[Value, ...], align: str) -> None:
        """In HTML columns of numbers and numerals are right-aligned, columns of texts are not."""
        page = Table("", ("h",), tuple((cell,) for cell in cells)).to("html")
        assert set(re.findall(r'<t[dh][^>]* align="(\w+)"', page)) == {align}

    def test_plain(self) -> None:
        """Records, frames and CSV contain texts and numerals as plain strings."""
        table = Table("", ("a", "b"), ((cited("=x", 1), Numeral("3 %")),), (Note("S"),))
        assert table.to_records() == [{"a": "=x [1]", "b": "3 %"}]
        assert table.to_pandas().to_dict("list") == {"a": ["=x [1]"], "b": ["3 %"]}
        assert table.to_polars().to_dict(as_series=False) == {"a": ["=x [1]"], "b": ["3 %"]}
        assert table.to_csv(spreadsheet_safe=True) == "a,b\r\n'=x [1],3 %\r\n"

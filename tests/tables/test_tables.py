"""Tables: the same cells in every format, escaped and readable."""

from __future__ import annotations

import csv
import datetime as dt
import io
import pickle
import re
import sys
from typing import Any, ClassVar

import attrs
import polars
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile_tables import HOSTILE, cells, cited, one_cell, shown, tables
from positions.errors import InvalidInputError, MissingLibraryError, UnknownNameError
from positions.screen import visible
from positions.tables.cells import DASH, Mark, Numeral, Text, Value, cell_text, text_of
from positions.tables.formats import format_names
from positions.tables.table import SHOWN_ROWS, Framed, Note, Shown, Table
from positions.tables.widths import page_widths, text_width
from table_readers import PageReader, read_latex, read_markdown


class TestSameCells:
    """Every format contains the same cells, and no name breaks out of its cell."""

    @given(tables())
    def test_csv(self, table: Table) -> None:
        """Reading the CSV returns every cell unchanged."""
        text = table.to("csv")
        assert text == table.to_csv()
        assert list(csv.reader(io.StringIO(text, newline=""))) == cells(table)

    @given(tables())
    def test_html(self, table: Table) -> None:
        """Reading the HTML returns every cell, and it contains only the tags of a table."""
        page = PageReader(table.to("html"))
        assert page.rows == shown(table)
        inside = {"div", "table", "caption", "thead", "tbody", "tr", "th", "td"}
        assert page.tags <= inside | {"br", "ol", "li", "p", "a"}

    @given(tables())
    def test_html_links(self, table: Table) -> None:
        """Links lead to the web, without a referrer, or to exactly one place in the table."""
        page = PageReader(table.to("html"))
        web = [link for link in page.links if not (link["href"] or "").startswith("#")]
        assert all(re.match("https?://", link["href"] or "") for link in web)
        assert all(link["rel"] == "noopener noreferrer" for link in web)
        assert len(set(page.ids)) == len(page.ids)
        assert {link["href"] for link in page.links if link not in web} <= {
            f"#{name}" for name in page.ids
        }

    @given(tables())
    def test_markdown(self, table: Table) -> None:
        """Reading the Markdown returns every cell, and no cell contains unescaped markup."""
        assert read_markdown(table.to("markdown")) == shown(table)

    @given(tables())
    def test_latex(self, table: Table) -> None:
        """Reading the LaTeX returns every cell, with each special character escaped once."""
        assert read_latex(table.to("latex")) == shown(table)

    @given(tables(), st.integers(0, 120))
    def test_text(self, table: Table, width: int) -> None:
        """Text stays within its width except for addresses, and has no control characters."""
        text = table.to("text", width=width)
        assert text == visible(text)
        lines = [line for line in text.split("\n") if not re.search(r"<https?://\S+>$", line)]
        assert all(text_width(line) <= max(width, 20) for line in lines)

    @given(tables(), st.integers(20, 120))
    def test_text_is_complete(self, table: Table, width: int) -> None:
        """Text contains every character of every cell, in columns or stacked."""
        drawn = sorted(re.sub(r"\s", "", table.to("text", width=width)))
        for row in shown(table)[1:]:
            rest = list(drawn)
            for char in re.sub(r"\s", "", "".join(row)):
                rest.remove(char)

    @pytest.mark.parametrize("format", sorted({*format_names()} - {"csv", "tsv"}))
    def test_every_format(self, format: str) -> None:
        """Every name is written in every format without control or bidi characters."""
        for name in HOSTILE:
            text = one_cell(name).to(format)
            assert text == visible(text)

    @given(tables())
    def test_tsv(self, table: Table) -> None:
        """No tab or line break in a name starts a cell or row of TSV."""
        lines = table.to("tsv").split("\n")
        assert len(lines) == len(table.rows) + 1
        assert {line.count("\t") for line in lines} == {len(table.headers) - 1}

    @pytest.mark.parametrize("format", ["asciidoc", "jira", "mediawiki", "orgtbl", "textile"])
    def test_wikis(self, format: str) -> None:
        """In wiki formats and Org a pipe or line break in a name starts no cell or row."""
        plain = Table("", ("h",), (("ab",),)).to(format)
        hostile = Table("", ("h",), (("a|\n|b",),)).to(format)
        assert hostile.count("|") == plain.count("|")
        assert hostile.count("\n") == plain.count("\n")

    def test_rst(self) -> None:
        """In reStructuredText a name is neither emphasis nor a reference."""
        text = Table("", ("h",), (("*a* `b` c_ |d| \\",),)).to("rst")
        assert r"\*a\* \`b\` c\_ \|d\| \\" in text

    def test_unknown_format(self) -> None:
        """An unknown format is an error that suggests the nearest; unescaped ones are unknown."""
        with pytest.raises(UnknownNameError, match="did you mean 'markdown'"):
            Table("", ("a",), ()).to("markdwn")
        with pytest.raises(UnknownNameError, match="no table format 'unsafehtml'"):
            Table("", ("a",), ()).to("unsafehtml")


class TestTable:
    """The content of tables and the formatting of values."""

    @given(tables())
    def test_value(self, table: Table) -> None:
        """A table is a value: hashable, picklable, and not changed by printing."""
        again = pickle.loads(pickle.dumps(table))
        assert hash(table) == hash(attrs.evolve(table))
        assert str(again) == str(table)

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (None, ""),
            (True, "yes"),
            (False, "no"),
            (600000, "600000"),
            (600000.0, "600000"),
            (0.1 + 0.2, "0.3"),
            (-0.0, "0"),
            (0.25, "0.25"),
            (float("inf"), "inf"),
            ("007", "007"),
            (dt.date(2025, 6, 2), "2025-06-02"),
        ],
    )
    def test_cell_text(self, value: Value, text: str) -> None:
        """Numbers are plain and rounded to 15 digits, None is empty, and booleans are yes or no."""
        assert cell_text(value) == text

    def test_ragged(self) -> None:
        """A table without columns or with a row of the wrong length is an error."""
        with pytest.raises(InvalidInputError, match="headers of a table: wanted at least one"):
            Table("", (), ())
        with pytest.raises(InvalidInputError, match="row of a table: wanted 2 cells, got"):
            Table("", ("a", "b"), (("x",),))

    @pytest.mark.parametrize(
        ("name", "safe"),
        [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("a=1", "a=1"),
        ],
    )
    def test_spreadsheet_safe(self, name: str, safe: str) -> None:
        """With `spreadsheet_safe`, text that looks like a formula gets an apostrophe."""
        table = Table("", ("h", name), ((name, -1),))
        rows = csv.reader(io.StringIO(table.to_csv(spreadsheet_safe=True), newline=""))
        assert list(rows) == [["h", safe], [safe, "-1"]]


def compared() -> Table:
    """Make a table as an analyst might see it."""
    return Table(
        "Russia and Ukraine on 2 June 2025",
        ("topic", "relation", "Russia", "Ukraine", "gap"),
        (
            (
                "ceasefire.start",
                "open, apart",
                cited(
                    "conditional: after withdrawal from four regions, or a package of ten points", 1
                ),
                cited("demands: full and unconditional, at once", 2),
                None,
            ),
            (
                "prisoners.exchange",
                "agreed",
                cited("accepts: all for all", 1),
                cited("demands", 2),
                0.0,
            ),
        ),
        (Note("Memorandum of 2 June 2025", "https://example.org/memorandum"), Note("Own words")),
        ("Ukraine speaks for itself.",),
    )


class TestLooks:
    """Printed tables, in full."""

    def test_text(self) -> None:
        """Long columns share the width, short ones keep theirs, and marks stay with their words."""
        assert str(compared()) == SEEN_TEXT.strip("\n")

    def test_compact(self) -> None:
        """Rows of one line each have no empty lines between them, and numbers are right-aligned."""
        table = Table("Ages", ("party", "days"), (("ABC", 12), ("XYZ", 3.5)))
        assert str(table) == "Ages\n\nparty  days\n-----  ----\nABC      12\nXYZ     3.5"

    def test_stacked(self) -> None:
        """Rows whose columns do not fit become lines of header and value."""
        table = Table("", ("topic", "a", "b", "c"), (("long" * 5,) * 4, ("x", None, 1, True)))
        assert table.to(width=30).endswith("\n\ntopic:  x\na:\nb:      1\nc:      yes")

    def test_wide_characters(self) -> None:
        """Characters that take two columns or none are aligned correctly."""
        table = Table("", ("n", "x"), (("中文", "a"), ("e\u0301", "b")))
        assert str(table) == "n     x\n----  -\n中文  a\ne\u0301     b"

    def test_long_address(self) -> None:
        """An address is never broken, so that it stays a working link."""
        url = "https://example.org/" + "x" * 90
        assert f"\n    <{url}>" in Table("", ("a",), (), (Note("Source", url),)).to("text")

    def test_no_rows(self) -> None:
        """An empty table has its headers and the remark “no rows”."""
        assert str(Table("None", ("a", "b"), ())) == "None\n\na  b\n-  -\n\nno rows"

    def test_markdown(self) -> None:
        """Markdown has a bold title, a numbered list of notes, and working links."""
        table = Table(
            "A | B", ("n", "v"), ((cited("x_y", 1), 1),), (Note("- S", "https://a.org/_"),)
        )
        assert table.to("markdown") == SEEN_MARKDOWN.strip("\n")

    def test_html(self) -> None:
        """HTML has a caption, column and row headers, and links between marks and notes."""
        notes = (Note("S", "https://a.org/?a&b"),)
        table = Table(
            "A & B",
            ("n", "v"),
            ((cited("x", 1), 1), (cited("y", 1) + " " + Text((Mark(2),)), 20)),
            notes,
            ("R",),
        )
        page = re.sub(r' style="[^"]*"', "", table.to("html"))
        assert re.sub("table-[0-9a-f]{12}", "table", page) == SEEN_HTML.strip("\n")

    def test_html_row_headers(self) -> None:
        """The first cell of a row is its header if it is text and not the only cell."""
        count = 'th scope="row"'
        assert Table("", ("n", "v"), (("x", 1), ("", 2))).to("html").count(count) == 1
        assert Table("", ("n", "v"), ((1, "x"), (2, "y"))).to("html").count(count) == 0
        assert Table("", ("n",), (("x",),)).to("html").count(count) == 0

    def test_html_numbers(self) -> None:
        """Columns of numbers are right-aligned, those with dates or words left-aligned."""
        rows = (
            (1, Numeral("0.5"), "2022-03-29", Numeral("3")),
            (2, DASH, "2022-03-30", "3 days"),
        )
        aligned = re.findall(r'<td align="(\w+)"', Table("", ("a", "b", "c", "d"), rows).to("html"))
        assert aligned == ["right", "right", "left", "left"] * 2

    def test_html_two_tables(self) -> None:
        """Different tables share no id; the same table always has the same ids."""
        notes = (Note("S"),)
        first, second = (Table(title, ("n",), ((cited("x", 1),),), notes) for title in ("A", "B"))
        ids = [PageReader(table.to("html")).ids for table in (first, second, first)]
        assert len(ids[0]) == 3
        assert set(ids[0]).isdisjoint(ids[1])
        assert ids[0] == ids[2]

    def test_html_colours(self) -> None:
        """HTML takes its colours from the page and includes no script or style sheet."""
        page = (
            compared().to("html").replace("color-mix(in srgb, currentColor 20%, transparent)", "")
        )
        assert not re.search(r"color|background|#[0-9a-f]{3}|<style|<script|class=\"(?!tex2)", page)

    def test_unsafe_address(self) -> None:
        """An address that is not on the web is shown, not linked."""
        table = Table("", ("a",), (), (Note("S", "javascript:alert(1)"),))
        assert not PageReader(table.to("html")).links
        assert "1. S javascript:alert(1)" in table.to("markdown")

    def test_latex(self) -> None:
        """LaTeX wraps the cells of wide tables, and allows breaks in addresses."""
        text = compared().to("latex")
        shares = re.findall(r"p\{(0\.[0-9]+)\\dimexpr\\linewidth-8\\tabcolsep\\relax\}", text)
        assert len(shares) == 5
        assert 0.99 < sum(map(float, shares)) <= 1
        assert r"{[}1{]} Memorandum of 2 June 2025 \url{https://example.org/memorandum}\par" in text

    def test_latex_narrow(self) -> None:
        """LaTeX sets narrow tables unwrapped, with numbers right-aligned and headers repeated."""
        lines = Table("Ages", ("party", "days"), (("ABC", 12),)).to("latex").splitlines()
        start = lines.index(r"\begin{longtable}{@{}lr@{}}")
        assert lines[start + 1] == r"\caption{Ages}\\"
        assert lines[start + 2 : start + 10] == [
            *(r"\toprule", r"party & days \\", r"\midrule", r"\endfirsthead"),
            *(r"\toprule", r"party & days \\", r"\midrule", r"\endhead"),
        ]

    def test_latex_requirements(self) -> None:
        """The comment above a LaTeX table names the packages and fonts that it needs."""
        latin, cyrillic, chinese = (
            Table("", ("name",), ((name,),)).to("latex") for name in ("é", "Київ", "中文")
        )
        assert latin.startswith("% needs \\usepackage{array, booktabs, longtable, url}\n")
        assert r"\usepackage[T1]{fontenc}" in latin
        assert r"\usepackage[T1,T2A]{fontenc}" in cyrillic
        assert "% and xelatex or lualatex, with fonts that have 中文\n" in chinese

    def test_page_widths(self) -> None:
        """On a page columns with more content are wider, none narrower than its longest word."""
        rows = [("topic", "words", "gap"), ("a.b", "some words " * 40, "0.333"), ("c.d", "", "1")]
        topic, words, gap = page_widths([tuple(map(text_of, row)) for row in rows], 60)
        assert (topic, gap) == (5, 5)
        assert 40 <= words <= 60 - 5 - 5

    def test_latex_landscape(self) -> None:
        """A wide table of many columns is set on landscape pages."""
        wide = Table("", tuple("abcdefg"), (("some words",) * 7,) * 2)
        assert r"\begin{landscape}" in wide.to("latex")
        assert "pdflscape" in wide.to("latex")
        assert r"\begin{landscape}" not in compared().to("latex")

    def test_latex_ligatures(self) -> None:
        """No pair of characters becomes a ligature, and quotes are not shorthands."""
        text = Table("", ("h",), (("a--b ''c'' ,,d \"a",),)).to("latex")
        assert r"a-{}-b '{}'c'{}' ,{},d \char34{}a" in text


SEEN_TEXT = """
Russia and Ukraine on 2 June 2025

topic               relation     Russia                Ukraine               gap
------------------  -----------  --------------------  --------------------  ---
ceasefire.start     open, apart  conditional: after    demands: full and
                                 withdrawal from four  unconditional, at
                                 regions, or a         once [2]
                                 package of ten
                                 points [1]

prisoners.exchange  agreed       accepts: all for      demands [2]             0
                                 all [1]

[1] Memorandum of 2 June 2025 <https://example.org/memorandum>
[2] Own words

Ukraine speaks for itself.
"""

SEEN_MARKDOWN = r"""
**A &#124; B**

| n | v |
| --- | ---: |
| x\_y \[1] | 1 |

1. \- S <https://a.org/_>
"""

SEEN_HTML = """
<div class="tex2jax_ignore mathjax_ignore">
<div role="region" aria-labelledby="table" tabindex="0">
<table>
<caption id="table">A &amp; B</caption>
<thead>
<tr><th scope="col" align="left">n</th><th scope="col" align="right">v</th></tr>
</thead>
<tbody>
<tr><th scope="row" align="left">x <a href="#table-note-1" id="table-mark-1">[1]</a></th>\
<td align="right">1</td></tr>
<tr><th scope="row" align="left">y <a href="#table-note-1">[1]</a> [2]</th>\
<td align="right">20</td></tr>
</tbody>
</table>
</div>
<ol>
<li id="table-note-1">S \
<a href="https://a.org/?a&amp;b" rel="noopener noreferrer">https://a.org/?a&amp;b</a> \
<a href="#table-mark-1" title="back to [1]">↑</a></li>
</ol>
<p>R</p>
</div>
"""


class TestHead:
    """The first rows of a table."""

    @given(tables(), st.integers(0, 6))
    def test_rows(self, table: Table, count: int) -> None:
        """`head` keeps the first rows, with one more remark if there are others."""
        head = table.head(count)
        assert head.rows == table.rows[:count]
        assert len(head.remarks) - len(table.remarks) == (len(table.rows) > count)

    def test_remark(self) -> None:
        """The remark states how many rows are missing and how to see them."""
        table = Table("", ("a",), ((1,), (2,), (3,)))
        assert table.head(1).remarks == ("… 2 more rows: .table() has all of them",)
        assert table.head(2).remarks == ("… 1 more row: .table() has all of them",)

    def test_notes(self) -> None:
        """Trailing notes that only hidden rows refer to are dropped; others keep their numbers."""
        notes = tuple(Note(name) for name in ("first", "second", "third", "fourth"))
        rows = ((cited("a", 2),), (cited("b", 1, 4),), (cited("c", 3),))
        assert Table("", ("h",), rows, notes).head(1).notes == notes[:2]
        assert Table("", ("h",), rows, notes).head(2).notes == notes
        assert Table("", ("h",), rows, notes, (cited("see", 4),)).head(1).notes == notes
        assert Table("", ("h",), (("a",), ("b",)), notes).head(1).notes == notes


@attrs.frozen
class Answer(Shown, Framed):
    """A result such as those of the library."""

    columns: ClassVar[tuple[str, ...]] = ("topic", "agreed", "gap", "known")

    records: tuple[tuple[Any, ...], ...] = ()

    def table(self) -> Table:
        """Return a table of topic and gap."""
        rows = tuple((record[0], record[2]) for record in self.records)
        return Table("Answer", ("topic", "gap"), rows)

    def to_records(self) -> list[dict[str, Any]]:
        """Return the records as they are."""
        return [dict(zip(self.columns, record, strict=True)) for record in self.records]


NESTED = '[{"option": "..85000", "by": null}]'

ANSWER = Answer(
    (
        ("nato", ("a", "b"), None, True),
        ("=x", [], 0.5, False),
        ("army", [{"option": "..85000", "by": None}], 1, True),
    )
)
"""A result with lists, nested records, an int, a float, and None."""


class TestShown:
    """How results are displayed."""

    def test_same_rows(self) -> None:
        """Text, HTML, Markdown and the IPython prompt show the same first rows."""
        answer = Answer(tuple((f"topic {number:02}", [], 0, True) for number in range(40)))
        texts = [str(answer), answer._repr_html_(), answer._repr_markdown_()]
        for text in texts:
            assert len(re.findall(r"topic \d\d", text)) == SHOWN_ROWS
            assert "… 10 more rows: .table() has all of them" in text
        assert len(re.findall(r"topic \d\d", str(answer.table()))) == 40

    def test_prompt(self) -> None:
        """IPython prints the text of a result, not its fields."""
        printed: list[str] = []

        class Printer:
            text = printed.append

        ANSWER._repr_pretty_(Printer, cycle=False)
        assert printed == [str(ANSWER)]

    def test_table_in_notebook(self) -> None:
        """A table shows all its rows in a notebook."""
        table = ANSWER.table()
        assert table._repr_html_() == table.to("html")
        assert table._repr_markdown_() == table.to("markdown")

    def test_result_is_a_value(self) -> None:
        """A result is slotted and hashable."""
        assert not hasattr(ANSWER, "__dict__")
        assert hash(Answer()) == hash(Answer())


class TestFramed:
    """Results as data frames and CSV."""

    def test_pandas(self) -> None:
        """A pandas frame has the columns in order, and keeps lists."""
        pytest.importorskip("pandas")
        frame = ANSWER.to_pandas()
        assert list(frame.columns) == list(ANSWER.columns)
        assert frame["agreed"].tolist() == [record[1] for record in ANSWER.records]

    def test_polars(self) -> None:
        """A polars frame has the columns in order, with lists as JSON text."""
        pytest.importorskip("polars")
        frame = ANSWER.to_polars()
        assert tuple(frame.columns) == ANSWER.columns
        nested = ['["a", "b"]', "[]", '[{"option": "..85000", "by": null}]']
        assert frame["agreed"].to_list() == nested
        assert frame["gap"].to_list() == [None, 0.5, 1.0]

    def test_empty(self) -> None:
        """An empty result has its columns in every frame and in CSV."""
        assert list(Answer().to_pandas().columns) == list(Answer.columns)
        assert tuple(Answer().to_polars().columns) == Answer.columns
        assert Answer().to_csv() == "topic,agreed,gap,known\r\n"

    def test_csv(self) -> None:
        """In CSV nested values are JSON, and formulas are disarmed only with `spreadsheet_safe`."""
        rows = list(csv.reader(io.StringIO(ANSWER.to_csv(), newline="")))
        assert rows[1:3] == [["nato", '["a", "b"]', "", "true"], ["=x", "[]", "0.5", "false"]]
        assert "\r\n'=x," in ANSWER.to_csv(spreadsheet_safe=True)

    def test_arrow(self) -> None:
        """Libraries that read Arrow streams can read a result; lists are JSON text."""
        table = pyarrow.table(ANSWER)
        assert table.column_names == list(ANSWER.columns)
        assert table["agreed"].to_pylist() == ['["a", "b"]', "[]", NESTED]
        assert table["gap"].type == pyarrow.float64()
        assert polars.DataFrame(ANSWER).equals(ANSWER.to_polars())

    def test_frames_of_a_table(self) -> None:
        """A table becomes a frame with real dates; in records they are text."""
        table = Table("", ("day", "n"), ((dt.date(2025, 6, 2), 1), (None, 2)))
        assert table.to_pandas()["day"].dtype == "datetime64[s]"
        assert table.to_polars()["day"].to_list() == [dt.date(2025, 6, 2), None]
        assert pyarrow.table(table)["day"].type == pyarrow.date32()
        assert table.to_records()[0] == {"day": "2025-06-02", "n": 1}

    def test_frame_with_repeated_headers(self) -> None:
        """A table with repeated headers cannot become a frame."""
        table = Table("", ("a", "a"), ())
        for make in (table.to_records, table.to_pandas, table.to_polars):
            with pytest.raises(InvalidInputError, match="different headers for the columns"):
                make()

    @pytest.mark.parametrize("library", ["pandas", "polars"])
    def test_missing_library(self, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """The error for a missing library names it and explains how to install it."""
        monkeypatch.setitem(sys.modules, library, None)
        make = ANSWER.to_pandas if library == "pandas" else ANSWER.to_polars
        with pytest.raises(MissingLibraryError, match=rf"{library}.*positions\[frames\]"):
            make()

"""Tables with hostile texts, for the tests of every format."""

from __future__ import annotations

from hypothesis import strategies as st

from positions.screen import visible
from positions.tables.cells import Mark, Numeral, Text, cell_text
from positions.tables.table import Note, Table

HOSTILE = [
    "</td><script>alert(1)</script>",
    "a|b",
    "two\nlines",
    "`code` **bold** _it_ ~~no~~ $x$",
    "![x](http://evil.example) [1]",
    "A [1]",
    "<http://evil.example> www.evil.example",
    "=cmd()|' /C calc'!A0",
    "\\ & % $ # _ { } ~ ^ [ ] *",
    "\u202eeman\u202c",
    "\x1b[31mred\x07",
    "  blanks  ",
    "&amp; &#124;",
    "中文字符 e\u0301",
    "x" * 200,
    "",
]
"""Texts that could break out of a cell, become markup, or control a terminal."""

TEXTS = st.sampled_from(HOSTILE) | st.text(max_size=30)
PIECES = st.lists(TEXTS | st.builds(Mark, st.integers(0, 200)), max_size=6).map(tuple)
MARKED = st.builds(Text, PIECES, st.frozensets(st.sampled_from(["leaked", "said"])))
"""Texts with citations, some of which have no note."""

VALUES = (
    TEXTS
    | MARKED
    | st.builds(Numeral, TEXTS)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.none()
)
NOTES = st.builds(Note, TEXTS, st.none() | st.just("https://example.org/a_b?c=%20&d#e") | TEXTS)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Draw a table with any content; shrinks to one header and no rows."""
    headers = tuple(draw(st.lists(TEXTS, min_size=1, max_size=6)))
    row = st.tuples(*[VALUES] * len(headers))
    rows = draw(st.lists(row, max_size=5))
    notes = draw(st.lists(NOTES, max_size=3))
    remarks = draw(st.lists(TEXTS | MARKED, max_size=2))
    return Table(draw(TEXTS), headers, tuple(rows), tuple(notes), tuple(remarks))


def cited(words: str, *notes: int) -> Text:
    """Return a text followed by citations of notes."""
    return f"{words} " + Text(tuple(map(Mark, notes)))


def one_cell(text: str) -> Table:
    """Return a table that has the same text in every place."""
    return Table(text, ("name", text), ((text, 1),), (Note(text, text),), (text,))


def cells(table: Table) -> list[list[str]]:
    """List the texts of a table, headers first, as every format should contain them."""
    return [list(table.headers), *([cell_text(cell) for cell in row] for row in table.rows)]


def shown(table: Table) -> list[list[str]]:
    """List the texts of a table with harmful characters escaped."""
    return [[visible(cell) for cell in row] for row in cells(table)]

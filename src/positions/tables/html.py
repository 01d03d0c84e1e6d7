"""Write a table in HTML that needs no style sheet and no script.

It takes its fonts and colours from the page, and remains readable where all but the bare
tags is removed, since no meaning depends on style alone.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable, Iterator
from itertools import zip_longest

import attrs

from positions.screen import visible
from positions.tables.cells import Mark, Numeral, Text, Value
from positions.tables.sheet import Note, Sheet
from positions.tables.widths import TextRow, text_width

SHORT = 16
"""Width up to which the texts of a column are not wrapped: dates, numbers, ids."""

_TABLE_STYLE = "border-collapse: collapse; margin: 0"
_CAPTION_STYLE = "caption-side: top; text-align: left; font-weight: bold; padding: 0.4em 0"
_PADDING = "padding: 0.3em 1em 0.3em 0"
_HEADER_STYLE = "vertical-align: bottom; border-bottom: 1px solid"
_FAINT = "color-mix(in srgb, currentColor 20%, transparent)"
_CELL_STYLE = f"vertical-align: top; border-bottom: 1px solid {_FAINT}"
_NOTES_STYLE = "list-style: decimal; margin: 0.6em 0 0; padding-left: 2.5em"
_LINK_STYLE = "text-decoration: underline; overflow-wrap: anywhere"
_REMARK_STYLE = "margin: 0.6em 0 0"
_SHORT = "white-space: nowrap"
_LONG = "min-width: 10em"
_NUMBER_STYLE = "white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums"


def as_html(sheet: Sheet) -> str:
    """Write a table that takes its colours from the page, with its notes below.

    A table that is wider than the page scrolls horizontally. Marks link to the notes, and
    notes back to the first mark; the ids are derived from the content of the table, so that
    those of different tables on one page do not clash. The class names keep notebooks from
    reading dollar signs as mathematics.
    """
    links = _Links(_prefix(sheet), len(sheet.notes))
    rows = list(_html_rows(sheet, links))  # first, so that notes link back only to marks that exist
    notes = [_html_note(number, note, links) for number, note in enumerate(sheet.notes, start=1)]
    lines = [
        '<div class="tex2jax_ignore mathjax_ignore">',
        f'<div {_region(sheet, links)}style="overflow-x: auto">',
        f'<table style="{_TABLE_STYLE}">',
        *_caption(sheet, links),
        *rows,
        "</table>",
        "</div>",
        *([f'<ol style="{_NOTES_STYLE}">', *notes, "</ol>"] if notes else []),
        *(f'<p style="{_REMARK_STYLE}">{escape_html(str(r))}</p>' for r in sheet.remarks),
        "</div>",
    ]
    return "\n".join(lines)


def escape_html(text: str) -> str:
    """Escape a text for HTML; the one place that does."""
    return html.escape(text).replace("\n", "<br>")


@attrs.frozen
class _Links:
    """Links from marks to notes and back, by ids that begin with a prefix."""

    prefix: str
    count: int
    _seen: set[int] = attrs.field(factory=set, init=False)

    def linked(self, text: Text) -> str:
        """Escape a text, and write its marks that have a note as links."""
        return "".join(
            escape_html(piece) if isinstance(piece, str) else self._link(piece)
            for piece in text.pieces
        )

    def _link(self, mark: Mark) -> str:
        number = mark.number
        if not 1 <= number <= self.count:
            return str(mark)
        place = "" if number in self._seen else f' id="{self.prefix}-mark-{number}"'
        self._seen.add(number)
        return f'<a href="#{self.prefix}-note-{number}"{place}>{mark}</a>'

    def back(self, number: int) -> str:
        """Write the link from a note to its first mark; an empty string if it has no mark."""
        if number not in self._seen:
            return ""
        return f' <a href="#{self.prefix}-mark-{number}" title="back to [{number}]">↑</a>'


def _prefix(sheet: Sheet) -> str:
    """Return the prefix of the ids of a table, derived from its content."""
    headers, *rows = (tuple(map(str, row)) for row in (sheet.headers, *sheet.rows))
    content = repr((sheet.title, headers, tuple(rows), sheet.notes))
    return f"table-{hashlib.sha256(content.encode()).hexdigest()[:12]}"


def _region(sheet: Sheet, links: _Links) -> str:
    """Write attributes that make the region scrollable by keyboard and name it by its caption."""
    if not sheet.title:
        return ""
    return f'role="region" aria-labelledby="{links.prefix}" tabindex="0" '


def _caption(sheet: Sheet, links: _Links) -> Iterator[str]:
    if sheet.title:
        text = escape_html(sheet.title)
        yield f'<caption id="{links.prefix}" style="{_CAPTION_STYLE}">{text}</caption>'


@attrs.frozen
class _Column:
    """Appearance of the cells of one column; `align` is for pages that remove styles."""

    align: str
    style: str

    def cell(self, tag: str, style: str, content: str) -> str:
        """Write one cell of HTML; `tag` includes its attributes."""
        name = tag.partition(" ")[0]
        return f'<{tag} align="{self.align}" style="{self.style}; {style}">{content}</{name}>'


def _columns(sheet: Sheet) -> list[_Column]:
    """Return the style of each column: numbers right-aligned, short texts unwrapped."""
    columns = zip(*(sheet.headers, *sheet.rows), strict=True)
    number_columns = [all(map(_is_number, column)) for column in zip(*sheet.values, strict=True)]
    right = [any(pair) for pair in zip_longest(sheet.numeric, number_columns, fillvalue=False)]
    return [_column(*pair) for pair in zip(columns, right, strict=True)]


def _is_number(value: Value) -> bool:
    """Whether the value of a cell is a number or a numeral."""
    return isinstance(value, int | float | Numeral) and not isinstance(value, bool)


def _column(cells: TextRow, numeric: bool) -> _Column:
    if numeric:
        return _Column("right", f"{_NUMBER_STYLE}; {_PADDING}")
    short = all(text_width(str(cell)) <= SHORT for cell in cells)
    return _Column("left", f"text-align: left; {_SHORT if short else _LONG}; {_PADDING}")


def _html_rows(sheet: Sheet, links: _Links) -> Iterator[str]:
    """Yield the headers and the rows; the first cell of a row is its header if it is text."""
    columns = _columns(sheet)
    has_row_headers = len(columns) > 1 and columns[0].align == "left"
    headers = zip(columns, sheet.headers, strict=True)
    cells = (c.cell('th scope="col"', _HEADER_STYLE, links.linked(text)) for c, text in headers)
    yield f"<thead>\n<tr>{''.join(cells)}</tr>\n</thead>\n<tbody>"
    for row in sheet.rows:
        first, *rest = zip(columns, map(links.linked, row), strict=True)
        start = _row_header(*first) if has_row_headers and row[0] else _cell(*first)
        yield f"<tr>{start}{''.join(_cell(*pair) for pair in rest)}</tr>"
    yield "</tbody>"


def _row_header(column: _Column, content: str) -> str:
    return column.cell('th scope="row"', f"font-weight: normal; {_CELL_STYLE}", content)


def _cell(column: _Column, content: str) -> str:
    return column.cell("td", _CELL_STYLE, content)


def _html_note(number: int, note: Note, links: _Links) -> str:
    """Write a note with its address and the link back to its first mark."""
    text = f"{escape_html(note.text)}{_html_link(note)}{links.back(number)}"
    return f'<li id="{links.prefix}-note-{number}">{text}</li>'


def _html_link(note: Note) -> str:
    """Write the address of a note, as a link if it is a web address."""
    if not note.url:
        return ""
    address = escape_html(note.url)
    if not note.linked:
        return f" {address}"
    return f' <a href="{address}" rel="noopener noreferrer" style="{_LINK_STYLE}">{address}</a>'


VOID = frozenset({"base", "br", "hr", "meta"})
"""Void elements: those without content and end tag."""

BLOCKS = frozenset(
    {"base", "body", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"}
    | {"h1", "h2", "h3", "head", "header", "html", "li", "main", "meta", "nav", "ol", "p"}
    | {"section", "style", "table", "tbody", "thead", "title", "tr", "ul"}
)
"""Elements followed by a line break, so that pages can be read and compared as text."""


@attrs.frozen
class Markup:
    """HTML that is put into a page as it is; everything else is escaped."""

    text: str

    def __str__(self) -> str:
        return self.text


Child = Markup | str | None | Iterable["Child"]
"""Content of an element: markup, text to be escaped, nothing, or several of these."""


def element(name: str, /, *children: Child, **attributes: str | None) -> Markup:
    """Write an element; text and attributes are escaped, markup is not.

    In the names of attributes a trailing underscore is dropped and others become hyphens,
    as in `class_` and `aria_label`; an attribute that is None is omitted.

    >>> print(element("a", "R & D", href="#top", class_=None, aria_label="Up"))
    <a href="#top" aria-label="Up">R &amp; D</a>
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    end = "\n" if name in BLOCKS else ""
    if name in VOID:
        return Markup(f"<{name}{written}>{end}")
    return Markup(f"<{name}{written}>{joined(*children)}</{name}>{end}")


def joined(*children: Child) -> Markup:
    """Concatenate markup and escaped text.

    >>> print(joined("1 < 2", element("b", "!"), None))
    1 &lt; 2<b>!</b>
    """
    return Markup("".join(_pieces(children)))


def separated(children: Iterable[Child], by: str) -> Markup:
    """Join markup and escaped text with an escaped separator.

    >>> print(separated(["a", "b"], " & "))
    a &amp; b
    """
    pieces = [joined(child).text for child in children]
    return Markup(escaped(by).join(pieces))


def escaped(text: str) -> str:
    """Escape a text for HTML, and replace characters that could garble a terminal."""
    return escape_html(visible(text))


def attribute(text: str) -> str:
    """Escape the value of an attribute; line breaks become spaces."""
    return escaped(text.replace("\n", " "))


def _pieces(children: Iterable[Child]) -> Iterator[str]:
    for child in children:
        if isinstance(child, Markup):
            yield child.text
        elif isinstance(child, str):
            yield escaped(child)
        elif child is not None:
            yield from _pieces(child)

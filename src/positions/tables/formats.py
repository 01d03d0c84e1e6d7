"""Write a table as text, Markdown, HTML, LaTeX, CSV, or in a format of tabulate.

Tabulate is slow to import, so it is imported only for one of its own formats.

The content of cells is escaped in one place per format, so that no name can break out of
its cell or become markup.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest

from positions.errors import UnknownNameError
from positions.tables.cells import Text
from positions.tables.html import as_html
from positions.tables.latex import as_latex
from positions.tables.markdown import as_aligned_markdown, as_markdown
from positions.tables.sheet import Note, Sheet, entities, paragraphs, visible_sheet
from positions.tables.widths import lay_out, text_width, wrap

TEXT_WIDTH = 80
"""Default width of text, in terminal columns."""

MIN_WIDTH = 20
"""Minimum width of text, in terminal columns."""


def write(sheet: Sheet, format: str, width: int = TEXT_WIDTH) -> str:
    """Write a sheet in a format.

    Raises:
        UnknownNameError: there is no such format.
    """
    if format == "csv":
        return as_csv(map(str, row) for row in (sheet.headers, *sheet.rows))
    shown = visible_sheet(sheet)
    if format == "text":
        return as_text(shown, width)
    writer = WRITERS.get(format)
    return writer(shown) if writer else as_tabulated(shown, format)


def format_names() -> tuple[str, ...]:
    """Return the names of all formats that a table can be written in."""
    import tabulate

    return ("text", "csv", *sorted({*WRITERS, *tabulate.tabulate_formats} - _UNESCAPED))


# Text


def as_text(sheet: Sheet, width: int = TEXT_WIDTH) -> str:
    """Write a sheet for a terminal: title, table, notes and remarks, all within the width."""
    width = max(width, MIN_WIDTH)
    notes = notes_text(sheet.notes, width)
    remarks = [line for remark in sheet.remarks for line in wrap(remark, width)]
    table = lay_out(sheet.headers, sheet.rows, sheet.numeric, width)
    return paragraphs(
        "\n".join(wrap(sheet.title, width)), table, "\n".join(notes), "\n".join(remarks)
    )


def as_paragraph(text: Text, notes: Iterable[Note], width: int = TEXT_WIDTH) -> str:
    """Write a text for a terminal, followed by the notes that its marks refer to."""
    return paragraphs("\n".join(wrap(text, width)), "\n".join(notes_text(notes, width)))


def notes_text(notes: Iterable[Note], width: int) -> list[str]:
    """Return the lines of the notes, which are numbered from 1."""
    return [
        line
        for number, note in enumerate(notes, start=1)
        for line in _text_note(f"[{number}] ", note, width)
    ]


def _text_note(mark: str, note: Note, width: int) -> list[str]:
    """Return the lines of a note after its mark; web addresses are not broken, so links work."""
    room = width - len(mark)
    lines = wrap(note.text, room)
    if note.url:
        lines[-1:] = wrap(f"{lines[-1]} <{note.url}>", room, break_words=not note.linked)
    return [(" " * len(mark) if at else mark) + line for at, line in enumerate(lines)]


# CSV and the formats of tabulate


def as_csv(rows: Iterable[Iterable[str]]) -> str:
    """Write rows as CSV without changing any value, with the line ends of RFC 4180."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def as_tabulated(sheet: Sheet, format: str) -> str:
    """Write headers and cells only, in one of tabulate's formats."""
    import tabulate

    if format not in format_names():
        raise UnknownNameError("table format", format, format_names())
    flat = format in _MARKUPS or format not in tabulate.multiline_formats
    line_break = " / " if flat else "\n"
    table = [list(map(str, row)) for row in (sheet.headers, *sheet.rows)]
    rows = [[_escape_cell(cell.replace("\n", line_break), format) for cell in row] for row in table]
    if format == "tsv":  # tabulate would drop empty cells at the end of a row
        return "\n".join(map("\t".join, rows))
    return _drawn(rows, sheet.numeric, format)


def _drawn(rows: Sequence[Sequence[str]], numeric: Sequence[bool], format: str) -> str:
    """Draw a table with tabulate from placeholders, and replace them by the cells."""
    import tabulate

    headers, *body = [["\n".join(map(_placeholder, _lines(cell))) for cell in row] for row in rows]
    drawn = tabulate.tabulate(
        body,
        headers=headers,
        tablefmt=format,
        disable_numparse=True,
        colalign=["right" if right else "left" for right in numeric] if body else None,
    )
    lines = _drawn_lines(rows)
    return re.sub(f"{_PLACEHOLDER}+", lambda _: next(lines), drawn)


_PLACEHOLDER = "\ue000"
"""Stands for each terminal column of a cell until tabulate has drawn the table.

Tabulate counts characters, or measures them with a library that may not be installed; this
character takes one column either way.
"""


def _placeholder(line: str) -> str:
    """Return one placeholder character for each terminal column of the line."""
    return _PLACEHOLDER * text_width(line)


def _lines(cell: str) -> list[str]:
    """Split a cell into lines at least one column wide; an empty cell has no lines."""
    return [line if text_width(line) else f" {line}" for line in cell.split("\n")] if cell else []


def _drawn_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield the lines of all cells in the order in which tabulate draws them."""
    for row in rows:
        for drawn_line in zip_longest(*map(_lines, row), fillvalue=""):
            yield from filter(None, drawn_line)


def _escape_cell(cell: str, format: str) -> str:
    """Escape a cell for one of tabulate's formats; the one place that does."""
    if format in _WIKIS:
        return re.sub(r"[^\w\s.,;:()/]", lambda found: entities(found[0]), cell, flags=re.ASCII)
    if format == "orgtbl":
        return cell.replace("|", r"\vert{}")
    return re.sub(r"[\\*`|_]", r"\\\g<0>", cell) if format == "rst" else cell


_WIKIS = frozenset({"asciidoc", "jira", "mediawiki", "moinmoin", "textile", "youtrack"})
"""Formats of tabulate that read HTML entities."""

_MARKUPS = _WIKIS | {"orgtbl", "rst"}
"""Formats of tabulate in which a line break would end a row."""

_UNESCAPED = frozenset({"latex_longtable", "latex_raw", "unsafehtml"})
"""Formats of tabulate that would let a name break out of its cell."""

WRITERS: dict[str, Callable[[Sheet], str]] = {
    "markdown": as_markdown,
    "github": as_aligned_markdown,
    "pipe": as_aligned_markdown,
    "html": as_html,
    "latex": as_latex,
    "latex_booktabs": as_latex,
}
"""Formats other than text that include the title, notes and remarks."""

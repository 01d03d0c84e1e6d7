"""Write a table as text, Markdown, HTML, LaTeX, CSV, or in a format of tabulate.

What a cell holds is escaped in one place per format, so that no name can break
out of its cell or turn into markup.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable

import tabulate

from positions.errors import UnknownNameError
from positions.html_tables import as_html
from positions.latex_tables import as_latex
from positions.layout import Row, lay_out, wrap
from positions.markdown_tables import as_markdown
from positions.sheets import Note, Sheet, entities, paragraphs, visible_sheet

TEXT_WIDTH = 80
"""Terminal columns that text is laid out for unless told otherwise."""

LEAST_WIDTH = 20
"""Text is never laid out narrower than this."""


def write(sheet: Sheet, format: str, width: int = TEXT_WIDTH) -> str:
    """Write a sheet in the format of that name; an unknown one is an error with the nearest."""
    if format not in FORMATS:
        raise UnknownNameError("table format", format, FORMATS)
    if format == "csv":
        return as_csv([sheet.headers, *sheet.rows])
    shown = visible_sheet(sheet)
    if format == "text":
        return as_text(shown, width)
    writer = WRITERS.get(format)
    return writer(shown) if writer else as_other(shown, format)


# Text


def as_text(sheet: Sheet, width: int = TEXT_WIDTH) -> str:
    """Write for a terminal: title, columns, notes and remarks, all within the width."""
    width = max(width, LEAST_WIDTH)
    notes = notes_text(sheet.notes, width)
    remarks = [line for remark in sheet.remarks for line in wrap(remark, width)]
    table = lay_out(sheet.headers, sheet.rows, sheet.numeric, width)
    return paragraphs(
        "\n".join(wrap(sheet.title, width)), table, "\n".join(notes), "\n".join(remarks)
    )


def notes_text(notes: Iterable[Note], width: int) -> list[str]:
    """Write numbered notes as lines of text."""
    return [
        line
        for number, note in enumerate(notes, start=1)
        for line in _text_note(f"[{number}] ", note, width)
    ]


def _text_note(mark: str, note: Note, width: int) -> list[str]:
    """Write a note behind its mark; its address is never broken, so that it can be followed."""
    room = width - len(mark)
    lines = wrap(note.text, room)
    if note.url:
        lines[-1:] = wrap(f"{lines[-1]} <{note.url}>", room, break_words=not note.linked)
    return [(" " * len(mark) if at else mark) + line for at, line in enumerate(lines)]


# CSV and the formats of tabulate


def as_csv(rows: Iterable[Row]) -> str:
    """Write rows as they are, faithfully, with the line ends that RFC 4180 wants."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def as_other(sheet: Sheet, format: str) -> str:
    """Write the cells, and nothing but the cells, in one of tabulate's formats."""
    rows = [[_escape_other(cell, format) for cell in row] for row in [sheet.headers, *sheet.rows]]
    if format == "tsv":  # tabulate would drop empty cells at the end of a row
        return "\n".join(map("\t".join, rows))
    align = ["right" if right else "left" for right in sheet.numeric]
    return tabulate.tabulate(
        rows[1:],
        headers=rows[0],
        tablefmt=format,
        disable_numparse=True,
        colalign=align if sheet.rows else None,
    )


def _escape_other(cell: str, format: str) -> str:
    """Escape a cell for one of tabulate's formats; the one place that does."""
    if format in _MARKUPS or format not in tabulate.multiline_formats:
        cell = cell.replace("\n", " / ")
    if format in _WIKIS:
        return re.sub(r"[^\w\s.,;:()/]", lambda found: entities(found[0]), cell, flags=re.ASCII)
    if format == "orgtbl":
        return cell.replace("|", r"\vert{}")
    return re.sub(r"[\\*`|_]", r"\\\g<0>", cell) if format == "rst" else cell


_WIKIS = frozenset({"asciidoc", "jira", "mediawiki", "moinmoin", "textile", "youtrack"})
"""Formats of tabulate that read HTML entities."""

_MARKUPS = _WIKIS | {"orgtbl", "rst"}
"""Formats of tabulate that other programs read, so that a line break would end a row."""

_UNESCAPED = frozenset({"latex_longtable", "latex_raw", "unsafehtml"})
"""Formats of tabulate that would let a name break out of its cell."""

WRITERS: dict[str, Callable[[Sheet], str]] = {
    "markdown": as_markdown,
    "github": as_markdown,
    "pipe": as_markdown,
    "html": as_html,
    "latex": as_latex,
    "latex_booktabs": as_latex,
}
"""The formats that carry title, notes and remarks, beside text."""

FORMATS = ("text", "csv", *sorted({*WRITERS, *tabulate.tabulate_formats} - _UNESCAPED))
"""Every format that a table can be written in."""

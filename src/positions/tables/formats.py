"""Write a table as text, Markdown, HTML, LaTeX, CSV, or in a format of tabulate.

Tabulate takes long to import, so it is imported only for a format of its own.

What a cell holds is escaped in one place per format, so that no name can break
out of its cell or turn into markup.
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
"""Terminal columns that text is laid out for unless told otherwise."""

LEAST_WIDTH = 20
"""Text is never laid out narrower than this."""


def write(sheet: Sheet, format: str, width: int = TEXT_WIDTH) -> str:
    """Write a sheet in the format of that name; an unknown one is an error with the nearest."""
    if format == "csv":
        return as_csv(map(str, row) for row in (sheet.headers, *sheet.rows))
    shown = visible_sheet(sheet)
    if format == "text":
        return as_text(shown, width)
    writer = WRITERS.get(format)
    return writer(shown) if writer else as_other(shown, format)


def format_names() -> tuple[str, ...]:
    """List every format that a table can be written in."""
    import tabulate

    return ("text", "csv", *sorted({*WRITERS, *tabulate.tabulate_formats} - _UNESCAPED))


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


def as_paragraph(words: Text, notes: Iterable[Note], width: int = TEXT_WIDTH) -> str:
    """Write a text for a terminal, and the notes that its marks point to."""
    return paragraphs("\n".join(wrap(words, width)), "\n".join(notes_text(notes, width)))


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


def as_csv(rows: Iterable[Iterable[str]]) -> str:
    """Write rows as they are, faithfully, with the line ends that RFC 4180 wants."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def as_other(sheet: Sheet, format: str) -> str:
    """Write the cells, and nothing but the cells, in one of tabulate's formats."""
    import tabulate

    if format not in format_names():
        raise UnknownNameError("table format", format, format_names())
    flat = format in _MARKUPS or format not in tabulate.multiline_formats
    joint = " / " if flat else "\n"
    table = [list(map(str, row)) for row in (sheet.headers, *sheet.rows)]
    rows = [[_escape_other(cell.replace("\n", joint), format) for cell in row] for row in table]
    if format == "tsv":  # tabulate would drop empty cells at the end of a row
        return "\n".join(map("\t".join, rows))
    return _tabulated(rows, sheet.numeric, format)


def _tabulated(rows: Sequence[Sequence[str]], numeric: Sequence[bool], format: str) -> str:
    """Have tabulate draw a table of the same widths, and put the cells in their places."""
    import tabulate

    headers, *blanked = [["\n".join(map(_blanked, _lines(cell))) for cell in row] for row in rows]
    drawn = tabulate.tabulate(
        blanked,
        headers=headers,
        tablefmt=format,
        disable_numparse=True,
        colalign=["right" if right else "left" for right in numeric] if blanked else None,
    )
    lines = _drawn_lines(rows)
    return re.sub(f"{_BLANK}+", lambda _: next(lines), drawn)


_BLANK = "\ue000"
"""What stands for each column of a cell until tabulate has drawn the table.

Tabulate counts characters, or measures with a library that may be missing; every
character that it is given takes one column, whichever it does.
"""


def _blanked(line: str) -> str:
    """Write as many blank signs as the line takes columns."""
    return _BLANK * text_width(line)


def _lines(cell: str) -> list[str]:
    """Break a filled cell into lines, none of which takes no column."""
    return [line if text_width(line) else f" {line}" for line in cell.split("\n")] if cell else []


def _drawn_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Go through the lines of all cells as tabulate draws them: side by side, row by row."""
    for row in rows:
        for side_by_side in zip_longest(*map(_lines, row), fillvalue=""):
            yield from filter(None, side_by_side)


def _escape_other(cell: str, format: str) -> str:
    """Escape a cell for one of tabulate's formats; the one place that does."""
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
    "github": as_aligned_markdown,
    "pipe": as_aligned_markdown,
    "html": as_html,
    "latex": as_latex,
    "latex_booktabs": as_latex,
}
"""The formats that carry title, notes and remarks, beside text."""

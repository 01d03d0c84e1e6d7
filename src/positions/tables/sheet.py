r"""Sheets: a table whose cells are text already, which every writer takes.

Everywhere but in CSV, characters that could disturb a screen (control characters,
changes of direction) or a file (what XML forbids) are spelt out: `\u202e`.
"""

from __future__ import annotations

import datetime as dt
import re

import attrs

from positions.screen import visible
from positions.tables.widths import TextRow

Value = str | int | float | bool | dt.date | None
"""What a cell can hold; None is an empty cell."""

MARK = re.compile(r"\[([0-9]{1,6})\]")
"""How a cell points to a note."""

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]+")


@attrs.frozen
class Note:
    """A footnote of a table: a source, with its address if it has one."""

    text: str
    url: str | None = None

    @property
    def linked(self) -> bool:
        """Whether the address is one of the web, which alone become links."""
        return bool(self.url and _WEB_ADDRESS.fullmatch(self.url))


@attrs.frozen
class Sheet:
    """A table whose cells are text already: what every writer takes.

    `values` are the cells before they became text, for writers that have numbers and
    dates of their own; `about` is what only files say: where the data are from.
    """

    title: str
    headers: TextRow
    rows: tuple[TextRow, ...]
    numeric: tuple[bool, ...]
    notes: tuple[Note, ...]
    remarks: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...] = ()
    about: tuple[str, ...] = ()


def cell_text(value: Value) -> str:
    """Write what a cell holds: plain and exact, a float to the 15 digits it is sure of."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value + 0.0:.15g}"
    return str(value)


def visible_sheet(sheet: Sheet) -> Sheet:
    """Spell out what could disturb a screen, wherever it stands."""
    return Sheet(
        visible(sheet.title),
        tuple(map(visible, sheet.headers)),
        tuple(tuple(map(visible, row)) for row in sheet.rows),
        sheet.numeric,
        tuple(Note(visible(note.text), note.url and visible(note.url)) for note in sheet.notes),
        tuple(map(visible, sheet.remarks)),
        sheet.values,
        tuple(map(visible, sheet.about)),
    )


def paragraphs(*parts: str) -> str:
    """Put an empty line between the parts that there are."""
    return "\n\n".join(part for part in parts if part)


def entities(text: str) -> str:
    """Write every character as a numbered entity of HTML."""
    return "".join(f"&#{ord(char)};" for char in text)

r"""Sheets: tables with all cells as text, the input of every writer.

Except in CSV, characters that could garble a terminal (control characters, changes of
direction) or are not allowed in XML are written as escapes: `\u202e`.
"""

from __future__ import annotations

import re

import attrs

from positions.screen import visible
from positions.tables.cells import Text, Value
from positions.tables.widths import TextRow

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]+")


@attrs.frozen
class Note:
    """A footnote of a table: a source and its address, if it has one."""

    text: str
    url: str | None = None

    @property
    def linked(self) -> bool:
        """Whether the address is a web address; only these become links."""
        return bool(self.url and _WEB_ADDRESS.fullmatch(self.url))


@attrs.frozen
class Sheet:
    """A table with all cells as text, the input of every writer.

    `values` are the original cells, for formats with numbers and dates; `about` describes
    the origin of the data, for files only.
    """

    title: str
    headers: TextRow
    rows: tuple[TextRow, ...]
    numeric: tuple[bool, ...]
    notes: tuple[Note, ...]
    remarks: tuple[Text, ...]
    values: tuple[tuple[Value, ...], ...] = ()
    about: tuple[str, ...] = ()


def visible_sheet(sheet: Sheet) -> Sheet:
    """Return the sheet with characters that could garble a terminal escaped in all its texts."""
    return Sheet(
        visible(sheet.title),
        _visible_row(sheet.headers),
        tuple(map(_visible_row, sheet.rows)),
        sheet.numeric,
        tuple(Note(visible(note.text), note.url and visible(note.url)) for note in sheet.notes),
        _visible_row(sheet.remarks),
        sheet.values,
        tuple(map(visible, sheet.about)),
    )


def _visible_row(texts: TextRow) -> TextRow:
    return tuple(text.mapped(visible) for text in texts)


def paragraphs(*parts: str) -> str:
    """Join the parts that are not empty, with an empty line between them."""
    return "\n\n".join(part for part in parts if part)


def entities(text: str) -> str:
    """Write every character as a numeric HTML entity."""
    return "".join(f"&#{ord(char)};" for char in text)

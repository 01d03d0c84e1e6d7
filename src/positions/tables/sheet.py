r"""Sheets: a table whose cells are texts already, which every writer takes.

Everywhere but in CSV, characters that could disturb a screen (control characters,
changes of direction) or a file (what XML forbids) are spelt out: `\u202e`.
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
    """A footnote of a table: a source, with its address if it has one."""

    text: str
    url: str | None = None

    @property
    def linked(self) -> bool:
        """Whether the address is one of the web, which alone become links."""
        return bool(self.url and _WEB_ADDRESS.fullmatch(self.url))


@attrs.frozen
class Sheet:
    """A table whose cells are texts already: what every writer takes.

    `values` are the cells before they became texts, for writers that have numbers and
    dates of their own; `about` is what only files say: where the data are from.
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
    """Spell out what could disturb a screen, wherever it stands."""
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
    """Put an empty line between the parts that there are."""
    return "\n\n".join(part for part in parts if part)


def entities(text: str) -> str:
    """Write every character as a numbered entity of HTML."""
    return "".join(f"&#{ord(char)};" for char in text)

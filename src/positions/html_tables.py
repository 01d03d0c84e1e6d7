"""Write a table in HTML that needs no style sheet and no script."""

from __future__ import annotations

import html
from collections.abc import Iterable

from positions.layout import Row
from positions.sheets import Note, Sheet

_TABLE_STYLE = "border-collapse: collapse; text-align: left"
_CAPTION_STYLE = "caption-side: top; text-align: left; font-weight: bold; padding: 0.4em 0"
_HEADER_STYLE = "border-bottom: 1px solid; padding: 0.3em 1em 0.3em 0; vertical-align: bottom"
_CELL_STYLE = "padding: 0.3em 1em 0.3em 0; vertical-align: top"


def as_html(sheet: Sheet) -> str:
    """Write a bare table that takes its colours from the page, with its notes below.

    The class names keep notebooks from reading dollar signs as mathematics.
    """
    notes = [f"<li>{_escape_html(note.text)}{_html_link(note)}</li>" for note in sheet.notes]
    remarks = [f"<p>{_escape_html(remark)}</p>" for remark in sheet.remarks]
    lines = [
        '<div class="tex2jax_ignore mathjax_ignore">',
        f'<table style="{_TABLE_STYLE}">',
        f'<caption style="{_CAPTION_STYLE}">{_escape_html(sheet.title)}</caption>',
        "<thead>",
        _html_row(sheet.headers, 'th scope="col"', _HEADER_STYLE, sheet.numeric),
        "</thead>",
        "<tbody>",
        *(_html_row(row, "td", _CELL_STYLE, sheet.numeric) for row in sheet.rows),
        "</tbody>",
        "</table>",
        *(["<ol>", *notes, "</ol>"] if notes else []),
        *remarks,
        "</div>",
    ]
    return "\n".join(lines)


def _html_row(cells: Row, tag: str, style: str, numeric: Iterable[bool]) -> str:
    """Write one row of cells, numbers to the right."""
    name = tag.split()[0]
    written = (
        f'<{tag} style="text-align: {"right" if right else "left"}; {style}">'
        f"{_escape_html(cell)}</{name}>"
        for cell, right in zip(cells, numeric, strict=True)
    )
    return f"<tr>{''.join(written)}</tr>"


def _html_link(note: Note) -> str:
    """Write the address of a note, as a link if it can be one."""
    if not note.url:
        return ""
    address = _escape_html(note.url)
    if not note.linked:
        return f" {address}"
    return f' <a href="{address}" rel="noopener noreferrer">{address}</a>'


def _escape_html(text: str) -> str:
    """Escape a text for HTML; the one place that does."""
    return html.escape(text).replace("\n", "<br>")

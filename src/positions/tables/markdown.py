"""Write a table in Markdown, with all text escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from positions.tables.sheet import Note, Sheet, entities, paragraphs
from positions.tables.widths import pad, text_width

MIN_RULE = 4
"""Minimum length of the rule below a header where the pipes are aligned."""


def as_markdown(sheet: Sheet) -> str:
    """Write a table for GitHub and notebooks, with the notes as a numbered list."""
    head, *rows = _escaped(sheet)
    rule = tuple("---:" if right else "---" for right in sheet.numeric)
    return _page(sheet, (head, rule, *rows))


def as_aligned_markdown(sheet: Sheet) -> str:
    """Write a table with its pipes aligned, so that the source is readable as it is."""
    head, *rows = _escaped(sheet)
    widths = [max(MIN_RULE, *map(text_width, column)) for column in zip(head, *rows, strict=True)]
    lines = ("-" * width for width in widths)
    rule = tuple(
        f"{line[1:]}:" if right else line for line, right in zip(lines, sheet.numeric, strict=True)
    )
    padded = (tuple(map(pad, row, widths, sheet.numeric)) for row in (head, rule, *rows))
    return _page(sheet, padded)


def _page(sheet: Sheet, rows: Iterable[Iterable[str]]) -> str:
    """Assemble title, rows, notes and remarks."""
    notes = [
        f"{number}. {_markdown_block(note.text)}{_markdown_link(note)}"
        for number, note in enumerate(sheet.notes, start=1)
    ]
    title = f"**{markdown_text(sheet.title.strip())}**" if sheet.title.strip() else ""
    remarks = map(_markdown_block, map(str, sheet.remarks))
    return paragraphs(title, "\n".join(map(_piped, rows)), "\n".join(notes), *remarks)


def _escaped(sheet: Sheet) -> list[list[str]]:
    """Return the escaped cells of the headers and of all rows."""
    return [[markdown_text(str(cell)) for cell in row] for row in (sheet.headers, *sheet.rows)]


def _piped(cells: Iterable[str]) -> str:
    """Write a row with its cells between pipes."""
    return f"| {' | '.join(cells)} |"


def _markdown_link(note: Note) -> str:
    """Write the address of a note, as a link if it is a web address."""
    if not note.url:
        return ""
    return f" <{note.url}>" if note.linked else f" {markdown_text(note.url)}"


def _markdown_block(text: str) -> str:
    """Escape a paragraph so that it does not start a heading or a list."""
    return re.sub(r"^([0-9]*)([#+=.)-])", r"\1\\\2", markdown_text(text.strip()))


def markdown_text(text: str) -> str:
    """Escape a text so that Markdown shows it literally; the one place that does."""
    for special, written in _MARKDOWN_SPECIALS:
        text = special.sub(written, text)
    return text


_MARKDOWN_SPECIALS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"[&<>|]"), lambda found: entities(found[0])),  # entities, tags, cells
    (re.compile(r"[\\`*_~$\[]"), r"\\\g<0>"),  # emphasis, code, mathematics, links
    (re.compile(r"^ +| +$"), lambda found: entities(found[0])),  # spaces that would be dropped
    (re.compile(r"(?<=:)//|(?<=www)\.", re.IGNORECASE), lambda found: entities(found[0])),
    (re.compile(r"\n"), "<br>"),
)
"""Text that Markdown would read as markup, with its replacements, in order of application."""

"""Write a table in Markdown, so that no name becomes markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from positions.layout import Row
from positions.sheets import Note, Sheet, entities, paragraphs


def as_markdown(sheet: Sheet) -> str:
    """Write a table as GitHub and notebooks read it, with the notes as a numbered list."""
    rule = ("---:" if right else "---" for right in sheet.numeric)
    lines = [_markdown_row(sheet.headers), _piped(rule), *map(_markdown_row, sheet.rows)]
    notes = [
        f"{number}. {_markdown_block(note.text)}{_markdown_link(note)}"
        for number, note in enumerate(sheet.notes, start=1)
    ]
    title = markdown_text(sheet.title.strip())
    remarks = map(_markdown_block, sheet.remarks)
    return paragraphs(f"**{title}**" if title else "", "\n".join(lines), "\n".join(notes), *remarks)


def _markdown_row(cells: Row) -> str:
    """Write one row, each cell escaped."""
    return _piped(map(markdown_text, cells))


def _piped(cells: Iterable[str]) -> str:
    """Put cells between bars."""
    return f"| {' | '.join(cells)} |"


def _markdown_link(note: Note) -> str:
    """Write the address of a note, as a link if it can be one."""
    if not note.url:
        return ""
    return f" <{note.url}>" if note.linked else f" {markdown_text(note.url)}"


def _markdown_block(text: str) -> str:
    """Escape a text that stands by itself, so that it starts no heading and no list."""
    return re.sub(r"^([0-9]*)([#+=.)-])", r"\1\\\2", markdown_text(text.strip()))


def markdown_text(text: str) -> str:
    """Escape a text so that Markdown shows it as it is; the one place that does."""
    for special, written in _MARKDOWN_SPECIALS:
        text = special.sub(written, text)
    return text


_MARKDOWN_SPECIALS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"[&<>|]"), lambda found: entities(found[0])),  # entities, tags, cells
    (re.compile(r"[\\`*_~$\[]"), r"\\\g<0>"),  # emphasis, code, mathematics, links
    (re.compile(r"^ +| +$"), lambda found: entities(found[0])),  # blanks that would be dropped
    (re.compile(r"(?<=:)//|(?<=www)\.", re.IGNORECASE), lambda found: entities(found[0])),
    (re.compile(r"\n"), "<br>"),
)
"""What Markdown would take for markup, and what is written instead, in this order."""

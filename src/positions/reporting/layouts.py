"""The parts that every section of a report is laid out in: sections and their tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from positions.markup import Child, Markup, element

WIDE = 6
"""A table of more columns is printed across the page."""


@attrs.frozen
class Section:
    """One section of a report; `count` stands beside its title in the contents."""

    id: str
    title: str
    body: Markup
    count: int | None = None


@attrs.frozen
class Line:
    """One row of a table: what it is about, and its cells; `id` lets others point to it."""

    head: Child
    cells: tuple[Child, ...]
    id: str | None = None


def section(part: Section) -> Markup:
    """Write a section with its heading and a way back to the contents."""
    title = f"{part.id}-title"
    up = element("a", "Contents", href="#contents", class_="up")
    heading = element("h2", part.title, id=title)
    head = element("div", heading, up, class_="heading")
    return element("section", head, part.body, id=part.id, aria_labelledby=title)


def note(*children: Child) -> Markup:
    """Write what is less important below what it belongs to."""
    return element("small", *children, class_="note")


def grid(kind: str, caption: str, headers: Sequence[str], lines: Iterable[Line]) -> Markup:
    """Write a table that scrolls sideways, by keyboard too, where the screen is too narrow.

    Arguments:
        kind: what the style sheet knows it by.
        caption: what it shows.
        headers: the heads of its columns.
        lines: its rows.
    """
    head = element("tr", (element("th", header, scope="col") for header in headers))
    body = (
        element(
            "tr",
            element("th", line.head, scope="row"),
            (element("td", cell) for cell in line.cells),
            id=line.id,
        )
        for line in lines
    )
    table = element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", body),
        class_=f"{kind} wide" if len(headers) > WIDE else kind,
        style=f"--columns: {len(headers)}",
    )
    return element("div", table, class_="scroll", role="group", aria_label=caption, tabindex="0")

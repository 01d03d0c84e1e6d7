"""The parts that every section of a report is laid out in: sections and their tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import attrs

from positions.records.dates import Date
from positions.tables.html import Child, Markup, element, joined, separated

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""The months in English, whatever the machine speaks."""


def day_text(day: dt.date) -> str:
    """Write a day in words.

    >>> day_text(dt.date(2025, 6, 2))
    '2 June 2025'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day(date: dt.date) -> Markup:
    """Write a day in words that programs can read as well."""
    return element("time", day_text(date), datetime=date.isoformat())


def date_text(date: Date) -> str:
    """Write a date as exactly as it is known, and how sure that is.

    >>> from positions.records.dates import parse_date
    >>> date_text(parse_date("2022-03~"))
    'March 2022 (approximate)'
    """
    doubts = (("uncertain", date.uncertain), ("approximate", date.approximate))
    doubt = " and ".join(word for word, holds in doubts if holds)
    return f"{_known(date)} ({doubt})" if doubt else _known(date)


def _known(date: Date) -> str:
    if date.precision == "day":
        return day_text(date.latest)
    if date.precision == "month":
        return f"{MONTHS[date.latest.month - 1]} {date.latest.year}"
    return str(date.latest.year)


def names_text(names: Sequence[str], last: str = "and") -> str:
    """Write several names as a sentence does.

    >>> names_text(["Arland", "Borland", "Cerland"])
    'Arland, Borland and Cerland'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def listed(items: Iterable[Child], last: str = "and") -> Markup:
    """Write several pieces as a sentence does."""
    pieces = [joined(item) for item in items]
    if len(pieces) < 2:
        return joined(pieces)
    return joined(separated(pieces[:-1], ", "), f" {last} ", pieces[-1])


def paragraph(*children: Child, class_: str | None = None) -> Markup:
    """Write a paragraph."""
    return element("p", *children, class_=class_)


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
class ReportRow:
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


def grid(kind: str, caption: str, headers: Sequence[str], lines: Iterable[ReportRow]) -> Markup:
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

"""Building blocks of a report: dates, names, paragraphs, sections and tables."""

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
"""The names of the months in English, independent of the locale."""


def day_text(day: dt.date) -> str:
    """Write a day in full.

    >>> day_text(dt.date(2025, 6, 2))
    '2 June 2025'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day(date: dt.date) -> Markup:
    """Write a day in full, as a machine-readable `time` element."""
    return element("time", day_text(date), datetime=date.isoformat())


def date_text(date: Date) -> str:
    """Write a date to its precision, with its uncertainty.

    >>> from positions.records.dates import parse_date
    >>> date_text(parse_date("2022-03~"))
    'March 2022 (approximate)'
    """
    qualifiers = (("uncertain", date.uncertain), ("approximate", date.approximate))
    doubt = " and ".join(word for word, applies in qualifiers if applies)
    return f"{_precise(date)} ({doubt})" if doubt else _precise(date)


def _precise(date: Date) -> str:
    if date.precision == "day":
        return day_text(date.latest)
    if date.precision == "month":
        return f"{MONTHS[date.latest.month - 1]} {date.latest.year}"
    return str(date.latest.year)


def names_text(names: Sequence[str], last: str = "and") -> str:
    """Join names as in a sentence.

    >>> names_text(["Arland", "Borland", "Cerland"])
    'Arland, Borland and Cerland'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def listed(items: Iterable[Child], last: str = "and") -> Markup:
    """Join pieces of markup as in a sentence."""
    pieces = [joined(item) for item in items]
    if len(pieces) < 2:
        return joined(pieces)
    return joined(separated(pieces[:-1], ", "), f" {last} ", pieces[-1])


def paragraph(*children: Child, class_: str | None = None) -> Markup:
    """Write a paragraph."""
    return element("p", *children, class_=class_)


WIDE = 6
"""Number of columns above which a table is printed in landscape format."""


@attrs.frozen
class Section:
    """One section of a report; `count` follows its title in the contents."""

    id: str
    title: str
    body: Markup
    count: int | None = None


@attrs.frozen
class ReportRow:
    """One row of a table: its header and its cells; `id` is the target of links."""

    head: Child
    cells: tuple[Child, ...]
    id: str | None = None


def section(part: Section) -> Markup:
    """Write a section with its heading and a link back to the contents."""
    title = f"{part.id}-title"
    up = element("a", "Contents", href="#contents", class_="up")
    heading = element("h2", part.title, id=title)
    head = element("div", heading, up, class_="heading")
    return element("section", head, part.body, id=part.id, aria_labelledby=title)


def note(*children: Child) -> Markup:
    """Write a note in small print on a line of its own."""
    return element("small", *children, class_="note")


def grid(kind: str, caption: str, headers: Sequence[str], lines: Iterable[ReportRow]) -> Markup:
    """Write a table that scrolls horizontally, also by keyboard, if the screen is too narrow.

    Arguments:
        kind: its class in the style sheet.
        caption: its caption.
        headers: the headers of its columns.
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

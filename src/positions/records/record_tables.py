"""Show one record by itself: a line for every field that says something."""

from __future__ import annotations

from collections.abc import Mapping

from positions.tables.cells import Mark, Text
from positions.tables.sheet import Note
from positions.tables.table import Table

MANY = 100
"""More values than this in one field are counted and not listed."""


def record_table(title: str, fields: Mapping[str, object]) -> Table:
    """Make a table of the fields of a record, as JSON holds them.

    An address becomes a note, so that it can be followed.

    >>> print(record_table("Party UNION", {"id": "UNION", "members": ["A", "B"]}))
    Party UNION
    <BLANKLINE>
    field    value
    -------  -----
    id       UNION
    members  A, B
    """
    address = fields.get("url")
    notes = (Note(str(fields.get("title", "")), address),) if isinstance(address, str) else ()
    mark = Text((Mark(1),))
    rows = tuple((name, mark if name == "url" else _told(value)) for name, value in fields.items())
    return Table(title, ("field", "value"), rows, notes)


def _told(value: object) -> str:
    """Write a value in words: what holds several values on lines, plain ones between commas."""
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_in_line(item)}" for key, item in value.items())
    if isinstance(value, list) and len(value) > MANY:
        return f"{len(value)} in all"
    if isinstance(value, list):
        nested = any(isinstance(item, Mapping) for item in value)
        return ("\n" if nested else ", ").join(map(_in_line, value))
    return str(value)


def _in_line(value: object) -> str:
    """Write a value on one line."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_in_line(item)}" for key, item in value.items())
    if isinstance(value, list):
        return " or ".join(map(_in_line, value))
    return str(value)

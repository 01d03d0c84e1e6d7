"""One record as a table of its fields, for notebooks and the command line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pydantic import BaseModel

from positions.tables.cells import Mark, Text
from positions.tables.sheet import Note
from positions.tables.table import Table

MANY = 100
"""Maximum number of records listed in one field; more are only counted."""


def record_lines(record: BaseModel, without: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """List the fields of a record that differ from their default, each with its value as text.

    >>> from positions.records.models import Party
    >>> union = Party(id="UNION", name="The union", kind="coalition", members=["A", "B"])
    >>> list(record_lines(union, without=["id", "name"]))
    [('kind', 'coalition'), ('members', 'A, B')]
    """
    fields = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return ((name, _value_text(value)) for name, value in fields.items() if name not in without)


def record_table(record: BaseModel) -> Table:
    """Return the fields of a record as a table.

    An address becomes a footnote with a link.

    >>> from positions.records.models import Party
    >>> print(record_table(Party(id="UNION", name="The union", kind="coalition")))
    Party UNION
    <BLANKLINE>
    field  value
    -----  ---------
    id     UNION
    name   The union
    kind   coalition
    """
    lines = dict(record_lines(record))
    title = f"{type(record).__name__} {lines.get('id', '')}".strip()
    notes = (Note(lines.get("title", ""), lines["url"]),) if "url" in lines else ()
    mark = Text((Mark(1),))
    rows = tuple((name, mark if name == "url" else text) for name, text in lines.items())
    return Table(title, ("field", "value"), rows, notes)


def _value_text(value: object) -> str:
    """Return a value as text: nested values on lines, plain ones separated by commas."""
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_in_line(item)}" for key, item in value.items())
    if isinstance(value, list):
        nested = any(isinstance(item, Mapping) for item in value)
        if nested and len(value) > MANY:
            return f"{len(value)} in all"
        return ("\n" if nested else ", ").join(map(_in_line, value))
    return str(value)


def _in_line(value: object) -> str:
    """Return a value as text on one line."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_in_line(item)}" for key, item in value.items())
    if isinstance(value, list):
        return " or ".join(map(_in_line, value))
    return str(value)

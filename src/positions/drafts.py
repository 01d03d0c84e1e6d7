"""Drafts of records, gathered from the rows of tables before anything is checked.

A draft holds the fields of one record, and where in which row each of them stands, so that
whatever is wrong with the record can be told as wrong with a cell.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from positions.csv_rows import CsvRow, Problem, Spot
from positions.datapackage_tables import TABLES, TableField
from positions.errors import nearest
from positions.screen import shown


@attrs.frozen
class Draft:
    """The fields of one record, and the cells they stand in, by path."""

    fields: Mapping[str, Any]
    spots: Mapping[str, Spot]

    @property
    def id(self) -> str:
        """The id of the record, whatever it is worth."""
        return str(self.fields.get("id", ""))

    def spot(self, path: str) -> Spot:
        """Find the cell that a path of the record leads to: the nearest one that is known."""
        fitting = [known for known in self.spots if _leads(known, path)]
        return self.spots[max(fitting, key=len)]


def _leads(known: str, path: str) -> bool:
    """Tell whether a path begins with a known one."""
    return not known or path == known or path.startswith((f"{known}.", f"{known}["))


def table_columns(table: str) -> tuple[str, ...]:
    """List the columns of a table of parties, topics, options or sources."""
    return tuple(field.name for field in _fields_of(table))


def needed_columns(table: str) -> tuple[str, ...]:
    """List the columns that such a table has to hold: those with what every record needs."""
    return {
        "parties": ("id", "name", "kind"),
        "topics": ("id", "name", "question", "kind"),
        "options": ("topic", "id", "name", "definition"),
        "sources": ("id", "title", "publisher", "language", "kind"),
    }[table]


def _fields_of(table: str) -> tuple[TableField, ...]:
    return next(known.fields for known in TABLES if known.name == table)


def table_drafts(rows: Iterable[CsvRow], table: str) -> list[Draft]:
    """Draft one record for each row of a table of parties, sources, topics or options."""
    fields = {field.name: field for field in _fields_of(table)}
    drafts = []
    for row in rows:
        values = {name: _value(cell, fields[name]) for name, cell in row.cells.items()}
        spots = {"": row.spot(), **{name: row.spot(name) for name in row.cells}}
        drafts.append(Draft(values, spots))
    return drafts


def _value(cell: str, field: TableField) -> object:
    """Read a cell as what its column holds; as text if it cannot be read so."""
    if field.type == "list":
        return ids_in(cell)
    readers: dict[str, Callable[[str], object]] = {
        "integer": int,
        "number": float,
        "array": json.loads,
    }
    try:
        return readers.get(field.type, str)(cell)
    except (ValueError, RecursionError):
        return cell


def ids_in(cell: str) -> tuple[str, ...]:
    """Part the ids that share a cell, by commas or semicolons."""
    return tuple(part for part in map(str.strip, re.split("[,;]", cell)) if part)


def keys_in(cell: str) -> tuple[str, ...]:
    """Part the options that share a cell, by semicolons alone: 85,000 is never two of them."""
    return tuple(part for part in map(str.strip, cell.split(";")) if part)


# ------------------------------------------------------------ topics with their options


def completed(listed: Sequence[Draft], named: Iterable[Draft]) -> list[Draft]:
    """Put the records that rows imply after those that a table lists, each id once."""
    known = {_key(draft) for draft in listed}
    return [*listed, *(draft for draft in named if _key(draft) not in known)]


def _key(draft: Draft) -> tuple[object, str]:
    """Tell a record from the others of its table: an option by its topic too."""
    return draft.fields.get("topic"), draft.id


def with_units(topics: Iterable[Draft], unit_of: Mapping[str, str]) -> list[Draft]:
    """Give topics whose unit their table leaves empty the one that rows tell."""
    return [
        attrs.evolve(topic, fields={"unit": unit_of[topic.id], **topic.fields})
        if unit_of.get(topic.id)
        else topic
        for topic in topics
    ]


def without_order(options: Iterable[Draft], topics: Iterable[Draft]) -> Iterator[Draft]:
    """Leave out the options of ordinal topics: rows name them, but cannot tell their order."""
    ordinal = {topic.id for topic in topics if topic.fields.get("kind") == "ordinal"}
    return (option for option in options if option.fields.get("topic") not in ordinal)


def with_options(topics: Iterable[Draft], options: Iterable[Draft]) -> list[Draft]:
    """Put options into their topics: in the order of `number`, those without one last."""
    by_topic: defaultdict[object, list[Draft]] = defaultdict(list)
    for option in sorted(options, key=_number):
        by_topic[option.fields.get("topic")].append(option)
    return [_with_options(topic, by_topic[topic.id]) for topic in topics]


def _number(option: Draft) -> float:
    number = option.fields.get("number")
    return number if isinstance(number, int) else float("inf")


def _with_options(topic: Draft, options: Sequence[Draft]) -> Draft:
    kept = [_without(option.fields, "topic", "number") for option in options]
    spots = dict(topic.spots)
    for place, option in enumerate(options):
        for path, spot in option.spots.items():
            spots[f"options[{place}].{path}".rstrip(".")] = spot
    return Draft({**topic.fields, "options": tuple(kept)}, spots)


def _without(fields: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}


def strangers(options: Iterable[Draft], topics: Iterable[Draft]) -> Iterator[Problem]:
    """Find the options of a topic that neither a table nor a statement names."""
    known = {topic.id for topic in topics}
    for option in options:
        name = str(option.fields.get("topic", ""))
        if not name:
            yield Problem(option.spot(""), "an option needs the id of its topic")
        elif name not in known:
            near = nearest(name, known)
            text = f"{shown(name)} is named by no statement and by no table of topics"
            advice = f"did you mean {near!r}?" if near else ""
            yield Problem(option.spot("topic"), text, advice)

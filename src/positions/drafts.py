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

SOURCES = (
    "source_title",
    "source_publisher",
    "source_url",
    "source_published",
    "source_retrieved",
    "source_language",
    "source_kind",
)
"""Cells that describe a source where it is cited."""
OPTION = re.compile(r"[a-z][a-z0-9_]*")
"""How the id of an option is written; on a topic of numbers, all else is an interval."""


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


def with_options(topics: Sequence[Draft], options: Sequence[Draft]) -> list[Draft]:
    """Put the options of a table of their own into their topics, in the order of `number`."""
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
    """Find the options that belong to no topic of the table of topics."""
    known = {topic.id for topic in topics}
    for option in options:
        name = option.fields.get("topic", "")
        if name not in known:
            yield Problem(option.spot("topic"), f"{name!r} is not among the topics")


# ------------------------------------------------------------ what rows of statements imply


def named_parties(rows: Iterable[CsvRow]) -> list[Draft]:
    """Draft a party for each id that a statement names: called by its id, an organisation."""
    found: dict[str, Spot] = {}
    for row in rows:
        for column in ("party", "claimed_by"):
            for name in ids_in(row[column]):
                found.setdefault(name, row.spot(column))
    return [
        Draft({"id": name, "name": name, "kind": "organisation"}, {"": spot})
        for name, spot in found.items()
    ]


@attrs.frozen
class _Mention:
    """One option of one topic, where a row names it."""

    topic: str
    key: str
    spot: Spot


def _mentions(row: CsvRow) -> Iterator[_Mention]:
    for topic, options in (("topic", "option"), ("condition_topic", "condition_options")):
        for key in keys_in(row[options]):
            yield _Mention(row[topic], key, row.spot(options))


def named_topics(rows: Sequence[CsvRow], unit_of: Mapping[str, str]) -> list[Draft]:
    """Draft a topic for each id that a statement names, with the options that are named.

    A topic with a unit is one of numbers; every other is nominal.
    """
    found: dict[str, Spot] = {}
    options: defaultdict[str, dict[str, Spot]] = defaultdict(dict)
    for row in rows:
        for column in ("topic", "condition_topic"):
            if row[column]:
                found.setdefault(row[column], row.spot(column))
        for mention in _mentions(row):
            if mention.key != "*" and _is_option(mention, unit_of):
                options[mention.topic].setdefault(mention.key, mention.spot)
    return [_named_topic(name, found[name], options[name], unit_of.get(name)) for name in found]


def _is_option(mention: _Mention, unit_of: Mapping[str, str]) -> bool:
    return mention.topic not in unit_of or bool(OPTION.fullmatch(mention.key))


def _named_topic(name: str, spot: Spot, options: Mapping[str, Spot], unit: str | None) -> Draft:
    made = [{"id": key, "name": _words(key), "definition": _words(key)} for key in options]
    kind = {"kind": "nominal"} if unit is None else {"kind": "quantity", "unit": unit}
    called = {"id": name, "name": _words(name), "question": f"{_words(name)}?"}
    spots = {f"options[{place}]": where for place, where in enumerate(options.values())}
    return Draft({**called, **kind, "options": tuple(made)}, {"": spot, **spots})


def _words(name: str) -> str:
    """Write an id as words: `water.release_rate` as “Water release rate”."""
    return re.sub(r"[._]+", " ", name).strip().capitalize() or name


def units_in(
    rows: Iterable[CsvRow], topics: Iterable[Draft] = ()
) -> tuple[dict[str, str], list[Problem]]:
    """Find the unit of each topic that has one, and where a row gives another than its topic."""
    units = {topic.id: str(topic.fields.get("unit", "")) for topic in topics}
    problems = []
    for row in rows:
        unit = row["unit"]
        known = units.setdefault(row["topic"], unit) if unit else unit
        if known != unit:
            wanted = f"the unit {known!r}" if known else "no unit"
            text = f"{row['topic']} has {wanted} elsewhere, here {unit!r}"
            problems.append(Problem(row.spot("unit"), text))
    return units, problems


def named_sources(rows: Iterable[CsvRow], taken: Iterable[str]) -> dict[tuple[str, ...], Draft]:
    """Draft a source for each description of one; the same cells are the same source."""
    found: dict[tuple[str, ...], Draft] = {}
    used = set(taken)
    for row in rows:
        key = source_key(row)
        if any(key) and key not in found:
            number = len(found) + 1
            while f"source-{number}" in used:
                number += 1
            used.add(f"source-{number}")
            found[key] = _named_source(row, f"source-{number}")
    return found


def source_key(row: CsvRow) -> tuple[str, ...]:
    """Give the cells of a row that describe a source."""
    return tuple(row[column] for column in SOURCES)


def _named_source(row: CsvRow, name: str) -> Draft:
    cells = {column.removeprefix("source_"): row[column] for column in SOURCES if row[column]}
    spots = {field: row.spot(f"source_{field}") for field in ("title", "publisher", *cells)}
    standing = {"language": "und", "kind": "press", **cells}
    return Draft({"id": name, **standing}, {"": row.spot("source_published"), **spots})

"""Drafts of records, collected from the rows of tables before validation.

A draft contains the fields of one record and the cell of each, so that every fault of the
record can be reported as a fault of a cell.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from positions.errors import nearest
from positions.files.csv_rows import CsvRow, Problem, Spot
from positions.files.package_tables import TABLES, PackageTable, TableField
from positions.records.described import fields_of
from positions.records.models import Option, Party, Record, Source, Topic
from positions.screen import shown

_RECORDS: dict[str, type[Record]] = {
    "parties": Party,
    "topics": Topic,
    "options": Option,
    "sources": Source,
}
"""The kind of record in the rows of each table other than that of statements."""


@attrs.frozen
class Draft:
    """The fields of one record, and the cells that contain them, by path."""

    fields: Mapping[str, Any]
    spots: Mapping[str, Spot]

    @property
    def id(self) -> str:
        """Id of the record, which may be invalid or empty."""
        return str(self.fields.get("id", ""))

    def spot(self, path: str) -> Spot:
        """Find the cell of a path of the record: that of the longest known prefix."""
        prefixes = [known for known in self.spots if _is_prefix(known, path)]
        return self.spots[max(prefixes, key=len)]


def _is_prefix(known: str, path: str) -> bool:
    """Whether a known path is a prefix of another path."""
    return not known or path == known or path.startswith((f"{known}.", f"{known}["))


def table_columns(table: str) -> tuple[str, ...]:
    """List the columns of a table of parties, topics, options or sources."""
    return tuple(field.name for field in _table(table).fields)


def needed_columns(table: str) -> tuple[str, ...]:
    """List the required columns of such a table: its key and the required fields."""
    needed = {field.name for field in fields_of(_RECORDS[table]) if field.needed}
    key = _table(table).key
    return tuple(name for name in table_columns(table) if name in needed or name in key)


def _table(name: str) -> PackageTable:
    return next(table for table in TABLES if table.name == name)


def table_drafts(rows: Iterable[CsvRow], table: str) -> list[Draft]:
    """Draft one record for each row of a table of parties, sources, topics or options."""
    fields = {field.name: field for field in _table(table).fields}
    drafts = []
    for row in rows:
        values = {name: _value(cell, fields[name]) for name, cell in row.cells.items()}
        spots = {"": row.spot(), **{name: row.spot(name) for name in row.cells}}
        drafts.append(Draft(values, spots))
    return drafts


def _value(cell: str, field: TableField) -> object:
    """Convert a cell to the type of its column; it stays text if that fails."""
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
    """Split a cell into ids, at commas or semicolons."""
    return tuple(part for part in map(str.strip, re.split("[,;]", cell)) if part)


def keys_in(cell: str) -> tuple[str, ...]:
    """Split a cell into options, only at semicolons: 85,000 is one number."""
    return tuple(part for part in map(str.strip, cell.split(";")) if part)


# ------------------------------------------------------------ topics with their options


def completed(listed: Sequence[Draft], named: Iterable[Draft]) -> list[Draft]:
    """Return the records of a table, followed by those that only rows name."""
    known = {_key(draft) for draft in listed}
    return [*listed, *(draft for draft in named if _key(draft) not in known)]


def _key(draft: Draft) -> tuple[object, str]:
    """Return what identifies a record in its table: its id, and the topic of an option."""
    return draft.fields.get("topic"), draft.id


def with_units(topics: Iterable[Draft], unit_of: Mapping[str, str]) -> list[Draft]:
    """Return topics with the unit from the rows where their table leaves it empty."""
    return [
        attrs.evolve(topic, fields={"unit": unit_of[topic.id], **topic.fields})
        if unit_of.get(topic.id)
        else topic
        for topic in topics
    ]


def without_ordinal(options: Iterable[Draft], topics: Iterable[Draft]) -> Iterator[Draft]:
    """Leave out the options of ordinal topics, whose order rows cannot give."""
    ordinal = {topic.id for topic in topics if topic.fields.get("kind") == "ordinal"}
    return (option for option in options if option.fields.get("topic") not in ordinal)


def with_options(topics: Iterable[Draft], options: Iterable[Draft]) -> list[Draft]:
    """Return topics with their options, in the order of `number`; those without it last."""
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


def unknown_topics(options: Iterable[Draft], topics: Iterable[Draft]) -> Iterator[Problem]:
    """Yield a problem for each option of a topic that neither a table nor a statement names."""
    known = {topic.id for topic in topics}
    for option in options:
        name = str(option.fields.get("topic", ""))
        if not name:
            yield Problem(option.spot(""), "an option needs the id of its topic")
        elif name not in known:
            near = nearest(name, known)
            text = f"{shown(name)} is not a topic of a statement or of the table of topics"
            advice = f"did you mean {near!r}?" if near else ""
            yield Problem(option.spot("topic"), text, advice)


SOURCES = tuple(f"source_{field.name}" for field in fields_of(Source) if field.name != "id")
"""Columns that describe a source in the row that cites it."""
OPTION = re.compile(r"[a-z][a-z0-9_]*")
"""Pattern of the id of an option; on a quantity topic, all else is an interval."""
UNITLESS = ("nominal", "ordinal")
"""The kinds of topic without a unit, since their answers are not numbers."""


def named_parties(rows: Iterable[CsvRow]) -> list[Draft]:
    """Draft a party for each id that a statement names: an organisation named by its id."""
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
    """One option of one topic, as named in a row."""

    topic: str
    key: str
    spot: Spot


def _mentions(row: CsvRow) -> Iterator[_Mention]:
    for topic, options in (("topic", "option"), ("condition_topic", "condition_options")):
        for key in keys_in(row[options]):
            yield _Mention(row[topic], key, row.spot(options))


def named_topics(rows: Iterable[CsvRow], unit_of: Mapping[str, str]) -> list[Draft]:
    """Draft a topic for each id that a statement names.

    A topic with a unit is a quantity; every other is nominal.
    """
    found: dict[str, Spot] = {}
    for row in rows:
        for column in ("topic", "condition_topic"):
            if row[column]:
                found.setdefault(row[column], row.spot(column))
    return [_named_topic(name, spot, unit_of.get(name)) for name, spot in found.items()]


def _named_topic(name: str, spot: Spot, unit: str | None) -> Draft:
    kind = {"kind": "nominal"} if unit is None else {"kind": "quantity", "unit": unit}
    called = {"id": name, "name": _words(name), "question": f"{_words(name)}?"}
    return Draft({**called, **kind}, {"": spot})


def named_options(rows: Iterable[CsvRow], unit_of: Mapping[str, str]) -> list[Draft]:
    """Draft the options that statements name.

    On a quantity topic these are the ids; all else is an interval.
    """
    found: dict[tuple[str, str], Spot] = {}
    for mention in (mention for row in rows for mention in _mentions(row)):
        if mention.key != "*" and _is_option(mention, unit_of):
            found.setdefault((mention.topic, mention.key), mention.spot)
    return [_named_option(topic, key, spot) for (topic, key), spot in found.items()]


def _is_option(mention: _Mention, unit_of: Mapping[str, str]) -> bool:
    return mention.topic not in unit_of or bool(OPTION.fullmatch(mention.key))


def _named_option(topic: str, key: str, spot: Spot) -> Draft:
    called = {"id": key, "name": _words(key), "definition": _words(key)}
    return Draft({"topic": topic, **called}, {"": spot})


def _words(name: str) -> str:
    """Return an id as words: `water.release_rate` as “Water release rate”."""
    return re.sub(r"[._]+", " ", name).strip().capitalize() or name


def units_in(
    rows: Iterable[CsvRow], topics: Sequence[Draft] = ()
) -> tuple[dict[str, str], list[Problem]]:
    """Return the unit of each quantity topic, and a problem for each row that contradicts it.

    The unit of a listed topic is empty if neither its table nor a row contains it.
    """
    kinds = {topic.id: topic.fields.get("kind") for topic in topics}
    units = {topic.id: _unit(topic) for topic in topics if kinds[topic.id] not in UNITLESS}
    problems = []
    for row in rows:
        name, unit = row["topic"], row["unit"]
        if unit and kinds.get(name) in UNITLESS:
            text = f"{name} is {kinds[name]} in the table of topics, so it has no unit"
            problems.append(
                Problem(row.spot("unit"), text, "leave it empty, or make the topic a quantity")
            )
        elif unit:
            units[name] = known = units.get(name) or unit
            if known != unit:
                text = f"wanted the unit {shown(known)} of {name} elsewhere, found {shown(unit)}"
                problems.append(Problem(row.spot("unit"), text))
    return units, problems


def _unit(topic: Draft) -> str:
    return str(topic.fields.get("unit", ""))


def named_sources(rows: Iterable[CsvRow], taken: Iterable[str]) -> dict[tuple[str, ...], Draft]:
    """Draft a source for each description of one; equal cells are the same source."""
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
    """Return the cells of a row that describe a source."""
    return tuple(row[column] for column in SOURCES)


def _named_source(row: CsvRow, name: str) -> Draft:
    cells = {column.removeprefix("source_"): row[column] for column in SOURCES if row[column]}
    spots = {field: row.spot(f"source_{field}") for field in ("title", "publisher", *cells)}
    defaulted = {"language": "und", "kind": "press", **cells}
    return Draft({"id": name, **defaulted}, {"": row.spot("source_published"), **spots})

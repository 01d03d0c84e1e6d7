"""Statements drafted from rows: one row, or several with the same id, make one statement."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from positions.files.csv_rows import CsvRow, Problem, Spot
from positions.files.drafts import SOURCES, Draft, ids_in, keys_in, source_key
from positions.records.attitudes import Attitude
from positions.records.described import fields_of
from positions.records.models import Statement
from positions.screen import shown

CONDITION = ("condition", "condition_topic", "condition_options")
"""Columns for the condition of a conditional acceptance."""
CELLS: dict[str, tuple[str, ...]] = {
    "parties": ("party",),
    "topic": ("topic", "unit"),
    "says": ("option", "attitude"),
    "conditions": (*CONDITION, "alternative"),
    "sources": ("source", *SOURCES),
}
"""The columns of those fields of a statement that have no column of the same name."""
COLUMNS = tuple(
    column for field in fields_of(Statement) for column in CELLS.get(field.name, (field.name,))
)
"""All columns of a table of statements."""
NEEDED = ("party", "topic", "date", "option", "attitude", "summary")
"""Columns that every statement needs, in one of its rows."""
TEXTS = tuple(
    field.name
    for field in fields_of(Statement)
    if field.holds in ("text", "date") and field.name != "id"
)
"""Columns with one value for the whole statement."""
LISTS = {
    CELLS.get(field.name, (field.name,))[0]: field.name
    for field in fields_of(Statement)
    if field.holds == "ids" and field.name != "sources"
}
"""Columns with several ids, and the fields that they fill."""


@attrs.frozen
class Drafted:
    """The drafted statements of a table, and the problems of its rows.

    `lost`: the ids of statements that could not be drafted.
    """

    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]
    lost: frozenset[str]


def with_topics(rows: Iterable[CsvRow]) -> tuple[CsvRow, ...]:
    """Return rows with the topic of their statement where they leave it empty."""
    rows = list(rows)
    named = {row["id"]: row["topic"] for row in reversed(rows) if row["id"] and row["topic"]}
    return tuple(
        attrs.evolve(row, cells={"topic": named.get(row["id"], ""), **row.cells}) for row in rows
    )


def draft_statements(rows: Sequence[CsvRow], sources: Mapping[tuple[str, ...], str]) -> Drafted:
    """Draft the statements of a table; `sources` maps descriptions in rows to ids."""
    drafts, problems, lost = [], [], set()
    for name, own in _by_statement(rows).items():
        found = list(_problems(own))
        problems += found
        if found:
            lost.add(name)
        else:
            drafts.append(_statement(name, own, sources))
    return Drafted(tuple(drafts), tuple(problems), frozenset(lost))


def _by_statement(rows: Iterable[CsvRow]) -> dict[str, list[CsvRow]]:
    """Group rows by id; a row without an id is a statement by itself."""
    rows = list(rows)
    found: defaultdict[str, list[CsvRow]] = defaultdict(list)
    taken = {row["id"] for row in rows}
    for row in rows:
        name = row["id"] or _free(_made_id(row), taken)
        taken.add(name)
        found[name].append(row)
    return dict(found)


def _made_id(row: CsvRow) -> str:
    """Make an id of party, date and topic: `north.2024-05-02.water.share`."""
    words = f"{row['party']}.{row['date'].strip('?~%')}.{row['topic']}".lower()
    return re.sub(r"[^a-z0-9._-]+", "-", words).strip("-._")[:90] or f"row-{row.number}"


def _free(name: str, taken: Container[str]) -> str:
    """Return a name, with a number if it is taken."""
    numbered = (f"{name}-{number}" for number in itertools.count(2))
    return next(free for free in itertools.chain([name], numbered) if free not in taken)


# ------------------------------------------------------------ problems of rows


def _problems(rows: Sequence[CsvRow]) -> Iterator[Problem]:
    for column in NEEDED:
        if not any(row[column] for row in rows):
            yield Problem(rows[0].spot(column), "is empty", "every statement needs it")
    if not any(row["source"] or any(source_key(row)) for row in rows):
        advice = "add at least its title, its publisher and its date of publication"
        yield Problem(rows[0].spot("source_title"), "a statement needs a source", advice)
    yield from _contradictions(rows)
    for row in rows:
        yield from _row_problems(row)


def _contradictions(rows: Sequence[CsvRow]) -> Iterator[Problem]:
    """Yield the problems of cells and attitudes that differ between rows of one statement."""
    for column in (*LISTS, *TEXTS):
        filled = [row for row in rows if row[column]]
        for row in filled[1:]:
            if row[column] != filled[0][column]:
                wanted = f"wanted {shown(filled[0][column])}, as in row {filled[0].number}"
                text = f"{wanted} of the same statement, found {shown(row[column])}"
                yield Problem(row.spot(column), text, "correct it, or use another id")
    said: dict[str, CsvRow] = {}
    for row in rows:
        for key in keys_in(row["option"]):
            first = said.setdefault(key, row)
            if first["attitude"] != row["attitude"]:
                text = f"row {first.number} of the same statement differs on {shown(key)}"
                yield Problem(row.spot("attitude"), text)


def _row_problems(row: CsvRow) -> Iterator[Problem]:
    """Yield the problems within one row."""
    needs = any(row[column] for column in CONDITION)
    conditional = row["attitude"] == Attitude.CONDITIONAL
    if bool(row["option"]) != bool(row["attitude"]):
        empty = "attitude" if row["option"] else "option"
        yield Problem(row.spot(empty), "is empty", "a row needs both an option and an attitude")
    if conditional and not needs:
        advice = "describe in this column what must hold"
        yield Problem(row.spot("condition"), "is empty", advice)
    if needs and not conditional:
        text = "a condition is only valid with the attitude conditional"
        yield Problem(row.spot(next(name for name in CONDITION if row[name])), text)
    if bool(row["condition_topic"]) != bool(row["condition_options"]):
        empty = "condition_options" if row["condition_topic"] else "condition_topic"
        yield Problem(row.spot(empty), "is empty", "a condition needs both a topic and options")


# ------------------------------------------------------------ one statement


def _statement(name: str, rows: Sequence[CsvRow], sources: Mapping[tuple[str, ...], str]) -> Draft:
    """Draft a statement from its rows."""
    spots: dict[str, Spot] = {"": rows[0].spot(), "id": rows[0].spot("id")}
    fields: dict[str, Any] = {"id": name, "attribution": "reported"}
    for row in reversed(rows):
        fields |= {column: row[column] for column in TEXTS if row[column]}
        spots |= {column: row.spot(column) for column in TEXTS if row[column]}
        fields |= {field: ids_in(row[column]) for column, field in LISTS.items() if row[column]}
        spots |= {field: row.spot(column) for column, field in LISTS.items() if row[column]}
    fields["says"] = dict(_says(rows, spots))
    fields["conditions"] = _groups(rows, spots)
    fields["sources"] = tuple(dict.fromkeys(_cited(rows, sources, spots)))
    return Draft(fields, spots)


def _says(rows: Iterable[CsvRow], spots: dict[str, Spot]) -> Iterator[tuple[str, str]]:
    for row in rows:
        for key in keys_in(row["option"]):
            spots.setdefault(f"says.{key}", row.spot("option"))
            yield key, row["attitude"]


def _groups(rows: Iterable[CsvRow], spots: dict[str, Spot]) -> tuple[dict[str, Any], ...]:
    """Group conditions: those for the same options and alternative must all hold."""
    groups: dict[tuple[tuple[str, ...], str], list[dict[str, Any]]] = {}
    for row in rows:
        own = list(_conditions(row))
        if own:
            key = keys_in(row["option"]), row["alternative"]
            group = groups.setdefault(key, [])
            place = f"conditions[{list(groups).index(key)}]"
            spots.setdefault(place, row.spot(next(name for name in CONDITION if row[name])))
            for number in range(len(group), len(group) + len(own)):
                spots[f"{place}.all[{number}].topic"] = row.spot("condition_topic")
                spots[f"{place}.all[{number}].options"] = row.spot("condition_options")
            group += own
    return tuple({"for": keys, "all": tuple(all_)} for (keys, _), all_ in groups.items())


def _conditions(row: CsvRow) -> Iterator[dict[str, Any]]:
    """Yield the conditions of one row: on a topic, as text, or both."""
    if row["condition_topic"]:
        yield {"topic": row["condition_topic"], "options": keys_in(row["condition_options"])}
    if row["condition"]:
        yield {"text": row["condition"]}


def _cited(
    rows: Iterable[CsvRow], sources: Mapping[tuple[str, ...], str], spots: dict[str, Spot]
) -> Iterator[str]:
    for row in rows:
        if row["source"]:
            spots.setdefault("sources", row.spot("source"))
        yield from ids_in(row["source"])
        if any(source_key(row)):
            yield sources[source_key(row)]

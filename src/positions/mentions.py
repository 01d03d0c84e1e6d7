"""Records that statements name, drafted from their rows: parties, topics, options and sources.

What rows do not say of them is told in few words: a party is an organisation, a topic is
nominal unless it has a unit, and all but sources are called by their ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from positions.csv_rows import CsvRow, Problem, Spot
from positions.drafts import Draft, ids_in, keys_in
from positions.screen import shown

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
WORDS = ("nominal", "ordinal")
"""The kinds of topic whose answers are words, and so have no unit."""


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


def named_topics(rows: Iterable[CsvRow], unit_of: Mapping[str, str]) -> list[Draft]:
    """Draft a topic for each id that a statement names.

    A topic with a unit is one of numbers; every other is nominal.
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
    """Draft the options that statements name, as rows of a table of options would.

    On a topic of numbers these are the words; all else there is an interval.
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
    """Write an id as words: `water.release_rate` as “Water release rate”."""
    return re.sub(r"[._]+", " ", name).strip().capitalize() or name


def units_in(
    rows: Iterable[CsvRow], topics: Sequence[Draft] = ()
) -> tuple[dict[str, str], list[Problem]]:
    """Find the unit of each topic of numbers, and where a row contradicts what stands elsewhere.

    The unit of a topic of the table of topics is empty where neither table nor rows tell it.
    """
    kinds = {topic.id: topic.fields.get("kind") for topic in topics}
    units = {topic.id: _unit(topic) for topic in topics if kinds[topic.id] not in WORDS}
    problems = []
    for row in rows:
        name, unit = row["topic"], row["unit"]
        if unit and kinds.get(name) in WORDS:
            text = f"{name} is {kinds[name]} in the table of topics, and has no unit"
            problems.append(Problem(row.spot("unit"), text, "a topic of numbers is a `quantity`"))
        elif unit:
            units[name] = known = units.get(name) or unit
            if known != unit:
                text = f"{name} has the unit {shown(known)} elsewhere, here {shown(unit)}"
                problems.append(Problem(row.spot("unit"), text))
    return units, problems


def _unit(topic: Draft) -> str:
    return str(topic.fields.get("unit", ""))


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

"""The tables of a data package: their fields, keys and rows.

Each record has one row. Nested records (options, conditions and the terms of a
proposal) have tables of their own. Several ids in one cell are separated by commas,
which no id contains. The fields are those of the models; only additional and renamed
fields are defined here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal

import attrs

from positions.records.attitudes import SAID
from positions.records.described import DescribedField, fields_of
from positions.records.models import (
    Condition,
    ConditionGroup,
    Document,
    Event,
    Mandate,
    Option,
    Party,
    Proposal,
    Record,
    Source,
    Statement,
    Term,
    Topic,
)

PackageRow = Mapping[str, Any]
"""The values of a row by field; values without a field in the table are ignored."""

FieldType = Literal["string", "integer", "number", "date", "list", "array"]
"""The types of fields, as in Table Schema."""


@attrs.frozen
class TableField:
    """A column, with its description for Table Schema."""

    name: str
    about: str
    type: FieldType = "string"
    required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str | None = None


@attrs.frozen
class ForeignKey:
    """Fields whose values refer to rows of another table."""

    fields: tuple[str, ...]
    table: str
    reference: tuple[str, ...] = ("id",)


@attrs.frozen
class PackageTable:
    """A table: its fields, its primary key, and the function that makes its rows."""

    name: str
    about: str
    fields: tuple[TableField, ...]
    key: tuple[str, ...]
    rows: Callable[[Document], Iterable[PackageRow]]
    foreign_keys: tuple[ForeignKey, ...] = ()


# ------------------------------------------------------------ fields

TYPES: dict[str, FieldType] = {
    "text": "string",
    "date": "string",
    "whole number": "integer",
    "number": "number",
    "ids": "list",
    "texts": "array",
}
"""Table Schema types by kind of value; fields of other kinds have tables of their own."""


def _columns(record: type[Record], *without: str) -> Iterator[TableField]:
    """List the columns of the fields of a record that have no table of their own."""
    for field in fields_of(record):
        if field.holds in TYPES and field.name not in without:
            yield _column(field)


def _column(field: DescribedField) -> TableField:
    written = " In EDTF, as written." if field.holds == "date" else ""
    return TableField(
        field.name,
        f"{field.about}{written}",
        TYPES[field.holds],
        field.filled,
        field.choices,
        field.pattern,
    )


def _owner(name: str, about: str) -> TableField:
    return TableField(name, about, required=True)


def _number(name: str, about: str) -> TableField:
    return TableField(name, about, "integer", required=True)


def _topic_columns() -> Iterator[TableField]:
    """List the columns of topics; the domain is empty if answers are not numbers."""
    for column in _columns(Topic):
        yield attrs.evolve(column, required=column.required and column.name != "domain")


def _statement_columns() -> Iterator[TableField]:
    """List the columns of statements: after a date, the days that it can mean."""
    for column in _columns(Statement, "sources"):
        yield column
        if column.name == "date":
            yield TableField("first_day", "The first day that the date can mean.", "date", True)
            yield TableField("last_day", "The last day that the date can mean.", "date", True)


def _condition_columns() -> Iterator[TableField]:
    """List the columns of a condition; `proposal` is renamed, since an owner can be called so."""
    for column in _columns(Condition):
        name = "as_part_of" if column.name == "proposal" else column.name
        yield attrs.evolve(column, name=name)


_CONDITION_KEYS = (
    ForeignKey(("topic",), "topics"),
    ForeignKey(("as_part_of",), "proposals"),
)


# ------------------------------------------------------------ rows


def _plain(record: Record) -> dict[str, Any]:
    return record.model_dump(mode="json", by_alias=True)


def _numbered(items: Iterable[Record], **owner: object) -> Iterator[PackageRow]:
    """Yield nested records as rows, with their number and their owner."""
    for number, item in enumerate(items, start=1):
        yield {**_plain(item), "number": number, **owner}


def _mandates(document: Document) -> Iterator[PackageRow]:
    for party in document.parties:
        yield from _numbered(party.mandates, party=party.id)


def _topics(document: Document) -> Iterator[PackageRow]:
    for topic in document.topics:
        domain = topic.domain if topic.kind == "quantity" else None
        yield {**_plain(topic), "domain": domain}


def _options(document: Document) -> Iterator[PackageRow]:
    for topic in document.topics:
        yield from _numbered(topic.options, topic=topic.id)


def _statements(document: Document) -> Iterator[PackageRow]:
    for statement in document.statements:
        days: dict[str, dt.date] = {
            "first_day": statement.date.earliest,
            "last_day": statement.date.latest,
        }
        yield {**_plain(statement), **days}


def _said(document: Document) -> Iterator[PackageRow]:
    for statement in document.statements:
        for party in statement.parties:
            for key, attitude in statement.says.items():
                named = {"statement": statement.id, "party": party, "topic": statement.topic}
                yield {**named, "key": key, "attitude": str(attitude)}


def _statement_sources(document: Document) -> Iterator[PackageRow]:
    for statement in document.statements:
        for source in dict.fromkeys(statement.sources):
            yield {"statement": statement.id, "source": source}


def _conditions(document: Document) -> Iterator[PackageRow]:
    for statement in document.statements:
        for place, group in enumerate(statement.conditions, start=1):
            owner = {"statement": statement.id, "group": place, "for": group.for_}
            yield from _condition_rows(group.all, owner)


def _condition_rows(conditions: Iterable[Condition], owner: PackageRow) -> Iterator[PackageRow]:
    for number, condition in enumerate(conditions, start=1):
        needed = {**_plain(condition), "as_part_of": condition.proposal}
        yield {**needed, "number": number, **owner}


def _terms(document: Document) -> Iterator[PackageRow]:
    for proposal in document.proposals:
        yield from _numbered(proposal.terms, proposal=proposal.id)


def _term_conditions(document: Document) -> Iterator[PackageRow]:
    for proposal in document.proposals:
        for place, term in enumerate(proposal.terms, start=1):
            yield from _condition_rows(term.conditions, {"proposal": proposal.id, "term": place})


# ------------------------------------------------------------ tables

TABLES = (
    PackageTable(
        "parties",
        "The parties that take positions",
        tuple(_columns(Party)),
        ("id",),
        lambda document: map(_plain, document.parties),
    ),
    PackageTable(
        "mandates",
        "The governments of parties",
        (
            _owner("party", "The party that the government belongs to."),
            _number("number", "The place of the government among those of the party."),
            *_columns(Mandate),
        ),
        ("party", "number"),
        _mandates,
        (ForeignKey(("party",), "parties"),),
    ),
    PackageTable(
        "topics",
        "Questions whose answers exclude one another",
        tuple(_topic_columns()),
        ("id",),
        _topics,
    ),
    PackageTable(
        "options",
        "The possible answers to the question of a topic",
        (
            _owner("topic", "The topic that the option belongs to."),
            _number("number", "The place of the option in the order of the topic."),
            *_columns(Option),
        ),
        ("topic", "id"),
        _options,
        (ForeignKey(("topic",), "topics"),),
    ),
    PackageTable(
        "sources",
        "The sources of statements",
        tuple(_columns(Source)),
        ("id",),
        lambda document: map(_plain, document.sources),
    ),
    PackageTable(
        "proposals",
        "Packages of terms that were tabled",
        tuple(_columns(Proposal)),
        ("id",),
        lambda document: map(_plain, document.proposals),
    ),
    PackageTable(
        "terms",
        "The clauses of proposals",
        (
            _owner("proposal", "The proposal that the clause belongs to."),
            _number("number", "The place of the clause in the proposal."),
            *_columns(Term),
        ),
        ("proposal", "number"),
        _terms,
        (
            ForeignKey(("proposal",), "proposals"),
            ForeignKey(("topic",), "topics"),
            ForeignKey(("by",), "parties"),
        ),
    ),
    PackageTable(
        "term-conditions",
        "The conditions of clauses of proposals",
        (
            _owner("proposal", "The proposal."),
            _number("term", "The number of the clause."),
            _number("number", "The place of the condition among those of the clause."),
            *_condition_columns(),
        ),
        ("proposal", "term", "number"),
        _term_conditions,
        (ForeignKey(("proposal", "term"), "terms", ("proposal", "number")), *_CONDITION_KEYS),
    ),
    PackageTable(
        "statements",
        "Statements of parties on one topic; their attitudes are in positions-said",
        tuple(_statement_columns()),
        ("id",),
        _statements,
        (ForeignKey(("topic",), "topics"), ForeignKey(("claimed_by",), "parties")),
    ),
    PackageTable(
        "positions-said",
        "The attitude of each party of a statement to each key",
        (
            _owner("statement", "The statement."),
            _owner("party", "One of the parties that made the statement."),
            _owner("topic", "The topic of the statement."),
            _owner("key", "An option, a range of options, an interval, or * for the topic."),
            TableField(
                "attitude",
                "The attitude of the party to the key.",
                required=True,
                choices=tuple(map(str, SAID)),
            ),
        ),
        ("statement", "party", "key"),
        _said,
        (
            ForeignKey(("statement",), "statements"),
            ForeignKey(("party",), "parties"),
            ForeignKey(("topic",), "topics"),
        ),
    ),
    PackageTable(
        "statement-sources",
        "The sources of each statement",
        (_owner("statement", "The statement."), _owner("source", "One of its sources.")),
        ("statement", "source"),
        _statement_sources,
        (ForeignKey(("statement",), "statements"), ForeignKey(("source",), "sources")),
    ),
    PackageTable(
        "conditions",
        "The conditions of conditional acceptances; all of one group must hold",
        (
            _owner("statement", "The statement."),
            _number("group", "The alternative that the condition belongs to."),
            _number("number", "The place of the condition within the alternative."),
            *_columns(ConditionGroup),
            *_condition_columns(),
        ),
        ("statement", "group", "number"),
        _conditions,
        (ForeignKey(("statement",), "statements"), *_CONDITION_KEYS),
    ),
    PackageTable(
        "events",
        "Events, which are shown together with positions",
        tuple(_columns(Event)),
        ("id",),
        lambda document: map(_plain, document.events),
    ),
)
"""The tables of a data package; each refers only to tables above it."""

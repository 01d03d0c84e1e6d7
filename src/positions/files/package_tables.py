"""What stands in each table of a data package: its fields, its keys and its rows.

One row per record, but where records hold others: options, conditions and the terms
of a proposal have tables of their own. Ids of one cell are parted by commas, which
no id holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

import attrs

from positions.records.models import (
    SAID,
    Attribution,
    Condition,
    Confidence,
    Document,
    EventKind,
    Record,
)

PackageRow = Mapping[str, Any]
"""The values of a row by the names of their fields; others are passed over."""

DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[?~%]?$"
"""The form of a date that is kept as written."""


@attrs.frozen
class TableField:
    """A column: what it holds, and what Table Schema is told of it."""

    name: str
    about: str
    type: Literal["string", "integer", "number", "date", "list", "array"] = "string"
    required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str | None = None


@attrs.frozen
class ForeignKey:
    """Fields whose values stand in another table."""

    fields: tuple[str, ...]
    table: str
    reference: tuple[str, ...] = ("id",)


@attrs.frozen
class PackageTable:
    """A table: its fields, the fields that name a row, and how its rows are made."""

    name: str
    about: str
    fields: tuple[TableField, ...]
    key: tuple[str, ...]
    rows: Callable[[Document], Iterable[PackageRow]]
    foreign_keys: tuple[ForeignKey, ...] = ()


# ------------------------------------------------------------ fields


def _text(name: str, about: str) -> TableField:
    return TableField(name, about)


def _needed(name: str, about: str, choices: Sequence[str] = ()) -> TableField:
    return TableField(name, about, required=True, choices=tuple(choices))


def _number(name: str, about: str) -> TableField:
    return TableField(name, about, "integer", required=True)


def _date(name: str, about: str, required: bool = False) -> TableField:
    return TableField(name, f"{about}, in EDTF as written", required=required, pattern=DATE)


def _list(name: str, about: str, required: bool = False) -> TableField:
    return TableField(name, about, "list", required=required)


_ID = _needed("id", "Names the record")
_NOTE = _text("note", "Remarks of the coder")
_SOURCES = _list("sources", "Ids of its sources", required=True)
_CONDITION = (
    _text("topic", "The topic that has to be settled"),
    _list("options", "The keys of which one has to be settled on it"),
    _text("as_part_of", "The proposal that has to hold as a whole"),
    _text("text", "Any other condition, in words"),
)
_CONDITION_KEYS = (
    ForeignKey(("topic",), "topics"),
    ForeignKey(("as_part_of",), "proposals"),
)


# ------------------------------------------------------------ rows


def _plain(record: Record) -> dict[str, Any]:
    return record.model_dump(mode="json", by_alias=True)


def _numbered(items: Iterable[Record], **owner: object) -> Iterator[PackageRow]:
    """Number records that others hold, and name their owner."""
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
            yield from _needs(group.all, owner)


def _needs(conditions: Iterable[Condition], owner: PackageRow) -> Iterator[PackageRow]:
    for number, condition in enumerate(conditions, start=1):
        needed = {**_plain(condition), "as_part_of": condition.proposal}
        yield {**needed, "number": number, **owner}


def _terms(document: Document) -> Iterator[PackageRow]:
    for proposal in document.proposals:
        yield from _numbered(proposal.terms, proposal=proposal.id)


def _term_conditions(document: Document) -> Iterator[PackageRow]:
    for proposal in document.proposals:
        for place, term in enumerate(proposal.terms, start=1):
            yield from _needs(term.conditions, {"proposal": proposal.id, "term": place})


# ------------------------------------------------------------ tables

TABLES = (
    PackageTable(
        "parties",
        "Those who take positions",
        (
            _ID,
            _needed("name", "What it is called"),
            _needed("kind", "What it is", ("state", "organisation", "coalition", "non_state")),
            _list("members", "Ids of the parties in a coalition"),
            TableField("gw", "Its number in the list of Gleditsch and Ward", "integer"),
            TableField("cow", "Its number in the Correlates of War", "integer"),
            _text("wikidata", "Its item in Wikidata"),
        ),
        ("id",),
        lambda document: map(_plain, document.parties),
    ),
    PackageTable(
        "mandates",
        "The governments of parties",
        (
            _needed("party", "The party it governs"),
            _number("number", "Its place among those of the party"),
            _date("from", "Its first day", required=True),
            _needed("name", "What it is called"),
        ),
        ("party", "number"),
        _mandates,
        (ForeignKey(("party",), "parties"),),
    ),
    PackageTable(
        "topics",
        "Questions whose answers exclude one another",
        (
            _ID,
            _needed("name", "What it is called"),
            _needed("question", "The question that the options answer"),
            _needed("kind", "The kind of answers", ("nominal", "ordinal", "quantity")),
            _needed("about", "What it is about", ("term", "process", "conduct")),
            _text("unit", "On quantity topics: the unit of the numbers"),
            _text("domain", "On quantity topics: the interval of numbers that make sense"),
            TableField("span", "The distance that counts as the whole dispute", "number"),
            _NOTE,
            TableField("pax", "Codes of the PA-X codebook", "array"),
        ),
        ("id",),
        _topics,
    ),
    PackageTable(
        "options",
        "The possible answers to the question of a topic",
        (
            _needed("topic", "The topic it belongs to"),
            _needed("id", "Names it within its topic"),
            _number("number", "Its place in the order of the topic"),
            _needed("name", "What it is called"),
            _needed("definition", "What it means"),
            TableField("at", "Its place on the scale of an ordinal topic", "number"),
        ),
        ("topic", "id"),
        _options,
        (ForeignKey(("topic",), "topics"),),
    ),
    PackageTable(
        "sources",
        "Where statements can be read",
        (
            _ID,
            _needed("title", "Its title"),
            _needed("publisher", "Who published it"),
            _text("url", "Its address on the web"),
            _date("published", "When it was published"),
            _date("retrieved", "When somebody saw it"),
            _needed("language", "Its language, as a tag such as en or pt-BR"),
            _needed("kind", "What it is", ("official", "wire", "press", "analysis")),
            _NOTE,
        ),
        ("id",),
        lambda document: map(_plain, document.sources),
    ),
    PackageTable(
        "proposals",
        "Packages of terms that somebody put on the table",
        (
            _ID,
            _needed("name", "What it is called"),
            _date("date", "When it was put forward", required=True),
            _list("sponsors", "Ids of the parties that put it forward", required=True),
            _SOURCES,
            _NOTE,
        ),
        ("id",),
        lambda document: map(_plain, document.proposals),
    ),
    PackageTable(
        "terms",
        "The clauses of proposals",
        (
            _needed("proposal", "The proposal it belongs to"),
            _number("number", "Its place in the proposal"),
            _needed("topic", "The topic it settles"),
            _list("options", "The keys of which any one fits", required=True),
            _text("by", "The party whose variant of an open clause it is"),
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
        "What must hold for clauses of proposals",
        (
            _needed("proposal", "The proposal"),
            _number("term", "The number of the clause"),
            _number("number", "Its place among the conditions of the clause"),
            *_CONDITION,
        ),
        ("proposal", "term", "number"),
        _term_conditions,
        (ForeignKey(("proposal", "term"), "terms", ("proposal", "number")), *_CONDITION_KEYS),
    ),
    PackageTable(
        "statements",
        "What parties said on one topic, and when; their attitudes stand in positions-said",
        (
            _ID,
            _list("parties", "Ids of those who said it", required=True),
            _needed("topic", "The topic it is about"),
            _date("date", "When it was said", required=True),
            TableField("first_day", "The first day that the date can mean", "date", True),
            TableField("last_day", "The last day that the date can mean", "date", True),
            _date("from", "In force only from this day"),
            _date("until", "In force up to and including this day"),
            _needed("summary", "What was said, in the words of the coder"),
            _text("context", "Circumstances"),
            _text("speaker", "Who spoke"),
            _needed("attribution", "Whose words they are", get_args(Attribution)),
            _text("claimed_by", "The party that claims it"),
            TableField("confidence", "How sure the coder is", choices=get_args(Confidence)),
            _list("denies", "Ids of statements that it denies"),
            _NOTE,
        ),
        ("id",),
        _statements,
        (ForeignKey(("topic",), "topics"), ForeignKey(("claimed_by",), "parties")),
    ),
    PackageTable(
        "positions-said",
        "Which attitude each party of a statement takes to what",
        (
            _needed("statement", "The statement"),
            _needed("party", "One of those who said it"),
            _needed("topic", "The topic of the statement"),
            _needed("key", "An option, a range of options, an interval, or * for the topic"),
            _needed("attitude", "What the party says of it", tuple(map(str, SAID))),
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
        "Where each statement can be read",
        (
            _needed("statement", "The statement"),
            _needed("source", "One of its sources"),
        ),
        ("statement", "source"),
        _statement_sources,
        (ForeignKey(("statement",), "statements"), ForeignKey(("source",), "sources")),
    ),
    PackageTable(
        "conditions",
        "What must hold for a conditional acceptance to count: all of one group",
        (
            _needed("statement", "The statement"),
            _number("group", "The alternative it belongs to"),
            _number("number", "Its place within the alternative"),
            _list("for", "The keys that the alternative is for", required=True),
            *_CONDITION,
        ),
        ("statement", "group", "number"),
        _conditions,
        (ForeignKey(("statement",), "statements"), *_CONDITION_KEYS),
    ),
    PackageTable(
        "events",
        "What happened beside the statements",
        (
            _ID,
            _date("date", "When it happened"),
            _date("start", "When it began"),
            _date("end", "When it ended"),
            _needed("kind", "What it was", get_args(EventKind)),
            _list("parties", "Ids of those who took part"),
            _text("place", "Where it happened"),
            _list("topics", "Ids of the topics it concerns"),
            _needed("outcome", "What came of it"),
            _SOURCES,
            _NOTE,
        ),
        ("id",),
        lambda document: map(_plain, document.events),
    ),
)
"""The tables of a data package; each refers only to tables that stand above it."""

"""Reading a data set from tables saved by a spreadsheet: one row for each attitude.

Only the table of statements is required. Parties, topics, options and sources can have
tables of their own; any others that rows name are made from the rows.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from positions.errors import Fault, InvalidInputError
from positions.files.csv_rows import CsvRow, CsvRows, Problem, read_rows
from positions.files.drafts import (
    Draft,
    completed,
    named_options,
    named_parties,
    named_sources,
    named_topics,
    needed_columns,
    table_columns,
    table_drafts,
    units_in,
    unknown_topics,
    with_options,
    with_units,
    without_ordinal,
)
from positions.files.reader import Reader, problem_of, read_bounded
from positions.files.statement_rows import COLUMNS, NEEDED, draft_statements, with_topics
from positions.records.checks import TOO_FEW
from positions.records.dates import Date, as_date
from positions.records.models import SCHEMA_VERSION, Document, Record
from positions.screen import shown
from positions.snapshots.dataset import Dataset, Day
from positions.tables.whole_files import FilePath

ADVICE = {
    "party": "the id of a party is written in capitals, such as NORTH",
    "topic": "the id of a topic is lower-case words joined by dots, such as water.share",
    "condition_topic": "the id of a topic is lower-case words joined by dots, such as water.share",
    "option": "separate options by semicolons; numbers need a unit",
    "condition_options": "separate options by semicolons; numbers need a unit",
    "date": "if a spreadsheet changed it, format the column as text",
}
"""What to do about an invalid cell, if there is no better advice."""


def read_csv(
    path: FilePath,
    *,
    parties: FilePath | None = None,
    topics: FilePath | None = None,
    options: FilePath | None = None,
    sources: FilePath | None = None,
    title: str | None = None,
    authors: str | Iterable[str] = (),
    evidence_until: Day | None = None,
) -> Dataset:
    r"""Read a data set from a table of statements, as a spreadsheet saves it.

    Each row contains the attitude of a party to an option of a topic. Rows with the same
    `id` are one statement.

    The other tables may be incomplete: what they do not list is made from the rows that name
    it. The exception is the options of an ordinal topic, whose order only `options` can give.
    A nominal or ordinal topic needs two options, named in rows or in `options`.

    Arguments:
        path: the table of statements.
        parties: the table of parties; any other party has its id as its name.
        topics: the table of topics; any other topic is nominal, or a quantity if it has a unit.
        options: the table of options, in addition to those that rows name.
        sources: the table of sources, in addition to those that rows describe.
        title: the title of the data set; by default, the name of the file.
        authors: the names of the authors of the data set.
        evidence_until: the end of the evidence; by default, none is recorded.

    Raises:
        DataError: the tables break the format; every fault is listed with row and column.
        InvalidInputError: the title, an author or the day is invalid.
        OSError: a file cannot be opened.

    >>> import tempfile
    >>> head = "party,topic,unit,date,option,attitude,summary,source_title,source_publisher,"
    >>> said = "NORTH,water.share,per cent,2024-05-02,60..,demand,North wants more.,Talks,Daily,"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder, "river.csv")
    ...     _ = table.write_text(f"{head}source_published\n{said}2024-05-03")
    ...     read_csv(table)
    <Dataset 'river': 1 parties, 1 topics, 1 statements>
    """
    until = None if evidence_until is None else as_date(evidence_until)
    tables = {"parties": parties, "topics": topics, "options": options, "sources": sources}
    said = read_rows(_bytes(path), os.fspath(path), COLUMNS, NEEDED)
    others = {name: _table(place, name) for name, place in tables.items() if place is not None}
    named = Path(path).stem if title is None else title
    who = (authors,) if isinstance(authors, str) else tuple(authors)
    return _dataset(said, others, os.fspath(path), named, who, until)


def parse_csv(
    data: bytes,
    *,
    origin: str = "the data",
    title: str | None = None,
    evidence_until: Day | None = None,
) -> Dataset:
    """Read a data set from the bytes of a table of statements, without other tables.

    Arguments:
        data: the content of the table.
        origin: the name of the table in errors.
        title: the title of the data set; by default, the origin.
        evidence_until: the end of the evidence; by default, none is recorded.

    Raises:
        DataError: the table breaks the format; every fault is listed with row and column.
        InvalidInputError: the title or the day is invalid.

    >>> parse_csv(b"")
    Traceback (most recent call last):
    positions.errors.DataError: the data: 1 fault
      wanted the names of the columns in the first row
    """
    until = None if evidence_until is None else as_date(evidence_until)
    said = read_rows(data, origin, COLUMNS, NEEDED)
    return _dataset(said, {}, origin, origin if title is None else title, (), until)


def _table(path: FilePath, name: str) -> CsvRows:
    """Read a table other than that of statements."""
    columns, needed = table_columns(name), needed_columns(name)
    return read_rows(_bytes(path), os.fspath(path), columns, needed, name)


def _bytes(path: FilePath) -> bytes:
    with open(path, "rb") as file:
        return read_bounded(file, os.fspath(path))


def _dataset(
    said: CsvRows,
    tables: Mapping[str, CsvRows],
    origin: str,
    title: str,
    authors: tuple[str, ...],
    until: Date | None,
) -> Dataset:
    """Make a data set from the rows of all tables."""
    reader = _CsvReader(origin)
    reader.draft(said, tables)
    return reader.dataset(_document(reader.all_records(), title, authors, until))


@attrs.frozen
class _CsvReader(Reader[Problem]):
    """Reads the tables of one data set, and locates faults in their cells."""

    drafts: dict[str, list[Draft]] = attrs.field(factory=dict)
    lost: set[str] = attrs.field(factory=set)

    def draft(self, said: CsvRows, given: Mapping[str, CsvRows]) -> None:
        """Draft the records that the tables contain or imply."""
        rows = with_topics(self.rows(said))
        tables = {name: table_drafts(self.rows(found), name) for name, found in given.items()}
        self.drafts["parties"] = completed(tables.get("parties", []), named_parties(rows))
        self.drafts["topics"] = self.topics(rows, tables)
        listed = tables.get("sources", [])
        described = named_sources(rows, [source.id for source in listed])
        self.drafts["sources"] = [*listed, *described.values()]
        drafted = draft_statements(rows, {key: draft.id for key, draft in described.items()})
        self.drafts["statements"] = list(drafted.drafts)
        self.found.extend(drafted.problems)
        self.lost.update(drafted.lost)

    def rows(self, table: CsvRows) -> tuple[CsvRow, ...]:
        """Return the rows of one table, and record the problems of its form."""
        self.found.extend(table.problems)
        return table.rows

    def topics(self, rows: Sequence[CsvRow], tables: Mapping[str, list[Draft]]) -> list[Draft]:
        """Draft the topics of their table and of the rows, with their options."""
        listed, options = tables.get("topics", []), tables.get("options", [])
        units, problems = units_in(rows, listed)
        topics = completed(with_units(listed, units), named_topics(rows, units))
        self.found.extend([*problems, *unknown_topics(options, topics)])
        named = without_ordinal(named_options(rows, units), listed)
        return with_options(topics, completed(options, named))

    def all_records(self) -> dict[str, tuple[Record, ...]]:
        """Make the records of all kinds from their drafts."""
        return {
            kind: self.records(
                kind,
                [draft.fields for draft in drafts],
                self.lost if kind == "statements" else (),
            )
            for kind, drafts in self.drafts.items()
        }

    def at(self, path: str) -> tuple[str, Draft, str]:
        """Return the kind and the draft that a path leads to, and the rest of the path."""
        found = re.fullmatch(r"(\w+)\[(\d+)\]\.?(.*)", path, re.DOTALL)
        assert found is not None, path
        return found[1], self.drafts[found[1]][int(found[2])], found[3]

    def record_fault(self, error: ErrorDetails, path: str) -> Problem:
        """Return a fault of a record, located in its cell."""
        _, draft, _ = self.at(path)
        return _problem(error, draft)

    def reference_fault(self, fault: Fault) -> Problem:
        """Return a fault between records, located in the cell that names the other record."""
        kind, draft, path = self.at(fault.path)
        if kind == "topics":
            return _topic_problem(draft, path, fault)
        spot = draft.spot(path)
        keys = spot.column in ("option", "condition_options")
        return Problem(spot, fault.problem, fault.advice or (ADVICE[spot.column] if keys else ""))

    def faults(self) -> Sequence[Fault]:
        """Return all faults in the order of the rows, those of the statements first."""
        return list(dict.fromkeys(problem.fault() for problem in sorted(self.found, key=_order)))


def _topic_problem(topic: Draft, path: str, fault: Fault) -> Problem:
    """Return the problem of a topic, or of its options if a table lists them."""
    if fault.problem.startswith(TOO_FEW):
        return _too_few(topic)
    if path == "options":
        return Problem(topic.spot("options[0]"), fault.problem, fault.advice)
    if path == "unit":
        spot = attrs.evolve(topic.spot(path), column=path)
        return Problem(spot, fault.problem, "add it here, or in a row of the statements")
    return Problem(topic.spot(path), fault.problem, fault.advice)


def _too_few(topic: Draft) -> Problem:
    """Return the problem of a topic with too few options, with a row that corrects it."""
    found = [repr(option["id"]) for option in topic.fields["options"]]
    so_far = f"only one option, {found[0]}" if found else "no option"
    if topic.fields["kind"] == "ordinal":
        so_far += " in the table of options, which gives their order"
    text = f"{topic.id} has {so_far}; a nominal or ordinal topic needs two"
    head, row = ",".join(needed_columns("options")), f"{topic.id},other,Other,What it means"
    advice = f"add a row to a table of options, such as {row}; the header is {head}"
    return Problem(topic.spot(""), text, advice)


def _problem(error: ErrorDetails, draft: Draft) -> Problem:
    """Return an error of pydantic as a problem of the cell."""
    place = tuple(part for part in error["loc"] if part != "[key]")
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    spot = draft.spot(path.removeprefix("."))
    if place[:1] == ("says",) and "[key]" not in error["loc"]:
        spot = attrs.evolve(spot, column="attitude")
    text, advice = problem_of(error, place)
    if error["type"] == "string_pattern_mismatch" and spot.column in ADVICE:
        text = f"{shown(error['input'])} is not a valid id"
    return Problem(spot, text, advice or ADVICE.get(spot.column, ""))


def _order(problem: Problem) -> tuple[str, int]:
    """Return a sort key of problems: statements first, then by table and row."""
    return problem.spot.table, problem.spot.row


def _document(
    made: Mapping[str, Sequence[Record]],
    title: str,
    authors: tuple[str, ...],
    until: Date | None,
) -> Document:
    """Make a document of the valid records."""
    valid: dict[str, Any] = dict(made)
    try:
        return Document(
            schema_version=SCHEMA_VERSION,
            data_version="0",
            title=title,
            description=title,
            authors=authors,
            licence="none given",
            evidence_until=until,
            **valid,
        )
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        wanted = "names of 1 to 300 characters on one line"
        given = authors if field == "authors" else title
        raise InvalidInputError(field, wanted, given) from None

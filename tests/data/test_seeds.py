"""The page on the first four articles: each claim has records, and its queries show them."""

import re
import shlex
from argparse import Namespace

import attrs
import pytest

import positions as pos
from places import DOCS
from positions.cli.arguments import parser
from positions.cli.main import main
from positions.records.models import Event, Proposal, Statement

PAGE = (DOCS / "data" / "seeds.md").read_text(encoding="utf-8")
OUTSIDE = "## Passages that are not claims of this kind"
"""The heading of the last part, which lists what the tables of claims omit."""

Held = Statement | Proposal | Event
"""A record that can correspond to a claim."""

QUOTED = re.compile(r"`([^`]+)`")
RECORD = re.compile(r"(?:(proposal|event) )?`([^`]+)`")
COUNT = re.compile(r"^\| `([^`]+)` \| .+ \| (\d+) \|$", re.MULTILINE)
KINDS: dict[str, type[Held]] = {"": Statement, "proposal": Proposal, "event": Event}
"""The class of a record by the word before its id on the page; without a word, a statement."""


@attrs.frozen
class Row:
    """A claim of an article, with its records and queries."""

    article: str
    claim: str
    date: str
    records: tuple[tuple[str, str], ...]
    commands: tuple[str, ...]


def cells(line: str) -> list[str]:
    """Return the cells of a row of a table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def rows_of(part: str) -> list[Row]:
    """Return the claims under one heading; the article is the first name below it."""
    lines = [cells(line) for line in part.splitlines() if line.startswith("|")][2:]
    article = QUOTED.findall(part)[0]
    return [
        Row(article, claim, date, tuple(RECORD.findall(records)), tuple(QUOTED.findall(asked)))
        for claim, date, records, asked, _remark in lines
    ]


ROWS = [row for part in PAGE.partition(OUTSIDE)[0].split("\n## ")[1:] for row in rows_of(part)]
ARTICLES = {article: int(count) for article, count in COUNT.findall(PAGE)}


def known(ds: pos.Dataset) -> dict[str, Held]:
    """Return all records that can correspond to a claim, by id."""
    records: list[Held] = [*ds.statements, *ds.proposals, *ds.events]
    return {record.id: record for record in records}


def day_of(record: Held) -> str:
    """Return the day of a record as written; the first day of a period."""
    first = record.date
    if first is None and isinstance(record, Event):
        first = record.start
    return str(first)


def shows(ds: pos.Dataset, options: Namespace, statement: Statement) -> bool:
    """Whether a query about a day shows a statement: a cell of its attitude is based on it."""
    snapshot = ds.at(options.on, dates=options.dates, attributions=options.attributions)
    within = any(
        statement.topic == topic or statement.topic.startswith(f"{topic}.")
        for topic in options.topics
    )
    if not within:
        return False
    resting = {
        str(cell.attitude)
        for party in set(statement.parties) & set(options.parties)
        for cell in snapshot[party, statement.topic].cells
        if statement.id in cell.statements and not cell.implied
    }
    return resting >= {str(said) for said in statement.says.values()} - {"withdrawn"}


def answers(ds: pos.Dataset, command: str, name: str) -> bool:
    """Whether a command on the page shows a record."""
    options = parser().parse_args(shlex.split(command))
    if "parties" not in options:
        return bool(options.name == name)
    record = known(ds)[name]
    return isinstance(record, Statement) and shows(ds, options, record)


def test_page_lists_the_claims_that_it_counts() -> None:
    """The first table names the four articles, with the correct number of claims of each."""
    assert len(ARTICLES) == 4
    assert {name: sum(row.article == name for row in ROWS) for name in ARTICLES} == ARTICLES


def test_every_name_on_the_page_exists(ds: pos.Dataset) -> None:
    """Every quoted text with a digit and without a space is an id of the data."""
    names = {name for name in QUOTED.findall(PAGE) if " " not in name and re.search(r"\d", name)}
    assert names
    assert names - set(known(ds)) - {source.id for source in ds.sources} == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.claim)
def test_every_claim_has_records_of_the_kind_it_says(ds: pos.Dataset, row: Row) -> None:
    """Each claim names at least one record; proposals and events are labelled as such."""
    assert row.records
    for kind, name in row.records:
        assert isinstance(known(ds)[name], KINDS[kind]), name


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.claim)
def test_every_claim_has_the_date_of_a_record(ds: pos.Dataset, row: Row) -> None:
    """The date of a claim is the day of one of its records, or the month of it."""
    days = [day_of(known(ds)[name]) for _kind, name in row.records]
    assert any(day.startswith(row.date) for day in days), days


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.claim)
def test_every_query_shows_its_claim(ds: pos.Dataset, row: Row) -> None:
    """Each record of a claim is shown by one of its commands, and each command shows one."""
    found = {
        (command, name)
        for command in row.commands
        for _kind, name in row.records
        if answers(ds, command, name)
    }
    assert {name for _command, name in found} == {name for _kind, name in row.records}
    assert {command for command, _name in found} == set(row.commands)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.claim)
def test_every_query_runs(row: Row, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command on the page runs and has an answer."""
    for command in row.commands:
        assert main(shlex.split(command)) == 0
        assert len(capsys.readouterr().out.splitlines()) > 4


def test_nothing_taken_from_the_articles_is_forgotten(ds: pos.Dataset) -> None:
    """Each statement that cites an article is listed under it, or at the end as not a claim.

    Proposals and events that cite one are named anywhere on the page.
    """
    listed = {(row.article, name) for row in ROWS for _kind, name in row.records}
    outside = set(QUOTED.findall(PAGE.partition(OUTSIDE)[2]))
    cited = {(a, r) for r in known(ds).values() for a in ARTICLES if a in r.sources}
    said = {(a, r.id) for a, r in cited if isinstance(r, Statement)}
    assert said
    assert {(a, name) for a, name in said - listed if name not in outside} == set()
    assert {r.id for _a, r in cited} - set(QUOTED.findall(PAGE)) == set()

"""No field is lost: every field of a record is in every output that should contain it.

The tables of CSV files are read back in tests/laws/test_files.py; that strategies set
every field is tested in tests/laws/test_testing.py.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import positions as pos
from positions.cli.show import show
from positions.files.data_package import DESCRIPTOR, package_files
from positions.files.json_files import schema, to_json
from positions.files.statement_rows import COLUMNS
from positions.records.models import KINDS, Document, Record
from positions.records.record_tables import record_lines

DOCS = Path(__file__).parents[2] / "docs"

EXAMPLE: dict[str, Any] = {
    "schema_version": "1.1",
    "data_version": "edition 7",
    "title": "Every field",
    "description": "A data set that leaves no field out.",
    "authors": ["Mara Quill"],
    "licence": "ODbL-1.0",
    "evidence_until": "2001-07",
    "parties": [
        {"id": "ARL", "name": "Arland", "kind": "state"},
        {
            "id": "UNION",
            "name": "The union",
            "kind": "coalition",
            "members": ["ARL"],
            "mandates": [{"from": "1999-03", "name": "The reformers"}],
            "gw": 9101,
            "cow": 9102,
            "wikidata": "Q9103",
        },
    ],
    "topics": [
        {
            "id": "port.use",
            "name": "Use of the port",
            "question": "How far is the port open?",
            "kind": "ordinal",
            "about": "conduct",
            "options": [
                {"id": "shut", "name": "Closed", "definition": "Nobody enters.", "at": 0.125},
                {"id": "wide", "name": "Open", "definition": "All may enter.", "at": 0.875},
            ],
            "note": "Coded by harbour.",
            "pax": ["TerSta, II"],
        },
        {
            "id": "toll",
            "name": "The toll",
            "question": "What does a ship pay?",
            "kind": "quantity",
            "unit": "crowns",
            "domain": "1..9104",
            "span": 9105.0,
        },
    ],
    "sources": [
        {
            "id": "gazette",
            "title": "On the port",
            "publisher": "The Gazette",
            "url": "https://example.org/port",
            "published": "2000-01-05",
            "retrieved": "2001-06-07",
            "language": "pt-BR",
            "kind": "wire",
            "note": "Only the summary was read.",
        }
    ],
    "statements": [
        {
            "id": "first",
            "parties": ["UNION"],
            "topic": "toll",
            "date": "2000-01-02",
            "says": {"..30": "demand"},
            "summary": "The union would pay little.",
            "attribution": "self",
            "sources": ["gazette"],
        },
        {
            "id": "second",
            "parties": ["ARL"],
            "topic": "port.use",
            "date": "2000-02~",
            "from": "2000-03-04",
            "until": "2001-05-06",
            "says": {"wide": "conditional"},
            "conditions": [
                {
                    "for": ["wide"],
                    "all": [
                        {"topic": "toll", "options": ["50.."]},
                        {"proposal": "plan"},
                        {"text": "the parliament agrees"},
                    ],
                }
            ],
            "summary": "Arland would open the port.",
            "context": "On the last day of talks.",
            "speaker": "The harbour master",
            "attribution": "claimed",
            "claimed_by": "UNION",
            "confidence": "low",
            "denies": ["first"],
            "sources": ["gazette"],
            "note": "The record is torn.",
        },
    ],
    "proposals": [
        {
            "id": "plan",
            "name": "The plan of spring",
            "date": "2000-04",
            "sponsors": ["UNION"],
            "terms": [
                {
                    "topic": "port.use",
                    "options": ["shut"],
                    "conditions": [{"text": "all ships have left"}],
                    "by": "ARL",
                }
            ],
            "sources": ["gazette"],
            "note": "Found in an archive.",
        }
    ],
    "events": [
        {
            "id": "storm",
            "date": "2000-05-06",
            "kind": "other",
            "parties": ["ARL"],
            "place": "Medtown",
            "topics": ["port.use"],
            "outcome": "The mole broke.",
            "sources": ["gazette"],
            "note": "Seen from afar.",
        },
        {
            "id": "meeting",
            "start": "2000-06-07",
            "end": "2000-06-09",
            "kind": "talks",
            "outcome": "Nothing was signed.",
            "sources": ["gazette"],
        },
    ],
}
"""A data set in which every field of every record is given."""


@pytest.fixture(scope="module")
def ds() -> pos.Dataset:
    """Return the example as a data set."""
    return pos.parse_json(json.dumps(EXAMPLE))


def held(record: Record) -> Iterator[Record]:
    """Yield a record and all records nested in it."""
    yield record
    for name in type(record).model_fields:
        value = getattr(record, name)
        for item in value if isinstance(value, tuple) else ():
            if isinstance(item, Record):
                yield from held(item)


def written(name: str) -> str:
    """Return the name of a field in a file."""
    return name.removesuffix("_")


def values(record: Record, name: str) -> list[str]:
    """Return the values of a field, if not its default, as texts, without nested records."""
    if getattr(record, name) == type(record).model_fields[name].default:
        return []
    value = record.model_dump(mode="json")[name]
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    listed = parts if isinstance(parts, list) else [parts]
    return [str(part) for part in listed if not isinstance(part, dict)]


RECORDS = list(held(Document.model_validate(EXAMPLE, by_alias=True, by_name=False)))
FIELDS = sorted(
    {(type(record), name) for record in RECORDS for name in type(record).model_fields}, key=str
)
EACH = pytest.mark.parametrize(
    ("kind", "name"), FIELDS, ids=[f"{kind.__name__}.{name}" for kind, name in FIELDS]
)


def of_kind(kind: type[Record]) -> list[Record]:
    """Return the records of one kind in the example."""
    return [record for record in RECORDS if type(record) is kind]


@EACH
def test_the_example_gives_every_field(kind: type[Record], name: str) -> None:
    """The example gives each field of each record a value other than its default."""
    default = kind.model_fields[name].default
    assert {getattr(record, name) for record in of_kind(kind)} - {default}


def test_files_keep_every_field(ds: pos.Dataset) -> None:
    """A written JSON file contains every field that was read."""
    assert json.loads(to_json(ds)) == EXAMPLE


@EACH
def test_the_schema_describes_every_field(kind: type[Record], name: str) -> None:
    """The JSON Schema describes each field in a sentence."""
    made = schema()
    properties = (
        made["properties"] if kind is Document else made["$defs"][kind.__name__]["properties"]
    )
    assert re.fullmatch(r"[A-Z].+\.", properties[written(name)]["description"])


# ------------------------------------------------------------ data packages

TABLES = {
    "Party": ["parties"],
    "Mandate": ["mandates"],
    "Topic": ["topics"],
    "Option": ["options"],
    "Source": ["sources"],
    "Statement": ["statements"],
    "ConditionGroup": ["conditions"],
    "Condition": ["conditions", "term-conditions"],
    "Proposal": ["proposals"],
    "Term": ["terms"],
    "Event": ["events"],
}
"""The tables of a data package with the fields of each kind of record."""

ELSEWHERE = {
    ("Statement", "says"): [("positions-said", "key"), ("positions-said", "attitude")],
    ("Statement", "sources"): [("statement-sources", "source")],
    ("Condition", "proposal"): [("conditions", "as_part_of"), ("term-conditions", "as_part_of")],
}
"""The columns of fields that have another name or are in another table."""

HEAD = {
    "authors": "contributors",
    "data_version": "version",
    "licence": "licenses",
}
"""Names of fields of the head in a Data Package."""


def cells(ds: pos.Dataset, table: str, column: str) -> list[str]:
    """Return the cells of a column of a data package."""
    text = package_files(ds)[f"{table}.csv"].decode()
    return [row[column] for row in csv.DictReader(io.StringIO(text, newline=""))]


@EACH
def test_data_packages_hold_every_field(ds: pos.Dataset, kind: type[Record], name: str) -> None:
    """The values of a field are in its column of a data package, or in the description."""
    found = {value for record in of_kind(kind) for value in values(record, name)}
    if kind is Document:
        head = json.loads(package_files(ds)[DESCRIPTOR])
        text = json.dumps(head[HEAD.get(name, name)]) if found else ""
    else:
        own = [(table, written(name)) for table in TABLES[kind.__name__]]
        columns = ELSEWHERE.get((kind.__name__, name), own if found else [])
        text = "\n".join(cell for table, column in columns for cell in cells(ds, table, column))
    assert [value for value in found if value not in text] == []


# ------------------------------------------------------------ printed records

BY_NAME = {
    ("Condition", "topic"): "The toll",
    ("Condition", "options"): "at least 50 crowns",
    ("Condition", "proposal"): "The plan of spring",
    ("Term", "options"): "Closed",
    ("Statement", "sources"): "On the port",
    ("Proposal", "sources"): "On the port",
    ("Event", "sources"): "On the port",
}
"""Fields whose ids the command line replaces by names, with the name in the example."""


@EACH
def test_displayed_records_contain_every_field(kind: type[Record], name: str) -> None:
    """A displayed record contains the value of each of its fields."""
    for record in of_kind(kind):
        lines = dict(record_lines(record))
        assert all(value in lines[written(name)] for value in values(record, name))


@EACH
def test_show_prints_every_field(ds: pos.Dataset, kind: type[Record], name: str) -> None:
    """`positions show` prints the value of each field of a record, or the name for an id."""
    snapshot = ds.at("2000-06-01")
    for top in (record for each in KINDS for record in getattr(ds.document, each)):
        answer = show(snapshot, top.id)
        text = "\n".join(" ".join(map(str, line)) for line in answer.lines) + str(answer.notes)
        for record in held(top):
            if type(record) is kind and values(record, name):
                named = BY_NAME.get((kind.__name__, name))
                wanted = values(record, name) if named is None else [named]
                assert [value for value in wanted if value not in text] == []


# ------------------------------------------------------------ pages

IN_OTHER_WORDS = {
    "parties": "Arland",
    "topic": "Use of the port",
    "date": "February 2000 (approximate)",
    "from": "from 4 March 2000",
    "until": "until 6 May 2001",
    "attribution": "Claimed by",
    "claimed_by": "The union",
    "says": "Open",
    "conditions": "the parliament agrees",
    "sources": "#source-gazette",
}
"""What a report prints for fields that it does not print literally."""

UNREPORTED = {
    "context": "the summary contains what matters",
    "confidence": "a report can exclude statements below a minimum confidence",
    "denies": "a denied statement does not count, and `why` shows the denial",
    "note": "it is for coders; `show` prints it",
}
"""The fields of a statement that a report does not print, with the reason."""


@pytest.fixture(scope="module")
def report(ds: pos.Dataset) -> str:
    """Return a report on the example."""
    made = pos.report(ds, ["ARL", "UNION"], on="2000-06-01", attributions=["claimed", "self"])
    return made.html


@pytest.mark.parametrize("name", pos.Statement.model_fields)
def test_reports_print_the_fields_of_statements(ds: pos.Dataset, report: str, name: str) -> None:
    """A report prints each field of a statement, except those listed with a reason."""
    item = report.partition('id="statement-second"')[2].partition("</li>")[0]
    page = report if name in ("says", "conditions") else item
    (second,) = (said for said in ds.statements if said.id == "second")
    words = IN_OTHER_WORDS.get(written(name))
    wanted = values(second, name) if words is None else [words]
    assert all(text in page for text in wanted) == (name not in UNREPORTED)


def test_the_page_on_the_format_describes_every_field() -> None:
    """The tables of docs/format.md are what `make pages` writes, one for each kind of record."""
    spec = importlib.util.spec_from_file_location("fields", DOCS / "fields.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = (DOCS / "format.md").read_text(encoding="utf-8")
    assert script.page(text) == text, "run make pages: a table of fields is old"
    named = re.findall(r"<!-- fields of (\w+) -->", text)
    assert sorted(named) == sorted({kind.__name__ for kind, _ in FIELDS})
    for kind, name in FIELDS:
        table = text.partition(f"<!-- fields of {kind.__name__} -->\n\n")[2].partition("\n\n")[0]
        assert f"| `{written(name)}` |" in table


def test_the_page_on_the_format_describes_every_column() -> None:
    """docs/format.md describes every column of a table of statements."""
    text = (DOCS / "format.md").read_text(encoding="utf-8")
    section = text.partition("## As a table of statements")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("|")]
    assert set(re.findall(r"`(\w+)`", "".join(rows))) == set(COLUMNS)

"""The head of a data set: its authors, and the end of the evidence, which may be absent."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, find, given, settings

import positions as pos
from makers import clause, dataset, document, one_of_each, only_if, plan, said, settled, source
from positions import quality, results, testing
from positions.cli.arguments import parser
from positions.cli.questions import snapshot_of
from positions.files.data_package import package_files
from positions.files.json_files import parse_json, to_json
from positions.records.models import SCHEMA_VERSION, Document

LAND = clause("land", "yes")
ONLY = only_if(settled("army.size", "..85"))
WORDS = (
    said("A", {"yes": "demand"}, "2000-01-01"),
    said("B", {"no": "demand"}, "2000-01-02", until="2000-02"),
    said("B", {"yes": "accept"}, "2000-03"),
)

HEAD = (
    "party,topic,unit,date,option,attitude,summary,source_title,source_publisher,source_published"
)


def endless(*words: pos.Statement, **more: object) -> pos.Dataset:
    """Make a data set without an end of the evidence."""
    return dataset(*words, **{"evidence_until": None, **more})


# ------------------------------------------------------------ the end of the evidence


def test_absent_end_is_absent() -> None:
    """An end of the evidence that is not given is absent from records, files and descriptions."""
    ds = endless(*WORDS)
    assert ds.document.evidence_until is None
    assert "evidence_until" not in document(ds)
    assert parse_json(to_json(ds)) == ds
    assert "evidence_until" not in json.loads(package_files(ds)["datapackage.json"])
    assert quality.data_info(ds).evidence_until is None
    assert quality.data_info(ds).to_records()[0]["evidence_until"] is None


def test_an_absent_end_is_never_displayed() -> None:
    """No displayed text names an end of the evidence if none is given."""
    ds = endless(*WORDS)
    report = pos.report(ds, ["A", "B"])
    shown = f"{ds.table()} {quality.data_info(ds).cite} {report.html}"
    assert "9999" not in shown
    assert "vidence until" not in shown
    assert re.search(r"None\b(?! of)", shown) is None
    assert ds.at("2024").notes == ()
    assert not [row for row in quality.audit(ds) if row.rule == "within evidence"]


def test_read_csv_has_no_end_unless_given(tmp_path: Path) -> None:
    """A table of statements has only the end of the evidence that is given."""
    row = "NORTH,water.share,per cent,2024-05-02,60..,demand,More.,Talks,Daily"
    table = tmp_path / "said.csv"
    table.write_text(f"{HEAD}\n{row},2024-05-03")
    assert pos.read_csv(table).document.evidence_until is None
    assert pos.read_csv(table).last_day == dt.date(2024, 5, 2)


@pytest.mark.parametrize(
    ("ds", "last"),
    [
        (dataset(*WORDS), "2000-12-31"),
        (dataset(*WORDS, evidence_until="2000-01"), "2000-01-31"),
        (endless(*WORDS), "2000-03-31"),
        (endless(*WORDS, proposals=[plan("p", LAND, date="2001-05")]), "2001-05-31"),
        (
            endless(
                events=[
                    pos.Event(
                        id="e",
                        start="1999-12-30",
                        end="2000-01-02",
                        kind="talks",
                        outcome="Nothing.",
                        sources=["press"],
                    )
                ]
            ),
            "2000-01-02",
        ),
        (endless(*WORDS).suppose("A", "land", {"yes": "reject"}, on="2010"), "2000-03-31"),
    ],
)
def test_last_day(ds: pos.Dataset, last: str) -> None:
    """The default day is the end of the evidence, else the last day of any record."""
    assert ds.last_day.isoformat() == last


def test_no_last_day() -> None:
    """Without records and an end of the evidence there is no default day, and one is required."""
    with pytest.raises(pos.InvalidInputError, match="give a day"):
        _ = endless().last_day
    with pytest.raises(pos.InvalidInputError, match="give a day"):
        pos.timeline(endless(), "A")
    assert pos.timeline(endless(), "A", until="2000").until == dt.date(2000, 12, 31)


ENDS: dict[str, Callable[[pos.Dataset], object]] = {
    "report": lambda ds: pos.report(ds, ["A", "B"]).html.count("31 March 2000") > 0,
    "timeline": lambda ds: pos.timeline(ds, "A").until == ds.last_day,
    "history": lambda ds: pos.history(ds, ["A", "B"]).until == ds.last_day,
    "convergence": lambda ds: pos.convergence(ds, ["A", "B"]).until == ds.last_day,
    "nearest": lambda ds: pos.nearest(ds, "A").date == ds.last_day,
    "a snapshot at the command line": lambda ds: (
        snapshot_of(ds, parser().parse_args(["compare", "A", "B"]), None).date == ds.last_day
    ),
    "suppose": lambda ds: (
        ds.suppose("A", "land", {"yes": "reject"}).statements[-1].date.latest == ds.last_day
    ),
}


@pytest.mark.parametrize("question", ENDS)
def test_questions_end_with_the_last_record(question: str) -> None:
    """Each question without a day is about the last day of any record."""
    assert ENDS[question](endless(*WORDS))


# ------------------------------------------------------------ the ends of the calendar

EDGE = endless(
    said("A", {"yes": "demand"}, "0001-01-01"),
    said("B", {"no": "demand"}, "0001", until="9999-12-30"),
    said("A", {"yes": "conditional"}, "9999-12-30", conditions=(ONLY,), until="9999-12-30"),
    said("B", {"yes": "accept"}, "9999-12-31", until="9999"),
    said("A", {"90": "accept"}, "0001-01-02", topic="army.size", until="0001-01-02"),
    said("B", {"..85": "demand"}, "9999-12-30", topic="army.size", from_="9999-12-31"),
    sources=[source(published="9999-12-31")],
    proposals=[plan("first", LAND, date="0001-01-01"), plan("last", LAND, date="9999")],
    events=[
        pos.Event(id="e", date="9999-12-31", kind="talks", outcome="-", sources=["press"]),
    ],
)
"""Statements on the first and the last days of a calendar with years of four digits."""


def drawn(result: object) -> object:
    """Plot a result, and make matplotlib lay out its axes."""
    pytest.importorskip("matplotlib")
    assert isinstance(result, results.History | results.Timeline | results.Convergence)
    axes = result.plot()
    axes.figure.savefig(io.BytesIO(), format="svg")
    return axes


FAR: dict[str, Callable[[str], object]] = {
    "snapshot": lambda day: EDGE.at(day),
    "compare": lambda day: pos.compare(EDGE.at(day), ["A", "B"]),
    "why": lambda day: EDGE.at(day)["B", "land"].why(),
    "max_age": lambda day: EDGE.at(day, max_age=1).table(),
    "longest max_age": lambda day: EDGE.at(day, max_age=dt.date.max.toordinal()).table(),
    "known_by": lambda day: EDGE.at(day, known_by=day).table(),
    "overlap": lambda day: pos.overlap(EDGE.at(day, max_age=3), ["A", "B"]),
    "report": lambda day: pos.report(EDGE, ["A", "B"], on=day),
    "timeline": lambda day: pos.timeline(EDGE, "B", until=day, max_age=2),
    "history": lambda day: pos.history(EDGE, ["A", "B"], until=day, max_age=2),
    "history from": lambda day: pos.history(EDGE, ["A", "B"], since=day),
    "convergence": lambda day: pos.convergence(EDGE, ["A", "B"], until=day, decay=10.0),
    "monthly": lambda day: pos.convergence(EDGE, ["A", "B"], since=day, every="year"),
    "verdicts": lambda day: pos.verdicts(EDGE, on=day),
    "after tabling": lambda day: pos.verdicts(EDGE, max_age=1),
    "nearest": lambda day: pos.nearest(EDGE, "B", on=day),
    "diff": lambda day: pos.diff(EDGE.at("0001-01-01"), EDGE.at(day)),
    "suppose": lambda day: EDGE.suppose("A", "land", {"yes": "reject"}, on=day, until="9999"),
    "audit": lambda day: quality.audit(EDGE),
    "quantities": lambda day: pos.quantities(EDGE, "army.size"),
    "drawn history": lambda day: drawn(pos.history(EDGE, ["A", "B"], until=day)),
    "drawn timeline": lambda day: drawn(pos.timeline(EDGE, "B", until=day)),
    "drawn convergence": lambda day: drawn(pos.convergence(EDGE, ["A", "B"], until=day)),
    "drawn last days": lambda day: drawn(pos.history(EDGE, ["A", "B"], since="9999-12-30")),
}


@pytest.mark.parametrize("day", ["9999", "9999-12-30", "0001-01-01"])
@pytest.mark.parametrize("question", FAR)
def test_ends_of_the_calendar(question: str, day: str) -> None:
    """Every question is answered on the first and the last days of the calendar."""
    assert str(FAR[question](day))


def test_the_last_day_has_no_day_after() -> None:
    """A period of one day that ends the calendar counts one day."""
    rows = pos.history(EDGE, ["A", "B"], "land", since="9999-12-31")
    assert [(row.days, row.until) for row in rows] == [(1, None)]


@settings(max_examples=20)
@given(testing.edtf_dates(min_value=dt.date(9999, 12, 1), max_value=dt.date.max))
def test_strategies_stay_in_the_calendar(date: pos.Date) -> None:
    """Dates can be drawn up to the last day of the calendar."""
    assert date.latest <= dt.date.max


@settings(max_examples=20)
@given(
    testing.documents().flatmap(
        lambda found: testing.statements(
            found, dates=testing.edtf_dates(min_value=dt.date(9999, 12, 1), max_value=dt.date.max)
        )
    )
)
def test_statements_stay_in_the_calendar(statement: pos.Statement) -> None:
    """Statements can be drawn up to the last day of the calendar."""
    assert statement.date.earliest >= dt.date(9999, 1, 1)


# ------------------------------------------------------------ authors and the version


def test_authors_are_in_the_head() -> None:
    """Authors are read from a file as written, and are named in all descriptions of the data."""
    ds = dataset(*WORDS, authors=["Ann Coder", "Bo Coder"])
    assert document(ds)["authors"] == ["Ann Coder", "Bo Coder"]
    assert parse_json(to_json(ds)).document.authors == ("Ann Coder", "Bo Coder")
    descriptor = json.loads(package_files(ds)["datapackage.json"])
    assert descriptor["contributors"] == [
        {"title": "Ann Coder", "roles": ["author"]},
        {"title": "Bo Coder", "roles": ["author"]},
    ]
    info = quality.data_info(ds)
    assert info.to_records()[0]["authors"] == ["Ann Coder", "Bo Coder"]
    assert info.cite.startswith("Ann Coder, Bo Coder: Small. Data set, ")
    assert "Ann Coder, Bo Coder" in pos.report(ds, ["A", "B"]).html
    assert "Ann Coder, Bo Coder" in quality.codebook(ds).splitlines()[2]
    assert "Ann Coder, Bo Coder" in str(ds.table())


@pytest.mark.parametrize(
    ("field", "given"), [("authors", ["Ann", " "]), ("authors", ""), ("title", "")]
)
def test_invalid_names(tmp_path: Path, field: str, given: object) -> None:
    """The error about an invalid title or author names the argument."""
    table = tmp_path / "said.csv"
    table.write_text(HEAD)
    with pytest.raises(pos.InvalidInputError, match=f"{field}: wanted names"):
        pos.read_csv(table, **{field: given})


def test_one_author_may_be_a_text() -> None:
    """A single text is one author, and not a sequence of letters."""
    assert dataset(*WORDS, authors="Ann").document.authors == ("Ann",)


def test_no_authors_are_never_displayed() -> None:
    """If no authors are given, no file or citation mentions any."""
    ds = dataset(*WORDS)
    assert "authors" not in document(ds)
    assert "contributors" not in json.loads(package_files(ds)["datapackage.json"])
    assert quality.data_info(ds).cite.startswith("Small. ")


def test_a_file_of_1_0_is_still_read() -> None:
    """A file of format 1.0 is read, keeps its version, and is written as it was."""
    file = {**document(one_of_each()), "schema_version": "1.0"}
    del file["authors"]
    ds = parse_json(json.dumps(file))
    assert (ds.document.schema_version, ds.document.authors) == ("1.0", ())
    assert document(ds) == file


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"authors": ["Ann"]}, "authors: is not a field of format 1.0"),
        ({"authors": []}, "authors: is not a field of format 1.0"),
        ({"evidence_until": None}, "evidence_until: is missing"),
    ],
)
def test_what_format_1_0_does_not_have(change: dict[str, object], fault: str) -> None:
    """A feature of format 1.1 is a fault in a file of version 1.0."""
    file = {**document(dataset(*WORDS)), "schema_version": "1.0", **change}
    with pytest.raises(pos.DataError, match=re.escape(fault)):
        parse_json(json.dumps({key: value for key, value in file.items() if value is not None}))
    file["schema_version"] = "1.1"
    parse_json(json.dumps({key: value for key, value in file.items() if value is not None}))


@settings(max_examples=60)
@given(testing.documents())
def test_strategies_draw_every_head(found: Document) -> None:
    """Drawn documents have the current format, which requires neither authors nor an end."""
    assert found.schema_version == SCHEMA_VERSION


@pytest.mark.parametrize(
    "holds",
    [
        lambda found: found.authors,
        lambda found: not found.authors,
        lambda found: found.evidence_until is None,
        lambda found: found.evidence_until is not None,
    ],
    ids=["authors", "no authors", "no end", "end"],
)
def test_strategies_draw_heads_with_and_without(holds: Callable[[Document], bool]) -> None:
    """Strategies draw data sets with and without authors, and with and without an end."""
    few = settings(phases=[Phase.generate], max_examples=200)
    find(testing.documents(max_statements=0), holds, settings=few)


# ------------------------------------------------------------ own data

OWN_DATA = """
import sys
import positions as pos
from positions.records.models import Option, Party, Source, Statement, Topic

answers = [Option(id=word, name=word, definition=word) for word in ("yes", "no")]
topic = Topic(id="land", name="Land", question="Land?", kind="nominal", options=answers)
source = Source(
    id="press", title="T", publisher="P", published="2000", language="en", kind="press"
)
demand = Statement(
    id="s", parties=["A"], topic="land", date="2000", says={"yes": "demand"},
    summary="A spoke.", attribution="self", sources=["press"],
)
parties = [Party(id=name, name=name, kind="state") for name in "AB"]
ds = pos.Dataset.of(parties=parties, topics=[topic], sources=[source], statements=[demand])
print(pos.overlap(ds.at("2001"), ["A", "B"]).about())
print(sorted({"positions.files.bundled", "positions.files.json_files"} & set(sys.modules)))
"""


def test_answers_on_own_data_read_no_file() -> None:
    """An answer on a user's own data cites them without reading the bundled data."""
    run = subprocess.run(
        [sys.executable, "-c", OWN_DATA], capture_output=True, text=True, check=True
    )
    about, imported = run.stdout.splitlines()
    assert "Untitled. Data set, version 0, licence none given." in about
    assert imported == "[]"

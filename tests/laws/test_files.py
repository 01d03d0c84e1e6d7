"""Laws of files: what is written is read again, and no record is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import positions as pos
from csv_tables import without_plans, written
from makers import document
from packages import counts_of, faults, listed, rows_of, tuples
from positions import quality, testing
from positions.files.audit import audit
from positions.files.codebook import codebook
from positions.files.coverage import coverage
from positions.files.data_package import package_files
from positions.files.json_files import parse_json, schema, to_json
from positions.files.package_tables import TABLES
from positions.snapshots.dataset import Dataset
from positions.testing import datasets
from rubbish import RUBBISH, mutate, places, refused_or_read


@given(datasets())
def test_every_disputed_cell_is_listed(ds: Dataset) -> None:
    """Every cell that is disputed in the snapshot of a day is listed."""
    listed = {name for cell in audit(ds).disputed for name in cell.split("(")[-1][:-1].split(", ")}
    days = {s.date.latest for s in ds.statements}
    for day in days:
        snapshot = ds.at(day)
        for party, topic_id in snapshot.spoken:
            for cell in snapshot[party, topic_id].cells:
                if cell.disputed:
                    assert set(cell.statements) & listed


@settings(max_examples=20)
@given(testing.datasets())
def test_checksum_identifies_the_data(ds: Dataset) -> None:
    """Equal data have equal facts, and different data different checksums."""
    info = quality.data_info(ds)
    assert info == quality.data_info(pos.parse_json(to_json(ds)))
    changed = Dataset(ds.document.model_copy(update={"title": f"{ds.document.title}, again"}))
    assert quality.data_info(changed).sha256 != info.sha256


@given(datasets())
def test_codebook_lists_every_topic_and_option(ds: Dataset) -> None:
    """Each topic has one heading, and each option one line."""
    lines = codebook(ds).splitlines()
    assert sum(line.startswith("### ") for line in lines) == len(ds.topics)
    assert sum(line.startswith("- `") for line in lines) == sum(len(t.options) for t in ds.topics)


@given(datasets())
def test_coverage_counts_every_statement_once(ds: Dataset) -> None:
    """The counts, and the parts of each count, add up to the statements of the parties."""
    rows = coverage(ds).rows
    assert sum(row.statements for row in rows) == sum(len(s.parties) for s in ds.statements)
    for row in rows:
        assert row.own + row.reported + row.leaked + row.claimed == row.statements
        assert row.official + row.wire + row.press + row.analysis == row.statements
    table = coverage(ds).table()
    assert not rows or table.rows[-1][-1] == sum(row.statements for row in rows)


@settings(max_examples=30)
@given(testing.datasets())
def test_every_data_set_is_valid(ds: Dataset) -> None:
    """Every file that the library writes is valid by the schema."""
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(schema())
    assert list(validator.iter_errors(document(ds))) == []


class TestDataPackage:
    """The tables contain what the records contain."""

    @settings(max_examples=60)
    @given(testing.datasets())
    def test_any_data(self, ds: Dataset) -> None:
        """Every record has its row, with the values of the data set."""
        files = package_files(ds)
        assert {table.name: len(rows_of(files, table.name)) for table in TABLES} == counts_of(ds)
        for row, statement in zip(rows_of(files, "statements"), ds.statements, strict=True):
            assert (row["id"], row["summary"]) == (statement.id, statement.summary)
            assert listed(row["parties"]) == list(statement.parties)
            assert listed(row["denies"]) == list(statement.denies)
            assert row["until"] == ("" if statement.until is None else str(statement.until))
        for row, about in zip(rows_of(files, "sources"), ds.sources, strict=True):
            assert (row["title"], row["url"]) == (about.title, about.url or "")
        for row, topic in zip(rows_of(files, "topics"), ds.topics, strict=True):
            assert (row["question"], row["unit"]) == (topic.question, topic.unit or "")
            assert row["span"] == ("" if topic.span is None else str(topic.span))

    @settings(max_examples=60)
    @given(testing.datasets())
    def test_keys(self, ds: Dataset) -> None:
        """Each primary key identifies one row, and each foreign key leads to a row."""
        files = package_files(ds)
        for table in TABLES:
            rows = rows_of(files, table.name)
            assert len(set(tuples(rows, table.key))) == len(rows)
            for key in table.foreign_keys:
                there = tuples(rows_of(files, key.table), key.reference)
                assert {found for found in tuples(rows, key.fields) if any(found)} <= set(there)


@settings(max_examples=40)
@given(testing.datasets())
def test_tables_round_trip(tmp_path_factory: pytest.TempPathFactory, drawn: pos.Dataset) -> None:
    """Tables are read back as the same data set, except for plans and events."""
    ds = without_plans(drawn)
    folder = tmp_path_factory.mktemp("tables")
    tables = written(folder, ds)
    head = {"authors": ds.document.authors, "evidence_until": ds.document.evidence_until}
    back = pos.read_csv(folder / "said.csv", **tables, title="back", **head)
    assert dict(head) == {name: getattr(back.document, name) for name in head}
    assert back.parties == ds.parties
    assert back.topics == ds.topics
    assert back.sources == ds.sources
    assert back.statements == ds.statements


class TestJson:
    """Law 7: what is written is read again, and everything else is refused with a report."""

    @settings(max_examples=50)
    @given(testing.datasets())
    def test_reading_what_was_written(self, ds: Dataset) -> None:
        """Every data set is read as it was written, and written again with the same text."""
        text = to_json(ds)
        assert parse_json(text) == ds
        assert to_json(parse_json(text.encode())) == text

    @settings(max_examples=30)
    @given(testing.datasets(), st.data())
    def test_any_mutation_of_any_file(self, ds: Dataset, data: st.DataObject) -> None:
        """One wrong value in any file is read or reported, and raises no other error."""
        value = document(ds)
        place, key = data.draw(st.sampled_from(places(value)))
        mutate(place, key, "replace", data.draw(RUBBISH))
        refused_or_read(value)


@settings(max_examples=10)
@given(testing.datasets())
def test_every_package_is_valid(tmp_path_factory: pytest.TempPathFactory, ds: Dataset) -> None:
    """The validator of the standard finds no fault in the package of any data set."""
    assert faults(ds, tmp_path_factory.mktemp("any") / "package") == []

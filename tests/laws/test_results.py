"""Laws of all results: they render everywhere with the same cells, and are values."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import pickle
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given, settings

import positions as pos
from positions import bargaining, testing
from positions.cli.show import show
from positions.files.json_files import to_json
from positions.screen import visible
from positions.snapshots.answers import Result
from positions.snapshots.dataset import Dataset
from positions.tables.cells import cell_text, marks_in
from positions.tables.table import Framed, Shown, Table
from readings import DAYS, READINGS
from table_readers import PageReader, read_latex, read_markdown


def all_results(ds: Dataset, day: dt.date, earlier: dt.date) -> Iterator[Any]:
    """Ask a data set everything that has an answer with rows."""
    snapshot = ds.at(day)
    one, two = (snapshot[party] for party in snapshot.parties[:2])
    yield pos.compare(snapshot, snapshot.parties)
    yield pos.overlap(snapshot, snapshot.parties)
    yield pos.deadlocks(snapshot, snapshot.parties)
    yield pos.convergence(ds, snapshot.parties, until=day)
    yield pos.diff(ds.at(earlier), snapshot)
    yield pos.diff(one, two)
    yield pos.agreement(snapshot)
    traded = pos.trades(snapshot, one.party, two.party)
    yield traded
    yield traded.offers
    yield bargaining.nash(bargaining.domain_from(snapshot, snapshot.parties))
    yield pos.timeline(ds, one.party, until=day)
    yield pos.history(ds, snapshot.parties, until=day)
    yield from (pos.quantities(ds, topic.id) for topic in ds.topics if topic.kind == "quantity")
    yield one
    yield one[snapshot.topics[0]]
    yield from (pos.diff(left, right, topics=ds.topics) for left, right in pairs(ds.proposals))
    yield from (pos.evaluate(plan, snapshot) for plan in ds.proposals)
    yield from (pos.lineage(ds, plan) for plan in ds.proposals)
    yield pos.verdicts(ds, parties=snapshot.parties, on=day)
    yield pos.nearest(ds, snapshot.parties[0], day)
    for records in (ds.parties, ds.topics, ds.sources, ds.statements, ds.proposals, ds.events):
        yield from (show(snapshot, record.id) for record in records[:1])
    yield show(snapshot, "statements")


def pairs(plans: Sequence[pos.Proposal]) -> list[tuple[pos.Proposal, pos.Proposal]]:
    """Pair every plan with every other."""
    return list(combinations(plans, 2))


def cells(table: Table) -> list[list[str]]:
    """List the texts of a table, headers first."""
    return [list(table.headers), *([cell_text(cell) for cell in row] for row in table.rows)]


class TestResults:
    """Law 8: every result renders everywhere with the same cells, and is a value."""

    @settings(max_examples=20)
    @given(testing.datasets(), DAYS, DAYS)
    def test_tables(self, ds: Dataset, day: dt.date, earlier: dt.date) -> None:
        """Markdown, HTML, LaTeX and CSV hold the cells of the table, and text all their letters."""
        for result in all_results(ds, day, earlier):
            table = result.table()
            shown = [[visible(cell) for cell in row] for row in cells(table)]
            assert list(csv.reader(io.StringIO(table.to("csv"), newline=""))) == cells(table)
            assert read_markdown(table.to("markdown")) == shown
            assert PageReader(table.to("html")).rows == shown
            assert read_latex(table.to("latex")) == shown
            letters = "".join(table.to("text").split())
            for row in shown[1:]:
                assert all(set("".join(cell.split())) <= set(letters) for cell in row)

    @settings(max_examples=20)
    @given(testing.datasets(), DAYS, DAYS)
    def test_marks(self, ds: Dataset, day: dt.date, earlier: dt.date) -> None:
        """Every note of a table is pointed to by a mark of a cell or remark, and by no other."""
        for result in all_results(ds, day, earlier):
            table = result.table()
            pointed_to = marks_in((*chain(*table.rows), *table.remarks))
            assert pointed_to == set(range(1, len(table.notes) + 1))

    @settings(max_examples=20)
    @given(testing.datasets(), DAYS, DAYS)
    def test_records(self, ds: Dataset, day: dt.date, earlier: dt.date) -> None:
        """Records are plain JSON, one a row, and CSV holds the same values."""
        for result in all_results(ds, day, earlier):
            records = result.to_records()
            assert json.loads(json.dumps(records, allow_nan=False)) == records
            header, *lines = csv.reader(io.StringIO(result.to_csv(), newline=""))
            assert tuple(header) == result.columns
            assert all(tuple(record) == result.columns for record in records)
            assert lines == [[in_csv(record[key]) for key in header] for record in records]

    @settings(max_examples=20)
    @given(testing.datasets(), DAYS, DAYS)
    def test_display(self, ds: Dataset, day: dt.date, earlier: dt.date) -> None:
        """Results show themselves in terminals and notebooks without disturbing them."""
        for result in all_results(ds, day, earlier):
            assert isinstance(result, Shown)
            assert isinstance(result, Framed)
            assert str(result) == visible(str(result))
            assert PageReader(result._repr_html_()).rows
            assert read_markdown(result._repr_markdown_())

    @settings(max_examples=20)
    @given(testing.datasets(), DAYS, DAYS)
    def test_values(self, ds: Dataset, day: dt.date, earlier: dt.date) -> None:
        """Results are hashable, picklable, and equal to the same answer computed afresh."""
        again = pos.parse_json(to_json(ds))
        for one, two in zip(
            all_results(ds, day, earlier), all_results(again, day, earlier), strict=True
        ):
            assert one == two
            assert hash(one) == hash(two)
            copied = pickle.loads(pickle.dumps(one))
            assert copied == one
            assert str(copied) == str(one)

    @settings(max_examples=20)
    @given(testing.datasets(), DAYS, READINGS)
    def test_snapshots(self, ds: Dataset, day: dt.date, reading: Any) -> None:
        """Snapshots and stances are values too."""
        snapshot, again = ds.at(day, **reading), pos.parse_json(to_json(ds)).at(day, **reading)
        assert (snapshot, hash(snapshot)) == (again, hash(again))
        assert pickle.loads(pickle.dumps(snapshot)) == snapshot
        for party in snapshot.parties:
            assert (snapshot[party], hash(snapshot[party])) == (again[party], hash(again[party]))
            assert pickle.loads(pickle.dumps(snapshot[party])) == snapshot[party]


@pytest.mark.parametrize(
    "ask",
    [
        lambda ds, snapshot: pos.compare(snapshot, snapshot.parties),
        lambda ds, snapshot: pos.overlap(snapshot, snapshot.parties),
        lambda ds, snapshot: pos.verdicts(ds, parties=snapshot.parties),
    ],
    ids=["compare", "overlap", "verdicts"],
)
@settings(max_examples=40)
@given(dataset=testing.datasets(), date=testing.edtf_dates())
def test_tidy_is_wide(
    ask: Callable[[pos.Dataset, pos.Snapshot], Result[object]], dataset: pos.Dataset, date: pos.Date
) -> None:
    """A tidy table has a row for each party of each row of the wide one; no header repeats."""
    snapshot = dataset.at(date.latest)
    found = ask(dataset, snapshot)
    tidy, wide = found.tidy(), found.wide()  # type: ignore[attr-defined]
    assert len(tidy.rows) == len(wide.rows) * len(snapshot.parties)
    for table in (tidy, wide):
        assert all(tuple(record) == table.headers for record in table.to_records())


def in_csv(value: object) -> str:
    """Write a value as it stands in CSV: text as it is, nothing as nothing, else JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

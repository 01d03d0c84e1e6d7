"""The laws of the reference: what holds for every data set, day and way of asking."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import pickle
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import Any, get_args

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

import positions as pos
from positions import bargaining, results, testing
from positions.cli.show import show
from positions.files.json_files import to_json
from positions.records.models import Attitude, Says, Statement
from positions.relations.changes import Move
from positions.relations.measures import gap_between, relation_of
from positions.relations.overlap import option_classes
from positions.screen import visible
from positions.snapshots.dataset import Dataset
from positions.snapshots.ledger import CONDITIONAL
from positions.snapshots.snapshot import Snapshot
from positions.tables.cells import cell_text, marks_in
from positions.tables.table import Framed, Shown, Table
from readings import DAYS, READINGS, columns, some_parties
from table_readers import PageReader, read_latex, read_markdown

pytestmark = pytest.mark.laws


def with_statements(ds: Dataset, statements: Iterable[Statement]) -> Dataset:
    """Give a data set with these statements instead of its own."""
    return Dataset(ds.document.model_copy(update={"statements": tuple(statements)}))


def rows_of(snapshot: Snapshot, parties: Sequence[str]) -> dict[str, results.Overlap]:
    """Give the rows of `overlap` by topic."""
    return {row.topic: row for row in pos.overlap(snapshot, parties)}


class TestReplay:
    """Law 1: only what was said by then counts, in whatever order it is written down."""

    @settings(max_examples=40)
    @given(st.data(), testing.datasets(), DAYS, READINGS)
    def test_order(self, data: st.DataObject, ds: Dataset, day: dt.date, reading: Any) -> None:
        """The order of the statements in the file changes nothing."""
        shuffled = data.draw(st.permutations(ds.statements))
        assert with_statements(ds, shuffled).at(day, **reading) == ds.at(day, **reading)

    @settings(max_examples=40)
    @given(testing.datasets(), DAYS, READINGS)
    def test_restriction(self, ds: Dataset, day: dt.date, reading: Any) -> None:
        """Leaving out what is dated later than the day asked changes neither snapshot nor notes."""
        earliest = reading.get("dates") == "earliest"
        kept = {
            s.id for s in ds.statements if day >= (s.date.earliest if earliest else s.date.latest)
        }
        restricted = with_statements(
            ds,
            [
                s.model_copy(update={"denies": tuple(name for name in s.denies if name in kept)})
                for s in ds.statements
                if s.id in kept
            ],
        )
        whole, part = ds.at(day, **reading), restricted.at(day, **reading)
        assert (part, part.notes) == (whole, whole.notes)
        if not earliest:
            assert ds.select(until=day).at(day, **reading) == whole

    @settings(max_examples=30)
    @given(st.data(), testing.datasets(), DAYS, READINGS)
    def test_later_statements(
        self, data: st.DataObject, ds: Dataset, day: dt.date, reading: Any
    ) -> None:
        """Whatever is said after the day asked changes nothing, denials included."""
        later = testing.edtf_dates(
            min_value=day + dt.timedelta(days=1), max_value=dt.date(2001, 2, 1)
        ).filter(lambda date: date.earliest > day)
        more = data.draw(testing.statements(ds.document, dates=later))
        extended = ds.add(more.model_copy(update={"id": "later"}))
        assert extended.at(day, **reading) == ds.at(day, **reading)


class TestOverlap:
    """Laws 2 and 3: classes of options, and what more parties or refusals can do to them."""

    @settings(max_examples=40)
    @given(testing.datasets(), DAYS, READINGS)
    def test_classes(self, ds: Dataset, day: dt.date, reading: Any) -> None:
        """Every option is in exactly one class, and each blocked option names its blockers."""
        snapshot = ds.at(day, **reading)
        for row in pos.overlap(snapshot, snapshot.parties):
            scale = ds.catalogue.scales[row.topic]
            classes = [row.agreed, row.conditional, row.open, row.blocked]
            named = [column for options in classes for column in columns(scale, options)]
            assert sorted(named) == list(range(scale.width))
            blockers = columns(scale, [blocker.option for blocker in row.blockers])
            assert set(blockers) == set(columns(scale, row.blocked))
            for blocker in row.blockers:
                assert blocker.option in {
                    cell.option
                    for cell in snapshot[blocker.party, row.topic].cells
                    if cell.attitude == Attitude.REJECT
                }
                assert blocker.statement in blocker.statements
                assert blocker.party in ds.statement(blocker.statement).parties

    @settings(max_examples=30)
    @given(testing.datasets(), DAYS)
    def test_deadlocks(self, ds: Dataset, day: dt.date) -> None:
        """Where two have spoken, a topic is a deadlock if and only if every option is blocked."""
        snapshot = ds.at(day)
        rows = pos.overlap(snapshot, snapshot.parties)
        for row in rows:
            if row.relation != "one_sided":
                all_blocked = not (row.agreed or row.conditional or row.open)
                assert (row.relation == "deadlock") == all_blocked
        stuck = [row for row in rows if row.relation == "deadlock"]
        assert list(pos.deadlocks(snapshot, snapshot.parties)) == stuck

    @settings(max_examples=40)
    @given(st.data(), testing.datasets(), DAYS, READINGS)
    def test_symmetry(self, data: st.DataObject, ds: Dataset, day: dt.date, reading: Any) -> None:
        """The order in which parties are named changes nothing."""
        snapshot = ds.at(day, **reading)
        parties = data.draw(some_parties(ds))
        other = data.draw(st.permutations(parties))
        for one, two in zip(
            pos.overlap(snapshot, parties), pos.overlap(snapshot, other), strict=True
        ):
            for field in results.Overlaps.columns:
                left, right = getattr(one, field), getattr(two, field)
                if field in ("silent", "unanswered", "blockers"):
                    left, right = frozenset(left), frozenset(right)
                assert left == right, field

    @settings(max_examples=40)
    @given(testing.datasets(), DAYS)
    def test_more_parties(self, ds: Dataset, day: dt.date) -> None:
        """One more party never unblocks an option, and never adds to those that are agreed."""
        snapshot = ds.at(day)
        for topic in snapshot.topics:
            fewer = option_classes(snapshot.codes_on(snapshot.parties[:-1], topic))
            more = option_classes(snapshot.codes_on(snapshot.parties, topic))
            for one, two in zip(fewer, more, strict=True):
                assert two == "blocked" or one != "blocked"
                assert one == "agreed" or two != "agreed"

    @settings(max_examples=40)
    @given(st.data(), testing.datasets(), DAYS)
    def test_more_refusals(self, data: st.DataObject, ds: Dataset, day: dt.date) -> None:
        """One more rejection on the day asked blocks its option and never unblocks another."""
        before = rows_of(ds.at(day), [party.id for party in ds.parties])
        topic = data.draw(st.sampled_from(ds.topics))
        scale = ds.catalogue.scales[topic.id]
        keys = [key for key, _ in scale.spans(range(scale.width))]
        refused = data.draw(st.sampled_from(keys))
        refusal = Statement(
            id="refusal",
            parties=(data.draw(st.sampled_from(ds.parties)).id,),
            topic=topic.id,
            date=day,
            says=Says({refused: Attitude.REJECT}),
            summary="It refuses.",
            attribution="self",
            sources=(ds.sources[0].id,),
        )
        after = rows_of(ds.add(refusal).at(day), [party.id for party in ds.parties])
        blocked = set(columns(scale, after[topic.id].blocked))
        assert set(columns(scale, [refused])) <= blocked
        if topic.id in before:
            assert set(columns(scale, before[topic.id].blocked)) <= blocked


MIRRORED = {"new": "withdrawn", "withdrawn": "new", "softened": "hardened", "hardened": "softened"}
"""What a move is when it is told backwards; every other move is itself."""


class TestDiff:
    """Law 4: moves between two snapshots."""

    @settings(max_examples=20)
    @given(testing.datasets(), DAYS, READINGS)
    def test_itself(self, ds: Dataset, day: dt.date, reading: Any) -> None:
        """Between a snapshot and itself, all is unchanged."""
        changes = pos.diff(ds.at(day, **reading), ds.at(day, **reading))
        for row in changes:
            assert row.move == "unchanged"
            assert (row.amount, row.towards, row.away, row.lapsed) == (None, (), (), False)
            assert row.statements == ()
        assert changes.moved == ()

    @settings(max_examples=50)
    @given(testing.datasets(), DAYS, DAYS, READINGS, READINGS)
    def test_mirror(
        self, ds: Dataset, one: dt.date, two: dt.date, reading: Any, other: Any
    ) -> None:
        """Each position has exactly one move, whose mirror image is the move told backwards."""
        left, right = ds.at(one, **reading), ds.at(two, **other)
        there, back = pos.diff(left, right), pos.diff(right, left)
        pairs = [(row.party, row.topic) for row in there]
        assert sorted(pairs) == sorted({*left.spoken, *right.spoken})
        for row, mirror in zip(there, back, strict=True):
            assert row.move in get_args(Move)
            assert mirror.move == MIRRORED.get(row.move, row.move)
            assert mirror.amount == (None if row.amount is None else -row.amount)
            assert (mirror.before, mirror.after) == (row.after, row.before)

    @settings(max_examples=40)
    @given(testing.datasets(), DAYS, DAYS, READINGS, READINGS)
    def test_application(
        self, ds: Dataset, one: dt.date, two: dt.date, reading: Any, other: Any
    ) -> None:
        """Applying the changes between two snapshots to the first gives the second."""
        before, after = ds.at(one, **reading), ds.at(two, **other)
        made = pos.diff(before, after).apply(before)
        assert made == after
        assert pos.overlap(made, made.parties) == pos.overlap(after, after.parties)

    @settings(max_examples=30)
    @given(st.data(), testing.datasets(), DAYS)
    def test_application_what_if(self, data: st.DataObject, ds: Dataset, day: dt.date) -> None:
        """The changes that one more statement makes can be applied as well."""
        more = data.draw(testing.statements(ds.document))
        before = ds.at(day)
        after = ds.add(more.model_copy(update={"id": "more"})).at(day)
        assert pos.diff(before, after).apply(before) == after


class TestGap:
    """Law 5: distances, and since when a relation holds."""

    @settings(max_examples=40)
    @given(testing.datasets(), DAYS)
    def test_gap(self, ds: Dataset, day: dt.date) -> None:
        """A gap is symmetric, 0 if and only if affirmed options meet, and else positive or None."""
        snapshot = ds.at(day)
        for topic, scale in ds.catalogue.scales.items():
            for pair in combinations(snapshot.parties, 2):
                codes = snapshot.codes_on(pair, topic)
                gap = gap_between(scale, codes)
                assert gap == gap_between(scale, codes[::-1])
                meet = bool((codes >= CONDITIONAL).all(axis=0).any())
                assert (gap.value == 0) == meet
                assert (gap.value is None) == (gap.reason is not None) == (gap.pairs == 0)
                assert gap.value is None or gap.value >= 0

    @settings(max_examples=30)
    @given(testing.datasets(), DAYS)
    def test_gap_of_many(self, ds: Dataset, day: dt.date) -> None:
        """The gap of many parties is the largest of those between two, with their number."""
        snapshot = ds.at(day)
        for row in pos.overlap(snapshot, snapshot.parties):
            pairs = [
                rows_of(snapshot, pair)[row.topic].gap
                for pair in combinations(snapshot.parties, 2)
                if row.topic in rows_of(snapshot, pair)
            ]
            defined = [gap for gap in pairs if gap is not None]
            assert row.gap == max(defined, default=None)
            assert row.gap_pairs == len(defined)
            assert (row.gap is None) == (row.gap_reason is not None)

    @settings(max_examples=40)
    @given(testing.datasets(), DAYS, READINGS)
    def test_since(self, ds: Dataset, day: dt.date, reading: Any) -> None:
        """A relation holds on every day from its `since` on, and not on the day before."""
        snapshot = ds.at(day, **reading)
        rows = pos.overlap(snapshot, snapshot.parties)
        firsts = [row.since for row in rows if row.since is not None]
        assert len(firsts) == len(rows)
        dates = day_by_day(min(firsts, default=day), day)
        held = {d: ds.at(d, **reading) for d in dates}
        for row in rows:
            relations = {
                d: relation_of(held[d].codes_on(held[d].parties, row.topic)) for d in dates
            }
            run = [d for d in dates if d >= row.since]
            assert {relations[d] for d in run} == {row.relation}
            assert relations[row.since - dt.timedelta(days=1)] != row.relation


def day_by_day(first: dt.date, last: dt.date) -> list[dt.date]:
    """List the days from one before the first to the last."""
    return [first + dt.timedelta(days=n) for n in range(-1, (last - first).days + 1)]


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


def in_csv(value: object) -> str:
    """Write a value as it stands in CSV: text as it is, nothing as nothing, else JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

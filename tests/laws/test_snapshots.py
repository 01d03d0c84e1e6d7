"""Laws of snapshots: the columnar replay agrees with the slow one, which applies rule by rule."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterable
from typing import Any
from unittest import mock

import attrs
import hypothesis.strategies as st
from hypothesis import assume, given, settings

import positions as pos
from makers import source
from positions import testing
from positions.files.json_files import to_json
from positions.records.models import Statement
from positions.records.suppositions import Supposition
from positions.relations.measures import is_apart, relation_of
from positions.relations.overlap import option_classes
from positions.snapshots.cells import Cell
from positions.snapshots.dataset import Dataset
from positions.snapshots.snapshot import Position, Snapshot
from readings import DAYS, READINGS, column_of, times_told
from slow_replay import Answer, answers, slow_relation, slow_replay


def cell_of(position: Position, answer: Answer) -> Cell:
    """The cell of an option or a number."""
    return position.cells[position.cell_numbers[column_of(position.scale, answer)]]


def compared(cell: Any, silent: bool) -> tuple[object, ...]:
    """The fields of a cell on which the two replays must agree, in a comparable form."""
    conditions = frozenset(map(frozenset, cell.conditions))
    behind = frozenset() if silent else frozenset(cell.statements)
    return (cell.attitude, cell.implied, cell.disputed, cell.claimed, behind, conditions)


def all_positions(snapshot: Snapshot) -> dict[tuple[str, str], Position]:
    """Every position of a snapshot, including silent ones."""
    return snapshot.positions(snapshot.parties, snapshot.topics)


@settings(max_examples=400)
@given(testing.datasets(), DAYS, READINGS)
def test_columnar_replay_equals_the_slow_one(ds: Dataset, day: dt.date, reading: Any) -> None:
    """Every cell, with all that it rests on, agrees with the rules, under any reading.

    So do the matrix of the day and the tracks up to it, which are tested here as well
    because drawing data takes longest.
    """
    snapshot = ds.at(day, **reading)
    for (party, topic), position in all_positions(snapshot).items():
        expected = slow_replay(ds.document, day, party, topic, **reading)
        for answer in answers(ds.document, topic):
            found, wanted = cell_of(position, answer), expected[answer]
            silent = wanted.attitude == "silent"
            assert compared(found, silent) == compared(wanted, silent), (party, topic, answer)
        check_matrix(snapshot, position)


def check_matrix(snapshot: Snapshot, position: Position) -> None:
    """Check that the matrix of a day agrees with a position."""
    party, topic = position.party, position.topic
    assert tuple(snapshot.codes_on([party], topic)[0].tolist()) == position.codes
    explicit = snapshot.explicit_on([party], topic)[0].tolist()
    rejected = [code == 0 for code in position.codes]
    assert [w for w, r in zip(explicit, rejected, strict=True) if r] == [
        w for w, r in zip(position.explicit, rejected, strict=True) if r
    ]


@settings(max_examples=200)
@given(testing.datasets(max_statements=16), DAYS)
def test_pruning_changes_no_cell(ds: Dataset, day: dt.date) -> None:
    """Leaving out statements that a later demand has made irrelevant changes no position."""
    with mock.patch("positions.snapshots.pruning.MIN_GROUPS", 10_000):
        expected = all_positions(ds.at(day))
    with mock.patch("positions.snapshots.pruning.MIN_GROUPS", 0):
        assert all_positions(ds.at(day)) == expected


@settings(max_examples=200)
@given(testing.datasets(), DAYS)
def test_relations_equal_the_slow_ones(ds: Dataset, day: dt.date) -> None:
    """Relations on topics and options agree with the definitions."""
    snapshot = ds.at(day)
    for topic in snapshot.topics:
        cells = {p: slow_replay(ds.document, day, p, topic) for p in snapshot.parties}
        if len(cells) > 1:
            relation, classes, apart = slow_relation(cells)
            codes = snapshot.codes_on(snapshot.parties, topic)
            scale = snapshot.catalogue.scales[topic]
            assert relation_of(codes) == relation
            assert (relation == "open" and is_apart(codes)) == apart
            found = option_classes(codes)
            assert {a: found[column_of(scale, a)] for a in classes} == classes


@settings(max_examples=200)
@given(testing.datasets(), DAYS, READINGS)
def test_since_is_the_first_day_of_a_run_of_days(ds: Dataset, day: dt.date, reading: Any) -> None:
    """Replayed day by day backwards, the level of a cell changes on the day before its `since`."""
    today = all_positions(ds.at(day, **reading))
    for (party, topic), position in today.items():
        for answer in answers(ds.document, topic):
            cell = cell_of(position, answer)
            if cell.since is not None:
                level = cell.attitude.level
                run = [cell.since, day]
                assert all(level_on(ds, d, party, topic, answer, reading) == level for d in run)
                before = cell.since - dt.timedelta(days=1)
                assert level_on(ds, before, party, topic, answer, reading) != level


def level_on(
    ds: Dataset, day: dt.date, party: str, topic: str, answer: Answer, reading: Any
) -> int:
    """The level of a cell on a day, by the slow replay."""
    return slow_replay(ds.document, day, party, topic, **reading)[answer].attitude.level


def with_statements(ds: Dataset, statements: Iterable[Statement]) -> Dataset:
    """The data set with these statements instead of its own."""
    return Dataset(ds.document.model_copy(update={"statements": tuple(statements)}))


class TestReplay:
    """Law 1: only statements made by then count, and their order in the file does not matter."""

    @settings(max_examples=40)
    @given(st.data(), testing.datasets(), DAYS, READINGS)
    def test_order(self, data: st.DataObject, ds: Dataset, day: dt.date, reading: Any) -> None:
        """The order of the statements in the file changes nothing."""
        shuffled = data.draw(st.permutations(ds.statements))
        assert with_statements(ds, shuffled).at(day, **reading) == ds.at(day, **reading)

    @settings(max_examples=40)
    @given(testing.datasets(), DAYS, READINGS)
    def test_restriction(self, ds: Dataset, day: dt.date, reading: Any) -> None:
        """Leaving out statements of later dates changes neither the snapshot nor its notes."""
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
        """Statements made after the day asked change nothing, denials included."""
        later = testing.edtf_dates(
            min_value=day + dt.timedelta(days=1), max_value=dt.date(2001, 2, 1)
        ).filter(lambda date: date.earliest > day)
        more = data.draw(testing.statements(ds.document, dates=later))
        extended = ds.add(more.model_copy(update={"id": "later"}))
        assert extended.at(day, **reading) == ds.at(day, **reading)


class TestExplanations:
    """Laws of `why`."""

    @settings(max_examples=40)
    @given(st.data(), testing.datasets(), DAYS, READINGS)
    def test_each_statement_once(
        self, data: st.DataObject, ds: Dataset, day: dt.date, reading: Any
    ) -> None:
        """Every statement that a position or relation rests on is quoted exactly once."""
        snapshot = ds.at(day, **reading)
        for name, topic in snapshot.spoken:
            position = snapshot[name, topic]
            text = position.why()
            assert all(times_told(text, statement) == 1 for statement in position.statements)
            assert all(times_told(text, statement) == 1 for statement in position.lapsed)
        for row in pos.compare(snapshot, snapshot.parties):
            text = row.why()
            assert all(times_told(text, statement) == 1 for statement in row.overlap.statements)
        for change in pos.diff(ds.at(data.draw(DAYS), **reading), snapshot):
            text = change.why()
            assert all(times_told(text, statement) == 1 for statement in change.statements)

    @settings(max_examples=20)
    @given(testing.datasets(), DAYS)
    def test_deterministic(self, ds: Dataset, day: dt.date) -> None:
        """The same data give the same text."""
        snapshot, again = ds.at(day), pos.parse_json(to_json(ds)).at(day)
        assert [snapshot[pair].why() for pair in snapshot.spoken] == [
            again[pair].why() for pair in again.spoken
        ]


@st.composite
def suppose_arguments(draw: st.DrawFn, ds: Dataset, day: dt.date) -> dict[str, Any]:
    """Draw valid arguments of `suppose`, as of a day."""
    drawn = draw(testing.statements(ds.document))
    until = drawn.until if drawn.until is not None and drawn.until.latest >= day else None
    return {
        "party": drawn.parties[0],
        "topic": drawn.topic,
        "says": drawn.says,
        "on": day,
        "conditions": drawn.conditions,
        "until": until,
    }


def statements_of(ds: Dataset, arguments: dict[str, Any]) -> list[Statement]:
    """List the statements of the party on the topic."""
    party, topic = arguments["party"], arguments["topic"]
    return [s for s in ds.statements if s.topic == topic and party in s.parties]


def cells(snapshot: Snapshot) -> list[Cell]:
    """List all cells of a snapshot that rest on statements."""
    pairs = [snapshot[party, topic] for party in snapshot.parties for topic in snapshot.topics]
    return [cell for position in pairs for cell in position.cells if cell.statements]


class TestSuppositions:
    """Laws of suppositions."""

    @settings(max_examples=40)
    @given(st.data(), testing.datasets(), DAYS, DAYS, READINGS)
    def test_nothing_before_its_day(
        self, data: st.DataObject, ds: Dataset, one: dt.date, two: dt.date, reading: Any
    ) -> None:
        """A supposition changes neither snapshots nor notes before its day."""
        assume(one != two)
        arguments = data.draw(suppose_arguments(ds, max(one, two)))
        whole, more = (d.at(min(one, two), **reading) for d in (ds, ds.suppose(**arguments)))
        assert (more, more.notes) == (whole, whole.notes)

    @settings(max_examples=60)
    @given(st.data(), testing.datasets(), DAYS, st.integers(0, 60))
    def test_from_its_day(self, data: st.DataObject, ds: Dataset, day: dt.date, later: int) -> None:
        """From its day an option has the supposed attitude, until later statements change it."""
        topic = data.draw(st.sampled_from(ds.topics))
        party = data.draw(st.sampled_from(ds.parties)).id
        scale = ds.catalogue.scales[topic.id]
        key = data.draw(st.sampled_from([k for k, _ in scale.spans(range(scale.width))]))
        attitude = data.draw(st.sampled_from(["accept", "reject"]))
        after = [
            s.date.latest > day for s in statements_of(ds, {"party": party, "topic": topic.id})
        ]
        on = day if any(after) else day + dt.timedelta(days=later)
        snapshot = ds.suppose(party, topic.id, {key: attitude}, on=day).at(on)
        position = snapshot[party, topic.id]
        for column in snapshot.catalogue.scales[topic.id].columns(key):
            cell = position.cells[position.cell_numbers[column]]
            assert (cell.attitude, cell.supposed, cell.disputed) == (attitude, True, False)

    @settings(max_examples=40)
    @given(st.data(), testing.datasets(), DAYS, DAYS, READINGS)
    def test_marks(
        self, data: st.DataObject, ds: Dataset, day: dt.date, on: dt.date, reading: Any
    ) -> None:
        """A cell is marked if and only if it rests on a supposition."""
        more = ds.suppose(**data.draw(suppose_arguments(ds, day)))
        for cell in cells(more.at(on, **reading)):
            assert cell.supposed == (not {*cell.statements}.isdisjoint(more.supposed))
        assert not any(cell.supposed for cell in cells(ds.at(on, **reading)))

    @settings(max_examples=60)
    @given(st.data(), testing.datasets(), DAYS, DAYS, READINGS)
    def test_like_ordinary_statements(
        self, data: st.DataObject, ds: Dataset, day: dt.date, on: dt.date, reading: Any
    ) -> None:
        """Except for the marks, a supposition counts like a statement with a source of the day.

        This holds where the party said nothing else on the topic on that day.
        """
        arguments = data.draw(suppose_arguments(ds, day))
        dates = [(s.date.earliest, s.date.latest) for s in statements_of(ds, arguments)]
        assume((day, day) not in dates)
        more = ds.suppose(**arguments)
        snapshot, twin = more.at(on, **reading), really_said(more, day).at(on, **reading)
        for party in snapshot.parties:
            for topic in snapshot.topics:
                assert unmarked(snapshot[party, topic]) == twin[party, topic]

    @settings(max_examples=20)
    @given(st.data(), testing.datasets(), DAYS)
    def test_values(self, data: st.DataObject, ds: Dataset, day: dt.date) -> None:
        """The data set is a value: equal to one made in the same way, hashable, picklable."""
        arguments = data.draw(suppose_arguments(ds, day))
        one, two = ds.suppose(**arguments), ds.suppose(**arguments)
        assert (one, hash(one)) == (two, hash(two))
        assert one != ds
        assert pickle.loads(pickle.dumps(one)) == one


def really_said(ds: Dataset, day: dt.date) -> Dataset:
    """Replace each supposition by an ordinary statement with a source of the day."""
    page = source("page-of-the-day", published=day)
    statements = tuple(
        Statement(**{**dict(s), "sources": (page.id,)}) if isinstance(s, Supposition) else s
        for s in ds.statements
    )
    update = {"statements": statements, "sources": (*ds.sources, page)}
    return Dataset(ds.document.model_copy(update=update))


def unmarked(position: pos.Position) -> pos.Position:
    """The position without the marks of suppositions."""
    bare = tuple(attrs.evolve(cell, supposed=False) for cell in position.cells)
    return attrs.evolve(position, cells=bare)

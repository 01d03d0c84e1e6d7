"""The columnar replay gives what the rules give when they are applied slowly, one by one."""

import datetime as dt
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings

from positions import testing
from positions.relations.measures import is_apart, relation_of
from positions.relations.overlap import option_classes
from positions.snapshots.dataset import Dataset
from positions.snapshots.snapshot import Cell, Position, Snapshot
from readings import DAYS, READINGS, column_of
from slow_replay import Answer, answers, slow_relation, slow_replay

pytestmark = pytest.mark.laws


def cell_of(position: Position, answer: Answer) -> Cell:
    """The cell that holds an option or a number."""
    return position.cells[position.cell_numbers[column_of(position.scale, answer)]]


def told(cell: Any, silent: bool) -> tuple[object, ...]:
    """What the two replays must agree on, in a form that compares."""
    conditions = frozenset(map(frozenset, cell.conditions))
    behind = frozenset() if silent else frozenset(cell.statements)
    return (cell.attitude, cell.implied, cell.disputed, cell.claimed, behind, conditions)


def all_positions(snapshot: Snapshot) -> dict[tuple[str, str], Position]:
    """Every position of a snapshot, silent ones too."""
    return snapshot.positions(snapshot.parties, snapshot.topics)


@settings(max_examples=400)
@given(testing.datasets(), DAYS, READINGS)
def test_columnar_replay_equals_the_slow_one(ds: Dataset, day: dt.date, reading: Any) -> None:
    """Every cell, with all that it rests on, is what the rules say, whatever is asked.

    The matrix of the day and the runs of days up to it, both asked here because drawing data
    takes longest, tell the same.
    """
    snapshot = ds.at(day, **reading)
    for (party, topic), position in all_positions(snapshot).items():
        expected = slow_replay(ds.document, day, party, topic, **reading)
        for answer in answers(ds.document, topic):
            found, wanted = cell_of(position, answer), expected[answer]
            silent = wanted.attitude == "silent"
            assert told(found, silent) == told(wanted, silent), (party, topic, answer)
        check_matrix(snapshot, position)


def check_matrix(snapshot: Snapshot, position: Position) -> None:
    """Check that the matrix of a day holds what a position says."""
    party, topic = position.party, position.topic
    assert tuple(snapshot.codes_on([party], topic)[0].tolist()) == position.codes
    worded = snapshot.worded_on([party], topic)[0].tolist()
    rejected = [code == 0 for code in position.codes]
    assert [w for w, r in zip(worded, rejected, strict=True) if r] == [
        w for w, r in zip(position.worded, rejected, strict=True) if r
    ]


@settings(max_examples=200)
@given(testing.datasets(max_statements=16), DAYS)
def test_thinning_changes_no_cell(ds: Dataset, day: dt.date) -> None:
    """Leaving out words that a later demand made void gives the same positions."""
    with mock.patch("positions.snapshots.thinning.DEEP", 10_000):
        expected = all_positions(ds.at(day))
    with mock.patch("positions.snapshots.thinning.DEEP", 0):
        assert all_positions(ds.at(day)) == expected


@settings(max_examples=200)
@given(testing.datasets(), DAYS)
def test_relations_equal_the_slow_ones(ds: Dataset, day: dt.date) -> None:
    """Topics and options stand in the relation that the definitions give."""
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
    """Replaying day by day backwards, the level of a cell changes just before its `since`."""
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
    """The level of a cell on a day, replayed slowly."""
    return slow_replay(ds.document, day, party, topic, **reading)[answer].attitude.level

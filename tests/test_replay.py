"""The columnar replay gives what the rules give when they are applied slowly, one by one."""

import datetime as dt
from decimal import Decimal
from typing import Any
from unittest import mock

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from positions import testing
from positions.dataset import Dataset
from positions.overlaps import option_classes
from positions.quantities import exactly
from positions.relations import is_apart, relation_of
from positions.scales import Scale
from positions.state import Cell, Position, State
from slow_replay import Answer, answers, slow_relation, slow_replay

pytestmark = pytest.mark.laws

DAYS = st.dates(dt.date(1999, 12, 15), dt.date(2000, 3, 15))
READINGS = st.fixed_dictionaries(
    {},
    optional={
        "dates": st.sampled_from(["latest", "earliest"]),
        "known_by": DAYS,
        "undated": st.sampled_from(["retrieved", "same_day"]),
        "max_age": st.integers(0, 40),
        "attributions": st.sampled_from(
            [("self",), ("self", "reported", "leaked", "claimed"), ("claimed",), ()]
        ),
        "confidence": st.sampled_from(["low", "medium", "high"]),
        "inherited": st.booleans(),
    },
)
"""Arguments of `at`, each of them mostly left out."""


def column_of(scale: Scale, answer: Answer) -> int:
    """The column that holds an option or a number."""
    if isinstance(answer, Decimal):
        return next(i for i, n in enumerate(scale.numbers) if exactly(answer).within(n))
    return scale.columns(answer)[0]


def cell_of(position: Position, answer: Answer) -> Cell:
    """The cell that holds an option or a number."""
    return position.cells[position.cell_numbers[column_of(position.scale, answer)]]


def told(cell: Any, silent: bool) -> tuple[object, ...]:
    """What the two replays must agree on, in a form that compares."""
    conditions = frozenset(map(frozenset, cell.conditions))
    behind = frozenset() if silent else frozenset(cell.statements)
    return (cell.attitude, cell.implied, cell.disputed, cell.claimed, behind, conditions)


def all_positions(state: State) -> dict[tuple[str, str], Position]:
    """Every position of a state, silent ones too."""
    return state.positions(state.parties, state.topics)


@settings(max_examples=400)
@given(testing.datasets(), DAYS, READINGS)
def test_columnar_replay_equals_the_slow_one(ds: Dataset, day: dt.date, reading: Any) -> None:
    """Every cell, with all that it rests on, is what the rules say, whatever is asked.

    The matrix of the day and the runs of days up to it, both asked here because drawing data
    takes longest, tell the same.
    """
    state = ds.at(day, **reading)
    for (party, topic), position in all_positions(state).items():
        expected = slow_replay(ds.document, day, party, topic, **reading)
        for answer in answers(ds.document, topic):
            found, wanted = cell_of(position, answer), expected[answer]
            silent = wanted.attitude == "silent"
            assert told(found, silent) == told(wanted, silent), (party, topic, answer)
        check_matrix(state, position)


def check_matrix(state: State, position: Position) -> None:
    """Check that the matrix of a day holds what a position says."""
    party, topic = position.party, position.topic
    assert tuple(state.codes_on([party], topic)[0].tolist()) == position.codes
    worded = state.worded_on([party], topic)[0].tolist()
    rejected = [code == 0 for code in position.codes]
    assert [w for w, r in zip(worded, rejected, strict=True) if r] == [
        w for w, r in zip(position.worded, rejected, strict=True) if r
    ]


@settings(max_examples=200)
@given(testing.datasets(max_statements=16), DAYS)
def test_thinning_changes_no_cell(ds: Dataset, day: dt.date) -> None:
    """Leaving out words that a later demand made void gives the same positions."""
    with mock.patch("positions.thinning.DEEP", 10_000):
        expected = all_positions(ds.at(day))
    with mock.patch("positions.thinning.DEEP", 0):
        assert all_positions(ds.at(day)) == expected


@settings(max_examples=200)
@given(testing.datasets(), DAYS)
def test_relations_equal_the_slow_ones(ds: Dataset, day: dt.date) -> None:
    """Topics and options stand in the relation that the definitions give."""
    state = ds.at(day)
    for topic in state.topics:
        cells = {p: slow_replay(ds.document, day, p, topic) for p in state.parties}
        if len(cells) > 1:
            relation, classes, apart = slow_relation(cells)
            codes = state.codes_on(state.parties, topic)
            scale = state.catalogue.scales[topic]
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

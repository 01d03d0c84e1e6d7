"""Quantities: every number named on a quantity topic, in statements and in plans."""

from __future__ import annotations

import pytest

import positions as pos
from makers import clause, dataset, plan, said
from positions import results
from positions.errors import InvalidInputError, UnknownNameError

ARMY = dataset(
    said("A", {"..100": "demand", "no_cap": "reject"}, topic="army.size"),
    said(
        "B C",
        {"50<..": "accept"},
        "2000-03",
        topic="army.size",
        attribution="claimed",
        claimed_by="A",
    ),
    said("B", {"60.5..80": "reject"}, "2000-03-02", topic="army.size"),
    said("B", {"*": "withdrawn"}, "2000-04-01", topic="army.size"),
    proposals=[
        plan("p1", clause("army.size", "..90", by="B"), clause("land", "yes")),
        plan("p2", clause("army.size", "70", "no_cap"), date="2000-06", sponsors=("A", "C")),
    ],
)


def test_every_number_is_a_row() -> None:
    """Rows are in order of date, a vague date by its last day; named options have none."""
    assert [
        (str(row.date), row.party, row.number) for row in pos.quantities(ARMY, "army.size")
    ] == [
        ("2000-01-01", "A", "..100"),
        ("2000-01-01", "B", "..90"),
        ("2000-03-02", "B", "60.5..80"),
        ("2000-03", "B", "50<.."),
        ("2000-03", "C", "50<.."),
        ("2000-06", "A", "70"),
        ("2000-06", "C", "70"),
    ]


def test_ends() -> None:
    """Ends are numbers; None where the range is unbounded."""
    ends = [(row.low, row.high) for row in pos.quantities(ARMY, "army.size", ["B"])]
    assert ends == [(None, 90), (60.5, 80), (50, None)]


def test_who_names_it_and_how() -> None:
    """A row of a statement has an attitude, one of a clause has none; a claim is marked."""
    first, clause_of_b, _, claim, *_ = pos.quantities(ARMY, "army.size")
    assert (first.attitude, first.statement, first.proposal) == (
        "demand",
        "a.2000-01-01.army.size",
        None,
    )
    assert (clause_of_b.attitude, clause_of_b.statement, clause_of_b.proposal) == (
        None,
        None,
        "p1",
    )
    assert (claim.claimed, first.claimed, claim.sources) == (True, False, ("press",))


def test_errors() -> None:
    """Another kind of topic, an area and an unknown party are errors."""
    with pytest.raises(InvalidInputError, match="quantity"):
        pos.quantities(ARMY, "land")
    with pytest.raises(UnknownNameError):
        pos.quantities(ARMY, "army")
    with pytest.raises(UnknownNameError):
        pos.quantities(ARMY, "army.size", ["Z"])


def test_records() -> None:
    """Dates in records are as written, also vague ones."""
    record = pos.quantities(ARMY, "army.size", ["C"]).to_records()[0]
    assert (record["date"], record["number"], record["low"]) == ("2000-03", "50<..", 50)
    assert list(record) == list(results.Quantities.columns)


def test_the_printed_table() -> None:
    """A table shows date, party, attitude, number, statement or plan, and sources."""
    assert str(pos.quantities(ARMY, "army.size", ["B"])) == TABLE


TABLE = """\
Quantities on Army (army.size): 3 numbers named

date        party    attitude      number        named in                sources
----------  -------  ------------  ------------  ----------------------  -------
2000-01-01  State B  clause        at most 90    p1                      [1]
                                   soldiers

2000-03-02  State B  reject        60.5 to 80    b.2000-03-02.army.size  [1]
                                   soldiers

2000-03     State B  accept        more than 50  b-c.2000-03.army.size   [1]
                     (claimed)     soldiers

[1] Press: On press (2000-01-01)"""

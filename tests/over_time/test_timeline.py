"""Timelines: every change of the positions of one party."""

from __future__ import annotations

from typing import Any

import pytest

import positions as pos
from makers import dataset, only_if, party, said, settled, topic
from positions import results
from positions.errors import InvalidInputError, UnknownNameError
from positions.records.models import Mandate, Statement
from positions.relations.changes import Change


def changes(*statements: Statement, who: str = "A", **asked: Any) -> list[Change]:
    """The timeline of a party in a small data set."""
    return list(pos.timeline(dataset(*statements), who, **asked))


def moves(*statements: Statement, **asked: Any) -> list[tuple[str, str]]:
    """The day and the move of each change."""
    return [(str(row.date), row.move) for row in changes(*statements, **asked)]


class TestChanges:
    """Changes, worked out by hand."""

    def test_one_row_for_each_change(self) -> None:
        """Each statement that moves the position is a row, with the positions before and after."""
        first, second = (
            said("A", {"yes": "demand"}),
            said("A", {"shared": "accept"}, "2000-03-01"),
        )
        new, softer = changes(first, second)
        assert (new.move, str(new.date), new.before.silent) == ("new", "2000-01-01", True)
        assert (softer.move, str(softer.before.date)) == ("softened", "2000-02-29")
        assert (softer.before.demands, softer.after.accepts) == (("yes",), ("shared",))
        assert softer.statements == (second.id,)

    def test_a_repeat_is_no_change(self) -> None:
        """A day on which a position is only repeated has no row."""
        again = [said("A", {"yes": "demand"}, day) for day in ("2000-01-01", "2000-02-01")]
        assert moves(*again) == [("2000-01-01", "new")]

    def test_a_lapse_is_a_change(self) -> None:
        """When `until` has passed, the earlier demand holds again, and the change is lapsed."""
        rows = changes(
            said("A", {"yes": "demand"}),
            said("A", {"no": "accept"}, "2000-02-01", until="2000-02-03"),
        )
        assert [(str(row.date), row.move, row.lapsed) for row in rows] == [
            ("2000-01-01", "new", False),
            ("2000-02-01", "softened", False),
            ("2000-02-04", "hardened", True),
        ]
        assert rows[-1].after.attitudes == rows[0].after.attitudes

    def test_age_is_a_change(self) -> None:
        """With `max_age`, a position is withdrawn on the day its statements become too old."""
        demand = said("A", {"yes": "demand"})
        assert moves(demand, max_age=10) == [("2000-01-01", "new"), ("2000-01-12", "withdrawn")]
        assert changes(demand, max_age=10)[-1].lapsed

    def test_a_denial_is_no_lapse(self) -> None:
        """A denied statement ceases to count on the day of the denial, which is not a lapse."""
        report = said("A", {"yes": "accept"}, attribution="reported")
        denial = said(
            "A", {"most": "demand"}, "2000-02-01", "rank", denies=(report.id,), id="denial"
        )
        rows = [row for row in changes(report, denial) if row.topic == "land"]
        assert [(row.move, row.lapsed) for row in rows] == [("new", False), ("withdrawn", False)]

    def test_other_conditions_are_a_change(self) -> None:
        """An acceptance with other conditions is reworded."""
        offers = [
            said("A", {"yes": "conditional"}, day, conditions=(only_if(settled("rank", price)),))
            for day, price in (("2000-01-01", "all"), ("2000-02-01", "most"))
        ]
        assert moves(*offers) == [("2000-01-01", "new"), ("2000-02-01", "reworded")]

    def test_towards_and_away(self) -> None:
        """A move is compared with the positions of the others on the day before."""
        rows = changes(
            said("A", {"100..": "demand"}, topic="army.size"),
            said("B", {"..50": "demand"}, topic="army.size"),
            said("A", {"80..": "demand"}, "2000-02-01", "army.size"),
            said("B", {"..90": "demand"}, "2000-02-01", "army.size"),
        )
        assert [(row.move, row.amount, row.towards) for row in rows] == [
            ("new", None, ()),
            ("softened", -20, ("B",)),
        ]

    def test_a_new_government(self) -> None:
        """If inherited statements do not count, a new government begins in silence."""
        ds = dataset(
            said("A", {"yes": "demand"}),
            parties=[party("A", mandates=(Mandate(from_="2000-03-01", name="New"),))],
        )
        rows = pos.timeline(ds, "A", inherited=False)
        assert [(str(row.date), row.move) for row in rows] == [
            ("2000-01-01", "new"),
            ("2000-03-01", "withdrawn"),
        ]

    def test_order(self) -> None:
        """Changes are in order of date, those of one day in the order of topics."""
        rows = changes(
            said("A", {"here": "demand"}, topic="talks.place"),
            said("A", {"yes": "demand"}, "2000-02-01"),
            said("A", {"all": "demand"}, topic="rank"),
        )
        assert [row.topic for row in rows] == ["rank", "talks.place", "land"]


class TestPeriod:
    """The period and the topics of a timeline."""

    STATEMENTS = tuple(
        said("A", says, day)
        for says, day in (
            ({"yes": "demand"}, "2000-01-10"),
            ({"no": "accept"}, "2000-02-10"),
            ({"no": "reject"}, "2000-03-10"),
        )
    )

    def test_vague_ends(self) -> None:
        """A vague start means its first day, a vague end its last."""
        assert moves(*self.STATEMENTS, since="2000-02", until="2000-02") == [
            ("2000-02-10", "softened")
        ]

    def test_the_first_day_is_compared_with_the_day_before(self) -> None:
        """A change on the start itself is a row; an earlier position is not a change."""
        assert moves(*self.STATEMENTS, since="2000-03-10") == [("2000-03-10", "hardened")]

    def test_topics(self) -> None:
        """An id, an area or several of them choose the topics."""
        statements = (*self.STATEMENTS, said("A", {"here": "demand"}, topic="talks.place"))
        assert {row.topic for row in changes(*statements, topics="talks")} == {"talks.place"}
        assert {row.topic for row in changes(*statements, topics=["talks", "land"])} == {
            "land",
            "talks.place",
        }

    def test_a_party_that_never_spoke(self) -> None:
        """A party that never spoke has an empty timeline."""
        assert moves(*self.STATEMENTS, who="C") == []
        assert "no rows" in str(pos.timeline(dataset(*self.STATEMENTS), "C"))

    def test_errors(self) -> None:
        """Unknown names and an end before the start are errors."""
        ds = dataset(*self.STATEMENTS)
        with pytest.raises(UnknownNameError):
            pos.timeline(ds, "Z")
        with pytest.raises(UnknownNameError):
            pos.timeline(ds, "A", "nothing")
        with pytest.raises(InvalidInputError, match="since"):
            pos.timeline(ds, "A", since="2000-03-01", until="2000-02-01")


def test_the_printed_table() -> None:
    """A table shows day, topic, move, and the positions before and after, with sources."""
    ds = dataset(
        said("A", {"100..": "demand"}, topic="army.size"),
        said("B", {"..50": "demand"}, topic="army.size"),
        said("A", {"80..": "demand"}, "2000-02-01", "army.size", until="2000-02-03"),
    )
    assert str(pos.timeline(ds, "A")) == TABLE


TABLE = """\
Timeline of State A to 2000-12-31: 3 changes

date        topic             move                      before → after
----------  ----------------  ------------------------  ------------------------
2000-01-01  Army (army.size)  new                       demands at least 100
                                                        soldiers [1]

2000-02-01  Army (army.size)  softened (-20 soldiers),  demands at least 100
                              towards B                 soldiers [1] → demands
                                                        at least 80 soldiers [1]

2000-02-04  Army (army.size)  hardened (+20 soldiers),  demands at least 80
                              lapsed, away from B       soldiers [1] → demands
                                                        at least 100
                                                        soldiers [1]

[1] Press: On press (2000-01-01)"""


def test_records() -> None:
    """Records have the date, then the columns of `diff`."""
    ds = dataset(said("A", {"yes": "demand"}))
    (record,) = pos.timeline(ds, "A").to_records()
    assert list(record) == ["date", *results.Changes.columns]
    assert (record["date"], record["move"], record["statements"]) == (
        "2000-01-01",
        "new",
        ["a.2000-01-01.land"],
    )


def test_another_negotiation() -> None:
    """In any data set, changes on a quantity topic have an amount."""
    ds = dataset(
        said("B", {"..10": "demand"}, topic="pay"),
        said("B", {"..12.5": "demand"}, "2000-02-01", topic="pay"),
        topics=[topic("pay", "none", kind="quantity", unit="per cent")],
    )
    assert pos.timeline(ds, "B")[-1].amount == 2.5

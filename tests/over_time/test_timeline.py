"""Timelines: every change of one party, day by day."""

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
    """Give the timeline of a party in a small data set."""
    return list(pos.timeline(dataset(*statements), who, **asked))


def told(*statements: Statement, **asked: Any) -> list[tuple[str, str]]:
    """Give the day and the move of each change."""
    return [(str(row.date), row.move) for row in changes(*statements, **asked)]


class TestChanges:
    """What is a change, worked by hand."""

    def test_one_row_a_change(self) -> None:
        """Each word that moves the position is a row, with the day before and the day."""
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
        """A day on which the same is only said again has no row."""
        again = [said("A", {"yes": "demand"}, day) for day in ("2000-01-01", "2000-02-01")]
        assert told(*again) == [("2000-01-01", "new")]

    def test_a_lapse_is_a_change(self) -> None:
        """When `until` has passed, the earlier demand stands again: time alone did it."""
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
        """With `max_age`, a position is withdrawn on the day on which its words are too old."""
        word = said("A", {"yes": "demand"})
        assert told(word, max_age=10) == [("2000-01-01", "new"), ("2000-01-12", "withdrawn")]
        assert changes(word, max_age=10)[-1].lapsed

    def test_a_denial_is_no_lapse(self) -> None:
        """What is denied is gone from that day, and not by time alone."""
        report = said("A", {"yes": "accept"}, attribution="reported")
        denial = said(
            "A", {"most": "demand"}, "2000-02-01", "rank", denies=(report.id,), id="denial"
        )
        rows = [row for row in changes(report, denial) if row.topic == "land"]
        assert [(row.move, row.lapsed) for row in rows] == [("new", False), ("withdrawn", False)]

    def test_other_conditions_are_a_change(self) -> None:
        """A new price for the same acceptance is reworded."""
        offers = [
            said("A", {"yes": "conditional"}, day, conditions=(only_if(settled("rank", price)),))
            for day, price in (("2000-01-01", "all"), ("2000-02-01", "most"))
        ]
        assert told(*offers) == [("2000-01-01", "new"), ("2000-02-01", "reworded")]

    def test_towards_and_away(self) -> None:
        """A move is held against what the others said the day before, and not later."""
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
        """Without what is inherited, a new government begins in silence."""
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
        """Changes stand in order of date, those of one day in the order of the topics."""
        rows = changes(
            said("A", {"here": "demand"}, topic="talks.place"),
            said("A", {"yes": "demand"}, "2000-02-01"),
            said("A", {"all": "demand"}, topic="rank"),
        )
        assert [row.topic for row in rows] == ["rank", "talks.place", "land"]


class TestPeriod:
    """Which days and which topics are looked at."""

    WORDS = tuple(
        said("A", says, day)
        for says, day in (
            ({"yes": "demand"}, "2000-01-10"),
            ({"no": "accept"}, "2000-02-10"),
            ({"no": "reject"}, "2000-03-10"),
        )
    )

    def test_vague_ends(self) -> None:
        """A vague start means its first day, a vague end its last."""
        assert told(*self.WORDS, since="2000-02", until="2000-02") == [("2000-02-10", "softened")]

    def test_the_first_day_is_held_against_the_day_before(self) -> None:
        """A change on the start itself is told; what stood before it is no change."""
        assert told(*self.WORDS, since="2000-03-10") == [("2000-03-10", "hardened")]

    def test_topics(self) -> None:
        """An id, an area or several of them choose the topics."""
        words = (*self.WORDS, said("A", {"here": "demand"}, topic="talks.place"))
        assert {row.topic for row in changes(*words, topics="talks")} == {"talks.place"}
        assert {row.topic for row in changes(*words, topics=["talks", "land"])} == {
            "land",
            "talks.place",
        }

    def test_a_party_that_never_spoke(self) -> None:
        """Nothing said is an empty timeline, and no error."""
        assert told(*self.WORDS, who="C") == []
        assert "no rows" in str(pos.timeline(dataset(*self.WORDS), "C"))

    def test_errors(self) -> None:
        """Unknown names and a period that ends before it starts are refused."""
        ds = dataset(*self.WORDS)
        with pytest.raises(UnknownNameError):
            pos.timeline(ds, "Z")
        with pytest.raises(UnknownNameError):
            pos.timeline(ds, "A", "nothing")
        with pytest.raises(InvalidInputError, match="since"):
            pos.timeline(ds, "A", since="2000-03-01", until="2000-02-01")


def test_the_printed_table() -> None:
    """A table tells day, topic, move, and the position before and after, with its sources."""
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
    """Records have the date first, and are what `diff` gives beside it."""
    ds = dataset(said("A", {"yes": "demand"}))
    (record,) = pos.timeline(ds, "A").to_records()
    assert list(record) == ["date", *results.Changes.columns]
    assert (record["date"], record["move"], record["statements"]) == (
        "2000-01-01",
        "new",
        ["a.2000-01-01.land"],
    )


def test_another_negotiation() -> None:
    """A topic of a quantity in any data set tells by how much each side moved."""
    ds = dataset(
        said("B", {"..10": "demand"}, topic="pay"),
        said("B", {"..12.5": "demand"}, "2000-02-01", topic="pay"),
        topics=[topic("pay", "none", kind="quantity", unit="per cent")],
    )
    assert pos.timeline(ds, "B")[-1].amount == 2.5

"""Changes between two days, worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import positions as pos
from makers import dataset, only_if, party, said, settled
from positions.errors import InvalidInputError, UnknownNameError
from positions.records.models import Condition, Mandate, Statement
from positions.relations.changes import Change
from positions.snapshots.dataset import Dataset

BEFORE, AFTER = "2000-01-31", "2000-02-29"
THEN = "2000-02-10"
IN_PEACE = Condition(text="in peace")


def change(*statements: Statement, topic: str = "land", **records: Any) -> Change:
    """The change of party A on a topic from January to February."""
    ds = dataset(*statements, **records)
    found = pos.diff(ds.at(BEFORE), ds.at(AFTER), parties=["A"], topics=topic)
    (row,) = found
    return row


def moved(before: dict[str, str], after: dict[str, str], topic: str = "land") -> str:
    """The move from what A said in January to what it said in February."""
    statements = (("2000-01-01", before), (THEN, after))
    return change(
        *(said("A", says, on, topic) for on, says in statements if says), topic=topic
    ).move


class TestMove:
    """Every position has exactly one move: the first that fits."""

    @pytest.mark.parametrize(
        ("before", "after", "move"),
        [
            ({"yes": "demand"}, {}, "unchanged"),
            ({"yes": "demand"}, {"yes": "demand"}, "unchanged"),
            ({}, {"yes": "demand"}, "new"),
            ({"yes": "demand"}, {"*": "withdrawn"}, "withdrawn"),
            ({"yes": "demand"}, {"no": "accept"}, "softened"),
            ({"yes": "reject"}, {"yes": "withdrawn", "no": "reject"}, "shifted"),
            ({"yes": "accept"}, {"no": "reject"}, "hardened"),
            ({"yes": "accept"}, {"yes": "demand"}, "hardened"),
            ({"yes": "demand"}, {"no": "demand", "yes": "reject"}, "reversed"),
            ({"yes": "demand", "no": "reject"}, {"no": "demand"}, "reversed"),
            ({"yes": "demand"}, {"no": "demand"}, "shifted"),
            ({"yes": "accept"}, {"yes": "reject", "no": "accept"}, "shifted"),
            ({"yes": "demand"}, {"no": "reject"}, "reworded"),
        ],
    )
    def test_move(self, before: dict[str, str], after: dict[str, str], move: str) -> None:
        """The move of a position is the first that fits."""
        assert moved(before, after) == move

    def test_a_new_demand_is_not_a_concession(self) -> None:
        """From silent to demand is no step up; only what the demand excludes changes."""
        assert moved({"no": "reject"}, {"yes": "demand"}) == "hardened"
        everything = {"no": "reject", "shared": "reject"}
        assert moved(everything, {"yes": "demand", **everything}) == "reworded"

    def test_reworded(self) -> None:
        """A demand in place of an acceptance, without a step, is a rewording."""
        spoken = {"yes": "accept", "no": "reject", "shared": "reject"}
        assert moved(spoken, {"yes": "demand", "no": "reject", "shared": "reject"}) == "reworded"

    def test_other_conditions(self) -> None:
        """Other conditions are a rewording; the same conditions again are unchanged."""
        offers = [
            said("A", {"yes": "conditional"}, on, conditions=(only_if(condition),))
            for on, condition in (
                ("2000-01-01", IN_PEACE),
                (THEN, settled("rank", "some")),
            )
        ]
        assert change(*offers).move == "reworded"
        same = said("A", {"yes": "conditional"}, THEN, conditions=(only_if(IN_PEACE),))
        assert change(offers[0], same).move == "unchanged"

    def test_conditions_are_a_level_of_their_own(self) -> None:
        """From silence to conditional acceptance to acceptance, each step is a softening."""
        maybe = {"yes": "conditional"}
        conditions = (only_if(IN_PEACE),)
        first = said("A", {"no": "accept"})
        assert change(first, said("A", maybe, THEN, conditions=conditions)).move == "softened"
        earlier = said("A", maybe, "2000-01-02", conditions=conditions)
        assert change(first, earlier, said("A", {"yes": "accept"}, THEN)).move == "softened"

    def test_silent_on_both_days(self) -> None:
        """A position that is silent on both days has no row."""
        ds = dataset(said("A", {"yes": "demand"}), said("A", {"*": "withdrawn"}, "2000-01-02"))
        assert len(pos.diff(ds.at(BEFORE), ds.at(AFTER))) == 0

    def test_statements(self) -> None:
        """The statements of a change are those on which only the new position rests."""
        row = change(said("A", {"yes": "demand"}), said("A", {"no": "accept"}, THEN))
        assert row.statements == ("a.2000-02-10.land",)
        assert row.before.demands == ("yes",)
        assert row.after.accepts == ("no",)


class TestAmount:
    """On quantity topics a change has an amount."""

    @pytest.mark.parametrize(
        ("before", "after", "amount"),
        [
            ("..85", "..100", 15),
            ("100..", "60..", -40),
            ("20..50", "30..60", 10),
            ("20..50", "20..60", 10),
            ("20..50", "10..60", None),
            ("..85", "100..", None),
            ("85", "85.5", 0.5),
            ("no_cap", "85", None),
            ("..85", "..<85", 0),
        ],
    )
    def test_amount(self, before: str, after: str, amount: float | None) -> None:
        """The amount is the change of one end, or the same change of both; else None."""
        first = said("A", {before: "demand"}, topic="army.size")
        row = change(first, said("A", {after: "demand"}, THEN, "army.size"), topic="army.size")
        assert row.amount == amount

    def test_shown(self) -> None:
        """The table shows the amount with its sign and unit."""
        ds = dataset(
            said("A", {"..85000": "demand"}, topic="army.size"),
            said("A", {"..100000": "demand"}, THEN, "army.size"),
        )
        row = pos.diff(ds.at(BEFORE), ds.at(AFTER)).table().rows[0]
        assert row[2] == "softened (+15,000 soldiers)"

    def test_not_on_other_topics(self) -> None:
        """On nominal topics there is no amount."""
        assert (
            change(said("A", {"yes": "demand"}), said("A", {"no": "demand"}, THEN)).amount is None
        )


class TestDirection:
    """Towards and away from whom a party moved, by the earlier positions of the others."""

    def test_towards_and_away(self) -> None:
        """A smaller gap to another's earlier position is towards it, a larger one away."""
        row = change(
            said("A", {"50": "demand"}, topic="army.size"),
            said("A", {"70": "demand"}, THEN, "army.size"),
            said("B", {"100": "demand"}, topic="army.size"),
            said("C", {"10": "demand"}, topic="army.size"),
            topic="army.size",
        )
        assert (row.towards, row.away) == (("B",), ("C",))

    def test_earlier_positions_count(self) -> None:
        """If the other party moved as well, its earlier position counts."""
        row = change(
            said("A", {"50": "demand"}, topic="army.size"),
            said("A", {"70": "demand"}, THEN, "army.size"),
            said("B", {"100": "demand"}, topic="army.size"),
            said("B", {"60": "demand"}, THEN, "army.size"),
            topic="army.size",
        )
        assert (row.towards, row.away) == (("B",), ())

    def test_no_gap_no_direction(self) -> None:
        """A party that affirms nothing has no gap, so there is no direction to it."""
        row = change(
            said("A", {"yes": "demand"}),
            said("A", {"no": "demand"}, THEN),
            said("B", {"yes": "reject"}),
        )
        assert (row.move, row.towards, row.away) == ("shifted", (), ())

    def test_nominal(self) -> None:
        """Accepting what another party affirms is a move towards it."""
        row = change(
            said("A", {"yes": "demand"}),
            said("A", {"no": "accept"}, THEN),
            said("B", {"no": "demand"}),
        )
        assert (row.move, row.towards, row.away) == ("softened", ("B",), ())


class TestLapse:
    """Changes by the passing of time alone."""

    def test_lapsed(self) -> None:
        """A position that ends by itself is lapsed; its statements are those that ended."""
        row = change(said("A", {"yes": "accept"}, until="2000-02-15"))
        assert (row.move, row.lapsed, row.statements) == ("withdrawn", True, ("a.2000-01-01.land",))
        ds = dataset(said("A", {"yes": "accept"}, until="2000-02-15"))
        text = pos.diff(ds.at(BEFORE), ds.at(AFTER)).table().rows[0][2]
        assert text == "withdrawn, lapsed"

    def test_earlier_demand_stands_again(self) -> None:
        """A lapse can restore an earlier demand: a move without a new statement."""
        row = change(
            said("A", {"yes": "demand"}, "1999-12-01"),
            said("A", {"no": "demand"}, until="2000-02-15"),
        )
        assert (row.move, row.lapsed) == ("shifted", True)
        assert row.statements == ("a.1999-12-01.land",)

    def test_a_new_statement_is_no_lapse(self) -> None:
        """If a party said something new meanwhile, its change is not lapsed."""
        row = change(
            said("A", {"yes": "accept"}, until="2000-02-15"), said("A", {"no": "reject"}, THEN)
        )
        assert (row.move, row.lapsed) == ("hardened", False)

    def test_a_denial_is_no_lapse(self) -> None:
        """A denied statement is removed by the denial, not by time."""
        row = change(
            said("A", {"yes": "accept"}, attribution="reported", id="report"),
            said("A", {"here": "reject"}, THEN, "talks.place", denies=("report",)),
        )
        assert (row.move, row.lapsed) == ("withdrawn", False)

    def test_age(self) -> None:
        """With `max_age` statements lapse."""
        ds = dataset(said("A", {"yes": "demand"}))
        (row,) = pos.diff(ds.at(BEFORE, max_age=30), ds.at(AFTER, max_age=30))
        assert (row.move, row.lapsed) == ("withdrawn", True)

    def test_mandate(self) -> None:
        """Positions inherited by a new government are withdrawn if `inherited` is false."""
        parties = [party("A", mandates=(Mandate(from_="2000-02-01", name="New"),))]
        ds = dataset(said("A", {"yes": "demand"}), parties=parties)
        (row,) = pos.diff(ds.at(BEFORE, inherited=False), ds.at(AFTER, inherited=False))
        assert row.move == "withdrawn"
        (kept,) = pos.diff(ds.at(BEFORE), ds.at(AFTER))
        assert (kept.move, kept.before.cell("yes").inherited) == ("unchanged", False)
        assert kept.after.cell("yes").inherited


class TestAsking:
    """Arguments of `diff` for two snapshots, and what its result offers."""

    @pytest.fixture
    def ds(self) -> Dataset:
        """Two parties that move on two topics."""
        return dataset(
            said("A B", {"yes": "demand"}),
            said("A", {"no": "demand"}, THEN),
            said("B", {"some": "demand"}, THEN, "rank"),
        )

    def test_rows(self, ds: Dataset) -> None:
        """There is a row for every position on either day; the table shows those that moved."""
        found = pos.diff(ds.at(BEFORE), ds.at(AFTER))
        rows = [(row.party, row.topic, row.move) for row in found]
        assert rows == [
            ("A", "land", "shifted"),
            ("B", "land", "unchanged"),
            ("B", "rank", "new"),
        ]
        assert [row.move for row in found.moved] == ["shifted", "new"]
        assert found.table().title == "From 2000-01-31 to 2000-02-29: 2 changes"
        assert found.table().remarks == ("1 more position unchanged.",)
        assert len(found.table().rows) == 2
        assert [record["move"] for record in found.to_records()] == ["shifted", "unchanged", "new"]

    def test_choice(self, ds: Dataset) -> None:
        """Parties and topics can be chosen; unknown ones are errors with the nearest name."""
        before, after = ds.at(BEFORE), ds.at(AFTER)
        assert len(pos.diff(before, after, parties=["B"])) == 2
        assert len(pos.diff(before, after, parties=["B"], topics="rank")) == 1
        assert len(pos.diff(before, after, topics=[ds.topic("rank")])) == 1
        with pytest.raises(UnknownNameError, match="no party 'D'"):
            pos.diff(before, after, parties=["D"])
        with pytest.raises(UnknownNameError, match="did you mean 'rank'"):
            pos.diff(before, after, topics="ranks")

    def test_kinds(self, ds: Dataset) -> None:
        """Only two values of the same kind can be compared."""
        snapshot = ds.at(BEFORE)
        with pytest.raises(InvalidInputError, match="two snapshots, two stances or two proposals"):
            pos.diff(snapshot, snapshot["A"])  # type: ignore[call-overload]

    def test_other_data(self, ds: Dataset) -> None:
        """Snapshots of data sets with other parties or topics cannot be compared."""
        other = dataset(parties=[party("Z")])
        with pytest.raises(InvalidInputError, match="parties"):
            pos.diff(ds.at(BEFORE), other.at(AFTER))
        with pytest.raises(InvalidInputError, match="topics"):
            pos.diff(ds.at(BEFORE), dataset(topics=[]).at(AFTER))

    def test_apply(self, ds: Dataset) -> None:
        """Changes turn the earlier snapshot into the later one, and apply to no other."""
        before, after = ds.at(BEFORE), ds.at(AFTER)
        changes = pos.diff(before, after)
        assert changes.apply(before) == after
        assert changes.apply(before).date == dt.date(2000, 2, 29)
        with pytest.raises(InvalidInputError, match=r"A on land.*2000-01"):
            changes.apply(after)

    def test_apply_needs_all_changes(self, ds: Dataset) -> None:
        """The changes of only some parties or topics cannot be applied."""
        before = ds.at(BEFORE)
        for some in ({"parties": ["A"]}, {"topics": "rank"}):
            with pytest.raises(InvalidInputError, match="wanted those of all parties and topics"):
                pos.diff(before, ds.at(AFTER), **some).apply(before)  # type: ignore[arg-type]

    def test_what_if(self) -> None:
        """`diff` finds what further statements would change, even if they name new numbers."""
        ds = dataset(said("A", {"..85": "demand"}, topic="army.size"))
        more = said("A", {"..60": "demand"}, THEN, "army.size")
        before, after = ds.at(AFTER), ds.add(more).at(AFTER)
        (row,) = pos.diff(before, after)
        assert (row.move, row.amount) == ("hardened", -25)
        assert pos.diff(before, after).apply(before) == after

    def test_many_numbers(self) -> None:
        """Positions with many numbers are compared cell by cell."""
        every = {str(number): "accept" for number in range(70)}
        ds = dataset(said("A", every, topic="army.size"))
        assert [row.move for row in pos.diff(ds.at(BEFORE), ds.at(AFTER))] == ["unchanged"]

"""What moved between two days, worked by hand."""

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
    """Give how party A moved on a topic from January to February."""
    ds = dataset(*statements, **records)
    found = pos.diff(ds.at(BEFORE), ds.at(AFTER), parties=["A"], topics=topic)
    (row,) = found
    return row


def moved(before: dict[str, str], after: dict[str, str], topic: str = "land") -> str:
    """Name the move from what A said in January to what it said in February."""
    words = (("2000-01-01", before), (THEN, after))
    return change(*(said("A", says, on, topic) for on, says in words if says), topic=topic).move


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
        """The first move that fits names what happened to the position."""
        assert moved(before, after) == move

    def test_to_ask_is_not_to_give(self) -> None:
        """Between silent and demand there is no step: what is left is what the demand excludes."""
        assert moved({"no": "reject"}, {"yes": "demand"}) == "hardened"
        everything = {"no": "reject", "shared": "reject"}
        assert moved(everything, {"yes": "demand", **everything}) == "reworded"

    def test_reworded(self) -> None:
        """Without a step, other words for it are a rewording: demand for acceptance."""
        spoken = {"yes": "accept", "no": "reject", "shared": "reject"}
        assert moved(spoken, {"yes": "demand", "no": "reject", "shared": "reject"}) == "reworded"

    def test_other_conditions(self) -> None:
        """Other conditions are a rewording; the same ones again are not."""
        words = [
            said("A", {"yes": "conditional"}, on, conditions=(only_if(condition),))
            for on, condition in (
                ("2000-01-01", IN_PEACE),
                (THEN, settled("rank", "some")),
            )
        ]
        assert change(*words).move == "reworded"
        same = said("A", {"yes": "conditional"}, THEN, conditions=(only_if(IN_PEACE),))
        assert change(words[0], same).move == "unchanged"

    def test_conditions_are_a_level_of_their_own(self) -> None:
        """From silence to a conditional yes to yes, each is a softening."""
        maybe = {"yes": "conditional"}
        conditions = (only_if(IN_PEACE),)
        first = said("A", {"no": "accept"})
        assert change(first, said("A", maybe, THEN, conditions=conditions)).move == "softened"
        earlier = said("A", maybe, "2000-01-02", conditions=conditions)
        assert change(first, earlier, said("A", {"yes": "accept"}, THEN)).move == "softened"

    def test_silent_on_both_days(self) -> None:
        """What was withdrawn before and after has no row."""
        ds = dataset(said("A", {"yes": "demand"}), said("A", {"*": "withdrawn"}, "2000-01-02"))
        assert len(pos.diff(ds.at(BEFORE), ds.at(AFTER))) == 0

    def test_statements(self) -> None:
        """The statements that moved it are those on which only the new position rests."""
        row = change(said("A", {"yes": "demand"}), said("A", {"no": "accept"}, THEN))
        assert row.statements == ("a.2000-02-10.land",)
        assert row.before.demands == ("yes",)
        assert row.after.accepts == ("no",)


class TestAmount:
    """On quantity topics a move says by how much."""

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
        """An end that moved, or both alike, gives the amount; else one number cannot say."""
        words = said("A", {before: "demand"}, topic="army.size")
        row = change(words, said("A", {after: "demand"}, THEN, "army.size"), topic="army.size")
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
        """On nominal topics nothing is counted."""
        assert (
            change(said("A", {"yes": "demand"}), said("A", {"no": "demand"}, THEN)).amount is None
        )


class TestDirection:
    """Towards whom, and away from whom, judged by the earlier positions of the others."""

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
        """Where the other moved as well, its earlier position is the measure."""
        row = change(
            said("A", {"50": "demand"}, topic="army.size"),
            said("A", {"70": "demand"}, THEN, "army.size"),
            said("B", {"100": "demand"}, topic="army.size"),
            said("B", {"60": "demand"}, THEN, "army.size"),
            topic="army.size",
        )
        assert (row.towards, row.away) == (("B",), ())

    def test_no_gap_no_direction(self) -> None:
        """To a party that affirms nothing there is no gap, so no direction."""
        row = change(
            said("A", {"yes": "demand"}),
            said("A", {"no": "demand"}, THEN),
            said("B", {"yes": "reject"}),
        )
        assert (row.move, row.towards, row.away) == ("shifted", (), ())

    def test_nominal(self) -> None:
        """To take up what another affirms is towards it."""
        row = change(
            said("A", {"yes": "demand"}),
            said("A", {"no": "accept"}, THEN),
            said("B", {"no": "demand"}),
        )
        assert (row.move, row.towards, row.away) == ("softened", ("B",), ())


class TestLapse:
    """What time alone did."""

    def test_lapsed(self) -> None:
        """A position that ended by itself is lapsed, and told by the words that ended."""
        row = change(said("A", {"yes": "accept"}, until="2000-02-15"))
        assert (row.move, row.lapsed, row.statements) == ("withdrawn", True, ("a.2000-01-01.land",))
        ds = dataset(said("A", {"yes": "accept"}, until="2000-02-15"))
        text = pos.diff(ds.at(BEFORE), ds.at(AFTER)).table().rows[0][2]
        assert text == "withdrawn, lapsed"

    def test_earlier_demand_stands_again(self) -> None:
        """A lapse can bring an earlier demand back: a move that nobody made."""
        row = change(
            said("A", {"yes": "demand"}, "1999-12-01"),
            said("A", {"no": "demand"}, until="2000-02-15"),
        )
        assert (row.move, row.lapsed) == ("shifted", True)
        assert row.statements == ("a.1999-12-01.land",)

    def test_new_words_are_no_lapse(self) -> None:
        """Where something new was said meanwhile, time alone did not do it."""
        row = change(
            said("A", {"yes": "accept"}, until="2000-02-15"), said("A", {"no": "reject"}, THEN)
        )
        assert (row.move, row.lapsed) == ("hardened", False)

    def test_a_denial_is_no_lapse(self) -> None:
        """What is denied drops out by the words of the denial, not by time."""
        row = change(
            said("A", {"yes": "accept"}, attribution="reported", id="report"),
            said("A", {"here": "reject"}, THEN, "talks.place", denies=("report",)),
        )
        assert (row.move, row.lapsed) == ("withdrawn", False)

    def test_age(self) -> None:
        """With `max_age` words drop out by time."""
        ds = dataset(said("A", {"yes": "demand"}))
        (row,) = pos.diff(ds.at(BEFORE, max_age=30), ds.at(AFTER, max_age=30))
        assert (row.move, row.lapsed) == ("withdrawn", True)

    def test_mandate(self) -> None:
        """A new government leaves behind what was inherited, if that is asked."""
        parties = [party("A", mandates=(Mandate(from_="2000-02-01", name="New"),))]
        ds = dataset(said("A", {"yes": "demand"}), parties=parties)
        (row,) = pos.diff(ds.at(BEFORE, inherited=False), ds.at(AFTER, inherited=False))
        assert row.move == "withdrawn"
        (kept,) = pos.diff(ds.at(BEFORE), ds.at(AFTER))
        assert (kept.move, kept.before.cell("yes").inherited) == ("unchanged", False)
        assert kept.after.cell("yes").inherited


class TestAsking:
    """What can be asked of two snapshots."""

    @pytest.fixture
    def ds(self) -> Dataset:
        """Two parties that move on two topics."""
        return dataset(
            said("A B", {"yes": "demand"}),
            said("A", {"no": "demand"}, THEN),
            said("B", {"some": "demand"}, THEN, "rank"),
        )

    def test_rows(self, ds: Dataset) -> None:
        """There is a row for every position before or after; those that moved are shown."""
        found = pos.diff(ds.at(BEFORE), ds.at(AFTER))
        told = [(row.party, row.topic, row.move) for row in found]
        assert told == [
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
        """Parties and topics can be chosen, and unknown ones are errors with the nearest name."""
        before, after = ds.at(BEFORE), ds.at(AFTER)
        assert len(pos.diff(before, after, parties=["B"])) == 2
        assert len(pos.diff(before, after, parties=["B"], topics="rank")) == 1
        assert len(pos.diff(before, after, topics=[ds.topic("rank")])) == 1
        with pytest.raises(UnknownNameError, match="no party 'D'"):
            pos.diff(before, after, parties=["D"])
        with pytest.raises(UnknownNameError, match="did you mean 'rank'"):
            pos.diff(before, after, topics="ranks")

    def test_kinds(self, ds: Dataset) -> None:
        """Only two of one kind can be told apart."""
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
        """Changes give the later snapshot of the earlier one, and of no other."""
        before, after = ds.at(BEFORE), ds.at(AFTER)
        changes = pos.diff(before, after)
        assert changes.apply(before) == after
        assert changes.apply(before).date == dt.date(2000, 2, 29)
        with pytest.raises(InvalidInputError, match=r"A on land.*2000-01"):
            changes.apply(after)

    def test_apply_needs_all_changes(self, ds: Dataset) -> None:
        """The changes of some parties or topics alone make no snapshot."""
        before = ds.at(BEFORE)
        for some in ({"parties": ["A"]}, {"topics": "rank"}):
            with pytest.raises(InvalidInputError, match="wanted those of all parties and topics"):
                pos.diff(before, ds.at(AFTER), **some).apply(before)  # type: ignore[arg-type]

    def test_what_if(self) -> None:
        """What further statements would change is a diff, however they cut the number line."""
        ds = dataset(said("A", {"..85": "demand"}, topic="army.size"))
        more = said("A", {"..60": "demand"}, THEN, "army.size")
        before, after = ds.at(AFTER), ds.add(more).at(AFTER)
        (row,) = pos.diff(before, after)
        assert (row.move, row.amount) == ("hardened", -25)
        assert pos.diff(before, after).apply(before) == after

    def test_many_numbers(self) -> None:
        """However many numbers are named, a position is compared cell by cell."""
        every = {str(number): "accept" for number in range(70)}
        ds = dataset(said("A", every, topic="army.size"))
        assert [row.move for row in pos.diff(ds.at(BEFORE), ds.at(AFTER))] == ["unchanged"]

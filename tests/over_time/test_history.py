"""Histories: the relation of parties over time, period by period."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import positions as pos
from in_short import relations
from makers import dataset, only_if, said, settled
from positions.errors import InvalidInputError, UnknownNameError
from positions.over_time.history import Crossings, Period, Stalemate
from positions.records.models import Condition, Statement

A, B = said("A", {"yes": "demand"}), said("B", {"no": "demand"}, "2000-02-01")
TRUCE = said("B", {"yes": "accept"}, "2000-03-01", until="2000-03-10", id="truce")


def periods(*statements: Statement, parties: str = "A B", **asked: Any) -> list[Period]:
    """The history of parties in a small data set."""
    return list(pos.history(dataset(*statements), parties.split(), **asked))


class TestPeriods:
    """Periods, worked out by hand."""

    def test_one_after_the_other(self) -> None:
        """Each period ends on the day before the next; the last has no end."""
        assert relations(periods(A, B, TRUCE)) == [
            ("one_sided", "2000-01-01", "2000-01-31"),
            ("deadlock", "2000-02-01", "2000-02-29"),
            ("agreed", "2000-03-01", "2000-03-10"),
            ("deadlock", "2000-03-11", None),
        ]

    def test_days(self) -> None:
        """The first and the last day count; the last period counts to the end of the history."""
        assert [row.days for row in periods(A, B, TRUCE)] == [31, 29, 10, 296]
        assert [row.days for row in periods(A, B, until="2000-02-01")] == [31, 1]

    def test_who_began_and_ended_it(self) -> None:
        """Periods begin and end by statements that begin or cease to count, and move a party."""
        rows = periods(A, B, TRUCE)
        assert [row.began_by for row in rows] == [(A.id,), (B.id,), ("truce",), ("truce",)]
        assert [row.ended_by for row in rows] == [(B.id,), ("truce",), ("truce",), ()]
        assert [row.lapsed for row in rows] == [False, False, True, False]

    def test_a_repetition_begins_no_period(self) -> None:
        """A repetition on the day of a change is not among the statements that made it."""
        again = said("A", {"yes": "demand"}, "2000-02-01", id="again")
        assert periods(A, B, again)[1].began_by == (B.id,)

    def test_a_denial_ends_a_period(self) -> None:
        """A denied statement ends a period, which is not lapsed."""
        report = said("B", {"yes": "accept"}, attribution="reported", id="report")
        denial = said("B", {"most": "demand"}, "2000-02-01", "rank", denies=("report",))
        first, second = periods(A, report, denial, topics="land")
        assert (first.relation, first.ended_by, first.lapsed) == ("agreed", ("report",), False)
        assert second.relation == "one_sided"

    def test_options_are_those_of_the_first_day(self) -> None:
        """A change of options within the same relation does not end a period."""
        both = said("A B", {"yes": "accept"})
        other = said("A B", {"yes": "reject", "shared": "accept"}, "2000-02-01")
        (row,) = periods(both, other)
        assert (row.relation, row.options, row.until) == ("agreed", ("yes",), None)

    def test_numbers_agreed(self) -> None:
        """Agreed numbers are one interval."""
        (row,) = periods(
            said("A", {"..100": "accept"}, topic="army.size"),
            said("B", {"50..": "accept"}, topic="army.size"),
        )
        assert row.options == ("50..100",)

    def test_apart(self) -> None:
        """An open period is apart if the parties affirm different options."""
        (row,) = periods(said("A", {"yes": "accept"}), said("B", {"no": "accept"}))
        assert (row.relation, row.apart, row.options) == ("open", True, ())

    @pytest.mark.parametrize(
        ("rank", "verdict"), [("accept", "met"), ("reject", "unmet"), (None, "unknown")]
    )
    def test_conditions_on_the_first_day(self, rank: str | None, verdict: str) -> None:
        """Conditions are judged on the first day of the period, as `overlap` judges them."""
        price = only_if(settled("rank", "some"))
        statements = [
            said("A", {"yes": "conditional"}, "2000-02-01", conditions=(price,)),
            said("B", {"yes": "demand"}, "2000-02-01"),
            said("A", {"some": "demand"}, topic="rank"),
            *([] if rank is None else [said("B", {"some": rank}, topic="rank")]),
            said("B", {"some": "accept"}, "2000-03-01", topic="rank"),
        ]
        row = periods(*statements, topics="land")[-1]
        assert (row.relation, row.conditions, row.options) == ("conditional", verdict, ("yes",))
        assert str(row.since) == "2000-02-01"

    def test_silence_after_a_lapse(self) -> None:
        """When all statements have lapsed, silence is a period of its own, begun by their lapse."""
        demand = said("A", {"yes": "demand"}, until="2000-01-31")
        first, second = periods(demand)
        assert (first.lapsed, second.relation) == (True, "silent")
        assert (second.began_by, second.until) == ((demand.id,), None)

    def test_three_parties(self) -> None:
        """Of three parties, a third that refuses ends what two agree on."""
        two = said("A B", {"yes": "accept"})
        third = said("C", {"yes": "reject", "no": "reject", "shared": "reject"}, "2000-02-01")
        assert relations(periods(two, third, parties="A B C")) == [
            ("open", "2000-01-01", "2000-01-31"),
            ("deadlock", "2000-02-01", None),
        ]


class TestSpan:
    """The first and the last day of a history."""

    def test_start_clips(self) -> None:
        """With a start, the first period is cut to that day, and no statement began it."""
        first, *_ = periods(A, B, since="2000-02-10")
        assert (first.relation, str(first.since), first.began_by) == ("deadlock", "2000-02-10", ())

    def test_a_period_that_begins_on_the_start(self) -> None:
        """A period that begins on the start itself has the statements that began it."""
        first, *_ = periods(A, B, since="2000-02-01")
        assert (str(first.since), first.began_by) == ("2000-02-01", (B.id,))

    def test_default_start(self) -> None:
        """Without a start, the history begins with the first statement on any topic asked for."""
        late = said("A", {"here": "demand"}, "2000-03-01", "talks.place")
        found = pos.history(dataset(A, late), ["A", "B"])
        assert str(found.since) == "2000-01-01"
        assert [row.relation for row in found.periods("talks.place")] == ["silent", "one_sided"]
        alone = pos.history(dataset(A, late), ["A", "B"], "talks")
        assert str(alone.since) == "2000-03-01"

    def test_silent_topics_are_left_out(self) -> None:
        """A topic on which none of the parties spoke has no period, without an error."""
        found = pos.history(dataset(A), ["B", "C"])
        assert (len(found), found.periods("land")) == (0, ())

    def test_errors(self) -> None:
        """One party, unknown names and an end before the start are errors."""
        ds = dataset(A)
        with pytest.raises(InvalidInputError):
            pos.history(ds, ["A"])
        with pytest.raises(UnknownNameError):
            pos.history(ds, ["A", "Z"])
        with pytest.raises(InvalidInputError, match="since"):
            pos.history(ds, ["A", "B"], since="2000-03", until="2000-02")
        with pytest.raises(UnknownNameError):
            pos.history(ds, ["A", "B"]).periods("nothing")


class TestMeasures:
    """Stalemates and crossings."""

    def test_stalemate(self) -> None:
        """A stalemate has the days of the deadlock at the end, and of the longest."""
        found = pos.history(dataset(A, B, TRUCE), ["A", "B"], until="2000-03-20")
        assert found.stalemate("land") == Stalemate("land", 10, dt.date(2000, 3, 11), 29)

    def test_no_stalemate(self) -> None:
        """Without a deadlock at the end the longest remains; without any it is 0."""
        found = pos.history(dataset(A, B, TRUCE), ["A", "B"], until="2000-03-05")
        assert found.stalemate("land") == Stalemate("land", 0, None, 29)
        assert found.stalemate("rank") == Stalemate("rank", 0, None, 0)

    def test_crossings(self) -> None:
        """Crossings are the days on which parties first and last began to meet."""
        second = said("B", {"yes": "accept"}, "2000-05-01")
        found = pos.history(dataset(A, B, TRUCE, second), ["A", "B"])
        assert found.crossings("land") == Crossings(
            "land", dt.date(2000, 3, 1), dt.date(2000, 5, 1), 2
        )

    def test_no_crossing(self) -> None:
        """There is none if parties never met, or met before the history began."""
        assert pos.history(dataset(A, B), ["A", "B"]).crossings("land").first is None
        later = pos.history(dataset(A, B, TRUCE), ["A", "B"], since="2000-03-05")
        assert later.crossings("land") == Crossings("land", None, None, 0)


def test_the_printed_table() -> None:
    """A table shows relation, days, and whose statements, or their lapse, began each period."""
    offer = said(
        "B",
        {"yes": "conditional"},
        "2000-02-15",
        conditions=(only_if(Condition(text="pay")),),
        until="2000-02-20",
    )
    assert str(pos.history(dataset(A, B, offer, TRUCE), ["A", "B"], since="2000-01-10")) == TABLE


TABLE = """\
History of State A, State B, 2000-01-10 to 2000-12-31: 6 periods

topic        relation                since       until       days  begun by
-----------  ----------------------  ----------  ----------  ----  -------------
Land (land)  one-sided               2000-01-10  2000-01-31  22    earlier
                                                                   statements

Land (land)  deadlock                2000-02-01  2000-02-14  14    State B [1]

Land (land)  conditional, unknown:   2000-02-15  2000-02-20  6     State B [1]
             “Yes”

Land (land)  deadlock                2000-02-21  2000-02-29  9     lapse of
                                                                   statements by
                                                                   State B [1]

Land (land)  agreed: “Yes”           2000-03-01  2000-03-10  10    State B [1]

Land (land)  deadlock                2000-03-11              296   lapse of
                                                                   statements by
                                                                   State B [1]

[1] Press: On press (2000-01-01)"""


def test_records() -> None:
    """Records are plain: ids, ISO dates, numbers and lists."""
    record = pos.history(dataset(A, B, TRUCE), ["A", "B"]).to_records()[2]
    assert record == {
        "topic": "land",
        "relation": "agreed",
        "apart": False,
        "since": "2000-03-01",
        "until": "2000-03-10",
        "days": 10,
        "conditions": None,
        "options": ["yes"],
        "began_by": ["truce"],
        "ended_by": ["truce"],
        "lapsed": True,
    }

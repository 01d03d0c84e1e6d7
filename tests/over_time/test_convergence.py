"""Convergence: the gap between parties over time, worked out by hand."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

import positions as pos
from in_short import gaps
from makers import TOPICS, dataset, said, topic
from positions import results
from positions.errors import InvalidInputError, UnknownNameError
from positions.over_time.convergence import period_ends
from positions.records.models import Statement
from table_readers import read_cells

AB = ["A", "B"]
SCALED = (*TOPICS[:2], topic("army.size", kind="quantity", unit="soldiers", span=200.0))
"""The topics of `makers` without talks, and with a span for the army."""


def follow(*statements: Statement, **asked: Any) -> results.Convergence:
    """The convergence of parties A and B after some statements."""
    records = {"topics": asked.pop("records")} if "records" in asked else {}
    return pos.convergence(dataset(*statements, **records), asked.pop("parties", AB), **asked)


APART = (said("A", {"yes": "accept"}, "2000-01-01"), said("B", {"no": "accept"}, "2000-01-11"))
MEET = said("B", {"yes": "accept"}, "2000-03-01")


class TestRows:
    """The rows of one topic: their days and values."""

    def test_rows_are_on_days_of_change(self) -> None:
        """A repetition has no row; the first row is on the day by which both had spoken."""
        again = said("A", {"yes": "accept"}, "2000-02-01")
        found = follow(*APART, again, MEET)
        assert gaps(found) == [("2000-01-11", 1), ("2000-03-01", 0)]
        assert [row.relation for row in found] == ["open", "agreed"]
        assert (str(found.since), str(found.until)) == ("2000-01-11", "2000-12-31")

    def test_a_lapse_and_a_withdrawal_are_changes(self) -> None:
        """If statements lapse or are withdrawn the gap is no longer defined, with a reason."""
        found = follow(
            APART[0],
            said("B", {"no": "accept"}, "2000-01-11", until="2000-01-20"),
            said("A", {"*": "withdrawn"}, "2000-02-01"),
        )
        assert gaps(found) == [("2000-01-11", 1), ("2000-01-21", None), ("2000-02-01", None)]
        assert [row.relation for row in found] == ["open", "one_sided", "silent"]
        assert {row.gap_reason for row in found} == {None, "one of them affirms nothing"}
        assert found.trend.verdict == "undefined"

    def test_a_given_start_has_a_row(self) -> None:
        """With a start, the first row is on that day, and earlier statements count."""
        found = follow(*APART, MEET, since="2000-02")
        assert gaps(found) == [("2000-02-01", 1), ("2000-03-01", 0)]

    def test_no_rows_before_anybody_spoke(self) -> None:
        """With an early start the rows begin when the first of them speaks."""
        found = follow(*APART, since="1999")
        assert gaps(found) == [("2000-01-01", None), ("2000-01-11", 1)]

    def test_a_period_ends_with_its_last_day(self) -> None:
        """A vague end means its last day, and nothing said later changes anything."""
        assert gaps(follow(*APART, MEET, until="2000-02")) == gaps(follow(*APART, until="2000-02"))

    def test_months(self) -> None:
        """With "month" there is a row on the last day of each, the last one cut at the end."""
        found = follow(*APART, MEET, every="month", until="2000-03-15")
        assert gaps(found) == [("2000-01-31", 1), ("2000-02-29", 1), ("2000-03-15", 0)]

    def test_age(self) -> None:
        """A gap is as old as the older of the parties' latest statements for what they affirm."""
        again = said("A", {"yes": "accept"}, "2000-01-31")
        found = follow(*APART, again, MEET, every="month", until="2000-03")
        # A spoke on 1 and 31 January, B on 11 January and 1 March.
        assert [row.age for row in found] == [20, 49, 60]

    def test_a_rejection_does_not_change_the_age(self) -> None:
        """Only statements for what is affirmed count for the age of a gap."""
        refusal = said("A", {"shared": "reject"}, "2000-01-25")
        assert [row.age for row in follow(*APART, refusal)] == [10, 24]

    def test_firm_gap(self) -> None:
        """A conditional acceptance closes the gap, but not the firm gap."""
        offer = said(
            "B",
            {"yes": "conditional"},
            "2000-03-01",
            conditions=({"for": ["yes"], "all": [{"text": "peace"}]},),
        )
        row = follow(*APART, offer)[-1]
        assert (row.relation, row.gap, row.firm_gap) == ("conditional", 0, 1)

    def test_three_parties(self) -> None:
        """For several parties a row has the largest gap, the mean and the number of pairs."""
        found = follow(
            said("A", {"none": "accept"}, topic="rank"),
            said("B", {"some": "accept"}, "2000-01-02", topic="rank"),
            said("C", {"all": "accept"}, "2000-01-03", topic="rank"),
            parties=["A", "B", "C"],
            since="2000-01-02",
        )
        # none, some, most and all lie a third apart: 1/3, 2/3 and 1, of which the mean is 2/3.
        assert [(row.gap, row.mean_gap, row.gap_pairs) for row in found] == [
            (pytest.approx(1 / 3), pytest.approx(1 / 3), 1),
            (1, pytest.approx(2 / 3), 3),
        ]


class TestTopics:
    """Which topics count."""

    def test_common_topics_only(self) -> None:
        """A topic on which only one of them spoke has no rows; a note counts such topics."""
        found = follow(*APART, said("A", {"some": "demand"}, topic="rank"))
        assert {row.topic for row in found} == {"land"}
        assert found.notes[0] == "Left out: 1 topic on which only one of the parties has spoken."

    @pytest.mark.parametrize(
        ("asked", "topics"),
        [(None, ["land"]), ("talks", []), ("talks.place", ["talks.place"])],
    )
    def test_process_and_conduct(self, asked: str | None, topics: list[str]) -> None:
        """A topic that is not a term of a settlement counts only if it is named by its own id."""
        found = follow(*APART, said("A B", {"here": "accept"}, topic="talks.place"), topics=asked)
        assert [row.topic for row in found.topics] == topics
        left_out = "Left out unless named by id: 1 topic about process or conduct."
        assert (left_out in found.notes) == (asked != "talks.place")

    def test_no_topic(self) -> None:
        """Without a common topic the result is empty, and its trend undefined."""
        found = follow(APART[0])
        assert (len(found), found.overall, found.topics) == (0, (), ())
        assert found.trend.reason == "no topic has a gap at both ends of the period"
        assert "no rows" in str(found)


RANKS = (
    said("A", {"none": "accept"}, "2000-01-01", topic="rank"),
    said("B", {"all": "accept"}, "2000-01-11", topic="rank"),
)


class TestMean:
    """The mean over topics: which gaps are in it, and how a missing gap counts."""

    def test_mean_by_hand(self) -> None:
        """Gaps of 1 of 1, of two thirds, and of 50 of 200 soldiers have a mean of 23/36."""
        found = follow(
            *APART,
            RANKS[0],
            said("B", {"most": "accept"}, "2000-01-11", topic="rank"),
            said("A", {"..50": "accept"}, "2000-01-11", topic="army.size"),
            said("B", {"100..": "accept"}, "2000-01-11", topic="army.size"),
            MEET,
            records=SCALED,
        )
        assert [(str(m.date), m.n) for m in found.overall] == [("2000-01-11", 3), ("2000-03-01", 3)]
        first, last = (m.gap for m in found.overall)
        assert first == pytest.approx(23 / 36)
        assert last == pytest.approx(11 / 36)
        assert found.trend.verdict == "converging"
        assert [area.area for area in found.areas] == ["land", "rank", "army", None]
        assert [area.converging for area in found.areas] == [1, 0, 0, 1]
        assert [area.unmoved for area in found.areas] == [0, 1, 1, 2]

    def test_without_a_span(self) -> None:
        """A quantity topic without a span is in no mean, and is listed."""
        army = [
            said(who, {n: "accept"}, topic="army.size") for who, n in zip(AB, "19", strict=True)
        ]
        found = follow(*APART, *army, since="2000-01-11")
        assert found.unscaled == ("army.size",)
        assert {m.n for m in found.overall} == {1}

    def test_what_enters_and_leaves(self) -> None:
        """A topic with a gap at one end only is listed, and is in no mean."""
        found = follow(
            *APART,
            said("A", {"yes": "accept"}, "2000-02-01", topic="law"),
            said("B", {"yes": "accept"}, "2000-02-02", topic="law"),
            *RANKS,
            said("A", {"*": "withdrawn"}, "2000-03-01", topic="rank"),
            records=(*TOPICS, topic("law", "no", "yes")),
        )
        assert (found.entered, found.left) == (("law",), ("rank",))
        assert {(m.gap, m.n) for m in found.overall} == {(1, 1)}

    def test_a_missing_gap_is_no_gap_of_zero(self) -> None:
        """On days on which one topic has no gap the mean and `n` are those of the others."""
        found = follow(
            *APART,
            RANKS[0],
            said("B", {"most": "accept"}, "2000-01-11", topic="rank"),
            said("A", {"*": "withdrawn"}, "2000-02-01"),
            said("A", {"yes": "accept"}, "2000-03-01"),
        )
        assert [(m.gap, m.n) for m in found.overall] == [
            (pytest.approx(5 / 6), 2),
            (pytest.approx(2 / 3), 1),
            (pytest.approx(5 / 6), 2),
        ]
        # The trend uses only days with all topics: the day with one topic is not a point.
        assert (found.trend.verdict, found.trend.points) == ("unmoved", 2)

    def test_decay(self) -> None:
        """A gap that is older by one half-life has half the weight."""
        old, new = (
            [said("A", {"yes": "accept"}), said("B", {"no": "accept"})],
            [said(who, {"some": "accept"}, "2000-01-11", topic="rank") for who in AB],
        )
        found = follow(*old, *new, since="2000-01-11", decay=10)
        # Land: a gap of 1, ten days older than rank with a gap of 0.
        assert found.overall[0].gap == float(Fraction(1, 2) / Fraction(3, 2))
        assert "half-life 10 days" in found.table().title

    def test_only_differences_of_age_count(self) -> None:
        """The weights do not vanish, however old all statements are."""
        assert follow(*APART, since="2000-12-31", decay=0.001).overall[-1].gap == 1


class TestArguments:
    """Arguments of `convergence`, and their errors."""

    @pytest.mark.parametrize(
        ("asked", "what"),
        [
            ({"every": "week"}, "every"),
            ({"decay": 0}, "decay"),
            ({"decay": float("nan")}, "decay"),
            ({"decay": "year"}, "decay"),
            ({"since": "2001"}, "since"),
            ({"since": "2000-02", "until": "2000-01"}, "since"),
            ({"parties": ["A"]}, "parties"),
            ({"parties": ["A", "A"]}, "parties"),
        ],
    )
    def test_refused(self, asked: dict[str, Any], what: str) -> None:
        """The error of an invalid argument names it."""
        with pytest.raises(InvalidInputError) as error:
            follow(*APART, **asked)
        assert error.value.what == what

    def test_unknown_topic(self) -> None:
        """An unknown topic is an error that suggests the nearest name."""
        with pytest.raises(UnknownNameError, match="did you mean 'land'"):
            follow(*APART, topics="lamd")

    def test_reading(self) -> None:
        """The options of `Dataset.at` choose which statements count."""
        leaked = said("B", {"yes": "accept"}, "2000-03-01", attribution="leaked")
        assert gaps(follow(*APART, leaked, attributions="self")) == [("2000-01-11", 1)]

    def test_no_end_of_the_evidence(self) -> None:
        """Without an end of the evidence the last day is that of the last statement."""
        ds = dataset(*APART, MEET, evidence_until=None)
        assert str(pos.convergence(ds, AB).until) == "2000-03-01"

    @pytest.mark.parametrize(
        ("months", "ends"),
        [
            (1, ["2000-02-29", "2000-03-31", "2000-04-15"]),
            (3, ["2000-03-31", "2000-04-15"]),
            (12, ["2000-04-15"]),
        ],
    )
    def test_periods(self, months: int, ends: list[str]) -> None:
        """Months, quarters and years are those of the calendar."""
        days = period_ends(dt.date(2000, 2, 10), dt.date(2000, 4, 15), months)
        assert [str(dt.date.fromordinal(day)) for day in days] == ends


class TestTables:
    """Tables of `convergence`."""

    def test_dates_topics_or_areas(self) -> None:
        """One topic is shown by date, one area by topic, and more by area."""
        spoken = (*APART, *RANKS)
        assert follow(*spoken, topics="land").table().headers[0] == "date"
        assert follow(*APART).table().headers[0] == "date"
        assert follow(*spoken).table().headers[0] == "area"
        army = [
            said(who, {n: "accept"}, topic=name)
            for name in ("army.size", "army.age")
            for who, n in zip(AB, "19", strict=True)
        ]
        ages = topic("army.age", kind="quantity", unit="years")
        table = follow(*army, records=(*TOPICS, ages), topics="army").table()
        assert table.headers[0] == "topic"
        assert [row[1:] for row in read_cells(table)] == [
            ("open", "unmoved", "8 soldiers", "8 soldiers"),
            ("open", "unmoved", "8 years", "8 years"),
            (None, "undefined", "—", "—"),
        ]

"""Convergence: the gap between parties over time, by hand and against each day's snapshot."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

import positions as pos
from makers import TOPICS, dataset, said, topic
from positions import results, testing
from positions.errors import InvalidInputError, UnknownNameError
from positions.over_time.convergence import EVERY, Every, period_ends
from positions.records.models import Statement
from positions.snapshots.dataset import Dataset
from readings import DAYS, READINGS
from table_readers import read_cells

AB = ["A", "B"]
SCALED = (*TOPICS[:2], topic("army.size", kind="quantity", unit="soldiers", span=200.0))
"""The topics of the makers without talks, and with a width for the army."""
SOME_STARTS = st.one_of(st.none(), DAYS)


def follow(*statements: Statement, **asked: Any) -> results.Convergence:
    """Follow parties A and B through some statements."""
    records = {"topics": asked.pop("topics")} if "topics" in asked else {}
    return pos.convergence(dataset(*statements, **records), asked.pop("parties", AB), **asked)


def gaps(rows: Iterable[Any]) -> list[tuple[str, float | None]]:
    """Give the date and the gap of each row."""
    return [(str(row.date), row.gap) for row in rows]


APART = (said("A", {"yes": "accept"}, "2000-01-01"), said("B", {"no": "accept"}, "2000-01-11"))
MEET = said("B", {"yes": "accept"}, "2000-03-01")


class TestRows:
    """One topic: on which days there is a row, and what it tells."""

    def test_rows_stand_where_an_attitude_changed(self) -> None:
        """A repetition gives no row; the first is the day by which both had spoken."""
        again = said("A", {"yes": "accept"}, "2000-02-01")
        found = follow(*APART, again, MEET)
        assert gaps(found) == [("2000-01-11", 1), ("2000-03-01", 0)]
        assert [row.relation for row in found] == ["open", "agreed"]
        assert (str(found.since), str(found.until)) == ("2000-01-11", "2000-12-31")

    def test_a_lapse_and_a_withdrawal_are_changes(self) -> None:
        """Where words lapse or are taken back the gap is no longer defined, and says why."""
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
        """The first row tells how they stood at the start; what was said before counts."""
        found = follow(*APART, MEET, since="2000-02")
        assert gaps(found) == [("2000-02-01", 1), ("2000-03-01", 0)]

    def test_nothing_is_told_of_days_before_anybody_spoke(self) -> None:
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
        """A gap is as old as the older of the parties' latest words for what they affirm."""
        again = said("A", {"yes": "accept"}, "2000-01-31")
        found = follow(*APART, again, MEET, every="month", until="2000-03")
        # A spoke on 1 and 31 January, B on 11 January and 1 March.
        assert [row.age for row in found] == [20, 49, 60]

    def test_a_rejection_makes_nothing_younger(self) -> None:
        """Only words for what is affirmed count for the age, for the gap rests on them."""
        refusal = said("A", {"shared": "reject"}, "2000-01-25")
        assert [row.age for row in follow(*APART, refusal)] == [10, 24]

    def test_firm_gap(self) -> None:
        """A conditional acceptance closes the gap, and not the firm one."""
        offer = said(
            "B",
            {"yes": "conditional"},
            "2000-03-01",
            conditions=({"for": ["yes"], "all": [{"text": "peace"}]},),
        )
        row = follow(*APART, offer)[-1]
        assert (row.relation, row.gap, row.firm_gap) == ("conditional", 0, 1)

    def test_three_parties(self) -> None:
        """Of several parties the gap is the largest; the mean and the number of pairs are told."""
        found = follow(
            said("A", {"none": "accept"}, topic="rank"),
            said("B", {"some": "accept"}, "2000-01-02", topic="rank"),
            said("C", {"all": "accept"}, "2000-01-03", topic="rank"),
            parties=["A", "B", "C"],
            since="2000-01-02",
        )
        # none, some, most and all lie a third apart: 1/3, 2/3 and 1, of which the mean is 2/3.
        assert [(row.gap, row.mean_gap, row.n) for row in found] == [
            (pytest.approx(1 / 3), pytest.approx(1 / 3), 1),
            (1, pytest.approx(2 / 3), 3),
        ]


class TestTopics:
    """Which topics count."""

    def test_common_topics_only(self) -> None:
        """A topic on which only one of them ever spoke has no rows, but is told of."""
        found = follow(*APART, said("A", {"some": "demand"}, topic="rank"))
        assert {row.topic for row in found} == {"land"}
        assert found.notes[0] == "1 more topic: only one of them ever spoke."

    @pytest.mark.parametrize(
        ("asked", "topics"),
        [(None, ["land"]), ("talks", []), ("talks.place", ["talks.place"])],
    )
    def test_process_and_conduct(self, asked: str | None, topics: list[str]) -> None:
        """What is no term of a settlement counts only if it is named by its own id."""
        found = follow(*APART, said("A B", {"here": "accept"}, topic="talks.place"), topic=asked)
        assert [row.topic for row in found.topics] == topics
        left_out = "Left out unless named by id: 1 topic about process or conduct."
        assert (left_out in found.notes) == (asked != "talks.place")

    def test_no_topic_is_an_answer(self) -> None:
        """Where they share no topic the answer is empty, and its trend undefined."""
        found = follow(APART[0])
        assert (len(found), found.overall, found.topics) == (0, (), ())
        assert found.trend.reason == "no topic has a gap at both ends of the period"
        assert "no rows" in str(found)


RANKS = (
    said("A", {"none": "accept"}, "2000-01-01", topic="rank"),
    said("B", {"all": "accept"}, "2000-01-11", topic="rank"),
)


class TestMean:
    """The mean over topics: what is in it, and what it never makes of a missing gap."""

    def test_mean_by_hand(self) -> None:
        """Gaps of 1 of 1, of two thirds, and of 50 of 200 soldiers have a mean of 23/36."""
        found = follow(
            *APART,
            RANKS[0],
            said("B", {"most": "accept"}, "2000-01-11", topic="rank"),
            said("A", {"..50": "accept"}, "2000-01-11", topic="army.size"),
            said("B", {"100..": "accept"}, "2000-01-11", topic="army.size"),
            MEET,
            topics=SCALED,
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
        """A number of which nobody has said how much is much enters no mean, and is listed."""
        army = [
            said(who, {n: "accept"}, topic="army.size") for who, n in zip(AB, "19", strict=True)
        ]
        found = follow(*APART, *army, since="2000-01-11")
        assert found.unscaled == ("army.size",)
        assert {m.n for m in found.overall} == {1}

    def test_what_enters_and_leaves(self) -> None:
        """What has a gap at one end only is listed, and moves no mean."""
        found = follow(
            *APART,
            said("A", {"yes": "accept"}, "2000-02-01", topic="law"),
            said("B", {"yes": "accept"}, "2000-02-02", topic="law"),
            *RANKS,
            said("A", {"*": "withdrawn"}, "2000-03-01", topic="rank"),
            topics=(*TOPICS, topic("law", "no", "yes")),
        )
        assert (found.entered, found.left) == (("law",), ("rank",))
        assert {(m.gap, m.n) for m in found.overall} == {(1, 1)}

    def test_a_missing_gap_is_no_gap_of_zero(self) -> None:
        """On days on which one topic has no gap the mean is that of the others, and n says so."""
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
        # The trend compares like with like: the day with one topic is none of its points.
        assert (found.trend.verdict, found.trend.points) == ("unmoved", 2)

    def test_decay(self) -> None:
        """Words that are older by one half-life weigh half as much."""
        old, new = (
            [said("A", {"yes": "accept"}), said("B", {"no": "accept"})],
            [said(who, {"some": "accept"}, "2000-01-11", topic="rank") for who in AB],
        )
        found = follow(*old, *new, since="2000-01-11", decay=10)
        # Land: a gap of 1, ten days older than rank with a gap of 0.
        assert found.overall[0].gap == float(Fraction(1, 2) / Fraction(3, 2))
        assert "half-life 10 days" in found.table().title

    def test_very_old_words_still_weigh_something_alone(self) -> None:
        """Only differences of age count, so nothing is divided by 0 however old the words."""
        assert follow(*APART, since="2000-12-31", decay=0.001).overall[-1].gap == 1


class TestArguments:
    """What can be asked, and what is refused."""

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
        """An argument that cannot be used is named."""
        with pytest.raises(InvalidInputError) as error:
            follow(*APART, **asked)
        assert error.value.what == what

    def test_unknown_topic(self) -> None:
        """An unknown topic is an error that offers the nearest."""
        with pytest.raises(UnknownNameError, match="did you mean 'land'"):
            follow(*APART, topic="lamd")

    def test_reading(self) -> None:
        """Which statements count can be said as in `at`."""
        leaked = said("B", {"yes": "accept"}, "2000-03-01", attribution="leaked")
        assert gaps(follow(*APART, leaked, attributions="self")) == [("2000-01-11", 1)]

    def test_no_end_of_the_evidence(self) -> None:
        """Where the data set names no end, the last day is that on which something was said."""
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
    """What is shown."""

    def test_dates_topics_or_areas(self) -> None:
        """One topic is shown by date, one area by topic, and more by area."""
        spoken = (*APART, *RANKS)
        assert follow(*spoken, topic="land").table().headers[0] == "date"
        assert follow(*APART).table().headers[0] == "date"
        assert follow(*spoken).table().headers[0] == "area"
        army = [
            said(who, {n: "accept"}, topic=name)
            for name in ("army.size", "army.age")
            for who, n in zip(AB, "19", strict=True)
        ]
        ages = topic("army.age", kind="quantity", unit="years")
        table = follow(*army, topics=(*TOPICS, ages), topic="army").table()
        assert table.headers[0] == "topic"
        assert [row[1:] for row in read_cells(table)] == [
            ("open", "unmoved", "8 soldiers", "8 soldiers"),
            ("open", "unmoved", "8 years", "8 years"),
            (None, "undefined", "—", "—"),
        ]

    def test_bundled_topic(self, ds: pos.Dataset) -> None:
        """The table of a topic on the bundled data, as a terminal of 80 columns shows it."""
        found = pos.convergence(ds, ["RUS", "UKR"], "nato.membership", since="2022-03-29")
        assert str(found) == NATO

    def test_bundled_areas(self, ds: pos.Dataset) -> None:
        """The table of areas on the bundled data."""
        topics = ["nato", "justice", "forces.cap"]
        found = pos.convergence(ds, ["RUS", "UKR"], topics, since="2025-06-02", until="2025-12-31")
        assert str(found) == AREAS


NATO = """\
Convergence of Russia, Ukraine, 2022-03-29 to 2026-06-23: NATO membership of
Ukraine (nato.membership)

date        relation     gap  firm gap  age in days
----------  -----------  ---  --------  -----------
2022-03-29  conditional  0    —                  22
2022-09-30  deadlock     1    1                 207
2025-04-23  deadlock     0.6  0.6                64
2025-12-14  deadlock     0.2  0.6               121

diverging, from 0 (2022-03-29) to 0.2 (2026-06-23)."""
AREAS = """\
Convergence of Russia, Ukraine, 2025-06-02 to 2025-12-31: 4 topics

area     topics                    deadlocks  compared  mean gap
-------  ------------------------  ---------  --------  ------------------------
nato     1 converging                      1         1  0.6 → 0.2, converging

forces   1 not comparable                  0         0  —

justice  2 unmoved                         2         2  1 → 1, unmoved

all      1 converging, 2 unmoved,          3         3  0.867 → 0.733,
         1 not comparable                               converging

Mean gap of 3 topics with a gap at both ends, as a share of the full width:
converging, from 0.867 (2025-06-02) to 0.733 (2025-12-31).
3 more topics: only one of them ever spoke."""


@pytest.fixture(scope="module")
def ds() -> pos.Dataset:
    """Read the bundled data once."""
    return pos.load()


class TestBundledData:
    """Values that were worked out from the statements by hand."""

    def test_nato_membership(self, ds: pos.Dataset) -> None:
        """Kyiv goes from forgoing it to demanding it, to leaving it to the allies, and back.

        Moscow demands throughout that it be barred, the last of six options a fifth apart:
        `barred` is also accepted in March 2022 (0), only `member` is demanded in September
        2022 (1), `consensus` is the nearest in April 2025 (3/5), `forgone` in December (1/5).
        """
        found = pos.convergence(ds, ["RUS", "UKR"], "nato.membership", since="2022-03-29")
        assert gaps(found) == [
            ("2022-03-29", 0),
            ("2022-09-30", 1),
            ("2025-04-23", 0.6),
            ("2025-12-14", 0.2),
        ]
        since = pos.convergence(ds, ["RUS", "UKR"], "nato.membership", since="2022-09-30")
        assert (found.trend.verdict, since.trend.verdict) == ("diverging", "converging")

    def test_guarantees(self, ds: pos.Dataset) -> None:
        """Moscow would take assurances; Kyiv asks for NATO alone, or for less, in turns.

        From `assurances` to `nato` it is two thirds, to `article5_like` one third.
        """
        found = pos.convergence(ds, ["RUS", "UKR"], "guarantees.kind")
        assert gaps(found) == [
            ("2024-11-20", 0),
            ("2024-12-03", pytest.approx(2 / 3)),
            ("2024-12-08", 0),
            ("2025-04-23", pytest.approx(1 / 3)),
            ("2025-06-01", 0),
            ("2025-08-15", 0),
            ("2025-12-14", pytest.approx(1 / 3)),
        ]

    def test_forces(self, ds: pos.Dataset) -> None:
        """85,000 against 250,000 in April 2022, then neither; the gap is never invented."""
        found = pos.convergence(ds, ["RUS", "UKR"], "forces.cap", since="2022-04-01")
        assert [gap for gap in gaps(found) if gap[1] is not None] == [("2022-04-15", 165_000)]
        assert found.trend.reason == "a gap is defined at one point only"

    def test_overall(self, ds: pos.Dataset) -> None:
        """The mean of an area is that of the gaps of its topics at both ends of the period."""
        found = pos.convergence(ds, ["RUS", "UKR"], since="2025-06-02")
        for area in found.areas[:-1]:
            ends = [
                [
                    Fraction(str(row.gap)) / Fraction(str(ds.topic(row.topic).span or 1))
                    for row in pos.overlap(ds.at(day), ["RUS", "UKR"], area.area)
                    if row.topic in both_ends(ds, found)
                ]
                for day in (found.since, found.until)
            ]
            assert [len(shares) for shares in ends] == [area.compared] * 2
            if area.compared:
                before, after = (float(sum(shares) / len(shares)) for shares in ends)
                assert (area.trend.before, area.trend.after) == (before, after)


def both_ends(ds: pos.Dataset, found: results.Convergence) -> set[str]:
    """Name the terms that have a gap on the first and on the last day."""
    ends = [pos.overlap(ds.at(day), found.parties) for day in (found.since, found.until)]
    named = [{row.topic for row in rows if row.gap is not None} for rows in ends]
    return {name for name in named[0] & named[1] if ds.topic(name).about == "term"}


@st.composite
def questions(draw: st.DrawFn) -> tuple[Dataset, list[str], dict[str, Any]]:
    """Draw a data set, parties of it, and a period with a reading."""
    found = draw(testing.datasets())
    order = draw(st.permutations([party.id for party in found.parties]))
    first, last = sorted((draw(DAYS), draw(DAYS)))
    asked = {"since": first, "until": last, **draw(READINGS)}
    return found, order[: draw(st.integers(2, len(order)))], asked


@pytest.mark.laws
class TestLaws:
    """What holds for every data set and period."""

    @settings(max_examples=60)
    @given(questions(), st.sampled_from(EVERY))
    def test_each_day(self, asked: tuple[Dataset, list[str], Any], every: Every) -> None:
        """A row tells what `overlap` tells of its day, and the age of the words behind it."""
        found, parties, how = asked
        reading = {key: how[key] for key in how if key not in ("since", "until")}
        for row in pos.convergence(found, parties, every=every, **how):
            snapshot = found.at(row.date, **reading)
            known = pos.overlap(snapshot, parties, row.topic).rows
            same = [r for r in known if r.topic == row.topic]
            assert row.relation == (same[0].relation if same else "silent")
            if same:
                assert (row.gap, row.firm_gap) == (same[0].gap, same[0].firm_gap)
                assert (row.n, row.gap_reason) == (same[0].gap_pairs, same[0].gap_reason)
            assert row.age == (None if row.gap is None else age(snapshot, parties, row.topic))

    @settings(max_examples=40)
    @given(questions())
    def test_change_points(self, asked: tuple[Dataset, list[str], Any]) -> None:
        """A topic has a row on each day after the start on which an attitude differs."""
        found, parties, how = asked
        reading = {key: how[key] for key in how if key not in ("since", "until")}
        answer = pos.convergence(found, parties, **how)
        for name in [row.topic for row in answer.topics]:
            dates = {row.date for row in answer if row.topic == name}
            day, before = how["since"], None
            while day <= how["until"]:
                codes = found.at(day, **reading).codes_on(parties, name).tolist()
                changed = before is not None and codes != before
                assert (day in dates) == changed or day == how["since"]
                day, before = day + dt.timedelta(days=1), codes

    @settings(max_examples=60)
    @given(questions(), st.sampled_from(EVERY[1:]))
    def test_sampling(self, asked: tuple[Dataset, list[str], Any], every: Every) -> None:
        """What is told at the end of a month is what the change before it told; so are means."""
        found, parties, how = asked
        changes = pos.convergence(found, parties, **how)
        sampled = pos.convergence(found, parties, every=every, **how)
        for row in sampled:
            held = [r for r in changes if r.topic == row.topic and r.date <= row.date][-1]
            told = (row.relation, row.gap, row.mean_gap, row.firm_gap, row.n)
            assert told == (held.relation, held.gap, held.mean_gap, held.firm_gap, held.n)
        for mean in sampled.overall:
            before = [m for m in changes.overall if m.date <= mean.date][-1]
            assert (mean.gap, mean.n) == (before.gap, before.n)
        assert (sampled.topics, sampled.areas) == (changes.topics, changes.areas)

    @settings(max_examples=40)
    @given(questions(), st.randoms(use_true_random=False))
    def test_symmetry(self, asked: tuple[Dataset, list[str], Any], random: Any) -> None:
        """The order in which parties are named changes nothing."""
        found, parties, how = asked
        other = random.sample(parties, len(parties))
        one, two = (pos.convergence(found, who, **how) for who in (parties, other))
        assert [r.gap for r in one] == [r.gap for r in two]
        assert (one.overall, one.topics, one.areas) == (two.overall, two.topics, two.areas)

    @settings(max_examples=40)
    @given(st.data(), questions())
    def test_later_words(self, data: st.DataObject, asked: tuple[Dataset, list[str], Any]) -> None:
        """What is said after the period changes nothing in it."""
        found, parties, how = asked
        later = testing.edtf_dates(
            min_value=how["until"] + dt.timedelta(days=1), max_value=dt.date(2001, 2, 1)
        ).filter(lambda date: date.earliest > how["until"])
        more = data.draw(testing.statements(found.document, dates=later))
        extended = found.add(more.model_copy(update={"id": "later"}))
        assert pos.convergence(extended, parties, **how) == pos.convergence(found, parties, **how)

    @settings(max_examples=60)
    @given(questions())
    def test_means(self, asked: tuple[Dataset, list[str], Any]) -> None:
        """A mean rests on the defined gaps of topics with a gap at both ends, and on no other."""
        found, parties, how = asked
        answer = pos.convergence(found, parties, **how)
        for mean in answer.overall:
            held = {r.topic: r for r in answer if r.date <= mean.date}
            panel = [t for t, row in held.items() if row.gap is not None and in_panel(answer, t)]
            shares = [share(found, t, held[t].gap) for t in panel]
            assert mean.n == len(shares)
            assert mean.gap == (float(sum(shares) / len(shares)) if shares else None)
            assert mean.n or mean.gap is None
        for row in answer.topics:
            gapless = all(r.gap is None for r in answer if r.topic == row.topic)
            assert not gapless or row.trend.verdict == "undefined"

    @settings(max_examples=30)
    @given(questions(), st.floats(0.01, 1e6))
    def test_decay(self, asked: tuple[Dataset, list[str], Any], half_life: float) -> None:
        """A mean with weights lies between the smallest and the largest gap, on as many topics."""
        found, parties, how = asked
        plain = pos.convergence(found, parties, **how)
        fading = pos.convergence(found, parties, decay=half_life, **how)
        assert [m.n for m in plain.overall] == [m.n for m in fading.overall]
        for mean in fading.overall:
            held = {r.topic: r for r in fading if r.date <= mean.date}
            shares = [
                float(share(found, t, row.gap))
                for t, row in held.items()
                if row.gap is not None and in_panel(fading, t)
            ]
            assert (mean.gap is None) == (not shares)
            if mean.gap is not None:
                assert min(shares) <= mean.gap <= max(shares)

    @settings(max_examples=30)
    @given(questions(), st.sampled_from(EVERY))
    def test_values(self, asked: tuple[Dataset, list[str], Any], every: Every) -> None:
        """An answer is a value: it can be hashed, pickled, written, and asked for again."""
        found, parties, how = asked
        one, two = (pos.convergence(found, parties, every=every, **how) for _ in range(2))
        assert (one, hash(one)) == (two, hash(two))
        assert pickle.loads(pickle.dumps(one)) == one
        records = one.to_records()
        assert json.loads(json.dumps(records, allow_nan=False)) == records
        assert all(tuple(record) == results.Convergence.columns for record in records)
        for table in (one.table(), one.by_date(), one.by_topic(), one.by_area()):
            assert all(table.to(form) for form in ("text", "markdown", "html", "latex", "csv"))


def age(snapshot: pos.Snapshot, parties: list[str], name: str) -> int:
    """Find the age of a gap in the cells of the positions."""
    said_on = [
        [cell.said for cell in position.cells if cell.attitude in AFFIRMED and cell.said]
        for position in (snapshot[party, name] for party in parties)
    ]
    return max(0, (snapshot.date - min(max(days) for days in said_on if days)).days)


AFFIRMED = (pos.Attitude.DEMAND, pos.Attitude.ACCEPT, pos.Attitude.CONDITIONAL)


def in_panel(answer: results.Convergence, name: str) -> bool:
    """Tell whether a topic has a gap at both ends of the period, and a width."""
    rows = [row for row in answer if row.topic == name]
    ends = rows[0].date <= answer.since and rows[0].gap is not None and rows[-1].gap is not None
    return ends and name not in answer.unscaled


def share(ds: Dataset, name: str, gap: float | None) -> Fraction:
    """Give a gap as a share of the width of its topic."""
    found = ds.topic(name)
    places = [Fraction(str(place)) for place in ds.catalogue.scales[name].coordinates]
    spread = [abs(a - b) for a, b in combinations(places, 2)]
    width = {
        "nominal": Fraction(1),
        "ordinal": max(spread, default=Fraction(0)) or Fraction(1),
        "quantity": Fraction(str(found.span)) if found.span else Fraction(0),
    }[found.kind]
    return Fraction(str(gap)) / width

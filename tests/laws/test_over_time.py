"""Laws over time: periods, changes and gaps are those of the snapshot of each day."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import re
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import hypothesis.strategies as st
import numpy as np
from hypothesis import given, settings

import positions as pos
from positions import results, testing
from positions.over_time.convergence import EVERY, Every
from positions.over_time.convergence_rows import ConvergenceRow
from positions.over_time.history import History
from positions.over_time.spells import spells
from positions.relations.changes import Change
from positions.relations.measures import RELATIONS, measured, named_measures
from positions.relations.topic_overlap import Overlap
from positions.snapshots.dataset import Dataset
from readings import DAYS, READINGS, column_of, columns, some_parties
from slow_replay import AFFIRMED, slow_relation, slow_replay


@st.composite
def questions(draw: st.DrawFn) -> tuple[Dataset, list[str], dict[str, Any]]:
    """Data sets, with some of their parties, and a period with options of reading."""
    found = draw(testing.datasets())
    order = draw(st.permutations([party.id for party in found.parties]))
    first, last = sorted((draw(DAYS), draw(DAYS)))
    asked = {"since": first, "until": last, **draw(READINGS)}
    return found, order[: draw(st.integers(2, len(order)))], asked


class TestConvergence:
    """Laws of `convergence` for every data set and period."""

    @settings(max_examples=60)
    @given(questions(), st.sampled_from(EVERY))
    def test_each_day(self, asked: tuple[Dataset, list[str], Any], every: Every) -> None:
        """A row has the measures of `overlap` on its day, and the age of its statements."""
        found, parties, how = asked
        reading = {key: how[key] for key in how if key not in ("since", "until")}
        for row in pos.convergence(found, parties, every=every, **how):
            snapshot = found.at(row.date, **reading)
            known = pos.overlap(snapshot, parties, row.topic).rows
            same = [r for r in known if r.topic == row.topic]
            assert row.relation == (same[0].relation if same else "silent")
            if same:
                for name in set(named_measures(ConvergenceRow)) & set(named_measures(Overlap)):
                    assert getattr(row, name) == getattr(same[0], name), name
            assert row.age == (None if row.gap is None else age(snapshot, parties, row.topic))

    @settings(max_examples=40)
    @given(questions())
    def test_change_points(self, asked: tuple[Dataset, list[str], Any]) -> None:
        """A topic has a row on each day after the start on which an attitude changed."""
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
        """Rows and means at the end of a month are those of the last change before it."""
        found, parties, how = asked
        changes = pos.convergence(found, parties, **how)
        sampled = pos.convergence(found, parties, every=every, **how)
        for row in sampled:
            held = [r for r in changes if r.topic == row.topic and r.date <= row.date][-1]
            assert measured(ConvergenceRow, row) == measured(ConvergenceRow, held)
        for mean in sampled.overall:
            before = [m for m in changes.overall if m.date <= mean.date][-1]
            assert (mean.gap, mean.n) == (before.gap, before.n)
        assert (sampled.topics, sampled.areas) == (changes.topics, changes.areas)

    @settings(max_examples=40)
    @given(questions(), st.randoms(use_true_random=False))
    def test_symmetry(self, asked: tuple[Dataset, list[str], Any], random: Any) -> None:
        """The result does not depend on the order of parties."""
        found, parties, how = asked
        other = random.sample(parties, len(parties))
        one, two = (pos.convergence(found, who, **how) for who in (parties, other))
        assert [r.gap for r in one] == [r.gap for r in two]
        assert (one.overall, one.topics, one.areas) == (two.overall, two.topics, two.areas)

    @settings(max_examples=40)
    @given(st.data(), questions())
    def test_later_statements(
        self, data: st.DataObject, asked: tuple[Dataset, list[str], Any]
    ) -> None:
        """Statements after the period do not change the result."""
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
        """A mean is that of the defined gaps of topics with a gap at both ends, and no others."""
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
            undefined = all(r.gap is None for r in answer if r.topic == row.topic)
            assert not undefined or row.trend.verdict == "undefined"

    @settings(max_examples=30)
    @given(questions(), st.floats(0.01, 1e6))
    def test_decay(self, asked: tuple[Dataset, list[str], Any], half_life: float) -> None:
        """A weighted mean has as many topics, and lies between the least and the largest gap."""
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
        """A result is a value: equal if computed again, and can be hashed, pickled and written."""
        found, parties, how = asked
        one, two = (pos.convergence(found, parties, every=every, **how) for _ in range(2))
        assert (one, hash(one)) == (two, hash(two))
        assert pickle.loads(pickle.dumps(one)) == one
        records = one.to_records()
        assert json.loads(json.dumps(records, allow_nan=False)) == records
        assert all(tuple(record) == results.Convergence.columns for record in records)
        for table in (one.table(), one.by_date(), one.by_topic(), one.by_area()):
            assert all(table.to(form) for form in ("text", "markdown", "html", "latex", "csv"))


DAY = dt.timedelta(days=1)


@settings(max_examples=60)
@given(st.data(), testing.datasets(), DAYS, READINGS)
def test_periods_tile(data: st.DataObject, ds: Dataset, end: dt.date, reading: Any) -> None:
    """The periods of a topic cover every day from start to end exactly once."""
    parties = data.draw(some_parties(ds))
    start = data.draw(st.none() | st.dates(end - 40 * DAY, end))
    found = pos.history(ds, parties, since=start, until=end, **reading)
    assert start in (None, found.since)
    for topic in {row.topic for row in found}:
        rows = found.periods(topic)
        assert rows[0].since == found.since
        assert [row.until for row in rows] == [row.since - DAY for row in rows[1:]] + [None]
        assert sum(row.days for row in rows) == (found.until - found.since).days + 1
        for one, two in pairwise(rows):
            assert one.relation != two.relation
            assert one.ended_by == two.began_by != ()
        for name in {name for row in rows for name in (*row.began_by, *row.ended_by)}:
            assert ds.statement(name).topic == topic
            assert not set(parties).isdisjoint(ds.statement(name).parties)


@settings(max_examples=60)
@given(st.data(), testing.datasets(), DAYS, READINGS)
def test_since_is_that_of_overlap(
    data: st.DataObject, ds: Dataset, end: dt.date, reading: Any
) -> None:
    """The last period began on the `since` of `overlap` on the last day."""
    parties = data.draw(some_parties(ds))
    found = pos.history(ds, parties, until=end, **reading)
    rows = {row.topic: row for row in pos.overlap(ds.at(end, **reading), parties)}
    running = {row.topic: row for row in found if row.until is None}
    assert {t for t, row in running.items() if row.relation != "silent"} == set(rows)
    for topic, row in rows.items():
        assert (running[topic].relation, running[topic].since) == (row.relation, row.since)


@settings(max_examples=20)
@given(st.data(), testing.datasets(), DAYS, READINGS)
def test_days_of_periods_are_those_of_the_slow_replay(
    data: st.DataObject, ds: Dataset, end: dt.date, reading: Any
) -> None:
    """By the slow replay of each day, each day has the relation of its period.

    On the first day of a period, its options and whether it is apart are the same too.
    """
    parties = data.draw(some_parties(ds))
    topic = data.draw(st.sampled_from(ds.topics)).id
    start = max(end - 60 * DAY, dt.date(1999, 12, 30))
    found = pos.history(ds, parties, topic, since=min(start, end), until=end, **reading)
    scale = ds.catalogue.scales[topic]
    rows = [row for row in found if row.topic == topic]  # an id can name a whole area as well
    by_day = {row.since + n * DAY: row for row in rows for n in range(row.days)}
    for day in [end - n * DAY for n in range((end - found.since).days + 1)]:
        cells = {p: slow_replay(ds.document, day, p, topic, **reading) for p in parties}
        relation, classes, apart = slow_relation(cells)
        row = by_day.get(day)
        assert (row.relation if row else "silent") == relation
        if row and row.since == day:
            met = {column_of(scale, a) for a, name in classes.items() if name == relation}
            affirmed = relation in ("agreed", "conditional")
            assert set(columns(scale, row.options)) == (met if affirmed else set())
            assert row.apart == apart


@settings(max_examples=30)
@given(testing.datasets(), DAYS, READINGS)
def test_many_groups_at_once(ds: Dataset, end: dt.date, reading: Any) -> None:
    """The spells of all pairs, computed at once, are the periods of each pair."""
    snapshot = ds.at(end, **reading)
    pairs = list(combinations(range(len(snapshot.parties)), 2))
    start = end - 60 * DAY
    groups = np.array(pairs).reshape(len(pairs), 2)
    found = spells(snapshot, snapshot.parties, groups, snapshot.topics, start.toordinal())
    for number, pair in enumerate(pairs):
        names = [snapshot.parties[place] for place in pair]
        history = pos.history(ds, names, since=start, until=end, **reading)
        for topic, made in found.items():
            rows = np.flatnonzero(made.group == number)
            spans = [
                (RELATIONS[made.relation[row]], int(made.first[row]), int(made.last[row]))
                for row in rows
            ]
            silent = [("silent", start.toordinal(), end.toordinal())]
            assert spans == (spans_of(history, topic) or silent)


def spans_of(history: History, topic: str) -> list[tuple[str, int, int]]:
    """Relation, first and last day of the periods of a topic."""
    return [
        (row.relation, row.since.toordinal(), (row.until or history.until).toordinal())
        for row in history.periods(topic)
    ]


FIRST = dt.date(1999, 12, 10)
"""A day before all statements of the drawn data."""


def days_to(end: dt.date, start: dt.date = FIRST) -> list[dt.date]:
    """The days of a period."""
    return [start + dt.timedelta(days=n) for n in range((end - start).days + 1)]


@settings(max_examples=12)
@given(st.data(), testing.datasets(), DAYS, READINGS)
def test_a_timeline_is_what_diff_finds_from_day_to_day(
    data: st.DataObject, ds: Dataset, end: dt.date, reading: Any
) -> None:
    """The rows are exactly the moves between each day and the next."""
    who = data.draw(st.sampled_from(ds.parties)).id
    start = data.draw(st.dates(FIRST, end))
    rows = list(pos.timeline(ds, who, since=start, until=end, **reading))
    expected: list[Change] = []
    before = ds.at(start - dt.timedelta(days=1), **reading)
    for day in days_to(end, start):
        after = ds.at(day, **reading)
        expected += pos.diff(before, after, parties=[who]).moved
        before = after
    assert rows == expected
    assert [row.date for row in rows] == [row.after.date for row in expected]


@settings(max_examples=25)
@given(st.data(), testing.datasets(), DAYS, READINGS)
def test_days_of_changes_are_those_of_the_slow_replay(
    data: st.DataObject, ds: Dataset, end: dt.date, reading: Any
) -> None:
    """By the slow replay, a position differs from the day before exactly on the days of rows.

    Positions differ in an attitude, in conditions, or in being implied or in words.
    """
    who, about = data.draw(st.sampled_from(ds.parties)).id, data.draw(st.sampled_from(ds.topics)).id
    rows = pos.timeline(ds, who, until=end, **reading)
    expected = []
    before = details(ds, FIRST - dt.timedelta(days=1), who, about, reading)
    for day in days_to(end):
        after = details(ds, day, who, about, reading)
        expected += [day] if after != before else []
        before = after
    assert [row.date for row in rows if row.topic == about] == expected


def details(ds: Dataset, day: dt.date, who: str, about: str, reading: Any) -> dict[Any, Any]:
    """Attitude, implication and conditions of each option, by the slow replay."""
    cells = slow_replay(ds.document, day, who, about, **reading)
    return {
        answer: (cell.attitude, cell.implied, cell.conditions) for answer, cell in cells.items()
    }


@settings(max_examples=60)
@given(testing.datasets(), DAYS, READINGS)
def test_a_timeline_replayed_gives_the_snapshot(ds: Dataset, end: dt.date, reading: Any) -> None:
    """The last change on each topic gives the position on the last day; else it is silent."""
    snapshot = ds.at(end, **reading)
    for who in snapshot.parties:
        last = {row.topic: row.after for row in pos.timeline(ds, who, until=end, **reading)}
        for about in snapshot.topics:
            found = snapshot[who, about]
            expected = last[about].attitudes if about in last else {}
            assert found.silent if about not in last else expected == found.attitudes


@given(testing.datasets())
def test_no_number_is_left_out(ds: Dataset) -> None:
    """There is a row for each number and each party of its statement, sponsor or variant."""
    for topic in ds.topics:
        if topic.kind == "quantity":
            said = [
                (s.parties, key) for s in ds.statements if s.topic == topic.id for key in s.says
            ]
            planned = [
                (plan.sponsors if term.by is None else (term.by,), key)
                for plan in ds.proposals
                for term in plan.terms
                if term.topic == topic.id
                for key in term.options
            ]
            wanted = [
                (party, key)
                for parties, key in (*said, *planned)
                if re.search(r"\d|\.\.", key) and key not in {o.id for o in topic.options}
                for party in parties
            ]
            found = [(row.party, row.number) for row in pos.quantities(ds, topic.id)]
            assert sorted(found) == sorted(wanted)


def age(snapshot: pos.Snapshot, parties: list[str], name: str) -> int:
    """The age of a gap, by the cells of the positions."""
    said_on = [
        [cell.said for cell in position.cells if cell.attitude in AFFIRMED and cell.said]
        for position in (snapshot[party, name] for party in parties)
    ]
    return max(0, (snapshot.date - min(max(days) for days in said_on if days)).days)


def in_panel(answer: results.Convergence, name: str) -> bool:
    """Whether a topic has a gap at both ends of the period, and a width."""
    rows = [row for row in answer if row.topic == name]
    ends = rows[0].date <= answer.since and rows[0].gap is not None and rows[-1].gap is not None
    return ends and name not in answer.unscaled


def share(ds: Dataset, name: str, gap: float | None) -> Fraction:
    """A gap as a share of the width of its topic."""
    found = ds.topic(name)
    places = [Fraction(str(place)) for place in ds.catalogue.scales[name].coordinates]
    spread = [abs(a - b) for a, b in combinations(places, 2)]
    width = {
        "nominal": Fraction(1),
        "ordinal": max(spread, default=Fraction(0)) or Fraction(1),
        "quantity": Fraction(str(found.span)) if found.span else Fraction(0),
    }[found.kind]
    return Fraction(str(gap)) / width

"""Laws of overlaps, differences, gaps and agreement for any data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any, get_args

import hypothesis.strategies as st
from hypothesis import given, settings

import positions as pos
from positions import results, testing
from positions.records.attitudes import Attitude, Says
from positions.records.models import Statement
from positions.relations.changes import Move
from positions.relations.measures import STANCE_RELATIONS, gap_between, relation_of
from positions.relations.overlap import option_classes
from positions.snapshots.dataset import Dataset
from positions.snapshots.ledger import CONDITIONAL
from positions.snapshots.snapshot import Snapshot
from readings import DAYS, READINGS, columns, some_parties


def rows_of(snapshot: Snapshot, parties: Sequence[str]) -> dict[str, results.Overlap]:
    """The rows of `overlap` by topic."""
    return {row.topic: row for row in pos.overlap(snapshot, parties)}


class TestOverlap:
    """Laws 2 and 3: classes of options, and the effect of more parties or rejections."""

    @settings(max_examples=40)
    @given(testing.datasets(), DAYS, READINGS)
    def test_classes(self, ds: Dataset, day: dt.date, reading: Any) -> None:
        """Every option is in exactly one class, and each blocked option has its blockers."""
        snapshot = ds.at(day, **reading)
        for row in pos.overlap(snapshot, snapshot.parties):
            scale = ds.catalogue.scales[row.topic]
            classes = [row.agreed, row.conditional, row.open, row.blocked]
            named = [column for options in classes for column in columns(scale, options)]
            assert sorted(named) == list(range(scale.width))
            blockers = columns(scale, [blocker.option for blocker in row.blockers])
            assert set(blockers) == set(columns(scale, row.blocked))
            for blocker in row.blockers:
                assert blocker.option in {
                    cell.option
                    for cell in snapshot[blocker.party, row.topic].cells
                    if cell.attitude == Attitude.REJECT
                }
                assert blocker.statement in blocker.statements
                assert blocker.party in ds.statement(blocker.statement).parties

    @settings(max_examples=30)
    @given(testing.datasets(), DAYS)
    def test_deadlocks(self, ds: Dataset, day: dt.date) -> None:
        """If two have spoken, a topic is a deadlock if and only if every option is blocked."""
        snapshot = ds.at(day)
        rows = pos.overlap(snapshot, snapshot.parties)
        for row in rows:
            if row.relation != "one_sided":
                all_blocked = not (row.agreed or row.conditional or row.open)
                assert (row.relation == "deadlock") == all_blocked
        stuck = [row for row in rows if row.relation == "deadlock"]
        assert list(pos.deadlocks(snapshot, snapshot.parties)) == stuck

    @settings(max_examples=40)
    @given(st.data(), testing.datasets(), DAYS, READINGS)
    def test_symmetry(self, data: st.DataObject, ds: Dataset, day: dt.date, reading: Any) -> None:
        """The result does not depend on the order of parties."""
        snapshot = ds.at(day, **reading)
        parties = data.draw(some_parties(ds))
        other = data.draw(st.permutations(parties))
        for one, two in zip(
            pos.overlap(snapshot, parties), pos.overlap(snapshot, other), strict=True
        ):
            for field in results.Overlaps.columns:
                left, right = getattr(one, field), getattr(two, field)
                if field in ("silent", "unanswered", "blockers"):
                    left, right = frozenset(left), frozenset(right)
                assert left == right, field

    @settings(max_examples=40)
    @given(testing.datasets(), DAYS)
    def test_more_parties(self, ds: Dataset, day: dt.date) -> None:
        """Another party never unblocks an option, and never makes one agreed."""
        snapshot = ds.at(day)
        for topic in snapshot.topics:
            fewer = option_classes(snapshot.codes_on(snapshot.parties[:-1], topic))
            more = option_classes(snapshot.codes_on(snapshot.parties, topic))
            for one, two in zip(fewer, more, strict=True):
                assert two == "blocked" or one != "blocked"
                assert one == "agreed" or two != "agreed"

    @settings(max_examples=40)
    @given(st.data(), testing.datasets(), DAYS)
    def test_more_refusals(self, data: st.DataObject, ds: Dataset, day: dt.date) -> None:
        """Another rejection on the day asked blocks its option and never unblocks another."""
        before = rows_of(ds.at(day), [party.id for party in ds.parties])
        topic = data.draw(st.sampled_from(ds.topics))
        scale = ds.catalogue.scales[topic.id]
        keys = [key for key, _ in scale.spans(range(scale.width))]
        refused = data.draw(st.sampled_from(keys))
        refusal = Statement(
            id="refusal",
            parties=(data.draw(st.sampled_from(ds.parties)).id,),
            topic=topic.id,
            date=day,
            says=Says({refused: Attitude.REJECT}),
            summary="It refuses.",
            attribution="self",
            sources=(ds.sources[0].id,),
        )
        after = rows_of(ds.add(refusal).at(day), [party.id for party in ds.parties])
        blocked = set(columns(scale, after[topic.id].blocked))
        assert set(columns(scale, [refused])) <= blocked
        if topic.id in before:
            assert set(columns(scale, before[topic.id].blocked)) <= blocked


MIRRORED = {"new": "withdrawn", "withdrawn": "new", "softened": "hardened", "hardened": "softened"}
"""The move in the opposite direction; every other move is its own mirror image."""


class TestDiff:
    """Law 4: moves between two snapshots."""

    @settings(max_examples=20)
    @given(testing.datasets(), DAYS, READINGS)
    def test_itself(self, ds: Dataset, day: dt.date, reading: Any) -> None:
        """Between a snapshot and itself, every position is unchanged."""
        changes = pos.diff(ds.at(day, **reading), ds.at(day, **reading))
        for row in changes:
            assert row.move == "unchanged"
            assert (row.amount, row.towards, row.away, row.lapsed) == (None, (), (), False)
            assert row.statements == ()
        assert changes.moved == ()

    @settings(max_examples=50)
    @given(testing.datasets(), DAYS, DAYS, READINGS, READINGS)
    def test_mirror(
        self, ds: Dataset, one: dt.date, two: dt.date, reading: Any, other: Any
    ) -> None:
        """Each position has exactly one move, whose mirror image is the move backwards."""
        left, right = ds.at(one, **reading), ds.at(two, **other)
        there, back = pos.diff(left, right), pos.diff(right, left)
        pairs = [(row.party, row.topic) for row in there]
        assert sorted(pairs) == sorted({*left.spoken, *right.spoken})
        for row, mirror in zip(there, back, strict=True):
            assert row.move in get_args(Move)
            assert mirror.move == MIRRORED.get(row.move, row.move)
            assert mirror.amount == (None if row.amount is None else -row.amount)
            assert (mirror.before, mirror.after) == (row.after, row.before)

    @settings(max_examples=40)
    @given(testing.datasets(), DAYS, DAYS, READINGS, READINGS)
    def test_application(
        self, ds: Dataset, one: dt.date, two: dt.date, reading: Any, other: Any
    ) -> None:
        """Applying the changes between two snapshots to the first gives the second."""
        before, after = ds.at(one, **reading), ds.at(two, **other)
        made = pos.diff(before, after).apply(before)
        assert made == after
        assert pos.overlap(made, made.parties) == pos.overlap(after, after.parties)

    @settings(max_examples=30)
    @given(st.data(), testing.datasets(), DAYS)
    def test_application_what_if(self, data: st.DataObject, ds: Dataset, day: dt.date) -> None:
        """The changes made by one more statement can be applied as well."""
        more = data.draw(testing.statements(ds.document))
        before = ds.at(day)
        after = ds.add(more.model_copy(update={"id": "more"})).at(day)
        assert pos.diff(before, after).apply(before) == after


class TestGap:
    """Law 5: distances, and since when a relation holds."""

    @settings(max_examples=40)
    @given(testing.datasets(), DAYS)
    def test_gap(self, ds: Dataset, day: dt.date) -> None:
        """A gap is symmetric, 0 if and only if an option is common, else positive or None."""
        snapshot = ds.at(day)
        for topic, scale in ds.catalogue.scales.items():
            for pair in combinations(snapshot.parties, 2):
                codes = snapshot.codes_on(pair, topic)
                gap = gap_between(scale, codes)
                assert gap == gap_between(scale, codes[::-1])
                meet = bool((codes >= CONDITIONAL).all(axis=0).any())
                assert (gap.value == 0) == meet
                assert (gap.value is None) == (gap.reason is not None) == (gap.pairs == 0)
                assert gap.value is None or gap.value >= 0

    @settings(max_examples=30)
    @given(testing.datasets(), DAYS)
    def test_gap_of_many(self, ds: Dataset, day: dt.date) -> None:
        """The gap of many parties is the largest between two, with the number defined."""
        snapshot = ds.at(day)
        for row in pos.overlap(snapshot, snapshot.parties):
            pairs = [
                rows_of(snapshot, pair)[row.topic].gap
                for pair in combinations(snapshot.parties, 2)
                if row.topic in rows_of(snapshot, pair)
            ]
            defined = [gap for gap in pairs if gap is not None]
            assert row.gap == max(defined, default=None)
            assert row.gap_pairs == len(defined)
            assert (row.gap is None) == (row.gap_reason is not None)

    @settings(max_examples=40)
    @given(testing.datasets(), DAYS, READINGS)
    def test_since(self, ds: Dataset, day: dt.date, reading: Any) -> None:
        """A relation holds on every day from its `since` on, but not on the day before."""
        snapshot = ds.at(day, **reading)
        rows = pos.overlap(snapshot, snapshot.parties)
        firsts = [row.since for row in rows if row.since is not None]
        assert len(firsts) == len(rows)
        dates = day_by_day(min(firsts, default=day), day)
        held = {d: ds.at(d, **reading) for d in dates}
        for row in rows:
            relations = {
                d: relation_of(held[d].codes_on(held[d].parties, row.topic)) for d in dates
            }
            run = [d for d in dates if d >= row.since]
            assert {relations[d] for d in run} == {row.relation}
            assert relations[row.since - dt.timedelta(days=1)] != row.relation


def day_by_day(first: dt.date, last: dt.date) -> list[dt.date]:
    """The days from one before the first to the last."""
    return [first + dt.timedelta(days=n) for n in range(-1, (last - first).days + 1)]


def slow_agreement(snapshot: Snapshot, left: str, right: str) -> tuple[Fraction | None, int]:
    """The agreement of two stances, counted topic by topic with `diff`."""
    relations = [row.relation for row in pos.diff(snapshot[left], snapshot[right])]
    counts = {relation: relations.count(relation) for relation in STANCE_RELATIONS}
    alike = counts["same"] + counts["compatible"]
    n = alike + counts["different"]
    return (Fraction(alike, n) if n else None), n


class TestAgreement:
    """Law 9: agreement is symmetric, bounded, and undefined without a common topic."""

    @settings(max_examples=60)
    @given(testing.datasets(max_statements=12), DAYS, READINGS)
    def test_model(self, ds: Dataset, day: dt.date, reading: Any) -> None:
        """Value and `n` are those counted from `diff` of the two stances."""
        snapshot = ds.at(day, **reading)
        found = pos.agreement(snapshot, snapshot.parties)
        assert len(found) == len(list(combinations(snapshot.parties, 2)))
        for row in found:
            assert (row.value, row.n) == slow_agreement(snapshot, row.left, row.right)
            assert len(row.differences()) == row.n

    @settings(max_examples=60)
    @given(testing.datasets(max_statements=12), DAYS)
    def test_bounds(self, ds: Dataset, day: dt.date) -> None:
        """A value lies between 0 and 1, and is None if and only if no topic is compared."""
        for row in pos.agreement(ds.at(day)):
            assert (row.value is None) == (row.n == 0)
            assert row.value is None or 0 <= row.value <= 1
            assert len({*row.same, *row.compatible, *row.different}) == row.n

    @settings(max_examples=60)
    @given(st.data(), testing.datasets(max_statements=12), DAYS)
    def test_symmetry(self, data: st.DataObject, ds: Dataset, day: dt.date) -> None:
        """The agreement of a pair does not depend on their order, nor on other parties."""
        snapshot = ds.at(day)
        whole = pos.agreement(snapshot, data.draw(st.permutations(snapshot.parties)))
        for one, other in combinations(snapshot.parties, 2):
            pair = pos.agreement(snapshot, [other, one])[0]
            row = whole.pair(one, other)
            assert (row.value, row.n, row.same) == (pair.value, pair.n, pair.same)
            assert (row.compatible, row.different) == (pair.compatible, pair.different)

    @settings(max_examples=40)
    @given(testing.datasets(max_statements=12), DAYS)
    def test_topics_add_up(self, ds: Dataset, day: dt.date) -> None:
        """The counts of all areas add up to the counts of all topics."""
        snapshot = ds.at(day)
        areas = dict.fromkeys(topic.area for topic in ds.topics)
        for row in pos.agreement(snapshot):
            parts = [
                (part.n - len(part.different), len(part.different))
                for area in areas
                for part in pos.agreement(snapshot, [row.left, row.right], area)
            ]
            alike, unlike = (sum(column) for column in zip(*parts, strict=True))
            assert (alike, unlike) == (row.n - len(row.different), len(row.different))

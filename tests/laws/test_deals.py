"""Packages, conflicts, concessions and trades, compared with brute force.

The brute-force model uses no solver, components or intervals. It records the attitude of every
party to every column, enumerates all combinations of columns, and determines which refusals
each package violates.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from itertools import permutations, product
from typing import Any

import attrs
import hypothesis.strategies as st
from hypothesis import assume, given, settings

import positions as pos
import slow_replay as slow
from positions import results, testing
from positions.deals.weights import emphasis
from positions.records.models import Condition
from positions.snapshots.dataset import Dataset
from positions.snapshots.snapshot import Snapshot
from readings import DAYS

Broken = frozenset[tuple[str, str, str, int | None]]
"""Refusals: party, topic, option, number of the group of conditions."""
MOST = 30_000
"""Maximum number of packages to enumerate."""


@attrs.frozen(eq=False)
class BruteForce:
    """The problem of finding a package, solved by enumeration."""

    snapshot: Snapshot
    parties: Sequence[str]
    unanswered: str
    fixed: pos.Proposal | None = None

    def is_term(self, topic: str) -> bool:
        """Whether a topic can be part of a settlement."""
        return self.snapshot.catalogue.topic(topic).about == "term"

    def code(self, party: str, topic: str, column: int) -> int:
        """Return an attitude: reject 0, silent 1, conditional 2, accept 3, demand 4."""
        return self.snapshot[party, topic].codes[column]

    def groups(self, party: str, topic: str, column: int) -> list[list[tuple[str, set[int]]]]:
        """Return the topics and columns that each group of conditions requires."""
        position = self.snapshot[party, topic]
        cell = position.cells[position.cell_numbers[column]]
        return [[need for c in group for need in self.needs(c, topic)] for group in cell.conditions]

    def needs(self, condition: Condition, topic: str) -> Iterator[tuple[str, set[int]]]:
        """Yield the topics and columns that a condition requires; a text requires none."""
        scales = self.snapshot.catalogue.scales
        if condition.topic is not None and self.is_term(condition.topic):
            keys = condition.options
            yield condition.topic, {c for key in keys for c in scales[condition.topic].columns(key)}
        if condition.proposal is not None:
            yield from self.planned(self.snapshot.catalogue.proposal(condition.proposal), topic)

    def planned(self, plan: pos.Proposal, topic: str = "") -> Iterator[tuple[str, set[int]]]:
        """Yield the clauses of a plan on other topics; open variants are one clause."""
        scales = self.snapshot.catalogue.scales
        variants: dict[str, set[int]] = {}
        for term in plan.terms:
            if term.topic != topic and self.is_term(term.topic):
                columns = {c for key in term.options for c in scales[term.topic].columns(key)}
                if term.by is None:
                    yield term.topic, columns
                else:
                    variants.setdefault(term.topic, set()).update(columns)
        yield from variants.items()

    def asked(self) -> list[str]:
        """Return the terms on which two parties have spoken, or that the plan settles."""
        planned = {topic for topic, _ in self.planned(self.fixed)} if self.fixed else set()
        return [
            topic
            for topic in self.snapshot.topics
            if topic in planned
            or (
                self.is_term(topic)
                and sum(not self.snapshot[party, topic].silent for party in self.parties) > 1
            )
        ]

    def topics(self) -> list[str]:
        """Return the topics asked about, and all that their conditions require."""
        found, waiting = set[str](), self.asked()
        while waiting:
            topic = waiting.pop()
            if topic not in found:
                found.add(topic)
                waiting += [need[0] for need in self.all_needs(topic)]
        return [topic for topic in self.snapshot.topics if topic in found]

    def all_needs(self, topic: str) -> list[tuple[str, set[int]]]:
        """Return all that the conditions on a topic require."""
        width = self.snapshot.catalogue.scales[topic].width
        return [
            need
            for party, column in product(self.parties, range(width))
            if self.code(party, topic, column) == 2
            for group in self.groups(party, topic, column)
            for need in group
        ]

    def names(self, topic: str) -> list[str]:
        """Return for each column the key of the widest interval of equivalent columns."""
        scale = self.snapshot.catalogue.scales[topic]
        marks = [c for t in self.topics() for name, c in self.all_needs(t) if name == topic]
        if self.fixed is not None:
            marks += [columns for name, columns in self.planned(self.fixed) if name == topic]
        alike = [
            (
                [self.code(party, topic, column) for party in self.parties],
                [column in mark for mark in marks],
                [
                    self.snapshot[p, topic]
                    .cells[self.snapshot[p, topic].cell_numbers[column]]
                    .conditions
                    for p in self.parties
                ],
            )
            for column in range(scale.width)
        ]
        found: dict[int, str] = {}
        for key, run in scale.spans([str(mark) for mark in alike]):
            found |= dict.fromkeys(run, key)
        return [found[column] for column in range(scale.width)]

    def packages(self) -> Iterator[dict[str, int | None]]:
        """Yield all packages; topics that only conditions name may be left out."""
        topics, asked = self.topics(), self.asked()
        choices: list[list[int | None]] = []
        for topic in topics:
            columns: list[int | None] = list(range(self.snapshot.catalogue.scales[topic].width))
            for name, kept in self.planned(self.fixed) if self.fixed else ():
                columns = [c for c in columns if name != topic or c in kept]
            choices.append(columns if topic in asked else [None, *columns])
        size = 1
        for columns in choices:
            size *= len(columns)
        assume(size <= MOST)
        for chosen in product(*choices):
            yield dict(zip(topics, chosen, strict=True))

    def broken(self, package: dict[str, int | None]) -> list[list[tuple[Any, ...]]]:
        """Return the refusals that a package violates; one of each list must be given up."""
        found: list[list[tuple[Any, ...]]] = []
        for topic, column in package.items():
            for party in self.parties if column is not None else ():
                assert column is not None
                codes = self.snapshot[party, topic].codes
                left = codes[column] == 1 and max(codes) >= 2 and self.unanswered == "refusal"
                if codes[column] == 0 or left:
                    found.append([(party, topic, column, None)])
                groups = self.groups(party, topic, column) if codes[column] == 2 else []
                if groups and not any(self.hold(group, package) for group in groups):
                    found.append([(party, topic, column, n + 1) for n in range(len(groups))])
        return found

    def hold(self, group: list[tuple[str, set[int]]], package: dict[str, int | None]) -> bool:
        """Whether a package meets a group of conditions."""
        return all(package[topic] in columns for topic, columns in group)

    def score(
        self, package: dict[str, int | None], weights: dict[str, Fraction]
    ) -> tuple[Fraction, int, Fraction]:
        """Return affirmation on topics asked, minus joined topics, affirmation on these."""
        worth = {0: Fraction(0), 1: Fraction(0), 2: Fraction(1, 2), 3: Fraction(1), 4: Fraction(1)}
        asked, joined, count = Fraction(0), Fraction(0), 0
        for topic, column in package.items():
            if column is not None:
                total = sum((worth[self.code(p, topic, column)] for p in self.parties), Fraction(0))
                total *= weights.get(topic, Fraction(1))
                if topic in self.asked():
                    asked += total
                else:
                    joined, count = joined + total, count + 1
        return asked, -count, joined

    def named(self, package: dict[str, int | None]) -> dict[str, str]:
        """Return the options of a package by topic, without topics that are left out."""
        return {t: self.names(t)[c] for t, c in package.items() if c is not None}

    def ranked(self, weights: dict[str, Fraction]) -> list[tuple[Fraction, dict[str, str]]]:
        """Return all packages that can be signed, the best first."""
        found = []
        for package in self.packages():
            if not self.broken(package):
                score = self.score(package, weights)
                place = [-1 if column is None else column for column in package.values()]
                found.append(((-score[0], -score[1], -score[2], place), score[0], package))
        found.sort(key=lambda entry: entry[0])
        distinct: list[tuple[Fraction, dict[str, str]]] = []
        for _, value, package in found:
            entry = value, self.named(package)
            if entry not in distinct:
                distinct.append(entry)
        return distinct

    def given_up(self) -> set[Broken]:
        """Return the minimal sets of refusals whose withdrawal makes a package possible."""
        names = {topic: self.names(topic) for topic in self.topics()}
        found: set[Broken] = set()
        for package in self.packages():
            broken = self.broken(package)
            for picked in product(*broken):
                found.add(frozenset((p, t, names[t][c], n) for p, t, c, n in picked))
        return minimal(found)


def minimal(sets: Collection[Broken]) -> set[Broken]:
    """Return the sets that contain no other of the sets."""
    return {one for one in sets if not any(other < one for other in sets)}


def hitting(sets: Collection[Broken]) -> set[Broken]:
    """Return the minimal hitting sets."""
    found: set[Broken] = {frozenset()}
    for each in sets:
        found = minimal({one if one & each else one | {e} for one in found for e in each})
    return found


def refusals(rows: Sequence[results.Refusal]) -> Broken:
    """Return refusals in the form of the brute-force model."""
    return frozenset((row.party, row.topic, row.option, row.group) for row in rows)


def joined(parts: dict[tuple[str, ...], list[Broken]]) -> set[Broken]:
    """Return all unions of one set of each group of topics."""
    return {frozenset().union(*picked) for picked in product(*parts.values())}


@st.composite
def questions(draw: st.DrawFn) -> tuple[BruteForce, Dataset]:
    """Draw a small data set, a day, parties, a reading, and sometimes a fixed plan."""
    ds = draw(testing.datasets(max_statements=12))
    snapshot = ds.at(draw(DAYS))
    parties = draw(st.permutations(snapshot.parties))[: draw(st.integers(2, 3))]
    fixed = draw(st.none() | st.sampled_from(ds.proposals)) if ds.proposals else None
    model = BruteForce(snapshot, parties, draw(st.sampled_from(["refusal", "free"])), fixed)
    return model, ds


def options(model: BruteForce) -> dict[str, Any]:
    """Return the problem as arguments of the library."""
    return {"unanswered": model.unanswered, "fixed": model.fixed}


class TestBruteForce:
    """Law 6: the same answers as by enumeration."""

    @settings(max_examples=60)
    @given(questions(), st.dictionaries(st.sampled_from(["land", "army"]), st.integers(0, 3)))
    def test_settlements(
        self, question: tuple[BruteForce, Dataset], weights: dict[str, int]
    ) -> None:
        """If there is a package, the most affirmed is found, then the next best ones."""
        model, _ = question
        known = {
            topic: weight for topic, weight in weights.items() if topic in model.snapshot.topics
        }
        try:
            found = pos.settle(model.snapshot, model.parties, weights=known, **options(model))
        except pos.InvalidInputError:
            assert not list(model.packages())
            return
        best = model.ranked({topic: Fraction(weight) for topic, weight in known.items()})
        assert isinstance(found, results.Settlement) == bool(best)
        if isinstance(found, results.Settlement):
            first = [found, *found.alternatives(4)]
            assert [(s.value, {row.topic: row.option for row in s}) for s in first] == best[:5]

    @settings(max_examples=60)
    @given(questions())
    def test_concessions_and_conflicts(self, question: tuple[BruteForce, Dataset]) -> None:
        """Exactly the minimal sets are found; conflicts and concessions are dual hitting sets."""
        model, _ = question
        try:
            given_up = pos.concessions(model.snapshot, model.parties, limit=5000, **options(model))
        except pos.InvalidInputError:
            return
        clashes = pos.conflicts(model.snapshot, model.parties, limit=5000, **options(model))
        sets: dict[tuple[str, ...], list[Broken]] = {}
        for row in given_up:
            sets.setdefault(row.topics, []).append(refusals(row.refusals))
        assert joined(sets) == model.given_up()
        for topics, of_topics in sets.items():
            expected = hitting(of_topics)
            assert {refusals(c) for c in clashes if c.topics == topics} == expected
            assert hitting(list(expected)) == set(of_topics)
        assert {clash.topics for clash in clashes} == set(sets)

    @settings(max_examples=40)
    @given(questions())
    def test_conflict(self, question: tuple[BruteForce, Dataset]) -> None:
        """If there is no package, `settle` returns one of the minimal conflicts."""
        model, _ = question
        try:
            found = pos.settle(model.snapshot, model.parties, **options(model))
        except pos.InvalidInputError:
            return
        if isinstance(found, results.Conflict):
            assert refusals(found) in hitting(list(model.given_up()))
            rest = {row.topic for row in found.rest if not row.joined}
            assert rest == set(model.asked()) - {t for part in found.stuck for t in part}

    @settings(max_examples=40)
    @given(questions())
    def test_packages_of_concessions(self, question: tuple[BruteForce, Dataset]) -> None:
        """The package of a concession violates the refusals given up, and no others."""
        model, _ = question
        try:
            found = pos.concessions(model.snapshot, model.parties, **options(model))
        except pos.InvalidInputError:
            return
        for row in found:
            package: dict[str, int | None] = dict.fromkeys(model.topics())
            package |= {
                part.topic: model.names(part.topic).index(part.option) for part in row.package
            }
            broken = model.broken(package)
            names = {topic: model.names(topic) for topic in package}
            violated = [{(p, t, names[t][c], n) for p, t, c, n in each} for each in broken]
            assert all(each & refusals(row.refusals) for each in violated)
            assert refusals(row.refusals) <= {one for each in violated for one in each}

    @settings(max_examples=40)
    @given(questions())
    def test_order(self, question: tuple[BruteForce, Dataset]) -> None:
        """Concessions are sorted by weight, then by number of refusals."""
        model, _ = question
        weights = {topic: number for number, topic in enumerate(model.snapshot.topics)}
        try:
            found = pos.concessions(
                model.snapshot, model.parties, weights=weights, **options(model)
            )
        except pos.InvalidInputError:
            return
        for topics in {row.topics for row in found}:
            keys = [(row.way, row.size) for row in found if row.topics == topics]
            assert keys == sorted(keys)
        small = pos.concessions(
            model.snapshot, model.parties, weights=weights, size=1, **options(model)
        )
        assert {refusals(row.refusals) for row in small} == {
            refusals(row.refusals) for row in found if row.size == 1
        }

    @settings(max_examples=40)
    @given(questions())
    def test_kept_as_a_proposal(self, question: tuple[BruteForce, Dataset]) -> None:
        """A settlement that becomes a proposal and is fixed is settled in the same way."""
        model, _ = question
        found = pos.settle(model.snapshot, model.parties, unanswered=model.unanswered)
        if isinstance(found, results.Settlement) and found.statements:
            kept = found.proposal("kept", "Kept")
            again = pos.settle(
                model.snapshot, model.parties, unanswered=model.unanswered, fixed=kept
            )
            assert isinstance(again, results.Settlement)
            assert [(r.topic, r.option) for r in again] == [(r.topic, r.option) for r in found]

    @settings(max_examples=40)
    @given(testing.datasets(), DAYS)
    def test_shown(self, ds: Dataset, day: dt.date) -> None:
        """Every result has a printable table, and records with its columns."""
        snapshot = ds.at(day)
        for answer in (
            pos.settle(snapshot, snapshot.parties),
            pos.conflicts(snapshot, snapshot.parties, limit=5),
            pos.concessions(snapshot, snapshot.parties, limit=5),
        ):
            assert str(answer)
            assert answer.table().to("markdown")
            assert all(tuple(record) == answer.columns for record in answer.to_records())
            assert answer.to_csv()


def slow_emphasis(ds: Dataset, day: dt.date, party: str) -> dict[str, Fraction]:
    """Return the shares of statements by counting them one by one."""
    asked = slow.Asked(
        day,
        dates="latest",
        known_by=None,
        undated="retrieved",
        max_age=None,
        attributions=frozenset({"self", "reported", "leaked"}),
        confidence=None,
        inherited=True,
    )
    heard = [s for s in ds.statements if slow.counts(ds.document, s, asked)]
    spoken = Counter(
        s.topic
        for s in heard
        if party in s.parties and not slow.is_denied(s, heard) and ds.topic(s.topic).about == "term"
    )
    total = sum(spoken.values())
    return {t.id: Fraction(spoken[t.id], total or 1) for t in ds.topics if t.about == "term"}


def slow_trades(
    ds: Dataset, day: dt.date, a: str, b: str, weights: dict[str, dict[str, Fraction]]
) -> set[tuple[str, str, Fraction]]:
    """Return the trades by enumerating all pairs of terms in deadlock or apart."""
    stuck = []
    for topic in (t.id for t in ds.topics if t.about == "term"):
        cells = {p: slow.slow_replay(ds.document, day, p, topic) for p in (a, b)}
        relation, _, apart = slow.slow_relation(cells)
        affirming = all(
            any(cell.attitude in slow.AFFIRMED for cell in of_party.values())
            for of_party in cells.values()
        )
        if affirming and (relation == "deadlock" or (apart and relation == "open")):
            stuck.append(topic)
    return {
        (x, y, (weights[a][x] + weights[b][y]) - (weights[b][x] + weights[a][y]))
        for x, y in permutations(stuck, 2)
        if weights[a][x] > weights[b][x]
        and weights[b][y] > weights[a][y]
        and weights[a][x] > weights[a][y]
        and weights[b][y] > weights[b][x]
    }


def slow_offers(ds: Dataset, day: dt.date, party: str, other: str) -> dict[Any, set[Any]]:
    """Return the answers that a party would accept by group of conditions that the other meets."""
    found: dict[Any, set[Any]] = {}
    for topic in (t.id for t in ds.topics if t.about == "term"):
        cells = slow.slow_replay(ds.document, day, party, topic)
        for answer, cell in cells.items():
            for group in cell.conditions:
                met = frozenset(c for c in group if is_affirmed(ds, day, other, c))
                if met:
                    found.setdefault((party, topic, group, met), set()).add(answer)
    return found


def is_affirmed(ds: Dataset, day: dt.date, party: str, condition: Condition) -> bool:
    """Whether a party affirms one of the answers that a condition requires."""
    if condition.topic is None:
        return False
    cells = slow.slow_replay(ds.document, day, party, condition.topic)
    topic = ds.topic(condition.topic)
    return any(
        cell.attitude in slow.AFFIRMED and slow.names(topic, key, answer)
        for answer, cell in cells.items()
        for key in condition.options
    )


def answers_named(ds: Dataset, offer: results.Offer) -> set[Any]:
    """Return the answers that the options of an offer name."""
    topic = ds.topic(offer.topic)
    return {
        answer
        for answer in slow.answers(ds.document, offer.topic)
        for key in offer.options
        if slow.names(topic, key, answer)
    }


PAIRS = st.permutations("ABC").map(lambda names: names[:2])


class TestTrades:
    """Properties of trades in all data sets."""

    @settings(max_examples=60)
    @given(testing.datasets(max_statements=16), DAYS, PAIRS)
    def test_emphasis(self, ds: Dataset, day: dt.date, pair: list[str]) -> None:
        """Emphasis equals the share counted one by one, and adds up to 1 or 0."""
        for party in (p for p in pair if p in {q.id for q in ds.parties}):
            found = emphasis(ds.at(day), party)
            assert found == slow_emphasis(ds, day, party)
            assert sum(found.values()) in (0, 1)

    @settings(max_examples=80)
    @given(st.data(), testing.datasets(max_statements=16), DAYS)
    def test_trades(self, data: st.DataObject, ds: Dataset, day: dt.date) -> None:
        """Each trade is found once, in descending order of gain, and the same from both sides."""
        a, b = data.draw(st.permutations([p.id for p in ds.parties]))[:2]
        numbers = st.fractions(min_value=0, max_value=1, max_denominator=6)
        weights = {p: {t.id: data.draw(numbers) for t in ds.topics} for p in (a, b)}
        shares = {
            p: {t: w / (sum(of_p.values()) or 1) for t, w in of_p.items()}
            for p, of_p in weights.items()
        }
        found = pos.trades(ds.at(day), a, b, weights=weights)
        rows = [(row.first, row.second, row.gain) for row in found]
        assert len(rows) == len(set(rows))
        assert set(rows) == slow_trades(ds, day, a, b, shares)
        assert [gain for *_, gain in rows] == sorted((gain for *_, gain in rows), reverse=True)
        assert all(type(gain) is Fraction and gain > 0 for *_, gain in rows)
        mirror = pos.trades(ds.at(day), b, a, weights=weights)
        assert {(row.second, row.first, row.gain) for row in mirror} == set(rows)

    @settings(max_examples=60)
    @given(st.data(), testing.datasets(max_statements=16), DAYS)
    def test_trades_by_emphasis(self, data: st.DataObject, ds: Dataset, day: dt.date) -> None:
        """Without weights, trades are those with the emphasis of both as weights."""
        a, b = data.draw(st.permutations([p.id for p in ds.parties]))[:2]
        weights = {p: slow_emphasis(ds, day, p) for p in (a, b)}
        found = {(row.first, row.second, row.gain) for row in pos.trades(ds.at(day), a, b)}
        assert found == slow_trades(ds, day, a, b, weights)

    @settings(max_examples=80)
    @given(st.data(), testing.datasets(max_statements=16), DAYS)
    def test_offers(self, data: st.DataObject, ds: Dataset, day: dt.date) -> None:
        """Offers are those with a condition that the other affirms, with all their options."""
        a, b = data.draw(st.permutations([p.id for p in ds.parties]))[:2]
        found: dict[Any, set[Any]] = {}
        for row in pos.trades(ds.at(day), a, b).offers:
            group = frozenset((*row.met, *row.missing))
            key = (row.party, row.topic, group, frozenset(row.met))
            found.setdefault(key, set()).update(answers_named(ds, row))
        assert found == {**slow_offers(ds, day, a, b), **slow_offers(ds, day, b, a)}

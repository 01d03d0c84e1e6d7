"""Bargaining solutions on small domains, compared with brute force."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from typing import Any

import hypothesis.strategies as st
import numpy as np
from hypothesis import given, settings

from bargaining_domains import SOLUTIONS, Point, worth
from positions import bargaining
from positions.deals.frontier import descending, undominated, undominated_by_elimination


def all_packages(domain: bargaining.Domain) -> dict[tuple[str, ...], Point]:
    """Return all packages with their utilities, in the order of the domain."""
    found = {}
    for numbers in itertools.product(*(range(len(t.options)) for t in domain.topics)):
        chosen = list(zip(domain.topics, numbers, strict=True))
        names = tuple(topic.options[number] for topic, number in chosen)
        found[names] = tuple(
            sum((t.weights[i] * t.scores[n][i] for t, n in chosen), Fraction(0))
            for i in range(len(domain.parties))
        )
    return found


def dominates(one: Point, other: Point) -> bool:
    """Whether one point is nowhere lower than the other, and higher for some party."""
    return one != other and all(x >= y for x, y in zip(one, other, strict=True))


def slow_frontier(domain: bargaining.Domain) -> dict[Point, list[tuple[str, ...]]]:
    """Return the undominated points, each with all its packages."""
    known = all_packages(domain)
    found: dict[Point, list[tuple[str, ...]]] = {}
    for package, value in known.items():
        if not any(dominates(other, value) for other in known.values()):
            found.setdefault(value, []).append(package)
    return found


def slow_solution(name: str, domain: bargaining.Domain, point: Point) -> set[Point]:
    """Return a solution by its definition, among all individually rational packages."""
    everything = set(all_packages(domain).values())
    if name == "utilitarian":
        return {v for v in everything if sum(v) == max(map(sum, everything))}
    gains = {v: tuple(x - d for x, d in zip(v, point, strict=True)) for v in everything}
    rational = {v: gain for v, gain in gains.items() if min(gain) >= 0}
    if name == "nash":
        best = max((math.prod(gain) for gain in rational.values()), default=0)
        return {v for v, gain in rational.items() if math.prod(gain) == best > 0}
    if name == "kalai_smorodinsky":
        ideal = [max(column) for column in zip(*rational.values(), strict=True)]
        if not all(ideal):
            return set()
        rational = {
            v: tuple(g / i for g, i in zip(gain, ideal, strict=True))
            for v, gain in rational.items()
        }
    best_row = max((sorted(row) for row in rational.values()), default=[])
    return {v for v, row in rational.items() if sorted(row) == best_row}


NUMBERS = st.fractions(min_value=-1, max_value=2, max_denominator=6)


WEIGHTS = st.fractions(min_value=0, max_value=3, max_denominator=5)


@st.composite
def domains(draw: st.DrawFn) -> bargaining.Domain:
    """Draw a small domain: two to four parties, up to four topics of up to four options."""
    parties = "ABCD"[: draw(st.integers(2, 4))]
    topics = "tuvw"[: draw(st.integers(0, 4))]
    scores = {
        topic: {
            option: {party: draw(NUMBERS) for party in parties}
            for option in "1234"[: draw(st.integers(1, 3 if len(topics) == 4 else 4))]
        }
        for topic in topics
    }
    weights = {party: {topic: draw(WEIGHTS) for topic in topics} for party in parties}
    return bargaining.Domain.of(weights, scores)


@st.composite
def with_disagreement(draw: st.DrawFn) -> tuple[bargaining.Domain, dict[str, Fraction]]:
    """Draw a domain and a disagreement point."""
    domain = draw(domains())
    return domain, {party: draw(NUMBERS) for party in domain.parties}


class TestLaws:
    """Properties of all domains."""

    @settings(max_examples=150)
    @given(domains())
    def test_frontier(self, domain: bargaining.Domain) -> None:
        """Utilities, first packages, counts and order of the frontier are those of brute force."""
        slow = slow_frontier(domain)
        found = bargaining.frontier(domain)
        assert worth(found) == list(slow)
        assert [tuple(dict(row.package).values()) for row in found] == [p[0] for p in slow.values()]
        assert [row.packages for row in found] == [len(p) for p in slow.values()]

    @settings(max_examples=150)
    @given(with_disagreement())
    def test_solutions(self, drawn: tuple[bargaining.Domain, dict[str, Fraction]]) -> None:
        """Every solution is that of its definition, and lies on the frontier."""
        domain, disagreement = drawn
        edge = set(worth(bargaining.frontier(domain)))
        point = tuple(disagreement.values())
        for solution in SOLUTIONS[:3]:
            found = worth(solution(domain, disagreement))
            assert set(found) == slow_solution(solution.__name__, domain, point)
            assert len(found) == len(set(found))
            assert set(found) <= edge
        found = worth(bargaining.utilitarian(domain))
        assert set(found) == slow_solution("utilitarian", domain, point)
        assert set(found) <= edge

    @settings(max_examples=100)
    @given(with_disagreement(), st.fractions(min_value="1/9", max_value=9, max_denominator=9))
    def test_scale_invariance(
        self, drawn: tuple[bargaining.Domain, dict[str, Fraction]], factor: Fraction
    ) -> None:
        """Two solutions do not depend on the scale of one party's utilities."""
        domain, disagreement = drawn
        scaled = bargaining.Domain.of(
            {
                party: {t.topic: t.weights[i] * (factor if i == 0 else 1) for t in domain.topics}
                for i, party in enumerate(domain.parties)
            },
            {
                t.topic: {
                    option: dict(zip(domain.parties, t.scores[n], strict=True))
                    for n, option in enumerate(t.options)
                }
                for t in domain.topics
            },
        )
        other = {p: d * (factor if p == "A" else 1) for p, d in disagreement.items()}
        for solution in (bargaining.nash, bargaining.kalai_smorodinsky):
            one, two = solution(domain, disagreement), solution(scaled, other)
            assert [row.package for row in one] == [row.package for row in two]

    @settings(max_examples=100)
    @given(st.lists(st.tuples(WEIGHTS, WEIGHTS, NUMBERS, NUMBERS), min_size=1, max_size=3))
    def test_symmetry(self, drawn: list[tuple[Fraction, Fraction, Fraction, Fraction]]) -> None:
        """In a symmetric domain, the solutions are symmetric."""
        weights: dict[str, dict[str, Fraction]] = {"A": {}, "B": {}}
        scores: dict[str, Any] = {}
        for number, (one, other, left, right) in enumerate(drawn):
            for topic, (a, b) in (("x", (one, other)), ("y", (other, one))):
                name = f"{topic}{number}"
                weights["A"][name], weights["B"][name] = a, b
                scores[name] = {
                    "a": {"A": left, "B": right},
                    "mid": {"A": 1, "B": 1},
                    "b": {"A": right, "B": left},
                }
        domain = bargaining.Domain.of(weights, scores)
        for solution in (bargaining.frontier, *SOLUTIONS):
            found = worth(solution(domain))
            assert {(b, a) for a, b in found} == set(found)

    @settings(max_examples=200)
    @given(st.data(), st.sampled_from([2, 3]))
    def test_undominated_rows(self, data: st.DataObject, columns: int) -> None:
        """The methods for two and three columns agree with elimination and with brute force."""
        row = st.tuples(*[st.integers(0, 4)] * columns)
        table = np.array(data.draw(st.lists(row, min_size=1, max_size=25, unique=True)))
        ordered = table[descending(table)]
        rows = [tuple(map(Fraction, values)) for values in ordered.tolist()]
        assert ordered.tolist() == sorted(ordered.tolist(), reverse=True)
        slow = [i for i, one in enumerate(rows) if not any(dominates(other, one) for other in rows)]
        assert undominated(ordered).tolist() == slow
        assert undominated_by_elimination(ordered).tolist() == slow

    @settings(max_examples=60)
    @given(domains(), st.integers(2**61, 2**80))
    def test_large_numbers(self, domain: bargaining.Domain, factor: int) -> None:
        """Numbers of more than 64 bits are exact."""
        large = bargaining.Domain.of(
            {
                party: {t.topic: t.weights[i] * factor for t in domain.topics}
                for i, party in enumerate(domain.parties)
            },
            {
                t.topic: {
                    option: dict(zip(domain.parties, t.scores[n], strict=True))
                    for n, option in enumerate(t.options)
                }
                for t in domain.topics
            },
        )
        one, two = bargaining.frontier(domain), bargaining.frontier(large)
        assert [row.package for row in one] == [row.package for row in two]
        assert [tuple(x * factor for x in v) for v in worth(one)] == worth(two)

    @settings(max_examples=60)
    @given(with_disagreement())
    def test_exactness(self, drawn: tuple[bargaining.Domain, dict[str, Fraction]]) -> None:
        """The utilities of a row are Fractions, and exactly those of its package."""
        domain, disagreement = drawn
        results = [bargaining.frontier(domain), bargaining.utilitarian(domain)]
        results += [solution(domain, disagreement) for solution in SOLUTIONS[:3]]
        for row in itertools.chain(*results):
            assert all(type(value) is Fraction for _, value in row.utilities)
            assert domain.utilities(dict(row.package)) == tuple(dict(row.utilities).values())

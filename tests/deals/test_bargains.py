"""Packages that bargaining theory would choose: known answers, and brute force on small domains."""

from __future__ import annotations

import ast
import itertools
import json
import math
import pickle
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

import positions as pos
from bargaining_domains import (
    BARTER,
    BARTER_DISAGREEMENT,
    BARTER_NASH,
    BARTER_WORTH,
    GOODS,
    HALVES,
    MIRROR,
    MIRROR_FRONTIER,
    RIVER,
    RIVER_FRONTIER,
    SEAT,
    SEAT_FRONTIER,
)
from makers import dataset, only_if, said
from positions import bargaining
from positions.deals.frontier import falling, unbeaten, unbeaten_by_culling
from positions.records.models import Condition

CODE = Path(__file__).parents[2] / "src" / "positions"
Point = tuple[Fraction, ...]
Solution = Callable[..., bargaining.Bargains]
SOLUTIONS: tuple[Solution, ...] = (
    bargaining.nash,
    bargaining.kalai_smorodinsky,
    bargaining.egalitarian,
    bargaining.utilitarian,
)


def worth(found: bargaining.Bargains) -> list[Point]:
    """Give what the packages of a result are worth."""
    return [tuple(dict(row.utilities).values()) for row in found]


# ---------------------------------------------------------------------------
# The slow model: every package, one after the other


def all_packages(domain: bargaining.Domain) -> dict[tuple[str, ...], Point]:
    """Give every package with what it is worth, in the order of the domain."""
    found = {}
    for numbers in itertools.product(*(range(len(t.options)) for t in domain.topics)):
        chosen = list(zip(domain.topics, numbers, strict=True))
        names = tuple(topic.options[number] for topic, number in chosen)
        found[names] = tuple(
            sum((t.weights[i] * t.scores[n][i] for t, n in chosen), Fraction(0))
            for i in range(len(domain.parties))
        )
    return found


def beats(one: Point, other: Point) -> bool:
    """Tell whether one is worth no less to anybody and more to somebody."""
    return one != other and all(x >= y for x, y in zip(one, other, strict=True))


def slow_frontier(domain: bargaining.Domain) -> dict[Point, list[tuple[str, ...]]]:
    """Give what is not beaten, with all packages worth just that."""
    known = all_packages(domain)
    found: dict[Point, list[tuple[str, ...]]] = {}
    for package, value in known.items():
        if not any(beats(other, value) for other in known.values()):
            found.setdefault(value, []).append(package)
    return found


def slow_solution(name: str, domain: bargaining.Domain, point: Point) -> set[Point]:
    """Choose by definition among all packages in which nobody loses against the point."""
    everything = set(all_packages(domain).values())
    if name == "utilitarian":
        return {v for v in everything if sum(v) == max(map(sum, everything))}
    gains = {v: tuple(x - d for x, d in zip(v, point, strict=True)) for v in everything}
    fair = {v: gain for v, gain in gains.items() if min(gain) >= 0}
    if name == "nash":
        best = max((math.prod(gain) for gain in fair.values()), default=0)
        return {v for v, gain in fair.items() if math.prod(gain) == best > 0}
    if name == "kalai_smorodinsky":
        ideal = [max(column) for column in zip(*fair.values(), strict=True)]
        if not all(ideal):
            return set()
        fair = {
            v: tuple(g / i for g, i in zip(gain, ideal, strict=True)) for v, gain in fair.items()
        }
    best_row = max((sorted(row) for row in fair.values()), default=[])
    return {v for v, row in fair.items() if sorted(row) == best_row}


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
    """Draw a domain, and what no agreement is worth to each of its parties."""
    domain = draw(domains())
    return domain, {party: draw(NUMBERS) for party in domain.parties}


class TestKnownAnswers:
    """Domains with published or hand-worked answers; see tests/bargaining_domains.py."""

    def test_barter(self) -> None:
        """Bill and Jack swap as Nash tells, and no other swap does as well."""
        found = bargaining.nash(BARTER, BARTER_DISAGREEMENT)
        assert len(found) == 1
        assert dict(found[0].package) == BARTER_NASH
        assert worth(found) == [BARTER_WORTH]
        assert found.notes == ("No agreement is worth 12 to Bill, 6 to Jack.",)

    def test_barter_keeps_what_both_have(self) -> None:
        """The worth of all goods together bounds what the two can have."""
        assert all(a <= 34 and b <= 16 for a, b in worth(bargaining.frontier(BARTER)))
        assert sum(a for a, _ in GOODS.values()) == 34
        assert BARTER.packages == 512

    @pytest.mark.parametrize(
        ("domain", "expected"),
        [(MIRROR, MIRROR_FRONTIER), (RIVER, RIVER_FRONTIER), (SEAT, SEAT_FRONTIER)],
        ids=["mirror", "river", "seat"],
    )
    def test_frontiers(self, domain: bargaining.Domain, expected: list[Point]) -> None:
        """The frontier is the one worked by hand, in the order of the domain."""
        assert worth(bargaining.frontier(domain)) == expected

    def test_mirror(self) -> None:
        """Where each topic matters to one, every solution gives each its own."""
        for solution in SOLUTIONS:
            (row,) = solution(MIRROR)
            assert dict(row.package) == {"land": "a", "aid": "b"}
            assert dict(row.utilities) == {"A": Fraction(3, 4), "B": Fraction(3, 4)}

    @pytest.mark.parametrize(
        ("solution", "water"),
        list(zip(SOLUTIONS, ("most", "even", "less", "all"), strict=True)),
        ids=[solution.__name__ for solution in SOLUTIONS],
    )
    def test_river(self, solution: Solution, water: str) -> None:
        """The four solutions can all differ."""
        (row,) = solution(RIVER)
        assert dict(row.package) == {"water": water, "bridge": "yes"}

    @pytest.mark.parametrize(
        ("solution", "package"),
        list(zip(SOLUTIONS, [("at_a", "high")] * 3 + [("at_c", "high")], strict=True)),
        ids=[solution.__name__ for solution in SOLUTIONS],
    )
    def test_seat(self, solution: Solution, package: tuple[str, str]) -> None:
        """They hold for three parties."""
        (row,) = solution(SEAT)
        assert tuple(dict(row.package).values()) == package


@pytest.mark.laws
class TestLaws:
    """What holds for every domain."""

    @settings(max_examples=150)
    @given(domains())
    def test_frontier(self, domain: bargaining.Domain) -> None:
        """The frontier is that of brute force: worth, first package, number of packages, order."""
        slow = slow_frontier(domain)
        found = bargaining.frontier(domain)
        assert worth(found) == list(slow)
        assert [tuple(dict(row.package).values()) for row in found] == [p[0] for p in slow.values()]
        assert [row.packages for row in found] == [len(p) for p in slow.values()]

    @settings(max_examples=150)
    @given(with_disagreement())
    def test_solutions(self, drawn: tuple[bargaining.Domain, dict[str, Fraction]]) -> None:
        """Every solution is that of its definition over all packages, and on the frontier."""
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
    def test_units(
        self, drawn: tuple[bargaining.Domain, dict[str, Fraction]], factor: Fraction
    ) -> None:
        """To count one party's utilities in another unit changes neither of two solutions."""
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
        """Where the parties can be swapped, swapping them gives the same solutions."""
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
    def test_ways_of_pruning(self, data: st.DataObject, columns: int) -> None:
        """Sweeps over rows of two and three columns keep what culling keeps, and brute force."""
        row = st.tuples(*[st.integers(0, 4)] * columns)
        table = np.array(data.draw(st.lists(row, min_size=1, max_size=25, unique=True)))
        ordered = table[falling(table)]
        rows = [tuple(map(Fraction, values)) for values in ordered.tolist()]
        assert ordered.tolist() == sorted(ordered.tolist(), reverse=True)
        slow = [i for i, one in enumerate(rows) if not any(beats(other, one) for other in rows)]
        assert unbeaten(ordered).tolist() == unbeaten_by_culling(ordered).tolist() == slow

    @settings(max_examples=60)
    @given(domains(), st.integers(2**61, 2**80))
    def test_large_numbers(self, domain: bargaining.Domain, factor: int) -> None:
        """Numbers beyond 64 bits are as exact as small ones."""
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
        """What a row says its package is worth is a Fraction, and exactly that."""
        domain, disagreement = drawn
        results = [bargaining.frontier(domain), bargaining.utilitarian(domain)]
        results += [solution(domain, disagreement) for solution in SOLUTIONS[:3]]
        for row in itertools.chain(*results):
            assert all(type(value) is Fraction for _, value in row.utilities)
            assert domain.utilities(dict(row.package)) == tuple(dict(row.utilities).values())


@pytest.mark.parametrize("module", ["frontier", "domain", "bargains"])
def test_no_float_in_the_code(module: str) -> None:
    """No module of the bargaining measures holds a float, or makes one."""
    tree = ast.parse((CODE / "deals" / f"{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
        assert not (isinstance(node, ast.Name) and node.id == "float")


class TestNoSolution:
    """That there is no solution is an answer with its reason."""

    def test_everybody_must_gain(self) -> None:
        """Where one gains nothing in every package, there is neither of two solutions."""
        scores = {"yes": {"A": 1, "B": 0}, "no": {"A": 0, "B": 0}}
        domain = bargaining.Domain.of({"A": {"land": 1}, "B": {"land": 1}}, {"land": scores})
        for solution in (bargaining.nash, bargaining.kalai_smorodinsky):
            found = solution(domain)
            assert len(found) == 0
            assert found.notes[-1].endswith("somebody gains nothing.")
        assert worth(bargaining.egalitarian(domain)) == [(1, 0)]

    def test_nobody_may_lose(self) -> None:
        """Where somebody loses in every package, only the sum has an answer."""
        worse = {"A": 1, "B": 1}
        for solution in SOLUTIONS[:3]:
            found = solution(MIRROR, worse)
            assert len(found) == 0
            assert found.notes[-1] == (
                "No solution: in every package, somebody loses against no agreement."
            )

    def test_no_topics(self) -> None:
        """Without topics there is one package, which is empty and worth nothing."""
        domain = bargaining.Domain.of({"A": {}, "B": {}}, {})
        (row,) = bargaining.frontier(domain)
        assert (row.package, worth(bargaining.frontier(domain))) == ((), [(0, 0)])
        assert len(bargaining.nash(domain)) == 0

    def test_ties_are_told(self) -> None:
        """Packages that do equally well are all told, in the order of the domain."""
        scores = {"b": {"A": 1, "B": 2}, "a": {"A": 2, "B": 1}}
        domain = bargaining.Domain.of({"A": {"land": 1}, "B": {"land": 1}}, {"land": scores})
        for solution in SOLUTIONS:
            assert [dict(row.package)["land"] for row in solution(domain)] == ["b", "a"]


class TestInput:
    """What a domain is made of."""

    @pytest.mark.parametrize("number", ["3/4", "0.75", Decimal("0.75"), Fraction(3, 4)])
    def test_exact_numbers(self, number: Any) -> None:
        """A number can be given as text, Decimal or Fraction, and is kept exactly."""
        domain = bargaining.Domain.of({"A": {"land": number}, "B": {"land": 1}}, {"land": HALVES})
        assert domain.topics[0].weights == (Fraction(3, 4), 1)

    @pytest.mark.parametrize(
        ("number", "message"),
        [
            (0.1, "weight of A.land: wanted an exact number, got 0.1; write '0.1'"),
            ("1e9", "weight of A.land: wanted a number such as 3, '3/4' or '0.35', got '1e9'"),
            (True, "wanted a number such as"),
            (None, "wanted a number such as"),
            ("1/0", "wanted a finite number"),
            (Decimal("NaN"), "wanted a finite number"),
            (Decimal("Infinity"), "wanted a finite number"),
            (-1, "wanted a weight of 0 or more, got -1"),
        ],
    )
    def test_other_numbers(self, number: Any, message: str) -> None:
        """A float, and what is no number, is refused with what to write."""
        with pytest.raises(pos.InvalidInputError) as caught:
            bargaining.Domain.of({"A": {"land": number}, "B": {"land": 1}}, {"land": HALVES})
        assert message in str(caught.value)

    @pytest.mark.parametrize(
        ("weights", "scores", "message"),
        [
            ({"A": {"land": 1}}, {"land": HALVES}, "wanted those of two or more parties"),
            ({"A": {"lnad": 1}, "B": {"land": 1}}, {"land": HALVES}, "did you mean 'land'?"),
            ({"A": {}, "B": {"land": 1}}, {"land": HALVES}, "weights of A: wanted one for land"),
            ({"A": {"land": 1}, "B": {"land": 1}}, {"land": {}}, "wanted at least one option"),
            (
                {"A": {"land": 1}, "B": {"land": 1}},
                {"land": {"yes": {"A": 1}}},
                "scores of 'yes' on land: wanted one for each of A, B",
            ),
            (
                {"A": {"land": 1}, "B": {"land": 1}},
                {"land": {"yes": {"A": 1, "B": 1, "C": 1}}},
                "no party 'C'",
            ),
        ],
    )
    def test_what_is_missing(self, weights: Any, scores: Any, message: str) -> None:
        """What is missing, or is not there, is told by its name."""
        with pytest.raises(pos.PositionsError) as caught:
            bargaining.Domain.of(weights, scores)
        assert message in str(caught.value)

    def test_packages_of_users(self) -> None:
        """Any package can be told what it is worth; one that does not fit is refused."""
        assert MIRROR.utilities({"aid": "split", "land": "split"}) == (
            Fraction(1, 2),
            Fraction(1, 2),
        )
        for package in ({"land": "a"}, {"land": "a", "aid": "c"}, {"land": "a", "add": "a"}):
            with pytest.raises(pos.PositionsError):
                MIRROR.utilities(package)

    def test_disagreement(self) -> None:
        """What no agreement is worth must be told of each party, exactly."""
        for given_point in ({"A": 0}, {"A": 0, "C": 0}, {"A": 0, "B": 0.5}):
            with pytest.raises(pos.PositionsError):
                bargaining.nash(MIRROR, given_point)  # type: ignore[arg-type]

    def test_domains_only(self) -> None:
        """What is no domain is refused by its name."""
        with pytest.raises(pos.InvalidInputError, match=r"what Domain\.of or domain_from gives"):
            bargaining.nash({"land": 1})  # type: ignore[arg-type]


class TestFromPositions:
    """A domain out of the positions of a day."""

    STATE = dataset(
        said("A", {"yes": "demand"}),
        said("B", {"no": "accept"}),
        said(
            "B",
            {"shared": "conditional"},
            "2000-01-02",
            conditions=(only_if(Condition(text="in peace"), options=("shared",)),),
        ),
        said("A", {"100..": "demand"}, topic="army.size"),
        said("B", {"..120": "accept"}, topic="army.size"),
        said("A B", {"here": "demand"}, topic="talks.place"),
        said("A", {"most": "demand"}, topic="rank"),
    ).at("2000-12-31")

    def test_scores(self) -> None:
        """A demand or an acceptance is worth 1, a conditional one 1/2, all else nothing."""
        domain = bargaining.domain_from(self.STATE, ["A", "B"])
        land = domain.topics[0]
        assert land.options == ("no", "yes", "shared")
        assert land.scores == ((0, 1), (1, 0), (0, Fraction(1, 2)))

    def test_numbers(self) -> None:
        """Numbers on which all stand alike are one option."""
        army = bargaining.domain_from(self.STATE, ["A", "B"]).topics[1]
        assert army.options == ("..<100", "100..120", "120<..", "no_cap")
        assert army.scores == ((0, 1), (1, 1), (1, 0), (0, 0))

    def test_emphasis(self) -> None:
        """Without weights, those of a topic are the shares of statements on terms."""
        domain = bargaining.domain_from(self.STATE, ["A", "B"])
        assert [topic.topic for topic in domain.topics] == ["land", "army.size"]
        assert domain.topics[0].weights == (Fraction(1, 3), Fraction(2, 3))
        assert any(note.startswith("Weights: emphasis") for note in domain.notes)

    def test_given(self) -> None:
        """Weights choose the topics, and scores stand instead of attitudes where given."""
        weights = {"A": {"land": 2, "rank": 1}, "B": {"rank": 1, "land": 1}}
        scores = {"rank": {"some": {"A": 1, "B": 2}, "all": {"A": "1/3", "B": 0}}}
        domain = bargaining.domain_from(self.STATE, ["A", "B"], weights, scores)
        assert [topic.topic for topic in domain.topics] == ["land", "rank"]
        assert domain.topics[1].scores == ((1, 2), (Fraction(1, 3), 0))
        assert not any(note.startswith("Weights") for note in domain.notes)

    def test_mistakes(self) -> None:
        """Names that are not there, and topics that are not weighed, are told."""
        weights = {"A": {"land": 2}, "B": {"land": 1}}
        some = {"rank": {"some": {"A": 1, "B": 2}}}
        wrong = {"land": {"som": {"A": 1, "B": 2}}}
        for arguments in (
            {"weights": {"A": {"lnd": 1}, "B": {}}},
            {"weights": {"A": {"land": 1}}},
            {"weights": weights, "topics": ["land", "rank"]},
            {"weights": weights, "scores": some},
            {"weights": weights, "scores": wrong},
        ):
            with pytest.raises(pos.PositionsError):
                bargaining.domain_from(self.STATE, ["A", "B"], **arguments)  # type: ignore[arg-type]


class TestShown:
    """How packages are shown and kept."""

    def test_table(self) -> None:
        """A table tells each package, what it is worth to each party, and how many are."""
        assert str(bargaining.nash(RIVER)) == "\n".join(
            [
                "Nash solution of A, B: 1 package",
                "",
                "package                   A             B             packages",
                "------------------------  ------------  ------------  --------",
                "water: most; bridge: yes  19/3 (6.333)  13/4 (3.250)         1",
                "",
                "No agreement is taken as worth 0 to each.",
            ]
        )

    def test_records(self) -> None:
        """Records hold fractions as text, from which they can be read back."""
        (record,) = bargaining.egalitarian(RIVER).to_records()
        assert record == {
            "package": {"water": "less", "bridge": "yes"},
            "utilities": {"A": "13/3", "B": "17/4"},
            "packages": 1,
        }
        assert json.loads(json.dumps(record)) == record
        assert tuple(record) == bargaining.Bargains.columns

    def test_values(self) -> None:
        """Domains and results are values: hashable, equal, and picklable."""
        for value in (MIRROR, bargaining.frontier(MIRROR), bargaining.nash(SEAT)):
            copied = pickle.loads(pickle.dumps(value))
            assert (copied, hash(copied)) == (value, hash(value))
        assert repr(MIRROR) == "<Domain of A, B: 2 topics, 9 packages>"

    def test_formats(self) -> None:
        """A result is shown in notebooks and as CSV too."""
        found = bargaining.frontier(MIRROR)
        assert found._repr_html_().count("<tr") == 6
        assert found.to_csv().splitlines()[0] == "package,utilities,packages"


def test_on_the_bundled_data() -> None:
    """On the data, every solution lies on the frontier, and conditions count for half."""
    domain = bargaining.domain_from(pos.load().at("2022-04-15"), ["RUS", "UKR"])
    edge = set(worth(bargaining.frontier(domain)))
    for solution in SOLUTIONS:
        assert set(worth(solution(domain))) <= edge
    assert domain.packages > 10**6

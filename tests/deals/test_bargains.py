"""Bargaining solutions: known answers, missing solutions, input and output."""

from __future__ import annotations

import ast
import json
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

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
    SOLUTIONS,
    Point,
    Solution,
    worth,
)
from makers import dataset, only_if, said
from places import CODE
from positions import bargaining
from positions.records.models import Condition


class TestKnownAnswers:
    """Domains with published or hand-computed answers; see tests/bargaining_domains.py."""

    def test_barter(self) -> None:
        """The solution of Bill and Jack is the one that Nash gives, and it is unique."""
        found = bargaining.nash(BARTER, BARTER_DISAGREEMENT)
        assert len(found) == 1
        assert dict(found[0].package) == BARTER_NASH
        assert worth(found) == [BARTER_WORTH]
        assert found.notes == ("Disagreement point: 12 for Bill, 6 for Jack.",)

    def test_barter_total(self) -> None:
        """No package is worth more to a party than all goods together."""
        assert all(a <= 34 and b <= 16 for a, b in worth(bargaining.frontier(BARTER)))
        assert sum(a for a, _ in GOODS.values()) == 34
        assert BARTER.packages == 512

    @pytest.mark.parametrize(
        ("domain", "expected"),
        [(MIRROR, MIRROR_FRONTIER), (RIVER, RIVER_FRONTIER), (SEAT, SEAT_FRONTIER)],
        ids=["mirror", "river", "seat"],
    )
    def test_frontiers(self, domain: bargaining.Domain, expected: list[Point]) -> None:
        """The frontier is the one computed by hand, in the order of the domain."""
        assert worth(bargaining.frontier(domain)) == expected

    def test_mirror(self) -> None:
        """If each topic matters to one party only, every solution gives it to that party."""
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
        """All four solutions can differ."""
        (row,) = solution(RIVER)
        assert dict(row.package) == {"water": water, "bridge": "yes"}

    @pytest.mark.parametrize(
        ("solution", "package"),
        list(zip(SOLUTIONS, [("at_a", "high")] * 3 + [("at_c", "high")], strict=True)),
        ids=[solution.__name__ for solution in SOLUTIONS],
    )
    def test_seat(self, solution: Solution, package: tuple[str, str]) -> None:
        """The solutions work for three parties."""
        (row,) = solution(SEAT)
        assert tuple(dict(row.package).values()) == package


@pytest.mark.parametrize("module", ["frontier", "domain", "bargains"])
def test_no_floats_in_code(module: str) -> None:
    """The modules of the bargaining solutions contain and create no floats."""
    tree = ast.parse((CODE / "deals" / f"{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
        assert not (isinstance(node, ast.Name) and node.id == "float")


class TestNoSolution:
    """An empty result states why there is no solution."""

    def test_everybody_must_gain(self) -> None:
        """If a party gains nothing in any package, two of the solutions are empty."""
        scores = {"yes": {"A": 1, "B": 0}, "no": {"A": 0, "B": 0}}
        domain = bargaining.Domain.of({"A": {"land": 1}, "B": {"land": 1}}, {"land": scores})
        for solution in (bargaining.nash, bargaining.kalai_smorodinsky):
            found = solution(domain)
            assert len(found) == 0
            assert found.notes[-1].endswith(
                "no package gives every party a gain over disagreement."
            )
        assert worth(bargaining.egalitarian(domain)) == [(1, 0)]

    def test_nobody_may_lose(self) -> None:
        """If no package is individually rational, only the utilitarian solution exists."""
        worse = {"A": 1, "B": 1}
        for solution in SOLUTIONS[:3]:
            found = solution(MIRROR, worse)
            assert len(found) == 0
            assert found.notes[-1] == (
                "No solution: every package is worse than disagreement for some party."
            )

    def test_no_topics(self) -> None:
        """Without topics there is one package, which is empty and has utility 0."""
        domain = bargaining.Domain.of({"A": {}, "B": {}}, {})
        (row,) = bargaining.frontier(domain)
        assert (row.package, worth(bargaining.frontier(domain))) == ((), [(0, 0)])
        assert len(bargaining.nash(domain)) == 0

    def test_ties(self) -> None:
        """All packages that are equally good are returned, in the order of the domain."""
        scores = {"b": {"A": 1, "B": 2}, "a": {"A": 2, "B": 1}}
        domain = bargaining.Domain.of({"A": {"land": 1}, "B": {"land": 1}}, {"land": scores})
        for solution in SOLUTIONS:
            assert [dict(row.package)["land"] for row in solution(domain)] == ["b", "a"]


class TestInput:
    """Input of domains."""

    @pytest.mark.parametrize("number", ["3/4", "0.75", Decimal("0.75"), Fraction(3, 4)])
    def test_exact_numbers(self, number: Any) -> None:
        """Numbers can be text, Decimal or Fraction, and are kept exactly."""
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
        """Floats and values that are not numbers are errors that show what to write."""
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
    def test_missing_and_unknown_names(self, weights: Any, scores: Any, message: str) -> None:
        """An error names what is missing or unknown."""
        with pytest.raises(pos.PositionsError) as caught:
            bargaining.Domain.of(weights, scores)
        assert message in str(caught.value)

    def test_utilities(self) -> None:
        """The utilities of any package of the domain are returned; others are errors."""
        assert MIRROR.utilities({"aid": "split", "land": "split"}) == (
            Fraction(1, 2),
            Fraction(1, 2),
        )
        for package in ({"land": "a"}, {"land": "a", "aid": "c"}, {"land": "a", "add": "a"}):
            with pytest.raises(pos.PositionsError):
                MIRROR.utilities(package)

    def test_disagreement(self) -> None:
        """A disagreement point must have an exact number for each party."""
        for given_point in ({"A": 0}, {"A": 0, "C": 0}, {"A": 0, "B": 0.5}):
            with pytest.raises(pos.PositionsError):
                bargaining.nash(MIRROR, given_point)  # type: ignore[arg-type]

    def test_domains_only(self) -> None:
        """A value that is not a domain is an error."""
        with pytest.raises(pos.InvalidInputError, match=r"Domain\.of.*domain_from"):
            bargaining.nash({"land": 1})  # type: ignore[arg-type]


class TestFromPositions:
    """Domains from the positions of a day."""

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
        """Demands and acceptances score 1, conditional acceptances 1/2, all else 0."""
        domain = bargaining.domain_from(self.STATE, ["A", "B"])
        land = domain.topics[0]
        assert land.options == ("no", "yes", "shared")
        assert land.scores == ((0, 1), (1, 0), (0, Fraction(1, 2)))

    def test_numbers(self) -> None:
        """Numbers to which each party has the same attitude throughout are one option."""
        army = bargaining.domain_from(self.STATE, ["A", "B"]).topics[1]
        assert army.options == ("..<100", "100..120", "120<..", "no_cap")
        assert army.scores == ((0, 1), (1, 1), (1, 0), (0, 0))

    def test_emphasis(self) -> None:
        """Without weights, the weight of a topic is its share of statements on terms."""
        domain = bargaining.domain_from(self.STATE, ["A", "B"])
        assert [topic.topic for topic in domain.topics] == ["land", "army.size"]
        assert domain.topics[0].weights == (Fraction(1, 3), Fraction(2, 3))
        assert any(note.startswith("Weights: emphasis") for note in domain.notes)

    def test_given_weights_and_scores(self) -> None:
        """Weights select the topics, and scores replace those of attitudes."""
        weights = {"A": {"land": 2, "rank": 1}, "B": {"rank": 1, "land": 1}}
        scores = {"rank": {"some": {"A": 1, "B": 2}, "all": {"A": "1/3", "B": 0}}}
        domain = bargaining.domain_from(self.STATE, ["A", "B"], weights, scores)
        assert [topic.topic for topic in domain.topics] == ["land", "rank"]
        assert domain.topics[1].scores == ((1, 2), (Fraction(1, 3), 0))
        assert not any(note.startswith("Weights") for note in domain.notes)

    def test_invalid_names(self) -> None:
        """Unknown names, and topics without weights, are errors."""
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
    """Output of results."""

    def test_table(self) -> None:
        """A table has each package, its utilities, and the number of packages with the same."""
        assert str(bargaining.nash(RIVER)) == "\n".join(
            [
                "Nash solution of A, B: 1 package",
                "",
                "package                   A             B             packages",
                "------------------------  ------------  ------------  --------",
                "water: most; bridge: yes  19/3 (6.333)  13/4 (3.250)         1",
                "",
                "Disagreement point: 0 for each party.",
            ]
        )

    def test_records(self) -> None:
        """Records have fractions as text, from which they can be read."""
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
        """Results are also written as HTML and CSV."""
        found = bargaining.frontier(MIRROR)
        assert found._repr_html_().count("<tr") == 6
        assert found.to_csv().splitlines()[0] == "package,utilities,packages"

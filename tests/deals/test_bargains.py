"""Packages that bargaining theory would choose: known answers, and brute force on small domains."""

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

# ---------------------------------------------------------------------------
# The slow model: every package, one after the other


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
        with pytest.raises(pos.InvalidInputError, match=r"Domain\.of.*domain_from"):
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

"""Differences of two parties and of two plans, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

import positions as pos
from makers import TOPICS, clause, dataset, only_if, plan, said, settled
from positions.errors import InvalidInputError, UnknownNameError
from positions.records.models import Condition, Term
from positions.relations.differences import Difference, PlanDifference, PlanDifferences

LAST = "2000-12-31"


def difference(a: dict[str, str], b: dict[str, str], topic: str = "land") -> Difference:
    """The difference between A and B on one topic."""
    spoken = [said(who, says, topic=topic) for who, says in (("A", a), ("B", b)) if says]
    snapshot = dataset(*spoken).at(LAST)
    (row,) = pos.diff(snapshot["A"], snapshot["B"])
    return row


class TestStances:
    """How two parties differ on one day."""

    @pytest.mark.parametrize(
        ("a", "b", "relation"),
        [
            ({"yes": "demand"}, {"yes": "demand"}, "same"),
            ({"yes": "demand"}, {"yes": "accept", "no": "reject", "shared": "reject"}, "same"),
            ({"yes": "demand"}, {"yes": "accept"}, "compatible"),
            ({"yes": "demand"}, {"no": "demand"}, "different"),
            ({"yes": "demand"}, {"yes": "reject"}, "different"),
            ({"yes": "demand"}, {"no": "accept"}, "different"),
            ({"yes": "accept"}, {"no": "accept"}, "open"),
            ({"yes": "reject"}, {"no": "reject"}, "open"),
            ({"yes": "reject"}, {"yes": "reject"}, "same"),
            ({"yes": "demand"}, {}, "only_left"),
            ({}, {"yes": "demand"}, "only_right"),
        ],
    )
    def test_relation(self, a: dict[str, str], b: dict[str, str], relation: str) -> None:
        """The relation of two positions is the first that fits."""
        assert difference(a, b).relation == relation

    def test_conditional_is_affirmed(self) -> None:
        """What is accepted only conditionally counts as affirmed."""
        conditions = (only_if(settled("rank", "some")),)
        ds = dataset(
            said("A", {"yes": "demand"}),
            said("B", {"yes": "conditional"}, conditions=conditions),
        )
        (row,) = pos.diff(ds.at(LAST)["A"], ds.at(LAST)["B"])
        assert row.relation == "compatible"

    def test_distance(self) -> None:
        """The gap is the distance of the two; the amount has a sign for the direction."""
        row = difference({"..85": "demand"}, {"100": "demand"}, "army.size")
        assert (row.gap, row.amount) == (15, None)
        row = difference({"..85": "demand"}, {"..60": "demand"}, "army.size")
        assert (row.gap, row.amount) == (0, -25)

    def test_rows(self) -> None:
        """There is a row for each topic on which either has spoken, with the statements behind."""
        ds = dataset(
            said("A", {"yes": "demand"}),
            said("B", {"some": "accept"}, topic="rank"),
            said("C", {"here": "demand"}, topic="talks.place"),
        )
        snapshot = ds.at(LAST)
        found = pos.diff(snapshot["A"], snapshot["B"])
        assert [row.topic for row in found] == ["land", "rank"]
        assert found[0].statements == ("a.2000-01-01.land",)
        assert found.table().title == "State A and State B on 2000-12-31: 2 topics"
        assert [record["left"]["party"] for record in found.to_records()] == ["A", "A"]
        assert len(pos.diff(snapshot["A"], snapshot["B"], topics="rank")) == 1
        assert found.table().rows[0][1] == "only left"

    def test_two_days(self) -> None:
        """Stances of one party on two days, or of two parties on two days, can be compared."""
        ds = dataset(said("A", {"yes": "demand"}), said("A", {"no": "demand"}, "2000-02-01"))
        found = pos.diff(ds.at("2000-01-15")["A"], ds.at(LAST)["A"])
        assert [row.relation for row in found] == ["different"]
        assert found.table().title == "State A on 2000-01-15 and State A on 2000-12-31"

    def test_unknown_topic(self) -> None:
        """An unknown topic is an error that suggests the nearest name."""
        snapshot = dataset().at(LAST)
        with pytest.raises(UnknownNameError, match="did you mean 'land'"):
            pos.diff(snapshot["A"], snapshot["B"], topics="lamd")


def clauses(left: list[Term], right: list[Term], **options: Any) -> PlanDifferences:
    """The differences of two plans."""
    return pos.diff(plan("one", *left), plan("two", *right), **{"topics": TOPICS, **options})


def difference_of(left: str, right: str, topic: str) -> PlanDifference:
    """The difference of two plans on one topic; options are separated by blanks."""
    sides = [[clause(topic, *side.split())] for side in (left, right)]
    (row,) = clauses(*sides)
    return row


class TestPlans:
    """How two plans differ, clause by clause."""

    @pytest.mark.parametrize(
        ("left", "right", "topic", "relation"),
        [
            ("yes", "yes", "land", "same"),
            ("yes", "no", "land", "different"),
            ("yes", "yes shared", "land", "compatible"),
            ("yes no", "yes shared", "land", "different"),
            ("some..", "most", "rank", "compatible"),
            ("some..most", "some most", "rank", "same"),
            ("..85", "..100", "army.size", "compatible"),
            ("..85", "100..", "army.size", "different"),
            ("..85", "0..85", "army.size", "same"),
        ],
    )
    def test_relation(self, left: str, right: str, topic: str, relation: str) -> None:
        """Plans are compatible where the options of one lie within those of the other."""
        assert difference_of(left, right, topic).relation == relation

    def test_one_sided(self) -> None:
        """A clause of only one plan is a row of its own, in the order of the plans."""
        found = clauses([clause("rank", "some")], [clause("land", "yes")])
        rows = [(row.topic, row.relation, row.left, row.right) for row in found]
        assert rows == [
            ("rank", "only_left", ("some",), ()),
            ("land", "only_right", (), ("yes",)),
        ]
        assert found.table().rows[0][1:] == ("only left", "“Some”", "—", None)

    @pytest.mark.parametrize(
        ("left", "right", "amount"),
        [("..85", "..100", 15), ("600000", "800000", 200000), ("..85", "100..", None)],
    )
    def test_amount(self, left: str, right: str, amount: int | None) -> None:
        """The amount is the difference of the numbers, None where one number is not enough."""
        assert difference_of(left, right, "army.size").amount == amount

    def test_no_amount(self) -> None:
        """Without numbers there is no amount."""
        assert difference_of("yes", "no", "land").amount is None
        (row,) = clauses([clause("army.size", "..85")], [clause("army.size", "no_cap")])
        assert row.amount is None

    def test_open_clauses(self) -> None:
        """An open clause is compared variant by variant."""
        variants = [clause("land", "yes", by="A"), clause("land", "no", by="B")]
        found = clauses(variants, [clause("land", "no")])
        assert [(row.left_by, row.relation) for row in found] == [
            ("A", "different"),
            ("B", "same"),
        ]
        assert found.table().rows[0][2] == "“Yes” (variant of A)"

    def test_conditions(self) -> None:
        """Conditions are shown with their clause."""
        found = clauses(
            [clause("land", "yes", conditions=(Condition(text="in peace"),))],
            [clause("land", "yes")],
        )
        (row,) = found
        assert row.left_conditions == (Condition(text="in peace"),)
        assert found.table().rows[0][2] == "“Yes” (condition: in peace)"

    def test_without_topics(self) -> None:
        """Plans can be compared without topics if no option depends on the order of a topic."""
        found = clauses(
            [clause("land", "yes"), clause("army.size", "..85")],
            [clause("land", "yes"), clause("army.size", "..60")],
            topics=(),
        )
        assert [(row.relation, row.amount) for row in found] == [
            ("same", None),
            ("compatible", -25),
        ]
        with pytest.raises(InvalidInputError, match="topics"):
            clauses([clause("rank", "some..")], [clause("rank", "most")], topics=())

    def test_wrong_topics(self) -> None:
        """Topics must be those of the plans, given as records."""
        with pytest.raises(InvalidInputError, match="land 'maybe'"):
            clauses([clause("land", "maybe")], [clause("land", "yes")])
        for topics in ("land", ["land"]):
            with pytest.raises(InvalidInputError, match=r"^topics: "):
                clauses([clause("land", "yes")], [clause("land", "yes")], topics=topics)

    def test_rows(self) -> None:
        """The answer has a row for every clause, and prints as a table."""
        found = clauses([clause("land", "yes")], [clause("land", "no")])
        assert len(found) == 1
        assert str(found) == SEEN_PLANS.strip("\n")
        assert found.to_records()[0]["left_conditions"] == []


SEEN_PLANS = """
Plan one (2000-01-01) and Plan two (2000-01-01): 1 clause

topic        relation   Plan one  Plan two  amount
-----------  ---------  --------  --------  ------
Land (land)  different  “Yes”     “No”
"""

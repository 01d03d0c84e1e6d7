"""Packages that all could sign, conflicts, and concessions."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

import positions as pos
from makers import clause, dataset, only_if, party, plan, said, settled, topic
from positions import results
from positions.records.models import Condition

AB = ["A", "B"]
LAND, PEACE = topic("land", "no", "yes"), topic("peace", "no", "yes")


def snapshot_of(*statements: pos.Statement, **more: Any) -> pos.Snapshot:
    """Return a snapshot with two nominal topics, land and peace, at the end of the year."""
    return dataset(*statements, topics=[LAND, PEACE], **more).at("2000-12-31")


def package(answer: results.Settlement | results.Conflict) -> dict[str, str]:
    """Return the options of a settlement by topic."""
    assert isinstance(answer, results.Settlement)
    return {row.topic: row.option for row in answer}


def clash(answer: results.Settlement | results.Conflict) -> set[tuple[str, str, str, str]]:
    """Return the refusals of a conflict."""
    assert isinstance(answer, results.Conflict)
    return {(r.party, r.topic, r.option, r.reason) for r in answer.refusals}


def linked(who: str, on: str, needs: str, *more: Condition) -> pos.Statement:
    """Make a party accept yes on one topic if another is settled as yes, and reject no."""
    groups = (only_if(settled(needs, "yes"), *more),)
    return said(who, {"yes": "conditional", "no": "reject"}, topic=on, conditions=groups)


class TestSettle:
    """Which packages a party can sign, and which package is the best."""

    def test_mutual_conditions(self) -> None:
        """Two parties that each accept yes if the other does have a settlement."""
        snapshot = snapshot_of(
            linked("A", "land", "peace"),
            linked("B", "peace", "land"),
            said("B", {"yes": "demand"}),
            said("A", {"yes": "demand"}, topic="peace"),
        )
        found = pos.settle(snapshot, AB)
        assert package(found) == {"land": "yes", "peace": "yes"}
        assert isinstance(found, results.Settlement)
        assert found.value == 3
        assert found[0].conditions == (settled("peace", "yes"),)

    def test_condition_refused(self) -> None:
        """A condition that another party refuses is part of the conflict."""
        snapshot = snapshot_of(
            linked("A", "land", "peace"),
            said("B", {"yes": "demand"}),
            said("B", {"yes": "reject"}, topic="peace"),
        )
        assert clash(pos.settle(snapshot, AB, "land")) == {
            ("A", "land", "no", "rejected"),
            ("A", "land", "yes", "condition"),
            ("B", "peace", "yes", "rejected"),
        } or clash(pos.settle(snapshot, AB, "land")) == {
            ("B", "land", "no", "implied"),
            ("A", "land", "yes", "condition"),
            ("B", "peace", "yes", "rejected"),
        }

    def test_joined_topic(self) -> None:
        """A topic that only a condition names is joined if required, and left out otherwise."""
        needed = snapshot_of(linked("A", "land", "peace"), said("B", {"yes": "demand"}))
        found = pos.settle(needed, AB, "land")
        assert package(found) == {"land": "yes", "peace": "yes"}
        assert isinstance(found, results.Settlement)
        assert [row.joined for row in found] == [False, True]
        assert found[1].missing == ("A", "B")
        groups = (only_if(settled("peace", "yes")),)
        free = said("A", {"yes": "conditional", "no": "accept"}, conditions=groups)
        assert package(pos.settle(snapshot_of(free, said("B", {"no": "demand"})), AB, "land")) == {
            "land": "no"
        }

    def test_unanswered(self) -> None:
        """An option that a party left unanswered is refused, unless `unanswered` is free."""
        snapshot = snapshot_of(said("A", {"yes": "accept"}), said("B", {"no": "accept"}))
        assert clash(pos.settle(snapshot, AB)) == {
            ("A", "land", "no", "unanswered"),
            ("B", "land", "yes", "unanswered"),
        }
        found = pos.settle(snapshot, AB, unanswered="free")
        assert package(found) == {"land": "no"}
        assert isinstance(found, results.Settlement)
        assert found[0].missing == ("A",)

    def test_texts(self) -> None:
        """A condition in words is never met by a package; the deal depends on it."""
        words = Condition(text="a referendum")
        snapshot = snapshot_of(
            said("A", {"yes": "conditional"}, conditions=(only_if(words),)),
            said("B", {"yes": "accept"}),
        )
        found = pos.settle(snapshot, AB)
        assert isinstance(found, results.Settlement)
        assert (found.value, found.hangs_on, found[0].conditions) == (Fraction(3, 2), (words,), ())
        kept = found.proposal("deal", "The deal")
        assert kept.terms == (clause("land", "yes", conditions=(words,)),)
        assert (kept.sponsors, kept.sources) == (("A", "B"), ("press",))

    def test_weights_and_ties(self) -> None:
        """The most affirmed package is first; ties are in the order of the file."""
        snapshot = snapshot_of(
            said("A", {"no": "accept", "yes": "accept"}),
            said("B", {"no": "accept", "yes": "accept"}),
        )
        found = pos.settle(snapshot, AB, weights={"land": 0.1})
        assert package(found) == {"land": "no"}
        assert isinstance(found, results.Settlement)
        assert found.value == Fraction(1, 5)
        assert [package(other) for other in found.alternatives(5)] == [{"land": "yes"}]

    def test_numbers(self) -> None:
        """Numbers are settled as the widest interval over which no attitude changes."""
        army = {"topic": "army.size"}
        snapshot = dataset(
            said("A", {"50..": "demand"}, **army), said("B", {"..85": "demand"}, **army)
        ).at("2000-12-31")
        assert package(pos.settle(snapshot, AB)) == {"army.size": "50..85"}

    def test_fixed(self) -> None:
        """A fixed plan is completed, and all its topics are part of the package."""
        snapshot = snapshot_of(
            said("A", {"yes": "accept", "no": "accept"}),
            said("B", {"yes": "accept", "no": "accept"}),
        )
        deal = plan("p", clause("land", "yes"), clause("peace", "no"))
        assert package(pos.settle(snapshot, AB, fixed=deal)) == {"land": "yes", "peace": "no"}
        against = plan("q", clause("land", "yes"), clause("land", "no"))
        with pytest.raises(pos.InvalidInputError, match=r"^fixed: .*land"):
            pos.settle(snapshot, AB, fixed=against)

    def test_proposal_as_condition(self) -> None:
        """A plan as a condition requires its clauses on other topics, or a variant of open ones."""
        deal = plan("p", clause("land", "yes"), clause("peace", "no", by="A"),
                    clause("peace", "yes", by="B"))  # fmt: skip
        part = (only_if(Condition(proposal="p")),)
        words = [said("A", {"yes": "conditional"}, conditions=part), said("B", {"yes": "demand"})]
        found = pos.settle(snapshot_of(*words, proposals=[deal]), AB)
        assert package(found) == {"land": "yes", "peace": "no"}

    def test_process(self) -> None:
        """A topic that is not a term is in no package, and as a condition it is only listed."""
        talks = settled("talks.place", "here")
        words = (
            said("A", {"yes": "conditional"}, conditions=(only_if(talks),)),
            said("B", {"yes": "accept"}),
            said("A B", {"here": "accept"}, topic="talks.place"),
        )
        found = pos.settle(dataset(*words).at("2000-12-31"), AB)
        assert package(found) == {"land": "yes"}
        assert isinstance(found, results.Settlement)
        assert found.hangs_on == (talks,)
        named = pos.settle(dataset(*words).at("2000-12-31"), AB, ["land", "talks"])
        assert "Left out because they are not terms: talks.place." in named.notes

    def test_nothing_to_settle(self) -> None:
        """Without topics the settlement is empty, and cannot become a proposal."""
        found = pos.settle(snapshot_of(), AB)
        assert isinstance(found, results.Settlement)
        assert (len(found), found.value, found.alternatives(3)) == (0, 0, ())
        with pytest.raises(pos.InvalidInputError, match=r"^settlement: "):
            found.proposal("deal", "The deal")

    def test_rest(self) -> None:
        """Topics that are not part of a conflict are settled separately."""
        snapshot = snapshot_of(
            said("A", {"yes": "demand"}),
            said("B", {"no": "demand"}),
            said("A B", {"yes": "accept"}, topic="peace"),
        )
        found = pos.settle(snapshot, AB)
        assert isinstance(found, results.Conflict)
        assert (found.stuck, package(found.rest)) == ((("land",),), {"peace": "yes"})

    @pytest.mark.parametrize(
        "arguments",
        [{"weights": {"land": -1}}, {"weights": {"land": "much"}}, {"unanswered": "maybe"}],
    )
    def test_arguments(self, arguments: Mapping[str, Any]) -> None:
        """Invalid arguments are errors."""
        with pytest.raises(pos.InvalidInputError):
            pos.settle(snapshot_of(), AB, **arguments)


class TestConcessions:
    """Minimal sets of refusals to give up."""

    def test_ways(self) -> None:
        """The way is the gap divided by the scale; without a gap it is None, with a reason."""
        rank = {"topic": "rank"}
        snapshot = dataset(
            said("A", {"none": "demand"}, **rank), said("B", {"all": "demand"}, **rank)
        )
        found = pos.concessions(snapshot.at("2000-12-31"), AB)
        assert [(row.way, row.size, row.package[0].option) for row in found] == [
            (1, 1, "none"),
            (1, 1, "all"),
            (1, 2, "some"),
            (1, 2, "most"),
        ]
        refused = dataset(*(said(who, {"*": "withdrawn"}) for who in "AB"))
        assert not pos.concessions(refused.at("2000-12-31"), AB).rows
        no = snapshot_of(said("A", {"no": "reject", "yes": "reject"}), said("B", {"yes": "demand"}))
        row = pos.concessions(no, AB)[0]
        assert (row.way, row.given_up[0].way_reason) == (None, "one of them affirms nothing")

    def test_group_dropped(self) -> None:
        """A party that gives up a group of conditions accepts the option without it."""
        snapshot = snapshot_of(
            linked("A", "land", "peace"),
            said("B", {"yes": "demand"}),
            said("B", {"yes": "reject"}, topic="peace"),
        )
        dropped = [
            row
            for row in pos.concessions(snapshot, AB, "land")
            if [(r.reason, r.group) for r in row.refusals] == [("condition", 1)]
        ]
        assert len(dropped) == 1
        assert [(s.topic, s.option) for s in dropped[0].package] == [("land", "yes")]
        assert dropped[0].package[0].standings[0].given_up

    def test_weights_and_limits(self) -> None:
        """Weights replace distances, a note mentions the limit, and size is validated."""
        snapshot = snapshot_of(said("A", {"yes": "demand"}), said("B", {"no": "demand"}))
        found = pos.concessions(snapshot, AB, weights={"land": 3}, limit=1)
        assert ([row.way for row in found], found.complete) == ([3], False)
        assert "there are more" in found.notes[-1]
        with pytest.raises(pos.InvalidInputError, match="size"):
            pos.concessions(snapshot, AB, size=0)


def test_printed_tables() -> None:
    """A printed settlement has its options, all attitudes, and the conditions it depends on."""
    words = Condition(text="a referendum")
    snapshot = snapshot_of(
        said("A", {"yes": "conditional"}, conditions=(only_if(words),)),
        said("B", {"yes": "demand"}),
        parties=[party("A", name="Arland"), party("B", name="Borland")],
    )
    lines = str(pos.settle(snapshot, AB)).splitlines()
    assert lines[:5] == [
        "Settlement of Arland, Borland on 2000-12-31: 1 topic",
        "",
        "topic        settled as  parties",
        "-----------  ----------  -------------------------------------------------------",
        "Land (land)  Yes         Arland accepts if a referendum [1]; Borland demands [1]",
    ]
    assert lines[-2:] == ["Affirmation: 1.5.", "The deal depends on: a referendum."]


def test_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without python-sat the error explains how to install it."""
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("pysat"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(pos.MissingLibraryError, match=r"positions\[packages\]"):
        pos.settle(snapshot_of(said("A B", {"yes": "accept"})), AB)

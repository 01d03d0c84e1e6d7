"""`why`: who said what, when, in which source, and which rule made a position of it."""

from __future__ import annotations

from typing import Any

import pytest

import positions as pos
from makers import dataset, only_if, party, said, settled, source
from positions.records.models import Condition, Mandate, Statement
from readings import times_told

ON = "2000-12-31"
RULE = "(a demand excludes what it does not name)"


def told(*statements: Statement, topic: str = "land", who: str = "A", **reading: Any) -> list[str]:
    """Tell why a party stands as it does at the end of 2000, line by line, the head left out."""
    position = dataset(*statements).at(ON, **reading)[who, topic]
    head, *lines = position.why().splitlines()
    assert head == f"State {who} on {position.catalogue.topic(topic).name} ({topic}), {ON}:"
    return lines


class TestRules:
    """Each line tells what stands, since when, and by which rule."""

    def test_a_demand(self) -> None:
        """A demand is told with its words, and what it implies points to them."""
        assert told(said("A", {"yes": "demand"}, speaker="Minister")) == [
            "State A demands “Yes” since 2000-01-01. Said on 2000-01-01 by Minister: "
            "A spoke of land. [a.2000-01-01.land: Press, 2000-01-01]",
            "State A rejects “No”, “Shared” since 2000-01-01, implied by the demand for “Yes” "
            f"{RULE}. See a.2000-01-01.land above.",
        ]

    def test_a_refusal_in_words(self) -> None:
        """A rejection in words is told as one, and so is what was left without an answer."""
        assert told(said("A", {"no": "reject"})) == [
            "State A rejects “No” since 2000-01-01, refused in words. Said on 2000-01-01: "
            "A spoke of land. [a.2000-01-01.land: Press, 2000-01-01]",
            "State A leaves “Yes”, “Shared” without an answer.",
        ]

    def test_in_words_and_implied(self) -> None:
        """A refusal that a later demand implies as well rests on both."""
        lines = told(said("A", {"no": "reject"}), said("A", {"yes": "demand"}, "2000-02-01"))
        (line,) = (line for line in lines if "“No”" in line)
        assert line.startswith(
            "State A rejects “No” since 2000-01-01, refused in words, and implied by the demand "
            f"for “Yes” {RULE}. Said on 2000-01-01: "
        )
        assert line.endswith("See a.2000-02-01.land above.")

    def test_a_demand_for_a_range(self) -> None:
        """A demand for a range of options or numbers is told by what it holds."""
        (line,) = told(said("A", {"some..": "demand"}, topic="rank"), topic="rank")[1:]
        assert "implied by the demand for “Some” or “Most” or “All” (" in line
        (line,) = told(said("A", {"..85": "demand"}, topic="army.size"), topic="army.size")[1:]
        assert "rejects more than 85 soldiers, “No_cap” since" in line
        assert "implied by the demand for at most 85 soldiers (" in line

    def test_conditions(self) -> None:
        """A conditional acceptance is told with all its conditions."""
        groups = (
            only_if(settled("rank", "all"), Condition(text="peace")),
            only_if(Condition(text="aid")),
        )
        (line, _) = told(said("A", {"yes": "conditional"}, conditions=groups))
        assert line.startswith(
            "State A accepts “Yes” since 2000-01-01, if (Rank: “All”; peace), or if (aid). Said "
        )

    def test_disputed(self) -> None:
        """Words of one day that contradict one another are both told."""
        line, *_ = told(said("A", {"yes": "accept"}), said("A", {"yes": "reject"}, id="other"))
        assert "Its words of that day contradict one another; the lower attitude counts." in line
        assert times_told(line, "other") == times_told(line, "a.2000-01-01.land") == 1

    def test_claimed(self) -> None:
        """What others claim is told as theirs."""
        claim = said("A", {"yes": "accept"}, attribution="claimed", claimed_by="B")
        line, *_ = told(claim, attributions=("self", "claimed"))
        assert "So claimed by State B; its own words leave this open." in line
        assert "Claimed by State B on 2000-01-01: A spoke of land." in line

    @pytest.mark.parametrize(
        ("attribution", "words"),
        [("reported", "Reported by the press"), ("leaked", "Told by unnamed sources")],
    )
    def test_attributions(self, attribution: str, words: str) -> None:
        """It is told how words came to be known."""
        line, *_ = told(said("A", {"yes": "accept"}, attribution=attribution))
        assert f"{words} on 2000-01-01: A spoke of land." in line

    def test_inherited(self) -> None:
        """Words of an earlier government are told as such."""
        snapshot = dataset(
            said("A", {"yes": "accept"}),
            parties=[party("A", mandates=(Mandate(from_="2000-03-01", name="Second"),))],
        ).at(ON)
        assert "All of this was said under an earlier government." in snapshot["A", "land"].why()

    def test_supposed(self) -> None:
        """What is supposed is told as such, in whole or in part."""
        ds = dataset(said("A", {"no": "reject"})).suppose("A", "land", {"yes": "demand"}, on=ON)
        text = ds.at(ON)["A", "land"].why()
        supposed = "Supposed on 2000-12-31: State A demands “Yes”. [supposed-1]"
        assert f"demands “Yes” since 2000-12-31. This is supposed, not said. {supposed}" in text
        assert f"{RULE}. Part of this is supposed, not said. Said on 2000-01-01" in text

    def test_withdrawn(self) -> None:
        """What was taken back is told with the words that did so."""
        lines = told(said("A", {"yes": "accept"}), said("A", {"yes": "withdrawn"}, "2000-02-01"))
        assert lines[0].startswith(
            "State A has taken back what it said of “Yes”, and is silent on it"
        )
        assert times_told(lines[0], "a.2000-02-01.land") == 1

    def test_lapsed(self) -> None:
        """What stood until a day that has passed is told after all that stands."""
        lines = told(
            said("A", {"yes": "accept"}, until="2000-03"),
            said("A", {"no": "reject"}, "2000-02", from_="2000-04"),
        )
        assert lines[0].endswith(
            "Said in 2000-02: A spoke of land. [a.2000-02.land: Press, 2000-01-01] "
            "In force from 2000-04."
        )
        assert lines[-1] == (
            "No longer in force: Said on 2000-01-01: A spoke of land. "
            "[a.2000-01-01.land: Press, 2000-01-01] In force until 2000-03."
        )

    def test_silent(self) -> None:
        """A party that has said nothing has said nothing."""
        assert told() == ["State A has said nothing on the topic that stands."]
        lines = told(said("A", {"yes": "accept"}, until="2000-03"))
        assert lines[0] == "State A has said nothing on the topic that stands."
        assert lines[1].startswith("No longer in force: ")

    def test_joint_and_undated(self) -> None:
        """Who spoke together is told, and every source, with its date if it has one."""
        joint = said("A B", {"yes": "accept"}, sources=("press", "site"))
        ds = dataset(
            joint, sources=[source(), source("site", publisher="Site", retrieved="2000-05")]
        )
        text = ds.at(ON)["B", "land"].why("yes")
        assert "Said on 2000-01-01, together with State A: " in text
        assert "[a-b.2000-01-01.land: Press, 2000-01-01; Site, undated]" in text

    def test_one_option(self) -> None:
        """Asked for one option, only that is told; an unknown one is an error."""
        words = said("A", {"yes": "demand"}), said("A", {"no": "accept"}, until="2000-03", id="old")
        position = dataset(*words).at(ON)["A", "land"]
        assert "Shared" in position.why("shared")
        assert "old" not in position.why("shared")
        assert "old" in position.why("no")
        assert len(position.why("yes").splitlines()) == 2
        with pytest.raises(pos.UnknownNameError, match="did you mean 'yes'"):
            position.why("yse")


class TestRows:
    """Rows that hold positions tell them all, and why they are what they are."""

    def test_a_deadlock(self) -> None:
        """A deadlock names who blocks what, and how; a joint statement is told once."""
        ds = dataset(
            said("A", {"yes": "demand"}),
            said("B", {"yes": "reject"}),
            said("B C", {"no": "demand", "yes": "reject"}, "2000-02-01"),
        )
        (row,) = pos.deadlocks(ds.at(ON), ["A", "B", "C"])
        lines = row.why().splitlines()
        assert lines[:3] == [
            "State A, State B, State C on Land (land), 2000-12-31: deadlock, implied, "
            "since 2000-01-01.",
            "Every option is rejected by one of them, some of what they affirm only by "
            "implication.",
            "Blocked: “No” by State A (by implication); “Shared” by State A (by implication) and "
            "State B (by implication) and State C (by implication); “Yes” by State B (in words) "
            "and State C (in words).",
        ]
        assert times_told(row.why(), "b-c.2000-02-01.land") == 1
        assert row.why("yes").splitlines()[2] == (
            "Blocked: “Yes” by State B (in words) and State C (in words)."
        )

    @pytest.mark.parametrize(
        ("mine", "theirs", "reason"),
        [
            ({"yes": "accept"}, {"yes": "accept"}, "There is an option that all of them demand"),
            ({"yes": "accept"}, {"no": "accept"}, "They affirm different options, but there"),
            ({"yes": "accept"}, {"no": "reject"}, "There is an option that nobody has rejected"),
            ({"yes": "accept"}, None, "Only one of them has spoken."),
            ({"yes": "demand"}, {"yes": "reject", "no": "demand"}, "Every option is rejected by"),
        ],
    )
    def test_relations(self, mine: Any, theirs: Any, reason: str) -> None:
        """Each relation is told with what makes it one."""
        words = [said("A", mine)] + ([said("B", theirs)] if theirs else [])
        (row,) = pos.compare(dataset(*words).at(ON), ["A", "B"])
        assert row.why() == row.overlap.why()
        assert row.why().splitlines()[1].startswith(reason)

    def test_conditional(self) -> None:
        """A conditional relation tells whether its conditions are met."""
        group = only_if(settled("rank", "all"))
        ds = dataset(
            said("A", {"yes": "conditional"}, conditions=(group,)),
            said("B", {"yes": "accept"}),
            said("B", {"all": "reject"}, topic="rank"),
        )
        (row,) = pos.overlap(ds.at(ON), ["A", "B"], "land")
        assert row.why().splitlines()[1] == (
            "All affirm an option, at least one of them conditionally; the conditions are refused."
        )

    def test_a_move(self) -> None:
        """A move tells both positions, and what still counts only once."""
        ds = dataset(said("A", {"yes": "demand"}), said("A", {"no": "accept"}, "2000-02-01"))
        (row,) = pos.diff(ds.at("2000-01-15"), ds.at(ON))
        lines = row.why().splitlines()
        assert lines[0] == (
            "State A on Land (land), 2000-01-15 to 2000-12-31: softened. "
            "Some options went up a level, and none down."
        )
        assert lines[1] == "Before: State A on Land (land), 2000-01-15:"
        assert "After: State A on Land (land), 2000-12-31:" in lines
        assert times_told(row.why(), "a.2000-01-01.land") == 1
        assert times_told(row.why(), "a.2000-02-01.land") == 1

    def test_a_lapse(self) -> None:
        """Where time alone did it, that is told."""
        ds = dataset(said("A", {"yes": "accept"}, until="2000-03"))
        (row,) = pos.diff(ds.at("2000-03"), ds.at("2000-04"))
        assert (
            row.why().splitlines()[0].endswith("Earlier statements lapsed; nothing new was said.")
        )

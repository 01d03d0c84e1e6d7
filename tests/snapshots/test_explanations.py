"""`why`: who said what, when, in which source, and which rules were applied."""

from __future__ import annotations

from typing import Any

import pytest

import positions as pos
from makers import dataset, only_if, party, said, settled, source
from positions.records.models import Condition, Mandate, Statement
from readings import times_told

ON = "2000-12-31"
RULE = "(a demand excludes what it does not name)"


def explained(
    *statements: Statement, topic: str = "land", who: str = "A", **reading: Any
) -> list[str]:
    """The explanation of a position at the end of 2000, line by line, without the heading."""
    position = dataset(*statements).at(ON, **reading)[who, topic]
    head, *lines = position.why().splitlines()
    assert head == f"State {who} on {position.catalogue.topic(topic).name} ({topic}), {ON}:"
    return lines


class TestRules:
    """Each line states an attitude, since when, and by which rule."""

    def test_a_demand(self) -> None:
        """A demand is followed by its statement, and what it implies refers to that statement."""
        assert explained(said("A", {"yes": "demand"}, speaker="Minister")) == [
            "State A demands “Yes” since 2000-01-01. Said on 2000-01-01 by Minister: "
            "A spoke of land. [a.2000-01-01.land: Press, 2000-01-01]",
            "State A rejects “No”, “Shared” since 2000-01-01, implied by the demand for “Yes” "
            f"{RULE}. See a.2000-01-01.land above.",
        ]

    def test_an_explicit_rejection(self) -> None:
        """An explicit rejection is marked as one, and unanswered options are listed."""
        assert explained(said("A", {"no": "reject"})) == [
            "State A rejects “No” since 2000-01-01, refused in words. Said on 2000-01-01: "
            "A spoke of land. [a.2000-01-01.land: Press, 2000-01-01]",
            "State A leaves “Yes”, “Shared” without an answer.",
        ]

    def test_explicit_and_implied(self) -> None:
        """A rejection that a later demand implies as well rests on both statements."""
        lines = explained(said("A", {"no": "reject"}), said("A", {"yes": "demand"}, "2000-02-01"))
        (line,) = (line for line in lines if "“No”" in line)
        assert line.startswith(
            "State A rejects “No” since 2000-01-01, refused in words, and implied by the demand "
            f"for “Yes” {RULE}. Said on 2000-01-01: "
        )
        assert line.endswith("See a.2000-02-01.land above.")

    def test_a_demand_for_a_range(self) -> None:
        """A demand for a range lists its options, or the bounds of its numbers."""
        (line,) = explained(said("A", {"some..": "demand"}, topic="rank"), topic="rank")[1:]
        assert "implied by the demand for “Some” or “Most” or “All” (" in line
        (line,) = explained(said("A", {"..85": "demand"}, topic="army.size"), topic="army.size")[1:]
        assert "rejects more than 85 soldiers, “No_cap” since" in line
        assert "implied by the demand for at most 85 soldiers (" in line

    def test_conditions(self) -> None:
        """A conditional acceptance lists all its conditions."""
        groups = (
            only_if(settled("rank", "all"), Condition(text="peace")),
            only_if(Condition(text="aid")),
        )
        (line, _) = explained(said("A", {"yes": "conditional"}, conditions=groups))
        assert line.startswith(
            "State A accepts “Yes” since 2000-01-01, if (Rank: “All”; peace), or if (aid). Said "
        )

    def test_disputed(self) -> None:
        """Statements of one day that contradict one another are both quoted."""
        line, *_ = explained(said("A", {"yes": "accept"}), said("A", {"yes": "reject"}, id="other"))
        assert (
            "Its statements of that day contradict one another; the lower attitude counts." in line
        )
        assert times_told(line, "other") == times_told(line, "a.2000-01-01.land") == 1

    def test_claimed(self) -> None:
        """What others claim is marked as their claim."""
        claim = said("A", {"yes": "accept"}, attribution="claimed", claimed_by="B")
        line, *_ = explained(claim, attributions=("self", "claimed"))
        assert "Claimed by State B; the party's own statements leave this open." in line
        assert "Claimed by State B on 2000-01-01: A spoke of land." in line

    @pytest.mark.parametrize(
        ("attribution", "text"),
        [("reported", "Reported by the press"), ("leaked", "Told by unnamed sources")],
    )
    def test_attributions(self, attribution: str, text: str) -> None:
        """A statement begins with how it came to be known."""
        line, *_ = explained(said("A", {"yes": "accept"}, attribution=attribution))
        assert f"{text} on 2000-01-01: A spoke of land." in line

    def test_inherited(self) -> None:
        """Statements of an earlier government are marked as such."""
        snapshot = dataset(
            said("A", {"yes": "accept"}),
            parties=[party("A", mandates=(Mandate(from_="2000-03-01", name="Second"),))],
        ).at(ON)
        assert "All of this was said under an earlier government." in snapshot["A", "land"].why()

    def test_supposed(self) -> None:
        """Suppositions are marked as such, in whole or in part."""
        ds = dataset(said("A", {"no": "reject"})).suppose("A", "land", {"yes": "demand"}, on=ON)
        text = ds.at(ON)["A", "land"].why()
        supposed = "Supposed on 2000-12-31: State A demands “Yes”. [supposed-1]"
        assert f"demands “Yes” since 2000-12-31. This is supposed, not said. {supposed}" in text
        assert f"{RULE}. Part of this is supposed, not said. Said on 2000-01-01" in text

    def test_withdrawn(self) -> None:
        """A withdrawal is followed by the statement that made it."""
        lines = explained(
            said("A", {"yes": "accept"}), said("A", {"yes": "withdrawn"}, "2000-02-01")
        )
        assert lines[0].startswith(
            "State A has taken back what it said of “Yes”, and is silent on it"
        )
        assert times_told(lines[0], "a.2000-02-01.land") == 1

    def test_lapsed(self) -> None:
        """Statements that have lapsed come after those in force."""
        lines = explained(
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
        """A party without statements in force has one line that says so, and any lapsed ones."""
        assert explained() == ["No statement of State A on the topic is in force."]
        lines = explained(said("A", {"yes": "accept"}, until="2000-03"))
        assert lines[0] == "No statement of State A on the topic is in force."
        assert lines[1].startswith("No longer in force: ")

    def test_joint_and_undated(self) -> None:
        """A joint statement names the other parties, and every source with its date, if any."""
        joint = said("A B", {"yes": "accept"}, sources=("press", "site"))
        ds = dataset(
            joint, sources=[source(), source("site", publisher="Site", retrieved="2000-05")]
        )
        text = ds.at(ON)["B", "land"].why("yes")
        assert "Said on 2000-01-01, together with State A: " in text
        assert "[a-b.2000-01-01.land: Press, 2000-01-01; Site, undated]" in text

    def test_one_option(self) -> None:
        """With an option, only that one is explained; an unknown one is an error."""
        statements = (
            said("A", {"yes": "demand"}),
            said("A", {"no": "accept"}, until="2000-03", id="old"),
        )
        position = dataset(*statements).at(ON)["A", "land"]
        assert "Shared" in position.why("shared")
        assert "old" not in position.why("shared")
        assert "old" in position.why("no")
        assert len(position.why("yes").splitlines()) == 2
        with pytest.raises(pos.UnknownNameError, match="did you mean 'yes'"):
            position.why("yse")


class TestRows:
    """Rows explain all positions that they contain."""

    def test_a_deadlock(self) -> None:
        """A deadlock names who blocks what, and how; a joint statement is quoted once."""
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
        """Each relation comes with its reason."""
        statements = [said("A", mine)] + ([said("B", theirs)] if theirs else [])
        (row,) = pos.compare(dataset(*statements).at(ON), ["A", "B"])
        assert row.why() == row.overlap.why()
        assert row.why().splitlines()[1].startswith(reason)

    def test_conditional(self) -> None:
        """The reason of a conditional relation states whether its conditions are met."""
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
        """A move explains both positions, and quotes each statement once."""
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
        """A move without a new statement says that only time has passed."""
        ds = dataset(said("A", {"yes": "accept"}, until="2000-03"))
        (row,) = pos.diff(ds.at("2000-03"), ds.at("2000-04"))
        assert (
            row.why().splitlines()[0].endswith("Earlier statements lapsed; nothing new was said.")
        )

"""Overlaps and deadlocks, worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import positions as pos
from makers import TOPICS, clause, dataset, only_if, party, plan, said, settled, source, topic
from positions.errors import InvalidInputError, UnknownNameError
from positions.records.models import Condition, Statement
from positions.relations.topic_overlap import Blocker, Overlap, Unanswered
from positions.snapshots.dataset import Dataset

LAST = "2000-12-31"


def row(
    *statements: Statement, parties: str = "A B", topic: str = "land", **records: Any
) -> Overlap:
    """The overlap of parties on one topic after some statements."""
    snapshot = dataset(*statements, **records).at(LAST)
    return next(row for row in pos.overlap(snapshot, parties.split()) if row.topic == topic)


class TestRelation:
    """The relation of parties on a topic."""

    @pytest.mark.parametrize(
        ("a", "b", "relation"),
        [
            ({"yes": "demand"}, {}, "one_sided"),
            ({"yes": "demand"}, {"yes": "accept", "no": "demand"}, "agreed"),
            ({"yes": "demand", "no": "accept"}, {"no": "accept"}, "agreed"),
            ({"yes": "demand"}, {"no": "demand"}, "deadlock"),
            ({"yes": "accept"}, {"no": "accept"}, "open"),
            ({"yes": "reject"}, {"no": "reject"}, "open"),
            ({"yes": "reject", "no": "reject"}, {"shared": "reject"}, "deadlock"),
            ({"yes": "demand"}, {"no": "accept"}, "open"),
        ],
    )
    def test_of_two(self, a: dict[str, str], b: dict[str, str], relation: str) -> None:
        """One agreed option makes a topic agreed; a deadlock needs every option blocked."""
        spoken = [said(who, says) for who, says in (("A", a), ("B", b)) if says]
        assert row(*spoken).relation == relation

    def test_silent_topics_are_left_out(self) -> None:
        """A topic on which none of the parties has spoken has no row."""
        snapshot = dataset(said("C", {"yes": "demand"})).at(LAST)
        assert len(pos.overlap(snapshot, ["A", "B"])) == 0
        assert len(pos.overlap(snapshot, ["A", "C"])) == 1

    def test_conditional_precedes_deadlock(self) -> None:
        """An option that all affirm, one of them conditionally, makes the topic conditional."""
        conditions = (only_if(settled("rank", "some")),)
        found = row(
            said("A", {"yes": "demand"}),
            said("B", {"yes": "conditional", "no": "reject"}, conditions=conditions),
        )
        assert found.relation == "conditional"
        assert (found.conditional, found.blocked) == (("yes",), ("no", "shared"))

    def test_apart(self) -> None:
        """An open topic is apart if two affirm options, but none in common; both are shown."""
        found = row(said("A", {"yes": "accept"}), said("B", {"no": "accept"}))
        assert (found.relation, found.apart) == ("open", True)
        snapshot = dataset(said("A", {"yes": "accept"}), said("B", {"no": "accept"})).at(LAST)
        cells = pos.overlap(snapshot, ["A", "B"]).table().rows[0]
        assert cells[1:3] == ("open, apart", dt.date(2000, 1, 1))
        assert str(cells[3]) == "State A accepts “Yes” [1]; State B accepts “No” [1]"

    def test_open_is_not_apart_where_one_only_refuses(self) -> None:
        """A party that only rejects options does not make a topic apart."""
        found = row(said("A", {"yes": "accept"}), said("B", {"no": "reject"}))
        assert (found.relation, found.apart, found.open) == ("open", False, ("yes", "shared"))

    def test_one_pair_apart_among_three(self) -> None:
        """Among several parties, two without a common option make a topic apart."""
        spoken = said("A", {"yes": "accept", "no": "accept"}), said("B", {"no": "accept"})
        found = row(*spoken, said("C", {"yes": "accept"}), parties="A B C")
        assert (found.relation, found.apart) == ("open", True)

    def test_among(self) -> None:
        """If some parties are silent, `among` is the relation of those who have spoken."""
        spoken = said("A B", {"yes": "accept"})
        found = row(spoken, parties="A B C")
        assert (found.relation, found.among, found.silent) == ("open", "agreed", ("C",))
        snapshot = dataset(spoken).at(LAST)
        text = pos.overlap(snapshot, ["A", "B", "C"]).table().rows[0][1]
        assert text == "open (among those who spoke: agreed); silent: C"

    def test_among_needs_two(self) -> None:
        """`among` is None if only one party has spoken, or all have."""
        assert row(said("A", {"yes": "accept"}), parties="A B C").among is None
        assert row(said("A B", {"yes": "accept"})).among is None


class TestDeadlock:
    """Declared and implied deadlocks, and who blocks which option."""

    def test_declared(self) -> None:
        """A deadlock is declared if every affirmed option is rejected in words by another."""
        found = row(
            said("A", {"yes": "demand", "no": "reject"}),
            said("B", {"no": "demand", "yes": "reject"}),
        )
        assert (found.relation, found.declared) == ("deadlock", True)

    @pytest.mark.parametrize("more", [{}, {"no": "reject"}])
    def test_implied(self, more: dict[str, str]) -> None:
        """It is implied if some affirmed option is excluded only by a demand for another."""
        found = row(said("A", {"yes": "demand", **more}), said("B", {"no": "demand"}))
        assert (found.relation, found.declared) == ("deadlock", False)

    def test_declared_is_defined_for_deadlocks_only(self) -> None:
        """For every other relation `declared` is None."""
        assert row(said("A", {"yes": "demand"}), said("B", {"yes": "demand"})).declared is None

    def test_blockers(self) -> None:
        """Each blocked option has the parties that reject it, their statements, and how."""
        found = row(said("A", {"yes": "demand"}), said("B", {"yes": "reject", "no": "demand"}))
        a, b = "a.2000-01-01.land", "b.2000-01-01.land"
        assert found.blockers == (
            Blocker("no", "A", a, True, (a,)),
            Blocker("shared", "A", a, True, (a,)),
            Blocker("yes", "B", b, False, (b,)),
            Blocker("shared", "B", b, True, (b,)),
        )

    def test_statement_of_a_blocker(self) -> None:
        """A rejection in words comes before one by implication; all statements are listed."""
        found = row(
            said("A", {"yes": "reject"}, "2000-01-01"),
            said("A", {"no": "demand"}, "2000-02-01"),
            said("B", {"yes": "demand"}),
        )
        blocker = next(b for b in found.blockers if (b.party, b.option) == ("A", "yes"))
        assert (blocker.statement, blocker.implied) == ("a.2000-01-01.land", False)
        assert blocker.statements == ("a.2000-01-01.land", "a.2000-02-01.land")

    def test_rows_are_those_of_overlap(self) -> None:
        """The rows of `deadlocks` are those of `overlap` that are deadlocks."""
        ds = dataset(
            said("A", {"yes": "demand"}),
            said("B", {"no": "demand"}),
            said("A B", {"most": "accept"}, topic="rank"),
        )
        found = pos.deadlocks(ds.at(LAST), ["A", "B"])
        assert [row.topic for row in found] == ["land"]
        assert found[0] == pos.overlap(ds.at(LAST), ["A", "B"])[0]
        assert found.table().rows[0][1] == "deadlock, implied"


class TestDates:
    """Since when a relation holds, and the age of an agreement."""

    def test_since(self) -> None:
        """A relation is as old as its unbroken run, regardless of repetitions."""
        ds = dataset(
            said("A", {"yes": "demand"}, "2000-01-01"),
            said("B", {"no": "demand"}, "2000-02-01"),
            said("B", {"no": "demand"}, "2000-03-01"),
        )
        assert pos.overlap(ds.at("2000-06"), ["A", "B"])[0].since == dt.date(2000, 2, 1)

    def test_since_after_a_lapse(self) -> None:
        """A lapse begins a new run on the day after the last day of the statement."""
        ds = dataset(said("A", {"yes": "demand"}), said("B", {"no": "demand"}, until="2000-02-29"))
        assert pos.overlap(ds.at("2000-06"), ["A", "B"])[0].since == dt.date(2000, 3, 1)

    def test_agreement_is_as_old_as_the_older_affirmation(self) -> None:
        """The day of an agreement is that of the older affirmation of its most recent option."""
        found = row(
            said("A", {"yes": "accept"}, "2000-01-01"),
            said("B", {"yes": "accept"}, "2000-02-01"),
            said("A B", {"no": "accept"}, "1999-01-01"),
        )
        assert found.said == dt.date(2000, 1, 1)


def judged(*conditions: Condition, others: tuple[Statement, ...] = (), **records: Any) -> Overlap:
    """The overlap on land where B accepts yes only on conditions."""
    mine = said("B", {"yes": "conditional"}, conditions=(only_if(*conditions),))
    return row(said("A", {"yes": "demand"}), mine, *others, **records)


AGREED = said("A B", {"some": "accept"}, topic="rank")
REFUSED = said("A", {"some": "reject"}, topic="rank")
ON_RANK = settled("rank", "some")


class TestConditions:
    """Conditions are judged among the parties asked about, their holder included."""

    @pytest.mark.parametrize(
        ("others", "verdict"),
        [
            ((AGREED,), "met"),
            ((REFUSED,), "unmet"),
            ((), "unknown"),
            ((said("A", {"some": "demand"}, topic="rank"),), "unknown"),
            ((said("B", {"all": "demand"}, topic="rank"),), "unmet"),
        ],
    )
    def test_on_a_topic(self, others: tuple[Statement, ...], verdict: str) -> None:
        """Met if its option is agreed, unmet if blocked, even by its holder; else unknown."""
        assert judged(ON_RANK, others=others).conditions == verdict

    def test_any_option_of_a_condition_is_enough(self) -> None:
        """A condition is unmet only if all its options are blocked."""
        either = settled("rank", "some", "most")
        assert judged(either, others=(REFUSED,)).conditions == "unknown"
        blocked = said("A", {"some..most": "reject"}, topic="rank")
        assert judged(either, others=(blocked,)).conditions == "unmet"

    def test_in_words(self) -> None:
        """A condition in free text is unknown, and always shown."""
        snapshot = dataset(
            said("A", {"yes": "demand"}),
            said("B", {"yes": "conditional"}, conditions=(only_if(Condition(text="in peace")),)),
        ).at(LAST)
        (found,) = pos.overlap(snapshot, ["A", "B"])
        assert found.conditions == "unknown"
        shown = pos.overlap(snapshot, ["A", "B"]).table().rows[0]
        assert shown[1] == "conditional, unknown"
        assert "(State B: if (in peace) [1])" in str(shown[3])

    def test_a_group_is_as_good_as_its_worst(self) -> None:
        """All conditions of a group must hold."""
        refused = said("A", {"here": "reject"}, topic="talks.place")
        found = judged(ON_RANK, settled("talks.place", "here"), others=(AGREED, refused))
        assert found.conditions == "unmet"

    def test_an_option_is_as_good_as_its_best_group(self) -> None:
        """One alternative that holds is enough."""
        groups = (only_if(Condition(text="in peace")), only_if(ON_RANK))
        mine = said("B", {"yes": "conditional"}, conditions=groups)
        assert row(said("A", {"yes": "demand"}), mine, AGREED).conditions == "met"

    def test_a_topic_is_as_good_as_its_best_option(self) -> None:
        """The best verdict of several conditional options counts."""
        groups = (only_if(settled("talks.place", "here")), only_if(ON_RANK, options=["no"]))
        mine = said("B", {"yes": "conditional", "no": "conditional"}, conditions=groups)
        asked = said("A", {"yes": "accept", "no": "accept"})
        refused = said("A", {"here": "reject"}, topic="talks.place")
        assert row(asked, mine, AGREED, refused).conditions == "met"

    def test_the_conditions_of_all_parties_count(self) -> None:
        """If two parties accept an option conditionally, the worse verdict counts."""
        free = said("A", {"yes": "conditional"}, conditions=(only_if(ON_RANK),))
        bound = said("B", {"yes": "conditional"}, conditions=(only_if(Condition(text="later")),))
        assert row(free, bound, AGREED).conditions == "unknown"

    def test_joined_conditions(self) -> None:
        """Acceptances of one day with different conditions need all of them."""
        one = said("B", {"yes": "conditional"}, conditions=(only_if(ON_RANK),))
        two = said(
            "B", {"yes": "conditional"}, conditions=(only_if(Condition(text="x")),), id="two"
        )
        found = row(said("A", {"yes": "demand"}), one, two, AGREED)
        assert found.conditions == "unknown"
        assert found.positions[1].cell("yes").conditions == ((ON_RANK, Condition(text="x")),)

    def test_refused(self) -> None:
        """A topic whose conditions the others refuse is marked as refused."""
        found = judged(ON_RANK, others=(REFUSED,))
        assert (found.relation, found.refused) == ("conditional", True)
        conditions = (only_if(ON_RANK),)
        snapshot = dataset(
            said("A", {"yes": "demand"}), said("B", {"yes": "conditional"}, conditions=conditions)
        ).add(REFUSED)
        text = pos.overlap(snapshot.at(LAST), ["A", "B"], topics="land").table().rows[0][1]
        assert text == "conditional, refused"

    def test_circles(self) -> None:
        """Circular conditions are not an error; their verdict is unknown."""
        one = said("A", {"yes": "conditional"}, conditions=(only_if(ON_RANK),))
        back = only_if(settled("land", "yes"), options=["some"])
        two = said("A", {"some": "conditional"}, topic="rank", conditions=(back,))
        others = said("B", {"yes": "accept"}), said("B", {"some": "accept"}, topic="rank")
        assert row(one, two, *others).conditions == "unknown"

    @pytest.mark.parametrize(
        ("others", "verdict"),
        [
            ((AGREED,), "met"),
            ((REFUSED,), "unmet"),
            ((), "unknown"),
        ],
    )
    def test_on_a_proposal(self, others: tuple[Statement, ...], verdict: str) -> None:
        """Met if all its other clauses are agreed, unmet if one is blocked; else unknown."""
        proposal = plan("p1", clause("land", "yes"), clause("rank", "some"))
        found = judged(Condition(proposal="p1"), others=others, proposals=[proposal])
        assert found.conditions == verdict

    def test_own_clause_of_a_proposal(self) -> None:
        """The clause on the topic itself is not judged; without others the condition is met."""
        proposal = plan("p1", clause("land", "yes"))
        found = judged(Condition(proposal="p1"), proposals=[proposal])
        assert found.conditions == "met"

    @pytest.mark.parametrize(("variants", "verdict"), [("AB", "met"), ("A", "unmet")])
    def test_open_clause_of_a_proposal(self, variants: str, verdict: str) -> None:
        """Of a clause that is still open, the best variant counts."""
        options = {"A": "some", "B": "most"}
        terms = [clause("rank", options[by], by=by) for by in variants]
        agreed = said("A B", {"most": "accept", "some": "reject"}, topic="rank")
        found = judged(Condition(proposal="p1"), others=(agreed,), proposals=[plan("p1", *terms)])
        assert found.conditions == verdict

    def test_of_third_parties(self) -> None:
        """The refusals of parties that are not asked about do not count."""
        others = (AGREED, said("C", {"some": "reject"}, topic="rank"))
        assert judged(ON_RANK, others=others).conditions == "met"
        third = said("C", {"yes": "accept"})
        assert judged(ON_RANK, others=(*others, third), parties="A B C").conditions == "unmet"


def gap(a: dict[str, str], b: dict[str, str], on: str, **records: Any) -> tuple[object, object]:
    """The gap and the firm gap of two parties."""
    found = row(said("A", a, topic=on), said("B", b, topic=on), topic=on, **records)
    return found.gap, found.firm_gap


class TestGap:
    """The distance between what parties affirm."""

    @pytest.mark.parametrize(
        ("a", "b", "expected"),
        [
            ("none", "all", 1),
            ("none", "most", 2 / 3),
            ("none..some", "most..", 1 / 3),
            ("none..most", "some..", 0),
        ],
    )
    def test_ordinal(self, a: str, b: str, expected: float) -> None:
        """Ordinal options are equally spaced from 0 to 1; a common option has a gap of 0."""
        found = gap({a: "accept"}, {b: "accept"}, "rank")
        assert found == (pytest.approx(expected), pytest.approx(expected))

    def test_ordinal_with_coordinates(self) -> None:
        """Coordinates in the data determine the distance."""
        options = [
            o.model_copy(update={"at": at})
            for o, at in zip(TOPICS[1].options, (0, 1, 5, 6), strict=True)
        ]
        placed = topic("rank", kind="ordinal").model_copy(update={"options": tuple(options)})
        assert gap({"some": "accept"}, {"most": "accept"}, "rank", topics=[placed]) == (4, 4)

    @pytest.mark.parametrize(
        ("a", "b", "expected"),
        [
            ("..85", "100..", 15),
            ("85", "100", 15),
            ("20..50", "30..60", 0),
            ("..85", "85..", 0),
            ("..<85", "85..", None),
            ("..85.5", "100", 14.5),
            ("no_cap", "100", None),
            ("no_cap", "no_cap", 0),
        ],
    )
    def test_quantity(self, a: str, b: str, expected: float | None) -> None:
        """Numbers have a distance in the unit; a named option has none to a number."""
        assert gap({a: "demand"}, {b: "demand"}, "army.size") == (expected, expected)

    def test_reasons(self) -> None:
        """A gap that is not defined is None with a reason, never 0."""
        mixed = row(
            said("A", {"no_cap": "demand"}, topic="army.size"),
            said("B", {"100": "demand"}, topic="army.size"),
            topic="army.size",
        )
        assert mixed.gap_reason == "a named option has no distance to a number"
        refusing = row(said("A", {"yes": "demand"}), said("B", {"yes": "reject"}))
        assert (refusing.gap, refusing.gap_pairs) == (None, 0)
        assert refusing.gap_reason == "one of them affirms nothing"

    def test_nominal(self) -> None:
        """Nominal options are 1 apart."""
        assert gap({"yes": "demand"}, {"no": "demand"}, "land") == (1, 1)

    def test_firm(self) -> None:
        """The firm gap leaves out what is accepted only conditionally."""
        conditions = (only_if(ON_RANK, options=["..100"]),)
        found = row(
            said("A", {"100": "demand"}, topic="army.size"),
            said(
                "B",
                {"..80": "accept", "..100": "conditional"},
                topic="army.size",
                conditions=conditions,
            ),
            topic="army.size",
        )
        assert (found.gap, found.firm_gap) == (0, 20)

    def test_of_three(self) -> None:
        """For more parties the largest gap counts, with the number of pairs that have one."""
        spoken = [
            said("A", {"10": "accept"}, topic="army.size"),
            said("B", {"30": "accept"}, topic="army.size"),
            said("C", {"no_cap": "accept"}, topic="army.size"),
        ]
        found = row(*spoken, parties="A B C", topic="army.size")
        assert (found.gap, found.gap_pairs) == (20, 1)


class TestQuantities:
    """Numbers are shown as intervals, regardless of the columns computed with."""

    def test_intervals(self) -> None:
        """Neighbouring numbers with the same attitudes are one interval."""
        found = row(
            said("A", {"..85": "demand"}, topic="army.size"),
            said("B", {"100..200": "accept", "..50": "accept"}, topic="army.size"),
            topic="army.size",
        )
        assert found.agreed == ("..50",)
        assert found.open == ("50<..85",)
        assert found.blocked == ("85<..", "no_cap")
        assert found.unanswered == (
            Unanswered("50<..<100", "B"),
            Unanswered("200<..", "B"),
            Unanswered("no_cap", "B"),
        )

    def test_numbers_of_others(self) -> None:
        """Numbers named by a third party do not divide the intervals of the two asked about."""
        spoken = (
            said("A", {"..85": "demand"}, topic="army.size"),
            said("B", {"100..200": "accept"}, topic="army.size"),
        )
        third = said("C", {"7": "demand", "150": "accept"}, topic="army.size")
        assert row(*spoken, topic="army.size") == row(*spoken, third, topic="army.size")

    def test_units(self) -> None:
        """Tables show the gap in its unit, and intervals in words."""
        ds = dataset(
            said("A", {"..85000": "demand"}, topic="army.size"),
            said("B", {"100000": "demand"}, topic="army.size"),
        )
        cells = pos.overlap(ds.at(LAST), ["A", "B"]).table().rows[0]
        assert cells[4] == "15,000 soldiers"
        assert "at most 85,000 soldiers [1]" in str(cells[3])


class TestAsking:
    """Arguments of `overlap`, `deadlocks` and `compare`, and their errors."""

    @pytest.fixture
    def ds(self) -> Dataset:
        """Two parties on two topics of two areas."""
        return dataset(
            said("A B", {"yes": "accept"}),
            said("A B", {"here": "accept"}, topic="talks.place"),
        )

    @pytest.mark.parametrize(
        ("topics", "found"),
        [
            (None, ["land", "talks.place"]),
            ("talks", ["talks.place"]),
            ("talks.place", ["talks.place"]),
            (["talks", "land"], ["land", "talks.place"]),
            ([], []),
        ],
    )
    def test_topics(self, ds: Dataset, topics: Any, found: list[str]) -> None:
        """Topics are chosen by id or area, one or several, and are in the order of the file."""
        for ask in (pos.overlap, pos.compare):
            assert [row.topic for row in ask(ds.at(LAST), ["A", "B"], topics)] == found
        assert len(pos.deadlocks(ds.at(LAST), ["A", "B"], topics)) == 0

    def test_unknown_names(self, ds: Dataset) -> None:
        """An unknown party or topic is an error that suggests the nearest name."""
        with pytest.raises(UnknownNameError, match="no party 'X'; there are 3: A, B, C"):
            pos.overlap(ds.at(LAST), ["A", "X"])
        with pytest.raises(UnknownNameError, match="no topic or area 'lend'; did you mean 'land'"):
            pos.overlap(ds.at(LAST), ["A", "B"], "lend")

    @pytest.mark.parametrize(
        ("parties", "message"),
        [
            ("A", r"wanted at least 2 parties, got \['A'\]"),
            (7, "wanted the ids of parties, got 7"),
            (["A"], "wanted at least 2 parties, got"),
            (["A", "A"], "wanted different parties, got"),
        ],
    )
    def test_parties(self, ds: Dataset, parties: Any, message: str) -> None:
        """Fewer than two different parties are an error; one text is one party."""
        for ask in (pos.overlap, pos.deadlocks, pos.compare):
            with pytest.raises(InvalidInputError, match=message):
                ask(ds.at(LAST), parties)

    def test_nothing_found(self) -> None:
        """An empty result is not an error."""
        found = pos.overlap(dataset().at(LAST), ["A", "B"])
        assert (len(found), found.to_records()) == (0, [])
        assert "no rows" in str(found)


def test_compare() -> None:
    """Positions are side by side, with the relation and the gap of the overlap."""
    ds = dataset(
        said("A", {"yes": "demand"}, "1999-01-01"),
        said("B", {"no": "accept"}),
        parties=[party(name) for name in "AB"],
    )
    found = pos.compare(ds.at(LAST), ["B", "A"])
    assert str(found) == SEEN_COMPARE.strip("\n")
    (line,) = found
    assert line.overlap == pos.overlap(ds.at(LAST), ["B", "A"])[0]
    assert list(found.to_records()[0]["positions"]) == ["B", "A"]


SEEN_COMPARE = """
State B, State A on 2000-12-31: 1 topic

topic        State B           State A              relation     gap
-----------  ----------------  -------------------  -----------  ---
Land (land)  accepts “No” [1]  demands “Yes” (said  open, apart  1
                               1999-01-01) [1]

[1] Press: On press (2000-01-01)

“said …”: the latest statement is more than a year older than the date asked.
"""


class TestRefusals:
    """How a table shows who blocks what."""

    def test_a_demand_beside_an_acceptance(self) -> None:
        """A party that accepts another option is not shown to demand only one."""
        statements = (said("A", {"yes": "demand", "shared": "accept"}), said("B", {"no": "demand"}))
        text = pos.overlap(dataset(*statements).at(LAST), ["A", "B"]).table().to("markdown")
        assert "State A demands “Yes” and accepts “Shared”" in text
        assert "State B demands only “No”" in text

    def test_every_phrase_has_its_source(self) -> None:
        """A demand shown with an acceptance has the sources of both."""
        ds = dataset(
            said("A", {"yes": "demand"}),
            said("A", {"shared": "accept"}, "2000-02-01", sources=("letter",)),
            said("B", {"no": "demand"}, sources=("speech",)),
            sources=[source(), source("letter"), source("speech")],
        )
        text = pos.overlap(ds.at(LAST), ["A", "B"]).table().to("markdown")
        assert "State A demands “Yes” and accepts “Shared” \\[1]\\[2]" in text
        assert "State B demands only “No” \\[3]" in text


class TestCaveats:
    """Caveats of a table on old, leaked or inherited statements."""

    def test_old_statements_are_dated(self) -> None:
        """An agreement on statements of more than a year ago shows their days."""
        snapshot = dataset(
            said("A", {"yes": "demand"}), said("B", {"yes": "accept"}, "2001-06-01")
        ).at("2001-06-02")
        text = pos.overlap(snapshot, ["A", "B"]).table().to("markdown")
        assert "(A: said 2000-01-01)" in text
        assert "said 2001-06-01" not in text
        assert "more than a year older" in text

    def test_recent_statements_are_not_dated(self) -> None:
        """Of two refusals only the old one is dated."""
        snapshot = dataset(
            said("A", {"yes": "demand"}),
            said("B", {"yes": "reject"}),
            said("B", {"no": "reject"}, "2001-06-01"),
        ).at("2001-06-02")
        text = pos.overlap(snapshot, ["A", "B"]).table().to("markdown")
        assert "rejects “Yes” (said 2000-01-01)" in text
        assert "rejects “No” \\[1]" in text

    def test_leaked_statements_are_marked(self) -> None:
        """A position known only from leaks is marked; a statement of the party removes the mark."""
        leaked = said("A", {"yes": "demand"}, attribution="leaked")
        own = said("A", {"yes": "demand"}, "2000-02-01")
        other = said("B", {"no": "demand"})
        tables = [
            pos.compare(dataset(*statements).at(LAST), ["A", "B"]).table().to("markdown")
            for statements in ((leaked, other), (leaked, own, other))
        ]
        assert "demands “Yes” (leaked)" in tables[0]
        assert "“leaked”: known from unnamed sources alone." in tables[0]
        assert "leaked" not in tables[1]

    def test_leaked_agreement_is_explained(self) -> None:
        """A remark below an agreement known only from leaks explains the mark."""
        leaked = said("A", {"yes": "accept"}, attribution="leaked")
        snapshot = dataset(leaked, said("B", {"yes": "accept"})).at(LAST)
        table = pos.overlap(snapshot, ["A", "B"]).table()
        assert str(table.rows[0][3]) == "agreed: “Yes” (A: leaked) [1]; open: “No”, “Shared”"
        assert "“leaked”: known from unnamed sources alone." in table.remarks

    def test_names_are_no_caveats(self) -> None:
        """An option whose name looks like a caveat gets no remark."""
        options = tuple(
            pos.Option(id=id, name=name, definition="x")
            for id, name in (("yes", "said 2000-01-01"), ("no", "All (leaked)"))
        )
        statements = said("A", {"yes": "demand"}), said("B", {"no": "demand"})
        ds = dataset(*statements, topics=[topic("land", options=options)])
        remarks = pos.overlap(ds.at(LAST), ["A", "B"]).table().remarks
        assert not any("“said …”" in str(text) or "“leaked”" in str(text) for text in remarks)

    def test_inherited_statements_are_marked(self) -> None:
        """A refusal by an earlier government is marked as inherited."""
        after = party("B", mandates=({"from_": "2000-06-01", "name": "The next"},))
        snapshot = dataset(
            said("A", {"yes": "demand"}),
            said("B", {"yes": "reject"}),
            parties=[party("A"), after],
        ).at("2000-07-01")
        assert "rejects “Yes” (inherited)" in pos.overlap(snapshot, ["A", "B"]).table().to(
            "markdown"
        )
        assert not snapshot["B", "land"].silent
        assert snapshot["B", "land"].cell("yes").inherited

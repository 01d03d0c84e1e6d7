"""Plans compared with positions, with answers worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from makers import clause, dataset, only_if, party, plan, said, settled, source
from positions import results
from positions.errors import InvalidInputError, UnknownNameError
from positions.plans.evaluation import evaluate
from positions.records.models import Condition, Statement, Term
from table_readers import read_cells

LAST = "2000-12-31"
LAND = clause("land", "yes")
PART_OF_PLAN = Condition(proposal="plan")
IN_WORDS = Condition(text="the sun shines")
ON_RANK = settled("rank", "some", "most")


def evaluated(
    *statements: Statement, terms: tuple[Term, ...] = (LAND,), **more: Any
) -> results.Evaluation:
    """Evaluate a plan of these clauses for B after some statements."""
    chosen = plan("plan", *terms)
    other = plan("other", clause("land", "no"))
    snapshot = dataset(*statements, proposals=[chosen, other], **more).at(LAST)
    return evaluate(chosen, snapshot, ["B"])


def standing(*statements: Statement, terms: tuple[Term, ...] = (LAND,)) -> str:
    """The standing of B on the first clause."""
    return evaluated(*statements, terms=terms)[0].standing


def conditional(*conditions: Condition) -> Statement:
    """A statement in which B accepts yes on land under conditions."""
    return said("B", {"yes": "conditional"}, conditions=(only_if(*conditions),))


class TestClauses:
    """The standing of a party on one clause."""

    @pytest.mark.parametrize(
        ("says", "expected"),
        [
            ({"yes": "demand"}, "demands"),
            ({"yes": "accept"}, "accepts"),
            ({"yes": "reject"}, "rejects"),
            ({"no": "demand"}, "rejects_implied"),
            ({"no": "accept"}, "unanswered"),
            ({"no": "reject"}, "unanswered"),
        ],
    )
    def test_one_option(self, says: dict[str, str], expected: str) -> None:
        """The standing follows the attitude to the option; without one it is unanswered."""
        assert standing(said("B", says)) == expected

    def test_silent(self) -> None:
        """A party that has said nothing on the topic is silent, whatever others say."""
        assert standing(said("A", {"yes": "demand"})) == "silent"

    def test_withdrawn_is_silent(self) -> None:
        """A party that has withdrawn everything is silent again."""
        back = said("B", {"*": "withdrawn"}, "2000-02-01")
        assert standing(said("B", {"yes": "demand"}), back) == "silent"

    @pytest.mark.parametrize(
        ("says", "expected", "best"),
        [
            ({"yes": "accept", "no": "reject"}, "accepts", ("yes",)),
            ({"yes": "accept", "no": "accept"}, "accepts", ("yes", "no")),
            ({"yes": "accept", "no": "demand"}, "demands", ("no",)),
            ({"yes": "reject", "no": "reject"}, "rejects", ("yes", "no")),
            ({"yes": "reject"}, "unanswered", ("no",)),
        ],
    )
    def test_best_option(self, says: dict[str, str], expected: str, best: tuple[str, ...]) -> None:
        """Of several options the best for the party counts, since any satisfies the clause."""
        (row,) = evaluated(said("B", says), terms=(clause("land", "yes", "no"),))
        assert (row.standing, row.best) == (expected, best)

    @pytest.mark.parametrize(
        ("attitude", "interval", "expected"),
        [
            ("demand", "..85", "demands"),
            ("demand", "50..200", "demands"),
            ("demand", "90", "rejects_implied"),
            ("demand", "100..", "rejects"),
            ("demand", "no_cap", "rejects_implied"),
            ("accept", "85..", "accepts"),
            ("accept", "85<..", "unanswered"),
        ],
    )
    def test_numbers(self, attitude: str, interval: str, expected: str) -> None:
        """Of a range, the best number for the party counts."""
        statement = said("B", {"..85": attitude, "100..": "reject"}, topic="army.size")
        assert standing(statement, terms=(clause("army.size", interval),)) == expected

    def test_ranges_of_options(self) -> None:
        """A range on an ordinal topic stands for all options within it."""
        statement = said("B", {"most": "accept"}, topic="rank")
        assert standing(statement, terms=(clause("rank", "some.."),)) == "accepts"
        assert standing(statement, terms=(clause("rank", "..some"),)) == "unanswered"

    def test_statements(self) -> None:
        """A row rests on the statements about the options that count."""
        first, second = said("B", {"yes": "accept"}), said("B", {"no": "reject"}, "2000-02-01")
        (row,) = evaluated(first, second, terms=(clause("land", "yes", "no"),))
        assert row.statements == (first.id,)

    def test_plans_from_elsewhere(self) -> None:
        """A plan need not be in the data set, nor need its numbers be named there."""
        snapshot = dataset(said("B", {"..85": "demand"}, topic="army.size")).at(LAST)
        found = [
            evaluate(plan("new", clause("army.size", key)), snapshot, ["B"])[0].standing
            for key in ("70..80", "80..90", "86..90")
        ]
        assert found == ["demands", "demands", "rejects_implied"]


class TestConditions:
    """Conditions are judged against the plan."""

    @pytest.mark.parametrize(
        ("condition", "terms", "expected"),
        [
            (ON_RANK, (clause("rank", "some"),), "conditional_met"),
            (ON_RANK, (clause("rank", "some..most"),), "conditional_met"),
            (ON_RANK, (clause("rank", "all"),), "conditional_unmet"),
            (ON_RANK, (clause("rank", "none", "all"),), "conditional_unmet"),
            (ON_RANK, (clause("rank", "some", "all"),), "conditional_unknown"),
            (ON_RANK, (), "conditional_unknown"),
            (settled("army.size", "..85"), (clause("army.size", "..60"),), "conditional_met"),
            (settled("army.size", "..85"), (clause("army.size", "..90"),), "conditional_unknown"),
            (settled("army.size", "..85"), (clause("army.size", "90.."),), "conditional_unmet"),
            (PART_OF_PLAN, (), "conditional_met"),
            (Condition(proposal="other"), (), "conditional_unknown"),
            (IN_WORDS, (), "conditional_unknown"),
        ],
    )
    def test_verdicts(self, condition: Condition, terms: tuple[Term, ...], expected: str) -> None:
        """A condition is met or unmet as the plan settles its topic, and unknown if it does not."""
        assert standing(conditional(condition), terms=(LAND, *terms)) == expected

    def test_what_others_say_changes_nothing(self) -> None:
        """A condition that all agree on is unknown if the plan leaves its topic out."""
        agreed = said("A B", {"some": "accept"}, topic="rank")
        assert standing(conditional(ON_RANK), agreed) == "conditional_unknown"

    @pytest.mark.parametrize(
        ("variants", "expected"),
        [
            (("some", "most"), "conditional_met"),
            (("some", "all"), "conditional_unknown"),
            (("none", "all"), "conditional_unmet"),
        ],
    )
    def test_open_clauses(self, variants: tuple[str, str], expected: str) -> None:
        """An open clause meets a condition only if every variant does."""
        open_ = (clause("rank", name, by=who) for name, who in zip(variants, "AB", strict=True))
        assert standing(conditional(ON_RANK), terms=(LAND, *open_)) == expected

    def test_several_clauses_on_a_topic(self) -> None:
        """Of several clauses on a topic, one that meets the condition is enough."""
        terms = (LAND, clause("rank", "some.."), clause("rank", "..most"), clause("rank", "some"))
        assert standing(conditional(ON_RANK), terms=terms) == "conditional_met"
        refused = (*terms, clause("rank", "all"))
        assert standing(conditional(ON_RANK), terms=refused) == "conditional_unmet"

    def test_conditions_of_the_clause_itself(self) -> None:
        """A text on which the clause itself depends is met; any other is unknown."""
        terms = (clause("land", "yes", conditions=(IN_WORDS,)),)
        assert standing(conditional(IN_WORDS), terms=terms) == "conditional_met"
        other = conditional(Condition(text="the moon shines"))
        assert standing(other, terms=terms) == "conditional_unknown"

    def test_groups(self) -> None:
        """The worst condition of a group counts, and the best group of an option."""
        both = conditional(PART_OF_PLAN, IN_WORDS)
        assert standing(both) == "conditional_unknown"
        groups = (only_if(IN_WORDS), only_if(PART_OF_PLAN))
        either = said("B", {"yes": "conditional"}, conditions=groups)
        assert standing(either) == "conditional_met"

    def test_lacking(self) -> None:
        """The lacking conditions are those that the plan does not meet, by alternative."""
        groups = (only_if(PART_OF_PLAN, IN_WORDS), only_if(ON_RANK))
        statement = said("B", {"yes": "conditional"}, conditions=groups)
        (row,) = evaluated(statement)
        assert row.conditions == ((PART_OF_PLAN, IN_WORDS), (ON_RANK,))
        assert row.lacking == ((IN_WORDS,), (ON_RANK,))
        assert evaluated(conditional(PART_OF_PLAN))[0].lacking == ()


class TestVerdicts:
    """Whether a party would sign."""

    TERMS = (LAND, clause("rank", "some"), clause("talks.place", "here"))
    AFFIRMED = (
        said("B", {"yes": "demand"}),
        said("B", {"some": "accept"}, topic="rank"),
        said("B", {"here": "accept"}, topic="talks.place"),
    )

    def verdict(self, *statements: Statement) -> results.PlanVerdict:
        """The verdict of B on three clauses."""
        (found,) = evaluated(*statements, terms=self.TERMS).verdicts
        return found

    def test_signs(self) -> None:
        """A party that affirms every clause signs."""
        found = self.verdict(*self.AFFIRMED)
        assert (found.verdict, found.affirmed, found.obstacles) == ("signs", 3, ())

    def test_not_known(self) -> None:
        """A party that refuses no clause and leaves one open may sign or not."""
        found = self.verdict(*self.AFFIRMED[:2])
        assert (found.verdict, found.affirmed, found.open, found.spoken) == ("not_known", 2, 1, 2)
        assert [row.topic for row in found.missing] == ["talks.place"]

    def test_refuses(self) -> None:
        """One refused clause is enough, and all obstacles are listed by kind."""
        found = self.verdict(
            conditional(IN_WORDS), said("B", {"all": "demand"}, topic="rank"), self.AFFIRMED[2]
        )
        assert (found.verdict, found.affirmed, found.refused, found.open) == ("refuses", 1, 1, 1)
        assert [row.topic for row in found.rejections] == ["rank"]
        assert [row.topic for row in found.conditions] == ["land"]
        assert found.clauses == 3

    def test_conditions_that_the_plan_fails_are_refusals(self) -> None:
        """A party that accepts only on conditions the plan contradicts refuses it."""
        wanted = settled("talks.place", "there")
        statement = said("B", {"yes": "conditional"}, conditions=(only_if(wanted),))
        assert self.verdict(statement, *self.AFFIRMED[1:]).verdict == "refuses"

    def test_open_clauses(self) -> None:
        """For an open clause the best variant counts, and the clause counts once."""
        terms = (
            clause("land", "yes", by="A"),
            clause("rank", "some"),
            clause("land", "no", by="B"),
        )
        statements = said("B", {"no": "demand"}), said("B", {"some": "accept"}, topic="rank")
        found = evaluated(*statements, terms=terms)
        assert [(row.clause, row.by) for row in found] == [(1, "A"), (2, None), (1, "B")]
        (verdict,) = found.verdicts
        assert (verdict.verdict, verdict.clauses) == ("signs", 2)
        assert found.totals["B"]["rejects_implied"] == 1
        assert sum(found.totals["B"].values()) == 3

    def test_totals(self) -> None:
        """Totals count the rows of each party by standing."""
        found = evaluated(*self.AFFIRMED[:2], terms=self.TERMS)
        counted = {name: count for name, count in found.totals["B"].items() if count}
        assert counted == {"demands": 1, "accepts": 1, "silent": 1}


class TestParties:
    """The parties with whose positions a plan is compared."""

    def test_all_that_have_spoken(self) -> None:
        """By default, all parties that have spoken on a topic are included, in file order."""
        snapshot = dataset(
            said("C", {"no": "accept"}),
            said("A", {"yes": "accept"}),
            said("B", {"some": "accept"}, topic="rank"),
        ).at(LAST)
        assert evaluate(plan("plan", LAND), snapshot).parties == ("A", "C")

    def test_sponsors_are_judged_by_their_statements(self) -> None:
        """A sponsor that has said nothing is silent on its own plan."""
        (row,) = evaluate(plan("plan", LAND), dataset().at(LAST), ["A"])
        assert row.standing == "silent"

    def test_coalitions(self) -> None:
        """A coalition is evaluated like its members, and a note says so."""
        parties = [party("A"), party("B"), party("C", kind="coalition", members=("A", "B"))]
        snapshot = dataset(said("A B C", {"yes": "accept"}), parties=parties).at(LAST)
        note = "C speaks for itself; its members A, B are listed too."
        assert note in evaluate(plan("plan", LAND), snapshot).notes
        assert note not in evaluate(plan("plan", LAND), snapshot, ["C"]).notes

    def test_nobody(self) -> None:
        """A plan on which nobody has spoken has no rows, but a table."""
        found = evaluate(plan("plan", LAND), dataset().at(LAST))
        assert (found.rows, found.verdicts, found.totals) == ((), (), {})
        assert "no rows" in str(found)


class TestErrors:
    """Invalid arguments."""

    def test_names(self) -> None:
        """The errors for unknown plans, parties, topics and options suggest the nearest name."""
        snapshot = dataset(proposals=[plan("spring", LAND)]).at(LAST)
        with pytest.raises(UnknownNameError, match="did you mean 'spring'"):
            evaluate("sprin", snapshot)
        with pytest.raises(UnknownNameError, match="no party 'D'"):
            evaluate("spring", snapshot, ["D"])
        with pytest.raises(UnknownNameError, match="no topic 'lend'"):
            evaluate(plan("new", clause("lend", "yes")), snapshot)
        with pytest.raises(UnknownNameError, match="no option of land 'yess'"):
            evaluate(plan("new", clause("land", "yess")), snapshot, ["A"])

    def test_kinds(self) -> None:
        """Anything other than a plan or a snapshot is an error."""
        anything: Any = dataset()
        with pytest.raises(InvalidInputError, match="snapshot: wanted"):
            evaluate("spring", anything)
        with pytest.raises(InvalidInputError, match="plan: wanted"):
            evaluate(anything, dataset().at(LAST))


class TestTables:
    """How an evaluation is displayed."""

    def found(self) -> results.Evaluation:
        """Evaluate a plan with every kind of clause for three parties."""
        terms = (
            clause("land", "yes", "shared", conditions=(IN_WORDS,)),
            clause("rank", "some", by="A"),
            clause("rank", "all", by="B"),
        )
        snapshot = dataset(
            said("A", {"yes": "demand"}, "1999-01-01"),
            said("B", {"no": "demand"}),
            said(
                "B",
                {"all": "conditional", "some": "reject"},
                topic="rank",
                conditions=(only_if(settled("land", "no"), options=["all"]),),
            ),
        ).at("2000-06-01")
        return evaluate(plan("plan", *terms), snapshot, ["A", "B", "C"])

    def test_table(self) -> None:
        """There is a row for each clause or variant, a column for each party; verdicts follow."""
        assert str(self.found()) == SHOWN.strip()

    def test_sources(self) -> None:
        """A cell cites the sources of its statements, and a remark those of the plan."""
        sources = [source(name) for name in ("speech", "letter", "draft")]
        snapshot = dataset(
            said("A", {"yes": "demand"}, sources=("speech",)),
            said("B", {"no": "demand"}, sources=("letter",)),
            sources=sources,
        ).at(LAST)
        table = evaluate(plan("plan", LAND, sources=("draft",)), snapshot, ["A", "B", "C"]).table()
        assert read_cells(table)[0][1:] == ("demands [2]", "excludes [3]", "—")
        assert "Sources of the plan: [1]." in map(str, table.remarks)
        assert [note.text.split()[2] for note in table.notes] == ["draft", "speech", "letter"]

    def test_wanting(self) -> None:
        """The table lists what would have to change for each party to sign, clause by clause."""
        rows = read_cells(self.found().wanting())
        assert [(row[0], row[2]) for row in rows] == [
            ("State A", "answer"),
            ("State B", "give up its rejection (implied) [1]"),
            ("State B", "accept without (Land: “No”) [1]"),
            ("State C", "answer"),
            ("State C", "answer"),
        ]

    def test_many_parties(self) -> None:
        """Above six, parties are listed by who affirms, who refuses, and with whom it is open."""
        names = list("ABCDEFGH")
        snapshot = dataset(
            said("A B C", {"yes": "accept"}),
            said("D E F", {"yes": "reject"}),
            said("G", {"no": "accept"}),
            parties=[party(name) for name in names],
        ).at(LAST)
        table = evaluate(plan("plan", LAND), snapshot, names).table()
        assert table.headers == ("clause", "affirmed by", "refused by", "open with")
        assert read_cells(table)[0][1:] == ("A [1], B [1], C [1]", "D [1], E [1], F [1]", "G")

    def test_records(self) -> None:
        """Records contain the fields of the rows, with conditions as in files."""
        record = self.found().to_records()[0]
        assert tuple(record) == results.Evaluation.columns
        assert record["provisos"] == [{"text": "the sun shines"}]
        assert (record["party"], record["standing"], record["best"]) == ("A", "demands", ["yes"])


SHOWN = """
Plan plan (2000-01-01) compared with positions on 2000-06-01

clause                           A                              B              C
-------------------------------  -----------------------------  -------------  -
Land (land): “Yes” or “Shared”   demands (said 1999-01-01) [1]  excludes [1]   —
if (the sun shines)

Rank (rank): “Some” (variant of  —                              rejects [1]    —
A)

Rank (rank): “All” (variant of   —                              if: unmet [1]  —
B)

[1] Press: On press (2000-01-01)

State A (A, sponsor): not known. Of 2 clauses it affirms 1, refuses 0, and
leaves 1 open.
State B (B): refuses. Of 2 clauses it affirms 0, refuses 2, and leaves 0 open.
State C (C): not known. Of 2 clauses it affirms 0, refuses 0, and leaves 2 open.
Sponsors are judged by their statements like all others; tabling a plan does not
count.
“excludes”: rejects by implication, since it demands something else.
“if”: under conditions that the plan meets, contradicts (unmet), or leaves
unknown.
For an open clause, the variant that suits a party best counts for its verdict.
Sources of the plan: [1].
“said …”: the latest statement is more than a year older than the date asked.
"""

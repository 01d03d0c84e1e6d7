"""Verdicts, the nearest plans, and the lineage of a plan."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

import positions as pos
from makers import clause, dataset, only_if, plan, said
from places import HARBOUR
from positions import results
from positions.cli import main as cli
from positions.errors import InvalidInputError, UnknownNameError
from positions.records.models import Condition
from table_readers import read_cells

LAND, RANK = clause("land", "yes"), clause("rank", "some")
PLANS = (
    plan("late", LAND, date="2000-05-01", sponsors=("B",)),
    plan("early", LAND, RANK, date="2000-03"),
)
SPOKEN = (
    said("A", {"yes": "demand"}, "2000-02-01"),
    said("A", {"some": "accept"}, "2000-03-31", topic="rank"),
    said("B", {"no": "demand"}, "2000-01-01"),
    said("B", {"yes": "accept"}, "2000-05-01"),
)


@pytest.fixture
def ds() -> pos.Dataset:
    """Two plans, the later one first in the file."""
    return dataset(*SPOKEN, proposals=PLANS)


class TestVerdicts:
    """Which party would sign which plan."""

    def test_the_day_after(self, ds: pos.Dataset) -> None:
        """Each plan is judged on the day after its last possible day, in order of date."""
        rows = pos.verdicts(ds)
        assert [(row.plan, str(row.date), row.party, row.verdict) for row in rows] == [
            ("early", "2000-04-01", "A", "signs"),
            ("early", "2000-04-01", "B", "refuses"),
            ("late", "2000-05-02", "A", "signs"),
            ("late", "2000-05-02", "B", "signs"),
        ]

    def test_one_day_for_all(self, ds: pos.Dataset) -> None:
        """A given day applies to every plan."""
        rows = pos.verdicts(ds, ["late", PLANS[1]], ["B"], "2000-04")
        assert [(row.plan, row.verdict, row.refused) for row in rows] == [
            ("late", "refuses", 1),
            ("early", "refuses", 1),
        ]
        assert rows.date == dt.date(2000, 4, 30)

    def test_reading(self, ds: pos.Dataset) -> None:
        """The arguments of `Dataset.at` apply."""
        (row,) = pos.verdicts(ds, ["late"], ["A"], max_age=10)
        assert (row.verdict, row.spoken) == ("not_known", 0)

    def test_it_is_what_evaluate_finds(self, ds: pos.Dataset) -> None:
        """The rows are the verdicts of the evaluation of each plan."""
        rows = pos.verdicts(ds, ["early"], ["A", "B"]).rows
        assert rows == pos.evaluate("early", ds.at("2000-04-01"), ["A", "B"]).verdicts

    def test_the_last_of_all_days(self) -> None:
        """A plan of the last possible day is judged on that day, since there is no later one."""
        ds = dataset(proposals=[plan("end", LAND, date="9999")])
        assert pos.verdicts(ds)[0].date == dt.date.max

    def test_table(self, ds: pos.Dataset) -> None:
        """There is a row for each plan, with its sources, and a column for each party."""
        table = pos.verdicts(ds, None, ["A", "B", "C"]).table()
        assert table.headers == ("plan", "clauses", "A", "B", "C")
        assert read_cells(table) == [
            ("early [1]", 2, "signs", "refuses 1", "—"),
            ("late [1]", 1, *LATE),
        ]
        assert [note.text for note in table.notes] == [PRESS]

    def test_many_parties(self) -> None:
        """Above six, parties are listed by verdict; those that said nothing are left out."""
        names = [f"P{number}" for number in range(1, 9)]
        parties = [pos.Party(id=name, name=name, kind="state") for name in names]
        spoken = said("P1 P2", {"yes": "accept"}), said("P3", {"yes": "reject"})
        open_ = said("P4", {"no": "accept"})
        plans = [plan("plan", LAND, sponsors=("P1",))]
        ds = dataset(*spoken, open_, parties=parties, proposals=plans)
        table = pos.verdicts(ds, None, names).table()
        assert table.headers == ("plan", "clauses", "signs", "refuses", "not known")
        assert read_cells(table) == [("plan [1]", 1, "P1, P2", "P3 1", "P4 1")]

    def test_nothing_to_judge(self, ds: pos.Dataset) -> None:
        """Without plans or without parties there are no rows."""
        assert not pos.verdicts(ds, []).rows
        assert "no rows" in str(pos.verdicts(ds, None, []))

    def test_errors(self, ds: pos.Dataset) -> None:
        """Unknown names, the same plan twice, and anything other than a plan are errors."""
        with pytest.raises(UnknownNameError, match="did you mean 'late'"):
            pos.verdicts(ds, ["lat"])
        with pytest.raises(InvalidInputError, match=r"^plans: .*late"):
            pos.verdicts(ds, ["late", "late"])
        with pytest.raises(InvalidInputError, match=r"^plans: .* 7"):
            pos.verdicts(ds, [7])  # type: ignore[list-item]
        with pytest.raises(InvalidInputError, match=r"^on: .*May"):
            pos.verdicts(ds, on="May")


PRESS = "Press: On press (2000-01-01)"
"""The citation of the only source."""
LATE = ("signs", "signs", "—")
"""The verdicts of A, B and C on the later plan."""


class TestNearest:
    """Which plans are nearest to the positions of a party."""

    def test_order(self) -> None:
        """The greatest share comes first, ties are in file order, undefined shares come last."""
        talks = clause("talks.place", "here")
        plans = [
            plan("silent", talks),
            plan("half", LAND, clause("rank", "all")),
            plan("whole", LAND, talks),
            plan("whole-too", LAND, RANK),
        ]
        statements = said("A", {"yes": "demand"}), said("A", {"some": "demand"}, topic="rank")
        found = pos.nearest(dataset(*statements, proposals=plans), "A", "2000-06")
        assert [(row.plan, row.share, row.affirmed, row.spoken, row.clauses) for row in found] == [
            ("whole", 1.0, 1, 1, 2),
            ("whole-too", 1.0, 2, 2, 2),
            ("half", 0.5, 1, 2, 2),
            ("silent", None, 0, 0, 1),
        ]
        assert [row.refused for row in found] == [0, 0, 1, 0]
        assert read_cells(found.table())[2] == ("half [1]", "2000-01-01", "1 of 2 (50%)", 1, 2)
        assert found.table().rows[3][2] == "—"

    def test_conditions(self) -> None:
        """A clause accepted on conditions that the plan does not meet is not affirmed."""
        conditions = (only_if(Condition(text="peace")),)
        statement = said("A", {"yes": "conditional"}, conditions=conditions)
        (row,) = pos.nearest(dataset(statement, proposals=[plan("p", LAND)]), "A")
        assert (row.share, row.spoken) == (0.0, 1)

    def test_only_what_was_tabled(self, ds: pos.Dataset) -> None:
        """Plans of later days are left out, unless they are named."""
        assert [row.plan for row in pos.nearest(ds, "A", "2000-04-30")] == ["early"]
        assert [row.plan for row in pos.nearest(ds, "A", "2000-04-30", ["late"])] == ["late"]

    def test_the_end_of_the_evidence(self, ds: pos.Dataset) -> None:
        """The default day is the end of the evidence."""
        assert pos.nearest(ds, "A").date == dt.date(2000, 12, 31)

    def test_errors(self, ds: pos.Dataset) -> None:
        """The error for an unknown party suggests the nearest name."""
        with pytest.raises(UnknownNameError, match="no party 'D'"):
            pos.nearest(ds, "D")


class TestLineage:
    """The lineage of a plan."""

    def later(self, *terms: Any, **more: Any) -> results.LaterPlan:
        """The row of a later plan in the lineage of a plan on land, rank and the army."""
        first = plan("first", LAND, clause("rank", "some", "most"), clause("army.size", "..85"))
        plans = [first, plan("second", *terms, **{"date": "2000-02-01", **more})]
        (row,) = pos.lineage(dataset(proposals=plans), "first")
        return row

    def test_clauses(self) -> None:
        """Each topic is the same, compatible, different, dropped or added."""
        row = self.later(
            LAND, clause("rank", "some"), clause("army.size", "100"), clause("talks.place", "here")
        )
        assert (row.same, row.compatible, row.different) == (("land",), ("rank",), ("army.size",))
        assert (row.dropped, row.added) == ((), ("talks.place",))
        assert (row.nearness, row.shared, row.topics) == (2 / 3, 3, 3)

    def test_dropped(self) -> None:
        """A dropped clause lowers nearness."""
        row = self.later(LAND)
        assert (row.nearness, row.shared, row.dropped) == (1 / 3, 1, ("rank", "army.size"))

    def test_nothing_in_common(self) -> None:
        """The nearness of plans on different topics is undefined."""
        row = self.later(clause("talks.place", "here"))
        assert (row.nearness, row.shared) == (None, 0)

    def test_no_clause_kept(self) -> None:
        """A plan on the same topics that agrees on none has nearness 0."""
        assert self.later(clause("land", "no")).nearness == 0

    def test_the_closest_variant_counts(self) -> None:
        """Of the variants of an open clause, the closest to the other plan counts."""
        row = self.later(clause("land", "no", by="A"), clause("land", "yes", by="B"))
        assert (row.same, row.different) == (("land",), ())

    def test_order(self) -> None:
        """Later plans are in order of date; plans of the same day are not later."""
        dates = {"c": "2000-04", "same": "2000-01-01", "b": "2000-03-31", "before": "1999"}
        plans = [plan(name, LAND, date=date) for name, date in dates.items()]
        found = pos.lineage(dataset(proposals=[*plans, plan("first", LAND)]), "first")
        assert [row.plan for row in found] == ["b", "c"]

    def test_from_elsewhere(self) -> None:
        """A plan need not be in the data set."""
        ds = dataset(proposals=[plan("second", LAND, date="2001")])
        assert [row.nearness for row in pos.lineage(ds, plan("new", LAND))] == [1.0]

    def test_table(self) -> None:
        """The table counts the topics of each kind."""
        plans = [plan("first", LAND, RANK), plan("second", LAND, date="2000-02-01")]
        table = pos.lineage(dataset(proposals=plans), "first").table()
        assert table.title == "After Plan first (2000-01-01): 1 plan"
        assert read_cells(table) == [("second [1]", "2000-02-01", "50%", 1, 0, 0, 1, 0)]
        assert "Sources of the plan: [1]." in map(str, table.remarks)
        assert [note.text for note in table.notes] == [PRESS]

    def test_sources_of_a_plan_from_elsewhere(self) -> None:
        """Of a plan that is not in the data set, the sources that are in it are cited."""
        ds = dataset(proposals=[plan("second", LAND, date="2001")])
        strange = plan("new", LAND, sources=("archive",))
        table = pos.lineage(ds, strange).table()
        assert not any("Sources of the plan" in str(remark) for remark in table.remarks)
        assert str(table.rows[0][0]) == "second [1]"

    def test_errors(self, ds: pos.Dataset) -> None:
        """The error for an unknown plan suggests the nearest name."""
        with pytest.raises(UnknownNameError, match="did you mean 'early'"):
            pos.lineage(ds, "earl")


class TestCommands:
    """The commands about plans."""

    @pytest.mark.parametrize(
        "arguments",
        [
            ["evaluate", "mediator-draft", "DOCKERS", "HARBOUR"],
            ["evaluate", "union-demands", "--on", "2031-04-12"],
            ["verdicts", "DOCKERS", "HARBOUR"],
            ["nearest", "HARBOUR"],
            ["lineage", "union-demands"],
        ],
        ids=" ".join,
    )
    def test_other_data(self, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        """They work with any data set."""
        assert cli.main([*arguments, "--data", str(HARBOUR)]) == 0
        assert capsys.readouterr().out

    def test_the_same_as_in_python(
        self, harbour: pos.Dataset, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """They print what the library returns."""
        for arguments, found in (
            (["verdicts", "CRANES"], pos.verdicts(harbour, None, ["CRANES"])),
            (["nearest", "CRANES"], pos.nearest(harbour, "CRANES")),
            (["lineage", "union-demands"], pos.lineage(harbour, "union-demands")),
        ):
            assert cli.main([*arguments, "--data", str(HARBOUR), "--format", "json"]) == 0
            assert json.loads(capsys.readouterr().out) == found.to_records()

    def test_unknown_plan(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The error for an unknown plan suggests the nearest name, with exit status 2."""
        assert cli.main(["lineage", "union-demand", "--data", str(HARBOUR)]) == 2
        assert "did you mean 'union-demands'?" in capsys.readouterr().err

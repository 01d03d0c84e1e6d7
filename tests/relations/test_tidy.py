"""Tidy tables have one observation a row and plain values; wide ones a column for each party."""

from __future__ import annotations

import datetime as dt

import positions as pos
from makers import clause, dataset, only_if, plan, said, settled
from positions.tables.table import Table

DAY = dt.date(2000, 1, 1)
MIXED = dataset(
    said("A", {"yes": "demand"}),
    said(
        "B",
        {"yes": "conditional", "no": "reject"},
        conditions=(only_if(settled("rank", "some")),),
    ),
    said("A", {"100": "demand"}, topic="army.size"),
    said("B", {"..85": "demand"}, "2000-02-01", topic="army.size"),
    said("A", {"no": "accept"}, "2000-03-01", sources=("press", "site")),
    sources=[
        pos.Source(
            id=name, title=name, publisher="P", language="en", kind="press", published="2000-01-01"
        )
        for name in ("press", "site")
    ],
    proposals=[plan("p", clause("land", "yes"), clause("rank", "all"))],
)
SNAPSHOT = MIXED.at("2000-02-15")


def records(table: Table, *columns: str) -> list[tuple[object, ...]]:
    """The values of some columns, row by row."""
    return [tuple(record[name] for name in columns) for record in table.to_records()]


class TestTidy:
    """Tidy tables."""

    def test_compare(self) -> None:
        """A comparison has a row for each topic and party: its options by attitude, and sources."""
        tidy = pos.compare(SNAPSHOT, ["A", "B"], "land").tidy()
        assert tidy.to_records()[1] == {
            "date": "2000-02-15",
            "topic": "land",
            "party": "B",
            "relation": "conditional",
            "gap": 0,
            "demands": None,
            "accepts": None,
            "conditional": "yes",
            "rejects": "no",
            "since": "2000-01-01",
            "said": "2000-01-01",
            "flags": None,
            "statements": "b.2000-01-01.land",
            "sources": "press",
        }
        assert records(tidy, "party", "demands", "rejects")[0] == ("A", "yes", "no; shared")

    def test_overlap(self) -> None:
        """An overlap has a row for each topic, option and party, with plain values."""
        tidy = pos.overlap(SNAPSHOT, ["A", "B"], "land").tidy()
        assert records(tidy, "option", "status", "party", "attitude", "implied") == [
            ("no", "blocked", "A", "reject", True),
            ("no", "blocked", "B", "reject", False),
            ("yes", "conditional", "A", "demand", False),
            ("yes", "conditional", "B", "conditional", False),
            ("shared", "blocked", "A", "reject", True),
            ("shared", "blocked", "B", "silent", False),
        ]

    def test_diff(self) -> None:
        """Changes have both positions side by side, and the sources of the move."""
        moved = pos.diff(SNAPSHOT, MIXED.at("2000-04-01"), parties=["A"], topics="land").tidy()
        columns = ("move", "before_demands", "after_demands", "after_accepts", "sources")
        assert records(moved, *columns) == [("softened", "yes", "yes", "no", "press; site")]

    def test_timeline(self) -> None:
        """A timeline has the day of each change, and the positions before and after."""
        tidy = pos.timeline(MIXED, "A", "land").tidy()
        columns = ("date", "move", "before_demands", "after_accepts", "lapsed")
        assert records(tidy, *columns) == [
            ("2000-01-01", "new", None, None, False),
            ("2000-03-01", "softened", "yes", "no", False),
        ]

    def test_stances(self) -> None:
        """Two stances are side by side as left and right."""
        tidy = pos.diff(SNAPSHOT["A"], SNAPSHOT["B"], topics="land").tidy()
        columns = ("relation", "left", "right", "left_demands", "right_conditional")
        assert records(tidy, *columns) == [("compatible", "A", "B", "yes", "yes")]

    def test_verdicts(self) -> None:
        """Verdicts name the topics of the clauses that a party does not affirm."""
        tidy = pos.verdicts(MIXED, parties=["A", "B"], on="2000-02-15").tidy()
        columns = ("party", "verdict", "clauses", "affirmed", "missing", "conditions")
        assert records(tidy, *columns) == [
            ("A", "not_known", 2, 1, "rank", None),
            ("B", "refuses", 2, 0, "rank", "land"),
        ]


class TestWide:
    """Wide tables."""

    def test_compare(self) -> None:
        """A comparison has a column for each party, with its attitudes in ids."""
        wide = pos.compare(SNAPSHOT, ["A", "B"], "land").wide()
        assert wide.headers == ("topic", "relation", "gap", "A", "B")
        assert wide.rows[0][3:] == (
            "reject no; demand yes; reject shared",
            "reject no; conditional yes",
        )

    def test_overlap(self) -> None:
        """An overlap has a row for each option; numbers with the same attitudes are one."""
        wide = pos.overlap(SNAPSHOT, ["A", "B"], "army").wide()
        assert records(wide, "option", "status", "A", "B") == [
            ("..85", "blocked", "reject", "demand"),
            ("85<..<100", "blocked", "reject", "reject"),
            ("100", "blocked", "demand", "reject"),
            ("100<..", "blocked", "reject", "reject"),
            ("no_cap", "blocked", "reject", "reject"),
        ]

    def test_convergence(self) -> None:
        """A convergence has a row for each date and a column for each topic, with the gap."""
        wide = pos.convergence(MIXED, ["A", "B"]).wide()
        assert wide.headers[0] == "date"
        assert dict(records(wide, "date", "army.size"))["2000-02-01"] == 15

    def test_verdicts(self) -> None:
        """Verdicts have a row for each plan and a column for each party."""
        wide = pos.verdicts(MIXED, parties=["A", "C"], on="2000-02-15").wide()
        assert wide.headers == ("plan", "date", "clauses", "A", "C")
        assert wide.rows == (("p", dt.date(2000, 2, 15), 2, "not_known", "not_known"),)

    def test_evaluation(self) -> None:
        """An evaluation has a row for each clause and a column for each party."""
        wide = pos.evaluate("p", SNAPSHOT, ["A", "B"]).wide()
        assert records(wide, "clause", "topic", "options", "A", "B") == [
            (1, "land", "yes", "demands", "conditional_unmet"),
            (2, "rank", "all", "silent", "silent"),
        ]

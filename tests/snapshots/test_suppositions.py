"""Suppositions are read after real statements, are marked, and are never data."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import positions as pos
from makers import dataset, document, one_of_each, only_if, said, settled
from positions import quality
from positions.cli.show import show
from positions.files.data_package import package_files
from positions.files.json_files import to_json
from positions.snapshots.dataset import Dataset

DEAL = (said("A", {"yes": "demand"}), said("B", {"yes": "reject", "no": "accept"}))
"""A demands yes, and B rejects it: a deadlock on land."""


def stuck() -> Dataset:
    """A data set in which A and B are deadlocked on land."""
    return dataset(*DEAL)


class TestSuppose:
    """How suppositions are made, and how they change positions."""

    def test_the_end_of_the_evidence(self) -> None:
        """Without a day, a supposition counts from the end of the evidence."""
        ds = stuck().suppose("B", "land", {"yes": "accept"})
        assert str(ds.statement("supposed-1").date) == "2000-12-31"
        assert "yes" in ds.at("2000-12-30")["B", "land"].rejects
        assert ds.at("2001")["B", "land"].accepts == ("no", "yes")

    def test_a_vague_day_is_its_last(self) -> None:
        """A vague date means its last day."""
        ds = stuck().suppose("B", "land", {"yes": "accept"}, on="2000-02")
        assert ds.at("2000-02")["B", "land"].cell("yes").since == dt.date(2000, 2, 29)

    def test_after_what_was_said_that_day(self) -> None:
        """A supposition is read after the statements of its day, and they do not dispute it."""
        ds = stuck().suppose("B", "land", {"yes": "accept"}, on="2000-01-01")
        cell = ds.at("2000-01-01")["B", "land"].cell("yes")
        assert (cell.attitude, cell.disputed, cell.supposed) == ("accept", False, True)
        assert cell.statements == ("supposed-1",)

    def test_later_statements_override_it(self) -> None:
        """A real statement of a later day overrides a supposition."""
        ds = dataset(*DEAL, said("B", {"yes": "reject"}, "2000-03-01"))
        cell = (
            ds.suppose("B", "land", {"yes": "accept"}, on="2000-02-01")
            .at("2000-04-01")["B", "land"]
            .cell("yes")
        )
        assert (cell.attitude, cell.supposed) == ("reject", False)

    def test_one_after_another(self) -> None:
        """Several suppositions are read in the order in which they were made."""
        ds = stuck().suppose("B", "land", {"yes": "demand"})
        ds = ds.suppose("B", "land", {"no": "demand"})
        position = ds.at("2001")["B", "land"]
        assert (ds.supposed, position.demands) == (("supposed-1", "supposed-2"), ("no",))
        assert position.cell("yes").statements == ("supposed-2",)

    def test_it_lapses(self) -> None:
        """A supposition can lapse; an earlier rejection is then in force again."""
        ds = stuck().suppose("B", "land", {"yes": "accept"}, on="2000-02-01", until="2000-02")
        attitudes = [ds.at(day)["B", "land"].cell("yes").attitude for day in ("2000-02", "2000-03")]
        assert attitudes == ["accept", "reject"]

    def test_conditions(self) -> None:
        """A conditional attitude has conditions, as in a statement."""
        group = only_if(settled("rank", "all"))
        ds = stuck().suppose("B", "land", {"yes": "conditional"}, conditions=[group])
        again = stuck().suppose(
            "B",
            "land",
            {"yes": "conditional"},
            conditions=[{"for": ["yes"], "all": [{"topic": "rank", "options": ["all"]}]}],
        )
        assert ds == again
        assert ds.at("2001")["B", "land"].cell("yes").conditions == (group.all,)

    def test_withdrawn(self) -> None:
        """A supposed withdrawal leaves the party silent, and the cell marked as supposed."""
        cell = stuck().suppose("B", "land", {"*": "withdrawn"}).at("2001")["B", "land"].cell("yes")
        assert (cell.attitude, cell.supposed) == ("silent", True)

    def test_a_number_that_nobody_named(self) -> None:
        """A number that no record names can be supposed."""
        ds = stuck().suppose("A", "army.size", {"..70": "demand"})
        assert ds.at("2001")["A", "army.size"].demands == ("..70",)
        assert ds.statement("supposed-1").summary == "State A demands at most 70 soldiers."

    def test_its_summary(self) -> None:
        """Its summary is a sentence with the names of party and options."""
        words = {"yes": "accept", "no": "reject", "shared": "reject"}
        made = stuck().suppose("B", "land", words).statement("supposed-1")
        assert made.summary == "State B accepts “Yes” and rejects “No” or “Shared”."
        made = stuck().suppose("B", "rank", {"most..": "demand"}).statement("supposed-1")
        assert made.summary == "State B demands “Most” or “All”."

    @pytest.mark.parametrize(
        ("arguments", "error", "text"),
        [
            (("D", "land", {"yes": "accept"}), pos.UnknownNameError, "no party 'D'"),
            (("B", "lend", {"yes": "accept"}), pos.UnknownNameError, "did you mean 'land'?"),
            (("B", "land", {"yse": "accept"}), pos.UnknownNameError, "no option of land 'yse'"),
            (("B", "land", {}), pos.InvalidInputError, "a dictionary from options to attitudes"),
            (("B", "land", "yes"), pos.InvalidInputError, "a dictionary from options"),
            (("B", "land", {"yes": "likes"}), pos.InvalidInputError, "wanted one of demand"),
            (("B", "land", {"yes": "conditional"}), pos.InvalidInputError, "no conditions apply"),
            (("B", "rank", {"none..some": "accept", "some..most": "reject"}),
             pos.InvalidInputError, "overlapping keys of rank"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_supposed(self, arguments: Any, error: Any, text: str) -> None:
        """The error for a wrong name or attitude says what was wanted."""
        with pytest.raises(error, match=text.replace("?", r"\?")):
            stuck().suppose(*arguments)

    def test_unknown_conditions(self) -> None:
        """Conditions on records that are not in the data set are faults of the data set."""
        group = only_if(settled("sea", "all"))
        with pytest.raises(pos.DataError, match=r"'sea'.*topics"):
            stuck().suppose("B", "land", {"yes": "conditional"}, conditions=[group])

    def test_filters(self) -> None:
        """It is known from its day, is attributed to `self`, and passes any least confidence."""
        snapshot = stuck().suppose("B", "land", {"yes": "accept"}, on="2000-02-01")
        readings: list[tuple[Any, bool]] = [
            ({"known_by": "2000-02-01"}, True),
            ({"known_by": "2000-01-31"}, False),
            ({"confidence": "high"}, True),
            ({"attributions": "reported"}, False),
            ({"max_age": 10}, False),
        ]
        for reading, counts in readings:
            found = snapshot.at("2000-03-01", **reading)
            assert (found["B", "land"].cell("yes").attitude == "accept") == counts
        assert not snapshot.at("2000-03-01", known_by="2000-01-31").notes


class TestMarks:
    """Everything that rests on a supposition is marked."""

    def test_a_deadlock_that_would_be_open(self) -> None:
        """If B is supposed to accept, the deadlock becomes agreed, and the row is marked."""
        ds = stuck()
        more = ds.suppose("B", "land", {"yes": "accept"})
        before, after = (d.at("2000-12-31") for d in (ds, more))
        assert [row.topic for row in pos.deadlocks(before, ["A", "B"])] == ["land"]
        assert not pos.deadlocks(after, ["A", "B"]).rows
        text = pos.overlap(after, ["A", "B"]).table().to("text", 120)
        assert "agreed: “Yes” (B: supposed) [1][2]" in text
        assert "[2] supposed, not said, as of 2000-12-31: State B accepts “Yes”." in text
        assert "Supposed, not said: supposed-1." in text

    def test_every_question(self) -> None:
        """Comparisons, moves, rejections and positions are marked, and so are their records."""
        ds = stuck()
        more = ds.suppose("B", "land", {"shared": "demand"})
        before, after = (d.at("2000-12-31") for d in (ds, more))
        tables = [
            pos.compare(after, ["A", "B"]),
            pos.deadlocks(after, ["A", "B"]),
            pos.diff(before, after),
            pos.diff(after["A"], after["B"]),
            after["B"],
            after["B", "land"],
            show(after, "B"),
        ]
        for shown in tables:
            text = shown.table().to("markdown")
            assert "supposed" in text.split("\n\n")[1], text
            assert "supposed, not said" in text
        record = after["B", "land"].to_records()[2]
        assert (record["option"], record["supposed"]) == ("shared", True)

    def test_open_and_conditional_options(self) -> None:
        """Options that a party is only supposed to affirm are marked."""
        ds = dataset(
            said("A", {"yes": "conditional"}, conditions=(only_if(settled("rank", "all")),))
        )
        more = ds.suppose("B", "land", {"yes": "accept", "shared": "accept"})
        text = pos.overlap(more.at("2000-12-31"), ["A", "B"]).table().to("markdown")
        assert (
            "conditional: “Yes” (State A: if (Rank: “All”) \\[1]) (supposed: State B \\[2])" in text
        )
        assert "open: “No”, “Shared” (supposed: State B \\[2])" in text

    def test_a_supposition_can_be_shown(self) -> None:
        """Its table says that it has no source, and lists distinguish it from statements."""
        snapshot = stuck().suppose("B", "land", {"yes": "accept"}).at("2001")
        lines = dict(show(snapshot, "supposed-1").lines)
        assert (lines["sources"], lines["says yes"]) == ("none: supposed, not said", "accept: Yes")
        assert dict(show(snapshot, "statements").lines)["supposed-1"].endswith(
            "B on land (supposed)"
        )

    def test_the_data_set_says_so(self) -> None:
        """The representation of a data set counts its suppositions."""
        assert repr(stuck().suppose("B", "land", {"yes": "accept"})).endswith(
            "3 statements, 1 of them supposed>"
        )


class TestNoData:
    """A supposition is not data."""

    def test_it_cannot_be_written(self, tmp_path: Path) -> None:
        """Writing it to a file or package is an error, and nothing is written."""
        ds = stuck().suppose("B", "land", {"yes": "accept"})
        for write in (
            lambda: pos.write_json(ds, tmp_path / "file.json"),
            lambda: pos.write_datapackage(ds, tmp_path / "folder"),
            lambda: package_files(ds),
            lambda: to_json(ds),
            lambda: quality.data_info(ds),
        ):
            with pytest.raises(pos.InvalidInputError, match="supposed-1"):
                write()
        assert not list(tmp_path.iterdir())

    def test_it_cannot_be_read(self) -> None:
        """A file cannot contain it: a statement without sources is a fault."""
        value = document(stuck())
        value["statements"].append({**value["statements"][0], "id": "supposed-1", "sources": []})
        with pytest.raises(pos.DataError, match=r"statements\[2\].sources"):
            pos.parse_json(json.dumps(value))
        assert one_of_each().supposed == ()

    def test_it_cannot_be_added(self) -> None:
        """`add` accepts only statements with sources."""
        made = stuck().suppose("B", "land", {"yes": "accept"}).statement("supposed-1")
        with pytest.raises(pos.DataError, match="sources"):
            stuck().add(made)

    def test_selections_keep_the_mark(self) -> None:
        """Suppositions stay supposed in selections and additions, and ids are not reused."""
        ds = stuck().suppose("A", "land", {"no": "accept"}).suppose("B", "land", {"yes": "accept"})
        chosen = ds.select(parties=["B"])
        assert chosen.supposed == ("supposed-2",)
        more = chosen.add(said("C", {"yes": "accept"})).suppose("C", "land", {"no": "accept"})
        assert more.supposed == ("supposed-2", "supposed-3")

    def test_it_is_not_counted(self) -> None:
        """Coverage, audit and codebook ignore suppositions."""
        ds = one_of_each()
        more = ds.suppose("B", "land", {"yes": "accept"})
        assert quality.coverage(more) == quality.coverage(ds)
        assert quality.audit(more) == quality.audit(ds)
        assert quality.codebook(more) == quality.codebook(ds)

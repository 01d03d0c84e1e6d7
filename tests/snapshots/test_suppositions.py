"""What if: supposed words are read after what was said, are marked, and are never data."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from pathlib import Path
from typing import Any

import attrs
import hypothesis.strategies as st
import pytest
from hypothesis import assume, given, settings

import positions as pos
from makers import dataset, document, one_of_each, only_if, said, settled, source
from positions import quality, testing
from positions.cli.show import show
from positions.files.data_package import package_files
from positions.files.json_files import to_json
from positions.records.attitudes import Attitude
from positions.records.models import Statement
from positions.records.suppositions import Supposition
from positions.snapshots.cells import Cell
from positions.snapshots.dataset import Dataset
from positions.snapshots.snapshot import Snapshot
from readings import DAYS, READINGS

DEAL = (said("A", {"yes": "demand"}), said("B", {"yes": "reject", "no": "accept"}))
"""A demands yes, and B refuses it: a deadlock over land."""


def stuck() -> Dataset:
    """Give a data set in which A and B are stuck over land."""
    return dataset(*DEAL)


@st.composite
def supposed_words(draw: st.DrawFn, ds: Dataset, day: dt.date) -> dict[str, Any]:
    """Draw the arguments of `suppose`: words that fit, as of a day."""
    words = draw(testing.statements(ds.document))
    until = words.until if words.until is not None and words.until.latest >= day else None
    return {
        "party": words.parties[0],
        "topic": words.topic,
        "says": words.says,
        "on": day,
        "conditions": words.conditions,
        "until": until,
    }


def spoken_of(ds: Dataset, words: dict[str, Any]) -> list[Statement]:
    """List what the party has said on the topic."""
    return [s for s in ds.statements if s.topic == words["topic"] and words["party"] in s.parties]


def cells(snapshot: Snapshot) -> list[Cell]:
    """List all cells of a snapshot of which something was said."""
    pairs = [snapshot[party, topic] for party in snapshot.parties for topic in snapshot.topics]
    return [cell for position in pairs for cell in position.cells if cell.statements]


@pytest.mark.laws
class TestLaws:
    """What holds for every supposition."""

    @settings(max_examples=40)
    @given(st.data(), testing.datasets(), DAYS, DAYS, READINGS)
    def test_nothing_before_its_day(
        self, data: st.DataObject, ds: Dataset, one: dt.date, two: dt.date, reading: Any
    ) -> None:
        """It changes nothing before its day, neither the snapshot nor its notes."""
        assume(one != two)
        words = data.draw(supposed_words(ds, max(one, two)))
        whole, more = (d.at(min(one, two), **reading) for d in (ds, ds.suppose(**words)))
        assert (more, more.notes) == (whole, whole.notes)

    @settings(max_examples=60)
    @given(st.data(), testing.datasets(), DAYS, st.integers(0, 60))
    def test_it_stands(self, data: st.DataObject, ds: Dataset, day: dt.date, later: int) -> None:
        """From its day on an option has the attitude supposed, until later words change it."""
        topic = data.draw(st.sampled_from(ds.topics))
        party = data.draw(st.sampled_from(ds.parties)).id
        scale = ds.catalogue.scales[topic.id]
        key = data.draw(st.sampled_from([k for k, _ in scale.spans(range(scale.width))]))
        attitude = data.draw(st.sampled_from(["accept", "reject"]))
        after = [s.date.latest > day for s in spoken_of(ds, {"party": party, "topic": topic.id})]
        on = day if any(after) else day + dt.timedelta(days=later)
        snapshot = ds.suppose(party, topic.id, {key: attitude}, on=day).at(on)
        position = snapshot[party, topic.id]
        for column in snapshot.catalogue.scales[topic.id].columns(key):
            cell = position.cells[position.cell_numbers[column]]
            assert (cell.attitude, cell.supposed, cell.disputed) == (attitude, True, False)

    @settings(max_examples=40)
    @given(st.data(), testing.datasets(), DAYS, DAYS, READINGS)
    def test_marks(
        self, data: st.DataObject, ds: Dataset, day: dt.date, on: dt.date, reading: Any
    ) -> None:
        """A cell is marked if and only if it rests on something supposed."""
        more = ds.suppose(**data.draw(supposed_words(ds, day)))
        for cell in cells(more.at(on, **reading)):
            assert cell.supposed == (not {*cell.statements}.isdisjoint(more.supposed))
        assert not any(cell.supposed for cell in cells(ds.at(on, **reading)))

    @settings(max_examples=60)
    @given(st.data(), testing.datasets(), DAYS, DAYS, READINGS)
    def test_like_ordinary_words(
        self, data: st.DataObject, ds: Dataset, day: dt.date, on: dt.date, reading: Any
    ) -> None:
        """But for the marks, it counts like a statement with a source of the day.

        This is so where the party said nothing else on the topic on that very day.
        """
        words = data.draw(supposed_words(ds, day))
        dates = [(s.date.earliest, s.date.latest) for s in spoken_of(ds, words)]
        assume((day, day) not in dates)
        more = ds.suppose(**words)
        snapshot, twin = more.at(on, **reading), really_said(more, day).at(on, **reading)
        for party in snapshot.parties:
            for topic in snapshot.topics:
                assert unmarked(snapshot[party, topic]) == twin[party, topic]

    @settings(max_examples=20)
    @given(st.data(), testing.datasets(), DAYS)
    def test_values(self, data: st.DataObject, ds: Dataset, day: dt.date) -> None:
        """The data set is a value: equal to one made in the same way, hashable, picklable."""
        words = data.draw(supposed_words(ds, day))
        one, two = ds.suppose(**words), ds.suppose(**words)
        assert (one, hash(one)) == (two, hash(two))
        assert one != ds
        assert pickle.loads(pickle.dumps(one)) == one


def really_said(ds: Dataset, day: dt.date) -> Dataset:
    """Make an ordinary statement, with a source of the day, of what is supposed."""
    page = source("page-of-the-day", published=day)
    statements = tuple(
        Statement(**{**dict(s), "sources": (page.id,)}) if isinstance(s, Supposition) else s
        for s in ds.statements
    )
    update = {"statements": statements, "sources": (*ds.sources, page)}
    return Dataset(ds.document.model_copy(update=update))


def unmarked(position: pos.Position) -> pos.Position:
    """Give a position without the marks of what is supposed."""
    bare = tuple(attrs.evolve(cell, supposed=False) for cell in position.cells)
    return attrs.evolve(position, cells=bare)


class TestSuppose:
    """How suppositions are made, and how they add up."""

    def test_the_end_of_the_evidence(self) -> None:
        """Unless a day is given, it counts from the end of the evidence on."""
        ds = stuck().suppose("B", "land", {"yes": "accept"})
        assert str(ds.statement("supposed-1").date) == "2000-12-31"
        assert "yes" in ds.at("2000-12-30")["B", "land"].rejects
        assert ds.at("2001")["B", "land"].accepts == ("no", "yes")

    def test_a_vague_day_is_its_last(self) -> None:
        """A vague day means its last."""
        ds = stuck().suppose("B", "land", {"yes": "accept"}, on="2000-02")
        assert ds.at("2000-02")["B", "land"].cell("yes").since == dt.date(2000, 2, 29)

    def test_after_what_was_said_that_day(self) -> None:
        """It has the last word of its day: what was really said then does not dispute it."""
        ds = stuck().suppose("B", "land", {"yes": "accept"}, on="2000-01-01")
        cell = ds.at("2000-01-01")["B", "land"].cell("yes")
        assert (cell.attitude, cell.disputed, cell.supposed) == ("accept", False, True)
        assert cell.statements == ("supposed-1",)

    def test_later_words_override_it(self) -> None:
        """What is really said later overrides it."""
        ds = dataset(*DEAL, said("B", {"yes": "reject"}, "2000-03-01"))
        cell = (
            ds.suppose("B", "land", {"yes": "accept"}, on="2000-02-01")
            .at("2000-04-01")["B", "land"]
            .cell("yes")
        )
        assert (cell.attitude, cell.supposed) == ("reject", False)

    def test_one_after_another(self) -> None:
        """Several are read one after another, in the order in which they were supposed."""
        ds = stuck().suppose("B", "land", {"yes": "demand"})
        ds = ds.suppose("B", "land", {"no": "demand"})
        position = ds.at("2001")["B", "land"]
        assert (ds.supposed, position.demands) == (("supposed-1", "supposed-2"), ("no",))
        assert position.cell("yes").statements == ("supposed-2",)

    def test_it_lapses(self) -> None:
        """It can be supposed for a time; afterwards an earlier refusal stands again."""
        ds = stuck().suppose("B", "land", {"yes": "accept"}, on="2000-02-01", until="2000-02")
        attitudes = [ds.at(day)["B", "land"].cell("yes").attitude for day in ("2000-02", "2000-03")]
        assert attitudes == ["accept", "reject"]

    def test_conditions(self) -> None:
        """What is conditional comes with conditions, as in a statement."""
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
        """To suppose that a party takes its words back leaves it silent, on a supposition."""
        cell = stuck().suppose("B", "land", {"*": "withdrawn"}).at("2001")["B", "land"].cell("yes")
        assert (cell.attitude, cell.supposed) == ("silent", True)

    def test_a_number_that_nobody_named(self) -> None:
        """A number that nobody has named yet can be supposed."""
        ds = stuck().suppose("A", "army.size", {"..70": "demand"})
        assert ds.at("2001")["A", "army.size"].demands == ("..70",)
        assert ds.statement("supposed-1").summary == "State A demands at most 70 soldiers."

    def test_its_words(self) -> None:
        """It says in a sentence what is supposed, by name."""
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
            (("B", "land", {"yes": "conditional"}), pos.InvalidInputError, "no group of condit"),
            (("B", "rank", {"none..some": "accept", "some..most": "reject"}),
             pos.InvalidInputError, "keys of rank that overlap"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_supposed(self, arguments: Any, error: Any, text: str) -> None:
        """A wrong name or attitude is an error that says what was wanted."""
        with pytest.raises(error, match=text.replace("?", r"\?")):
            stuck().suppose(*arguments)

    def test_unknown_conditions(self) -> None:
        """Conditions on what is not in the data set are faults of the data set."""
        group = only_if(settled("sea", "all"))
        with pytest.raises(pos.DataError, match="'sea' is not among the topics"):
            stuck().suppose("B", "land", {"yes": "conditional"}, conditions=[group])

    def test_which_words_count(self) -> None:
        """It is known from its day, and no least confidence leaves it out; `self` it is."""
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
    """Whatever rests on a supposition says so."""

    def test_a_deadlock_that_would_be_open(self) -> None:
        """Where B gives way, the deadlock is agreed, and the row says that this is supposed."""
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
        """Comparisons, moves, refusals and positions are marked, and so are their records."""
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
        """So are options that one party is only supposed to take."""
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
        """Its sheet says that it has no source, and lists tell it from statements."""
        snapshot = stuck().suppose("B", "land", {"yes": "accept"}).at("2001")
        lines = dict(show(snapshot, "supposed-1").lines)
        assert (lines["sources"], lines["says yes"]) == ("none: supposed, not said", "accept: Yes")
        assert dict(show(snapshot, "statements").lines)["supposed-1"].endswith(
            "B on land (supposed)"
        )

    def test_the_data_set_says_so(self) -> None:
        """A data set tells how much of it is supposed."""
        assert repr(stuck().suppose("B", "land", {"yes": "accept"})).endswith(
            "3 statements, 1 of them supposed>"
        )


class TestNoData:
    """A supposition is no data."""

    def test_it_cannot_be_written(self, tmp_path: Path) -> None:
        """To write it to a file or package is refused, and nothing is written."""
        ds = stuck().suppose("B", "land", {"yes": "accept"})
        for write in (
            lambda: pos.write_json(ds, tmp_path / "file.json"),
            lambda: pos.write_datapackage(ds, tmp_path / "folder"),
            lambda: package_files(ds),
            lambda: to_json(ds),
            lambda: quality.data_info(ds),
        ):
            with pytest.raises(pos.InvalidInputError, match="nothing is supposed, got"):
                write()
        assert not list(tmp_path.iterdir())

    def test_it_cannot_be_read(self) -> None:
        """A file cannot hold it: a statement without sources is a fault."""
        value = document(stuck())
        value["statements"].append({**value["statements"][0], "id": "supposed-1", "sources": []})
        with pytest.raises(pos.DataError, match=r"statements\[2\].sources"):
            pos.parse_json(json.dumps(value))
        assert one_of_each().supposed == ()

    def test_it_cannot_be_added(self) -> None:
        """`add` takes sourced statements only."""
        made = stuck().suppose("B", "land", {"yes": "accept"}).statement("supposed-1")
        with pytest.raises(pos.DataError, match="sources"):
            stuck().add(made)

    def test_selections_keep_the_mark(self) -> None:
        """Of what is selected or added to, what was supposed stays supposed; ids are not reused."""
        ds = stuck().suppose("A", "land", {"no": "accept"}).suppose("B", "land", {"yes": "accept"})
        chosen = ds.select(parties=["B"])
        assert chosen.supposed == ("supposed-2",)
        more = chosen.add(said("C", {"yes": "accept"})).suppose("C", "land", {"no": "accept"})
        assert more.supposed == ("supposed-2", "supposed-3")

    def test_it_is_not_counted(self) -> None:
        """Coverage, rules and codebook are of what was said."""
        ds = one_of_each()
        more = ds.suppose("B", "land", {"yes": "accept"})
        assert quality.coverage(more) == quality.coverage(ds)
        assert quality.audit(more) == quality.audit(ds)
        assert quality.codebook(more) == quality.codebook(ds)


class TestBundled:
    """What if, on the bundled data."""

    def test_an_end_to_a_deadlock(self) -> None:
        """In October 2025 only one word of Kyiv lay between the two on when the fighting stops."""
        ds, parties = pos.load(), ["RUS", "UKR"]
        more = ds.suppose("UKR", "ceasefire.general", {"settlement": "accept"}, on="2025-10-01")
        before, after = (d.at("2025-10-01") for d in (ds, more))
        stuck, left = ({row.topic for row in pos.deadlocks(s, parties)} for s in (before, after))
        assert stuck - left == {"ceasefire.general"}
        assert left <= stuck
        (row,) = pos.overlap(after, parties, "ceasefire.general")
        assert (row.relation, row.agreed) == ("agreed", ("settlement",))
        (move,) = pos.diff(before, after).moved
        assert (move.party, move.move, move.statements) == ("UKR", "softened", ("supposed-1",))
        assert move.after.cell("settlement").attitude == Attitude.ACCEPT

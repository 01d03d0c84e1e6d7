"""Agreement of two parties, over the topics on which their stances can be compared."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

import positions as pos
from makers import dataset, party, said
from positions.snapshots.dataset import Dataset
from table_readers import read_cells

LAST = "2000-12-31"


def spoken(**more: Any) -> Dataset:
    """A data set in which A and B agree on one of three topics, and C speaks on one of them."""
    return dataset(
        said("A", {"yes": "demand"}),
        said("B", {"no": "demand"}),
        said("A", {"some": "demand"}, topic="rank"),
        said("B", {"some": "accept"}, topic="rank"),
        said("A", {"..85": "demand"}, topic="army.size"),
        said("B", {"100..": "demand"}, topic="army.size"),
        said("C", {"yes": "demand"}),
        **more,
    )


class TestRows:
    """What counts as agreement of two stances."""

    def test_share(self) -> None:
        """The value is the share of comparable topics on which the two do not differ."""
        row = pos.agreement(spoken().at(LAST)).pair("A", "B")
        assert (row.same, row.compatible) == ((), ("rank",))
        assert row.different == ("land", "army.size")
        assert (row.value, row.n) == (Fraction(1, 3), 3)

    def test_silence_is_missing(self) -> None:
        """A topic on which one of the two is silent does not count."""
        row = pos.agreement(spoken().at(LAST)).pair("A", "C")
        assert (row.value, row.n, row.same) == (1, 1, ("land",))

    def test_neither_agreement_nor_conflict_is_missing(self) -> None:
        """A topic on which the two neither meet nor conflict does not count."""
        ds = dataset(said("A", {"yes": "accept"}), said("B", {"no": "accept"}))
        assert pos.agreement(ds.at(LAST), ["A", "B"])[0].n == 0

    def test_nothing_to_compare(self) -> None:
        """Where nothing can be compared the value is None, never 0, and `why` says so."""
        row = pos.agreement(spoken().at("1999"), ["A", "B"])[0]
        assert row.value is None
        assert row.n == 0
        assert row.why() == "State A and State B on 1999-12-31: " + (
            "no topic on which their stances can be compared."
        )

    def test_all_different(self) -> None:
        """If the two differ on every topic compared, the value is 0."""
        row = pos.agreement(spoken().at(LAST), ["B", "A"], "land")[0]
        assert (row.value, row.n) == (0, 1)

    def test_order(self) -> None:
        """Rows are in descending order of share, then of topics; the undefined come last."""
        ds = dataset(
            said("A B", {"yes": "demand"}),
            said("A B", {"some": "demand"}, topic="rank"),
            said("C", {"yes": "demand"}),
            said("A", {"here": "demand"}, topic="talks.place"),
            said("B", {"there": "demand"}, topic="talks.place"),
            parties=[party(name) for name in "DCBA"],
        )
        rows = pos.agreement(ds.at(LAST), topics=["land", "rank"])
        assert [(row.left, row.right) for row in rows[:3]] == [("B", "A"), ("C", "B"), ("C", "A")]
        assert [row.n for row in rows] == [2, 1, 1, 0, 0, 0]
        assert pos.agreement(ds.at(LAST))[2].value == Fraction(2, 3)

    def test_topics(self) -> None:
        """Only the topics asked for are compared."""
        snapshot = spoken().at(LAST)
        assert pos.agreement(snapshot, ["A", "B"], ["rank", "army"])[0].value == Fraction(1, 2)
        assert pos.agreement(snapshot, ["A", "B"], ())[0].value is None

    def test_other_data(self, harbour: Dataset) -> None:
        """Agreement works for any data set: each row has as many differences as topics."""
        for row in pos.agreement(harbour.at(harbour.document.evidence_until)):
            assert row.n == len(row.differences())


class TestParties:
    """Which parties are compared."""

    MEMBERS = (party("A"), party("B"), party("C", kind="coalition", members=("A", "B")))

    def test_coalitions(self) -> None:
        """By default a coalition with members is left out, and a note says so."""
        found = pos.agreement(spoken(parties=self.MEMBERS).at(LAST))
        assert (found.parties, found.left_out) == (("A", "B"), ("C",))
        assert "C is left out, because its members A, B are compared themselves." in found.notes
        assert found.notes[0] in str(found.table())

    def test_coalition_asked_for(self) -> None:
        """A coalition that is asked for is compared like any party."""
        found = pos.agreement(spoken(parties=self.MEMBERS).at(LAST), ["C", "A"])
        assert (found[0].left, found[0].right, found.left_out) == ("C", "A", ())

    def test_coalition_without_members(self) -> None:
        """A coalition whose members are not in the data is compared by default."""
        parties = [party("A"), party("B"), party("C", kind="coalition")]
        assert pos.agreement(spoken(parties=parties).at(LAST)).parties == ("A", "B", "C")

    def test_pair(self) -> None:
        """A pair is found in either order; other parties and twice the same are errors."""
        found = pos.agreement(spoken().at(LAST), ["A", "B"])
        assert found.pair("A", "B") is found.pair("B", "A") is found[0]
        with pytest.raises(pos.UnknownNameError, match="'C'"):
            found.pair("A", "C")
        with pytest.raises(pos.InvalidInputError, match=r"^pair: .*'A', 'A'"):
            found.pair("A", "A")

    @pytest.mark.parametrize("parties", [["A"], ["A", "A"], "A", []])
    def test_too_few(self, parties: Any) -> None:
        """Fewer than two different parties cannot be compared."""
        with pytest.raises(pos.InvalidInputError):
            pos.agreement(spoken().at(LAST), parties)

    def test_no_snapshot(self) -> None:
        """An argument that is not a snapshot is an error that names it."""
        with pytest.raises(pos.InvalidInputError, match=r"^snapshot: "):
            pos.agreement(spoken())  # type: ignore[arg-type]


class TestShown:
    """Tables, records, and the statements behind a row."""

    def test_table(self) -> None:
        """The table lists the pairs that can be compared, and counts the others."""
        table = pos.agreement(spoken(parties=[party(n) for n in "ABCD"]).at(LAST)).table()
        assert (
            table.title == "Agreement of State A, State B, State C, State D on 2000-12-31: 3 pairs"
        )
        assert read_cells(table) == [
            ("State A", "State C", "1.00", 1, 1, 0, 0),
            ("State A", "State B", "0.33", 3, 0, 1, 2),
            ("State B", "State C", "0.00", 1, 0, 0, 1),
        ]
        assert "3 more pairs with no topic to compare." in table.remarks

    def test_matrix(self) -> None:
        """The matrix is symmetric, with numbers of topics; a remark names who is not in it."""
        parties = [party(name) for name in "ABCD"]
        matrix = pos.agreement(spoken(parties=parties).at(LAST), topics="rank").matrix()
        assert matrix.headers == ("party", "A", "B")
        assert matrix.rows == (("A", None, "1.00 (1)"), ("B", "1.00 (1)", None))
        assert "Not comparable with any other party: C, D." in matrix.remarks

    def test_undefined_in_a_matrix(self) -> None:
        """Two parties without a common topic have a dash, not 0."""
        ds = dataset(
            said("A B", {"yes": "demand"}),
            said("B C", {"some": "demand"}, topic="rank"),
        )
        matrix = pos.agreement(ds.at(LAST)).matrix()
        assert matrix.rows[0] == ("A", None, "1.00 (1)", "—")

    def test_records(self) -> None:
        """Records hold the share as a float, None where it is undefined, and the topics."""
        found = pos.agreement(spoken().at(LAST), ["A", "B"])
        record = {"left": "A", "right": "B", "value": 1 / 3, "n": 3}
        topics = {"same": [], "compatible": ["rank"], "different": ["land", "army.size"]}
        assert json.loads(json.dumps(found.to_records())) == [{**record, **topics}]
        assert pos.agreement(spoken().at("1999"), ["A", "B"]).to_records()[0]["value"] is None

    def test_why(self) -> None:
        """A row explains on which topics the two agree, and on which they differ."""
        text = pos.agreement(spoken().at(LAST), ["A", "B"])[0].why()
        assert text.splitlines() == [
            "State A and State B on 2000-12-31: the same or compatible on 1 of 3 topics.",
            "Compatible on 1: Rank (rank).",
            "Different on 2: Land (land); Army (army.size).",
        ]

    def test_differences(self) -> None:
        """A row gives the positions of both on its topics, with their statements."""
        row = pos.agreement(spoken().at(LAST), ["A", "B"], ["rank", "land"])[0]
        found = row.differences()
        assert [(r.topic, r.relation) for r in found] == [
            ("land", "different"),
            ("rank", "compatible"),
        ]
        assert found[0].statements == ("a.2000-01-01.land", "b.2000-01-01.land")

"""Charts of results: what they show, without drawing them."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

import positions as pos
from drawn import day, words
from makers import clause, dataset, one_of_each, only_if, party, plan, said, settled, topic
from positions import results
from positions.plots.charts import Chart, Curves, Grid, Lanes, NumberLine, Span, Tone
from positions.plots.plotted import Plotted
from positions.records.models import Event

MOVING = dataset(
    said("A", {"yes": "demand"}),
    said("B", {"no": "demand"}, "2000-02-01"),
    said("B", {"yes": "accept"}, "2000-03-01"),
    events=[
        Event(
            id="e1",
            date="2000-02-10",
            kind="talks",
            place="Geneva",
            parties=("A",),
            topics=("land",),
            outcome="None.",
            sources=("press",),
        ),
        Event(
            id="e2",
            start="2000-02-12",
            end="2000-02-14",
            kind="truce",
            parties=("B",),
            topics=("land",),
            outcome="None.",
            sources=("press",),
        ),
        Event(
            id="e3",
            date="2000-02-20",
            kind="attack",
            parties=("A",),
            topics=("rank",),
            outcome="None.",
            sources=("press",),
        ),
    ],
)
"""A demands yes; B demands no in February, and accepts yes in March."""


def tones(spans: tuple[Span, ...]) -> list[tuple[Tone, dt.date, dt.date]]:
    """The tones of spans with their first and last days."""
    return [(span.tone, span.first, span.last) for span in spans]


def everything(ds: pos.Dataset) -> list[Plotted]:
    """Every kind of result with a chart, for all parties of a data set."""
    snapshot, parties = ds.at("2000-06-01"), [party.id for party in ds.parties]
    numbers = [topic.id for topic in ds.topics if topic.kind == "quantity"]
    return [
        pos.compare(snapshot, parties),
        pos.agreement(snapshot),
        pos.convergence(ds, parties),
        pos.verdicts(ds),
        *(pos.evaluate(plan, snapshot) for plan in ds.proposals),
        *(pos.timeline(ds, party) for party in parties),
        pos.history(ds, parties),
        *(pos.quantities(ds, topic) for topic in numbers),
    ]


class TestAll:
    """What all charts have in common."""

    @pytest.mark.parametrize("number", range(11))
    def test_data_set_and_title(self, number: int) -> None:
        """Every chart of a result has a title and sources, and can be hashed."""
        chart = everything(one_of_each())[number].chart()
        assert chart.title
        assert chart.sources.startswith("Sources: ")
        assert chart.sources.endswith("; Small, version 0.")
        assert hash(chart) == hash(attrs.evolve(chart))

    def test_nobody_spoke(self) -> None:
        """The chart of a result without rows says why it is empty."""
        silent = dataset()
        found: list[Chart] = [
            result.chart()
            for result in everything(silent)
            if not isinstance(result, results.Evaluation)
        ]
        for chart in found:
            assert chart.describe().splitlines()[0].endswith((".", "show"))
            assert not getattr(chart, "lanes", ())
            assert not getattr(chart, "rows", ())

    def test_another_negotiation(self, harbour: pos.Dataset) -> None:
        """All charts can be described for a data set with other parties and topics."""
        for result in everything(harbour):
            assert result.chart().describe()

    def test_supposed(self) -> None:
        """A chart marks suppositions, and does not count them as statements."""
        snapshot = MOVING.suppose("B", "land", {"shared": "accept"}, on="2000-05-01").at(
            "2000-06-01"
        )
        chart = pos.compare(snapshot, ["A", "B"]).chart()
        assert "supposed" in chart.describe()
        assert chart.sources.startswith("Sources: 3 statements up to 2000-06-01")


class TestOverTime:
    """Charts over time."""

    def test_history(self) -> None:
        """Each period is a span from its first to its last day, with the tone of its relation."""
        (lane,) = pos.history(MOVING, ["A", "B"], until="2000-04-30").chart().lanes
        assert lane.label == "Land"
        assert tones(lane.spans) == [
            ("faint", day(1), day(1, 31)),
            ("no", day(2), day(2, 29)),
            ("yes", day(3), day(4, 30)),
        ]
        assert lane.spans[-1].text == "agreed: “Yes”"

    def test_refused_conditions(self) -> None:
        """An acceptance on conditions that the others refuse has a tone of its own."""
        ds = dataset(
            said("A", {"yes": "demand"}),
            said("B", {"yes": "conditional"}, conditions=(only_if(settled("rank", "all")),)),
            said("A", {"all": "reject"}, topic="rank"),
        )
        lane = pos.history(ds, ["A", "B"], "land").chart().lanes[0]
        assert [span.tone for span in lane.spans] == ["unmet"]

    def test_timeline(self) -> None:
        """Each option that a party spoke of has a lane, with its attitude over time."""
        chart = pos.timeline(MOVING, "B", until="2000-04-30").chart()
        lanes = {lane.label: tones(lane.spans) for lane in chart.lanes}
        assert lanes == {
            "No": [("demand", day(2), day(4, 30))],
            "Yes": [("implied", day(2), day(2, 29)), ("yes", day(3), day(4, 30))],
        }

    def test_timeline_of_many_topics(self) -> None:
        """If options would need too many lanes, each topic has one, with the positions as text."""
        topics = [topic(f"t{n:02}", "no", "yes") for n in range(45)]
        statements = [said("A", {"yes": "demand"}, topic=t.id) for t in topics]
        chart = pos.timeline(dataset(*statements, topics=topics), "A").chart()
        assert len(chart.lanes) == 40
        assert chart.lanes[0].spans[0].text == "demands “Yes”"
        assert "Not shown: 5 more topics; .table() has all of them." in chart.remarks

    def test_timeline_from_a_day(self) -> None:
        """With a start, an earlier position is shown from that day on."""
        chart = pos.timeline(MOVING, "B", since="2000-02-15", until="2000-04-30").chart()
        assert chart.start == day(2, 15)
        assert tones(chart.lanes[0].spans)[0] == ("demand", day(2, 15), day(4, 30))

    def test_numbers(self) -> None:
        """Numbers to which a party always had the same attitude share a lane."""
        ds = dataset(said("A", {"..85": "demand"}, topic="army.size"))
        labels = [lane.label for lane in pos.timeline(ds, "A").chart().lanes]
        assert labels == ["at most 85 soldiers"]

    def test_events(self) -> None:
        """Events of the parties on the topics are marked on their first day; no others are."""
        found = pos.history(MOVING, ["A", "B"], "land").chart().moments
        assert [(m.date, m.label) for m in found] == [
            (day(2, 10), "talks, Geneva"),
            (day(2, 12), "truce"),
        ]
        assert len(pos.timeline(MOVING, "B", "land").chart().moments) == 1

    def test_convergence(self) -> None:
        """One topic has its gap as a curve, and its relation in a lane."""
        chart = pos.convergence(MOVING, ["A", "B"], "land", until="2000-04-30").chart()
        assert [curve.label for curve in chart.curves] == ["gap", "firm gap"]
        assert chart.curves[0].points == ((day(2), 1), (day(3), 0))
        assert tones(chart.lanes[0].spans) == [
            ("no", day(2), day(2, 29)),
            ("yes", day(3), day(4, 30)),
        ]
        assert (chart.measure[:3], chart.top) == ("gap", 1)

    def test_convergence_in_a_unit(self) -> None:
        """The curve of a quantity is in its unit, without an upper limit."""
        ds = dataset(
            said("A", {"..85": "demand"}, topic="army.size"),
            said("B", {"100..": "demand"}, topic="army.size"),
        )
        chart = pos.convergence(ds, ["A", "B"], "army").chart()
        assert (chart.measure, chart.top) == ("gap (soldiers)", None)
        assert chart.curves[0].points[0][1] == 15

    def test_convergence_of_three(self) -> None:
        """For more than two parties the largest and the mean gap are shown."""
        ds = MOVING.add(said("C", {"yes": "accept"}, "2000-02-01"))
        labels = [c.label for c in pos.convergence(ds, ["A", "B", "C"], "land").chart().curves]
        assert labels == ["largest gap", "mean gap", "firm gap"]

    def test_convergence_of_many_topics(self) -> None:
        """Many topics have one curve of their mean, and a lane each."""
        topics = [topic(f"t{n}", "no", "yes", kind="ordinal") for n in range(6)]
        statements = [said(p, {"yes": "demand"}, topic=t.id) for t in topics for p in "AB"]
        chart = pos.convergence(dataset(*statements, topics=topics), ["A", "B"]).chart()
        assert [curve.label for curve in chart.curves] == ["mean gap of 6 topics"]
        assert len(chart.lanes) == 6

    def test_convergence_of_few_topics(self) -> None:
        """Up to four topics without a unit have a curve each."""
        statements = [
            said(p, {key: "demand"}, topic=t)
            for p, key in (("A", "yes"), ("B", "no"))
            for t in ("land",)
        ]
        more = [said(p, {"all": "demand"}, topic="rank") for p in "AB"]
        chart = pos.convergence(dataset(*statements, *more), ["A", "B"]).chart()
        assert [(curve.label, curve.points[0][1]) for curve in chart.curves] == [
            ("Land", 1),
            ("Rank", 0),
        ]


class TestGrids:
    """Charts of rows and columns."""

    def test_stance_map(self) -> None:
        """A tile shows what a party affirms, else what it rejects; the relation is last."""
        ds = dataset(
            said("A", {"yes": "demand"}),
            said("B", {"yes": "reject", "shared": "accept"}),
            said("C", {"yes": "reject"}),
        )
        chart = pos.compare(ds.at("2000-06-01"), ["A", "B", "C"]).chart()
        assert chart.columns == ("State A", "State B", "State C", "relation")
        assert [(tile.tone, tile.text) for tile in chart.rows[0].tiles] == [
            ("demand", "demands “Yes”"),
            ("yes", "accepts “Shared”"),
            ("no", "rejects “Yes”"),
            ("no", "deadlock, implied"),
        ]

    def test_silent(self) -> None:
        """A party that said nothing has a blank tile."""
        snapshot = dataset(said("A", {"yes": "demand"})).at("2000-06-01")
        tile = pos.compare(snapshot, ["A", "B"]).chart().rows[0].tiles[1]
        assert (tile.tone, tile.text) == ("blank", "—")

    def test_old_statements(self) -> None:
        """A statement more than a year old is shown with its day, and a remark explains that."""
        snapshot = dataset(said("A", {"yes": "demand"}), evidence_until="2003-01-01").at(
            "2002-06-01"
        )
        chart = pos.compare(snapshot, ["A", "B"]).chart()
        assert chart.rows[0].tiles[0].text == "demands “Yes” (said 2000-01-01)"
        assert any(remark.startswith("“said …”") for remark in chart.remarks)

    def test_cap(self) -> None:
        """Beyond 60 topics and 24 parties a remark gives the number of those left out."""
        topics = [topic(f"t{n:02}", "no", "yes") for n in range(62)]
        parties = [party(f"P{n}") for n in range(27)]
        statements = [said(parties[0].id, {"yes": "demand"}, topic=t.id) for t in topics]
        snapshot = dataset(*statements, topics=topics, parties=parties).at("2000-06-01")
        chart = pos.compare(snapshot, [p.id for p in parties]).chart()
        assert (len(chart.rows), len(chart.columns)) == (60, 25)
        assert "Not shown: 2 more topics; .table() has all of them." in chart.remarks
        assert "Not shown: 3 more parties; .table() has all of them." in chart.remarks

    def test_agreement(self) -> None:
        """Each pair is shaded by its share, symmetrically; a party with itself is blank."""
        ds = dataset(
            *(said(p, {"yes": "demand"}) for p in "AB"),
            said("A", {"all": "demand"}, topic="rank"),
            said("B", {"none": "demand"}, topic="rank"),
        )
        chart = pos.agreement(ds.at("2000-06-01")).chart()
        assert [[tile.share for tile in row.tiles] for row in chart.rows] == [
            [None, 0.5],
            [0.5, None],
        ]
        assert chart.rows[0].tiles[1].text == "0.50 (2)"
        assert chart.rows[0].tiles[0].text == ""

    def test_plans(self) -> None:
        """Each plan is a row; the tile of a party that refuses has the number of clauses."""
        ds = dataset(
            said("A", {"yes": "demand"}),
            said("B", {"no": "demand"}),
            proposals=[plan("p1", clause("land", "yes"))],
        )
        chart = pos.verdicts(ds, parties=["A", "B", "C"]).chart()
        (row,) = chart.rows
        assert row.label == "Plan p1 (2000-01-01)"
        assert [(tile.tone, tile.text) for tile in row.tiles] == [
            ("yes", "signs"),
            ("no", "refuses 1"),
            ("blank", "—"),
        ]

    def test_clauses(self) -> None:
        """Each clause is a row, and the last row shows who would sign."""
        ds = dataset(
            said("A", {"yes": "demand"}),
            said("B", {"no": "demand"}),
            proposals=[plan("p1", clause("land", "yes"))],
        )
        chart = pos.evaluate("p1", ds.at("2000-06-01"), ["A", "B"]).chart()
        assert [tile.tone for tile in chart.rows[0].tiles] == ["demand", "implied"]
        assert [tile.text for tile in chart.rows[-1].tiles] == ["signs", "refuses"]


def test_quantities() -> None:
    """Each number is a range with its party and source, within the domain of the topic."""
    ds = dataset(
        said("A", {"..85": "demand"}, topic="army.size"),
        said(
            "B",
            {"100": "conditional"},
            "2000-02-01",
            topic="army.size",
            conditions=(only_if(settled("land", "yes"), options=("100",)),),
        ),
        proposals=[plan("p1", clause("army.size", "90.."))],
    )
    chart = pos.quantities(ds, "army.size").chart()
    assert isinstance(chart, NumberLine)
    assert chart.measure == "soldiers"
    assert [(row.label, row.low, row.high, row.tone, row.text) for row in chart.ranges] == [
        ("2000-01-01, State A", 0, 85, "demand", "demands at most 85 soldiers"),
        ("2000-01-01, State A", 90, None, "open", "at least 90 soldiers, in “Plan p1”"),
        ("2000-02-01, State B", 100, 100, "if", "conditionally accepts 100 soldiers"),
    ]


def test_kinds() -> None:
    """Each class of results has one kind of chart."""
    kinds = {type(result).__name__: type(result.chart()) for result in everything(one_of_each())}
    assert kinds == {
        "Comparisons": Grid,
        "Agreements": Grid,
        "Convergence": Curves,
        "PlanVerdicts": Grid,
        "Evaluation": Grid,
        "Timeline": Lanes,
        "History": Lanes,
        "Quantities": NumberLine,
    }


@pytest.mark.parametrize("number", range(11))
def test_drawn(number: int) -> None:
    """Every drawn chart has all lines of the foot of its chart."""
    result = everything(one_of_each())[number]
    drawn = words(result.plot())
    assert all(" ".join(line.split()) in drawn for line in result.chart().foot)

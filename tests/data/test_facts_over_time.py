"""Facts of the bundled data over time: periods, changes, gaps and numbers, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

import positions as pos
from in_short import gaps, relations
from positions import results
from positions.over_time.history import History
from positions.snapshots.dataset import Dataset


class TestPrinted:
    """Tables as shown on a terminal of 80 columns."""

    def test_bundled_topic(self, ds: pos.Dataset) -> None:
        """The table of a topic fits a terminal of 80 columns."""
        found = pos.convergence(ds, ["RUS", "UKR"], "nato.membership", since="2022-03-29")
        assert str(found) == NATO

    def test_bundled_areas(self, ds: pos.Dataset) -> None:
        """The table of areas fits a terminal of 80 columns."""
        topics = ["nato", "justice", "forces.cap"]
        found = pos.convergence(ds, ["RUS", "UKR"], topics, since="2025-06-02", until="2025-12-31")
        assert str(found) == AREAS


NATO = """\
Convergence of Russia, Ukraine, 2022-03-29 to 2026-06-23: NATO membership of
Ukraine (nato.membership)

date        relation     gap  firm gap  age in days
----------  -----------  ---  --------  -----------
2022-03-29  conditional  0    —                  22
2022-09-30  deadlock     1    1                 207
2025-04-23  deadlock     0.6  0.6                64
2025-12-14  deadlock     0.2  0.6               121

diverging, from 0 (2022-03-29) to 0.2 (2026-06-23)."""


AREAS = """\
Convergence of Russia, Ukraine, 2025-06-02 to 2025-12-31: 4 topics

area     topics                    deadlocks  compared  mean gap
-------  ------------------------  ---------  --------  ------------------------
nato     1 converging                      1         1  0.6 → 0.2, converging

forces   1 not comparable                  0         0  —

justice  2 unmoved                         2         2  1 → 1, unmoved

all      1 converging, 2 unmoved,          3         3  0.867 → 0.733,
         1 not comparable                               converging

Mean gap of 3 topics with a gap at both ends, as a share of the full width:
converging, from 0.867 (2025-06-02) to 0.733 (2025-12-31).
Left out: 3 topics on which only one of the parties has spoken."""


class TestConvergence:
    """Values that were worked out from the statements by hand."""

    def test_nato_membership(self, ds: pos.Dataset) -> None:
        """Kyiv first forgoes membership, then demands it, leaves it to the allies, and returns.

        Moscow demands throughout that it be barred, the last of six options a fifth apart:
        `barred` is also accepted in March 2022 (0), only `member` is demanded in September
        2022 (1), `consensus` is the nearest in April 2025 (3/5), `forgone` in December (1/5).
        """
        found = pos.convergence(ds, ["RUS", "UKR"], "nato.membership", since="2022-03-29")
        assert gaps(found) == [
            ("2022-03-29", 0),
            ("2022-09-30", 1),
            ("2025-04-23", 0.6),
            ("2025-12-14", 0.2),
        ]
        since = pos.convergence(ds, ["RUS", "UKR"], "nato.membership", since="2022-09-30")
        assert (found.trend.verdict, since.trend.verdict) == ("diverging", "converging")

    def test_guarantees(self, ds: pos.Dataset) -> None:
        """Moscow accepts assurances; Kyiv demands NATO only at some times, and less at others.

        From `assurances` to `nato` it is two thirds, to `article5_like` one third.
        """
        found = pos.convergence(ds, ["RUS", "UKR"], "guarantees.kind")
        assert gaps(found) == [
            ("2024-11-20", 0),
            ("2024-12-03", pytest.approx(2 / 3)),
            ("2024-12-08", 0),
            ("2025-04-23", pytest.approx(1 / 3)),
            ("2025-06-01", 0),
            ("2025-08-15", 0),
            ("2025-12-14", pytest.approx(1 / 3)),
        ]

    def test_forces(self, ds: pos.Dataset) -> None:
        """85,000 against 250,000 in April 2022, then neither, and so no gap."""
        found = pos.convergence(ds, ["RUS", "UKR"], "forces.cap", since="2022-04-01")
        assert [gap for gap in gaps(found) if gap[1] is not None] == [("2022-04-15", 165_000)]
        assert found.trend.reason == "a gap is defined at one point only"

    def test_overall(self, ds: pos.Dataset) -> None:
        """The mean of an area is over topics with a gap at both ends of the period."""
        found = pos.convergence(ds, ["RUS", "UKR"], since="2025-06-02")
        counted = both_ends(ds, found)
        for area in found.areas[:-1]:
            ends = [
                [
                    Fraction(str(row.gap)) / Fraction(str(ds.topic(row.topic).span or 1))
                    for row in pos.overlap(ds.at(day), ["RUS", "UKR"], area.area)
                    if row.topic in counted
                ]
                for day in (found.since, found.until)
            ]
            assert [len(shares) for shares in ends] == [area.compared] * 2
            if area.compared:
                before, after = (float(sum(shares) / len(shares)) for shares in ends)
                assert (area.trend.before, area.trend.after) == (before, after)


def both_ends(ds: pos.Dataset, found: results.Convergence) -> set[str]:
    """Return the topics that have a gap on both the first and the last day."""
    ends = [pos.overlap(ds.at(day), found.parties) for day in (found.since, found.until)]
    named = [{row.topic for row in rows if row.gap is not None} for rows in ends]
    return {name for name in named[0] & named[1] if ds.topic(name).about == "term"}


RUS_UKR = ("RUS", "UKR")


@pytest.fixture(scope="module")
def found() -> History:
    """Return the history of Russia and Ukraine on all topics, to the end of the evidence."""
    return pos.history(pos.load(), RUS_UKR)


def test_nato(found: History) -> None:
    """Conditional in Istanbul in March 2022, a deadlock since Kyiv applied in September."""
    rows = found.periods("nato.membership")
    assert relations(rows) == [
        ("one_sided", "2021-12-17", "2022-03-06"),
        ("open", "2022-03-07", "2022-03-28"),
        ("conditional", "2022-03-29", "2022-09-29"),
        ("deadlock", "2022-09-30", None),
    ]
    assert rows[2].options == ("barred",)
    assert rows[3].began_by == ("ukr.2022-09-30.membership",)
    # From 30 September 2022 to the end of the year, three years, and to 23 June 2026.
    assert found.stalemate("nato.membership").days == 93 + 365 + 366 + 365 + 174


@pytest.mark.parametrize("region", ["donetsk", "luhansk"])
def test_the_donbas(found: History, region: str) -> None:
    """Left to the presidents in the draft of April 2022; a deadlock since the Peace Formula."""
    rows = [row for row in found.periods(f"territory.{region}") if row.relation != "silent"]
    assert relations(rows) == [
        ("open", "2022-03-07", "2022-04-14"),
        ("conditional", "2022-04-15", "2022-05-30"),
        ("one_sided", "2022-05-31", "2022-11-14"),
        ("deadlock", "2022-11-15", None),
    ]
    assert rows[0].apart
    assert rows[1].options == ("talks",)
    assert rows[1].ended_by == (f"rus-ukr.2022-05.{region}-dropped",)


@pytest.mark.parametrize("region", ["kherson", "zaporizhzhia"])
def test_the_south(found: History, region: str) -> None:
    """Russia twice offers the present line for all of the Donbas, and twice takes it back."""
    rows = [row for row in found.periods(f"territory.{region}") if str(row.since) > "2022-09-01"]
    assert relations(rows) == [
        ("one_sided", "2022-09-30", "2022-11-14"),
        ("deadlock", "2022-11-15", "2025-08-14"),
        ("conditional", "2025-08-15", "2025-12-18"),
        ("deadlock", "2025-12-19", "2026-01-22"),
        ("conditional", "2026-01-23", "2026-05-08"),
        ("deadlock", "2026-05-09", None),
    ]
    # The price, all of the Donbas, is what Ukraine refuses.
    assert [row.conditions for row in rows if row.relation == "conditional"] == ["unmet", "unmet"]
    assert str(found.crossings(f"territory.{region}").last) == "2026-01-23"


def test_crimea(found: History) -> None:
    """Postponed in the draft of April 2022; a deadlock since the Peace Formula of November."""
    assert relations(found.periods("territory.crimea")) == [
        ("one_sided", "2022-02-28", "2022-03-06"),
        ("open", "2022-03-07", "2022-04-14"),
        ("conditional", "2022-04-15", "2022-05-30"),
        ("open", "2022-05-31", "2022-11-14"),
        ("deadlock", "2022-11-15", None),
    ]


def test_the_general_ceasefire(found: History) -> None:
    """After Jeddah one side demands it and the other sets terms; a deadlock since 16 May 2025."""
    rows = found.periods("ceasefire.general")
    assert relations(rows)[2:] == [
        ("deadlock", "2025-03-11", "2025-03-12"),
        ("conditional", "2025-03-13", "2025-05-15"),
        ("deadlock", "2025-05-16", None),
    ]
    assert rows[-1].began_by == ("rus.2025-05-16.ceasefire",)


@pytest.mark.parametrize(
    ("topic", "agreed"),
    [
        (
            "ceasefire.energy",
            [("2025-03-18", "2025-04-16"), ("2026-01-30", "2026-02-01")],
        ),
        ("ceasefire.easter_2025", [("2025-04-19", "2025-04-21")]),
        ("ceasefire.easter_2026", [("2026-04-09", "2026-04-12")]),
        ("ceasefire.may_2025", []),
        ("ceasefire.may_2026", [("2026-05-08", "2026-05-11")]),
        ("ceasefire.grain_deal", [("2022-07-22", "2023-07-16")]),
    ],
)
def test_truces(found: History, topic: str, agreed: list[tuple[str, str]]) -> None:
    """Each truce that both sides kept open has its days; the one of May 2025 was never agreed."""
    rows = [row for row in found.periods(topic) if row.relation == "agreed"]
    assert [(str(row.since), str(row.until)) for row in rows] == agreed


def test_truces_end_by_lapse_or_by_statement(found: History) -> None:
    """The thirty days for energy expired; the grain deal ended by a statement of Moscow."""
    (energy,) = (row for row in found.periods("ceasefire.energy") if str(row.since) == "2025-03-18")
    (grain,) = (row for row in found.periods("ceasefire.grain_deal") if row.relation == "agreed")
    assert (energy.days, energy.lapsed) == (30, True)
    assert (grain.lapsed, grain.ended_by) == (False, ("rus.2023-07-17.grain",))


def test_ukraine_and_nato(ds: Dataset) -> None:
    """Kyiv offers to forgo NATO in March 2022, and again in December 2025."""
    rows = pos.timeline(ds, "UKR", "nato.membership")
    assert [(str(row.date), row.move) for row in rows] == [
        ("2022-03-07", "new"),
        ("2022-03-29", "softened"),
        ("2022-04-15", "reworded"),
        ("2022-09-30", "hardened"),
        ("2025-04-23", "softened"),
        ("2025-06-04", "reworded"),
        ("2025-12-14", "softened"),
    ]
    applied = rows[3]
    assert (applied.statements, applied.away) == (("ukr.2022-09-30.membership",), ("RUS",))


def test_russian_figures_for_the_ukrainian_army(ds: Dataset) -> None:
    """Russia goes from 50,000 to 85,000 in April 2022, and takes it back with the talks."""
    rows = pos.timeline(ds, "RUS", "forces.cap")
    assert [(str(row.date), row.move, row.amount, row.after.demands) for row in rows] == [
        ("2022-03-07", "new", None, ("..50000",)),
        ("2022-04-15", "softened", 35_000, ("..85000",)),
        ("2022-05-31", "withdrawn", None, ()),
    ]


def test_the_energy_truce_lapses(ds: Dataset) -> None:
    """Russia's thirty days of March 2025 lapse on 17 April."""
    rows = pos.timeline(ds, "RUS", "ceasefire.energy", since="2025-03-18", until="2025-04-30")
    assert [(str(row.date), row.lapsed) for row in rows] == [
        ("2025-03-18", False),
        ("2025-04-17", True),
    ]


def test_the_size_of_the_ukrainian_army() -> None:
    """Russia names 50,000 and 85,000, Ukraine 250,000, the USA 600,000, and Europe 800,000."""
    rows = pos.quantities(pos.load(), "forces.cap")
    first: dict[float, tuple[str, set[str]]] = {}
    for row in rows:
        number = row.high or row.low
        assert number is not None
        day, parties = first.setdefault(number, (str(row.date), set()))
        if str(row.date) == day:
            parties.add(row.party)
    assert first == {
        50_000: ("2022-03-07", {"RUS"}),
        85_000: ("2022-04-15", {"RUS"}),
        250_000: ("2022-04-15", {"UKR"}),
        160_000: ("2025-01-21", {"UKR"}),
        600_000: ("2025-11-20", {"USA"}),
        800_000: ("2025-11-23", {"GBR", "FRA", "DEU"}),
    }


def test_the_years_of_guarantees() -> None:
    """Kyiv demands 30 years, then 20; Washington offers 15, the second time as reported by Kyiv."""
    rows = pos.quantities(pos.load(), "guarantees.duration")
    assert [(str(r.date), r.party, r.number, r.claimed) for r in rows] == [
        ("2025-12-28", "UKR", "30..", False),
        ("2025-12-28", "USA", "..15", False),
        ("2026-02-14", "UKR", "20..", False),
        ("2026-02-14", "USA", "..15", True),
    ]

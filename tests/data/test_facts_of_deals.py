"""Facts of the bundled data: packages, concessions and trades, checked by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

import positions as pos
from bargaining_domains import (
    SOLUTIONS,
    worth,
)
from positions import bargaining, results


class TestSettle:
    """Facts of the bundled data, checked by hand."""

    def refusals(self, rows: Sequence[results.Refusal]) -> set[tuple[str, str, str]]:
        """Return the party, option and statement of each refusal."""
        return {(row.party, row.option, name) for row in rows for name in row.statements}

    def test_conflicts(self, ds: pos.Dataset) -> None:
        """Russia and Ukraine are in conflict on alignment in June 2025 and January 2026."""
        june = pos.settle(ds.at("2025-06-02"), ["RUS", "UKR"])
        assert isinstance(june, results.Conflict)
        assert self.refusals(june.refusals) == {
            ("RUS", "free", "rus.2025-06-02.neutrality"),
            ("UKR", "neutral", "ukr.2025-06-01.neutrality"),
        }
        january = pos.settle(ds.at("2026-01-31"), ["RUS", "UKR"])
        assert isinstance(january, results.Conflict)
        assert self.refusals(january.refusals) == {
            ("RUS", "free", "rus.2025-12-19.neutrality"),
            ("UKR", "neutral", "ukr.2025-06-01.neutrality"),
            ("UKR", "neutral", "ukr.2025-11-20.free-choice"),
        }
        assert len(june.stuck) > len(january.stuck) > 1

    def test_april_2022(self, ds: pos.Dataset) -> None:
        """In April 2022 only one group of linked topics has no package."""
        found = pos.settle(ds.at("2022-04-15"), ["RUS", "UKR"])
        assert isinstance(found, results.Conflict)
        assert len(found.stuck) == 1

    def test_ceasefire(self, ds: pos.Dataset) -> None:
        """For a full ceasefire at once, only Russia would have to give up a refusal."""
        for day in ("2025-06-02", "2026-01-31"):
            row = pos.concessions(ds.at(day), ["RUS", "UKR"], "ceasefire.general")[0]
            assert [(r.party, r.option, r.reason) for r in row.refusals] == [
                ("RUS", "at_once", "rejected")
            ]

    def test_territory(self, ds: pos.Dataset) -> None:
        """On Donetsk in January 2026 the smallest concession is one refusal of Ukraine."""
        found = pos.concessions(ds.at("2026-01-31"), ["RUS", "UKR"], "territory.donetsk")
        row = found[0]
        assert (row.way, row.by_party.keys()) == (Fraction(2, 9), {"UKR"})
        assert {row.package[0].option} == {"russian_policed"}
        many = pos.concessions(ds.at("2025-06-02"), ["RUS", "UKR"], "territory")
        assert {row.size for row in many if row.topics == ("territory.crimea",)} >= {1}

    def test_all_territory(self, ds: pos.Dataset) -> None:
        """If no set of the size given opens a package on linked topics, a note says so."""
        talks, parties = ds.at("2026-01-31"), ["RUS", "UKR"]
        few = pos.concessions(talks, parties, "territory", size=3)
        assert "territory.donetsk" not in {name for row in few for name in row.topics}
        assert any(
            note.startswith(
                "No set of at most 3 refusals makes a package possible on neutrality.status, "
            )
            for note in few.notes
        )
        many = [
            row
            for row in pos.concessions(talks, parties, "territory")
            if "territory.donetsk" in row.topics
        ]
        assert min(row.size for row in many) > 3

    def test_printed(self, ds: pos.Dataset) -> None:
        """A conflict is a paragraph with dates and sources."""
        text = str(pos.settle(ds.at("2025-06-02"), ["RUS", "UKR"], "neutrality.status"))
        assert text.splitlines()[:4] == [
            "On 2025-06-02 there is no package that Russia and Ukraine could both sign.",
            "Alignment of Ukraine (neutrality.status): Russia rejects by implication “Free",
            "choice of alliances” (2025-06-02) [1][2][3][4]; Ukraine rejects “Permanent",
            "neutrality” (2025-06-01) [5][6][7][8].",
        ]

    def test_text_and_table(self, ds: pos.Dataset) -> None:
        """A conflict cites the same statements and sources as text and as a table."""
        found = pos.settle(ds.at("2025-06-02"), ["RUS", "UKR"], "ceasefire")
        assert isinstance(found, results.Conflict)
        paragraph = re.sub(r"\s+", " ", str(found))
        table = found.table()
        cells = [cell for row in table.rows for cell in row]
        for text in (table.title, *cells, *table.remarks, *(note.text for note in table.notes)):
            assert str(text) in paragraph
        assert all(f"<{note.url}>" in paragraph for note in table.notes if note.url)


class TestTrades:
    """Facts about trades."""

    def test_bundled(self) -> None:
        """In April 2022 each side could have won one open point of the draft."""
        found = pos.trades(pos.load().at("2022-04-15"), "RUS", "UKR")
        assert [(row.first, row.second) for row in found] == [("forces.cap", "guarantees.trigger")]
        assert found[0].first_gap == 165_000


def test_bargaining() -> None:
    """On the bundled data, every solution is on the frontier, and conditions count for half."""
    domain = bargaining.domain_from(pos.load().at("2022-04-15"), ["RUS", "UKR"])
    edge = set(worth(bargaining.frontier(domain)))
    for solution in SOLUTIONS:
        assert set(worth(solution(domain))) <= edge
    assert domain.packages > 10**6

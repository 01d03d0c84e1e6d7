"""Facts of the bundled data: plans, worked out by hand from the statements."""

from __future__ import annotations

import datetime as dt

import pytest

import positions as pos
from positions.cli import main as cli

THE_FOUR = ["RUS", "UKR", "USA", "EUR"]


class TestPlans:
    """Plans compared with positions."""

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("istanbul-draft-2022", ["not_known", "refuses", "not_known", "not_known"]),
            ("ukraine-memorandum-2025", ["refuses", "signs", "not_known", "not_known"]),
            ("russia-memorandum-2025", ["not_known", "refuses", "refuses", "refuses"]),
            ("us-28-point-plan", ["refuses", "refuses", "not_known", "refuses"]),
            ("european-24-point-text-2025", ["refuses", "refuses", "refuses", "not_known"]),
            ("european-counter-text-2025", ["refuses", "refuses", "not_known", "refuses"]),
            ("zelensky-20-point-plan-2025", ["refuses", "not_known", "refuses", "not_known"]),
        ],
    )
    def test_verdicts(self, name: str, expected: list[str]) -> None:
        """On the day after it was tabled, each plan is refused by Moscow or by Kyiv, or by both."""
        rows = pos.verdicts(pos.load(), [name], THE_FOUR)
        assert [row.verdict for row in rows] == expected

    @pytest.mark.parametrize(
        ("name", "party", "topic", "expected"),
        [
            # Moscow demanded it; Kyiv's envoy refused limits on alliances that very day.
            ("us-28-point-plan", "RUS", "nato.membership", "demands"),
            ("us-28-point-plan", "UKR", "nato.membership", "rejects"),
            # Moscow would freeze the south in return for all of Donetsk; the plan has a zone there.
            ("us-28-point-plan", "RUS", "territory.kherson", "conditional_unmet"),
            # Kyiv's figure of 2022 no longer counts; it has since refused to cut a fifth.
            ("us-28-point-plan", "UKR", "forces.cap", "unanswered"),
            ("us-28-point-plan", "RUS", "forces.cap", "silent"),
            ("us-28-point-plan", "UKR", "sanctions.frozen_assets", "rejects_implied"),
            # Its own clause replaces its answer to Moscow of January 2022.
            ("us-28-point-plan", "USA", "nato.enlargement", "conditional_met"),
            ("us-28-point-plan", "USA", "nato.membership", "conditional_met"),
            ("european-24-point-text-2025", "UKR", "nato.membership", "demands"),
            # They want the assets used, and have not said whether they accept keeping them.
            ("european-24-point-text-2025", "EUR", "sanctions.frozen_assets", "unanswered"),
            ("european-counter-text-2025", "EUR", "forces.limits", "rejects_implied"),
            ("european-24-point-text-2025", "EUR", "ceasefire.general", "demands"),
            ("russia-memorandum-2025", "UKR", "neutrality.status", "rejects"),
            ("russia-memorandum-2025", "UKR", "territory.crimea", "rejects"),
            ("russia-memorandum-2025", "RUS", "territory.donetsk", "demands"),
            # Its own terms are conditional on words that the memorandum does not settle.
            ("russia-memorandum-2025", "RUS", "ceasefire.general", "conditional_unknown"),
            ("ukraine-memorandum-2025", "UKR", "territory.crimea", "demands"),
            ("ukraine-memorandum-2025", "RUS", "neutrality.status", "rejects_implied"),
            # The formula on the Donbas was offered as part of the communique, another plan.
            ("istanbul-draft-2022", "UKR", "territory.donetsk", "conditional_unknown"),
            ("istanbul-draft-2022", "UKR", "nato.membership", "conditional_met"),
            # The 28 points give the guarantee in return for payment; the 20 points do not.
            ("zelensky-20-point-plan-2025", "USA", "guarantees.us_role", "conditional_unmet"),
            ("zelensky-20-point-plan-2025", "RUS", "nato.membership", "rejects_implied"),
        ],
    )
    def test_clauses(self, name: str, party: str, topic: str, expected: str) -> None:
        """Each party has the expected standing on a clause on the day after the plan was tabled."""
        ds = pos.load()
        day = ds.proposal(name).date.latest + dt.timedelta(days=1)
        found = {row.topic: row.standing for row in pos.evaluate(name, ds.at(day), [party])}
        assert found[topic] == expected

    @pytest.mark.parametrize("topic", ["forces.cap", "guarantees.trigger"])
    def test_open_clauses_of_the_istanbul_draft(self, topic: str) -> None:
        """Each side demands its own variant and excludes the other's; the clause satisfies both."""
        ds = pos.load()
        found = pos.evaluate("istanbul-draft-2022", ds.at("2022-04-16"), ["RUS", "UKR"])
        rows = {(row.by, row.party): row.standing for row in found if row.topic == topic}
        assert {rows["RUS", "RUS"], rows["UKR", "UKR"]} == {"demands"}
        assert {rows["UKR", "RUS"], rows["RUS", "UKR"]} == {"rejects_implied"}
        obstacles = [row.topic for verdict in found.verdicts for row in verdict.obstacles]
        assert topic not in obstacles

    def test_what_moscow_asks_for_the_south(self) -> None:
        """Of Moscow's conditions, the 28 points meet all of Luhansk, but not all of Donetsk."""
        found = pos.evaluate("us-28-point-plan", pos.load().at("2025-11-21"), ["RUS"])
        (row,) = (row for row in found if row.topic == "territory.kherson")
        ((wanted,),) = row.lacking
        assert (wanted.topic, wanted.options) == (
            "territory.donetsk",
            ("russian_whole", "recognised"),
        )

    def test_own_plans_are_nearest(self) -> None:
        """In June 2025 each memorandum is closest to the side that wrote it."""
        ds = pos.load()
        memoranda = ["ukraine-memorandum-2025", "russia-memorandum-2025"]
        order = {
            party: [row.plan for row in pos.nearest(ds, party, "2025-06-03", memoranda)]
            for party in ("UKR", "RUS")
        }
        assert order == {"UKR": memoranda, "RUS": memoranda[::-1]}

    def test_texts_after_the_28_points(self) -> None:
        """Of the two European texts, the one written as a counter-text keeps more clauses."""
        rows = {row.plan: row for row in pos.lineage(pos.load(), "us-28-point-plan")}
        counter, own = rows["european-counter-text-2025"], rows["european-24-point-text-2025"]
        assert {"forces.cap", "nato.membership"} <= set(counter.compatible + counter.different)
        assert "forces.cap" in own.dropped
        assert (counter.nearness or 0) > (own.nearness or 0)


class TestCommands:
    """Questions about plans on the command line."""

    def test_the_day_after(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A plan is compared with the positions of the day after it was tabled."""
        assert cli.main(["evaluate", "us-28-point-plan", "RUS"]) == 0
        assert "compared with positions on 2025-11-21" in capsys.readouterr().out

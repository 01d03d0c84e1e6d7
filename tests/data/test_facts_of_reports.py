"""Reports on the bundled data: valid pages that show known facts."""

from __future__ import annotations

import re

import pytest

from positions.files.bundled import load
from positions.reports.report import Report, report
from report_pages import EvidenceChecks, Page, PageChecks, spaced_text, summary


class TestFacts:
    """Reports on the bundled data show known facts."""

    def test_nato(self) -> None:
        """On 1 October 2022 NATO membership is a deadlock, made by Ukraine the day before."""
        made = report(load(), ["RUS", "UKR"], on="2022-10-01", since="2022-03-29", topics="nato")
        page = Page(made)
        row = page.row("deadlocks", "NATO membership")
        assert row[1] == "since 30 September 2022 1 day implied"
        assert "“Barred in law”" in row[3]
        assert "because it demands “Membership or NATO cover now”" in row[3]
        assert page.row("moves", "NATO membership")[1] == "hardened ← away from Russia"
        assert "statement-ukr.2022-09-30.membership" in page.ids

    def test_energy(self) -> None:
        """In March 2025 Russia, Ukraine and the United States agree to halt strikes on energy."""
        made = report(load(), ["RUS", "UKR", "USA"], on="2025-03-22", topics="ceasefire.energy")
        assert "They agree on 1 topic: Strikes on energy." in summary(made)
        assert Page(made).row("room", "Strikes on energy")[1] == "“Halted”"

    def test_forces(self) -> None:
        """In April 2022 the demanded limits on forces differed by 165,000 soldiers."""
        made = report(load(), ["RUS", "UKR"], on="2022-04-15", topics="forces.cap")
        assert "gap: 165,000" in Page(made).row("positions", "Size of")[3]

    def test_same_gap(self) -> None:
        """A gap written the same at both ends is unchanged, such as that on a ceasefire in 2025."""
        made = report(load(), ["RUS", "UKR"], on="2025-08-15", topics="ceasefire.general")
        _, _, direction, first, last = Page(made).row("convergence", "General ceasefire")
        assert first.split(" on ")[0] == last.split(" on ")[0] == "0.667"
        assert direction == "unchanged"

    def test_memorandum(self) -> None:
        """Ukraine refuses the Russian memorandum of June 2025, including its clause on Crimea."""
        made = report(
            load(),
            ["RUS", "UKR"],
            on="2025-06-03",
            topics="ceasefire",
            plans=["russia-memorandum-2025"],
        )
        page = Page(made)
        verdicts = page.row("plans", "Russian memorandum")
        assert [cell.split(" affirms ")[0] for cell in verdicts[2:]] == ["○ not known", "✕ refuses"]
        assert page.row("plans", "Crimea")[2].startswith("rejects")


class TestEvidence(EvidenceChecks):
    """Every claim links to its statements, and every statement to its sources."""

    LEAST = 101
    STATEMENT = "rus.2025-06-02.neutrality"
    BEGINS = "Russia , 2 June 2025, on Alignment of Ukraine"

    @pytest.fixture(scope="class")
    @staticmethod
    def page() -> Page:
        """Return a parsed report on the bundled data."""
        made = report(
            load(), ["RUS", "UKR"], on="2025-06-02", since="2025-03-01", plans=["us-28-point-plan"]
        )
        return Page(made)

    def test_sources(self, page: Page) -> None:
        """A source is listed with title, publisher, date, language and its address as a link."""
        record = load().source(load().statement("rus.2025-06-02.neutrality").sources[0])
        item = page.section(f"source-{record.id}")
        text = spaced_text(item)
        for part in (record.title, record.publisher, f"Language: {record.language}", record.url):
            assert part in text
        (link,) = item.iter("a")
        assert link.get("href") == record.url
        assert link.get("rel") == "noopener noreferrer"

    def test_citation(self) -> None:
        """The header names the data set, its version and how to cite it."""
        head = spaced_text(
            next(Page(report(load(), ["RUS", "UKR"], topics="nato")).root.iter("header"))
        )
        assert f"{load().document.title}, version {load().document.data_version}" in head
        assert re.search(r"Cite the data as .* sha256 [0-9a-f]{12}\.", head)


class TestPage(PageChecks):
    """The pages are valid and self-contained."""

    @pytest.fixture(scope="class", params=["two", "three"])
    @staticmethod
    def made(request: pytest.FixtureRequest) -> Report:
        """Return a report on two parties, and one on three."""
        if request.param == "three":
            return report(load(), ["EUR", "USA", "CHN"], topics="politics", on="2025")
        options = {"on": "2025-06-02", "since": "2025-03-01", "topics": ["ceasefire", "nato"]}
        return report(load(), ["RUS", "UKR"], **options)

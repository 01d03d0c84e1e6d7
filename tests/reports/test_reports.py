"""Reports: their sentences and evidence, and a valid page whatever the names."""

from __future__ import annotations

import datetime as dt
import html
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import attrs
import pytest

from hostile_data import hostile
from makers import clause, dataset, one_of_each, plan, said, source, topic
from places import HARBOUR
from positions.cli.main import main
from positions.errors import InvalidInputError, UnknownNameError
from positions.files.json_files import parse_json
from positions.reports.report import Report, report
from positions.snapshots.dataset import Dataset
from report_pages import SECTIONS, EvidenceChecks, Page, PageChecks, spaced_text, summary


def small(*more: Any, **records: Any) -> Dataset:
    """Make a data set with a deadlock on land, an agreement on the army, and one side on rank.

    On land, A demands yes, and from February B demands no: each excludes the answer of the
    other, and both exclude that it be shared. On the army, A demands at most 85, and B accepts
    at most 90.
    """
    return dataset(
        said("A", {"yes": "demand"}),
        said("B", {"no": "demand"}, "2000-02-01"),
        said("A", {"..85": "demand"}, "2000-01-05", topic="army.size"),
        said("B", {"..90": "accept"}, "2000-01-03", topic="army.size"),
        said("A", {"some": "demand"}, topic="rank"),
        *more,
        **records,
    )


class TestSummary:
    """The summary gives the answers in sentences."""

    def test_sentences(self) -> None:
        """The summary counts the topics in each relation, and names those agreed or deadlocked."""
        first, agreed, stuck, *_ = summary(report(small(), ["A", "B"]))
        assert first == (
            "By 31 December 2000, at least one of State A and State B had made a statement on 3 of "
            "the 4 topics of the data set. On 1 of these, only one of them had; the silence of the "
            "other implies neither consent nor refusal."
        )
        assert agreed == "They agree on 1 topic: Army."
        assert stuck == (
            "They are in deadlock on 1 topic (implied). It is Land, since 1 February 2000."
        )

    def test_tally(self) -> None:
        """A list shows the number of topics in each relation, with its symbol and name."""
        (tally,) = Page(report(small(), ["A", "B"])).section("summary").iter("ul")
        assert [spaced_text(item) for item in tally] == [
            "1 ✓ agreed",
            "0 ◐ conditional",
            "0 ◐ conditional, refused",
            "0 ○ open",
            "0 ○ open, apart",
            "1 ✕ in deadlock",
            "1 – one-sided",
        ]

    def test_tally_no_room(self) -> None:
        """Topics conditional but refused, or open but apart, are counted separately."""
        apart = (said("A", {"here": "accept"}, topic="talks.place"),)
        apart += (said("B", {"there": "accept"}, topic="talks.place"),)
        ds = dataset(*refused().statements, *apart)
        (tally,) = Page(report(ds, ["A", "B"])).section("summary").iter("ul")
        assert [spaced_text(item) for item in tally][1:5] == [
            "0 ◐ conditional",
            "1 ◐ conditional, refused",
            "0 ○ open",
            "1 ○ open, apart",
        ]

    def test_several_deadlocks(self) -> None:
        """Of several deadlocks, the summary names the oldest and the newest."""
        more = said("B", {"none": "demand"}, "2000-03-01", topic="rank")
        stuck = summary(report(small(more), ["A", "B"]))[2]
        assert stuck == (
            "They are in deadlock on 2 topics (all implied). The oldest is Land, since "
            "1 February 2000. The newest is Rank, since 1 March 2000."
        )

    def test_old_agreement(self) -> None:
        """The summary says if an agreement is based on statements more than a year old."""
        ds = dataset(said("A", {"yes": "demand"}, "1999-06-01"), said("B", {"yes": "accept"}))
        fresh, old = (summary(report(ds, ["A", "B"], on=day))[1] for day in ("2000-05", "2000-07"))
        assert fresh == "They agree on 1 topic: Land."
        assert old == (
            "They agree on 1 topic: Land; this is based on statements more than a year old."
        )

    def test_old_deadlock(self) -> None:
        """The summary dates the latest statement of a deadlock if it is more than a year old."""
        words = (said("A", {"yes": "demand"}, "1999-01-01"), said("B", {"no": "demand"}, "1999-06"))
        fresh, old = (report(dataset(*words), ["A", "B"], on=day) for day in ("2000-05", "2000-07"))
        assert summary(fresh)[2].endswith("It is Land, since 30 June 1999.")
        assert summary(old)[2].endswith("The latest statement behind it dates from 30 June 1999.")
        assert "latest statement" not in Page(fresh).text("deadlocks")
        assert Page(old).row("deadlocks", "Land")[1].endswith("latest statement: 30 June 1999")

    def test_old_deadlocks(self) -> None:
        """Of several deadlocks, the summary names those without statements for over a year."""
        words = (
            said("A", {"yes": "demand"}, "1999-01-01"),
            said("B", {"no": "demand"}, "1999-06-01"),
            said("A", {"all": "demand"}, "1999-01-01", topic="rank"),
            said("B", {"none": "demand"}, "2000-06-01", topic="rank"),
        )
        assert summary(report(dataset(*words), ["A", "B"], on="2000-07-01"))[2].endswith(
            "On 1 of them, the latest statement behind the refusals is more than a year old (Land, "
            "1 June 1999)."
        )

    def test_mean(self) -> None:
        """The summary names the topics of the mean gap, and counts the directions of the gaps.

        On land the gap falls from 1 to 0; on rank it rises from one third of the scale to
        two thirds.
        """
        words = (
            said("A", {"yes": "demand"}),
            said("B", {"no": "demand"}),
            said("A", {"none": "accept"}, topic="rank"),
            said("B", {"some": "accept"}, topic="rank"),
            said("B", {"yes": "accept"}, "2000-06-01"),
            said("B", {"most": "accept", "some": "reject"}, "2000-06-01", topic="rank"),
        )
        assert summary(report(dataset(*words), ["A", "B"]))[3] == (
            "Over the 2 topics whose gaps at both ends of the period from 1 January 2000 to 31 "
            "December 2000 can be compared (Land and Rank), the mean gap fell from 0.667 to 0.333, "
            "on a scale from 0 (they meet) to 1 (as far apart as possible): the gap narrowed on 1, "
            "widened on 1 and is unchanged on none."
        )

    def test_mean_of_many(self) -> None:
        """Six topics or more are only counted; a topic whose gap starts late is not in the mean."""
        names = "abcdefg"
        words = [
            said(who, {option: "accept"}, "2000-03-01" if name == "g" else "2000-01-01", name)
            for name in names
            for who, option in (("A", "yes"), ("B", "no"))
        ]
        ds = dataset(*words, topics=[topic(name, "yes", "no") for name in names])
        assert summary(report(ds, ["A", "B"]))[3] == (
            "Over the 6 topics whose gaps at both ends of the period from 1 January 2000 to 31 "
            "December 2000 can be compared, the mean gap is unchanged at 1, on a scale from 0 "
            "(they meet) to 1 (as far apart as possible): the gap narrowed on none, widened on "
            "none and is unchanged on 6. On 1 further topic the gap is defined for part of the "
            "period only; it is not included in this mean."
        )

    def test_plans(self) -> None:
        """The summary counts the verdicts on plans, and explains refusals and unknown answers."""
        plans = [
            plan("one", clause("land", "yes"), clause("rank", "some")),
            plan("two", clause("army.size", "..80"), clause("rank", "some")),
        ]
        assert summary(report(small(proposals=plans), ["A", "B"]))[3].startswith(
            "Of 2 plans tabled by then, judged by the positions on this day, State A would sign 2 "
            "and refuse none; State B would sign none and refuse 1, and its answer to 1 is not "
            "known. No plan would be signed by all of them. A party refuses a plan if it refuses "
            "any of its clauses. If it refuses none, but has not addressed every clause or has set "
            "a condition that the plan does not address, its answer is not known."
        )

    def test_silence(self) -> None:
        """If one of two parties is silent, nothing is agreed, open or in deadlock."""
        made = report(small(), ["A", "C"])
        paragraphs = summary(made)
        assert (
            "On 3 of these, only one of them had; the silence of the other implies" in paragraphs[0]
        )
        assert not any("agree" in text for text in paragraphs)
        assert "not in deadlock on any topic" in paragraphs[1]
        assert Page(made).text("room").count("No topics.") == 5

    def test_nobody(self) -> None:
        """If all are silent, the summary says only that, and the report has every section."""
        made = report(dataset(), ["A", "B"])
        assert summary(made) == [
            "By 31 December 2000, none of State A and State B had made a statement on any of the 4 "
            "topics of the data set."
        ]
        assert [node.get("id") for node in Page(made).root.iter("section")] == SECTIONS

    def test_conditional(self) -> None:
        """A conditional topic whose conditions another party refuses is reported as refused."""
        made = report(refused(), ["A", "B"])
        assert (
            "On 1 topic they affirm the same answer, but at least one of them only under "
            "conditions that are refused (Land)." in summary(made)[1]
        )
        rooms = Page(made).text("room")
        assert "Conditional No topics." in rooms
        assert "Conditional, but refused: 1 topic" in rooms

    def test_moves(self) -> None:
        """The summary counts the new positions of each party, and how its others changed."""
        more = (
            said("B", {"no": "accept", "yes": "accept"}, "2000-05-01"),
            said("B", {"some": "accept"}, "2000-05-01", topic="rank"),
        )
        texts = summary(report(small(*more), ["A", "B"], since="2000-04-01"))
        assert texts[3].startswith(
            "Since 1 April 2000, State A has not changed any position; State B has taken a "
            "position on 1 topic on which it had none and has changed 1 position (1 softened; 1 "
            "towards State A)."
        )

    def test_selected_topics(self) -> None:
        """If topics were selected, the summary counts only these."""
        first = summary(report(small(), ["A", "B"], topics=["army", "talks"]))[0]
        assert first == (
            "By 31 December 2000, at least one of State A and State B had made a statement on 1 of "
            "the 2 topics selected."
        )


def refused() -> Dataset:
    """Make a data set in which A accepts on a condition that B rejects."""
    group = {"for": ["yes"], "all": [{"topic": "rank", "options": ["all"]}]}
    return dataset(
        said("A", {"yes": "conditional"}, conditions=(group,)),
        said("B", {"yes": "demand"}),
        said("B", {"all": "reject"}, topic="rank"),
    )


class TestSections:
    """Each section shows its answers with the statements behind them."""

    def test_positions(self) -> None:
        """A row has the position of each party with citations, and the relation."""
        page = Page(report(small(), ["A", "B"]))
        assert page.row("positions", "Land") == [
            "Land What of land?",
            "demands “Yes” [1]",
            "demands “No” [2]",
            "✕ deadlock implied since 1 February 2000",
        ]
        assert page.row("positions", "Rank")[2] == "no statement"

    def test_deadlocks(self) -> None:
        """A deadlock shows its first day, its age, and who blocks which answers and why."""
        page = Page(report(small(), ["A", "B"], on="2000-02-11"))
        assert page.row("deadlocks", "Land") == [
            "Land",
            "since 1 February 2000 10 days implied",
            "excludes “No”, “Shared”, because it demands “Yes” [1]",
            "excludes “Yes”, “Shared”, because it demands “No” [2]",
        ]

    def test_oldest_first(self) -> None:
        """Deadlocks are ordered by age."""
        more = said("B", {"none": "demand"}, "2000-01-02", topic="rank")
        page = Page(report(small(more), ["A", "B"]))
        heads = [spaced_text(row[0]) for row in page.section("deadlocks").iter("tr")]
        assert heads == ["Topic", "Rank", "Land"]

    def test_room(self) -> None:
        """An agreed answer is shown with the position of each party that covers it."""
        page = Page(report(small(), ["A", "B"]))
        assert page.row("room", "Army")[1:] == [
            "at most 85 soldiers",
            "demands at most 85 soldiers [4]",
            "accepts at most 90 soldiers [5]",
        ]

    def test_unaddressed_answers(self) -> None:
        """Open answers that nobody has addressed share one row."""
        open_ = dataset(said("A", {"yes": "accept"}), said("B", {"no": "reject"}))
        rows = [
            [spaced_text(cell) for cell in row]
            for row in Page(report(open_, ["A", "B"])).section("room").iter("tr")
        ]
        assert [row[1:] for row in rows[1:]] == [
            ["“Yes”", "accepts “Yes” [1]", "not addressed"],
            ["“Shared”", "not addressed", "not addressed"],
        ]

    def test_moves(self) -> None:
        """A change shows both positions, and its direction relative to the other party."""
        more = said("B", {"no": "accept", "yes": "accept"}, "2000-05-01")
        page = Page(report(small(more), ["A", "B"], since="2000-04-01"))
        assert page.row("moves", "Land") == [
            "Land",
            "softened → towards State A",
            "demands “No” [3]",
            "accepts “No” or “Yes” [2] rejects “Shared” (implied) [3]",
        ]
        assert "No position of State A changed." in page.text("moves")

    def test_no_earlier_day(self) -> None:
        """Without an earlier day there is no section on changes."""
        assert "moves" not in Page(report(small(), ["A", "B"])).ids

    def test_convergence(self) -> None:
        """The first and the last gap of each topic are shown."""
        more = said("B", {"no": "accept", "yes": "accept"}, "2000-05-01")
        page = Page(report(small(more), ["A", "B"]))
        assert page.row("convergence", "Land")[1:] == [
            "agreed",
            "narrower",
            "1 on 1 February 2000",
            "0 on 31 December 2000",
        ]

    def test_narrower_but_refused(self) -> None:
        """A gap that narrows only under conditions that are refused is marked as such."""
        before = said("A", {"no": "demand"}, "1999-06-01")
        ds = dataset(*refused().statements, before, said("B", {"yes": "demand"}, "1999-06-01"))
        assert Page(report(ds, ["A", "B"])).row("convergence", "Land")[1:] == [
            "conditional conditions refused",
            "narrower only under conditions that are refused",
            "1 on 1 June 1999",
            "0 on 31 December 2000",
        ]

    def test_gap_that_ends(self) -> None:
        """If no gap is defined at the end, the last gap has its own day and a note."""
        more = (
            said("B", {"no": "accept"}, "2000-03-01"),
            said("B", {"*": "withdrawn"}, "2000-05-01"),
        )
        row = Page(report(small(*more), ["A", "B"])).row("convergence", "Land")
        assert row[1:] == [
            "one-sided",
            "unchanged",
            "1 on 1 February 2000",
            "1 on 1 March 2000 no gap is defined at the end",
        ]

    def test_later_answers(self) -> None:
        """Before the end of the evidence, a note says that answers may be from a later day."""
        later = "some may have been named only after 1 November 2000."
        for day, noted in (("2000-11-01", True), ("2000-12-31", False)):
            page = Page(report(small(), ["A", "B"], on=day))
            assert (later in page.text("room")) is noted
            assert (later in page.text("deadlocks")) is noted

    def test_plans(self) -> None:
        """Each plan tabled by the day has a row with the verdicts and the refused topics."""
        plans = [
            plan("early", clause("land", "yes"), clause("rank", "some")),
            plan("late", clause("land", "no"), date="2000-12-01"),
        ]
        page = Page(report(small(proposals=plans), ["A", "B"], on="2000-06-01"))
        assert page.row("plans", "Plan early") == [
            "Plan early 1 January 2000, State A",
            "2",
            "✓ would sign affirms 2",
            "✕ refuses refuses 1: Land leaves 1 open",
        ]
        assert "Plan late" not in page.text("plans")

    def test_named_plans(self) -> None:
        """A selected plan is shown clause by clause."""
        plans = [plan("late", clause("land", "yes"), clause("rank", "some"), date="2000-12-01")]
        page = Page(report(small(proposals=plans), ["A", "B"], on="2000-06-01", plans=["late"]))
        assert page.row("plans", "Land") == ["Land : “Yes”", "demands [1]", "excludes [2]"]
        assert page.row("plans", "Rank")[2] == "no statement"
        assert page.text("plan-late") == "Plan late"

    def test_plan_conditions(self) -> None:
        """A conditional acceptance shows whether the plan meets the conditions."""
        plans = [
            plan("met", clause("land", "yes"), clause("rank", "all")),
            plan("unmet", clause("land", "yes"), clause("rank", "none")),
            plan("unknown", clause("land", "yes")),
        ]
        ds = Dataset(refused().document.model_copy(update={"proposals": tuple(plans)}))
        cells = [
            Page(report(ds, ["A", "B"], plans=[name.id])).row("plans", "Land")[1] for name in plans
        ]
        assert cells == [
            "accepts (conditions met by the plan) [1]",
            "accepts only if Rank: “All” (not met by the plan) [1]",
            "accepts if Rank: “All” (not addressed by the plan) [1]",
        ]

    def test_no_plans(self) -> None:
        """With an empty selection of plans, the section says so."""
        assert "No plans were selected." in Page(report(small(), ["A", "B"], plans=[])).text(
            "plans"
        )

    def test_package(self) -> None:
        """A package is shown topic by topic, with the position of each party."""
        pytest.importorskip("pysat")
        ds = dataset(
            said("A B", {"yes": "demand"}),
            said("A", {"..85": "demand"}, topic="army.size"),
            said("B", {"..90": "accept"}, topic="army.size"),
        )
        page = Page(report(ds, ["A", "B"]))
        assert "there is such a package" in page.text("packages")
        assert page.row("packages", "Army")[1:] == [
            "at most 85 soldiers",
            "demands [2]",
            "accepts [3]",
        ]

    def test_conflict(self) -> None:
        """Without a package, the section shows the conflict and what could be settled."""
        pytest.importorskip("pysat")
        text = Page(report(small(), ["A", "B"])).text("packages")
        assert "there is no such package" in text
        assert "State A rejects by implication “No”, “Shared” ( 1 January 2000 ) [1]" in text
        assert "What could be settled apart from the conflicts: 1 topic" in text


class TestEvidence(EvidenceChecks):
    """Every claim links to its statements, and every statement to its sources."""

    LEAST = 30
    STATEMENT = "harbour.2031-04-06.rise"
    BEGINS = "Harbour company , 6 April 2031, on Pay rise"

    @pytest.fixture(scope="class")
    @staticmethod
    def ds(harbour: Dataset) -> Dataset:
        """The dispute at the harbour."""
        return harbour

    @pytest.fixture(scope="class")
    @staticmethod
    def page(ds: Dataset) -> Page:
        """Return a parsed report on it."""
        options = {"on": "2031-04-12", "since": "2031-02-28", "plans": ["mediator-draft"]}
        return Page(report(ds, ["DOCKERS", "HARBOUR"], **options))

    def test_sources(self) -> None:
        """A source is listed with title, publisher, date, language and its address as a link."""
        record = source(url="https://example.org/a")
        page = Page(report(small(sources=[record]), ["A", "B"]))
        item = page.section(f"source-{record.id}")
        text = spaced_text(item)
        for part in (record.title, record.publisher, f"Language: {record.language}", record.url):
            assert part in text
        (link,) = item.iter("a")
        assert link.get("href") == record.url
        assert link.get("rel") == "noopener noreferrer"

    def test_supposed(self) -> None:
        """Supposed statements are named in the header and marked in the list."""
        ds = small().suppose("B", "land", {"yes": "accept"}, on="2000-06-01")
        page = Page(report(ds, ["A", "B"]))
        assert "Supposed, not said: supposed-1." in spaced_text(next(page.root.iter("header")))
        assert "Supposed, not said." in page.text("statement-supposed-1")

    def test_end_of_evidence(self) -> None:
        """A day after the end of the evidence causes a warning in the header."""
        page = Page(report(small(), ["A", "B"], on="2001-06-01"))
        assert "The evidence ends on 2000-12-31" in spaced_text(next(page.root.iter("header")))

    def test_citation(self) -> None:
        """The header names the data set, its version and how to cite it."""
        head = spaced_text(next(Page(report(small(), ["A", "B"])).root.iter("header")))
        assert "Small, version 0" in head
        assert re.search(r"Cite the data as .* sha256 [0-9a-f]{12}\.", head)


class TestArguments:
    """The arguments of a report."""

    def test_day(self) -> None:
        """Without a day, the report is about the end of the evidence."""
        made = report(small(), ["A", "B"])
        assert (made.date, made.parties) == (dt.date(2000, 12, 31), ("A", "B"))
        assert made.title == "State A and State B on 31 December 2000"

    @pytest.mark.parametrize("since", ["2000-06-01", "2000-07-01"])
    def test_since(self, since: str) -> None:
        """An earlier day that is not before the day is an error."""
        with pytest.raises(InvalidInputError, match=r"^since: .*2000-06-01"):
            report(small(), ["A", "B"], on="2000-06-01", since=since)

    def test_names(self) -> None:
        """An unknown party, topic or plan is an error that suggests the nearest name."""
        with pytest.raises(UnknownNameError, match="no party 'a'; did you mean 'A'"):
            report(small(), ["a", "B"])
        with pytest.raises(UnknownNameError, match="did you mean 'land'"):
            report(small(), ["A", "B"], topics="lamd")
        with pytest.raises(UnknownNameError, match="did you mean 'first'"):
            report(
                small(proposals=[plan("first", clause("land", "yes"))]), ["A", "B"], plans=["fist"]
            )

    def test_one_plan(self) -> None:
        """One plan can be given without a list, and none can be given twice."""
        ds = small(proposals=[plan("p", clause("land", "yes"))])
        one = report(ds, ["A", "B"], plans="p")
        assert one == report(ds, ["A", "B"], plans=ds.proposals)
        with pytest.raises(InvalidInputError, match="plans: wanted different plans"):
            report(ds, ["A", "B"], plans=["p", "p"])
        assert "plan-p" in Page(one).ids

    def test_two_parties(self) -> None:
        """A single party is an error."""
        with pytest.raises(InvalidInputError, match="parties"):
            report(small(), ["A"])

    def test_reading(self) -> None:
        """The options of `at` select which statements count, and the report names them."""
        made = report(small(), ["A", "B"], max_age=400, known_by="2000-03-01", inherited=False)
        text = Page(made).text("notes")
        assert "Only statements made in the last 400 days before that day count." in text
        assert "Only statements published by 1 March 2000 count." in text
        assert "Statements by an earlier government do not count." in text

    def test_reading_counts(self) -> None:
        """Statements that do not count are left out of every section."""
        late = {"sources": [source(published="2000-12-30")]}
        made = report(small(**late), ["A", "B"], known_by="2000-06-01", since="2000-01-15")
        assert Page(made).text("statements").endswith("in the order in which they are cited.")


class TestPage(PageChecks):
    """The page is valid, self-contained, accessible and safe."""

    @pytest.fixture(scope="class", params=["harbour", "hostile", "each", "nobody"])
    @staticmethod
    def made(request: pytest.FixtureRequest, harbour: Dataset) -> Report:
        """Return reports on data sets of all kinds."""
        match request.param:
            case "harbour":
                return report(harbour, ["DOCKERS", "HARBOUR"], since="2031-02-01")
            case "hostile":
                return report(hostile()[0], ["A", "B", "C"], since="2000-01-15", plans=["p"])
            case "each":
                return report(one_of_each(), ["A", "B", "C"], attributions=["self", "claimed"])
            case _:
                return report(dataset(), ["A", "B"], since="2000-01-15")

    def test_escaped_names(self) -> None:
        """Hostile names make the same elements as harmless ones."""
        ds, names = hostile()
        page = Page(report(ds, ["A", "B", "C"], plans=["p"]))
        assert all(
            " ".join(name.split()) in spaced_text(page.root) for name in names if name.strip()
        )
        assert Counter(tags_of(page)) == Counter(tags_of(harmless(ds)))

    def test_reproducible(self) -> None:
        """The same arguments make the same page, whatever the order of the file."""
        made = report(small(), ["A", "B"], since="2000-01-15")
        reordered = dataset(*reversed(small().statements))
        assert made == report(small(), ["A", "B"], since="2000-01-15")
        digest = re.compile("sha256 [0-9a-f]+")
        again = report(reordered, ["A", "B"], since="2000-01-15")
        assert digest.sub("", made.html) == digest.sub("", again.html)


def tags_of(page: Page) -> list[str]:
    """List the tags outside plots, whose number of letters and marks may differ."""
    svg = {
        id(node) for top in page.root.iter("{http://www.w3.org/2000/svg}svg") for node in top.iter()
    }
    return [str(node.tag) for node in page.root.iter() if id(node) not in svg]


def harmless(ds: Dataset) -> Page:
    """Make the report on a data set with every name, title and summary made harmless."""
    text = ds.document.model_dump_json(by_alias=True, exclude_defaults=True)
    fields = "name|title|publisher|summary|speaker|question|definition|description"
    plain = re.sub(rf'"({fields})":"(?:[^"\\]|\\.)*"', r'"\1":"Plain"', text)
    return Page(report(parse_json(plain), ["A", "B", "C"], plans=["p"]))


class TestMissingLibraries:
    """If a library is not installed, the report says what was not done."""

    def test_plots(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without matplotlib there is no plot, but the same table."""
        made = report(small(), ["A", "B"])
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        page = Page(report(small(), ["A", "B"]))
        assert (
            "The gaps were not plotted because matplotlib was not installed where this report was "
            "made." in page.text("convergence")
        )
        assert "pip" not in page.text("convergence")
        assert not list(page.root.iter("{http://www.w3.org/2000/svg}svg"))
        assert page.row("convergence", "Land") == Page(made).row("convergence", "Land")

    def test_packages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without python-sat the report says that no package was searched for."""
        monkeypatch.setitem(sys.modules, "pysat.solvers", None)
        made = report(small(), ["A", "B"])
        text = Page(made).text("packages")
        assert text.endswith(
            "No package was searched for because python-sat, the library for this search, was not "
            "installed where this report was made. It is not known whether there is one."
        )
        assert "pip" not in text
        assert not any("package" in paragraph for paragraph in summary(made))


class TestReport:
    """The class of reports."""

    def test_write(self, tmp_path: Path) -> None:
        """A report is written as UTF-8."""
        made = report(small(), ["A", "B"])
        made.write(tmp_path / "report.html")
        assert (tmp_path / "report.html").read_bytes() == made.html.encode()

    def test_failure(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """If writing fails, an earlier file is kept and no other file remains."""
        (tmp_path / "report.html").write_bytes(b"before")
        made = report(small(), ["A", "B"])

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "replace", fail)
        with pytest.raises(OSError, match="No space left"):
            made.write(tmp_path / "report.html")
        assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]

    def test_notebook(self) -> None:
        """In a notebook, a report is shown in a frame that runs no scripts."""
        made = report(small(), ["A", "B"])
        shown = made._repr_html_()
        assert shown.startswith("<p>Report: State A and State B on 31 December 2000.")
        found = re.search(r'<iframe srcdoc="([^"]*)" title="[^"]*" sandbox="([^"]*)"', shown)
        assert found is not None
        framed = html.unescape(found[1]).replace('<base href="about:srcdoc">', "")
        assert "".join(framed.split()) == "".join(made.html.split())
        assert "allow-scripts" not in found[2]

    def test_frozen(self) -> None:
        """A report is frozen, and its repr is short."""
        made = report(small(), ["A", "B"])
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            made.title = ""  # type: ignore[misc]
        assert len(repr(made)) < 200

    def test_command(
        self, harbour: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The command writes the same page as the function, to a file or to standard output."""
        arguments = ["report", "DOCKERS", "HARBOUR", "--on", "2031-04-12", "--data", str(HARBOUR)]
        made = report(harbour, ["DOCKERS", "HARBOUR"], on="2031-04-12")
        assert main([*arguments, "-o", str(tmp_path / "r.html")]) == 0
        assert (tmp_path / "r.html").read_text(encoding="utf-8") == made.html
        assert main(arguments) == 0
        assert capsys.readouterr().out == made.html

    def test_command_faults(self, capsys: pytest.CaptureFixture[str]) -> None:
        """An unknown plan is an error of the command."""
        arguments = ["report", "DOCKERS", "HARBOUR", "--plans", "mediator-draf"]
        assert main([*arguments, "--data", str(HARBOUR)]) == 2
        assert "did you mean 'mediator-draft'?" in capsys.readouterr().err

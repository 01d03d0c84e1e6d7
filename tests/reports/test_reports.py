"""Reports: what they say, what it rests on, and that the page is sound whatever the names."""

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
from report_pages import SECTIONS, EvidenceChecks, Page, PageChecks, summary, told


def small(*more: Any, **records: Any) -> Dataset:
    """Make a data set with a deadlock on land, an agreement on the army, and a lone word on rank.

    A demands that it be yes, B from February that it be no: each excludes what the other
    wants, and both exclude that it be shared. On the army A asks for at most 85, and B
    can live with at most 90.
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
    """The summary tells what the answers are, in sentences."""

    def test_sentences(self) -> None:
        """It counts the topics of each relation, and names those agreed and in deadlock."""
        first, agreed, stuck, *_ = summary(report(small(), ["A", "B"]))
        assert first == (
            "By 31 December 2000, at least one of State A and State B had spoken on 3 of the 4 "
            "topics of the data set. On 1 of these only one of them has: nothing follows from the "
            "silence of the other, neither consent nor refusal."
        )
        assert agreed == "They agree on 1 topic: Army."
        assert stuck == (
            "They are in deadlock on 1 topic, by implication. It is Land, since 1 February 2000."
        )

    def test_tally(self) -> None:
        """Beside the sentences stands how many topics are in each relation, in words and signs."""
        (tally,) = Page(report(small(), ["A", "B"])).section("summary").iter("ul")
        assert [told(item) for item in tally] == [
            "1 ✓ agreed",
            "0 ◐ conditional",
            "0 ◐ conditional, refused",
            "0 ○ open",
            "0 ○ open, apart",
            "1 ✕ in deadlock",
            "1 – one-sided",
        ]

    def test_tally_no_room(self) -> None:
        """What is conditional but refused, or open but apart, is counted apart, as below."""
        apart = (said("A", {"here": "accept"}, topic="talks.place"),)
        apart += (said("B", {"there": "accept"}, topic="talks.place"),)
        ds = dataset(*refused().statements, *apart)
        (tally,) = Page(report(ds, ["A", "B"])).section("summary").iter("ul")
        assert [told(item) for item in tally][1:5] == [
            "0 ◐ conditional",
            "1 ◐ conditional, refused",
            "0 ○ open",
            "1 ○ open, apart",
        ]

    def test_plural(self) -> None:
        """Of several deadlocks it names the oldest and the newest."""
        more = said("B", {"none": "demand"}, "2000-03-01", topic="rank")
        stuck = summary(report(small(more), ["A", "B"]))[2]
        assert stuck == (
            "They are in deadlock on 2 topics, all by implication. The oldest is Land, since "
            "1 February 2000. The newest is Rank, since 1 March 2000."
        )

    def test_old_words(self) -> None:
        """It says where an agreement rests on words that are more than a year old."""
        ds = dataset(said("A", {"yes": "demand"}, "1999-06-01"), said("B", {"yes": "accept"}))
        fresh, old = (summary(report(ds, ["A", "B"], on=day))[1] for day in ("2000-05", "2000-07"))
        assert fresh == "They agree on 1 topic: Land."
        assert old == (
            "They agree on 1 topic: Land; this rests on words that are more than a year old."
        )

    def test_old_deadlock(self) -> None:
        """It says since when a deadlock has no new words, where that is more than a year."""
        words = (said("A", {"yes": "demand"}, "1999-01-01"), said("B", {"no": "demand"}, "1999-06"))
        fresh, old = (report(dataset(*words), ["A", "B"], on=day) for day in ("2000-05", "2000-07"))
        assert summary(fresh)[2].endswith("It is Land, since 30 June 1999.")
        assert summary(old)[2].endswith("The newest words behind it are of 30 June 1999.")
        assert "newest words" not in Page(fresh).text("deadlocks")
        assert Page(old).row("deadlocks", "Land")[1].endswith("newest words: 30 June 1999")

    def test_old_deadlocks(self) -> None:
        """Of several deadlocks it names those whose words are all more than a year old."""
        words = (
            said("A", {"yes": "demand"}, "1999-01-01"),
            said("B", {"no": "demand"}, "1999-06-01"),
            said("A", {"all": "demand"}, "1999-01-01", topic="rank"),
            said("B", {"none": "demand"}, "2000-06-01", topic="rank"),
        )
        assert summary(report(dataset(*words), ["A", "B"], on="2000-07-01"))[2].endswith(
            "On 1 of them the newest words behind the refusals are more than a year old (Land, "
            "1 June 1999)."
        )

    def test_mean(self) -> None:
        """It names the topics of the mean gap, and counts on how many they came nearer or not.

        On land the gap falls from 1 to 0, on rank it rises from a third of the scale to
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
            "Over the 2 topics on which both ends of the period from 1 January 2000 to 31 December "
            "2000 can be compared (Land and Rank), the mean gap fell from 0.667 to 0.333, on a "
            "scale from 0 (they meet) to 1 (as far apart as can be): they came nearer on 1, moved "
            "apart on 1 and stand as they did on none."
        )

    def test_mean_of_many(self) -> None:
        """From six topics on it only counts them; what has a gap late is not in the mean."""
        names = "abcdefg"
        words = [
            said(who, {option: "accept"}, "2000-03-01" if name == "g" else "2000-01-01", name)
            for name in names
            for who, option in (("A", "yes"), ("B", "no"))
        ]
        ds = dataset(*words, topics=[topic(name, "yes", "no") for name in names])
        assert summary(report(ds, ["A", "B"]))[3] == (
            "Over the 6 topics on which both ends of the period from 1 January 2000 to 31 December "
            "2000 can be compared, the mean gap is 1, as it was, on a scale from 0 (they meet) to "
            "1 (as far apart as can be): they came nearer on none, moved apart on none and stand "
            "as they did on 6. On 1 further topic the gap is known for part of the period only; "
            "it is not in this mean."
        )

    def test_plans(self) -> None:
        """It counts who would sign, and says what makes a refusal and what leaves it unknown."""
        plans = [
            plan("one", clause("land", "yes"), clause("rank", "some")),
            plan("two", clause("army.size", "..80"), clause("rank", "some")),
        ]
        assert summary(report(small(proposals=plans), ["A", "B"]))[3].startswith(
            "Of 2 plans tabled by then, judged by the positions of this day, State A would sign "
            "2 and refuses none; State B would sign none and refuses 1, and of 1 its answer is "
            "not known. None would be signed by all. One refused clause is enough for a party to "
            "refuse a plan. If it refuses none, but has not spoken of every clause or has set a "
            "condition of which the plan says nothing, its answer is not known."
        )

    def test_silence(self) -> None:
        """Where one of two is silent, nothing is agreed, open or in deadlock."""
        made = report(small(), ["A", "C"])
        paragraphs = summary(made)
        assert "On 3 of these only one of them has: nothing follows" in paragraphs[0]
        assert not any("agree" in text for text in paragraphs)
        assert "in deadlock on no topic" in paragraphs[1]
        assert Page(made).text("room").count("No topic.") == 5

    def test_nobody(self) -> None:
        """Where none has spoken, it says so and nothing else, and every section stands."""
        made = report(dataset(), ["A", "B"])
        assert summary(made) == [
            "By 31 December 2000, none of State A and State B had spoken on any of the 4 topics of "
            "the data set."
        ]
        assert [node.get("id") for node in Page(made).root.iter("section")] == SECTIONS

    def test_conditional(self) -> None:
        """A conditional topic whose conditions another refuses is told as refused."""
        made = report(refused(), ["A", "B"])
        assert (
            "On 1 topic they affirm one answer, but somebody only under conditions that are "
            "refused (Land)." in summary(made)[1]
        )
        rooms = Page(made).text("room")
        assert "Conditional No topic." in rooms
        assert "Conditional, but refused: 1 topic" in rooms

    def test_moves(self) -> None:
        """It counts for each party the new positions, and how the others moved."""
        more = (
            said("B", {"no": "accept", "yes": "accept"}, "2000-05-01"),
            said("B", {"some": "accept"}, "2000-05-01", topic="rank"),
        )
        texts = summary(report(small(*more), ["A", "B"], since="2000-04-01"))
        assert texts[3].startswith(
            "Since 1 April 2000, State A has not moved; State B has taken a position on 1 topic on "
            "which it had none and has changed 1 position (1 softened; 1 towards State A)."
        )

    def test_topics_asked(self) -> None:
        """Where topics were asked for, it counts these."""
        first = summary(report(small(), ["A", "B"], topics=["army", "talks"]))[0]
        assert first == (
            "By 31 December 2000, at least one of State A and State B had spoken on 1 of the 2 "
            "topics asked about."
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
    """Each section tells its answers with the words behind them."""

    def test_positions(self) -> None:
        """A row has what each party says, with marks, and the relation in words."""
        page = Page(report(small(), ["A", "B"]))
        assert page.row("positions", "Land") == [
            "Land What of land?",
            "demands “Yes” [1]",
            "demands “No” [2]",
            "✕ deadlock implied since 1 February 2000",
        ]
        assert page.row("positions", "Rank")[2] == "no statement"

    def test_deadlocks(self) -> None:
        """A deadlock tells since when it runs, for how long, and who blocks what by what."""
        page = Page(report(small(), ["A", "B"], on="2000-02-11"))
        assert page.row("deadlocks", "Land") == [
            "Land",
            "since 1 February 2000 10 days implied",
            "excludes “No”, “Shared”, since it demands “Yes” [1]",
            "excludes “Yes”, “Shared”, since it demands “No” [2]",
        ]

    def test_oldest_first(self) -> None:
        """Deadlocks stand in the order of their age."""
        more = said("B", {"none": "demand"}, "2000-01-02", topic="rank")
        page = Page(report(small(more), ["A", "B"]))
        heads = [told(row[0]) for row in page.section("deadlocks").iter("tr")]
        assert heads == ["Topic", "Rank", "Land"]

    def test_room(self) -> None:
        """What is agreed stands there with the word of each party that covers it."""
        page = Page(report(small(), ["A", "B"]))
        assert page.row("room", "Army")[1:] == [
            "at most 85 soldiers",
            "demands at most 85 soldiers [4]",
            "accepts at most 90 soldiers [5]",
        ]

    def test_unsaid_answers(self) -> None:
        """Open answers of which nobody has said anything share one line."""
        open_ = dataset(said("A", {"yes": "accept"}), said("B", {"no": "reject"}))
        rows = [
            [told(cell) for cell in row]
            for row in Page(report(open_, ["A", "B"])).section("room").iter("tr")
        ]
        assert [row[1:] for row in rows[1:]] == [
            ["“Yes”", "accepts “Yes” [1]", "has not said"],
            ["“Shared”", "has not said", "has not said"],
        ]

    def test_moves(self) -> None:
        """A move has both positions and its direction, as seen from the other party."""
        more = said("B", {"no": "accept", "yes": "accept"}, "2000-05-01")
        page = Page(report(small(more), ["A", "B"], since="2000-04-01"))
        assert page.row("moves", "Land") == [
            "Land",
            "softened → towards State A",
            "demands “No” [3]",
            "accepts “No” or “Yes” [2] rejects “Shared” (implied) [3]",
        ]
        assert "No position of State A moved." in page.text("moves")

    def test_no_earlier_day(self) -> None:
        """Without an earlier day nothing is said of moves."""
        assert "moves" not in Page(report(small(), ["A", "B"])).ids

    def test_convergence(self) -> None:
        """The gap of each topic stands there, first and last."""
        more = said("B", {"no": "accept", "yes": "accept"}, "2000-05-01")
        page = Page(report(small(more), ["A", "B"]))
        assert page.row("convergence", "Land")[1:] == [
            "agreed",
            "nearer",
            "1 on 1 February 2000",
            "0 on 31 December 2000",
        ]

    def test_nearer_but_refused(self) -> None:
        """Who comes nearer only under conditions that are refused is not just called nearer."""
        before = said("A", {"no": "demand"}, "1999-06-01")
        ds = dataset(*refused().statements, before, said("B", {"yes": "demand"}, "1999-06-01"))
        assert Page(report(ds, ["A", "B"])).row("convergence", "Land")[1:] == [
            "conditional conditions refused",
            "nearer only under conditions that are refused",
            "1 on 1 June 1999",
            "0 on 31 December 2000",
        ]

    def test_gap_that_ends(self) -> None:
        """Where no gap is defined in the end, the last one has its own day, and this is said."""
        more = (
            said("B", {"no": "accept"}, "2000-03-01"),
            said("B", {"*": "withdrawn"}, "2000-05-01"),
        )
        row = Page(report(small(*more), ["A", "B"])).row("convergence", "Land")
        assert row[1:] == [
            "one-sided",
            "unchanged",
            "1 on 1 February 2000",
            "1 on 1 March 2000 no gap is defined in the end",
        ]

    def test_later_answers(self) -> None:
        """Before the end of the evidence it says that answers may have been named later."""
        later = "some may have been named only after 1 November 2000."
        for day, stands in (("2000-11-01", True), ("2000-12-31", False)):
            page = Page(report(small(), ["A", "B"], on=day))
            assert (later in page.text("room")) is stands
            assert (later in page.text("deadlocks")) is stands

    def test_plans(self) -> None:
        """All plans of the day have a line, with who would sign and what is refused."""
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
        """A plan that was asked for is told clause by clause."""
        plans = [plan("late", clause("land", "yes"), clause("rank", "some"), date="2000-12-01")]
        page = Page(report(small(proposals=plans), ["A", "B"], on="2000-06-01", plans=["late"]))
        assert page.row("plans", "Land") == ["Land : “Yes”", "demands [1]", "excludes [2]"]
        assert page.row("plans", "Rank")[2] == "no statement"
        assert page.text("plan-late") == "Plan late"

    def test_plan_conditions(self) -> None:
        """Of a conditional acceptance it says what the plan does for the conditions."""
        plans = [
            plan("met", clause("land", "yes"), clause("rank", "all")),
            plan("unmet", clause("land", "yes"), clause("rank", "none")),
            plan("unknown", clause("land", "yes")),
        ]
        ds = Dataset(refused().document.model_copy(update={"proposals": tuple(plans)}))
        told_of = [
            Page(report(ds, ["A", "B"], plans=[name.id])).row("plans", "Land")[1] for name in plans
        ]
        assert told_of == [
            "accepts (under conditions that the plan meets) [1]",
            "accepts only if Rank: “All” (the plan fails this) [1]",
            "accepts if Rank: “All” (the plan does not tell) [1]",
        ]

    def test_no_plans(self) -> None:
        """Where no plan was wanted, it says so."""
        assert "No plan was asked about." in Page(report(small(), ["A", "B"], plans=[])).text(
            "plans"
        )

    def test_package(self) -> None:
        """A package is told topic by topic, with the word that is missing."""
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
        """Where there is no package, the refusals behind it are told, and what could be settled."""
        pytest.importorskip("pysat")
        text = Page(report(small(), ["A", "B"])).text("packages")
        assert "there is no such package" in text
        assert "State A rejects by implication “No”, “Shared” ( 1 January 2000 ) [1]" in text
        assert "What could be settled beside the conflicts: 1 topic" in text


class TestEvidence(EvidenceChecks):
    """Everything that is said leads to its statements, and these to their sources."""

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
        """Parse a report on it once."""
        asked = {"on": "2031-04-12", "since": "2031-02-28", "plans": ["mediator-draft"]}
        return Page(report(ds, ["DOCKERS", "HARBOUR"], **asked))

    def test_sources(self) -> None:
        """A source is listed with title, publisher, date, language and its address as a link."""
        record = source(url="https://example.org/a")
        page = Page(report(small(sources=[record]), ["A", "B"]))
        item = page.section(f"source-{record.id}")
        text = told(item)
        for part in (record.title, record.publisher, f"Language: {record.language}", record.url):
            assert part in text
        (link,) = item.iter("a")
        assert link.get("href") == record.url
        assert link.get("rel") == "noopener noreferrer"

    def test_supposed(self) -> None:
        """What is only supposed is announced at the head and marked in the list."""
        ds = small().suppose("B", "land", {"yes": "accept"}, on="2000-06-01")
        page = Page(report(ds, ["A", "B"]))
        assert "Supposed, not said: supposed-1." in told(next(page.root.iter("header")))
        assert "Supposed, not said." in page.text("statement-supposed-1")

    def test_end_of_evidence(self) -> None:
        """A day after the evidence is answered with a warning at the head."""
        page = Page(report(small(), ["A", "B"], on="2001-06-01"))
        assert "The evidence ends on 2000-12-31" in told(next(page.root.iter("header")))

    def test_citation(self) -> None:
        """The head names the data set, its version and how to cite it."""
        head = told(next(Page(report(small(), ["A", "B"])).root.iter("header")))
        assert "Small, version 0" in head
        assert re.search(r"Cite the data as .* sha256 [0-9a-f]{12}\.", head)


class TestArguments:
    """What can be asked."""

    def test_day(self) -> None:
        """Without a day the report is of the end of the evidence."""
        made = report(small(), ["A", "B"])
        assert (made.date, made.parties) == (dt.date(2000, 12, 31), ("A", "B"))
        assert made.title == "State A and State B on 31 December 2000"

    @pytest.mark.parametrize("since", ["2000-06-01", "2000-07-01"])
    def test_since(self, since: str) -> None:
        """The earlier day lies before the day."""
        with pytest.raises(InvalidInputError, match="since: wanted a day before 2000-06-01"):
            report(small(), ["A", "B"], on="2000-06-01", since=since)

    def test_names(self) -> None:
        """An unknown party, topic or plan is an error that offers the nearest."""
        with pytest.raises(UnknownNameError, match="no party 'a'; did you mean 'A'"):
            report(small(), ["a", "B"])
        with pytest.raises(UnknownNameError, match="did you mean 'land'"):
            report(small(), ["A", "B"], topics="lamd")
        with pytest.raises(UnknownNameError, match="did you mean 'first'"):
            report(
                small(proposals=[plan("first", clause("land", "yes"))]), ["A", "B"], plans=["fist"]
            )

    def test_one_plan(self) -> None:
        """One plan can be named without a list, and one that is named twice is told once."""
        ds = small(proposals=[plan("p", clause("land", "yes"))])
        one = report(ds, ["A", "B"], plans="p")
        assert one == report(ds, ["A", "B"], plans=["p", "p"])
        assert "plan-p" in Page(one).ids

    def test_two_parties(self) -> None:
        """One party alone has no report."""
        with pytest.raises(InvalidInputError, match="parties"):
            report(small(), ["A"])

    def test_reading(self) -> None:
        """Which statements count can be asked as of `at`, and the report says so."""
        made = report(small(), ["A", "B"], max_age=400, known_by="2000-03-01", inherited=False)
        text = Page(made).text("notes")
        assert "Only what was said in the last 400 days before." in text
        assert "Only what was published by 1 March 2000." in text
        assert "What an earlier government said did not count." in text

    def test_reading_counts(self) -> None:
        """What was asked to be left out is left out everywhere."""
        late = {"sources": [source(published="2000-12-30")]}
        made = report(small(**late), ["A", "B"], known_by="2000-06-01", since="2000-01-15")
        assert Page(made).text("statements").endswith("in the order in which it names them.")


class TestPage(PageChecks):
    """The page is valid, sound, asks nothing of others, and can be used by everybody."""

    @pytest.fixture(scope="class", params=["harbour", "hostile", "each", "nobody"])
    @staticmethod
    def made(request: pytest.FixtureRequest, harbour: Dataset) -> Report:
        """Write reports on data sets of all kinds."""
        match request.param:
            case "harbour":
                return report(harbour, ["DOCKERS", "HARBOUR"], since="2031-02-01")
            case "hostile":
                return report(hostile()[0], ["A", "B", "C"], since="2000-01-15", plans=["p"])
            case "each":
                return report(one_of_each(), ["A", "B", "C"], attributions=["self", "claimed"])
            case _:
                return report(dataset(), ["A", "B"], since="2000-01-15")

    def test_names_stay_text(self) -> None:
        """No name makes an element: hostile names give the elements that harmless ones give."""
        ds, names = hostile()
        page = Page(report(ds, ["A", "B", "C"], plans=["p"]))
        assert all(" ".join(name.split()) in told(page.root) for name in names if name.strip())
        assert Counter(tags_of(page)) == Counter(tags_of(harmless(ds)))

    def test_same_again(self) -> None:
        """The same question gives the same page, whatever the order of the file."""
        made = report(small(), ["A", "B"], since="2000-01-15")
        turned = dataset(*reversed(small().statements))
        assert made == report(small(), ["A", "B"], since="2000-01-15")
        cut = re.compile("sha256 [0-9a-f]+")
        again = report(turned, ["A", "B"], since="2000-01-15")
        assert cut.sub("", made.html) == cut.sub("", again.html)


def tags_of(page: Page) -> list[str]:
    """List the tags outside pictures, whose number of letters and marks may differ."""
    svg = {
        id(node) for top in page.root.iter("{http://www.w3.org/2000/svg}svg") for node in top.iter()
    }
    return [str(node.tag) for node in page.root.iter() if id(node) not in svg]


def harmless(ds: Dataset) -> Page:
    """Write the report on a data set with every name, title and summary made harmless."""
    text = ds.document.model_dump_json(by_alias=True, exclude_defaults=True)
    fields = "name|title|publisher|summary|speaker|question|definition|description"
    plain = re.sub(rf'"({fields})":"(?:[^"\\]|\\.)*"', r'"\1":"Plain"', text)
    return Page(report(parse_json(plain), ["A", "B", "C"], plans=["p"]))


class TestWithout:
    """Where a library is not installed, the report tells its readers what was not done."""

    def test_plots(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without matplotlib there is no picture, and all the words."""
        made = report(small(), ["A", "B"])
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        page = Page(report(small(), ["A", "B"]))
        assert (
            "No picture of the gaps was drawn: matplotlib was not installed where this report was "
            "made." in page.text("convergence")
        )
        assert "pip" not in page.text("convergence")
        assert not list(page.root.iter("{http://www.w3.org/2000/svg}svg"))
        assert page.row("convergence", "Land") == Page(made).row("convergence", "Land")

    def test_packages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without python-sat no package is looked for, and none is said to be missing."""
        monkeypatch.setitem(sys.modules, "pysat.solvers", None)
        made = report(small(), ["A", "B"])
        text = Page(made).text("packages")
        assert text.endswith(
            "No package was looked for: python-sat, the library that would search for it, was not "
            "installed where this report was made. Nothing follows on whether there is one."
        )
        assert "pip" not in text
        assert not any("package" in paragraph for paragraph in summary(made))


class TestReport:
    """A report as a value."""

    def test_write(self, tmp_path: Path) -> None:
        """The file is the page, in UTF-8."""
        made = report(small(), ["A", "B"])
        made.write(tmp_path / "report.html")
        assert (tmp_path / "report.html").read_bytes() == made.html.encode()

    def test_failure(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where writing fails, an earlier file stays and nothing is left beside it."""
        (tmp_path / "report.html").write_bytes(b"before")
        made = report(small(), ["A", "B"])

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "replace", fail)
        with pytest.raises(OSError, match="No space left"):
            made.write(tmp_path / "report.html")
        assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]

    def test_notebook(self) -> None:
        """In a notebook it stands in a frame of its own, in which nothing can run."""
        made = report(small(), ["A", "B"])
        shown = made._repr_html_()
        assert shown.startswith("<p>Report: State A and State B on 31 December 2000.")
        found = re.search(r'<iframe srcdoc="([^"]*)" title="[^"]*" sandbox="([^"]*)"', shown)
        assert found is not None
        framed = html.unescape(found[1]).replace('<base href="about:srcdoc">', "")
        assert "".join(framed.split()) == "".join(made.html.split())
        assert "allow-scripts" not in found[2]

    def test_frozen(self) -> None:
        """A report is a value that cannot change, and short when printed."""
        made = report(small(), ["A", "B"])
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            made.title = ""  # type: ignore[misc]
        assert len(repr(made)) < 200

    def test_command(
        self, harbour: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The command writes the page that the function gives, to a file or to standard output."""
        typed = ["report", "DOCKERS", "HARBOUR", "--on", "2031-04-12", "--data", str(HARBOUR)]
        made = report(harbour, ["DOCKERS", "HARBOUR"], on="2031-04-12")
        assert main([*typed, "-o", str(tmp_path / "r.html")]) == 0
        assert (tmp_path / "r.html").read_text(encoding="utf-8") == made.html
        assert main(typed) == 0
        assert capsys.readouterr().out == made.html

    def test_command_faults(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A plan that there is not is told as a fault of the command."""
        words = ["report", "DOCKERS", "HARBOUR", "--plans", "mediator-draf"]
        assert main([*words, "--data", str(HARBOUR)]) == 2
        assert "did you mean 'mediator-draft'?" in capsys.readouterr().err

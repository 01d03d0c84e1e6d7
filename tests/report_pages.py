"""Reports as a browser reads them, and what every page keeps to."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import ClassVar
from xml.etree.ElementTree import Element

import html5lib

from positions.reports.report import Report
from positions.snapshots.dataset import Dataset

SECTIONS = [
    "summary",
    "positions",
    "deadlocks",
    "room",
    "convergence",
    "plans",
    "packages",
    "notes",
    "statements",
    "sources",
]
"""The sections of every report; a section on what moved joins where an earlier day is given."""


class Page:
    """A report as a browser reads it; markup that is not valid HTML is an error."""

    def __init__(self, made: Report) -> None:
        """Parse the page strictly."""
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root: Element = parser.parse(made.html)

    def section(self, name: str) -> Element:
        """Find the one element of an id."""
        (found,) = [node for node in self.root.iter() if node.get("id") == name]
        return found

    def text(self, name: str) -> str:
        """Read an element of an id as one line."""
        return told(self.section(name))

    def row(self, name: str, head: str) -> list[str]:
        """Read the cells of the row of a section that is about something."""
        rows = [[told(cell) for cell in row] for row in self.section(name).iter("tr")]
        (found,) = [row for row in rows if row[0].startswith(head)]
        return found

    @property
    def ids(self) -> list[str]:
        """List all ids, in order."""
        return [node.get("id", "") for node in self.root.iter() if node.get("id")]


def told(node: Element) -> str:
    """Read the text of an element as one line, a blank after each part."""
    return re.sub(r"\s+", " ", " ".join(node.itertext())).strip()


def spoken(node: Element) -> str:
    """Read the text of an element as one line, as it stands."""
    return re.sub(r"\s+", " ", "".join(node.itertext())).strip()


def summary(made: Report) -> list[str]:
    """Read the paragraphs of the summary."""
    return [spoken(node) for node in Page(made).section("summary").iter("p")]


class EvidenceChecks:
    """Everything that is said leads to its statements; needs fixtures `page` and `ds`."""

    LEAST: ClassVar[int]
    """How many cells the page has, or more, that say what a party does."""
    STATEMENT: ClassVar[str]
    """The id of a statement on which it rests."""
    BEGINS: ClassVar[str]
    """How this statement is told."""

    def test_links_lead_somewhere(self, page: Page) -> None:
        """Every link inside the page leads to an id that is there once."""
        assert max(Counter(page.ids).values()) == 1
        inside = {a.get("href", "")[1:] for a in page.root.iter("a") if a.get("href", "")[0] == "#"}
        assert inside - set(page.ids) == set()

    def test_every_attitude_has_statements(self, page: Page) -> None:
        """Every phrase that says what a party does has a mark of a statement."""
        cells = [cell for cell in page.root.iter("td") if verbs(cell)]
        assert len(cells) >= self.LEAST
        for cell in cells:
            phrases = [item for item in cell.iter("li") if verbs(item)] or [cell]
            assert all(marks(phrase) for phrase in phrases), told(cell)

    def test_numbers(self, page: Page) -> None:
        """The number of a mark is the place of its statement in the list."""
        (listed,) = page.section("statements").iter("ol")
        places = {item.get("id"): f"[{place}]" for place, item in enumerate(listed, 1)}
        found = marks(page.root)
        assert all(places[mark.get("href", "")[1:]] == mark.text for mark in found)
        assert {mark.get("href", "")[1:] for mark in found} == set(places)

    def test_statements(self, page: Page, ds: Dataset) -> None:
        """A statement is listed with party, date, topic, summary, id and its sources."""
        record = ds.statement(self.STATEMENT)
        item = page.section(f"statement-{record.id}")
        text = told(item)
        assert text.startswith(self.BEGINS)
        assert record.summary in text
        assert text.endswith(record.id)
        links = [a.get("href") for a in item.iter("a")]
        assert links == [f"#source-{source}" for source in record.sources]


def verbs(node: Element) -> list[Element]:
    """List the words in an element that say what a party does."""
    return [b for b in node.iter("b") if b.get("class", "").startswith("verb")]


def marks(node: Element) -> list[Element]:
    """List the marks of statements in an element."""
    return [a for a in node.iter("a") if a.get("href", "").startswith("#statement-")]


class PageChecks:
    """The page is valid, sound, asks nothing of others; needs a fixture `made`."""

    def test_valid(self, made: Report) -> None:
        """A strict parser finds no fault, and no id stands twice."""
        page = Page(made)
        assert max(Counter(page.ids).values()) == 1
        assert page.root.get("lang") == "en"
        assert told(next(page.root.iter("title"))) == re.sub(r"\s+", " ", made.title).strip()

    def test_sections(self, made: Report) -> None:
        """Every section is there and in the contents, under a heading that names it."""
        page = Page(made)
        sections = list(page.root.iter("section"))
        names = [node.get("id") for node in sections]
        assert [name for name in names if name != "moves"] == SECTIONS
        assert [a.get("href") for a in page.section("contents").iter("a")] == [
            f"#{name}" for name in names
        ]
        for node in sections:
            assert next(node.iter("h2")).get("id") == node.get("aria-labelledby")

    def test_headings(self, made: Report) -> None:
        """There is one first heading, and no level is skipped."""
        levels = [
            int(node.tag[1])
            for node in Page(made).root.iter()
            if isinstance(node.tag, str) and re.fullmatch("h[1-6]", node.tag)
        ]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))

    def test_tables(self, made: Report) -> None:
        """Every table has a caption and heads, and stands in a group that a keyboard can scroll."""
        page = Page(made)
        groups = [node for node in page.root.iter("div") if node.get("class") == "scroll"]
        assert all(node.get("tabindex") == "0" and node.get("aria-label") for node in groups)
        tables = list(page.root.iter("table"))
        assert len(tables) == sum(len(node.findall("table")) for node in groups)
        for table in tables:
            assert told(table[0])
            assert table[0].tag == "caption"
            assert {th.get("scope") for th in table.iter("th")} <= {"col", "row"}
            widths = {len(row) for row in table.iter("tr")}
            assert len(widths) == 1

    def test_asks_nothing(self, made: Report) -> None:
        """Nothing in the page runs, and nothing is fetched; addresses stand in sources alone."""
        page = Page(made)
        tags = {node.tag.split("}")[-1] for node in page.root.iter() if isinstance(node.tag, str)}
        assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
        for node in page.root.iter():
            for name, value in node.attrib.items():
                assert not name.startswith("on")
                assert name not in ("src", "srcset", "background")
                if name == "href" and not value.startswith("#"):
                    assert re.match("https?://", value)
        style = spoken(next(page.root.iter("style")))
        assert "url(" not in style
        assert "@import" not in style
        policy = [meta.get("content") for meta in page.root.iter("meta") if meta.get("http-equiv")]
        assert policy[0].startswith("default-src 'none'")

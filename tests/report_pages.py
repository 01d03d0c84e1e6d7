"""Reports as a browser parses them, and checks that every page must pass."""

from __future__ import annotations

import functools
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
"""The sections of every report; with an earlier day there is also a section on changes."""


class Page:
    """A report as a browser parses it; invalid HTML is an error."""

    def __init__(self, made: Report) -> None:
        """Parse the page strictly."""
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root: Element = parser.parse(made.html)

    def section(self, name: str) -> Element:
        """Return the only element with an id."""
        (found,) = [node for node in self.root.iter() if node.get("id") == name]
        return found

    def text(self, name: str) -> str:
        """Return the text of the element with an id, on one line."""
        return spaced_text(self.section(name))

    def row(self, name: str, head: str) -> list[str]:
        """Return the cells of the row whose header starts with `head`."""
        rows = [[spaced_text(cell) for cell in row] for row in self.section(name).iter("tr")]
        (found,) = [row for row in rows if row[0].startswith(head)]
        return found

    @property
    def ids(self) -> list[str]:
        """List all ids, in order."""
        return [node.get("id", "") for node in self.root.iter() if node.get("id")]


@functools.lru_cache(maxsize=8)
def page_of(made: Report) -> Page:
    """Parse a report; the same one only once."""
    return Page(made)


def spaced_text(node: Element) -> str:
    """Return the text of an element on one line, with a space after each part."""
    return re.sub(r"\s+", " ", " ".join(node.itertext())).strip()


def plain_text(node: Element) -> str:
    """Return the text of an element on one line."""
    return re.sub(r"\s+", " ", "".join(node.itertext())).strip()


def summary(made: Report) -> list[str]:
    """Return the paragraphs of the summary."""
    return [plain_text(node) for node in Page(made).section("summary").iter("p")]


class EvidenceChecks:
    """Every claim links to its statements; needs fixtures `page` and `ds`."""

    LEAST: ClassVar[int]
    """The least number of cells of the page that contain an attitude of a party."""
    STATEMENT: ClassVar[str]
    """The id of a statement that the page cites."""
    BEGINS: ClassVar[str]
    """The beginning of the entry of this statement."""

    def test_links(self, page: Page) -> None:
        """Every link within the page leads to a unique id."""
        assert max(Counter(page.ids).values()) == 1
        targets = {
            a.get("href", "")[1:] for a in page.root.iter("a") if a.get("href", "")[0] == "#"
        }
        assert targets - set(page.ids) == set()

    def test_citations(self, page: Page) -> None:
        """Every phrase with an attitude of a party cites a statement."""
        cells = [cell for cell in page.root.iter("td") if verbs(cell)]
        assert len(cells) >= self.LEAST
        for cell in cells:
            phrases = [item for item in cell.iter("li") if verbs(item)] or [cell]
            assert all(marks(phrase) for phrase in phrases), spaced_text(cell)

    def test_numbers(self, page: Page) -> None:
        """The number of a citation is that of its statement in the list."""
        (listed,) = page.section("statements").iter("ol")
        numbers = {item.get("id"): f"[{number}]" for number, item in enumerate(listed, 1)}
        found = marks(page.root)
        assert all(numbers[mark.get("href", "")[1:]] == mark.text for mark in found)
        assert {mark.get("href", "")[1:] for mark in found} == set(numbers)

    def test_statements(self, page: Page, ds: Dataset) -> None:
        """A statement is listed with party, date, topic, summary, id and its sources."""
        record = ds.statement(self.STATEMENT)
        item = page.section(f"statement-{record.id}")
        text = spaced_text(item)
        assert text.startswith(self.BEGINS)
        assert record.summary in text
        assert text.endswith(record.id)
        links = [a.get("href") for a in item.iter("a")]
        assert links == [f"#source-{source}" for source in record.sources]


def verbs(node: Element) -> list[Element]:
    """List the verbs in an element that express an attitude."""
    return [b for b in node.iter("b") if b.get("class", "").startswith("verb")]


def marks(node: Element) -> list[Element]:
    """List the citations of statements in an element."""
    return [a for a in node.iter("a") if a.get("href", "").startswith("#statement-")]


class PageChecks:
    """The page is valid and self-contained; needs a fixture `made`."""

    def test_valid(self, made: Report) -> None:
        """A strict parser finds no error, and ids are unique."""
        page = page_of(made)
        assert max(Counter(page.ids).values()) == 1
        assert page.root.get("lang") == "en"
        assert spaced_text(next(page.root.iter("title"))) == re.sub(r"\s+", " ", made.title).strip()

    def test_sections(self, made: Report) -> None:
        """Every section is present, is listed in the contents, and is labelled by its heading."""
        page = page_of(made)
        sections = list(page.root.iter("section"))
        names = [node.get("id") for node in sections]
        assert [name for name in names if name != "moves"] == SECTIONS
        assert [a.get("href") for a in page.section("contents").iter("a")] == [
            f"#{name}" for name in names
        ]
        for node in sections:
            assert next(node.iter("h2")).get("id") == node.get("aria-labelledby")

    def test_headings(self, made: Report) -> None:
        """There is one heading of level 1, and no level is skipped."""
        levels = [
            int(node.tag[1])
            for node in page_of(made).root.iter()
            if isinstance(node.tag, str) and re.fullmatch("h[1-6]", node.tag)
        ]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))

    def test_tables(self, made: Report) -> None:
        """Every table has a caption and headers, and can be scrolled by keyboard."""
        page = page_of(made)
        groups = [node for node in page.root.iter("div") if node.get("class") == "scroll"]
        assert all(node.get("tabindex") == "0" and node.get("aria-label") for node in groups)
        tables = list(page.root.iter("table"))
        assert len(tables) == sum(len(node.findall("table")) for node in groups)
        for table in tables:
            assert spaced_text(table[0])
            assert table[0].tag == "caption"
            assert {th.get("scope") for th in table.iter("th")} <= {"col", "row"}
            widths = {len(row) for row in table.iter("tr")}
            assert len(widths) == 1

    def test_self_contained(self, made: Report) -> None:
        """The page runs no script and loads nothing; only links lead to other addresses."""
        page = page_of(made)
        tags = {node.tag.split("}")[-1] for node in page.root.iter() if isinstance(node.tag, str)}
        assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
        for node in page.root.iter():
            for name, value in node.attrib.items():
                assert not name.startswith("on")
                assert name not in ("src", "srcset", "background")
                if name == "href" and not value.startswith("#"):
                    assert re.match("https?://", value)
        style = plain_text(next(page.root.iter("style")))
        assert "url(" not in style
        assert "@import" not in style
        policy = [meta.get("content") for meta in page.root.iter("meta") if meta.get("http-equiv")]
        assert policy[0].startswith("default-src 'none'")

"""A report in a browser: on phone and desktop, light and dark, by keyboard and on paper."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hostile_data import hostile
from positions.files.bundled import load
from positions.reports.report import Report, report

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browser.conftest import OpenPage

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def made() -> Report:
    """Return a report with every section."""
    plans = ["russia-memorandum-2025", "ukraine-memorandum-2025"]
    return report(
        load(),
        ["RUS", "UKR"],
        on="2025-06-02",
        since="2025-03-01",
        topics=["nato", "ceasefire", "forces"],
        plans=plans,
    )


@pytest.fixture(scope="module")
def address(made: Report, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of the report as a file."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    made.write(path)
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_everybody_can_use_it(
    open_page: OpenPage, address: str, size: dict[str, int], scheme: str
) -> None:
    """Axe finds no barrier to access: names, roles, contrast, focus, headings."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = open_page(viewport=size, color_scheme=scheme)
    page.goto(address)
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert len(found.response["passes"]) > 20


def test_colours_follow_the_reader(open_page: OpenPage, address: str) -> None:
    """The page follows the reader's colour scheme, but is always light on paper."""
    page = open_page(viewport=DESK, color_scheme="dark")
    page.goto(address)
    seen = "getComputedStyle(document.body).color"
    dark = page.evaluate(seen)
    page.emulate_media(media="print")
    paper = page.evaluate(seen)
    page.emulate_media(media="screen", color_scheme="light")
    assert page.evaluate(seen) == paper != dark


def test_fits_a_phone(open_page: OpenPage, address: str) -> None:
    """On a phone only tables and plots scroll sideways, not the page."""
    page = open_page(viewport=PHONE)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    wide = "[...document.querySelectorAll('.scroll')].filter(n => n.scrollWidth > n.clientWidth)"
    assert page.evaluate(f"{wide}.length") > 5


def test_keyboard(open_page: OpenPage, address: str) -> None:
    """Tab first shows a link to the summary, then moves through the contents."""
    page = open_page(viewport=DESK)
    page.goto(address)
    page.keyboard.press("Tab")
    assert focused(page, "textContent") == "Skip to the summary"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Tab")
    assert focused(page, "getAttribute('href')") == "#summary"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('section').id") == "summary"


def eventually(page: Page, holds: str) -> bool:
    """Whether a condition is met within five seconds; polled, as the page allows no scripts."""
    for _ in range(50):
        if page.evaluate(holds):
            return True
        page.wait_for_timeout(100)
    return False


def test_tables_by_keyboard(open_page: OpenPage, address: str) -> None:
    """Tab reaches every table, which then scrolls sideways with the arrows."""
    page = open_page(viewport=PHONE)
    page.goto(address)
    page.evaluate("document.querySelector('#positions .up').focus()")
    page.keyboard.press("Tab")
    assert focused(page, "getAttribute('aria-label')").startswith("Positions on nato")
    page.keyboard.press("ArrowRight")
    assert eventually(page, "document.activeElement.scrollLeft > 0")
    reachable = "[...document.querySelectorAll('table')].every(t => t.parentNode.tabIndex === 0)"
    assert page.evaluate(reachable)


def test_marks_lead_to_statements(open_page: OpenPage, address: str) -> None:
    """A citation links to its statement, which is then highlighted and in view."""
    page = open_page(viewport=DESK)
    page.goto(address)
    page.locator("#positions .marks a").first.click()
    lit = page.locator("li:target")
    assert lit.count() == 1
    assert lit.is_visible()
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 900


def test_requests_nothing(open_page: OpenPage, address: str) -> None:
    """The page requests nothing but its own file, also when printed."""
    page = open_page(viewport=DESK)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    page.emulate_media(media="print")
    page.pdf()
    assert asked == [address]


def test_paper(open_page: OpenPage, address: str, pdftotext: str, tmp_path: Path) -> None:
    """On paper every section starts a new page, and sources have their addresses in full."""
    page = open_page(viewport=DESK)
    page.goto(address)
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    command = [pdftotext, "-layout", tmp_path / "report.pdf", "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pages = [paper.strip() for paper in text.split("\f")]
    titles = page.locator("section h2").all_text_contents()
    assert len(titles) == 11
    assert titles[0] in pages[0]
    for title in titles[1:]:
        assert any(paper.startswith(title) for paper in pages), title
    printed = "".join(text.split())
    assert all(url in printed for url in page.locator("a.address").all_text_contents()[:20])


def test_paper_cuts_no_table(open_page: OpenPage, address: str) -> None:
    """On paper no table is wider than its page."""
    page = open_page(viewport={"width": 680, "height": 1000})
    page.goto(address)
    page.emulate_media(media="print")
    wide = "[...document.querySelectorAll('table')].map(t => t.getBoundingClientRect().right)"
    assert max(page.evaluate(wide)) <= 680


def test_names_do_nothing(open_page: OpenPage, tmp_path: Path) -> None:
    """Names that look like markup are shown unchanged and have no effect."""
    ds, names = hostile()
    report(ds, ["A", "B", "C"], plans=["p"]).write(tmp_path / "report.html")
    page = open_page(viewport=DESK)
    page.goto((tmp_path / "report.html").as_uri())
    shown = " ".join(page.locator("body").inner_text().split())
    assert all(" ".join(name.split()) in shown for name in names)
    assert page.locator("script, img").count() == 0


def test_in_a_notebook(open_page: OpenPage, made: Report, tmp_path: Path) -> None:
    """The frame in a notebook contains the whole report, and its links stay inside it."""
    (tmp_path / "notebook.html").write_text(f"<!doctype html>{made._repr_html_()}", "utf-8")
    page = open_page(viewport=DESK)
    page.goto((tmp_path / "notebook.html").as_uri())
    frame = page.frame_locator("iframe")
    assert frame.locator("h1").inner_text() == made.title
    frame.locator("nav a", has_text="Sources").click()
    frame.locator("#sources:target").wait_for()
    assert frame.locator("#sources h2").is_visible()


def focused(page: Page, what: str) -> str:
    """Return a value of the element that has the focus."""
    return str(page.evaluate(f"document.activeElement.{what}"))

"""Results in JupyterLab, in a light and in a dark theme."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.contrast import ENOUGH, least_contrast
from browser.laboratory import Server, run_notebook
from browser.made_up import HOSTILE, hostile_cells, write_notebook
from places import DOCS
from positions.screen import visible

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

NOTEBOOKS = DOCS / "notebooks"
ANSWERS = ".jp-OutputArea-output .mathjax_ignore"

PICTURES = {"light": "jupyterlab.png", "dark": "jupyterlab-dark.png"}

CAPTIONS = (
    r"Positions on ending the war between Russia and Ukraine, .*",
    r"Russia, Ukraine on 2025-06-02: 3 topics",
    r"Deadlocks of Russia, Ukraine on 2025-06-02: 5 topics",
    r"Overlap of Russia, Ukraine on 2025-06-02: 8 topics",
    r"From 2022-03-29 to 2025-06-02: 1 change",
    r"Timeline of Ukraine to 2026-06-23: 7 changes",
    r"Convergence of Russia, Ukraine, .*: Kind of security guarantee \(guarantees\.kind\)",
    r"American plan of 28 points \(2025-11-20\) compared with positions on 2025-11-30",
    r"On 2025-06-02 there is no package that Russia and Ukraine could both sign\.",
    r"Overlap of Russia, Ukraine on 2025-06-02: 1 topic",
)
"""The captions of the tables of the tutorial, in order."""


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    """Return the theme of a page."""
    return str(request.param)


@pytest.fixture
def lab(open_page: Callable[..., Page], theme: str) -> Page:
    """Open a page with the size of a small screen."""
    return open_page(color_scheme=theme, viewport={"width": 1280, "height": 900})


@pytest.fixture
def folder(jupyterlab: Server, theme: str) -> Path:
    """Return a folder of notebooks for each theme, so that none continues another's session."""
    path = jupyterlab.folder / theme
    path.mkdir(exist_ok=True)
    return path


@pytest.fixture
def first_steps(lab: Page, jupyterlab: Server, folder: Path) -> Page:
    """Run the tutorial in JupyterLab."""
    shutil.copy(NOTEBOOKS / "first-steps.ipynb", folder)
    run_notebook(lab, jupyterlab, f"{folder.name}/first-steps.ipynb")
    return lab


def test_first_steps(first_steps: Page, theme: str, pictures: Path | None) -> None:
    """The tutorial runs without an error, and its answers are readable tables."""
    answers = first_steps.locator(ANSWERS)
    captions = answers.locator("caption").all_inner_texts()
    assert len(captions) == answers.count() == len(CAPTIONS)
    for caption, wanted in zip(captions, CAPTIONS, strict=True):
        assert re.fullmatch(wanted, caption)
    assert_readable(answers)
    assert least_contrast(answers.locator("caption, th, td, li, p, a")) >= ENOUGH
    assert_links(answers.nth(1))
    assert_picture(first_steps.locator(".jp-OutputArea-output img"))
    assert (
        first_steps.locator("body").get_attribute("data-jp-theme-light")
        == str(theme == "light").lower()
    )
    if pictures:
        picture(first_steps, pictures / PICTURES[theme])


def assert_readable(answers: Locator) -> None:
    """Check that tables have column and row headers, and the number of rows in their captions."""
    assert answers.nth(1).locator("tbody tr").count() == 3
    assert answers.nth(5).locator("tbody tr").count() == 7
    assert answers.locator("thead th:not([scope=col]), thead td").count() == 0
    assert answers.locator("tbody tr:not(:has(> th[scope=row]))").count() == 0
    gaps = answers.nth(1).locator("td:last-child").all()
    assert {cell.evaluate("cell => getComputedStyle(cell).textAlign") for cell in gaps} == {"right"}


def assert_links(answer: Locator) -> None:
    """Check that a citation links to its source, the source back, and its address to the web."""
    mark = answer.get_by_role("link", name="[14]", exact=True)
    note = answer.locator("li").nth(13)
    mark.scroll_into_view_if_needed()
    assert not in_sight(note)
    mark.click()
    assert in_sight(note)
    assert "Kyiv Independent" in note.inner_text()
    note.get_by_role("link", name="↑").click()
    assert in_sight(mark)
    web = note.locator("a[href^=https]")
    assert "noopener" in str(web.get_attribute("rel"))  # JupyterLab sets its own
    assert web.inner_text() == web.get_attribute("href")


def assert_picture(image: Locator) -> None:
    """Check that there is one image, in its original size, and within its cell."""
    assert image.count() == 1
    assert image.evaluate("image => image.complete && image.naturalWidth") > 400
    assert image.evaluate("image => image.width <= image.closest('.jp-OutputArea').clientWidth")


def in_sight(element: Locator) -> bool:
    """Whether an element is visible without scrolling, once the page has settled."""
    element.page.wait_for_timeout(500)
    box = element.bounding_box()
    size = element.page.viewport_size
    return box is not None and size is not None and 0 <= box["y"] < size["height"]


def picture(page: Page, path: Path) -> None:
    """Take a screenshot of a question and its answer, without the list of files."""
    page.evaluate("() => jupyterapp.commands.execute('application:toggle-left-area')")
    heading = page.get_by_role("heading", name="Positions on one day")
    heading.evaluate("heading => heading.scrollIntoView()")
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    page.screenshot(path=path)


def test_hostile_names(lab: Page, jupyterlab: Server, folder: Path) -> None:
    """Names that look like markup, mathematics or code are shown unchanged and not interpreted."""
    write_notebook(folder / "hostile.ipynb", *hostile_cells())
    run_notebook(lab, jupyterlab, f"{folder.name}/hostile.ipynb")
    answers = lab.locator(ANSWERS)
    assert answers.count() == 7
    assert answers.locator("script, img, b, code, strong, mjx-container, .MathJax").count() == 0
    assert lab.evaluate("() => window.attacked") is None
    cells = answers.nth(1).locator("td:last-child").all_inner_texts()
    assert cells == [visible(name) for name in HOSTILE]
    assert answers.nth(6).locator("th[scope=row]").inner_text() == (
        "first\nsecond \\u202eeman \\x1b[31mred"
    )

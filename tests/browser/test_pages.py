"""Tables in other places: GitHub, exported pages, prints, phones, marimo."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import positions as pos
from browser.contrast import ENOUGH, least_contrast
from browser.github import sanitised
from browser.laboratory import environment, marimo_in
from browser.made_up import CYRILLIC, cyrillic_cells, write_notebook
from places import DOCS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NOTEBOOKS = DOCS / "notebooks"

PHONE = '<!doctype html><meta name="viewport" content="width=device-width">'
"""The head of a page for narrow screens."""

COMPARED = "pos.compare(pos.load().at('2025-06-02'), ['RUS', 'UKR'], 'nato')"
"""A question whose answer has three rows and sixteen sources."""

OFFLINE = ("mathjax_url", "require_js_url", "jquery_url", "mermaid_js_url")
"""Settings of libraries that nbconvert would otherwise load from other hosts."""


def compared() -> str:
    """Return a table of the bundled data as HTML, as a notebook shows it."""
    snapshot = pos.load().at("2025-06-02")
    return pos.compare(snapshot, ["RUS", "UKR"], "nato")._repr_html_()


def converted(notebook: Path) -> Path:
    """Run a notebook and export it as a page, with nbconvert."""
    home = notebook.parent
    options = [f"--HTMLExporter.{name}=" for name in OFFLINE]
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", *options]
    subprocess.run([*command, notebook.name], cwd=home, env=environment(home), check=True)
    return notebook.with_suffix(".html")


def printed(page: Page, path: Path, pdftotext: str) -> str:
    """Print a page to PDF, and return its text on one line."""
    page.pdf(path=path, format="A4")
    text = subprocess.check_output([pdftotext, path, "-"], encoding="utf-8")
    return " ".join(text.split())


def test_github(page: Page) -> None:
    """Without styles, classes and ids a table keeps its caption, headers, alignment and sources."""
    left = sanitised(compared())
    assert "style" not in left
    assert " id=" not in left
    page.set_content(left)
    assert page.locator("caption").inner_text() == "Russia, Ukraine on 2025-06-02: 3 topics"
    assert page.locator("th[scope=col]").count() == 5
    assert page.locator("th[scope=row]").count() == 3
    sides = "cells => cells.map(cell => getComputedStyle(cell).textAlign.replace('-webkit-', ''))"
    assert page.locator("tbody tr").first.locator("th, td").evaluate_all(sides) == [
        *["left"] * 4,
        "right",
    ]
    assert "[14][15]" in page.locator("tbody tr").nth(1).inner_text()
    assert page.locator("ol > li").count() == 16


@pytest.mark.parametrize("width", [360, 1280])
def test_narrow(page: Page, width: int) -> None:
    """On a phone the table scrolls sideways, and the page does not; nothing is cut off."""
    page.set_viewport_size({"width": width, "height": 800})
    page.set_content(f"{PHONE}{compared()}")
    wide = "element => element.scrollWidth > element.clientWidth"
    assert page.get_by_role("region").evaluate(wide) == (width == 360)
    assert not page.locator("html").evaluate(wide)


def test_keyboard(page: Page) -> None:
    """The table can be focused by keyboard, is labelled by its caption, and can be scrolled."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.set_content(compared())
    page.keyboard.press("Tab")
    region = page.get_by_role("region", name="Russia, Ukraine on 2025-06-02: 3 topics")
    assert region.evaluate("element => element === document.activeElement")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")


def test_nbconvert(page: Page, tmp_path: Path, pdftotext: str) -> None:
    """The tutorial, exported and printed, contains every table with its sources."""
    shutil.copy(NOTEBOOKS / "first-steps.ipynb", tmp_path)
    page.goto(converted(tmp_path / "first-steps.ipynb").as_uri())
    tables = page.locator(".jp-OutputArea-output .mathjax_ignore")
    assert tables.count() == 10
    assert least_contrast(tables.locator("caption, th, td, li, p, a")) >= ENOUGH
    text = printed(page, tmp_path / "first-steps.pdf", pdftotext)
    assert "Deadlocks of Russia, Ukraine on 2025-06-02: 5 topics" in text
    assert "American plan of 28 points (2025-11-20) compared with positions" in text
    assert "https://tass.com/politics/1967467" in text


def test_cyrillic(page: Page, tmp_path: Path, pdftotext: str) -> None:
    """Names in Cyrillic are correct on an exported page and in its print."""
    write_notebook(tmp_path / "cyrillic.ipynb", *cyrillic_cells())
    page.goto(converted(tmp_path / "cyrillic.ipynb").as_uri())
    heads = page.locator("th[scope=col]").all_inner_texts()
    assert heads[1:4] == list(CYRILLIC)
    text = printed(page, tmp_path / "cyrillic.pdf", pdftotext)
    assert all(name in text for name in CYRILLIC)


def test_marimo(page: Page, tmp_path: Path) -> None:
    """In marimo, which resets the style of lists and tables, a table is shown the same."""
    with marimo_in(tmp_path, COMPARED) as url:
        page.goto(url)
        table = page.locator(".tex2jax_ignore")
        table.wait_for()
        assert table.locator("caption").inner_text() == "Russia, Ukraine on 2025-06-02: 3 topics"
        assert table.locator("tbody tr").count() == 3
        style = "list => getComputedStyle(list).listStyleType"
        assert table.locator("ol").evaluate(style) == "decimal"
        assert least_contrast(table.locator("caption, th, td, li, p, a")) >= ENOUGH
        assert "underline" in table.locator("li a").first.evaluate(
            "link => getComputedStyle(link).textDecorationLine"
        )

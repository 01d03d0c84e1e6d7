"""Chromium and JupyterLab, for tests of how results look.

Every page is watched: requests to other hosts and dialogs are errors. A missing program fails
the test if `CI` is set, and skips it otherwise.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser.laboratory import Server, jupyterlab_in
from browser.watching import Watched, watch
from places import DOCS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LIBRARIES = ("playwright", "jupyterlab", "ipykernel", "nbconvert", "marimo")
"""Libraries of the dependency group `browser`."""

OpenPage = Callable[..., "Page"]
"""A function that opens a page, with options of a browser context (`color_scheme="dark"`)."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add an option to take the screenshots of the documentation again."""
    parser.addoption(
        "--pictures", action="store_true", help="take the screenshots of docs/images again"
    )


def program(name: str) -> str:
    """Return the path of a system program; if it is missing, fail in CI and skip elsewhere."""
    found = shutil.which(name)
    _wanted(found, name, "make system")
    return str(found)


def _wanted(found: object, what: str, advice: str) -> None:
    """Fail in CI, and skip elsewhere, if something is missing."""
    if found:
        return
    missing = f"{what} is missing; `{advice}` installs it"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def _libraries() -> None:
    for name in LIBRARIES:
        _wanted(importlib.util.find_spec(name), name, "make browser")


@pytest.fixture(scope="session")
def chromium(_libraries: None) -> Iterator[Browser]:
    """Run the installed Chromium without a window."""
    path = program("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pdftotext() -> str:
    """Return the path of the program that extracts text from PDF."""
    return program("pdftotext")


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Open watched pages; the test fails if one contacts another host or opens a dialog."""
    watched, contexts = Watched(), []

    def opened(**options: Any) -> Page:
        context = chromium.new_context(service_workers="block", **options)
        watch(context, watched)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert watched == Watched()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Open one watched page."""
    return open_page()


@pytest.fixture(scope="session")
def jupyterlab(_libraries: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run one JupyterLab for all tests."""
    with jupyterlab_in(tmp_path_factory.mktemp("jupyterlab")) as server:
        yield server


@pytest.fixture(scope="session")
def pictures(pytestconfig: pytest.Config) -> Path | None:
    """Return the folder of the documentation's screenshots if they are to be taken again."""
    wanted = pytestconfig.getoption("--pictures")
    return DOCS / "images" if wanted else None

"""Chromium, and a JupyterLab of its own, for tests of what people see.

Nothing may be asked of another host and no dialog may open: every page of a test is watched for
both. A program that is missing fails the test where `CI` is set, and skips it elsewhere.
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
"""What the dependency group `browser` brings."""

OpenPage = Callable[..., "Page"]
"""Opens a page; takes what a browser context takes, such as `color_scheme="dark"`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to take the pictures of the documentation anew."""
    parser.addoption("--pictures", action="store_true", help="take the pictures of docs/images")


def program(name: str) -> str:
    """Find a program of the system; where it is missing, fail in CI and skip elsewhere."""
    found = shutil.which(name)
    _wanted(found, name, "make system")
    return str(found)


def _wanted(found: object, what: str, advice: str) -> None:
    """Go on if something is there."""
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
    """Run the Chromium of the system, without a window."""
    path = program("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pdftotext() -> str:
    """Find the program that reads the text of a PDF."""
    return program("pdftotext")


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Open watched pages; the test fails if one asks another host or opens a dialog."""
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
    """Give the folder of the documentation's pictures if they shall be taken anew."""
    wanted = pytestconfig.getoption("--pictures")
    return DOCS / "images" if wanted else None

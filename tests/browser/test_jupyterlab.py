"""What a reader sees in JupyterLab."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from laboratory import Server, run_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NOTEBOOKS = Path(__file__).parents[2] / "docs" / "notebooks"


@pytest.fixture(params=["light", "dark"])
def first_steps(
    request: pytest.FixtureRequest, open_page: Callable[..., Page], jupyterlab: Server
) -> Page:
    """Run the tutorial in JupyterLab, in a light and in a dark theme."""
    shutil.copy(NOTEBOOKS / "first-steps.ipynb", jupyterlab.folder)
    page = open_page(color_scheme=request.param, viewport={"width": 1280, "height": 900})
    run_notebook(page, jupyterlab, "first-steps.ipynb")
    return page


def test_tables(first_steps: Page) -> None:
    """Every answer of the tutorial is a table with a caption and headers of columns."""
    tables = first_steps.locator(".jp-OutputArea-output table")
    assert tables.count() == 9
    assert tables.locator("caption").count() == 9
    assert tables.locator("thead th:not([scope=col])").count() == 0

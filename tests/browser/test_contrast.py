"""Contrast is measured as WCAG's formula gives it by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browser.contrast import least_contrast

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("style", "ratio"),
    [
        ("color: #000; background: #fff", 21),
        ("color: #fff; background: #fff", 1),
        ("color: #777; background: #fff", 4.48),
        ("color: rgb(0 0 0 / 50%); background: #fff", 3.98),
    ],
)
def test_ratio(page: Page, style: str, ratio: float) -> None:
    """Black on white has 21:1, white on white 1:1; semi-transparent black counts as grey."""
    page.set_content(f'<p>far <b style="{style}">text</b></p>')
    assert least_contrast(page.locator("b")) == pytest.approx(ratio, abs=0.05)


def test_behind(page: Page) -> None:
    """A text can inherit the background of its container; the lowest ratio counts."""
    page.set_content(
        '<div style="background: #000; color: #fff"><b>a</b><i style="color: #111">b</i></div>'
    )
    assert least_contrast(page.locator("b")) == pytest.approx(21)
    assert least_contrast(page.locator("b, i")) == pytest.approx(1.11, abs=0.01)

"""Contrast of text with its background, as defined by WCAG 2.2."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator

ENOUGH = 4.5
"""Minimum contrast of text of normal size in WCAG 2.2 (1.4.3, level AA)."""

WORST = """elements => {
    const parts = colour => {
        const canvas = document.createElement("canvas").getContext("2d");
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
        return [red, green, blue, alpha / 255];
    };
    const over = (front, back) => back.map(
        (part, i) => i < 3 ? front[i] * front[3] + part * (1 - front[3]) : 1
    );
    const behind = element => {
        if (!element) return [255, 255, 255, 1];
        const colour = parts(getComputedStyle(element).backgroundColor);
        return colour[3] === 1 ? colour : over(colour, behind(element.parentElement));
    };
    const luminance = colour => {
        const [red, green, blue] = colour.slice(0, 3).map(part => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ratio = element => {
        const back = behind(element);
        const text = over(parts(getComputedStyle(element).color), back);
        const [dark, light] = [luminance(back), luminance(text)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    return Math.min(...elements.map(ratio));
}"""
"""JavaScript that returns the lowest contrast ratio of several elements."""


def least_contrast(elements: Locator) -> float:
    """Return the lowest contrast ratio of the text of some elements."""
    return float(elements.evaluate_all(WORST))

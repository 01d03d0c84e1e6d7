"""Tones: the colour and the hatch of each mark, distinguishable without colour as well.

The colours come from the palette of Okabe and Ito (2008) for all kinds of colour vision;
some are lightened so that they also differ in grey. Hatches distinguish them further.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from positions.plots.charts import LegendEntry, Tone

if TYPE_CHECKING:
    from matplotlib.patches import Patch, Rectangle

INK = "#222222"
"""The colour of lines and of text on a light background."""
PALE = "#cccccc"
"""The colour of grid lines."""
PAPER = "#ffffff"
"""The colour behind text, and of text on a dark background."""


@attrs.frozen
class Look:
    """The fill of a tone, its hatch, and the colour of hatch and outline."""

    fill: str
    hatch: str
    line: str


LOOKS: dict[Tone, Look] = {
    "demand": Look("#0072b2", "", "#003f63"),
    "yes": Look("#7cc4ee", "", "#22678f"),
    "if": Look("#d8ecf8", "///", "#4f94bd"),
    "unmet": Look("#f8e0c0", "\\\\\\", "#b3884d"),
    "open": Look("#ffffff", "--", "#8a8a8a"),
    "no": Look("#d55e00", "xxx", "#7d3700"),
    "implied": Look("#f3c6a3", "xx", "#c07a45"),
    "faint": Look("#e6e6e6", "", "#9a9a9a"),
    "blank": Look("#ffffff", "", "#ffffff"),
}
"""The look of every tone."""


def legend_patch(entry: LegendEntry) -> Patch:
    """Make the handle of an entry in the legend."""
    from matplotlib.patches import Patch

    look = LOOKS[entry.tone]
    return Patch(
        facecolor=look.fill,
        edgecolor=look.line,
        hatch=look.hatch,
        linewidth=0.6,
        label=entry.label,
    )


def box(tone: Tone, corner: tuple[float, float], size: tuple[float, float]) -> Rectangle:
    """Make a rectangle of a tone, from its lower left corner, and its width and height."""
    from matplotlib.patches import Rectangle

    look = LOOKS[tone]
    rectangle = Rectangle(corner, *size, linewidth=0.6, hatch=look.hatch)
    rectangle.set_facecolor(look.fill)
    rectangle.set_edgecolor(look.line)
    return rectangle


def shade(share: float) -> tuple[float, float, float]:
    """Return a colour between white and dark blue: the larger the share, the darker."""
    from matplotlib.colors import to_rgb

    light, dark = to_rgb(PAPER), to_rgb(LOOKS["demand"].line)
    red, green, blue = (a + (b - a) * share for a, b in zip(light, dark, strict=True))
    return red, green, blue

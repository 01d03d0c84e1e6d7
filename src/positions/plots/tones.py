"""Tones: the colour and the hatch of each, told apart without colour as well.

The colours are of Okabe and Ito's set for all kinds of colour vision (2008), some
lightened, so that they also differ in grey; hatches tell them apart besides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from positions.plots.charts import KeyEntry, Tone

if TYPE_CHECKING:
    from matplotlib.patches import Patch, Rectangle

INK = "#222222"
"""The colour of outlines, hatches and letters on light ground."""
PALE = "#cccccc"
"""The colour of lines that only guide the eye."""
PAPER = "#ffffff"
"""The colour behind letters."""


@attrs.frozen
class Look:
    """How a tone looks: its ground, its hatch, and the colour of hatch and outline."""

    ground: str
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
"""Every tone and how it looks."""


def swatch(key: KeyEntry) -> Patch:
    """Make the sample of a tone that a key shows."""
    from matplotlib.patches import Patch

    look = LOOKS[key.tone]
    return Patch(
        facecolor=look.ground, edgecolor=look.line, hatch=look.hatch, linewidth=0.6, label=key.word
    )


def box(tone: Tone, corner: tuple[float, float], size: tuple[float, float]) -> Rectangle:
    """Make a box of a tone: its lower left corner, and how wide and high it is."""
    from matplotlib.patches import Rectangle

    look = LOOKS[tone]
    made = Rectangle(corner, *size, linewidth=0.6, hatch=look.hatch)
    made.set_facecolor(look.ground)
    made.set_edgecolor(look.line)
    return made


def shade(share: float) -> tuple[float, float, float]:
    """Mix paper and the darkest blue; the larger the share of 1, the darker, in grey too."""
    from matplotlib.colors import to_rgb

    light, dark = to_rgb(PAPER), to_rgb(LOOKS["demand"].line)
    red, green, blue = (a + (b - a) * share for a, b in zip(light, dark, strict=True))
    return red, green, blue

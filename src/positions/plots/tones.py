"""Tones: the colour, the hatch and the mark of each, told apart without colour as well.

The colours are of Okabe and Ito's set for all kinds of colour vision (2008), some
lightened, so that they also differ in grey; a hatch or a mark tells them apart besides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from positions.charts import Key, Tone

if TYPE_CHECKING:
    from matplotlib.patches import Patch

INK = "#222222"
"""The colour of outlines, hatches and letters on light ground."""
PALE = "#cccccc"
"""The colour of lines that only guide the eye."""
PAPER = "#ffffff"
"""The colour behind letters."""


@attrs.frozen
class Look:
    """How a tone looks: its ground, its hatch, its outline, and the mark before its word."""

    ground: str
    hatch: str
    line: str
    mark: str


LOOKS: dict[Tone, Look] = {
    "demand": Look("#0072b2", "", "#003f63", "■"),
    "yes": Look("#7cc4ee", "", "#22678f", "●"),
    "if": Look("#d8ecf8", "///", "#4f94bd", "◐"),
    "unmet": Look("#f8e0c0", "\\\\\\", "#b3884d", "◑"),
    "open": Look("#ffffff", "--", "#8a8a8a", "○"),
    "no": Look("#d55e00", "xxx", "#7d3700", "✕"),
    "implied": Look("#f3c6a3", "xx", "#c07a45", "×"),
    "faint": Look("#e6e6e6", "", "#9a9a9a", "·"),
    "blank": Look("#ffffff", "", "#ffffff", "–"),
}
"""Every tone and how it looks."""


def swatch(key: Key, word: str) -> Patch:
    """Make the sample of a tone that a key shows."""
    from matplotlib.patches import Patch

    look = LOOKS[key.tone]
    return Patch(
        facecolor=look.ground, edgecolor=look.line, hatch=look.hatch, linewidth=0.6, label=word
    )

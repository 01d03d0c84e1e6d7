"""Number lines drawn: numbers and ranges under one another, with words at both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from positions.plots.canvas import POINTS, Frame, MakeFigure, adorn, axes_for, room_for, samples_of
from positions.plots.charts import NumberLine, Range
from positions.plots.letters import FONT, SMALL, drawable, height, put, wrap
from positions.plots.tones import LOOKS, PALE, box

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ACROSS = 4.6
"""How wide the axes are, in inches."""
LEFT, RIGHT = 2.1, 3.2
"""The room of the names and of the words of the rows, in inches."""
LEAST = 0.26
"""How high a row is at least, in inches."""
BAR = 0.13
"""How high the bar of a range is, in inches."""
EMPTY = 0.8
"""How high a picture is that shows nothing, in inches."""
AIR = 0.08
"""How much wider than its numbers a number line is at either end, as a share."""


@attrs.frozen
class _NumberLineLayout:
    """Where the rows stand, in inches from the top, and between which numbers."""

    frame: Frame
    labels: tuple[str, ...]
    words: tuple[str, ...]
    edges: tuple[float, ...]
    low: float
    high: float


def draw_number_line(chart: NumberLine, ax: Axes | None, make: MakeFigure) -> Axes:
    """Draw a number line on these axes, or on those of a new figure."""
    layout, samples = _layout(chart, room_for(ax, ACROSS, LEFT + RIGHT)), samples_of(chart)
    ax = axes_for(chart, layout.frame, samples, make) if ax is None else ax
    _draw_numbers(ax, chart, layout)
    for number, row in enumerate(chart.ranges):
        _draw_row(ax, row, layout, number)
    if not chart.ranges:
        put(ax, drawable(chart.empty), (0.5, 0.5), across="center")
    adorn(ax, chart, layout.frame, samples)
    return ax


def _layout(chart: NumberLine, across: float) -> _NumberLineLayout:
    labels = [wrap(row.label, (LEFT - 0.15) * POINTS, SMALL) for row in chart.ranges]
    words = [wrap(row.word, (RIGHT - 0.22) * POINTS, SMALL) for row in chart.ranges]
    edges = [0.0]
    for label, word in zip(labels, words, strict=True):
        needed = height(max(len(label), len(word)), SMALL) / POINTS
        edges.append(edges[-1] + max(LEAST, needed + 0.06))
    frame = Frame(across, edges[-1] or EMPTY, left=LEFT, right=RIGHT, below=0.55)
    low, high = _limits(chart)
    left, right = (tuple(map("\n".join, lines)) for lines in (labels, words))
    return _NumberLineLayout(frame, left, right, tuple(edges), low, high)


def _limits(chart: NumberLine) -> tuple[float, float]:
    """Find between which numbers all that is named lies; from zero on if that is near."""
    named = [end for row in chart.ranges for end in (row.low, row.high) if end is not None]
    low, high = min(named, default=0.0), max(named, default=1.0)
    if 0 <= low < high:
        low = 0.0 if low < high / 2 else low
    if low == high:
        low, high = low - 1, high + 1
    air = (high - low) * AIR
    return (low if low == 0 else low - air), high + air


def _draw_numbers(ax: Axes, chart: NumberLine, layout: _NumberLineLayout) -> None:
    """Lay out the numbers from left to right."""
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    ax.set_xlim(layout.low, layout.high)
    ax.set_ylim(0, 1)
    ax.set_yticks([])
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    ax.tick_params(labelsize=SMALL, labelfontfamily=FONT)
    ax.grid(visible=True, axis="x", color=PALE, lw=0.5)
    ax.set_axisbelow(True)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    put(ax, drawable(chart.measure), (0.5, 0), size=SMALL, away=(0, -22), across="center", up="top")


def _draw_row(ax: Axes, row: Range, layout: _NumberLineLayout, number: int) -> None:
    top, bottom = layout.edges[number : number + 2]
    middle = 1 - (top + bottom) / 2 / layout.frame.down
    put(ax, layout.labels[number], (0, middle), size=SMALL, away=(-LEFT * POINTS, 0))
    put(ax, layout.words[number], (1, middle), size=SMALL, away=(14, 0))
    if row.low is not None and row.low == row.high:
        look = LOOKS[row.tone]
        at = ([row.low], [middle])
        ax.plot(*at, marker="D", ms=7, color=look.ground, mec=look.line, ls="none", zorder=3)
    else:
        _draw_range(ax, row, layout, middle)


def _draw_range(ax: Axes, row: Range, layout: _NumberLineLayout, middle: float) -> None:
    """Draw a bar; one that is unbounded ends in an arrow at the end of the axis."""
    thick = BAR / layout.frame.down
    low = layout.low if row.low is None else row.low
    high = layout.high if row.high is None else row.high
    ax.add_patch(box(row.tone, (low, middle - thick / 2), (high - low, thick)))
    for end, place, head in ((row.low, low, "<"), (row.high, high, ">")):
        if end is None:
            ax.plot(
                [place],
                [middle],
                marker=head,
                ms=9,
                color=LOOKS[row.tone].line,
                clip_on=False,
                zorder=3,
            )

"""Drawing number lines: numbers and intervals one below another, with text on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from positions.plots.canvas import (
    POINTS,
    Frame,
    MakeFigure,
    add_frame,
    available_width,
    axes_for,
    legend_handles,
)
from positions.plots.charts import NumberLine, Range
from positions.plots.letters import FONT, SMALL, add_text, drawable, height, wrap
from positions.plots.tones import LOOKS, PALE, box

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 4.6
"""Width of the axes, in inches."""
LEFT, RIGHT = 2.1, 3.2
"""Width of the labels and of the texts of the rows, in inches."""
MIN_ROW_HEIGHT = 0.26
"""Minimum height of a row, in inches."""
BAR_HEIGHT = 0.13
"""Height of the bar of an interval, in inches."""
EMPTY_HEIGHT = 0.8
"""Height of an empty plot, in inches."""
PADDING = 0.08
"""Space at either end of a number line, as a share of the range of its numbers."""


@attrs.frozen
class _NumberLineLayout:
    """The positions of the rows, in inches from the top, and the limits of the numbers."""

    frame: Frame
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    edges: tuple[float, ...]
    low: float
    high: float


def draw_number_line(chart: NumberLine, ax: Axes | None, make: MakeFigure) -> Axes:
    """Draw a number line on the given axes, or on those of a new figure, and return the axes."""
    layout, handles = (
        _lay_out(chart, available_width(ax, WIDTH, LEFT + RIGHT)),
        legend_handles(chart),
    )
    ax = axes_for(chart, layout.frame, handles, make) if ax is None else ax
    _draw_numbers(ax, chart, layout)
    for number, row in enumerate(chart.ranges):
        _draw_row(ax, row, layout, number)
    if not chart.ranges:
        add_text(ax, drawable(chart.empty), (0.5, 0.5), halign="center")
    add_frame(ax, chart, layout.frame, handles)
    return ax


def _lay_out(chart: NumberLine, width: float) -> _NumberLineLayout:
    labels = [wrap(row.label, (LEFT - 0.15) * POINTS, SMALL) for row in chart.ranges]
    texts = [wrap(row.text, (RIGHT - 0.22) * POINTS, SMALL) for row in chart.ranges]
    edges = [0.0]
    for label, text in zip(labels, texts, strict=True):
        needed = height(max(len(label), len(text)), SMALL) / POINTS
        edges.append(edges[-1] + max(MIN_ROW_HEIGHT, needed + 0.06))
    frame = Frame(width, edges[-1] or EMPTY_HEIGHT, left=LEFT, right=RIGHT, below=0.55)
    low, high = _limits(chart)
    left, right = (tuple(map("\n".join, lines)) for lines in (labels, texts))
    return _NumberLineLayout(frame, left, right, tuple(edges), low, high)


def _limits(chart: NumberLine) -> tuple[float, float]:
    """Return the limits of the axis: the range of all numbers, from zero if that is close."""
    named = [end for row in chart.ranges for end in (row.low, row.high) if end is not None]
    low, high = min(named, default=0.0), max(named, default=1.0)
    if 0 <= low < high:
        low = 0.0 if low < high / 2 else low
    if low == high:
        low, high = low - 1, high + 1
    space = (high - low) * PADDING
    return (low if low == 0 else low - space), high + space


def _draw_numbers(ax: Axes, chart: NumberLine, layout: _NumberLineLayout) -> None:
    """Draw the axis of numbers, with its measure below."""
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
    add_text(
        ax,
        drawable(chart.measure),
        (0.5, 0),
        size=SMALL,
        offset=(0, -22),
        halign="center",
        valign="top",
    )


def _draw_row(ax: Axes, row: Range, layout: _NumberLineLayout, number: int) -> None:
    top, bottom = layout.edges[number : number + 2]
    middle = 1 - (top + bottom) / 2 / layout.frame.height
    add_text(ax, layout.labels[number], (0, middle), size=SMALL, offset=(-LEFT * POINTS, 0))
    add_text(ax, layout.texts[number], (1, middle), size=SMALL, offset=(14, 0))
    if row.low is not None and row.low == row.high:
        look = LOOKS[row.tone]
        at = ([row.low], [middle])
        ax.plot(*at, marker="D", ms=7, color=look.fill, mec=look.line, ls="none", zorder=3)
    else:
        _draw_range(ax, row, layout, middle)


def _draw_range(ax: Axes, row: Range, layout: _NumberLineLayout, middle: float) -> None:
    """Draw a bar; an unbounded end is an arrow at the end of the axis."""
    thickness = BAR_HEIGHT / layout.frame.height
    low = layout.low if row.low is None else row.low
    high = layout.high if row.high is None else row.high
    ax.add_patch(box(row.tone, (low, middle - thickness / 2), (high - low, thickness)))
    for end, at, marker in ((row.low, low, "<"), (row.high, high, ">")):
        if end is None:
            ax.plot(
                [at],
                [middle],
                marker=marker,
                ms=9,
                color=LOOKS[row.tone].line,
                clip_on=False,
                zorder=3,
            )

"""Grids drawn: rows and columns of words, each behind a stripe of its tone or on a shade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from positions.plots.canvas import POINTS, Frame, MakeFigure, adorn, axes_for, room_for, samples_of
from positions.plots.charts import Grid, Tile
from positions.plots.letters import SMALL, drawable, height, put, width, wrap
from positions.plots.tones import INK, PALE, PAPER, box, shade

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ACROSS = 7.6
"""How wide all columns are together, in inches, unless they are very few or many."""
NARROWEST, WIDEST = 0.95, 2.6
"""How wide a column can be, in inches."""
LEFT = 2.3
"""The room of the names of rows, in inches."""
STRIPE = 0.2
"""How wide the stripe of a tone is, in inches."""
PAD = 0.08
"""The room around words, in inches."""
EMPTY = 0.8
"""How high a picture is that shows nothing, in inches."""
DARK = 0.55
"""From which share of 1 on letters are white on its shade."""

Lines = tuple[str, ...]
"""A text, broken into lines."""


@attrs.frozen
class _GridLayout:
    """Where everything stands, in inches from the left and from the top of the axes."""

    frame: Frame
    wide: float
    heads: tuple[Lines, ...]
    labels: tuple[Lines, ...]
    words: tuple[tuple[Lines, ...], ...]
    edges: tuple[float, ...]

    def at(self, right: float, down: float) -> tuple[float, float]:
        """Turn inches from the upper left corner into shares of the axes."""
        return right / self.frame.across, 1 - down / self.frame.down


def draw_grid(chart: Grid, ax: Axes | None, make: MakeFigure) -> Axes:
    """Draw a grid on these axes, or on those of a new figure."""
    layout, samples = _layout(chart, room_for(ax, ACROSS, LEFT)), samples_of(chart)
    ax = axes_for(chart, layout.frame, samples, make) if ax is None else ax
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.set_axis_off()
    for column, head in enumerate(layout.heads):
        at = layout.at(column * layout.wide, 0)
        put(ax, "\n".join(head), at, size=SMALL, away=(0, 4), up="bottom", bold=True)
    for number, label in enumerate(layout.labels):
        _draw_row(ax, chart, layout, number, label)
    if not chart.rows:
        put(ax, drawable(chart.empty), (0.5, 0.5), across="center")
    adorn(ax, chart, layout.frame, samples)
    return ax


def _layout(chart: Grid, across: float) -> _GridLayout:
    count = max(1, len(chart.columns))
    wide = _column_width(chart, across)
    room = (wide - 2 * PAD - (0 if _shaded(chart) else STRIPE)) * POINTS
    heads = tuple(tuple(wrap(c, (wide - PAD) * POINTS, SMALL, bold=True)) for c in chart.columns)
    labels = tuple(tuple(wrap(row.label, (LEFT - PAD) * POINTS)) for row in chart.rows)
    words = tuple(tuple(tuple(wrap(t.word, room, SMALL)) for t in r.tiles) for r in chart.rows)
    edges = [0.0]
    for label, texts in zip(labels, words, strict=True):
        lines = max((len(text) for text in texts), default=1)
        needed = max(height(len(label)), height(lines, SMALL)) / POINTS
        edges.append(edges[-1] + needed + 2 * PAD)
    above = 0.15 + height(max(map(len, heads), default=0), SMALL) / POINTS
    frame = Frame(wide * count, edges[-1] or EMPTY, left=LEFT, above=above, below=0.15)
    return _GridLayout(frame, wide, heads, labels, words, tuple(edges))


def _column_width(chart: Grid, across: float) -> float:
    """Choose how wide a column is: as there is room, and as the words of its heads need."""
    words = [word for name in chart.columns for word in drawable(name).split()]
    needed = max((width(word, SMALL, bold=True) for word in words), default=0) / POINTS + PAD
    least = max(NARROWEST, min(needed, WIDEST))
    return max(least, min(WIDEST, across / max(1, len(chart.columns))))


def _shaded(chart: Grid) -> bool:
    """Tell whether the tiles of a grid are shaded, and so have no stripes."""
    return any(tile.share is not None for row in chart.rows for tile in row.tiles)


def _draw_row(ax: Axes, chart: Grid, layout: _GridLayout, number: int, label: Lines) -> None:
    top, bottom = layout.edges[number : number + 2]
    middle = (top + bottom) / 2
    put(ax, "\n".join(label), layout.at(0, middle), away=(-LEFT * POINTS, 0))
    _, down = layout.at(0, bottom)
    ax.plot([-LEFT / layout.frame.across, 1], [down, down], color=PALE, lw=0.5, clip_on=False)
    for column, tile in enumerate(chart.rows[number].tiles):
        left, text = column * layout.wide, "\n".join(layout.words[number][column])
        if _shaded(chart):
            ink = _draw_shade(ax, layout, tile.share, left, top, bottom)
            at = layout.at(left + layout.wide / 2, middle)
            put(ax, text, at, size=SMALL, across="center", color=ink)
        else:
            _draw_stripe(ax, layout, tile, left, top, bottom)
            put(ax, text, layout.at(left + STRIPE + PAD, middle), size=SMALL)


def _draw_stripe(
    ax: Axes, layout: _GridLayout, tile: Tile, left: float, top: float, bottom: float
) -> None:
    """Draw the stripe that marks a word."""
    if tile.tone != "blank":
        made = box(tile.tone, *_box(layout, left, top + 0.03, STRIPE, bottom - 0.03))
        made.set_transform(ax.transAxes)
        ax.add_patch(made)


def _draw_shade(
    ax: Axes, layout: _GridLayout, share: float | None, left: float, top: float, bottom: float
) -> str | None:
    """Draw the shade behind a number, if there is one, and tell the colour of its letters."""
    from matplotlib.patches import Rectangle

    if share is None:
        return None
    corner, size = _box(layout, left, top, layout.wide, bottom)
    ground = shade(share)
    ax.add_patch(Rectangle(corner, *size, transform=ax.transAxes, facecolor=ground, edgecolor=PALE))
    return PAPER if share > DARK else INK


def _box(
    layout: _GridLayout, left: float, top: float, wide: float, bottom: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Give the lower left corner and the size of a box, as shares of the axes."""
    size = wide / layout.frame.across, (bottom - top) / layout.frame.down
    return layout.at(left, bottom), size

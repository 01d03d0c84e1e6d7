"""Drawing grids: rows and columns of text, each cell with a stripe or a shade of its tone."""

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
from positions.plots.charts import Grid, Tile
from positions.plots.letters import SMALL, add_text, drawable, height, width, wrap
from positions.plots.tones import INK, PALE, PAPER, box, shade

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 7.6
"""Total width of the columns, in inches, unless there are very few or very many."""
MIN_COLUMN, MAX_COLUMN = 0.95, 2.6
"""Minimum and maximum width of a column, in inches."""
LEFT = 2.3
"""Width of the row labels, in inches."""
STRIPE_WIDTH = 0.2
"""Width of the stripe that marks a tone, in inches."""
PAD = 0.08
"""Padding around the text of a cell, in inches."""
EMPTY_HEIGHT = 0.8
"""Height of an empty plot, in inches."""
DARK = 0.55
"""Share above which the text on a shade is white."""

Lines = tuple[str, ...]
"""A text, wrapped into lines."""


@attrs.frozen
class _GridLayout:
    """The positions of all parts, in inches from the upper left corner of the axes."""

    frame: Frame
    column_width: float
    headers: tuple[Lines, ...]
    labels: tuple[Lines, ...]
    texts: tuple[tuple[Lines, ...], ...]
    edges: tuple[float, ...]

    def to_axes(self, x: float, y: float) -> tuple[float, float]:
        """Convert inches from the upper left corner to fractions of the axes."""
        return x / self.frame.width, 1 - y / self.frame.height


def draw_grid(chart: Grid, ax: Axes | None, make: MakeFigure) -> Axes:
    """Draw a grid on the given axes, or on those of a new figure, and return the axes."""
    layout, handles = _lay_out(chart, available_width(ax, WIDTH, LEFT)), legend_handles(chart)
    ax = axes_for(chart, layout.frame, handles, make) if ax is None else ax
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.set_axis_off()
    for column, header in enumerate(layout.headers):
        at = layout.to_axes(column * layout.column_width, 0)
        add_text(ax, "\n".join(header), at, size=SMALL, offset=(0, 4), valign="bottom", bold=True)
    for number, label in enumerate(layout.labels):
        _draw_row(ax, chart, layout, number, label)
    if not chart.rows:
        add_text(ax, drawable(chart.empty), (0.5, 0.5), halign="center")
    add_frame(ax, chart, layout.frame, handles)
    return ax


def _lay_out(chart: Grid, width: float) -> _GridLayout:
    count = max(1, len(chart.columns))
    column = _column_width(chart, width)
    room = (column - 2 * PAD - (0 if _shaded(chart) else STRIPE_WIDTH)) * POINTS
    headers = tuple(
        tuple(wrap(c, (column - PAD) * POINTS, SMALL, bold=True)) for c in chart.columns
    )
    labels = tuple(tuple(wrap(row.label, (LEFT - PAD) * POINTS)) for row in chart.rows)
    texts = tuple(tuple(tuple(wrap(t.text, room, SMALL)) for t in r.tiles) for r in chart.rows)
    edges = [0.0]
    for label, row in zip(labels, texts, strict=True):
        lines = max((len(text) for text in row), default=1)
        needed = max(height(len(label)), height(lines, SMALL)) / POINTS
        edges.append(edges[-1] + needed + 2 * PAD)
    above = 0.15 + height(max(map(len, headers), default=0), SMALL) / POINTS
    frame = Frame(column * count, edges[-1] or EMPTY_HEIGHT, left=LEFT, above=above, below=0.15)
    return _GridLayout(frame, column, headers, labels, texts, tuple(edges))


def _column_width(chart: Grid, total: float) -> float:
    """Return the width of a column, in inches: its share, or what the headers need if more."""
    words = [word for name in chart.columns for word in drawable(name).split()]
    needed = max((width(word, SMALL, bold=True) for word in words), default=0) / POINTS + PAD
    least = max(MIN_COLUMN, min(needed, MAX_COLUMN))
    return max(least, min(MAX_COLUMN, total / max(1, len(chart.columns))))


def _shaded(chart: Grid) -> bool:
    """Whether the tiles of a grid are shaded, and so have no stripes."""
    return any(tile.share is not None for row in chart.rows for tile in row.tiles)


def _draw_row(ax: Axes, chart: Grid, layout: _GridLayout, number: int, label: Lines) -> None:
    top, bottom = layout.edges[number : number + 2]
    middle = (top + bottom) / 2
    add_text(ax, "\n".join(label), layout.to_axes(0, middle), offset=(-LEFT * POINTS, 0))
    _, line = layout.to_axes(0, bottom)
    ax.plot([-LEFT / layout.frame.width, 1], [line, line], color=PALE, lw=0.5, clip_on=False)
    for column, tile in enumerate(chart.rows[number].tiles):
        left, text = column * layout.column_width, "\n".join(layout.texts[number][column])
        if _shaded(chart):
            ink = _draw_shade(ax, layout, tile.share, left, top, bottom)
            at = layout.to_axes(left + layout.column_width / 2, middle)
            add_text(ax, text, at, size=SMALL, halign="center", color=ink)
        else:
            _draw_stripe(ax, layout, tile, left, top, bottom)
            add_text(ax, text, layout.to_axes(left + STRIPE_WIDTH + PAD, middle), size=SMALL)


def _draw_stripe(
    ax: Axes, layout: _GridLayout, tile: Tile, left: float, top: float, bottom: float
) -> None:
    """Draw the stripe that marks the tone of a tile."""
    if tile.tone != "blank":
        stripe = box(tile.tone, *_box(layout, left, top + 0.03, STRIPE_WIDTH, bottom - 0.03))
        stripe.set_transform(ax.transAxes)
        ax.add_patch(stripe)


def _draw_shade(
    ax: Axes, layout: _GridLayout, share: float | None, left: float, top: float, bottom: float
) -> str | None:
    """Draw the shade behind a number, if there is one, and return the colour of its text."""
    from matplotlib.patches import Rectangle

    if share is None:
        return None
    corner, size = _box(layout, left, top, layout.column_width, bottom)
    ground = shade(share)
    ax.add_patch(Rectangle(corner, *size, transform=ax.transAxes, facecolor=ground, edgecolor=PALE))
    return PAPER if share > DARK else INK


def _box(
    layout: _GridLayout, left: float, top: float, width: float, bottom: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the lower left corner and the size of a box, as fractions of the axes."""
    size = width / layout.frame.width, (bottom - top) / layout.frame.height
    return layout.to_axes(left, bottom), size

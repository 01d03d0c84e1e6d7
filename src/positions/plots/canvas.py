"""The frame of a plot: its size in inches, the title above it, the legend and remarks below."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import attrs

from positions.plots.charts import Chart
from positions.plots.letters import (
    LARGE,
    NO_GLYPH,
    SMALL,
    add_text,
    drawable,
    families,
    height,
    width,
    wrap,
)
from positions.plots.tones import legend_patch

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

POINTS = 72.0
"""Points per inch."""
MakeFigure = Callable[[float, float], "Figure"]
"""A function that makes a figure of a width and a height in inches."""
MARGIN = 0.15
"""Empty margin around a plot, in inches."""
NO_FONT = f"{NO_GLYPH}: a character that no font on this machine contains; the table has it."
"""The remark below a plot with such a character."""
MIN_WIDTH = 2.0
"""Minimum width assumed for axes of the caller, in inches."""
MAX_LABEL = 260.0
"""Width at which a label of the legend is wrapped, in points."""
HANDLE = 44.0
"""Width of a handle of the legend and its gaps, in points."""


@attrs.frozen
class Frame:
    """The size of the axes of a plot and of the margins around them, in inches.

    Attributes:
        width: the width of the axes.
        height: the height of the axes.
        left: the width of the labels to the left of the axes.
        right: the width of the labels to the right of the axes.
        above: the distance between the axes and the title.
        below: the distance between the axes and the legend.
    """

    width: float
    height: float
    left: float
    right: float = 0.0
    above: float = 0.1
    below: float = 0.35

    @property
    def total_width(self) -> float:
        """The width of the axes and of the labels on both sides, in points."""
        return (self.left + self.width + self.right) * POINTS


def axes_for(chart: Chart, frame: Frame, handles: Sequence[Artist], make: MakeFigure) -> Axes:
    """Make a figure that exactly fits a plot, and return its axes."""
    above = frame.above + height(len(_title(chart, frame)), LARGE) / POINTS + MARGIN
    below = frame.below + _footer_height(chart, frame, handles) / POINTS + MARGIN
    total_width = frame.left + frame.width + frame.right + 2 * MARGIN
    total_height = above + frame.height + below
    left, bottom = (frame.left + MARGIN) / total_width, below / total_height
    box = (left, bottom, frame.width / total_width, frame.height / total_height)
    return make(total_width, total_height).add_axes(box)


def plain_figure(width: float, height: float) -> Figure:
    """Make a figure of a size in inches that pyplot does not manage.

    It is freed as soon as nothing refers to it.
    """
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height))


def shown_figure(width: float, height: float) -> Figure:
    """Make a figure of a size in inches; in a notebook pyplot manages it, so that it is shown.

    In a script it does not, because pyplot would keep every figure until the end.
    """
    if not _in_notebook():
        return plain_figure(width, height)
    from matplotlib import pyplot

    return pyplot.figure(figsize=(width, height))


def _in_notebook() -> bool:
    """Whether the code runs in IPython: in a notebook or at its prompt."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and ipython.get_ipython() is not None


def available_width(ax: Axes | None, default: float, labels: float) -> float:
    """Return the width to draw in: the default, or what the labels leave of given axes.

    Arguments:
        ax: the axes of the caller; None if they are still to be made.
        default: the width of axes that are made here, in inches.
        labels: the width of the labels to the left and right of the axes, in inches.
    """
    return default if ax is None else max(MIN_WIDTH, axes_size(ax)[0] - labels)


def add_frame(ax: Axes, chart: Chart, frame: Frame, handles: Sequence[Artist]) -> None:
    """Add the title above the axes, and the legend, the remarks and the sources below."""
    title = "\n".join(_title(chart, frame))
    offset = (-frame.left * POINTS, frame.above * POINTS)
    add_text(ax, title, (0, 1), size=LARGE, offset=offset, valign="bottom", bold=True)
    drop = frame.below * POINTS
    if handles:
        _draw_legend(ax, frame, handles)
        drop += _legend_height(frame, handles)
    for line in _footer(chart, frame):
        add_text(ax, line, (0, 0), size=SMALL, offset=(-frame.left * POINTS, -drop), valign="top")
        drop += height(1, SMALL)


def legend_handles(chart: Chart) -> list[Artist]:
    """Make the handles of the legend, one for each tone."""
    return [legend_patch(entry) for entry in chart.legend]


def _title(chart: Chart, frame: Frame) -> list[str]:
    return wrap(chart.title, frame.total_width, LARGE, bold=True)


def _footer(chart: Chart, frame: Frame) -> list[str]:
    missing = NO_GLYPH in drawable(chart.title + chart.describe())
    texts = (*chart.foot, NO_FONT) if missing else chart.foot
    return [line for text in texts for line in wrap(text, frame.total_width, SMALL)]


def _footer_height(chart: Chart, frame: Frame, handles: Sequence[Artist]) -> float:
    """Return the height of the legend and the lines below it, in points."""
    return _legend_height(frame, handles) + height(len(_footer(chart, frame)), SMALL)


def _legend_labels(handles: Sequence[Artist]) -> list[list[str]]:
    """Wrap the labels of the legend into lines."""
    return [wrap(str(handle.get_label()), MAX_LABEL, SMALL) for handle in handles]


def _legend_columns(frame: Frame, handles: Sequence[Artist]) -> int:
    widest = max(width(line, SMALL) for lines in _legend_labels(handles) for line in lines)
    return max(1, min(len(handles), int(frame.total_width / (widest + HANDLE))))


def _legend_height(frame: Frame, handles: Sequence[Artist]) -> float:
    """Return the height of the legend, in points."""
    if not handles:
        return 0
    rows = -(-len(handles) // _legend_columns(frame, handles))
    return rows * height(max(map(len, _legend_labels(handles))) + 0.4, SMALL) + 8


def _draw_legend(ax: Axes, frame: Frame, handles: Sequence[Artist]) -> None:
    """Draw the legend below the axes, flush with the labels on the left."""
    width, height = axes_size(ax)
    labels = ["\n".join(lines) for lines in _legend_labels(handles)]
    legend = ax.legend(
        handles=list(handles),
        labels=labels,
        loc="upper left",
        bbox_to_anchor=(-frame.left / width, -frame.below / height),
        borderaxespad=0,
        borderpad=0,
        frameon=False,
        ncols=_legend_columns(frame, handles),
        prop={"size": SMALL, "family": list(families("".join(labels)))},
        handlelength=2.4,
        handleheight=1.1,
        columnspacing=1.4,
    )
    for text in legend.get_texts():
        text.set_parse_math(False)
        text.set_usetex(False)


def axes_size(ax: Axes) -> tuple[float, float]:
    """Return the width and the height of the axes, in inches."""
    box = ax.get_window_extent()
    dpi = ax.figure.dpi
    return box.width / dpi, box.height / dpi

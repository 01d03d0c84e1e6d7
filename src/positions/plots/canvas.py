"""The frame of a picture: its room in inches, the title above it, the key and remarks below."""

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
    drawable,
    families,
    height,
    put,
    width,
    wrap,
)
from positions.plots.tones import swatch

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

POINTS = 72.0
"""The points of an inch."""
MakeFigure = Callable[[float, float], "Figure"]
"""What makes a figure of so many inches across and down."""
MARGIN = 0.15
"""Empty room around a picture, in inches."""
NO_FONT = f"{NO_GLYPH}: a character that no font of this machine has; the table has it."
"""What a picture says below if it shows such a character."""
NARROW = 2.0
"""How wide axes of the user are taken to be at least, in inches."""
WORD = 260.0
"""How wide a word of the key can be before it is broken, in points."""
SWATCH = 44.0
"""The room of a sample and its gaps in the key, in points."""


@attrs.frozen
class Frame:
    """The room of a picture, in inches.

    Attributes:
        across: the width of the axes.
        down: the height of the axes.
        left: what stands left of the axes needs so much; `right` likewise.
        above: what stands between the axes and the title.
        below: what stands between the axes and the key.
    """

    across: float
    down: float
    left: float
    right: float = 0.0
    above: float = 0.1
    below: float = 0.35

    @property
    def whole(self) -> float:
        """The width of the title and of the remarks, in points."""
        return (self.left + self.across + self.right) * POINTS


def axes_for(chart: Chart, frame: Frame, samples: Sequence[Artist], make: MakeFigure) -> Axes:
    """Make a figure that just holds a picture, with its axes in place."""
    above = frame.above + height(len(_title(chart, frame)), LARGE) / POINTS + MARGIN
    below = frame.below + _below(chart, frame, samples) / POINTS + MARGIN
    across = frame.left + frame.across + frame.right + 2 * MARGIN
    down = above + frame.down + below
    left = (frame.left + MARGIN) / across
    place = (left, below / down, frame.across / across, frame.down / down)
    return make(across, down).add_axes(place)


def plain_figure(across: float, down: float) -> Figure:
    """Make a figure that nothing else knows, so that it goes when nobody needs it."""
    from matplotlib.figure import Figure

    return Figure(figsize=(across, down))


def shown_figure(across: float, down: float) -> Figure:
    """Make a figure; in a notebook one that pyplot knows, or else it would not be shown.

    In a script pyplot would keep every figure until the end, so there it knows none.
    """
    if not _in_notebook():
        return plain_figure(across, down)
    from matplotlib import pyplot

    return pyplot.figure(figsize=(across, down))


def _in_notebook() -> bool:
    """Tell whether IPython runs this, as notebooks and its own prompt do."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and ipython.get_ipython() is not None


def room_for(ax: Axes | None, usual: float, beside: float) -> float:
    """Tell how wide axes are, in inches: as usual, or what is left of those of the user.

    Arguments:
        ax: the axes of the user; None where they are still to be made.
        usual: how wide axes are made.
        beside: what the names and words beside the axes need.
    """
    return usual if ax is None else max(NARROW, size_of(ax)[0] - beside)


def adorn(ax: Axes, chart: Chart, frame: Frame, samples: Sequence[Artist]) -> None:
    """Write the title above the axes, and the key, the remarks and the sources below."""
    title = "\n".join(_title(chart, frame))
    away = (-frame.left * POINTS, frame.above * POINTS)
    put(ax, title, (0, 1), size=LARGE, away=away, up="bottom", bold=True)
    drop = frame.below * POINTS
    if samples:
        _key(ax, frame, samples)
        drop += _key_height(frame, samples)
    for line in _foot(chart, frame):
        put(ax, line, (0, 0), size=SMALL, away=(-frame.left * POINTS, -drop), up="top")
        drop += height(1, SMALL)


def samples_of(chart: Chart) -> list[Artist]:
    """Make the samples of the tones in the key."""
    return [swatch(entry) for entry in chart.legend]


def _title(chart: Chart, frame: Frame) -> list[str]:
    return wrap(chart.title, frame.whole, LARGE, bold=True)


def _foot(chart: Chart, frame: Frame) -> list[str]:
    lost = NO_GLYPH in drawable(chart.title + chart.describe())
    texts = (*chart.foot, NO_FONT) if lost else chart.foot
    return [line for text in texts for line in wrap(text, frame.whole, SMALL)]


def _below(chart: Chart, frame: Frame, samples: Sequence[Artist]) -> float:
    """Measure the key and the lines below it, in points."""
    return _key_height(frame, samples) + height(len(_foot(chart, frame)), SMALL)


def _words(samples: Sequence[Artist]) -> list[list[str]]:
    """Break the words of the key into lines."""
    return [wrap(str(sample.get_label()), WORD, SMALL) for sample in samples]


def _columns(frame: Frame, samples: Sequence[Artist]) -> int:
    widest = max(width(line, SMALL) for lines in _words(samples) for line in lines)
    return max(1, min(len(samples), int(frame.whole / (widest + SWATCH))))


def _key_height(frame: Frame, samples: Sequence[Artist]) -> float:
    """Measure the key, in points."""
    if not samples:
        return 0
    rows = -(-len(samples) // _columns(frame, samples))
    return rows * height(max(map(len, _words(samples))) + 0.4, SMALL) + 8


def _key(ax: Axes, frame: Frame, samples: Sequence[Artist]) -> None:
    """Put the key below the axes, at their left end."""
    across, down = size_of(ax)
    labels = ["\n".join(lines) for lines in _words(samples)]
    legend = ax.legend(
        handles=list(samples),
        labels=labels,
        loc="upper left",
        bbox_to_anchor=(-frame.left / across, -frame.below / down),
        borderaxespad=0,
        borderpad=0,
        frameon=False,
        ncols=_columns(frame, samples),
        prop={"size": SMALL, "family": list(families("".join(labels)))},
        handlelength=2.4,
        handleheight=1.1,
        columnspacing=1.4,
    )
    for text in legend.get_texts():
        text.set_parse_math(False)
        text.set_usetex(False)


def size_of(ax: Axes) -> tuple[float, float]:
    """Measure the axes, in inches."""
    box = ax.get_window_extent()
    dots = ax.figure.dpi
    return box.width / dots, box.height / dots

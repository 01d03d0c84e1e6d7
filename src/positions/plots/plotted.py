"""Charts turned into pictures: on axes of matplotlib, in a file, or as SVG for a page."""

from __future__ import annotations

import abc
import importlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

from positions.errors import InvalidInputError, MissingLibraryError
from positions.plots.canvas import MakeFigure, plain_figure, shown_figure
from positions.plots.charts import Chart, Grid, Lanes, NumberLine
from positions.plots.grids import draw_grid
from positions.plots.lanes import draw_lanes
from positions.plots.number_lines import draw_number_line
from positions.plots.svg import inlined
from positions.tables.whole_files import FilePath, write_whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUFFIXES = (".png", ".svg", ".pdf")
"""What kinds of files a picture can be written to."""
DOTS = 150
"""The dots of an inch in a PNG file."""
UNDATED: dict[str, dict[str, None]] = {
    "png": {},
    "svg": {"Date": None},
    "pdf": {"CreationDate": None},
}
"""What is left out of a file, so that the same chart always gives the same one."""


class Plotted(abc.ABC):
    """What a result needs to show itself as a picture: a `chart`."""

    __slots__ = ()

    @abc.abstractmethod
    def chart(self) -> Chart:
        """Say what the picture of the result shows, without drawing it."""

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the result as a picture.

        A notebook shows a figure made here; a script does not, and need not close it:
        save it with `result.plot().figure.savefig("picture.png")`.

        Arguments:
            ax: the axes to draw on, those of a new figure of fitting size where None.
                Names, key and remarks stand around them; `layout="constrained"` makes room.

        Returns:
            The axes.

        Raises:
            MissingLibraryError: matplotlib is not installed.
        """
        return draw(self.chart(), ax)


def draw(chart: Chart, ax: Axes | None = None) -> Axes:
    """Draw a chart on axes, those of a new figure of fitting size where None.

    Raises:
        InvalidInputError: it is no chart.
        MissingLibraryError: matplotlib is not installed.
    """
    return _drawn(chart, ax, shown_figure)


def _drawn(chart: Chart, ax: Axes | None, make: MakeFigure) -> Axes:
    try:
        importlib.import_module("matplotlib")
    except ImportError as error:
        raise MissingLibraryError("matplotlib", "plot") from error
    if isinstance(chart, Lanes):
        return draw_lanes(chart, ax, make)
    if isinstance(chart, Grid):
        return draw_grid(chart, ax, make)
    if isinstance(chart, NumberLine):
        return draw_number_line(chart, ax, make)
    raise InvalidInputError("chart", "a chart, as result.chart() gives it", chart)


def to_svg(chart: Chart) -> str:
    """Draw a chart as an SVG element that can stand in a page of HTML.

    Text stays text, in any sans-serif font. The same chart gives the same element, ids
    differ from chart to chart, and readers of the screen find a title and a description.

    Raises:
        MissingLibraryError: matplotlib is not installed.
    """
    text = io.StringIO()
    _write(chart, text, "svg")
    return inlined(text.getvalue(), chart.title, chart.told())


def save(chart: Chart, path: FilePath) -> None:
    """Write a chart to a file, whole or not at all: PNG, SVG or PDF, as its name ends.

    Raises:
        InvalidInputError: the name ends otherwise.
        MissingLibraryError: matplotlib is not installed.
        OSError: the file cannot be written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise InvalidInputError("picture", f"a file ending in {', '.join(SUFFIXES)}", str(path))
    if suffix == ".svg":
        write_whole(path, to_svg(chart).encode())
    else:
        data = io.BytesIO()
        _write(chart, data, suffix[1:])
        write_whole(path, data.getvalue())


def _write(chart: Chart, target: io.StringIO | io.BytesIO, format: str) -> None:
    """Draw a chart with settings of matplotlib that hold for this call alone."""
    ax = _drawn(chart, None, plain_figure)
    from matplotlib import rc_context

    with rc_context({"svg.hashsalt": "positions", "svg.fonttype": "none"}):
        ax.figure.canvas.print_figure(target, format=format, dpi=DOTS, metadata=UNDATED[format])

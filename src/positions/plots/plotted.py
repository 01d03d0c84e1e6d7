"""Drawing charts: on matplotlib axes, to a file, or as SVG for a page."""

from __future__ import annotations

import abc
import importlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

from positions.errors import InvalidInputError, MissingLibraryError
from positions.plots import drawing
from positions.plots.charts import Chart, Grid, Lanes, NumberLine
from positions.tables.whole_files import FilePath, write_whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from positions.plots.canvas import MakeFigure

SUFFIXES = (".png", ".svg", ".pdf")
"""The suffixes of the files that a plot can be written to."""
DPI = 150
"""Resolution of a PNG file, in dots per inch."""
NO_DATES: dict[str, dict[str, None]] = {
    "png": {},
    "svg": {"Date": None},
    "pdf": {"CreationDate": None},
}
"""Metadata left out of a file, so that the same chart always makes the same file."""


class Plotted(abc.ABC):
    """A result that can be plotted, because it has a `chart`."""

    __slots__ = ()

    @abc.abstractmethod
    def chart(self) -> Chart:
        """Return the content of the plot, without drawing it."""

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the result.

        A notebook shows the new figure; a script does not, and need not close it:
        save it with `result.plot().figure.savefig("plot.png")`.

        Arguments:
            ax: the axes to draw on; those of a new figure of a suitable size if None.
                Labels, legend and remarks lie outside the axes; `layout="constrained"`
                makes room for them.

        Returns:
            The axes.

        Raises:
            MissingLibraryError: matplotlib is not installed.
        """
        return draw(self.chart(), ax)


def draw(chart: Chart, ax: Axes | None = None) -> Axes:
    """Draw a chart on the given axes, or on those of a new figure of a suitable size.

    Raises:
        InvalidInputError: `chart` is not a chart.
        MissingLibraryError: matplotlib is not installed.
    """
    return _drawn(chart, ax, drawing.shown_figure)


def _drawn(chart: Chart, ax: Axes | None, make: MakeFigure) -> Axes:
    try:
        importlib.import_module("matplotlib")
    except ImportError as error:
        raise MissingLibraryError("matplotlib", "plot") from error
    if isinstance(chart, Lanes):
        return drawing.draw_lanes(chart, ax, make)
    if isinstance(chart, Grid):
        return drawing.draw_grid(chart, ax, make)
    if isinstance(chart, NumberLine):
        return drawing.draw_number_line(chart, ax, make)
    raise InvalidInputError("chart", "a chart, such as result.chart() returns", chart)


def to_svg(chart: Chart) -> str:
    """Draw a chart as an SVG element that can be embedded in an HTML page.

    Text stays text, in any sans-serif font. The same chart makes the same element, ids
    differ between charts, and screen readers find a title and a description.

    Raises:
        MissingLibraryError: matplotlib is not installed.
    """
    text = io.StringIO()
    _write(chart, text, "svg")
    return drawing.inlined(text.getvalue(), chart.title, chart.describe())


def save(chart: Chart, path: FilePath) -> None:
    """Write a chart to a PNG, SVG or PDF file, according to its suffix, whole or not at all.

    Raises:
        InvalidInputError: the file has another suffix.
        MissingLibraryError: matplotlib is not installed.
        OSError: the file cannot be written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise InvalidInputError("plot", f"a file ending in {', '.join(SUFFIXES)}", str(path))
    if suffix == ".svg":
        write_whole(path, to_svg(chart).encode())
    else:
        data = io.BytesIO()
        _write(chart, data, suffix[1:])
        write_whole(path, data.getvalue())


def _write(chart: Chart, target: io.StringIO | io.BytesIO, format: str) -> None:
    """Draw a chart with matplotlib settings that apply to this call only."""
    ax = _drawn(chart, None, drawing.plain_figure)
    from matplotlib import rc_context

    with rc_context({"svg.hashsalt": "positions", "svg.fonttype": "none"}):
        ax.figure.canvas.print_figure(target, format=format, dpi=DPI, metadata=NO_DATES[format])

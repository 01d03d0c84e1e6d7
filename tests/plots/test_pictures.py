"""Plots look like the reference images, which people have inspected.

Versions of matplotlib draw letters slightly differently, or a pixel to the left or right.
So images are compared in grey, by the mean brightness of every small window, at any shift
of up to two pixels. `python tests/plots/test_pictures.py` redraws the reference images:
inspect them before committing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import attrs
import numpy as np
import numpy.typing as npt
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imread
from numpy.lib.stride_tricks import sliding_window_view

from drawn import CHARTS
from positions.plots.charts import Chart, Grid, Lanes
from positions.plots.plotted import draw

IMAGES = Path(__file__).parent / "images"
DPI = 100
"""Resolution of the reference images, in dots per inch."""
WINDOW = 16
"""Side of the windows that are compared, in pixels: about the height of a letter."""
SHIFT = 2
"""Maximum shift of a window, in pixels."""
TOLERANCE = 0.11
"""Maximum difference in brightness of a window, on a scale from 0 (black) to 1 (white).

Between matplotlib 3.9 and 3.11 the difference is at most 0.08; a missing label makes 0.13
or more.
"""

Grey = npt.NDArray[np.float64]
"""An image in grey, as brightness from 0 (black) to 1 (white)."""


def grey(ax: Axes) -> Grey:
    """Render a plot in grey."""
    figure = ax.figure
    assert isinstance(figure, Figure)
    figure.set_dpi(DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3] @ np.array([0.299, 0.587, 0.114]) / 255


def reference(name: str) -> Grey:
    """Read a reference image."""
    return np.asarray(imread(IMAGES / f"{name}.png"), float)


def windows(image: Grey) -> Grey:
    """Return the mean brightness of every window."""
    sums = np.pad(image, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    above, below = sums[:-WINDOW], sums[WINDOW:]
    total = below[:, WINDOW:] - below[:, :-WINDOW] - above[:, WINDOW:] + above[:, :-WINDOW]
    return total / WINDOW**2


def difference(one: Grey, other: Grey) -> float:
    """Return the largest difference in brightness between windows of two images.

    A mean over the whole image would hide that a label is missing.
    """
    if max(abs(a - b) for a, b in zip(one.shape, other.shape, strict=True)) > SHIFT:
        return 1.0
    down, across = (min(lengths) for lengths in zip(one.shape, other.shape, strict=True))
    mine, others = (windows(image[:down, :across]) for image in (one, other))
    side = 2 * SHIFT + 1
    near = sliding_window_view(np.pad(others, SHIFT, mode="edge"), (side, side))
    low, high = near.min(axis=(2, 3)), near.max(axis=(2, 3))
    return float(np.maximum(low - mine, mine - high).max())


@pytest.mark.parametrize("name", CHARTS)
def test_matches_reference(name: str) -> None:
    """A plot matches its reference image, apart from how versions of matplotlib draw letters."""
    assert difference(grey(draw(CHARTS[name])), reference(name)) < TOLERANCE


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("word", ["Army", "Talks"])
def test_missing_label_is_detected(name: str, word: str) -> None:
    """Without one of its labels, a plot differs from its reference image."""
    ax = draw(CHARTS[name])
    labels = [text for text in ax.texts if text.get_text() == word]
    assert labels
    labels[0].remove()
    assert difference(grey(ax), reference(name)) > TOLERANCE


def without_marks() -> dict[str, Chart]:
    """Make charts in which the marks of the first row are missing."""
    lanes, grid = CHARTS["lanes"], CHARTS["grid"]
    assert isinstance(lanes, Lanes)
    assert isinstance(grid, Grid)
    first, *rest = lanes.lanes
    spans = tuple(attrs.evolve(span, tone="blank", text="") for span in first.spans)
    row, *rows = grid.rows
    tiles = tuple(attrs.evolve(tile, tone="blank") for tile in row.tiles)
    return {
        "lanes": attrs.evolve(lanes, lanes=(attrs.evolve(first, spans=spans), *rest)),
        "grid": attrs.evolve(grid, rows=(attrs.evolve(row, tiles=tiles), *rows)),
    }


@pytest.mark.parametrize("name", without_marks())
def test_missing_marks_are_detected(name: str) -> None:
    """Without the marks of one row, a plot differs from its reference image."""
    assert difference(grey(draw(without_marks()[name])), reference(name)) > TOLERANCE


if __name__ == "__main__":
    from PIL import Image

    for name, chart in CHARTS.items():
        image = Image.fromarray((grey(draw(chart)) * 255).round().astype(np.uint8))
        image.save(IMAGES / f"{name}.png", optimize=True)
        sys.stdout.write(f"{IMAGES / name}.png\n")

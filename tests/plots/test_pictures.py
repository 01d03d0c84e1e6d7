"""Pictures look as they did: compared with the kept ones, which people have looked at.

Versions of matplotlib draw letters a little differently, and a dot further left or right.
So pictures are compared in grey, by how dark every small window is, wherever within two
dots it stands. `python tests/plots/test_pictures.py` draws the kept pictures anew: look at them
before they are committed.
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
DOTS = 100
"""The dots of an inch in the kept pictures."""
WINDOW = 16
"""The side of the windows that are compared, in dots: about a letter high."""
SHIFT = 2
"""How many dots a window may have moved."""
ALIKE = 0.11
"""How much darker or lighter a window may be, on the way from black to white.

Between matplotlib 3.9 and 3.11 the most is 0.08; a missing label makes 0.13 or more.
"""

Grey = npt.NDArray[np.float64]
"""A picture in grey, 0 black and 1 white."""


def grey(ax: Axes) -> Grey:
    """Draw a picture in grey."""
    figure = ax.figure
    assert isinstance(figure, Figure)
    figure.set_dpi(DOTS)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3] @ np.array([0.299, 0.587, 0.114]) / 255


def kept(name: str) -> Grey:
    """Read a kept picture."""
    return np.asarray(imread(IMAGES / f"{name}.png"), float)


def windows(picture: Grey) -> Grey:
    """Take the mean of every window."""
    sums = np.pad(picture, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    above, below = sums[:-WINDOW], sums[WINDOW:]
    total = below[:, WINDOW:] - below[:, :-WINDOW] - above[:, WINDOW:] + above[:, :-WINDOW]
    return total / WINDOW**2


def difference(one: Grey, other: Grey) -> float:
    """Measure how far two pictures are apart where they are farthest apart.

    A mean over the whole picture would hide that a label is missing.
    """
    if max(abs(a - b) for a, b in zip(one.shape, other.shape, strict=True)) > SHIFT:
        return 1.0
    down, across = (min(lengths) for lengths in zip(one.shape, other.shape, strict=True))
    mine, others = (windows(picture[:down, :across]) for picture in (one, other))
    side = 2 * SHIFT + 1
    near = sliding_window_view(np.pad(others, SHIFT, mode="edge"), (side, side))
    low, high = near.min(axis=(2, 3)), near.max(axis=(2, 3))
    return float(np.maximum(low - mine, mine - high).max())


@pytest.mark.parametrize("name", CHARTS)
def test_looks_as_it_did(name: str) -> None:
    """A picture is the kept one, but for how a version of matplotlib draws letters."""
    assert difference(grey(draw(CHARTS[name])), kept(name)) < ALIKE


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("word", ["Army", "Talks"])
def test_a_missing_label_is_seen(name: str, word: str) -> None:
    """Without one of its labels a picture is not the kept one."""
    ax = draw(CHARTS[name])
    labels = [text for text in ax.texts if text.get_text() == word]
    assert labels
    labels[0].remove()
    assert difference(grey(ax), kept(name)) > ALIKE


def marked_otherwise() -> dict[str, Chart]:
    """Make charts in which one mark is another than in the kept pictures."""
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


@pytest.mark.parametrize("name", marked_otherwise())
def test_missing_marks_are_seen(name: str) -> None:
    """Without the marks of one row a picture is not the kept one."""
    assert difference(grey(draw(marked_otherwise()[name])), kept(name)) > ALIKE


if __name__ == "__main__":
    from PIL import Image

    for name, chart in CHARTS.items():
        picture = Image.fromarray((grey(draw(chart)) * 255).round().astype(np.uint8))
        picture.save(IMAGES / f"{name}.png", optimize=True)
        sys.stdout.write(f"{IMAGES / name}.png\n")

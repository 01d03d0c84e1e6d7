"""Handmade charts, one of each kind, and the text in a plot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from positions.plots.charts import (
    Chart,
    Curve,
    Curves,
    Grid,
    Lane,
    Lanes,
    LegendEntry,
    Moment,
    NumberLine,
    Range,
    Span,
    Tile,
    TileRow,
)

HOSTILE = (
    "$x^$ _{a} \\frac",
    '<b onload="x">&amp;</b>',
    "Россия и союзники",
    "中华人民共和国",
    "A\u202eB\nC",
    "An alliance with a name that never seems to come to its end, whatever one does " * 2,
    "x" * 150,
)
"""Names that a plot must show unchanged, or say that it cannot."""


def day(month: int, number: int = 1) -> dt.date:
    """Return a day of the year 2000."""
    return dt.date(2000, month, number)


def lanes(*names: str) -> Lanes:
    """Make one lane per name: agreed in February, in deadlock from March on."""
    spans = (Span(day(2), day(2, 28), "yes", "agreed"), Span(day(3), day(6), "no", "deadlock"))
    return Lanes(
        title=f"History of {names[0]}",
        legend=(LegendEntry("yes", "agreed"), LegendEntry("no", "deadlock")),
        remarks=(f"Left out: {names[-1]}.",),
        sources="Sources: 3 statements; Made up, version 1.",
        start=day(1),
        end=day(6),
        lanes=tuple(Lane(name, spans) for name in names),
        moments=tuple(Moment(day(3, 5 + n), name[:60]) for n, name in enumerate(names)),
    )


def curves(*names: str) -> Curves:
    """Make two curves, and one lane per name."""
    about = lanes(*names)
    return Curves(
        title=about.title,
        legend=about.legend,
        remarks=about.remarks,
        sources=about.sources,
        start=about.start,
        end=about.end,
        lanes=about.lanes,
        measure=f"gap ({names[0]})",
        top=1,
        curves=(
            Curve("gap", ((day(1), 1.0), (day(2), 0.25), (day(4), 0.5))),
            Curve(names[-1], ((day(1), None), (day(3), 0.75))),
        ),
    )


def grid(*names: str) -> Grid:
    """Make a grid with one column and one row per name."""
    tones = ("demand", "yes", "if", "unmet", "open", "no", "implied", "faint")
    rows = tuple(
        TileRow(name, tuple(Tile(f"says {n}", tones[(n + i) % 8]) for n in range(len(names))))
        for i, name in enumerate(names)
    )
    legend = tuple(LegendEntry(tone, f"as {tone}") for tone in tones)
    about = lanes(*names)
    return Grid(
        title=about.title,
        legend=legend,
        remarks=about.remarks,
        columns=names,
        rows=rows,
        sources="S",
    )


def number_line(*names: str) -> NumberLine:
    """Make a number line with one interval per name, some with an open end."""
    ends = ((None, 50.0), (20.0, 80.0), (60.0, None), (70.0, 70.0))
    rows = tuple(
        Range(name, *ends[n % 4], "yes" if n % 2 else "no", f"accepts {name}")
        for n, name in enumerate(names)
    )
    legend = (LegendEntry("yes", "accepts"), LegendEntry("no", "rejects"))
    return NumberLine(
        title=names[0], legend=legend, measure="soldiers", ranges=rows, remarks=names[-1:]
    )


PLAIN = ("Land", "Army", "Talks")
KINDS = {"lanes": lanes, "curves": curves, "grid": grid, "number_line": number_line}
"""Functions that make a chart of each kind from names."""
CHARTS: dict[str, Chart] = {name: make(*PLAIN) for name, make in KINDS.items()}
"""One chart of each kind."""


def texts(ax: Axes) -> Iterator[Text]:
    """Yield all text elements of a plot."""
    figure = ax.figure
    assert isinstance(figure, Figure)
    FigureCanvasAgg(figure).draw()
    ticks = [*ax.get_xticklabels(), *ax.get_yticklabels()] if ax.axison else []
    legend = ax.get_legend()
    labels = legend.get_texts() if legend else []
    yield from (text for text in (*ax.texts, *ticks, *labels) if text.get_text())


def words(ax: Axes) -> str:
    """Return all text of a plot on one line, without its line breaks."""
    return " ".join(" ".join(text.get_text().split()) for text in texts(ax))


def boxes(ax: Axes) -> list[tuple[str, Bbox]]:
    """Return each text of a plot with its bounding box, without the background."""
    return [(text.get_text(), Text.get_window_extent(text)) for text in texts(ax)]

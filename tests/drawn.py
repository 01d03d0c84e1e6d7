"""Charts made by hand, one of each kind, and what can be read off a picture."""

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
    KeyEntry,
    Lane,
    Lanes,
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
"""Names that a picture must show as they are, or say that it cannot."""


def day(month: int, number: int = 1) -> dt.date:
    """Give a day of the year 2000."""
    return dt.date(2000, month, number)


def lanes(*names: str) -> Lanes:
    """Make lanes of these names, each agreed for a month and then a deadlock."""
    spans = (Span(day(2), day(2, 28), "yes", "agreed"), Span(day(3), day(6), "no", "deadlock"))
    return Lanes(
        title=f"History of {names[0]}",
        key=(KeyEntry("yes", "agreed"), KeyEntry("no", "deadlock")),
        remarks=(f"Left out: {names[-1]}.",),
        sources="Sources: 3 statements; Made up, version 1.",
        start=day(1),
        end=day(6),
        lanes=tuple(Lane(name, spans) for name in names),
        moments=tuple(Moment(day(3, 5 + n), name[:60]) for n, name in enumerate(names)),
    )


def curves(*names: str) -> Curves:
    """Make two curves, and a lane of each name."""
    about = lanes(*names)
    return Curves(
        title=about.title,
        key=about.key,
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
    """Make a grid with a column and a row of each name."""
    tones = ("demand", "yes", "if", "unmet", "open", "no", "implied", "faint")
    rows = tuple(
        TileRow(name, tuple(Tile(f"says {n}", tones[(n + i) % 8]) for n in range(len(names))))
        for i, name in enumerate(names)
    )
    key = tuple(KeyEntry(tone, f"as {tone}") for tone in tones)
    about = lanes(*names)
    return Grid(
        title=about.title, key=key, remarks=about.remarks, columns=names, rows=rows, sources="S"
    )


def number_line(*names: str) -> NumberLine:
    """Make a number line with a range for each name, each with another open end."""
    ends = ((None, 50.0), (20.0, 80.0), (60.0, None), (70.0, 70.0))
    rows = tuple(
        Range(name, *ends[n % 4], "yes" if n % 2 else "no", f"accepts {name}")
        for n, name in enumerate(names)
    )
    key = (KeyEntry("yes", "accepts"), KeyEntry("no", "rejects"))
    return NumberLine(title=names[0], key=key, measure="soldiers", ranges=rows, remarks=names[-1:])


PLAIN = ("Land", "Army", "Talks")
KINDS = {"lanes": lanes, "curves": curves, "grid": grid, "number_line": number_line}
"""What makes a chart of each kind out of names."""
CHARTS: dict[str, Chart] = {name: make(*PLAIN) for name, make in KINDS.items()}
"""One chart of each kind."""


def texts(ax: Axes) -> Iterator[Text]:
    """Go through all text that a picture shows."""
    figure = ax.figure
    assert isinstance(figure, Figure)
    FigureCanvasAgg(figure).draw()
    ticks = [*ax.get_xticklabels(), *ax.get_yticklabels()] if ax.axison else []
    legend = ax.get_legend()
    keys = legend.get_texts() if legend else []
    yield from (text for text in (*ax.texts, *ticks, *keys) if text.get_text())


def words(ax: Axes) -> str:
    """Give all text of a picture on one line, however it is broken."""
    return " ".join(" ".join(text.get_text().split()) for text in texts(ax))


def boxes(ax: Axes) -> list[tuple[str, Bbox]]:
    """Give the room that every text of a picture takes, plates left out."""
    return [(text.get_text(), Text.get_window_extent(text)) for text in texts(ax)]

"""Charts: the content of a plot, independent of how it is drawn.

A chart is to a plot what a `Table` is to text: neutral, frozen, and complete. Charts do
not need matplotlib; drawing them, in `positions.plots.plotted`, does. No chart relies on
colour alone: every mark also has a text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Literal

import attrs

Tone = Literal["demand", "yes", "if", "unmet", "open", "no", "implied", "faint", "blank"]
"""The meaning of a mark, from demanded and accepted to rejected or not mentioned.

`if` is an acceptance under conditions, `unmet` one under conditions that are refused,
`implied` a rejection by implication; `faint` marks what only one party has addressed.
"""

MOST_LANES = 40
"""Maximum number of lanes in a plot; tables have all of them."""
MOST_ROWS = 60
"""Maximum number of rows in a plot; tables have all of them."""
MOST_COLUMNS = 24
"""Maximum number of columns in a plot; tables have all of them."""


@attrs.frozen
class LegendEntry:
    """One entry of the legend: what a tone means in this plot."""

    tone: Tone
    label: str


@attrs.frozen
class Span:
    """An interval of days in a lane, both ends included.

    `text` is written into the span if it fits, otherwise the label of its tone in the legend.
    """

    first: dt.date
    last: dt.date
    tone: Tone
    text: str


@attrs.frozen
class Lane:
    """One row of a plot over time; a lane without spans is a heading."""

    label: str
    spans: tuple[Span, ...] = ()


@attrs.frozen
class Moment:
    """An event, marked on one day."""

    date: dt.date
    label: str


@attrs.frozen
class Curve:
    """A value over time, constant from each date to the next; None where it is undefined."""

    label: str
    points: tuple[tuple[dt.date, float | None], ...]


@attrs.frozen
class Tile:
    """One cell of a grid: a text, marked by a tone or shaded by a share from 0 to 1.

    `caveats` are the names of the caveats of its text.
    """

    text: str
    tone: Tone = "blank"
    share: float | None = None
    caveats: frozenset[str] = frozenset()


@attrs.frozen
class TileRow:
    """One row of a grid, with one tile for each column."""

    label: str
    tiles: tuple[Tile, ...]

    @property
    def caveats(self) -> frozenset[str]:
        """The caveats of all its tiles."""
        return frozenset[str]().union(*(tile.caveats for tile in self.tiles))


@attrs.frozen
class Range:
    """A number or an interval of numbers; None means that an end is unbounded."""

    label: str
    low: float | None
    high: float | None
    tone: Tone
    text: str


@attrs.frozen(kw_only=True)
class Chart:
    """What all charts have in common.

    Attributes:
        title: what the plot shows, for which parties and when.
        legend: what the tones mean, in the order shown.
        remarks: how to read the plot, and what it leaves out.
        sources: the number of statements behind it and their data set.
    """

    title: str
    legend: tuple[LegendEntry, ...] = ()
    remarks: tuple[str, ...] = ()
    sources: str = ""

    @property
    def foot(self) -> tuple[str, ...]:
        """The lines below the plot: the remarks, then the sources."""
        return (*self.remarks, *filter(None, (self.sources,)))

    def describe(self) -> str:
        """Describe the plot in text, line by line, for readers who cannot see it."""
        return "\n".join((*self._lines(), *self.foot))

    def _lines(self) -> Iterator[str]:
        """Yield a line of text for each thing drawn."""
        yield from ()


@attrs.frozen(kw_only=True)
class Lanes(Chart):
    """Intervals of time in lanes, one below another, with events marked on their days.

    `empty` is the text shown if there are no lanes.
    """

    start: dt.date
    end: dt.date
    lanes: tuple[Lane, ...]
    moments: tuple[Moment, ...] = ()
    empty: str = "nothing to show"

    def _lines(self) -> Iterator[str]:
        if not self.lanes:
            yield self.empty
        for lane in self.lanes:
            spans = (f"{s.text} from {s.first} to {s.last}" for s in lane.spans)
            yield f"{lane.label}: {'; '.join(spans)}."
        for moment in self.moments:
            yield f"{moment.date}: {moment.label}."


@attrs.frozen(kw_only=True)
class Curves(Lanes):
    """Curves over time, with lanes below them.

    Attributes:
        measure: what the curves measure, with its unit.
        curves: the measured values.
        top: the largest possible value; None if there is no limit.
        unmeasured: the text shown if no curve has a value.
    """

    measure: str
    curves: tuple[Curve, ...]
    top: float | None = None
    unmeasured: str = "no value is defined"

    def _lines(self) -> Iterator[str]:
        if self.curves:
            yield f"Measure: {self.measure}."
        for curve in self.curves:
            values = (f"{date} {_number(value)}" for date, value in curve.points)
            yield f"{curve.label}: {', '.join(values)}."
        yield from super()._lines()


@attrs.frozen(kw_only=True)
class Grid(Chart):
    """Rows and columns of tiles; `empty` is the text shown if there are none."""

    columns: tuple[str, ...]
    rows: tuple[TileRow, ...]
    empty: str = "nothing to show"

    def _lines(self) -> Iterator[str]:
        if not self.rows:
            yield self.empty
        for row in self.rows:
            pairs = zip(self.columns, row.tiles, strict=True)
            yield f"{row.label}: {'; '.join(f'{name}: {tile.text}' for name, tile in pairs)}."


@attrs.frozen(kw_only=True)
class NumberLine(Chart):
    """Numbers and intervals, one below another; `empty` is the text shown if there are none."""

    measure: str
    ranges: tuple[Range, ...]
    empty: str = "nothing to show"

    def _lines(self) -> Iterator[str]:
        if not self.ranges:
            yield self.empty
        for row in self.ranges:
            yield f"{row.label}: {row.text}."


def legend_of(tones: Iterable[Tone], labels: dict[Tone, str]) -> tuple[LegendEntry, ...]:
    """Make the legend of the tones that a plot uses, in the order of the labels.

    >>> legend_of(["no", "yes", "no"], {"yes": "agreed", "no": "deadlock", "open": "open"})
    (LegendEntry(tone='yes', label='agreed'), LegendEntry(tone='no', label='deadlock'))
    """
    used = set(tones)
    return tuple(LegendEntry(tone, label) for tone, label in labels.items() if tone in used)


def left_out(count: int, what: str, most: int) -> tuple[str, ...]:
    """Make the remark on how many items a plot leaves out; empty if none.

    >>> left_out(52, "topics", 40)
    ('Not shown: 12 more topics; .table() has all of them.',)
    """
    more = count - most
    return (f"Not shown: {more} more {what}; .table() has all of them.",) * (more > 0)


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:,.6g}"

"""Charts: what a picture shows, in words and dates, before anybody draws it.

A chart is to a picture what a `Table` is to text: neutral, frozen, and complete. How
it is drawn is the business of `positions.plots`, which needs matplotlib; a chart does
not. No chart tells anything by colour alone: every mark has a word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Literal

import attrs

Tone = Literal["demand", "yes", "if", "unmet", "open", "no", "implied", "faint", "blank"]
"""How something is marked: for, for on conditions, open, against, or not said at all.

`demand` is the strongest for, `unmet` an acceptance on conditions that are refused,
`implied` a rejection by implication, `faint` words of one party alone.
"""

MOST_LANES = 40
"""How many lanes a picture over time shows; tables have all of them."""
MOST_ROWS = 60
"""How many rows of a grid a picture shows; tables have all of them."""
MOST_COLUMNS = 24
"""How many columns a picture shows; tables have all of them."""


@attrs.frozen
class KeyEntry:
    """One entry of the key: what a tone stands for in this picture."""

    tone: Tone
    word: str


@attrs.frozen
class Span:
    """A run of days in a lane, the first and the last included.

    `word` is written into the span where it fits, else the word of the key.
    """

    first: dt.date
    last: dt.date
    tone: Tone
    word: str


@attrs.frozen
class Lane:
    """One line of a picture over time; without spans it is a heading."""

    label: str
    spans: tuple[Span, ...] = ()


@attrs.frozen
class Moment:
    """Something that happened on one day."""

    date: dt.date
    label: str


@attrs.frozen
class Curve:
    """A value that holds from each of its dates to the next; None where there is none."""

    label: str
    points: tuple[tuple[dt.date, float | None], ...]


@attrs.frozen
class Tile:
    """One cell of a grid: a word, marked by a tone, or shaded by a share of 1."""

    word: str
    tone: Tone = "blank"
    share: float | None = None


@attrs.frozen
class TileRow:
    """One row of a grid, with a tile for every column."""

    label: str
    tiles: tuple[Tile, ...]


@attrs.frozen
class Range:
    """A number or a range of numbers; an end that is None is unbounded."""

    label: str
    low: float | None
    high: float | None
    tone: Tone
    word: str


@attrs.frozen(kw_only=True)
class Chart:
    """What all charts have: a title, a key, remarks, and on what it rests.

    Attributes:
        title: what the picture shows, of whom and when.
        key: what the tones stand for, in the order shown.
        remarks: how to read it, and what is not in it.
        sources: on which statements of which data set it rests.
    """

    title: str
    key: tuple[KeyEntry, ...] = ()
    remarks: tuple[str, ...] = ()
    sources: str = ""

    @property
    def foot(self) -> tuple[str, ...]:
        """The lines below the picture: the remarks, and the sources last."""
        return (*self.remarks, *filter(None, (self.sources,)))

    def told(self) -> str:
        """Tell the picture in words, line by line, for those who cannot see it."""
        return "\n".join((*self._lines(), *self.foot))

    def _lines(self) -> Iterator[str]:
        """Tell what is drawn."""
        yield from ()


@attrs.frozen(kw_only=True)
class Lanes(Chart):
    """Spans of time in lanes under one another, with events marked on the days.

    `empty` is what the picture says where there are no lanes.
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
            spans = (f"{s.word} from {s.first} to {s.last}" for s in lane.spans)
            yield f"{lane.label}: {'; '.join(spans)}."
        for moment in self.moments:
            yield f"{moment.date}: {moment.label}."


@attrs.frozen(kw_only=True)
class Curves(Lanes):
    """Curves over time, with lanes below them.

    Attributes:
        measure: what the curves measure, with its unit.
        curves: what is measured; the picture says `unmeasured` where they have no value.
        top: the largest value that there can be; None where there is no limit.
    """

    measure: str
    curves: tuple[Curve, ...]
    top: float | None = None
    unmeasured: str = "no value is defined"

    def _lines(self) -> Iterator[str]:
        if self.curves:
            yield f"Measure: {self.measure}."
        for curve in self.curves:
            known = (f"{date} {_said(value)}" for date, value in curve.points)
            yield f"{curve.label}: {', '.join(known)}."
        yield from super()._lines()


@attrs.frozen(kw_only=True)
class Grid(Chart):
    """Rows and columns of tiles, each with its word; `empty` is said where there are none."""

    columns: tuple[str, ...]
    rows: tuple[TileRow, ...]
    empty: str = "nothing to show"

    def _lines(self) -> Iterator[str]:
        if not self.rows:
            yield self.empty
        for row in self.rows:
            pairs = zip(self.columns, row.tiles, strict=True)
            yield f"{row.label}: {'; '.join(f'{name}: {tile.word}' for name, tile in pairs)}."


@attrs.frozen(kw_only=True)
class NumberLine(Chart):
    """Numbers and ranges of numbers, one under another; `empty` is said where there are none."""

    measure: str
    ranges: tuple[Range, ...]
    empty: str = "nothing to show"

    def _lines(self) -> Iterator[str]:
        if not self.ranges:
            yield self.empty
        for row in self.ranges:
            yield f"{row.label}: {row.word}."


def key_of(tones: Iterable[Tone], words: dict[Tone, str]) -> tuple[KeyEntry, ...]:
    """Make the key of the tones that a picture uses, in the order of the words.

    >>> key_of(["no", "yes", "no"], {"yes": "agreed", "no": "deadlock", "open": "open"})
    (Key(tone='yes', word='agreed'), Key(tone='no', word='deadlock'))
    """
    used = set(tones)
    return tuple(KeyEntry(tone, word) for tone, word in words.items() if tone in used)


def left_out(count: int, what: str, most: int) -> tuple[str, ...]:
    """Say how many things a picture leaves out, if any.

    >>> left_out(52, "topics", 40)
    ('Not in the picture: 12 more topics; .table() has all of them.',)
    """
    more = count - most
    return (f"Not in the picture: {more} more {what}; .table() has all of them.",) * (more > 0)


def _said(value: float | None) -> str:
    return "none" if value is None else f"{value:,.6g}"

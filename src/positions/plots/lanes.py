"""Lanes and curves drawn over time: spans under one another, and values above them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import attrs

from positions.plots.canvas import (
    POINTS,
    Frame,
    MakeFigure,
    adorn,
    axes_for,
    room_for,
    samples_of,
    size_of,
)
from positions.plots.charts import Curve, Curves, KeyEntry, Lane, Lanes, Moment, Span
from positions.plots.letters import FONT, SMALL, drawable, height, put, width, wrap
from positions.plots.tones import INK, PALE, PAPER, box

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

ACROSS = 7.6
"""How wide the axes of a picture over time are, in inches."""
LEFT = 2.3
"""The room of the names of lanes, in inches."""
CURVE = 2.4
"""How high curves are drawn, in inches."""
GAP = 0.25
"""The room between curves and lanes, and within an empty picture, in inches."""
LEAST = 0.28
"""How high a lane is at least, in inches."""
EMPTY = 0.8
"""How high a picture is that shows nothing, in inches."""
FEW_DAYS = 8
"""Up to how many days each has its date below it."""
SIDE = 0.3
"""The room right of the last day, for half of its date, in inches."""
LONGEST = 200.0
"""How long the label of an event can be, in points."""
SECOND = 1 / 86_400
"""A second, in days."""
SPACE = 6.0
"""The least room between the labels of two events, in points."""
Stroke = Literal["-", "--", "-.", ":"]
"""The dashes of a curve."""
STROKES: tuple[tuple[Stroke, str], ...] = (
    ("-", "#0072b2"),
    ("--", "#d55e00"),
    ("-.", "#000000"),
    (":", "#009e73"),
)
"""The dashes and colours of curves, so that no two are told apart by colour alone."""


@attrs.frozen
class _LaneLayout:
    """Where everything stands, measured in inches from the top of the axes."""

    frame: Frame
    labels: tuple[tuple[str, ...], ...]
    edges: tuple[float, ...]
    strip: tuple[tuple[Moment, ...], ...]

    def up(self, inches: float) -> float:
        """Turn inches from the top into a share of the axes from below."""
        return 1 - inches / self.frame.down


def draw_lanes(chart: Lanes, ax: Axes | None, make: MakeFigure) -> Axes:
    """Draw lanes, or curves with lanes, on these axes, or on those of a new figure."""
    room = room_for(ax, ACROSS, LEFT + SIDE)
    layout, samples = _layout(chart, room), [*_strokes(chart), *samples_of(chart)]
    ax = axes_for(chart, layout.frame, samples, make) if ax is None else ax
    _draw_time(ax, chart)
    if isinstance(chart, Curves) and chart.curves:
        _draw_curves(ax, chart, layout)
    else:
        ax.set_yticks([])
        ax.set_ylim(0, 1)
    for number, lane in enumerate(chart.lanes):
        _draw_lane(ax, lane, chart.key, layout, number)
    if not chart.lanes:
        put(
            ax,
            drawable(chart.empty),
            (0.5, layout.up(layout.edges[-1] - EMPTY / 2)),
            across="center",
        )
    _draw_moments(ax, layout)
    adorn(ax, chart, layout.frame, samples)
    return ax


def _layout(chart: Lanes, across: float) -> _LaneLayout:
    room = (LEFT - 0.12) * POINTS
    labels = tuple(tuple(wrap(lane.label, room, bold=not lane.spans)) for lane in chart.lanes)
    edges = [CURVE + GAP if isinstance(chart, Curves) and chart.curves else 0.0]
    for lines in labels:
        edges.append(edges[-1] + max(LEAST, height(len(lines)) / POINTS + 0.08))
    if not labels:
        edges.append(edges[-1] + EMPTY)
    strip = tuple(map(tuple, _strip(chart, across * POINTS)))
    above = 0.1 + height(len(strip), SMALL) / POINTS
    frame = Frame(across, edges[-1], left=LEFT, right=SIDE, above=above)
    return _LaneLayout(frame, labels, tuple(edges), strip)


# Time


def _draw_time(ax: Axes, chart: Lanes) -> None:
    """Lay out the days from left to right, with a date at round distances."""
    from matplotlib.dates import AutoDateFormatter, AutoDateLocator

    ax.xaxis_date()
    ax.set_xlim(_day(ax, chart.start), _day_end(ax, chart.end))
    days = (chart.end - chart.start).days + 1
    locator = AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(AutoDateFormatter(locator))  # type: ignore[no-untyped-call]
    if days <= FEW_DAYS:
        ax.set_xticks([_day(ax, chart.start) + number for number in range(days)])
    ax.tick_params(labelsize=SMALL, labelfontfamily=FONT)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)


def _day(ax: Axes, date: dt.date) -> float:
    """Number a day as the axis of dates does."""
    return float(ax.convert_xunits(date))  # type: ignore[no-untyped-call]


def _day_end(ax: Axes, date: dt.date) -> float:
    """Return where a day ends; the last that there is ends a second before midnight."""
    return _day(ax, date) + (1 - SECOND if date == dt.date.max else 1)


# Lanes


def _draw_lane(
    ax: Axes, lane: Lane, key: Sequence[KeyEntry], layout: _LaneLayout, number: int
) -> None:
    top, bottom = layout.edges[number : number + 2]
    middle = layout.up((top + bottom) / 2)
    label, heading = "\n".join(layout.labels[number]), not lane.spans
    put(ax, label, (0, middle), away=(-LEFT * POINTS, 0), bold=heading)
    for span in lane.spans:
        _draw_span(ax, span, layout.up(top + 0.04), layout.up(bottom - 0.04))
        _write_span(ax, span, key, layout, middle)


def _draw_span(ax: Axes, span: Span, top: float, bottom: float) -> None:
    first = _day(ax, span.first)
    made = box(span.tone, (first, bottom), (_day_end(ax, span.last) - first, top - bottom))
    made.set_transform(ax.get_xaxis_transform())
    ax.add_patch(made)


def _write_span(
    ax: Axes, span: Span, key: Sequence[KeyEntry], layout: _LaneLayout, middle: float
) -> None:
    """Write the word of a span into it if it fits, else that of the key, else nothing."""
    left, right = ax.get_xlim()
    first, last = max(left, _day(ax, span.first)), min(right, _day_end(ax, span.last))
    room = (last - first) / (right - left) * layout.frame.across * POINTS - 8
    words = [span.word, *(entry.word for entry in key if entry.tone == span.tone)]
    fits = [word for word in map(drawable, words) if word and width(word, SMALL) <= room]
    if fits:
        at = ((first + last) / 2 - left) / (right - left), middle
        put(
            ax,
            fits[0],
            at,
            size=SMALL,
            across="center",
            up="center_baseline",
            color=INK,
            back=PAPER,
        )


# Events


def _strip(chart: Lanes, room: float) -> list[list[Moment]]:
    """Lay the labels of events into rows, the lowest first.

    A label stands above all later ones that begin within its length, so that no line
    from a label down to its day crosses another label.
    """
    placed: list[tuple[float, int]] = []
    rows: list[list[Moment]] = []
    for moment in sorted(chart.moments, key=lambda moment: moment.date, reverse=True):
        end = _ends(chart, moment, room)
        row = max((below + 1 for begin, below in placed if begin < end), default=0)
        placed.append((_begins(chart, moment, room), row))
        if row == len(rows):
            rows.append([])
        rows[row].append(moment)
    return rows


def _begins(chart: Lanes, moment: Moment, room: float) -> float:
    """Tell where the label of an event begins, in points: at its day, if it fits in there."""
    days = (chart.end - chart.start).days + 1
    wanted = (moment.date - chart.start).days / days * room
    return min(wanted, room - width(_label(moment), SMALL) - SPACE)


def _ends(chart: Lanes, moment: Moment, room: float) -> float:
    return _begins(chart, moment, room) + width(_label(moment), SMALL) + SPACE


def _label(moment: Moment) -> str:
    """Write the label of an event on one line; what does not fit is told in words only."""
    first, *rest = wrap(moment.label, LONGEST, SMALL)
    return f"{first} …" if rest else first


def _draw_moments(ax: Axes, layout: _LaneLayout) -> None:
    """Write the labels of events above the axes, with a line down from each on its day."""
    (left, right), (_, down) = ax.get_xlim(), size_of(ax)
    for number, row in enumerate(layout.strip):
        lift = height(number + 0.5, SMALL) + 3
        for moment in row:
            day = _day(ax, moment.date) + 0.5
            _drop_line(ax, day, 1 + lift / POINTS / down)
            share = (day - left) / (right - left)
            over = width(_label(moment), SMALL) + SPACE - (1 - share) * layout.frame.across * POINTS
            away = (3 - max(0.0, over), lift)
            put(ax, _label(moment), (share, 1), size=SMALL, away=away, color=INK, back=PAPER)


def _drop_line(ax: Axes, day: float, top: float) -> None:
    """Draw a dotted line from the label of an event down through the lanes."""
    across = ax.get_xaxis_transform()
    (line,) = ax.plot([day, day], [0, top], color=INK, lw=0.6, ls=(0, (1, 2)), zorder=0.5)
    line.set_transform(across)
    line.set_clip_on(False)


# Curves


def _strokes(chart: Lanes) -> Iterator[Artist]:
    """Make the samples of the curves that the key shows."""
    from matplotlib.lines import Line2D

    if isinstance(chart, Curves):
        for curve, (dashes, color) in zip(chart.curves, STROKES, strict=False):
            yield Line2D([], [], linestyle=dashes, color=color, lw=2, label=curve.label)


def _draw_curves(ax: Axes, chart: Curves, layout: _LaneLayout) -> None:
    """Draw values above the lanes: the axis of values ends where the lanes begin."""
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    highest = _highest(chart)
    top = highest * 1.04
    share = CURVE / layout.frame.down
    ax.set_ylim(top - top / share, top)
    ticks = MaxNLocator(4, steps=(1, 2, 2.5, 5, 10)).tick_values(0, highest)
    ax.set_yticks([tick for tick in ticks if 0 <= tick <= top])
    for tick in ax.get_yticks():
        ax.axhline(tick, color=PALE, lw=0.5, zorder=0.4)
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    ax.axhline(0, color=INK, lw=0.5)
    for curve, (dashes, color) in zip(chart.curves, STROKES, strict=False):
        days, values = _steps(ax, curve, chart.end)
        ax.plot(days, values, ls=dashes, color=color, lw=2, drawstyle="steps-post", zorder=3)
    if not any(value is not None for curve in chart.curves for _, value in curve.points):
        put(ax, drawable(chart.unmeasured), (0.5, layout.up(CURVE / 2)), across="center")
    measure = "\n".join(wrap(chart.measure, (LEFT - 0.7) * POINTS))
    put(ax, measure, (0, layout.up(CURVE / 2)), away=(-LEFT * POINTS, 0))


def _highest(chart: Curves) -> float:
    """Find the end of the axis of values."""
    values = [value for curve in chart.curves for _, value in curve.points if value is not None]
    return max([chart.top or 0.0, *values]) or 1.0


def _steps(ax: Axes, curve: Curve, end: dt.date) -> tuple[list[float], list[float]]:
    """Give the corners of a curve; where it has no value the line breaks."""
    days = [_day(ax, date) for date, _ in curve.points]
    values = [math.nan if value is None else value for _, value in curve.points]
    return [*days, _day_end(ax, end)], [*values, *values[-1:]]

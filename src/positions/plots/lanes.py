"""Drawing lanes and curves over time: intervals one below another, and values above them."""

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
    add_frame,
    available_width,
    axes_for,
    axes_size,
    legend_handles,
)
from positions.plots.charts import Curve, Curves, Lane, Lanes, LegendEntry, Moment, Span
from positions.plots.letters import FONT, SMALL, add_text, drawable, height, width, wrap
from positions.plots.tones import INK, PALE, PAPER, box

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

WIDTH = 7.6
"""Width of the axes, in inches."""
LEFT = 2.3
"""Width of the lane labels, in inches."""
CURVE_HEIGHT = 2.4
"""Height of the panel of curves, in inches."""
GAP = 0.25
"""Space between curves and lanes, in inches."""
MIN_LANE_HEIGHT = 0.28
"""Minimum height of a lane, in inches."""
EMPTY_HEIGHT = 0.8
"""Height of an empty plot, in inches."""
FEW_DAYS = 8
"""Maximum number of days for which every day has its date on the axis."""
RIGHT = 0.3
"""Space to the right of the last day, for half of its date, in inches."""
MAX_EVENT_LABEL = 200.0
"""Maximum width of the label of an event, in points."""
SECOND = 1 / 86_400
"""One second, in days."""
EVENT_GAP = 6.0
"""Minimum space between the labels of two events, in points."""
LineStyle = Literal["-", "--", "-.", ":"]
"""The line style of a curve, as matplotlib names it."""
LINE_STYLES: tuple[tuple[LineStyle, str], ...] = (
    ("-", "#0072b2"),
    ("--", "#d55e00"),
    ("-.", "#000000"),
    (":", "#009e73"),
)
"""The line styles and colours of the curves, so that no two differ by colour alone."""


@attrs.frozen
class _LaneLayout:
    """The positions of all parts, in inches from the top of the axes.

    `label_rows` are the labels of events, the row next to the axes first.
    """

    frame: Frame
    labels: tuple[tuple[str, ...], ...]
    edges: tuple[float, ...]
    label_rows: tuple[tuple[Moment, ...], ...]

    def to_axes(self, y: float) -> float:
        """Convert inches from the top to a fraction of the axes from the bottom."""
        return 1 - y / self.frame.height


def draw_lanes(chart: Lanes, ax: Axes | None, make: MakeFigure) -> Axes:
    """Draw lanes, or curves and lanes, on the given axes or a new figure; return the axes."""
    layout = _lay_out(chart, available_width(ax, WIDTH, LEFT + RIGHT))
    handles = [*_curve_handles(chart), *legend_handles(chart)]
    ax = axes_for(chart, layout.frame, handles, make) if ax is None else ax
    _draw_time(ax, chart)
    if isinstance(chart, Curves) and chart.curves:
        _draw_curves(ax, chart, layout)
    else:
        ax.set_yticks([])
        ax.set_ylim(0, 1)
    for number, lane in enumerate(chart.lanes):
        _draw_lane(ax, lane, chart.legend, layout, number)
    if not chart.lanes:
        middle = layout.to_axes(layout.edges[-1] - EMPTY_HEIGHT / 2)
        add_text(ax, drawable(chart.empty), (0.5, middle), halign="center")
    _draw_moments(ax, layout)
    add_frame(ax, chart, layout.frame, handles)
    return ax


def _lay_out(chart: Lanes, width: float) -> _LaneLayout:
    room = (LEFT - 0.12) * POINTS
    labels = tuple(tuple(wrap(lane.label, room, bold=not lane.spans)) for lane in chart.lanes)
    edges = [CURVE_HEIGHT + GAP if isinstance(chart, Curves) and chart.curves else 0.0]
    for lines in labels:
        edges.append(edges[-1] + max(MIN_LANE_HEIGHT, height(len(lines)) / POINTS + 0.08))
    if not labels:
        edges.append(edges[-1] + EMPTY_HEIGHT)
    rows = tuple(map(tuple, _label_rows(chart, width * POINTS)))
    above = 0.1 + height(len(rows), SMALL) / POINTS
    frame = Frame(width, edges[-1], left=LEFT, right=RIGHT, above=above)
    return _LaneLayout(frame, labels, tuple(edges), rows)


# Time


def _draw_time(ax: Axes, chart: Lanes) -> None:
    """Draw the axis of days, with dates at regular intervals."""
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
    """Return the number of a day on the axis of dates."""
    return float(ax.convert_xunits(date))  # type: ignore[no-untyped-call]


def _day_end(ax: Axes, date: dt.date) -> float:
    """Return the end of a day on the axis; that of the last date of Python is a second early."""
    return _day(ax, date) + (1 - SECOND if date == dt.date.max else 1)


# Lanes


def _draw_lane(
    ax: Axes, lane: Lane, legend: Sequence[LegendEntry], layout: _LaneLayout, number: int
) -> None:
    top, bottom = layout.edges[number : number + 2]
    middle = layout.to_axes((top + bottom) / 2)
    label, heading = "\n".join(layout.labels[number]), not lane.spans
    add_text(ax, label, (0, middle), offset=(-LEFT * POINTS, 0), bold=heading)
    for span in lane.spans:
        _draw_span(ax, span, layout.to_axes(top + 0.04), layout.to_axes(bottom - 0.04))
        _write_span(ax, span, legend, layout, middle)


def _draw_span(ax: Axes, span: Span, top: float, bottom: float) -> None:
    first = _day(ax, span.first)
    patch = box(span.tone, (first, bottom), (_day_end(ax, span.last) - first, top - bottom))
    patch.set_transform(ax.get_xaxis_transform())
    ax.add_patch(patch)


def _write_span(
    ax: Axes, span: Span, legend: Sequence[LegendEntry], layout: _LaneLayout, middle: float
) -> None:
    """Write the text of a span into it, or its label in the legend, if either fits."""
    left, right = ax.get_xlim()
    first, last = max(left, _day(ax, span.first)), min(right, _day_end(ax, span.last))
    room = (last - first) / (right - left) * layout.frame.width * POINTS - 8
    texts = [span.text, *(entry.label for entry in legend if entry.tone == span.tone)]
    fitting = [text for text in map(drawable, texts) if text and width(text, SMALL) <= room]
    if fitting:
        at = ((first + last) / 2 - left) / (right - left), middle
        add_text(
            ax,
            fitting[0],
            at,
            size=SMALL,
            halign="center",
            valign="center_baseline",
            color=INK,
            background=PAPER,
        )


# Events


def _label_rows(chart: Lanes, room: float) -> list[list[Moment]]:
    """Arrange the labels of events in rows, the lowest first; `room` is in points.

    A label is placed above all later labels that start within its width, so that no line
    from a label down to its day crosses another label.
    """
    placed: list[tuple[float, int]] = []
    rows: list[list[Moment]] = []
    for moment in sorted(chart.moments, key=lambda moment: moment.date, reverse=True):
        end = _label_end(chart, moment, room)
        row = max((below + 1 for start, below in placed if start < end), default=0)
        placed.append((_label_start(chart, moment, room), row))
        if row == len(rows):
            rows.append([])
        rows[row].append(moment)
    return rows


def _label_start(chart: Lanes, moment: Moment, room: float) -> float:
    """Return the start of the label of an event, in points: its day, or earlier to fit in."""
    days = (chart.end - chart.start).days + 1
    at_day = (moment.date - chart.start).days / days * room
    return min(at_day, room - width(_label(moment), SMALL) - EVENT_GAP)


def _label_end(chart: Lanes, moment: Moment, room: float) -> float:
    return _label_start(chart, moment, room) + width(_label(moment), SMALL) + EVENT_GAP


def _label(moment: Moment) -> str:
    """Return the label of an event on one line, shortened if it is too long."""
    first, *rest = wrap(moment.label, MAX_EVENT_LABEL, SMALL)
    return f"{first} …" if rest else first


def _draw_moments(ax: Axes, layout: _LaneLayout) -> None:
    """Draw the labels of events above the axes, each with a line down on its day."""
    (left, right), (_, axes_height) = ax.get_xlim(), axes_size(ax)
    for number, row in enumerate(layout.label_rows):
        lift = height(number + 0.5, SMALL) + 3
        for moment in row:
            day = _day(ax, moment.date) + 0.5
            _drop_line(ax, day, 1 + lift / POINTS / axes_height)
            share = (day - left) / (right - left)
            room = (1 - share) * layout.frame.width * POINTS
            excess = max(0.0, width(_label(moment), SMALL) + EVENT_GAP - room)
            at, offset = (share, 1), (3 - excess, lift)
            add_text(ax, _label(moment), at, size=SMALL, offset=offset, color=INK, background=PAPER)


def _drop_line(ax: Axes, day: float, top: float) -> None:
    """Draw a dotted line from the label of an event down through the lanes."""
    (line,) = ax.plot([day, day], [0, top], color=INK, lw=0.6, ls=(0, (1, 2)), zorder=0.5)
    line.set_transform(ax.get_xaxis_transform())
    line.set_clip_on(False)


# Curves


def _curve_handles(chart: Lanes) -> Iterator[Artist]:
    """Yield the handles of the curves in the legend."""
    from matplotlib.lines import Line2D

    if isinstance(chart, Curves):
        for curve, (style, color) in zip(chart.curves, LINE_STYLES, strict=False):
            yield Line2D([], [], linestyle=style, color=color, lw=2, label=curve.label)


def _draw_curves(ax: Axes, chart: Curves, layout: _LaneLayout) -> None:
    """Draw the curves above the lanes; the axis of values ends where the lanes begin."""
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    highest = _highest(chart)
    top = highest * 1.04
    share = CURVE_HEIGHT / layout.frame.height
    middle = layout.to_axes(CURVE_HEIGHT / 2)
    ax.set_ylim(top - top / share, top)
    ticks = MaxNLocator(4, steps=(1, 2, 2.5, 5, 10)).tick_values(0, highest)
    ax.set_yticks([tick for tick in ticks if 0 <= tick <= top])
    for tick in ax.get_yticks():
        ax.axhline(tick, color=PALE, lw=0.5, zorder=0.4)
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    ax.axhline(0, color=INK, lw=0.5)
    for curve, (style, color) in zip(chart.curves, LINE_STYLES, strict=False):
        days, values = _steps(ax, curve, chart.end)
        ax.plot(days, values, ls=style, color=color, lw=2, drawstyle="steps-post", zorder=3)
    if not any(value is not None for curve in chart.curves for _, value in curve.points):
        add_text(ax, drawable(chart.unmeasured), (0.5, middle), halign="center")
    measure = "\n".join(wrap(chart.measure, (LEFT - 0.7) * POINTS))
    add_text(ax, measure, (0, middle), offset=(-LEFT * POINTS, 0))


def _highest(chart: Curves) -> float:
    """Return the upper limit of the axis of values."""
    values = [value for curve in chart.curves for _, value in curve.points if value is not None]
    return max([chart.top or 0.0, *values]) or 1.0


def _steps(ax: Axes, curve: Curve, end: dt.date) -> tuple[list[float], list[float]]:
    """Return the days and values of a curve; the line is interrupted where it has no value."""
    days = [_day(ax, date) for date, _ in curve.points]
    values = [math.nan if value is None else value for _, value in curve.points]
    return [*days, _day_end(ax, end)], [*values, *values[-1:]]

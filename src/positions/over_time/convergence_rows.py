"""The result of `convergence`: rows by date, trends and the mean gap, tables and a chart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import ClassVar

import attrs

from positions.over_time.trends import Trend, rate_text
from positions.plots.charts import MOST_LANES, Curve, Curves, Lane, left_out
from positions.plots.plotted import Plotted
from positions.records.catalogue import Catalogue
from positions.records.plain import field_names
from positions.relations.charts import relation_legend, relation_spans, sources_text
from positions.relations.measures import Relation
from positions.snapshots.answers import Result
from positions.snapshots.wording import counted, number_text, party_name, topic_name
from positions.tables.table import Table, Value

MOST_LISTED = 6
"""The most topics that a remark names; of the rest it states the number."""
MOST_CURVES = 4
"""The most topics with a curve each in a chart; for more it shows the mean."""
SHARE_LABEL = "gap (0: they meet, 1: as far apart as possible)"
"""The label of the axis of gaps without a unit."""


@attrs.frozen
class ConvergenceRow:
    """The relation and the gap of the parties on one topic on one day.

    Attributes:
        gap: the distance between what they affirm; for more than two parties the largest
            between two. None where it is not defined, with the `gap_reason`.
        mean_gap: the mean of the defined gaps between two parties.
        firm_gap: the gap between what they demand or accept without conditions.
        gap_pairs: the number of pairs of parties whose gap is defined.
        age: the age in days of the statements that the gap rests on: of the latest
            statement of each party for what it affirms, the oldest.
    """

    date: dt.date
    topic: str
    relation: Relation
    gap: int | float | None
    mean_gap: int | float | None
    firm_gap: int | float | None
    gap_pairs: int
    age: int | None
    gap_reason: str | None


@attrs.frozen
class MeanGap:
    """The mean gap over topics on one day, each as a share of its full width.

    `area` is None for all areas; `n` is the number of topics in the mean.
    """

    date: dt.date
    area: str | None
    gap: int | float | None
    n: int


@attrs.frozen
class TopicTrend:
    """The trend of the gap on one topic, and the relation at the end."""

    topic: str
    relation: Relation
    trend: Trend


@attrs.frozen
class AreaTrend:
    """The trends in one area; `area` is None for all areas together.

    Attributes:
        converging: the number of topics with a smaller gap at the end; `diverging` with a
            larger one, `unmoved` with the same.
        not_comparable: the number of topics without two gaps to compare.
        deadlocked: the number of all these topics that are a deadlock at the end.
        compared: the number of topics in the mean: those with a gap at both ends.
        trend: the trend of the mean gap over the topics compared.
    """

    area: str | None
    converging: int
    diverging: int
    unmoved: int
    not_comparable: int
    deadlocked: int
    compared: int
    trend: Trend


@attrs.frozen
class Convergence(Result[ConvergenceRow], Plotted):
    """The rows of `convergence`, with the mean over topics and all trends.

    Attributes:
        overall: the mean gap over the topics with a gap at both ends of the period.
        topics: the trend on every topic.
        areas: the trend of every area, and of all areas together at the end.
        entered: the topics with a gap at the end of the period, but not at its start.
        left: the topics with a gap at the start, but not at the end.
        unscaled: the topics with a gap at both ends that are not in the mean, because
            the data set gives no `span` for them.
    """

    columns: ClassVar[tuple[str, ...]] = field_names(ConvergenceRow)
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    parties: tuple[str, ...]
    since: dt.date
    until: dt.date
    decay: float | None
    overall: tuple[MeanGap, ...]
    topics: tuple[TopicTrend, ...]
    areas: tuple[AreaTrend, ...]
    entered: tuple[str, ...]
    left: tuple[str, ...]
    unscaled: tuple[str, ...]

    @property
    def trend(self) -> Trend:
        """The trend of the only topic, or of the mean gap over all of them."""
        return self.topics[0].trend if len(self.topics) == 1 else self.areas[-1].trend

    def table(self) -> Table:
        """Return one topic by date, one area by topic, or more by area."""
        if len(self.topics) == 1:
            return self.by_date()
        return self.by_topic() if len(self.areas) == 2 else self.by_area()

    def wide(self) -> Table:
        """Return a row for each date and a column for each topic, with the gap if it is defined."""
        topics = tuple(row.topic for row in self.topics)
        gaps = {(row.date, row.topic): row.gap for row in self.rows}
        dates = sorted({row.date for row in self.rows})
        rows = tuple((date, *(gaps.get((date, topic)) for topic in topics)) for date in dates)
        return Table(self._title(""), ("date", *topics), rows)

    def by_date(self) -> Table:
        """Return all rows as a table: the relation and the gap from each date on."""
        one = len(self.topics) == 1
        rows = [((row.date,) if one else (row.date, row.topic)) for row in self.rows]
        cells = tuple((*head, *self._cells(row)) for head, row in zip(rows, self.rows, strict=True))
        first = ("date",) if one else ("date", "topic")
        many = ("mean gap", "pairs") if len(self.parties) > 2 else ()
        headers = (*first, "relation", "gap", *many, "firm gap", "age in days")
        about = topic_name(self.catalogue, self.topics[0].topic) if one else ""
        trends = (
            (trend_text(self.topics[0].trend, self._unit(self.topics[0].topic)),) if one else ()
        )
        return Table(self._title(about), headers, cells, remarks=(*trends, *self.notes))

    def by_topic(self) -> Table:
        """Return the trend on every topic, and that of the mean gap."""
        rows = [self._topic_cells(row) for row in self.topics]
        if rows:
            rows.append(("all", None, *_trend_cells(self.areas[-1].trend, None)))
        headers = ("topic", "relation at the end", "trend", "first gap", "last gap")
        return Table(self._title(""), headers, tuple(rows), remarks=self._remarks())

    def by_area(self) -> Table:
        """Return for every area the number of topics by trend, and the mean gap."""
        rows = tuple(_area_cells(row) for row in self.areas if self.topics)
        headers = ("area", "topics", "deadlocks", "compared", "mean gap")
        return Table(self._title(""), headers, rows, remarks=self._remarks())

    def chart(self) -> Curves:
        """Return gaps as curves, with the relation on every topic below.

        For one topic, curves show the gap and the firm gap; up to four topics without a
        unit have a curve each; for more, one curve shows the mean gap.
        """
        topics = [row.topic for row in self.topics]
        lanes = tuple(map(self._lane, topics[:MOST_LANES]))
        unit = self._unit(topics[0]) if len(topics) == 1 else None
        return Curves(
            title=self._title(topic_name(self.catalogue, topics[0]) if len(topics) == 1 else ""),
            legend=relation_legend({span.tone for lane in lanes for span in lane.spans}),
            remarks=(
                *self._explanations(),
                *left_out(len(topics), "topics", MOST_LANES),
                *self.notes,
            ),
            sources=sources_text(self.catalogue, self.parties, topics, self.until),
            start=self.since,
            end=self.until,
            lanes=lanes,
            empty="There is no topic on which two of the parties have spoken.",
            measure=f"gap ({unit})" if unit else SHARE_LABEL,
            curves=tuple(self._curves()),
            top=None if unit else 1,
            unmeasured="No gap is defined.",
        )

    def _lane(self, topic: str) -> Lane:
        rows = (row for row in self.rows if row.topic == topic)
        changes: list[tuple[dt.date, Relation]] = [(row.date, row.relation) for row in rows]
        return Lane(self.catalogue.topic(topic).name, relation_spans(changes, self.until))

    def _curves(self) -> Iterator[Curve]:
        """Yield the curves: all gaps of one topic, the gap of each of few topics, or their mean."""
        topics = [row.topic for row in self.topics]
        if len(topics) == 1:
            many = len(self.parties) > 2
            yield self._curve("largest gap" if many else "gap", topics[0], "gap")
            if many:
                yield self._curve("mean gap", topics[0], "mean_gap")
            if any(row.firm_gap is not None for row in self.rows):
                yield self._curve("firm gap", topics[0], "firm_gap")
        elif 0 < len(topics) <= MOST_CURVES and not any(map(self._unit, topics)):
            for topic in topics:
                yield self._curve(self.catalogue.topic(topic).name, topic, "gap")
        elif self.overall:
            label = f"mean gap of {counted(self.areas[-1].compared, 'topic')}"
            yield Curve(label, tuple((mean.date, mean.gap) for mean in self.overall))

    def _curve(self, label: str, topic: str, measure: str) -> Curve:
        rows = (row for row in self.rows if row.topic == topic)
        return Curve(label, tuple((row.date, getattr(row, measure)) for row in rows))

    def _explanations(self) -> Iterator[str]:
        """Yield remarks on how to read the curves."""
        if len(self.topics) == 1:
            yield trend_text(self.topics[0].trend, self._unit(self.topics[0].topic)).capitalize()
            yield (
                "Gap: the distance between what they affirm; firm gap: between what they demand "
                "or accept without conditions. No line: no such distance is defined."
            )
        elif self.topics:
            yield from self._remarks()[:1]

    def _title(self, about: str) -> str:
        names = ", ".join(party_name(self.catalogue, party) for party in self.parties)
        period = f"{self.since} to {self.until}"
        what = about or counted(len(self.topics), "topic")
        half_life = "" if self.decay is None else f", half-life {self.decay:g} days"
        return f"Convergence of {names}, {period}{half_life}: {what}"

    def _unit(self, topic: str) -> str | None:
        return self.catalogue.topic(topic).unit

    def _cells(self, row: ConvergenceRow) -> tuple[Value, ...]:
        unit = self._unit(row.topic)
        gap = number_text(row.gap, unit)
        many = (number_text(row.mean_gap, unit), row.gap_pairs) if len(self.parties) > 2 else ()
        return (
            row.relation.replace("_", "-"),
            gap if row.gap_reason is None else f"{gap} ({row.gap_reason})",
            *many,
            number_text(row.firm_gap, unit),
            row.age,
        )

    def _topic_cells(self, row: TopicTrend) -> tuple[Value, ...]:
        name = topic_name(self.catalogue, row.topic)
        trend = _trend_cells(row.trend, self._unit(row.topic))
        return (name, row.relation.replace("_", "-"), *trend)

    def _remarks(self) -> tuple[str, ...]:
        """Return remarks on the mean, on the topics that are not in it, and the notes."""
        overall = self.areas[-1]
        what = counted(overall.compared, "topic")
        mean = f"Mean gap of {what} with a gap at both ends, as a share of the full width"
        summary = f"{mean}: {trend_text(overall.trend, None)}"
        left_out = (
            ("Not in the mean, with a gap only at the end", self.entered),
            ("Not in the mean, with a gap only at the start", self.left),
            ("Not in the mean, without a span", self.unscaled),
        )
        listed = (f"{why}: {_listed(topics)}." for why, topics in left_out if topics)
        return (summary, *listed, *self.notes)


def _area_cells(row: AreaTrend) -> tuple[Value, ...]:
    counts = (
        (row.converging, "converging"),
        (row.diverging, "diverging"),
        (row.unmoved, "unmoved"),
        (row.not_comparable, "not comparable"),
    )
    text = ", ".join(f"{count} {what}" for count, what in counts if count)
    before, after = (number_text(gap, None) for gap in (row.trend.before, row.trend.after))
    mean = f"{before} → {after}, {row.trend.verdict}" if row.compared else "—"
    return (row.area or "all", text, row.deadlocked, row.compared, mean)


def _listed(topics: Sequence[str]) -> str:
    more = len(topics) - MOST_LISTED
    return ", ".join(topics[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def _trend_cells(trend: Trend, unit: str | None) -> tuple[Value, ...]:
    ends = [number_text(gap, unit) for gap in (trend.before, trend.after)]
    slope = "" if trend.slope is None else f", {_slope_text(trend)}"
    return (f"{trend.verdict}{slope}", *ends)


def _slope_text(trend: Trend) -> str:
    if trend.slope is None or trend.low is None or trend.high is None:
        return ""
    slope, low, high = map(rate_text, (trend.slope, trend.low, trend.high))
    return f"{slope} a year [{low}, {high}]"


def trend_text(trend: Trend, unit: str | None) -> str:
    """Return a trend in a sentence: the verdict, both ends, and the slope if there is one."""
    if trend.verdict == "undefined":
        return f"undefined: {trend.reason}."
    before, after = (number_text(gap, unit) for gap in (trend.before, trend.after))
    text = f"{trend.verdict}, from {before} ({trend.first}) to {after} ({trend.last})"
    if trend.slope is None:
        return f"{text}."
    return f"{text}; slope over {trend.points} changes: {_slope_text(trend)}."

"""What `convergence` answers: dates, trends and the mean gap, and the tables that show them."""

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

LISTED = 6
"""How many topics a remark names before it only counts the rest."""
CURVES = 4
"""How many topics a picture gives a curve each; of more it shows the mean."""
SHARE = "gap: 0 where they meet, 1 where they are as far apart as can be"
"""What a curve without a unit measures."""


@attrs.frozen
class ConvergenceRow:
    """How the parties stood on one topic on one day.

    Attributes:
        gap: the distance of what they affirm; of more than two parties the largest
            between two. None where it is not defined, with the `gap_reason`.
        mean_gap: the mean of the defined gaps between two parties.
        firm_gap: the gap of what they demand or accept without conditions.
        gap_pairs: how many pairs of parties the gap rests on.
        age: how many days old the words are that the gap rests on: of the latest words
            of each party for what it affirms, the oldest.
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

    `area` is None for all areas; `n` counts the topics that the mean rests on.
    """

    date: dt.date
    area: str | None
    gap: int | float | None
    n: int


@attrs.frozen
class TopicTrend:
    """Whether the parties came nearer on one topic, and how they stand at the end."""

    topic: str
    relation: Relation
    trend: Trend


@attrs.frozen
class AreaTrend:
    """Whether the parties came nearer in one area; `area` is None for all areas together.

    Attributes:
        converging: on how many topics they came nearer; `diverging` and `unmoved` alike.
        not_comparable: on how many topics no two gaps can be compared.
        deadlocked: how many topics, of all these, are a deadlock at the end.
        compared: on how many topics the mean rests: those with a gap at both ends.
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
        overall: the mean gap over the topics that are comparable at both ends.
        topics: the trend on every topic.
        areas: the trend of every area, and of all areas together at the end.
        entered: the topics with a gap at the end of the period, but not at its start.
        left: those with a gap at the start, but not at the end.
        unscaled: those with a gap at both ends that cannot enter a mean, because the
            data set names no `span` for them.
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
        """Show the dates of one topic, the topics of one area, or the areas."""
        if len(self.topics) == 1:
            return self.by_date()
        return self.by_topic() if len(self.areas) == 2 else self.by_area()

    def wide(self) -> Table:
        """Give a row for each date and a column for each topic: the gap, where it is defined."""
        topics = tuple(row.topic for row in self.topics)
        gaps = {(row.date, row.topic): row.gap for row in self.rows}
        dates = sorted({row.date for row in self.rows})
        rows = tuple((date, *(gaps.get((date, topic)) for topic in topics)) for date in dates)
        return Table(self._title(""), ("date", *topics), rows)

    def by_date(self) -> Table:
        """Give every row: the relation and the gap from one date to the next."""
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
        """Give the trend on every topic, and of their mean gap."""
        rows = [self._topic_cells(row) for row in self.topics]
        if rows:
            rows.append(("all", None, *_trend_cells(self.areas[-1].trend, None)))
        headers = ("topic", "in the end", "trend", "first gap", "last gap")
        return Table(self._title(""), headers, tuple(rows), remarks=self._remarks())

    def by_area(self) -> Table:
        """Count for every area on how many topics the parties came nearer."""
        rows = tuple(_area_cells(row) for row in self.areas if self.topics)
        headers = ("area", "topics", "deadlocks", "compared", "mean gap")
        return Table(self._title(""), headers, rows, remarks=self._remarks())

    def chart(self) -> Curves:
        """Show gaps as curves, with the relation on every topic below.

        One topic has its gap and its firm gap; up to four without a unit have a curve
        each; of more the mean gap is shown.
        """
        topics = [row.topic for row in self.topics]
        lanes = tuple(map(self._lane, topics[:MOST_LANES]))
        unit = self._unit(topics[0]) if len(topics) == 1 else None
        return Curves(
            title=self._title(topic_name(self.catalogue, topics[0]) if len(topics) == 1 else ""),
            legend=relation_legend({span.tone for lane in lanes for span in lane.spans}),
            remarks=(*self._reading(), *left_out(len(topics), "topics", MOST_LANES), *self.notes),
            sources=sources_text(self.catalogue, self.parties, topics, self.until),
            start=self.since,
            end=self.until,
            lanes=lanes,
            empty="There is no topic on which two of them have spoken.",
            measure=f"gap ({unit})" if unit else SHARE,
            curves=tuple(self._curves()),
            top=None if unit else 1,
            unmeasured="No gap is defined.",
        )

    def _lane(self, topic: str) -> Lane:
        rows = (row for row in self.rows if row.topic == topic)
        changes: list[tuple[dt.date, Relation]] = [(row.date, row.relation) for row in rows]
        return Lane(self.catalogue.topic(topic).name, relation_spans(changes, self.until))

    def _curves(self) -> Iterator[Curve]:
        """Choose what is measured: one topic in full, few topics each, else their mean."""
        topics = [row.topic for row in self.topics]
        if len(topics) == 1:
            many = len(self.parties) > 2
            yield self._curve("largest gap" if many else "gap", topics[0], "gap")
            if many:
                yield self._curve("mean gap", topics[0], "mean_gap")
            if any(row.firm_gap is not None for row in self.rows):
                yield self._curve("firm gap", topics[0], "firm_gap")
        elif 0 < len(topics) <= CURVES and not any(map(self._unit, topics)):
            for topic in topics:
                yield self._curve(self.catalogue.topic(topic).name, topic, "gap")
        elif self.overall:
            label = f"mean gap of {counted(self.areas[-1].compared, 'topic')}"
            yield Curve(label, tuple((mean.date, mean.gap) for mean in self.overall))

    def _curve(self, label: str, topic: str, measure: str) -> Curve:
        rows = (row for row in self.rows if row.topic == topic)
        return Curve(label, tuple((row.date, getattr(row, measure)) for row in rows))

    def _reading(self) -> Iterator[str]:
        """Say how to read the curves."""
        if len(self.topics) == 1:
            yield trend_text(self.topics[0].trend, self._unit(self.topics[0].topic)).capitalize()
            yield (
                "Gap: the distance of what they affirm; firm gap: of what they demand or accept "
                "without conditions. No line: no such distance is defined."
            )
        elif self.topics:
            yield from self._remarks()[:1]

    def _title(self, about: str) -> str:
        names = ", ".join(party_name(self.catalogue, party) for party in self.parties)
        period = f"{self.since} to {self.until}"
        what = about or counted(len(self.topics), "topic")
        fading = "" if self.decay is None else f", half-life {self.decay:g} days"
        return f"Convergence of {names}, {period}{fading}: {what}"

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
        """Say how the mean came about, and what is not in it."""
        overall = self.areas[-1]
        what = counted(overall.compared, "topic")
        mean = f"Mean gap of {what} with a gap at both ends, as a share of the full width"
        told = f"{mean}: {trend_text(overall.trend, None)}"
        left_out = (
            ("Entered, in no mean", self.entered),
            ("Left, in no mean", self.left),
            ("Without a span, in no mean", self.unscaled),
        )
        listed = (f"{why}: {_listed(topics)}." for why, topics in left_out if topics)
        return (told, *listed, *self.notes)


def _area_cells(row: AreaTrend) -> tuple[Value, ...]:
    counts = (
        (row.converging, "converging"),
        (row.diverging, "diverging"),
        (row.unmoved, "unmoved"),
        (row.not_comparable, "not comparable"),
    )
    told = ", ".join(f"{count} {what}" for count, what in counts if count)
    before, after = (number_text(gap, None) for gap in (row.trend.before, row.trend.after))
    mean = f"{before} → {after}, {row.trend.verdict}" if row.compared else "—"
    return (row.area or "all", told, row.deadlocked, row.compared, mean)


def _listed(topics: Sequence[str]) -> str:
    more = len(topics) - LISTED
    return ", ".join(topics[:LISTED]) + (f" and {more} more" if more > 0 else "")


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
    """Write a trend in a sentence: the verdict, both ends, and the slope if there is one."""
    if trend.verdict == "undefined":
        return f"undefined: {trend.reason}."
    before, after = (number_text(gap, unit) for gap in (trend.before, trend.after))
    text = f"{trend.verdict}, from {before} ({trend.first}) to {after} ({trend.last})"
    if trend.slope is None:
        return f"{text}."
    return f"{text}; slope over {trend.points} changes {_slope_text(trend)}."

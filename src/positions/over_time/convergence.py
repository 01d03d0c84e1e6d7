"""Whether parties move closer to one another over time, by topic and by area."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Unpack

import attrs
import numpy as np

from positions.errors import InvalidInputError, require_one_of
from positions.over_time.convergence_rows import (
    AreaTrend,
    Convergence,
    ConvergenceRow,
    MeanGap,
    TopicTrend,
)
from positions.over_time.courses import NEVER, Course, Mean, course_of, decayed_means, means
from positions.over_time.timeline import read_period
from positions.over_time.trends import Trend, trend_of
from positions.records.catalogue import TOPICS_WANTED, Catalogue, Parties, Topics, several
from positions.records.dates import EVERY, Every
from positions.relations.measures import measured
from positions.snapshots.dataset import Dataset, Day, ReadingOptions
from positions.snapshots.snapshot import Snapshot
from positions.snapshots.wording import counted

MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "year": 12}
"""The number of months from one row to the next."""


def convergence(
    ds: Dataset,
    parties: Parties,
    topics: Topics = None,
    *,
    since: Day | None = None,
    until: Day | None = None,
    every: Every = "change",
    decay: float | None = None,
    **reading: Unpack[ReadingOptions],
) -> Convergence:
    """Measure the gap between parties over time: do they move closer to one another?

    Topics on which fewer than two of them have spoken are left out. The mean covers only
    topics with a gap at both ends of the period, so that it does not change because a
    topic is added or dropped; a quantity counts as a share of its `span`. Trends are
    based on the days on which an attitude changed, regardless of `every`.

    Arguments:
        ds: the data set.
        parties: the ids of two or more different parties.
        topics: an id, an area, or several. Topics about process or conduct are left out
            unless they are named by their own id.
        since: the first day; a vague date means its first day. Where None, the first day
            by which all of them had spoken.
        until: the last day; a vague date means its last day. Where None, the end of the
            evidence.
        every: the days of rows: those on which an attitude changed, or the end of every
            month, quarter or year; the last of these ends with the period.
        decay: the half-life of the weight of a topic in the mean, in days of age of its
            statements; equal weights where None.
        reading: which statements count, as in `Dataset.at`.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: fewer than two parties, one named twice, or an argument that
            cannot be read.

    >>> from positions.files.bundled import load
    >>> found = convergence(load(), ["RUS", "UKR"], "nato.membership", since="2022-09-30")
    >>> found.trend.verdict, found.trend.before, found.trend.after
    ('converging', 1.0, 0.2)
    """
    require_one_of("every", every, EVERY)
    who = ds.catalogue.choose_parties(parties, least=2)
    what, other = _settlement_topics(ds.catalogue, topics)
    first, last = read_period(ds, since, until)
    snapshot = ds.at(last, **reading)
    known = courses(snapshot, who, what)
    common = [course for course in known if len(_starts(course)) > 1]
    begin = _first_day(snapshot, common) if first is None else first
    notes = (*_left_out(len(known) - len(common), other), *snapshot.notes)
    query = _Query(ds.catalogue, who, begin, last, every, _half_life(decay))
    return query.answer(common, notes)


def _half_life(days: object) -> float | None:
    if days is None or (isinstance(days, int | float) and not isinstance(days, bool) and days > 0):
        return days
    raise InvalidInputError("decay", "a number of days above 0", days)


def courses(snapshot: Snapshot, parties: Sequence[str], topics: Sequence[str]) -> list[Course]:
    """Return the courses of parties on topics up to the day of a snapshot, in one replay.

    Topics on which none of them has spoken are left out.
    """
    tracks, scales = snapshot.tracks(parties, topics), snapshot.catalogue.scales
    last = snapshot.date.toordinal()
    known = {topic: [tracks[party, topic] for party in parties] for topic in topics}
    found = (course_of(scales[topic], of, last) for topic, of in known.items() if any(of))
    return [course for course in found if _starts(course)]


def _starts(course: Course) -> list[int]:
    """List the days on which the parties first spoke on a topic; none for silent ones."""
    return [day for day in course.first_days if day is not None]


def _settlement_topics(catalogue: Catalogue, topics: Topics) -> tuple[list[str], int]:
    """Return the topics chosen that are terms of a settlement, and the number left out."""
    named = () if topics is None else several("topics", topics, TOPICS_WANTED)
    chosen = catalogue.choose_topics(None if topics is None else named)
    kept = [name for name in chosen if name in named or catalogue.topic(name).about == "term"]
    return kept, len(chosen) - len(kept)


def _first_day(snapshot: Snapshot, common: Sequence[Course]) -> dt.date:
    """Return the first day by which each party that speaks on these topics has spoken."""
    by_party = zip(*(course.first_days for course in common), strict=True)
    firsts = [min(known) for days in by_party if (known := [d for d in days if d is not None])]
    return dt.date.fromordinal(max(firsts)) if firsts else snapshot.date


def _left_out(alone: int, other: int) -> Iterator[str]:
    if alone:
        yield f"Left out: {counted(alone, 'topic')} on which only one of the parties has spoken."
    if other:
        yield f"Left out unless named by id: {counted(other, 'topic')} about process or conduct."


@attrs.frozen(eq=False)
class _Query:
    """The arguments of `convergence`, and the computation on courses."""

    catalogue: Catalogue
    parties: tuple[str, ...]
    since: dt.date
    until: dt.date
    every: Every
    decay: float | None

    def answer(self, common: Sequence[Course], notes: Iterable[str]) -> Convergence:
        opening = {course.topic: self._gap_on(course, self.since) for course in common}
        closing = {course.topic: self._gap_on(course, self.until) for course in common}
        both = [c for c in common if None not in (opening[c.topic], closing[c.topic])]
        panel = [course for course in both if course.width is not None]
        topics = tuple(self._topic(course) for course in common)
        return Convergence(
            rows=tuple(row for course in common for row in self._rows(course)),
            notes=tuple(notes),
            catalogue=self.catalogue,
            parties=self.parties,
            since=self.since,
            until=self.until,
            decay=self.decay,
            overall=tuple(self._overall(panel)),
            topics=topics,
            areas=tuple(self._areas(topics, panel)),
            entered=tuple(t for t in opening if opening[t] is None and closing[t] is not None),
            left=tuple(t for t in opening if opening[t] is not None and closing[t] is None),
            unscaled=tuple(course.topic for course in both if course.width is None),
        )

    def _gap_on(self, course: Course, day: dt.date) -> int | float | None:
        (row,) = course.rows_on([day.toordinal()])
        return course.gap(int(row))

    def _changes(self, panel: Iterable[Course]) -> list[int]:
        """List the first day of the period, and the days in it on which an attitude changed."""
        first, last = self.since.toordinal(), self.until.toordinal()
        days = {int(day) for course in panel for day in course.days[course.changed]}
        return sorted({first, *(day for day in days if first < day <= last)})

    def _days(self, panel: Iterable[Course]) -> list[int]:
        """List the days of rows."""
        if self.every == "change":
            return self._changes(panel)
        return period_ends(self.since, self.until, MONTHS[self.every])

    def _rows(self, course: Course) -> Iterator[ConvergenceRow]:
        """Yield the rows of a topic, from the day on which the first party spoke."""
        begun = min(_starts(course))
        days = [day for day in self._days([course]) if day >= begun]
        for day, row in zip(days, course.rows_on(days).tolist(), strict=True):
            measures, said = course.measures[row], int(course.said[row])
            yield ConvergenceRow(
                date=dt.date.fromordinal(day),
                topic=course.topic,
                **measured(ConvergenceRow, measures),
                age=None if measures.gap is None or said == NEVER else max(0, day - said),
            )

    def _topic(self, course: Course) -> TopicTrend:
        days = self._changes([course])
        gaps = [course.gap(row) for row in course.rows_on(days).tolist()]
        (row,) = course.rows_on([self.until.toordinal()]).tolist()
        trend = trend_of(days, gaps, self.until.toordinal())
        return TopicTrend(course.topic, course.measures[row].relation, trend)

    def _means(self, panel: Sequence[Course], days: Sequence[int]) -> list[Mean]:
        if self.decay is None:
            return means(panel, days)
        return decayed_means(panel, days, self.decay)

    def _overall(self, panel: Sequence[Course]) -> Iterator[MeanGap]:
        days = self._days(panel) if panel else []
        for day, mean in zip(days, self._means(panel, days), strict=True):
            yield MeanGap(dt.date.fromordinal(day), None, mean.value, mean.count)

    def _areas(self, topics: Sequence[TopicTrend], panel: Sequence[Course]) -> Iterator[AreaTrend]:
        areas = dict.fromkeys(self.catalogue.topic(row.topic).area for row in topics)
        for area in areas:
            rows = [row for row in topics if self.catalogue.topic(row.topic).area == area]
            yield self._area(area, rows, [c for c in panel if c.scale.topic.area == area])
        yield self._area(None, topics, panel)

    def _area(
        self, area: str | None, topics: Sequence[TopicTrend], panel: Sequence[Course]
    ) -> AreaTrend:
        verdicts = [row.trend.verdict for row in topics]
        stuck = sum(row.relation == "deadlock" for row in topics)
        return AreaTrend(
            area=area,
            converging=verdicts.count("converging"),
            diverging=verdicts.count("diverging"),
            unmoved=verdicts.count("unmoved"),
            not_comparable=verdicts.count("undefined"),
            deadlocked=stuck,
            compared=len(panel),
            trend=self._mean_trend(panel),
        )

    def _mean_trend(self, panel: Sequence[Course]) -> Trend:
        """Return the trend of a mean, over the days on which all of its topics have a gap."""
        if not panel:
            return Trend("undefined", "no topic has a gap at both ends of the period", 0)
        days = self._changes(panel)
        found = self._means(panel, days)
        gaps = [mean.value if mean.count == len(panel) else None for mean in found]
        return trend_of(days, gaps, self.until.toordinal())


def period_ends(since: dt.date, until: dt.date, months: int) -> list[int]:
    """List the last days of calendar periods as proleptic ordinals; the last is `until`.

    Arguments:
        since: the first day.
        until: the last day.
        months: the length of a period: 1, 3 or 12; periods begin with the year.
    """
    month = np.datetime64(since, "M").astype(int)
    first = int(month) // months * months
    last = int(np.datetime64(until, "M").astype(int)) // months * months
    epoch = dt.date(1970, 1, 1).toordinal()
    ends = (np.arange(first, last + 1, months) + months).astype("datetime64[M]")
    days = ends.astype("datetime64[D]").astype(np.int64) - 1 + epoch
    return [min(int(day), until.toordinal()) for day in days]

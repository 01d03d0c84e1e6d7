"""Courses: the relation of parties on one topic over time, and the mean gap over topics.

All days come from one replay: a course has a row for every day on which the statements
that count may have changed; any other day is looked up in it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import accumulate

import attrs
import numpy as np

from positions.records.intervals import plain_number
from positions.records.scales import Scale
from positions.relations.measures import Measures, days_and_codes, measures_of
from positions.snapshots.ledger import ALWAYS, CONDITIONAL, SILENT, Codes, Flags, Ints
from positions.snapshots.tracks import Track

NEVER = -1
"""Stands for no day where nothing was said, and for no row on a day before the first."""


@attrs.frozen(eq=False)
class Course:
    """The attitudes of parties on one topic: a row for every day on which one may have changed.

    Attributes:
        days: these days, in ascending order; a row holds until the day before the next.
        codes: attitudes, days × parties × columns.
        measures: the relation and the gaps from each day on.
        said: the day of the statement that each gap rests on: of the latest statement of
            each party for what it affirms, the oldest.
    """

    scale: Scale
    days: Ints
    codes: Codes
    measures: tuple[Measures, ...]
    said: Ints

    @property
    def topic(self) -> str:
        """The id of the topic."""
        return self.scale.topic.id

    @property
    def changed(self) -> Ints:
        """The rows on which an attitude changed; a repetition is not a change."""
        before = np.concatenate((np.full_like(self.codes[:1], SILENT), self.codes[:-1]))
        return np.flatnonzero((self.codes != before).any(axis=(1, 2)))

    @property
    def first_days(self) -> tuple[int | None, ...]:
        """For each party the first day on which it was not silent; None if there is none."""
        spoken: Flags = (self.codes != SILENT).any(axis=2).T
        return tuple(int(self.days[run.argmax()]) if run.any() else None for run in spoken)

    def rows_on(self, days: Iterable[int]) -> Ints:
        """Return the row that holds on each of some days; `NEVER` before the first."""
        wanted = np.array(list(days), np.int64)
        return np.searchsorted(self.days, wanted, side="right") - 1

    def gap(self, row: int) -> int | float | None:
        """Return the gap of a row; None if none is defined, or before the first row."""
        return None if row == NEVER else self.measures[row].gap

    @functools.cached_property
    def width(self) -> Fraction | None:
        """The gap that counts as 1 in a mean over topics; None where none is given.

        On nominal topics 1, on ordinal topics the distance from one end to the other, on
        quantity topics the `span` that the data set gives.
        """
        if self.scale.topic.kind == "nominal":
            return Fraction(1)
        if self.scale.topic.kind == "quantity":
            span = self.scale.topic.span
            return None if span is None else Fraction(str(span))
        places = self.scale.coordinates
        return max(places) - min(places) or Fraction(1)

    def share(self, row: int) -> Fraction | None:
        """Return the gap of a row as a share of the width of the topic."""
        gap = self.gap(row)
        return None if gap is None or self.width is None else Fraction(str(gap)) / self.width


def course_of(scale: Scale, known: Sequence[Track | None], last: int) -> Course:
    """Return the course of some parties on one topic.

    Arguments:
        scale: the topic's columns.
        known: a track for each party; None if it never spoke.
        last: the last day, as a proleptic ordinal.
    """
    days, codes = days_and_codes(known, scale.width, last)
    return Course(scale, days, codes, _measured(scale, codes), _oldest_statements(known, days))


def _measured(scale: Scale, codes: Codes) -> tuple[Measures, ...]:
    """Measure every row; rows with the same attitudes are measured once."""
    found: dict[bytes, Measures] = {}
    keys = [row.tobytes() for row in codes]
    for key, row in zip(keys, codes, strict=True):
        if key not in found:
            found[key] = measures_of(scale, row)
    return tuple(found[key] for key in keys)


def _oldest_statements(known: Sequence[Track | None], days: Ints) -> Ints:
    """Return the day of the oldest of the parties' latest statements, for each of some days."""
    oldest = np.full(len(days), ALWAYS)
    for track in known:
        if track is not None:
            rows = np.searchsorted(track.days, days, side="right") - 1
            said = np.append(_latest_statements(track), NEVER)[rows]
            oldest = np.where(said == NEVER, oldest, np.minimum(oldest, said))
    return np.where(oldest == ALWAYS, NEVER, oldest)


def _latest_statements(track: Track) -> Ints:
    """Return the day of the latest statement for what a party affirms, by day of its track."""
    script, affirmed = track.cells.script, track.shown.code >= CONDITIONAL
    said = np.full(affirmed.shape, NEVER)
    rows = script.rows[script.group_bounds[track.shown.explicit[affirmed]]]
    said[affirmed] = script.ledger.statements.latest[rows]
    newest: Ints = said.max(axis=1)
    return newest


@attrs.frozen
class Mean:
    """The mean of some gaps, each as a share of the width of its topic.

    `count` is the number of gaps that are defined; `value` is None if none is.
    """

    value: int | float | None
    count: int


def means(panel: Sequence[Course], days: Sequence[int]) -> list[Mean]:
    """Return the mean gap over topics on each of some days.

    Only the changes from one day to the next are added up, so many days cost little.
    A gap that is not defined on a day is left out of the mean of that day.

    Arguments:
        panel: the topics, each with a width.
        days: the days, in ascending order.
    """
    sums, counts = [Fraction(0)] * len(days), [0] * len(days)
    for course in panel:
        rows = course.rows_on(days)
        before: Fraction | None = None
        for place in np.flatnonzero(np.diff(rows, prepend=NEVER)).tolist():
            share = course.share(int(rows[place]))
            sums[place] += (share or 0) - (before or 0)
            counts[place] += (share is not None) - (before is not None)
            before = share
    found = zip(accumulate(sums), accumulate(counts), strict=True)
    return [Mean(plain_number(total / n) if n else None, n) for total, n in found]


def decayed_means(panel: Sequence[Course], days: Sequence[int], half_life: float) -> list[Mean]:
    """Return the mean gap over topics on each of some days, with lower weights for older gaps.

    The weight of a topic is halved for every `half_life` days by which the statements of
    its gap are older. Only differences in age count, so that the mean does not change
    while nobody speaks.
    """
    rows = [course.rows_on(days) for course in panel]
    found = []
    for place in range(len(days)):
        here = zip(panel, (int(row[place]) for row in rows), strict=True)
        known = [(s, int(c.said[row])) for c, row in here if (s := c.share(row)) is not None]
        found.append(Mean(_weighted(known, half_life), len(known)))
    return found


def _weighted(known: Sequence[tuple[Fraction, int]], half_life: float) -> int | float | None:
    """Return the mean of shares, weighted by the days on which they were said."""
    if not known:
        return None
    newest = max(said for _, said in known)
    weights = [Fraction(0.5 ** ((newest - said) / half_life)) for _, said in known]
    weighted = (w * share for w, (share, _) in zip(weights, known, strict=True))
    return plain_number(sum(weighted, Fraction(0)) / sum(weights, Fraction(0)))

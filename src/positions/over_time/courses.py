"""How parties stood to one another on one topic over time, and the mean over topics.

All days come out of one replay: a course has a row for every day on which the words
that count may have changed, and any other day is looked up in it.
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
"""The day on which nothing was said, and the row of a day before all others."""


@attrs.frozen(eq=False)
class Course:
    """How parties stood on one topic: a row for every day on which that may have changed.

    Attributes:
        days: these days, rising; what a row tells holds to the day before the next.
        codes: attitudes, days × parties × columns.
        measures: how the parties stood to one another from each day on.
        said: the day of the words that each gap rests on: of the latest words of each
            party for what it affirms, the oldest.
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
        """List the rows on which an attitude changed; a repetition is no change."""
        before = np.concatenate((np.full_like(self.codes[:1], SILENT), self.codes[:-1]))
        return np.flatnonzero((self.codes != before).any(axis=(1, 2)))

    @property
    def heard(self) -> tuple[int | None, ...]:
        """Give for each party the first day on which it was not silent."""
        spoken: Flags = (self.codes != SILENT).any(axis=2).T
        return tuple(int(self.days[run.argmax()]) if run.any() else None for run in spoken)

    def rows_on(self, days: Iterable[int]) -> Ints:
        """Find the row that holds on each of some days; `NEVER` before the first."""
        wanted = np.array(list(days), np.int64)
        return np.searchsorted(self.days, wanted, side="right") - 1

    def gap(self, row: int) -> int | float | None:
        """Give the gap of a row; None where none is defined, and before the first row."""
        return None if row == NEVER else self.measures[row].gap

    @functools.cached_property
    def width(self) -> Fraction | None:
        """The gap that counts as 1 beside other topics; None where nobody has said.

        On ordinal topics the distance from one end to the other, on quantity topics the
        `span` that the data set gives.
        """
        if self.scale.topic.kind == "nominal":
            return Fraction(1)
        if self.scale.topic.kind == "quantity":
            span = self.scale.topic.span
            return None if span is None else Fraction(str(span))
        places = self.scale.coordinates
        return max(places) - min(places) or Fraction(1)

    def share(self, row: int) -> Fraction | None:
        """Give the gap of a row as a share of the width of the topic."""
        gap = self.gap(row)
        return None if gap is None or self.width is None else Fraction(str(gap)) / self.width


def course_of(scale: Scale, known: Sequence[Track | None], last: int) -> Course:
    """Follow some parties on one topic through time.

    Arguments:
        scale: the topic's columns.
        known: a track a party; None for one that never spoke.
        last: the last day to look at.
    """
    days, codes = days_and_codes(known, scale.width, last)
    return Course(scale, days, codes, _measured(scale, codes), _said_on(known, days))


def _measured(scale: Scale, codes: Codes) -> tuple[Measures, ...]:
    """Measure every row; rows with the same attitudes are measured once."""
    found: dict[bytes, Measures] = {}
    keys = [row.tobytes() for row in codes]
    for key, row in zip(keys, codes, strict=True):
        if key not in found:
            found[key] = measures_of(scale, row)
    return tuple(found[key] for key in keys)


def _said_on(known: Sequence[Track | None], days: Ints) -> Ints:
    """Date what the gap of each day rests on: the older of the parties' latest words."""
    oldest = np.full(len(days), ALWAYS)
    for track in known:
        if track is not None:
            rows = np.searchsorted(track.days, days, side="right") - 1
            said = np.append(_latest_words(track), NEVER)[rows]
            oldest = np.where(said == NEVER, oldest, np.minimum(oldest, said))
    return np.where(oldest == ALWAYS, NEVER, oldest)


def _latest_words(track: Track) -> Ints:
    """Date the latest words behind what a party affirms, for each day of its track."""
    script, affirmed = track.cells.script, track.shown.code >= CONDITIONAL
    said = np.full(affirmed.shape, NEVER)
    rows = script.rows[script.group_bounds[track.shown.explicit[affirmed]]]
    said[affirmed] = script.ledger.statements.latest[rows]
    newest: Ints = said.max(axis=1)
    return newest


@attrs.frozen
class Mean:
    """The mean of some gaps, each as a share of the width of its topic.

    `value` is None where none is defined; `count` tells how many are.
    """

    value: int | float | None
    count: int


def means(panel: Sequence[Course], days: Sequence[int]) -> list[Mean]:
    """Take the mean gap over topics on each of some days.

    Only what changes from one day to the next is added up, so the days cost little.
    A gap that is not defined on a day counts for nothing on that day.

    Arguments:
        panel: the topics, each with a width.
        days: the days, rising.
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


def fading_means(panel: Sequence[Course], days: Sequence[int], half_life: float) -> list[Mean]:
    """Take the mean gap over topics, older words weighing less.

    The weight of a topic is halved with every `half_life` days by which the words its
    gap rests on are older. Only differences of age count, so that the mean does not
    move while nobody speaks.
    """
    rows = [course.rows_on(days) for course in panel]
    found = []
    for place in range(len(days)):
        here = zip(panel, (int(row[place]) for row in rows), strict=True)
        known = [(s, int(c.said[row])) for c, row in here if (s := c.share(row)) is not None]
        found.append(Mean(_weighted(known, half_life), len(known)))
    return found


def _weighted(known: Sequence[tuple[Fraction, int]], half_life: float) -> int | float | None:
    """Take the mean of shares, weighed by the days on which they were said."""
    if not known:
        return None
    newest = max(said for _, said in known)
    weights = [Fraction(0.5 ** ((newest - said) / half_life)) for _, said in known]
    weighed = (w * share for w, (share, _) in zip(weights, known, strict=True))
    return plain_number(sum(weighed, Fraction(0)) / sum(weights, Fraction(0)))

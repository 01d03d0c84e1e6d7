"""The changes of the positions of one party, day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Unpack

import attrs
import numpy as np

from positions.errors import InvalidInputError
from positions.plots.charts import MOST_LANES, Lane, Lanes, left_out
from positions.plots.plotted import Plotted
from positions.records.catalogue import Catalogue, Topics
from positions.records.dates import as_day
from positions.relations.changes import (
    CHANGE_COLUMNS,
    Change,
    Changes,
    move_between,
    move_text,
    moved,
    tidy_change,
)
from positions.relations.charts import (
    moments,
    moments_remark,
    option_lanes,
    position_legend,
    sources_text,
    topic_lane,
)
from positions.relations.tidy import SOURCE_COLUMNS, prefixed_columns, tidy_table
from positions.snapshots.answers import Result
from positions.snapshots.dataset import Dataset, Day, ReadingOptions, day_asked
from positions.snapshots.ledger import CONDITIONAL, SILENT, Codes, Flags
from positions.snapshots.position import Position
from positions.snapshots.replay import NOTHING
from positions.snapshots.snapshot import Snapshot
from positions.snapshots.tracks import Track, codes_until, day_change
from positions.snapshots.wording import (
    Footnotes,
    counted,
    party_name,
    position_text,
    remarks_of,
    topic_name,
)
from positions.tables.cells import join
from positions.tables.table import Table, Value


@attrs.frozen
class Timeline(Result[Change], Plotted):
    """Every change of the positions of one party, in chronological order.

    Each row has the position on the day before the change and on the day itself.
    """

    columns: ClassVar[tuple[str, ...]] = ("date", *Changes.columns)
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    party: str
    until: dt.date
    since: dt.date | None = None

    def tidy(self) -> Table:
        """Return a row for each change, with plain values in all columns."""
        sides = prefixed_columns("before", "after")
        columns = ("date", "party", "topic", *CHANGE_COLUMNS, *sides, *SOURCE_COLUMNS)
        return tidy_table(self.table().title, columns, map(tidy_change, self.rows))

    def table(self) -> Table:
        """Return the changes as a table: date, topic, move, before → after, with the sources."""
        footnotes = Footnotes()
        rows = tuple(self._row(row, footnotes) for row in self.rows)
        name = party_name(self.catalogue, self.party)
        title = f"Timeline of {name} to {self.until}: {counted(len(rows), 'change')}"
        headers = ("date", "topic", "move", "before → after")
        return Table(title, headers, rows, footnotes.notes(), (*self.notes, *remarks_of(rows)))

    def chart(self) -> Lanes:
        """Return the attitudes of the party over time as lanes, with events on these topics.

        Each option that it spoke of has a lane or, where these would be too many, each
        topic. Topics on which nothing changed are left out.
        """
        topics = list(dict.fromkeys(row.topic for row in self.rows))
        since = self.since or min((row.date for row in self.rows), default=self.until)
        lanes = self._lanes(topics, since)
        marked = moments(self.catalogue, [self.party], topics, since, self.until)
        name = party_name(self.catalogue, self.party)
        about = topic_name(self.catalogue, topics[0]) if len(topics) == 1 else ""
        about = about or counted(len(topics), "topic")
        return Lanes(
            title=f"Timeline of {name}, {since} to {self.until}: {about}",
            legend=position_legend([span.tone for lane in lanes for span in lane.spans]),
            remarks=(
                "Blank: has said nothing. Left out: options on which it said nothing itself, "
                "and topics on which nothing changed.",
                *moments_remark(marked),
                *left_out(len(topics), "topics", MOST_LANES),
                *self.notes,
            ),
            sources=sources_text(self.catalogue, [self.party], topics, self.until),
            start=since,
            end=self.until,
            lanes=lanes,
            moments=marked,
            empty="Nothing changed in this period.",
        )

    def _lanes(self, topics: Sequence[str], since: dt.date) -> tuple[Lane, ...]:
        """Make a lane for each option, under the names of the topics, or one for each topic."""
        courses = {topic: self._course(topic, since) for topic in topics[:MOST_LANES]}
        by_option: list[Lane] = []
        for topic, course in courses.items():
            heading = [Lane(self.catalogue.topic(topic).name)] if len(topics) > 1 else []
            by_option += [*heading, *option_lanes(course, self.until)]
        if len(by_option) <= MOST_LANES:
            return tuple(by_option)
        return tuple(
            topic_lane(self.catalogue.topic(topic).name, course, self.until)
            for topic, course in courses.items()
        )

    def _course(self, topic: str, since: dt.date) -> list[tuple[dt.date, Position]]:
        """List the positions on one topic, each with the first day on which it held."""
        rows = [row for row in self.rows if row.topic == topic]
        before = [] if rows[0].date <= since else [(since, rows[0].before)]
        return [*before, *((row.date, row.after) for row in rows)]

    def _row(self, row: Change, footnotes: Footnotes) -> tuple[Value, ...]:
        shown = (row.after,) if row.before.silent else (row.before, row.after)
        text = join(" → ", (position_text(position, footnotes) for position in shown))
        name, move = topic_name(self.catalogue, row.topic), move_text(self.catalogue, row)
        return (row.date, name, move, text)


def timeline(
    ds: Dataset,
    party: str,
    topics: Topics = None,
    *,
    since: Day | None = None,
    until: Day | None = None,
    **reading: Unpack[ReadingOptions],
) -> Timeline:
    """List every change of a party's positions: how it moved, towards whom, by which statements.

    A change is what `diff` finds between a day and the day before; repeating a position
    is not a change, but the lapse of a statement can be one.

    Arguments:
        ds: the data set.
        party: the id of the party.
        topics: an id, an area, or several; all topics where None.
        since: the first day; a vague date means its first day. Where None, all days count.
        until: the last day; a vague date means its last day. Where None, the end of the
            evidence.
        reading: which statements count, as in `Dataset.at`.

    Returns:
        One row for each change, in order of date; none if the party never spoke.

    Raises:
        UnknownNameError: the party or a topic is not in the data set.
        InvalidInputError: an argument cannot be read, or `since` is after `until`.

    >>> from positions.files.bundled import load
    >>> for row in timeline(load(), "RUS", "ceasefire.energy", since="2025-03-10", until="2025-04"):
    ...     print(row.date, row.move, row.lapsed)
    2025-03-18 softened False
    2025-04-17 hardened True
    """
    first, last = read_period(ds, since, until)
    snapshot = ds.at(last, **reading)
    who, what = ds.party(party).id, ds.catalogue.choose_topics(topics)
    snapshot.tracks(snapshot.parties, what)
    begin = 0 if first is None else first.toordinal()
    rows = [row for name in what for row in _changes(snapshot, who, name, begin)]
    rows.sort(key=lambda row: row.date)
    return Timeline(tuple(rows), snapshot.notes_on([who], what), ds.catalogue, who, last, first)


def read_period(
    ds: Dataset, since: Day | None, until: Day | None
) -> tuple[dt.date | None, dt.date]:
    """Return the first and the last day of a period; without `until`, the end of the evidence."""
    first = None if since is None else as_day(since, last=False, what="since")
    last = day_asked(ds, until, "until")
    if first is not None and first > last:
        raise InvalidInputError("since", f"a day up to {last}", since)
    return first, last


def _changes(snapshot: Snapshot, party: str, topic: str, since: int) -> Iterator[Change]:
    """Yield the changes of a party on a topic; `since` is a proleptic ordinal."""
    known = snapshot.tracks(snapshot.parties, [topic])
    track = known[party, topic]
    if track is None:
        return
    for row in np.flatnonzero(_may_differ(track) & (track.days >= since)).tolist():
        day = int(track.days[row])
        old, new = (snapshot.position_until(party, topic, d) for d in (day - 1, day))
        move = move_between(old, new)
        if move != "unchanged":
            others = _others(snapshot, party, topic, day)
            yield moved(move, old, new, others, _lapsed(snapshot, party, topic, day))


def _may_differ(track: Track) -> Flags:
    """Mark the rows whose position, with its conditions, may differ from the row before."""
    code, implied = track.shown.code, track.shown.explicit == NOTHING
    differ = np.ones(len(code), bool)
    differ[1:] = (
        (code[1:] != code[:-1]) | (implied[1:] != implied[:-1]) | (code[1:] == CONDITIONAL)
    ).any(axis=1)
    return differ


def _others(snapshot: Snapshot, party: str, topic: str, day: int) -> Mapping[str, Codes]:
    """Return the attitudes, on the day before, of the other parties that had spoken."""
    width = snapshot.catalogue.scales[topic].width
    known = snapshot.tracks(snapshot.parties, [topic])
    found = {
        p: codes_until(known[p, topic], width, day - 1) for p in snapshot.parties if p != party
    }
    return {other: codes for other, codes in found.items() if (codes != SILENT).any()}


def _lapsed(snapshot: Snapshot, party: str, topic: str, day: int) -> bool:
    """Whether the change of a day was made by time alone."""
    pair = snapshot.catalogue.party_numbers[party], snapshot.catalogue.topic_numbers[topic]
    return day_change(snapshot.selection, pair, day).by_time_alone

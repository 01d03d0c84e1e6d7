"""The relation of parties over time, in periods, and the statements that began and ended them."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from itertools import product
from typing import ClassVar, Unpack

import attrs
import numpy as np

from positions.over_time.spells import Spells, spells
from positions.over_time.timeline import read_period
from positions.plots.charts import MOST_LANES, Lane, Lanes, Span, left_out
from positions.plots.plotted import Plotted
from positions.records.catalogue import Catalogue, Parties, Topics
from positions.records.plain import field_names
from positions.relations.charts import (
    moments,
    moments_remark,
    relation_legend,
    relation_tone,
    sources_text,
)
from positions.relations.conditions import Verdict
from positions.relations.measures import RELATIONS, Relation, is_apart
from positions.relations.overlap import option_classes, overlap
from positions.snapshots.answers import Result
from positions.snapshots.dataset import Dataset, Day, ReadingOptions
from positions.snapshots.ledger import SILENT, Codes, Flags
from positions.snapshots.snapshot import Snapshot, snapshot_on
from positions.snapshots.tracks import DayChange, codes_until, day_change, rows_about
from positions.snapshots.wording import Footnotes, counted, options_text, party_name, topic_name
from positions.tables.cells import Numeral, Text
from positions.tables.table import Table, Value


@attrs.frozen
class Period:
    """An unbroken run of days on which the relation of parties on one topic is the same.

    `apart`, `conditions` and `options` are those of its first day; a change of these
    alone does not end a period.

    Attributes:
        relation: silent, one_sided, agreed, conditional, deadlock or open.
        apart: whether it is open, and two parties affirm options, but none in common.
        since: its first day within the history.
        until: its last day; None if it continues at the end of the history.
        days: the number of its days, the first and the last included.
        conditions: in a conditional period, the best verdict on its conditions.
        options: the agreed or the conditional options; empty in other periods.
        began_by: the statements that began it because they began or ceased to count on
            its first day; empty if it began before the history, or with it in silence.
        ended_by: the statements that ended it in the same way on the day after its last.
        lapsed: whether it ended by the passing of time alone: nothing new was said.
    """

    topic: str
    relation: Relation
    apart: bool
    since: dt.date
    until: dt.date | None
    days: int
    conditions: Verdict | None
    options: tuple[str, ...]
    began_by: tuple[str, ...]
    ended_by: tuple[str, ...]
    lapsed: bool


@attrs.frozen
class Stalemate:
    """The length of deadlocks on a topic, in days.

    `days` is the length of the deadlock at the end of the history, and `since` its first
    day; 0 and None if there is none. `longest` is that of the longest deadlock, or 0.
    """

    topic: str
    days: int
    since: dt.date | None
    longest: int


@attrs.frozen
class Crossings:
    """The days on which parties first and last began to affirm a common option of a topic.

    The first days of the first and the last agreed or conditional period; None if none
    began. `times` is the number of such periods.
    """

    topic: str
    first: dt.date | None
    last: dt.date | None
    times: int


@attrs.frozen
class History(Result[Period], Plotted):
    """The periods of the relation of parties, by topic and in chronological order.

    The periods of a topic cover every day from `since` to `until`. Topics on which none
    of the parties has spoken are left out.
    """

    columns: ClassVar[tuple[str, ...]] = field_names(Period)
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    parties: tuple[str, ...]
    since: dt.date
    until: dt.date

    def periods(self, topic: str) -> tuple[Period, ...]:
        """Return the periods of one topic in chronological order; none if it is not in the history.

        Raises:
            UnknownNameError: the topic is not in the data set.
        """
        return self._by_topic.get(self.catalogue.topic(topic).id, ())

    @functools.cached_property
    def _by_topic(self) -> dict[str, tuple[Period, ...]]:
        topics = dict.fromkeys(row.topic for row in self.rows)
        return {name: tuple(row for row in self.rows if row.topic == name) for name in topics}

    def stalemate(self, topic: str) -> Stalemate:
        """Return the length of the deadlock on a topic at the end, and of the longest."""
        stuck = [row for row in self.periods(topic) if row.relation == "deadlock"]
        longest = max((row.days for row in stuck), default=0)
        if not stuck or stuck[-1].until is not None:
            return Stalemate(topic, 0, None, longest)
        return Stalemate(topic, stuck[-1].days, stuck[-1].since, longest)

    def crossings(self, topic: str) -> Crossings:
        """Return when the parties first and last began to agree on a topic, even conditionally."""
        starts = [
            row.since
            for row in self.periods(topic)
            if row.relation in ("agreed", "conditional") and row.began_by
        ]
        return Crossings(topic, min(starts, default=None), max(starts, default=None), len(starts))

    def table(self) -> Table:
        """Return the periods as a table, except those in which none of the parties had spoken."""
        footnotes = Footnotes()
        shown = [row for row in self.rows if row.relation != "silent"]
        rows = tuple(self._row(row, footnotes) for row in shown)
        names = ", ".join(party_name(self.catalogue, party) for party in self.parties)
        title = f"History of {names}, {self.since} to {self.until}: {counted(len(rows), 'period')}"
        headers = ("topic", "relation", "since", "until", "days", "begun by")
        return Table(title, headers, rows, footnotes.notes(), self.notes)

    def chart(self) -> Lanes:
        """Return the relation on each topic over time as lanes, with events on these topics."""
        topics = list(self._by_topic)
        lanes = tuple(map(self._lane, topics[:MOST_LANES]))
        marked = moments(self.catalogue, self.parties, topics, self.since, self.until)
        names = ", ".join(party_name(self.catalogue, party) for party in self.parties)
        about = topic_name(self.catalogue, topics[0]) if len(topics) == 1 else ""
        return Lanes(
            title=f"History of {names}, {self.since} to {self.until}"
            f": {about or counted(len(topics), 'topic')}",
            legend=relation_legend({span.tone for lane in lanes for span in lane.spans}),
            remarks=(
                *moments_remark(marked),
                *left_out(len(topics), "topics", MOST_LANES),
                *self.notes,
            ),
            sources=sources_text(self.catalogue, self.parties, topics, self.until),
            start=self.since,
            end=self.until,
            lanes=lanes,
            moments=marked,
            empty="None of the parties has said anything on these topics.",
        )

    def _lane(self, topic: str) -> Lane:
        spans = tuple(
            Span(
                row.since,
                row.until or self.until,
                relation_tone(row.relation, row.conditions),
                _relation_text(self.catalogue, row),
            )
            for row in self.periods(topic)
            if row.relation != "silent"
        )
        return Lane(self.catalogue.topic(topic).name, spans)

    def _row(self, row: Period, footnotes: Footnotes) -> tuple[Value, ...]:
        return (
            topic_name(self.catalogue, row.topic),
            _relation_text(self.catalogue, row),
            row.since,
            row.until,
            Numeral(f"{row.days:,}"),
            self._begun_by(row, footnotes),
        )

    def _begun_by(self, row: Period, footnotes: Footnotes) -> str | Text:
        """Return the parties whose statements, or the lapse of them, began a period."""
        if not row.began_by:
            return "earlier statements"
        statements = [self.catalogue.statement(name) for name in row.began_by]
        found = {party for statement in statements for party in statement.parties}
        names = [party_name(self.catalogue, party) for party in self.parties if party in found]
        lapses = [p.until for p in self.periods(row.topic) if p.until is not None and p.lapsed]
        ended = any(until + dt.timedelta(days=1) == row.since for until in lapses)
        marks = footnotes.mark(self.catalogue, row.began_by)
        return f"{'lapse of statements by ' if ended else ''}{', '.join(names)} " + marks


def _relation_text(catalogue: Catalogue, row: Period) -> str:
    """Return the relation of a period in words, with its qualifications and options."""
    text = row.relation.replace("_", "-")
    if row.relation == "conditional":
        text += ", refused" if row.conditions == "unmet" else f", {row.conditions}"
    if row.apart:
        text += ", apart"
    options = options_text(catalogue, row.topic, row.options, ", ")
    return f"{text}: {options}" if options else text


def history(
    ds: Dataset,
    parties: Parties,
    topics: Topics = None,
    *,
    since: Day | None = None,
    until: Day | None = None,
    **reading: Unpack[ReadingOptions],
) -> History:
    """List the periods in which the relation of two or more parties on a topic is the same.

    A period ends when the relation changes, not when only the options change. With a
    `since`, the first period is cut to begin on that day, and if it had begun before,
    its `began_by` is empty.

    Arguments:
        ds: the data set.
        parties: the ids of two or more different parties.
        topics: an id, an area, or several; all where None.
        since: the first day; a vague date means its first day. Where None, the first day
            on which one of them spoke on one of the topics.
        until: the last day; a vague date means its last day. Where None, the end of the
            evidence.
        reading: which statements count, as in `Dataset.at`.

    Returns:
        The periods of each topic on which at least one of them had spoken by the end.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: fewer than two parties, one named twice, an argument that
            cannot be read, or `since` after `until`.

    >>> from positions.files.bundled import load
    >>> found = history(load(), ["RUS", "UKR"], "nato.membership", until="2026-06-20")
    >>> last = found[-1]
    >>> last.relation, str(last.since), last.days
    ('deadlock', '2022-09-30', 1360)
    """
    first, last = read_period(ds, since, until)
    who = ds.catalogue.choose_parties(parties, least=2)
    what = ds.catalogue.choose_topics(topics)
    snapshot = ds.at(last, **reading)
    begin = _first_day(snapshot, who, what) if first is None else first
    # From the day before, to find what began on the first day.
    found = spells(snapshot, who, np.arange(len(who))[None], what, begin.toordinal() - 1)
    builder = _PeriodBuilder(snapshot, who, begin)
    rows = tuple(row for topic in found for row in builder.periods(topic, found[topic]))
    notes = snapshot.notes_on(who, tuple(found))
    return History(rows, notes, ds.catalogue, who, begin, last)


def _first_day(snapshot: Snapshot, parties: Iterable[str], topics: Iterable[str]) -> dt.date:
    """Return the first day on which one of the parties spoke; the last day if none did."""
    pairs = list(product(parties, topics))
    known = snapshot.tracks(dict.fromkeys(p for p, _ in pairs), dict.fromkeys(t for _, t in pairs))
    tracks = [track for pair in pairs if (track := known[pair]) is not None]
    spoken = [track.days[(track.shown.code != SILENT).any(axis=1)] for track in tracks]
    firsts = [int(days[0]) for days in spoken if len(days)]
    return dt.date.fromordinal(min(firsts, default=snapshot.date.toordinal()))


@attrs.frozen(eq=False)
class _PeriodBuilder:
    """Makes periods from the spells of some parties."""

    snapshot: Snapshot
    parties: tuple[str, ...]
    since: dt.date
    _snapshots: dict[int, Snapshot] = attrs.field(factory=dict, init=False)

    def periods(self, topic: str, found: Spells) -> Iterator[Period]:
        """Yield the periods of a topic that overlap the history; none if all are silent."""
        if not found.relation.any():
            return
        for row in range(len(found)):
            first, last = int(found.first[row]), int(found.last[row])
            if last >= self.since.toordinal():
                yield self._period(topic, RELATIONS[found.relation[row]], first, last)

    def _period(self, topic: str, relation: Relation, first: int, last: int) -> Period:
        since = max(first, self.since.toordinal())
        codes = self._codes(topic, since)
        running = last == self.snapshot.date.toordinal()
        return Period(
            topic=topic,
            relation=relation,
            apart=is_apart(codes),
            since=dt.date.fromordinal(since),
            until=None if running else dt.date.fromordinal(last),
            days=last - since + 1,
            conditions=self._verdict(topic, since) if relation == "conditional" else None,
            options=self._options(topic, relation, codes),
            began_by=() if first < since else self._statements_behind(topic, first),
            ended_by=() if running else self._statements_behind(topic, last + 1),
            lapsed=not running and self._by_time_alone(topic, last + 1),
        )

    def _codes(self, topic: str, day: int) -> Codes:
        """Return the attitudes of a day, parties × columns."""
        known = self.snapshot.tracks(self.parties, [topic])
        width = self.snapshot.catalogue.scales[topic].width
        return np.array([codes_until(known[party, topic], width, day) for party in self.parties])

    def _options(self, topic: str, relation: Relation, codes: Codes) -> tuple[str, ...]:
        """Return the agreed options, or the conditional ones; none for other relations."""
        classes = option_classes(codes)
        spans = self.snapshot.catalogue.scales[topic].spans(classes)
        affirmed = relation in ("agreed", "conditional")
        return tuple(key for key, run in spans if affirmed and classes[run[0]] == relation)

    def _verdict(self, topic: str, day: int) -> Verdict | None:
        """Judge the conditions of a conditional topic on a day, as `overlap` does."""
        if day not in self._snapshots:
            snapshot, date = self.snapshot, dt.date.fromordinal(day)
            ledger, reading = snapshot.selection.ledger, snapshot.selection.reading
            self._snapshots[day] = snapshot_on(snapshot.catalogue, ledger, date, reading)
        return overlap(self._snapshots[day], self.parties, topic)[0].conditions

    def _turn(self, topic: str, party: str, day: int) -> DayChange:
        catalogue = self.snapshot.catalogue
        pair = catalogue.party_numbers[party], catalogue.topic_numbers[topic]
        return day_change(self.snapshot.selection, pair, day)

    def _by_time_alone(self, topic: str, day: int) -> bool:
        return all(self._turn(topic, party, day).by_time_alone for party in self.parties)

    def _statements_behind(self, topic: str, day: int) -> tuple[str, ...]:
        """Return the statements that moved a party by beginning or ceasing to count on a day."""
        moved = self._codes(topic, day) != self._codes(topic, day - 1)
        names = [
            name
            for party, columns in zip(self.parties, moved, strict=True)
            if columns.any()
            for name in self._moving(self._turn(topic, party, day), columns)
        ]
        return tuple(dict.fromkeys(names))

    def _moving(self, turn: DayChange, columns: Flags) -> list[str]:
        """Return the statements of a change that are about the columns that moved."""
        selection, statements = self.snapshot.selection, self.snapshot.catalogue.document.statements
        rows = np.append(turn.begun, turn.ended)
        named = rows_about(selection, rows, columns)
        chosen = named if len(named) else rows
        return [statements[number].id for number in selection.ledger.statements.number[chosen]]

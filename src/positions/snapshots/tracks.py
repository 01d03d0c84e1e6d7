"""How the cells of a position ran over time, and what turned from one day to the next."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from positions.snapshots.ledger import (
    ACCEPT,
    SILENT,
    Codes,
    Flags,
    Ints,
    Ledger,
)
from positions.snapshots.reading import CLAIMED, Selection
from positions.snapshots.replay import NOTHING, Cells, Script, bounds_of, in_reading_order, replay
from positions.snapshots.thinning import essential


def script_on(selection: Selection, rows: Ints, day: int) -> tuple[Script, Ints]:
    """Lay out the words that count on one day, a lane for each party and topic.

    Returns:
        The script, and the party of each lane.
    """
    rows = rows[selection.starts[rows] <= day]
    rows = rows[selection.standing(rows, np.full(len(rows), day, np.int64))]
    words, pair = selection.ledger.words, selection.ledger.pair[rows]
    starts = bounds_of(pair)
    lane = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(rows))))
    firsts = rows[starts]
    lapsed = words.until[rows] < day
    script = _ordered(selection.ledger, rows, lapsed, lane, words.topic[firsts])
    return script, words.party[firsts]


def _ordered(ledger: Ledger, words: Ints, lapsed: Flags, lane: Ints, topics: Ints) -> Script:
    order = in_reading_order(ledger, words, lapsed, lane)
    return essential(Script(ledger, words[order], lapsed[order], lane[order], topics))


@attrs.frozen(eq=False)
class Layer:
    """Cells over time: a row for every day, a column for every column of the topic.

    `worded` and `implied` are groups of the script that was replayed.
    """

    code: Codes
    worded: Ints
    implied: Ints
    disputed: Flags


@attrs.frozen(eq=False)
class Track:
    """One party on one topic over time: a row for every day on which it may have changed.

    `shown` is what stands, `claims` what others claim; `claimed` marks the cells that
    stand on claims alone, because the party's own words leave them silent.
    """

    days: Ints
    shown: Layer
    claims: Layer
    claimed: Flags
    cells: Cells

    def since(self, column: int) -> int | None:
        """Find the first day of the unbroken run of the level that stands in the end.

        Demand and accept are one level, rejection in words and implied another. None
        where nothing was ever said.
        """
        level = np.minimum(self.shown.code[:, column], ACCEPT)
        breaks = np.flatnonzero(level != level[-1])
        first = int(breaks[-1]) + 1 if len(breaks) else 0
        return None if first == 0 and level[-1] == SILENT else int(self.days[first])


def tracks(
    selection: Selection, pairs: Sequence[tuple[int, int]], last: int
) -> dict[tuple[int, int], Track]:
    """Replay parties on topics as of every day on which they can have changed, up to `last`.

    All are replayed in one go: each day of each pair is a lane of its own.

    Returns:
        A track for each pair of party and topic that had said something by then.
    """
    batch = _Batch(selection)
    for pair in pairs:
        batch.add(pair, last)
    return batch.tracks()


@attrs.frozen(eq=False)
class _Batch:
    """Collects the lanes of many pairs, to replay them together."""

    selection: Selection
    pairs: list[tuple[int, int]] = attrs.field(factory=list)
    days: list[Ints] = attrs.field(factory=list)
    words: list[Ints] = attrs.field(factory=list)
    lanes: list[Ints] = attrs.field(factory=list)
    on: list[Ints] = attrs.field(factory=list)
    topics: list[int] = attrs.field(factory=list)

    def add(self, pair: tuple[int, int], last: int) -> None:
        """Add the days of one party on one topic: first its own words, then the claims."""
        found = self.selection.ledger.words_of(*pair)
        rows = np.arange(found.start, found.stop)
        rows = rows[self.selection.chosen[found.start : found.stop]]
        days = self.selection.turning_days(rows, last)
        if len(days):
            claimed = self.selection.ledger.words.attribution[rows] == CLAIMED
            self.pairs.append(pair)
            self.days.append(days)
            self._lay(rows[~claimed], days, pair[1])
            self._lay(rows[claimed], days, pair[1])

    def _lay(self, rows: Ints, days: Ints, topic: int) -> None:
        if len(rows):
            number, place = np.divmod(np.arange(len(days) * len(rows)), len(rows))
            counts = self.selection.standing(rows[place], days[number])
            self.words.append(rows[place][counts])
            self.lanes.append(number[counts] + len(self.topics))
            self.on.append(days[number][counts])
        self.topics.extend([topic] * len(days))

    def tracks(self) -> dict[tuple[int, int], Track]:
        if not self.pairs:
            return {}
        words = np.concatenate(self.words)
        lapsed = self.selection.ledger.words.until[words] < np.concatenate(self.on)
        lanes, topics = np.concatenate(self.lanes), np.array(self.topics, np.int64)
        cells = replay(_ordered(self.selection.ledger, words, lapsed, lanes, topics))
        found, lane = {}, 0
        for pair, days in zip(self.pairs, self.days, strict=True):
            found[pair] = _track(cells, days, lane)
            lane += 2 * len(days)
        return found


def _track(cells: Cells, days: Ints, lane: int) -> Track:
    """Cut one pair's lanes out of the cells, and let claims fill what its own words leave open."""
    own = _layer(cells, lane, len(days))
    claims = _layer(cells, lane + len(days), len(days))
    claimed = (own.code == SILENT) & (claims.code != SILENT)
    shown = Layer(
        np.where(claimed, claims.code, own.code),
        np.where(claimed, claims.worded, own.worded),
        np.where(claimed, claims.implied, own.implied),
        np.where(claimed, claims.disputed, own.disputed),
    )
    return Track(days, shown, claims, claimed, cells)


def _layer(cells: Cells, lane: int, count: int) -> Layer:
    bounds = cells.script.cell_bounds
    part = slice(int(bounds[lane]), int(bounds[lane + count]))
    return Layer(
        cells.code[part].reshape(count, -1),
        cells.worded[part].reshape(count, -1),
        cells.implied[part].reshape(count, -1),
        cells.disputed[part].reshape(count, -1),
    )


def words_behind(cells: Cells, layer: Layer, column: int, row: int = -1) -> list[int]:
    """List the ledger rows on which a cell rests: those that say it, then those that imply it."""
    worded, implied = int(layer.worded[row, column]), int(layer.implied[row, column])
    spoken = [] if worded == NOTHING else _naming(cells, worded, column)
    meant = [] if implied == NOTHING else _excluding(cells.script, implied, column)
    return [int(cells.script.words[slot]) for slot in (*spoken, *meant)]


def _slots(script: Script, group: int) -> range:
    return range(int(script.group_bounds[group]), int(script.group_bounds[group + 1]))


def _naming(cells: Cells, group: int, column: int) -> list[int]:
    """Find the words of a group that name a column and were not dropped there."""
    script = cells.script
    lane = int(script.lane[script.group_bounds[group]])
    cell = int(script.cell_bounds[lane]) + column
    return [
        slot
        for slot in _slots(script, group)
        if said_of(script.ledger, int(script.words[slot]), column) is not None
        and (slot, cell) not in cells.dropped
    ]


def _excluding(script: Script, group: int, column: int) -> list[int]:
    """Find the words of a group that demand something and do not name a column."""
    return [
        slot
        for slot in _slots(script, group)
        if script.ledger.demands[script.words[slot]]
        and said_of(script.ledger, int(script.words[slot]), column) is None
    ]


def said_of(ledger: Ledger, word: int, column: int) -> int | None:
    """Give what a word says of a column, as a small integer; None where it does not name it."""
    first, end = int(ledger.first_entry[word]), int(ledger.first_entry[word + 1])
    place = first + int(np.searchsorted(ledger.column[first:end], column))
    if place < end and ledger.column[place] == column:
        return int(ledger.said[place])
    return None


def track_until(track: Track | None, day: int) -> Track | None:
    """Cut a track after a day, as if nothing later had been replayed; None where nothing is left.

    Arguments:
        track: a track, or None for a party that never spoke.
        day: the last day to keep, as a proleptic ordinal.
    """
    rows = 0 if track is None else int(np.searchsorted(track.days, day, side="right"))
    if track is None or not rows:
        return None
    shown, claims = _cut(track.shown, rows), _cut(track.claims, rows)
    return Track(track.days[:rows], shown, claims, track.claimed[:rows], track.cells)


def _cut(layer: Layer, rows: int) -> Layer:
    return Layer(
        layer.code[:rows], layer.worded[:rows], layer.implied[:rows], layer.disputed[:rows]
    )


def codes_until(track: Track | None, width: int, day: int) -> Codes:
    """Give the attitudes of a party to the columns of a topic on a day."""
    row = -1 if track is None else int(np.searchsorted(track.days, day, side="right")) - 1
    if track is None or row < 0:
        return np.full(width, SILENT, np.int8)
    codes: Codes = track.shown.code[row]
    return codes


@attrs.frozen(eq=False)
class Turn:
    """Which words of one party on one topic count otherwise than on the day before.

    Attributes:
        begun: rows of the ledger that count from this day on.
        ended: rows that lapsed with the day before, or count no more.
        denied: whether one of those that count no more is denied.
    """

    begun: Ints
    ended: Ints
    denied: bool

    @property
    def by_time_alone(self) -> bool:
        """Whether nothing new was said, and nothing denied."""
        return not len(self.begun) and not self.denied


def turn_on(selection: Selection, pair: tuple[int, int], day: int) -> Turn:
    """Find the words of a party on a topic that count otherwise than on the day before.

    Arguments:
        selection: the words that a reading lets count.
        pair: the numbers of the party and the topic.
        day: the day, as a proleptic ordinal.
    """
    found = selection.ledger.words_of(*pair)
    rows = np.arange(found.start, found.stop)
    rows = rows[selection.chosen[found.start : found.stop]]
    was, now = (selection.standing(rows, np.full(len(rows), d)) for d in (day - 1, day))
    lapsing = was & now & (selection.ledger.words.until[rows] == day - 1)
    gone = selection.ledger.words.statement[rows[was & ~now]].tolist()
    denied = any(selection.denied([(statement, day) for statement in gone]))
    return Turn(rows[now & ~was], rows[(was & ~now) | lapsing], denied)


def touching(selection: Selection, rows: Ints, columns: Flags) -> Ints:
    """Keep the words that say something of one of the columns, in words or by a demand."""
    ledger = selection.ledger
    kept = [
        row
        for row in rows.tolist()
        if ledger.demands[row]
        or columns[ledger.column[ledger.first_entry[row] : ledger.first_entry[row + 1]]].any()
    ]
    return np.array(kept, np.int64)

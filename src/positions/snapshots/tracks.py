"""The cells of positions over time, and what changes from one day to the next."""

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
from positions.snapshots.pruning import pruned
from positions.snapshots.reading import CLAIMED, Selection
from positions.snapshots.replay import NOTHING, Cells, Script, in_reading_order, replay, run_starts


def script_on(selection: Selection, rows: Ints, day: int) -> tuple[Script, Ints]:
    """Make the script of the rows that count on one day, with a lane for each party and topic.

    Returns:
        The script, and the party of each lane.
    """
    rows = rows[selection.starts[rows] <= day]
    rows = rows[selection.counting(rows, np.full(len(rows), day, np.int64))]
    statements, pair = selection.ledger.statements, selection.ledger.pair[rows]
    starts = run_starts(pair)
    lane = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(rows))))
    firsts = rows[starts]
    lapsed = statements.until[rows] < day
    script = _ordered(selection.ledger, rows, lapsed, lane, statements.topic[firsts])
    return script, statements.party[firsts]


def _ordered(ledger: Ledger, rows: Ints, lapsed: Flags, lane: Ints, topics: Ints) -> Script:
    order = in_reading_order(ledger, rows, lapsed, lane)
    return pruned(Script(ledger, rows[order], lapsed[order], lane[order], topics))


@attrs.frozen(eq=False)
class Layer:
    """Cells over time: a row for each day, a column for each column of the topic.

    `explicit` and `implied` are groups of the replayed script, as in `Cells`.
    """

    code: Codes
    explicit: Ints
    implied: Ints
    disputed: Flags


@attrs.frozen(eq=False)
class Track:
    """One party on one topic over time: a row for each day on which it may have changed.

    `claims` is the layer of what others claim; `shown` is the position: the party's own
    statements, with the claims on the cells that these leave silent. `claimed` marks
    those cells.
    """

    days: Ints
    shown: Layer
    claims: Layer
    claimed: Flags
    cells: Cells

    def since(self, column: int) -> int | None:
        """Return the first day of the last unbroken run of the level of a column, as an ordinal.

        Demand and accept are one level; so are explicit and implied rejections. None where
        nothing was ever said.
        """
        level = np.minimum(self.shown.code[:, column], ACCEPT)
        breaks = np.flatnonzero(level != level[-1])
        first = int(breaks[-1]) + 1 if len(breaks) else 0
        return None if first == 0 and level[-1] == SILENT else int(self.days[first])


def tracks(
    selection: Selection, pairs: Sequence[tuple[int, int]], last: int
) -> dict[tuple[int, int], Track]:
    """Replay pairs of party and topic as of each day on which they may have changed, up to `last`.

    All are replayed together: each day of each pair is a lane of its own.

    Returns:
        A track for each pair on which the party has said something by then.
    """
    batch = _Batch(selection)
    for pair in pairs:
        batch.add(pair, last)
    return batch.tracks()


@attrs.frozen(eq=False)
class _Batch:
    """The lanes of many pairs, which are collected and then replayed together."""

    selection: Selection
    pairs: list[tuple[int, int]] = attrs.field(factory=list)
    days: list[Ints] = attrs.field(factory=list)
    rows: list[Ints] = attrs.field(factory=list)
    lanes: list[Ints] = attrs.field(factory=list)
    lane_days: list[Ints] = attrs.field(factory=list)
    topics: list[int] = attrs.field(factory=list)

    def add(self, pair: tuple[int, int], last: int) -> None:
        """Add lanes for a party on a topic: for its own statements, then for claims, day by day."""
        found = self.selection.ledger.rows_of(*pair)
        rows = np.arange(found.start, found.stop)
        rows = rows[self.selection.chosen[found.start : found.stop]]
        days = self.selection.change_days(rows, last)
        if len(days):
            claimed = self.selection.ledger.statements.attribution[rows] == CLAIMED
            self.pairs.append(pair)
            self.days.append(days)
            self._add_lanes(rows[~claimed], days, pair[1])
            self._add_lanes(rows[claimed], days, pair[1])

    def _add_lanes(self, rows: Ints, days: Ints, topic: int) -> None:
        if len(rows):
            number, place = np.divmod(np.arange(len(days) * len(rows)), len(rows))
            counts = self.selection.counting(rows[place], days[number])
            self.rows.append(rows[place][counts])
            self.lanes.append(number[counts] + len(self.topics))
            self.lane_days.append(days[number][counts])
        self.topics.extend([topic] * len(days))

    def tracks(self) -> dict[tuple[int, int], Track]:
        if not self.pairs:
            return {}
        rows = np.concatenate(self.rows)
        lapsed = self.selection.ledger.statements.until[rows] < np.concatenate(self.lane_days)
        lanes, topics = np.concatenate(self.lanes), np.array(self.topics, np.int64)
        cells = replay(_ordered(self.selection.ledger, rows, lapsed, lanes, topics))
        found, lane = {}, 0
        for pair, days in zip(self.pairs, self.days, strict=True):
            found[pair] = _track(cells, days, lane)
            lane += 2 * len(days)
        return found


def _track(cells: Cells, days: Ints, lane: int) -> Track:
    """Make the track of one pair; claims fill the cells that own statements leave silent."""
    own = _layer(cells, lane, len(days))
    claims = _layer(cells, lane + len(days), len(days))
    claimed = (own.code == SILENT) & (claims.code != SILENT)
    shown = Layer(
        np.where(claimed, claims.code, own.code),
        np.where(claimed, claims.explicit, own.explicit),
        np.where(claimed, claims.implied, own.implied),
        np.where(claimed, claims.disputed, own.disputed),
    )
    return Track(days, shown, claims, claimed, cells)


def _layer(cells: Cells, lane: int, count: int) -> Layer:
    bounds = cells.script.cell_bounds
    part = slice(int(bounds[lane]), int(bounds[lane + count]))
    return Layer(
        cells.code[part].reshape(count, -1),
        cells.explicit[part].reshape(count, -1),
        cells.implied[part].reshape(count, -1),
        cells.disputed[part].reshape(count, -1),
    )


def rows_behind(cells: Cells, layer: Layer, column: int, row: int = -1) -> list[int]:
    """List the ledger rows on which a cell rests: those that name it, then those that imply it."""
    explicit, implied = int(layer.explicit[row, column]), int(layer.implied[row, column])
    naming = [] if explicit == NOTHING else _naming(cells, explicit, column)
    excluding = [] if implied == NOTHING else _excluding(cells.script, implied, column)
    return [int(cells.script.rows[slot]) for slot in (*naming, *excluding)]


def _slots(script: Script, group: int) -> range:
    return range(int(script.group_bounds[group]), int(script.group_bounds[group + 1]))


def _naming(cells: Cells, group: int, column: int) -> list[int]:
    """Find the slots of a group that name a column and were not dropped there."""
    script = cells.script
    lane = int(script.lane[script.group_bounds[group]])
    cell = int(script.cell_bounds[lane]) + column
    return [
        slot
        for slot in _slots(script, group)
        if code_of(script.ledger, int(script.rows[slot]), column) is not None
        and (slot, cell) not in cells.dropped
    ]


def _excluding(script: Script, group: int, column: int) -> list[int]:
    """Find the slots of a group that demand something and do not name a column."""
    return [
        slot
        for slot in _slots(script, group)
        if script.ledger.demands[script.rows[slot]]
        and code_of(script.ledger, int(script.rows[slot]), column) is None
    ]


def code_of(ledger: Ledger, row: int, column: int) -> int | None:
    """Return the attitude code of a row on a column; None where it does not name it."""
    first, end = int(ledger.first_entry[row]), int(ledger.first_entry[row + 1])
    place = first + int(np.searchsorted(ledger.column[first:end], column))
    if place < end and ledger.column[place] == column:
        return int(ledger.code[place])
    return None


def track_until(track: Track | None, day: int) -> Track | None:
    """Return the part of a track up to a day; None where that is empty.

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
        layer.code[:rows], layer.explicit[:rows], layer.implied[:rows], layer.disputed[:rows]
    )


def codes_until(track: Track | None, width: int, day: int) -> Codes:
    """Return the attitude codes of a party on the columns of a topic on a day."""
    row = -1 if track is None else int(np.searchsorted(track.days, day, side="right")) - 1
    if track is None or row < 0:
        return np.full(width, SILENT, np.int8)
    codes: Codes = track.shown.code[row]
    return codes


@attrs.frozen(eq=False)
class DayChange:
    """The rows of one party on one topic that begin or cease to count on a day.

    Attributes:
        begun: rows of the ledger that count from this day on.
        ended: rows that lapse or no longer count from this day on.
        denied: whether one of those that no longer count is denied.
    """

    begun: Ints
    ended: Ints
    denied: bool

    @property
    def by_time_alone(self) -> bool:
        """Whether nothing was said or denied, so that only time can have changed the position."""
        return not len(self.begun) and not self.denied


def day_change(selection: Selection, pair: tuple[int, int], day: int) -> DayChange:
    """Find the rows of a party on a topic that begin or cease to count on a day.

    Arguments:
        selection: the rows that count under a reading.
        pair: the numbers of the party and the topic.
        day: the day, as a proleptic ordinal.
    """
    found = selection.ledger.rows_of(*pair)
    rows = np.arange(found.start, found.stop)
    rows = rows[selection.chosen[found.start : found.stop]]
    was, now = (selection.counting(rows, np.full(len(rows), d)) for d in (day - 1, day))
    lapsing = was & now & (selection.ledger.statements.until[rows] == day - 1)
    gone = selection.ledger.statements.number[rows[was & ~now]].tolist()
    denied = any(selection.denied([(statement, day) for statement in gone]))
    return DayChange(rows[now & ~was], rows[(was & ~now) | lapsing], denied)


def rows_about(selection: Selection, rows: Ints, columns: Flags) -> Ints:
    """Return the rows that bear on one of the columns, by naming it or by a demand."""
    ledger = selection.ledger
    kept = [
        row
        for row in rows.tolist()
        if ledger.demands[row]
        or columns[ledger.column[ledger.first_entry[row] : ledger.first_entry[row + 1]]].any()
    ]
    return np.array(kept, np.int64)

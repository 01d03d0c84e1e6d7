"""What turned from one day to the next: tracks cut at a day, and the words that made the turn."""

from __future__ import annotations

import attrs
import numpy as np

from positions.snapshots.ledger import SILENT, Codes, Flags, Ints
from positions.snapshots.tracks import Layer, Selection, Track


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

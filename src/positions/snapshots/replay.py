"""The rules by which statements add up to positions.

The unit of replay is a *lane*: one party on one topic as of one day. The statements of a
lane are read in order, in groups: what was said on one day is read together. The first
groups of all lanes are applied at once, then the second groups, and so on. So the number
of rounds is the number of groups in the longest lane, even for a million statements.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TypeVar

import attrs
import numpy as np
import numpy.typing as npt

from positions.snapshots.ledger import (
    ACCEPT,
    CONDITIONAL,
    DEMAND,
    REJECT,
    SILENT,
    Codes,
    Flags,
    Ints,
    Ledger,
    distinct,
    number_runs,
)

NOTHING = -1
"""Number in place of a group, where a cell rests on none."""

S = TypeVar("S", bound=np.generic)


@attrs.frozen(eq=False)
class Script:
    """The rows of some lanes, in the order in which they are read.

    A *slot* is an index into `rows`, `lapsed` and `lane`.

    Arguments:
        ledger: the ledger with all rows.
        rows: rows of the ledger, lane after lane; within a lane in the order of the
            ledger, except that in each group the lapsed rows precede those in force.
        lapsed: whether each of these rows has lapsed by the day of its lane.
        lane: the lane of each of these rows, counted from 0.
        topics: the topic of each lane.
    """

    ledger: Ledger
    rows: Ints
    lapsed: Flags
    lane: Ints
    topics: Ints

    @functools.cached_property
    def group(self) -> Ints:
        """The group of each slot: a lane, a group of the ledger, and lapsed or in force."""
        return number_runs(self.lane, self.ledger.group[self.rows], self.lapsed)

    @functools.cached_property
    def group_bounds(self) -> Ints:
        """The first slot of each group, followed by the number of slots."""
        return np.append(np.flatnonzero(np.diff(self.group, prepend=-1)), len(self.rows))

    @functools.cached_property
    def cell_bounds(self) -> Ints:
        """The first cell of each lane, followed by the number of cells."""
        return np.append(0, np.cumsum(self.ledger.width[self.topics]))

    def keep(self, needed: Flags) -> Script:
        """Return the script with only the slots that are needed."""
        return attrs.evolve(
            self, rows=self.rows[needed], lapsed=self.lapsed[needed], lane=self.lane[needed]
        )

    @functools.cached_property
    def round_number(self) -> Ints:
        """The number of groups that precede that of each slot in its lane."""
        if not len(self.rows):
            return np.zeros(0, np.int64)
        first = run_starts(self.lane)
        lengths = np.diff(np.append(first, len(self.lane)))
        numbers: Ints = self.group - np.repeat(self.group[first], lengths)
        return numbers

    def rounds(self) -> Iterator[Ints]:
        """Yield the slots of the first group of every lane, then of the second, and so on."""
        if len(self.rows):
            order = np.argsort(self.round_number.astype(np.int32), kind="stable")
            bounds = np.flatnonzero(np.diff(self.round_number[order])) + 1
            yield from np.split(order, bounds)


def in_reading_order(ledger: Ledger, rows: Ints, lapsed: Flags, lane: Ints) -> Ints:
    """Return the order of rows in which the lapsed ones of a group precede those in force."""
    if not lapsed.any():
        return np.arange(len(rows))
    group = number_runs(lane, ledger.group[rows])
    return np.argsort(2 * group + ~lapsed, kind="stable")


@attrs.frozen(eq=False)
class Cells:
    """The cells at the end of each lane: one for every column of its topic.

    `explicit` and `implied` are the groups of the script on which a cell rests: the one
    that names it, and the one whose demand implies its rejection; `NOTHING` where there is
    none. `dropped` contains the pairs of slot and cell that count for nothing, because a
    vaguer repeat is no concession.
    """

    script: Script
    code: Codes
    explicit: Ints
    implied: Ints
    disputed: Flags
    dropped: frozenset[tuple[int, int]]


def replay(script: Script) -> Cells:
    """Read all lanes and return their cells at the end.

    The rules are those of docs/meanings.md, "How statements add up"; each is
    carried out by a method of `_Board`.
    """
    board = _Board(script)
    for slots in script.rounds():
        lapsed = script.lapsed[slots]
        board.lapse(slots[lapsed])
        board.apply(slots[~lapsed])
    return Cells(
        script, board.code, board.explicit, board.implied, board.disputed, frozenset(board.dropped)
    )


class _Board:
    """The cells of all lanes during the replay."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.ledger = script.ledger
        size = int(script.cell_bounds[-1])
        self.lane_of = np.repeat(np.arange(len(script.topics)), np.diff(script.cell_bounds))
        self.code = np.full(size, SILENT, np.int8)
        self.explicit = np.full(size, NOTHING, np.int64)
        self.implied = np.full(size, NOTHING, np.int64)
        self.disputed = np.zeros(size, bool)
        self.demanded = np.zeros(size, bool)
        self.mark = np.zeros(max(size, len(script.rows)), bool)
        self.group_of_lane = np.full(len(script.topics), NOTHING, np.int64)
        self.dropped: set[tuple[int, int]] = set()

    # ------------------------------------------------------------ slots, lanes and cells

    def entries(self, slots: Ints) -> tuple[Ints, Ints, Codes]:
        """Return the slot, the cell and the attitude code of every entry of these slots."""
        rows = self.script.rows[slots]
        owner, entry = expand_ranges(
            self.ledger.first_entry[rows], self.ledger.first_entry[rows + 1]
        )
        start = self.script.cell_bounds[self.script.lane[slots]]
        return slots[owner], start[owner] + self.ledger.column[entry], self.ledger.code[entry]

    def cells_of(self, lanes: Ints) -> Ints:
        """Return all cells of some lanes."""
        bounds = self.script.cell_bounds
        return expand_ranges(bounds[lanes], bounds[lanes + 1])[1]

    def demanding(self, slots: Ints) -> Ints:
        """Return the slots that demand something."""
        return slots[self.ledger.demands[self.script.rows[slots]] > 0]

    def group_of(self, cells: Ints) -> Ints:
        """Return the group that is being read in the lane of each cell."""
        return self.group_of_lane[self.lane_of[cells]]

    # ------------------------------------------------------------ the rules

    def lapse(self, slots: Ints) -> None:
        """Clear the acceptances that preceded lapsed statements, on the options that these set.

        A lapse restores earlier demands and rejections, but no earlier acceptance.
        """
        if len(slots):
            _, named, _ = self.entries(slots)
            implied = self.cells_of(self.script.lane[self.demanding(slots)])
            cells = np.concatenate((named, implied))
            code = self.code[cells]
            self.clear(cells[(code == CONDITIONAL) | (code == ACCEPT)])

    def apply(self, slots: Ints) -> None:
        """Read together the statements of each lane in this round."""
        if not len(slots):
            return
        self.group_of_lane[self.script.lane[slots]] = self.script.group[slots]
        slot, named, codes = self.entries(slots)
        kept = self.kept(slot, named, codes)
        cells, values, disputed = resolved(named[kept], codes[kept])
        self.withdraw(cells[values == SILENT])
        self.imply(self.excluded(slots, named[~kept], cells))
        self.set_explicit(cells, values, disputed)
        self.remember_demands(slots, named[kept & (codes == DEMAND)])

    def kept(self, slot: Ints, cells: Ints, codes: Codes) -> Flags:
        """Return which entries count; a vaguer repeat is no concession.

        A demand for one of several options does not lift the party's own explicit
        rejection of one of them where another of them is demanded already.
        """
        several = (codes == DEMAND) & (self.ledger.demands[self.script.rows[slot]] > 1)
        refused = several & (self.code[cells] == REJECT) & (self.explicit[cells] != NOTHING)
        if not refused.any():
            return np.ones(len(slot), bool)
        repeating = slot[several & (self.code[cells] == DEMAND)]
        self.mark[repeating] = True
        dropped = refused & self.mark[slot]
        self.mark[repeating] = False
        self.dropped.update(zip(slot[dropped].tolist(), cells[dropped].tolist(), strict=True))
        kept: Flags = ~dropped
        return kept

    def withdraw(self, cells: Ints) -> None:
        """Clear implied rejections where the last of the demanded options is withdrawn."""
        struck = cells[self.demanded[cells]]
        if len(struck):
            self.demanded[struck] = False
            lanes = distinct(self.lane_of[struck])
            whole = self.cells_of(lanes)
            left = distinct(self.lane_of[whole[self.demanded[whole]]])
            fallen = self.cells_of(np.setdiff1d(lanes, left, assume_unique=True))
            self.clear(
                fallen[(self.implied[fallen] != NOTHING) & (self.explicit[fallen] == NOTHING)]
            )
            self.implied[fallen] = NOTHING

    def excluded(self, slots: Ints, dropped: Ints, named: Ints) -> Ints:
        """Find the cells that the demands of these slots exclude: all that no entry names.

        A cell whose entries were dropped is spared only if every demand of the day names it.

        Arguments:
            slots: the slots that are read in this round.
            dropped: the cell of each entry that was dropped.
            named: the cells of the other entries.
        """
        lanes, asking = np.unique(self.script.lane[self.demanding(slots)], return_counts=True)
        spared, times = np.unique(dropped, return_counts=True)
        place = np.searchsorted(lanes, self.lane_of[spared])
        taken = np.concatenate((named, spared[times == asking[place]]))
        self.mark[taken] = True
        cells = self.cells_of(lanes)
        excluded = cells[~self.mark[cells]]
        self.mark[taken] = False
        return excluded

    def imply(self, cells: Ints) -> None:
        """Set implied rejections; an explicit rejection stays explicit, and then rests on both."""
        bare = cells[(self.code[cells] != REJECT) | (self.explicit[cells] == NOTHING)]
        self.code[bare] = REJECT
        self.explicit[bare] = NOTHING
        self.disputed[bare] = False
        self.implied[cells] = self.group_of(cells)

    def set_explicit(self, cells: Ints, values: Codes, disputed: Flags) -> None:
        """Set explicit attitudes, which replace the cells altogether."""
        self.code[cells] = values
        self.explicit[cells] = self.group_of(cells)
        self.implied[cells] = NOTHING
        self.disputed[cells] = disputed

    def remember_demands(self, slots: Ints, demanded: Ints) -> None:
        """Record which options the latest demand named, in case they are withdrawn."""
        self.demanded[self.cells_of(self.script.lane[self.demanding(slots)])] = False
        self.demanded[demanded] = True

    def clear(self, cells: Ints) -> None:
        """Set cells to silent."""
        self.code[cells] = SILENT
        self.explicit[cells] = NOTHING
        self.implied[cells] = NOTHING
        self.disputed[cells] = False


def resolved(cells: Ints, codes: Codes) -> tuple[Ints, Codes, Flags]:
    """Combine the entries on each cell: the lowest level counts.

    Demand and accept are one level; where both occur, the cell is demanded.

    Returns:
        The cells, each once; their attitude codes; whether the entries on each cell differ
        in level.
    """
    if not len(cells) or (np.diff(cells) > 0).all():
        return cells, codes, np.zeros(len(cells), bool)
    order = np.argsort(cells, kind="stable")
    cells, codes = cells[order], codes[order]
    starts = np.flatnonzero(np.diff(cells, prepend=-1))
    low, high = np.minimum.reduceat(codes, starts), np.maximum.reduceat(codes, starts)
    agree = low >= ACCEPT
    return cells[starts], np.where(agree, high, low), (low != high) & ~agree


def expand_ranges(first: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Expand ranges: return for every number in them the index of its range, and the number."""
    lengths = end - first
    owner = np.repeat(np.arange(len(first)), lengths)
    before = np.cumsum(lengths) - lengths
    return owner, np.arange(len(owner)) - before[owner] + first[owner]


def run_starts(sorted_keys: npt.NDArray[S]) -> Ints:
    """Return the index at which each run of equal keys starts."""
    if not len(sorted_keys):
        return np.zeros(0, np.int64)
    return np.append(0, np.flatnonzero(sorted_keys[1:] != sorted_keys[:-1]) + 1)

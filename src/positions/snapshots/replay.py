"""The rules by which statements add up to positions.

Replay is local to a *lane*: one party on one topic as of one day. The words of a
lane are read in order, in groups: what was said on one day is read together. The
first groups of all lanes are applied at once, then the second, and so on; so a
million words cost as many rounds as the longest lane has groups, and no more.
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
"""The group of a cell on which nothing rests."""

S = TypeVar("S", bound=np.generic)


@attrs.frozen(eq=False)
class Script:
    """The words of some lanes, in the order in which they are read.

    Arguments:
        ledger: where the words stand.
        words: rows of the ledger, lane after lane; within a lane in the ledger's
            order, but of one group the lapsed words before those that stand.
        lapsed: whether each of these words has lapsed by the day of its lane.
        lane: the lane of each of these words, counted from 0.
        topics: the topic of each lane.
    """

    ledger: Ledger
    words: Ints
    lapsed: Flags
    lane: Ints
    topics: Ints

    @functools.cached_property
    def group(self) -> Ints:
        """Number the groups that are read together: one lane, one sitting, lapsed or not."""
        return number_runs(self.lane, self.ledger.sitting[self.words], self.lapsed)

    @functools.cached_property
    def group_bounds(self) -> Ints:
        """Give the first word of each group, and the number of words at the end."""
        return np.append(np.flatnonzero(np.diff(self.group, prepend=-1)), len(self.words))

    @functools.cached_property
    def cell_bounds(self) -> Ints:
        """Give the first cell of each lane, and the number of cells at the end."""
        return np.append(0, np.cumsum(self.ledger.width[self.topics]))

    def keep(self, needed: Flags) -> Script:
        """Give the script without the words that are not needed."""
        return attrs.evolve(
            self, words=self.words[needed], lapsed=self.lapsed[needed], lane=self.lane[needed]
        )

    @functools.cached_property
    def turn(self) -> Ints:
        """Count, for each word, the groups before its own in its lane."""
        if not len(self.words):
            return np.zeros(0, np.int64)
        first = bounds_of(self.lane)
        lengths = np.diff(np.append(first, len(self.lane)))
        turns: Ints = self.group - np.repeat(self.group[first], lengths)
        return turns

    def rounds(self) -> Iterator[Ints]:
        """Give the words of the first group of every lane, then of the second, and so on."""
        if len(self.words):
            order = np.argsort(self.turn.astype(np.int32), kind="stable")
            bounds = np.flatnonzero(np.diff(self.turn[order])) + 1
            yield from np.split(order, bounds)


def in_reading_order(ledger: Ledger, words: Ints, lapsed: Flags, lane: Ints) -> Ints:
    """Sort words of lanes so that the lapsed ones of a group come before those that stand."""
    if not lapsed.any():
        return np.arange(len(words))
    sitting = number_runs(lane, ledger.sitting[words])
    return np.argsort(2 * sitting + ~lapsed, kind="stable")


@attrs.frozen(eq=False)
class Cells:
    """What stands at the end of each lane: one cell for every column of its topic.

    `worded` and `implied` are the groups of the script on which a cell rests: the one
    that says it in words, and the one whose demand implies it; `NOTHING` where none.
    `dropped` are the words, with the cell, that are no concession and count for nothing.
    """

    script: Script
    code: Codes
    worded: Ints
    implied: Ints
    disputed: Flags
    dropped: frozenset[tuple[int, int]]


def replay(script: Script) -> Cells:
    """Read the words of all lanes and give what stands in the end.

    The rules are those of the reference, "How statements add up"; each has a method
    of `_Board` that carries it out.
    """
    board = _Board(script)
    for words in script.rounds():
        lapsed = script.lapsed[words]
        board.lapse(words[lapsed])
        board.speak(words[~lapsed])
    return Cells(
        script, board.code, board.worded, board.implied, board.disputed, frozenset(board.dropped)
    )


class _Board:
    """The cells of all lanes while the words are read."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.ledger = script.ledger
        size = int(script.cell_bounds[-1])
        self.lane_of = np.repeat(np.arange(len(script.topics)), np.diff(script.cell_bounds))
        self.code = np.full(size, SILENT, np.int8)
        self.worded = np.full(size, NOTHING, np.int64)
        self.implied = np.full(size, NOTHING, np.int64)
        self.disputed = np.zeros(size, bool)
        self.demanded = np.zeros(size, bool)
        self.mark = np.zeros(max(size, len(script.words)), bool)
        self.group_of_lane = np.full(len(script.topics), NOTHING, np.int64)
        self.dropped: set[tuple[int, int]] = set()

    # ------------------------------------------------------------ where words point

    def entries(self, words: Ints) -> tuple[Ints, Ints, Codes]:
        """Give for every entry of these words: the word, the cell, the attitude."""
        rows = self.script.words[words]
        owner, entry = spread(self.ledger.first_entry[rows], self.ledger.first_entry[rows + 1])
        start = self.script.cell_bounds[self.script.lane[words]]
        return words[owner], start[owner] + self.ledger.column[entry], self.ledger.said[entry]

    def whole(self, lanes: Ints) -> Ints:
        """Give all cells of some lanes."""
        bounds = self.script.cell_bounds
        return spread(bounds[lanes], bounds[lanes + 1])[1]

    def demanding(self, words: Ints) -> Ints:
        """Choose the words that demand something."""
        return words[self.ledger.demands[self.script.words[words]] > 0]

    def group_at(self, cells: Ints) -> Ints:
        """Give the group that is read in the lane of each cell."""
        return self.group_of_lane[self.lane_of[cells]]

    # ------------------------------------------------------------ the rules

    def lapse(self, words: Ints) -> None:
        """Where a lapsed word had set an option, an earlier acceptance does not come back.

        Earlier demands and rejections stand again by themselves.
        """
        if len(words):
            _, named, _ = self.entries(words)
            implied = self.whole(self.script.lane[self.demanding(words)])
            cells = np.concatenate((named, implied))
            code = self.code[cells]
            self.silence(cells[(code == CONDITIONAL) | (code == ACCEPT)])

    def speak(self, words: Ints) -> None:
        """Read together what each lane says in this round."""
        if not len(words):
            return
        self.group_of_lane[self.script.lane[words]] = self.script.group[words]
        word, named, said = self.entries(words)
        kept = self.kept(word, named, said)
        cells, values, disputed = resolved(named[kept], said[kept])
        self.withdraw(cells[values == SILENT])
        self.imply(self.excluded(words, named[~kept], cells))
        self.state(cells, values, disputed)
        self.remember(words, named[kept & (said == DEMAND)])

    def kept(self, word: Ints, cells: Ints, said: Codes) -> Flags:
        """Drop what a vaguer repeat would lift: it is no concession.

        A demand for one of several options leaves the party's own rejection in words
        of one of them alone where another of them is demanded already.
        """
        several = (said == DEMAND) & (self.ledger.demands[self.script.words[word]] > 1)
        refused = several & (self.code[cells] == REJECT) & (self.worded[cells] != NOTHING)
        if not refused.any():
            return np.ones(len(word), bool)
        repeating = word[several & (self.code[cells] == DEMAND)]
        self.mark[repeating] = True
        dropped = refused & self.mark[word]
        self.mark[repeating] = False
        self.dropped.update(zip(word[dropped].tolist(), cells[dropped].tolist(), strict=True))
        kept: Flags = ~dropped
        return kept

    def withdraw(self, cells: Ints) -> None:
        """Where the last option that was demanded is withdrawn, what the demand implied falls."""
        struck = cells[self.demanded[cells]]
        if len(struck):
            self.demanded[struck] = False
            lanes = distinct(self.lane_of[struck])
            whole = self.whole(lanes)
            left = distinct(self.lane_of[whole[self.demanded[whole]]])
            fallen = self.whole(np.setdiff1d(lanes, left, assume_unique=True))
            self.silence(
                fallen[(self.implied[fallen] != NOTHING) & (self.worded[fallen] == NOTHING)]
            )
            self.implied[fallen] = NOTHING

    def excluded(self, words: Ints, dropped: Ints, worded: Ints) -> Ints:
        """Find what demands exclude: all that they do not name and nobody says in words.

        Of what is named and not said, because it was dropped, only that which every
        demand of the day names is spared.
        """
        lanes, asking = np.unique(self.script.lane[self.demanding(words)], return_counts=True)
        spared, times = np.unique(dropped, return_counts=True)
        place = np.searchsorted(lanes, self.lane_of[spared])
        taken = np.concatenate((worded, spared[times == asking[place]]))
        self.mark[taken] = True
        cells = self.whole(lanes)
        excluded = cells[~self.mark[cells]]
        self.mark[taken] = False
        return excluded

    def imply(self, cells: Ints) -> None:
        """Reject by implication; a rejection in words stays one, and then rests on both."""
        bare = cells[(self.code[cells] != REJECT) | (self.worded[cells] == NOTHING)]
        self.code[bare] = REJECT
        self.worded[bare] = NOTHING
        self.disputed[bare] = False
        self.implied[cells] = self.group_at(cells)

    def state(self, cells: Ints, values: Codes, disputed: Flags) -> None:
        """Set what is said in words; it replaces what stood there."""
        self.code[cells] = values
        self.worded[cells] = self.group_at(cells)
        self.implied[cells] = NOTHING
        self.disputed[cells] = disputed

    def remember(self, words: Ints, demanded: Ints) -> None:
        """Keep which options the latest demand named, for the day it is withdrawn."""
        self.demanded[self.whole(self.script.lane[self.demanding(words)])] = False
        self.demanded[demanded] = True

    def silence(self, cells: Ints) -> None:
        """Leave nothing said of these cells."""
        self.code[cells] = SILENT
        self.worded[cells] = NOTHING
        self.implied[cells] = NOTHING
        self.disputed[cells] = False


def resolved(cells: Ints, said: Codes) -> tuple[Ints, Codes, Flags]:
    """Read together what is said in words of each cell: the lower level counts.

    Demand and accept are one level; where both are said, the cell is demanded.

    Returns:
        The cells, each once; its attitude; whether attitudes of different levels were said.
    """
    if not len(cells) or (np.diff(cells) > 0).all():
        return cells, said, np.zeros(len(cells), bool)
    order = np.argsort(cells, kind="stable")
    cells, said = cells[order], said[order]
    starts = np.flatnonzero(np.diff(cells, prepend=-1))
    low, high = np.minimum.reduceat(said, starts), np.maximum.reduceat(said, starts)
    agree = low >= ACCEPT
    return cells[starts], np.where(agree, high, low), (low != high) & ~agree


def spread(first: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Write out ranges: for every number in them the range it is in, and the number."""
    lengths = end - first
    owner = np.repeat(np.arange(len(first)), lengths)
    before = np.cumsum(lengths) - lengths
    return owner, np.arange(len(owner)) - before[owner] + first[owner]


def bounds_of(sorted_keys: npt.NDArray[S]) -> Ints:
    """Tell where each run of equal keys begins."""
    if not len(sorted_keys):
        return np.zeros(0, np.int64)
    return np.append(0, np.flatnonzero(sorted_keys[1:] != sorted_keys[:-1]) + 1)

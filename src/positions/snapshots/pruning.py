"""Leaving out statements that a later demand has made irrelevant, before a replay.

A round of replay costs about the same however few lanes take part in it, so a few very
long lanes would dominate the time. What is left out here changes no cell.
"""

from __future__ import annotations

import attrs
import numpy as np

from positions.snapshots.ledger import DEMAND, REJECT, Flags, Ints, distinct
from positions.snapshots.replay import NOTHING, Script, expand_ranges

MIN_GROUPS = 16
"""Number of groups in the longest lane from which pruning saves time."""


def pruned(script: Script) -> Script:
    """Return the script without the statements that a later demand has made irrelevant.

    A day on which every demand is for one option settles the whole topic: of what was
    said before, only explicit rejections persist. So of the groups before the last such
    day of a lane, only the latest to name each cell are needed. Where a demand for one of
    several options may or may not have lifted a rejection, the settling day before that
    is tried.
    """
    if not len(script.rows) or script.round_number.max() < MIN_GROUPS:
        return script
    first = script.group_bounds[:-1]
    mentions = _Mentions.of(script)
    most = np.maximum.reduceat(script.ledger.demands[script.rows], first)
    settling = np.append(NOTHING, np.flatnonzero((most == 1) & ~script.lapsed[first]))
    begins = np.searchsorted(script.lane[first], np.arange(len(script.topics)))
    since = np.searchsorted(script.lane[first], np.arange(len(script.topics)), side="right")
    bounds = script.cell_bounds
    latest = np.full(int(bounds[-1]), NOTHING)
    undecided = np.arange(len(script.topics))
    while len(undecided):
        found = settling[np.searchsorted(settling, since[undecided]) - 1]
        since[undecided] = np.maximum(found, begins[undecided])
        mentions = mentions.of_lanes(undecided)
        earlier = mentions.before(since)
        latest[expand_ranges(bounds[undecided], bounds[undecided + 1])[1]] = NOTHING
        undecided = earlier.decide(latest)
    needed = script.group >= since[script.lane]
    groups = np.zeros(len(first), bool)
    groups[latest[latest != NOTHING]] = True
    return script.keep(needed | groups[script.group])


@attrs.frozen(eq=False)
class _Mentions:
    """The entries of a script: the lane, the cell and the group of each, and two flags.

    `rejects` marks rejections; `uncertain` marks demands for one of several options, which
    may count for nothing.
    """

    lane: Ints
    cell: Ints
    group: Ints
    rejects: Flags
    uncertain: Flags

    @classmethod
    def of(cls, script: Script) -> _Mentions:
        ledger, rows = script.ledger, script.rows
        slot, entry = expand_ranges(ledger.first_entry[rows], ledger.first_entry[rows + 1])
        in_force = ~script.lapsed[slot]
        slot, entry = slot[in_force], entry[in_force]
        lane, code = script.lane[slot], ledger.code[entry]
        return cls(
            lane,
            script.cell_bounds[lane] + ledger.column[entry],
            script.group[slot],
            code == REJECT,
            (code == DEMAND) & (ledger.demands[rows[slot]] > 1),
        )

    def take(self, chosen: Flags) -> _Mentions:
        return _Mentions(*(column[chosen] for column in attrs.astuple(self, recurse=False)))

    def of_lanes(self, lanes: Ints) -> _Mentions:
        wanted = np.zeros(int(self.lane[-1]) + 1 if len(self.lane) else 0, bool)
        wanted[lanes[lanes < len(wanted)]] = True
        return self if wanted.all() else self.take(wanted[self.lane])

    def before(self, group: Ints) -> _Mentions:
        return self.take(self.group < group[self.lane])

    def decide(self, latest: Ints) -> Ints:
        """Set the latest group that names each cell for certain; return the undecided lanes."""
        certain = ~self.uncertain
        latest[self.cell[certain]] = self.group[certain]
        last = self.group == latest[self.cell]
        rejected = np.zeros(len(latest), bool)
        rejected[self.cell[last & self.rejects]] = True
        doubt = self.uncertain & rejected[self.cell] & (self.group >= latest[self.cell])
        return distinct(self.lane[doubt])

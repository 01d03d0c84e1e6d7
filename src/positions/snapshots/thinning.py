"""Words that a later demand has made void need not be read.

Rounds of replay cost about the same however few lanes are left in them, so a few very
long lanes would hold up all others. What is left out here changes no cell.
"""

from __future__ import annotations

import attrs
import numpy as np

from positions.snapshots.ledger import DEMAND, REJECT, Flags, Ints, distinct
from positions.snapshots.replay import NOTHING, Script, spread

DEEP = 16
"""From how many groups in one lane on it pays to look for words that are void."""


def essential(script: Script) -> Script:
    """Leave out the words that a later demand has made void.

    A day on which every demand is for one option settles the whole topic: of what was
    said before, only rejections in words outlast it. So of the words before the last such
    day of a lane none is needed but the latest on each cell. Where a demand for one of
    several options may or may not have lifted a rejection, the day before is tried.
    """
    if not len(script.words) or script.turn.max() < DEEP:
        return script
    first = script.group_bounds[:-1]
    named = _Named.of(script)
    most = np.maximum.reduceat(script.ledger.demands[script.words], first)
    settling = np.append(NOTHING, np.flatnonzero((most == 1) & ~script.lapsed[first]))
    begins = np.searchsorted(script.lane[first], np.arange(len(script.topics)))
    since = np.searchsorted(script.lane[first], np.arange(len(script.topics)), side="right")
    latest = np.full(int(script.cell_bounds[-1]), NOTHING)
    doubtful = np.arange(len(script.topics))
    while len(doubtful):
        found = settling[np.searchsorted(settling, since[doubtful]) - 1]
        since[doubtful] = np.maximum(found, begins[doubtful])
        named = named.of_lanes(doubtful)
        earlier = named.before(since)
        latest[spread(script.cell_bounds[doubtful], script.cell_bounds[doubtful + 1])[1]] = NOTHING
        doubtful = earlier.decide(latest)
    needed = script.group >= since[script.lane]
    groups = np.zeros(len(first), bool)
    groups[latest[latest != NOTHING]] = True
    return script.keep(needed | groups[script.group])


@attrs.frozen(eq=False)
class _Named:
    """What is named in words: the lane, the cell, the group, whether refused, and whether loosely.

    Loose is a demand for one of several options, which may count for nothing.
    """

    lane: Ints
    cell: Ints
    group: Ints
    refused: Flags
    loose: Flags

    @classmethod
    def of(cls, script: Script) -> _Named:
        ledger, rows = script.ledger, script.words
        word, entry = spread(ledger.first_entry[rows], ledger.first_entry[rows + 1])
        heard = ~script.lapsed[word]
        word, entry = word[heard], entry[heard]
        lane, said = script.lane[word], ledger.said[entry]
        return cls(
            lane,
            script.cell_bounds[lane] + ledger.column[entry],
            script.group[word],
            said == REJECT,
            (said == DEMAND) & (ledger.demands[rows[word]] > 1),
        )

    def take(self, chosen: Flags) -> _Named:
        return _Named(*(column[chosen] for column in attrs.astuple(self, recurse=False)))

    def of_lanes(self, lanes: Ints) -> _Named:
        wanted = np.zeros(int(self.lane[-1]) + 1 if len(self.lane) else 0, bool)
        wanted[lanes[lanes < len(wanted)]] = True
        return self if wanted.all() else self.take(wanted[self.lane])

    def before(self, group: Ints) -> _Named:
        return self.take(self.group < group[self.lane])

    def decide(self, latest: Ints) -> Ints:
        """Set the latest group that names each cell firmly; give the lanes that stay in doubt."""
        firm = ~self.loose
        latest[self.cell[firm]] = self.group[firm]
        last = self.group == latest[self.cell]
        refused = np.zeros(len(latest), bool)
        refused[self.cell[last & self.refused]] = True
        doubt = self.loose & refused[self.cell] & (self.group >= latest[self.cell])
        return distinct(self.lane[doubt])

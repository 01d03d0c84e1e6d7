"""Which sums of one option a topic are not beaten, found without going through all packages.

A package is worth to each party the sum of what its options are worth. If the beginning
of a package is beaten by another beginning, so is the package; so topics are added one by
one, and what is beaten is dropped each time. The numbers are whole, so nothing is rounded.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from positions.snapshots.ledger import Flags, Ints

Amounts = npt.NDArray[Any]
"""Whole numbers, packages × parties: of 64 bits, or Python's own where these might not do."""
SAFE = 2**62
"""Sums up to here fit into 64 bits, with room for a difference of two."""


@attrs.frozen(eq=False)
class Sums:
    """Packages of which none is beaten, each worth something else, in the order of the file.

    `values` are what they are worth (packages × parties), `choices` the number of the
    option on each topic (packages × topics), and `counts` how many packages are worth
    the same; the one that is shown is the first of them.
    """

    values: Amounts
    choices: Ints
    counts: Amounts


def best_sums(worth: Sequence[Sequence[Sequence[int]]], parties: int) -> Sums:
    """Find the packages that no other package beats.

    One beats another if it is worth at least as much to every party and more to one.

    Arguments:
        worth: for each topic, for each option, what it is worth to each party.
        parties: how many parties there are.

    >>> found = best_sums([[[3, 0], [0, 1]], [[1, 0], [0, 3]]], 2)
    >>> found.values.tolist(), found.choices.tolist()
    ([[4, 0], [3, 3], [0, 4]], [[0, 0], [0, 1], [1, 1]])
    """
    kind = np.int64 if _bound(worth) < SAFE else np.object_
    start = np.zeros((1, parties), kind)
    found = Sums(start, np.zeros((1, 0), np.int64), np.ones(1, np.object_))
    for options in worth:
        found = _unbeaten(_extended(found, np.array(options, kind)))
    return found


def _bound(worth: Sequence[Sequence[Sequence[int]]]) -> int:
    """Give a number that no sum exceeds, whatever its sign."""
    return sum(max(abs(v) for option in topic for v in option) for topic in worth)


def _extended(sums: Sums, options: Amounts) -> Sums:
    """Add every option of one more topic to every package; what comes first stays first."""
    useful = np.flatnonzero(~_beaten_options(options))
    old = np.repeat(np.arange(len(sums.values)), len(useful))
    new = np.tile(useful, len(sums.values))
    return Sums(
        sums.values[old] + options[new],
        np.column_stack([sums.choices[old], new]),
        sums.counts[old],
    )


def _beaten_options(options: Amounts) -> Flags:
    """Mark the options of one topic that another one beats: no package needs them."""
    one, other = options[:, None], options[None, :]
    beaten = np.all(one <= other, axis=2) & np.any(one < other, axis=2)
    return np.asarray(np.any(beaten, axis=1), bool)


def _unbeaten(sums: Sums) -> Sums:
    """Keep the first of all packages of one worth, and only those that are not beaten."""
    order = falling(sums.values)
    ordered = sums.values[order]
    different = (ordered[1:] != ordered[:-1]).any(axis=1)
    starts = np.flatnonzero(np.append(True, different))
    kept = starts[unbeaten(ordered[starts])]
    counts = np.add.reduceat(sums.counts[order], starts)[np.searchsorted(starts, kept)]
    back = np.argsort(order[kept])
    first = order[kept][back]
    return Sums(sums.values[first], sums.choices[first], counts[back])


def falling(rows: Amounts) -> Ints:
    """Sort rows by their columns, first column first, the greatest first; equals stay in order."""
    order = np.arange(len(rows))
    for column in reversed(range(rows.shape[1])):
        order = order[np.argsort(-rows[order, column], kind="stable")]
    return order


def unbeaten(rows: Amounts) -> Ints:
    """List the rows that no other row beats.

    Arguments:
        rows: different rows in falling order.
    """
    ways = {2: _unbeaten_pairs, 3: _unbeaten_triples}
    return ways.get(rows.shape[1], unbeaten_by_culling)(rows)


def _unbeaten_pairs(rows: Amounts) -> Ints:
    """Of rows with two columns, keep those with more in the second than all rows before."""
    best = np.maximum.accumulate(rows[:, 1])
    return np.flatnonzero(np.append(True, rows[1:, 1] > best[:-1]))


def _unbeaten_triples(rows: Amounts) -> Ints:
    """Of rows with three columns, keep those that rise above the stairs of the rows before.

    The stairs are the unbeaten pairs of the second and third column so far, the second
    rising and the third falling.
    """
    seconds: list[int] = []
    thirds: list[int] = []
    kept: list[int] = []
    for number, (_, second, third) in enumerate(rows.tolist()):
        end = start = bisect.bisect_left(seconds, second)
        if end < len(seconds) and thirds[end] >= third:
            continue
        while start and thirds[start - 1] <= third:
            start -= 1
        end += end < len(seconds) and seconds[end] == second
        seconds[start:end], thirds[start:end] = [second], [third]
        kept.append(number)
    return np.array(kept, np.int64)


def unbeaten_by_culling(rows: Amounts) -> Ints:
    """Of rows with any number of columns, keep the one of the greatest sum, drop what it beats.

    And so on with the rest: what beats a row has the greater sum.
    """
    left = np.argsort(-rows.sum(axis=1), kind="stable")
    kept: list[int] = []
    while len(left):
        kept.append(int(left[0]))
        left = left[(rows[left] > rows[left[0]]).any(axis=1)]
    return np.array(sorted(kept), np.int64)

"""Undominated packages, found without enumerating all of them.

The utility of a package is the sum of the utilities of its options. If a partial package is
dominated by another, so is every completion of it; therefore topics are added one by one,
and dominated partial packages are dropped each time. All numbers are integers, so nothing is
rounded.
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
"""Integers, packages × parties: of 64 bits, or Python integers if these could overflow."""
SAFE = 2**62
"""Bound below which sums, and differences of two sums, fit into 64 bits."""


@attrs.frozen(eq=False)
class Sums:
    """Undominated packages with different utilities, in the order of the file.

    `values` are their utilities (packages × parties), `choices` the number of the option on
    each topic (packages × topics), and `counts` the number of packages with the same
    utilities, of which this is the first.
    """

    values: Amounts
    choices: Ints
    counts: Amounts


def undominated_sums(worth: Sequence[Sequence[Sequence[int]]], parties: int) -> Sums:
    """Find the packages that no other package dominates.

    One package dominates another if its utility is at least as high for every party and
    higher for one.

    Arguments:
        worth: for each topic and each option, its utility for each party.
        parties: the number of parties.

    >>> found = undominated_sums([[[3, 0], [0, 1]], [[1, 0], [0, 3]]], 2)
    >>> found.values.tolist(), found.choices.tolist()
    ([[4, 0], [3, 3], [0, 4]], [[0, 0], [0, 1], [1, 1]])
    """
    dtype = np.int64 if _bound(worth) < SAFE else np.object_
    start = np.zeros((1, parties), dtype)
    found = Sums(start, np.zeros((1, 0), np.int64), np.ones(1, np.object_))
    for options in worth:
        found = _undominated(_extended(found, np.array(options, dtype)))
    return found


def _bound(worth: Sequence[Sequence[Sequence[int]]]) -> int:
    """Return an upper bound of the absolute value of all sums."""
    return sum(max(abs(v) for option in topic for v in option) for topic in worth)


def _extended(sums: Sums, options: Amounts) -> Sums:
    """Add every useful option of one more topic to every package, in the order of the file."""
    useful = np.flatnonzero(~_dominated_options(options))
    old = np.repeat(np.arange(len(sums.values)), len(useful))
    new = np.tile(useful, len(sums.values))
    return Sums(
        sums.values[old] + options[new],
        np.column_stack([sums.choices[old], new]),
        sums.counts[old],
    )


def _dominated_options(options: Amounts) -> Flags:
    """Flag the options of one topic that another one dominates: no package needs them."""
    one, other = options[:, None], options[None, :]
    dominated = np.all(one <= other, axis=2) & np.any(one < other, axis=2)
    return np.asarray(np.any(dominated, axis=1), bool)


def _undominated(sums: Sums) -> Sums:
    """Keep the undominated packages, and of those with the same utilities the first."""
    order = descending(sums.values)
    ordered = sums.values[order]
    different = (ordered[1:] != ordered[:-1]).any(axis=1)
    starts = np.flatnonzero(np.append(True, different))
    kept = starts[undominated(ordered[starts])]
    counts = np.add.reduceat(sums.counts[order], starts)[np.searchsorted(starts, kept)]
    back = np.argsort(order[kept])
    first = order[kept][back]
    return Sums(sums.values[first], sums.choices[first], counts[back])


def descending(rows: Amounts) -> Ints:
    """Return the indices that sort rows in descending lexicographic order; the sort is stable."""
    order = np.arange(len(rows))
    for column in reversed(range(rows.shape[1])):
        order = order[np.argsort(-rows[order, column], kind="stable")]
    return order


def undominated(rows: Amounts) -> Ints:
    """Return the indices of the rows that no other row dominates.

    Arguments:
        rows: different rows in descending order.
    """
    methods = {2: _undominated_pairs, 3: _undominated_triples}
    return methods.get(rows.shape[1], undominated_by_elimination)(rows)


def _undominated_pairs(rows: Amounts) -> Ints:
    """Of rows with two columns, keep those whose second value exceeds all previous ones."""
    best = np.maximum.accumulate(rows[:, 1])
    return np.flatnonzero(np.append(True, rows[1:, 1] > best[:-1]))


def _undominated_triples(rows: Amounts) -> Ints:
    """Of rows with three columns, keep those above the staircase of the previous rows.

    The staircase is the undominated pairs of second and third values so far, the second in
    ascending and the third in descending order.
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


def undominated_by_elimination(rows: Amounts) -> Ints:
    """Of rows with any number of columns, repeatedly keep the one with the greatest sum.

    The rows it dominates are dropped. No remaining row has a greater sum, so none dominates it.
    """
    left = np.argsort(-rows.sum(axis=1), kind="stable")
    kept: list[int] = []
    while len(left):
        kept.append(int(left[0]))
        left = left[(rows[left] > rows[left[0]]).any(axis=1)]
    return np.array(sorted(kept), np.int64)

"""Time of the histories of all pairs of parties, and of the timeline of the most vocal party.

On the bundled data, from the first statement to the end of the evidence:

- all pairs, all topics: the snapshot of the last day, all tracks, and every run of days in one
  relation, for each pair of parties on each topic
- one history: `history` of the two parties with most statements, on all topics
- one timeline: `timeline` of the party with most statements, on all topics

Shown are medians of alternating runs. The exit status is 1 if all pairs take more than a second,
or the timeline more than two.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import combinations

import numpy as np

import positions as pos
from positions.over_time.spells import spells

RUNS = 7
ALL_PAIRS, HISTORY, TIMELINE = "all pairs, all topics", "one history", "one timeline"
LIMITS = {ALL_PAIRS: 1.0, TIMELINE: 2.0}


def all_pairs(ds: pos.Dataset) -> int:
    """Count the periods with one relation, of each pair of parties on each topic."""
    snapshot = ds.at(ds.document.evidence_until)
    pairs = np.array(list(combinations(range(len(snapshot.parties)), 2)))
    first = min(statement.date.latest for statement in ds.statements).toordinal()
    found = spells(snapshot, snapshot.parties, pairs, snapshot.topics, first)
    return sum(map(len, found.values()))


def most_words(ds: pos.Dataset) -> list[str]:
    """List the parties by number of statements, largest first."""
    return [who for who, _ in Counter(p for s in ds.statements for p in s.parties).most_common()]


def seconds(question: Callable[[], int]) -> tuple[float, int]:
    """Return the elapsed time of an answer in seconds, and its number of rows."""
    start = time.perf_counter()
    rows = question()
    return time.perf_counter() - start, rows


def main() -> int:
    """Measure, and return the exit status."""
    ds = pos.load()
    one, other, *_ = most_words(ds)
    questions: dict[str, Callable[[], int]] = {
        ALL_PAIRS: lambda: all_pairs(ds),
        HISTORY: lambda: len(pos.history(ds, [one, other])),
        TIMELINE: lambda: len(pos.timeline(ds, one)),
    }
    runs: dict[str, list[tuple[float, int]]] = {name: [] for name in questions}
    for name in [*questions] * (RUNS + 1):  # the first round is a warm-up
        runs[name].append(seconds(questions[name]))
    medians = {name: statistics.median(t for t, _ in times[1:]) for name, times in runs.items()}
    print(f"{'medians':<24}{'ms':>8}{'rows':>10}   ({RUNS} runs each, in turn)")
    for name, median in medians.items():
        print(f"{name:<24}{median * 1000:>8.0f}{runs[name][-1][1]:>10,}")
    return int(any(medians[name] > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())

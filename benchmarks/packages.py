"""Time of packages, conflicts and concessions, against trying every package.

In the made-up data, parties agree on one option of each topic except for a few refusals; every
fourth acceptance is conditional on another topic. Small cases are also solved by trying all
packages, and by NegMAS if it is installed (`pip install negmas`, for this script and bargains.py
only): it enumerates its outcome space, with a utility far below all others where a party cannot
sign. All must find the same best affirmation. The exit status is 1 if a question takes longer than
its limit, or if an answer differs.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

import positions as pos
from positions import results

try:
    from negmas import make_issue, make_os
    from negmas.preferences import MappingUtilityFunction
    from negmas.preferences.ops import pareto_frontier
except ImportError:
    make_os = None

RUNS = 9
LIMITS = {"settlement": 0.05, "conflict": 0.05, "concessions": 1.0}
DAY = "2000-01-02"
AFFIRMS = (0.0, 0.0, 0.5, 1.0, 1.0)
"""Affirmation of each attitude, from reject to demand."""
NEVER = -1000.0
"""Worth of a package to a party that cannot sign it: below every sum of affirmations."""


def made(parties: int, topics: int, options: int, stuck: int, seed: int = 1) -> pos.Dataset:
    """Make a data set in which one party rejects what the others want on `stuck` topics."""
    chance = random.Random(seed)
    names = [f"o{n}" for n in range(options)]
    answers = [pos.Option(id=name, name=name, definition=name) for name in names]
    ids = [f"t{n}" for n in range(topics)]
    wanted = {topic: chance.randrange(options) for topic in ids}
    statements = []
    for number, topic in enumerate(ids):
        for party in range(parties):
            says = {name: chance.choice(["accept", "reject", "reject"]) for name in names}
            says[names[wanted[topic]]] = "accept"
            conditions: list[dict[str, Any]] = []
            if number < stuck and party == number % parties:
                says[names[wanted[topic]]] = "reject"
            elif chance.random() < 0.25:
                other = chance.choice([name for name in ids if name != topic])
                says[names[wanted[topic]]] = "conditional"
                need = {"topic": other, "options": [names[wanted[other]]]}
                conditions = [{"for": [names[wanted[topic]]], "all": [need]}]
            statements.append(
                pos.Statement(
                    id=f"s{number}-{party}",
                    parties=[f"P{party}"],
                    topic=topic,
                    date="2000-01-01",
                    says=says,
                    conditions=conditions,
                    summary="Made up.",
                    attribution="self",
                    sources=["made"],
                )
            )
    return pos.Dataset.of(
        parties=[pos.Party(id=f"P{n}", name=f"P{n}", kind="state") for n in range(parties)],
        topics=[
            pos.Topic(id=topic, name=topic, question=topic, kind="nominal", options=answers)
            for topic in ids
        ],
        sources=[
            pos.Source(
                id="made",
                title="Made up",
                publisher="Made up",
                published="2000-01-01",
                language="en",
                kind="press",
            )
        ],
        statements=statements,
    )


@dataclass(frozen=True)
class Words:
    """The positions of the parties in a made-up snapshot, as plain numbers.

    Arguments:
        topics: their ids.
        codes: for each topic attitudes, parties × options.
        needs: for each party, topic and option the options of other topics it is tied to.
    """

    topics: Sequence[str]
    codes: list[list[list[int]]]
    needs: dict[tuple[int, int, int], list[tuple[int, int]]]

    @classmethod
    def of(cls, snapshot: pos.Snapshot) -> Words:
        """Read the positions from a snapshot."""
        codes = [snapshot.codes_on(snapshot.parties, topic).tolist() for topic in snapshot.topics]
        needs = {
            (number, topic, option): [
                (snapshot.topics.index(str(c.topic)), int(c.options[0][1:]))
                for group in snapshot[party, name].cells[option].conditions
                for c in group
            ]
            for number, party in enumerate(snapshot.parties)
            for topic, name in enumerate(snapshot.topics)
            for option in range(len(codes[topic][0]))
        }
        return cls(snapshot.topics, codes, needs)

    def worth(self, party: int, package: Sequence[int]) -> float:
        """Return the affirmation of a package for a party; `NEVER` if it cannot sign."""
        said = [self.codes[topic][party][option] for topic, option in enumerate(package)]
        met = all(
            package[other] == wanted
            for topic, option in enumerate(package)
            for other, wanted in self.needs[party, topic, option]
        )
        return sum(map(AFFIRMS.__getitem__, said)) if met and min(said) > 0 else NEVER

    def best_by_trying(self) -> float:
        """Return the best affirmation by trying every package."""
        options = [range(len(rows[0])) for rows in self.codes]
        parties = range(len(self.codes[0]))
        return max(sum(self.worth(p, package) for p in parties) for package in product(*options))

    def best_by_negmas(self) -> float:
        """Return the best affirmation with NegMAS."""
        sizes = [len(rows[0]) for rows in self.codes]
        issues = [make_issue(size, topic) for size, topic in zip(sizes, self.topics, strict=True)]
        space = make_os(issues)
        functions = [
            MappingUtilityFunction(partial(self.worth, party), outcome_space=space)
            for party in range(len(self.codes[0]))
        ]
        points, _ = pareto_frontier(functions, list(space.enumerate_or_sample()))
        return float(max(map(sum, points)))


def median(question: Callable[[pos.Snapshot], object], ds: pos.Dataset) -> float:
    """Run a question several times, each on a new snapshot; return the median processor time."""
    times = []
    for _ in range(RUNS + 1):
        snapshot = ds.at(DAY)
        start = time.process_time()
        question(snapshot)
        times.append(time.process_time() - start)
    return statistics.median(times[1:])


def seconds(question: Callable[[], float]) -> tuple[float, float]:
    """Run a question once; return the processor time in seconds, and the answer."""
    start = time.process_time()
    answer = question()
    return time.process_time() - start, answer


def compare_small(topics: int) -> bool:
    """Solve a small case with every method, and return whether all agree."""
    ds = made(3, topics, 6, 0)
    settlement = pos.settle(ds.at(DAY), ds.at(DAY).parties)
    words = Words.of(ds.at(DAY))
    fast = median(lambda snapshot: pos.settle(snapshot, snapshot.parties), ds)
    others = {"by trying": words.best_by_trying}
    if make_os is not None:
        others["NegMAS"] = words.best_by_negmas
    timed = {name: seconds(question) for name, question in others.items()}
    same = all(answer == settlement.value for _, answer in timed.values())
    times = "; ".join(
        f"{name} {took * 1000:,.0f} ms, {took / fast:.1f} times"
        for name, (took, _) in timed.items()
    )
    print(
        f"3 parties, {topics} topics, {6**topics:,} packages: settle {fast * 1000:.1f} ms; "
        f"{times}; the same answer: {'yes' if same else 'NO'}"
    )
    return same


def main() -> int:
    """Measure, and return the exit status."""
    open_, stuck = made(10, 50, 6, 0), made(10, 50, 6, 2)
    assert isinstance(pos.settle(open_.at(DAY), open_.at(DAY).parties), results.Settlement)
    assert isinstance(pos.settle(stuck.at(DAY), stuck.at(DAY).parties), results.Conflict)
    found = {
        "settlement": median(lambda snapshot: pos.settle(snapshot, snapshot.parties), open_),
        "conflict": median(lambda snapshot: pos.settle(snapshot, snapshot.parties), stuck),
        "concessions": median(
            lambda snapshot: pos.concessions(snapshot, snapshot.parties, size=2), stuck
        ),
    }
    print(f"10 parties, 50 topics, 6 options; medians of {RUNS} runs")
    for name, seconds in found.items():
        print(f"{name:<14}{seconds * 1000:>9.1f} ms   wanted at most {LIMITS[name] * 1000:.0f} ms")
    small = [compare_small(topics) for topics in (3, 4, 5, 6)]
    late = any(seconds > LIMITS[name] for name, seconds in found.items())
    return int(late or not all(small))


if __name__ == "__main__":
    sys.exit(main())

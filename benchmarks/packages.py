"""How long packages, conflicts and concessions take, and what trying every package takes.

Made-up data: parties agree on one answer of each topic but for a few refusals; every
fourth acceptance is conditional on how another topic is settled. Exits with 1 where a
question takes longer than its limit.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from itertools import product
from typing import Any

import positions as pos

RUNS = 9
LIMITS = {"settlement": 0.05, "conflict": 0.05, "concessions": 1.0}
DAY = "2000-01-02"


def made(parties: int, topics: int, options: int, stuck: int, seed: int = 1) -> pos.Dataset:
    """Make a data set; on the first `stuck` topics one party refuses what the others want."""
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


def by_trying(ds: pos.Dataset) -> int:
    """Count the packages that all could sign by going through every one."""
    state = ds.at(DAY)
    codes = [state.codes_on(state.parties, topic) for topic in state.topics]
    widths = [range(rows.shape[1]) for rows in codes]
    needs = {
        (topic, column): [
            (state.topics.index(str(c.topic)), int(c.options[0][1:]))
            for party in state.parties
            for group in state[party, name].cells[column].conditions
            for c in group
        ]
        for topic, name in enumerate(state.topics)
        for column in widths[topic]
    }
    return sum(
        all(codes[t][:, o].min() > 0 for t, o in enumerate(package))
        and all(package[t] == o for place in enumerate(package) for t, o in needs[place])
        for package in product(*widths)
    )


def median(question: Callable[[pos.State], object], ds: pos.Dataset) -> float:
    """Ask several times, each of a fresh state, and give the median in seconds of the processor."""
    times = []
    for _ in range(RUNS + 1):
        state = ds.at(DAY)
        start = time.process_time()
        question(state)
        times.append(time.process_time() - start)
    return statistics.median(times[1:])


def main() -> int:
    """Measure, and say how it went."""
    open_, stuck = made(10, 50, 6, 0), made(10, 50, 6, 2)
    assert isinstance(pos.settle(open_.at(DAY), open_.at(DAY).parties), pos.Settlement)
    assert isinstance(pos.settle(stuck.at(DAY), stuck.at(DAY).parties), pos.Conflict)
    found = {
        "settlement": median(lambda state: pos.settle(state, state.parties), open_),
        "conflict": median(lambda state: pos.settle(state, state.parties), stuck),
        "concessions": median(lambda state: pos.concessions(state, state.parties, size=2), stuck),
    }
    print(f"10 parties, 50 topics, 6 options; medians of {RUNS} runs")
    for name, seconds in found.items():
        print(f"{name:<14}{seconds * 1000:>9.1f} ms   wanted at most {LIMITS[name] * 1000:.0f} ms")
    for topics in (4, 6):
        small = made(3, topics, 6, 0)
        start = time.process_time()
        by_trying(small)
        slow = time.process_time() - start
        fast = median(lambda state: pos.settle(state, state.parties), small)
        print(
            f"3 parties, {topics} topics: by trying {slow * 1000:.0f} ms, {slow / fast:.1f} times"
        )
    return int(any(seconds > LIMITS[name] for name, seconds in found.items()))


if __name__ == "__main__":
    sys.exit(main())

"""Time of the frontier of packages and the Nash solution, against a loop over all packages.

Two parties, topics of five options; weights from 1 to 100 and scores from 0 to 100, both whole, at
random from one seed each. Measured are three domains of twelve topics, 244,140,625 packages each,
and three of six topics, 15,625 packages each. For the latter the answer must equal that of a plain
loop over all packages, and the time is compared with that of the loop, and of NegMAS, which
computes with floats, if it is installed (`pip install negmas`, for this script only).

Twelve topics may take as long as the plain loop over six. The exit status is 1 if they take
longer, or if an answer differs.
"""

from __future__ import annotations

import itertools
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction

from positions import bargaining

try:
    from negmas import LinearAdditiveUtilityFunction, make_issue, make_os
    from negmas.preferences.ops import nash_points, pareto_frontier
except ImportError:
    make_os = None

LARGE, SMALL, OPTIONS, RUNS = 12, 6, 5, 5
Point = tuple[Fraction, ...]
Answer = tuple[set[Point], set[Point]]
"""The frontier, and the Nash solution: all packages with the largest product."""
Timed = list[tuple[float, Answer]]
"""For each domain the median time in seconds, and the answer."""


def domain(seed: int, topics: int) -> bargaining.Domain:
    """Make a random domain of two parties."""
    draw = random.Random(seed)
    names = [f"t{number}" for number in range(topics)]
    options = [f"o{number}" for number in range(OPTIONS)]
    return bargaining.Domain.of(
        {party: {topic: draw.randint(1, 100) for topic in names} for party in "AB"},
        {t: {o: {party: draw.randint(0, 100) for party in "AB"} for o in options} for t in names},
    )


def ours(given: bargaining.Domain) -> Answer:
    """Compute both with the library."""
    found = (bargaining.frontier(given), bargaining.nash(given))
    points = [{tuple(value for _, value in row.utilities) for row in rows} for rows in found]
    return points[0], points[1]


def loop(given: bargaining.Domain) -> Answer:
    """Compute both by sorting all packages by worth and keeping those not dominated."""
    worth = [[tuple(map(int, option)) for option in topic.worth] for topic in given.topics]
    points = {
        (sum(a for a, _ in package), sum(b for _, b in package))
        for package in itertools.product(*worth)
    }
    frontier, best = set(), -1
    for a, b in sorted(points, reverse=True):
        if b > best:
            frontier.add((Fraction(a), Fraction(b)))
            best = b
    most = max(a * b for a, b in frontier)
    return frontier, {(a, b) for a, b in frontier if a * b == most}


def negmas(given: bargaining.Domain) -> Answer:
    """Compute both with NegMAS; sums of whole numbers of this size are exact as floats."""
    issues = [make_issue(list(topic.options), topic.topic) for topic in given.topics]
    space = make_os(issues)
    functions = [
        LinearAdditiveUtilityFunction(
            {
                t.topic: {o: float(s[i]) for o, s in zip(t.options, t.scores, strict=True)}
                for t in given.topics
            },
            weights={t.topic: float(t.weights[i]) for t in given.topics},
            outcome_space=space,
            reserved_value=0.0,
        )
        for i in range(2)
    ]
    points, _ = pareto_frontier(functions, list(space.enumerate_or_sample()))
    ranges = [(0.0, max(values)) for values in zip(*points, strict=True)]
    best = nash_points(functions, points, ranges=ranges, outcome_space=space)
    return set(map(exactly, points)), {exactly(point) for point, _ in best}


def exactly(point: Sequence[float]) -> Point:
    """Convert floats to exact fractions."""
    return tuple(Fraction(value) for value in point)


def timed(
    call: Callable[[bargaining.Domain], Answer], domains: Sequence[bargaining.Domain]
) -> Timed:
    """Run a call several times on each domain."""
    found = []
    for given in domains:
        seconds = []
        for _ in range(RUNS):
            start = time.perf_counter()
            answer = call(given)
            seconds.append(time.perf_counter() - start)
        found.append((statistics.median(seconds), answer))
    return found


def print_line(name: str, domains: Sequence[bargaining.Domain], found: Timed) -> None:
    """Print a line with the medians and the sizes of the frontiers."""
    times = "".join(f"{1000 * seconds:9.1f}" for seconds, _ in found)
    sizes = ", ".join(str(len(frontier)) for _, (frontier, _) in found)
    print(f"{name:<12}{times}{domains[0].packages:>14,}   {sizes}")


def median(found: Timed) -> float:
    """Return the median time over the domains, in seconds."""
    return statistics.median(seconds for seconds, _ in found)


def main() -> int:
    """Measure, compare, and return the exit status."""
    small, large = ([domain(seed, topics) for seed in range(3)] for topics in (SMALL, LARGE))
    slow, fast, most = timed(loop, small), timed(ours, small), timed(ours, large)
    print(f"medians of {RUNS} runs, ms{'packages':>33}   on the frontier")
    print_line("plain loop", small, slow)
    print_line("positions", small, fast)
    print_line("positions", large, most)
    same = [answer for _, answer in slow] == [answer for _, answer in fast]
    if make_os is None:
        print("NegMAS is not installed, and is not compared.")
    else:
        other = timed(negmas, small)
        print_line("NegMAS", small, other)
        same &= [answer for _, answer in slow] == [answer for _, answer in other]
        print(f"\nNegMAS / positions on {SMALL} topics: {median(other) / median(fast):.1f}")
    print(f"\nthe same answers throughout: {'yes' if same else 'NO'}")
    print(f"plain loop / positions on {SMALL} topics: {median(slow) / median(fast):.1f}")
    ratio = median(most) / median(slow)
    print(f"{LARGE} topics / plain loop on {SMALL}: {ratio:.2f}, wanted at most 1")
    return int(not same or ratio > 1)


if __name__ == "__main__":
    sys.exit(main())

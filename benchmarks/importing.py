"""How long `import positions` takes, and what the first use adds to it.

Each line is a fresh interpreter, started in turn with the others; what an empty one takes is
subtracted. Beside it stand the libraries that every question needs, imported alone, since names of
the package are imported only when they are used. Exits with 1 where the import takes longer than
its limit.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 15
LIMIT = 0.25

LOAD = "import positions; ds = positions.load()"
CODES = {
    "import positions": "import positions",
    "its four libraries": "import attrs, numpy, pydantic, tabulate",
    "with load()": LOAD,
    "with a comparison": f"{LOAD}; positions.compare(ds.at('2025-06-02'), ['RUS', 'UKR'])",
    "with every name": "import positions; [getattr(positions, n) for n in positions.__all__]",
}
"""What is run, by what the table calls it."""


def seconds(code: str) -> float:
    """Run code in a fresh interpreter, and tell how long it took by the clock."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def main() -> int:
    """Measure, and say how it went."""
    times: dict[str, list[float]] = {name: [] for name in CODES}
    for _ in range(RUNS + 1):  # the first round only warms up
        empty = seconds("pass")
        for name, code in CODES.items():
            times[name].append(seconds(code) - empty)
    found = {name: statistics.median(taken[1:]) for name, taken in times.items()}
    print(f"medians of {RUNS} runs, ms, beyond an empty interpreter")
    for name, taken in found.items():
        print(f"{name:<22}{1000 * taken:>7.0f}")
    print(f"\nimport positions: wanted at most {1000 * LIMIT:.0f}")
    return int(found["import positions"] > LIMIT)


if __name__ == "__main__":
    sys.exit(main())

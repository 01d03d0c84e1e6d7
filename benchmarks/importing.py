"""How soon the program answers: its version, its help and a first table, in processor time.

Each is a fresh process, in turn with an empty interpreter and with the four libraries that the
package stands on, imported alone. What counts is the processor time of the whole process, and only
against the others of the same run, since other work on the machine slows all of them alike. Modules
are compiled once, before anything is measured, as those of an installed package are. Exits with 1
where a limit is missed.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping

RUNS = 15
TABLE = ["compare", "RUS", "UKR", "--on", "2025-06-02", "--topics", "nato"]
LOAD = "import positions; ds = positions.load()"
COMMANDS = {
    "empty interpreter": ["-c", ""],
    "four libraries": ["-c", "import attrs, numpy, pydantic, tabulate"],
    "--version": ["-m", "positions", "--version"],
    "--help": ["-m", "positions", "--help"],
    "first table": ["-m", "positions", *TABLE],
    "load() in Python": ["-c", LOAD],
    "with every name": ["-c", "import positions; [getattr(positions, n) for n in dir(positions)]"],
}
"""What is run, by what the table calls it."""
LIMITS = {
    ("--version", "empty interpreter"): 5.0,
    ("--help", "empty interpreter"): 6.0,
    ("first table", "four libraries"): 2.2,
}
"""How many times as long the first may take as the second."""


def seconds(arguments: list[str], environment: Mapping[str, str]) -> float:
    """Run Python once, and tell how much time of the processor it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured() -> dict[str, float]:
    """Measure all commands in turn, and give the median of each."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        compiled = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": folder}
        for name in [*COMMANDS] * (RUNS + 1):  # the first round only compiles
            times[name].append(seconds(COMMANDS[name], compiled))
    return {name: statistics.median(taken[1:]) for name, taken in times.items()}


def main() -> int:
    """Measure, and say how it went."""
    found = measured()
    print(f"medians of {RUNS} runs, ms of processor time")
    for name, taken in found.items():
        print(f"{name:<20}{1000 * taken:>6.0f}")
    print()
    missed = 0
    for (name, other), limit in LIMITS.items():
        ratio = found[name] / found[other]
        missed += ratio > limit
        print(f"{name} / {other}: {ratio:.2f}, wanted at most {limit}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())

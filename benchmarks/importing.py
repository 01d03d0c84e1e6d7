"""Processor time until the program prints its version, its help and a first table.

Each command runs in a new process, in turn with an empty interpreter and with an import of the
four libraries that the package requires. Only ratios of the processor time of whole processes in
the same run are compared, since other work on the machine slows all of them alike. Modules are
compiled beforehand, as in an installed package. The exit status is 1 if a limit is exceeded.
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
"""Arguments of Python, by the label of the row."""
LIMITS = {
    ("--version", "empty interpreter"): 5.0,
    ("--help", "empty interpreter"): 6.0,
    ("first table", "four libraries"): 2.2,
}
"""Maximum ratio of the time of the first to that of the second."""


def seconds(arguments: list[str], environment: Mapping[str, str]) -> float:
    """Run Python once, and return its processor time in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured() -> dict[str, float]:
    """Measure all commands in turn, and return the median of each."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        compiled = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": folder}
        for name in [*COMMANDS] * (RUNS + 1):  # the first round compiles the modules
            times[name].append(seconds(COMMANDS[name], compiled))
    return {name: statistics.median(taken[1:]) for name, taken in times.items()}


def main() -> int:
    """Measure, and return the exit status."""
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

"""Time of a question on the command line, against the minimum that every answer needs.

`positions compare` is compared with a script that only imports the package and reads the same
file. Both run in new processes, in turn. The question may take 1.5 times as long; the exit
status is 1 if it takes longer.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time

from positions.files.bundled import bundled_file

RUNS = 21
LIMIT = 1.5

COMPARE = ["-m", "positions", "compare", "RUS", "UKR", "--on", "2025-06-02"]
BARE = ["-c", f"import positions; positions.read_json({str(bundled_file())!r})"]


def seconds(arguments: list[str]) -> tuple[float, float]:
    """Run Python once; return the elapsed time and the processor time, in seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    taken, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Measure, and return the exit status."""
    runs: dict[str, list[tuple[float, float]]] = {"compare": [], "import and read": []}
    commands = dict(zip(runs, (COMPARE, BARE), strict=True))
    for name in [*runs] * (RUNS + 1):  # the first round is a warm-up
        runs[name].append(seconds(commands[name]))
    print(f"{'medians, ms':<18}{'clock':>8}{'processor':>12}   ({RUNS} runs each, in turn)")
    for name, times in runs.items():
        clock, processor = (statistics.median(part) * 1000 for part in zip(*times[1:], strict=True))
        print(f"{name:<18}{clock:>8.0f}{processor:>12.0f}")
    clocks = [statistics.median(clock for clock, _ in times[1:]) for times in runs.values()]
    ratio = clocks[0] / clocks[1]
    print(f"\nratio by the clock: {ratio:.2f}, wanted at most {LIMIT}")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())

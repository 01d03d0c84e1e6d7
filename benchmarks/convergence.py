"""Time of the gaps between two parties at the end of 900 months, against monthly snapshots.

The statements are those of `million.py`: a million, of 200 parties on 6,000 topics. Measured are
the gap on every topic and the mean over topics at the end of each of the 900 months, for the two
parties with most statements. All topics are nominal, so a gap is 0, 1 or undefined.

- in one replay: all days of the two parties at once, as in `convergence`; months are looked up.
- month by month: a snapshot of the last day of each month, as from `Dataset.at`, and the gaps on
  all topics at once. Every 30th month is timed, and the time of all 900 is extrapolated.
- their words only: the same on a ledger with only the words of the two parties, which is made
  beforehand. Shown for comparison, without a limit.

On all months that are replayed, both methods must give the same gaps and means. The exit status
is 1 if one differs, or if one replay takes more than a tenth of the time of the snapshots.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
from functools import partial

import numpy as np
import numpy.typing as npt
from million import FIRST, LAST, OPTIONS, PARTIES, TOPICS, made, seconds

from positions.over_time.convergence import period_ends
from positions.over_time.courses import Course, Mean, course_of, means
from positions.records.models import Option, Topic
from positions.records.scales import Scale
from positions.snapshots.ledger import CONDITIONAL, Ints, Ledger, ledger_of
from positions.snapshots.reading import Reading, Selection
from positions.snapshots.snapshot import matrices
from positions.snapshots.tracks import tracks

RUNS = 3
STEP = 30
LIMIT = 0.1
MONTHS = period_ends(dt.date.fromordinal(FIRST), dt.date.fromordinal(LAST), 1)

Pair = tuple[int, int]
"""The numbers of two parties."""
Gaps = npt.NDArray[np.float64]
"""The gap on each topic; NaN where it is undefined."""


def scale_of_three(number: int) -> Scale:
    """Make the scale of a nominal topic with three options."""
    options = tuple(Option(id=f"o{i}", name="o", definition="o") for i in range(OPTIONS))
    name = f"t{number}"
    return Scale(Topic(id=name, name=name, question=name, kind="nominal", options=options))


SCALES = [scale_of_three(number) for number in range(TOPICS)]


def most_spoken(ledger: Ledger) -> Pair:
    """Return the two parties with most statements."""
    one, other = np.argsort(-np.bincount(ledger.statements.party, minlength=PARTIES))[:2].tolist()
    return one, other


def of_parties(ledger: Ledger, pair: Pair) -> Ledger:
    """Return a ledger of the statements of two parties, without denials."""
    rows: Ints = np.flatnonzero(np.isin(ledger.statements.party, pair))
    number = np.cumsum(np.isin(ledger.statements.party, pair)) - 1
    kept = np.isin(ledger.entry_row, rows)
    entry_row = number[ledger.entry_row[kept]]
    statements = ledger.statements.take(rows)
    return ledger_of(statements, entry_row, ledger.column[kept], ledger.code[kept], ledger.width)


# ---------------------------------------------------------------- in one replay


def courses_of(ledger: Ledger, pair: Pair) -> list[Course]:
    """Return the courses of two parties on every topic on which both have spoken."""
    lanes = [(party, topic) for party in pair for topic in range(TOPICS)]
    found = tracks(Selection(ledger, Reading()), lanes, LAST)
    known = ([found.get((party, topic)) for party in pair] for topic in range(TOPICS))
    both = zip(SCALES, known, strict=True)
    return [course_of(scale, of_both, LAST) for scale, of_both in both if None not in of_both]


def in_one_replay(ledger: Ledger, pair: Pair) -> tuple[list[Course], list[Mean]]:
    """Return the gaps of two parties, and their mean at the end of each month."""
    courses = courses_of(ledger, pair)
    return courses, means(courses, MONTHS)


# ---------------------------------------------------------------- month by month


def gaps_on(ledger: Ledger, pair: Pair, day: int) -> Gaps:
    """Replay one day, and return the gaps on all topics."""
    codes, _ = matrices(Selection(ledger, Reading()), day, PARTIES)
    one, other = codes.reshape(PARTIES, TOPICS, OPTIONS)[list(pair)] >= CONDITIONAL
    apart = np.where((one & other).any(axis=1), 0.0, 1.0)
    return np.where(one.any(axis=1) & other.any(axis=1), apart, np.nan)


def month_by_month(ledger: Ledger, pair: Pair, days: list[int]) -> list[Gaps]:
    """Replay several days one after another."""
    return [gaps_on(ledger, pair, day) for day in days]


# ---------------------------------------------------------------- both


def differing(ledger: Ledger, pair: Pair, days: list[int]) -> int:
    """Count the gaps and means that differ between the two methods on the days replayed."""
    courses, averages = in_one_replay(ledger, pair)
    wrong = 0
    for day, slow in zip(days, month_by_month(ledger, pair, days), strict=True):
        fast = np.full(TOPICS, np.nan)
        for course in courses:
            gap = course.gap(int(course.rows_on([day])[0]))
            fast[int(course.topic[1:])] = np.nan if gap is None else gap
        known, mean = slow[~np.isnan(slow)], averages[MONTHS.index(day)]
        wrong += int((~((fast == slow) | (np.isnan(fast) & np.isnan(slow)))).sum())
        wrong += len(known) != mean.count
        wrong += mean.value is not None and abs(mean.value - float(known.mean())) > 1e-12
    return wrong


def measured(name: str, ledger: Ledger) -> bool:
    """Measure one mix, and return whether both methods agree within the limit."""
    pair, days = most_spoken(ledger), MONTHS[STEP - 1 :: STEP]
    ledgers = {"month by month": ledger, "their words only": of_parties(ledger, pair)}
    times: dict[str, list[float]] = {"in one replay": [], **{way: [] for way in ledgers}}
    for _ in range(RUNS):
        times["in one replay"].append(seconds(partial(in_one_replay, ledger, pair)))
        for way, words in ledgers.items():
            slow = seconds(partial(month_by_month, words, pair, days))
            times[way].append(slow * len(MONTHS) / len(days))
    median = {way: statistics.median(found) for way, found in times.items()}
    words, wrong = ledgers["their words only"].statements, differing(ledger, pair, days)
    ratio = median["in one replay"] / median["month by month"]
    print(f"\n{name}: {len(words):,} words of two parties; {len(MONTHS)} months, {len(days)} timed")
    print(f"medians of {RUNS}:", ", ".join(f"{way} {s:.1f} s" for way, s in median.items()))
    print(f"ratio of the first two {ratio:.3f}, wanted at most {LIMIT}")
    print(f"gaps and means that differ: {wrong} of {len(days) * (TOPICS + 1):,}")
    return ratio <= LIMIT and not wrong


def main() -> int:
    """Measure both mixes, and return the exit status."""
    passed = [measured(name, made(name == "skewed").ledger()) for name in ("even", "skewed")]
    return int(not all(passed))


if __name__ == "__main__":
    sys.exit(main())

"""Time of a snapshot of a million statements, against pandas, and compared with the slow replay.

The query in pandas is simpler: the last attitude of each party to each option, without lapses,
implied rejections, or statements of the same day. The library may take four times as long.

The statements are random, from one seed, with the proportions of data/positions.json, except that
rare features are more frequent so that they matter:

- 200 parties and 6,000 topics of three options; days evenly over the 75 years to 2024
- once *even*: any party speaks on any topic; once *skewed*: 2 to 20 parties speak on a topic, and
  some parties and some topics have far more statements than others
- 70 % name one option, 20 % two, 10 % three; of the first option named 55 % demand, 15 % reject,
  14 % accept conditionally, 12 % accept, 4 % withdraw; if one is demanded, half of the others are
  too (*one of these*), and the rest are drawn like the first
- 8 % are dated to a month and 2 % to a year; 5 % lapse (`until`), 1 % begin later (`from`);
  3 % have the day of another statement by the same party on the same topic
- 65 % own words, 31 % reported, 2 % leaked, 2 % claimed by others and so left out (of the frame
  for pandas as well); 0.2 % are denied by the next statement of the party

Every statement is by one party. The limit applies to the day on which the whole million counts;
earlier days are shown for comparison. The exit status is 1 if a cell differs or the limit is
exceeded.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import attrs
import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from positions.records.attitudes import Attitude
from positions.records.dates import Date, parse_date
from positions.records.models import Document
from positions.snapshots.ledger import (
    ACCEPT,
    ALWAYS,
    ATTITUDES,
    ATTRIBUTIONS,
    CONDITIONAL,
    DEMAND,
    REJECT,
    SILENT,
    Codes,
    Flags,
    Ints,
    Ledger,
    StatementRows,
    ledger_of,
)
from positions.snapshots.reading import CLAIMED, Reading, Selection
from positions.snapshots.snapshot import matrices
from slow_replay import slow_replay  # type: ignore[import-not-found, unused-ignore]

STATEMENTS, PARTIES, TOPICS, OPTIONS = 1_000_000, 200, 6_000, 3
FIRST, LAST = dt.date(1950, 1, 1).toordinal(), dt.date(2024, 12, 31).toordinal()
DAYS = [dt.date(year, 6, 30).toordinal() for year in (1960, 1975, 1990, 2005)] + [LAST]
RUNS = 7
CELLS = 1_000
LIMIT = 4.0
SEED = 20250602

Answer = tuple[Codes, Flags]
"""A snapshot: attitudes, and which of them are based on statements."""
WRITTEN = {code: str(attitude) for code, attitude in enumerate(ATTITUDES)} | {SILENT: "withdrawn"}
"""The attitude of each code, as written in a record."""


# ---------------------------------------------------------------- the statements


@attrs.frozen(eq=False)
class Made:
    """Statements as columns, unsorted: one word each, with one to three entries."""

    words: StatementRows
    entry_row: Ints
    column: Ints
    said: Codes
    denied: Mapping[int, tuple[int, ...]]

    def ledger(self) -> Ledger:
        """Build the ledger."""
        width = np.full(TOPICS, OPTIONS)
        found = ledger_of(self.words, self.entry_row, self.column, self.said, width)
        return attrs.evolve(found, denied=self.denied)


def made(skewed: bool, count: int = STATEMENTS, seed: int = SEED) -> Made:
    """Draw statements with the proportions described above."""
    rng = np.random.default_rng(seed)
    party, topic = (_speakers if skewed else _anybody)(rng, count)
    day = rng.integers(FIRST, LAST + 1, count)
    _repeat_days(rng, (party, topic, day))
    earliest, latest = _spans(day, rng.random(count))
    begins = np.where(rng.random(count) < 0.01, latest + rng.integers(1, 365, count), latest)
    until = np.where(rng.random(count) < 0.05, begins + rng.integers(0, 1500, count), ALWAYS)
    attribution = rng.choice(len(ATTRIBUTIONS), count, p=[0.65, 0.31, 0.02, 0.02])
    number, none = np.arange(count), np.zeros(count, np.int64)
    words = StatementRows(
        party=party,
        topic=topic,
        earliest=earliest,
        latest=latest,
        starts=begins,
        starts_early=np.maximum(earliest, np.where(begins > latest, begins, earliest)),
        until=until,
        number=number,
        attribution=attribution,
        confidence=none,
        published=latest,
        retrieved=none + ALWAYS,
    )
    return Made(words, *_entries(rng, count), _denied(rng, words))


def _speakers(rng: np.random.Generator, count: int) -> tuple[Ints, Ints]:
    """Draw topics, and parties among those concerned, both by weight."""
    weight = rng.lognormal(0, 1, TOPICS)
    topic = rng.choice(TOPICS, count, p=weight / weight.sum()).astype(np.int64)
    size = rng.integers(2, 21, TOPICS)
    concerned = rng.lognormal(0, 1, PARTIES) * rng.exponential(1, (TOPICS, PARTIES))
    nearest = np.argsort(-concerned, axis=1)
    rank = (size[topic] * rng.random(count) ** 1.5).astype(np.int64)
    return nearest[topic, rank], topic


def _anybody(rng: np.random.Generator, count: int) -> tuple[Ints, Ints]:
    """Draw topics and parties evenly."""
    return rng.integers(0, PARTIES, count), rng.integers(0, TOPICS, count)


def _repeat_days(rng: np.random.Generator, columns: tuple[Ints, Ints, Ints]) -> None:
    """Give some statements the day, party and topic of others, in place."""
    count = len(columns[0])
    again = rng.choice(count, count * 3 // 100, replace=False)
    others = np.setdiff1d(np.arange(count), again)
    before = rng.choice(others, len(again))
    for column in columns:
        column[again] = column[before]


def _spans(day: Ints, draw: np.ndarray) -> tuple[Ints, Ints]:
    """Widen some days to their month or year; return the earliest and latest days."""
    earliest, latest = day.copy(), day.copy()
    date = (day - dt.date(1970, 1, 1).toordinal()).astype("datetime64[D]")
    for unit, chosen in (("M", draw < 0.08), ("Y", (draw >= 0.08) & (draw < 0.10))):
        span = date[chosen].astype(f"datetime64[{unit}]")
        for column, edge, back in ((earliest, span, 0), (latest, span + 1, 1)):
            edge = edge.astype("datetime64[D]").astype(np.int64)
            column[chosen] = edge + dt.date(1970, 1, 1).toordinal() - back
    return earliest, latest


def _entries(rng: np.random.Generator, count: int) -> tuple[Ints, Ints, Codes]:
    """Draw the options that each word names, and the attitudes to them."""
    named = rng.choice([1, 2, 3], count, p=[0.7, 0.2, 0.1])
    options = np.argsort(rng.random((count, OPTIONS)), axis=1)
    codes = [DEMAND, REJECT, CONDITIONAL, ACCEPT, SILENT]
    said = rng.choice(codes, (count, OPTIONS), p=[0.55, 0.15, 0.14, 0.12, 0.04])
    also = (said[:, :1] == DEMAND) & (rng.random((count, OPTIONS)) < 0.5)
    said = np.where(also, DEMAND, said).astype(np.int8)
    place = np.arange(OPTIONS) < named[:, None]
    return np.nonzero(place)[0], options[place], said[place]


def _denied(rng: np.random.Generator, words: StatementRows) -> dict[int, tuple[int, ...]]:
    """Draw statements that are denied by the next of the same party on the same topic."""
    order = np.lexsort((words.latest, words.topic, words.party))
    here, following = order[:-1], order[1:]
    same = (words.party[here] == words.party[following]) & (
        words.topic[here] == words.topic[following]
    )
    chosen = same & (rng.random(len(here)) < 0.002)
    pairs = zip(here[chosen].tolist(), following[chosen].tolist(), strict=True)
    return {denied: (by,) for denied, by in pairs}


def mix(given: Made) -> Iterator[str]:
    """Yield lines that describe the statements."""
    words, said = given.words, given.said
    span = words.latest - words.earliest
    named = np.bincount(np.bincount(given.entry_row), minlength=4) / len(words)
    lanes = np.unique(words.party * TOPICS + words.topic, return_counts=True)[1]
    asked = np.bincount(given.entry_row[said == DEMAND], minlength=len(words))
    keys = np.stack((words.party * TOPICS + words.topic, words.earliest, words.latest))
    days = np.unique(keys, axis=1, return_counts=True)[1]
    yield f"{len(words):,} statements, {len(said):,} entries"
    yield f"{len(lanes):,} pairs of party and topic: {lanes.mean():.1f} statements on average each,"
    yield f"  half of them at most {np.median(lanes):.0f}, one {lanes.max():,}"
    shares = {WRITTEN[code]: (said == code).mean() for code in (4, 3, 2, 0, 1)}
    yield _line("entries", shares)
    yield _line("options named", {str(i): named[i] for i in (1, 2, 3)})
    yield _line(
        "statements",
        {
            "dated to a month": ((span > 0) & (span < 31)).mean(),
            "to a year": (span > 31).mean(),
            "with until": (words.until < ALWAYS).mean(),
            "with from": (words.starts > words.latest).mean(),
            "demanding one of several": (asked > 1).mean(),
            "sharing their day": days[days > 1].sum() / len(words),
            "denied": len(given.denied) / len(words),
            "claimed": (words.attribution == CLAIMED).mean(),
        },
    )


def _line(of: str, shares: Mapping[str, float]) -> str:
    return f"{of}: " + ", ".join(f"{share:.1%} {name}" for name, share in shares.items())


# ---------------------------------------------------------------- time and memory


def seconds(action: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def peak(action: Callable[[], object]) -> float:
    """Return the peak growth of memory of a forked process during one call, in MB."""
    fork = multiprocessing.get_context("fork")
    inside, outside = fork.Pipe()

    def measured() -> None:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        action()
        inside.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)

    process = fork.Process(target=measured)
    process.start()
    grown: int = outside.recv()
    process.join()
    return grown / 1024


def held(ledger: Ledger) -> float:
    """Return the size of the arrays of a ledger in MB, by their `nbytes`."""
    columns = [*attrs.astuple(ledger.statements), ledger.first_entry, ledger.column, ledger.code]
    return float(sum(column.nbytes for column in columns)) / 1e6


def ours(ledger: Ledger, day: int) -> Answer:
    """Return the snapshot of a day, as `Dataset.at` does."""
    return matrices(Selection(ledger, Reading()), day, PARTIES)


def frame_of(given: Made) -> pd.DataFrame:
    """Return the same entries as a data frame, already sorted by day, without claims."""
    words, rows = given.statements, given.entry_row
    frame = pd.DataFrame(
        {
            "party": words.party[rows],
            "topic": words.topic[rows],
            "option": words.topic[rows] * OPTIONS + given.column,
            "attitude": given.said,
            "day": words.starts[rows],
        }
    )
    kept = frame[words.attribution[rows] != CLAIMED]
    laid: pd.DataFrame = kept.sort_values("day", kind="stable", ignore_index=True)
    return laid


CELL = ["party", "option"]
IDIOMS: dict[str, Callable[[pd.DataFrame], object]] = {
    "drop_duplicates": lambda said: said.drop_duplicates(CELL, keep="last"),
    "groupby.last": lambda said: said.groupby(CELL, sort=False)["attitude"].last(),
    "groupby.tail": lambda said: said.groupby(CELL, sort=False).tail(1),
}
"""Queries of the last attitude of each cell, as a user of pandas may write them."""


def by_pandas(frame: pd.DataFrame, day: int, idiom: Callable[[pd.DataFrame], object]) -> object:
    """Query the last attitude of each cell up to a day with pandas."""
    return idiom(frame[frame["day"] <= day])


def race(ledger: Ledger, frame: pd.DataFrame) -> float:
    """Time both methods in turn on each day, and return the ratio of their medians on the last."""
    print(f"{'medians, ms':<14}{'at':>8}", *(f"{name:>17}" for name in IDIOMS), f"{'ratio':>8}")
    ratio = 0.0
    for day in DAYS:
        times: dict[str, list[float]] = {name: [] for name in ("at", *IDIOMS)}
        for _ in range(RUNS):
            times["at"].append(seconds(partial(ours, ledger, day)))
            for name, idiom in IDIOMS.items():
                times[name].append(seconds(partial(by_pandas, frame, day, idiom)))
        median = {name: statistics.median(found) * 1000 for name, found in times.items()}
        ratio = median["at"] / min(median[name] for name in IDIOMS)
        print(f"{dt.date.fromordinal(day)!s:<14}{median['at']:>8.0f}", end=" ")
        print(*(f"{median[name]:>17.0f}" for name in IDIOMS), f"{ratio:>8.2f}")
    return ratio


# ---------------------------------------------------------------- the same cells, slowly


def wrong_cells(ledger: Ledger, rng: np.random.Generator) -> list[str]:
    """Compare random cells with the slow replay: half drawn by pair, half by statement."""
    pairs = np.unique(ledger.pair)
    chosen = np.concatenate(
        (rng.choice(pairs, CELLS // 2), rng.choice(ledger.pair, CELLS - CELLS // 2))
    )
    days = rng.choice(DAYS, CELLS)
    answers = {day: ours(ledger, day) for day in DAYS}
    found = []
    for pair, day, option in zip(
        chosen.tolist(), days.tolist(), rng.integers(0, OPTIONS, CELLS).tolist(), strict=True
    ):
        party, topic = divmod(pair, TOPICS)
        code, worded = (part[party, topic * OPTIONS + option] for part in answers[day])
        fast = ATTITUDES[code], bool(code == REJECT and not worded)
        slow = _slow_cell(ledger, party, topic, option, day)
        if fast != slow:
            found.append(f"P{party} on t{topic}, o{option}, day {day}: {fast}, slowly {slow}")
    return found


def _slow_cell(
    ledger: Ledger, party: int, topic: int, option: int, day: int
) -> tuple[Attitude, bool]:
    document = _document(ledger, party, topic)
    cells = slow_replay(document, dt.date.fromordinal(day), f"P{party}", f"t{topic}")
    cell = cells[f"o{option}"]
    return cell.attitude, cell.implied


def _document(ledger: Ledger, party: int, topic: int) -> Document:
    """Return the words of one party on one topic as a document."""
    options = [{"id": f"o{i}", "name": "o", "definition": "o"} for i in range(OPTIONS)]
    about = {"title": "s", "publisher": "p", "language": "en", "kind": "press"}
    source = {"id": "s", "published": "1950", **about}
    words = ledger.rows_of(party, topic)
    numbers = ledger.statements.number[words.start : words.stop].tolist()
    denies = {by: n for n in numbers for by in ledger.denied.get(n, ())}
    question = {"id": f"t{topic}", "name": "t", "question": "t", "kind": "nominal"}
    return Document.model_validate(
        {
            **dict.fromkeys(("data_version", "title", "description", "licence"), "made"),
            "schema_version": "1.0",
            "evidence_until": "2024",
            "parties": [{"id": f"P{party}", "name": "P", "kind": "state"}],
            "topics": [{**question, "options": options}],
            "sources": [source],
            "statements": [_record(ledger, word, denies) for word in words],
        }
    )


def _record(ledger: Ledger, word: int, denies: Mapping[int, int]) -> dict[str, object]:
    """Return one row of the ledger as the record of a statement."""
    row = ledger.statements.take(np.array([word]))
    number, attribution = int(row.number[0]), ATTRIBUTIONS[row.attribution[0]]
    entries = slice(ledger.first_entry[word], ledger.first_entry[word + 1])
    columns, codes = ledger.column[entries].tolist(), ledger.code[entries].tolist()
    says = {f"o{column}": WRITTEN[code] for column, code in zip(columns, codes, strict=True)}
    bound = [key for key, said in says.items() if said == "conditional"]
    group = {"for": bound, "all": [{"text": "if"}]}
    return {
        "id": f"s{number}",
        "parties": [f"P{row.party[0]}"],
        "topic": f"t{row.topic[0]}",
        "date": _written(int(row.earliest[0]), int(row.latest[0])),
        "from": _day(row.starts[0]) if row.starts[0] > row.latest[0] else None,
        "until": _day(row.until[0]) if row.until[0] < ALWAYS else None,
        "says": says,
        "conditions": [group] if bound else [],
        "summary": "Said.",
        "attribution": attribution,
        "claimed_by": "Q" if attribution == "claimed" else None,
        "denies": [f"s{denies[number]}"] if number in denies else [],
        "sources": ["s"],
    }


def _written(earliest: int, latest: int) -> Date:
    """Return a span of days as a date."""
    length = len("2025-06-02" if earliest == latest else "2025-06")
    return parse_date(_day(earliest)[: length if latest - earliest < 31 else len("2025")])


def _day(number: int) -> str:
    return dt.date.fromordinal(int(number)).isoformat()


def measured(name: str, given: Made) -> bool:
    """Measure and check one mix, and return whether it is correct and within the limit."""
    print(f"\n{name}", *mix(given), sep="\n")
    built = [seconds(given.ledger) for _ in range(5)]
    ledger = given.ledger()
    print(f"\nledger: built in {statistics.median(built) * 1000:.0f} ms", end=", ")
    print(f"holds {held(ledger):.0f} MB (nbytes of its arrays)", end=", ")
    print(f"{peak(given.ledger):.0f} MB more at the peak (ru_maxrss of a forked process)")
    first = seconds(lambda: ours(ledger, LAST))
    print(f"first snapshot {first * 1000:.0f} ms; a snapshot takes", end=" ")
    print(f"{peak(lambda: ours(ledger, LAST)):.0f} MB more at the peak\n")
    ratio = race(ledger, frame_of(given))
    wrong = wrong_cells(ledger, np.random.default_rng(SEED))
    print(f"\nratio to the faster idiom of pandas {pd.__version__} with all statements", end=": ")
    print(f"{ratio:.2f}, wanted at most {LIMIT}")
    print(f"random cells that differ from the slow replay: {len(wrong)} of {CELLS:,}", *wrong[:5])
    return ratio <= LIMIT and not wrong


def main() -> int:
    """Measure both mixes, and return the exit status."""
    passed = [measured(name, made(name == "skewed")) for name in ("even", "skewed")]
    return int(not all(passed))


if __name__ == "__main__":
    sys.exit(main())

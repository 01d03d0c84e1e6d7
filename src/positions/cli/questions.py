"""The questions of the command line: what was typed becomes a call of the library.

The library is used here as its users do, so that each question imports no more than
it needs.
"""

from __future__ import annotations

import argparse
import codecs
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import positions as pos
from positions import quality
from positions.cli.show import show
from positions.cli.streams import INPUT, STDIN, standard_input
from positions.cli.what_if import suppose_line
from positions.errors import InvalidInputError
from positions.files.reading import read_bounded
from positions.files.references import list_sources
from positions.records.dates import day_after

if TYPE_CHECKING:
    from positions.records.catalogue import Topics
    from positions.snapshots.dataset import ReadingOptions
    from positions.tables.whole_files import FilePath


class Answer(Protocol):
    """What can be written in every format of tables."""

    def table(self) -> pos.Table:
        """Give the whole answer as one table."""
        ...

    def to_records(self) -> list[dict[str, Any]]:
        """Give its rows as plain dictionaries."""
        ...

    def to_csv(self) -> str:
        """Write its records as CSV."""
        ...

    def to_excel(self, path: FilePath) -> None:
        """Write it as a workbook."""

    def to_word(self, path: FilePath) -> None:
        """Write it as a document."""


def data_of(options: argparse.Namespace) -> pos.Dataset:
    """Read the data asked about, with what is supposed."""
    ds = pos.load() if options.data is None else read_file(options.data)
    for words in options.suppose:
        ds = suppose_line(ds, words, options.on)
    return ds


def read_file(path: Path) -> pos.Dataset:
    """Read a data file, or standard input where `-` stands in its place."""
    return parsed(bytes_of(path), path)


def bytes_of(path: Path) -> bytes:
    """Read what a data file holds."""
    if path == STDIN:
        return read_bounded(standard_input(), INPUT)
    with open(path, "rb") as file:
        return read_bounded(file, str(path))


def parsed(data: bytes, path: Path) -> pos.Dataset:
    """Parse a table of statements, or JSON.

    The name of a file tells which it is, by `.csv`. Standard input has no name: it is JSON
    if it begins with a brace or a bracket, as no header of a table does.
    """
    origin = INPUT if path == STDIN else str(path)
    text = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if path == STDIN and not text.startswith((b"{", b"[")):
        return pos.parse_csv(data, origin=origin)
    if path.suffix.lower() == ".csv":
        return pos.parse_csv(data, origin=origin, title=path.stem)
    return pos.parse_json(data, origin=origin)


def snapshot_of(ds: pos.Dataset, options: argparse.Namespace, day: str | None) -> pos.Snapshot:
    """Give the snapshot on a day, that of the end of the evidence where None."""
    return ds.at(ds.last_day if day is None else day, **reading_of(options))


def reading_of(options: argparse.Namespace) -> ReadingOptions:
    """Give the arguments that say which statements count."""
    return {
        "known_by": options.known_by,
        "max_age": options.max_age,
        "attributions": options.attributions,
        "confidence": options.confidence,
        "inherited": not options.not_inherited,
        "dates": options.dates,
        "undated": options.undated,
    }


def topics_of(options: argparse.Namespace) -> Topics:
    """Give the topics asked about; all where None."""
    topics: list[str] | None = options.topics
    return topics


def _compare(options: argparse.Namespace) -> Answer:
    snapshot = snapshot_of(data_of(options), options, options.on)
    return pos.compare(snapshot, options.parties, topics_of(options))


def _overlap(options: argparse.Namespace) -> Answer:
    snapshot = snapshot_of(data_of(options), options, options.on)
    return pos.overlap(snapshot, options.parties, topics_of(options))


def _deadlocks(options: argparse.Namespace) -> Answer:
    snapshot = snapshot_of(data_of(options), options, options.on)
    return pos.deadlocks(snapshot, options.parties, topics_of(options))


def _agreement(options: argparse.Namespace) -> Answer:
    snapshot = snapshot_of(data_of(options), options, options.on)
    return pos.agreement(snapshot, options.parties or None, topics_of(options))


def _diff(options: argparse.Namespace) -> Answer:
    ds = data_of(options)
    names: list[str] = options.names
    if options.since is not None:
        before, after = (snapshot_of(ds, options, day) for day in (options.since, options.on))
        if before.date > after.date:
            raise InvalidInputError("--since", f"a day up to {after.date}", options.since)
        return pos.diff(before, after, parties=names or None, topics=topics_of(options))
    if len(names) != 2:
        advice = "add --since DATE to see what moved over time"
        raise InvalidInputError("diff", "two parties or two proposals", names, advice)
    if any(name in {proposal.id for proposal in ds.proposals} for name in names):
        left, right = map(ds.proposal, names)
        return pos.diff(left, right, topics=ds.topics)
    snapshot = snapshot_of(ds, options, options.on)
    return pos.diff(snapshot[names[0]], snapshot[names[1]], topics=topics_of(options))


def _plan(ds: pos.Dataset, options: argparse.Namespace) -> pos.Proposal | None:
    return None if options.fixed is None else ds.proposal(options.fixed)


def _settle(options: argparse.Namespace) -> Answer:
    ds = data_of(options)
    snapshot, plan = snapshot_of(ds, options, options.on), _plan(ds, options)
    return pos.settle(snapshot, options.parties, topics_of(options), fixed=plan)


def _conflicts(options: argparse.Namespace) -> Answer:
    ds = data_of(options)
    snapshot, plan = snapshot_of(ds, options, options.on), _plan(ds, options)
    return pos.conflicts(snapshot, options.parties, topics_of(options), fixed=plan)


def _concessions(options: argparse.Namespace) -> Answer:
    ds = data_of(options)
    snapshot, plan = snapshot_of(ds, options, options.on), _plan(ds, options)
    return pos.concessions(snapshot, options.parties, topics_of(options), fixed=plan)


def _trades(options: argparse.Namespace) -> Answer:
    snapshot = snapshot_of(data_of(options), options, options.on)
    one, other = options.parties
    return pos.trades(snapshot, one, other, topics=topics_of(options))


def _timeline(options: argparse.Namespace) -> Answer:
    ds, (start, end) = data_of(options), (options.since, options.on)
    topics, reading = topics_of(options), reading_of(options)
    return pos.timeline(ds, options.party, topics, since=start, until=end, **reading)


def _history(options: argparse.Namespace) -> Answer:
    ds, (start, end) = data_of(options), (options.since, options.on)
    topics, reading = topics_of(options), reading_of(options)
    return pos.history(ds, options.parties, topics, since=start, until=end, **reading)


def _convergence(options: argparse.Namespace) -> Answer:
    return pos.convergence(
        data_of(options),
        options.parties,
        topics_of(options),
        since=options.since,
        until=options.on,
        every=options.every,
        decay=options.decay,
        **reading_of(options),
    )


def _quantities(options: argparse.Namespace) -> Answer:
    return pos.quantities(data_of(options), options.topic, options.parties or None)


def _evaluate(options: argparse.Namespace) -> Answer:
    """Hold a plan against the positions of a day, by default the day after it was tabled."""
    ds = data_of(options)
    plan = ds.proposal(options.plan)
    day = day_after(plan.date).isoformat() if options.on is None else options.on
    return pos.evaluate(plan, snapshot_of(ds, options, day), options.parties or None)


def _plans(options: argparse.Namespace) -> Answer:
    parties = options.parties or None
    reading = reading_of(options)
    return pos.verdicts(data_of(options), None, parties, options.on, **reading)


def _nearest(options: argparse.Namespace) -> Answer:
    ds = data_of(options)
    return pos.nearest(ds, options.party, options.on, **reading_of(options))


def _lineage(options: argparse.Namespace) -> Answer:
    return pos.lineage(data_of(options), options.plan)


def _show(options: argparse.Namespace) -> Answer:
    ds = data_of(options)
    return show(snapshot_of(ds, options, options.on), options.name)


def _sources(options: argparse.Namespace) -> Answer:
    return list_sources(data_of(options).sources)


def _info(options: argparse.Namespace) -> Answer:
    return quality.data_info(data_of(options))


def _coverage(options: argparse.Namespace) -> Answer:
    return quality.coverage(data_of(options))


QUESTIONS: Mapping[str, Callable[[argparse.Namespace], Answer]] = {
    "compare": _compare,
    "overlap": _overlap,
    "deadlocks": _deadlocks,
    "agreement": _agreement,
    "diff": _diff,
    "settle": _settle,
    "conflicts": _conflicts,
    "concessions": _concessions,
    "trades": _trades,
    "timeline": _timeline,
    "history": _history,
    "convergence": _convergence,
    "quantities": _quantities,
    "evaluate": _evaluate,
    "plans": _plans,
    "nearest": _nearest,
    "lineage": _lineage,
    "show": _show,
    "info": _info,
    "sources": _sources,
    "coverage": _coverage,
}
"""What answers each verb whose answer is a table."""

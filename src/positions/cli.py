"""The command line: the questions of the library, and checks of data files.

Data go to standard output, messages to standard error. The exit status is 0 where
the question was answered, 1 where a file has faults or cannot be read, and 2 where
the command itself cannot be used as typed.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from positions.agreements import Agreements, agreement
from positions.arguments import REFERENCE_FORMATS, parser
from positions.audits import audit
from positions.bibliography import SourceList, list_sources, to_biblatex, to_csl_json
from positions.bundled import load
from positions.catalogue import KINDS, Topics
from positions.changes import Changes
from positions.clashes import Conflict, Conflicts, conflicts
from positions.codebooks import codebook
from positions.comparison import Comparisons, compare
from positions.concessions import Concessions, concessions
from positions.convergence_results import Convergence
from positions.convergences import convergence
from positions.coverages import Coverage, coverage
from positions.datapackage import write_datapackage
from positions.dataset import Dataset, ReadingOptions
from positions.differences import Differences, PlanDifferences
from positions.diffs import diff
from positions.errors import DataError, InvalidInputError, PositionsError
from positions.evaluations import Evaluation, evaluate
from positions.figures import Figures, figures
from positions.files import read_json, schema
from positions.histories import History, history
from positions.info import DataInfo, data_info
from positions.lineages import Lineage, lineage
from positions.overlap_results import Overlaps
from positions.overlaps import deadlocks, overlap
from positions.plots import Plotted, save
from positions.records import Proposal
from positions.reports import report
from positions.settlements import Settlement
from positions.settling import settle
from positions.shows import RecordSheet, show
from positions.signing import Nearest, PlanVerdicts, day_after, nearest, verdicts
from positions.state import State
from positions.timelines import Timeline, timeline
from positions.trading import Trades, trades
from positions.what_if import suppose_line
from positions.wording import counted

HTML_HEAD = '<!doctype html>\n<meta charset="utf-8">\n<title>positions</title>'
"""What makes a page of a table: above all, how its bytes are to be read."""
Answer = (
    Comparisons
    | Overlaps
    | Agreements
    | Changes
    | Differences
    | PlanDifferences
    | Settlement
    | Conflict
    | Conflicts
    | Concessions
    | Trades
    | RecordSheet
    | SourceList
    | DataInfo
    | Coverage
    | Timeline
    | History
    | Convergence
    | Figures
    | Evaluation
    | PlanVerdicts
    | Nearest
    | Lineage
)
"""What can be written in every format of tables."""
REFERENCES = dict(zip(REFERENCE_FORMATS, (to_csl_json, to_biblatex), strict=True))
"""What writes sources for programs that manage references."""
WIDE = 160
"""The columns of the tables of a check, which many half-years must fit in."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Arguments:
        arguments: the words after the program's name; those of the process where None.

    Returns:
        The exit status: 0, 1 or 2.
    """
    options = parser().parse_args(arguments)
    try:
        return COMMANDS[options.command](options)
    except (DataError, OSError) as error:
        return _complain(error, 1)
    except PositionsError as error:
        return _complain(error, 2)


def _complain(error: Exception, status: int) -> int:
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    else:
        print(f"positions: {error}", file=sys.stderr)
    return status


def _dataset(options: argparse.Namespace) -> Dataset:
    ds = load() if options.data is None else read_json(options.data)
    for words in options.suppose:
        ds = suppose_line(ds, words, options.on)
    return ds


def _state(ds: Dataset, options: argparse.Namespace, day: str | None) -> State:
    return ds.at(ds.document.evidence_until if day is None else day, **_reading(options))


def _reading(options: argparse.Namespace) -> ReadingOptions:
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


def _topics(options: argparse.Namespace) -> Topics:
    topics: list[str] | None = options.topics
    return topics


def _compare(options: argparse.Namespace) -> int:
    state = _state(_dataset(options), options, options.on)
    return _answer(compare(state, options.parties, _topics(options)), options)


def _overlap(options: argparse.Namespace) -> int:
    state = _state(_dataset(options), options, options.on)
    return _answer(overlap(state, options.parties, _topics(options)), options)


def _deadlocks(options: argparse.Namespace) -> int:
    state = _state(_dataset(options), options, options.on)
    return _answer(deadlocks(state, options.parties, _topics(options)), options)


def _agreement(options: argparse.Namespace) -> int:
    state = _state(_dataset(options), options, options.on)
    return _answer(agreement(state, options.parties or None, _topics(options)), options)


def _diff(options: argparse.Namespace) -> int:
    ds = _dataset(options)
    names: list[str] = options.names
    if options.since is not None:
        before, after = (_state(ds, options, day) for day in (options.since, options.on))
        if before.date > after.date:
            raise InvalidInputError("--since", f"a day up to {after.date}", options.since)
        found = diff(before, after, parties=names or None, topics=_topics(options))
        return _answer(found, options)
    if len(names) != 2:
        advice = "add --since DATE to see what moved over time"
        raise InvalidInputError("diff", "two parties or two proposals", names, advice)
    if any(name in {proposal.id for proposal in ds.proposals} for name in names):
        left, right = map(ds.proposal, names)
        return _answer(diff(left, right, topics=ds.topics), options)
    state = _state(ds, options, options.on)
    return _answer(diff(state[names[0]], state[names[1]], topics=_topics(options)), options)


def _plan(ds: Dataset, options: argparse.Namespace) -> Proposal | None:
    return None if options.fixed is None else ds.proposal(options.fixed)


def _settle(options: argparse.Namespace) -> int:
    ds = _dataset(options)
    state, plan = _state(ds, options, options.on), _plan(ds, options)
    return _answer(settle(state, options.parties, _topics(options), fixed=plan), options)


def _conflicts(options: argparse.Namespace) -> int:
    ds = _dataset(options)
    state, plan = _state(ds, options, options.on), _plan(ds, options)
    return _answer(conflicts(state, options.parties, _topics(options), fixed=plan), options)


def _concessions(options: argparse.Namespace) -> int:
    ds = _dataset(options)
    state, plan = _state(ds, options, options.on), _plan(ds, options)
    return _answer(concessions(state, options.parties, _topics(options), fixed=plan), options)


def _trades(options: argparse.Namespace) -> int:
    state = _state(_dataset(options), options, options.on)
    one, other = options.parties
    return _answer(trades(state, one, other, topics=_topics(options)), options)


def _timeline(options: argparse.Namespace) -> int:
    ds, (start, end) = _dataset(options), (options.since, options.on)
    found = timeline(ds, options.party, _topics(options), start=start, end=end, **_reading(options))
    return _answer(found, options)


def _history(options: argparse.Namespace) -> int:
    ds, (start, end) = _dataset(options), (options.since, options.on)
    found = history(
        ds, options.parties, _topics(options), start=start, end=end, **_reading(options)
    )
    return _answer(found, options)


def _convergence(options: argparse.Namespace) -> int:
    found = convergence(
        _dataset(options),
        options.parties,
        _topics(options),
        start=options.since,
        end=options.on,
        every=options.every,
        decay=options.decay,
        **_reading(options),
    )
    return _answer(found, options)


def _figures(options: argparse.Namespace) -> int:
    return _answer(figures(_dataset(options), options.topic, options.parties or None), options)


def _evaluate(options: argparse.Namespace) -> int:
    """Hold a plan against the positions of a day, by default the day after it was tabled."""
    ds = _dataset(options)
    plan = ds.proposal(options.plan)
    day = day_after(plan).isoformat() if options.on is None else options.on
    return _answer(evaluate(plan, _state(ds, options, day), options.parties or None), options)


def _plans(options: argparse.Namespace) -> int:
    parties = options.parties or None
    reading = _reading(options)
    return _answer(verdicts(_dataset(options), None, parties, options.on, **reading), options)


def _nearest(options: argparse.Namespace) -> int:
    ds = _dataset(options)
    return _answer(nearest(ds, options.party, options.on, **_reading(options)), options)


def _lineage(options: argparse.Namespace) -> int:
    return _answer(lineage(_dataset(options), options.plan), options)


def _report(options: argparse.Namespace) -> int:
    made = report(
        _dataset(options),
        options.parties,
        on=options.on,
        since=options.since,
        topics=_topics(options),
        plans=options.plans,
        **_reading(options),
    )
    return _write(made.html, options.output)


def _show(options: argparse.Namespace) -> int:
    ds = _dataset(options)
    return _answer(show(_state(ds, options, options.on), options.name), options)


def _why(options: argparse.Namespace) -> int:
    state = _state(_dataset(options), options, options.on)
    told = state[options.party, options.topic].why(options.option)
    lines = (
        textwrap.fill(line, _width(options), subsequent_indent="  ", break_on_hyphens=False)
        for line in told.splitlines()
    )
    return _write("\n".join(lines), options.output)


def _info(options: argparse.Namespace) -> int:
    return _answer(data_info(_dataset(options)), options)


def _sources(options: argparse.Namespace) -> int:
    sources = _dataset(options).sources
    write = REFERENCES.get(options.format)
    if write is not None:
        return _write(write(sources), options.output)
    return _answer(list_sources(sources), options)


def _coverage(options: argparse.Namespace) -> int:
    return _answer(coverage(_dataset(options)), options)


def _codebook(options: argparse.Namespace) -> int:
    return _write(codebook(_dataset(options)), options.output)


def _package(options: argparse.Namespace) -> int:
    write_datapackage(_dataset(options), options.output)
    return 0


def _check(options: argparse.Namespace) -> int:
    """Tell what a file holds, which rules it keeps and what it covers; 1 if a rule is broken."""
    ds = read_json(options.file)
    counts = ", ".join(f"{len(getattr(ds.document, kind)):,} {kind}" for kind in KINDS)
    found, covered = audit(ds), coverage(ds)
    size = options.file.stat().st_size
    head = f"{options.file}: no faults; {counts}; {size:,} bytes"
    tables = (found.table(), covered.table(), covered.sourcing())
    _write("\n\n".join([head, *(table.to("text", WIDE) for table in tables)]), None)
    if found.rows:
        print(f"positions: {options.file}: {counted(len(found), 'finding')}", file=sys.stderr)
    return 1 if found.rows else 0


def _schema(options: argparse.Namespace) -> int:
    return _write(json.dumps(schema(), ensure_ascii=False, indent=2), options.output)


def _answer(answer: Answer, options: argparse.Namespace) -> int:
    """Write an answer in the format asked for, and beside it the picture asked for."""
    if isinstance(answer, Plotted) and options.plot is not None:
        save(answer.chart(), options.plot)
    if options.format == "json":
        text = json.dumps(_records(answer), ensure_ascii=False, indent=1)
    elif options.format == "csv":
        text = answer.to_csv()
    else:
        text = answer.table().to(options.format, width=_width(options))
        if options.format == "html":
            text = f"{HTML_HEAD}\n{text}"
    return _write(text, options.output)


def _records(answer: Answer) -> object:
    """Give what JSON holds: the records; of trades also the offers, which stand for themselves."""
    if isinstance(answer, Trades):
        return {"trades": answer.to_records(), "offers": answer.offers.to_records()}
    return answer.to_records()


def _width(options: argparse.Namespace) -> int:
    """Give the columns of the terminal, at least 80; 80 where it is none."""
    seen = options.output is None and sys.stdout.isatty()
    return max(80, shutil.get_terminal_size((80, 24)).columns if seen else 80)


def _write(text: str, output: Path | None) -> int:
    whole = text if text.endswith("\n") else f"{text}\n"
    if output is not None:
        output.write_text(whole, encoding="utf-8", newline="")
        return 0
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    print(whole, end="")
    sys.stdout.flush()
    return 0


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
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
    "figures": _figures,
    "evaluate": _evaluate,
    "plans": _plans,
    "nearest": _nearest,
    "lineage": _lineage,
    "report": _report,
    "show": _show,
    "why": _why,
    "info": _info,
    "sources": _sources,
    "coverage": _coverage,
    "codebook": _codebook,
    "package": _package,
    "check": _check,
    "schema": _schema,
}
"""What carries out each command."""

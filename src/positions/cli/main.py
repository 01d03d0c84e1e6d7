"""The command line: the questions of the library, and checks of data files.

Data go to standard output, messages to standard error. The exit status is 0 where
the question was answered, 1 where a file has faults or cannot be read, and 2 where
the command itself cannot be used as typed.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import positions as pos
from positions import quality, results
from positions.cli.arguments import REFERENCE_FORMATS, parser
from positions.cli.outputs import format_for, require_separate
from positions.cli.progress import answered, working
from positions.cli.questions import (
    QUESTIONS,
    Answer,
    bytes_of,
    data_of,
    parsed,
    reading_of,
    snapshot_of,
    topics_of,
)
from positions.cli.streams import INPUT, OUTPUT, STDIN, write_message, write_output
from positions.errors import DataError, PositionsError, UnknownNameError
from positions.files.bundled import bundled_file
from positions.files.json_files import schema
from positions.plots.plotted import Plotted, save
from positions.records.models import KINDS
from positions.screen import one_line
from positions.snapshots.wording import counted
from positions.tables.whole_files import write_whole
from positions.tables.widths import wrap

HTML_HEAD = '<!doctype html>\n<meta charset="utf-8">\n<title>positions</title>'
"""What makes a page of a table: above all, how its bytes are to be read."""
HANGING = "  "
"""What the lines of a paragraph begin with, but for the first."""
INTERRUPTED = 128 + signal.SIGINT
"""The exit status after Ctrl-C, as shells count it."""
UNREAD = 128 + 13
"""The exit status where nobody reads the answer: that of SIGPIPE, as shells count it."""
WIDE = 160
"""The columns of the tables of a check, which many half-years must fit in."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Arguments:
        arguments: the words after the program's name; those of the process where None.

    Returns:
        The exit status: 0, 1 or 2; 130 if it was interrupted, 141 if nobody reads the answer.
    """
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except (DataError, OSError) as error:
        return _complain(error, 1)
    except PositionsError as error:
        return _complain(error, 2)


def _run(words: Sequence[str]) -> int:
    _spell_out_letters()
    _require_verb(words)
    options = _parsed(words)
    if options.command is None:
        return _write(parser().format_help(), None)
    _require_separate(options)
    with working(sys.stderr):
        return _carry_out(options)


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    """Parse a command; help and version are printed here, and flushed before the end."""
    try:
        return parser().parse_args(words)
    except SystemExit as end:
        if not end.code:
            write_output("")
        raise


def _require_separate(options: argparse.Namespace) -> None:
    """Refuse an output that is the file of the data, or that of another output."""
    given = vars(options)
    data = given.get("data") or bundled_file()
    targets = {f"--{name}": given.get(name) for name in ("output", "plot")}
    chosen = {option: path for option, path in targets.items() if path is not None}
    require_separate(0 if data == STDIN else data, chosen)


def _carry_out(options: argparse.Namespace) -> int:
    if options.command in COMMANDS:
        return COMMANDS[options.command](options)
    return _answer(QUESTIONS[options.command](options), options)


def _spell_out_letters() -> None:
    """Spell out the letters that standard output cannot show, rather than fail on them."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _require_verb(words: Sequence[str]) -> None:
    """Refuse a first word that is no verb, with the nearest that is."""
    if words and not words[0].startswith("-") and words[0] not in VERBS:
        raise UnknownNameError("verb", words[0], VERBS)


def _complain(error: Exception, status: int) -> int:
    if isinstance(error, BrokenPipeError) and error.filename == OUTPUT:
        return UNREAD
    text = str(error) if isinstance(error, PositionsError) else one_line(str(error))
    write_message(f"positions: {text}")
    return status


def _report(options: argparse.Namespace) -> int:
    made = pos.report(
        data_of(options),
        options.parties,
        on=options.on,
        since=options.since,
        topics=topics_of(options),
        plans=options.plans,
        **reading_of(options),
    )
    return _write(made.html, options.output)


def _why(options: argparse.Namespace) -> int:
    snapshot = snapshot_of(data_of(options), options, options.on)
    told = snapshot[options.party, options.topic].why(options.option)
    room = _width(options) - len(HANGING)
    lines = (f"\n{HANGING}".join(wrap(line, room)) for line in told.splitlines())
    return _write("\n".join(lines), options.output)


def _sources(options: argparse.Namespace) -> int:
    if options.format not in REFERENCE_FORMATS:
        return _answer(QUESTIONS["sources"](options), options)
    sources = data_of(options).sources
    write = quality.to_csl_json if options.format == "csl-json" else quality.to_biblatex
    return _write(write(sources), options.output)


def _codebook(options: argparse.Namespace) -> int:
    return _write(quality.codebook(data_of(options)), options.output)


def _package(options: argparse.Namespace) -> int:
    pos.write_datapackage(data_of(options), options.output)
    return 0


def _check(options: argparse.Namespace) -> int:
    """Tell what a file holds, which rules it keeps and what it covers; 1 if a rule is broken."""
    data = bytes_of(options.file)
    ds, name = parsed(data, options.file), INPUT if options.file == STDIN else options.file
    counts = ", ".join(f"{len(getattr(ds.document, kind)):,} {kind}" for kind in KINDS)
    found, covered = quality.audit(ds), quality.coverage(ds)
    head = f"{name}: no faults; {counts}; {len(data):,} bytes"
    tables = (found.table(), covered.table(), covered.sourcing())
    _write("\n\n".join([head, *(table.to("text", WIDE) for table in tables)]), None)
    if found.rows:
        write_message(f"positions: {name}: {counted(len(found), 'finding')}")
    return 1 if found.rows else 0


def _schema(options: argparse.Namespace) -> int:
    return _write(json.dumps(schema(), ensure_ascii=False, indent=2), options.output)


def _answer(answer: Answer, options: argparse.Namespace) -> int:
    """Write an answer in the format that was asked for or that its file says, and its picture."""
    format = format_for(options.format, options.output)
    if isinstance(answer, Plotted) and options.plot is not None:
        save(answer.chart(), options.plot)
    if format == "excel":
        answer.to_excel(options.output)
    elif format == "word":
        answer.to_word(options.output)
    else:
        _write(_text_of(answer, format, _width(options)), options.output)
    return 0


def _text_of(answer: Answer, format: str, width: int) -> str:
    """Write an answer in a format that is text."""
    if format == "json":
        return json.dumps(_records(answer), ensure_ascii=False, indent=1)
    if format == "csv":
        return answer.to_csv()
    text = answer.table().to(format, width=width)
    return f"{HTML_HEAD}\n{text}" if format == "html" else text


def _records(answer: Answer) -> object:
    """Give what JSON holds: the records; of trades also the offers, which stand for themselves."""
    if isinstance(answer, results.Trades):
        return {"trades": answer.to_records(), "offers": answer.offers.to_records()}
    return answer.to_records()


def _width(options: argparse.Namespace) -> int:
    """Give the columns of the terminal, at least 80; 80 where it is none."""
    seen = options.output is None and sys.stdout is not None and sys.stdout.isatty()
    return max(80, shutil.get_terminal_size((80, 24)).columns if seen else 80)


def _write(text: str, output: Path | None) -> int:
    answered()
    whole = text if text.endswith("\n") else f"{text}\n"
    if output is not None:
        write_whole(output, whole.encode())
        return 0
    write_output(whole)
    return 0


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "report": _report,
    "why": _why,
    "sources": _sources,
    "codebook": _codebook,
    "package": _package,
    "check": _check,
    "schema": _schema,
}
"""What carries out the verbs whose answer is more than a table."""
VERBS = (*QUESTIONS, *(verb for verb in COMMANDS if verb not in QUESTIONS))
"""All that can be asked for."""

"""Run a verb and write its answer: choice of the format, and protection of input files."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, runtime_checkable

from positions.cli.progress import showing_progress, stop_progress
from positions.cli.streams import STDIN, write_output
from positions.cli.verb import Answer, Verb
from positions.errors import InvalidInputError
from positions.files.location import bundled_file
from positions.plots.plotted import Plotted, save
from positions.tables.whole_files import FilePath, write_whole
from positions.tables.widths import wrap

HTML_HEAD = '<!doctype html>\n<meta charset="utf-8">\n<title>positions</title>'
"""Head of an HTML page, which declares the encoding and the title."""
HANGING_INDENT = "  "
"""Indent of the lines of a paragraph after the first."""
SUFFIXES = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".tex": "latex",
    ".csv": "csv",
    ".json": "json",
    ".xlsx": "excel",
    ".docx": "word",
}
"""Format implied by each file extension."""

OFFICE_SUFFIXES = {"excel": ".xlsx", "word": ".docx"}
"""Formats of office programs, each with the only extension that its program accepts."""


@runtime_checkable
class AnswerWithOffers(Answer, Protocol):
    """An answer that has conditional offers in addition to its rows."""

    @property
    def offers(self) -> Answer:
        """The matching offers."""
        ...


def answer(verb: Verb, options: argparse.Namespace) -> int:
    """Run a verb, and write its reply.

    Returns:
        The exit status.
    """
    _require_separate(options)
    with showing_progress(sys.stderr):
        reply = verb.run(options)
        if isinstance(reply, int):
            return reply
        if isinstance(reply, str):
            write(reply, options.output)
        else:
            _write_answer(reply, options)
        return 0


def _require_separate(options: argparse.Namespace) -> None:
    """Raise if an output is the data file or the same file as another output."""
    data = options.data or bundled_file()
    targets = {"--output": options.output, "--plot": options.plot}
    chosen = {option: path for option, path in targets.items() if path is not None}
    require_separate(0 if data == STDIN else data, chosen)


def paragraphs(text: str, options: argparse.Namespace) -> str:
    """Wrap each line of a text to the width of the terminal."""
    width = _width(options) - len(HANGING_INDENT)
    return "\n".join(f"\n{HANGING_INDENT}".join(wrap(line, width)) for line in text.splitlines())


def _write_answer(answer: Answer, options: argparse.Namespace) -> None:
    """Write an answer in the format requested or implied by its file, and its plot if requested."""
    format = format_for(options.format, options.output)
    if isinstance(answer, Plotted) and options.plot is not None:
        save(answer.chart(), options.plot)
    if format == "excel":
        answer.to_excel(options.output)
    elif format == "word":
        answer.to_word(options.output)
    else:
        write(_text_of(answer, format, _width(options)), options.output)


def _text_of(answer: Answer, format: str, width: int) -> str:
    """Format an answer in one of the text formats."""
    if format == "json":
        return json.dumps(_records(answer), ensure_ascii=False, indent=1)
    if format == "csv":
        return answer.to_csv()
    text = answer.table().to(format, width=width)
    return f"{HTML_HEAD}\n{text}" if format == "html" else text


def _records(answer: Answer) -> object:
    """Return the records for JSON; those of trades and of their offers under separate keys."""
    if isinstance(answer, AnswerWithOffers):
        return {"trades": answer.to_records(), "offers": answer.offers.to_records()}
    return answer.to_records()


def _width(options: argparse.Namespace) -> int:
    """Return the width of the terminal in columns, at least 80; 80 without a terminal."""
    on_terminal = options.output is None and sys.stdout is not None and sys.stdout.isatty()
    return max(80, shutil.get_terminal_size((80, 24)).columns if on_terminal else 80)


def write(text: str, output: Path | None) -> None:
    """Write a text with a final line break, to a file or to standard output."""
    stop_progress()
    text_with_break = text if text.endswith("\n") else f"{text}\n"
    if output is not None:
        write_whole(output, text_with_break.encode())
    else:
        write_output(text_with_break)


def format_for(requested: str | None, output: Path | None) -> str:
    """Return the format requested, else the one implied by the file extension, else text.

    The request takes precedence over the extension, except that `.xlsx` and `.docx` are
    reserved for workbooks and documents, which must have them.

    Raises:
        InvalidInputError: the extension implies no format, or contradicts the one requested.

    >>> format_for(None, Path("table.docx")), format_for(None, None)
    ('word', 'text')
    """
    suffix = "" if output is None else output.suffix.lower()
    if requested is None:
        return _implied_format(suffix, output)
    required = OFFICE_SUFFIXES.get(requested, "")
    if suffix != required and (required or suffix in OFFICE_SUFFIXES.values()):
        other = f"an extension other than {suffix}"
        wanted = f"a file name ending in {required}" if required else other
        given = "no file" if output is None else str(output)
        raise InvalidInputError(f"--output for --format {requested}", wanted, given)
    return requested


def _implied_format(suffix: str, output: Path | None) -> str:
    """Return the format implied by a file extension; text if there is none."""
    if not suffix:
        return "text"
    if suffix not in SUFFIXES:
        wanted = f"a file name ending in {', '.join(SUFFIXES)}"
        raise InvalidInputError("--output", wanted, str(output), "or add --format")
    return SUFFIXES[suffix]


def require_separate(source: FilePath | int, targets: Mapping[str, Path]) -> None:
    """Raise if an output is the data file, or the answer and its plot are the same file.

    Arguments:
        source: path or descriptor of the file that is read.
        targets: paths of the files to write, by option.

    Raises:
        InvalidInputError: two of them are the same file, also through links.
        OSError: there is a loop of symbolic links.
    """
    advice = "nothing was written; choose another name"
    options: dict[str, str] = {}
    for option, path in targets.items():
        if _is_same_file(path, source):
            raise InvalidInputError(option, "a file other than the data file", str(path), advice)
        first = options.setdefault(os.path.realpath(path), option)
        if first != option:
            raise InvalidInputError(option, f"a file other than that of {first}", str(path), advice)


def _is_same_file(path: Path, source: FilePath | int) -> bool:
    """Whether both are the same regular file; a device can be read and written at once."""
    try:
        target, origin = os.stat(path), os.stat(source)
    except FileNotFoundError:
        return False
    return stat.S_ISREG(target.st_mode) and os.path.samestat(target, origin)

"""A verb is carried out, and its answer written: in which format, and over no other file."""

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

from positions.cli.progress import answered, working
from positions.cli.streams import STDIN, write_output
from positions.cli.verb import Answer, Verb
from positions.errors import InvalidInputError
from positions.files.location import bundled_file
from positions.plots.plotted import Plotted, save
from positions.tables.whole_files import FilePath, write_whole
from positions.tables.widths import wrap

HTML_HEAD = '<!doctype html>\n<meta charset="utf-8">\n<title>positions</title>'
"""What makes a page of a table: above all, how its bytes are to be read."""
HANGING = "  "
"""What the lines of a paragraph begin with, but for the first."""
WIDE = 160
"""The columns of the tables of a check, which many half-years must fit in."""
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
"""The format that each ending of a file's name stands for."""

FILES = {"excel": ".xlsx", "word": ".docx"}
"""The formats that are files of another program, and the ending it opens them by."""


@runtime_checkable
class Traded(Answer, Protocol):
    """An answer with conditional offers beside its rows."""

    @property
    def offers(self) -> Answer:
        """The offers that meet."""
        ...


def answer(verb: Verb, options: argparse.Namespace) -> int:
    """Carry out a verb, and write what it gives.

    Returns:
        The exit status.
    """
    _require_separate(options)
    with working(sys.stderr):
        reply = verb.run(options)
        if isinstance(reply, int):
            return reply
        if isinstance(reply, str):
            write(reply, options.output)
        else:
            _write_answer(reply, options)
        return 0


def _require_separate(options: argparse.Namespace) -> None:
    """Refuse an output that is the file of the data, or that of another output."""
    data = options.data or bundled_file()
    targets = {"--output": options.output, "--plot": options.plot}
    chosen = {option: path for option, path in targets.items() if path is not None}
    require_separate(0 if data == STDIN else data, chosen)


def paragraphs(text: str, options: argparse.Namespace) -> str:
    """Wrap each line of a text to the width of the terminal."""
    room = _width(options) - len(HANGING)
    return "\n".join(f"\n{HANGING}".join(wrap(line, room)) for line in text.splitlines())


def _write_answer(answer: Answer, options: argparse.Namespace) -> None:
    """Write an answer in the format that was asked for or that its file says, and its picture."""
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
    """Write an answer in a format that is text."""
    if format == "json":
        return json.dumps(_records(answer), ensure_ascii=False, indent=1)
    if format == "csv":
        return answer.to_csv()
    text = answer.table().to(format, width=width)
    return f"{HTML_HEAD}\n{text}" if format == "html" else text


def _records(answer: Answer) -> object:
    """Give what JSON holds: the records; of trades also the offers, which stand for themselves."""
    if isinstance(answer, Traded):
        return {"trades": answer.to_records(), "offers": answer.offers.to_records()}
    return answer.to_records()


def _width(options: argparse.Namespace) -> int:
    """Give the columns of the terminal, at least 80; 80 where it is none."""
    seen = options.output is None and sys.stdout is not None and sys.stdout.isatty()
    return max(80, shutil.get_terminal_size((80, 24)).columns if seen else 80)


def write(text: str, output: Path | None) -> None:
    """Write a text and the break of its last line, to a file or to standard output."""
    answered()
    whole = text if text.endswith("\n") else f"{text}\n"
    if output is not None:
        write_whole(output, whole.encode())
    else:
        write_output(whole)


def format_for(asked: str | None, output: Path | None) -> str:
    """Choose a format: the one asked for, else the one the file's name stands for, else text.

    What is asked for wins over the name, but not where a program would refuse the file:
    a workbook is always called `.xlsx` and a document `.docx`, and nothing else is.

    Raises:
        InvalidInputError: the name says nothing, or contradicts the format.

    >>> format_for(None, Path("table.docx")), format_for(None, None)
    ('word', 'text')
    """
    suffix = "" if output is None else output.suffix.lower()
    if asked is None:
        return _named(suffix, output)
    wanted = FILES.get(asked, "")
    if suffix != wanted and (wanted or suffix in FILES.values()):
        what = f"a file called …{wanted}" if wanted else f"another name than …{suffix}"
        given = "no file" if output is None else str(output)
        raise InvalidInputError(f"--output for --format {asked}", what, given)
    return asked


def _named(suffix: str, output: Path | None) -> str:
    """Choose the format that a file's name stands for; text without an ending."""
    if not suffix:
        return "text"
    if suffix not in SUFFIXES:
        wanted = f"a name that ends in {', '.join(SUFFIXES)}"
        raise InvalidInputError("--output", wanted, str(output), "or say --format")
    return SUFFIXES[suffix]


def require_separate(source: FilePath | int, targets: Mapping[str, Path]) -> None:
    """Refuse to write over the data, or an answer and its picture over one another.

    Arguments:
        source: the file that is read, as a path or a descriptor.
        targets: the files to write, by the options that name them.

    Raises:
        InvalidInputError: two of them are one file, by whichever names.
        OSError: links form a loop.
    """
    advice = "nothing was written, choose another name"
    taken: dict[str, str] = {}
    for option, path in targets.items():
        if _is_same_file(path, source):
            raise InvalidInputError(option, "another file than the data", str(path), advice)
        former = taken.setdefault(os.path.realpath(path), option)
        if former != option:
            raise InvalidInputError(option, f"another file than {former}", str(path), advice)


def _is_same_file(path: Path, source: FilePath | int) -> bool:
    """Whether two names lead to one file; a device is none, and can be read and written at once."""
    try:
        found, other = os.stat(path), os.stat(source)
    except FileNotFoundError:
        return False
    return stat.S_ISREG(found.st_mode) and os.path.samestat(found, other)

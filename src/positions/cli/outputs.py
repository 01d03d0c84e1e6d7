"""In which format an answer is written, and that its file is no other file of the command."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from positions.errors import InvalidInputError
from positions.tables.whole_files import FilePath

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

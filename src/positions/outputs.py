"""In which format an answer is written: as asked for, or as the name of the file says."""

from __future__ import annotations

from pathlib import Path

from positions.errors import InvalidInputError

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

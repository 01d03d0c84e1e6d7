"""Verbs of the command line as values, and the arguments that many verbs share.

A verb determines its parser, its help page, its entry on the first page and the function
that runs it. Nothing here imports a library, so that help and version are fast.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    import positions as pos
    from positions.tables.whole_files import FilePath


class Answer(Protocol):
    """An answer that can be written in every table format."""

    def table(self) -> pos.Table:
        """Return the whole answer as one table."""
        ...

    def to_records(self) -> list[dict[str, Any]]:
        """Return the rows as plain dictionaries."""
        ...

    def to_csv(self) -> str:
        """Return the records as CSV."""
        ...

    def to_excel(self, path: FilePath) -> None:
        """Write the answer to a workbook."""

    def to_word(self, path: FilePath) -> None:
        """Write the answer to a document."""


Reply = Answer | str | int
"""Result of a verb: an answer, a text to write unchanged, or an exit status."""


class Argument(NamedTuple):
    """An argument of a verb, as `argparse` takes it."""

    names: tuple[str, ...]
    settings: Mapping[str, Any]
    group: str | None = None


class Verb(NamedTuple):
    """A verb: its description, the function that runs it, and its arguments."""

    name: str
    about: str
    run: Callable[[argparse.Namespace], Reply]
    arguments: tuple[Argument, ...]


class Theme(NamedTuple):
    """The verbs that answer one kind of question."""

    question: str
    verbs: tuple[Verb, ...]


def argument(*names: str, group: str | None = None, **settings: object) -> Argument:
    """Return an argument with these settings of `argparse`."""
    return Argument(names, settings, group)


def _reading(name: str, **settings: object) -> Argument:
    return argument(name, group="which statements count", **settings)


ATTRIBUTIONS = ("self", "reported", "leaked", "claimed")
"""Kinds of attribution of a statement; all except the last count by default."""
DATA_HELP = "JSON, or a CSV table of statements; - reads either from standard input"
FORMATS_HELP = "text, markdown, html, latex, csv, json, excel, word, or any format of tabulate"
FORMAT_HELP = " (default: by the ending of the output file, else text)"

PARTY = argument("party", metavar="PARTY", help="id of a party")
PARTIES = argument("parties", nargs="+", metavar="PARTY", help="ids of two or more parties")
PLAN = argument("plan", metavar="PLAN", help="id of a proposal")
TOPICS = argument(
    "--topics",
    nargs="+",
    metavar="TOPIC",
    help="ids or areas of topics, as listed by `show topics` (default: all)",
)
DATA = argument(
    "--data", type=Path, metavar="FILE", help=f"a data set instead of the bundled one: {DATA_HELP}"
)
ON = argument("--on", metavar="DATE", help="day of the positions (default: end of the evidence)")
SINCE = argument(
    "--since", metavar="DATE", help="first day (default: as early as the statements allow)"
)
UNTIL = argument("--until", metavar="DATE", help="last day (default: end of the evidence)")
SUPPOSE = argument(
    "--suppose",
    action="append",
    metavar="POSITION",
    help="suppose that a party takes a position on the day (or last day) of the question: "
    '"PARTY TOPIC OPTION=ATTITUDE … [if TOPIC=OPTION and … or if …]"; can be repeated',
)
FORMAT = argument("--format", metavar="FORMAT", help=f"{FORMATS_HELP}{FORMAT_HELP}")
OUTPUT = argument(
    "-o",
    "--output",
    type=Path,
    metavar="FILE",
    help="write to this file instead of standard output; if this fails, the file stays unchanged",
)
PLOT = argument(
    "--plot",
    type=Path,
    metavar="FILE",
    help="also plot the answer, to a file ending in .png, .svg or .pdf",
)
READING = (
    _reading("--known-by", metavar="DATE", help="only statements published by this day"),
    _reading("--max-age", type=int, metavar="DAYS", help="ignore statements older than this"),
    _reading(
        "--attributions",
        nargs="+",
        choices=ATTRIBUTIONS,
        default=ATTRIBUTIONS[:-1],
        metavar="KIND",
        help=f"attributions that count, one or more of {', '.join(ATTRIBUTIONS)} (default: all "
        "except the last, which are claims by others about the party)",
    ),
    _reading(
        "--confidence",
        choices=("low", "medium", "high"),
        help="only statements coded with at least this confidence",
    ),
    _reading("--not-inherited", action="store_true", help="ignore statements of past governments"),
    _reading(
        "--dates",
        choices=("latest", "earliest"),
        default="latest",
        help="which possible day of a vague date counts (default: %(default)s)",
    ),
    _reading(
        "--undated",
        choices=("retrieved", "same_day"),
        default="retrieved",
        help="with --known-by: whether an undated source is known from the day of its retrieval "
        "or of the statement (default: %(default)s)",
    ),
)
ANSWER = (FORMAT, OUTPUT)
"""Arguments for the format and the file of an answer."""
SNAPSHOT = (DATA, ON, SUPPOSE, *READING)
"""Arguments of a question about a day: data, day and statements."""
PERIOD = (DATA, SINCE, UNTIL, SUPPOSE, *READING)
"""Arguments of a question about a period: data, days and statements."""
QUESTION = (*SNAPSHOT, TOPICS, *ANSWER)
"""Arguments of a question about topics on a day."""

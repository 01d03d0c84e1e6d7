"""A verb of the command line as one value, and the arguments that many verbs share.

From a verb follow its parser, its help, its line on the first page and what carries it out.
Nothing here imports a library, so that help and version are there at once.
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


Reply = Answer | str | int
"""What a verb gives: an answer, a text that is written as it is, or, if all is done, a status."""


class Argument(NamedTuple):
    """An argument of a verb, as `argparse` takes it."""

    names: tuple[str, ...]
    settings: Mapping[str, Any]
    group: str | None = None


class Verb(NamedTuple):
    """A verb: what it does, what carries it out, and what can be typed after it."""

    name: str
    about: str
    run: Callable[[argparse.Namespace], Reply]
    arguments: tuple[Argument, ...]


class Theme(NamedTuple):
    """The verbs that answer one kind of question."""

    question: str
    verbs: tuple[Verb, ...]


def argument(*names: str, group: str | None = None, **settings: object) -> Argument:
    """Make an argument of what `argparse` wants to know of it."""
    return Argument(names, settings, group)


def _reading(name: str, **settings: object) -> Argument:
    return argument(name, group="which statements count", **settings)


ATTRIBUTIONS = ("self", "reported", "leaked", "claimed")
"""From whom words can be; all but the last count by themselves."""
DATA_HELP = "JSON, or a CSV table of statements; - is standard input, of either form"
FORMATS_HELP = "text, markdown, html, latex, csv, json, excel, word, or any format of tabulate"
FORMAT_HELP = "; what the name of the file stands for if left out, else text"

PARTY = argument("party", metavar="PARTY", help="its id")
PARTIES = argument("parties", nargs="+", metavar="PARTY", help="two or more ids")
PLAN = argument("plan", metavar="PLAN", help="the id of a proposal")
TOPICS = argument(
    "--topics", nargs="+", metavar="TOPIC", help="ids or areas, as `show topics` lists them"
)
DATA = argument("--data", type=Path, metavar="FILE", help=f"another data set: {DATA_HELP}")
ON = argument("--on", metavar="DATE", help="the day; the end of the evidence if left out")
SINCE = argument("--since", metavar="DATE", help="the first day")
UNTIL = argument(
    "--until", metavar="DATE", help="the last day; the end of the evidence if left out"
)
SUPPOSE = argument(
    "--suppose",
    action="append",
    metavar="WORDS",
    help='what if: "PARTY TOPIC OPTION=ATTITUDE … [if TOPIC=OPTION and … or if …]", from that day '
    "on; can be repeated",
)
FORMAT = argument("--format", metavar="FORMAT", help=f"{FORMATS_HELP}{FORMAT_HELP}")
OUTPUT = argument(
    "-o", "--output", type=Path, metavar="FILE", help="write to a file instead; whole or not at all"
)
PLOT = argument(
    "--plot",
    type=Path,
    metavar="FILE",
    help="also draw the answer, to a file that ends in .png, .svg or .pdf",
)
READING = (
    _reading("--known-by", metavar="DATE", help="only what was published by this day"),
    _reading("--max-age", type=int, metavar="DAYS", help="drop what was said earlier"),
    _reading(
        "--attributions",
        nargs="+",
        choices=ATTRIBUTIONS,
        default=ATTRIBUTIONS[:-1],
        metavar="KIND",
        help=f"which words count, one or more of {', '.join(ATTRIBUTIONS)}; all but the last, by "
        "others of the party, if left out",
    ),
    _reading(
        "--confidence", choices=("low", "medium", "high"), help="how sure the coder was at least"
    ),
    _reading("--not-inherited", action="store_true", help="drop what an earlier government said"),
    _reading(
        "--dates", choices=("latest", "earliest"), default="latest", help="how vague dates are read"
    ),
    _reading(
        "--undated",
        choices=("retrieved", "same_day"),
        default="retrieved",
        help="from when undated sources count as known, with --known-by",
    ),
)
ANSWER = (FORMAT, OUTPUT)
"""How an answer is written."""
SNAPSHOT = (DATA, ON, SUPPOSE, *READING)
"""Of which data, day and statements a question is asked."""
PERIOD = (DATA, SINCE, UNTIL, SUPPOSE, *READING)
"""The same of a question about what happened in a period."""
QUESTION = (*SNAPSHOT, TOPICS, *ANSWER)
"""What every question about some topics on a day takes."""

"""What can be typed at the command line; what is done with it is in `positions.cli`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from positions.ledger import ATTRIBUTIONS, CONFIDENCES
from positions.runs import OWN_WORDS

ABOUT = "what parties demand, accept and refuse, what moved, and where they are stuck"
AddCommand = Callable[..., argparse.ArgumentParser]
"""What makes a new command."""
REFERENCE_FORMATS = ("csl-json", "biblatex")
"""The formats of sources for programs that manage references."""
FORMATS_HELP = "text, markdown, html, latex, csv, json, or any format of tabulate"


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(prog="positions", description=f"Ask {ABOUT}.")
    add = top.add_subparsers(metavar="COMMAND", required=True).add_parser
    for name, about in (
        ("compare", "set the positions of parties side by side"),
        ("overlap", "where parties could agree, topic by topic"),
        ("deadlocks", "where parties are stuck, and who blocks what"),
    ):
        command = _question(add, name, about)
        command.add_argument("parties", nargs="+", metavar="PARTY", help="two or more ids")
    _add_diff(add)
    _add_show(add)
    _add_data(add)
    _add_files(add)
    return top


def _add_diff(add: AddCommand) -> None:
    about = "what moved between two days (--since, --on), or how two parties or two plans differ"
    command = _question(add, "diff", about)
    command.add_argument("names", nargs="*", metavar="NAME", help="parties, or two proposals")
    command.add_argument("--since", metavar="DATE", help="the earlier day")


def _add_show(add: AddCommand) -> None:
    about = "one party, topic, statement, source, proposal or event in full"
    command = _question(add, "show", about)
    command.add_argument("name", metavar="ID", help="its id, or one of: parties, topics, …")


def _add_data(add: AddCommand) -> None:
    """Describe the commands that ask of a whole data set, whatever the day."""
    about = "what a data set is: versions, checksum, counts, and how to cite it"
    _of_data(add, "info", about, FORMATS_HELP)
    about = "all sources, also for programs that manage references"
    _of_data(add, "sources", about, f"{', '.join(REFERENCE_FORMATS)}, {FORMATS_HELP}")
    about = "count the statements by party, area and half-year, and how they are sourced"
    _of_data(add, "coverage", about, FORMATS_HELP)
    about = "write the codebook: every question and option, with examples"
    command = _command(add, "codebook", about)
    _add_source(command)
    _add_output(command)
    about = "write a data set as a Data Package: CSV tables and their description"
    command = _command(add, "package", about)
    _add_source(command)
    command.add_argument(
        "-o", "--output", type=Path, metavar="FOLDER", required=True, help="the folder to write"
    )


def _command(add: AddCommand, name: str, about: str) -> argparse.ArgumentParser:
    """Describe a command; its name tells what carries it out."""
    command = add(name, help=about, description=about[0].upper() + about[1:] + ".")
    command.set_defaults(command=name)
    return command


def _of_data(add: AddCommand, name: str, about: str, formats: str) -> None:
    """Describe a command that has an answer about a data set."""
    command = _command(add, name, about)
    _add_source(command)
    _add_form(command, formats)


def _add_source(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, metavar="FILE", help="another data set (JSON)")


def _add_form(command: argparse.ArgumentParser, formats: str = FORMATS_HELP) -> None:
    command.add_argument("--format", default="text", metavar="FORMAT", help=formats)
    _add_output(command)


def _add_output(command: argparse.ArgumentParser) -> None:
    text = "write to a file instead"
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help=text)


def _add_files(add: AddCommand) -> None:
    about = "find every fault of a data file, check its rules, and count what it covers"
    command = _command(add, "check", about)
    command.add_argument("file", type=Path, metavar="FILE")
    command = _command(add, "schema", "print the JSON Schema of the file format")
    _add_output(command)


def _question(add: AddCommand, name: str, about: str) -> argparse.ArgumentParser:
    """Describe a command that asks a data set about a day."""
    command = _command(add, name, about)
    _add_source(command)
    command.add_argument("--topics", nargs="+", metavar="TOPIC", help="ids or areas")
    command.add_argument(
        "--on", metavar="DATE", help="the day; the end of the evidence if left out"
    )
    _add_form(command)
    _add_reading(command)
    return command


def _add_reading(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("which statements count")
    group.add_argument("--known-by", metavar="DATE", help="only what was published by this day")
    group.add_argument("--max-age", type=int, metavar="DAYS", help="drop what was said earlier")
    group.add_argument(
        "--attributions",
        nargs="+",
        choices=ATTRIBUTIONS,
        default=OWN_WORDS,
        help="whose words count; “claimed” fills what own words leave silent",
    )
    group.add_argument("--confidence", choices=CONFIDENCES[1:], help="the least of the coder")
    group.add_argument(
        "--not-inherited", action="store_true", help="drop what an earlier government said"
    )
    group.add_argument(
        "--dates", choices=("latest", "earliest"), default="latest", help="how vague dates are read"
    )
    group.add_argument(
        "--undated",
        choices=("retrieved", "same_day"),
        default="retrieved",
        help="from when undated sources count as known, with --known-by",
    )

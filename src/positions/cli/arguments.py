"""What can be typed at the command line; what is done with it is in `positions.cli.main`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from positions.cli.guide import WIDTH, examples_of, first_page
from positions.records.dates import EVERY
from positions.screen import one_line
from positions.snapshots.ledger import ATTRIBUTIONS, CONFIDENCES
from positions.snapshots.reading import OWN_WORDS
from positions.tables.widths import wrap
from positions.version import __version__

ABOUT = (
    "Ask what parties to a negotiation demand, accept and refuse, what moved, and where they are "
    "stuck. Without --data FILE the questions go to the data that come with the library."
)
AddCommand = Callable[..., argparse.ArgumentParser]
"""What makes a new command."""
REFERENCE_FORMATS = ("csl-json", "biblatex")
"""The formats of sources for programs that manage references."""
PICTURES = (
    "compare",
    "agreement",
    "timeline",
    "history",
    "convergence",
    "quantities",
    "evaluate",
    "plans",
)
"""The verbs whose answers are pictures as well."""
DATA_HELP = "JSON, or a CSV table of statements; - is standard input, of either form"
FORMATS_HELP = "text, markdown, html, latex, csv, json, excel, word, or any format of tabulate"


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints show what was typed fit for a screen."""

    def error(self, message: str) -> NoReturn:
        """End with a complaint, which can repeat any word that was typed."""
        super().error(one_line(message))


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = _Parser(
        prog="positions",
        usage="positions VERB … [options]",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"positions {__version__}")
    top.set_defaults(command=None)
    verbs = top.add_subparsers(metavar="VERB", prog="positions", help=argparse.SUPPRESS)
    add = verbs.add_parser
    for name, about in (
        ("compare", "set the positions of parties side by side"),
        ("overlap", "where parties could agree, topic by topic"),
        ("deadlocks", "where parties are stuck, and who blocks what"),
    ):
        command = _question(add, name, about)
        command.add_argument("parties", nargs="+", metavar="PARTY", help="two or more ids")
    _add_agreement(add)
    _add_diff(add)
    _add_packages(add)
    _add_trades(add)
    _add_over_time(add)
    _add_plans(add)
    _add_report(add)
    _add_show(add)
    _add_why(add)
    _add_data(add)
    _add_files(add)
    abouts = {name: str(command.description) for name, command in verbs.choices.items()}
    top.description = "\n".join((*wrap(ABOUT, WIDTH), "", first_page(abouts)))
    return top


def _add_agreement(add: AddCommand) -> None:
    about = "who stands near whom: the share of topics on which two parties agree"
    command = _question(add, "agreement", about)
    command.add_argument("parties", nargs="*", metavar="PARTY", help="all of them if left out")


def _add_diff(add: AddCommand) -> None:
    about = "what moved between two days (--since, --on), or how two parties or two plans differ"
    command = _question(add, "diff", about)
    command.add_argument("names", nargs="*", metavar="NAME", help="parties, or two proposals")
    command.add_argument("--since", metavar="DATE", help="the earlier day")


def _add_packages(add: AddCommand) -> None:
    for name, about in (
        ("settle", "a package that all could sign, or the refusals that leave none"),
        ("conflicts", "all refusals that leave no package, minimal by inclusion"),
        ("concessions", "the least that must be given up for a package"),
    ):
        command = _question(add, name, about)
        command.add_argument("parties", nargs="+", metavar="PARTY", help="two or more ids")
        command.add_argument("--fixed", metavar="PLAN", help="a proposal whose clauses must hold")


def _add_trades(add: AddCommand) -> None:
    about = "what two parties could trade, by what each speaks of most; offers that meet"
    command = _question(add, "trades", about)
    command.add_argument("parties", nargs=2, metavar="PARTY", help="two ids")


def _add_over_time(add: AddCommand) -> None:
    """Describe the commands that tell how things ran, up to the day --on."""
    about = "every change of the positions of a party, and which words made it"
    command = _question(add, "timeline", about)
    command.add_argument("party", metavar="PARTY", help="its id")
    command.add_argument("--since", metavar="DATE", help="the first day")
    about = "since when parties agree or are stuck, topic by topic, and who began it"
    command = _question(add, "history", about)
    command.add_argument("parties", nargs="+", metavar="PARTY", help="two or more ids")
    command.add_argument("--since", metavar="DATE", help="the first day")
    _add_convergence(add)
    about = "every number that was named on a topic, by whom, in statements and plans"
    command = _command(add, "quantities", about)
    command.add_argument("topic", metavar="TOPIC", help="the id of a quantity topic")
    command.add_argument("parties", nargs="*", metavar="PARTY", help="only what these name")
    _add_source(command)
    _add_form(command)


def _add_convergence(add: AddCommand) -> None:
    about = "whether parties come nearer to one another, topic by topic and by area"
    command = _question(add, "convergence", about)
    command.add_argument("parties", nargs="+", metavar="PARTY", help="two or more ids")
    command.add_argument("--since", metavar="DATE", help="the first day")
    command.add_argument(
        "--every", choices=EVERY, default="change", help="on which days rows are given"
    )
    command.add_argument(
        "--decay", type=float, metavar="DAYS", help="half-life of words in the mean of topics"
    )


def _add_plans(add: AddCommand) -> None:
    """Describe the commands that hold plans against positions, and against later plans."""
    about = "how parties stand to each clause of a plan, and who would sign it"
    command = _on_plans(add, "evaluate", about)
    command.add_argument("plan", metavar="PLAN", help="the id of a proposal")
    command.add_argument("parties", nargs="*", metavar="PARTY", help="all that spoke if left out")
    command = _on_plans(add, "plans", "which party would sign which plan")
    command.add_argument("parties", nargs="*", metavar="PARTY", help="all sponsors if left out")
    command = _of_day(add, "nearest", "the plans nearest to what a party says")
    command.add_argument("party", metavar="PARTY", help="its id")
    _add_form(command)
    _add_reading(command)
    command = _command(add, "lineage", "what later plans kept, changed and dropped of a plan")
    command.add_argument("plan", metavar="PLAN", help="the id of a proposal")
    _add_source(command)
    _add_form(command)


def _add_report(add: AddCommand) -> None:
    about = "write a report on some parties: one page of HTML, with all statements and sources"
    command = _of_day(add, "report", about)
    command.add_argument("parties", nargs="+", metavar="PARTY", help="two or more ids")
    command.add_argument("--since", metavar="DATE", help="an earlier day: tell what moved since")
    command.add_argument(
        "--topics", nargs="+", metavar="TOPIC", help="ids or areas, as `show topics` lists them"
    )
    every = "proposals to tell clause by clause; a line for each one of that day if left out"
    command.add_argument("--plans", nargs="+", metavar="PLAN", help=every)
    _add_output(command)
    _add_reading(command)


def _on_plans(add: AddCommand, name: str, about: str) -> argparse.ArgumentParser:
    """Describe a command that holds plans against positions, each after it was tabled."""
    command = _command(add, name, about)
    _add_source(command)
    tabled = "the day; the day after a plan was tabled if left out"
    command.add_argument("--on", metavar="DATE", help=tabled)
    _add_form(command)
    _add_reading(command)
    return command


def _add_show(add: AddCommand) -> None:
    about = "one party, topic, statement, source, proposal or event in full"
    command = _question(add, "show", about)
    command.add_argument("name", metavar="ID", help="its id, or one of: parties, topics, …")


def _add_why(add: AddCommand) -> None:
    about = "why a party stands as it does: who said what, when and where, and by which rules"
    command = _of_day(add, "why", about)
    command.add_argument("party", metavar="PARTY", help="its id")
    command.add_argument("topic", metavar="TOPIC", help="the id of a topic")
    command.add_argument("option", nargs="?", metavar="OPTION", help="only this option of it")
    _add_output(command)
    _add_reading(command)


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
    command = add(
        name,
        description="\n".join(wrap(f"{about[0].upper()}{about[1:]}.", WIDTH)),
        epilog=examples_of(name),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(command=name, suppose=[], plot=None)
    if name in PICTURES:
        _add_plot(command)
    return command


def _of_data(add: AddCommand, name: str, about: str, formats: str) -> None:
    """Describe a command that has an answer about a data set."""
    command = _command(add, name, about)
    _add_source(command)
    _add_form(command, formats)


def _add_source(command: argparse.ArgumentParser) -> None:
    about = f"another data set: {DATA_HELP}"
    command.add_argument("--data", type=Path, metavar="FILE", help=about)


def _add_form(command: argparse.ArgumentParser, formats: str = FORMATS_HELP) -> None:
    named = "what the name of the file stands for if left out, else text"
    command.add_argument("--format", metavar="FORMAT", help=f"{formats}; {named}")
    _add_output(command)


def _add_output(command: argparse.ArgumentParser) -> None:
    text = "write to a file instead; whole or not at all"
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help=text)


def _add_plot(command: argparse.ArgumentParser) -> None:
    text = "also draw the answer, to a file that ends in .png, .svg or .pdf"
    command.add_argument("--plot", type=Path, metavar="FILE", help=text)


def _add_files(add: AddCommand) -> None:
    about = "find every fault of a data file, check its rules, and count what it covers"
    command = _command(add, "check", about)
    command.add_argument("file", type=Path, metavar="FILE", help=DATA_HELP)
    command = _command(add, "schema", "print the JSON Schema of the file format")
    _add_output(command)


def _question(add: AddCommand, name: str, about: str) -> argparse.ArgumentParser:
    """Describe a command that asks a data set about some topics on a day."""
    command = _of_day(add, name, about)
    command.add_argument(
        "--topics", nargs="+", metavar="TOPIC", help="ids or areas, as `show topics` lists them"
    )
    _add_form(command)
    _add_reading(command)
    return command


def _of_day(add: AddCommand, name: str, about: str) -> argparse.ArgumentParser:
    """Describe a command that looks at a day, on which more can be supposed."""
    command = _command(add, name, about)
    _add_source(command)
    command.add_argument(
        "--on", metavar="DATE", help="the day; the end of the evidence if left out"
    )
    command.add_argument(
        "--suppose",
        action="append",
        metavar="WORDS",
        help='what if: "PARTY TOPIC OPTION=ATTITUDE … [if TOPIC=OPTION and … or if …]", from '
        "that day on; can be repeated",
    )
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
        metavar="KIND",
        help=f"which words count, one or more of {', '.join(ATTRIBUTIONS)}; all but the last, by "
        "others of the party, if left out",
    )
    group.add_argument(
        "--confidence", choices=CONFIDENCES[1:], help="how sure the coder was at least"
    )
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

"""All verbs by theme, and the argument parser built from them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn

from positions.cli import parts
from positions.cli.verb import Verb
from positions.cli.verbs_data import DATA_SETS
from positions.cli.verbs_plans import PACKAGES, PLANS
from positions.cli.verbs_positions import CHANGES, RELATIONS, STATEMENTS
from positions.screen import one_line
from positions.version import __version__

THEMES = (STATEMENTS, RELATIONS, CHANGES, PLANS, PACKAGES, DATA_SETS)
"""All verbs, grouped by the kind of question that they answer."""
VERBS = {verb.name: verb for theme in THEMES for verb in theme.verbs}
"""All verbs by name."""
USAGE = "positions VERB … [options]"
"""Usage line of the program."""
DEFAULTS: Mapping[str, object] = {
    "data": None,
    "on": None,
    "until": None,
    "suppose": [],
    "format": None,
    "output": None,
    "plot": None,
}
"""Values of the arguments that a verb does not have."""
HelpTexts = tuple[str, str | None]
"""The texts of a help page before and after the arguments."""


class Parser(argparse.ArgumentParser):
    """An argument parser that makes its help texts on demand and escapes its error messages."""

    description: str | None
    epilog: str | None

    def __init__(self, texts: Callable[[], HelpTexts], prog: str, usage: str | None = None) -> None:
        keep_lines = argparse.RawDescriptionHelpFormatter
        super().__init__(prog=prog, usage=usage, formatter_class=keep_lines)
        self._texts = texts

    def format_help(self) -> str:
        """Return the help page."""
        self.description, self.epilog = self._texts()
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """End the program with a message of one line, since it can quote any argument."""
        super().error(one_line(message))


def parser(verbs: Iterable[Verb] = tuple(VERBS.values())) -> Parser:
    """Return the parser of the command line.

    Arguments:
        verbs: the verbs to parse; the help page lists all verbs in any case.
    """
    top = Parser(lambda: (parts.guide.first_page(THEMES), None), prog="positions", usage=USAGE)
    top.add_argument("--version", action="version", version=f"positions {__version__}")
    top.set_defaults(verb=None)
    commands = top.add_subparsers(metavar="VERB", prog="positions", help=argparse.SUPPRESS)
    for verb in verbs:
        command = commands.add_parser(verb.name, texts=_help_texts_of(verb))
        command.set_defaults(**DEFAULTS, verb=verb)
        _add_arguments(command, verb)
    return top


def _help_texts_of(verb: Verb) -> Callable[[], HelpTexts]:
    return lambda: (parts.guide.sentence(verb.about), parts.guide.examples_of(verb.name))


def _add_arguments(command: argparse.ArgumentParser, verb: Verb) -> None:
    """Add each argument of a verb to its group."""
    adders: dict[str | None, Callable[..., argparse.Action]] = {None: command.add_argument}
    for argument in verb.arguments:
        if argument.group not in adders:
            adders[argument.group] = command.add_argument_group(argument.group).add_argument
        adders[argument.group](*argument.names, **argument.settings)

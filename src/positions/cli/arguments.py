"""What can be typed: all verbs by what they answer, and the parser that is made from them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn

from positions.cli import parts
from positions.cli.verb import Verb
from positions.cli.verbs_data import DATA_SETS
from positions.cli.verbs_plans import PACKAGES, PLANS
from positions.cli.verbs_positions import BETWEEN, MOVED, SAID
from positions.screen import one_line
from positions.version import __version__

THEMES = (SAID, BETWEEN, MOVED, PLANS, PACKAGES, DATA_SETS)
"""All verbs, by what somebody wants to know."""
VERBS = {verb.name: verb for theme in THEMES for verb in theme.verbs}
"""All verbs, by their names."""
USAGE = "positions VERB … [options]"
"""What every command looks like."""
UNASKED: Mapping[str, object] = {
    "data": None,
    "on": None,
    "until": None,
    "suppose": [],
    "format": None,
    "output": None,
    "plot": None,
}
"""What stands for the arguments that a verb does not take."""
Page = tuple[str, str | None]
"""What stands on a page of help before the arguments and after them."""


class Parser(argparse.ArgumentParser):
    """A parser that writes help only when asked for it, and complaints fit for a screen."""

    description: str | None
    epilog: str | None

    def __init__(self, page: Callable[[], Page], prog: str, usage: str | None = None) -> None:
        as_written = argparse.RawDescriptionHelpFormatter
        super().__init__(prog=prog, usage=usage, formatter_class=as_written)
        self._page = page

    def format_help(self) -> str:
        """Write the page of help."""
        self.description, self.epilog = self._page()
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """End with a complaint, which can repeat any word that was typed."""
        super().error(one_line(message))


def parser(verbs: Iterable[Verb] = tuple(VERBS.values())) -> Parser:
    """Describe the command line.

    Arguments:
        verbs: those that it can parse; the page of help shows all.
    """
    top = Parser(lambda: (parts.guide.first_page(THEMES), None), prog="positions", usage=USAGE)
    top.add_argument("--version", action="version", version=f"positions {__version__}")
    top.set_defaults(verb=None)
    commands = top.add_subparsers(metavar="VERB", prog="positions", help=argparse.SUPPRESS)
    for verb in verbs:
        command = commands.add_parser(verb.name, page=_page_of(verb))
        command.set_defaults(**UNASKED, verb=verb)
        _add_arguments(command, verb)
    return top


def _page_of(verb: Verb) -> Callable[[], Page]:
    return lambda: (parts.guide.sentence(verb.about), parts.guide.examples_of(verb.name))


def _add_arguments(command: argparse.ArgumentParser, verb: Verb) -> None:
    """Add the arguments of a verb, each to its group."""
    adders: dict[str | None, Callable[..., argparse.Action]] = {None: command.add_argument}
    for each in verb.arguments:
        if each.group not in adders:
            adders[each.group] = command.add_argument_group(each.group).add_argument
        adders[each.group](*each.names, **each.settings)

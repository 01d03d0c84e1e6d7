"""Help texts: the first page, and the examples of each verb.

The examples query the bundled data and are installed with them, in `examples.txt`.
"""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from positions.cli.verb import Theme, Verb
from positions.files.location import bundled_file

ABOUT = (
    "Ask what parties to a negotiation demand, accept and reject, what changed, and where they "
    "are deadlocked. Without --data FILE, the data that come with the library are used."
)
"""Description of the program."""
WIDTH = 78
"""Maximum width of a help page, in columns."""
END_OF_FIRST_PAGE = "---"
"""The line of the file of examples that separates those of the first page from the others."""


class Example(NamedTuple):
    """A command and the question that it answers."""

    question: str
    command: str
    on_first_page: bool

    @property
    def verb(self) -> str:
        """The verb of the command: its second word."""
        return self.command.split()[1]


@functools.cache
def examples() -> tuple[Example, ...]:
    """Read the examples that come with the bundled data, in the order of the file.

    >>> examples()[0].command
    'positions show parties'
    """
    path = bundled_file().with_name("examples.txt")
    return tuple(_examples(path.read_text(encoding="utf-8").splitlines()))


def _examples(lines: Iterable[str]) -> Iterator[Example]:
    question, on_first_page = "", True
    for line in lines:
        if line == END_OF_FIRST_PAGE:
            on_first_page = False
        elif line.startswith("$ "):
            yield Example(question, line.removeprefix("$ "), on_first_page)
        elif line:
            question = line


def examples_of(verb: str) -> str:
    """Return the examples of one verb as text, for the end of its help page."""
    return _example_text(example for example in examples() if example.verb == verb)


def first_page(themes: Iterable[Theme]) -> str:
    """Return the first page: the description of the program, examples, and the verbs by theme."""
    parts = [textwrap.fill(ABOUT, WIDTH)]
    parts.append(_example_text(example for example in examples() if example.on_first_page))
    parts += ["\n".join((theme.question, *map(_entry, theme.verbs))) for theme in themes]
    return "\n\n".join((*parts, "`positions VERB --help` explains a verb, with examples."))


def sentence(about: str) -> str:
    """Return the description of a verb as a sentence, for the top of its help page."""
    return textwrap.fill(f"{about[0].upper()}{about[1:]}.", WIDTH)


def _example_text(chosen: Iterable[Example]) -> str:
    pairs = (f"  # {example.question}\n  {example.command}" for example in chosen)
    return "\n".join(("examples:", *pairs))


def _entry(verb: Verb) -> str:
    lead = f"  {verb.name:<12}"
    return textwrap.fill(verb.about, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))

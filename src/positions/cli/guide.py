"""The guide at the command line: examples that run, and the verbs by what they answer.

The examples ask the bundled data, so they lie beside them, in `examples.txt`.
"""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from positions.cli.verb import Theme, Verb
from positions.files.location import bundled_file

ABOUT = (
    "Ask what parties to a negotiation demand, accept and refuse, what moved, and where they are "
    "stuck. Without --data FILE the questions go to the data that come with the library."
)
"""What the program does."""
WIDTH = 78
"""How wide a page of help is at most."""
FIRST_PAGE_ENDS = "---"
"""The line of the file of examples after which they are for one verb only."""


class Example(NamedTuple):
    """A command as it is typed, and the question that it answers."""

    question: str
    command: str
    on_first_page: bool

    @property
    def verb(self) -> str:
        """The verb of the command, its second word."""
        return self.command.split()[1]


@functools.cache
def examples() -> tuple[Example, ...]:
    """Read the examples that come with the bundled data, in their order.

    >>> examples()[0].command
    'positions show parties'
    """
    path = bundled_file().with_name("examples.txt")
    return tuple(_examples(path.read_text(encoding="utf-8").splitlines()))


def _examples(lines: Iterable[str]) -> Iterator[Example]:
    question, on_first_page = "", True
    for line in lines:
        if line == FIRST_PAGE_ENDS:
            on_first_page = False
        elif line.startswith("$ "):
            yield Example(question, line.removeprefix("$ "), on_first_page)
        elif line:
            question = line


def examples_of(verb: str) -> str:
    """Write the examples of one verb, for the end of its help."""
    return _told(example for example in examples() if example.verb == verb)


def first_page(themes: Iterable[Theme]) -> str:
    """Write the first page: what the program does, examples, then the verbs by what they answer."""
    parts = [textwrap.fill(ABOUT, WIDTH)]
    parts.append(_told(example for example in examples() if example.on_first_page))
    parts += ["\n".join((theme.question, *map(_entry, theme.verbs))) for theme in themes]
    return "\n\n".join((*parts, "`positions VERB --help` tells more of a verb, with examples."))


def sentence(about: str) -> str:
    """Write what a verb does as a sentence, for the top of its help."""
    return textwrap.fill(f"{about[0].upper()}{about[1:]}.", WIDTH)


def _told(chosen: Iterable[Example]) -> str:
    pairs = (f"  # {example.question}\n  {example.command}" for example in chosen)
    return "\n".join(("examples:", *pairs))


def _entry(verb: Verb) -> str:
    lead = f"  {verb.name:<12}"
    return textwrap.fill(verb.about, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))

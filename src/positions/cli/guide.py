"""The guide at the command line: examples that run, and the verbs by what they answer.

The examples ask the bundled data, so they lie beside them, in `examples.txt`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping

import attrs

from positions.files.bundled import bundled_file
from positions.tables.widths import wrap

THEMES: Mapping[str, tuple[str, ...]] = {
    "What was said?": ("show", "why", "quantities"),
    "Where do they stand to one another?": (
        "compare",
        "overlap",
        "deadlocks",
        "agreement",
        "report",
    ),
    "How did it move?": ("diff", "timeline", "history", "convergence"),
    "Which plans were on the table?": ("evaluate", "plans", "nearest", "lineage"),
    "Which package could be signed?": ("settle", "conflicts", "concessions", "trades"),
    "What are the data?": ("info", "sources", "coverage", "codebook", "package", "check", "schema"),
}
"""The verbs, by what somebody wants to know."""
WIDTH = 78
"""How wide a page of help is at most."""
FIRST_PAGE_ENDS = "---"
"""The line of the file of examples after which they are for one verb only."""


@attrs.frozen
class Example:
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


def first_page(verbs: Mapping[str, str]) -> str:
    """Write the first page: examples, then the verbs by what they answer.

    Arguments:
        verbs: what each verb does.
    """
    parts = [_told(example for example in examples() if example.on_first_page)]
    parts += [
        "\n".join((theme, *(_entry(verb, verbs[verb]) for verb in members if verb in verbs)))
        for theme, members in THEMES.items()
    ]
    return "\n\n".join((*parts, "`positions VERB --help` tells more of a verb, with examples."))


def _told(chosen: Iterable[Example]) -> str:
    pairs = (f"  # {example.question}\n  {example.command}" for example in chosen)
    return "\n".join(("examples:", *pairs))


def _entry(verb: str, about: str) -> str:
    lead = f"  {verb:<12}"
    lines = wrap(about.rstrip("."), WIDTH - len(lead))
    return lead + f"\n{' ' * len(lead)}".join(lines)

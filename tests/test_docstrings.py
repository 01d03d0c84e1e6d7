"""Docstrings explain shared arguments in the same words."""

import inspect
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from faces import EXPLAINED, FACES

SHARED = ("option", "party", "reading", "snapshot", "unanswered")
"""Arguments that mean the same in every function."""


def arguments_in(docstring: str) -> Iterator[tuple[str, str]]:
    """Yield the arguments that a docstring explains, with their explanations."""
    section = re.search(r"^Arguments:\n((?:    .*(?:\n|$))+)", docstring, re.MULTILINE)
    for found in re.finditer(r"^    (\w+): (.*(?:\n {8}.*)*)", section[1] if section else "", re.M):
        yield found[1], " ".join(found[2].split())


def docstrings() -> Iterator[str]:
    """Yield the docstrings of all public functions, and of the public methods of public classes."""
    for face, name in EXPLAINED:
        value = getattr(FACES[face], name)
        members = vars(value).items() if inspect.isclass(value) else [(name, value)]
        for member, function in members:
            if not member.startswith("_") and callable(function):
                yield inspect.getdoc(function) or ""


def test_arguments_are_found() -> None:
    """Each argument is read with all its lines, up to the next section."""
    text = "Arguments:\n    one: the first\n        of two.\n    two: last.\n\nRaises:\n    E: no."
    assert list(arguments_in(text)) == [("one", "the first of two."), ("two", "last.")]


@pytest.mark.parametrize("name", SHARED)
def test_shared_arguments_are_explained_alike(name: str) -> None:
    """A shared argument has the same explanation in every docstring."""
    texts = defaultdict[str, int](int)
    for docstring in docstrings():
        for argument, text in arguments_in(docstring):
            texts[text] += argument == name
    explanations = {text: count for text, count in texts.items() if count}
    assert len(explanations) == 1
    assert sum(explanations.values()) > 1

"""One convention for the arguments of all public functions.

`on` is a day, `since` and `until` are a period; `parties`, `topics`, `plans` and `attributions` are
one text or several; `plan` and `fixed` are a proposal or its id.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from faces import EXPLAINED, FACES
from makers import clause, dataset, plan, said
from positions.errors import InvalidInputError

ANNOTATIONS = {
    "on": {"Day | None"},
    "since": {"Day | None"},
    "until": {"Day | None"},
    "known_by": {"Day | None"},
    "evidence_until": {"Day | None"},
    "parties": {"Parties", "Parties | None"},
    "topics": {"Topics", "Topics | Iterable[Topic]"},
    "plans": {"Plans | None"},
    "plan": {"Proposal | str"},
    "fixed": {"Proposal | str | None"},
    "attributions": {
        "Attribution | Iterable[Attribution]",
        "Attribution | Iterable[Attribution] | None",
    },
}
"""The annotations allowed for each argument of these names."""
CONVENTIONAL = {known for names in ANNOTATIONS.values() for known in names}
RETIRED = {"date", "day", "start", "end", "frm", "to"}
"""Names for days that no argument has."""
TAKE_RECORDS = {"Dataset.of", "read_csv"}
"""Functions whose arguments of these names are records, or files of them, not ids."""
INTERNAL = {"Snapshot"}
"""Classes whose methods with such arguments are for internal use, with known ids."""


def callables() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function, and every public method of a public class."""
    for face, name in EXPLAINED:
        value = getattr(FACES[face], name)
        if inspect.isfunction(value):
            yield name, value
        elif inspect.isclass(value) and name not in INTERNAL:
            for key, member in vars(value).items():
                function = getattr(member, "__func__", member)
                if not key.startswith("_") and inspect.isfunction(function):
                    yield f"{name}.{key}", function


CALLABLES = {name: function for name, function in callables() if name not in TAKE_RECORDS}


@pytest.mark.parametrize("name", CALLABLES)
def test_arguments(name: str) -> None:
    """An argument has a name of the convention if and only if it has the matching type."""
    for argument, parameter in inspect.signature(CALLABLES[name]).parameters.items():
        annotation = str(parameter.annotation)
        assert argument not in RETIRED
        if argument in ANNOTATIONS or annotation in CONVENTIONAL:
            assert annotation in ANNOTATIONS.get(argument, ()), f"{argument}: {annotation}"


DS = dataset(
    said("A", {"yes": "demand"}),
    said("B", {"yes": "accept"}),
    said("A", {"..50": "demand"}, topic="army.size"),
    said("B", {"60..": "demand"}, topic="army.size"),
    proposals=[plan("p", clause("land", "yes")), plan("q", clause("land", "no"))],
)
GIVEN: dict[str, Any] = {
    "ds": DS,
    "snapshot": DS.at(),
    "left": DS.at("2000-01-01"),
    "right": DS.at(),
    "parties": ["A", "B"],
    "party": "A",
    "a": "A",
    "b": "B",
    "plan": "p",
    "topic": "army.size",
}
"""The value for each argument without a default."""


def call(name: str, **more: object) -> str:
    """Call a function with its required arguments and others; return the result as text."""
    function = CALLABLES[name]
    needed = {
        key: GIVEN[key]
        for key, parameter in inspect.signature(function).parameters.items()
        if parameter.default is parameter.empty and parameter.kind != parameter.VAR_KEYWORD
    }
    answer = function(**{**needed, **more})
    return str(getattr(answer, "html", answer))


def outcome(name: str, **more: object) -> str:
    """The result of a function as text, or its error if it needs two parties."""
    try:
        return call(name, **more)
    except InvalidInputError as error:
        return str(error)


def taking(argument: str) -> list[str]:
    """The functions, but not methods, that take an argument."""
    return [
        name
        for name, function in CALLABLES.items()
        if argument in inspect.signature(function).parameters and "." not in name
    ]


ONE = {"topics": "army", "plans": "p", "parties": "A"}
"""A text for each argument that takes one text or several."""


@pytest.mark.parametrize(
    ("name", "argument"), [(name, argument) for argument in ONE for name in taking(argument)]
)
def test_one_or_several(name: str, argument: str) -> None:
    """One text means the same as a list of one text, never its letters."""
    text = ONE[argument]
    assert outcome(name, **{argument: text}) == outcome(name, **{argument: [text]})


@pytest.mark.parametrize(
    ("name", "argument"), [(name, argument) for argument in ONE for name in taking(argument)]
)
def test_neither_one_nor_several(name: str, argument: str) -> None:
    """Anything that is neither a text nor several is an error that names the argument."""
    with pytest.raises(InvalidInputError, match=f"^{argument}: wanted"):
        call(name, **{argument: 7})


@pytest.mark.parametrize("name", taking("fixed"))
def test_fixed(name: str) -> None:
    """A fixed plan is a proposal or its id; anything else is an error."""
    assert call(name, fixed="p") == call(name, fixed=DS.proposal("p")) != call(name, fixed="q")
    with pytest.raises(InvalidInputError, match=r"^fixed: wanted a proposal or its id, got 7"):
        call(name, fixed=7)


def test_default_day() -> None:
    """By default a snapshot is that of the last day."""
    assert DS.at() == DS.at(DS.last_day)

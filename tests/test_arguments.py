"""One convention for arguments, over the signatures of all public functions.

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
"""How each argument of these names is annotated."""
CONVENTIONAL = {known for names in ANNOTATIONS.values() for known in names}
RETIRED = {"date", "day", "start", "end", "frm", "to"}
"""Names for days that no argument has."""
RECORDS = {"Dataset.of", "read_csv"}
"""What takes records, or files of them, and no ids."""
INNER = {"Snapshot"}
"""Classes whose methods with such arguments are for the library itself, which knows the ids."""


def callables() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function, and every public method of a public class."""
    for face, name in EXPLAINED:
        value = getattr(FACES[face], name)
        if inspect.isfunction(value):
            yield name, value
        elif inspect.isclass(value) and name not in INNER:
            for key, member in vars(value).items():
                function = getattr(member, "__func__", member)
                if not key.startswith("_") and inspect.isfunction(function):
                    yield f"{name}.{key}", function


CALLABLES = {name: function for name, function in callables() if name not in RECORDS}


@pytest.mark.parametrize("name", CALLABLES)
def test_arguments(name: str) -> None:
    """An argument that has a name of the convention has its type too, and the other way round."""
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
"""What each argument without a default is given."""


def ask(name: str, **more: object) -> str:
    """Call a function with what it needs, and with more; the answer as text."""
    function = CALLABLES[name]
    needed = {
        key: GIVEN[key]
        for key, parameter in inspect.signature(function).parameters.items()
        if parameter.default is parameter.empty and parameter.kind != parameter.VAR_KEYWORD
    }
    answer = function(**{**needed, **more})
    return str(getattr(answer, "html", answer))


def outcome(name: str, **more: object) -> str:
    """The answer of a function, or its error where it needs two parties."""
    try:
        return ask(name, **more)
    except InvalidInputError as error:
        return str(error)


def taking(argument: str) -> list[str]:
    """The functions that take an argument, without methods."""
    return [
        name
        for name, function in CALLABLES.items()
        if argument in inspect.signature(function).parameters and "." not in name
    ]


ONE = {"topics": "army", "plans": "p", "parties": "A"}
"""A text for each argument that takes one or several."""


@pytest.mark.parametrize(
    ("name", "argument"), [(name, argument) for argument in ONE for name in taking(argument)]
)
def test_one_or_several(name: str, argument: str) -> None:
    """One text means what a list of one means, where one is enough, and never its letters."""
    text = ONE[argument]
    assert outcome(name, **{argument: text}) == outcome(name, **{argument: [text]})


@pytest.mark.parametrize(
    ("name", "argument"), [(name, argument) for argument in ONE for name in taking(argument)]
)
def test_neither_one_nor_several(name: str, argument: str) -> None:
    """What is neither a text nor several is refused under the name of the argument."""
    with pytest.raises(InvalidInputError, match=f"^{argument}: wanted"):
        ask(name, **{argument: 7})


@pytest.mark.parametrize("name", taking("fixed"))
def test_fixed(name: str) -> None:
    """A fixed plan is given as a proposal or by its id; anything else is refused."""
    assert ask(name, fixed="p") == ask(name, fixed=DS.proposal("p")) != ask(name, fixed="q")
    with pytest.raises(InvalidInputError, match=r"^fixed: wanted a proposal or its id, got 7"):
        ask(name, fixed=7)


def test_default_day() -> None:
    """The snapshot of no given day is that of the last day, as the default of every question."""
    assert DS.at() == DS.at(DS.last_day)

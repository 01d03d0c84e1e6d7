"""`import positions` offers the names of `__all__`, each explained, and nothing by accident."""

import inspect
from types import ModuleType

import pytest

import positions


def explained(value: object) -> bool:
    """Whether a class or function has a docstring of its own; other values cannot have one."""
    if inspect.isclass(value):
        return bool((vars(value).get("__doc__") or "").strip())
    return not inspect.isroutine(value) or bool((value.__doc__ or "").strip())


def test_names_are_sorted_and_told_once() -> None:
    """`__all__` is in alphabetical order, without repetition."""
    assert list(positions.__all__) == sorted(set(positions.__all__))


@pytest.mark.parametrize("name", positions.__all__)
def test_name_exists_and_is_explained(name: str) -> None:
    """Each public name exists; each public class and function has a docstring of its own."""
    assert explained(getattr(positions, name))


def test_nothing_else_is_public() -> None:
    """Beside the names of `__all__`, `dir()` shows only private names and the package's modules."""
    others = {
        name: getattr(positions, name)
        for name in dir(positions)
        if not name.startswith("_") and name not in positions.__all__
    }
    stray = [
        name
        for name, value in others.items()
        if not (isinstance(value, ModuleType) and value.__name__ == f"positions.{name}")
    ]
    assert stray == []

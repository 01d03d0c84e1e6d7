"""`import positions` offers the names of `__all__`, each explained, and nothing by accident."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

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


def test_nothing_else_is_offered() -> None:
    """`dir()` shows the names of `__all__` and nothing else, imported yet or not."""
    assert dir(positions) == sorted(positions.__all__)
    with pytest.raises(AttributeError, match="no attribute 'settel'"):
        _ = positions.settel  # type: ignore[attr-defined]


def test_type_checkers_see_what_is_imported() -> None:
    """Every name comes from the module that type checkers are told of."""
    tree = ast.parse(Path(positions.__file__).read_text(encoding="utf-8"))
    told = {
        alias.name: statement.module
        for block in tree.body
        if isinstance(block, ast.If)
        for statement in block.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }
    homes = {name: f"positions.{module}" for name, module in positions._HOMES.items()}
    assert told == homes
    assert sorted(homes) == sorted(positions.__all__)


def test_names_are_no_modules() -> None:
    """No public name is that of a module, which would take its place once imported."""
    modules = {path.stem for path in Path(positions.__file__).parent.glob("*.py")}
    assert modules & {*positions.__all__} == set()


def test_import_is_light() -> None:
    """`import positions` imports nothing heavy; to read the data no optional library is needed."""
    heavy = (
        "numpy pydantic attrs tabulate pandas polars matplotlib hypothesis pysat xlsxwriter docx"
    )
    for code, wanted in (("0", ""), ("positions.load()", "numpy pydantic attrs")):
        asked = f"import positions, sys; {code}; print(*sys.modules.keys() & set({heavy.split()}))"
        run = [sys.executable, "-c", asked]
        found = subprocess.run(run, capture_output=True, text=True, check=True).stdout
        assert sorted(found.split()) == sorted(wanted.split())

"""The namespaces offer the names of `__all__`, each with a docstring, and no others."""

import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import positions
from faces import EXPLAINED, FACES, PUBLIC
from places import CODE, HARBOUR


def explained(value: object) -> bool:
    """Whether a class or function has a docstring of its own; other values cannot have one."""
    if inspect.isclass(value):
        return bool((vars(value).get("__doc__") or "").strip())
    return not inspect.isroutine(value) or bool((value.__doc__ or "").strip())


@pytest.mark.parametrize(("face", "name"), EXPLAINED)
def test_name_exists_and_is_explained(face: str, name: str) -> None:
    """Each public name exists; each public class and function has a docstring of its own."""
    assert explained(getattr(FACES[face], name))


@pytest.mark.parametrize("face", FACES)
def test_names_are_sorted_and_listed_once(face: str) -> None:
    """`__all__` is in alphabetical order, without repetition."""
    assert list(FACES[face].__all__) == sorted(set(FACES[face].__all__))


def test_namespaces_do_not_overlap() -> None:
    """No name is offered by two namespaces."""
    names = [name for _, name in PUBLIC]
    assert len(names) == len(set(names))


def test_few_names_at_the_top() -> None:
    """`positions` itself offers at most 55 names."""
    assert len(positions.__all__) <= 55


def test_nothing_else_is_offered() -> None:
    """`dir()` lists exactly the names of `__all__`, whether loaded yet or not."""
    assert dir(positions) == sorted(positions.__all__)
    with pytest.raises(AttributeError, match="settel"):
        _ = positions.settel  # type: ignore[attr-defined]


def test_names_are_no_modules() -> None:
    """No public name is that of a module or folder, which would replace it once imported."""
    places = {path.stem for path in Path(positions.__file__).parent.iterdir()}
    assert places & {*positions.__all__} == set()


STUBS = sorted(CODE.rglob("*.pyi"))


@pytest.mark.parametrize("stub", STUBS, ids=lambda path: path.stem)
def test_names_that_are_loaded_on_first_use_exist(stub: Path) -> None:
    """Each name that a stub lists can be imported, and each stub lists at least one."""
    place = stub.with_suffix("").relative_to(CODE.parent).parts
    module = importlib.import_module(".".join(place).removesuffix(".__init__"))
    assert module.__all__
    for name in module.__all__:
        assert getattr(module, name) is not None


def test_import_is_light() -> None:
    """`import positions` loads no large library, and reading data no optional one."""
    heavy = (
        "numpy pydantic attrs tabulate pandas polars matplotlib hypothesis pysat xlsxwriter docx"
    )
    reading = f"positions.read_json({str(HARBOUR)!r})"
    for code, wanted in (("0", ""), (reading, "numpy pydantic attrs")):
        asked = f"import positions, sys; {code}; print(*sys.modules.keys() & set({heavy.split()}))"
        run = [sys.executable, "-c", asked]
        found = subprocess.run(run, capture_output=True, text=True, check=True).stdout
        assert sorted(found.split()) == sorted(wanted.split())

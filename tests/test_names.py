"""Names of types are unique within the package."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "positions"


def named(node: ast.stmt) -> str | None:
    """Return the name of the class or type alias that a statement defines, if any."""
    if isinstance(node, ast.ClassDef):
        return node.name
    if isinstance(node, ast.Assign) and not isinstance(node.value, ast.Call):
        (target,) = node.targets
        name = target.id if isinstance(target, ast.Name) else ""
        return None if name.isupper() or not name.lstrip("_")[:1].isupper() else name
    return None


def types_in(source: str) -> Iterator[str]:
    """Return the classes and type aliases at the top level of a module."""
    return filter(None, map(named, ast.parse(source).body))


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("class Row:\n    class Inner: ...", ["Row"]),
        ("Row = tuple[str, ...]", ["Row"]),
        ("_Row = dict[str, int] | None", ["_Row"]),
        ("R = TypeVar('R')", []),
        ("ROWS = {1: 2}\nrows = 3", []),
    ],
)
def test_types_are_found(source: str, names: list[str]) -> None:
    """Classes and type aliases count; constants, variables and type variables do not."""
    assert list(types_in(source)) == names


def test_no_two_types_share_a_name() -> None:
    """Each class and type alias at the top level of a module is defined in one module only."""
    homes = defaultdict[str, list[str]](list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in types_in(path.read_text(encoding="utf-8")):
            homes[name].append(str(path.relative_to(PACKAGE)))
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}

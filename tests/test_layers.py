"""Folders import in one direction, and optional libraries only in their modules."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "positions"

BELOW: dict[str, set[str]] = {
    "screen": set(),
    "errors": {"screen"},
    "version": set(),
    "tables": {"errors", "version"},
    "plots": {"tables"},
    "records": {"tables"},
    "snapshots": {"plots", "records"},
    "files": {"snapshots"},
    "relations": {"snapshots"},
    "strategies": {"snapshots"},
    "testing": {"strategies"},
    "over_time": {"relations"},
    "plans": {"relations"},
    "deals": {"relations"},
    "reports": {"files", "over_time", "plans", "deals"},
    "bargaining": {"deals"},
    "quality": {"files"},
    "results": {"reports"},
    "__init__": {"reports"},
    "cli": {"__init__", "bargaining", "quality", "results"},
    "__main__": {"cli"},
}
"""The direct dependencies of each folder and top-level module; it may import theirs too."""

OPTIONAL = {
    "docx": {"tables.word"},
    "hypothesis": {"strategies"},
    "matplotlib": {"plots"},
    "pandas": {"tables.frames", "tables.table"},
    "polars": {"tables.frames", "tables.table"},
    "pysat": {"deals.solver"},
    "tabulate": {"tables.formats"},
    "xlsxwriter": {"tables.excel"},
}
"""Libraries imported only when needed, and the modules that may import them."""

WHOLE_MODULES = {"strategies"}
"""Folders that are useless without their optional library, and so import it at module level."""


@dataclass(frozen=True)
class Import:
    """An import statement: the module that it imports, and its place in the code."""

    line: str
    importer: str
    target: str
    in_function: bool
    for_types_only: bool

    @property
    def folder(self) -> str | None:
        """The folder of the package that it imports from; None for another library."""
        return folder(self.target.removeprefix("positions").lstrip(".")) if self.is_own else None

    @property
    def is_own(self) -> bool:
        """Whether it imports from this package."""
        return self.target.split(".")[0] == "positions"


def dotted(path: Path) -> str:
    """Return the name of a module within the package: `tables.word`."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def folder(module: str) -> str:
    """Return the folder of a module, or the module itself if it is at the top level."""
    return module.split(".")[0] or "__init__"


def targets(node: ast.Import | ast.ImportFrom) -> list[str]:
    """Return the full names of the modules that an import statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    assert not node.level, "imports are written in full"
    module = node.module or ""
    if module == "positions":
        return [f"positions.{name.name}" if name.name in BELOW else module for name in node.names]
    return [module]


def imports(path: Path) -> Iterator[Import]:
    """Yield every import statement of a module, also those inside functions."""

    def walk(node: ast.AST, in_function: bool, for_types_only: bool) -> Iterator[Import]:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for target in targets(node):
                line = f"{path.relative_to(PACKAGE)}:{node.lineno}"
                yield Import(line, dotted(path), target, in_function, for_types_only)
        in_function |= isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for_types_only |= isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for child in ast.iter_child_nodes(node):
            yield from walk(child, in_function, for_types_only)

    yield from walk(ast.parse(path.read_text(encoding="utf-8")), False, False)


MODULES = sorted(PACKAGE.rglob("*.py"))
IMPORTS = [found for path in MODULES for found in imports(path)]


def allowed(place: str) -> set[str]:
    """Return all that a folder may import, directly or indirectly."""
    return BELOW[place].union(*map(allowed, BELOW[place]))


def test_order_names_every_folder_once() -> None:
    """The order names every folder and every top-level module, and nothing else."""
    assert {folder(dotted(path)) for path in MODULES} == set(BELOW)


@pytest.mark.parametrize("place", BELOW)
def test_folders_import_one_way(place: str) -> None:
    """A folder imports only from folders below it, also for types."""
    upward = [
        f"{found.line} imports {found.target}"
        for found in IMPORTS
        if folder(found.importer) == place and found.is_own
        if found.folder not in {place, *allowed(place)}
    ]
    assert upward == []


def test_no_import_cycles() -> None:
    """No module imports itself through others."""
    names = {f"positions.{dotted(path)}".removesuffix(".__init__") for path in MODULES}
    assert {found.target for found in IMPORTS if found.is_own} <= names
    graph: dict[str, set[str]] = {}
    for found in IMPORTS:
        if found.is_own:
            graph.setdefault(f"positions.{found.importer}", set()).add(found.target)
    assert list(TopologicalSorter(graph).static_order())


def reached(module: str) -> set[str]:
    """Return the modules of the package that a module imports, directly or through others."""
    found, new = set[str](), {module}
    while new:
        found |= new
        new = {
            i.target.removeprefix("positions.") for i in IMPORTS if i.importer in new and i.is_own
        }
        new -= found
    return found


def test_the_base_of_answers_imports_no_reader_of_files() -> None:
    """The base class of answers imports nothing from `files`, directly or indirectly."""
    assert "files" not in map(folder, reached("snapshots.answers"))
    assert "files.json_files" in reached("files.bundled")


def test_folders_reexport_nothing() -> None:
    """The `__init__` of a folder contains only a docstring."""
    for path in PACKAGE.glob("*/__init__.py"):
        (only,) = ast.parse(path.read_text(encoding="utf-8")).body
        assert isinstance(only, ast.Expr)


def test_folders_stay_small() -> None:
    """No folder has more than 14 modules, not counting its `__init__`."""
    sizes = Counter(path.parent.name for path in MODULES if path.name != "__init__.py")
    assert {name: size for name, size in sizes.items() if size > 14} == {}


def test_modules_stay_short() -> None:
    """No module is longer than 400 lines."""
    lengths = {dotted(path): path.read_text(encoding="utf-8").count("\n") for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_functions_stay_short() -> None:
    """No function is longer than 25 lines, its docstring aside."""
    long = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                if body and (node.end_lineno or 0) - body[0].lineno + 1 > 25:
                    long.append(f"{dotted(path)}:{node.lineno} {node.name}")
    assert long == []


def test_only_optional_libraries_are_imported_inside_functions() -> None:
    """An import inside a function is of an optional library, and never avoids a cycle."""
    hidden = [
        f"{found.line} imports {found.target}"
        for found in IMPORTS
        if found.in_function and found.target.split(".")[0] not in OPTIONAL
    ]
    assert hidden == []


def test_optional_libraries_are_imported_by_their_modules_only() -> None:
    """An optional library is imported by the modules listed for it, and only when needed."""
    misplaced = []
    for found in IMPORTS:
        homes = OPTIONAL.get(found.target.split(".")[0])
        on_call = found.in_function or found.for_types_only
        on_call |= folder(found.importer) in WHOLE_MODULES
        at_home = homes is not None and {found.importer, folder(found.importer)} & homes
        if homes is not None and not (at_home and on_call):
            misplaced.append(f"{found.line} imports {found.target}")
    assert misplaced == []

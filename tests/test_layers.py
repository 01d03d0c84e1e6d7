"""Imports inside the package go one way, and every optional library has its place."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "positions"

ORDER = (
    "version",
    "screen",
    "errors",
    "layout",
    "whole_files",
    "sheets",
    "markdown_tables",
    "html_tables",
    "markup",
    "latex_tables",
    "formats",
    "workbooks",
    "word_parts",
    "documents",
    "frames",
    "tables",
    "dates",
    "quantities",
    "record_tables",
    "records",
    "listings",
    "plain",
    "scales",
    "catalogue",
    "cells",
    "supposing",
    "heads",
    "results",
    "citations",
    "ledger",
    "overviews",
    "replay",
    "thinning",
    "runs",
    "turns",
    "wording",
    "charts",
    "plots",
    "moments",
    "telling",
    "position",
    "tidy_rows",
    "position_charts",
    "state",
    "dataset",
    "files",
    "bundled",
    "guide",
    "bibliography",
    "info",
    "datapackage_tables",
    "csv_rows",
    "drafts",
    "mentions",
    "statement_rows",
    "spreadsheets",
    "datapackage",
    "coverages",
    "audits",
    "codebooks",
    "conditions",
    "relations",
    "relation_charts",
    "spells",
    "trends",
    "courses",
    "convergence_results",
    "convergences",
    "overlap_results",
    "overlaps",
    "comparison",
    "amounts",
    "changes",
    "timelines",
    "histories",
    "named_figures",
    "differences",
    "diffs",
    "agreements",
    "deals",
    "packages",
    "scores",
    "settled",
    "settlements",
    "clashes",
    "settling",
    "concession_sets",
    "weights",
    "offers",
    "trading",
    "frontiers",
    "domains",
    "bargains",
    "standings",
    "evaluations",
    "signing",
    "lineages",
    "shows",
    "reporting",
    "reports",
    "testing",
    "what_if",
    "outputs",
    "streams",
    "progress",
    "arguments",
    "questions",
    "cli",
)
"""Every module, lowest first: a module imports only modules that stand before it.

`__init__` and `__main__` stand above all of them."""

USERS = {"questions", "cli"}
"""The modules that use the library as others do: from above, through the package itself."""

OPTIONAL = {
    "docx": {"documents"},
    "hypothesis": {"testing"},
    "matplotlib": {"plots"},
    "pandas": {"frames", "tables"},
    "polars": {"frames", "tables"},
    "pysat": {"packages"},
    "xlsxwriter": {"workbooks"},
}
"""The libraries that nobody has to install, and the only modules that may import each."""

RARE = {"tabulate": {"formats"}}
"""The libraries that take long to import and that few calls need, and what may import each."""

WHOLE_MODULES = {"testing"}
"""Modules that are of no use without their optional library, and so import it at their top."""


@dataclass(frozen=True)
class Import:
    """One import statement: which module it brings in, and where it stands."""

    place: str
    importer: str
    target: str
    in_function: bool
    for_types_only: bool

    @property
    def layer(self) -> str | None:
        """The own module it brings in; `""` for the package itself, None for a foreign library."""
        top, _, rest = self.target.partition(".")
        return rest.partition(".")[0] if top == "positions" else None


def module_name(path: Path) -> str:
    """The first name below the package: a folder of modules counts as one layer."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def targets(node: ast.Import | ast.ImportFrom, path: Path) -> list[str]:
    """The modules that an import statement names, in full."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    package = ["positions", *path.relative_to(PACKAGE).parent.parts]
    base = package[: len(package) + 1 - node.level] if node.level else []
    module = ".".join([*base, *filter(None, [node.module])])
    return [f"{module}.{alias.name}" for alias in node.names] if module == "positions" else [module]


def imports(path: Path) -> Iterator[Import]:
    """Every import statement of a module, wherever it stands."""

    def walk(node: ast.AST, in_function: bool, for_types_only: bool) -> Iterator[Import]:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for target in targets(node, path):
                place = f"{path.relative_to(PACKAGE)}:{node.lineno}"
                yield Import(place, module_name(path), target, in_function, for_types_only)
        in_function |= isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for_types_only |= isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for child in ast.iter_child_nodes(node):
            yield from walk(child, in_function, for_types_only)

    yield from walk(ast.parse(path.read_text(encoding="utf-8")), False, False)


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if module_name(path) != "__init__")
IMPORTS = [found for path in MODULES for found in imports(path)]


def test_order_names_every_module_once() -> None:
    """The list of layers holds each module of the package, and nothing else."""
    modules = {module_name(path) for path in MODULES} - {"__main__"}
    assert modules - set(ORDER) == set()
    assert set(ORDER) - modules == set()
    assert len(ORDER) == len(set(ORDER))


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_go_one_way(path: Path) -> None:
    """A module imports only modules that stand below it, for types too; few the package itself."""
    importer = module_name(path)
    below = set(ORDER[: ORDER.index(importer)] if importer in ORDER else ORDER)
    below |= {""} if importer in USERS else set()
    own_folder = {importer} if path.parent != PACKAGE else set[str]()
    upward = [
        f"{found.place} imports {found.target}"
        for found in imports(path)
        if found.layer is not None and found.layer not in below | own_folder
    ]
    assert upward == []


def reached(start: str) -> set[str]:
    """The layers that a layer imports, directly or through others."""
    found, new = set[str](), {start}
    while new:
        found |= new
        new = {i.layer for i in IMPORTS if i.importer in new and i.layer is not None} - found
    return found


def test_the_base_of_answers_knows_no_file() -> None:
    """What every answer rests on reads no data, neither directly nor through what it imports."""
    assert reached("results") & {"files", "bundled"} == set()
    assert "files" in reached("bundled")


def test_only_some_libraries_are_imported_inside_functions() -> None:
    """An import inside a function is for a library that may be missing or is slow, not a cycle."""
    hidden = [
        f"{found.place} imports {found.target}"
        for found in IMPORTS
        if found.in_function and found.target.split(".")[0] not in {*OPTIONAL, *RARE}
    ]
    assert hidden == []


def test_some_libraries_are_imported_in_their_place_only() -> None:
    """A library that may be missing or is slow is imported by its own modules, when called for."""
    misplaced = []
    for found in IMPORTS:
        homes = {**OPTIONAL, **RARE}.get(found.target.split(".")[0])
        on_call = found.in_function or found.for_types_only or found.importer in WHOLE_MODULES
        if homes is not None and not (found.importer in homes and on_call):
            misplaced.append(f"{found.place} imports {found.target}")
    assert misplaced == []

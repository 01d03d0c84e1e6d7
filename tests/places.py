"""Paths of files and folders in the repository."""

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]
CODE = ROOT / "src" / "positions"
DATA = ROOT / "data" / "positions.json"
DOCS = ROOT / "docs"
README = ROOT / "README.md"
HARBOUR = DOCS / "examples" / "harbour.json"
"""A made-up labour dispute."""
RIVER = DOCS / "examples" / "river.csv"
"""A made-up table of statements."""


def script(path: Path) -> ModuleType:
    """Import a script that does not belong to a package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

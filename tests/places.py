"""Where things lie in the repository."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = ROOT / "src" / "positions"
DATA = ROOT / "data" / "positions.json"
DOCS = ROOT / "docs"
README = ROOT / "README.md"
HARBOUR = DOCS / "examples" / "harbour.json"
"""A made-up labour dispute."""
RIVER = DOCS / "examples" / "river.csv"
"""A made-up table of statements."""

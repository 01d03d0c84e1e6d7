"""Where the bundled data lie: a place that can be asked for without reading them."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
INSTALLED = HERE / "data" / "positions.json"
"""Where the data lie beside the modules of an installed wheel."""
CHECKED_OUT = HERE.parent.parent / "data" / "positions.json"
"""Where they lie in a checkout, which an editable install uses too."""


def bundled_file() -> Path:
    """Find the one copy of the bundled data.

    In a checkout its own file counts, whatever a build may have left beside the modules.
    """
    checkout = HERE.parent.name == "src" and CHECKED_OUT.is_file()
    return CHECKED_OUT if checkout else INSTALLED

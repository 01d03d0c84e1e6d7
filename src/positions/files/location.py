"""Location of the bundled data, available without reading them."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
INSTALLED = HERE / "data" / "positions.json"
"""The data next to the modules of an installed wheel."""
CHECKED_OUT = HERE.parent.parent / "data" / "positions.json"
"""The data in a checkout, which an editable install uses too."""


def bundled_file() -> Path:
    """Return the path of the bundled data.

    A checkout uses its own file, even if a build has left a copy next to the modules.
    """
    checkout = HERE.parent.name == "src" and CHECKED_OUT.is_file()
    return CHECKED_OUT if checkout else INSTALLED

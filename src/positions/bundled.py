"""The data set that comes with the library."""

from __future__ import annotations

import functools
from pathlib import Path

from positions.dataset import Dataset
from positions.files import read_json

HERE = Path(__file__).resolve().parent
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


@functools.cache
def load() -> Dataset:
    """Load the bundled data set.

    Returns:
        The same data set at every call; it cannot be changed, only added to.

    >>> load().party("UKR").name
    'Ukraine'
    """
    return read_json(bundled_file())

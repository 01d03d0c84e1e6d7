"""The data set that comes with the library."""

from __future__ import annotations

import functools
from pathlib import Path

from positions.dataset import Dataset
from positions.files import read_json
from positions.records import Document

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


AUTHORS = "The positions authors"
"""Who made the bundled data; a file does not name its authors."""


@functools.cache
def load() -> Dataset:
    """Load the bundled data set.

    Returns:
        The same data set at every call; it cannot be changed, only added to.

    >>> load().party("UKR").name
    'Ukraine'
    """
    return read_json(bundled_file())


def cited_data(document: Document) -> str:
    """Write in one line how to cite a data set, without a checksum.

    >>> from positions.dataset import Dataset
    >>> cited_data(Dataset.of(parties=[], topics=[], title="Talks").document)
    'Talks. Data set, version 0, evidence until 9999, licence none given'
    """
    authors = f"{AUTHORS}: " if document == load().document else ""
    about = f"Data set, version {document.data_version}, evidence until {document.evidence_until}"
    return f"{authors}{document.title}. {about}, licence {document.licence}"

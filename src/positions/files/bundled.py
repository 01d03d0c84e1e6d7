"""Facts about a data set: its versions, size, period and citation."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from typing import Any, ClassVar

import attrs

from positions.files.json_files import read_json, to_json
from positions.files.location import bundled_file
from positions.records.dates import Date
from positions.records.head import cited_data
from positions.records.models import KINDS
from positions.records.plain import plain_fields
from positions.snapshots.dataset import Dataset
from positions.tables.table import Framed, Shown, Table
from positions.version import __version__


@functools.cache
def load() -> Dataset:
    """Load the bundled data set.

    Returns:
        The same data set at every call; it is immutable.

    >>> load().party("UKR").name
    'Ukraine'
    """
    return read_json(bundled_file())


@attrs.frozen
class DataInfo(Shown, Framed):
    """Facts about a data set; `sha256` is the checksum of the file that `write_json` writes.

    `first` and `last` are the first and the last day on which a statement can have been
    made; None if there are no statements.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "title",
        "authors",
        "schema_version",
        "data_version",
        "library_version",
        "licence",
        "sha256",
        *KINDS,
        "first",
        "last",
        "evidence_until",
        "cite",
    )
    title: str
    authors: tuple[str, ...]
    schema_version: str
    data_version: str
    library_version: str
    licence: str
    sha256: str
    parties: int
    topics: int
    sources: int
    statements: int
    proposals: int
    events: int
    first: dt.date | None
    last: dt.date | None
    evidence_until: Date | None
    cite: str

    def to_records(self) -> list[dict[str, Any]]:
        """Return the facts as one plain dictionary in a list."""
        until = None if self.evidence_until is None else str(self.evidence_until)
        return [{**plain_fields(self, self.columns), "evidence_until": until}]

    def table(self) -> Table:
        """Return the facts as a table of fields and values."""
        (record,) = self.to_records()
        record["authors"] = ", ".join(self.authors) or None
        return Table(self.title, ("field", "value"), tuple((k, record[k]) for k in self.columns))


def data_info(ds: Dataset | None = None) -> DataInfo:
    """Return facts about a data set; by default, the one that comes with the library.

    The checksum is that of the file that `write_json` writes. The bundled file is in
    that form, so `sha256sum data/positions.json` prints the same.

    >>> data_info().licence
    'CC-BY-4.0'
    """
    ds = load() if ds is None else ds
    head = ds.document
    checksum = hashlib.sha256(to_json(ds).encode()).hexdigest()
    days = [statement.date for statement in ds.statements]
    return DataInfo(
        title=head.title,
        authors=head.authors,
        schema_version=head.schema_version,
        data_version=head.data_version,
        library_version=__version__,
        licence=head.licence,
        sha256=checksum,
        **{kind: len(getattr(head, kind)) for kind in KINDS},
        first=min((day.earliest for day in days), default=None),
        last=max((day.latest for day in days), default=None),
        evidence_until=head.evidence_until,
        cite=f"{cited_data(head)}, sha256 {checksum[:12]}.",
    )

"""Overviews of a data set and of a snapshot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from positions.records.catalogue import Catalogue
from positions.records.models import Document
from positions.snapshots.ledger import ACCEPT, CONDITIONAL, DEMAND, REJECT, SILENT, Codes
from positions.tables.table import Table, Value

NAMED = 12
"""Number of names that an overview lists of a kind (maximum)."""

LEVELS = (DEMAND, ACCEPT, CONDITIONAL, REJECT)
"""Codes of the attitudes that an overview of a snapshot counts."""

TALLIED = (
    "Topics on which the party demands, accepts, accepts under conditions or rejects at least one "
    "option; implied rejections count as well."
)


def dataset_table(document: Document) -> Table:
    """Return a table of a data set: how many records of each kind, and which."""
    rows = tuple(
        (kind, len(getattr(document, kind)), _some(names)) for kind, names in _names(document)
    )
    version = f"version {document.data_version}, licence {document.licence}"
    until = document.evidence_until
    evidence = "No end of the evidence is given" if until is None else f"Evidence until {until}"
    authors = (f"Authors: {', '.join(document.authors)}.",) if document.authors else ()
    remarks = (f"{evidence}; {version}.", *authors)
    return Table(document.title, ("what", "how many", "which"), rows, (), remarks)


def _names(document: Document) -> Iterator[tuple[str, list[str]]]:
    """Yield each kind of record with its names; topics are represented by their areas."""
    yield "parties", [f"{party.name} ({party.id})" for party in document.parties]
    yield "topics", list(dict.fromkeys(topic.area for topic in document.topics))
    publishers = Counter(source.publisher for source in document.sources)
    yield "sources", [name for name, _ in publishers.most_common()]
    yield "statements", [_span(document)] if document.statements else []
    yield "proposals", [record.id for record in document.proposals]
    yield "events", [record.id for record in document.events]


def _span(document: Document) -> str:
    """Write the first and last day on which the statements can have been made."""
    days = [statement.date for statement in document.statements]
    return f"from {min(day.earliest for day in days)} to {max(day.latest for day in days)}"


def _some(names: Sequence[str]) -> str:
    """Join the first names, with an ellipsis where there are more."""
    return ", ".join((*names[:NAMED], *(["…"] if len(names) > NAMED else [])))


def snapshot_table(title: str, catalogue: Catalogue, codes: Codes, notes: Iterable[str]) -> Table:
    """Return a table with the topics on which each party has spoken, counted by attitude."""
    counts = _counts(catalogue, codes)
    rows: list[tuple[Value, ...]] = [
        (f"{party.name} ({party.id})", *(int(column[number]) for column in counts))
        for number, party in enumerate(catalogue.document.parties)
        if counts and counts[0][number]
    ]
    headers = ("party", "topics", "demands", "accepts", "conditional", "rejects")
    return Table(title, headers, tuple(rows), (), (TALLIED, *notes))


def _counts(
    catalogue: Catalogue, codes: Codes
) -> list[np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:
    """Count the topics of each party: those it has spoken on, and those with each attitude."""
    starts = list(catalogue.offsets.values())
    if not starts or not codes.size:
        return []
    found = (codes != SILENT, *(codes == level for level in LEVELS))
    return [np.logical_or.reduceat(flags, starts, axis=1).sum(axis=1) for flags in found]

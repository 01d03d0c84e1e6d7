"""Lists of records that are displayed as tables."""

from __future__ import annotations

from typing import SupportsIndex, TypeVar, overload

from positions.records.models import Event, Party, Proposal, Record, Source, Statement, Topic
from positions.tables.table import Shown, Table, Value

R = TypeVar("R", bound=Record)

LISTED: dict[type[Record], tuple[str, tuple[str, ...]]] = {
    Party: ("Parties", ("id", "name", "kind")),
    Topic: ("Topics", ("id", "name", "question", "kind")),
    Source: ("Sources", ("id", "published", "publisher", "title")),
    Statement: ("Statements", ("id", "date", "parties", "topic", "summary")),
    Proposal: ("Proposals", ("id", "date", "name", "sponsors")),
    Event: ("Events", ("id", "date", "start", "end", "kind", "outcome")),
}
"""Title and columns of the list of each kind of record."""

NONE: tuple[str, tuple[str, ...]] = ("Records", ("id",))
"""Title and columns of an empty list, whose kind of record is unknown."""


class Listing(Shown, tuple[R, ...]):
    """Records in the order of the file: a tuple that is displayed as a table.

    >>> print(Listing([Party(id="UNION", name="The union", kind="non_state")]))
    Parties: 1
    <BLANKLINE>
    id     name       kind
    -----  ---------  ---------
    UNION  The union  non_state
    """

    __slots__ = ()

    @overload
    def __getitem__(self, key: SupportsIndex) -> R: ...
    @overload
    def __getitem__(self, key: slice) -> Listing[R]: ...
    def __getitem__(self, key: SupportsIndex | slice) -> R | Listing[R]:
        """Return one record, or a slice as another `Listing`."""
        return Listing(tuple(self)[key]) if isinstance(key, slice) else tuple(self)[key]

    def table(self) -> Table:
        """Return the records as a table of their ids, names, dates and subjects."""
        kinds = (LISTED[kind] for kind in LISTED if self and isinstance(self[0], kind))
        name, columns = next(kinds, NONE)
        rows = tuple(tuple(_cell(record, column) for column in columns) for record in self)
        return Table(f"{name}: {len(self)}", columns, rows)


def _cell(record: Record, name: str) -> Value:
    """Return a field as a cell: several values separated by commas, or None."""
    value = getattr(record, name, None)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return None if value is None else str(value)

"""Lists of records that show themselves: what can be asked about, by id."""

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
"""What each kind of record is called, and the fields that a list shows of it."""

NONE: tuple[str, tuple[str, ...]] = ("Records", ("id",))
"""What an empty list is called, of which nobody can tell what it might hold."""


class Listing(Shown, tuple[R, ...]):
    """Records in the order of the file; a tuple that shows itself as a table.

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
        """Give one record, or some of them as a list that shows itself too."""
        return Listing(tuple(self)[key]) if isinstance(key, slice) else tuple(self)[key]

    def table(self) -> Table:
        """Give the records as a table: ids, names, dates, and what they are about."""
        kinds = (LISTED[kind] for kind in LISTED if self and isinstance(self[0], kind))
        name, columns = next(kinds, NONE)
        rows = tuple(tuple(_cell(record, column) for column in columns) for record in self)
        return Table(f"{name}: {len(self)}", columns, rows)


def _cell(record: Record, name: str) -> Value:
    """Write one field: several values between commas, nothing as nothing."""
    value = getattr(record, name, None)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return None if value is None else str(value)

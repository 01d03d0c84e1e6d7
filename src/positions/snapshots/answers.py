"""What all results share: rows to go through, and tables with their sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

import attrs

from positions.records.catalogue import Catalogue
from positions.records.head import cited_data
from positions.records.plain import plain_fields
from positions.tables.table import Framed, Shown
from positions.version import __version__

RowT = TypeVar("RowT")


@runtime_checkable
class Sourced(Protocol):
    """What knows the data set that it is of."""

    @property
    def catalogue(self) -> Catalogue:
        """Give the records of the data set."""
        ...


@attrs.frozen
class Result(Shown, Framed, Generic[RowT]):
    """Rows that came out of a question; iterable, frozen, shown as one table."""

    rows: tuple[RowT, ...]
    notes: tuple[str, ...]

    def to_records(self) -> list[dict[str, Any]]:
        """Give the rows as plain dictionaries: ids, ISO dates, numbers, lists."""
        return [plain_fields(row, self.columns) for row in self.rows]

    def about(self) -> tuple[str, ...]:
        """Say how to cite the data and which version of the library was at work."""
        made = f"Made with positions {__version__}."
        if isinstance(self, Sourced):
            return (f"{cited_data(self.catalogue.document)}.", made)
        return (made,)

    def __iter__(self) -> Iterator[RowT]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, number: int) -> RowT:
        return self.rows[number]

"""The base class of all results: rows to iterate over, and a table with sources."""

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
    """A value that knows the data set it was made from."""

    @property
    def catalogue(self) -> Catalogue:
        """The records of the data set."""
        ...


@attrs.frozen
class Result(Shown, Framed, Generic[RowT]):
    """The rows of an answer; iterable, frozen, shown as one table."""

    rows: tuple[RowT, ...]
    notes: tuple[str, ...]

    def to_records(self) -> list[dict[str, Any]]:
        """Return the rows as plain dictionaries: ids, ISO dates, numbers, lists."""
        return [plain_fields(row, self.columns) for row in self.rows]

    def about(self) -> tuple[str, ...]:
        """Return how to cite the data, and the version of the library that made the result."""
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

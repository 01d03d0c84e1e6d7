"""What all results share: rows to go through, and tables with their sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

import attrs

from positions.plain import plain_fields
from positions.tables import Framed, Shown

Row = TypeVar("Row")


@attrs.frozen
class Result(Shown, Framed, Generic[Row]):
    """Rows that came out of a question; iterable, frozen, shown as one table."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    def to_records(self) -> list[dict[str, Any]]:
        """Give the rows as plain dictionaries: ids, ISO dates, numbers, lists."""
        return [plain_fields(row, self.columns) for row in self.rows]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, number: int) -> Row:
        return self.rows[number]

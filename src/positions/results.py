"""What all results share: rows to go through, and tables with their sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

import attrs

from positions.tables import Framed, Shown

Row = TypeVar("Row")


@attrs.frozen
class Result(Shown, Framed, Generic[Row]):
    """Rows that came out of a question; iterable, frozen, shown as one table."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, number: int) -> Row:
        return self.rows[number]

"""Answers in short form, for comparison with values worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from positions.over_time.history import Period


def gaps(rows: Iterable[Any]) -> list[tuple[str, float | None]]:
    """Return the date and the gap of each row."""
    return [(str(row.date), row.gap) for row in rows]


def relations(found: Iterable[Period]) -> list[tuple[str, str, str | None]]:
    """Return the relation, first and last day of each period that is not silent."""
    return [
        (row.relation, str(row.since), None if row.until is None else str(row.until))
        for row in found
        if row.relation != "silent"
    ]

"""Conversion of values to plain dictionaries, for JSON and data frames."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Protocol, cast, runtime_checkable

import attrs

from positions.records.models import Condition


@runtime_checkable
class Recorded(Protocol):
    """A value that defines its own plain form."""

    def to_record(self) -> dict[str, Any]:
        """Return the value as a plain dictionary."""
        ...


def plain(value: object) -> Any:
    """Convert a value for JSON: to ids, ISO dates, numbers, lists and dictionaries."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Condition):
        return value.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    if isinstance(value, Recorded):
        return value.to_record()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if attrs.has(type(value)):
        return plain_fields(value, field_names(cast("type[attrs.AttrsInstance]", type(value))))
    return str(value) if isinstance(value, str) else value


def field_names(row: type[attrs.AttrsInstance], without: str = "") -> tuple[str, ...]:
    """Return the names of the fields of a class in order, except `without`."""
    return tuple(field.name for field in attrs.fields(row) if field.name != without)


def plain_fields(value: object, names: Iterable[str]) -> dict[str, Any]:
    """Convert some attributes of a value for JSON."""
    return {name: plain(getattr(value, name)) for name in names}

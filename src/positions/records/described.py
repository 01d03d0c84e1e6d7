"""Descriptions of the fields of records in files, derived from the models.

Tables and pages are generated from them, so that a field is described only in its model.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, Literal, get_args

import attrs

from positions.records.models import Document, Record

Holds = Literal["text", "date", "whole number", "number", "ids", "texts", "attitudes", "records"]
"""The kind of value of a field; texts may contain commas, ids and keys do not."""


@attrs.frozen
class DescribedField:
    """A field of a record, by its name in files.

    `needed`: whether it is required; `least`: its minimum number of values.
    """

    name: str
    about: str
    holds: Holds
    needed: bool
    least: int
    default: object
    choices: tuple[str, ...]
    pattern: str | None

    @property
    def filled(self) -> bool:
        """Whether the field always has a value: it is required, or has a default."""
        return self.needed or self.default not in (None, [])


@functools.cache
def fields_of(record: type[Record]) -> tuple[DescribedField, ...]:
    """List the fields of a kind of record, in the order of its model.

    >>> from positions.records.models import Mandate
    >>> for field in fields_of(Mandate):
    ...     print(f"{field.name}: {field.holds}. {field.about}")
    from: date. The first day of the government.
    name: text. The name of the government.
    """
    schema = record.model_json_schema(by_alias=True)
    needed = schema.get("required", ())
    return tuple(_field(n, field, n in needed) for n, field in schema["properties"].items())


def _field(name: str, schema: dict[str, Any], needed: bool) -> DescribedField:
    """Describe a field from its JSON Schema."""
    form = next(part for part in schema.get("anyOf", [schema]) if part.get("type") != "null")
    return DescribedField(
        name=name,
        about=schema.get("description", ""),
        holds=_holds(form),
        needed=needed,
        least=form.get("minItems", form.get("minProperties", 0)),
        default=schema.get("default"),
        choices=tuple(form.get("enum", ())),
        pattern=form.get("pattern"),
    )


def _holds(form: dict[str, Any]) -> Holds:
    match form:
        case {"type": "array", "items": {"$ref": _}}:
            return "records"
        case {"type": "array", "items": {"minLength": _}}:
            return "texts"
        case {"type": "array"}:
            return "ids"
        case {"format": "edtf"}:
            return "date"
        case _:
            return _SCALARS[form["type"]]


_SCALARS: dict[str, Holds] = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "object": "attitudes",
}
"""The kind of value of a field, by its type in JSON Schema."""


def record_types() -> tuple[type[Record], ...]:
    """List every kind of record in a data set, each before the kinds nested in it.

    >>> [record.__name__ for record in record_types()][:4]
    ['Document', 'Party', 'Mandate', 'Topic']
    """
    return tuple(dict.fromkeys(_within(Document)))


def _within(annotation: Any) -> Iterator[type[Record]]:
    """Yield the kinds of record in an annotation, and those nested in them."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
        for field in annotation.model_fields.values():
            yield from _within(field.annotation)
    for part in get_args(annotation):
        yield from _within(part)

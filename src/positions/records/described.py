"""The fields of records as files write them, read off the models.

Tables and pages are made of them, so that a field is described in one place: its model.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, Literal, get_args

import attrs

from positions.records.models import Document, Record

Holds = Literal["text", "date", "whole number", "number", "ids", "texts", "attitudes", "records"]
"""What a field holds; ids and keys hold no comma, texts may."""


@attrs.frozen
class DescribedField:
    """A field of a record, under the name that files give it.

    `needed`: whether it has to be given; `least`: how many values it holds at least.
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
        """Whether it always holds something: because it is needed, or by its default."""
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
    return tuple(_field(n, told, n in needed) for n, told in schema["properties"].items())


def _field(name: str, told: dict[str, Any], needed: bool) -> DescribedField:
    """Read a field off its JSON Schema."""
    form = next(part for part in told.get("anyOf", [told]) if part.get("type") != "null")
    return DescribedField(
        name=name,
        about=told.get("description", ""),
        holds=_holds(form),
        needed=needed,
        least=form.get("minItems", form.get("minProperties", 0)),
        default=told.get("default"),
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
"""What a field holds, by the type that JSON Schema gives to its value."""


def record_types() -> tuple[type[Record], ...]:
    """List every kind of record that a data set holds, each before those within it.

    >>> [record.__name__ for record in record_types()][:4]
    ['Document', 'Party', 'Mandate', 'Topic']
    """
    return tuple(dict.fromkeys(_within(Document)))


def _within(annotation: Any) -> Iterator[type[Record]]:
    """Go through the kinds of record that an annotation names, and those within them."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
        for field in annotation.model_fields.values():
            yield from _within(field.annotation)
    for part in get_args(annotation):
        yield from _within(part)

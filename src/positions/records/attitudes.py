"""The attitudes of statements to options, and the immutable dictionary that contains them."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import (
    Field,
    GetCoreSchemaHandler,
    GetPydanticSchema,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

from positions.errors import InvalidInputError
from positions.records.fields import Key


class Attitude(enum.StrEnum):
    """The attitude of a party to one option; members equal their text.

    `SILENT` is never in a file: it is the result where a party made no statement, or
    where its attitude was `WITHDRAWN`.
    """

    DEMAND = "demand"
    ACCEPT = "accept"
    CONDITIONAL = "conditional"
    SILENT = "silent"
    REJECT = "reject"
    WITHDRAWN = "withdrawn"

    @property
    def level(self) -> int:
        """Rank of the attitude: reject 0, silent 1, conditional 2, accept and demand 3."""
        return _LEVELS[self]


_LEVELS = {
    Attitude.REJECT: 0,
    Attitude.SILENT: 1,
    Attitude.WITHDRAWN: 1,
    Attitude.CONDITIONAL: 2,
    Attitude.ACCEPT: 3,
    Attitude.DEMAND: 3,
}

SAID = tuple(attitude for attitude in Attitude if attitude is not Attitude.SILENT)
"""The attitudes that a statement can take."""


class Says(Mapping[str, Attitude]):
    """The attitudes of a statement to options, as an immutable dictionary."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Attitude]) -> None:
        self._items = dict(items)

    def __getitem__(self, key: str) -> Attitude:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return repr({key: str(attitude) for key, attitude in self._items.items()})


def _attitude(said: object) -> Attitude:
    if isinstance(said, str) and said in SAID:
        return Attitude(said)
    raise InvalidInputError("attitude", f"one of {', '.join(SAID)}", said)


def _says_schema(source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
    """Validate a dictionary key by key, so that each fault has its path, and freeze it."""
    items = handler.generate_schema(Annotated[dict[Key, Said], Field(min_length=1)])
    mapping = core_schema.no_info_before_validator_function(_as_dict, items)
    return core_schema.no_info_after_validator_function(Says, mapping)


def _as_dict(value: object) -> object:
    return dict(value) if isinstance(value, Says) else value


Said = Annotated[
    Attitude,
    PlainValidator(_attitude),
    WithJsonSchema({"type": "string", "enum": list(SAID)}),
]
"""An attitude that a statement can take."""
Sayings = Annotated[
    Mapping[str, Attitude],
    GetPydanticSchema(_says_schema),
    PlainSerializer(lambda says: {k: str(v) for k, v in says.items()}, return_type=dict[str, str]),
]
"""The attitudes of a statement to options."""

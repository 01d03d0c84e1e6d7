"""The common part of reading files of any format: every fault is reported at once.

A reader makes the records of a data set one by one, then checks them against one another.
The reader of each format adds the location of faults.
"""

from __future__ import annotations

import abc
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO, Generic, NoReturn, TypeVar

import attrs
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from positions.errors import DataError, Fault, nearest
from positions.records.checks import FileContext, check
from positions.records.described import fields_of, record_types
from positions.records.models import RECORDS, Document, Record
from positions.screen import SHOWN, one_line, shown
from positions.snapshots.dataset import Dataset

MAX_BYTES = 256 * 1024 * 1024
"""Default maximum size of a file, in bytes."""


def read_bounded(
    file: BinaryIO, origin: str, max_bytes: int = MAX_BYTES, advice: str = ""
) -> bytes:
    """Read the rest of an open file, or nothing if it is too large.

    Arguments:
        file: the file; one without a size, such as a pipe, is read only up to the maximum.
        origin: the name of the file in errors.
        max_bytes: the maximum size in bytes.
        advice: what to do if the file is larger.

    Raises:
        DataError: the file is larger than `max_bytes`.
        OSError: the file cannot be read.
    """
    size = os.fstat(file.fileno()).st_size
    data = b"" if size > max_bytes else file.read(max_bytes + 1)
    found = max(size, len(data))
    if found > max_bytes:
        refuse(origin, f"wanted at most {max_bytes:,} bytes, found {found:,} or more", advice)
    return data


def refuse(origin: str, problem: str, advice: str = "", path: str = "") -> NoReturn:
    """Refuse a file because of one fault that prevents reading it.

    Raises:
        DataError: always.
    """
    raise DataError(origin, [Fault(path, problem, advice)]) from None


def utf8_text(data: bytes, origin: str, advice: str = "", path: str = "") -> str:
    """Decode bytes as UTF-8, without a byte order mark.

    Raises:
        DataError: the bytes are not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = f"wanted UTF-8 text, found an invalid byte at position {error.start}"
        refuse(origin, problem, advice, path)


F = TypeVar("F")
"""A fault, as located by the reader of one format."""
R = TypeVar("R", bound=Record)


@attrs.frozen
class Reader(abc.ABC, Generic[F]):
    """Makes the records of one data set, and collects every fault.

    `places`: the indices of the records that could be made, by kind. `broken`: the ids of
    the others, by kind.
    """

    origin: str
    found: list[F] = attrs.field(factory=list, init=False)
    places: dict[str, list[int]] = attrs.field(factory=dict, init=False)
    broken: dict[str, frozenset[str]] = attrs.field(factory=dict, init=False)

    @abc.abstractmethod
    def record_fault(self, error: ErrorDetails, path: str) -> F:
        """Return an error of pydantic as a located fault of the record at this path."""

    @abc.abstractmethod
    def reference_fault(self, fault: Fault) -> F:
        """Return a fault between records as a located fault."""

    @abc.abstractmethod
    def faults(self) -> Sequence[Fault]:
        """Return all faults, in the order in which they are reported."""

    def records(
        self, kind: str, items: Iterable[object], lost: Iterable[str] = ()
    ) -> tuple[Record, ...]:
        """Make the records of one kind, each by itself, and keep the valid ones.

        Arguments:
            kind: their list in a data set, such as `parties`.
            items: their fields.
            lost: ids of further records, whose fields could not be read.
        """
        fields = list(items)
        made = [self.made(RECORDS[kind], item, f"{kind}[{i}]") for i, item in enumerate(fields)]
        self.places[kind] = [i for i, record in enumerate(made) if record is not None]
        invalid = (item for item, record in zip(fields, made, strict=True) if record is None)
        self.broken[kind] = frozenset(lost).union(_ids_of(invalid))
        return tuple(record for record in made if record is not None)

    def made(self, model: type[R], item: object, path: str) -> R | None:
        """Make one record from its fields; None if it has faults, which are collected."""
        try:
            return model.model_validate(item, by_alias=True, by_name=False)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            self.found.extend(self.record_fault(one, path) for one in errors if not _follows(one))
        return None

    def dataset(self, document: Document) -> Dataset:
        """Make a data set of the valid records, or refuse them with all faults.

        Raises:
            DataError: there are faults in the records or between them.
        """
        if self.found:
            faults = check(document, FileContext(self.places, self.broken))
        else:
            try:
                return Dataset(document)
            except DataError as error:
                faults = error.faults
        self.found.extend(map(self.reference_fault, faults))
        raise DataError(self.origin, self.faults())


def _ids_of(items: Iterable[object]) -> Iterator[str]:
    """Yield the ids of records that could not be made, if they have one."""
    for item in items:
        name = item.get("id") if isinstance(item, Mapping) else None
        if isinstance(name, str):
            yield name


# ------------------------------------------------------------ wording of faults


def kind_of(value: object) -> str:
    """Describe a JSON value: the value itself if it is short, else its kind."""
    if value is None or isinstance(value, bool | int | float):
        return one_line(json.dumps(value), SHOWN)
    if isinstance(value, str):
        return shown(value)
    return f"{'a' if value else 'an empty'} list" if isinstance(value, list) else "an object"


def _follows(error: ErrorDetails) -> bool:
    """Whether a list only seems too short, because its items have faults themselves."""
    return error["type"] == "too_short" and bool(error["input"])


_WANTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "int_type": "a whole number",
    "float_type": "a number",
}
"""What is wanted, by the type of error of pydantic."""


def problem_of(error: ErrorDetails, place: Sequence[object]) -> tuple[str, str]:
    """Return an error of pydantic as a problem and advice, in the terms of this library."""
    found, context = kind_of(error["input"]), error.get("ctx", {})
    match error["type"]:
        case "missing":
            return "is missing", ""
        case "extra_forbidden":
            near = nearest(str(place[-1]), _fields())
            return "is not a field of the format", f"did you mean {near!r}?" if near else ""
        case "literal_error":
            near = nearest(str(error["input"]), context["expected"].replace("'", "").split())
            advice = f"did you mean {near.strip(',')!r}?" if near else ""
            return f"wanted {context['expected']}, found {found}", advice
        case "string_pattern_mismatch":
            return f"wanted text that matches {context['pattern']}, found {found}", ""
        case "value_error":
            return str(context["error"]), ""
        case "too_short":
            return f"wanted at least {context['min_length']}, found none", ""
        case kind if kind in _WANTED:
            return f"wanted {_WANTED[kind]}, found {found}", ""
        case _:
            return f"{error['msg'][:1].lower()}{error['msg'][1:]}, found {found}", ""


def _fields() -> set[str]:
    """Return the names of the fields of all records, as in files."""
    return {field.name for record in record_types() for field in fields_of(record)}

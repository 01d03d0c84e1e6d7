"""What reading has in common whatever the form of the files: every fault is reported at once.

A reader makes the records of a data set one by one, then checks them against one another.
Each form of files adds where in them a fault stands.
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
from positions.records.checks import Setting, check
from positions.records.described import fields_of, record_types
from positions.records.models import RECORDS, Document, Record
from positions.screen import SHOWN, one_line, shown
from positions.snapshots.dataset import Dataset

MAX_BYTES = 256 * 1024 * 1024
"""The largest file that is read unless the user says otherwise."""


def read_bounded(
    file: BinaryIO, origin: str, max_bytes: int = MAX_BYTES, advice: str = ""
) -> bytes:
    """Read the rest of an open file, or nothing of it where its size is too large.

    Arguments:
        file: the file; of one that has no size, as a pipe, no more is read than is accepted.
        origin: what errors call it.
        max_bytes: the largest size to accept.
        advice: what to do where it is larger.

    Raises:
        DataError: it is larger than `max_bytes`.
        OSError: it cannot be read.
    """
    size = os.fstat(file.fileno()).st_size
    data = b"" if size > max_bytes else file.read(max_bytes + 1)
    found = max(size, len(data))
    if found > max_bytes:
        refuse(origin, f"wanted at most {max_bytes:,} bytes, found {found:,} or more", advice)
    return data


def refuse(origin: str, problem: str, advice: str = "", path: str = "") -> NoReturn:
    """Refuse a file as a whole, for one fault that leaves nothing to read.

    Raises:
        DataError: always.
    """
    raise DataError(origin, [Fault(path, problem, advice)]) from None


def utf8_text(data: bytes, origin: str, advice: str = "", path: str = "") -> str:
    """Return the text that bytes stand for in UTF-8, without a mark of byte order.

    Raises:
        DataError: they are no UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = f"wanted UTF-8 text, found another byte at {error.start}"
        refuse(origin, problem, advice, path)


F = TypeVar("F")
"""A fault, as one form of files locates it."""
R = TypeVar("R", bound=Record)


@attrs.frozen
class Reader(abc.ABC, Generic[F]):
    """Makes the records of one data set, and gathers every fault found on the way.

    `places` holds for each kind the numbers of the records that could be made, `broken` the
    ids of the others.
    """

    origin: str
    found: list[F] = attrs.field(factory=list, init=False)
    places: dict[str, list[int]] = attrs.field(factory=dict, init=False)
    broken: dict[str, frozenset[str]] = attrs.field(factory=dict, init=False)

    @abc.abstractmethod
    def flaw(self, error: ErrorDetails, path: str) -> F:
        """Locate what pydantic found in the record at this path."""

    @abc.abstractmethod
    def misfit(self, fault: Fault) -> F:
        """Locate a fault in how one record refers to others."""

    @abc.abstractmethod
    def faults(self) -> Sequence[Fault]:
        """Return what was found, in the order in which it is reported."""

    def records(
        self, kind: str, items: Iterable[object], lost: Iterable[str] = ()
    ) -> tuple[Record, ...]:
        """Make the records of one kind, each by itself, and keep those that are sound.

        Arguments:
            kind: the list of a data set that they belong to, such as `parties`.
            items: their fields.
            lost: ids of further records, of which not even the fields could be read.
        """
        fields = list(items)
        made = [self.made(RECORDS[kind], item, f"{kind}[{i}]") for i, item in enumerate(fields)]
        self.places[kind] = [i for i, record in enumerate(made) if record is not None]
        unsound = (item for item, record in zip(fields, made, strict=True) if record is None)
        self.broken[kind] = frozenset(lost).union(_ids_of(unsound))
        return tuple(record for record in made if record is not None)

    def made(self, model: type[R], item: object, path: str) -> R | None:
        """Make one record of its fields; None where it has faults, which are kept."""
        try:
            return model.model_validate(item, by_alias=True, by_name=False)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            self.found.extend(self.flaw(one, path) for one in errors if not _follows(one))
        return None

    def dataset(self, document: Document) -> Dataset:
        """Make a data set of sound records, or refuse them with all their faults.

        Raises:
            DataError: there are faults, in the records or in how they refer to one another.
        """
        if self.found:
            misfits = check(document, Setting(self.places, self.broken))
        else:
            try:
                return Dataset(document)
            except DataError as error:
                misfits = error.faults
        self.found.extend(map(self.misfit, misfits))
        raise DataError(self.origin, self.faults())


def _ids_of(items: Iterable[object]) -> Iterator[str]:
    """List the ids of records that could not be made, as far as they have one."""
    for item in items:
        name = item.get("id") if isinstance(item, Mapping) else None
        if isinstance(name, str):
            yield name


# ------------------------------------------------------------ in the words of this library


def kind_of(value: object) -> str:
    """Name a JSON value by its kind, with the value itself where it is short."""
    if value is None or isinstance(value, bool | int | float):
        return one_line(json.dumps(value), SHOWN)
    if isinstance(value, str):
        return shown(value)
    return f"{'a' if value else 'an empty'} list" if isinstance(value, list) else "an object"


def _follows(error: ErrorDetails) -> bool:
    """Tell whether a list only seems too short, because its items have faults themselves."""
    return error["type"] == "too_short" and bool(error["input"])


_WANTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "int_type": "a whole number",
    "float_type": "a number",
}
"""What is asked for where a value is of another kind."""


def problem_of(error: ErrorDetails, place: Sequence[object]) -> tuple[str, str]:
    """Tell what pydantic found, and what to do, in the words of this library."""
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
            return f"wanted text of the form {context['pattern']}, found {found}", ""
        case "value_error":
            return str(context["error"]), ""
        case "too_short":
            return f"wanted at least {context['min_length']}, found none", ""
        case kind if kind in _WANTED:
            return f"wanted {_WANTED[kind]}, found {found}", ""
        case _:
            return f"{error['msg'][:1].lower()}{error['msg'][1:]}, found {found}", ""


def _fields() -> set[str]:
    """List the fields of all records as they stand in files."""
    return {field.name for record in record_types() for field in fields_of(record)}

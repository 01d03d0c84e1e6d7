"""Reading and writing data sets as JSON.

Reading is strict: bytes are capped, keys may not repeat, and every fault of a file
is reported at once, with its path. Nothing of a file with a fault is used.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import re
from collections.abc import Generator, Sequence
from typing import Any, BinaryIO, NoReturn, TypeVar

import attrs
from pydantic import ValidationError

from positions.errors import DataError, Fault, InvalidInputError, nearest
from positions.records.checks import Setting, check, version_fault
from positions.records.described import fields_of, record_types
from positions.records.models import KINDS, RECORDS, SCHEMA_VERSION, Document, Record
from positions.screen import SHOWN, one_line, shown
from positions.snapshots.dataset import Dataset
from positions.tables.whole_files import Place, write_whole

MAX_BYTES = 256 * 1024 * 1024
"""The largest file that is read unless the user says otherwise."""

LINE = 100
"""How long a line of a written file may be before its value is spread over several."""

R = TypeVar("R", bound=Record)


def read_json(path: Place, *, max_bytes: int = MAX_BYTES) -> Dataset:
    """Read a data set from a JSON file.

    Arguments:
        path: the file.
        max_bytes: the largest size to accept, checked before anything is read.

    Raises:
        DataError: the file breaks the format; every fault is listed with its path.
        OSError: the file cannot be opened.
    """
    origin = os.fspath(path)
    with open(path, "rb") as file:
        data = read_bounded(file, origin, max_bytes, "raise max_bytes if you trust it")
    return parse_json(data, origin=origin)


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
        _refuse(origin, f"wanted at most {max_bytes:,} bytes, found {found:,} or more", advice)
    return data


def parse_json(data: bytes | str, *, origin: str = "the data") -> Dataset:
    """Read a data set from JSON text.

    Raises:
        DataError: the text breaks the format, and nothing else; every fault is listed.

    >>> parse_json("[]")
    Traceback (most recent call last):
    positions.errors.DataError: the data: 1 fault
      wanted an object at the top, found an empty list
    """
    return _Reader(origin).read(data)


def _refuse(origin: str, problem: str, advice: str = "") -> NoReturn:
    raise DataError(origin, [Fault("", problem, advice)]) from None


@attrs.frozen
class _Reader:
    """Reads one file, and gathers its faults on the way."""

    origin: str
    faults: list[Fault] = attrs.field(factory=list)
    places: dict[str, list[int]] = attrs.field(factory=dict)
    broken: dict[str, frozenset[str]] = attrs.field(factory=dict)

    def read(self, data: bytes | str) -> Dataset:
        """Read a whole file, or refuse it with all its faults."""
        with _all_kept():
            return self.dataset(self.parsed(data))

    def dataset(self, value: dict[str, Any]) -> Dataset:
        """Make a data set of parsed JSON."""
        self.refuse_other_version(value.get("schema_version"))
        document = self.document(value)
        if self.faults:
            self.faults.extend(check(document, Setting(self.places, self.broken)))
            raise DataError(self.origin, self.faults)
        try:
            return Dataset(document)
        except DataError as error:
            raise DataError(self.origin, error.faults) from None

    def refuse_other_version(self, version: object) -> None:
        """Refuse a file of another major version before anything in it is judged."""
        if isinstance(version, str) and re.fullmatch(r"[0-9]{1,4}\.[0-9]{1,4}", version):
            fault = version_fault(version)
            if fault is not None:
                raise DataError(self.origin, [fault])

    def parsed(self, data: bytes | str) -> dict[str, Any]:
        """Parse strict JSON: UTF-8, no repeated keys, finite numbers, an object at the top."""
        try:
            text = data if isinstance(data, str) else data.decode("utf-8-sig")
            value = json.loads(text, object_pairs_hook=self.unique, parse_constant=_no_constant)
        except UnicodeDecodeError as error:
            _refuse(self.origin, f"wanted UTF-8 text, found another byte at {error.start}")
        except json.JSONDecodeError as error:
            where = f"line {error.lineno}, column {error.colno}"
            _refuse(self.origin, f"wanted JSON; {error.msg} at {where}", "is the file cut off?")
        except RecursionError:
            _refuse(self.origin, "wanted lists and objects within one another at most 900 deep")
        except ValueError as error:
            _refuse(self.origin, f"wanted JSON; {error}")
        if not isinstance(value, dict):
            _refuse(self.origin, f"wanted an object at the top, found {_kind_of(value)}")
        return value

    def unique(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Make an object of its members, and find fault with keys that repeat."""
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                name = next((v for k, v in pairs if k == "id" and isinstance(v, str)), None)
                where = f"the object with id {shown(name)}" if name else "an object"
                self.faults.append(Fault("", f"{where} has the key {shown(key)} twice"))
            seen.add(key)
        return found

    def document(self, value: dict[str, Any]) -> Document:
        """Validate head and records, each by itself, and keep those that are sound."""
        head = {key: item for key, item in value.items() if key not in KINDS}
        document = self.validated(Document, head, "") or _HEADLESS
        lists = {kind: self.records(kind, value.get(kind, [])) for kind in KINDS}
        return document.model_copy(update=lists)

    def records(self, kind: str, items: object) -> tuple[Record, ...]:
        if not isinstance(items, list):
            self.faults.append(Fault(kind, f"wanted a list, found {_kind_of(items)}"))
            return ()
        made = [self.validated(RECORDS[kind], item, f"{kind}[{i}]") for i, item in enumerate(items)]
        self.places[kind] = [i for i, record in enumerate(made) if record is not None]
        lost = [item for item, record in zip(items, made, strict=True) if record is None]
        ids = [item.get("id") for item in lost if isinstance(item, dict)]
        self.broken[kind] = frozenset(name for name in ids if isinstance(name, str))
        return tuple(record for record in made if record is not None)

    def validated(self, model: type[R], item: object, path: str) -> R | None:
        try:
            return model.model_validate(item, by_alias=True, by_name=False)
        except ValidationError as error:
            found = error.errors(include_url=False)
            self.faults.extend(_fault(fault, path) for fault in found if not follows(fault))
        return None


@contextlib.contextmanager
def _all_kept() -> Generator[None]:
    """Put off the search for garbage in circles while records are made that all stay.

    Each of the many thousand objects of a file brings the next search nearer, which
    would go through all of them and find nothing: a third of the time of reading.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


_HEADLESS = Document.model_validate(
    {
        "schema_version": SCHEMA_VERSION,
        "data_version": "none",
        "title": "none",
        "description": "none",
        "licence": "none",
    }
)
"""Stands in for a head with faults, so that the faults of its records are found as well."""


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _kind_of(value: object) -> str:
    """Name a JSON value by its kind, with the value itself where it is short."""
    if value is None or isinstance(value, bool | int | float):
        return one_line(json.dumps(value), SHOWN)
    if isinstance(value, str):
        return shown(value)
    return f"{'a' if value else 'an empty'} list" if isinstance(value, list) else "an object"


def _fault(error: Any, base: str) -> Fault:
    """Write a fault that pydantic found in the words of this library."""
    place = tuple(part for part in error["loc"] if part != "[key]")
    path = base + "".join(map(_step, place))
    return Fault(path.lstrip("."), *problem_of(error, place))


def _step(part: int | str) -> str:
    """Write one step of a path: the number of an item, or a key."""
    return f"[{part}]" if isinstance(part, int) else f".{one_line(part, SHOWN)}"


def follows(error: Any) -> bool:
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


def problem_of(error: Any, place: Sequence[object]) -> tuple[str, str]:
    """Tell what pydantic found, and what to do, in the words of this library."""
    found = _kind_of(error["input"])
    match error["type"]:
        case "missing":
            return "is missing", ""
        case "extra_forbidden":
            near = nearest(str(place[-1]), _fields())
            return "is not a field of the format", f"did you mean {near!r}?" if near else ""
        case "literal_error":
            near = nearest(str(error["input"]), error["ctx"]["expected"].replace("'", "").split())
            advice = f"did you mean {near.strip(',')!r}?" if near else ""
            return f"wanted {error['ctx']['expected']}, found {found}", advice
        case "string_pattern_mismatch":
            return f"wanted text of the form {error['ctx']['pattern']}, found {found}", ""
        case "value_error":
            return str(error["ctx"]["error"]), ""
        case "too_short":
            return f"wanted at least {error['ctx']['min_length']}, found none", ""
        case kind if kind in _WANTED:
            return f"wanted {_WANTED[kind]}, found {found}", ""
        case _:
            return f"{error['msg'][:1].lower()}{error['msg'][1:]}, found {found}", ""


def _fields() -> set[str]:
    """List the fields of all records as they stand in files."""
    return {field.name for record in record_types() for field in fields_of(record)}


def write_json(dataset: Dataset, path: Place) -> None:
    """Write a data set as a JSON file; `read_json` gives the same data set back.

    The file is whole or not there: it is written beside its place and then moved.

    Raises:
        InvalidInputError: something in it is supposed, which is no data.
        OSError: the file cannot be written; what was there before stays.
    """
    write_whole(path, to_json(dataset).encode())


def to_json(dataset: Dataset) -> str:
    """Write a data set as JSON text, without what is default.

    What fits on a line stands on one, so that a change of one field is a change of
    one line.

    Raises:
        InvalidInputError: something in it is supposed, which is no data.
    """
    require_data(dataset)
    document = dataset.document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return f"{_laid_out(document, '')}\n"


def require_data(dataset: Dataset) -> None:
    """Refuse to write what is only supposed."""
    if dataset.supposed:
        advice = "write the data set of which it was supposed"
        wanted = "one in which nothing is supposed"
        raise InvalidInputError("a data set to write", wanted, list(dataset.supposed), advice)


def _laid_out(value: object, indent: str) -> str:
    """Write a JSON value, with members on lines of their own where one line is too short."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= LINE or not isinstance(value, dict | list) or not value:
        return line
    deeper = f"{indent} "
    if isinstance(value, dict):
        members = [f"{json.dumps(k)}: {_laid_out(v, deeper)}" for k, v in value.items()]
    else:
        members = [_laid_out(item, deeper) for item in value]
    body = f",\n{deeper}".join(members)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{deeper}{body}\n{indent}{closing}"


def schema() -> dict[str, Any]:
    """Give the JSON Schema of the file format; its `$id` names the version of the format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:positions:schema:{SCHEMA_VERSION}",
        **Document.model_json_schema(by_alias=True),
        "title": f"A data set of positions, format {SCHEMA_VERSION}",
    }

"""Reading and writing data sets as JSON.

Reading is strict: the size is limited, keys must not repeat, and every fault of a file
is reported at once, with its path. No part of a file with faults is used.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import re
from collections.abc import Generator, Sequence
from typing import Any, NoReturn

import attrs
from pydantic_core import ErrorDetails

from positions.errors import DataError, Fault, InvalidInputError
from positions.files.reader import (
    MAX_BYTES,
    Reader,
    kind_of,
    problem_of,
    read_bounded,
    refuse,
    utf8_text,
)
from positions.records.checks import version_fault
from positions.records.models import KINDS, SCHEMA_VERSION, Document, Record
from positions.screen import SHOWN, one_line, shown
from positions.snapshots.dataset import Dataset
from positions.tables.whole_files import FilePath, write_whole

LINE = 100
"""Maximum length of a line in a written file; longer values are spread over several lines."""


def read_json(path: FilePath, *, max_bytes: int = MAX_BYTES) -> Dataset:
    """Read a data set from a JSON file.

    Arguments:
        path: the file.
        max_bytes: the maximum size in bytes, checked before anything is read.

    Raises:
        DataError: the file breaks the format; every fault is listed with its path.
        OSError: the file cannot be opened.
    """
    origin = os.fspath(path)
    with open(path, "rb") as file:
        data = read_bounded(file, origin, max_bytes, "raise max_bytes if you trust it")
    return parse_json(data, origin=origin)


def parse_json(data: bytes | str, *, origin: str = "the data") -> Dataset:
    """Read a data set from JSON text.

    Raises:
        DataError: the text breaks the format; every fault is listed.

    >>> parse_json("[]")
    Traceback (most recent call last):
    positions.errors.DataError: the data: 1 fault
      wanted an object at the top, found an empty list
    """
    return _JsonReader(origin).read(data)


@attrs.frozen
class _JsonReader(Reader[Fault]):
    """Reads one JSON file, and locates faults by paths such as `parties[0].name`."""

    def read(self, data: bytes | str) -> Dataset:
        """Read a whole file, or refuse it with all its faults."""
        with _garbage_collection_off():
            value = self.parsed(data)
            self.refuse_other_version(value.get("schema_version"))
            return self.dataset(self.document(value))

    def record_fault(self, error: ErrorDetails, path: str) -> Fault:
        """Return a fault of a record, located by its path."""
        place = tuple(part for part in error["loc"] if part != "[key]")
        whole = path + "".join(map(_step, place))
        return Fault(whole.lstrip("."), *problem_of(error, place))

    def reference_fault(self, fault: Fault) -> Fault:
        """Return a fault between records unchanged: it has its path."""
        return fault

    def faults(self) -> Sequence[Fault]:
        """Return all faults in the order in which they were found."""
        return self.found

    def refuse_other_version(self, version: object) -> None:
        """Refuse a file of another major version before anything else is checked."""
        if isinstance(version, str) and re.fullmatch(r"[0-9]{1,4}\.[0-9]{1,4}", version):
            fault = version_fault(version)
            if fault is not None:
                raise DataError(self.origin, [fault])

    def parsed(self, data: bytes | str) -> dict[str, Any]:
        """Parse strict JSON: UTF-8, no repeated keys, finite numbers, an object at the top."""
        text = data if isinstance(data, str) else utf8_text(data, self.origin)
        try:
            value = json.loads(text, object_pairs_hook=self.unique, parse_constant=_no_constant)
        except json.JSONDecodeError as error:
            where = f"line {error.lineno}, column {error.colno}"
            problem = error.msg.removesuffix(" starting at")
            refuse(self.origin, f"wanted JSON; {problem} at {where}", "is the file cut off?")
        except RecursionError:
            refuse(self.origin, "wanted lists and objects nested at most 900 levels deep")
        except ValueError as error:
            refuse(self.origin, f"wanted JSON; {error}")
        if not isinstance(value, dict):
            refuse(self.origin, f"wanted an object at the top, found {kind_of(value)}")
        return value

    def unique(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Make an object from its members, and record a fault for each repeated key."""
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                name = next((v for k, v in pairs if k == "id" and isinstance(v, str)), None)
                where = f"the object with id {shown(name)}" if name else "an object"
                self.found.append(Fault("", f"{where} has the key {shown(key)} twice"))
            seen.add(key)
        return found

    def document(self, value: dict[str, Any]) -> Document:
        """Validate the head and each record by itself, and keep the valid records."""
        head = {key: item for key, item in value.items() if key not in KINDS}
        document = self.made(Document, head, "") or _HEADLESS
        lists = {kind: self.listed(kind, value.get(kind, [])) for kind in KINDS}
        return document.model_copy(update=lists)

    def listed(self, kind: str, items: object) -> tuple[Record, ...]:
        """Make the records of one list of the file."""
        if isinstance(items, list):
            return self.records(kind, items)
        self.found.append(Fault(kind, f"wanted a list, found {kind_of(items)}"))
        return ()


@contextlib.contextmanager
def _garbage_collection_off() -> Generator[None]:
    """Pause garbage collection while records are made, all of which are kept.

    The many thousand objects of a file would trigger collections that visit all of them and
    find nothing: a third of the time of reading.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
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
"""Replacement for an invalid head, so that the faults of records are found as well."""


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")


def _step(part: int | str) -> str:
    """Return one step of a path: the index of an item, or a key."""
    return f"[{part}]" if isinstance(part, int) else f".{one_line(part, SHOWN)}"


def write_json(dataset: Dataset, path: FilePath) -> None:
    """Write a data set as a JSON file, from which `read_json` reads the same data set.

    The file is written completely or not at all: it is written next to its target and then
    moved.

    Raises:
        InvalidInputError: the data set contains suppositions, which are not data.
        OSError: the file cannot be written; what was there before stays.
    """
    write_whole(path, to_json(dataset).encode())


def to_json(dataset: Dataset) -> str:
    """Return a data set as JSON text, without default values.

    What fits on a line is on one line, so that a change of one field is a change of
    one line.

    Raises:
        InvalidInputError: the data set contains suppositions, which are not data.
    """
    require_data(dataset)
    document = dataset.document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return f"{_laid_out(document, '')}\n"


def require_data(dataset: Dataset) -> None:
    """Refuse a data set that contains suppositions."""
    if dataset.supposed:
        advice = "write the data set without them"
        wanted = "a data set without suppositions"
        raise InvalidInputError("dataset", wanted, list(dataset.supposed), advice)


def _laid_out(value: object, indent: str) -> str:
    """Return a value as JSON, with members on separate lines if it does not fit on one."""
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
    """Return the JSON Schema of the file format; its `$id` names the version of the format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:positions:schema:{SCHEMA_VERSION}",
        **Document.model_json_schema(by_alias=True),
        "title": f"A data set of positions, format {SCHEMA_VERSION}",
    }

"""A data set as a Data Package: CSV tables with a machine-readable description.

The description follows the Data Package standard, version 2. Equal data produce equal
bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from positions.errors import InvalidInputError
from positions.files.json_files import require_data
from positions.files.package_tables import TABLES, ForeignKey, PackageTable, TableField
from positions.records.models import Document, Source
from positions.snapshots.dataset import Dataset
from positions.snapshots.wording import cited
from positions.tables.formats import as_csv
from positions.tables.whole_files import FilePath, beside, naming, target_of, write_whole

PROFILES = "https://datapackage.org/profiles/2.0"
"""Address of the profiles of the standard."""

DESCRIPTOR = "datapackage.json"
"""Name of the file that describes a package."""

LICENCES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
}
"""Addresses of licences for data."""

DIALECT: dict[str, str | bool] = {
    "$schema": f"{PROFILES}/tabledialect.json",
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
}
"""The dialect of the CSV tables, as in RFC 4180."""


def write_datapackage(dataset: Dataset, folder: FilePath) -> None:
    """Write a data set as a Data Package: one CSV file per table, and `datapackage.json`.

    The folder is written completely or not at all: it is written next to its target and then
    moved. It replaces an empty folder or an earlier package, whose modes it keeps, and
    nothing else.

    Raises:
        InvalidInputError: the target is something else, which stays as it is; or the data
            set contains suppositions, which are not data.
        OSError: the folder cannot be written; what was there before stays.

    >>> from positions.files.bundled import load
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     write_datapackage(load(), Path(place, "package"))
    ...     sorted(file.name for file in Path(place, "package").iterdir())[:3]
    ['conditions.csv', 'datapackage.json', 'events.csv']
    """
    files = package_files(dataset)
    with naming(folder):
        target = target_of(folder)
        _refuse_foreign(target, frozenset(files))
        _write(target, files)


def package_files(dataset: Dataset) -> dict[str, bytes]:
    """Return the contents of the files of a package by name, without writing them."""
    require_data(dataset)
    document = dataset.document
    tables = [(table, _csv(table, document)) for table in TABLES]
    resources = [_resource(table, content) for table, content in tables]
    descriptor = json.dumps(_descriptor(document, resources), ensure_ascii=False, indent=1)
    return {
        DESCRIPTOR: f"{descriptor}\n".encode(),
        **{_file_of(table): content for table, content in tables},
    }


# ------------------------------------------------------------ writing


def _write(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder next to its target, and move it there once it is complete."""
    made = beside(target)
    made.mkdir(0o700 if target.exists() else 0o777)
    try:
        for name, content in files.items():
            write_whole(made / name, content)
        _keep_modes(target, made)
        _move(made, target)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _refuse_foreign(target: Path, files: frozenset[str]) -> None:
    """Refuse to replace anything but an empty folder or a complete earlier package."""
    if not target.exists():
        return
    found = list(target.iterdir()) if target.is_dir() else [target]
    former = {entry.name for entry in found} == files and all(map(Path.is_file, found))
    if found and not former:
        wanted = "a new or empty folder, or an earlier data package"
        advice = "nothing was written; choose another folder, or empty this one"
        raise InvalidInputError("folder", wanted, str(target), advice)


def _keep_modes(former: Path, made: Path) -> None:
    """Copy the modes of a former folder and of its files, if there are any."""
    for path in (*made.iterdir(), made):
        old = former / path.relative_to(made)
        if old.exists():
            shutil.copymode(old, path)


def _move(made: Path, target: Path) -> None:
    """Move a folder to its target; a former folder is deleted only afterwards."""
    if not target.exists():
        made.rename(target)
        return
    aside = made.with_name(f"{made.name}.old")
    os.rename(target, aside)
    try:
        made.rename(target)
    except BaseException:
        aside.rename(target)
        raise
    shutil.rmtree(aside)


# ------------------------------------------------------------ tables


def _file_of(table: PackageTable) -> str:
    return f"{table.name}.csv"


def _csv(table: PackageTable, document: Document) -> bytes:
    names = tuple(field.name for field in table.fields)
    rows = (tuple(_cell(row[f.name], f) for f in table.fields) for row in table.rows(document))
    return as_csv([names, *rows]).encode()


def _cell(value: Any, field: TableField) -> str:
    """Return a value in the notation of Table Schema; a missing one is empty."""
    if value is None or value in ((), []):
        return ""
    if field.type == "list":
        return ",".join(value)
    return json.dumps(value, ensure_ascii=False) if field.type == "array" else str(value)


# ------------------------------------------------------------ description


def _descriptor(document: Document, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": _slug(document.title),
        "title": document.title,
        "description": document.description,
        "version": document.data_version,
        "schema_version": document.schema_version,
        **(
            {}
            if document.evidence_until is None
            else {"evidence_until": str(document.evidence_until)}
        ),
        **({"contributors": list(map(_author, document.authors))} if document.authors else {}),
        "licenses": [_licence(document.licence)],
        "sources": list(map(_source, document.sources)),
        "resources": resources,
    }


def _slug(title: str) -> str:
    """Return a title as a name that is valid in addresses."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters)[:80].strip("-") or "data-set"


def _licence(name: str) -> dict[str, str]:
    """Describe a licence; text that is not an identifier becomes its title."""
    if re.fullmatch(r"[A-Za-z0-9._-]+", name) is None:
        return {"name": "notspecified", "title": name}
    return {"name": name, "path": LICENCES[name]} if name in LICENCES else {"name": name}


def _author(name: str) -> dict[str, Any]:
    return {"title": name, "roles": ["author"]}


def _source(source: Source) -> dict[str, str]:
    note = cited(source)
    return {"title": note.text, "path": note.url} if note.url else {"title": note.text}


def _resource(table: PackageTable, content: bytes) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "title": table.about,
        "path": _file_of(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": DIALECT,
        "schema": _schema(table),
    }


def _schema(table: PackageTable) -> dict[str, Any]:
    foreign = list(map(_foreign_key, table.foreign_keys))
    return {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": list(map(_field, table.fields)),
        "missingValues": [""],
        "primaryKey": list(table.key),
        **({"foreignKeys": foreign} if foreign else {}),
    }


def _field(field: TableField) -> dict[str, Any]:
    constraints = {
        "required": field.required or None,
        "enum": list(field.choices) or None,
        "pattern": field.pattern,
    }
    known = {name: value for name, value in constraints.items() if value is not None}
    return {
        "name": field.name,
        "type": field.type,
        **({"delimiter": ",", "itemType": "string"} if field.type == "list" else {}),
        "description": field.about,
        **({"constraints": known} if known else {}),
    }


def _foreign_key(key: ForeignKey) -> dict[str, Any]:
    reference = {"resource": key.table, "fields": list(key.reference)}
    return {"fields": list(key.fields), "reference": reference}

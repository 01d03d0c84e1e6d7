"""Helpers that read Data Packages as other programs do."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import positions as pos
from positions.files.data_package import DESCRIPTOR
from positions.files.package_tables import TABLES
from positions.snapshots.dataset import Dataset

Rows = list[dict[str, str]]


def rows_of(files: dict[str, bytes], table: str) -> Rows:
    """Return the rows of a table as dictionaries of texts."""
    text = files[f"{table}.csv"].decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def descriptor_of(files: dict[str, bytes]) -> dict[str, Any]:
    """Return the descriptor of a package."""
    found: dict[str, Any] = json.loads(files[DESCRIPTOR])
    return found


def read(folder: Path) -> dict[str, bytes]:
    """Return the contents of the files of a folder, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def listed(cell: str) -> list[str]:
    """Return the ids in a cell."""
    return cell.split(",") if cell else []


def tuples(rows: Rows, fields: Iterable[str]) -> list[tuple[str, ...]]:
    """Return some fields of every row."""
    return [tuple(row[name] for name in fields) for row in rows]


def counts_of(ds: Dataset) -> dict[str, int]:
    """Return the expected number of rows of each table, counted from the records."""
    terms = [term for proposal in ds.proposals for term in proposal.terms]
    groups = [group for statement in ds.statements for group in statement.conditions]
    return {
        "parties": len(ds.parties),
        "mandates": sum(len(party.mandates) for party in ds.parties),
        "topics": len(ds.topics),
        "options": sum(len(topic.options) for topic in ds.topics),
        "sources": len(ds.sources),
        "proposals": len(ds.proposals),
        "terms": len(terms),
        "term-conditions": sum(len(term.conditions) for term in terms),
        "statements": len(ds.statements),
        "positions-said": sum(len(s.parties) * len(s.says) for s in ds.statements),
        "statement-sources": sum(len(set(s.sources)) for s in ds.statements),
        "conditions": sum(len(group.all) for group in groups),
        "events": len(ds.events),
    }


def faults(ds: Dataset, folder: Path) -> list[str]:
    """Return the faults that a validator finds in a package; check that it read every table."""
    frictionless = pytest.importorskip("frictionless")
    pos.write_datapackage(ds, folder)
    package = frictionless.Package(str(folder / DESCRIPTOR))
    report = package.validate()
    assert [task.name for task in report.tasks] == [table.name for table in TABLES]
    return [str(fault) for fault in report.flatten(["name", "rowNumber", "note"])]

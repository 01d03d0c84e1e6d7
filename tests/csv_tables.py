"""Helpers that write tables of statements, and data sets as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import positions as pos
from positions.files.data_package import package_files
from positions.records.attitudes import Attitude
from positions.records.models import Condition, Statement

ROW = {
    "party": "NORTH",
    "topic": "water.share",
    "date": "2024-05-02",
    "option": "half",
    "attitude": "demand",
    "summary": "North speaks.",
    "source_title": "Talks",
    "source_publisher": "Daily",
    "source_published": "2024-05-03",
}
"""A row with every required column of a statement."""


def table(folder: Path, *rows: Mapping[str, object], name: str = "said.csv") -> Path:
    """Write rows to a CSV file with all their columns, and return its path."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / name
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def rows_of(said: Statement) -> Iterator[dict[str, object]]:
    """Yield the rows of a statement: its attitudes, then its conditions, one per row."""
    columns = {"parties": "party", "sources": "source", "from_": "from"}
    head: dict[str, object] = {
        columns.get(name, name): ";".join(value) if isinstance(value, tuple) else value
        for name, value in said
        if name not in ("says", "conditions")
    }
    for key, attitude in said.says.items():
        if attitude is not Attitude.CONDITIONAL:
            yield {**head, "option": key, "attitude": attitude}
    for number, group in enumerate(said.conditions):
        for condition in group.all:
            cells = {"option": ";".join(group.for_), "attitude": "conditional"}
            yield {**head, **cells, "alternative": number, **needed(condition)}


def needed(condition: Condition) -> dict[str, object]:
    """Return the cells of a condition; one on a plan in words, since tables have no plans."""
    if condition.topic is not None:
        return {
            "condition_topic": condition.topic,
            "condition_options": ";".join(condition.options),
        }
    return {"condition": condition.text or f"as part of {condition.proposal}"}


def without_plans(ds: pos.Dataset) -> pos.Dataset:
    """Return the data set reduced to what tables can contain."""
    return pos.Dataset.of(
        parties=[pos.Party(**{**dict(party), "mandates": ()}) for party in ds.parties],
        topics=ds.topics,
        sources=ds.sources,
        statements=[in_words(said) for said in ds.statements],
        title="back",
        authors=ds.document.authors,
        evidence_until=ds.document.evidence_until,
    )


def in_words(said: Statement) -> Statement:
    """Return the statement with conditions on plans replaced by conditions in words."""
    groups = [
        pos.ConditionGroup(
            for_=group.for_, all=tuple(pos.Condition(**needed_fields(c)) for c in group.all)
        )
        for group in said.conditions
    ]
    return pos.Statement(**{**dict(said), "conditions": tuple(groups)})


def needed_fields(condition: Condition) -> dict[str, object]:
    """Return the fields of a condition, with a plan replaced by words."""
    if condition.topic is not None:
        return {"topic": condition.topic, "options": condition.options}
    return {"text": condition.text or f"as part of {condition.proposal}"}


def written(folder: Path, ds: pos.Dataset) -> dict[str, Path]:
    """Write a data set as tables; return the paths of all except that of the statements.

    The tables of parties, topics, options and sources are those of a Data Package.
    """
    package = package_files(ds)
    for name in ("parties", "topics", "options", "sources"):
        (folder / f"{name}.csv").write_bytes(package[f"{name}.csv"])
    rows: Iterable[dict[str, object]] = (row for said in ds.statements for row in rows_of(said))
    table(folder, *(rows if ds.statements else [dict.fromkeys(ROW, "")]))
    return {name: folder / f"{name}.csv" for name in ("parties", "topics", "options", "sources")}

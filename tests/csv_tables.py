"""Tables of statements, and data sets written as tables."""

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
"""A row with all that a statement needs."""


def table(folder: Path, *rows: Mapping[str, object], name: str = "said.csv") -> Path:
    """Write rows with all their columns, as the csv module of Python does."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / name
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def rows_of(said: Statement) -> Iterator[dict[str, object]]:
    """Write a statement as rows: first what it says, then its conditions, one a row."""
    called = {"parties": "party", "sources": "source", "from_": "from"}
    head: dict[str, object] = {
        called.get(name, name): ";".join(value) if isinstance(value, tuple) else value
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
    """Write what must hold; a plan in words, as no table of statements holds plans."""
    if condition.topic is not None:
        return {
            "condition_topic": condition.topic,
            "condition_options": ";".join(condition.options),
        }
    return {"condition": condition.text or f"as part of {condition.proposal}"}


def without_plans(ds: pos.Dataset) -> pos.Dataset:
    """The same data set with nothing but what tables can hold."""
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
    """The same statement, conditional on words where it was on a plan."""
    groups = [
        pos.ConditionGroup(
            for_=group.for_, all=tuple(pos.Condition(**needed_fields(c)) for c in group.all)
        )
        for group in said.conditions
    ]
    return pos.Statement(**{**dict(said), "conditions": tuple(groups)})


def needed_fields(condition: Condition) -> dict[str, object]:
    """The fields of a condition that is on no plan."""
    if condition.topic is not None:
        return {"topic": condition.topic, "options": condition.options}
    return {"text": condition.text or f"as part of {condition.proposal}"}


def written(folder: Path, ds: pos.Dataset) -> dict[str, Path]:
    """Write a data set as tables: those beside the statements as a Data Package has them."""
    package = package_files(ds)
    for name in ("parties", "topics", "options", "sources"):
        (folder / f"{name}.csv").write_bytes(package[f"{name}.csv"])
    rows: Iterable[dict[str, object]] = (row for said in ds.statements for row in rows_of(said))
    table(folder, *(rows if ds.statements else [dict.fromkeys(ROW, "")]))
    return {name: folder / f"{name}.csv" for name in ("parties", "topics", "options", "sources")}

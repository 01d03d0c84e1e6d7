"""Answers about a whole data set or a data file, independent of the day."""

from __future__ import annotations

import json
from pathlib import Path

import positions as pos
from positions import quality
from positions.cli.answers import write
from positions.cli.questions import parse, read_data
from positions.cli.streams import INPUT, STDIN, write_message
from positions.cli.verb import Answer
from positions.files.json_files import schema
from positions.files.references import list_sources
from positions.records.models import KINDS
from positions.snapshots.wording import counted

CHECK_WIDTH = 160
"""Width of the tables of a check in columns, enough for many half-years."""


def info(ds: pos.Dataset) -> Answer:
    """Return the description of a data set."""
    return quality.data_info(ds)


def sources(ds: pos.Dataset, format: str | None) -> Answer | str:
    """Return the sources, as a table or as text in a format of reference managers."""
    match format:
        case "csl-json":
            return quality.to_csl_json(ds.sources)
        case "biblatex":
            return quality.to_biblatex(ds.sources)
        case _:
            return list_sources(ds.sources)


def coverage(ds: pos.Dataset) -> Answer:
    """Return the counts of statements."""
    return quality.coverage(ds)


def codebook(ds: pos.Dataset) -> str:
    """Return the codebook in Markdown."""
    return quality.codebook(ds)


def schema_text() -> str:
    """Return the JSON Schema of the file format."""
    return json.dumps(schema(), ensure_ascii=False, indent=2)


def check(file: Path) -> int:
    """Print the counts of a data file, the findings of the audit and the coverage.

    Returns:
        The exit status: 1 if the audit has findings, else 0.
    """
    data = read_data(file)
    ds, name = parse(data, file), INPUT if file == STDIN else file
    counts = ", ".join(f"{len(getattr(ds.document, kind)):,} {kind}" for kind in KINDS)
    findings, covered = quality.audit(ds), quality.coverage(ds)
    summary = f"{name}: no faults; {counts}; {len(data):,} bytes"
    tables = (findings.table(), covered.table(), covered.sourcing())
    write("\n\n".join([summary, *(table.to("text", CHECK_WIDTH) for table in tables)]), None)
    if findings.rows:
        write_message(f"positions: {name}: {counted(len(findings), 'finding')}")
    return 1 if findings.rows else 0

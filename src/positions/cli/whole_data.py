"""What can be asked of a whole data set or of a data file, whatever the day."""

from __future__ import annotations

import json
from pathlib import Path

import positions as pos
from positions import quality
from positions.cli.answers import WIDE, write
from positions.cli.questions import bytes_of, parsed
from positions.cli.streams import INPUT, STDIN, write_message
from positions.cli.verb import Answer
from positions.files.json_files import schema
from positions.files.references import list_sources
from positions.records.models import KINDS
from positions.snapshots.wording import counted


def info(ds: pos.Dataset) -> Answer:
    """Give what a data set is."""
    return quality.data_info(ds)


def sources(ds: pos.Dataset, format: str | None) -> Answer | str:
    """Give the sources: as a table, or as text in a format for references."""
    match format:
        case "csl-json":
            return quality.to_csl_json(ds.sources)
        case "biblatex":
            return quality.to_biblatex(ds.sources)
        case _:
            return list_sources(ds.sources)


def coverage(ds: pos.Dataset) -> Answer:
    """Give the counts of statements."""
    return quality.coverage(ds)


def codebook(ds: pos.Dataset) -> str:
    """Give the codebook as Markdown."""
    return quality.codebook(ds)


def schema_text() -> str:
    """Give the JSON Schema of the file format."""
    return json.dumps(schema(), ensure_ascii=False, indent=2)


def check(file: Path) -> int:
    """Tell what a file holds, which rules it keeps and what it covers; 1 if a rule is broken."""
    data = bytes_of(file)
    ds, name = parsed(data, file), INPUT if file == STDIN else file
    counts = ", ".join(f"{len(getattr(ds.document, kind)):,} {kind}" for kind in KINDS)
    found, covered = quality.audit(ds), quality.coverage(ds)
    head = f"{name}: no faults; {counts}; {len(data):,} bytes"
    tables = (found.table(), covered.table(), covered.sourcing())
    write("\n\n".join([head, *(table.to("text", WIDE) for table in tables)]), None)
    if found.rows:
        write_message(f"positions: {name}: {counted(len(found), 'finding')}")
    return 1 if found.rows else 0

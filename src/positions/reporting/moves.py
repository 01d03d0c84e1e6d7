"""What moved between two days, party by party."""

from __future__ import annotations

from collections.abc import Sequence

from positions.changes import Change
from positions.markup import Markup, element, joined
from positions.reporting.findings import Findings
from positions.reporting.layouts import Line, Section, grid, note
from positions.reporting.phrases import position_cell, topic_link
from positions.reporting.prose import day_text, names_text, paragraph
from positions.wording import counted, party_name

MOVED = (
    "Each row sets the position of the earlier day beside that of the later. Towards and away "
    "say whether the gap to what another of these parties said on the earlier day became smaller "
    "or larger; where neither stands, no distance is defined or none changed."
)


def moves_section(findings: Findings) -> Section | None:
    """Tell what moved since the earlier day, party by party; nothing if none was asked about."""
    if findings.changes is None or findings.since is None:
        return None
    moved = findings.changes.moved
    parts = [
        _moves_of(findings, party, [row for row in moved if row.party == party])
        for party in findings.parties
    ]
    title = f"What moved since {day_text(findings.since)}"
    return Section("moves", title, joined(paragraph(MOVED), parts), len(moved))


def _moves_of(findings: Findings, party: str, rows: Sequence[Change]) -> Markup:
    name = party_name(findings.catalogue, party)
    heading = element("h3", name)
    if not rows:
        return joined(heading, paragraph(f"No position of {name} moved."))
    lines = (_move(findings, row) for row in sorted(rows, key=lambda row: row.move == "new"))
    caption = f"{name}: {counted(len(rows), 'change')}, new positions last"
    before, after = findings.since, findings.date
    headers = ("Topic", "Move", f"On {before and day_text(before)}", f"On {day_text(after)}")
    return joined(heading, grid("moves", caption, headers, lines))


def _move(findings: Findings, row: Change) -> Line:
    cells = (position_cell(position, findings.evidence) for position in (row.before, row.after))
    return Line(topic_link(findings, row.topic), (_move_cell(findings, row), *cells))


def _move_cell(findings: Findings, row: Change) -> Markup:
    unit = findings.catalogue.topic(row.topic).unit
    amount = f" ({row.amount:+,} {unit})" if row.amount else ""
    notes = _directions(findings, row)
    if row.lapsed:
        notes.append("by time alone: nothing new was said")
    word = element("b", f"{row.move}{amount}", class_=f"move {row.move}")
    return joined(word, map(note, notes))


def _directions(findings: Findings, row: Change) -> list[str]:
    """Name the parties of the report that a move goes towards or away from."""
    ways = (("→ towards", row.towards), ("← away from", row.away))
    told = []
    for way, parties in ways:
        names = [party_name(findings.catalogue, p) for p in findings.parties if p in parties]
        told += [f"{way} {names_text(names)}"] * bool(names)
    return told

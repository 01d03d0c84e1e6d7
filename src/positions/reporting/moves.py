"""What moved between two days, and whether the parties come nearer to one another."""

from __future__ import annotations

from collections.abc import Sequence

from positions.changes import Change
from positions.convergence_results import TopicTrend, trend_text
from positions.markup import Markup, element, joined
from positions.reporting.findings import Findings
from positions.reporting.layouts import Line, Section, grid, note
from positions.reporting.phrases import position_cell, topic_link
from positions.reporting.pictures import convergence_picture
from positions.reporting.prose import day_text, names_text, paragraph
from positions.trends import Verdict
from positions.wording import counted, number_text, party_name

MOVED = (
    "Each row sets the position of the earlier day beside that of the later. Towards and away "
    "say whether the gap to what another of these parties said on the earlier day became smaller "
    "or larger; where neither stands, no distance is defined or none changed."
)
NEARER = (
    "The gap is the least distance between what the parties affirm: 0 where an answer is affirmed "
    "by all, 1 from one end of a scale to the other, and a number with its unit where numbers are "
    "in dispute. Parties can come nearer and still be in deadlock."
)
DIRECTIONS: dict[Verdict, str] = {
    "converging": "nearer",
    "diverging": "farther apart",
    "unmoved": "unchanged",
    "undefined": "cannot be compared",
}
"""What became of a gap, in the words of the report."""


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


# Whether they come nearer


def convergence_section(findings: Findings) -> Section:
    """Tell topic by topic whether the gap of the parties became smaller."""
    found = findings.convergence
    known = [row for row in found.topics if row.trend.verdict != "undefined"]
    period = f"{day_text(found.start)} to {day_text(found.end)}"
    title = "Whether they come nearer"
    if not known:
        none = f"On no topic are there two gaps to compare in the period from {period}."
        return Section("convergence", title, paragraph(none))
    lines = (_trend(findings, row) for row in known)
    headers = ("Topic", "In the end", "Gap", "At first", "At last")
    caption = f"Gaps from {period}: {counted(len(known), 'topic')}"
    table = grid("gaps", caption, headers, lines)
    picture = convergence_picture(findings, [row.topic for row in known])
    body = joined(paragraph(NEARER), picture, table, map(paragraph, _left_out(findings)))
    return Section("convergence", title, body, len(known))


def _trend(findings: Findings, row: TopicTrend) -> Line:
    unit = findings.catalogue.topic(row.topic).unit
    ends = (number_text(gap, unit) for gap in (row.trend.before, row.trend.after))
    relation = row.relation.replace("_", "-")
    cells = (relation, DIRECTIONS[row.trend.verdict], *ends)
    return Line(topic_link(findings, row.topic), cells)


def _left_out(findings: Findings) -> list[str]:
    """Say over which topics the mean goes, and which topics are not in the table."""
    found = findings.convergence
    mean = found.areas[-1]
    told = []
    if mean.compared > 1:
        what = counted(mean.compared, "topic")
        trend = trend_text(mean.trend, None)
        told = [f"Mean gap of the {what} with a gap at both ends of the period: {trend}"]
    unknown = sum(row.trend.verdict == "undefined" for row in found.topics)
    if unknown:
        told.append(f"On {counted(unknown, 'further topic')} no two gaps can be compared.")
    known = findings.overlaps.notes
    return [*told, " ".join(note for note in found.notes if note not in known)]

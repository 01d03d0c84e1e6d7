"""The positions of the parties on the day, changes, deadlocks, and room for agreement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from positions.relations.changes import Change, amount_text
from positions.relations.topic_overlap import Blocker, Overlap
from positions.reports.findings import Findings
from positions.reports.phrases import (
    NO_STATEMENT,
    bulleted,
    option_cell,
    position_cell,
    relation_badge,
    topic_link,
)
from positions.reports.prose import (
    ReportRow,
    Section,
    day,
    day_text,
    grid,
    names_text,
    note,
    paragraph,
)
from positions.snapshots.position import Position
from positions.snapshots.wording import OLD, caveats, counted, number_text, options_text, party_name
from positions.tables.html import Markup, element, joined

CHANGES = (
    "Each row compares the position on the earlier day with that on the later day. “Towards” and "
    "“away from” mean that the gap to the position of that party on the earlier day became smaller "
    "or larger; if neither is given, no gap is defined or it is unchanged."
)


def moves_section(findings: Findings) -> Section | None:
    """Show the changes since the earlier day by party; None if no earlier day was given."""
    if findings.changes is None or findings.since is None:
        return None
    moved = findings.changes.moved
    parts = [
        _moves_of(findings, party, [row for row in moved if row.party == party])
        for party in findings.parties
    ]
    title = f"Changes since {day_text(findings.since)}"
    return Section("moves", title, joined(paragraph(CHANGES), parts), len(moved))


def _moves_of(findings: Findings, party: str, rows: Sequence[Change]) -> Markup:
    name = party_name(findings.catalogue, party)
    heading = element("h3", name)
    if not rows:
        return joined(heading, paragraph(f"No position of {name} changed."))
    lines = (_move(findings, row) for row in sorted(rows, key=lambda row: row.move == "new"))
    caption = f"{name}: {counted(len(rows), 'change')}, new positions last"
    before, after = findings.since, findings.date
    headers = ("Topic", "Change", f"On {before and day_text(before)}", f"On {day_text(after)}")
    return joined(heading, grid("moves", caption, headers, lines))


def _move(findings: Findings, row: Change) -> ReportRow:
    cells = (position_cell(position, findings.evidence) for position in (row.before, row.after))
    return ReportRow(topic_link(findings, row.topic), (_move_cell(findings, row), *cells))


def _move_cell(findings: Findings, row: Change) -> Markup:
    amount = amount_text(findings.catalogue, row)
    notes = _directions(findings, row)
    if row.lapsed:
        notes.append("lapsed: no new statement")
    badge = element("b", f"{row.move}{amount}", class_=f"move {row.move}")
    return joined(badge, map(note, notes))


def _directions(findings: Findings, row: Change) -> list[str]:
    """List the parties of the report that a position moved towards or away from."""
    directions = (("→ towards", row.towards), ("← away from", row.away))
    notes = []
    for direction, parties in directions:
        names = [party_name(findings.catalogue, p) for p in findings.parties if p in parties]
        notes += [f"{direction} {names_text(names)}"] * bool(names)
    return notes


DEADLOCKS = (
    "A topic is in deadlock if every answer to its question is rejected by at least one of the "
    "parties. The deadlock is declared if every answer that one of them affirms is explicitly "
    "rejected by another; it is implied if some of these rejections follow only from demands, "
    "because a demand excludes what it does not name. The oldest deadlock comes first."
)
AGREED = "At least one answer is demanded or accepted by all of them."
CONDITIONAL = (
    "At least one answer is affirmed by all of them, but by some only under conditions. The "
    "conditions are judged by the parties' own statements on the topics that the conditions name."
)
REFUSED = (
    "At least one answer is affirmed by all of them, but by some only under conditions that "
    "another refuses. There is no room for agreement while they maintain these positions."
)
OPEN = (
    "None of them has rejected these answers, but not all affirm them. Silence on an answer is "
    "neither consent nor refusal."
)
APART = (
    "None of them has rejected these answers, but the parties affirm different ones. There is no "
    "room for agreement yet."
)

LATER = (
    "The possible answers are those of the whole data set; some may have been named only after "
    "{day}."
)


def _later_answers(findings: Findings) -> str | None:
    """Note that answers may be later than the day, if it is before the end of the evidence."""
    until = findings.ds.document.evidence_until
    if until is not None and findings.date >= until.latest:
        return None
    return LATER.format(day=day_text(findings.date))


def positions_section(findings: Findings) -> Section:
    """Show the positions side by side, by area."""
    areas: dict[str, list[Overlap]] = {}
    for row in findings.overlaps:
        areas.setdefault(_area(findings, row), []).append(row)
    parts = [
        joined(element("h3", area, class_="area"), _positions_grid(findings, area, rows))
        for area, rows in areas.items()
    ]
    empty = paragraph("None of them had made a statement on these topics by that day.")
    count = len(findings.overlaps)
    return Section("positions", "Positions, topic by topic", joined(parts or empty), count)


def _area(findings: Findings, row: Overlap) -> str:
    return findings.catalogue.topic(row.topic).area.replace("_", " ")


def _positions_grid(findings: Findings, area: str, rows: Sequence[Overlap]) -> Markup:
    lines = (
        ReportRow(
            _topic_head(findings, row.topic),
            (
                *(position_cell(position, findings.evidence) for position in row.positions),
                joined(relation_badge(row), _gap(findings, row), _since(row)),
            ),
            id=f"topic-{row.topic}",
        )
        for row in rows
    )
    caption = f"Positions on {area}: {counted(len(rows), 'topic')}"
    return grid("positions", caption, ("Topic", *findings.names, "Relation"), lines)


def _topic_head(findings: Findings, topic: str) -> Markup:
    record = findings.catalogue.topic(topic)
    return joined(record.name, note(record.question))


def _gap(findings: Findings, row: Overlap) -> Markup | None:
    """Note the gap if it has a unit; a share of a scale means little to readers."""
    unit = findings.catalogue.topic(row.topic).unit
    if not row.gap or unit is None:
        return None
    return note(f"gap: {number_text(row.gap, unit)}")


def _since(row: Overlap) -> Markup | None:
    return None if row.since is None else note("since ", day(row.since))


# Deadlocks


def deadlocks_section(findings: Findings) -> Section:
    """Show when each deadlock began, who blocks which answers, and by which statements."""
    rows = oldest_first(findings.related("deadlock"))
    headers = ("Topic", "Deadlock", *(f"Blocked by {name}" for name in findings.names))
    lines = (
        ReportRow(
            topic_link(findings, row.topic),
            (
                joined(_age(row, findings.date), note(_kind(row)), _old(row, findings.date)),
                *(_blocked(findings, row, position) for position in row.positions),
            ),
        )
        for row in rows
    )
    caption = f"Deadlocks: {counted(len(rows), 'topic')}"
    body = (
        joined(
            paragraph(DEADLOCKS, " ", _later_answers(findings)),
            grid("deadlocks", caption, headers, lines),
        )
        if rows
        else paragraph("They are not in deadlock on any topic.")
    )
    return Section("deadlocks", "Deadlocks", body, len(rows))


def oldest_first(rows: Sequence[Overlap]) -> list[Overlap]:
    """Sort relations by age, the oldest first."""
    return sorted(rows, key=lambda row: row.since or dt.date.max)


def _kind(row: Overlap) -> str:
    return "declared" if row.declared else "implied"


def _age(row: Overlap, date: dt.date) -> Markup | None:
    if row.since is None:
        return None
    days = (date - row.since).days
    return joined(
        "since ",
        day(row.since),
        note(f"{days:,} {'day' if days == 1 else 'days'}") if days else None,
    )


def old_evidence(row: Overlap, date: dt.date) -> dt.date | None:
    """Return the date of the latest statement behind a deadlock, if it is over a year old."""
    positions = {position.party: position for position in row.positions}
    dates = (positions[by.party].cell(by.option).said for by in row.blockers)
    latest = max((said for said in dates if said is not None), default=None)
    return latest if latest is not None and date - latest > OLD else None


def _old(row: Overlap, date: dt.date) -> Markup | None:
    said = old_evidence(row, date)
    return None if said is None else note("latest statement: ", day(said))


def _blocked(findings: Findings, row: Overlap, position: Position) -> Markup:
    """Write the answers that one party blocks, explicitly or by implication."""
    if position.silent:
        return NO_STATEMENT
    groups: dict[tuple[object, ...], list[Blocker]] = {}
    for blocker in row.blockers:
        if blocker.party == position.party:
            remarks = caveats(position, [position.cell(blocker.option)])
            key = (blocker.implied, remarks, blocker.statements)
            groups.setdefault(key, []).append(blocker)
    explicit_first = sorted(groups.values(), key=lambda blockers: blockers[0].implied)
    lines = [_blocking(findings, position, blockers) for blockers in explicit_first]
    return bulleted(lines) if lines else element("span", "nothing", class_="none")


def _blocking(findings: Findings, position: Position, blockers: Sequence[Blocker]) -> Markup:
    first = blockers[0]
    remarks = caveats(position, [position.cell(blocker.option) for blocker in blockers])
    options = options_text(
        findings.catalogue, position.topic, (blocker.option for blocker in blockers), ", "
    )
    return joined(
        element("b", "excludes" if first.implied else "rejects", class_="verb reject"),
        f" {options}",
        _reason(position) if first.implied else None,
        element("small", f" ({remarks})") if remarks else None,
        findings.evidence.marks(first.statements),
    )


def _reason(position: Position) -> str:
    """Write the demand by which a party excludes other answers."""
    if not position.demands:
        return ", by implication"
    demands = options_text(position.catalogue, position.topic, position.demands, " or ")
    return f", because it demands {demands}"


# Room for agreement


def room_section(findings: Findings) -> Section:
    """Show what is agreed, what is conditional, and what none of them has rejected."""
    conditional = findings.related("conditional")
    possible = [row for row in conditional if not row.refused]
    open_ = findings.related("open")
    later = _later_answers(findings)
    parts = (
        paragraph(later) if later is not None else None,
        _room(findings, "Agreed", AGREED, findings.related("agreed"), _agreed),
        _room(findings, "Conditional", CONDITIONAL, possible, _conditional),
        _room(findings, "Conditional, but refused", REFUSED, _refused(conditional), _conditional),
        _room(findings, "Open", OPEN, [row for row in open_ if not row.apart], _open),
        _room(findings, "Open, but apart", APART, [row for row in open_ if row.apart], _open),
    )
    count = len(findings.related("agreed")) + len(possible)
    return Section("room", "Room for agreement", joined(parts), count)


def _refused(rows: Sequence[Overlap]) -> list[Overlap]:
    return [row for row in rows if row.refused]


def _agreed(row: Overlap) -> tuple[str, ...]:
    return row.agreed


def _conditional(row: Overlap) -> tuple[str, ...]:
    return row.conditional


def _open(row: Overlap) -> tuple[str, ...]:
    return row.open


def _room(
    findings: Findings,
    title: str,
    about: str,
    rows: Sequence[Overlap],
    options: Callable[[Overlap], tuple[str, ...]],
) -> Markup:
    """Write one kind of room for agreement: its topics, their answers, and the positions."""
    heading = element("h3", title)
    if not rows:
        return joined(heading, paragraph("No topics."))
    lines = (line for row in rows for line in _room_lines(findings, row, options(row)))
    caption = f"{title}: {counted(len(rows), 'topic')}"
    headers = ("Topic", "Answer", *findings.names)
    return joined(heading, paragraph(about), grid("room", caption, headers, lines))


def _room_lines(findings: Findings, row: Overlap, options: Sequence[str]) -> Iterator[ReportRow]:
    """Yield a row for each answer; answers that nobody has addressed share the last row."""
    addressed = [option for option in options if _addressed(row, option)]
    others = [option for option in options if option not in addressed]
    for group in (*([option] for option in addressed), *([others] if others else [])):
        name = options_text(findings.catalogue, row.topic, group, ", ")
        attitudes = (
            option_cell(position, group[0], findings.evidence) for position in row.positions
        )
        yield ReportRow(joined(topic_link(findings, row.topic), _since(row)), (name, *attitudes))


def _addressed(row: Overlap, option: str) -> bool:
    return any(cell.statements for p in row.positions for cell in p.cells_of([option]))

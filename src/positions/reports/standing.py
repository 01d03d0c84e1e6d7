"""How the parties stand on the day: positions, deadlocks, and room for agreement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from positions.relations.changes import Change
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


def _move(findings: Findings, row: Change) -> ReportRow:
    cells = (position_cell(position, findings.evidence) for position in (row.before, row.after))
    return ReportRow(topic_link(findings, row.topic), (_move_cell(findings, row), *cells))


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


DEADLOCKS = (
    "A topic is in deadlock where every answer to its question is rejected by one of the parties. "
    "It is declared where whatever one of them affirms another rejects in words; it is implied "
    "where some of that follows only from demands, since a demand excludes what it does not name. "
    "The oldest deadlock comes first."
)
AGREED = "There is an answer that all of them demand or accept."
CONDITIONAL = (
    "There is an answer that all of them affirm, but somebody only under conditions. The "
    "conditions are judged by what the parties themselves say on the topics that they name."
)
REFUSED = (
    "All of them affirm an answer, but somebody only under conditions that another refuses. "
    "This is no room for agreement while they hold to their words."
)
OPEN = (
    "Nobody has rejected these answers, but not all affirm them. To have said nothing of an "
    "answer is neither to accept nor to refuse it."
)
APART = (
    "Nobody has rejected these answers, but the parties affirm different ones. This is no room "
    "for agreement yet."
)

LATER = (
    "The answers to a question are those of the whole data set; some may have been named only "
    "after {day}."
)


def _later(findings: Findings) -> str | None:
    """Say before the end of the evidence that answers may be younger than the day asked about."""
    until = findings.ds.document.evidence_until
    if until is not None and findings.date >= until.latest:
        return None
    return LATER.format(day=day_text(findings.date))


def positions_section(findings: Findings) -> Section:
    """Set the positions side by side, area by area."""
    areas: dict[str, list[Overlap]] = {}
    for row in findings.overlaps:
        areas.setdefault(_area(findings, row), []).append(row)
    parts = [
        joined(element("h3", area, class_="area"), _positions_grid(findings, area, rows))
        for area, rows in areas.items()
    ]
    empty = paragraph("None of them has said anything on these topics by that day.")
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
    """Tell the gap where it is a number of things; shares of a scale say little to readers."""
    unit = findings.catalogue.topic(row.topic).unit
    if not row.gap or unit is None:
        return None
    return note(f"gap: {number_text(row.gap, unit)}")


def _since(row: Overlap) -> Markup | None:
    return None if row.since is None else note("since ", day(row.since))


# Deadlocks


def deadlocks_section(findings: Findings) -> Section:
    """Tell of every deadlock since when it runs, and who blocks what by which words."""
    rows = oldest_first(findings.related("deadlock"))
    headers = ("Topic", "Stuck", *(f"Blocked by {name}" for name in findings.names))
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
            paragraph(DEADLOCKS, " ", _later(findings)), grid("deadlocks", caption, headers, lines)
        )
        if rows
        else paragraph("They are in deadlock on no topic.")
    )
    return Section("deadlocks", "Deadlocks", body, len(rows))


def oldest_first(rows: Sequence[Overlap]) -> list[Overlap]:
    """Put relations in the order of their age, the oldest first."""
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


def old_words(row: Overlap, date: dt.date) -> dt.date | None:
    """Date the newest words behind the refusals of a deadlock, if they are more than a year old."""
    positions = {position.party: position for position in row.positions}
    dates = (positions[by.party].cell(by.option).said for by in row.blockers)
    newest = max((said for said in dates if said is not None), default=None)
    return newest if newest is not None and date - newest > OLD else None


def _old(row: Overlap, date: dt.date) -> Markup | None:
    said = old_words(row, date)
    return None if said is None else note("newest words: ", day(said))


def _blocked(findings: Findings, row: Overlap, position: Position) -> Markup:
    """Write what one party blocks: in words, or because it demands something else."""
    if position.silent:
        return NO_STATEMENT
    groups: dict[tuple[object, ...], list[Blocker]] = {}
    for blocker in row.blockers:
        if blocker.party == position.party:
            words = caveats(position, [position.cell(blocker.option)])
            key = (blocker.implied, words, blocker.statements)
            groups.setdefault(key, []).append(blocker)
    worded_first = sorted(groups.values(), key=lambda blockers: blockers[0].implied)
    lines = [_blocking(findings, position, blockers) for blockers in worded_first]
    return bulleted(lines) if lines else element("span", "nothing", class_="none")


def _blocking(findings: Findings, position: Position, blockers: Sequence[Blocker]) -> Markup:
    first = blockers[0]
    words = caveats(position, [position.cell(blocker.option) for blocker in blockers])
    options = options_text(
        findings.catalogue, position.topic, (blocker.option for blocker in blockers), ", "
    )
    return joined(
        element("b", "excludes" if first.implied else "rejects", class_="verb reject"),
        f" {options}",
        _reason(position) if first.implied else None,
        element("small", f" ({words})") if words else None,
        findings.evidence.marks(first.statements),
    )


def _reason(position: Position) -> str:
    """Name the demand by which a party excludes the rest."""
    if not position.demands:
        return ", by implication"
    demands = options_text(position.catalogue, position.topic, position.demands, " or ")
    return f", since it demands {demands}"


# Room for agreement


def room_section(findings: Findings) -> Section:
    """Show what is agreed, what is conditional, and what nobody has ruled out."""
    conditional = findings.related("conditional")
    possible = [row for row in conditional if not row.refused]
    open_ = findings.related("open")
    later = _later(findings)
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
    """Write one kind of room: every topic with the answers that make it one, party by party."""
    heading = element("h3", title)
    if not rows:
        return joined(heading, paragraph("No topic."))
    lines = (line for row in rows for line in _room_lines(findings, row, options(row)))
    caption = f"{title}: {counted(len(rows), 'topic')}"
    headers = ("Topic", "Answer", *findings.names)
    return joined(heading, paragraph(about), grid("room", caption, headers, lines))


def _room_lines(findings: Findings, row: Overlap, options: Sequence[str]) -> Iterator[ReportRow]:
    """Give each answer a line; those of which nobody has said anything share the last."""
    told = [option for option in options if _spoken_of(row, option)]
    untold = [option for option in options if option not in told]
    for group in (*([option] for option in told), *([untold] if untold else [])):
        name = options_text(findings.catalogue, row.topic, group, ", ")
        stands = (option_cell(position, group[0], findings.evidence) for position in row.positions)
        yield ReportRow(joined(topic_link(findings, row.topic), _since(row)), (name, *stands))


def _spoken_of(row: Overlap, option: str) -> bool:
    return any(cell.statements for p in row.positions for cell in p.cells_of([option]))

"""One record in full: every field, and related positions, sources or statements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import attrs

from positions.errors import InvalidInputError, UnknownNameError
from positions.records.catalogue import Catalogue
from positions.records.models import (
    KINDS,
    Document,
    Event,
    Party,
    Proposal,
    Record,
    Source,
    Statement,
    Topic,
)
from positions.records.record_tables import record_lines
from positions.records.suppositions import Supposition
from positions.snapshots.snapshot import Snapshot
from positions.snapshots.wording import (
    Footnotes,
    alternatives_text,
    condition_text,
    options_text,
    position_text,
    remarks_of,
)
from positions.tables.table import Framed, Note, Shown, Table, Text

FieldLine = tuple[str, str | Text]
"""The name and the value of a field."""


@attrs.frozen
class RecordSheet(Shown, Framed):
    """A record in full, with a line for every field."""

    columns: ClassVar[tuple[str, ...]] = ("field", "value")
    title: str
    lines: tuple[FieldLine, ...]
    notes: tuple[Note, ...] = ()
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.table().to("text")

    def to_records(self) -> list[dict[str, Any]]:
        """Return the lines as plain dictionaries."""
        return [{"field": field, "value": str(value)} for field, value in self.lines]

    def table(self) -> Table:
        """Return the lines as a table of fields and values."""
        return Table(self.title, ("field", "value"), self.lines, self.notes, self.remarks)


def show(snapshot: Snapshot, name: str) -> RecordSheet:
    """Return one record in full, or a list of the records of a kind.

    Arguments:
        snapshot: the snapshot that positions are taken from; its data set is searched.
        name: the id of a party, topic, statement, source, proposal or event; or
            parties, topics, sources, statements, proposals, events.

    Raises:
        UnknownNameError: there is no such record or kind.
    """
    document = snapshot.catalogue.document
    if name in KINDS:
        records = getattr(document, name)
        return RecordSheet(f"{len(records)} {name}", tuple((r.id, listing(r)) for r in records))
    return _sheet(snapshot, _record(document, name))


def _record(document: Document, name: str) -> Record:
    """Return the record with an id; `sources/ID` names the kind if several kinds have the id."""
    kind, _, rest = name.rpartition("/")
    kinds = (kind,) if kind in KINDS else KINDS
    records = [(k, record) for k in kinds for record in getattr(document, k)]
    found: list[tuple[str, Record]] = [(k, record) for k, record in records if record.id == rest]
    if not found:
        raise UnknownNameError("record", name, [*(record.id for _, record in records), *KINDS])
    if len(found) > 1:
        advice = " or ".join(f"{k}/{rest}" for k, _ in found)
        raise InvalidInputError("record", "one record", name, f"write {advice}")
    return found[0][1]


def listing(record: Record) -> str:
    """Return the entry of a record in a list: its headline; for events also the outcome."""
    match record:
        case Proposal():
            return f"{record.date}, {record.name}"
        case Event():
            return f"{headline(record)}: {record.outcome}"
        case _:
            return headline(record)


def headline(record: Record) -> str:
    """Return the title of a record in one line."""
    match record:
        case Party() | Topic() | Proposal():
            return record.name
        case Source():
            return f"{record.publisher}: {record.title}"
        case Statement():
            label = " (supposed)" if isinstance(record, Supposition) else ""
            return f"{record.date}, {', '.join(record.parties)} on {record.topic}{label}"
        case Event():
            until = "" if record.end is None else f" to {record.end}"
            return f"{record.date or record.start}{until}, {record.kind}"
        case _:
            return ""


def _sheet(snapshot: Snapshot, record: Record) -> RecordSheet:
    footnotes = Footnotes()
    lines: list[FieldLine]
    match record:
        case Party():
            lines = [*record_lines(record), *_stance_lines(snapshot, record.id, footnotes)]
        case Topic():
            lines = [*_topic_lines(record), *_position_lines(snapshot, record.id, footnotes)]
        case Statement():
            lines = list(_statement_lines(snapshot.catalogue, record, footnotes))
        case Proposal():
            lines = list(_proposal_lines(snapshot.catalogue, record, footnotes))
        case Source():
            lines = [*record_lines(record), *_cited_by(snapshot.catalogue, record)]
        case _:
            lines = list(_event_lines(snapshot.catalogue, record, footnotes))
    remarks: tuple[str, ...] = ()
    if isinstance(record, Party | Topic):
        parties = (record.id,) if isinstance(record, Party) else snapshot.parties
        topics = (record.id,) if isinstance(record, Topic) else snapshot.topics
        remarks = (*snapshot.notes_on(parties, topics), *remarks_of(lines))
    return RecordSheet(headline(record), tuple(lines), footnotes.notes(), remarks)


def _stance_lines(snapshot: Snapshot, party: str, footnotes: Footnotes) -> Iterator[FieldLine]:
    yield f"on {snapshot.date}", f"{len(snapshot[party])} positions"
    for position in snapshot[party]:
        yield position.topic, position_text(position, footnotes)


def _topic_lines(topic: Topic) -> Iterator[FieldLine]:
    yield from record_lines(topic, without=["options"])
    for option in topic.options:
        at = "" if option.at is None else f" (at {option.at:g})"
        yield f"option {option.id}", f"{option.name}{at}: {option.definition}"


def _position_lines(snapshot: Snapshot, topic: str, footnotes: Footnotes) -> Iterator[FieldLine]:
    spoken = [party for party, name in snapshot.spoken if name == topic]
    yield f"on {snapshot.date}", f"{len(spoken)} parties have spoken"
    for (party, _), position in snapshot.positions(spoken, [topic]).items():
        yield party, position_text(position, footnotes)


def _statement_lines(
    catalogue: Catalogue, statement: Statement, footnotes: Footnotes
) -> Iterator[FieldLine]:
    yield from record_lines(statement, without=["says", "conditions", "sources", "topic"])
    yield "topic", f"{catalogue.topic(statement.topic).question} ({statement.topic})"
    for key, attitude in statement.says.items():
        name = "the whole topic" if key == "*" else catalogue.scales[statement.topic].show(key)
        groups = tuple(group.all for group in statement.conditions if key in group.for_)
        text = f" if {alternatives_text(catalogue, groups)}" if groups else ""
        yield f"says {key}", f"{attitude}: {name}{text}"
    none = "none: supposed, not said"
    supposed = isinstance(statement, Supposition)
    yield "sources", none if supposed else footnotes.mark(catalogue, [statement.id])


def _proposal_lines(
    catalogue: Catalogue, proposal: Proposal, footnotes: Footnotes
) -> Iterator[FieldLine]:
    yield from record_lines(proposal, without=["terms", "sources"])
    for term in proposal.terms:
        text = options_text(catalogue, term.topic, term.options, " or ")
        if term.conditions:
            text += f" if {'; '.join(condition_text(catalogue, c) for c in term.conditions)}"
        yield term.topic, f"{text} (variant of {term.by})" if term.by is not None else text
    yield "sources", footnotes.mark_sources(catalogue, proposal.sources)


def _event_lines(catalogue: Catalogue, record: Record, footnotes: Footnotes) -> Iterator[FieldLine]:
    yield from record_lines(record, without=["sources"])
    if isinstance(record, Event):
        yield "sources", footnotes.mark_sources(catalogue, record.sources)


def _cited_by(catalogue: Catalogue, source: Source) -> Iterator[FieldLine]:
    for statement in catalogue.document.statements:
        if source.id in statement.sources:
            yield "statement", f"{statement.id}: {statement.summary}"

"""The overlap of positions: possible agreements and deadlocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from positions.records.attitudes import Attitude
from positions.records.catalogue import Parties, Topics
from positions.relations.conditions import Judge, Verdict, best, worst
from positions.relations.measures import (
    Relation,
    is_declared,
    measured,
    measures_of,
    related_since,
    relation_of,
)
from positions.relations.overlap_rows import Overlaps
from positions.relations.topic_overlap import Blocker, Overlap, Unanswered
from positions.snapshots.cells import Cell
from positions.snapshots.explanations import attitude_in
from positions.snapshots.ledger import CONDITIONAL, REJECT, SILENT, Codes
from positions.snapshots.position import Position
from positions.snapshots.snapshot import Snapshot, require_snapshot
from positions.snapshots.wording import (
    counted,
    party_name,
)


def overlap(snapshot: Snapshot, parties: Parties, topics: Topics = None) -> Overlaps:
    """Find where parties could agree, topic by topic (the zone of possible agreement).

    Topics on which none of them has spoken are left out. Nothing is agreed while one
    of them is silent; `among` is the relation of the others. A `conditional` topic whose
    conditions the others refuse, and an `open` topic on which they affirm different
    options, are marked as such and offer no agreement.

    Arguments:
        snapshot: the positions of a day.
        parties: the ids of two or more different parties.
        topics: an id, an area, or several; all where None.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: fewer than two parties, or one named twice.

    >>> from positions.files.bundled import load
    >>> row = overlap(load().at("2025-03-22"), ["RUS", "UKR", "USA"], "ceasefire.energy")[0]
    >>> row.relation, row.agreed
    ('agreed', ('halted',))
    """
    chosen, rows = related(snapshot, parties, topics)
    return _overlaps("Overlap", snapshot, chosen, [row for row in rows if row.relation != "silent"])


def deadlocks(snapshot: Snapshot, parties: Parties, topics: Topics = None) -> Overlaps:
    """Find the topics on which every option is rejected by at least one of the parties.

    Each row lists who blocks which option, by which statement, and since when. A deadlock is
    declared if every option that one party affirms is explicitly rejected by another.

    Arguments:
        snapshot: the positions of a day.
        parties: the ids of two or more different parties.
        topics: an id, an area, or several; all where None.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: fewer than two parties, or one named twice.

    >>> from positions.files.bundled import load
    >>> row = deadlocks(load().at("2022-10-01"), ["RUS", "UKR"], "nato.membership")[0]
    >>> str(row.since), row.declared
    ('2022-09-30', False)
    """
    chosen, rows = related(snapshot, parties, topics)
    stuck = [row for row in rows if row.relation == "deadlock"]
    return _overlaps("Deadlocks", snapshot, chosen, stuck)


def _overlaps(
    what: str, snapshot: Snapshot, parties: tuple[str, ...], rows: Sequence[Overlap]
) -> Overlaps:
    names = ", ".join(party_name(snapshot.catalogue, party) for party in parties)
    title = f"{what} of {names} on {snapshot.date}: {counted(len(rows), 'topic')}"
    notes = snapshot.notes_on(parties, [row.topic for row in rows])
    return Overlaps(tuple(rows), notes, snapshot.catalogue, title, parties, snapshot.date)


def related(
    snapshot: Snapshot, parties: Parties, topics: Topics
) -> tuple[tuple[str, ...], list[Overlap]]:
    """Return the parties chosen, and their overlap on every topic on which one has spoken."""
    require_snapshot(snapshot)
    who = snapshot.catalogue.choose_parties(parties, least=2)
    what = snapshot.catalogue.choose_topics(topics)
    spoken = {topic for party, topic in snapshot.spoken if party in who}
    made = snapshot.positions(who, [topic for topic in what if topic in spoken])
    judge = Judge(snapshot, who)
    rows = [
        _related(judge, topic, tuple(made[party, topic] for party in who))
        for topic in what
        if topic in spoken
    ]
    return who, rows


def _related(judge: Judge, topic: str, positions: tuple[Position, ...]) -> Overlap:
    snapshot, parties = judge.snapshot, judge.parties
    scale, codes = snapshot.catalogue.scales[topic], snapshot.codes_on(parties, topic)
    measures = measures_of(scale, codes)
    explicit, classes = snapshot.explicit_on(parties, topic), option_classes(codes)
    keys = _classified_options(positions, classes)
    conditional = tuple(key for key, name in keys if name == "conditional")
    judged: list[Verdict] = [judge_option(judge, positions, key) for key in conditional]
    return Overlap(
        topic=topic,
        **measured(Overlap, measures),
        declared=is_declared(codes, explicit) if measures.relation == "deadlock" else None,
        conditions=best(judged) if measures.relation == "conditional" else None,
        agreed=_of_class(scale.spans(classes), classes, "agreed"),
        conditional=conditional,
        open=_of_class(scale.spans(classes), classes, "open"),
        blocked=_of_class(scale.spans(classes), classes, "blocked"),
        silent=tuple(position.party for position in positions if position.silent),
        unanswered=tuple(_unanswered(positions)),
        among=_among(codes),
        since=_since(snapshot, parties, topic),
        said=_agreement_day(measures.relation, positions, keys),
        blockers=tuple(_blockers(snapshot, positions)),
        positions=positions,
    )


def _among(codes: Codes) -> Relation | None:
    """Return the relation of those who have spoken; None if that is all, or fewer than two."""
    spoken = codes[(codes != SILENT).any(axis=1)]
    return relation_of(spoken) if 1 < len(spoken) < len(codes) else None


def option_classes(codes: Codes) -> list[str]:
    """Return the class of every column: agreed, conditional, open or blocked.

    Blocked if any party rejects it, agreed if all demand or accept it, conditional if
    all affirm it, at least one only conditionally; else open.
    """
    names = {REJECT: "blocked", SILENT: "open", CONDITIONAL: "conditional"}
    return [names.get(lowest, "agreed") for lowest in codes.min(axis=0).tolist()]


def _classified_options(
    positions: Sequence[Position], classes: Sequence[str]
) -> list[tuple[str, str]]:
    """List the options with their class; neighbouring numbers with the same cells are one."""
    scale = positions[0].scale
    cells = [position.cell_numbers for position in positions]
    alike = list(zip(classes, *cells, strict=True))
    return [(key, classes[run[0]]) for key, run in scale.spans(alike)]


def _of_class(
    spans: Iterator[tuple[str, tuple[int, ...]]], classes: Sequence[str], name: str
) -> tuple[str, ...]:
    return tuple(key for key, run in spans if classes[run[0]] == name)


def judge_option(judge: Judge, positions: Sequence[Position], option: str) -> Verdict:
    """Judge the conditions of all parties on an option; the worst verdict counts."""
    cells = [(position.topic, position.cell(option)) for position in positions]
    return worst(
        [judge.alternatives(cell.conditions, topic) for topic, cell in cells if cell.conditions]
    )


def _unanswered(positions: Iterable[Position]) -> Iterator[Unanswered]:
    for position in positions:
        if position.affirms:
            yield from (Unanswered(option, position.party) for option in position.unanswered)


def _blockers(snapshot: Snapshot, positions: Iterable[Position]) -> Iterator[Blocker]:
    for position in positions:
        for cell in position.cells:
            if cell.attitude == Attitude.REJECT:
                statement = _latest(snapshot, cell)
                yield Blocker(cell.option, position.party, statement, cell.implied, cell.statements)


def _latest(snapshot: Snapshot, cell: Cell) -> str:
    """Return the latest statement that rejects an option, else the latest that implies it."""
    refusing = [
        name
        for name in cell.statements
        if attitude_in(snapshot.catalogue, name, cell.option) == Attitude.REJECT
    ]
    chosen = refusing or list(cell.statements)
    return max(chosen, key=lambda name: snapshot.catalogue.statement(name).date.latest)


def _since(snapshot: Snapshot, parties: Sequence[str], topic: str) -> dt.date | None:
    known = snapshot.tracks(parties, [topic])
    width = snapshot.catalogue.scales[topic].width
    found = related_since(
        [known[party, topic] for party in parties], width, snapshot.date.toordinal()
    )
    return None if found is None else dt.date.fromordinal(found)


def _agreement_day(
    relation: Relation,
    positions: Sequence[Position],
    keys: Sequence[tuple[str, str]],
) -> dt.date | None:
    """Return the day of an agreement: of its most recent option, the older of the affirmations."""
    options = [key for key, name in keys if name == relation]
    ages = [[position.cell(option).said for position in positions] for option in options]
    known = [[said for said in row if said is not None] for row in ages]
    return max((min(row) for row in known if row), default=None)

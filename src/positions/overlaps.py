"""Where positions meet and where they are stuck."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from positions.catalogue import Topics
from positions.cells import Cell
from positions.conditions import Judge, Verdict, best, worst
from positions.errors import InvalidInputError
from positions.ledger import ACCEPT, CONDITIONAL, REJECT, SILENT, Codes
from positions.overlap_results import Blocker, Overlap, Overlaps, Unanswered
from positions.position import Position
from positions.records import Attitude
from positions.relations import (
    Relation,
    gap_between,
    is_apart,
    is_declared,
    related_since,
    relation_of,
)
from positions.state import State
from positions.telling import attitude_in
from positions.wording import (
    counted,
    party_name,
)


def overlap(state: State, parties: Iterable[str], topics: Topics = None) -> Overlaps:
    """Find where parties could agree, topic by topic (the zone of possible agreement).

    Topics on which none of them has spoken are left out. Nothing is agreed while one
    of them is silent: `among` tells how the others stand. A `conditional` topic whose
    conditions the others refuse, and an `open` one on which they affirm different
    things, are shown as such and are no room for agreement.

    Arguments:
        state: the positions of a day.
        parties: the ids of two or more different parties.
        topics: an id, an area, or several; all where None.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: fewer than two parties, or one named twice.

    >>> from positions.bundled import load
    >>> row = overlap(load().at("2025-03-22"), ["RUS", "UKR", "USA"], "ceasefire.energy")[0]
    >>> row.relation, row.agreed
    ('agreed', ('halted',))
    """
    chosen, rows = related(state, parties, topics)
    return _overlaps("Overlap", state, chosen, [row for row in rows if row.relation != "silent"])


def deadlocks(state: State, parties: Iterable[str], topics: Topics = None) -> Overlaps:
    """Find where parties are stuck: every option of the topic is rejected by one of them.

    Each row tells who blocks what by which statement, and since when. A deadlock is
    declared where every option that one affirms is rejected in words by another.

    Arguments:
        state: the positions of a day.
        parties: the ids of two or more different parties.
        topics: an id, an area, or several; all where None.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: fewer than two parties, or one named twice.

    >>> from positions.bundled import load
    >>> row = deadlocks(load().at("2022-10-01"), ["RUS", "UKR"], "nato.membership")[0]
    >>> str(row.since), row.declared
    ('2022-09-30', False)
    """
    chosen, rows = related(state, parties, topics)
    stuck = [row for row in rows if row.relation == "deadlock"]
    return _overlaps("Deadlocks", state, chosen, stuck)


def _overlaps(
    what: str, state: State, parties: tuple[str, ...], rows: Sequence[Overlap]
) -> Overlaps:
    names = ", ".join(party_name(state.catalogue, party) for party in parties)
    title = f"{what} of {names} on {state.date}: {counted(len(rows), 'topic')}"
    notes = state.notes_on(parties, [row.topic for row in rows])
    return Overlaps(tuple(rows), notes, state.catalogue, title, parties, state.date)


def related(
    state: State, parties: Iterable[str], topics: Topics
) -> tuple[tuple[str, ...], list[Overlap]]:
    """Relate parties on every topic asked for; the ground of `overlap` and `compare`."""
    if not isinstance(state, State):
        raise InvalidInputError("state", "what ds.at(date) gives", state)
    who = state.catalogue.choose_parties(parties, least=2)
    what = state.catalogue.choose_topics(topics)
    spoken = {topic for party, topic in state.spoken if party in who}
    made = state.positions(who, [topic for topic in what if topic in spoken])
    judge = Judge(state, who)
    rows = [
        _related(judge, topic, tuple(made[party, topic] for party in who))
        for topic in what
        if topic in spoken
    ]
    return who, rows


def _related(judge: Judge, topic: str, positions: tuple[Position, ...]) -> Overlap:
    state, parties = judge.state, judge.parties
    scale = state.catalogue.scales[topic]
    codes = state.codes_on(parties, topic)
    relation = relation_of(codes)
    classes = option_classes(codes)
    silent = tuple(position.party for position in positions if position.silent)
    spoken = codes[(codes != SILENT).any(axis=1)]
    keys = _told_alike(positions, classes)
    gap, firm = gap_between(scale, codes), gap_between(scale, codes, ACCEPT)
    judged: dict[str, Verdict] = {
        key: judge_option(judge, positions, key) for key, name in keys if name == "conditional"
    }
    return Overlap(
        topic=topic,
        relation=relation,
        apart=relation == "open" and is_apart(codes),
        declared=is_declared(codes, state.worded_on(parties, topic))
        if relation == "deadlock"
        else None,
        conditions=best(list(judged.values())) if relation == "conditional" else None,
        agreed=_of_class(scale.spans(classes), classes, "agreed"),
        conditional=tuple(judged),
        open=_of_class(scale.spans(classes), classes, "open"),
        blocked=_of_class(scale.spans(classes), classes, "blocked"),
        silent=silent,
        unanswered=tuple(_unanswered(positions)),
        among=relation_of(spoken) if silent and len(spoken) > 1 else None,
        since=_since(state, parties, topic),
        said=_said(relation, positions, keys),
        gap=gap.value,
        firm_gap=firm.value,
        gap_reason=gap.reason,
        gap_pairs=gap.pairs,
        blockers=tuple(_blockers(state, positions)),
        positions=positions,
    )


def option_classes(codes: Codes) -> list[str]:
    """Put every column in one class: agreed, conditional, open or blocked.

    Blocked if any party rejects it, agreed if all demand or accept it, conditional if
    all affirm it, some only conditionally; else open.
    """
    names = {REJECT: "blocked", SILENT: "open", CONDITIONAL: "conditional"}
    return [names.get(lowest, "agreed") for lowest in codes.min(axis=0).tolist()]


def _told_alike(positions: Sequence[Position], classes: Sequence[str]) -> list[tuple[str, str]]:
    """Name the options, numbers of one class with the same cells together; with their class."""
    scale = positions[0].scale
    cells = [position.cell_numbers for position in positions]
    alike = list(zip(classes, *cells, strict=True))
    return [(key, classes[run[0]]) for key, run in scale.spans(alike)]


def _of_class(
    spans: Iterator[tuple[str, tuple[int, ...]]], classes: Sequence[str], name: str
) -> tuple[str, ...]:
    return tuple(key for key, run in spans if classes[run[0]] == name)


def judge_option(judge: Judge, positions: Sequence[Position], option: str) -> Verdict:
    """Judge an option by the conditions of all who set some: the worst counts."""
    cells = [(position.topic, position.cell(option)) for position in positions]
    return worst(
        [judge.alternatives(cell.conditions, topic) for topic, cell in cells if cell.conditions]
    )


def _unanswered(positions: Iterable[Position]) -> Iterator[Unanswered]:
    for position in positions:
        if position.affirms:
            yield from (Unanswered(option, position.party) for option in position.unanswered)


def _blockers(state: State, positions: Iterable[Position]) -> Iterator[Blocker]:
    for position in positions:
        for cell in position.cells:
            if cell.attitude == Attitude.REJECT:
                statement = _latest(state, cell)
                yield Blocker(cell.option, position.party, statement, cell.implied, cell.statements)


def _latest(state: State, cell: Cell) -> str:
    """Choose the statement to show for a rejection: the last in words, else the last implying."""
    refusing = [
        name
        for name in cell.statements
        if attitude_in(state.catalogue, name, cell.option) == Attitude.REJECT
    ]
    chosen = refusing or list(cell.statements)
    return max(chosen, key=lambda name: state.catalogue.statement(name).date.latest)


def _since(state: State, parties: Sequence[str], topic: str) -> dt.date | None:
    known = state.tracks(parties, [topic])
    width = state.catalogue.scales[topic].width
    found = related_since([known[party, topic] for party in parties], width, state.date.toordinal())
    return None if found is None else dt.date.fromordinal(found)


def _said(
    relation: Relation,
    positions: Sequence[Position],
    keys: Sequence[tuple[str, str]],
) -> dt.date | None:
    """Date an agreement: of its best option, the older of the affirmations."""
    options = [key for key, name in keys if name == relation]
    ages = [[position.cell(option).said for position in positions] for option in options]
    known = [[said for said in row if said is not None] for row in ages]
    return max((min(row) for row in known if row), default=None)

"""How positions moved between two days, and which statements moved them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import product
from typing import ClassVar, Literal, TypeVar

import attrs
import numpy as np

from positions.errors import InvalidInputError
from positions.records.catalogue import Catalogue, Parties, Topics
from positions.records.plain import field_names
from positions.records.scales import Scale, scale_of
from positions.relations.measures import amount_between, gap_between
from positions.relations.tidy import (
    SOURCE_COLUMNS,
    flat,
    position_values,
    prefixed,
    prefixed_columns,
    source_values,
    tidy_table,
)
from positions.snapshots.answers import Result
from positions.snapshots.explanations import Explanation
from positions.snapshots.ledger import ACCEPT, CONDITIONAL, DEMAND, REJECT, SILENT, Codes, Flags
from positions.snapshots.position import Position
from positions.snapshots.snapshot import Snapshot
from positions.snapshots.wording import (
    Footnotes,
    counted,
    party_name,
    position_text,
    remarks_of,
    topic_name,
)
from positions.tables.table import Table, Value

T = TypeVar("T")
Move = Literal[
    "unchanged",
    "new",
    "withdrawn",
    "softened",
    "hardened",
    "reversed",
    "shifted",
    "reworded",
]
"""How a position moved; for every pair of positions exactly one, the first that fits."""


MOVES: dict[Move, str] = {
    "unchanged": "No option moved.",
    "new": "The party had said nothing before.",
    "withdrawn": "None of its earlier statements is still in force.",
    "softened": "Some options went up a level, and none down.",
    "hardened": "Some options went down a level, and none up.",
    "reversed": "It now rejects what it affirmed, and affirms what it rejected.",
    "shifted": "Some options went up a level, and some down.",
    "reworded": "No option changed its level, but the wording or the conditions changed.",
}
"""What each move means."""


@attrs.frozen
class Change:
    """How one party moved on one topic between two days.

    Attributes:
        move: how it moved, in one word.
        before: the position on the earlier day; `after` that on the later day.
        amount: on quantity topics, the change of its number; None where one number
            cannot express it.
        towards: the parties to whose earlier position the gap became smaller.
        away: the parties to whose earlier position the gap became larger.
        lapsed: whether it moved by the passing of time alone: nothing new was said.
        statements: the statements on which only the new position rests, or, where
            nothing new was said, those that no longer count.
    """

    party: str
    topic: str
    move: Move
    before: Position
    after: Position
    amount: int | float | None
    towards: tuple[str, ...]
    away: tuple[str, ...]
    lapsed: bool
    statements: tuple[str, ...]

    @property
    def date(self) -> dt.date:
        """The later of the two days; in a timeline, the day of the change."""
        return self.after.date

    def why(self, option: str | None = None) -> str:
        """Explain in sentences what the position was, what it is now, and which statements say so.

        Every statement appears once; one that still counts, under the earlier position.

        Arguments:
            option: the option to explain; all options where None.

        Raises:
            UnknownNameError: the topic has no such option.

        >>> from positions.files.bundled import load
        >>> from positions.relations.diff import diff
        >>> ds = load()
        >>> changes = diff(ds.at("2022-03-29"), ds.at("2022-10-01"), topics="nato.membership")
        >>> print(changes.moved[0].why().splitlines()[0].split(": ")[1])
        hardened. Some options went down a level, and none up.
        """
        explanation = Explanation()
        lines = [self._headline()]
        for when, position in (("Before", self.before), ("After", self.after)):
            first, *rest = explanation.position(position, option)
            lines += [f"{when}: {first}", *rest]
        return "\n".join(lines)

    def _headline(self) -> str:
        catalogue, topic = self.after.catalogue, self.after.topic
        name = f"{party_name(catalogue, self.party)} on {topic_name(catalogue, topic)}"
        days = f"{self.before.date} to {self.after.date}"
        lapsed = " Earlier statements lapsed; nothing new was said." if self.lapsed else ""
        return f"{name}, {days}: {self.move}. {MOVES[self.move]}{lapsed}"


CHANGE_COLUMNS = ("move", "amount", "towards", "away", "lapsed")
"""Columns that describe how a position moved."""


def tidy_change(row: Change) -> dict[str, Value]:
    """Return a change as plain values: the move, and both positions side by side."""
    return {
        **flat(row, ("date", "party", "topic", *CHANGE_COLUMNS)),
        **prefixed("before", position_values(row.before)),
        **prefixed("after", position_values(row.after)),
        **source_values(row.after.catalogue, row.statements),
    }


@attrs.frozen
class Changes(Result[Change]):
    """All positions of either day, with their moves; the table shows only those that moved."""

    columns: ClassVar[tuple[str, ...]] = field_names(Change)
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    before: Snapshot = attrs.field(eq=False, repr=False)
    after: Snapshot = attrs.field(eq=False, repr=False)

    @property
    def moved(self) -> tuple[Change, ...]:
        """The rows whose position changed."""
        return tuple(row for row in self.rows if row.move != "unchanged")

    def apply(self, snapshot: Snapshot) -> Snapshot:
        """Apply the changes to the snapshot before them; return the snapshot after them.

        Raises:
            InvalidInputError: the snapshot is not the one before the changes, or the
                changes do not cover all parties and topics.
        """
        for row in self.rows:
            found = snapshot[row.party, row.topic]
            if found != row.before:
                wanted = f"the position of {row.party} on {row.topic} of {row.before.date}"
                raise InvalidInputError("snapshot", wanted, found)
        if {(row.party, row.topic) for row in self.rows} != {*snapshot.spoken, *self.after.spoken}:
            wanted = "those of all parties and topics between it and another snapshot"
            raise InvalidInputError("changes to a snapshot", wanted, self.table().title)
        return self.after.with_positions(row.after for row in self.rows)

    def tidy(self) -> Table:
        """Return all rows, also the unchanged ones, with plain values in all columns."""
        sides = prefixed_columns("before", "after")
        columns = ("party", "topic", *CHANGE_COLUMNS, *sides, *SOURCE_COLUMNS)
        return tidy_table(self.table().title, columns, map(tidy_change, self.rows))

    def table(self) -> Table:
        """Return the positions that moved as a table, with the sources before and after."""
        footnotes = Footnotes()
        rows = tuple(self._row(row, footnotes) for row in self.moved)
        title = f"From {self.before.date} to {self.after.date}: {counted(len(rows), 'change')}"
        same = len(self.rows) - len(rows)
        notes = (*self.notes, *((f"{counted(same, 'more position')} unchanged.",) if same else ()))
        headers = ("party", "topic", "move", "before", "after")
        return Table(title, headers, rows, footnotes.notes(), (*notes, *remarks_of(rows)))

    def _row(self, row: Change, footnotes: Footnotes) -> tuple[Value, ...]:
        before, after = (position_text(p, footnotes) for p in (row.before, row.after))
        return (
            party_name(self.catalogue, row.party),
            topic_name(self.catalogue, row.topic),
            move_text(self.catalogue, row),
            before,
            after,
        )


def amount_text(catalogue: Catalogue, row: Change) -> str:
    """Return the change of a number in brackets, with its unit; empty where there is none."""
    return f" ({row.amount:+,} {catalogue.topic(row.topic).unit})" if row.amount else ""


def move_text(catalogue: Catalogue, row: Change) -> str:
    """Return a move in words: the amount, whether it lapsed, towards and away from whom."""
    amount = amount_text(catalogue, row)
    directions = (("towards", row.towards), ("away from", row.away))
    parts = [f"{direction} {', '.join(names)}" for direction, names in directions if names]
    return ", ".join((f"{row.move}{amount}", *["lapsed"] * row.lapsed, *parts))


def changes_between(
    before: Snapshot, after: Snapshot, parties: Parties | None, topics: Topics
) -> Changes:
    """Find how every party moved on every topic; see `diff`."""
    who = after.catalogue.choose_parties(parties)
    what = after.catalogue.choose_topics(topics)
    require_same(before, after)
    spoken = set(before.spoken) | set(after.spoken)
    pairs = [pair for pair in product(who, what) if pair in spoken]
    topics_of = dict.fromkeys(topic for _, topic in pairs)
    earlier, later = (snapshot.positions(who, topics_of) for snapshot in (before, after))
    rows = tuple(_change(before, after, earlier[pair], later[pair]) for pair in pairs)
    return Changes(rows, after.notes, after.catalogue, before, after)


def require_same(before: Snapshot, after: Snapshot) -> None:
    """Raise an error if two snapshots do not have the same parties and topics."""
    for what in ("parties", "topics"):
        if getattr(before, what) != getattr(after, what):
            raise InvalidInputError(
                "the snapshots",
                f"two snapshots of the same {what}",
                (before, after),
                "compare snapshots of one data set",
            )


def _change(before: Snapshot, after: Snapshot, old: Position, new: Position) -> Change:
    move = move_between(old, new)
    if move == "unchanged":
        return Change(old.party, old.topic, move, old, new, None, (), (), False, ())
    others = [p for p, topic in before.spoken if topic == old.topic and p != old.party]
    theirs = dict(zip(others, before.codes_on(others, old.topic), strict=True))
    lapsed = _by_time_alone(before, after, (old.party, old.topic))
    return moved(move, old, new, theirs, lapsed)


def moved(
    move: Move, old: Position, new: Position, others: Mapping[str, Codes], lapsed: bool
) -> Change:
    """Return the change of a position that moved.

    Arguments:
        move: how the position moved.
        old: the position before.
        new: the position after.
        others: the earlier attitudes of the other parties, by the columns of `old`.
        lapsed: whether it moved by the passing of time alone.
    """
    scale, (was, now) = aligned(old, new)
    fresh = [name for name in new.statements if name not in old.statements]
    theirs = {p: np.array(_on_columns(scale, old, codes.tolist())) for p, codes in others.items()}
    towards, away = _directions(scale, was, now, theirs)
    return Change(
        party=old.party,
        topic=old.topic,
        move=move,
        before=old,
        after=new,
        amount=amount_between(scale, was, now),
        towards=towards,
        away=away,
        lapsed=lapsed,
        statements=tuple(fresh or [s for s in old.statements if s not in new.statements]),
    )


def aligned(*positions: Position) -> tuple[Scale, tuple[Codes, ...]]:
    """Return the attitudes of positions on one topic by the same columns, with the scale.

    Different data sets may divide the number line at different numbers.
    """
    scale = _common_scale([position.scale for position in positions])
    return scale, tuple(_codes_on(scale, position) for position in positions)


def _common_scale(scales: Sequence[Scale]) -> Scale:
    first = scales[0]
    if any(_definition(scale) != _definition(first) for scale in scales):
        wanted = "the same kind, options, domain and unit in both data sets"
        raise InvalidInputError(f"the topic {first.topic.id}", wanted, "others")
    if all(scale.numbers == first.numbers for scale in scales):
        return first
    return scale_of(scales[0].topic, [str(n) for scale in scales for n in scale.numbers])


def _definition(scale: Scale) -> tuple[object, ...]:
    topic = scale.topic
    options = tuple((option.id, option.at) for option in topic.options)
    return topic.kind, options, topic.domain, topic.unit


def _codes_on(scale: Scale, position: Position) -> Codes:
    return np.array(_on_columns(scale, position, position.codes), np.int8)


def _on_columns(scale: Scale, position: Position, values: Sequence[T]) -> list[T]:
    """Map values by column of the scale of a position to the columns of a finer scale."""
    if scale.numbers == position.scale.numbers:
        return list(values)
    own = position.scale.numbers
    places = [next(i for i, atom in enumerate(own) if n.within(atom)) for n in scale.numbers]
    names = range(len(own), position.scale.width)
    return [values[place] for place in (*places, *names)]


def move_between(old: Position, new: Position) -> Move:
    """Return the move from one position to another: the first that fits."""
    scale, (before, after) = aligned(old, new)
    if old.silent and new.silent:
        return "unchanged"
    if old.silent or new.silent:
        return "new" if old.silent else "withdrawn"
    up, down = _steps(before, after)
    if up and down:
        return "reversed" if _is_reversed(old, new, scale, before, after) else "shifted"
    if up or down:
        return "softened" if up else "hardened"
    return "unchanged" if _same_details(old, new, scale) else "reworded"


def _steps(before: Codes, after: Codes) -> tuple[bool, bool]:
    """Return whether any option went up a level, and whether any went down.

    Between silent and demand there is no step: a new demand is not a concession.
    """
    asked = ((before == SILENT) & (after == DEMAND)) | ((before == DEMAND) & (after == SILENT))
    step = np.minimum(after, ACCEPT) - np.minimum(before, ACCEPT)
    step[asked] = 0
    return bool((step > 0).any()), bool((step < 0).any())


def _is_reversed(old: Position, new: Position, scale: Scale, before: Codes, after: Codes) -> bool:
    """Whether each position rejects all that the other affirms, at least once in words."""
    explicit: list[Flags] = [np.array(_on_columns(scale, p, p.explicit)) for p in (old, new)]
    turned = [(before >= CONDITIONAL, after == REJECT), (after >= CONDITIONAL, before == REJECT)]
    if any((affirmed & ~rejected).any() for affirmed, rejected in turned):
        return False
    in_words = [
        (affirmed & rejected & words).any()
        for (affirmed, rejected), words in zip(turned, reversed(explicit), strict=True)
    ]
    return any(in_words)


def _same_details(old: Position, new: Position, scale: Scale) -> bool:
    """Whether attitude, implication and conditions are the same on every option."""
    return _details(old, scale) == _details(new, scale)


def _details(position: Position, scale: Scale) -> list[object]:
    cells = _on_columns(scale, position, [position.cells[n] for n in position.cell_numbers])
    return [
        (cell.attitude, cell.implied, frozenset(map(frozenset, cell.conditions))) for cell in cells
    ]


def _directions(
    scale: Scale, was: Codes, now: Codes, others: Mapping[str, Codes]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List the parties to whose earlier position the gap became smaller, and larger."""
    towards: list[str] = []
    away: list[str] = []
    for party, theirs in others.items():
        was_gap = gap_between(scale, np.array([was, theirs])).value
        now_gap = gap_between(scale, np.array([now, theirs])).value
        if was_gap is not None and now_gap is not None and was_gap != now_gap:
            (towards if now_gap < was_gap else away).append(party)
    return tuple(towards), tuple(away)


def _by_time_alone(before: Snapshot, after: Snapshot, pair: tuple[str, str]) -> bool:
    """Whether no statement began to count between the snapshots, and none was denied."""
    earlier, later = before.counting(*pair), after.counting(*pair)
    if before.date >= after.date or before.reading != after.reading:
        return False
    return not later - earlier and not after.any_denied(earlier - later)

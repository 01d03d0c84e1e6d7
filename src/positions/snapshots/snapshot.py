"""The positions of all parties on all topics on one day."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, ClassVar, overload

import attrs
import numpy as np

from positions.errors import InvalidInputError
from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.snapshots.builder import PositionBuilder
from positions.snapshots.cells import Alternatives, Cell, Claim
from positions.snapshots.ledger import (
    SILENT,
    Codes,
    Flags,
    Ledger,
)
from positions.snapshots.overviews import snapshot_table
from positions.snapshots.position import Position
from positions.snapshots.reading import Reading, Selection
from positions.snapshots.replay import NOTHING, replay
from positions.snapshots.tracks import Track, rows_behind, script_on, track_until, tracks
from positions.snapshots.wording import (
    Footnotes,
    claim_text,
    counted,
    party_name,
    position_text,
    remarks_of,
    topic_name,
)
from positions.tables.table import Framed, Shown, Table


@attrs.frozen(eq=False, repr=False)
class Snapshot(Shown):
    """All parties on all topics on one date; `Dataset.at` makes it.

    `snapshot["RUS"]` is a `Stance`, `snapshot["RUS", "nato.membership"]` a `Position`.
    Two snapshots are equal when they have the same date and the same positions.
    """

    catalogue: Catalogue
    selection: Selection
    date: dt.date
    codes: Codes
    explicit: Flags
    replaced: Mapping[tuple[str, str], Position] = attrs.field(factory=dict)
    _known_tracks: dict[tuple[str, str], Track | None] = attrs.field(factory=dict, init=False)

    def __repr__(self) -> str:
        return f"<Snapshot on {self.date}: {len(self.spoken)} positions>"

    def table(self) -> Table:
        """Return an overview: on how many topics each party has spoken, by attitude."""
        title = f"Snapshot on {self.date}: {counted(len(self.spoken), 'position')}"
        return snapshot_table(title, self.catalogue, self.codes, self.notes)

    @property
    def reading(self) -> Reading:
        """The arguments with which the snapshot was asked for."""
        return self.selection.reading

    @functools.cached_property
    def _builder(self) -> PositionBuilder:
        return PositionBuilder(self.catalogue, self.selection)

    @property
    def parties(self) -> tuple[str, ...]:
        """The ids of all parties, in the order of the file."""
        return tuple(self.catalogue.party_numbers)

    @property
    def topics(self) -> tuple[str, ...]:
        """The ids of all topics, in the order of the file."""
        return tuple(self.catalogue.topic_numbers)

    @functools.cached_property
    def notes(self) -> tuple[str, ...]:
        """Notes on the snapshot: the end of the evidence, suppositions, undated sources."""
        return tuple(_notes(self))

    def codes_on(self, parties: Sequence[str], topic: str) -> Codes:
        """Return the attitude codes of some parties on the columns of a topic."""
        rows = [self.catalogue.party_numbers[party] for party in parties]
        return self.codes[rows, self._columns(topic)]

    def explicit_on(self, parties: Sequence[str], topic: str) -> Flags:
        """Return which of these cells rest on a statement that names them, not on implication."""
        rows = [self.catalogue.party_numbers[party] for party in parties]
        return self.explicit[rows, self._columns(topic)]

    def _columns(self, topic: str) -> slice:
        first = self.catalogue.offsets[topic]
        return slice(first, first + self.catalogue.scales[topic].width)

    @functools.cached_property
    def spoken(self) -> tuple[tuple[str, str], ...]:
        """The pairs of party and topic on which the party is not silent."""
        starts = list(self.catalogue.offsets.values())
        if not starts or not self.codes.size:
            return ()
        said = np.logical_or.reduceat(self.codes != SILENT, starts, axis=1)
        parties, topics = self.parties, self.topics
        return tuple((parties[p], topics[t]) for p, t in np.argwhere(said).tolist())

    def tracks(
        self, parties: Iterable[str], topics: Iterable[str]
    ) -> dict[tuple[str, str], Track | None]:
        """Replay all of these parties on all of these topics over time, as `tracks_of` does."""
        return self.tracks_of(product(parties, topics))

    def tracks_of(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Track | None]:
        """Replay pairs of party and topic over time; None where the party has never spoken."""
        asked = [pair for pair in pairs if pair not in self._known_tracks]
        numbers = [self._numbers(pair) for pair in asked]
        found = tracks(self.selection, numbers, self.date.toordinal())
        self._known_tracks.update(
            {pair: found.get(number) for pair, number in zip(asked, numbers, strict=True)}
        )
        return self._known_tracks

    def _numbers(self, pair: tuple[str, str]) -> tuple[int, int]:
        party, topic = pair
        return self.catalogue.party_numbers[party], self.catalogue.topic_numbers[topic]

    def positions(
        self, parties: Iterable[str], topics: Iterable[str]
    ) -> dict[tuple[str, str], Position]:
        """Make the positions of all of these parties on all of these topics."""
        pairs = list(product(parties, topics))
        known = self.tracks(dict.fromkeys(p for p, _ in pairs), dict.fromkeys(t for _, t in pairs))
        return {
            pair: self.replaced.get(pair) or self._builder.position(pair, known[pair], self.date)
            for pair in pairs
        }

    def cell(self, party: str, topic: str, column: int) -> Cell:
        """Make the cell of one column, with an empty option, without the rest of the position."""
        position = self.replaced.get((party, topic))
        if position is not None:
            return attrs.evolve(position.cells[position.cell_numbers[column]], option="")
        track = self._track(party, topic)
        if track is None:
            return Cell("", Attitude.SILENT)
        return self._builder.cell(track, column, self.date)

    def conditions(self, party: str, topic: str, column: int) -> Alternatives:
        """Return the conditions of one column, without the rest of its cell."""
        track = None if (party, topic) in self.replaced else self._track(party, topic)
        if track is None:
            return self.cell(party, topic, column).conditions
        return self._builder.conditions(rows_behind(track.cells, track.shown, column), column)

    def _track(self, party: str, topic: str) -> Track | None:
        if (party, topic) not in self._known_tracks:
            self.tracks([party], [topic])
        return self._known_tracks[party, topic]

    def position_until(self, party: str, topic: str, day: int) -> Position:
        """Make a position as of an earlier day (a proleptic ordinal)."""
        track = track_until(self.tracks([party], [topic])[party, topic], day)
        return self._builder.position((party, topic), track, dt.date.fromordinal(max(1, day)))

    def counting(self, party: str, topic: str) -> frozenset[str]:
        """Return the ids of the statements on a topic that count by then, lapsed or not."""
        rows = np.array(self.selection.ledger.rows_of(*self._numbers((party, topic))), np.int64)
        days = np.full(len(rows), self.date.toordinal())
        found = rows[self.selection.chosen[rows] & self.selection.counting(rows, days)]
        return frozenset(self._builder.ids(found.tolist()))

    def any_denied(self, statements: Iterable[str]) -> bool:
        """Whether one of the statements is denied by then, or is not in the data set."""
        numbers, day = self.catalogue.statement_numbers, self.date.toordinal()
        asked = [(numbers.get(name), day) for name in statements]
        known = [(number, day) for number, day in asked if number is not None]
        return len(known) < len(asked) or any(self.selection.denied(known))

    @overload
    def __getitem__(self, key: str) -> Stance: ...
    @overload
    def __getitem__(self, key: tuple[str, str]) -> Position: ...
    def __getitem__(self, key: str | tuple[str, str]) -> Stance | Position:
        if isinstance(key, str):
            return Stance(self.catalogue.party(key).id, self)
        party, topic = self.catalogue.party(key[0]).id, self.catalogue.topic(key[1]).id
        return self.positions([party], [topic])[party, topic]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Snapshot):
            return NotImplemented
        return (
            (self.date, self.parties, self.topics) == (other.date, other.parties, other.topics)
            and self.spoken == other.spoken
            and all(self[pair] == other[pair] for pair in self.spoken)
        )

    def __hash__(self) -> int:
        return hash((self.date, self.spoken))

    def with_positions(self, positions: Iterable[Position]) -> Snapshot:
        """Make a snapshot of the same day with these positions and no others."""
        codes, explicit = np.full_like(self.codes, SILENT), np.zeros_like(self.explicit)
        replaced = {(position.party, position.topic): position for position in positions}
        for (party, topic), position in replaced.items():
            row = self.catalogue.party_numbers[party]
            codes[row, self._columns(topic)] = position.codes
            explicit[row, self._columns(topic)] = position.explicit
        return attrs.evolve(self, codes=codes, explicit=explicit, replaced=replaced)

    def notes_on(self, parties: Iterable[str], topics: Iterable[str]) -> tuple[str, ...]:
        """Return the notes on the snapshot, and the claims about these parties on these topics."""
        pairs = set(product(parties, topics))
        found = [claim for claim in self.claims if (claim.party, claim.topic) in pairs]
        return (*self.notes, *(claim_text(self.catalogue, claim) for claim in found))

    @functools.cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims about parties on cells that their own statements fill."""
        if "claimed" not in self.reading.attributions:
            return ()
        known = self.tracks(self.parties, self.topics)
        return tuple(
            claim
            for pair in product(self.parties, self.topics)
            if (track := known[pair]) is not None
            for claim in self._builder.claims(pair, track)
        )


@attrs.frozen(eq=False, repr=False)
class Stance(Shown, Framed):
    """One party on all topics on one date; iterable over its positions."""

    columns: ClassVar[tuple[str, ...]] = ("party", "topic", "date", "since", "said", "cells")
    party: str
    snapshot: Snapshot

    def to_records(self) -> list[dict[str, Any]]:
        """Return the positions as plain dictionaries: ids, ISO dates, lists."""
        return [position.to_record() for position in self.positions]

    def table(self) -> Table:
        """Return the positions as a table: topic, position, since when, and the sources."""
        catalogue = self.snapshot.catalogue
        footnotes = Footnotes()
        rows = tuple(
            (
                topic_name(catalogue, position.topic),
                position_text(position, footnotes),
                position.since,
            )
            for position in self.positions
        )
        title = f"{party_name(catalogue, self.party)} on {self.date}: {len(rows)} topics"
        remarks = (*self.notes, *remarks_of(rows))
        return Table(title, ("topic", "position", "since"), rows, footnotes.notes(), remarks)

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes on the snapshot it belongs to."""
        return self.snapshot.notes

    def __repr__(self) -> str:
        return f"<Stance of {self.party} on {self.date}: {len(self.positions)} positions>"

    @property
    def date(self) -> dt.date:
        """The day of the snapshot it belongs to."""
        return self.snapshot.date

    @functools.cached_property
    def positions(self) -> tuple[Position, ...]:
        """The positions on the topics on which the party is not silent."""
        topics = [topic for party, topic in self.snapshot.spoken if party == self.party]
        return tuple(self.snapshot.positions([self.party], topics).values())

    def __getitem__(self, topic: str) -> Position:
        return self.snapshot[self.party, topic]

    def __iter__(self) -> Iterator[Position]:
        return iter(self.positions)

    def __len__(self) -> int:
        return len(self.positions)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Stance):
            return NotImplemented
        mine, theirs = (self.party, self.date), (other.party, other.date)
        return mine == theirs and self.positions == other.positions

    def __hash__(self) -> int:
        return hash((self.party, self.positions))


def require_snapshot(given: object) -> None:
    """Check that an argument is a snapshot.

    Raises:
        InvalidInputError: it is something else.
    """
    if not isinstance(given, Snapshot):
        raise InvalidInputError("snapshot", "a snapshot, as returned by ds.at(on)", given)


def snapshot_on(catalogue: Catalogue, ledger: Ledger, date: dt.date, reading: Reading) -> Snapshot:
    """Replay a data set up to a date."""
    selection = Selection(ledger, reading)
    codes, explicit = matrices(selection, date.toordinal(), len(catalogue.party_numbers))
    return Snapshot(catalogue, selection, date, codes, explicit)


def matrices(selection: Selection, day: int, parties: int) -> tuple[Codes, Flags]:
    """Return two matrices of a day, parties by columns: attitude codes, and which are explicit."""
    offsets = np.append(0, np.cumsum(selection.ledger.width))
    codes = np.full((parties, int(offsets[-1])), SILENT, np.int8)
    explicit = np.zeros(codes.shape, bool)
    for claimed in (False, True) if "claimed" in selection.reading.attributions else (False,):
        script, party = script_on(selection, selection.layer(claimed), day)
        cells = replay(script)
        lanes = np.repeat(np.arange(len(party)), np.diff(script.cell_bounds))
        column = offsets[script.topics][lanes] + np.arange(len(lanes)) - script.cell_bounds[lanes]
        place = party[lanes] * codes.shape[1] + column
        silent = codes.ravel()[place] == SILENT
        codes.ravel()[place[silent]] = cells.code[silent]
        explicit.ravel()[place[silent]] = cells.explicit[silent] != NOTHING
    return codes, explicit


def _notes(snapshot: Snapshot) -> Iterator[str]:
    evidence = snapshot.catalogue.document.evidence_until
    if evidence is not None and snapshot.date > evidence.latest:
        yield f"The evidence ends on {evidence}; later statements are not in the data."
    selection = snapshot.selection
    if selection.ledger.supposed:
        yield from _supposed_notes(snapshot)
    undated = (
        selection.undated & selection.requested & (selection.starts <= snapshot.date.toordinal())
    )
    if undated.any():
        count, kept = (
            _statements(snapshot, rows) for rows in (undated, undated & selection.chosen)
        )
        statements, how = counted(count, "statement"), snapshot.reading.undated
        yield f"No source dated by then: {statements}, of which {kept} count ({how})."


def _supposed_notes(snapshot: Snapshot) -> Iterator[str]:
    """Name the suppositions that count by then."""
    last, selection = snapshot.date.toordinal(), snapshot.selection
    rows = np.flatnonzero(selection.chosen & (selection.starts <= last))
    counting = set(selection.ledger.statements.number[rows].tolist()) & selection.ledger.supposed
    if counting:
        names = [snapshot.catalogue.document.statements[number].id for number in sorted(counting)]
        yield f"Supposed, not said: {', '.join(names)}."


def _statements(snapshot: Snapshot, rows: Flags) -> int:
    """Count the statements of some rows."""
    return len(set(snapshot.selection.ledger.statements.number[rows].tolist()))

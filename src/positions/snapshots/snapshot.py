"""What stands on one day: all parties on all topics."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, ClassVar, overload

import attrs
import numpy as np

from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.snapshots.cells import Alternatives, Cell, Claim
from positions.snapshots.ledger import (
    ACCEPT,
    ATTITUDES,
    CONDITIONAL,
    REJECT,
    SILENT,
    Codes,
    Flags,
    Ledger,
)
from positions.snapshots.overviews import snapshot_table
from positions.snapshots.position import Position
from positions.snapshots.replay import NOTHING, replay
from positions.snapshots.tracks import Reading, Selection, Track, script_on, tracks, words_behind
from positions.snapshots.turns import track_until
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
    worded: Flags
    replaced: Mapping[tuple[str, str], Position] = attrs.field(factory=dict)
    _known_tracks: dict[tuple[str, str], Track | None] = attrs.field(factory=dict, init=False)

    def __repr__(self) -> str:
        return f"<Snapshot on {self.date}: {len(self.spoken)} positions>"

    def table(self) -> Table:
        """Give an overview: on how many topics each party has spoken, and what it says."""
        title = f"Snapshot on {self.date}: {counted(len(self.spoken), 'position')}"
        return snapshot_table(title, self.catalogue, self.codes, self.notes)

    @property
    def reading(self) -> Reading:
        """The arguments with which the snapshot was asked for."""
        return self.selection.reading

    @property
    def parties(self) -> tuple[str, ...]:
        """List the ids of all parties, in the order of the file."""
        return tuple(self.catalogue.party_numbers)

    @property
    def topics(self) -> tuple[str, ...]:
        """List the ids of all topics, in the order of the file."""
        return tuple(self.catalogue.topic_numbers)

    @functools.cached_property
    def notes(self) -> tuple[str, ...]:
        """Say what a reader should know of the snapshot as a whole."""
        return tuple(_notes(self))

    def codes_on(self, parties: Sequence[str], topic: str) -> Codes:
        """Give the attitudes of some parties to the columns of a topic, as small integers."""
        rows = [self.catalogue.party_numbers[party] for party in parties]
        return self.codes[rows, self._columns(topic)]

    def worded_on(self, parties: Sequence[str], topic: str) -> Flags:
        """Tell which of these cells rest on words, and not on implication alone."""
        rows = [self.catalogue.party_numbers[party] for party in parties]
        return self.worded[rows, self._columns(topic)]

    def _columns(self, topic: str) -> slice:
        first = self.catalogue.offsets[topic]
        return slice(first, first + self.catalogue.scales[topic].width)

    @functools.cached_property
    def spoken(self) -> tuple[tuple[str, str], ...]:
        """List the pairs of party and topic on which the party is not silent."""
        starts = list(self.catalogue.offsets.values())
        if not starts or not self.codes.size:
            return ()
        said = np.logical_or.reduceat(self.codes != SILENT, starts, axis=1)
        parties, topics = self.parties, self.topics
        return tuple((parties[p], topics[t]) for p, t in np.argwhere(said).tolist())

    def tracks(
        self, parties: Iterable[str], topics: Iterable[str]
    ) -> dict[tuple[str, str], Track | None]:
        """Replay parties on topics over time; None where a party never spoke."""
        return self.tracks_of(product(parties, topics))

    def tracks_of(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Track | None]:
        """Replay pairs of party and topic over time; None where the party never spoke."""
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
        """Make the positions of parties on topics, all at once."""
        pairs = list(product(parties, topics))
        known = self.tracks(dict.fromkeys(p for p, _ in pairs), dict.fromkeys(t for _, t in pairs))
        return {
            pair: self.replaced.get(pair) or _position(self, pair, known[pair], self.date)
            for pair in pairs
        }

    def cell(self, party: str, topic: str, column: int) -> Cell:
        """Make the cell of one column, without the rest of the position; it bears no name."""
        position = self.replaced.get((party, topic))
        if position is not None:
            return attrs.evolve(position.cells[position.cell_numbers[column]], option="")
        track = self._track(party, topic)
        return Cell("", Attitude.SILENT) if track is None else _cell(self, track, column, self.date)

    def conditions(self, party: str, topic: str, column: int) -> Alternatives:
        """Give the conditions of one column, without the rest of its cell."""
        track = None if (party, topic) in self.replaced else self._track(party, topic)
        if track is None:
            return self.cell(party, topic, column).conditions
        return _conditions(self, words_behind(track.cells, track.shown, column), column)

    def _track(self, party: str, topic: str) -> Track | None:
        if (party, topic) not in self._known_tracks:
            self.tracks([party], [topic])
        return self._known_tracks[party, topic]

    def position_until(self, party: str, topic: str, day: int) -> Position:
        """Make a position as it stood on a day (a proleptic ordinal) up to that of the snapshot."""
        track = track_until(self.tracks([party], [topic])[party, topic], day)
        return _position(self, (party, topic), track, dt.date.fromordinal(max(1, day)))

    def counting(self, party: str, topic: str) -> frozenset[str]:
        """Name the statements of a party on a topic that have been heard by then, lapsed or not."""
        rows = np.array(self.selection.ledger.words_of(*self._numbers((party, topic))), np.int64)
        days = np.full(len(rows), self.date.toordinal())
        heard = rows[self.selection.chosen[rows] & self.selection.standing(rows, days)]
        return frozenset(_ids(self, heard.tolist()))

    def denies(self, statements: Iterable[str]) -> bool:
        """Whether one of the statements is denied by then, or not in the data set at all."""
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

    def holding(self, positions: Iterable[Position]) -> Snapshot:
        """Make a snapshot of the same day in which these positions stand, and no others."""
        codes, worded = np.full_like(self.codes, SILENT), np.zeros_like(self.worded)
        replaced = {(position.party, position.topic): position for position in positions}
        for (party, topic), position in replaced.items():
            row = self.catalogue.party_numbers[party]
            codes[row, self._columns(topic)] = position.codes
            worded[row, self._columns(topic)] = position.worded
        return attrs.evolve(self, codes=codes, worded=worded, replaced=replaced)

    def notes_on(self, parties: Iterable[str], topics: Iterable[str]) -> tuple[str, ...]:
        """Say what to know of the snapshot, and what is claimed of these parties there."""
        pairs = set(product(parties, topics))
        found = [claim for claim in self.claims if (claim.party, claim.topic) in pairs]
        return (*self.notes, *(claim_text(self.catalogue, claim) for claim in found))

    @functools.cached_property
    def claims(self) -> tuple[Claim, ...]:
        """List what is claimed of parties on cells that their own words fill."""
        if "claimed" not in self.reading.attributions:
            return ()
        known = self.tracks(self.parties, self.topics)
        return tuple(
            claim
            for pair in product(self.parties, self.topics)
            if (track := known[pair]) is not None
            for claim in _claims(self, pair, track)
        )


@attrs.frozen(eq=False, repr=False)
class Stance(Shown, Framed):
    """One party on all topics on one date; iterable over its positions."""

    columns: ClassVar[tuple[str, ...]] = ("party", "topic", "date", "since", "said", "cells")
    party: str
    snapshot: Snapshot

    def to_records(self) -> list[dict[str, Any]]:
        """Give the positions as plain dictionaries: ids, ISO dates, lists."""
        return [position.to_record() for position in self.positions]

    def table(self) -> Table:
        """Give the positions as a table: topic, position, since when, and the sources."""
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
        """Say what a reader should know of the snapshot it belongs to."""
        return self.snapshot.notes

    def __repr__(self) -> str:
        return f"<Stance of {self.party} on {self.date}: {len(self.positions)} positions>"

    @property
    def date(self) -> dt.date:
        """The day of the snapshot it belongs to."""
        return self.snapshot.date

    @functools.cached_property
    def positions(self) -> tuple[Position, ...]:
        """List the positions on the topics on which the party is not silent."""
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


def snapshot_on(catalogue: Catalogue, ledger: Ledger, date: dt.date, reading: Reading) -> Snapshot:
    """Replay a data set up to a date."""
    selection = Selection(ledger, reading)
    codes, worded = matrices(selection, date.toordinal(), len(catalogue.party_numbers))
    return Snapshot(catalogue, selection, date, codes, worded)


def matrices(selection: Selection, day: int, parties: int) -> tuple[Codes, Flags]:
    """Give the snapshot of a day as parties × columns: attitudes, and which rest on words."""
    offsets = np.append(0, np.cumsum(selection.ledger.width))
    codes = np.full((parties, int(offsets[-1])), SILENT, np.int8)
    worded = np.zeros(codes.shape, bool)
    for claimed in (False, True) if "claimed" in selection.reading.attributions else (False,):
        script, party = script_on(selection, selection.layer(claimed), day)
        cells = replay(script)
        lanes = np.repeat(np.arange(len(party)), np.diff(script.cell_bounds))
        column = offsets[script.topics][lanes] + np.arange(len(lanes)) - script.cell_bounds[lanes]
        place = party[lanes] * codes.shape[1] + column
        open_ = codes.ravel()[place] == SILENT
        codes.ravel()[place[open_]] = cells.code[open_]
        worded.ravel()[place[open_]] = cells.worded[open_] != NOTHING
    return codes, worded


def _position(
    snapshot: Snapshot, pair: tuple[str, str], track: Track | None, date: dt.date
) -> Position:
    """Make one position from the last day of its track."""
    party, topic = pair
    scale = snapshot.catalogue.scales[topic]
    if track is None:
        cells = [Cell(scale.topic.id, Attitude.SILENT)] * scale.width
        codes = (SILENT,) * scale.width
    else:
        cells = [_cell(snapshot, track, column, date) for column in range(scale.width)]
        codes = tuple(track.shown.code[-1].tolist())
    named = tuple(attrs.evolve(cells[run[0]], option=key) for key, run in scale.spans(cells))
    return Position(
        party, topic, date, named, codes, snapshot.catalogue, _lapsed(snapshot, pair, date)
    )


def _lapsed(snapshot: Snapshot, pair: tuple[str, str], date: dt.date) -> tuple[str, ...]:
    """List the statements that stood only until a day before the date, the earliest first."""
    selection, day = snapshot.selection, date.toordinal()
    numbers = snapshot.catalogue.party_numbers[pair[0]], snapshot.catalogue.topic_numbers[pair[1]]
    if numbers not in selection.ledger.lapsing:
        return ()
    rows = np.array(selection.ledger.words_of(*numbers), np.int64)
    rows = rows[selection.chosen[rows] & (selection.ledger.words.until[rows] < day)]
    return _ids(snapshot, rows[selection.standing(rows, np.full(len(rows), day))])


def _cell(snapshot: Snapshot, track: Track, column: int, date: dt.date) -> Cell:
    """Make one cell; its option is named when neighbouring numbers have been merged."""
    layer, ledger = track.shown, snapshot.selection.ledger
    rows = words_behind(track.cells, layer, column)
    code = int(layer.code[-1, column])
    since = track.since(column)
    said = max((int(ledger.words.latest[row]) for row in rows), default=None)
    return Cell(
        option="",
        attitude=ATTITUDES[code],
        implied=code == REJECT and int(layer.worded[-1, column]) == NOTHING,
        disputed=bool(layer.disputed[-1, column]),
        claimed=bool(track.claimed[-1, column]),
        inherited=_inherited(snapshot, rows, date),
        supposed=_supposed(snapshot, rows),
        since=None if since is None else dt.date.fromordinal(since),
        said=None if said is None else dt.date.fromordinal(said),
        statements=_ids(snapshot, rows),
        conditions=_conditions(snapshot, rows, column) if code == CONDITIONAL else (),
    )


def _ids(snapshot: Snapshot, rows: Iterable[int]) -> tuple[str, ...]:
    numbers = dict.fromkeys(int(snapshot.selection.ledger.words.statement[row]) for row in rows)
    return tuple(snapshot.catalogue.document.statements[number].id for number in numbers)


def _supposed(snapshot: Snapshot, rows: Iterable[int]) -> bool:
    """Tell whether anything that a cell rests on is supposed."""
    words, supposed = snapshot.selection.ledger.words, snapshot.selection.ledger.supposed
    return any(int(words.statement[row]) in supposed for row in rows)


def _inherited(snapshot: Snapshot, rows: Sequence[int], date: dt.date) -> bool:
    """Tell whether all that a cell rests on was said under an earlier government."""
    if not rows:
        return False
    days = np.full(len(rows), date.toordinal())
    return bool(snapshot.selection.inherited(np.array(rows), days).all())


def _conditions(snapshot: Snapshot, rows: Iterable[int], column: int) -> Alternatives:
    """Join the conditions of all that was said on the day: every statement's must hold."""
    joined: Alternatives = ((),)
    for name in _ids(snapshot, rows):
        groups = _groups(snapshot, name, column)
        if groups:
            joined = tuple(
                dict.fromkeys(
                    tuple(dict.fromkeys((*one, *other))) for one in joined for other in groups
                )
            )
    return joined


def _groups(snapshot: Snapshot, name: str, column: int) -> Alternatives:
    """Find the alternatives that one statement sets for one column."""
    statement = snapshot.catalogue.statement(name)
    scale = snapshot.catalogue.scales[statement.topic]
    keys = scale.resolve(statement.says).get(column, ())
    return tuple(
        group.all for group in statement.conditions if any(key in group.for_ for key in keys)
    )


def _claims(snapshot: Snapshot, pair: tuple[str, str], track: Track) -> Iterator[Claim]:
    scale = snapshot.catalogue.scales[pair[1]]
    for key, run in scale.spans(
        list(
            zip(
                *(layer.code[-1].tolist() for layer in (track.shown, track.claims)),
                track.claimed[-1].tolist(),
                strict=True,
            )
        )
    ):
        own, claim = (int(layer.code[-1, run[0]]) for layer in (track.shown, track.claims))
        if claim != SILENT and not track.claimed[-1, run[0]]:
            statements = _ids(snapshot, words_behind(track.cells, track.claims, run[0]))
            contested = min(own, ACCEPT) != min(claim, ACCEPT)
            yield Claim(*pair, key, ATTITUDES[claim], statements, contested)


def _notes(snapshot: Snapshot) -> Iterator[str]:
    evidence = snapshot.catalogue.document.evidence_until
    if evidence is not None and snapshot.date > evidence.latest:
        yield f"The evidence ends on {evidence}; later statements are not in the data."
    selection = snapshot.selection
    if selection.ledger.supposed:
        yield from _supposed_notes(snapshot)
    undated = selection.undated & selection.asked & (selection.starts <= snapshot.date.toordinal())
    if undated.any():
        count, kept = (
            _statements(snapshot, rows) for rows in (undated, undated & selection.chosen)
        )
        words, how = counted(count, "statement"), snapshot.reading.undated
        yield f"No source dated by then: {words}, of which {kept} count ({how})."


def _supposed_notes(snapshot: Snapshot) -> Iterator[str]:
    """Name what is supposed and counts by then."""
    last, heard = snapshot.date.toordinal(), snapshot.selection
    rows = np.flatnonzero(heard.chosen & (heard.starts <= last))
    counting = set(heard.ledger.words.statement[rows].tolist()) & heard.ledger.supposed
    if counting:
        names = [snapshot.catalogue.document.statements[number].id for number in sorted(counting)]
        yield f"Supposed, not said: {', '.join(names)}."


def _statements(snapshot: Snapshot, rows: Flags) -> int:
    return len(set(snapshot.selection.ledger.words.statement[rows].tolist()))

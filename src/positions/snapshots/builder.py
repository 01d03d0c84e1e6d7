"""Cells, positions and claims, made from the numbers of a replay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import attrs
import numpy as np

from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.snapshots.cells import Alternatives, Cell, Claim
from positions.snapshots.ledger import ACCEPT, ATTITUDES, CONDITIONAL, REJECT, SILENT
from positions.snapshots.position import Position
from positions.snapshots.reading import Selection
from positions.snapshots.replay import NOTHING
from positions.snapshots.tracks import Track, rows_behind


@attrs.frozen(eq=False)
class PositionBuilder:
    """Makes cells, positions and claims from tracks, with the ids of the records."""

    catalogue: Catalogue
    selection: Selection

    def position(self, pair: tuple[str, str], track: Track | None, date: dt.date) -> Position:
        """Make the position on the last day of a track; a silent one where there is no track."""
        party, topic = pair
        scale = self.catalogue.scales[topic]
        if track is None:
            cells = [Cell(scale.topic.id, Attitude.SILENT)] * scale.width
            codes = (SILENT,) * scale.width
        else:
            cells = [self.cell(track, column, date) for column in range(scale.width)]
            codes = tuple(track.shown.code[-1].tolist())
        named = tuple(attrs.evolve(cells[run[0]], option=key) for key, run in scale.spans(cells))
        lapsed = self._lapsed(pair, date)
        return Position(party, topic, date, named, codes, self.catalogue, lapsed)

    def _lapsed(self, pair: tuple[str, str], date: dt.date) -> tuple[str, ...]:
        """List the statements that lapsed before the date, in the order of replay."""
        selection, day = self.selection, date.toordinal()
        numbers = self.catalogue.party_numbers[pair[0]], self.catalogue.topic_numbers[pair[1]]
        if numbers not in selection.ledger.lapsing:
            return ()
        rows = np.array(selection.ledger.rows_of(*numbers), np.int64)
        rows = rows[selection.chosen[rows] & (selection.ledger.statements.until[rows] < day)]
        return self.ids(rows[selection.counting(rows, np.full(len(rows), day))])

    def cell(self, track: Track, column: int, date: dt.date) -> Cell:
        """Make the cell of a column on the last day of a track, without the name of its option.

        The option is named once neighbouring numbers have been merged.
        """
        layer, ledger = track.shown, self.selection.ledger
        rows = rows_behind(track.cells, layer, column)
        code = int(layer.code[-1, column])
        since = track.since(column)
        said = max((int(ledger.statements.latest[row]) for row in rows), default=None)
        return Cell(
            option="",
            attitude=ATTITUDES[code],
            implied=code == REJECT and int(layer.explicit[-1, column]) == NOTHING,
            disputed=bool(layer.disputed[-1, column]),
            claimed=bool(track.claimed[-1, column]),
            inherited=self._inherited(rows, date),
            supposed=self._supposed(rows),
            since=None if since is None else dt.date.fromordinal(since),
            said=None if said is None else dt.date.fromordinal(said),
            statements=self.ids(rows),
            conditions=self.conditions(rows, column) if code == CONDITIONAL else (),
        )

    def ids(self, rows: Iterable[int]) -> tuple[str, ...]:
        """List the ids of the statements of some rows, each once."""
        numbers = dict.fromkeys(int(self.selection.ledger.statements.number[row]) for row in rows)
        return tuple(self.catalogue.document.statements[number].id for number in numbers)

    def _supposed(self, rows: Iterable[int]) -> bool:
        """Whether any of these rows is a supposition."""
        statements, supposed = self.selection.ledger.statements, self.selection.ledger.supposed
        return any(int(statements.number[row]) in supposed for row in rows)

    def _inherited(self, rows: Sequence[int], date: dt.date) -> bool:
        """Whether there are rows and all were said under an earlier government."""
        if not rows:
            return False
        days = np.full(len(rows), date.toordinal())
        return bool(self.selection.inherited(np.array(rows), days).all())

    def conditions(self, rows: Iterable[int], column: int) -> Alternatives:
        """Combine the conditions of some rows: of each statement one alternative must hold."""
        joined: Alternatives = ((),)
        for name in self.ids(rows):
            groups = self._groups(name, column)
            if groups:
                joined = tuple(
                    dict.fromkeys(
                        tuple(dict.fromkeys((*one, *other))) for one in joined for other in groups
                    )
                )
        return joined

    def _groups(self, name: str, column: int) -> Alternatives:
        """Return the alternatives that one statement sets for one column."""
        statement = self.catalogue.statement(name)
        scale = self.catalogue.scales[statement.topic]
        keys = scale.resolve(statement.says).get(column, ())
        return tuple(
            group.all for group in statement.conditions if any(key in group.for_ for key in keys)
        )

    def claims(self, pair: tuple[str, str], track: Track) -> Iterator[Claim]:
        """Yield the claims about a party on cells on which it has made statements of its own."""
        layers = track.shown, track.claims
        codes = (layer.code[-1].tolist() for layer in layers)
        alike = list(zip(*codes, track.claimed[-1].tolist(), strict=True))
        for key, run in self.catalogue.scales[pair[1]].spans(alike):
            own, claim = (int(layer.code[-1, run[0]]) for layer in layers)
            if claim != SILENT and not track.claimed[-1, run[0]]:
                statements = self.ids(rows_behind(track.cells, track.claims, run[0]))
                contested = min(own, ACCEPT) != min(claim, ACCEPT)
                yield Claim(*pair, key, ATTITUDES[claim], statements, contested)

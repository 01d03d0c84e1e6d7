"""Positions side by side, topic by topic."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import attrs

from positions.plots.charts import MOST_COLUMNS, MOST_ROWS, Grid, Tile, TileRow, Tone, left_out
from positions.plots.plotted import Plotted
from positions.records.catalogue import Catalogue, Parties, Topics
from positions.records.plain import plain, plain_fields
from positions.relations.charts import (
    position_legend,
    position_tile,
    relation_legend,
    relation_tone,
    sources_text,
)
from positions.relations.measures import Relation, measured, named_measures
from positions.relations.overlap import related
from positions.relations.overlap_rows import gap_text
from positions.relations.tidy import (
    POSITION_COLUMNS,
    SOURCE_COLUMNS,
    flat,
    position_values,
    source_values,
    summary,
    tidy_table,
)
from positions.relations.topic_overlap import Overlap, relation_text
from positions.snapshots.answers import Result
from positions.snapshots.position import Position
from positions.snapshots.snapshot import Snapshot
from positions.snapshots.wording import (
    Footnotes,
    counted,
    party_name,
    position_text,
    remarks_of,
    remarks_on,
    topic_name,
)
from positions.tables.table import Table, Value


@attrs.frozen
class Comparison:
    """The positions of several parties on one topic, and the relation between them.

    `overlap` is the relation in full; the other measures are taken from it.
    """

    topic: str
    relation: Relation
    gap: int | float | None
    positions: tuple[Position, ...]
    overlap: Overlap = attrs.field(repr=False)

    def why(self, option: str | None = None) -> str:
        """Explain the relation in sentences, with all statements behind it; see `Overlap.why`.

        Arguments:
            option: the option to explain; all options where None.

        Raises:
            UnknownNameError: the topic has no such option.
        """
        return self.overlap.why(option)


@attrs.frozen
class Comparisons(Result[Comparison], Plotted):
    """The rows of `compare`: one for each topic on which any of the parties has spoken."""

    columns: ClassVar[tuple[str, ...]] = ("topic", *named_measures(Comparison), "positions")
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    parties: tuple[str, ...]
    date: dt.date

    def to_records(self) -> list[dict[str, Any]]:
        """Return the rows as plain dictionaries; `positions` maps each party to its position."""
        return [self._record(row) for row in self.rows]

    def _record(self, row: Comparison) -> dict[str, Any]:
        positions = {position.party: plain(position) for position in row.positions}
        return {**plain_fields(row, self.columns[:-1]), "positions": positions}

    def tidy(self) -> Table:
        """Return a row for each topic and party, with plain values in all columns.

        >>> from positions.files.bundled import load
        >>> tidy = compare(load().at("2022-04-15"), ["RUS", "UKR"], "forces.cap").tidy()
        >>> [(row["party"], row["demands"]) for row in tidy.to_records()]
        [('RUS', '..85000'), ('UKR', '250000..')]
        """
        columns = (
            "date",
            "topic",
            "party",
            *named_measures(Comparison),
            *POSITION_COLUMNS,
            *SOURCE_COLUMNS,
        )
        pairs = ((row, position) for row in self.rows for position in row.positions)
        return tidy_table(self.table().title, columns, (_tidy(*pair) for pair in pairs))

    def wide(self) -> Table:
        """Return a row for each topic and a column for each party, in ids: `demand neutral`."""
        columns = (*self.columns[:-1], *self.parties)
        rows = (
            {**flat(row, self.columns[:-1]), **{p.party: summary(p) for p in row.positions}}
            for row in self.rows
        )
        return tidy_table(self.table().title, columns, rows)

    def table(self) -> Table:
        """Return the rows as a table: topic, a column for each party, relation and gap."""
        footnotes = Footnotes()
        rows = tuple(self._row(row, footnotes) for row in self.rows)
        names = tuple(party_name(self.catalogue, party) for party in self.parties)
        title = f"{', '.join(names)} on {self.date}: {counted(len(rows), 'topic')}"
        remarks = (*self.notes, *remarks_of(rows))
        return Table(title, ("topic", *names, "relation", "gap"), rows, footnotes.notes(), remarks)

    def chart(self) -> Grid:
        """Return a stance map: the position of each party on each topic, and the relation.

        A tile shows what a party affirms or, if nothing, what it rejects.
        """
        shown, parties = self.rows[:MOST_ROWS], self.parties[:MOST_COLUMNS]
        rows = tuple(self._tiles(row) for row in shown)
        tones: list[Tone] = [tile.tone for row in rows for tile in row.tiles[:-1]]
        names = tuple(party_name(self.catalogue, party) for party in parties)
        return Grid(
            title=f"{', '.join(names)} on {self.date}: {counted(len(self.rows), 'topic')}",
            legend=(
                *position_legend(tones),
                *relation_legend({row.tiles[-1].tone for row in rows}),
            ),
            remarks=(
                "“—”: has said nothing. Rejections are shown only where nothing is affirmed.",
                *left_out(len(self.rows), "topics", MOST_ROWS),
                *left_out(len(self.parties), "parties", MOST_COLUMNS),
                *remarks_on({caveat for row in rows for caveat in row.caveats}),
                *self.notes,
            ),
            sources=sources_text(
                self.catalogue, self.parties, [row.topic for row in self.rows], self.date
            ),
            columns=(*names, "relation"),
            rows=rows,
            empty="None of the parties has said anything on these topics.",
        )

    def _tiles(self, row: Comparison) -> TileRow:
        tiles = map(position_tile, row.positions[:MOST_COLUMNS])
        tone = relation_tone(row.relation, row.overlap.conditions)
        relation = Tile(relation_text(row.overlap), tone)
        return TileRow(self.catalogue.topic(row.topic).name, (*tiles, relation))

    def _row(self, row: Comparison, footnotes: Footnotes) -> tuple[Value, ...]:
        texts = (position_text(p, footnotes) for p in row.positions)
        name = topic_name(self.catalogue, row.topic)
        return (name, *texts, relation_text(row.overlap), gap_text(self.catalogue, row.overlap))


def _tidy(row: Comparison, position: Position) -> dict[str, Value]:
    """Return the position of one party on one topic as plain values."""
    return {
        **flat(row, ("topic", *named_measures(Comparison))),
        **flat(position, ("date", "party")),
        **position_values(position),
        **source_values(position.catalogue, position.statements),
    }


def compare(snapshot: Snapshot, parties: Parties, topics: Topics = None) -> Comparisons:
    """Compare the positions of parties side by side.

    Topics on which none of them has spoken are left out.

    Arguments:
        snapshot: the positions of a day.
        parties: the ids of two or more different parties.
        topics: an id, an area, or several; all where None.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: fewer than two parties, or one named twice.

    >>> from positions.files.bundled import load
    >>> row = compare(load().at("2022-04-15"), ["RUS", "UKR"], "forces.cap")[0]
    >>> [position.demands for position in row.positions], row.gap
    ([('..85000',), ('250000..',)], 165000)
    """
    chosen, found = related(snapshot, parties, topics)
    rows = tuple(
        Comparison(
            topic=row.topic,
            **measured(Comparison, row),
            positions=row.positions,
            overlap=row,
        )
        for row in found
        if row.relation != "silent"
    )
    notes = snapshot.notes_on(chosen, [row.topic for row in rows])
    return Comparisons(rows, notes, snapshot.catalogue, chosen, snapshot.date)

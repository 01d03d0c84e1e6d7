"""Conditional offers: what one party would accept in return for what another affirms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

import attrs

from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.records.models import Condition
from positions.records.plain import field_names
from positions.snapshots.answers import Result
from positions.snapshots.cells import Cell
from positions.snapshots.ledger import ATTITUDES, CONDITIONAL, SILENT
from positions.snapshots.position import Position
from positions.snapshots.snapshot import Snapshot
from positions.snapshots.wording import (
    VERBS,
    Footnotes,
    annotated,
    caveats,
    condition_text,
    counted,
    options_text,
    party_name,
    remarks_of,
    topic_name,
)
from positions.tables.cells import Text, join
from positions.tables.table import Table, Value

AFFIRMED = Attitude.CONDITIONAL.level
"""Lowest level of an attitude that affirms."""


@attrs.frozen
class Offer:
    """Options that one party would accept under conditions, at least one of which another affirms.

    Attributes:
        party: the party that would accept.
        other: the party that affirms what the first asks for in return.
        topic: the topic of the offer.
        options: the options that the party would accept, all under the same conditions.
        wanted: the highest attitude of the other to these options.
        met: the conditions of the group of which the other affirms an option.
        answers: for each of these, the highest attitude of the other to its options.
        missing: the remaining conditions of the group, which must hold as well.
        positions: the position of the party on the topic, then those of the other on
            the topics of `met`.
    """

    party: str
    other: str
    topic: str
    options: tuple[str, ...]
    wanted: Attitude
    met: tuple[Condition, ...]
    answers: tuple[Attitude, ...]
    missing: tuple[Condition, ...]
    positions: tuple[Position, ...] = attrs.field(repr=False)

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of the statements behind the offer, each once."""
        cells = (cell for _, found in self.cells for cell in found)
        return tuple(dict.fromkeys(name for cell in cells for name in cell.statements))

    @property
    def cells(self) -> Iterator[tuple[Position, list[Cell]]]:
        """The cells behind the offer: those of the options, then those of each answer."""
        yield self.positions[0], [self.positions[0].cell(option) for option in self.options]
        for position, condition in zip(self.positions[1:], self.met, strict=True):
            cells = position.cells_of(condition.options)
            yield position, [cell for cell in cells if cell.attitude.level >= AFFIRMED]


@attrs.frozen
class Offers(Result[Offer]):
    """Conditional offers of two parties to one another, one for each group of conditions."""

    columns: ClassVar[tuple[str, ...]] = (
        *field_names(Offer, without="positions"),
        "statements",
    )
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    parties: tuple[str, str]
    date: dt.date

    def table(self) -> Table:
        """Return the offers as a table: party, options, conditions met, further conditions."""
        footnotes = Footnotes()
        names = " and ".join(party_name(self.catalogue, party) for party in self.parties)
        title = f"Offers between {names} on {self.date}: {counted(len(self.rows), 'offer')}"
        rows = tuple(self._row(row, footnotes) for row in self.rows)
        headers = ("party", "would accept", "in return for", "further conditions")
        return Table(title, headers, rows, footnotes.notes(), (*self.notes, *remarks_of(rows)))

    def _row(self, row: Offer, footnotes: Footnotes) -> tuple[Value, ...]:
        return (
            party_name(self.catalogue, row.party),
            self._given(row, footnotes),
            self._asked(row, footnotes),
            self._missing(row),
        )

    def sentences(self, footnotes: Footnotes) -> Iterator[Text]:
        """Yield a sentence for each offer, with the marks of its sources."""
        for row in self.rows:
            rest = self._missing(row)
            yield (
                f"{party_name(self.catalogue, row.party)} would accept "
                + (self._given(row, footnotes) + " in return for " + self._asked(row, footnotes))
                + (f"; further conditions: {rest}." if rest else ".")
            )

    def _given(self, row: Offer, footnotes: Footnotes) -> Text:
        """Write the options offered, and the attitude of the other to them."""
        options = options_text(self.catalogue, row.topic, row.options, " or ")
        text = f"{topic_name(self.catalogue, row.topic)}: {options}"
        attitude = self._attitude_text(row, row.wanted, row.options)
        return self._marked(text, attitude, *next(row.cells), footnotes)

    def _asked(self, row: Offer, footnotes: Footnotes) -> Text:
        """Write the conditions that are met, and the attitude of the other to them."""
        _, *cells = row.cells
        texts = (
            self._marked(
                condition_text(self.catalogue, condition),
                self._attitude_text(row, attitude, condition.options),
                *answer,
                footnotes,
            )
            for condition, attitude, answer in zip(row.met, row.answers, cells, strict=True)
        )
        return join("; ", texts)

    def _missing(self, row: Offer) -> str | None:
        if not row.missing:
            return None
        return "; ".join(condition_text(self.catalogue, condition) for condition in row.missing)

    def _attitude_text(self, row: Offer, attitude: Attitude, options: Sequence[str]) -> str:
        """Write the attitude of the other to options that precede it in the text."""
        name = party_name(self.catalogue, row.other)
        if attitude == Attitude.SILENT:
            return f"{name} has not answered"
        what = "this" if len(options) == 1 else "one of these"
        if attitude == Attitude.REJECT:
            what = "this" if len(options) == 1 else "all of these"
        condition = " under conditions" if attitude == Attitude.CONDITIONAL else ""
        return f"{name} {VERBS[attitude]} {what}{condition}"

    def _marked(
        self,
        text: str,
        attitude: str,
        position: Position,
        cells: Sequence[Cell],
        footnotes: Footnotes,
    ) -> Text:
        details = join(", ", filter(None, (attitude, caveats(position, cells))))
        names = (name for cell in cells for name in cell.statements)
        return annotated(text, details, footnotes.mark(self.catalogue, names))


def meeting_offers(snapshot: Snapshot, parties: tuple[str, str], topics: Sequence[str]) -> Offers:
    """Find the conditional offers of two parties with a condition that the other affirms.

    Arguments:
        snapshot: the positions of a day.
        parties: the ids of the two.
        topics: the ids of the topics of the offers; their conditions may be on any topic.

    Returns:
        A row for each party, topic and group of conditions, in the order of the file.
    """
    rows = [
        offer
        for party, other in (parties, parties[::-1])
        for offer in _offers(snapshot, party, other, topics)
    ]
    notes = snapshot.notes_on(parties, topics)
    return Offers(tuple(rows), notes, snapshot.catalogue, parties, snapshot.date)


def _offers(snapshot: Snapshot, party: str, other: str, topics: Sequence[str]) -> Iterator[Offer]:
    for topic in topics:
        if (snapshot.codes_on([party], topic) == CONDITIONAL).any():
            position = snapshot[party, topic]
            for group, options in _groups(position).items():
                offer = _offer(snapshot, position, other, group, options)
                if offer.met:
                    yield offer


def _groups(position: Position) -> dict[tuple[Condition, ...], list[str]]:
    """Return the options by the group of conditions under which they are accepted."""
    found: dict[tuple[Condition, ...], list[str]] = {}
    for cell in position.cells:
        for group in cell.conditions:
            found.setdefault(group, []).append(cell.option)
    return found


def _offer(
    snapshot: Snapshot,
    position: Position,
    other: str,
    group: tuple[Condition, ...],
    options: Iterable[str],
) -> Offer:
    """Split one group of conditions by whether the other affirms them."""
    offered = tuple(options)
    codes = [
        SILENT if c.topic is None else _highest(snapshot, other, c.topic, c.options) for c in group
    ]
    met = [(c, code) for c, code in zip(group, codes, strict=True) if code >= CONDITIONAL]
    return Offer(
        party=position.party,
        other=other,
        topic=position.topic,
        options=offered,
        wanted=ATTITUDES[_highest(snapshot, other, position.topic, offered)],
        met=tuple(condition for condition, _ in met),
        answers=tuple(ATTITUDES[code] for _, code in met),
        missing=tuple(c for c, code in zip(group, codes, strict=True) if code < CONDITIONAL),
        positions=(position, *(snapshot[other, str(condition.topic)] for condition, _ in met)),
    )


def _highest(snapshot: Snapshot, party: str, topic: str, options: Iterable[str]) -> int:
    """Return the code of the highest attitude of a party to some options."""
    columns = sorted(snapshot.catalogue.scales[topic].columns_of(options))
    return int(snapshot.codes_on([party], topic)[0, columns].max())

"""Possible trades of two parties: each concedes on the topic that matters less to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import permutations
from typing import Any, ClassVar

import attrs

from positions.deals.offers import Offers, meeting_offers
from positions.deals.weights import EMPHASIS_NOTE, Weights, emphasis, read_weights, shares, terms
from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue, Topics
from positions.records.intervals import rounded
from positions.records.plain import field_names, plain_fields
from positions.relations.measures import is_apart, relation_of
from positions.relations.overlap import related
from positions.relations.overlap_rows import gap_text
from positions.relations.topic_overlap import Overlap
from positions.snapshots.answers import Result
from positions.snapshots.ledger import CONDITIONAL, Codes
from positions.snapshots.position import Position
from positions.snapshots.snapshot import Snapshot, require_snapshot
from positions.snapshots.wording import (
    Footnotes,
    annotated,
    caveats,
    counted,
    party_name,
    remarks_of,
    topic_name,
)
from positions.tables.cells import Numeral, Text
from positions.tables.table import Table, Value

AFFIRMED = Attitude.CONDITIONAL.level
"""Lowest level of an attitude that affirms."""
GAIN_NOTE = "Gain: how much more the trade is worth to both together than the reverse trade."
Known = Mapping[str, Mapping[str, Fraction]]
"""Weights of topics by party, as shares of 1."""


@attrs.frozen
class Trade:
    """Two topics on which parties a and b disagree: b concedes on the first, a on the second.

    Attributes:
        first: the topic on which a prevails; it matters more to a than to b, and more to
            a than the second topic.
        second: the topic on which b prevails; it matters more to b than to a, and more to
            b than the first topic.
        first_weights: the weights of the first topic for a and b, as shares of 1.
        second_weights: the weights of the second topic for a and b.
        gain: how much more the trade is worth to both together than the reverse trade, as
            a share of 1.
        first_options: the options that a affirms on the first topic, of which b would have
            to accept one.
        second_options: the options that b affirms on the second topic.
        first_gap: the gap between them on the first topic.
        second_gap: the gap between them on the second topic.
    """

    first: str
    second: str
    first_weights: tuple[Fraction, Fraction]
    second_weights: tuple[Fraction, Fraction]
    gain: Fraction
    first_options: tuple[str, ...]
    second_options: tuple[str, ...]
    first_gap: int | float | None
    second_gap: int | float | None
    overlaps: tuple[Overlap, Overlap] = attrs.field(repr=False)

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of the statements behind the trade, each once."""
        return tuple(dict.fromkeys(name for row in self.overlaps for name in row.statements))


@attrs.frozen
class Trades(Result[Trade]):
    """Possible trades, the greatest gain first, with the conditional `offers` of the parties."""

    columns: ClassVar[tuple[str, ...]] = (
        *field_names(Trade, without="overlaps"),
        "statements",
    )
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    parties: tuple[str, str]
    date: dt.date
    offers: Offers = attrs.field(repr=False)

    def to_records(self) -> list[dict[str, Any]]:
        """Return the trades as plain dictionaries; weights and gains are text such as `7/20`."""
        return [self._record(row) for row in self.rows]

    def _record(self, row: Trade) -> dict[str, Any]:
        exact = {
            "first_weights": [str(value) for value in row.first_weights],
            "second_weights": [str(value) for value in row.second_weights],
            "gain": str(row.gain),
        }
        return {**plain_fields(row, self.columns), **exact}

    def table(self) -> Table:
        """Return the trades as a table with the weights of both; the remarks list the offers."""
        footnotes = Footnotes()
        offers = tuple("On the table: " + text for text in self.offers.sentences(footnotes))
        one, other = (party_name(self.catalogue, party) for party in self.parties)
        pairs = counted(len(self.rows), "pair")
        title = f"Trades of {one}, {other} on {self.date}: {pairs} of topics"
        rows = tuple(self._row(row, footnotes) for row in self.rows)
        weights = (f"Weights are given as {one} : {other}. {GAIN_NOTE}",) if rows else ()
        remarks = (*offers, *weights, *self.notes, *remarks_of((offers, *rows)))
        headers = (f"{one} gets", f"{other} gets", "gain")
        return Table(title, headers, rows, footnotes.notes(), remarks)

    def _row(self, row: Trade, footnotes: Footnotes) -> tuple[Value, ...]:
        first, second = row.overlaps
        return (
            self._side(first, 0, row.first_weights, footnotes),
            self._side(second, 1, row.second_weights, footnotes),
            Numeral(f"{in_per_cent(row.gain)} %"),
        )

    def _side(
        self, row: Overlap, side: int, weights: tuple[Fraction, Fraction], footnotes: Footnotes
    ) -> Text:
        """Write what one party gets on a topic, the gap, and the weights."""
        position = row.positions[side]
        cells = [cell for cell in position.cells if cell.attitude.level >= AFFIRMED]
        gap = "" if row.gap is None else f"; gap {gap_text(self.catalogue, row)}"
        shown = " : ".join(in_per_cent(weight) for weight in weights)
        text = f"{topic_name(self.catalogue, row.topic)}: {affirmed_text(position)}"
        marks = footnotes.mark(self.catalogue, (name for c in cells for name in c.statements))
        return annotated(text, caveats(position, cells), marks) + f"{gap}; weights {shown} %"


def affirmed_text(position: Position) -> str:
    """Write what a party affirms, with a mention of conditions."""
    scale = position.scale
    unconditional = [scale.quote(option) for option in (*position.demands, *position.accepts)]
    conditional = [f"{scale.quote(option)} under conditions" for option in position.conditional]
    return " or ".join((*unconditional, *conditional))


def in_per_cent(share: Fraction) -> str:
    """Format a share of 1 in per cent, with one decimal place.

    >>> in_per_cent(Fraction(1, 8))
    '12.5'
    """
    return rounded(100 * share, 1)


def trades(
    snapshot: Snapshot, a: str, b: str, *, weights: Weights | None = None, topics: Topics = None
) -> Trades:
    """Find pairs of topics such that each of two parties could concede the less important one.

    The topics are terms on which the two are in deadlock or apart and each affirms
    something. A pair is a trade if the first topic matters more to a than the second topic
    and more than it matters to b, and the second topic matters more to b likewise. Its
    gain is the joint value of the trade minus that of the reverse trade (logrolling:
    Froman and Cohen 1970; Raiffa 1982).

    Arguments:
        snapshot: the positions of a day.
        a: the id of a party.
        b: the id of another party.
        weights: party, then topic, then a number of 0 or more; divided by the sum of each
            party. Topics without a weight of both are left out. If None, the emphasis: the
            share of the party's statements on terms that are on the topic.
        topics: an id, an area, or several; all if None.

    Returns:
        The trades, the greatest gain first, then in the order of the file; `offers` are the
        conditional offers on these topics with a condition that the other affirms.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: the parties are the same, or a weight is not an exact number.

    >>> from positions.files.bundled import load
    >>> row = trades(load().at("2022-04-15"), "RUS", "UKR")[0]
    >>> row.first, row.second, str(row.gain)
    ('forces.cap', 'guarantees.trigger', '79/1554')
    """
    require_snapshot(snapshot)
    one, other = snapshot.catalogue.choose_parties([a, b])
    pair = (one, other)
    known = _weights(snapshot, pair, weights)
    chosen = set(snapshot.catalogue.choose_topics(topics))
    asked = [topic for topic in terms(snapshot) if topic in chosen]
    stuck = [topic for topic in asked if is_stuck(snapshot.codes_on(pair, topic))]
    weighed = [topic for topic in stuck if all(topic in known[party] for party in pair)]
    _, rows = related(snapshot, pair, weighed)
    found = sorted(_trades(rows, known, pair), key=lambda row: -row.gain)
    notes = (*snapshot.notes_on(pair, weighed), *_notes(weights, len(stuck) - len(weighed)))
    offers = meeting_offers(snapshot, pair, asked)
    return Trades(tuple(found), notes, snapshot.catalogue, pair, snapshot.date, offers)


def _weights(snapshot: Snapshot, parties: tuple[str, str], weights: Weights | None) -> Known:
    if weights is None:
        return {party: emphasis(snapshot, party) for party in parties}
    read = read_weights(weights, parties, snapshot.topics)
    return {party: shares(given) for party, given in read.items()}


def _notes(weights: Weights | None, left_out: int) -> Iterator[str]:
    if weights is None:
        yield EMPHASIS_NOTE
    if left_out:
        yield f"Left out because a weight is missing: {counted(left_out, 'topic')}."


def is_stuck(codes: Codes) -> bool:
    """Whether two parties affirm something on a topic, and are in deadlock or apart."""
    affirming = bool((codes >= CONDITIONAL).any(axis=1).all())
    return affirming and (relation_of(codes) == "deadlock" or is_apart(codes))


def _trades(rows: Sequence[Overlap], known: Known, parties: tuple[str, str]) -> Iterator[Trade]:
    """Yield the pairs of topics that are trades: a prevails on the first, b on the second."""
    weights = {row.topic: tuple(known[party][row.topic] for party in parties) for row in rows}
    for first, second in permutations(rows, 2):
        (a_first, b_first), (a_second, b_second) = weights[first.topic], weights[second.topic]
        if a_first > max(b_first, a_second) and b_second > max(a_second, b_first):
            yield Trade(
                first=first.topic,
                second=second.topic,
                first_weights=(a_first, b_first),
                second_weights=(a_second, b_second),
                gain=a_first - b_first + b_second - a_second,
                first_options=first.positions[0].affirms,
                second_options=second.positions[1].affirms,
                first_gap=first.gap,
                second_gap=second.gap,
                overlaps=(first, second),
            )

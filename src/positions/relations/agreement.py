"""Agreement between parties, over all topics on which two of them can be compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, ClassVar

import attrs
import numpy as np

from positions.errors import InvalidInputError, UnknownNameError
from positions.plots.charts import MOST_COLUMNS, Grid, Tile, TileRow, left_out
from positions.plots.plotted import Plotted
from positions.records.catalogue import Catalogue, Parties, Topics
from positions.records.intervals import rounded
from positions.records.plain import plain_fields
from positions.relations.charts import data_text
from positions.relations.differences import Differences, differences_between
from positions.relations.measures import STANCE_RELATIONS, StanceRelation, stance_relations
from positions.snapshots.answers import Result
from positions.snapshots.ledger import SILENT, Codes, Ints
from positions.snapshots.snapshot import Snapshot, require_snapshot
from positions.snapshots.wording import counted, party_name, topic_name
from positions.tables.cells import DASH, Numeral
from positions.tables.table import Table, Value

MOST_NAMES = 6
"""The most parties that a title names; of more it states the number."""
MEANING = (
    "Agreement: of the topics on which the two stances can be compared, the share on which they "
    "are the same or compatible. All topics have equal weight; silence is not disagreement."
)
FEW = "A share based on few topics means little, and only coded statements count."


@attrs.frozen
class Agreement:
    """How far two parties agree, over the topics on which their stances can be compared.

    `same`, `compatible` and `different` are the ids of these topics, by the relation that
    `diff` finds between the two stances.
    """

    left: str
    right: str
    same: tuple[str, ...]
    compatible: tuple[str, ...]
    different: tuple[str, ...]
    snapshot: Snapshot = attrs.field(eq=False, repr=False)

    @property
    def n(self) -> int:
        """The number of topics on which the two can be compared."""
        return len(self.same) + len(self.compatible) + len(self.different)

    @property
    def value(self) -> Fraction | None:
        """The share of these topics on which they are the same or compatible, from 0 to 1.

        None if no topic can be compared. None is not 0: it means that nothing is known.
        """
        return 1 - Fraction(len(self.different), self.n) if self.n else None

    def differences(self) -> Differences:
        """Return the positions of both on each of these topics, with their statements."""
        found = differences_between(self.snapshot[self.left], self.snapshot[self.right], None)
        compared = {*self.same, *self.compatible, *self.different}
        return attrs.evolve(found, rows=tuple(row for row in found if row.topic in compared))

    def why(self) -> str:
        """Explain in sentences on which topics they agree, and on which they do not.

        >>> from positions.files.bundled import load
        >>> row = agreement(load().at("2023-06-01"), ["UKR", "CHN"], "humanitarian")[0]
        >>> print(row.why())
        Ukraine and China on 2023-06-01: the same or compatible on 1 of 1 topic.
        Compatible on 1: Exchange of prisoners of war (humanitarian.prisoners).
        """
        names = [party_name(self.snapshot.catalogue, party) for party in (self.left, self.right)]
        head = f"{' and '.join(names)} on {self.snapshot.date}"
        if self.value is None:
            return f"{head}: no topic on which their stances can be compared."
        agreed = self.n - len(self.different)
        summary = f"{head}: the same or compatible on {agreed} of {counted(self.n, 'topic')}."
        return "\n".join((summary, *self._listed()))

    def _listed(self) -> Iterator[str]:
        catalogue = self.snapshot.catalogue
        for relation in ("same", "compatible", "different"):
            topics = getattr(self, relation)
            if topics:
                names = "; ".join(topic_name(catalogue, topic) for topic in topics)
                yield f"{relation.capitalize()} on {len(topics)}: {names}."


@attrs.frozen
class Agreements(Result[Agreement], Plotted):
    """The rows of `agreement`, one for each pair: the closest first, the undefined last.

    Attributes:
        parties: the parties compared, in the order asked for.
        left_out: the coalitions left out because their members are compared.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "left",
        "right",
        "value",
        "n",
        "same",
        "compatible",
        "different",
    )
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    parties: tuple[str, ...]
    left_out: tuple[str, ...]
    date: dt.date

    def pair(self, one: str, other: str) -> Agreement:
        """Return the row of two parties, in either order.

        Raises:
            UnknownNameError: one of them was not asked about.
            InvalidInputError: they are the same party.
        """
        for party in (one, other):
            if party not in self.parties:
                raise UnknownNameError("party asked about", party, self.parties)
        if one == other:
            raise InvalidInputError("pair", "two different parties", (one, other))
        return next(row for row in self.rows if {row.left, row.right} == {one, other})

    def to_records(self) -> list[dict[str, Any]]:
        """Return the rows as plain dictionaries; the share is a float, or None if undefined."""
        return [self._record(row) for row in self.rows]

    def _record(self, row: Agreement) -> dict[str, Any]:
        value = None if row.value is None else float(row.value)
        return {**plain_fields(row, self.columns), "value": value}

    def table(self) -> Table:
        """Return the pairs that can be compared, the closest first, with their number of topics."""
        rows = tuple(self._row(row) for row in self.rows if row.value is not None)
        silent = len(self.rows) - len(rows)
        missing = (f"{counted(silent, 'more pair')} with no topic to compare.",) if silent else ()
        headers = ("party", "other party", "agreement", "topics", "same", "compatible", "different")
        remarks = (MEANING, FEW, *missing, *self.notes)
        return Table(self._title(counted(len(rows), "pair")), headers, rows, remarks=remarks)

    def matrix(self) -> Table:
        """Return a matrix of all parties: the share, and in brackets the number of topics.

        Parties that cannot be compared with any other are left out and named in a remark.
        """
        shown = self._comparable()
        cells = {frozenset((row.left, row.right)): _cell(row) for row in self.rows}
        rows = tuple(
            (one, *(None if one == other else cells[frozenset((one, other))] for other in shown))
            for one in shown
        )
        brackets = "In brackets: the number of topics compared. “—”: none."
        remarks = (MEANING, brackets, FEW, *self._not_comparable(), *self.notes)
        return Table(self._title("all pairs"), ("party", *shown), rows, remarks=remarks)

    def chart(self) -> Grid:
        """Return a heat map of all pairs of parties: the more they agree, the darker."""
        comparable = self._comparable()
        shown = comparable[:MOST_COLUMNS]
        pairs = {frozenset((row.left, row.right)): row for row in self.rows}
        tiles = [[_tile(pairs.get(frozenset((one, other)))) for other in shown] for one in shown]
        names = [party_name(self.catalogue, party) for party in shown]
        return Grid(
            title=self._title("all pairs"),
            remarks=(
                MEANING,
                "Darker: more agreement. In brackets: the number of topics compared. “—”: none.",
                FEW,
                *left_out(len(comparable), "parties", MOST_COLUMNS),
                *self._not_comparable(),
                *self.notes,
            ),
            sources=data_text(self.catalogue, f"all statements up to {self.date}"),
            columns=tuple(names),
            rows=tuple(TileRow(name, tuple(row)) for name, row in zip(names, tiles, strict=True)),
            empty="No two parties can be compared on any topic.",
        )

    def _comparable(self) -> list[str]:
        """List the parties that can be compared with at least one other."""
        known = {party for row in self.rows if row.n for party in (row.left, row.right)}
        return [party for party in self.parties if party in known]

    def _not_comparable(self) -> tuple[str, ...]:
        """Return a remark on the parties that cannot be compared with any other, if any."""
        comparable = self._comparable()
        names = ", ".join(party for party in self.parties if party not in comparable)
        return (f"Not comparable with any other party: {names}.",) if names else ()

    def _title(self, what: str) -> str:
        names = ", ".join(party_name(self.catalogue, party) for party in self.parties)
        who = names if len(self.parties) <= MOST_NAMES else f"{len(self.parties)} parties"
        return f"Agreement of {who} on {self.date}: {what}"

    def _row(self, row: Agreement) -> tuple[Value, ...]:
        names = (party_name(self.catalogue, party) for party in (row.left, row.right))
        counts = (len(topics) for topics in (row.same, row.compatible, row.different))
        return (*names, _share(row), row.n, *counts)


def _tile(row: Agreement | None) -> Tile:
    """Return the tile of a pair; that of a party with itself is blank."""
    if row is None:
        return Tile("")
    return Tile(_cell(row), share=None if row.value is None else float(row.value))


def _share(row: Agreement) -> Numeral:
    return DASH if row.value is None else Numeral(rounded(row.value, 2))


def _cell(row: Agreement) -> str:
    return f"{_share(row)} ({row.n})" if row.n else str(_share(row))


def agreement(
    snapshot: Snapshot, parties: Parties | None = None, topics: Topics = None
) -> Agreements:
    """Measure how far every two parties agree: the share of topics on which they do.

    Of the topics on which two stances are `same`, `compatible` or `different` in
    `diff`, the share that is not `different`: the simple matching coefficient of Sokal
    and Michener (1958), over topics. All topics have equal weight. Topics on which one
    is silent, or on which they neither meet nor conflict (`open`), are missing and do
    not count as disagreement. So a share based on few topics means little, and a party
    that speaks only where it agrees appears close: read `n` with it. Only coded
    statements count.

    Arguments:
        snapshot: the positions of a day.
        parties: the ids of two or more different parties; where None, all except the
            coalitions whose members are among them, which are named in `left_out`.
        topics: an id, an area, or several; all where None.

    Returns:
        A row for each pair, by descending share, and where shares are equal by
        descending number of topics; pairs with nothing to compare come last, with None and 0.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: fewer than two parties, or one named twice.

    >>> from positions.files.bundled import load
    >>> row = agreement(load().at("2023-06-01"), ["UKR", "CHN"])[0]
    >>> row.value, row.n, row.compatible
    (Fraction(3, 7), 7, ('territory.principle', 'ceasefire.grain_deal', 'humanitarian.prisoners'))
    """
    require_snapshot(snapshot)
    chosen, left_out = _chosen_parties(snapshot.catalogue, parties)
    rows = sorted(_rows(snapshot, chosen, snapshot.catalogue.choose_topics(topics)), key=_by_share)
    notes = (*_coalition_notes(snapshot.catalogue, left_out), *snapshot.notes)
    return Agreements(tuple(rows), notes, snapshot.catalogue, chosen, left_out, snapshot.date)


def _chosen_parties(
    catalogue: Catalogue, parties: Parties | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the parties asked for, or all but coalitions with members; and those left out."""
    if parties is not None:
        return catalogue.choose_parties(parties, least=2), ()
    every = catalogue.choose_parties(None)
    left_out = tuple(name for name in every if catalogue.party(name).members)
    return tuple(name for name in every if name not in left_out), left_out


def _coalition_notes(catalogue: Catalogue, left_out: Iterable[str]) -> Iterator[str]:
    for party in map(catalogue.party, left_out):
        members = ", ".join(party.members)
        yield f"{party.id} is left out, because its members {members} are compared themselves."


def _rows(snapshot: Snapshot, parties: Sequence[str], topics: Sequence[str]) -> Iterator[Agreement]:
    """Compare each party with all that follow it, on all topics at once."""
    codes, starts = _columns(snapshot, parties, topics)
    numbers = range(len(parties))
    for one in numbers:
        found = stance_relations(codes[one], codes[one + 1 :], starts)
        for other, relations in zip(numbers[one + 1 :], found, strict=True):
            yield Agreement(
                left=parties[one],
                right=parties[other],
                same=_topics_in(topics, relations, "same"),
                compatible=_topics_in(topics, relations, "compatible"),
                different=_topics_in(topics, relations, "different"),
                snapshot=snapshot,
            )


def _columns(
    snapshot: Snapshot, parties: Sequence[str], topics: Sequence[str]
) -> tuple[Codes, Ints]:
    """Return the attitudes, parties × columns of all topics, and the first column of each topic."""
    blocks = [snapshot.codes_on(parties, topic) for topic in topics]
    widths = [block.shape[1] for block in blocks]
    nothing = np.full((len(parties), 0), SILENT, np.int8)
    return np.concatenate([nothing, *blocks], axis=1), np.cumsum([0, *widths])[: len(topics)]


def _topics_in(topics: Sequence[str], relations: Ints, wanted: StanceRelation) -> tuple[str, ...]:
    places = np.flatnonzero(relations == STANCE_RELATIONS.index(wanted))
    return tuple(topics[place] for place in places.tolist())


def _by_share(row: Agreement) -> tuple[Fraction, int]:
    """Return a sort key: descending share, then number of topics; undefined shares come last."""
    return Fraction(2) if row.value is None else 1 - row.value, -row.n

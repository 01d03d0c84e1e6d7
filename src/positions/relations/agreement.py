"""Who stands near whom, over all topics on which two parties can be compared."""

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

NAMED = 6
"""How many parties a title names before it only counts them."""
MEANING = (
    "Agreement: the share of topics on which the two stances are the same or compatible, of those "
    "on which they can be compared. Every topic counts the same; silence is no disagreement."
)
FEW = "A share of few topics says little, and only what was coded can be shared."


@attrs.frozen
class Agreement:
    """How far two parties agree, over the topics on which their stances can be compared.

    `same`, `compatible` and `different` are the ids of these topics, by how `diff` of the
    two stances relates them.
    """

    left: str
    right: str
    same: tuple[str, ...]
    compatible: tuple[str, ...]
    different: tuple[str, ...]
    snapshot: Snapshot = attrs.field(eq=False, repr=False)

    @property
    def n(self) -> int:
        """Count the topics on which the two can be compared."""
        return len(self.same) + len(self.compatible) + len(self.different)

    @property
    def value(self) -> Fraction | None:
        """The share of these on which they are the same or compatible; None where there are none.

        It lies between 0 and 1. None is not 0: nothing is known of the two.
        """
        return 1 - Fraction(len(self.different), self.n) if self.n else None

    def differences(self) -> Differences:
        """Give what both say on each of these topics, with the statements: the ground of it."""
        found = differences_between(self.snapshot[self.left], self.snapshot[self.right], None)
        compared = {*self.same, *self.compatible, *self.different}
        return attrs.evolve(found, rows=tuple(row for row in found if row.topic in compared))

    def why(self) -> str:
        """Tell in sentences on which topics they agree, and on which they do not.

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
        told = f"{head}: the same or compatible on {agreed} of {counted(self.n, 'topic')}."
        return "\n".join((told, *self._listed()))

    def _listed(self) -> Iterator[str]:
        catalogue = self.snapshot.catalogue
        for relation in ("same", "compatible", "different"):
            topics = getattr(self, relation)
            if topics:
                names = "; ".join(topic_name(catalogue, topic) for topic in topics)
                yield f"{relation.capitalize()} on {len(topics)}: {names}."


@attrs.frozen
class Agreements(Result[Agreement], Plotted):
    """The rows of `agreement`, one a pair of parties: the nearest first, the undefined last.

    Attributes:
        parties: those that were paired, in the order asked for.
        left_out: the coalitions that were not, since members of theirs were.
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
        """Find the row of two parties, in whichever order.

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
        """Give the rows as plain dictionaries; the share as a float, None where undefined."""
        return [self._record(row) for row in self.rows]

    def _record(self, row: Agreement) -> dict[str, Any]:
        value = None if row.value is None else float(row.value)
        return {**plain_fields(row, self.columns), "value": value}

    def table(self) -> Table:
        """Give the pairs that can be compared, the nearest first, with how many topics it is of."""
        rows = tuple(self._row(row) for row in self.rows if row.value is not None)
        silent = len(self.rows) - len(rows)
        missing = (f"{counted(silent, 'more pair')} with no topic to compare.",) if silent else ()
        headers = ("party", "other party", "agreement", "topics", "same", "compatible", "different")
        remarks = (MEANING, FEW, *missing, *self.notes)
        return Table(self._title(counted(len(rows), "pair")), headers, rows, remarks=remarks)

    def matrix(self) -> Table:
        """Set every party against every other: the share, and in brackets of how many topics.

        Parties that cannot be compared with any other are left out, and named below.
        """
        shown = self._comparable()
        cells = {frozenset((row.left, row.right)): _cell(row) for row in self.rows}
        rows = tuple(
            (one, *(None if one == other else cells[frozenset((one, other))] for other in shown))
            for one in shown
        )
        dash = "In brackets: of how many topics. “—”: of none."
        remarks = (MEANING, dash, FEW, *self._alone(), *self.notes)
        return Table(self._title("who with whom"), ("party", *shown), rows, remarks=remarks)

    def chart(self) -> Grid:
        """Show every party against every other: the more they agree, the darker."""
        comparable = self._comparable()
        shown = comparable[:MOST_COLUMNS]
        pairs = {frozenset((row.left, row.right)): row for row in self.rows}
        tiles = [[_tile(pairs.get(frozenset((one, other)))) for other in shown] for one in shown]
        names = [party_name(self.catalogue, party) for party in shown]
        return Grid(
            title=self._title("who with whom"),
            remarks=(
                MEANING,
                "Darker: more agreement; in brackets: of how many topics. “—”: of none.",
                FEW,
                *left_out(len(comparable), "parties", MOST_COLUMNS),
                *self._alone(),
                *self.notes,
            ),
            sources=data_text(self.catalogue, f"all statements up to {self.date}"),
            columns=tuple(names),
            rows=tuple(TileRow(name, tuple(row)) for name, row in zip(names, tiles, strict=True)),
            empty="No two of them can be compared on any topic.",
        )

    def _comparable(self) -> list[str]:
        """List the parties that can be compared with another."""
        known = {party for row in self.rows if row.n for party in (row.left, row.right)}
        return [party for party in self.parties if party in known]

    def _alone(self) -> tuple[str, ...]:
        """Name the parties that cannot be compared with any other."""
        comparable = self._comparable()
        alone = ", ".join(party for party in self.parties if party not in comparable)
        return (f"With no topic to compare with any other: {alone}.",) if alone else ()

    def _title(self, what: str) -> str:
        names = ", ".join(party_name(self.catalogue, party) for party in self.parties)
        who = names if len(self.parties) <= NAMED else f"{len(self.parties)} parties"
        return f"Agreement of {who} on {self.date}: {what}"

    def _row(self, row: Agreement) -> tuple[Value, ...]:
        names = (party_name(self.catalogue, party) for party in (row.left, row.right))
        counts = (len(topics) for topics in (row.same, row.compatible, row.different))
        return (*names, _share(row), row.n, *counts)


def _tile(row: Agreement | None) -> Tile:
    """Show a pair; a party against itself is blank."""
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
    """Measure who stands near whom: the share of topics on which two stances agree.

    Of the topics on which two stances are `same`, `compatible` or `different` (as
    `diff` relates them), the share that is not `different`: the simple matching
    coefficient of Sokal and Michener (1958), over topics. Every topic counts the same.
    Topics on which one is silent, or on which nothing they said collides or meets
    (`open`), are missing and no disagreement. So a share of few topics says little, and
    who speaks only where it agrees comes out near: read `n` with it. What nobody has
    coded cannot be shared.

    Arguments:
        snapshot: the positions of a day.
        parties: the ids of two or more different parties; where None, all but the
            coalitions of which a member is among them, which are named in `left_out`.
        topics: an id, an area, or several; all where None.

    Returns:
        A row for every pair: the greatest share first, of equal ones that of more
        topics; pairs with nothing to compare come last, with None and 0 topics.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: fewer than two parties, or one named twice.

    >>> from positions.files.bundled import load
    >>> row = agreement(load().at("2023-06-01"), ["UKR", "CHN"])[0]
    >>> row.value, row.n, row.compatible
    (Fraction(3, 7), 7, ('territory.principle', 'ceasefire.grain_deal', 'humanitarian.prisoners'))
    """
    require_snapshot(snapshot)
    chosen, left_out = _asked(snapshot.catalogue, parties)
    rows = sorted(_rows(snapshot, chosen, snapshot.catalogue.choose_topics(topics)), key=_farness)
    notes = (*_coalition_notes(snapshot.catalogue, left_out), *snapshot.notes)
    return Agreements(tuple(rows), notes, snapshot.catalogue, chosen, left_out, snapshot.date)


def _asked(
    catalogue: Catalogue, parties: Parties | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Choose the parties asked for, or all; then coalitions with members are left out."""
    if parties is not None:
        return catalogue.choose_parties(parties, least=2), ()
    every = catalogue.choose_parties(None)
    left_out = tuple(name for name in every if catalogue.party(name).members)
    return tuple(name for name in every if name not in left_out), left_out


def _coalition_notes(catalogue: Catalogue, left_out: Iterable[str]) -> Iterator[str]:
    for party in map(catalogue.party, left_out):
        members = ", ".join(party.members)
        yield f"{party.id} is left out: its members {members} stand for themselves."


def _rows(snapshot: Snapshot, parties: Sequence[str], topics: Sequence[str]) -> Iterator[Agreement]:
    """Set each party against all that follow it, on all topics at once."""
    codes, starts = _columns(snapshot, parties, topics)
    numbers = range(len(parties))
    for one in numbers:
        found = stance_relations(codes[one], codes[one + 1 :], starts)
        for other, relations in zip(numbers[one + 1 :], found, strict=True):
            yield Agreement(
                left=parties[one],
                right=parties[other],
                same=_related(topics, relations, "same"),
                compatible=_related(topics, relations, "compatible"),
                different=_related(topics, relations, "different"),
                snapshot=snapshot,
            )


def _columns(
    snapshot: Snapshot, parties: Sequence[str], topics: Sequence[str]
) -> tuple[Codes, Ints]:
    """Lay topics side by side: attitudes as parties × columns, and where each topic begins."""
    blocks = [snapshot.codes_on(parties, topic) for topic in topics]
    widths = [block.shape[1] for block in blocks]
    nothing = np.full((len(parties), 0), SILENT, np.int8)
    return np.concatenate([nothing, *blocks], axis=1), np.cumsum([0, *widths])[: len(topics)]


def _related(topics: Sequence[str], relations: Ints, wanted: StanceRelation) -> tuple[str, ...]:
    places = np.flatnonzero(relations == STANCE_RELATIONS.index(wanted))
    return tuple(topics[place] for place in places.tolist())


def _farness(row: Agreement) -> tuple[Fraction, int]:
    """Put the nearest first, of equals those of more topics, and the undefined last."""
    return Fraction(2) if row.value is None else 1 - row.value, -row.n

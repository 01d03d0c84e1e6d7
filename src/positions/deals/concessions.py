"""Minimal sets of refusals whose withdrawal would make a package possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any, ClassVar

import attrs
import numpy as np

from positions.deals.deal import Component, Deal, Issue, UnansweredRule, Veto, deal_of
from positions.deals.outcome import Settled, TopicWeights, settled_in, topic_weights, whole_scores
from positions.deals.settle import (
    Refusal,
    first_of,
    limit_notes,
    linked_text,
    refusal_of,
    refusal_text,
    stuck_in,
)
from positions.deals.settlement import whole_number
from positions.deals.solver import Packages
from positions.records.catalogue import Catalogue, Parties, Topics
from positions.records.intervals import plain_number
from positions.records.models import Proposal
from positions.records.plain import plain_fields
from positions.records.scales import Scale
from positions.relations.measures import gap_between
from positions.snapshots.answers import Result
from positions.snapshots.ledger import ACCEPT, CONDITIONAL, Codes
from positions.snapshots.snapshot import Snapshot
from positions.snapshots.wording import Footnotes, annotated, counted, party_name
from positions.tables.cells import DASH, Numeral, Text, join
from positions.tables.table import Table, Value


@attrs.frozen
class GivenUp:
    """One refusal that is given up, and how far its party would have to move.

    Attributes:
        refusal: the refusal.
        way: the distance from what the party affirms to the option chosen, from 0 to 1, or
            the weight of the topic; None if no distance is defined.
        way_reason: why no distance is defined.
    """

    refusal: Refusal
    way: Fraction | None
    way_reason: str | None


@attrs.frozen
class Concession:
    """A minimal set of refusals whose withdrawal would make a package possible.

    Attributes:
        topics: the linked topics that it settles.
        given_up: the refusals, each with the distance its party would have to move.
        package: the best package that becomes possible, topic by topic.
        way: the sum of the distances; None if one of them is not defined.
    """

    topics: tuple[str, ...]
    given_up: tuple[GivenUp, ...]
    package: tuple[Settled, ...]
    way: Fraction | None

    @property
    def size(self) -> int:
        """Number of refusals given up."""
        return len(self.given_up)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The refusals given up."""
        return tuple(given.refusal for given in self.given_up)

    @property
    def by_party(self) -> dict[str, tuple[Refusal, ...]]:
        """The refusals given up by each party that gives up any."""
        found: dict[str, tuple[Refusal, ...]] = {}
        for refusal in self.refusals:
            found[refusal.party] = (*found.get(refusal.party, ()), refusal)
        return found


@attrs.frozen
class Concessions(Result[Concession]):
    """Minimal concessions, one group of linked topics after another.

    Attributes:
        complete: whether these are all; False if the limit was reached.
    """

    columns: ClassVar[tuple[str, ...]] = ("topics", "way", "size", "given_up", "package")
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    title: str
    complete: bool

    def to_records(self) -> list[dict[str, Any]]:
        """Return the concessions as plain dictionaries of ids, numbers, refusals and packages."""
        return [self._record(row) for row in self.rows]

    def _record(self, row: Concession) -> dict[str, Any]:
        record = plain_fields(row, self.columns)
        ways = [row.way, *(given.way for given in row.given_up)]
        for target, way in zip((record, *record["given_up"]), ways, strict=True):
            target["way"] = None if way is None else plain_number(way)
        return record

    def table(self) -> Table:
        """Return the concessions as a table: refusals given up, distance, resulting package."""
        footnotes = Footnotes()
        rows = tuple(self._row(row, footnotes) for row in self.rows)
        headers = ("refusals given up", "way", "resulting package")
        remarks = (*_way_remarks(self.rows), *self.notes)
        return Table(self.title, headers, rows, footnotes.notes(), remarks)

    def _row(self, row: Concession, footnotes: Footnotes) -> tuple[Value, ...]:
        given = join("; ", (self._given(given.refusal, footnotes) for given in row.given_up))
        affected = {refusal.topic for refusal in row.refusals}
        settled = "; ".join(
            f"{part.topic}: {self.catalogue.scales[part.topic].quote(part.option)}"
            for part in row.package
            if part.topic in affected
        )
        others = len(row.package) - len(affected)
        more = f" (and {counted(others, 'further topic')})" if others else ""
        return given, way_text(row), settled + more

    def _given(self, refusal: Refusal, footnotes: Footnotes) -> Text:
        name = party_name(self.catalogue, refusal.party)
        marks = footnotes.mark(self.catalogue, refusal.statements)
        return annotated(f"{name}: {refusal_text(self.catalogue, [refusal])}", "", marks)


def _way_remarks(rows: Sequence[Concession]) -> list[str]:
    """List the reasons why distances are not defined, each once."""
    reasons = dict.fromkeys(g.way_reason for row in rows for g in row.given_up if g.way_reason)
    return [f"“—”: {reason}." for reason in reasons]


def way_text(row: Concession) -> Numeral:
    """Format the distance of a concession; a dash if it is not defined."""
    return DASH if row.way is None else Numeral(f"{plain_number(row.way):.3g}")


def concessions(
    snapshot: Snapshot,
    parties: Parties,
    topics: Topics = None,
    *,
    limit: int = 100,
    size: int | None = None,
    weights: TopicWeights | None = None,
    unanswered: UnansweredRule = "refusal",
    fixed: Proposal | str | None = None,
) -> Concessions:
    """Find the minimal sets of refusals whose withdrawal would make a package possible.

    A party that gives up a refusal is then silent on the option; its earlier statements do
    not apply again. A party that gives up a group of conditions accepts the option without
    it. Each group of topics linked by conditions is solved separately. The sets are sorted
    by total distance, then by number of refusals. The distance is the gap between what the
    party affirms on the topic (for a condition: affirms unconditionally) and the option
    chosen, divided by the topic's span or the length of its scale. Where it is not defined
    it is None, and is treated as the whole scale for sorting only.

    Arguments:
        snapshot: the positions of a day.
        parties: the ids of two or more different parties.
        topics: an id, an area, or several; if None, all on which two of them have spoken.
        limit: the maximum number of sets of one group of linked topics; among sets with the
            same distance at the limit, the choice is unspecified.
        size: the maximum number of refusals of a set; any number if None.
        weights: the cost of each refusal given up on a topic, by id, instead of the
            distance; 1 if not named.
        unanswered: whether an option left unanswered is refused, or free.
        fixed: a plan whose clauses must hold, or its id.

    Returns:
        The sets, each with the best resulting package; none for topics that can be settled
        without concessions.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: an argument is not valid.
        MissingLibraryError: python-sat is not installed.

    >>> from positions.files.bundled import load
    >>> found = concessions(load().at("2025-06-02"), ["RUS", "UKR"], "territory.crimea")
    >>> sorted({row.size for row in found})
    [1, 2]
    """
    deal = deal_of(snapshot, parties, topics, unanswered, fixed)
    most = whole_number("limit", limit, 1)
    largest = None if size is None else whole_number("size", size, 1)
    prices = None if weights is None else topic_weights("weight", weights, snapshot.catalogue)
    rows: list[Concession] = []
    truncated: list[Component] = []
    unsolved: list[Component] = []
    for component, packages in stuck_in(deal):
        ways = [_way(deal, component, veto, prices) for veto in component.vetoes]
        costs = _costs([way.order for way in ways])
        found, more = first_of(packages.concessions(costs, largest), most)
        truncated += [component] if more else []
        unsolved += [] if found else [component]
        found.sort(key=lambda numbers: (sum(costs[n] for n in numbers), numbers))
        rows += [_concession(deal, component, numbers, ways) for numbers in found]
    names = ", ".join(party_name(snapshot.catalogue, party) for party in deal.parties)
    title = f"Concessions of {names} on {snapshot.date}: {len(rows)}"
    limits = limit_notes(most, truncated, "concessions")
    notes = (*deal.notes, *limits, *_size_notes(largest, unsolved))
    return Concessions(tuple(rows), notes, snapshot.catalogue, title, not truncated)


def _size_notes(size: int | None, unsolved: Iterable[Component]) -> Iterator[str]:
    """Yield a note for each component that needs larger sets than were asked for."""
    for component in unsolved:
        sets = f"No set of at most {counted(size or 0, 'refusal')}"
        yield f"{sets} makes a package possible on {linked_text(component)}; larger ones do."


@attrs.frozen
class _Way:
    """Distance that a party would have to move to one option, and its value for sorting."""

    value: Fraction | None
    order: Fraction
    reason: str | None = None


def _way(
    deal: Deal, component: Component, veto: Veto, prices: Mapping[str, Fraction] | None
) -> _Way:
    """Return the distance of one veto, or the price of its topic if prices are given."""
    if prices is not None:
        price = prices.get(veto.topic, Fraction(1))
        return _Way(price, price)
    issue = component.by_topic[veto.topic]
    scale = deal.snapshot.catalogue.scales[veto.topic]
    codes = deal.snapshot.codes_on([deal.parties[veto.party]], veto.topic)[0]
    return _gap_to(scale, codes, issue, veto)


def _gap_to(scale: Scale, codes: Codes, issue: Issue, veto: Veto) -> _Way:
    """Return the gap between what a party affirms and an option, from 0 to 1."""
    chosen = np.zeros_like(codes)
    chosen[list(issue.runs[veto.option])] = ACCEPT
    least = CONDITIONAL if veto.group is None else ACCEPT
    gap = gap_between(scale, np.stack([codes, chosen]), least)
    if gap.value is None:
        return _Way(None, Fraction(1), gap.reason)
    if scale.topic.kind == "ordinal":
        affirmed, option = np.flatnonzero(codes >= least).tolist(), issue.runs[veto.option][0]
        return _defined(min(_steps(scale, column, option) for column in affirmed))
    if scale.topic.kind == "quantity" and scale.topic.span is None:
        return _Way(None, Fraction(1), "the topic has no span to measure it by")
    return _defined(Fraction(str(gap.value)) / Fraction(str(scale.topic.span or 1)))


def _defined(distance: Fraction) -> _Way:
    """Return a distance that is defined, capped at the whole scale."""
    capped = min(distance, Fraction(1))
    return _Way(capped, capped)


def _steps(scale: Scale, one: int, other: int) -> Fraction:
    """Return the exact distance of two ordinal options, as a fraction of the scale."""
    places = scale.coordinates
    return abs(places[one] - places[other]) / (places[-1] - places[0])


def _costs(orders: Sequence[Fraction]) -> list[int]:
    """Convert distances to positive integers whose sums sort by distance, then by number."""
    unit = lcm(*(order.denominator for order in orders))
    return [int(order * unit) * (len(orders) + 1) + 1 for order in orders]


def _concession(
    deal: Deal, component: Component, numbers: Sequence[int], ways: Sequence[_Way]
) -> Concession:
    """Return the concession of some vetoes, by number, with the best resulting package."""
    ranked = Packages(component).ranked(whole_scores(component, {}), numbers)
    chosen = dict(zip(component.topics, next(ranked), strict=True))
    given = tuple(
        GivenUp(refusal_of(deal, component, component.vetoes[n]), ways[n].value, ways[n].reason)
        for n in numbers
    )
    known = [one.way for one in given if one.way is not None]
    way = sum(known, Fraction(0)) if len(known) == len(given) else None
    return Concession(
        component.topics, given, tuple(settled_in(deal, component, chosen, numbers)), way
    )

"""The least that must give for a package to become possible."""

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
    refusal_of,
    refusal_text,
    stuck_in,
    tied_text,
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
    """One refusal that is given up, and how far its party must go for that.

    Attributes:
        refusal: what is no longer insisted on.
        way: the distance from what the party affirms to the option taken, on 0 to 1,
            or the weight of the topic; None where no distance is defined.
        way_reason: why not.
    """

    refusal: Refusal
    way: Fraction | None
    way_reason: str | None


@attrs.frozen
class Concession:
    """Refusals whose giving up opens a package, while giving up fewer of them does not.

    Attributes:
        topics: the topics tied together that it settles.
        given_up: the refusals, each with the way its party must go.
        package: the best package it opens, topic by topic.
        way: all ways together; None where one is not defined.
    """

    topics: tuple[str, ...]
    given_up: tuple[GivenUp, ...]
    package: tuple[Settled, ...]
    way: Fraction | None

    @property
    def size(self) -> int:
        """Count the refusals given up."""
        return len(self.given_up)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """List the refusals given up."""
        return tuple(given.refusal for given in self.given_up)

    @property
    def by_party(self) -> dict[str, tuple[Refusal, ...]]:
        """Tell what each party gives up, of those that give up anything."""
        found: dict[str, tuple[Refusal, ...]] = {}
        for refusal in self.refusals:
            found[refusal.party] = (*found.get(refusal.party, ()), refusal)
        return found


@attrs.frozen
class Concessions(Result[Concession]):
    """Sets of refusals whose giving up opens a package, group by group of tied topics.

    Attributes:
        complete: whether these are all; else more were there than the limit.
    """

    columns: ClassVar[tuple[str, ...]] = ("topics", "way", "size", "given_up", "package")
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    title: str
    complete: bool

    def to_records(self) -> list[dict[str, Any]]:
        """Give the concessions as plain dictionaries: ids, numbers, and what is given up."""
        return [self._record(row) for row in self.rows]

    def _record(self, row: Concession) -> dict[str, Any]:
        record = plain_fields(row, self.columns)
        ways = [row.way, *(given.way for given in row.given_up)]
        for place, way in zip((record, *record["given_up"]), ways, strict=True):
            place["way"] = None if way is None else plain_number(way)
        return record

    def table(self) -> Table:
        """Give the concessions as a table: who gives up what, the way, and what it opens."""
        footnotes = Footnotes()
        rows = tuple(self._row(row, footnotes) for row in self.rows)
        headers = ("gives up", "way", "which settles")
        remarks = (*_way_remarks(self.rows), *self.notes)
        return Table(self.title, headers, rows, footnotes.notes(), remarks)

    def _row(self, row: Concession, footnotes: Footnotes) -> tuple[Value, ...]:
        given = join("; ", (self._given(given.refusal, footnotes) for given in row.given_up))
        taken = {refusal.topic for refusal in row.refusals}
        settled = "; ".join(
            f"{part.topic}: {self.catalogue.scales[part.topic].quote(part.option)}"
            for part in row.package
            if part.topic in taken
        )
        others = len(row.package) - len(taken)
        more = f" (and {counted(others, 'further topic')})" if others else ""
        return given, way_text(row), settled + more

    def _given(self, refusal: Refusal, footnotes: Footnotes) -> Text:
        name = party_name(self.catalogue, refusal.party)
        marks = footnotes.mark(self.catalogue, refusal.statements)
        return annotated(f"{name}: {refusal_text(self.catalogue, [refusal])}", "", marks)


def _way_remarks(rows: Sequence[Concession]) -> list[str]:
    """List why ways are not defined, each reason once."""
    reasons = dict.fromkeys(g.way_reason for row in rows for g in row.given_up if g.way_reason)
    return [f"“—”: {reason}." for reason in reasons]


def way_text(row: Concession) -> Numeral:
    """Write the way of a concession; a dash where it is not defined."""
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
    """Find the sets of refusals whose giving up opens a package, minimal by inclusion.

    To give up a refusal leaves silence on the option; older words do not come back. To
    give up a group of conditions is to accept the option without it. Each group of
    topics that conditions tie together is looked at by itself. The sets stand in the
    order of the way all must go, then of their number of refusals. The way is the gap
    between what the party affirms on the topic (for a condition: affirms firmly) and
    the option taken, over the topic's span or the length of its scale. Where it is
    not defined it is None, and counts as the whole scale in the order alone.

    Arguments:
        snapshot: the positions of a day.
        parties: the ids of two or more different parties.
        topics: an id, an area, or several; all on which two of them have spoken where None.
        limit: the most sets of one group of tied topics; which of several that are
            equally near the last of them are is left open.
        size: the most refusals of a set; any number where None.
        weights: what each refusal given up on a topic costs, by id, instead of the way;
            1 where not named.
        unanswered: whether an option left unanswered is refused, or free.
        fixed: a plan whose clauses must hold, or its id.

    Returns:
        The sets, each with the best package it opens; none for what can be settled anyway.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: an argument cannot be used.
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
    cut: list[Component] = []
    closed: list[Component] = []
    for component, packages in stuck_in(deal):
        ways = [_way(deal, component, veto, prices) for veto in component.vetoes]
        costs = _costs([way.order for way in ways])
        found, more = first_of(packages.concessions(costs, largest), most)
        cut += [component] if more else []
        closed += [] if found else [component]
        found.sort(key=lambda numbers: (sum(costs[n] for n in numbers), numbers))
        rows += [_concession(deal, component, numbers, ways) for numbers in found]
    names = ", ".join(party_name(snapshot.catalogue, party) for party in deal.parties)
    title = f"Concessions of {names} on {snapshot.date}: {len(rows)}"
    notes = (*deal.notes, *limit_notes(most, cut, "concessions"), *_size_notes(largest, closed))
    return Concessions(tuple(rows), notes, snapshot.catalogue, title, not cut)


def _size_notes(size: int | None, closed: Iterable[Component]) -> Iterator[str]:
    """Say of which topics the sets that were asked for are too small to open a package."""
    for component in closed:
        sets = f"No set of at most {counted(size or 0, 'refusal')}"
        yield f"{sets} opens a package on {tied_text(component)}; larger ones do."


@attrs.frozen
class _Way:
    """How far a party must go for one option, and what that counts for in the order."""

    value: Fraction | None
    order: Fraction
    reason: str | None = None


def _way(
    deal: Deal, component: Component, veto: Veto, prices: Mapping[str, Fraction] | None
) -> _Way:
    """Measure the way of one veto: the price of its topic where prices are given."""
    if prices is not None:
        price = prices.get(veto.topic, Fraction(1))
        return _Way(price, price)
    issue = component.by_topic[veto.topic]
    scale = deal.snapshot.catalogue.scales[veto.topic]
    codes = deal.snapshot.codes_on([deal.parties[veto.party]], veto.topic)[0]
    return _gap_to(scale, codes, issue, veto)


def _gap_to(scale: Scale, codes: Codes, issue: Issue, veto: Veto) -> _Way:
    """Measure the gap between what a party affirms and an option, on 0 to 1."""
    taken = np.zeros_like(codes)
    taken[list(issue.runs[veto.option])] = ACCEPT
    least = CONDITIONAL if veto.group is None else ACCEPT
    gap = gap_between(scale, np.stack([codes, taken]), least)
    if gap.value is None:
        return _Way(None, Fraction(1), gap.reason)
    if scale.topic.kind == "ordinal":
        affirmed = np.flatnonzero(codes >= least).tolist()
        return _of(min(_steps(scale, column, issue.runs[veto.option][0]) for column in affirmed))
    if scale.topic.kind == "quantity" and scale.topic.span is None:
        return _Way(None, Fraction(1), "the topic has no span to measure it by")
    return _of(Fraction(str(gap.value)) / Fraction(str(scale.topic.span or 1)))


def _of(way: Fraction) -> _Way:
    """Make a way that is defined; more than the whole scale counts as the whole."""
    kept = min(way, Fraction(1))
    return _Way(kept, kept)


def _steps(scale: Scale, one: int, other: int) -> Fraction:
    """Measure exactly how far two ordinal options lie apart, of the length of the scale."""
    places = scale.coordinates
    return abs(places[one] - places[other]) / (places[-1] - places[0])


def _costs(orders: Sequence[Fraction]) -> list[int]:
    """Turn ways into whole numbers above 0 whose sums order by way, then by number."""
    unit = lcm(*(order.denominator for order in orders))
    return [int(order * unit) * (len(orders) + 1) + 1 for order in orders]


def _concession(
    deal: Deal, component: Component, numbers: Sequence[int], ways: Sequence[_Way]
) -> Concession:
    """Tell a set of vetoes, by number, with the package that giving them up opens."""
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

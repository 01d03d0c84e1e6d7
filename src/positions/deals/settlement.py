"""Packages that all could sign, in order of preference."""

from __future__ import annotations

import datetime as dt
import functools
import heapq
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import ClassVar

import attrs

from positions.deals.deal import Component, Deal
from positions.deals.outcome import Score, Settled, score_of, settled_in, settled_row, whole_scores
from positions.deals.solver import Package, Packages
from positions.errors import InvalidInputError
from positions.records.catalogue import Catalogue
from positions.records.dates import as_date
from positions.records.intervals import plain_number
from positions.records.models import Condition, Proposal, Term
from positions.snapshots.answers import Result
from positions.snapshots.dataset import Day
from positions.snapshots.wording import Footnotes, condition_text, counted, party_name
from positions.tables.table import Table


@attrs.frozen
class Settlement(Result[Settled]):
    """A package that all parties could sign, with one row for each topic.

    Attributes:
        value: the affirmation on the topics asked about: 1 for demand and accept, ½ for
            conditional, 0 for no statement, times the weights.
    """

    columns: ClassVar[tuple[str, ...]] = (
        "topic",
        "option",
        "joined",
        "standings",
        "conditions",
        "missing",
        "hangs_on",
        "statements",
    )
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    title: str
    parties: tuple[str, ...]
    date: dt.date
    value: Fraction
    _ranking: Ranking = attrs.field(eq=False, repr=False)

    @property
    def hangs_on(self) -> tuple[Condition, ...]:
        """The conditions on which the deal depends and that no package can settle, each once."""
        return tuple(dict.fromkeys(c for row in self.rows for c in row.hangs_on))

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of the statements behind the settlement, each once."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row.statements))

    def alternatives(self, n: int) -> tuple[Settlement, ...]:
        """Find the next best packages, the best first.

        Arguments:
            n: the maximum number of packages.

        Raises:
            InvalidInputError: `n` is not a whole number of 0 or more.

        >>> from positions.files.bundled import load
        >>> from positions.deals.settle import settle
        >>> found = settle(load().at("2025-03-22"), ["RUS", "UKR"], "ceasefire.energy")
        >>> found.value, [other.value for other in found.alternatives(1)]
        (Fraction(2, 1), [])
        """
        count = whole_number("n", n, 0)
        return tuple(islice(self._ranking.settlements(), 1, count + 1))

    def proposal(self, id: str, name: str, *, on: Day | None = None) -> Proposal:
        """Return the package as a proposal: one clause for each topic, sponsored by its parties.

        Conditions that no package can settle become conditions of the clauses. The sources
        are those of the statements behind the settlement.

        Arguments:
            id: the id of the proposal.
            name: its name.
            on: its date; if None, that of the settlement.

        Raises:
            InvalidInputError: nothing is settled, or no statements are behind the settlement.
        """
        behind = [self.catalogue.statement(name) for name in self.statements]
        sources = tuple(dict.fromkeys(source for s in behind for source in s.sources))
        if not sources:
            raise InvalidInputError("settlement", "a settlement based on statements", self.title)
        return Proposal(
            id=id,
            name=name,
            date=as_date(self.date if on is None else on, what="on"),
            sponsors=self.parties,
            terms=tuple(
                Term(topic=row.topic, options=(row.option,), conditions=row.hangs_on)
                for row in self.rows
            ),
            sources=sources,
        )

    def table(self) -> Table:
        """Return the rows as a table: topic, option, attitude of each party, and the sources."""
        footnotes = Footnotes()
        rows = tuple(settled_row(self.catalogue, row, footnotes) for row in self.rows)
        headers = ("topic", "settled as", "parties")
        return Table(self.title, headers, rows, footnotes.notes(), self._remarks())

    def _remarks(self) -> tuple[str, ...]:
        texts = [condition_text(self.catalogue, condition) for condition in self.hangs_on]
        dependencies = (f"The deal depends on: {'; '.join(texts)}.",) if texts else ()
        return (f"Affirmation: {plain_number(self.value)}.", *dependencies, *self.notes)


def whole_number(what: str, given: object, least: int) -> int:
    """Return a number after checking that it is a whole number of `least` or more.

    Raises:
        InvalidInputError: it is not.
    """
    if not isinstance(given, int) or isinstance(given, bool) or given < least:
        raise InvalidInputError(what, f"a whole number of {least} or more", given)
    return given


@attrs.frozen(eq=False)
class Ranking:
    """The packages of several components combined, the best first.

    The packages of each component are found on demand, and their product is not enumerated.
    """

    deal: Deal
    weights: Mapping[str, Fraction]
    components: tuple[Component, ...]
    given_up: frozenset[int] = frozenset()

    @functools.cached_property
    def _ranked(self) -> tuple[Iterator[Package], ...]:
        return tuple(self.ranked(component) for component in self.components)

    @functools.cached_property
    def _found(self) -> tuple[list[Package], ...]:
        return tuple([] for _ in self.components)

    def ranked(self, component: Component) -> Iterator[Package]:
        """Yield the packages of one component, the best first."""
        scores = whole_scores(component, self.weights)
        return Packages(component).ranked(scores, self.given_up)

    def _package(self, component: int, place: int) -> Package | None:
        """Return the package at a place in the ranking of a component; None after the last."""
        found = self._found[component]
        while len(found) <= place:
            more = next(self._ranked[component], None)
            if more is None:
                return None
            found.append(more)
        return found[place]

    def best(self) -> Settlement:
        """Return the best package of all."""
        return next(self.settlements())

    def settlements(self) -> Iterator[Settlement]:
        """Yield the packages of all components combined, the best first.

        The successors of a package advance one component to its next place.
        """
        places = tuple(0 for _ in self.components)
        queue: list[tuple[tuple[object, ...], tuple[int, ...]]] = [(self._key(places), places)]
        seen: set[tuple[int, ...]] = {places}
        while queue:
            _, places = heapq.heappop(queue)
            yield self._settlement(places)
            for component in range(len(places)):
                successor = (*places[:component], places[component] + 1, *places[component + 1 :])
                if successor not in seen and self._package(component, successor[component]):
                    seen.add(successor)
                    heapq.heappush(queue, (self._key(successor), successor))

    def _chosen(self, places: Sequence[int]) -> dict[str, int | None]:
        """Return the option chosen on each topic, in the order of the file."""
        chosen: dict[str, int | None] = {}
        for number, place in enumerate(places):
            package = self._package(number, place)
            chosen |= zip(self.components[number].topics, package or (), strict=True)
        return {topic: chosen[topic] for topic in self.deal.topics if topic in chosen}

    def _key(self, places: Sequence[int]) -> tuple[object, ...]:
        """Return the sort key of a package: the score, then the order of the file."""
        chosen = self._chosen(places)
        score = self._score(chosen)
        options = tuple(-1 if option is None else option for option in chosen.values())
        return (*(-part for part in score), options)

    def _score(self, chosen: Mapping[str, int | None]) -> Score:
        scores = [
            score_of(issue, option, self.weights)
            for component in self.components
            for issue in component.issues
            if (option := chosen[issue.topic]) is not None
        ]
        return (
            sum((score[0] for score in scores), Fraction(0)),
            sum(score[1] for score in scores),
            sum((score[2] for score in scores), Fraction(0)),
        )

    def _settlement(self, places: Sequence[int]) -> Settlement:
        chosen = self._chosen(places)
        deal, catalogue = self.deal, self.deal.snapshot.catalogue
        found = {s.topic: s for c in self.components for s in settled_in(deal, c, chosen, ())}
        rows = tuple(found[topic] for topic in chosen if topic in found)
        names = ", ".join(party_name(catalogue, party) for party in deal.parties)
        title = f"Settlement of {names} on {deal.snapshot.date}: {counted(len(rows), 'topic')}"
        value = self._score(chosen)[0]
        return Settlement(
            rows, deal.notes, catalogue, title, deal.parties, deal.snapshot.date, value, self
        )

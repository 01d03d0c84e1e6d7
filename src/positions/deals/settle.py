"""What stands in the way of a package: refusals that cannot all be kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, islice
from typing import ClassVar, Literal

import attrs

from positions.deals.deal import Component, Deal, Issue, UnansweredRule, Veto, deal_of
from positions.deals.outcome import TopicWeights, topic_weights
from positions.deals.settlement import Ranking, Settlement, whole_number
from positions.deals.solver import Packages
from positions.records.catalogue import Catalogue, Parties, Topics
from positions.records.models import Condition, Proposal
from positions.records.plain import field_names
from positions.snapshots.answers import Result
from positions.snapshots.cells import Cell
from positions.snapshots.ledger import CONDITIONAL, REJECT
from positions.snapshots.snapshot import Snapshot
from positions.snapshots.wording import (
    Footnotes,
    annotated,
    condition_text,
    counted,
    options_text,
    party_name,
    topic_name,
)
from positions.tables.cells import Text, join
from positions.tables.formats import as_paragraph
from positions.tables.table import Table, Value

Reason = Literal["rejected", "implied", "unanswered", "condition"]
"""Why a party cannot sign: refused in words or by a demand, unanswered, or a condition fails."""

PHRASES: Mapping[Reason, str] = {
    "rejected": "rejects",
    "implied": "rejects by implication",
    "unanswered": "leaves unanswered",
    "condition": "accepts only under conditions",
}


NAMED_TOPICS = 4
"""How many of the topics that are tied together a sentence names."""

Numbers = tuple[int, ...]
"""Vetoes of a component, by number."""


@attrs.frozen
class Refusal:
    """One reason why one party cannot sign what settles a topic in one way.

    Attributes:
        party, topic, option: who, on what, and which answer.
        reason: rejected in words, implied by a demand, unanswered, or a condition.
        group: of a condition, the number of its group of alternatives, from 1.
        conditions: what that group asks for.
        statements: the statements behind; of an unanswered option, those on the others.
        said: the day of the latest of them.
    """

    party: str
    topic: str
    option: str
    reason: Reason
    group: int | None
    conditions: tuple[Condition, ...]
    statements: tuple[str, ...]
    said: dt.date | None


@attrs.frozen
class Conflict(Result[Refusal]):
    """Refusals that leave no package, while without any one of them there would be one.

    Attributes:
        topics: the topics tied together on which they clash.
        stuck: all groups of topics that cannot be settled, these among them.
    """

    columns: ClassVar[tuple[str, ...]] = field_names(Refusal)
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    parties: tuple[str, ...]
    date: dt.date
    topics: tuple[str, ...]
    stuck: tuple[tuple[str, ...], ...]
    _rest: Ranking = attrs.field(eq=False, repr=False)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """List the refusals that clash."""
        return self.rows

    @property
    def statements(self) -> tuple[str, ...]:
        """List the ids of the statements behind the refusals, each once."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row.statements))

    @property
    def rest(self) -> Settlement:
        """Settle the topics that are not tied to any conflict."""
        return self._rest.best()

    @property
    def title(self) -> str:
        """Say who cannot agree, and when."""
        *names, last = (party_name(self.catalogue, party) for party in self.parties)
        together = "both" if len(names) == 1 else "all"
        who = f"{', '.join(names)} and {last}"
        return f"On {self.date} there is no package that {who} could {together} sign."

    def table(self) -> Table:
        """Give the refusals as a table: topic, who refuses what, since which words, sources."""
        footnotes = Footnotes()
        rows = tuple(
            (topic_name(self.catalogue, topic), _phrase(self.catalogue, same, footnotes))
            for topic, same in self.grouped()
        )
        headers = ("topic", "refusal")
        return Table(self.title, headers, rows, footnotes.notes(), self._remarks())

    def grouped(self) -> list[tuple[str, list[Refusal]]]:
        """Put together the refusals that one phrase can tell."""
        found: dict[tuple[object, ...], list[Refusal]] = {}
        for row in sorted(self.rows, key=lambda row: self.catalogue.topic_numbers[row.topic]):
            key = (row.topic, row.party, row.reason, row.group, row.conditions, row.statements)
            found.setdefault(key, []).append(row)
        return [(same[0].topic, same) for same in found.values()]

    def _remarks(self) -> tuple[str, ...]:
        others = len(self.stuck) - 1
        more = (f"{counted(others, 'further group')} of topics cannot be settled either.",)
        return (*(more if others else ()), *self.notes)

    def __str__(self) -> str:
        """Tell what the table says as a paragraph, with dates and sources."""
        footnotes = Footnotes()
        parts: list[str | Text] = [self.title]
        for topic, told in groupby(self.grouped(), key=lambda pair: pair[0]):
            phrases = (_phrase(self.catalogue, same, footnotes) for _, same in told)
            parts.append(f"{topic_name(self.catalogue, topic)}: " + join("; ", phrases) + ".")
        return as_paragraph(join(" ", [*parts, *self._remarks()]), footnotes.notes())


def _phrase(catalogue: Catalogue, same: Sequence[Refusal], footnotes: Footnotes) -> Text:
    """Write refusals of one party that are alike but for the option."""
    first = same[0]
    text = f"{party_name(catalogue, first.party)} {refusal_text(catalogue, same)}"
    said = "" if first.said is None else str(first.said)
    return annotated(text, said, footnotes.mark(catalogue, first.statements))


def refusal_text(catalogue: Catalogue, same: Sequence[Refusal]) -> str:
    """Write what is refused, and on which conditions it is not."""
    first = same[0]
    options = options_text(catalogue, first.topic, (row.option for row in same), ", ")
    if first.reason != "condition":
        return f"{PHRASES[first.reason]} {options}"
    conditions = "; ".join(condition_text(catalogue, c) for c in first.conditions)
    return f"accepts {options} only if ({conditions})"


@attrs.frozen
class Conflicts(Result[Conflict]):
    """All minimal conflicts, those of one group of tied topics together, the smallest first.

    Attributes:
        complete: whether these are all; else more were there than the limit.
    """

    columns: ClassVar[tuple[str, ...]] = ("topics", "refusals", "statements")
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    title: str
    complete: bool

    def table(self) -> Table:
        """Give the conflicts as a table: the topics, and who refuses what."""
        footnotes = Footnotes()
        rows = tuple(self._row(row, footnotes) for row in self.rows)
        headers = ("topics", "refusals that clash")
        return Table(self.title, headers, rows, footnotes.notes(), self.notes)

    def _row(self, row: Conflict, footnotes: Footnotes) -> tuple[Value, ...]:
        topics = dict.fromkeys(refusal.topic for refusal in row)
        phrases = (_phrase(self.catalogue, same, footnotes) for _, same in row.grouped())
        return ", ".join(topics), join("; ", phrases)


def conflict_of(
    deal: Deal,
    component: Component,
    numbers: Iterable[int],
    stuck: Sequence[Component],
    weights: Mapping[str, Fraction],
) -> Conflict:
    """Make a conflict of the vetoes of a component, by number."""
    open_ = tuple(part for part in deal.components if part not in stuck)
    return Conflict(
        tuple(refusal_of(deal, component, component.vetoes[number]) for number in numbers),
        deal.notes,
        deal.snapshot.catalogue,
        deal.parties,
        deal.snapshot.date,
        component.topics,
        tuple(part.topics for part in stuck),
        Ranking(deal, weights, open_),
    )


def refusal_of(deal: Deal, component: Component, veto: Veto) -> Refusal:
    """Tell a veto with the statements behind it."""
    issue = component.by_topic[veto.topic]
    party = deal.parties[veto.party]
    cells = _cells_behind(deal, issue, veto)
    statements = tuple(dict.fromkeys(name for cell in cells for name in cell.statements))
    groups = issue.groups.get((veto.party, veto.option), ())
    return Refusal(
        party,
        veto.topic,
        issue.keys[veto.option],
        _reason(issue, veto, cells),
        None if veto.group is None else veto.group + 1,
        () if veto.group is None else groups[veto.group].conditions,
        statements,
        max((cell.said for cell in cells if cell.said is not None), default=None),
    )


def _cells_behind(deal: Deal, issue: Issue, veto: Veto) -> list[Cell]:
    """Find the cells that refuse; of an unanswered option, those that the party affirms."""
    codes = issue.codes[veto.party]
    left = veto.group is None and codes[veto.option] != REJECT
    affirmed = [option for option, code in enumerate(codes) if code >= CONDITIONAL]
    return [
        deal.snapshot.cell(deal.parties[veto.party], issue.topic, column)
        for option in (affirmed if left else [veto.option])
        for column in issue.runs[option]
    ]


def _reason(issue: Issue, veto: Veto, cells: Sequence[Cell]) -> Reason:
    if veto.group is not None:
        return "condition"
    if issue.codes[veto.party, veto.option] != REJECT:
        return "unanswered"
    return "implied" if all(cell.implied for cell in cells) else "rejected"


def stuck_in(deal: Deal) -> list[tuple[Component, Packages]]:
    """Find the components that cannot be settled."""
    made = ((component, Packages(component)) for component in deal.components)
    return [(component, packages) for component, packages in made if not packages.settled]


def limit_notes(limit: int, cut: Sequence[Component], what: str) -> tuple[str, ...]:
    """Say of which topics there are more answers than the limit."""
    return tuple(
        f"Only the first {limit} {what} on {tied_text(part)}; there are more." for part in cut
    )


def tied_text(component: Component) -> str:
    """Name topics that conditions tie together, the first few by their ids."""
    shown, others = component.topics[:NAMED_TOPICS], len(component.topics) - NAMED_TOPICS
    more = f" and {counted(others, 'further topic')} tied to them" if others > 0 else ""
    return ", ".join(shown) + more


def first_of(found: Iterator[Numbers], limit: int) -> tuple[list[Numbers], bool]:
    """Take the first answers up to a limit, and tell whether there are more."""
    taken = list(islice(found, limit + 1))
    return taken[:limit], len(taken) > limit


def conflicts(
    snapshot: Snapshot,
    parties: Parties,
    topics: Topics = None,
    *,
    limit: int = 100,
    unanswered: UnansweredRule = "refusal",
    fixed: Proposal | str | None = None,
) -> Conflicts:
    """Find all conflicts: refusals that leave no package, minimal by inclusion.

    Topics that conditions tie together are looked at together; the smallest conflicts
    of such a group come first.

    Arguments:
        snapshot: the positions of a day.
        parties: the ids of two or more different parties.
        topics: an id, an area, or several; all on which two of them have spoken where None.
        limit: the most conflicts of one group of tied topics.
        unanswered: whether an option left unanswered is refused, or free.
        fixed: a plan whose clauses must hold, or its id.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: an argument cannot be used.
        MissingLibraryError: python-sat is not installed.

    >>> from positions.files.bundled import load
    >>> found = conflicts(load().at("2025-06-02"), ["RUS", "UKR"], "territory.crimea")
    >>> sorted({refusal.party for refusal in found[0]})
    ['RUS', 'UKR']
    """
    deal = deal_of(snapshot, parties, topics, unanswered, fixed)
    most = whole_number("limit", limit, 1)
    stuck = stuck_in(deal)
    parts = [component for component, _ in stuck]
    rows: list[Conflict] = []
    cut: list[Component] = []
    for component, packages in stuck:
        found, more = first_of(packages.conflicts(), most)
        cut += [component] if more else []
        found.sort(key=lambda numbers: (len(numbers), numbers))
        rows += [conflict_of(deal, component, numbers, parts, {}) for numbers in found]
    names = ", ".join(party_name(snapshot.catalogue, party) for party in deal.parties)
    title = f"Conflicts of {names} on {snapshot.date}: {len(rows)}"
    notes = (*deal.notes, *limit_notes(most, cut, "conflicts"))
    return Conflicts(tuple(rows), notes, snapshot.catalogue, title, not cut)


def settle(
    snapshot: Snapshot,
    parties: Parties,
    topics: Topics = None,
    *,
    weights: TopicWeights | None = None,
    unanswered: UnansweredRule = "refusal",
    fixed: Proposal | str | None = None,
) -> Settlement | Conflict:
    """Find the package that all could sign and that they affirm most, or what prevents one.

    A party can sign if it rejects none of the options, has left none unanswered, and
    for each that it accepts conditionally one group of conditions holds in the package.
    Where it is silent on a whole topic it is free, and its word is missing. Texts count
    as not contradicted: `hangs_on` lists them. A topic that only a condition names
    joins where the deal needs it. Of packages equally affirmed that with the fewest
    joined topics comes first, then the first in the order of the file.

    Arguments:
        snapshot: the positions of a day.
        parties: the ids of two or more different parties.
        topics: an id, an area, or several; all on which two of them have spoken where None.
        weights: what topics count for, by id: numbers of 0 or more; 1 where not named.
        unanswered: whether an option left unanswered is refused, or free.
        fixed: a plan whose clauses must hold, or its id; its topics belong to the package.

    Returns:
        A `Settlement`, or the first `Conflict`; its `rest` settles what is not in conflict.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: an argument cannot be used.
        MissingLibraryError: python-sat is not installed.

    >>> from positions.files.bundled import load
    >>> ds = load()
    >>> [row.option for row in settle(ds.at("2025-03-22"), ["RUS", "UKR"], "ceasefire.energy")]
    ['halted']
    >>> settle(ds.at("2026-01-31"), ["RUS", "UKR"], "territory.crimea").parties
    ('RUS', 'UKR')
    """
    deal = deal_of(snapshot, parties, topics, unanswered, fixed)
    counted = topic_weights("weight", weights, snapshot.catalogue)
    stuck = stuck_in(deal)
    if not stuck:
        return Ranking(deal, counted, deal.components).best()
    component, packages = stuck[0]
    numbers = packages.conflict(range(len(component.vetoes)))
    return conflict_of(deal, component, numbers, [part for part, _ in stuck], counted)

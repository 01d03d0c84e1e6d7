"""Find a package that all could sign, or the conflicts that prevent one."""

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
"""Why a party cannot sign: explicit or implied refusal, no answer, or a condition not met."""

PHRASES: Mapping[Reason, str] = {
    "rejected": "rejects",
    "implied": "rejects by implication",
    "unanswered": "leaves unanswered",
    "condition": "accepts only under conditions",
}


NAMED_TOPICS = 4
"""Maximum number of linked topics that a sentence names."""

Numbers = tuple[int, ...]
"""Numbers of vetoes of a component."""


@attrs.frozen
class Refusal:
    """One reason why one party cannot sign a package with one option of a topic.

    Attributes:
        party: the id of the party.
        topic: the id of the topic.
        option: the option that is refused.
        reason: an explicit or implied rejection, no answer, or a condition.
        group: for a condition, the number of its group of alternatives, from 1.
        conditions: the conditions of that group.
        statements: the ids of the statements behind the refusal; for an unanswered option,
            those on the other options.
        said: the date of the latest of them.
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
    """A minimal set of incompatible refusals: without any one of them there would be a package.

    Attributes:
        topics: the linked topics of the refusals.
        stuck: all groups of linked topics that cannot be settled, including these.
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
        """The incompatible refusals."""
        return self.rows

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of the statements behind the refusals, each once."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row.statements))

    @property
    def rest(self) -> Settlement:
        """The settlement of all topics that are not part of any conflict."""
        return self._rest.best()

    @property
    def title(self) -> str:
        """A sentence that names the parties and the date."""
        *names, last = (party_name(self.catalogue, party) for party in self.parties)
        together = "both" if len(names) == 1 else "all"
        who = f"{', '.join(names)} and {last}"
        return f"On {self.date} there is no package that {who} could {together} sign."

    def table(self) -> Table:
        """Return the refusals as a table of topics and refusals, with dates and sources."""
        footnotes = Footnotes()
        rows = tuple(
            (topic_name(self.catalogue, topic), _phrase(self.catalogue, same, footnotes))
            for topic, same in self.grouped()
        )
        headers = ("topic", "refusal")
        return Table(self.title, headers, rows, footnotes.notes(), self._remarks())

    def grouped(self) -> list[tuple[str, list[Refusal]]]:
        """Group the refusals that differ only in the option; sorted by topic."""
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
        """Write the conflict as a paragraph, with dates and sources."""
        footnotes = Footnotes()
        parts: list[str | Text] = [self.title]
        for topic, pairs in groupby(self.grouped(), key=lambda pair: pair[0]):
            phrases = (_phrase(self.catalogue, same, footnotes) for _, same in pairs)
            parts.append(f"{topic_name(self.catalogue, topic)}: " + join("; ", phrases) + ".")
        return as_paragraph(join(" ", [*parts, *self._remarks()]), footnotes.notes())


def _phrase(catalogue: Catalogue, same: Sequence[Refusal], footnotes: Footnotes) -> Text:
    """Write refusals of one party that differ only in the option."""
    first = same[0]
    text = f"{party_name(catalogue, first.party)} {refusal_text(catalogue, same)}"
    said = "" if first.said is None else str(first.said)
    return annotated(text, said, footnotes.mark(catalogue, first.statements))


def refusal_text(catalogue: Catalogue, same: Sequence[Refusal]) -> str:
    """Write the options refused, or the conditions on which they are accepted."""
    first = same[0]
    options = options_text(catalogue, first.topic, (row.option for row in same), ", ")
    if first.reason != "condition":
        return f"{PHRASES[first.reason]} {options}"
    conditions = "; ".join(condition_text(catalogue, c) for c in first.conditions)
    return f"accepts {options} only if ({conditions})"


@attrs.frozen
class Conflicts(Result[Conflict]):
    """Minimal conflicts by group of linked topics, the smallest first.

    Attributes:
        complete: whether these are all; False if the limit was reached.
    """

    columns: ClassVar[tuple[str, ...]] = ("topics", "refusals", "statements")
    catalogue: Catalogue = attrs.field(eq=False, repr=False)
    title: str
    complete: bool

    def table(self) -> Table:
        """Return the conflicts as a table of topics and incompatible refusals."""
        footnotes = Footnotes()
        rows = tuple(self._row(row, footnotes) for row in self.rows)
        headers = ("topics", "incompatible refusals")
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
    """Return the conflict of some vetoes of a component, by number."""
    solvable = tuple(part for part in deal.components if part not in stuck)
    return Conflict(
        tuple(refusal_of(deal, component, component.vetoes[number]) for number in numbers),
        deal.notes,
        deal.snapshot.catalogue,
        deal.parties,
        deal.snapshot.date,
        component.topics,
        tuple(part.topics for part in stuck),
        Ranking(deal, weights, solvable),
    )


def refusal_of(deal: Deal, component: Component, veto: Veto) -> Refusal:
    """Return the refusal of a veto, with the statements behind it."""
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
    """Return the cells that refuse; for an unanswered option, those that the party affirms."""
    codes = issue.codes[veto.party]
    unanswered = veto.group is None and codes[veto.option] != REJECT
    affirmed = [option for option, code in enumerate(codes) if code >= CONDITIONAL]
    return [
        deal.snapshot.cell(deal.parties[veto.party], issue.topic, column)
        for option in (affirmed if unanswered else [veto.option])
        for column in issue.runs[option]
    ]


def _reason(issue: Issue, veto: Veto, cells: Sequence[Cell]) -> Reason:
    if veto.group is not None:
        return "condition"
    if issue.codes[veto.party, veto.option] != REJECT:
        return "unanswered"
    return "implied" if all(cell.implied for cell in cells) else "rejected"


def stuck_in(deal: Deal) -> list[tuple[Component, Packages]]:
    """Return the components that cannot be settled, with their packages."""
    pairs = ((component, Packages(component)) for component in deal.components)
    return [(component, packages) for component, packages in pairs if not packages.satisfiable]


def limit_notes(limit: int, truncated: Sequence[Component], what: str) -> tuple[str, ...]:
    """Return a note for each component that has more results than the limit."""
    return tuple(
        f"Only the first {limit} {what} on {linked_text(part)} are listed; there are more."
        for part in truncated
    )


def linked_text(component: Component) -> str:
    """Name the topics of a component, the first few by their ids."""
    shown, others = component.topics[:NAMED_TOPICS], len(component.topics) - NAMED_TOPICS
    more = f" and {counted(others, 'further topic')} linked to them" if others > 0 else ""
    return ", ".join(shown) + more


def first_of(found: Iterator[Numbers], limit: int) -> tuple[list[Numbers], bool]:
    """Return the first results up to a limit, and whether there are more."""
    first = list(islice(found, limit + 1))
    return first[:limit], len(first) > limit


def conflicts(
    snapshot: Snapshot,
    parties: Parties,
    topics: Topics = None,
    *,
    limit: int = 100,
    unanswered: UnansweredRule = "refusal",
    fixed: Proposal | str | None = None,
) -> Conflicts:
    """Find all conflicts: sets of incompatible refusals, minimal by inclusion.

    Topics linked by conditions are solved together; the smallest conflicts of each such
    group come first.

    Arguments:
        snapshot: the positions of a day.
        parties: the ids of two or more different parties.
        topics: an id, an area, or several; if None, all on which two of them have spoken.
        limit: the maximum number of conflicts of one group of linked topics.
        unanswered: whether an option left unanswered is refused, or free.
        fixed: a plan whose clauses must hold, or its id.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: an argument is not valid.
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
    truncated: list[Component] = []
    for component, packages in stuck:
        found, more = first_of(packages.conflicts(), most)
        truncated += [component] if more else []
        found.sort(key=lambda numbers: (len(numbers), numbers))
        rows += [conflict_of(deal, component, numbers, parts, {}) for numbers in found]
    names = ", ".join(party_name(snapshot.catalogue, party) for party in deal.parties)
    title = f"Conflicts of {names} on {snapshot.date}: {len(rows)}"
    notes = (*deal.notes, *limit_notes(most, truncated, "conflicts"))
    return Conflicts(tuple(rows), notes, snapshot.catalogue, title, not truncated)


def settle(
    snapshot: Snapshot,
    parties: Parties,
    topics: Topics = None,
    *,
    weights: TopicWeights | None = None,
    unanswered: UnansweredRule = "refusal",
    fixed: Proposal | str | None = None,
) -> Settlement | Conflict:
    """Find the most affirmed package that all could sign, or a conflict that prevents one.

    A party can sign if it rejects none of the options, has left none unanswered, and for
    each option that it accepts conditionally the package meets one group of conditions. A
    party that is silent on a topic is free, and is listed as missing. Conditions that no
    package can settle are treated as not contradicted, and listed in `hangs_on`. A topic
    that only a condition names is joined if the deal requires it. Ties are broken by the
    fewest joined topics, then by the order of the file.

    Arguments:
        snapshot: the positions of a day.
        parties: the ids of two or more different parties.
        topics: an id, an area, or several; if None, all on which two of them have spoken.
        weights: weights of topics by id: numbers of 0 or more; 1 if not named.
        unanswered: whether an option left unanswered is refused, or free.
        fixed: a plan whose clauses must hold, or its id; its topics belong to the package.

    Returns:
        A `Settlement`, or the first `Conflict`, whose `rest` settles the other topics.

    Raises:
        UnknownNameError: a party or topic is not in the data set.
        InvalidInputError: an argument is not valid.
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

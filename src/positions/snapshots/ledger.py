"""Statements as columns of integers.

A *word* is what one party says in one statement; it has an *entry* for every option
that it names. Words stand in the order in which they are replayed: by party and
topic, then by the first day they can have been said, the vaguer before the better
known. So a vague word never overrides a better known one within its span.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import get_args

import attrs
import numpy as np
import numpy.typing as npt

from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.records.fields import Attribution
from positions.records.models import Party, Source, Statement
from positions.records.suppositions import Supposition, suppositions

Ints = npt.NDArray[np.int64]
"""A column of numbers."""
Codes = npt.NDArray[np.int8]
"""A column of attitudes as small integers; their order is the order of levels."""
Flags = npt.NDArray[np.bool_]
"""A column of yes and no."""

REJECT, SILENT, CONDITIONAL, ACCEPT, DEMAND = range(5)

CODES = {
    Attitude.REJECT: REJECT,
    Attitude.WITHDRAWN: SILENT,
    Attitude.CONDITIONAL: CONDITIONAL,
    Attitude.ACCEPT: ACCEPT,
    Attitude.DEMAND: DEMAND,
}
"""The small integer of each attitude that can be said; what is withdrawn is silent."""

ATTITUDES = (
    Attitude.REJECT,
    Attitude.SILENT,
    Attitude.CONDITIONAL,
    Attitude.ACCEPT,
    Attitude.DEMAND,
)
"""The attitude of each small integer."""

ALWAYS = np.iinfo(np.int32).max
"""The last day of a word that never lapses."""

NOBODY = -1
"""The number of no statement."""

ATTRIBUTIONS: tuple[Attribution, ...] = get_args(Attribution)
CONFIDENCES = (None, "low", "medium", "high")


@attrs.frozen(eq=False)
class Words:
    """One row a word: who, on what, when, and what is known of it.

    Days are proleptic ordinals. `starts` and `starts_early` are the days from which
    the word counts, by the last and by the first day it can have been said; `until`
    is the last day it stands; `published` the first day one of its sources is known
    to have been public, `retrieved` the first day an undated one was seen.
    """

    party: Ints
    topic: Ints
    earliest: Ints
    latest: Ints
    starts: Ints
    starts_early: Ints
    until: Ints
    statement: Ints
    attribution: Ints
    confidence: Ints
    published: Ints
    retrieved: Ints

    def __len__(self) -> int:
        return len(self.party)

    def take(self, rows: Ints) -> Words:
        """Give the words of some rows, in the order of the rows."""
        return Words(*(column[rows] for column in attrs.astuple(self, recurse=False)))


@attrs.frozen(eq=False)
class Ledger:
    """All words of a data set in the order of replay, and the entries of each.

    `first_entry[w]` to `first_entry[w + 1]` are the entries of word `w`; `column`
    counts within the topic. `width` is the number of columns of each topic,
    `mandates` the days on which the governments of each party began, `denied` the
    numbers of denied statements and of those that deny them, `supposed` the numbers of
    what is supposed.
    """

    words: Words
    first_entry: Ints
    column: Ints
    said: Codes
    width: Ints
    mandates: tuple[tuple[int, ...], ...] = ()
    denied: Mapping[int, tuple[int, ...]] = attrs.field(factory=dict)
    supposed: frozenset[int] = frozenset()

    @functools.cached_property
    def pair(self) -> Ints:
        """Number the party and topic of each word."""
        return self.words.party * len(self.width) + self.words.topic

    @functools.cached_property
    def sitting(self) -> Ints:
        """Number the words so that those of one number are read together.

        These are the words of one party on one topic on one day, or within one span of
        days; each supposition is read by itself.
        """
        words = self.words
        alone = np.where(np.isin(words.statement, list(self.supposed)), words.statement, NOBODY)
        return number_runs(self.pair, words.earliest, words.latest, alone)

    @functools.cached_property
    def entry_word(self) -> Ints:
        """Tell the word of each entry."""
        return np.repeat(np.arange(len(self.words)), np.diff(self.first_entry))

    @functools.cached_property
    def lapsing(self) -> frozenset[tuple[int, int]]:
        """Name the pairs of party and topic with words that stand only for a time."""
        rows = np.flatnonzero(self.words.until < ALWAYS)
        parties, topics = self.words.party[rows].tolist(), self.words.topic[rows].tolist()
        return frozenset(zip(parties, topics, strict=True))

    @functools.cached_property
    def demands(self) -> Ints:
        """Count what each word demands."""
        return np.bincount(self.entry_word[self.said == DEMAND], minlength=len(self.words))

    @functools.cached_property
    def deniable(self) -> Flags:
        """Mark the words of denied statements."""
        return np.isin(self.words.statement, list(self.denied))

    @functools.cached_property
    def disputed(self) -> Ints:
        """List the words of statements that deny or are denied, statement by statement."""
        names = {*self.denied, *(by for deniers in self.denied.values() for by in deniers)}
        rows = np.flatnonzero(np.isin(self.words.statement, list(names)))
        return rows[np.argsort(self.words.statement[rows], kind="stable")]

    def words_of(self, party: int, topic: int) -> range:
        """Find the words of one party on one topic."""
        pair = party * len(self.width) + topic
        first, last = np.searchsorted(self.pair, [pair, pair + 1])
        return range(int(first), int(last))


def ledger_of(words: Words, entry_word: Ints, column: Ints, said: Codes, width: Ints) -> Ledger:
    """Put words and their entries, given in any order, into the order of replay.

    Words of one party on one topic with the same date stay in the order given.

    Arguments:
        words: one row a word.
        entry_word: for each entry, the row of its word.
        column: for each entry, the column within the topic.
        said: for each entry, the attitude as a small integer.
        width: for each topic, the number of its columns.
    """
    pair = words.party * len(width) + words.topic
    order = np.lexsort((-words.latest, words.earliest, pair))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    by_word = np.lexsort((column, place[entry_word]))
    first_entry = np.zeros(len(words) + 1, np.int64)
    np.cumsum(np.bincount(place[entry_word], minlength=len(words)), out=first_entry[1:])
    return Ledger(words.take(order), first_entry, column[by_word], said[by_word], width)


def distinct(numbers: Ints) -> Ints:
    """Return each number once, in ascending order.

    `np.unique` does so too, but imports `numpy.ma` for it, which nothing else here needs.
    """
    ordered = np.sort(numbers)
    found: Ints = ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]
    return found


def number_runs(*keys: npt.NDArray[np.generic]) -> Ints:
    """Number the runs of rows that are alike in all of these columns."""
    starts = np.zeros(len(keys[0]), bool)
    for key in keys:
        starts[1:] |= key[1:] != key[:-1]
    return np.cumsum(starts)


def ledger_from(catalogue: Catalogue) -> Ledger:
    """Write the statements of a data set as columns."""
    sources = {source.id: source for source in catalogue.document.sources}
    rows: list[tuple[int, ...]] = []
    entries: list[tuple[int, int, int]] = []
    for number, statement in sorted(enumerate(catalogue.document.statements), key=_place):
        topic = catalogue.topic_numbers[statement.topic]
        about = _about(statement, number, [sources[name] for name in statement.sources])
        says = _said(catalogue, statement)
        for party in statement.parties:
            entries += [(len(rows), column, code) for column, code in says.items()]
            rows.append((catalogue.party_numbers[party], topic, *about))
    table = np.array(rows, np.int64).reshape(len(rows), len(attrs.fields(Words)))
    entry = np.array(entries, np.int64).reshape(len(entries), 3)
    width = np.array([scale.width for scale in catalogue.scales.values()], np.int64)
    words = Words(*table.T)
    ledger = ledger_of(words, entry[:, 0], entry[:, 1], entry[:, 2].astype(np.int8), width)
    return attrs.evolve(
        ledger,
        mandates=tuple(_mandates(party) for party in catalogue.document.parties),
        denied=_denials(catalogue.document.statements),
        supposed=frozenset(
            catalogue.statement_numbers[said.id] for said in suppositions(catalogue.document)
        ),
    )


def _place(numbered: tuple[int, Statement]) -> tuple[int, str]:
    """Put statements in order by id, whatever the file's, and then what is supposed, as it came."""
    number, statement = numbered
    return (number, "") if isinstance(statement, Supposition) else (NOBODY, statement.id)


def _mandates(party: Party) -> tuple[int, ...]:
    return tuple(sorted(mandate.from_.earliest.toordinal() for mandate in party.mandates))


def _said(catalogue: Catalogue, statement: Statement) -> Mapping[int, int]:
    deciding = catalogue.scales[statement.topic].resolve(statement.says)
    return {column: CODES[statement.says[keys[0]]] for column, keys in deciding.items()}


def _about(statement: Statement, number: int, sources: Iterable[Source]) -> tuple[int, ...]:
    """Write what the words of one statement share, in the order of the columns of `Words`."""
    date, begins = statement.date, statement.from_ or statement.date
    published, retrieved = _known(statement, sources)
    return (
        date.earliest.toordinal(),
        date.latest.toordinal(),
        max(date.latest, begins.latest).toordinal(),
        max(date.earliest, begins.earliest).toordinal(),
        ALWAYS if statement.until is None else statement.until.latest.toordinal(),
        number,
        ATTRIBUTIONS.index(statement.attribution),
        CONFIDENCES.index(statement.confidence),
        published,
        retrieved,
    )


def _known(statement: Statement, sources: Iterable[Source]) -> tuple[int, int]:
    """Find the first day a dated source was public, and the first an undated one was seen.

    What is supposed is known from its day.
    """
    published, retrieved = ALWAYS, ALWAYS
    if isinstance(statement, Supposition):
        published = statement.date.latest.toordinal()
    for source in sources:
        if source.published is not None:
            published = min(published, source.published.latest.toordinal())
        elif source.retrieved is not None:
            retrieved = min(retrieved, source.retrieved.latest.toordinal())
    return published, retrieved


def _denials(statements: Iterable[Statement]) -> dict[int, tuple[int, ...]]:
    """Tell for each denied statement, by its number, which statements deny it."""
    numbers = {statement.id: number for number, statement in enumerate(statements)}
    denied: dict[int, list[int]] = defaultdict(list)
    for statement in statements:
        for name in statement.denies:
            denied[numbers[name]].append(numbers[statement.id])
    return {number: tuple(by) for number, by in denied.items()}

"""The data set: records found by id, and the snapshot of any day."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from typing import Literal, TypedDict

import attrs
from pydantic import ValidationError

from positions.errors import DataError, Fault, InvalidInputError
from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue, Parties, Topics
from positions.records.dates import Date, as_date, as_day
from positions.records.fields import Attribution, Confidence
from positions.records.head import last_day
from positions.records.listings import Listing
from positions.records.models import (
    SCHEMA_VERSION,
    ConditionGroup,
    Document,
    Event,
    Party,
    Proposal,
    Source,
    Statement,
    Topic,
)
from positions.records.suppositions import ConditionFields, supposition, suppositions
from positions.snapshots.ledger import ATTRIBUTIONS, Ledger, ledger_from
from positions.snapshots.overviews import dataset_table
from positions.snapshots.reading import OWN_ATTRIBUTIONS, Reading, attributions_of, days_of
from positions.snapshots.snapshot import Snapshot, snapshot_on
from positions.tables.table import Shown, Table

Day = str | dt.date | Date
"""A day as an argument; a vague date means its last day."""


@attrs.frozen(repr=False)
class Dataset(Shown):
    """Parties, topics and sourced statements, checked against one another.

    Raises:
        DataError: records refer to missing records, or contradict the format.
    """

    document: Document
    catalogue: Catalogue = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "catalogue", Catalogue(self.document))

    def __repr__(self) -> str:
        counts = len(self.parties), len(self.topics), len(self.statements)
        text = "{!r}: {} parties, {} topics, {} statements".format(self.document.title, *counts)
        supposed = f", {len(self.supposed)} of them supposed" if self.supposed else ""
        return f"<Dataset {text}{supposed}>"

    def table(self) -> Table:
        """Return an overview: how many records of each kind, and which."""
        return dataset_table(self.document)

    @classmethod
    def of(
        cls,
        *,
        parties: Iterable[Party],
        topics: Iterable[Topic],
        sources: Iterable[Source] = (),
        statements: Iterable[Statement] = (),
        proposals: Iterable[Proposal] = (),
        events: Iterable[Event] = (),
        title: str = "Untitled",
        authors: str | Iterable[str] = (),
        evidence_until: Day | None = None,
    ) -> Dataset:
        """Make a data set of records, for example in a notebook.

        Raises:
            DataError: the records are inconsistent; every fault is listed.

        >>> from positions.records.models import Option, Party, Topic
        >>> answers = [Option(id=word, name=word, definition=word) for word in ("yes", "no")]
        >>> Dataset.of(
        ...     parties=[Party(id="UNION", name="The union", kind="non_state")],
        ...     topics=[
        ...         Topic(
        ...             id="wage.rise",
        ...             name="Rise",
        ...             question="A rise?",
        ...             kind="nominal",
        ...             options=answers,
        ...         )
        ...     ],
        ... )
        <Dataset 'Untitled': 1 parties, 1 topics, 0 statements>
        """
        return cls(
            Document(
                schema_version=SCHEMA_VERSION,
                data_version="0",
                title=title,
                description=title,
                licence="none given",
                authors=(authors,) if isinstance(authors, str) else tuple(authors),
                evidence_until=None if evidence_until is None else as_date(evidence_until),
                parties=tuple(parties),
                topics=tuple(topics),
                sources=tuple(sources),
                statements=tuple(statements),
                proposals=tuple(proposals),
                events=tuple(events),
            )
        )

    @functools.cached_property
    def parties(self) -> Listing[Party]:
        """All parties, in the order of the file."""
        return Listing(self.document.parties)

    @functools.cached_property
    def topics(self) -> Listing[Topic]:
        """All topics, in the order of the file."""
        return Listing(self.document.topics)

    @functools.cached_property
    def sources(self) -> Listing[Source]:
        """All sources, in the order of the file."""
        return Listing(self.document.sources)

    @functools.cached_property
    def statements(self) -> Listing[Statement]:
        """All statements, in the order of the file."""
        return Listing(self.document.statements)

    @functools.cached_property
    def proposals(self) -> Listing[Proposal]:
        """All proposals, in the order of the file."""
        return Listing(self.document.proposals)

    @functools.cached_property
    def events(self) -> Listing[Event]:
        """All events, in the order of the file."""
        return Listing(self.document.events)

    @property
    def last_day(self) -> dt.date:
        """The default day of all questions: the end of the evidence.

        Where the data set gives no end, it is the last day of a statement, a proposal or
        an event; without any of these, an error asks for a day.
        """
        return last_day(self.document)

    @property
    def supposed(self) -> tuple[str, ...]:
        """The ids of the suppositions, in the order in which they were made."""
        return tuple(said.id for said in suppositions(self.document))

    def party(self, id: str) -> Party:
        """Find a party by id; the error for an unknown id suggests the nearest."""
        return self.catalogue.party(id)

    def topic(self, id: str) -> Topic:
        """Find a topic by id; the error for an unknown id suggests the nearest."""
        return self.catalogue.topic(id)

    def source(self, id: str) -> Source:
        """Find a source by id; the error for an unknown id suggests the nearest."""
        return self.catalogue.source(id)

    def statement(self, id: str) -> Statement:
        """Find a statement by id; the error for an unknown id suggests the nearest."""
        return self.catalogue.statement(id)

    def proposal(self, id: str) -> Proposal:
        """Find a proposal by id; the error for an unknown id suggests the nearest."""
        return self.catalogue.proposal(id)

    def event(self, id: str) -> Event:
        """Find an event by id; the error for an unknown id suggests the nearest."""
        return self.catalogue.event(id)

    @functools.cached_property
    def ledger(self) -> Ledger:
        """The statements as columns of integers."""
        return ledger_from(self.catalogue)

    def add(self, *statements: Statement) -> Dataset:
        """Make a new data set with further statements; this one stays as it is.

        Raises:
            DataError: they do not fit the records of the data set.

        >>> from positions.files.bundled import load
        >>> ds = load()
        >>> demand = ds.statement("ukr.2022-09-30.membership")
        >>> refusal = Statement(**{**dict(demand), "id": "what-if", "says": {"member": "reject"}})
        >>> len(ds.add(refusal).statements) - len(ds.statements)
        1
        """
        return self._with((*self.statements, *map(_checked, statements)))

    def suppose(
        self,
        party: str,
        topic: str,
        says: Mapping[str, Attitude | str],
        *,
        on: Day | None = None,
        conditions: Iterable[ConditionGroup | ConditionFields] = (),
        until: Day | None = None,
    ) -> Dataset:
        """Make a data set in which a party says something, without a source for it.

        Suppositions count after all real statements up to and including their day, in the
        order in which they are made. They are marked wherever they are shown, and cannot
        be written to a file.

        Arguments:
            party: the id of the party.
            topic: the id of the topic.
            says: attitudes by option, as in a statement.
            on: the day from which it counts; the end of the evidence where None. A
                vague date means its last day.
            conditions: groups of conditions of what is conditional, as in a statement.
            until: the last day on which it is in force, if it lapses.

        Returns:
            A new data set with a further statement, whose id (`supposed-1` and so on) is
            listed by `supposed`; this one stays as it is.

        Raises:
            UnknownNameError: there is no such party, topic or option.
            InvalidInputError: a statement cannot say this.
            DataError: its conditions refer to records that are not in the data set.

        >>> from positions.files.bundled import load
        >>> ds = load().suppose("UKR", "nato.membership", {"barred": "accept"})
        >>> ds.supposed, ds.at("2030")["UKR", "nato.membership"].cell("barred").supposed
        (('supposed-1',), True)
        """
        day = day_asked(self, on, "on")
        last = None if until is None else as_date(until, what="until")
        made = supposition(self.catalogue, party, topic, says, day, conditions, last)
        return self._with((*self.statements, made))

    def _with(self, statements: tuple[Statement, ...]) -> Dataset:
        return Dataset(self.document.model_copy(update={"statements": statements}))

    def select(
        self,
        *,
        parties: Parties | None = None,
        topics: Topics = None,
        since: Day | None = None,
        until: Day | None = None,
        attributions: Attribution | Iterable[Attribution] | None = None,
    ) -> Dataset:
        """Make a data set with only the statements that match; all other records stay.

        Arguments:
            parties: keep statements that at least one of these parties made.
            topics: keep statements on these topics: an id, an area, or several.
            since: keep statements that can have been made on this day or later.
            until: keep statements that were certainly made by this day.
            attributions: keep statements with one of these attributions.

        Returns:
            A new data set. Denials of statements that are left out go with them.
        """
        chosen = self._chosen(parties, topics, since, until, attributions)
        kept = {statement.id for statement in chosen}
        return self._with(
            tuple(
                statement.model_copy(
                    update={"denies": tuple(name for name in statement.denies if name in kept)}
                )
                for statement in chosen
            )
        )

    def _chosen(
        self,
        parties: Parties | None,
        topics: Topics,
        since: Day | None,
        until: Day | None,
        attributions: Attribution | Iterable[Attribution] | None,
    ) -> list[Statement]:
        who = set(self.catalogue.choose_parties(parties))
        what = set(self.catalogue.choose_topics(topics))
        first = dt.date.min if since is None else as_day(since, last=False, what="since")
        last = dt.date.max if until is None else as_day(until, what="until")
        how = ATTRIBUTIONS if attributions is None else attributions_of(attributions)
        return [
            statement
            for statement in self.statements
            if statement.topic in what
            and not who.isdisjoint(statement.parties)
            and first <= statement.date.latest <= last
            and statement.attribution in how
        ]

    def at(
        self,
        on: Day | None = None,
        *,
        known_by: Day | None = None,
        max_age: int | dt.timedelta | None = None,
        attributions: Attribution | Iterable[Attribution] = OWN_ATTRIBUTIONS,
        confidence: Confidence | None = None,
        inherited: bool = True,
        dates: Literal["latest", "earliest"] = "latest",
        undated: Literal["retrieved", "same_day"] = "retrieved",
    ) -> Snapshot:
        """Replay the statements up to a date: what each party demands, accepts and refuses.

        A date later than the evidence answers, with a note where the evidence ends.

        Arguments:
            on: the day; the end of the evidence where None. A vague date means its last day.
            known_by: keep only statements with a source published by this day.
            max_age: drop statements made more than this many days before, refusals included.
            attributions: which statements count; with "claimed", what others say of a
                party fills the cells that its own statements leave silent.
            confidence: the least confidence of the coder; statements without one are dropped.
            inherited: whether to keep statements made under an earlier government.
            dates: whether a statement with a vague date counts from the latest or the
                earliest day on which it can have been made.
            undated: whether an undated source was known when it was retrieved, or on the
                day of the statement.

        Returns:
            The snapshot of all parties on all topics. What was said by the date but
            published later counts, unless `known_by` leaves it out.

        Raises:
            InvalidInputError: an argument cannot be read.

        >>> from positions.files.bundled import load
        >>> load().at("2022-03-29")["UKR", "nato.membership"].conditional
        ('forgone', 'barred')
        """
        reading = Reading(
            dates=dates,
            known_by=None if known_by is None else as_day(known_by, what="known_by"),
            undated=undated,
            max_age=days_of(max_age),
            attributions=attributions_of(attributions),
            confidence=confidence,
            inherited=inherited,
        )
        return snapshot_on(self.catalogue, self.ledger, day_asked(self, on, "date"), reading)


def day_asked(ds: Dataset, given: Day | None, what: str) -> dt.date:
    """Parse a day given by a user; the end of the evidence where None."""
    return ds.last_day if given is None else as_day(given, what=what)


def without_suppositions(dataset: Dataset) -> Dataset:
    """Return the data set without its suppositions."""
    supposed = set(dataset.supposed)
    kept = tuple(s for s in dataset.statements if s.id not in supposed)
    return Dataset(dataset.document.model_copy(update={"statements": kept}))


class ReadingOptions(TypedDict, total=False):
    """The arguments of `Dataset.at` other than the day: which statements count, and from when."""

    known_by: Day | None
    max_age: int | dt.timedelta | None
    attributions: Attribution | Iterable[Attribution]
    confidence: Confidence | None
    inherited: bool
    dates: Literal["latest", "earliest"]
    undated: Literal["retrieved", "same_day"]


def _checked(statement: object) -> Statement:
    """Validate a statement again, since a copy with changed fields has not been validated."""
    if not isinstance(statement, Statement):
        raise InvalidInputError("statements", "statements, one by one", statement)
    try:
        return Statement.model_validate(dict(statement))
    except ValidationError as error:
        faults = [Fault(".".join(map(str, e["loc"])), e["msg"]) for e in error.errors()]
        raise DataError(f"statement {statement.id!r}", faults) from None

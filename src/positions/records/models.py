"""The records of a data set, as people and files write them.

Pydantic models: strict, frozen, no unknown fields. What a record says about other
records (ids that must exist, keys of `says` that the topic must know) is checked
when records come together, in `positions.records.checks`.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from positions.records.attitudes import Attitude, Sayings
from positions.records.fields import (
    Attribution,
    Confidence,
    Distance,
    EventKind,
    Identifier,
    Key,
    Language,
    Many,
    Name,
    Number,
    OneOrMore,
    OptionId,
    PartyId,
    PartyKind,
    Prose,
    SourceKind,
    Subject,
    TopicId,
    TopicKind,
    Version,
    WebAddress,
    When,
    WikidataItem,
    meaning,
)
from positions.records.record_tables import record_table

SCHEMA_VERSION = "1.1"
"""MAJOR.MINOR of the file format that this version of the library writes."""


class Record(BaseModel):
    """What all records share: strict, frozen, no unknown fields, made afresh to change."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        strict=True, frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True
    )

    def _repr_html_(self) -> str:
        """Show the record in a notebook."""
        return record_table(self).to("html")

    def _repr_markdown_(self) -> str:
        """Show the record where only Markdown is read."""
        return record_table(self).to("markdown")


class Mandate(Record):
    """The time of one government of a party; what was said before is inherited."""

    from_: Annotated[When, meaning("The first day of the government.")] = Field(
        validation_alias="from", serialization_alias="from"
    )
    name: Annotated[Name, meaning("What it is called.")]


class Party(Record):
    """A state, organisation, coalition or non-state actor that takes positions.

    Members never inherit what their coalition says: signatories are named one by one.
    """

    id: Annotated[PartyId, meaning("Names the party.")]
    name: Annotated[Name, meaning("What it is called.")]
    kind: Annotated[PartyKind, meaning("What it is.")]
    members: Annotated[Many[PartyId], meaning("Ids of the parties in a coalition.")] = ()
    mandates: Annotated[Many[Mandate], meaning("Its governments.")] = ()
    gw: Annotated[int | None, meaning("Its number in the list of Gleditsch and Ward.")] = None
    cow: Annotated[int | None, meaning("Its number in the Correlates of War.")] = None
    wikidata: Annotated[WikidataItem | None, meaning("Its item in Wikidata, such as Q212.")] = None


class Option(Record):
    """One possible answer to the question of a topic; `at` is its place on an ordinal scale."""

    id: Annotated[OptionId, meaning("Names the option within its topic.")]
    name: Annotated[Name, meaning("What it is called.")]
    definition: Annotated[Prose, meaning("What it means.")]
    at: Annotated[Number | None, meaning("On ordinal topics: its place on a scale.")] = None


class Topic(Record):
    """One question whose answers exclude one another.

    `ordinal`: the options stand in order. `quantity`: the answer is a number in
    `unit` within `domain`; the options listed are named ones beside the number line.
    """

    id: Annotated[TopicId, meaning("Names the topic.")]
    name: Annotated[Name, meaning("What it is called.")]
    question: Annotated[Prose, meaning("The one question that the options answer.")]
    kind: Annotated[TopicKind, meaning("The kind of answers: without order, in order, or numbers.")]
    about: Annotated[
        Subject, meaning("Whether it is about a term of an agreement, its process, or conduct.")
    ] = "term"
    options: Annotated[
        Many[Option], meaning("The answers. On quantity topics: named ones beside the number line.")
    ] = ()
    unit: Annotated[
        Name | None, meaning("On quantity topics, and only there: the unit of the numbers.")
    ] = None
    domain: Annotated[
        Key, meaning("On quantity topics: the interval of numbers that make sense.")
    ] = "0.."
    span: Annotated[
        Distance | None,
        meaning("On quantity topics: the distance of a whole dispute."),
    ] = None
    note: Annotated[Prose | None, meaning("Remarks of the coder.")] = None
    pax: Annotated[Many[Name], meaning("Codes of the PA-X codebook.")] = ()

    @property
    def area(self) -> str:
        """Name the area: the first word of the id."""
        return self.id.split(".")[0]


class Source(Record):
    """Where a statement can be read; an undated one counts from the day it was retrieved."""

    id: Annotated[Identifier, meaning("Names the source.")]
    title: Annotated[Name, meaning("Its title.")]
    publisher: Annotated[Name, meaning("Who published it.")]
    url: Annotated[
        WebAddress | None, meaning("Its address, which begins with http:// or https://.")
    ] = None
    published: Annotated[When | None, meaning("When it was published.")] = None
    retrieved: Annotated[
        When | None, meaning("When somebody saw it; needed where `published` is left out.")
    ] = None
    language: Annotated[Language, meaning("Its language, as a tag such as en, uk or pt-BR.")]
    kind: Annotated[SourceKind, meaning("What it is.")]
    note: Annotated[Prose | None, meaning("Remarks of the coder.")] = None

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.published is None and self.retrieved is None:
            raise ValueError("wanted `published` or, where it is undated, `retrieved`")
        return self


class Condition(Record):
    """What must hold for an acceptance to count; exactly one of three forms.

    One of `options` is settled on `topic`; or the whole `proposal` is; or what `text`
    says holds, which nothing here can judge, so that it is always shown.
    """

    topic: Annotated[TopicId | None, meaning("The topic that has to be settled.")] = None
    options: Annotated[Many[Key], meaning("The keys of which one has to be settled on it.")] = ()
    proposal: Annotated[Identifier | None, meaning("The proposal that has to hold as a whole.")] = (
        None
    )
    text: Annotated[Prose | None, meaning("Any other condition, in words.")] = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = [self.topic is not None, self.proposal is not None, self.text is not None]
        if sum(forms) != 1 or (self.topic is not None) != bool(self.options):
            raise ValueError("wanted topic and options, or proposal, or text, and only one of them")
        return self

    def __str__(self) -> str:
        if self.topic is not None:
            return f"{self.topic}: {' or '.join(self.options)}"
        return f"as part of {self.proposal}" if self.proposal is not None else str(self.text)


class ConditionGroup(Record):
    """One alternative: the options it is for, and all that must hold for them."""

    for_: Annotated[
        OneOrMore[Key], meaning("The keys of `says` that it is for, spelt as they stand there.")
    ] = Field(validation_alias="for", serialization_alias="for")
    all: Annotated[OneOrMore[Condition], meaning("Conditions, all of which must hold.")]


class Statement(Record):
    """A dated, sourced record: these parties take these attitudes to options of one topic."""

    id: Annotated[Identifier, meaning("Names the statement.")]
    parties: Annotated[OneOrMore[PartyId], meaning("Ids of those who said it.")]
    topic: Annotated[TopicId, meaning("The topic it is about.")]
    date: Annotated[When, meaning("When it was said.")]
    from_: Annotated[When | None, meaning("In force only from this day.")] = Field(
        default=None, validation_alias="from", serialization_alias="from"
    )
    until: Annotated[When | None, meaning("In force up to and including this day.")] = None
    says: Annotated[Sayings, meaning("Which attitude the parties take to which key.")]
    conditions: Annotated[
        Many[ConditionGroup],
        meaning("Alternatives, one of which must hold."),
    ] = ()
    summary: Annotated[Prose, meaning("What was said, in the words of the coder, in one sentence.")]
    context: Annotated[Prose | None, meaning("Circumstances.")] = None
    speaker: Annotated[Name | None, meaning("Who spoke.")] = None
    attribution: Annotated[Attribution, meaning("Whose words they are.")]
    claimed_by: Annotated[
        PartyId | None, meaning("The party that claims it; needed where it is claimed.")
    ] = None
    confidence: Annotated[Confidence | None, meaning("How sure the coder is.")] = None
    denies: Annotated[Many[Identifier], meaning("Ids of statements that it denies.")] = ()
    sources: Annotated[OneOrMore[Identifier], meaning("Ids of its sources.")]
    note: Annotated[Prose | None, meaning("Doubts and remarks of the coder.")] = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problem = _claim_problem(self) or _time_problem(self) or _condition_problem(self)
        if problem:
            raise ValueError(problem)
        return self


def _claim_problem(statement: Statement) -> str:
    if (statement.attribution == "claimed") != (statement.claimed_by is not None):
        return "wanted `claimed_by` where the attribution is claimed, and only there"
    if len(set(statement.parties)) < len(statement.parties):
        return "a party is named twice"
    return "the statement denies itself" if statement.id in statement.denies else ""


def _time_problem(statement: Statement) -> str:
    starts = statement.from_ or statement.date
    if statement.until is not None and statement.until.latest < starts.earliest:
        return f"until {statement.until} lies before {starts}, when it begins"
    return ""


def _condition_problem(statement: Statement) -> str:
    conditional = {key for key, said in statement.says.items() if said is Attitude.CONDITIONAL}
    covered = {key for group in statement.conditions for key in group.for_}
    if conditional - covered:
        return (
            f"{min(conditional - covered)!r} is conditional, but no group of conditions is for it"
        )
    if covered - conditional:
        return f"conditions are given for {min(covered - conditional)!r}, which is not conditional"
    if statement.says.get("*", Attitude.WITHDRAWN) != Attitude.WITHDRAWN:
        return "'*', the whole topic, can only be withdrawn"
    return ""


class Term(Record):
    """One clause of a proposal: any of the options fits; `by` marks one party's open variant."""

    topic: Annotated[TopicId, meaning("The topic it settles.")]
    options: Annotated[OneOrMore[Key], meaning("The keys of which any one fits.")]
    conditions: Annotated[Many[Condition], meaning("Conditions, all of which must hold.")] = ()
    by: Annotated[PartyId | None, meaning("The party whose open variant it is.")] = None


class Proposal(Record):
    """A package of terms that somebody put on the table."""

    id: Annotated[Identifier, meaning("Names the proposal.")]
    name: Annotated[Name, meaning("What it is called.")]
    date: Annotated[When, meaning("When it was put forward.")]
    sponsors: Annotated[OneOrMore[PartyId], meaning("Ids of the parties that put it on the table.")]
    terms: Annotated[OneOrMore[Term], meaning("Its clauses.")]
    sources: Annotated[OneOrMore[Identifier], meaning("Ids of its sources.")]
    note: Annotated[Prose | None, meaning("Remarks of the coder.")] = None


class Event(Record):
    """Something that happened beside the statements: talks, a truce, an agreement, an attack."""

    id: Annotated[Identifier, meaning("Names the event.")]
    date: Annotated[When | None, meaning("When it happened, if on one day.")] = None
    start: Annotated[When | None, meaning("When it began, if it took longer.")] = None
    end: Annotated[When | None, meaning("When it ended, if it began before and is over.")] = None
    kind: Annotated[EventKind, meaning("What it was.")]
    parties: Annotated[Many[PartyId], meaning("Ids of those who took part.")] = ()
    place: Annotated[Name | None, meaning("Where it happened.")] = None
    topics: Annotated[Many[TopicId], meaning("Ids of the topics it concerns.")] = ()
    outcome: Annotated[Prose, meaning("What came of it, in one sentence.")]
    sources: Annotated[OneOrMore[Identifier], meaning("Ids of its sources.")]
    note: Annotated[Prose | None, meaning("Remarks of the coder.")] = None

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if (self.date is None) == (self.start is None) or (self.end and not self.start):
            raise ValueError("wanted `date`, or `start` with or without `end`")
        if self.start and self.end and self.end.latest < self.start.earliest:
            raise ValueError(f"end {self.end} lies before start {self.start}")
        return self


class Document(Record):
    """A whole data set as one file."""

    schema_version: Annotated[Version, meaning("The version of the file format, such as 1.1.")]
    data_version: Annotated[Name, meaning("The version of the data, as you like.")]
    title: Annotated[Name, meaning("What the data set is called.")]
    description: Annotated[Prose, meaning("What the data are about.")]
    authors: Annotated[Many[Name], meaning("The names of those who made the data set.")] = ()
    licence: Annotated[Name, meaning("Under what terms others may use the data.")]
    evidence_until: Annotated[When | None, meaning("Until when evidence was looked for.")] = None
    parties: Annotated[Many[Party], meaning("Who takes positions, in the order of results.")] = ()
    topics: Annotated[Many[Topic], meaning("The questions, in the order of results.")] = ()
    sources: Annotated[Many[Source], meaning("Where statements can be read.")] = ()
    statements: Annotated[Many[Statement], meaning("What parties said, in any order.")] = ()
    proposals: Annotated[
        Many[Proposal], meaning("Packages of terms that somebody put on the table.")
    ] = ()
    events: Annotated[Many[Event], meaning("What happened beside the statements.")] = ()


RECORDS: dict[str, type[Record]] = {
    "parties": Party,
    "topics": Topic,
    "sources": Source,
    "statements": Statement,
    "proposals": Proposal,
    "events": Event,
}
"""What kind of record each list of a file holds, in the order of the file."""

KINDS = tuple(RECORDS)
"""The kinds of record, in the order of a file."""

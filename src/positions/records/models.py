"""The records of a data set, with the fields that they have in files.

Pydantic models: strict, frozen, no unknown fields. References to other records (ids
that must exist, keys of `says` that must be valid on the topic) are checked when
records are combined, in `positions.records.checks`.
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
    """Base class of all records: strict, frozen, no unknown fields."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        strict=True, frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True
    )

    def _repr_html_(self) -> str:
        """Return the record as HTML, for notebooks."""
        return record_table(self).to("html")

    def _repr_markdown_(self) -> str:
        """Return the record as Markdown, for viewers without HTML."""
        return record_table(self).to("markdown")


class Mandate(Record):
    """The period of one government of a party; it inherits the statements made before."""

    from_: Annotated[When, meaning("The first day of the government.")] = Field(
        validation_alias="from", serialization_alias="from"
    )
    name: Annotated[Name, meaning("The name of the government.")]


class Party(Record):
    """A state, organisation, coalition or non-state actor that takes positions.

    Members never inherit the statements of their coalition: signatories are named individually.
    """

    id: Annotated[PartyId, meaning("The id of the party.")]
    name: Annotated[Name, meaning("The name of the party.")]
    kind: Annotated[PartyKind, meaning("The kind of party.")]
    members: Annotated[Many[PartyId], meaning("Ids of the parties in a coalition.")] = ()
    mandates: Annotated[Many[Mandate], meaning("The governments of the party.")] = ()
    gw: Annotated[
        int | None, meaning("The number of the state in the list of Gleditsch and Ward.")
    ] = None
    cow: Annotated[int | None, meaning("The number of the state in the Correlates of War.")] = None
    wikidata: Annotated[
        WikidataItem | None, meaning("The Wikidata item of the party, such as Q212.")
    ] = None


class Option(Record):
    """One possible answer to the question of a topic; `at` is its place on an ordinal scale."""

    id: Annotated[OptionId, meaning("The id of the option, unique within its topic.")]
    name: Annotated[Name, meaning("The name of the option.")]
    definition: Annotated[Prose, meaning("The definition of the option.")]
    at: Annotated[
        Number | None, meaning("On ordinal topics: the place of the option on a scale.")
    ] = None


class Topic(Record):
    """One question whose answers exclude one another.

    `ordinal`: the options are in order. `quantity`: the answer is a number in `unit`
    within `domain`; the options listed are named ones besides the numbers.
    """

    id: Annotated[TopicId, meaning("The id of the topic.")]
    name: Annotated[Name, meaning("The name of the topic.")]
    question: Annotated[Prose, meaning("The one question that the options answer.")]
    kind: Annotated[TopicKind, meaning("The kind of answers: without order, in order, or numbers.")]
    about: Annotated[
        Subject, meaning("Whether the topic is a term of an agreement, its process, or conduct.")
    ] = "term"
    options: Annotated[
        Many[Option], meaning("The answers. On quantity topics: named options besides the numbers.")
    ] = ()
    unit: Annotated[
        Name | None, meaning("On quantity topics, and only there: the unit of the numbers.")
    ] = None
    domain: Annotated[Key, meaning("On quantity topics: the interval of possible numbers.")] = "0.."
    span: Annotated[
        Distance | None,
        meaning("On quantity topics: the distance that is the full width of the dispute."),
    ] = None
    note: Annotated[Prose | None, meaning("Remarks of the coder.")] = None
    pax: Annotated[Many[Name], meaning("Codes of the PA-X codebook.")] = ()

    @property
    def area(self) -> str:
        """Area of the topic: the first word of its id."""
        return self.id.split(".")[0]


class Source(Record):
    """A published source of statements; if undated, it counts from the day of retrieval."""

    id: Annotated[Identifier, meaning("The id of the source.")]
    title: Annotated[Name, meaning("The title of the source.")]
    publisher: Annotated[Name, meaning("The publisher of the source.")]
    url: Annotated[
        WebAddress | None, meaning("The address of the source, beginning with http:// or https://.")
    ] = None
    published: Annotated[When | None, meaning("The date of publication.")] = None
    retrieved: Annotated[
        When | None, meaning("The date of retrieval; required if `published` is left out.")
    ] = None
    language: Annotated[
        Language, meaning("The language of the source, as a tag such as en, uk or pt-BR.")
    ]
    kind: Annotated[SourceKind, meaning("The kind of source.")]
    note: Annotated[Prose | None, meaning("Remarks of the coder.")] = None

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.published is None and self.retrieved is None:
            raise ValueError("wanted `published` or, if it is undated, `retrieved`")
        return self


class Condition(Record):
    """A requirement for an acceptance to count, in exactly one of three forms.

    One of `options` is settled on `topic`; or the whole `proposal` is; or `text` states
    something else, which the library cannot judge, so that it is always shown.
    """

    topic: Annotated[TopicId | None, meaning("The topic that must be settled.")] = None
    options: Annotated[
        Many[Key], meaning("The keys, one of which must be settled on the topic.")
    ] = ()
    proposal: Annotated[Identifier | None, meaning("The proposal that must hold as a whole.")] = (
        None
    )
    text: Annotated[Prose | None, meaning("Any other condition, as text.")] = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = [self.topic is not None, self.proposal is not None, self.text is not None]
        if sum(forms) != 1 or (self.topic is not None) != bool(self.options):
            raise ValueError("wanted exactly one of `topic` with `options`, `proposal`, or `text`")
        return self

    def __str__(self) -> str:
        if self.topic is not None:
            return f"{self.topic}: {' or '.join(self.options)}"
        return f"as part of {self.proposal}" if self.proposal is not None else str(self.text)


class ConditionGroup(Record):
    """One alternative: the options to which it applies, and the conditions they require."""

    for_: Annotated[
        OneOrMore[Key],
        meaning("The keys of `says` to which the conditions apply, written as in `says`."),
    ] = Field(validation_alias="for", serialization_alias="for")
    all: Annotated[OneOrMore[Condition], meaning("Conditions, all of which must hold.")]


class Statement(Record):
    """A dated, sourced record of the attitudes of parties to the options of one topic."""

    id: Annotated[Identifier, meaning("The id of the statement.")]
    parties: Annotated[OneOrMore[PartyId], meaning("Ids of the parties that made the statement.")]
    topic: Annotated[TopicId, meaning("The topic of the statement.")]
    date: Annotated[When, meaning("The date of the statement.")]
    from_: Annotated[When | None, meaning("The first day on which the statement is in force.")] = (
        Field(default=None, validation_alias="from", serialization_alias="from")
    )
    until: Annotated[When | None, meaning("The last day on which the statement is in force.")] = (
        None
    )
    says: Annotated[Sayings, meaning("The attitude of the parties to each key.")]
    conditions: Annotated[
        Many[ConditionGroup],
        meaning("Alternative groups of conditions, one of which must hold."),
    ] = ()
    summary: Annotated[Prose, meaning("A summary of the statement by the coder, in one sentence.")]
    context: Annotated[Prose | None, meaning("The circumstances of the statement.")] = None
    speaker: Annotated[Name | None, meaning("The speaker.")] = None
    attribution: Annotated[Attribution, meaning("How the statement is known.")]
    claimed_by: Annotated[
        PartyId | None, meaning("The party that claims it; required if the attribution is claimed.")
    ] = None
    confidence: Annotated[Confidence | None, meaning("The confidence of the coder.")] = None
    denies: Annotated[Many[Identifier], meaning("Ids of the statements that this one denies.")] = ()
    sources: Annotated[OneOrMore[Identifier], meaning("Ids of the sources of the statement.")]
    note: Annotated[Prose | None, meaning("Doubts and remarks of the coder.")] = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problem = _claim_problem(self) or _time_problem(self) or _condition_problem(self)
        if problem:
            raise ValueError(problem)
        return self


def _claim_problem(statement: Statement) -> str:
    if (statement.attribution == "claimed") != (statement.claimed_by is not None):
        return "wanted `claimed_by` if the attribution is claimed, and only then"
    if len(set(statement.parties)) < len(statement.parties):
        return "a party is named twice"
    return "the statement denies itself" if statement.id in statement.denies else ""


def _time_problem(statement: Statement) -> str:
    starts = statement.from_ or statement.date
    if statement.until is not None and statement.until.latest < starts.earliest:
        return f"`until` {statement.until} is before {starts}, when the statement takes effect"
    return ""


def _condition_problem(statement: Statement) -> str:
    conditional = {key for key, said in statement.says.items() if said is Attitude.CONDITIONAL}
    covered = {key for group in statement.conditions for key in group.for_}
    if conditional - covered:
        return f"{min(conditional - covered)!r} is conditional, but no conditions apply to it"
    if covered - conditional:
        return f"conditions are given for {min(covered - conditional)!r}, which is not conditional"
    if statement.says.get("*", Attitude.WITHDRAWN) != Attitude.WITHDRAWN:
        return "'*', the whole topic, can only be withdrawn"
    return ""


class Term(Record):
    """One clause of a proposal: any of the options satisfies it; `by` marks an open variant."""

    topic: Annotated[TopicId, meaning("The topic that the clause settles.")]
    options: Annotated[OneOrMore[Key], meaning("The keys, any one of which satisfies the clause.")]
    conditions: Annotated[Many[Condition], meaning("Conditions, all of which must hold.")] = ()
    by: Annotated[PartyId | None, meaning("The party whose variant of an open clause this is.")] = (
        None
    )


class Proposal(Record):
    """A package of terms that one or more parties tabled."""

    id: Annotated[Identifier, meaning("The id of the proposal.")]
    name: Annotated[Name, meaning("The name of the proposal.")]
    date: Annotated[When, meaning("The date on which the proposal was tabled.")]
    sponsors: Annotated[OneOrMore[PartyId], meaning("Ids of the parties that tabled the proposal.")]
    terms: Annotated[OneOrMore[Term], meaning("The clauses of the proposal.")]
    sources: Annotated[OneOrMore[Identifier], meaning("Ids of the sources of the proposal.")]
    note: Annotated[Prose | None, meaning("Remarks of the coder.")] = None


class Event(Record):
    """Something that happened besides the statements: talks, a truce, an agreement, an attack."""

    id: Annotated[Identifier, meaning("The id of the event.")]
    date: Annotated[When | None, meaning("The date of an event of one day.")] = None
    start: Annotated[When | None, meaning("The first day of a longer event.")] = None
    end: Annotated[When | None, meaning("The last day of a longer event that is over.")] = None
    kind: Annotated[EventKind, meaning("The kind of event.")]
    parties: Annotated[Many[PartyId], meaning("Ids of the parties that took part.")] = ()
    place: Annotated[Name | None, meaning("The place of the event.")] = None
    topics: Annotated[Many[TopicId], meaning("Ids of the topics that the event concerns.")] = ()
    outcome: Annotated[Prose, meaning("The outcome, in one sentence.")]
    sources: Annotated[OneOrMore[Identifier], meaning("Ids of the sources of the event.")]
    note: Annotated[Prose | None, meaning("Remarks of the coder.")] = None

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if (self.date is None) == (self.start is None) or (self.end and not self.start):
            raise ValueError("wanted either `date`, or `start` with an optional `end`")
        if self.start and self.end and self.end.latest < self.start.earliest:
            raise ValueError(f"`end` {self.end} is before `start` {self.start}")
        return self


class Document(Record):
    """A whole data set as one file."""

    schema_version: Annotated[Version, meaning("The version of the file format, such as 1.1.")]
    data_version: Annotated[Name, meaning("The version of the data, in any form.")]
    title: Annotated[Name, meaning("The title of the data set.")]
    description: Annotated[Prose, meaning("A description of the data set.")]
    authors: Annotated[Many[Name], meaning("The names of the authors of the data set.")] = ()
    licence: Annotated[Name, meaning("The terms under which others may use the data.")]
    evidence_until: Annotated[
        When | None, meaning("The day up to which evidence was searched for.")
    ] = None
    parties: Annotated[Many[Party], meaning("The parties, in the order of results.")] = ()
    topics: Annotated[Many[Topic], meaning("The topics, in the order of results.")] = ()
    sources: Annotated[Many[Source], meaning("The sources of the statements.")] = ()
    statements: Annotated[
        Many[Statement], meaning("The statements of the parties, in any order.")
    ] = ()
    proposals: Annotated[
        Many[Proposal], meaning("The proposals: packages of terms that were tabled.")
    ] = ()
    events: Annotated[
        Many[Event], meaning("The events that are shown together with positions.")
    ] = ()


RECORDS: dict[str, type[Record]] = {
    "parties": Party,
    "topics": Topic,
    "sources": Source,
    "statements": Statement,
    "proposals": Proposal,
    "events": Event,
}
"""The kind of record in each list of a file, in the order of the file."""

KINDS = tuple(RECORDS)
"""The names of these lists, in the order of the file."""

"""The records of a data set, as people and files write them.

Pydantic models: strict, frozen, no unknown fields. What a record says about other
records (ids that must exist, keys of `says` that the topic must know) is checked
when records come together, in `positions.records.checks`.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from positions.records.attitudes import Attitude, Sayings
from positions.records.fields import (
    Attribution,
    Confidence,
    EventKind,
    Identifier,
    Key,
    Many,
    Name,
    OptionId,
    PartyId,
    Text,
    TopicId,
    WebAddress,
    When,
)
from positions.records.record_tables import record_table
from positions.tables.table import Table

SCHEMA_VERSION = "1.1"
"""MAJOR.MINOR of the file format that this version of the library writes."""


class Record(BaseModel):
    """What all records share: strict, frozen, no unknown fields, made afresh to change."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        strict=True, frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True
    )

    def _shown(self) -> Table:
        """Make a table of the fields that say something."""
        fields = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        name = " ".join((type(self).__name__, str(fields.get("id", ""))))
        return record_table(name.strip(), fields)

    def _repr_html_(self) -> str:
        """Show the record in a notebook."""
        return self._shown().to("html")

    def _repr_markdown_(self) -> str:
        """Show the record where only Markdown is read."""
        return self._shown().to("markdown")


class Mandate(Record):
    """The time of one government of a party; what was said before is inherited."""

    from_: When = Field(validation_alias="from", serialization_alias="from")
    name: Name


class Party(Record):
    """A state, organisation, coalition or non-state actor that takes positions.

    Members never inherit what their coalition says: signatories are named one by one.
    """

    id: PartyId
    name: Name
    kind: Literal["state", "organisation", "coalition", "non_state"]
    members: Many[PartyId] = ()
    mandates: Many[Mandate] = ()
    gw: int | None = None
    cow: int | None = None
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")] | None = None


class Option(Record):
    """One possible answer to the question of a topic; `at` is its place on an ordinal scale."""

    id: OptionId
    name: Name
    definition: Text
    at: Annotated[float, Field(allow_inf_nan=False)] | None = None


class Topic(Record):
    """One question whose answers exclude one another.

    `ordinal`: the options stand in order. `quantity`: the answer is a number in
    `unit` within `domain`; the options listed are named ones beside the number line.
    """

    id: TopicId
    name: Name
    question: Text
    kind: Literal["nominal", "ordinal", "quantity"]
    about: Literal["term", "process", "conduct"] = "term"
    options: Many[Option] = ()
    unit: Name | None = None
    domain: Key = "0.."
    span: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    note: Text | None = None
    pax: Many[Name] = ()

    @property
    def area(self) -> str:
        """Name the area: the first word of the id."""
        return self.id.split(".")[0]


class Source(Record):
    """Where a statement can be read; an undated one counts from the day it was retrieved."""

    id: Identifier
    title: Name
    publisher: Name
    url: WebAddress | None = None
    published: When | None = None
    retrieved: When | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    kind: Literal["official", "wire", "press", "analysis"]
    note: Text | None = None

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

    topic: TopicId | None = None
    options: Many[Key] = ()
    proposal: Identifier | None = None
    text: Text | None = None

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

    for_: Many[Key] = Field(validation_alias="for", serialization_alias="for", min_length=1)
    all: Annotated[Many[Condition], Field(min_length=1)]


class Statement(Record):
    """A dated, sourced record: these parties take these attitudes to options of one topic."""

    id: Identifier
    parties: Annotated[Many[PartyId], Field(min_length=1)]
    topic: TopicId
    date: When
    from_: When | None = Field(default=None, validation_alias="from", serialization_alias="from")
    until: When | None = None
    says: Sayings
    conditions: Many[ConditionGroup] = ()
    summary: Text
    context: Text | None = None
    speaker: Name | None = None
    attribution: Attribution
    claimed_by: PartyId | None = None
    confidence: Confidence | None = None
    denies: Many[Identifier] = ()
    sources: Annotated[Many[Identifier], Field(min_length=1)]
    note: Text | None = None

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

    topic: TopicId
    options: Annotated[Many[Key], Field(min_length=1)]
    conditions: Many[Condition] = ()
    by: PartyId | None = None


class Proposal(Record):
    """A package of terms that somebody put on the table."""

    id: Identifier
    name: Name
    date: When
    sponsors: Annotated[Many[PartyId], Field(min_length=1)]
    terms: Annotated[Many[Term], Field(min_length=1)]
    sources: Annotated[Many[Identifier], Field(min_length=1)]
    note: Text | None = None


class Event(Record):
    """Something that happened beside the statements: talks, a truce, an agreement, an attack."""

    id: Identifier
    date: When | None = None
    start: When | None = None
    end: When | None = None
    kind: EventKind
    parties: Many[PartyId] = ()
    place: Name | None = None
    topics: Many[TopicId] = ()
    outcome: Text
    sources: Annotated[Many[Identifier], Field(min_length=1)]
    note: Text | None = None

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if (self.date is None) == (self.start is None) or (self.end and not self.start):
            raise ValueError("wanted `date`, or `start` with or without `end`")
        if self.start and self.end and self.end.latest < self.start.earliest:
            raise ValueError(f"end {self.end} lies before start {self.start}")
        return self


class Document(Record):
    """A whole data set as one file."""

    schema_version: Annotated[str, StringConstraints(pattern=r"^\d{1,4}\.\d{1,4}$")]
    data_version: Name
    title: Name
    description: Text
    authors: Many[Name] = ()
    licence: Name
    evidence_until: When | None = None
    parties: Many[Party] = ()
    topics: Many[Topic] = ()
    sources: Many[Source] = ()
    statements: Many[Statement] = ()
    proposals: Many[Proposal] = ()
    events: Many[Event] = ()


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

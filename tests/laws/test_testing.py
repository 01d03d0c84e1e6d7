"""The strategies: valid by construction, small, and rich in relevant situations."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from positions import testing
from positions.records.attitudes import Attitude
from positions.records.checks import check
from positions.records.dates import Date
from positions.records.described import record_types
from positions.records.models import Document, Record, Statement, Topic
from positions.snapshots.dataset import Dataset
from slow_replay import in_interval, names, slow_replay

T = TypeVar("T")
SHRUNK = settings(
    max_examples=5_000, phases=[Phase.generate, Phase.shrink], database=None, derandomize=True
)
"""Settings to find the smallest example, without explaining it."""
ALL_CHECKS = list(HealthCheck)
FOUND = settings(SHRUNK, phases=[Phase.generate], suppress_health_check=ALL_CHECKS)
"""Settings to find any example."""
SCENE = testing.documents(max_statements=2)


def found(strategy: SearchStrategy[T], wanted: Callable[[T], bool] = lambda value: True) -> T:
    """Find the smallest example of a situation."""
    return find(strategy, wanted, settings=SHRUNK)


@pytest.mark.parametrize(
    "strategy",
    [
        testing.parties(members=["A", "B"]),
        testing.options(at=0.5),
        testing.topics(),
        testing.sources(),
        SCENE.flatmap(testing.conditions),
        SCENE.flatmap(testing.terms),
        SCENE.flatmap(testing.statements),
        SCENE.flatmap(testing.proposals),
        SCENE.flatmap(testing.events),
        testing.documents(),
    ],
    ids=lambda strategy: repr(strategy).replace("documents(max_statements=2).", ""),
)
@given(data=st.data())
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_every_record_round_trips(data: st.DataObject, strategy: SearchStrategy[Record]) -> None:
    """Generated records are valid: written and read again, they are equal."""
    record = data.draw(strategy)
    assert type(record).model_validate_json(record.model_dump_json(by_alias=True)) == record


@given(testing.documents())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_documents_pass_the_checks_of_the_library(document: Document) -> None:
    """A document has no fault that `positions check` finds."""
    assert check(document) == ()


@given(testing.documents())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_references_of_documents_exist(document: Document) -> None:
    """Every reference exists, ids are unique, and denials refer to earlier statements."""
    parties, sources = ids(document.parties), ids(document.sources)
    topics, plans = ids(document.topics), ids(document.proposals)
    for number, statement in enumerate(document.statements):
        assert {*statement.parties, statement.claimed_by} <= {*parties, None}
        assert statement.topic in topics
        assert set(statement.sources) <= set(sources)
        assert set(statement.denies) <= set(ids(document.statements)[:number])
        for group in statement.conditions:
            assert {c.topic for c in group.all} <= {*topics, None}
            assert {c.proposal for c in group.all} <= {*plans, None}
    for known in (parties, sources, topics, plans, ids(document.statements)):
        assert len(set(known)) == len(known)


def ids(known: tuple[Record, ...]) -> list[str]:
    """List the ids of records."""
    return [record.id for record in known]  # type: ignore[attr-defined]


@given(st.data())
def test_keys_that_only_partly_overlap_agree(data: st.DataObject) -> None:
    """The attitude of a statement to an answer never depends on the order of its keys."""
    topic = data.draw(testing.topics())
    said = data.draw(testing.says(topic))
    reach = {key: {answer for answer in probes(topic) if names(topic, key, answer)} for key in said}
    for one, other in itertools.combinations(said, 2):
        nested = reach[one] < reach[other] or reach[other] < reach[one]
        assert nested or not reach[one] & reach[other] or said[one] == said[other]


@given(st.data())
def test_every_key_names_something_within_the_domain(data: st.DataObject) -> None:
    """A key is an option, a range in order, or an interval that contains a number."""
    topic = data.draw(testing.topics())
    for key in data.draw(testing.says(topic)):
        assert any(names(topic, key, answer) for answer in probes(topic))


def probes(topic: Topic) -> list[str | Decimal]:
    """List options, and enough numbers to distinguish all generated intervals."""
    options = [option.id for option in topic.options]
    if topic.kind != "quantity":
        return [*options]
    numbers = [Decimal(number) / 2 for number in range(-42, 43)]
    return [*options, *(number for number in numbers if in_interval(number, topic.domain))]


@given(testing.edtf_dates(max_value=dt.date(2000, 1, 3)))
def test_dates_can_mean_a_day_within_the_limits(date: Date) -> None:
    """A date, however vague, contains a day between the limits."""
    assert date.earliest <= dt.date(2000, 1, 3)
    assert date.latest >= dt.date(2000, 1, 1)


def test_documents_shrink_to_an_empty_scene() -> None:
    """The smallest document has two states, one topic of two options, one source, no statement."""
    document = found(testing.documents())
    assert [(party.id, party.kind) for party in document.parties] == [
        ("A", "state"),
        ("B", "state"),
    ]
    assert [option.id for option in document.topics[0].options] == ["no", "part"]
    assert (len(document.topics), len(document.sources), len(document.statements)) == (1, 1, 0)


def test_statements_shrink_to_a_demand() -> None:
    """The smallest statement is a demand of one party for one option, with readable names."""
    statement = found(testing.documents(), lambda d: len(d.statements) == 1).statements[0]
    assert (statement.id, statement.parties, str(statement.date)) == ("s1", ("A",), "2000-01-01")
    assert (dict(statement.says), statement.summary) == ({"no": Attitude.DEMAND}, "name")


def pairs(document: Document) -> Iterator[tuple[Statement, Statement]]:
    """Yield pairs of statements of one party on one topic, in both orders."""
    for one, other in itertools.permutations(document.statements, 2):
        if one.topic == other.topic and set(one.parties) & set(other.parties):
            yield one, other


def has_dispute(document: Document) -> bool:
    """Whether a party contradicts itself within one day."""
    return any(
        cell.disputed
        for topic in document.topics
        for cell in slow_replay(document, dt.date(2001, 1, 1), "A", topic.id).values()
    )


def has_lapse(document: Document) -> bool:
    """Whether a statement that lapses follows an earlier one."""
    return any(
        early.date.latest < late.date.earliest and late.until is not None
        for early, late in pairs(document)
    )


def has_nested_date(document: Document) -> bool:
    """Whether one statement is dated within the vague date of another."""
    return any(
        vague.date.earliest < exact.date.earliest and exact.date.latest < vague.date.latest
        for vague, exact in pairs(document)
    )


def has_conditional_range(document: Document) -> bool:
    """Whether a range on an ordinal topic is conditional except for a part of it."""
    ordinal = {topic.id for topic in document.topics if topic.kind == "ordinal"}
    return any(
        statement.topic in ordinal
        and any(".." in key and said == "conditional" for key, said in statement.says.items())
        and any(".." not in key and said == "reject" for key, said in statement.says.items())
        for statement in document.statements
    )


@pytest.mark.parametrize(
    "situation",
    [
        has_dispute,
        has_lapse,
        has_nested_date,
        has_conditional_range,
        lambda document: any(statement.denies for statement in document.statements),
        lambda document: any(len(statement.parties) == 2 for statement in document.statements),
        lambda document: any("*" in statement.says for statement in document.statements),
        lambda document: any(
            c.proposal for s in document.statements for g in s.conditions for c in g.all
        ),
        lambda document: any(party.members for party in document.parties),
    ],
)
def test_interesting_situations_are_found(situation: Callable[[Document], bool]) -> None:
    """The situations that the rules of replay concern are generated."""
    assert situation(find(testing.documents(), situation, settings=FOUND))


@given(testing.datasets())
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
def test_data_sets_are_made_of_documents(dataset: Dataset) -> None:
    """`datasets` generates data sets that have passed their checks."""
    assert dataset == Dataset(dataset.document)


def held(record: Record) -> Iterator[Record]:
    """Yield a record and all records nested in it."""
    yield record
    for name in type(record).model_fields:
        value = getattr(record, name)
        for item in value if isinstance(value, tuple) else ():
            if isinstance(item, Record):
                yield from held(item)


ALWAYS_GIVEN = {("Document", "parties"), ("Document", "topics"), ("Document", "sources")}
"""Lists that are empty only in data sets without content."""


def fields_given(document: Document) -> Iterator[tuple[str, str, bool]]:
    """Yield the optional fields, each with its record and whether it is given."""
    for record in held(document):
        for name, field in type(record).model_fields.items():
            if not field.is_required():
                yield type(record).__name__, name, getattr(record, name) != field.default


@pytest.fixture(scope="module")
def given_at_times() -> set[tuple[str, str, bool]]:
    """Optional fields that are given or left out in some hundred documents."""
    seen: set[tuple[str, str, bool]] = set()

    @given(testing.documents())
    @settings(SHRUNK, phases=[Phase.generate], max_examples=300, suppress_health_check=ALL_CHECKS)
    def look(document: Document) -> None:
        seen.update(fields_given(document))

    look()
    return seen


@pytest.mark.parametrize("record", record_types(), ids=lambda record: record.__name__)
def test_every_optional_field_is_given_at_times(
    record: type[Record], given_at_times: set[tuple[str, str, bool]]
) -> None:
    """An optional field is given in some documents, and left out in others."""
    for name, field in record.model_fields.items():
        if not field.is_required():
            assert (record.__name__, name, True) in given_at_times
            left_out = (record.__name__, name, False) in given_at_times
            assert left_out or (record.__name__, name) in ALWAYS_GIVEN

"""Hypothesis strategies for the records of a data set, and for whole data sets.

All is valid by construction, and small: few parties, topics and days, so that statements
meet often, on one day, within one month, before and after a lapse. What refers to other
records is drawn for a document that holds them: `statements(document)` can be added to it.

>>> from hypothesis import given
>>> @given(datasets(), edtf_dates())
... def test_that_my_report_has_a_line_for_every_party(dataset, date):
...     assert len(my_report(dataset.at(date))) == len(dataset.parties)
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from positions.records import models as records
from positions.records.attitudes import SAID, Attitude, Says
from positions.records.dates import Date, parse_date
from positions.records.fields import BIDI_CONTROLS, Attribution
from positions.records.intervals import Interval, parse_interval
from positions.records.models import Document, Topic
from positions.records.scales import Scale, scale_of
from positions.snapshots.dataset import Dataset

__all__ = [
    "conditions",
    "datasets",
    "documents",
    "edtf_dates",
    "events",
    "names",
    "options",
    "parties",
    "proposals",
    "says",
    "sources",
    "statements",
    "terms",
    "topics",
]

T = TypeVar("T")
R = TypeVar("R", bound=records.Record)
Kind = Literal["nominal", "ordinal", "quantity"]
"""What kind of answers a topic has."""

_PARTIES = ("A", "B", "C")
_TOPICS = ("land", "land.north", "army")
_OPTIONS = ("no", "part", "most", "yes")
_LETTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=BIDI_CONTROLS)
_AWKWARD = st.text(st.sampled_from("|<&*_\\$`'\",=Ж") | _LETTERS, min_size=1, max_size=8)
_NAMES = st.just("name") | _AWKWARD.map(lambda text: text.strip() or "name")


def names() -> SearchStrategy[str]:
    """Generate names and texts: on one line, and often awkward to show.

    Shrinks to "name".

    >>> from hypothesis import find
    >>> find(names(), lambda name: "|" in name)
    '|'
    """
    return _NAMES


@st.composite
def edtf_dates(
    draw: DrawFn,
    *,
    min_value: dt.date = dt.date(2000, 1, 1),
    max_value: dt.date = dt.date(2000, 2, 29),
) -> Date:
    """Generate dates as they are written: days, and months and years that hold such a day.

    Shrinks to the first day, without a mark of doubt.

    >>> edtf_dates(max_value=dt.date(2000, 1, 31))
    edtf_dates(max_value=datetime.date(2000, 1, 31))
    """
    text = _cut(draw, draw(st.dates(min_value, max_value)))
    return parse_date(text + draw(st.sampled_from(("", "", "?", "~", "%"))))


_DATES = edtf_dates()


# What follows draws parts and is no strategy: to make strategies costs more than to draw.


def _cut(draw: DrawFn, day: dt.date) -> str:
    """Write a day, or the month or year that holds it; days most often."""
    return day.isoformat()[: draw(st.sampled_from((10, 10, 10, len("2000-01"), len("2000"))))]


def _not_before(draw: DrawFn, date: Date) -> Date:
    """Draw a date that does not end before another begins."""
    most = min(40, (dt.date.max - date.earliest).days)
    return parse_date(_cut(draw, date.earliest + dt.timedelta(draw(st.integers(0, most)))))


def _seldom(draw: DrawFn) -> bool:
    return draw(st.integers(0, 3)) == 3


def _one(draw: DrawFn, choices: Sequence[T]) -> T:
    return choices[draw(st.integers(0, len(choices) - 1))]


def _some(draw: DrawFn, choices: Iterable[T], *, least: int = 0) -> tuple[T, ...]:
    """Draw up to two of several, none twice."""
    left = list(choices)
    count = draw(st.integers(least, max(least, min(2, len(left)))))
    return tuple(left.pop(draw(st.integers(0, len(left) - 1))) for _ in range(count))


def _ids(known: Iterable[records.Party | records.Source | records.Statement]) -> list[str]:
    return [record.id for record in known]


@st.composite
def parties(draw: DrawFn, *, members: Sequence[str] = ()) -> records.Party:
    """Generate parties; `members` are the ids of those that a coalition can have.

    Shrinks to a state called A.

    >>> parties(members=["A", "B"])
    parties(members=['A', 'B'])
    """
    coalition = _seldom(draw)
    terms_of_office = draw(st.integers(0, 2))
    return records.Party(
        id=_one(draw, _PARTIES),
        name=draw(_NAMES),
        kind="coalition" if coalition else draw(st.sampled_from(("state", "non_state"))),
        members=_some(draw, members) if coalition else (),
        mandates=tuple(
            records.Mandate(from_=draw(_DATES), name=draw(_NAMES)) for _ in range(terms_of_office)
        ),
        gw=365 if _seldom(draw) else None,
        wikidata="Q1" if _seldom(draw) else None,
    )


@st.composite
def options(draw: DrawFn, *, at: float | None = None) -> records.Option:
    """Generate options; `at` is the place on an ordinal scale.

    Shrinks to an option called no.

    >>> options(at=0.5)
    options(at=0.5)
    """
    name = _one(draw, _OPTIONS)
    return records.Option(id=name, name=draw(_NAMES), definition=draw(_NAMES), at=at)


@st.composite
def topics(draw: DrawFn, *, kinds: Sequence[Kind] = ("nominal", "ordinal", "quantity")) -> Topic:
    """Generate topics: two to four options, or numbers with at most one named option.

    Shrinks to a nominal topic with two options.

    >>> topics(kinds=["ordinal"])
    topics(kinds=['ordinal'])
    """
    kind = _one(draw, kinds)
    number = kind == "quantity"
    return Topic(
        id=_one(draw, _TOPICS),
        name=draw(_NAMES),
        question=draw(_NAMES),
        kind=kind,
        about=draw(st.sampled_from(("term", "process", "conduct"))),
        options=_named_options(draw) if number else _choices(draw, kind),
        unit="days" if number else None,
        domain=draw(st.sampled_from(("0..", "0..10", "..", "0<..<10"))) if number else "0..",
        span=10.0 if number and _seldom(draw) else None,
    )


def _choices(draw: DrawFn, kind: Kind) -> tuple[records.Option, ...]:
    steps = [draw(st.integers(1, 3)) for _ in range(draw(st.integers(2, len(_OPTIONS))))]
    placed = kind == "ordinal" and draw(st.booleans())
    places = [float(place) if placed else None for place in itertools.accumulate(steps)]
    return _called(_OPTIONS, [draw(options(at=place)) for place in places])


def _named_options(draw: DrawFn) -> tuple[records.Option, ...]:
    """Draw one or none; as many choices as for a nominal topic, which so stays the simpler one."""
    known = [draw(options()), draw(options())]
    return _called(["no_cap"], known[: draw(st.integers(0, 1))])


@st.composite
def sources(draw: DrawFn) -> records.Source:
    """Generate sources, some of them undated.

    Shrinks to a source published on the first day.

    >>> sources()
    sources()
    """
    undated = _seldom(draw)
    return records.Source(
        id="p1",
        title=draw(_NAMES),
        publisher=draw(_NAMES),
        url="https://example.org/a?b=1&c" if draw(st.booleans()) else None,
        published=None if undated else draw(_DATES),
        retrieved=draw(_DATES) if undated or _seldom(draw) else None,
        language=draw(st.sampled_from(("en", "uk", "pt-BR"))),
        kind=draw(st.sampled_from(("official", "wire", "press", "analysis"))),
    )


@st.composite
def says(draw: DrawFn, topic: Topic) -> dict[str, Attitude]:
    """Generate what a statement says of a topic: attitudes to options, ranges and intervals.

    Keys that only partly overlap agree. Shrinks to a demand for one option.

    >>> topics().flatmap(says)
    topics().flatmap(says)
    """
    count = draw(st.integers(1, 4))
    said = {_key(draw, topic): draw(st.sampled_from(SAID)) for _ in range(count)}
    if draw(st.integers(0, 7)) == 7:
        said["*"] = Attitude.WITHDRAWN
    scale, agreeing = scale_of(topic, said), dict[str, Attitude]()
    for key, attitude in said.items():
        if all(agreeing[other] == attitude for other in agreeing if _cross(scale, key, other)):
            agreeing[key] = attitude
    return agreeing


def _cross(scale: Scale, one: str, other: str) -> bool:
    """Tell whether two keys overlap without either lying inside the other."""
    left, right = frozenset(scale.columns(one)), frozenset(scale.columns(other))
    return bool(left & right) and not (left < right or right < left)


def _key(draw: DrawFn, topic: Topic) -> str:
    """Draw what a key of `says` can be, but for `*`: an option more often than a range."""
    names = [option.id for option in topic.options]
    if topic.kind == "quantity":
        named = bool(names) and _seldom(draw)
        return names[0] if named else _interval(draw, parse_interval(topic.domain))
    if topic.kind == "nominal" or draw(st.integers(0, 2)) < 2:
        return _one(draw, names)
    low, high = sorted((_one(draw, range(len(names))), _one(draw, range(len(names)))))
    return draw(st.sampled_from(("{}..{}", "{}..", "..{1}"))).format(names[low], names[high])


def _interval(draw: DrawFn, domain: Interval) -> str:
    """Draw an interval within the domain that holds a number.

    An edge is twice the place of a mark, or one more where the interval keeps clear of that
    mark: so any two edges in order hold something between them.
    """
    marks = _marks(domain)
    edges = st.integers(int(domain.low_open), 2 * len(marks) - 2 - int(domain.high_open))
    low, high = sorted((draw(edges), draw(edges)))
    first, last, clear = marks[low // 2], marks[-(-high // 2)], (low % 2 == 1, high % 2 == 1)
    bounded, below = Interval(first, last, *clear), Interval(None, last, False, clear[1])
    return str(_one(draw, [bounded, below, Interval(first, None, clear[0], False)]))


def _marks(domain: Interval) -> list[Decimal]:
    """List some numbers of a domain, its ends included."""
    first = domain.low if domain.low is not None else (domain.high or Decimal(0)) - 10
    last = domain.high if domain.high is not None else first + 10
    return sorted({first, last, *(first + step for step in range(10) if first + step < last)})


@st.composite
def conditions(draw: DrawFn, document: Document) -> records.Condition:
    """Generate conditions on the topics or proposals of a document, or in words.

    Shrinks to a condition in words.

    >>> documents().flatmap(conditions)
    documents().flatmap(conditions)
    """
    subject = _one(draw, [None, *document.topics, *document.proposals])
    if subject is None:
        return records.Condition(text=draw(_NAMES))
    if isinstance(subject, records.Proposal):
        return records.Condition(proposal=subject.id)
    return records.Condition(topic=subject.id, options=_keys(draw, subject))


def _keys(draw: DrawFn, topic: Topic) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_key(draw, topic) for _ in range(draw(st.integers(1, 2)))))


@st.composite
def statements(
    draw: DrawFn, document: Document, *, dates: SearchStrategy[Date] = _DATES
) -> records.Statement:
    """Generate statements by parties of a document, which can deny statements that it holds.

    Shrinks to a demand of one party for one option, on the first day.

    >>> documents().flatmap(statements)
    documents().flatmap(statements)
    """
    topic = _one(draw, document.topics)
    said = draw(says(topic))
    date = draw(dates)
    begins = _not_before(draw, date) if _seldom(draw) else None
    attribution: Attribution = draw(st.sampled_from(("self", "reported", "leaked", "claimed")))
    return records.Statement(
        id="s",
        parties=_some(draw, _ids(document.parties), least=1),
        topic=topic.id,
        date=date,
        from_=begins,
        until=_not_before(draw, begins or date) if draw(st.booleans()) else None,
        says=Says(said),
        conditions=_groups(draw, document, scale_of(topic, said), said),
        summary=draw(_NAMES),
        attribution=attribution,
        claimed_by=_one(draw, document.parties).id if attribution == "claimed" else None,
        confidence=draw(st.sampled_from((None, "high", "medium", "low"))),
        denies=_some(draw, _ids(document.statements)) if _seldom(draw) else (),
        sources=_some(draw, _ids(document.sources), least=1),
    )


def _groups(
    draw: DrawFn, document: Document, scale: Scale, said: Mapping[str, Attitude]
) -> tuple[records.ConditionGroup, ...]:
    """Draw alternatives: one for all conditional keys, and perhaps one for some of them.

    Where keys cross, both are for all, since keys that overlap agree.
    """
    keys = tuple(key for key, attitude in said.items() if attitude == Attitude.CONDITIONAL)
    if not keys:
        return ()
    cross = any(_cross(scale, *pair) for pair in itertools.combinations(keys, 2))
    covered = [keys, keys if cross else _some(draw, keys, least=1)]
    needed = conditions(document)
    return tuple(
        records.ConditionGroup(
            for_=some, all=tuple(draw(needed) for _ in range(draw(st.integers(1, 2))))
        )
        for some in covered[: draw(st.integers(1, 2))]
    )


@st.composite
def terms(draw: DrawFn, document: Document) -> records.Term:
    """Generate clauses on the topics of a document; some are one party's open variant.

    Shrinks to one option of the first topic.

    >>> documents().flatmap(terms)
    documents().flatmap(terms)
    """
    topic = _one(draw, document.topics)
    return records.Term(
        topic=topic.id,
        options=_keys(draw, topic),
        conditions=(draw(conditions(document)),) if _seldom(draw) else (),
        by=_one(draw, document.parties).id if _seldom(draw) else None,
    )


@st.composite
def proposals(draw: DrawFn, document: Document) -> records.Proposal:
    """Generate proposals on the topics of a document; they can build on proposals it holds.

    Shrinks to one clause, sponsored by the first party.

    >>> documents().flatmap(proposals)
    documents().flatmap(proposals)
    """
    return records.Proposal(
        id="plan",
        name=draw(_NAMES),
        date=draw(_DATES),
        sponsors=_some(draw, _ids(document.parties), least=1),
        terms=tuple(draw(st.lists(terms(document), min_size=1, max_size=3))),
        sources=_some(draw, _ids(document.sources), least=1),
    )


@st.composite
def events(draw: DrawFn, document: Document) -> records.Event:
    """Generate events, of one day or with a start and perhaps an end.

    Shrinks to talks on the first day.

    >>> documents().flatmap(events)
    documents().flatmap(events)
    """
    date, long = draw(_DATES), draw(st.booleans())
    return records.Event(
        id="e",
        date=None if long else date,
        start=date if long else None,
        end=_not_before(draw, date) if long and draw(st.booleans()) else None,
        kind=draw(st.sampled_from(("talks", "truce", "agreement", "attack", "other"))),
        parties=_some(draw, _ids(document.parties)),
        topics=_some(draw, [topic.id for topic in document.topics]),
        outcome=draw(_NAMES),
        sources=_some(draw, _ids(document.sources), least=1),
    )


@st.composite
def documents(draw: DrawFn, *, max_statements: int = 8) -> Document:
    """Generate whole documents: two or three parties, up to three topics, some weeks.

    Shrinks to two parties, one topic, one source and no statement.

    >>> documents(max_statements=3)
    documents(max_statements=3)
    """
    document = draw(_SCENES)
    for number in range(draw(st.integers(0, 2))):
        plan = _with(draw(proposals(document)), id=f"plan{number + 1}")
        document = _with(document, proposals=(*document.proposals, plan))
    # A few dates for all, so that statements share days.
    dates = st.sampled_from(draw(st.lists(_DATES, min_size=1, max_size=4)))
    said = draw(st.lists(statements(document, dates=dates), max_size=max_statements))
    happened = draw(st.lists(events(document), max_size=1))
    return _with(document, statements=_in_order(draw, said), events=_called(["e1"], happened))


def _in_order(draw: DrawFn, said: Sequence[records.Statement]) -> tuple[records.Statement, ...]:
    """Number statements, and let some deny what stands before them: so never in a circle."""
    ids = [f"s{number + 1}" for number in range(len(said))]
    denied = [_some(draw, ids[:i]) if i and _seldom(draw) else () for i in range(len(said))]
    named = zip(_called(ids, said), denied, strict=True)
    return tuple(_with(statement, denies=others) for statement, others in named)


@st.composite
def _scenes(draw: DrawFn) -> Document:
    """Generate documents in which nothing was said yet."""
    known = [draw(parties(members=_PARTIES[:i])) for i in range(draw(st.integers(2, 3)))]
    return Document(
        schema_version=records.SCHEMA_VERSION,
        data_version="1.0.0",
        title=draw(_NAMES),
        description=draw(_NAMES),
        authors=tuple(draw(st.lists(_NAMES, min_size=1, max_size=2))) if _seldom(draw) else (),
        licence="CC0-1.0",
        evidence_until=None if _seldom(draw) else parse_date("2000-12-31"),
        parties=_called(_PARTIES, known),
        topics=_called(_TOPICS, draw(st.lists(topics(), min_size=1, max_size=3))),
        sources=_called(["p1", "p2"], draw(st.lists(sources(), min_size=1, max_size=2))),
    )


_SCENES = _scenes()


def _called(ids: Iterable[str], found: Sequence[R]) -> tuple[R, ...]:
    return tuple(_with(record, id=name) for name, record in zip(ids, found, strict=False))


def _with(record: R, **fields: object) -> R:
    return record.model_copy(update=fields)


@st.composite
def datasets(draw: DrawFn, *, max_statements: int = 8) -> Dataset:
    """Generate whole data sets.

    Shrinks to two parties, one topic, one source and no statement.

    >>> datasets(max_statements=3)
    datasets(max_statements=3)
    """
    return Dataset(draw(documents(max_statements=max_statements)))

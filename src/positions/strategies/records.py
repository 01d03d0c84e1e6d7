"""Strategies for parties, sources, statements, proposals and events."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import get_args

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from positions.records import models as records
from positions.records.attitudes import Attitude, Says
from positions.records.dates import Date
from positions.records.fields import Attribution, EventKind
from positions.records.models import Document
from positions.records.scales import Scale, scale_of
from positions.strategies.draws import DATES, NAMES, ids_of, not_before, one, remark, seldom, some
from positions.strategies.topics import cross, keys_of, says

PARTIES = ("A", "B", "C")
"""The ids of the parties of documents, which have at most this many."""


@st.composite
def parties(draw: DrawFn, *, members: Sequence[str] = ()) -> records.Party:
    """Generate parties; `members` are the ids of possible members of a coalition.

    Shrinks to a state called A.

    >>> parties(members=["A", "B"])
    parties(members=['A', 'B'])
    """
    coalition = seldom(draw)
    terms_of_office = draw(st.integers(0, 2))
    return records.Party(
        id=one(draw, PARTIES),
        name=draw(NAMES),
        kind="coalition" if coalition else one(draw, ("state", "non_state", "organisation")),
        members=some(draw, members) if coalition else (),
        mandates=tuple(
            records.Mandate(from_=draw(DATES), name=draw(NAMES)) for _ in range(terms_of_office)
        ),
        gw=365 if seldom(draw) else None,
        cow=2 if seldom(draw) else None,
        wikidata="Q1" if seldom(draw) else None,
    )


@st.composite
def sources(draw: DrawFn) -> records.Source:
    """Generate sources, some of them undated.

    Shrinks to a source published on the first day.

    >>> sources()
    sources()
    """
    undated = seldom(draw)
    return records.Source(
        id="p1",
        title=draw(NAMES),
        publisher=draw(NAMES),
        url="https://example.org/a?b=1&c" if draw(st.booleans()) else None,
        published=None if undated else draw(DATES),
        retrieved=draw(DATES) if undated or seldom(draw) else None,
        language=draw(st.sampled_from(("en", "uk", "pt-BR"))),
        kind=draw(st.sampled_from(("official", "wire", "press", "analysis"))),
        note=remark(draw),
    )


@st.composite
def conditions(draw: DrawFn, document: Document) -> records.Condition:
    """Generate conditions on the topics or proposals of a document, or as text.

    Shrinks to a condition as text.

    >>> from positions.testing import documents, conditions
    >>> documents().flatmap(conditions)
    documents().flatmap(conditions)
    """
    subject = one(draw, [None, *document.topics, *document.proposals])
    if subject is None:
        return records.Condition(text=draw(NAMES))
    if isinstance(subject, records.Proposal):
        return records.Condition(proposal=subject.id)
    return records.Condition(topic=subject.id, options=keys_of(draw, subject))


@st.composite
def statements(
    draw: DrawFn, document: Document, *, dates: SearchStrategy[Date] = DATES
) -> records.Statement:
    """Generate statements by parties of a document, which can deny its statements.

    Shrinks to a demand of one party for one option, on the first day.

    >>> from positions.testing import documents, statements
    >>> documents().flatmap(statements)
    documents().flatmap(statements)
    """
    topic = one(draw, document.topics)
    said = draw(says(topic))
    date = draw(dates)
    begins = not_before(draw, date) if seldom(draw) else None
    attribution: Attribution = draw(st.sampled_from(("self", "reported", "leaked", "claimed")))
    return records.Statement(
        id="s",
        parties=some(draw, ids_of(document.parties), least=1),
        topic=topic.id,
        date=date,
        from_=begins,
        until=not_before(draw, begins or date) if draw(st.booleans()) else None,
        says=Says(said),
        conditions=_groups(draw, document, scale_of(topic, said), said),
        summary=draw(NAMES),
        context=remark(draw),
        speaker=remark(draw),
        attribution=attribution,
        claimed_by=one(draw, document.parties).id if attribution == "claimed" else None,
        confidence=draw(st.sampled_from((None, "high", "medium", "low"))),
        denies=some(draw, ids_of(document.statements)) if seldom(draw) else (),
        sources=some(draw, ids_of(document.sources), least=1),
        note=remark(draw),
    )


def _groups(
    draw: DrawFn, document: Document, scale: Scale, said: Mapping[str, Attitude]
) -> tuple[records.ConditionGroup, ...]:
    """Draw alternatives: one for all conditional keys, and perhaps one for some of them.

    If keys cross, both are for all keys, since overlapping keys must agree.
    """
    keys = tuple(key for key, attitude in said.items() if attitude == Attitude.CONDITIONAL)
    if not keys:
        return ()
    crossing = any(cross(scale, *pair) for pair in itertools.combinations(keys, 2))
    covered = [keys, keys if crossing else some(draw, keys, least=1)]
    needed = conditions(document)
    return tuple(
        records.ConditionGroup(
            for_=part, all=tuple(draw(needed) for _ in range(draw(st.integers(1, 2))))
        )
        for part in covered[: draw(st.integers(1, 2))]
    )


@st.composite
def terms(draw: DrawFn, document: Document) -> records.Term:
    """Generate clauses on the topics of a document; some are the open variant of one party.

    Shrinks to one option of the first topic.

    >>> from positions.testing import documents, terms
    >>> documents().flatmap(terms)
    documents().flatmap(terms)
    """
    topic = one(draw, document.topics)
    return records.Term(
        topic=topic.id,
        options=keys_of(draw, topic),
        conditions=(draw(conditions(document)),) if seldom(draw) else (),
        by=one(draw, document.parties).id if seldom(draw) else None,
    )


@st.composite
def proposals(draw: DrawFn, document: Document) -> records.Proposal:
    """Generate proposals on the topics of a document; they can refer to its proposals.

    Shrinks to one clause, sponsored by the first party.

    >>> from positions.testing import documents, proposals
    >>> documents().flatmap(proposals)
    documents().flatmap(proposals)
    """
    return records.Proposal(
        id="plan",
        name=draw(NAMES),
        date=draw(DATES),
        sponsors=some(draw, ids_of(document.parties), least=1),
        terms=tuple(draw(st.lists(terms(document), min_size=1, max_size=3))),
        sources=some(draw, ids_of(document.sources), least=1),
        note=remark(draw),
    )


@st.composite
def events(draw: DrawFn, document: Document) -> records.Event:
    """Generate events, on one day or with a start and perhaps an end.

    Shrinks to talks on the first day.

    >>> from positions.testing import documents, events
    >>> documents().flatmap(events)
    documents().flatmap(events)
    """
    date, long = draw(DATES), draw(st.booleans())
    return records.Event(
        id="e",
        date=None if long else date,
        start=date if long else None,
        end=not_before(draw, date) if long and draw(st.booleans()) else None,
        kind=draw(st.sampled_from(get_args(EventKind))),
        parties=some(draw, ids_of(document.parties)),
        place=remark(draw),
        topics=some(draw, [topic.id for topic in document.topics]),
        outcome=draw(NAMES),
        sources=some(draw, ids_of(document.sources), least=1),
        note=remark(draw),
    )

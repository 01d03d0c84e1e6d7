"""Strategies for whole documents and data sets."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from positions.records import models as records
from positions.records.dates import parse_date
from positions.records.models import Document
from positions.snapshots.dataset import Dataset
from positions.strategies.draws import DATES, NAMES, called, having, seldom, some
from positions.strategies.records import PARTIES, events, parties, proposals, sources, statements
from positions.strategies.topics import TOPICS, topics


@st.composite
def documents(draw: DrawFn, *, max_statements: int = 8) -> Document:
    """Generate whole documents: two or three parties, up to three topics, a few weeks.

    Shrinks to two parties, one topic, one source and no statement.

    >>> documents(max_statements=3)
    documents(max_statements=3)
    """
    document = draw(_SCENES)
    for number in range(draw(st.integers(0, 2))):
        plan = having(draw(proposals(document)), id=f"plan{number + 1}")
        document = having(document, proposals=(*document.proposals, plan))
    # A few dates for all, so that statements share days.
    dates = st.sampled_from(draw(st.lists(DATES, min_size=1, max_size=4)))
    said = draw(st.lists(statements(document, dates=dates), max_size=max_statements))
    happened = draw(st.lists(events(document), max_size=1))
    return having(document, statements=_in_order(draw, said), events=called(["e1"], happened))


def _in_order(draw: DrawFn, said: Sequence[records.Statement]) -> tuple[records.Statement, ...]:
    """Number statements, and make some deny earlier ones, so that there are no cycles."""
    ids = [f"s{number + 1}" for number in range(len(said))]
    denied = [some(draw, ids[:i]) if i and seldom(draw) else () for i in range(len(said))]
    named = zip(called(ids, said), denied, strict=True)
    return tuple(having(statement, denies=others) for statement, others in named)


@st.composite
def _scenes(draw: DrawFn) -> Document:
    """Generate documents without statements."""
    known = [draw(parties(members=PARTIES[:i])) for i in range(draw(st.integers(2, 3)))]
    return Document(
        schema_version=records.SCHEMA_VERSION,
        data_version="1.0.0",
        title=draw(NAMES),
        description=draw(NAMES),
        authors=tuple(draw(st.lists(NAMES, min_size=1, max_size=2))) if seldom(draw) else (),
        licence="CC0-1.0",
        evidence_until=None if seldom(draw) else parse_date("2000-12-31"),
        parties=called(PARTIES, known),
        topics=called(TOPICS, draw(st.lists(topics(), min_size=1, max_size=3))),
        sources=called(["p1", "p2"], draw(st.lists(sources(), min_size=1, max_size=2))),
    )


_SCENES = _scenes()


@st.composite
def datasets(draw: DrawFn, *, max_statements: int = 8) -> Dataset:
    """Generate whole data sets.

    Shrinks to two parties, one topic, one source and no statement.

    >>> datasets(max_statements=3)
    datasets(max_statements=3)
    """
    return Dataset(draw(documents(max_statements=max_statements)))

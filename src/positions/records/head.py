"""Facts derived from the head of a data set: its citation and its last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from positions.errors import InvalidInputError
from positions.records.models import Document
from positions.records.suppositions import Supposition


def cited_data(document: Document) -> str:
    """Return the citation of a data set on one line, without a checksum.

    >>> from positions.snapshots.dataset import Dataset
    >>> cited_data(Dataset.of(parties=[], topics=[], title="Talks", authors=["Ann"]).document)
    'Ann: Talks. Data set, version 0, licence none given'
    """
    authors = f"{', '.join(document.authors)}: " if document.authors else ""
    until = document.evidence_until
    evidence = "" if until is None else f", evidence until {until}"
    about = f"Data set, version {document.data_version}{evidence}"
    return f"{authors}{document.title}. {about}, licence {document.licence}"


def last_day(document: Document) -> dt.date:
    """Return the day used by questions that name no day: the end of the evidence.

    Without one, it is the last day of a statement, a proposal or an event. Suppositions do
    not count, so that supposing something does not move the default day.

    Raises:
        InvalidInputError: the data set has none of these.
    """
    if document.evidence_until is not None:
        return document.evidence_until.latest
    last = max(_days(document), default=None)
    if last is None:
        advice = "give a day: the data set has no end of evidence, statement, proposal or event"
        raise InvalidInputError("day", "a day to ask about", None, advice)
    return last


def _days(document: Document) -> Iterator[dt.date]:
    """Yield the last day that each statement, proposal and event can mean."""
    for statement in document.statements:
        if not isinstance(statement, Supposition):
            yield statement.date.latest
    yield from (plan.date.latest for plan in document.proposals)
    for event in document.events:
        date = event.date or event.end or event.start
        if date is not None:
            yield date.latest

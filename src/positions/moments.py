"""Which events of a data set a picture over time marks, and how it calls them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from positions.catalogue import Catalogue
from positions.charts import Moment
from positions.records import Event

MOST_MOMENTS = 12
"""How many events a picture marks."""


def moments(
    catalogue: Catalogue,
    parties: Collection[str],
    topics: Collection[str],
    start: dt.date,
    end: dt.date,
) -> tuple[Moment, ...]:
    """Choose the events of these parties on these topics: those on most topics where many.

    An event of several days, or of a vague date, stands on its first day.
    """
    found = [
        event
        for event in catalogue.document.events
        if set(event.parties) & set(parties)
        and set(event.topics) & set(topics)
        and start <= _first_day(event) <= end
    ]
    found.sort(key=lambda event: -len(set(event.topics) & set(topics)))
    chosen = sorted(found[:MOST_MOMENTS], key=_first_day)
    return tuple(Moment(_first_day(event), _label(event)) for event in chosen)


def moments_remark(chosen: Collection[Moment]) -> Iterator[str]:
    """Say what the dotted lines are, where there are any."""
    if chosen:
        yield "Dotted lines: events on these topics, at most the twelve that touch most of them."


def _first_day(event: Event) -> dt.date:
    date = event.date or event.start
    return dt.date.max if date is None else date.earliest


def _label(event: Event) -> str:
    return event.kind if event.place is None else f"{event.kind}, {event.place}"

"""Relations in pictures: how each is marked, and the lanes in which they run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from positions.catalogue import Catalogue
from positions.charts import Key, Span, Tone, key_of
from positions.conditions import Verdict
from positions.relations import Relation
from positions.supposing import Supposition
from positions.wording import counted

TONES: dict[Relation, Tone] = {
    "agreed": "yes",
    "conditional": "if",
    "open": "open",
    "deadlock": "no",
    "one_sided": "faint",
    "silent": "blank",
}
"""How a relation is marked."""
WORDS: dict[Tone, str] = {
    "yes": "agreed",
    "if": "conditional",
    "unmet": "conditional, refused",
    "open": "open",
    "no": "deadlock",
    "faint": "one-sided: only one has spoken",
}
"""What the marks of relations stand for."""


def relation_tone(relation: Relation, conditions: Verdict | None) -> Tone:
    """Choose the mark of a relation; an acceptance on refused conditions has its own."""
    return "unmet" if conditions == "unmet" else TONES[relation]


def relation_key(tones: Collection[Tone]) -> tuple[Key, ...]:
    """Make the key of the relations that a picture shows."""
    return key_of(tones, WORDS)


def relation_spans(changes: Sequence[tuple[dt.date, Relation]], end: dt.date) -> tuple[Span, ...]:
    """Join the relations of some days into spans, each up to the day before the next.

    Arguments:
        changes: days, rising, with the relation from each on.
        end: the last day.
    """
    starts: list[tuple[dt.date, Relation]] = [
        (day, relation)
        for number, (day, relation) in enumerate(changes)
        if number == 0 or changes[number - 1][1] != relation
    ]
    ends = [*(day - dt.timedelta(days=1) for day, _ in starts[1:]), end]
    return tuple(
        Span(day, last, TONES[relation], relation.replace("_", "-"))
        for (day, relation), last in zip(starts, ends, strict=True)
    )


def sources_text(
    catalogue: Catalogue, parties: Collection[str], topics: Collection[str], end: dt.date
) -> str:
    """Say on which statements of which data set a picture rests.

    Counted are the statements of these parties on these topics up to a day.
    """
    count = sum(
        statement.topic in topics
        and statement.date.latest <= end
        and any(party in parties for party in statement.parties)
        and not isinstance(statement, Supposition)
        for statement in catalogue.document.statements
    )
    return data_text(catalogue, f"{counted(count, 'statement')} up to {end}")


def data_text(catalogue: Catalogue, grounds: str) -> str:
    """Say what a picture rests on, and in which data set that is."""
    head = catalogue.document
    version = f", version {head.data_version}" if head.data_version else ""
    return f"Sources: {grounds}; {head.title}{version}."

"""Weights of topics for each party: as given, or by emphasis in its statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

import numpy as np

from positions.errors import InvalidInputError, UnknownNameError
from positions.snapshots.reading import CLAIMED
from positions.snapshots.snapshot import Snapshot

Exact = int | str | Decimal | Fraction
"""An exact number: `3`, `"3/4"`, `"0.35"`, a Decimal or a Fraction, but not a float."""
Weights = Mapping[str, Mapping[str, Exact]]
"""Weights of topics: party, then topic, then a number of 0 or more."""

EMPHASIS_NOTE = (
    "Weights: emphasis, the share of a party's statements on terms that are on the topic. "
    "It measures how often a party speaks of a topic, not how much it matters to the party."
)

_NUMBER = re.compile(r"[+-]?\d{1,100}(\.\d{1,100}|/\d{1,100})?")


def exact(value: Exact, what: str) -> Fraction:
    """Read a number exactly.

    Arguments:
        value: an int, a Fraction, a Decimal, or text such as `3/4` or `0.35`.
        what: its name in error messages.

    Raises:
        InvalidInputError: the value is a float, which may differ from the number as typed, or
            is not a number.

    >>> exact("0.35", "weight")
    Fraction(7, 20)
    >>> exact(0.35, "weight")
    Traceback (most recent call last):
    positions.errors.InvalidInputError: weight: wanted an exact number, got 0.35; write '0.35'
    """
    if isinstance(value, float):
        raise InvalidInputError(what, "an exact number", value, f"write '{value}'")
    if not _readable(value):
        raise InvalidInputError(what, "a number such as 3, '3/4' or '0.35'", value)
    try:
        return Fraction(value)
    except (ValueError, OverflowError, ZeroDivisionError):
        raise InvalidInputError(what, "a finite number", value) from None


def _readable(value: object) -> bool:
    if isinstance(value, str):
        return _NUMBER.fullmatch(value) is not None
    return isinstance(value, Exact) and not isinstance(value, bool)


def weight(value: Exact, what: str) -> Fraction:
    """Read a weight, which is an exact number of 0 or more."""
    found = exact(value, what)
    if found < 0:
        raise InvalidInputError(what, "a weight of 0 or more", value)
    return found


def read_weights(
    weights: Weights, parties: Iterable[str], topics: Iterable[str]
) -> dict[str, dict[str, Fraction]]:
    """Validate weights given by users, and convert them to fractions.

    Arguments:
        weights: party, then topic, then a number of 0 or more.
        parties: the ids of the parties, each of which must have weights.
        topics: the ids of all topics that can have weights.

    Raises:
        UnknownNameError: a party or topic is not among these.
        InvalidInputError: a party has no weights, or a weight is not an exact number.
    """
    known, who = tuple(topics), tuple(parties)
    for party in weights:
        if party not in who:
            raise UnknownNameError("party", party, who)
    missing = [party for party in who if party not in weights]
    if missing:
        raise InvalidInputError("weights", f"an entry for each of {', '.join(who)}", list(weights))
    return {party: _of_party(weights[party], party, known) for party in who}


def _of_party(
    weights: Mapping[str, Exact], party: str, topics: tuple[str, ...]
) -> dict[str, Fraction]:
    for topic in weights:
        if topic not in topics:
            raise UnknownNameError("topic", topic, topics)
    return {topic: weight(given, f"weight of {party}.{topic}") for topic, given in weights.items()}


def shares(weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Divide the weights of one party by their sum; if it is 0, they stay as they are."""
    total = sum(weights.values(), Fraction(0))
    return {topic: value / total if total else value for topic, value in weights.items()}


def emphasis(snapshot: Snapshot, party: str) -> dict[str, Fraction]:
    """Return the share of each topic in a party's statements on terms.

    Joint statements count for each of their parties, and lapsed statements count too.
    Claims by others do not count, nor do statements that are denied or excluded by the
    arguments of `Dataset.at`.

    Returns:
        A share for every topic that is a term; all 0 if the party has spoken of none.
    """
    statements, selection = snapshot.selection.ledger.statements, snapshot.selection
    own = (statements.party == snapshot.catalogue.party_numbers[party]) & (
        statements.attribution != CLAIMED
    )
    rows = np.flatnonzero(own & selection.chosen)
    rows = rows[selection.counting(rows, np.full(len(rows), snapshot.date.toordinal()))]
    said = np.unique(np.stack([statements.topic[rows], statements.number[rows]]), axis=1)
    counts = np.bincount(said[0], minlength=len(snapshot.topics)).tolist()
    numbers = snapshot.catalogue.topic_numbers
    return shares({topic: Fraction(counts[numbers[topic]]) for topic in terms(snapshot)})


def terms(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the ids of the topics that can be part of a settlement, in the order of the file."""
    return tuple(t.id for t in snapshot.catalogue.document.topics if t.about == "term")

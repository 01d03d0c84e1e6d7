"""How much topics matter to parties: weights as given, or the emphasis of their own words."""

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
"""A number as users give it: `3`, `"3/4"`, `"0.35"`, a Decimal or a Fraction, and no float."""
Weights = Mapping[str, Mapping[str, Exact]]
"""How much each topic matters to each party: party, then topic, then a number of 0 or more."""

EMPHASIS_NOTE = (
    "Weights: emphasis, the share of a party's statements on terms that are on the topic. "
    "It tells how often a party spoke, not how much it cares."
)

_NUMBER = re.compile(r"[+-]?\d{1,100}(\.\d{1,100}|/\d{1,100})?")


def exact(value: Exact, what: str) -> Fraction:
    """Read a number exactly.

    Arguments:
        value: an int, a Fraction, a Decimal, or text such as `3/4` or `0.35`.
        what: what an error calls it.

    Raises:
        InvalidInputError: a float, which is not the number that was typed, or no number.

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
    """Read a weight: an exact number of 0 or more."""
    found = exact(value, what)
    if found < 0:
        raise InvalidInputError(what, "a weight of 0 or more", value)
    return found


def read_weights(
    weights: Weights, parties: Iterable[str], topics: Iterable[str]
) -> dict[str, dict[str, Fraction]]:
    """Check weights as users give them: of these parties, on known topics.

    Arguments:
        weights: party, then topic, then a number of 0 or more.
        parties: the ids of those who must have weights.
        topics: the ids of all topics that can be weighed.

    Raises:
        UnknownNameError: a party or topic is not among these.
        InvalidInputError: a party has no weights, or a weight is no exact number.
    """
    known, who = tuple(topics), tuple(parties)
    for party in weights:
        if party not in who:
            raise UnknownNameError("party", party, who)
    missing = [party for party in who if party not in weights]
    if missing:
        raise InvalidInputError("weights", f"some for each of {', '.join(who)}", list(weights))
    return {party: _of_party(weights[party], party, known) for party in who}


def _of_party(
    weights: Mapping[str, Exact], party: str, topics: tuple[str, ...]
) -> dict[str, Fraction]:
    for topic in weights:
        if topic not in topics:
            raise UnknownNameError("topic", topic, topics)
    return {topic: weight(given, f"weight of {party}.{topic}") for topic, given in weights.items()}


def shares(weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Divide the weights of one party by their sum, so that only their proportions count."""
    total = sum(weights.values(), Fraction(0))
    return {topic: value / total if total else value for topic, value in weights.items()}


def emphasis(snapshot: Snapshot, party: str) -> dict[str, Fraction]:
    """Tell what share of a party's statements on terms is on each of them.

    Joint statements count for each of their parties, and lapsed ones too; what others
    claim of the party does not, and neither does what is denied or left out by the
    arguments of `Dataset.at`.

    Returns:
        A share for every topic that is a term; all 0 where the party never spoke of one.
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
    """List the ids of the topics that can stand in a settlement, in the order of the file."""
    return tuple(t.id for t in snapshot.catalogue.document.topics if t.about == "term")

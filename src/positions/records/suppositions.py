"""Suppositions: hypothetical statements, which are marked as such.

A supposition counts like a statement of its day, but after all real statements of that
day. It has no source, so it is not data: it is never read from a file or written to one.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Annotated, TypedDict

from pydantic import Field, ValidationError

from positions.errors import InvalidInputError
from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.records.dates import Date
from positions.records.fields import Attribution, Confidence, Identifier, Many
from positions.records.models import Condition, ConditionGroup, Document, Statement
from positions.records.scales import WHOLE_TOPIC, Scale, scale_of

VERBS = {
    Attitude.DEMAND: "demands",
    Attitude.ACCEPT: "accepts",
    Attitude.CONDITIONAL: "accepts under conditions",
    Attitude.REJECT: "rejects",
    Attitude.WITHDRAWN: "withdraws its attitude to",
}
"""The verb of each attitude, in the summary of a supposition."""

ConditionFields = TypedDict(
    "ConditionFields", {"for": list[str], "all": list[dict[str, object] | Condition]}
)
"""A group of conditions, as in a file."""


class Supposition(Statement):
    """A hypothetical statement; it has no source, and only `Dataset.suppose` makes it.

    Its confidence is high, so that no minimum confidence excludes it.
    """

    attribution: Attribution = "self"
    confidence: Confidence | None = "high"
    sources: Annotated[Many[Identifier], Field(max_length=0)] = ()


def suppositions(document: Document) -> tuple[Supposition, ...]:
    """List the suppositions in a data set, in the order in which they were made."""
    return tuple(said for said in document.statements if isinstance(said, Supposition))


def supposition(
    catalogue: Catalogue,
    party: str,
    topic: str,
    says: Mapping[str, Attitude | str],
    on: dt.date,
    conditions: Iterable[ConditionGroup | ConditionFields],
    until: Date | None,
) -> Supposition:
    """Make a supposition about one party on one topic; see `Dataset.suppose`."""
    who = catalogue.party(party)
    _require_says(says)
    scale = scale_of(catalogue.topic(topic), says)
    for key in says:
        scale.columns(key)
    made = _validated(
        {
            "id": _next_id(catalogue.document),
            "parties": (who.id,),
            "topic": topic,
            "date": on,
            "until": until,
            "says": dict(says),
            "conditions": tuple(conditions),
            "summary": _summary(who.name, scale, says),
        }
    )
    scale.resolve(made.says)
    return made


def _require_says(says: object) -> None:
    if not isinstance(says, Mapping) or not says:
        raise InvalidInputError("says", "a dictionary from options to attitudes", says)


def _validated(fields: dict[str, object]) -> Supposition:
    try:
        return Supposition.model_validate(fields)
    except ValidationError as error:
        problem = error.errors()[0]["msg"].removeprefix("Value error, ")
        wanted = "attitudes that a statement can take"
        raise InvalidInputError("supposition", wanted, fields["says"], problem) from None


def _next_id(document: Document) -> str:
    """Return the next free id, such as `supposed-1`."""
    taken = {statement.id for statement in document.statements}
    names = (f"supposed-{number}" for number in count(1 + len(suppositions(document))))
    return next(name for name in names if name not in taken)


def _summary(party: str, scale: Scale, says: Mapping[str, Attitude | str]) -> str:
    """Return a supposition in one sentence."""
    parts = []
    for attitude, verb in VERBS.items():
        keys = [key for key, said in says.items() if said == attitude]
        if keys:
            parts.append(f"{verb} {' or '.join(_named(scale, key) for key in keys)}")
    return textwrap.shorten(f"{party} {' and '.join(parts)}", 1999, placeholder=" …") + "."


def _named(scale: Scale, key: str) -> str:
    """Return the names of the options of a key, a number, or “anything on the topic”."""
    if key == WHOLE_TOPIC:
        return "anything on the topic"
    if scale.numbers:
        return scale.quote(key)
    return " or ".join(scale.quote(scale.names[column]) for column in scale.columns(key))

"""Strategies for topics, their options, and the attitudes of statements to them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from positions.records import models as records
from positions.records.attitudes import SAID, Attitude
from positions.records.intervals import Interval, parse_interval
from positions.records.models import Topic
from positions.records.scales import Scale, scale_of
from positions.strategies.draws import NAMES, called, one, remark, seldom, some

Kind = Literal["nominal", "ordinal", "quantity"]
"""The kind of answers to a topic."""

TOPICS = ("land", "land.north", "army")
"""The ids of the topics of documents, which have at most this many."""
_OPTIONS = ("no", "part", "most", "yes")


@st.composite
def options(draw: DrawFn, *, at: float | None = None) -> records.Option:
    """Generate options; `at` is the place on an ordinal scale.

    Shrinks to an option called no.

    >>> options(at=0.5)
    options(at=0.5)
    """
    name = one(draw, _OPTIONS)
    return records.Option(id=name, name=draw(NAMES), definition=draw(NAMES), at=at)


@st.composite
def topics(draw: DrawFn, *, kinds: Sequence[Kind] = ("nominal", "ordinal", "quantity")) -> Topic:
    """Generate topics: two to four options, or numbers with at most one named option.

    Shrinks to a nominal topic with two options.

    >>> topics(kinds=["ordinal"])
    topics(kinds=['ordinal'])
    """
    kind = one(draw, kinds)
    number = kind == "quantity"
    return Topic(
        id=one(draw, TOPICS),
        name=draw(NAMES),
        question=draw(NAMES),
        kind=kind,
        about=draw(st.sampled_from(("term", "process", "conduct"))),
        options=_named_options(draw) if number else _choices(draw, kind),
        unit="days" if number else None,
        domain=draw(st.sampled_from(("0..", "0..10", "..", "0<..<10"))) if number else "0..",
        span=10.0 if number and seldom(draw) else None,
        note=remark(draw),
        pax=some(draw, ("TerSta", "one, two")) if seldom(draw) else (),
    )


def _choices(draw: DrawFn, kind: Kind) -> tuple[records.Option, ...]:
    steps = [draw(st.integers(1, 3)) for _ in range(draw(st.integers(2, len(_OPTIONS))))]
    placed = kind == "ordinal" and draw(st.booleans())
    places = [float(place) if placed else None for place in itertools.accumulate(steps)]
    return called(_OPTIONS, [draw(options(at=place)) for place in places])


def _named_options(draw: DrawFn) -> tuple[records.Option, ...]:
    """Draw at most one option; the unused draw keeps a nominal topic simpler for shrinking."""
    known = [draw(options()), draw(options())]
    return called(["no_cap"], known[: draw(st.integers(0, 1))])


@st.composite
def says(draw: DrawFn, topic: Topic) -> dict[str, Attitude]:
    """Generate the attitudes of a statement to options, ranges and intervals of a topic.

    Keys that overlap only partly have the same attitude. Shrinks to a demand for one option.

    >>> topics().flatmap(says)
    topics().flatmap(says)
    """
    count = draw(st.integers(1, 4))
    said = {key_of(draw, topic): draw(st.sampled_from(SAID)) for _ in range(count)}
    if draw(st.integers(0, 7)) == 7:
        said["*"] = Attitude.WITHDRAWN
    scale, agreeing = scale_of(topic, said), dict[str, Attitude]()
    for key, attitude in said.items():
        if all(agreeing[other] == attitude for other in agreeing if cross(scale, key, other)):
            agreeing[key] = attitude
    return agreeing


def cross(scale: Scale, one: str, other: str) -> bool:
    """Whether two keys overlap without either being inside the other."""
    left, right = frozenset(scale.columns(one)), frozenset(scale.columns(other))
    return bool(left & right) and not (left < right or right < left)


def key_of(draw: DrawFn, topic: Topic) -> str:
    """Draw a key of `says` other than `*`: an option more often than a range."""
    names = [option.id for option in topic.options]
    if topic.kind == "quantity":
        named = bool(names) and seldom(draw)
        return names[0] if named else _interval(draw, parse_interval(topic.domain))
    if topic.kind == "nominal" or draw(st.integers(0, 2)) < 2:
        return one(draw, names)
    low, high = sorted((one(draw, range(len(names))), one(draw, range(len(names)))))
    return draw(st.sampled_from(("{}..{}", "{}..", "..{1}"))).format(names[low], names[high])


def _interval(draw: DrawFn, domain: Interval) -> str:
    """Draw an interval within the domain that contains a number.

    Edge 2i is mark i, and edge 2i + 1 the gap after it, so that any two edges in order
    enclose a number.
    """
    marks = _marks(domain)
    edges = st.integers(int(domain.low_open), 2 * len(marks) - 2 - int(domain.high_open))
    low, high = sorted((draw(edges), draw(edges)))
    first, last, open_ends = marks[low // 2], marks[-(-high // 2)], (low % 2 == 1, high % 2 == 1)
    bounded, below = Interval(first, last, *open_ends), Interval(None, last, False, open_ends[1])
    return str(one(draw, [bounded, below, Interval(first, None, open_ends[0], False)]))


def _marks(domain: Interval) -> list[Decimal]:
    """List some numbers of a domain, including its ends."""
    first = domain.low if domain.low is not None else (domain.high or Decimal(0)) - 10
    last = domain.high if domain.high is not None else first + 10
    return sorted({first, last, *(first + step for step in range(10) if first + step < last)})


def keys_of(draw: DrawFn, topic: Topic) -> tuple[str, ...]:
    """Draw one or two keys of a topic."""
    return tuple(dict.fromkeys(key_of(draw, topic) for _ in range(draw(st.integers(1, 2)))))

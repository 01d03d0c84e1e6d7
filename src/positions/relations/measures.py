"""Relations and distances between parties on one topic, from their attitudes alone.

All functions are reductions over attitudes as small integers, parties × columns, or days ×
parties × columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations
from typing import Any, Literal, get_args

import attrs
import numpy as np

from positions.records.intervals import EXACT, Interval, joined, plain_number
from positions.records.plain import field_names
from positions.records.scales import Scale
from positions.snapshots.ledger import (
    ACCEPT,
    CONDITIONAL,
    REJECT,
    SILENT,
    Codes,
    Flags,
    Ints,
    distinct,
)
from positions.snapshots.tracks import Track

Relation = Literal["silent", "one_sided", "agreed", "conditional", "deadlock", "open"]
"""The relation of two or more parties on a topic."""

RELATIONS: tuple[Relation, ...] = get_args(Relation)

StanceRelation = Literal["same", "compatible", "different", "open", "only_left", "only_right"]
"""How the positions of two parties on one topic differ."""

STANCE_RELATIONS: tuple[StanceRelation, ...] = get_args(StanceRelation)


def relation_codes(codes: Codes) -> Ints:
    """Return the relation on a topic, as its number in `RELATIONS`, for each day.

    Silent or one-sided if fewer than two have spoken; else agreed if any option is
    agreed; else conditional if any is; else deadlock if all are blocked; else open.

    Arguments:
        codes: attitudes, (days ×) parties × columns.
    """
    spoken = (codes != SILENT).any(axis=-1).sum(axis=-1)
    lowest = codes.min(axis=-2)
    agreed = (lowest >= ACCEPT).any(axis=-1)
    conditional = (lowest == CONDITIONAL).any(axis=-1)
    blocked = (lowest == REJECT).all(axis=-1)
    cases = [spoken == 0, spoken == 1, agreed, conditional, blocked]
    return np.asarray(np.select(cases, [0, 1, 2, 3, 4], default=5))


def relation_of(codes: Codes) -> Relation:
    """Return the relation of parties on a topic; `codes` is parties × columns."""
    return RELATIONS[int(relation_codes(codes))]


def is_apart(codes: Codes) -> bool:
    """Whether a topic is open, but two parties affirm options and have none in common."""
    affirmed = codes >= CONDITIONAL
    split = any(
        affirmed[one].any()
        and affirmed[other].any()
        and not (affirmed[one] & affirmed[other]).any()
        for one, other in combinations(range(len(affirmed)), 2)
    )
    return split and relation_of(codes) == "open"


def is_declared(codes: Codes, explicit: Flags) -> bool:
    """Whether every option that one party affirms is explicitly rejected by another.

    Where nobody affirms any option, every option must be.
    """
    affirmed = (codes >= CONDITIONAL).any(axis=0)
    refused = ((codes == REJECT) & explicit).any(axis=0)
    return bool(refused[affirmed].all()) if affirmed.any() else bool(refused.all())


def days_and_codes(known: Sequence[Track | None], width: int, last: int) -> tuple[Ints, Codes]:
    """Combine the tracks of parties: attitudes as days × parties × columns.

    Arguments:
        known: a track for each party; None if it never spoke.
        width: the number of columns of the topic.
        last: the last day, as a proleptic ordinal.

    Returns:
        The days on which an attitude may have changed, and the attitudes from each on.
    """
    spoken = [track.days for track in known if track is not None]
    days = distinct(np.concatenate([np.zeros(0, np.int64), *spoken]))
    days = days[days <= last]
    codes = np.full((len(days), len(known), width), SILENT, np.int8)
    for party, track in enumerate(known):
        if track is not None:
            rows = np.searchsorted(track.days, days, side="right") - 1
            codes[rows >= 0, party] = track.shown.code[rows[rows >= 0]]
    return days, codes


def related_since(known: Sequence[Track | None], width: int, last: int) -> int | None:
    """Return the first day of the unbroken run of the relation that holds on the last day."""
    days, codes = days_and_codes(known, width, last)
    if not len(days):
        return None
    relation = relation_codes(codes)
    breaks = np.flatnonzero(relation != relation[-1])
    first = int(breaks[-1]) + 1 if len(breaks) else 0
    return None if first == 0 and relation[-1] == 0 else int(days[first])


def stance_relations(left: Codes, right: Codes, starts: Ints) -> Ints:
    """Return how two parties differ on topics, as numbers in `STANCE_RELATIONS`.

    The first that fits counts: only one has spoken; same, compatible, different; else
    open. A topic on which neither has spoken has no meaningful result (`only_right`).

    Arguments:
        left: attitudes of a party, (parties ×) columns; several parties are compared
            with those of `right` pair by pair, one party with all of them.
        right: attitudes of the other, in the same form.
        starts: the first column of each topic.

    Returns:
        Numbers, (parties ×) topics.
    """
    affirmed = left >= CONDITIONAL, right >= CONDITIONAL
    rejected = left == REJECT, right == REJECT
    unlike = (affirmed[0] != affirmed[1]) | (rejected[0] != rejected[1])
    against = (affirmed[0] & rejected[1]) | (affirmed[1] & rejected[0])
    cases: dict[StanceRelation, Flags] = {
        "only_right": ~_any_by_topic(left != SILENT, starts),
        "only_left": ~_any_by_topic(right != SILENT, starts),
        "same": ~_any_by_topic(unlike, starts),
        "compatible": _any_by_topic(affirmed[0] & affirmed[1], starts),
        "different": _any_by_topic(against, starts),
    }
    numbers = [STANCE_RELATIONS.index(relation) for relation in cases]
    default = STANCE_RELATIONS.index("open")
    return np.asarray(np.select(list(cases.values()), numbers, default))


def _any_by_topic(flags: Flags, starts: Ints) -> Flags:
    """Return for each topic whether a flag is set on any of its columns."""
    return np.logical_or.reduceat(flags, starts, axis=-1)


@attrs.frozen
class Measures:
    """All measures of the relation and distance of parties on one topic.

    A class of rows has some of these measures as fields, by the same names.

    Attributes:
        relation: silent, one_sided, agreed, conditional, deadlock or open.
        apart: whether it is open, and two parties affirm options, but none in common.
        gap: the distance between what they affirm; for more than two parties the largest
            between two. None where it is not defined, with the `gap_reason`.
        mean_gap: the mean of the defined gaps between two parties.
        firm_gap: the gap between what they demand or accept without conditions.
        gap_reason: why no gap is defined.
        gap_pairs: the number of pairs of parties whose gap is defined.
    """

    relation: Relation
    apart: bool
    gap: int | float | None
    mean_gap: int | float | None
    firm_gap: int | float | None
    gap_reason: str | None
    gap_pairs: int


def measures_of(scale: Scale, codes: Codes) -> Measures:
    """Return all measures of parties on a topic; `codes` is parties × columns."""
    gaps = pair_gaps(scale, codes)
    firm = pair_gaps(scale, codes, ACCEPT) if (codes == CONDITIONAL).any() else gaps
    gap = widest(gaps)
    return Measures(
        relation=relation_of(codes),
        apart=is_apart(codes),
        gap=gap.value,
        mean_gap=_mean(gaps),
        firm_gap=widest(firm).value,
        gap_reason=gap.reason,
        gap_pairs=gap.pairs,
    )


MEASURES = field_names(Measures)
"""The names of all measures."""


def named_measures(row: type[attrs.AttrsInstance]) -> tuple[str, ...]:
    """List the measures that are among the fields of a class of rows, in its order."""
    return tuple(name for name in field_names(row) if name in MEASURES)


def measured(row: type[attrs.AttrsInstance], source: object) -> dict[str, Any]:
    """Return the values of the measures that are among the fields of a class of rows, by name.

    Arguments:
        row: the class.
        source: an object with these values: `Measures`, or a row with these fields.
    """
    return {name: getattr(source, name) for name in named_measures(row)}


@attrs.frozen
class Gap:
    """The distance between two or more parties on a topic.

    `value` is None where no gap is defined, with the `reason`; None never means 0.
    `pairs` counts the pairs of parties whose gap is defined.
    """

    value: int | float | None
    pairs: int = 1
    reason: str | None = None


def gap_between(scale: Scale, codes: Codes, least: int = CONDITIONAL) -> Gap:
    """Return the gap between parties on a topic; for more than two, the largest between two.

    0 if both affirm an option, else the least distance between options that they affirm:
    for numbers in the unit, on ordinal topics between coordinates, on nominal topics 1.

    Arguments:
        scale: the topic's columns.
        codes: attitudes, parties × columns.
        least: the lowest attitude that counts; `ACCEPT` for firm gaps.
    """
    return widest(pair_gaps(scale, codes, least))


def pair_gaps(scale: Scale, codes: Codes, least: int = CONDITIONAL) -> list[Gap]:
    """Return the gap between every two parties on a topic; see `gap_between`."""
    return [
        _pair_gap(scale, codes[[one, other]] >= least)
        for one, other in combinations(range(len(codes)), 2)
    ]


def widest(gaps: Sequence[Gap]) -> Gap:
    """Return the largest gap, with the number of gaps that are defined."""
    defined = [gap.value for gap in gaps if gap.value is not None]
    if not defined:
        return Gap(None, 0, gaps[0].reason if gaps else "there is only one party")
    return Gap(max(defined), len(defined))


def _mean(gaps: Iterable[Gap]) -> int | float | None:
    """Return the mean of the gaps that are defined; None if none is."""
    defined = [gap.value for gap in gaps if gap.value is not None]
    if len(defined) < 2:
        return defined[0] if defined else None
    return plain_number(sum((Fraction(str(gap)) for gap in defined), Fraction(0)) / len(defined))


def _pair_gap(scale: Scale, affirmed: Flags) -> Gap:
    one, other = (np.flatnonzero(row) for row in affirmed)
    if not len(one) or not len(other):
        return Gap(None, 0, "one of them affirms nothing")
    if (affirmed[0] & affirmed[1]).any():
        return Gap(0)
    known = [value for value in _distances(scale, one, other) if value is not None]
    if not known:
        return Gap(None, 0, "a named option has no distance to a number")
    if min(known) == 0:
        return Gap(None, 0, "the ranges touch but do not overlap, so there is no least distance")
    return Gap(min(known))


def _distances(scale: Scale, one: Ints, other: Ints) -> list[int | float | None]:
    """Return the distances of each column of one party to the nearest columns of the other."""
    place = np.searchsorted(other, one)
    near = {(int(a), int(other[max(0, i - 1)])) for a, i in zip(one, place, strict=True)}
    near |= {(int(a), int(other[min(len(other) - 1, i)])) for a, i in zip(one, place, strict=True)}
    near |= {(int(one[0]), int(other[0]))}
    return [scale.distance(a, b) for a, b in sorted(near)]


def amount_between(scale: Scale, before: Codes, after: Codes) -> int | float | None:
    """Return the change of an affirmed range of numbers; None where one number is not enough.

    The upper end counts where the lower one is unchanged, the lower end where the upper
    one is unchanged, and either where both changed by the same amount.
    """
    old, new = (_hull(scale, codes >= CONDITIONAL) for codes in (before, after))
    if old is None or new is None:
        return None
    shifts = [_shift(old.low, new.low), _shift(old.high, new.high)]
    steps = {shift for shift in shifts if shift != 0}
    if None in steps or len(steps) > 1:
        return None
    return plain_number(steps.pop() or Decimal(0)) if steps else 0


def _shift(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """Return the change of one end of a range; None if it is bounded only before or after."""
    if before is None or after is None:
        return Decimal(0) if before is after else None
    with localcontext(prec=EXACT):
        return after - before


def _hull(scale: Scale, affirmed: Flags) -> Interval | None:
    """Return the least interval with all affirmed numbers; ends of the domain are left open."""
    columns = [column for column in np.flatnonzero(affirmed) if column < len(scale.numbers)]
    if not columns:
        return None
    return joined([scale.numbers[columns[0]], scale.numbers[columns[-1]]])

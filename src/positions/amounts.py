"""By how much a number moved, or lies away from another."""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np

from positions.ledger import CONDITIONAL, Codes, Flags
from positions.quantities import EXACT, Interval, joined, plain_number
from positions.scales import Scale


def amount_between(scale: Scale, before: Codes, after: Codes) -> int | float | None:
    """Measure by how much an affirmed range of numbers moved; None where one number cannot say.

    The upper end counts where the lower one stays, the lower where the upper stays,
    and either where both moved alike.
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
    """Measure how far one end moved; None where only one of them is bounded."""
    if before is None or after is None:
        return Decimal(0) if before is after else None
    with localcontext(prec=EXACT):
        return after - before


def _hull(scale: Scale, affirmed: Flags) -> Interval | None:
    """Give the least interval that holds all affirmed numbers, with the domain's own ends open."""
    columns = [column for column in np.flatnonzero(affirmed) if column < len(scale.numbers)]
    if not columns:
        return None
    return joined([scale.numbers[columns[0]], scale.numbers[columns[-1]]])

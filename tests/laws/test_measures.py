"""Every measure between parties, against its definition worked out pair by pair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations, product

import attrs
import pytest
from hypothesis import given, settings

from positions import testing
from positions.over_time.convergence_rows import ConvergenceRow
from positions.records.scales import Scale
from positions.relations.measures import MEASURES, measures_of, named_measures
from positions.relations.topic_overlap import Overlap
from positions.snapshots.dataset import Dataset
from positions.snapshots.ledger import ACCEPT, CONDITIONAL, REJECT, SILENT
from readings import DAYS

Stance = Sequence[int]
"""The attitudes of one party, a number a column."""


def relation(scale: Scale, stances: Sequence[Stance]) -> str:
    """Name the relation by the first rule that fits."""
    spoken = sum(any(code != SILENT for code in stance) for stance in stances)
    columns = list(zip(*stances, strict=True))
    if spoken < 2:
        return ("silent", "one_sided")[spoken]
    if any(all(code >= ACCEPT for code in column) for column in columns):
        return "agreed"
    if any(all(code >= CONDITIONAL for code in column) for column in columns):
        return "conditional"
    return "deadlock" if all(REJECT in column for column in columns) else "open"


def affirmed(stance: Stance, least: int) -> set[int]:
    """The columns that a party affirms, at least so firmly."""
    return {column for column, code in enumerate(stance) if code >= least}


def apart(scale: Scale, stances: Sequence[Stance]) -> bool:
    """Whether a topic is open, but two parties affirm something and no option both."""
    said = [affirmed(stance, CONDITIONAL) for stance in stances]
    split = any(one and other and not one & other for one, other in combinations(said, 2))
    return relation(scale, stances) == "open" and split


def gaps(scale: Scale, stances: Sequence[Stance], least: int) -> list[int | float]:
    """The gaps that are defined, one for each pair: the least distance of any two columns."""
    found = []
    for one, other in combinations([affirmed(stance, least) for stance in stances], 2):
        distances = [scale.distance(a, b) for a, b in product(one, other)]
        known = [distance for distance in distances if distance is not None]
        if known and (one & other or min(known) > 0):
            found.append(min(known))
    return found


def mean(values: Sequence[int | float]) -> Fraction | None:
    """The exact mean of decimal numbers."""
    exact = [Fraction(str(value)) for value in values]
    return sum(exact, Fraction(0)) / len(exact) if exact else None


DEFINITIONS: dict[str, Callable[[Scale, Sequence[Stance]], object]] = {
    "relation": relation,
    "apart": apart,
    "gap": lambda scale, stances: max(gaps(scale, stances, CONDITIONAL), default=None),
    "mean_gap": lambda scale, stances: mean(gaps(scale, stances, CONDITIONAL)),
    "firm_gap": lambda scale, stances: max(gaps(scale, stances, ACCEPT), default=None),
    "gap_reason": lambda scale, stances: not gaps(scale, stances, CONDITIONAL),
    "gap_pairs": lambda scale, stances: len(gaps(scale, stances, CONDITIONAL)),
}
"""What each measure is by its definition; of a reason, whether there is one."""


def test_definitions_are_complete() -> None:
    """Every measure has a definition here."""
    assert set(DEFINITIONS) == set(MEASURES)


def test_rows_show_every_measure() -> None:
    """Every measure is a field of the rows of `overlap` or of `convergence`."""
    assert {*named_measures(Overlap), *named_measures(ConvergenceRow)} == set(MEASURES)


@settings(max_examples=60)
@given(testing.datasets(), DAYS)
def test_definitions(ds: Dataset, day: dt.date) -> None:
    """Every measure of every topic is what its definition gives, a mean up to the last digits."""
    snapshot = ds.at(day)
    for topic, scale in ds.catalogue.scales.items():
        codes = snapshot.codes_on(snapshot.parties, topic)
        found = attrs.asdict(measures_of(scale, codes), recurse=False)
        found["gap_reason"] = found["gap_reason"] is not None
        for name, defined in DEFINITIONS.items():
            wanted = defined(scale, codes.tolist())
            if isinstance(wanted, Fraction):
                wanted = pytest.approx(float(wanted))
            assert found[name] == wanted, name

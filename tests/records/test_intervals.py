"""Numbers as options: intervals, atoms and distances."""

from __future__ import annotations

from decimal import Decimal

import hypothesis.strategies as st
import pytest
from hypothesis import given

from positions.errors import InvalidInputError
from positions.records.intervals import (
    Interval,
    atoms,
    distance,
    joined,
    parse_interval,
    plain_number,
)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("..85000", None, 85000),
        ("30..", 30, None),
        ("20..50", 20, 50),
        ("600000", 600000, 600000),
        ("-5..5", -5, 5),
        ("0.5", Decimal("0.5"), Decimal("0.5")),
        ("..", None, None),
    ],
)
def test_reading(text: str, low: int | None, high: int | None) -> None:
    """An interval is parsed in the notation of files, and written in the same way."""
    interval = parse_interval(text)
    assert (interval.low, interval.high) == (low, high)
    assert str(interval) == text


@pytest.mark.parametrize("text", ["..<50", "30<..", "30<..<60", "0..<1"])
def test_open_ends(text: str) -> None:
    """A `<` next to an end excludes it."""
    assert str(parse_interval(text)) == text
    assert parse_interval(text).low_open == ("<.." in text)
    assert parse_interval(text).high_open == ("..<" in text)


@pytest.mark.parametrize("text", ["85000.00", "85000.0", "085000"])
def test_one_number_is_written_in_one_way(text: str) -> None:
    """A number is shown in one form, however it is written."""
    assert str(parse_interval(text)) == "85000"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "a number or a range"),
        ("many", "a number or a range"),
        ("1e5", "a number or a range"),
        ("1,000", "a number or a range"),
        ("1..2..3", "a number or a range"),
        ("..٣", "a number or a range"),
        ("5..4", "a range that contains a number"),
        ("5<..5", "a range that contains a number"),
        ("<..5", "< only next to a number"),
        ("5..<", "< only next to a number"),
        ("9" * 31, "a number or a range"),
    ],
)
def test_invalid_intervals(text: str, wanted: str) -> None:
    """Text that is not an interval, or an interval without a number, is refused."""
    with pytest.raises(InvalidInputError, match=wanted):
        parse_interval(text)


def test_atoms() -> None:
    """A domain is divided into the numbers that are named and the open intervals between them."""
    cuts = [parse_interval(text) for text in ("20..50", "..<50", "50")]
    found = atoms(parse_interval("0.."), cuts)
    assert [str(atom) for atom in found] == ["0", "0<..<20", "20", "20<..<50", "50", "50<.."]


def test_atoms_stay_in_their_domain() -> None:
    """Numbers outside the domain, and ends that it excludes, are not atoms."""
    found = atoms(parse_interval("0<..10"), [parse_interval("-5..50")])
    assert [str(atom) for atom in found] == ["0<..<10", "10"]


NUMBERS = st.integers(0, 9).map(Decimal)
INTERVALS = st.tuples(NUMBERS, NUMBERS).map(lambda ends: Interval(min(ends), max(ends)))


@given(st.lists(INTERVALS, max_size=4))
def test_atoms_make_up_their_domain(named: list[Interval]) -> None:
    """Atoms are consecutive without gaps, and each named interval is a union of atoms."""
    domain = parse_interval("0..")
    found = atoms(domain, named)
    assert joined(found) == domain
    for interval in named:
        assert joined([atom for atom in found if atom.within(interval)]) == interval


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("..85", "100..", 15), ("20..50", "30", 0), ("1", "1.5", Decimal("0.5")), ("..", "3", 0)],
)
def test_distance(one: str, other: str, apart: Decimal) -> None:
    """The distance of intervals is that of their nearest ends, in either order."""
    left, right = parse_interval(one), parse_interval(other)
    assert distance(left, right) == distance(right, left) == apart


def test_plain_numbers() -> None:
    """Results show whole numbers as integers, and others as floats."""
    assert repr(plain_number(Decimal("15.0"))) == "15"
    assert repr(plain_number(Decimal("14.5"))) == "14.5"

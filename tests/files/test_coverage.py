"""Coverage: every statement is counted once for each of its parties."""

from __future__ import annotations

from makers import dataset, said, source
from positions.files.coverage import coverage, half_year
from positions.records.dates import parse_date


def test_counts_by_hand() -> None:
    """A joint statement counts for both parties, with its best source."""
    ds = dataset(
        said("A", {"yes": "demand"}, "2000-03-01"),
        said(
            "A B", {"no": "reject"}, "2000-06-30", attribution="reported", sources=("act", "press")
        ),
        sources=[source(), source("act", publisher="Parliament", kind="official")],
    )
    first, second = coverage(ds)
    assert (first.party, first.area, first.half_year) == ("A", "land", "2000-H1")
    assert (first.statements, first.corroborated, first.own, first.reported) == (2, 1, 1, 1)
    assert (first.official, first.press) == (1, 1)
    assert (second.party, second.statements) == ("B", 1)
    assert coverage(ds).sourcing().rows == (
        ("A", 2, 50, 50, 50, 0, 0, 50, 0, 50, 0),
        ("B", 1, 100, 0, 100, 0, 0, 100, 0, 0, 0),
        ("all", 3, 67, 33, 67, 0, 0, 67, 0, 33, 0),
    )


def test_half_years() -> None:
    """A vague date counts in the half-year of its last day."""
    assert half_year(parse_date("2000-06-30")) == "2000-H1"
    assert half_year(parse_date("2000-07")) == "2000-H2"
    assert half_year(parse_date("2000")) == "2000-H2"

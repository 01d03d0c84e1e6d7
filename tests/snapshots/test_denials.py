"""Long chains of denials are checked and resolved without recursion, in linear time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import count
from types import FrameType
from typing import Any

import pytest

import positions as pos
from makers import dataset, said
from positions.files.json_files import parse_json, to_json
from positions.records.checks import check
from positions.snapshots.dataset import Dataset

LONG = 2_000
"""More denials than Python allows nested calls."""


def chain(length: int) -> Dataset:
    """Make statements of one day, each denying the previous one."""
    return dataset(
        *(
            said("A", {"yes": "demand"}, id=f"s{n}", denies=(f"s{n - 1}",) if n else ())
            for n in range(length)
        )
    )


def growing(length: int) -> Dataset:
    """Make a chain in which all statements but the first are made on a second day."""
    days = ["2000-01-01"] + ["2000-03-01"] * (length - 1)
    return dataset(
        *(
            said("A", {"yes": "demand"}, day, id=f"s{n}", denies=(f"s{n - 1}",) if n else ())
            for n, day in enumerate(days)
        )
    )


def knotted(length: int) -> Dataset:
    """Make statements of one day, each denying all previous ones."""
    ids = [f"s{n}" for n in range(length)]
    return dataset(
        *(said("A", {"yes": "demand"}, id=ids[n], denies=ids[:n]) for n in range(length))
    )


def moved(ds: Dataset) -> object:
    """Compare the days before and after the second day of a chain, and list what changed."""
    before, after = ds.at("2000-02-01"), ds.at("2000-04-01")
    return pos.diff(before, after).rows, pos.timeline(ds, "A").rows


def standing(ds: Dataset, on: str = "2000-12-31") -> frozenset[str]:
    """The statements of A on land that count on a day."""
    return ds.at(on).counting("A", "land")


def lines_of(action: Callable[[], object]) -> int:
    """Count the lines of Python that a call executes."""
    counter, before = count(), sys.gettrace()

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        if event == "line":
            next(counter)
        return trace

    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return next(counter)


@pytest.mark.slow
class TestLongChains:
    """Every denial in a chain is resolved, however long it is."""

    @pytest.mark.parametrize("length", [1, 2, 3, LONG, LONG + 1])
    def test_every_other_statement_counts(self, length: int) -> None:
        """The last statement counts, so the one before it does not, and so on to the first."""
        expected = {f"s{n}" for n in range(length - 1, -1, -2)}
        assert standing(parse_json(to_json(chain(length)))) == expected

    @pytest.mark.parametrize("turned", [False, True])
    def test_order_of_the_file(self, turned: bool) -> None:
        """The order of the statements in the file changes nothing."""
        ordered = list(chain(LONG).statements)
        ds = dataset(*(reversed(ordered) if turned else ordered))
        assert standing(ds) == {f"s{n}" for n in range(1, LONG, 2)}

    def test_alternating_claims(self) -> None:
        """In a chain of alternating own statements and claims, no claim denies an own statement."""
        kinds: list[dict[str, Any]] = [{}, {"attribution": "claimed", "claimed_by": "B"}]
        ds = dataset(
            *(
                said("A", {"yes": "demand"}, id=f"s{n}", denies=names, **kinds[n % 2])
                for n, names in enumerate([(), *((f"s{n}",) for n in range(LONG - 1))])
            )
        )
        everything = ds.at("2000-12-31", attributions=("self", "claimed"))
        assert everything.counting("A", "land") == {f"s{n}" for n in range(0, LONG, 2)} | (
            {f"s{LONG - 1}"}
        )

    def test_over_time(self) -> None:
        """With each day that a chain grows, what counted is denied, and what was denied counts."""
        days = [f"2000-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
        ds = dataset(
            *(
                said("A", {"yes": "demand"}, day, id=f"s{n}", denies=(f"s{n - 1}",) if n else ())
                for n, day in enumerate(days)
            )
        )
        for last in (0, 1, 200, 335):
            assert standing(ds, days[last]) == {f"s{n}" for n in range(last, -1, -2)}
        assert not ds.at("2000-12-31")["A", "land"].silent

    def test_two_chains_that_meet(self) -> None:
        """A statement that two chains deny counts only if both have an even number of denials."""
        ends = {(2, 3): False, (3, 2): False, (3, 3): False, (2, 2): True}
        for lengths, expected in ends.items():
            made = [said("A", {"yes": "demand"}, id="first")]
            for name, length in zip("pq", lengths, strict=True):
                ids = ["first", *(f"{name}{n}" for n in range(LONG + length))]
                made += [
                    said("A", {"yes": "demand"}, id=ids[n], denies=(ids[n - 1],))
                    for n in range(1, len(ids))
                ]
            assert ("first" in standing(dataset(*made))) == expected

    def test_a_long_circle(self) -> None:
        """Every statement in a long cycle of denials is a fault, and no other is."""
        document = chain(LONG).document
        statements = list(document.statements)
        statements[0] = statements[0].model_copy(update={"denies": (f"s{LONG - 1}",)})
        circle = document.model_copy(update={"statements": tuple(statements)})
        assert [fault.path for fault in check(circle)] == [
            f"statements[{n}].denies" for n in range(LONG)
        ]


class TestCost:
    """A chain four times as long takes at most six times as many lines of Python."""

    def test_of_checking(self) -> None:
        """The cost of checking a chain is proportional to its length."""
        short, long = (chain(length).document for length in (200, 800))
        assert lines_of(lambda: check(long)) < 6 * lines_of(lambda: check(short))

    def test_of_asking(self) -> None:
        """The cost of resolving a chain of denials is proportional to its length."""
        short, long = chain(200), chain(800)
        assert lines_of(lambda: standing(long)) < 6 * lines_of(lambda: standing(short))

    def test_of_a_change(self) -> None:
        """The cost of comparing the days before and after a chain is proportional to its length."""
        moved(growing(2))  # imports what it needs
        short, long = growing(200), growing(800)
        assert lines_of(lambda: moved(long)) < 6 * lines_of(lambda: moved(short))

    def test_of_many_ways(self) -> None:
        """Where each statement denies all previous ones, each denial is examined a few times."""
        short, long = knotted(20), knotted(80)
        assert lines_of(lambda: standing(long)) < 1.5 * 16 * lines_of(lambda: standing(short))

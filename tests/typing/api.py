"""User code, for the type checkers alone: what they infer is what the documentation promises."""

import datetime as dt
from typing import TYPE_CHECKING, Any, assert_type

import positions as pos
from positions.testing import datasets

if TYPE_CHECKING:
    import pandas as pd
    from hypothesis.strategies import SearchStrategy

ds = pos.load()
assert_type(ds, pos.Dataset)
assert_type(ds.parties, tuple[pos.Party, ...])
assert_type(ds.topic("nato.membership").options, tuple[pos.Option, ...])
assert_type(ds.statement("x").says["barred"], pos.Attitude)
assert_type(ds.select(topics="nato", since="2024").add(), pos.Dataset)

state = ds.at("2025-06-02", known_by=dt.date(2025, 6, 3), max_age=dt.timedelta(days=365))
assert_type(state, pos.State)
assert_type(state["RUS"], pos.Stance)
assert_type(state["RUS", "nato.membership"], pos.Position)
assert_type(state["RUS", "nato.membership"].demands, tuple[str, ...])
assert_type(state["RUS", "nato.membership"].attitudes, dict[str, pos.Attitude])
assert_type(state["RUS"]["nato.membership"].since, dt.date | None)
assert_type(state["RUS"]["nato.membership"].cells[0], pos.Cell)

overlaps = pos.overlap(state, ["RUS", "UKR"], topics=["nato", "territory"])
assert_type(overlaps, pos.Overlaps)
assert_type(overlaps[0], pos.Overlap)
assert_type([row.blockers for row in overlaps], list[tuple[pos.Blocker, ...]])
assert_type(overlaps[0].gap, int | float | None)
assert_type(pos.deadlocks(state, ("RUS", "UKR")), pos.Overlaps)
assert_type(pos.compare(state, ["RUS", "UKR"])[0].positions, tuple[pos.Position, ...])

changes = pos.diff(state, ds.at("2026-01-31"))
assert_type(changes, pos.Changes)
assert_type(changes.apply(state), pos.State)
assert_type(pos.diff(state["RUS"], state["UKR"]), pos.Differences)
assert_type(pos.diff(ds.proposals[0], ds.proposals[1], topics=ds.topics), pos.PlanDifferences)

assert_type(changes.table(), pos.Table)
assert_type(changes.table().to("markdown"), str)
assert_type(changes.to_records(), list[dict[str, Any]])

assert_type(pos.data_info(), pos.DataInfo)
assert_type(pos.data_info(ds).first, dt.date | None)
assert_type(pos.to_csl_json(ds.sources), str)
assert_type(pos.to_biblatex(ds.select(topics="nato").sources), str)


def frame() -> "pd.DataFrame":
    """Turn a result into a frame."""
    return overlaps.to_pandas()


def supposed() -> pos.Statement:
    """Make a statement as typed code does: tuples, dates and attitudes, not strings."""
    return pos.Statement(
        id="supposed",
        parties=("UKR",),
        topic="nato.membership",
        date=pos.parse_date("2026-02-01"),
        says={"forgone": pos.Attitude.CONDITIONAL},
        conditions=(pos.ConditionGroup(for_=("forgone",), all=(pos.Condition(text="…"),)),),
        summary="A supposition.",
        attribution="reported",
        sources=("s",),
    )


def strategy() -> "SearchStrategy[pos.Dataset]":
    """Use the exported strategies."""
    return datasets()

"""User code, for the type checkers alone: what they infer is what the documentation promises."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, assert_type

import positions as pos
from positions.charts import Curves, Grid
from positions.plots import to_svg
from positions.testing import datasets

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    from hypothesis.strategies import SearchStrategy
    from matplotlib.axes import Axes

ds = pos.load()
assert_type(ds, pos.Dataset)
assert_type(pos.parse_csv(b"party", origin="said.csv"), pos.Dataset)
assert_type(pos.read_csv("said.csv", parties="parties.csv", evidence_until="2024"), pos.Dataset)
assert_type(pos.read_csv("said.csv", authors="Ann"), pos.Dataset)
assert_type(ds.parties, pos.Listing[pos.Party])
assert_type(ds.topic("nato.membership").options, tuple[pos.Option, ...])
assert_type(ds.statement("x").says["barred"], pos.Attitude)
assert_type(ds.select(topics="nato", since="2024").add(), pos.Dataset)

what_if = ds.suppose("UKR", "nato.membership", {"barred": "accept"}, on=dt.date(2026, 1, 1))
assert_type(what_if, pos.Dataset)
assert_type(what_if.supposed, tuple[str, ...])
assert_type(what_if.suppose("RUS", "nato", {"barred": pos.Attitude.REJECT}), pos.Dataset)

state = ds.at("2025-06-02", known_by=dt.date(2025, 6, 3), max_age=dt.timedelta(days=365))
assert_type(state, pos.State)
assert_type(state["RUS"], pos.Stance)
assert_type(state["RUS", "nato.membership"], pos.Position)
assert_type(state["RUS", "nato.membership"].demands, tuple[str, ...])
assert_type(state["RUS", "nato.membership"].attitudes, dict[str, pos.Attitude])
assert_type(state["RUS"]["nato.membership"].since, dt.date | None)
assert_type(state["RUS"]["nato.membership"].cells[0], pos.Cell)
assert_type(state["RUS"]["nato.membership"].cells[0].supposed, bool)
assert_type(state["RUS", "nato.membership"].why(), str)
assert_type(state["RUS", "nato.membership"].why("barred"), str)

overlaps = pos.overlap(state, ["RUS", "UKR"], topics=["nato", "territory"])
assert_type(overlaps, pos.Overlaps)
assert_type(overlaps[0], pos.Overlap)
assert_type([row.blockers for row in overlaps], list[tuple[pos.Blocker, ...]])
assert_type(overlaps[0].gap, int | float | None)
assert_type(overlaps[0].why(), str)
assert_type(pos.deadlocks(state, ("RUS", "UKR")), pos.Overlaps)
assert_type(pos.compare(state, ["RUS", "UKR"])[0].positions, tuple[pos.Position, ...])

agreements = pos.agreement(state, topics="territory")
assert_type(agreements, pos.Agreements)
assert_type(agreements.pair("RUS", "UKR"), pos.Agreement)
assert_type(agreements[0].value, Fraction | None)
assert_type(agreements[0].n, int)
assert_type(agreements[0].different, tuple[str, ...])
assert_type(agreements[0].differences(), pos.Differences)
assert_type(agreements.matrix(), pos.Table)
comparisons = pos.compare(state, ["RUS", "UKR"])
assert_type(comparisons.tidy(), pos.Table)
assert_type(comparisons.wide().to_excel("table.xlsx"), None)
assert_type(overlaps.wide(), pos.Table)
if TYPE_CHECKING:
    assert_type(comparisons.tidy().to_pandas(), pd.DataFrame)
    assert_type(comparisons.tidy().to_polars(), pl.DataFrame)
assert_type(overlaps.to_word("table.docx"), None)

changes = pos.diff(state, ds.at("2026-01-31"))
assert_type(changes, pos.Changes)
assert_type(changes.apply(state), pos.State)
assert_type(pos.diff(state["RUS"], state["UKR"]), pos.Differences)
assert_type(pos.diff(ds.proposals[0], ds.proposals[1], topics=ds.topics), pos.PlanDifferences)

traded = pos.trades(state, "RUS", "UKR", weights={"RUS": {"nato.membership": "1/2"}, "UKR": {}})
assert_type(traded, pos.Trades)
assert_type(traded[0].gain, Fraction)
assert_type(traded.offers[0].met, tuple[pos.Condition, ...])
domain = pos.Domain.of(
    weights={"A": {"land": 2}, "B": {"land": Decimal("0.5")}},
    scores={"land": {"all": {"A": 1, "B": 0}, "half": {"A": "1/2", "B": Fraction(1, 2)}}},
)
assert_type(pos.domain_from(state, ["RUS", "UKR"], topics="nato"), pos.Domain)
assert_type(pos.frontier(domain)[0].utilities, tuple[tuple[str, Fraction], ...])
assert_type(pos.nash(domain, disagreement={"A": 0, "B": "0.1"}), pos.Bargains)
assert_type(dict(pos.kalai_smorodinsky(domain)[0].package), dict[str, str])

deal = pos.settle(state, ["RUS", "UKR"], "territory", weights={"territory.crimea": 2})
assert_type(deal, pos.Settlement | pos.Conflict)
if isinstance(deal, pos.Settlement):
    assert_type(deal.alternatives(2), tuple[pos.Settlement, ...])
    assert_type(deal.proposal("deal", "The deal"), pos.Proposal)
    assert_type(deal[0], pos.Settled)
else:
    assert_type(deal.refusals, tuple[pos.Refusal, ...])
    assert_type(deal.rest, pos.Settlement)
assert_type(pos.conflicts(state, ["RUS", "UKR"], unanswered="free")[0], pos.Conflict)
assert_type(pos.concessions(state, ["RUS", "UKR"], size=2)[0].package, tuple[pos.Settled, ...])
evaluation = pos.evaluate(ds.proposals[0], state, parties=["RUS", "UKR"])
assert_type(evaluation, pos.Evaluation)
assert_type(evaluation[0], pos.ClauseVerdict)
assert_type(evaluation[0].best, tuple[str, ...])
assert_type(evaluation.verdicts, tuple[pos.PlanVerdict, ...])
assert_type(pos.verdicts(ds, ["us-28-point-plan"], on="2025-12", max_age=365), pos.PlanVerdicts)
assert_type(pos.nearest(ds, "RUS", confidence="high")[0].share, float | None)
assert_type(pos.lineage(ds, "us-28-point-plan")[0], pos.LaterPlan)

timeline = pos.timeline(ds, "UKR", "nato", start="2022-03", max_age=365)
assert_type(timeline, pos.Timeline)
assert_type(timeline[0], pos.Change)
assert_type([row.date for row in timeline], list[dt.date])
history = pos.history(ds, ["RUS", "UKR"], ["nato", "territory"], end=dt.date(2025, 6, 2))
assert_type(history, pos.History)
assert_type(history.periods("nato.membership"), tuple[pos.Period, ...])
assert_type(history[0].until, dt.date | None)
assert_type(history.stalemate("nato.membership").days, int)
assert_type(history.crossings("nato.membership").first, dt.date | None)
assert_type(pos.figures(ds, "forces.cap")[0].low, int | float | None)

converging = pos.convergence(ds, ["RUS", "UKR"], "nato", every="month", inherited=False)
assert_type(converging, pos.Convergence)
assert_type(converging[0], pos.ConvergenceRow)
assert_type(converging[0].gap, int | float | None)
assert_type(converging.overall, tuple[pos.MeanGap, ...])
assert_type(converging.areas[-1].trend, pos.Trend)
assert_type(converging.trend.slope, float | None)

assert_type(pos.compare(state, ["RUS", "UKR"]).chart(), Grid)
assert_type(history.chart().lanes[0].spans[0].last, dt.date)
assert_type(converging.chart(), Curves)
assert_type(to_svg(converging.chart()), str)

assert_type(changes.table(), pos.Table)
assert_type(changes.table().to("markdown"), str)
assert_type(changes.to_records(), list[dict[str, Any]])

made = pos.report(ds, ("RUS", "UKR"), on="2025-06-02", since=dt.date(2025, 3, 1), max_age=365)
assert_type(made, pos.Report)
assert_type(made.html, str)
assert_type(made.date, dt.date)
assert_type(made.write("report.html"), None)

assert_type(pos.data_info(), pos.DataInfo)
assert_type(pos.data_info(ds).first, dt.date | None)
assert_type(pos.to_csl_json(ds.sources), str)
assert_type(pos.to_biblatex(ds.select(topics="nato").sources), str)


def frame() -> "pd.DataFrame":
    """Turn a result into a frame."""
    return overlaps.to_pandas()


def picture() -> "Axes":
    """Draw one result below another."""
    return timeline.plot(ax=evaluation.plot())


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

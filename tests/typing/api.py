"""User code for type checkers only: the inferred types are those that are documented."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, assert_type

import positions as pos
from positions import bargaining, quality, results
from positions.plots.charts import Curves, Grid
from positions.plots.plotted import to_svg
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
assert_type(ds.parties, results.Listing[pos.Party])
assert_type(ds.topic("nato.membership").options, tuple[pos.Option, ...])
assert_type(ds.statement("x").says["barred"], pos.Attitude)
assert_type(ds.select(topics="nato", since="2024").add(), pos.Dataset)

what_if = ds.suppose("UKR", "nato.membership", {"barred": "accept"}, on=dt.date(2026, 1, 1))
assert_type(what_if, pos.Dataset)
assert_type(what_if.supposed, tuple[str, ...])
assert_type(what_if.suppose("RUS", "nato", {"barred": pos.Attitude.REJECT}), pos.Dataset)

snapshot = ds.at("2025-06-02", known_by=dt.date(2025, 6, 3), max_age=dt.timedelta(days=365))
assert_type(snapshot, pos.Snapshot)
assert_type(ds.at(), pos.Snapshot)
assert_type(ds.select(parties="RUS", attributions="self"), pos.Dataset)
assert_type(pos.verdicts(ds, "us-28-point-plan", "RUS"), results.PlanVerdicts)
assert_type(pos.conflicts(snapshot, ["RUS", "UKR"], fixed="us-28-point-plan"), results.Conflicts)
assert_type(snapshot["RUS"], pos.Stance)
assert_type(snapshot["RUS", "nato.membership"], pos.Position)
assert_type(snapshot["RUS", "nato.membership"].demands, tuple[str, ...])
assert_type(snapshot["RUS", "nato.membership"].attitudes, dict[str, pos.Attitude])
assert_type(snapshot["RUS"]["nato.membership"].since, dt.date | None)
assert_type(snapshot["RUS"]["nato.membership"].cells[0], results.Cell)
assert_type(snapshot["RUS"]["nato.membership"].cells[0].supposed, bool)
assert_type(snapshot["RUS", "nato.membership"].why(), str)
assert_type(snapshot["RUS", "nato.membership"].why("barred"), str)

overlaps = pos.overlap(snapshot, ["RUS", "UKR"], topics=["nato", "territory"])
assert_type(overlaps, results.Overlaps)
assert_type(overlaps[0], results.Overlap)
assert_type([row.blockers for row in overlaps], list[tuple[results.Blocker, ...]])
assert_type(overlaps[0].gap, int | float | None)
assert_type(overlaps[0].why(), str)
assert_type(pos.deadlocks(snapshot, ("RUS", "UKR")), results.Overlaps)
assert_type(pos.compare(snapshot, ["RUS", "UKR"])[0].positions, tuple[pos.Position, ...])

agreements = pos.agreement(snapshot, topics="territory")
assert_type(agreements, results.Agreements)
assert_type(agreements.pair("RUS", "UKR"), results.Agreement)
assert_type(agreements[0].value, Fraction | None)
assert_type(agreements[0].n, int)
assert_type(agreements[0].different, tuple[str, ...])
assert_type(agreements[0].differences(), results.Differences)
assert_type(agreements.matrix(), pos.Table)
comparisons = pos.compare(snapshot, ["RUS", "UKR"])
assert_type(comparisons.tidy(), pos.Table)
assert_type(comparisons.wide().to_excel("table.xlsx"), None)
assert_type(overlaps.wide(), pos.Table)
if TYPE_CHECKING:
    assert_type(comparisons.tidy().to_pandas(), pd.DataFrame)
    assert_type(comparisons.tidy().to_polars(), pl.DataFrame)
assert_type(overlaps.to_word("table.docx"), None)

changes = pos.diff(snapshot, ds.at("2026-01-31"))
assert_type(changes, results.Changes)
assert_type(changes.apply(snapshot), pos.Snapshot)
assert_type(pos.diff(snapshot["RUS"], snapshot["UKR"]), results.Differences)
assert_type(pos.diff(ds.proposals[0], ds.proposals[1], topics=ds.topics), results.PlanDifferences)

traded = pos.trades(snapshot, "RUS", "UKR", weights={"RUS": {"nato.membership": "1/2"}, "UKR": {}})
assert_type(traded, results.Trades)
assert_type(traded[0].gain, Fraction)
assert_type(traded.offers[0].met, tuple[pos.Condition, ...])
domain = bargaining.Domain.of(
    weights={"A": {"land": 2}, "B": {"land": Decimal("0.5")}},
    scores={"land": {"all": {"A": 1, "B": 0}, "half": {"A": "1/2", "B": Fraction(1, 2)}}},
)
assert_type(bargaining.domain_from(snapshot, ["RUS", "UKR"], topics="nato"), bargaining.Domain)
assert_type(bargaining.frontier(domain)[0].utilities, tuple[tuple[str, Fraction], ...])
assert_type(bargaining.nash(domain, disagreement={"A": 0, "B": "0.1"}), bargaining.Bargains)
assert_type(dict(bargaining.kalai_smorodinsky(domain)[0].package), dict[str, str])

deal = pos.settle(snapshot, ["RUS", "UKR"], "territory", weights={"territory.crimea": 2})
assert_type(deal, results.Settlement | results.Conflict)
if isinstance(deal, results.Settlement):
    assert_type(deal.alternatives(2), tuple[results.Settlement, ...])
    assert_type(deal.proposal("deal", "The deal"), pos.Proposal)
    assert_type(deal[0], results.Settled)
else:
    assert_type(deal.refusals, tuple[results.Refusal, ...])
    assert_type(deal.rest, results.Settlement)
assert_type(pos.conflicts(snapshot, ["RUS", "UKR"], unanswered="free")[0], results.Conflict)
assert_type(
    pos.concessions(snapshot, ["RUS", "UKR"], size=2)[0].package, tuple[results.Settled, ...]
)
evaluation = pos.evaluate(ds.proposals[0], snapshot, parties=["RUS", "UKR"])
assert_type(evaluation, results.Evaluation)
assert_type(evaluation[0], results.ClauseVerdict)
assert_type(evaluation[0].best, tuple[str, ...])
assert_type(evaluation.verdicts, tuple[results.PlanVerdict, ...])
assert_type(pos.verdicts(ds, ["us-28-point-plan"], on="2025-12", max_age=365), results.PlanVerdicts)
assert_type(pos.nearest(ds, "RUS", confidence="high")[0].share, float | None)
assert_type(pos.lineage(ds, "us-28-point-plan")[0], results.LaterPlan)

timeline = pos.timeline(ds, "UKR", "nato", since="2022-03", max_age=365)
assert_type(timeline, results.Timeline)
assert_type(timeline[0], results.Change)
assert_type([row.date for row in timeline], list[dt.date])
history = pos.history(ds, ["RUS", "UKR"], ["nato", "territory"], until=dt.date(2025, 6, 2))
assert_type(history, results.History)
assert_type(history.periods("nato.membership"), tuple[results.Period, ...])
assert_type(history[0].until, dt.date | None)
assert_type(history.stalemate("nato.membership").days, int)
assert_type(history.crossings("nato.membership").first, dt.date | None)
assert_type(pos.quantities(ds, "forces.cap")[0].low, int | float | None)

converging = pos.convergence(ds, ["RUS", "UKR"], "nato", every="month", inherited=False)
assert_type(converging, results.Convergence)
assert_type(converging[0], results.ConvergenceRow)
assert_type(converging[0].gap, int | float | None)
assert_type(converging.overall, tuple[results.MeanGap, ...])
assert_type(converging.areas[-1].trend, results.Trend)
assert_type(converging.trend.slope, float | None)

assert_type(pos.compare(snapshot, ["RUS", "UKR"]).chart(), Grid)
assert_type(history.chart().lanes[0].spans[0].last, dt.date)
assert_type(converging.chart(), Curves)
assert_type(to_svg(converging.chart()), str)

assert_type(changes.table(), pos.Table)
assert_type(changes.table().to("markdown"), str)
assert_type(changes.to_records(), list[dict[str, Any]])

made = pos.report(ds, ("RUS", "UKR"), on="2025-06-02", since=dt.date(2025, 3, 1), max_age=365)
assert_type(made, results.Report)
assert_type(made.html, str)
assert_type(made.date, dt.date)
assert_type(made.write("report.html"), None)

assert_type(quality.data_info(), quality.DataInfo)
assert_type(quality.data_info(ds).first, dt.date | None)
assert_type(quality.to_csl_json(ds.sources), str)
assert_type(quality.to_biblatex(ds.select(topics="nato").sources), str)


def frame() -> "pd.DataFrame":
    """Convert a result to a data frame."""
    return overlaps.to_pandas()


def picture() -> "Axes":
    """Plot one result below another."""
    return timeline.plot(ax=evaluation.plot())


def supposed() -> pos.Statement:
    """Make a statement from tuples, dates and attitudes, not strings."""
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

"""Types of all results and their rows, for annotations and `isinstance`.

Importing this module imports every module that returns results.
"""

from positions.deals.concessions import Concession, Concessions, GivenUp
from positions.deals.offers import Offer, Offers
from positions.deals.outcome import Settled, Standing
from positions.deals.settle import Conflict, Conflicts, Refusal
from positions.deals.settlement import Settlement
from positions.deals.trades import Trade, Trades
from positions.over_time.convergence_rows import (
    AreaTrend,
    Convergence,
    ConvergenceRow,
    MeanGap,
    TopicTrend,
)
from positions.over_time.history import Crossings, History, Period, Stalemate
from positions.over_time.quantities import Quantities, Quantity
from positions.over_time.timeline import Timeline
from positions.over_time.trends import Trend
from positions.plans.clauses import ClauseVerdict
from positions.plans.evaluation import Evaluation, PlanVerdict
from positions.plans.lineage import LaterPlan, Lineage
from positions.plans.verdicts import Nearest, NearPlan, PlanVerdicts
from positions.records.listings import Listing
from positions.relations.agreement import Agreement, Agreements
from positions.relations.changes import Change, Changes
from positions.relations.comparison import Comparison, Comparisons
from positions.relations.differences import Difference, Differences, PlanDifference, PlanDifferences
from positions.relations.overlap_rows import Overlaps
from positions.relations.topic_overlap import Blocker, Overlap, Unanswered
from positions.reports.report import Report
from positions.snapshots.answers import Result
from positions.snapshots.cells import Cell, Claim

__all__ = [
    "Agreement",
    "Agreements",
    "AreaTrend",
    "Blocker",
    "Cell",
    "Change",
    "Changes",
    "Claim",
    "ClauseVerdict",
    "Comparison",
    "Comparisons",
    "Concession",
    "Concessions",
    "Conflict",
    "Conflicts",
    "Convergence",
    "ConvergenceRow",
    "Crossings",
    "Difference",
    "Differences",
    "Evaluation",
    "GivenUp",
    "History",
    "LaterPlan",
    "Lineage",
    "Listing",
    "MeanGap",
    "NearPlan",
    "Nearest",
    "Offer",
    "Offers",
    "Overlap",
    "Overlaps",
    "Period",
    "PlanDifference",
    "PlanDifferences",
    "PlanVerdict",
    "PlanVerdicts",
    "Quantities",
    "Quantity",
    "Refusal",
    "Report",
    "Result",
    "Settled",
    "Settlement",
    "Stalemate",
    "Standing",
    "Timeline",
    "TopicTrend",
    "Trade",
    "Trades",
    "Trend",
    "Unanswered",
]

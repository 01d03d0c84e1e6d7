"""Positions and demands of parties over time, and where they converge or deadlock.

Every answer rests on dated, sourced statements:

    import positions as pos

    ds = pos.load()
    state = ds.at("2025-06-02")
    pos.compare(state, ["RUS", "UKR"])
    pos.deadlocks(state, ["RUS", "UKR"])
"""

from positions.agreements import Agreement, Agreements, agreement
from positions.audits import Audit, Finding, audit
from positions.bargains import (
    Bargain,
    Bargains,
    egalitarian,
    frontier,
    kalai_smorodinsky,
    nash,
    utilitarian,
)
from positions.bibliography import to_biblatex, to_csl_json
from positions.bundled import load
from positions.cells import Cell, Claim
from positions.changes import Change, Changes
from positions.clashes import Conflict, Conflicts, Refusal, conflicts
from positions.codebooks import codebook
from positions.comparison import Comparison, Comparisons, compare
from positions.concessions import Concession, Concessions, GivenUp, concessions
from positions.convergence_results import (
    AreaTrend,
    Convergence,
    ConvergenceRow,
    MeanGap,
    TopicTrend,
)
from positions.convergences import convergence
from positions.coverages import Coverage, CoverageRow, coverage
from positions.datapackage import write_datapackage
from positions.dataset import Dataset
from positions.dates import Date, parse_date
from positions.differences import Difference, Differences, PlanDifference, PlanDifferences
from positions.diffs import diff
from positions.domains import Domain, DomainTopic, domain_from
from positions.errors import (
    DataError,
    Fault,
    InvalidInputError,
    MissingLibraryError,
    PositionsError,
    UnknownNameError,
)
from positions.evaluations import Evaluation, PlanVerdict, evaluate
from positions.figures import Figure, Figures, figures
from positions.files import parse_json, read_json, write_json
from positions.histories import Crossings, History, Period, Stalemate, history
from positions.info import DataInfo, data_info
from positions.lineages import LaterPlan, Lineage, lineage
from positions.listings import Listing
from positions.offers import Offer, Offers
from positions.overlap_results import Blocker, Overlap, Overlaps, Unanswered
from positions.overlaps import deadlocks, overlap
from positions.position import Position
from positions.records import (
    Attitude,
    Condition,
    ConditionGroup,
    Event,
    Mandate,
    Option,
    Party,
    Proposal,
    Source,
    Statement,
    Term,
    Topic,
)
from positions.reports import Report, report
from positions.settlements import Settled, Settlement, Standing
from positions.settling import settle
from positions.signing import Nearest, NearPlan, PlanVerdicts, nearest, verdicts
from positions.standings import ClauseVerdict
from positions.state import Stance, State
from positions.tables import Table
from positions.timelines import Timeline, timeline
from positions.trading import Trade, Trades, trades
from positions.trends import Trend
from positions.version import __version__ as __version__

__all__ = [
    "Agreement",
    "Agreements",
    "AreaTrend",
    "Attitude",
    "Audit",
    "Bargain",
    "Bargains",
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
    "Condition",
    "ConditionGroup",
    "Conflict",
    "Conflicts",
    "Convergence",
    "ConvergenceRow",
    "Coverage",
    "CoverageRow",
    "Crossings",
    "DataError",
    "DataInfo",
    "Dataset",
    "Date",
    "Difference",
    "Differences",
    "Domain",
    "DomainTopic",
    "Evaluation",
    "Event",
    "Fault",
    "Figure",
    "Figures",
    "Finding",
    "GivenUp",
    "History",
    "InvalidInputError",
    "LaterPlan",
    "Lineage",
    "Listing",
    "Mandate",
    "MeanGap",
    "MissingLibraryError",
    "NearPlan",
    "Nearest",
    "Offer",
    "Offers",
    "Option",
    "Overlap",
    "Overlaps",
    "Party",
    "Period",
    "PlanDifference",
    "PlanDifferences",
    "PlanVerdict",
    "PlanVerdicts",
    "Position",
    "PositionsError",
    "Proposal",
    "Refusal",
    "Report",
    "Settled",
    "Settlement",
    "Source",
    "Stalemate",
    "Stance",
    "Standing",
    "State",
    "Statement",
    "Table",
    "Term",
    "Timeline",
    "Topic",
    "TopicTrend",
    "Trade",
    "Trades",
    "Trend",
    "Unanswered",
    "UnknownNameError",
    "agreement",
    "audit",
    "codebook",
    "compare",
    "concessions",
    "conflicts",
    "convergence",
    "coverage",
    "data_info",
    "deadlocks",
    "diff",
    "domain_from",
    "egalitarian",
    "evaluate",
    "figures",
    "frontier",
    "history",
    "kalai_smorodinsky",
    "lineage",
    "load",
    "nash",
    "nearest",
    "overlap",
    "parse_date",
    "parse_json",
    "read_json",
    "report",
    "settle",
    "timeline",
    "to_biblatex",
    "to_csl_json",
    "trades",
    "utilitarian",
    "verdicts",
    "write_datapackage",
    "write_json",
]

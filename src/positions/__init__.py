"""Positions and demands of parties over time, and where they converge or deadlock.

Every answer rests on dated, sourced statements:

    import positions as pos

    ds = pos.load()
    state = ds.at("2025-06-02")
    pos.compare(state, ["RUS", "UKR"])
    pos.deadlocks(state, ["RUS", "UKR"])
"""

from importlib import import_module
from typing import TYPE_CHECKING

from positions.version import __version__ as __version__

if TYPE_CHECKING:
    from positions.agreements import (
        Agreement,
        Agreements,
        agreement,
    )
    from positions.audits import (
        Audit,
        Finding,
        audit,
    )
    from positions.bargains import (
        Bargain,
        Bargains,
        egalitarian,
        frontier,
        kalai_smorodinsky,
        nash,
        utilitarian,
    )
    from positions.bibliography import (
        to_biblatex,
        to_csl_json,
    )
    from positions.bundled import load
    from positions.cells import (
        Cell,
        Claim,
    )
    from positions.changes import (
        Change,
        Changes,
    )
    from positions.clashes import (
        Conflict,
        Conflicts,
        Refusal,
        conflicts,
    )
    from positions.codebooks import codebook
    from positions.comparison import (
        Comparison,
        Comparisons,
        compare,
    )
    from positions.concession_sets import (
        Concession,
        Concessions,
        GivenUp,
        concessions,
    )
    from positions.convergence_results import (
        AreaTrend,
        Convergence,
        ConvergenceRow,
        MeanGap,
        TopicTrend,
    )
    from positions.convergences import convergence
    from positions.coverages import (
        Coverage,
        CoverageRow,
        coverage,
    )
    from positions.datapackage import write_datapackage
    from positions.dataset import Dataset
    from positions.dates import (
        Date,
        parse_date,
    )
    from positions.differences import (
        Difference,
        Differences,
        PlanDifference,
        PlanDifferences,
    )
    from positions.diffs import diff
    from positions.domains import (
        Domain,
        DomainTopic,
        domain_from,
    )
    from positions.errors import (
        DataError,
        Fault,
        InvalidInputError,
        MissingLibraryError,
        PositionsError,
        UnknownNameError,
    )
    from positions.evaluations import (
        Evaluation,
        PlanVerdict,
        evaluate,
    )
    from positions.files import (
        parse_json,
        read_json,
        write_json,
    )
    from positions.histories import (
        Crossings,
        History,
        Period,
        Stalemate,
        history,
    )
    from positions.info import (
        DataInfo,
        data_info,
    )
    from positions.lineages import (
        LaterPlan,
        Lineage,
        lineage,
    )
    from positions.listings import Listing
    from positions.named_figures import (
        Figure,
        Figures,
        figures,
    )
    from positions.offers import (
        Offer,
        Offers,
    )
    from positions.overlap_results import (
        Blocker,
        Overlap,
        Overlaps,
        Unanswered,
    )
    from positions.overlaps import (
        deadlocks,
        overlap,
    )
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
    from positions.reports import (
        Report,
        report,
    )
    from positions.settled import (
        Settled,
        Standing,
    )
    from positions.settlements import Settlement
    from positions.settling import settle
    from positions.signing import (
        Nearest,
        NearPlan,
        PlanVerdicts,
        nearest,
        verdicts,
    )
    from positions.spreadsheets import (
        parse_csv,
        read_csv,
    )
    from positions.standings import ClauseVerdict
    from positions.state import (
        Stance,
        State,
    )
    from positions.tables import Table
    from positions.timelines import (
        Timeline,
        timeline,
    )
    from positions.trading import (
        Trade,
        Trades,
        trades,
    )
    from positions.trends import Trend

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
    "parse_csv",
    "parse_date",
    "parse_json",
    "read_csv",
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

_HOMES = {
    "Agreement": "agreements",
    "Agreements": "agreements",
    "AreaTrend": "convergence_results",
    "Attitude": "records",
    "Audit": "audits",
    "Bargain": "bargains",
    "Bargains": "bargains",
    "Blocker": "overlap_results",
    "Cell": "cells",
    "Change": "changes",
    "Changes": "changes",
    "Claim": "cells",
    "ClauseVerdict": "standings",
    "Comparison": "comparison",
    "Comparisons": "comparison",
    "Concession": "concession_sets",
    "Concessions": "concession_sets",
    "Condition": "records",
    "ConditionGroup": "records",
    "Conflict": "clashes",
    "Conflicts": "clashes",
    "Convergence": "convergence_results",
    "ConvergenceRow": "convergence_results",
    "Coverage": "coverages",
    "CoverageRow": "coverages",
    "Crossings": "histories",
    "DataError": "errors",
    "DataInfo": "info",
    "Dataset": "dataset",
    "Date": "dates",
    "Difference": "differences",
    "Differences": "differences",
    "Domain": "domains",
    "DomainTopic": "domains",
    "Evaluation": "evaluations",
    "Event": "records",
    "Fault": "errors",
    "Figure": "named_figures",
    "Figures": "named_figures",
    "Finding": "audits",
    "GivenUp": "concession_sets",
    "History": "histories",
    "InvalidInputError": "errors",
    "LaterPlan": "lineages",
    "Lineage": "lineages",
    "Listing": "listings",
    "Mandate": "records",
    "MeanGap": "convergence_results",
    "MissingLibraryError": "errors",
    "NearPlan": "signing",
    "Nearest": "signing",
    "Offer": "offers",
    "Offers": "offers",
    "Option": "records",
    "Overlap": "overlap_results",
    "Overlaps": "overlap_results",
    "Party": "records",
    "Period": "histories",
    "PlanDifference": "differences",
    "PlanDifferences": "differences",
    "PlanVerdict": "evaluations",
    "PlanVerdicts": "signing",
    "Position": "position",
    "PositionsError": "errors",
    "Proposal": "records",
    "Refusal": "clashes",
    "Report": "reports",
    "Settled": "settled",
    "Settlement": "settlements",
    "Source": "records",
    "Stalemate": "histories",
    "Stance": "state",
    "Standing": "settled",
    "State": "state",
    "Statement": "records",
    "Table": "tables",
    "Term": "records",
    "Timeline": "timelines",
    "Topic": "records",
    "TopicTrend": "convergence_results",
    "Trade": "trading",
    "Trades": "trading",
    "Trend": "trends",
    "Unanswered": "overlap_results",
    "UnknownNameError": "errors",
    "agreement": "agreements",
    "audit": "audits",
    "codebook": "codebooks",
    "compare": "comparison",
    "concessions": "concession_sets",
    "conflicts": "clashes",
    "convergence": "convergences",
    "coverage": "coverages",
    "data_info": "info",
    "deadlocks": "overlaps",
    "diff": "diffs",
    "domain_from": "domains",
    "egalitarian": "bargains",
    "evaluate": "evaluations",
    "figures": "named_figures",
    "frontier": "bargains",
    "history": "histories",
    "kalai_smorodinsky": "bargains",
    "lineage": "lineages",
    "load": "bundled",
    "nash": "bargains",
    "nearest": "signing",
    "overlap": "overlaps",
    "parse_date": "dates",
    "parse_csv": "spreadsheets",
    "parse_json": "files",
    "read_csv": "spreadsheets",
    "read_json": "files",
    "report": "reports",
    "settle": "settling",
    "timeline": "timelines",
    "to_biblatex": "bibliography",
    "to_csl_json": "bibliography",
    "trades": "trading",
    "utilitarian": "bargains",
    "verdicts": "signing",
    "write_datapackage": "datapackage",
    "write_json": "files",
}
"""The module of every public name: each is imported when one of its names is first asked for."""


def __getattr__(name: str) -> object:
    """Import the module of a public name, and keep the name."""
    if name not in _HOMES:
        raise AttributeError(f"module 'positions' has no attribute {name!r}", name=name, obj=None)
    found: object = getattr(import_module(f"positions.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names, whether their modules are imported yet or not."""
    return list(__all__)

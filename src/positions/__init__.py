"""Positions and demands of parties over time, and where they converge or deadlock.

Every answer rests on dated, sourced statements:

    import positions as pos

    ds = pos.load()
    state = ds.at("2025-06-02")
    pos.compare(state, ["RUS", "UKR"])
    pos.deadlocks(state, ["RUS", "UKR"])
"""

from positions.audits import Audit, Finding, audit
from positions.bibliography import to_biblatex, to_csl_json
from positions.bundled import load
from positions.changes import Change, Changes
from positions.codebooks import codebook
from positions.comparison import Comparison, Comparisons, compare
from positions.coverages import Coverage, CoverageRow, coverage
from positions.datapackage import write_datapackage
from positions.dataset import Dataset
from positions.dates import Date, parse_date
from positions.differences import Difference, Differences, PlanDifference, PlanDifferences
from positions.diffs import diff
from positions.errors import (
    DataError,
    Fault,
    InvalidInputError,
    MissingLibraryError,
    PositionsError,
    UnknownNameError,
)
from positions.files import parse_json, read_json, write_json
from positions.info import DataInfo, data_info
from positions.overlaps import Blocker, Overlap, Overlaps, Unanswered, deadlocks, overlap
from positions.position import Cell, Claim, Position
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
from positions.state import Stance, State
from positions.tables import Table
from positions.version import __version__ as __version__

__all__ = [
    "Attitude",
    "Audit",
    "Blocker",
    "Cell",
    "Change",
    "Changes",
    "Claim",
    "Comparison",
    "Comparisons",
    "Condition",
    "ConditionGroup",
    "Coverage",
    "CoverageRow",
    "DataError",
    "DataInfo",
    "Dataset",
    "Date",
    "Difference",
    "Differences",
    "Event",
    "Fault",
    "Finding",
    "InvalidInputError",
    "Mandate",
    "MissingLibraryError",
    "Option",
    "Overlap",
    "Overlaps",
    "Party",
    "PlanDifference",
    "PlanDifferences",
    "Position",
    "PositionsError",
    "Proposal",
    "Source",
    "Stance",
    "State",
    "Statement",
    "Table",
    "Term",
    "Topic",
    "Unanswered",
    "UnknownNameError",
    "audit",
    "codebook",
    "compare",
    "coverage",
    "data_info",
    "deadlocks",
    "diff",
    "load",
    "overlap",
    "parse_date",
    "parse_json",
    "read_json",
    "to_biblatex",
    "to_csl_json",
    "write_datapackage",
    "write_json",
]

"""Positions and demands of parties over time, and where they converge or deadlock.

Every answer rests on dated, sourced statements:

    import positions as pos

    ds = pos.load()
    state = ds.at("2025-06-02")
    pos.compare(state, ["RUS", "UKR"])
    pos.deadlocks(state, ["RUS", "UKR"])
"""

from positions.bundled import load
from positions.changes import Change, Changes
from positions.comparison import Comparison, Comparisons, compare
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

__version__ = "0.1.0"

__all__ = [
    "Attitude",
    "Blocker",
    "Cell",
    "Change",
    "Changes",
    "Claim",
    "Comparison",
    "Comparisons",
    "Condition",
    "ConditionGroup",
    "DataError",
    "Dataset",
    "Date",
    "Difference",
    "Differences",
    "Event",
    "Fault",
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
    "compare",
    "deadlocks",
    "diff",
    "load",
    "overlap",
    "parse_date",
    "parse_json",
    "read_json",
    "write_json",
]

"""Quality of a data set: audit, coverage, codebook, versions and references to its sources."""

from positions.files.audit import Audit, Finding, audit
from positions.files.bundled import DataInfo, data_info
from positions.files.codebook import codebook
from positions.files.coverage import Coverage, CoverageRow, coverage
from positions.files.references import to_biblatex, to_csl_json

__all__ = [
    "Audit",
    "Coverage",
    "CoverageRow",
    "DataInfo",
    "Finding",
    "audit",
    "codebook",
    "coverage",
    "data_info",
    "to_biblatex",
    "to_csl_json",
]

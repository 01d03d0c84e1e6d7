"""Bargaining theory: domains, the Pareto frontier, and the solutions of Nash and others."""

from positions.deals.bargains import (
    Bargain,
    Bargains,
    egalitarian,
    frontier,
    kalai_smorodinsky,
    nash,
    utilitarian,
)
from positions.deals.domain import Domain, DomainTopic, domain_from

__all__ = [
    "Bargain",
    "Bargains",
    "Domain",
    "DomainTopic",
    "domain_from",
    "egalitarian",
    "frontier",
    "kalai_smorodinsky",
    "nash",
    "utilitarian",
]

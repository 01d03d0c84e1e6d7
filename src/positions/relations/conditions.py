"""Whether the conditions of an acceptance are met, among parties or by a plan."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Literal, get_args

import attrs
import numpy as np

from positions.records.catalogue import Catalogue
from positions.records.models import Condition, Proposal, Term
from positions.snapshots.cells import Alternatives
from positions.snapshots.ledger import ACCEPT, REJECT
from positions.snapshots.snapshot import Snapshot

Verdict = Literal["unmet", "unknown", "met"]
"""Whether a condition is met; in order, the worst first."""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
MET = VERDICTS.index("met")


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the worst of several verdicts; met where there are none."""
    return VERDICTS[min(map(VERDICTS.index, verdicts), default=MET)]


def best(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the best of several verdicts; met where there are none."""
    return VERDICTS[max(map(VERDICTS.index, verdicts), default=MET)]


@attrs.frozen(eq=False)
class Judge:
    """Judges conditions on one day among the parties asked about, their holder included.

    It looks one step ahead only, so that circular conditions are not an error.
    """

    snapshot: Snapshot
    parties: tuple[str, ...]

    def alternatives(self, alternatives: Alternatives, topic: str) -> Verdict:
        """Judge alternatives: an option is as good as its best group, a group as its worst.

        Arguments:
            alternatives: the groups of conditions of one option.
            topic: the topic of the option, whose own clause a proposal may leave open.
        """
        return best([worst([self.condition(c, topic) for c in group]) for group in alternatives])

    def condition(self, condition: Condition, topic: str) -> Verdict:
        """Judge one condition: on a topic, on a whole proposal, or in free text."""
        if condition.topic is not None:
            return self.settled(condition.topic, condition.options)
        if condition.proposal is not None:
            return self.accepted(condition.proposal, topic)
        return "unknown"

    def settled(self, topic: str, options: Sequence[str]) -> Verdict:
        """Return met if one of the options is agreed, unmet if all are blocked, else unknown."""
        columns = sorted(self.snapshot.catalogue.scales[topic].columns_of(options))
        lowest = self.snapshot.codes_on(self.parties, topic)[:, columns].min(axis=0)
        if (lowest >= ACCEPT).any():
            return "met"
        return "unmet" if bool(np.all(lowest == REJECT)) else "unknown"

    def accepted(self, proposal: str, topic: str) -> Verdict:
        """Return met if all other clauses of a proposal are agreed, unmet if one is blocked.

        Of a clause that is still open, the best variant counts.
        """
        terms = [t for t in self.snapshot.catalogue.proposal(proposal).terms if t.topic != topic]
        return worst([best([self._fits(term) for term in terms]) for terms in clauses(terms)])

    def _fits(self, term: Term) -> Verdict:
        return self.settled(term.topic, term.options)


@attrs.frozen(eq=False)
class PlanJudge:
    """Judges conditions against a plan: whether the plan itself meets them."""

    plan: Proposal
    catalogue: Catalogue

    def alternatives(self, alternatives: Alternatives, term: Term) -> Verdict:
        """Judge alternatives: an option is as good as its best group, a group as its worst."""
        return best([worst([self.condition(c, term) for c in group]) for group in alternatives])

    def condition(self, condition: Condition, term: Term) -> Verdict:
        """Judge one condition on a clause of the plan.

        A condition of the clause itself is met, and so is acceptance as part of this
        plan. Conditions in free text, or on other plans, are unknown.
        """
        if condition in term.conditions or condition.proposal == self.plan.id:
            return "met"
        if condition.topic is None:
            return "unknown"
        return self.provided(condition.topic, condition.options)

    def provided(self, topic: str, options: Sequence[str]) -> Verdict:
        """Return met if a clause allows only these options, unmet if one allows none of them."""
        wanted = self.catalogue.scales[topic].columns_of(options)
        terms = [term for term in self.plan.terms if term.topic == topic]
        found = {self._allows(variants, wanted) for variants in clauses(terms)}
        if "unmet" in found:
            return "unmet"
        return "met" if "met" in found else "unknown"

    def _allows(self, variants: Sequence[Term], wanted: frozenset[int]) -> Verdict:
        scale = self.catalogue.scales[variants[0].topic]
        allowed = [scale.columns_of(term.options) for term in variants]
        if all(columns <= wanted for columns in allowed):
            return "met"
        return "unknown" if any(columns & wanted for columns in allowed) else "unmet"


def clauses(terms: Sequence[Term]) -> list[list[Term]]:
    """Group terms into clauses: the open variants of a topic are one, any other term is one."""
    found: list[list[Term]] = []
    for _, same in groupby(sorted(terms, key=lambda term: term.topic), key=lambda t: t.topic):
        on_topic = list(same)
        variants = [term for term in on_topic if term.by is not None]
        found += [[term] for term in on_topic if term.by is None]
        found += [variants] if variants else []
    return found

"""Plans evaluated against the parties: who would sign, and what each refuses."""

from __future__ import annotations

from collections.abc import Iterator

from positions.plans.clauses import ClauseStanding, ClauseVerdict
from positions.plans.evaluation import Evaluation, PlanVerdict
from positions.reports.findings import Findings
from positions.reports.phrases import conditions, topic_link
from positions.reports.prose import ReportRow, Section, date_text, grid, names_text, note, paragraph
from positions.snapshots.wording import caveats, condition_text, counted, options_text, party_name
from positions.tables.html import Markup, element, joined, separated

ABOUT = (
    "Judged by its statements, a party would sign a plan if it demands or accepts every clause, or "
    "accepts it under conditions that the plan meets. It refuses a plan if it rejects a clause, or "
    "accepts one only under conditions that the plan does not meet. Otherwise its answer is not "
    "known. Sponsors are judged by their own statements, like all other parties."
)
VERDICTS = {
    "signs": ("✓", "would sign", "agreed"),
    "refuses": ("✕", "refuses", "deadlock"),
    "not_known": ("○", "not known", "open"),
}
"""Symbol, text and colour class of each verdict."""
STANDINGS: dict[ClauseStanding, tuple[str, str]] = {
    "rejects": ("rejects", "reject"),
    "rejects_implied": ("excludes", "reject"),
    "conditional_unmet": ("accepts only", "reject"),
    "silent": ("no statement", "none"),
    "unanswered": ("not addressed", "none"),
    "conditional_unknown": ("accepts", "conditional"),
    "conditional_met": ("accepts", "accept"),
    "accepts": ("accepts", "accept"),
    "demands": ("demands", "demand"),
}
"""Text and colour class of the standing of a party on a clause."""
CONDITIONS: dict[ClauseStanding, str] = {
    "conditional_unmet": "not met by the plan",
    "conditional_unknown": "not addressed by the plan",
    "conditional_met": "conditions met by the plan",
}
"""The text for how a plan treats the conditions of a party."""


def plans_section(findings: Findings) -> Section:
    """Show who would sign which plan, and every clause of plans that were selected."""
    title = "Who would sign which plan"
    if not findings.plans:
        why = (
            "No plans were selected."
            if findings.named_plans
            else "No plans had been tabled by then."
        )
        return Section("plans", title, paragraph(why), 0)
    lines = (_plan(findings, plan) for plan in findings.plans)
    caption = f"Who would sign: {counted(len(findings.plans), 'plan')}"
    table = grid("plans", caption, ("Plan", "Clauses", *findings.names), lines)
    clauses = [_clauses(findings, plan) for plan in findings.plans if findings.named_plans]
    parts = (paragraph(ABOUT), table, clauses)
    return Section("plans", title, joined(parts), len(findings.plans))


def _plan(findings: Findings, found: Evaluation) -> ReportRow:
    plan = found.plan
    sponsors = names_text([party_name(findings.catalogue, party) for party in plan.sponsors])
    name = element("a", plan.name, href=f"#plan-{plan.id}") if findings.named_plans else plan.name
    head = joined(name, note(f"{date_text(plan.date)}, {sponsors}"))
    verdicts = [_verdict(findings, verdict) for verdict in found.verdicts]
    count = found.verdicts[0].clauses
    return ReportRow(head, (str(count), *verdicts))


def _verdict(findings: Findings, verdict: PlanVerdict) -> Markup:
    if not verdict.spoken:
        return element("span", "no statement on its topics", class_="none")
    symbol, text, colour = VERDICTS[verdict.verdict]
    badge = element(
        "span", element("span", f"{symbol} ", aria_hidden="true"), text, class_=f"relation {colour}"
    )
    return joined(
        badge,
        note(f"affirms {verdict.affirmed}") if verdict.affirmed else None,
        _refusals(findings, verdict),
        note(f"leaves {verdict.open} open") if verdict.open else None,
    )


def _refusals(findings: Findings, verdict: PlanVerdict) -> Markup | None:
    """Write the topics of the clauses that a party refuses."""
    topics = dict.fromkeys(row.topic for row in (*verdict.rejections, *_unmet(verdict)))
    if not topics:
        return None
    links = separated((topic_link(findings, topic) for topic in topics), "; ")
    return note(f"refuses {verdict.refused}: ", links)


def _unmet(verdict: PlanVerdict) -> Iterator[ClauseVerdict]:
    return (row for row in verdict.conditions if row.standing == "conditional_unmet")


def _clauses(findings: Findings, found: Evaluation) -> Markup:
    """Write every clause of a plan with the standing of each party."""
    plan = found.plan
    per_clause = len(found.parties)
    rows = [found.rows[at : at + per_clause] for at in range(0, len(found.rows), per_clause)]
    lines = (
        ReportRow(_clause(findings, same[0]), tuple(_standing(findings, row) for row in same))
        for same in rows
    )
    heading = element("h3", plan.name, id=f"plan-{plan.id}")
    caption = f"Clauses of {plan.name}: {found.verdicts[0].clauses}"
    return joined(heading, grid("clauses", caption, ("Clause", *findings.names), lines))


def _clause(findings: Findings, row: ClauseVerdict) -> Markup:
    catalogue = findings.catalogue
    options = options_text(catalogue, row.topic, row.options, " or ")
    notes = []
    if row.by is not None:
        notes.append(f"still open: version of {party_name(catalogue, row.by)}")
    if row.provisos:
        texts = "; ".join(condition_text(catalogue, condition) for condition in row.provisos)
        notes.append(f"if {texts}")
    return joined(topic_link(findings, row.topic), f": {options}", map(note, notes))


def _standing(findings: Findings, row: ClauseVerdict) -> Markup:
    text, colour = STANDINGS[row.standing]
    if colour == "none":
        return element("span", text, class_="none")
    caveat = str(caveats(row.position, row.cells))
    remark = ", ".join(filter(None, (CONDITIONS.get(row.standing), caveat)))
    return joined(
        element("b", text, class_=f"verb {colour}"),
        conditions(findings.catalogue, row.lacking),
        element("small", f" ({remark})") if remark else None,
        findings.evidence.marks(row.statements),
    )

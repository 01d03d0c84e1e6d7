"""A package that all parties could sign, or the conflicts that prevent one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from positions.deals.outcome import Settled, Standing
from positions.deals.settle import Conflict, Refusal, refusal_text
from positions.deals.settlement import Settlement
from positions.errors import MissingLibraryError
from positions.records.attitudes import Attitude
from positions.records.models import Condition
from positions.reports.findings import Findings
from positions.reports.phrases import NO_STATEMENT, conditions, topic_link, topic_links, verb
from positions.reports.prose import ReportRow, Section, day, grid, listed, note, paragraph
from positions.snapshots.wording import condition_text, counted, party_name
from positions.tables.html import Child, Markup, element, joined

ABOUT = (
    "A package has exactly one answer for every term {scope}. Topics on how the parties negotiate, "
    "or on what they do in the meantime, are not terms. A party can sign a package if it rejects "
    "none of its answers, has addressed each of them unless it is silent on the topic, and the "
    "package meets its conditions."
)
NO_PACKAGE = (
    "Judged by the positions on this day, there is no such package. The following refusals are "
    "incompatible:"
)
NOT_SOUGHT = (
    "No package was searched for because {library}, the library for this search, was not installed "
    "where this report was made. It is not known whether there is one."
)
MISSING = (
    "A party that has made no statement on a topic is free to sign, but has not said that it would."
)


def packages_section(findings: Findings) -> Section:
    """Show a package that all could sign, or the refusals that prevent one."""
    return Section("packages", "Is there a package that all could sign?", _body(findings))


def _body(findings: Findings) -> Markup:
    match findings.package:
        case MissingLibraryError():
            return paragraph(NOT_SOUGHT.format(library=findings.package.library))
        case Settlement():
            return joined(paragraph(_about(findings)), _settlement(findings, findings.package))
        case Conflict():
            return joined(paragraph(_about(findings)), _conflict(findings, findings.package))


def _about(findings: Findings) -> str:
    """Define a package, and the topics that it has to settle."""
    return ABOUT.format(scope=_scope(findings))


def _scope(findings: Findings) -> str:
    if findings.all_topics:
        return "on which at least two of them have made statements"
    return "among the selected topics on which at least one of them has made a statement"


def _settlement(findings: Findings, found: Settlement) -> Markup:
    if not found.rows:
        return paragraph(f"There is no term {_scope(findings)}.")
    return joined(
        paragraph("Judged by the positions on this day, there is such a package."),
        _package(findings, "A package that all could sign", found),
    )


def _conflict(findings: Findings, found: Conflict) -> Markup:
    """Show one conflict, the topics of the others, and what could be settled apart from them."""
    clashes = [
        joined(topic_link(findings, topic), ": ", listed(_refused(findings, same)))
        for topic, same in _by_topic(found)
    ]
    others = [topics for topics in found.stuck if topics != found.topics]
    more = f"{counted(len(others), 'further group')} of topics cannot be settled either: "
    groups = [listed(topic_links(findings, topics)) for topics in others]
    rest = found.rest
    return joined(
        paragraph(NO_PACKAGE),
        element("ul", (element("li", clash, ".") for clash in clashes)),
        (paragraph(more), element("ul", (element("li", group) for group in groups)))
        if others
        else None,
        (
            paragraph("Topics that are not part of any conflict could be settled:"),
            _package(findings, "What could be settled apart from the conflicts", rest),
        )
        if rest.rows
        else paragraph("No other topic could be settled on its own."),
    )


def _by_topic(found: Conflict) -> Iterator[tuple[str, list[list[Refusal]]]]:
    for topic, pairs in groupby(found.grouped(), key=lambda pair: pair[0]):
        yield topic, [same for _, same in pairs]


def _refused(findings: Findings, groups: Sequence[Sequence[Refusal]]) -> Iterator[Markup]:
    """Yield the refusals on a topic, each with the day of the statement behind it."""
    for same in groups:
        first = same[0]
        yield joined(
            f"{party_name(findings.catalogue, first.party)} ",
            refusal_text(findings.catalogue, same),
            (" (", day(first.said), ")") if first.said is not None else None,
            findings.evidence.marks(first.statements),
        )


def _package(findings: Findings, caption: str, found: Settlement) -> Markup:
    lines = (
        ReportRow(
            _settled_topic(findings, row),
            (
                findings.catalogue.scales[row.topic].show(row.option),
                *(_standing(findings, standing) for standing in row.standings),
            ),
        )
        for row in found
    )
    title = f"{caption}: {counted(len(found), 'topic')}"
    table = grid("package", title, ("Topic", "Settled as", *findings.names), lines)
    missing = any(row.missing for row in found)
    return joined(
        table, paragraph(MISSING) if missing else None, _dependencies(findings, found.hangs_on)
    )


def _settled_topic(findings: Findings, row: Settled) -> Markup:
    joins = note("joined by a condition") if row.joined else None
    return joined(topic_link(findings, row.topic), joins)


def _standing(findings: Findings, standing: Standing) -> Markup:
    if standing.attitude == Attitude.SILENT:
        return NO_STATEMENT
    return joined(
        verb(standing.attitude),
        conditions(findings.catalogue, (standing.conditions,) if standing.conditions else ()),
        findings.evidence.marks(standing.statements),
    )


def _dependencies(findings: Findings, on: Sequence[Condition]) -> Child:
    if not on:
        return None
    texts = (element("li", condition_text(findings.catalogue, condition)) for condition in on)
    return joined(paragraph("The deal depends on:"), element("ul", texts))

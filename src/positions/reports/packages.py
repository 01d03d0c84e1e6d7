"""Whether there is a package that all could sign, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from positions.deals.outcome import Settled, Standing
from positions.deals.settle import Conflict, Refusal, refusal_text
from positions.deals.settlement import Settlement
from positions.errors import MissingLibraryError
from positions.records.models import Attitude, Condition
from positions.reports.findings import Findings
from positions.reports.phrases import conditions, topic_link, topic_links, verb
from positions.reports.prose import ReportRow, Section, day, grid, listed, note, paragraph
from positions.snapshots.wording import condition_text, counted, party_name
from positions.tables.html import Child, Markup, element, joined

ABOUT = (
    "A package settles every term {scope} in one way each; how they talk and what they do "
    "meanwhile are no terms. A party can sign it if it rejects none of these answers, has left "
    "none unanswered, and finds its conditions in the package."
)
NO_PACKAGE = (
    "As they speak on this day, there is no such package. These refusals exclude one another:"
)
NOT_SOUGHT = (
    "No package was looked for: {library}, the library that would search for it, was not installed "
    "where this report was made. Nothing follows on whether there is one."
)
MISSING = (
    "Where a word is missing, the party has said nothing on the topic: it is free to sign, and has "
    "not said that it would."
)


def packages_section(findings: Findings) -> Section:
    """Tell whether all could sign one package, or which refusals prevent it."""
    return Section("packages", "A package that all could sign?", _told(findings))


def _told(findings: Findings) -> Markup:
    match findings.package:
        case MissingLibraryError():
            return paragraph(NOT_SOUGHT.format(library=findings.package.library))
        case Settlement():
            return joined(paragraph(_about(findings)), _settlement(findings, findings.package))
        case Conflict():
            return joined(paragraph(_about(findings)), _conflict(findings, findings.package))


def _about(findings: Findings) -> str:
    """Say what a package is, and which topics this one would have to settle."""
    return ABOUT.format(scope=_scope(findings))


def _scope(findings: Findings) -> str:
    if findings.all_topics:
        return "on which two of them have spoken"
    return "asked about on which one of them has spoken"


def _settlement(findings: Findings, found: Settlement) -> Markup:
    if not found.rows:
        return paragraph(f"There is no term {_scope(findings)}.")
    return joined(
        paragraph("As they speak on this day, there is such a package."),
        _package(findings, "A package that all could sign", found),
    )


def _conflict(findings: Findings, found: Conflict) -> Markup:
    """Tell a conflict as a paragraph, the other topics that are stuck, and what is left."""
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
            paragraph("What is tied to no conflict could be settled:"),
            _package(findings, "What could be settled beside the conflicts", rest),
        )
        if rest.rows
        else paragraph("No topic is left that could be settled by itself."),
    )


def _by_topic(found: Conflict) -> Iterator[tuple[str, list[list[Refusal]]]]:
    for topic, told in groupby(found.grouped(), key=lambda pair: pair[0]):
        yield topic, [same for _, same in told]


def _refused(findings: Findings, told: Sequence[Sequence[Refusal]]) -> Iterator[Markup]:
    """Write the refusals of a topic, each with the day of the words behind it."""
    for same in told:
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
    return joined(table, paragraph(MISSING) if missing else None, _hangs(findings, found.hangs_on))


def _settled_topic(findings: Findings, row: Settled) -> Markup:
    joins = note("joined by a condition") if row.joined else None
    return joined(topic_link(findings, row.topic), joins)


def _standing(findings: Findings, standing: Standing) -> Markup:
    if standing.attitude == Attitude.SILENT:
        return element("span", "word missing", class_="none")
    return joined(
        verb(standing.attitude),
        conditions(findings.catalogue, (standing.conditions,) if standing.conditions else ()),
        findings.evidence.marks(standing.statements),
    )


def _hangs(findings: Findings, on: Sequence[Condition]) -> Child:
    if not on:
        return None
    texts = (element("li", condition_text(findings.catalogue, condition)) for condition in on)
    return joined(paragraph("The deal hangs on:"), element("ul", texts))

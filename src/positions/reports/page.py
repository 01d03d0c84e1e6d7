"""A report as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from positions.reports.evidence import source_list, statement_list
from positions.reports.findings import Findings
from positions.reports.gaps import convergence_section
from positions.reports.notes import imprint, notes_section
from positions.reports.packages import packages_section
from positions.reports.plans import plans_section
from positions.reports.prose import Section, day, day_text, names_text, paragraph, section
from positions.reports.standing import (
    deadlocks_section,
    moves_section,
    positions_section,
    room_section,
)
from positions.reports.summary import summary_section
from positions.tables.html import Child, Markup, element, joined
from positions.version import __version__

STYLE = Path(__file__).with_name("page.css")
"""The style sheet, which is embedded in every report."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The security policy of the page: it may load and run nothing."""


def title_of(findings: Findings) -> str:
    """Return the title of a report: the parties and the day."""
    return f"{names_text(findings.names)} on {day_text(findings.date)}"


def page(findings: Findings) -> str:
    """Make the HTML of the whole report."""
    sections = sections_of(findings)
    body = (
        element("a", "Skip to the summary", href="#summary", class_="skip"),
        _header(findings),
        _contents(sections),
        element("main", map(section, sections)),
        _footer(),
    )
    html = element("html", _head(findings), element("body", *body), lang="en")
    return f"<!doctype html>\n{html}"


def sections_of(findings: Findings) -> list[Section]:
    """Make all sections; those of the evidence are made last, when all citations are known."""
    sections = [
        positions_section(findings),
        deadlocks_section(findings),
        room_section(findings),
        moves_section(findings),
        convergence_section(findings),
        plans_section(findings),
        packages_section(findings),
    ]
    return [
        summary_section(findings),
        *(part for part in sections if part is not None),
        notes_section(findings),
        *_evidence(findings),
    ]


def _evidence(findings: Findings) -> tuple[Section, Section]:
    statements, sources = findings.evidence.statements, findings.evidence.sources
    about = "The statements on which this report is based, in the order in which they are cited."
    read = "The sources of these statements. Links open in a new window."
    return (
        Section(
            "statements",
            "Statements",
            joined(paragraph(about), statement_list(findings.evidence)),
            len(statements),
        ),
        Section(
            "sources",
            "Sources",
            joined(paragraph(read), source_list(findings.evidence)),
            len(sources),
        ),
    )


def _head(findings: Findings) -> Markup:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="generator", content=f"positions {__version__}"),
        element("title", title_of(findings)),
        element("style", Markup(STYLE.read_text(encoding="utf-8"))),
    )


def _header(findings: Findings) -> Markup:
    names = names_text(findings.names)
    kicker = paragraph("Where they agree and where they are in deadlock", class_="kicker")
    heading = element("h1", names, " on ", day(findings.date))
    facts = element(
        "dl", (joined(element("dt", name), element("dd", fact)) for name, fact in _facts(findings))
    )
    warnings = [paragraph(note, class_="warning") for note in findings.snapshot.notes]
    return element("header", kicker, heading, facts, warnings)


def _facts(findings: Findings) -> list[tuple[str, Child]]:
    """List the scope of the report and the facts about its data."""
    records = [findings.catalogue.party(party) for party in findings.parties]
    parties = names_text([f"{party.name} ({party.id})" for party in records])
    count = len(findings.topics)
    topics = f"all {count} of the data set" if findings.all_topics else f"{count} selected"
    earlier: list[tuple[str, Child]] = (
        [] if findings.since is None else [("Compared with", day(findings.since))]
    )
    return [("Parties", parties), *earlier, ("Topics", topics), *imprint(findings.ds)]


def _contents(sections: Sequence[Section]) -> Markup:
    items = (
        element(
            "li",
            element("a", part.title, href=f"#{part.id}"),
            element("span", f" {part.count}", class_="count") if part.count is not None else None,
        )
        for part in sections
    )
    heading = element("h2", "Contents", id="contents-title")
    parts = (heading, element("ol", items))
    return element("nav", *parts, id="contents", aria_labelledby="contents-title")


def _footer() -> Markup:
    text = "Every number and sentence in this report is derived from the statements listed in it."
    return element("footer", paragraph(text))

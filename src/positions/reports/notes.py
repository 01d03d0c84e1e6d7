"""How to read a report: its terms, the statements that count, and its limits."""

from __future__ import annotations

from collections.abc import Iterator

from positions.files.bundled import data_info
from positions.relations.changes import MOVES
from positions.reports.findings import Findings
from positions.reports.phrases import SYMBOLS
from positions.reports.prose import Section, date_text, day_text, names_text
from positions.snapshots.dataset import Dataset, without_suppositions
from positions.snapshots.wording import AGE_REMARK
from positions.tables.html import Child, Markup, element, joined

RELATIONS = (
    ("agreed", "Agreed", "all of them demand or accept the same answer."),
    (
        "conditional",
        "Conditional",
        "all of them affirm the same answer, but at least one only under conditions.",
    ),
    (
        "open",
        "Open",
        "at least one answer is rejected by none of them, but no answer is affirmed by all.",
    ),
    ("open", "Open, apart", "open, and the parties affirm different answers."),
    (
        "deadlock",
        "Deadlock",
        "every answer is rejected by at least one of them, explicitly or by implication.",
    ),
    ("one_sided", "One-sided", "only one of them has made a statement."),
)
"""Symbol, name and meaning of each relation."""
TERMS = (
    ("Demands", "the party asks for this, and thereby rejects what it does not name."),
    ("Accepts", "the party agrees to this or can live with it, without rejecting anything else."),
    ("Accepts if", "the party accepts this only under the conditions listed."),
    ("Rejects", "the party refuses this explicitly."),
    ("Excludes", "the party rejects this by implication, because it demands something else."),
    ("No statement", "the data set has no statement by the party on the topic by that day."),
    ("Not addressed", "the party has made statements on the topic, but not on this answer."),
)
"""The meaning of each term for a position."""
ATTRIBUTIONS = {
    "self": "a party's own statements",
    "reported": "statements reported by the press",
    "leaked": "statements reported by unnamed sources",
}
"""The text for each attribution that can count as a statement by the party itself."""
LIMITS = (
    "Silence is neither consent nor refusal. If a party is silent here, its statements may also "
    "not have been recorded.",
    "The report shows what was said, by whom and when. It does not show who is right, what a party "
    "would do in the end, or how much a topic matters to it.",
    "Names of places and answers are those of the data set and express no view on what they name.",
)
"""The limits of every report."""


def notes_section(findings: Findings) -> Section:
    """Explain the terms of the report, which statements count, and its limits."""
    body = joined(
        element("h3", "Terms"),
        _definitions((term, meaning) for term, meaning in TERMS),
        element("h3", "Relations"),
        _definitions(
            (f"{SYMBOLS[relation]} {name}", meaning) for relation, name, meaning in RELATIONS
        ),
        element("h3", "Changes"),
        _definitions((move.capitalize(), meaning) for move, meaning in MOVES.items()),
        element("h3", "Which statements count"),
        element("ul", (element("li", line) for line in _reading(findings))),
        element("h3", "Limits"),
        element("ul", (element("li", line) for line in LIMITS)),
    )
    return Section("notes", "How to read this report", body)


def _definitions(pairs: Iterator[tuple[str, str]]) -> Markup:
    return element(
        "dl", (joined(element("dt", term), element("dd", meaning)) for term, meaning in pairs)
    )


def _reading(findings: Findings) -> Iterator[str]:
    """Yield sentences on which statements count and how they were read."""
    reading = findings.snapshot.reading
    counted = _attributions(reading.attributions)
    yield f"The following count if made by {day_text(findings.date)}: {counted}."
    if "claimed" in reading.attributions:
        yield "Claims by others about a party count only where its own statements are silent."
    else:
        yield "Claims by others about a party do not count."
    if reading.known_by is not None:
        yield f"Only statements published by {day_text(reading.known_by)} count."
    if reading.max_age is not None:
        yield f"Only statements made in the last {reading.max_age:,} days before that day count."
    if reading.confidence is not None:
        yield f"Only statements coded with {reading.confidence} confidence or better count."
    if reading.inherited:
        yield "Statements by an earlier government count and are marked “inherited”."
    else:
        yield "Statements by an earlier government do not count."
    if reading.dates == "earliest":
        yield "A vague date counts from its first possible day."
    yield AGE_REMARK
    yield from findings.overlaps.notes


def _attributions(attributions: tuple[str, ...]) -> str:
    return (
        names_text([ATTRIBUTIONS[name] for name in attributions if name in ATTRIBUTIONS])
        or "no statements by a party itself"
    )


def imprint(ds: Dataset) -> Iterator[tuple[str, Child]]:
    """Yield facts about the data set: version, authors, evidence, and how to cite it."""
    about = data_info(without_suppositions(ds))
    yield "Data", f"{about.title}, version {about.data_version}"
    if about.authors:
        yield "Authors", names_text(about.authors)
    if about.evidence_until is not None:
        yield "Evidence until", date_text(about.evidence_until)
    if ds.supposed:
        yield "Supposed, not said", names_text(ds.supposed)
    yield "Made with", f"positions {about.library_version}"
    yield "Cite the data as", about.cite

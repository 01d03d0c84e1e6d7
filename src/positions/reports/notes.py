"""How to read a report, what counted in it, and what it cannot tell."""

from __future__ import annotations

from collections.abc import Iterator

from positions.files.bundled import data_info
from positions.relations.changes import MOVES
from positions.reports.findings import Findings
from positions.reports.phrases import SYMBOLS
from positions.reports.prose import Section, date_text, day_text, names_text
from positions.snapshots.dataset import Dataset, as_said
from positions.snapshots.wording import AGE_REMARK
from positions.tables.html import Child, Markup, element, joined

RELATIONS = (
    ("agreed", "Agreed", "all demand or accept one and the same answer."),
    ("conditional", "Conditional", "all affirm one answer, but somebody only under conditions."),
    ("open", "Open", "some answer has been rejected by nobody, but none is affirmed by all."),
    ("open", "Open, apart", "open, and the parties affirm different answers."),
    (
        "deadlock",
        "Deadlock",
        "every answer is rejected by one of them, in words or not.",
    ),
    ("one_sided", "One-sided", "only one of them has spoken."),
)
"""What each relation means."""
WORDS = (
    ("Demands", "the party asks for this itself, and so rejects what it does not name."),
    ("Accepts", "it agrees to what others ask, or can live with it; this rejects nothing."),
    ("Accepts if", "it accepts only under the conditions that are listed."),
    ("Rejects", "it refuses this in words."),
    ("Excludes", "it rejects this by implication, because it demands something else."),
    ("No statement", "the data hold no words of the party on the topic by that day."),
    ("Has not said", "it has spoken on the topic, but not of this answer."),
)
"""What each word about a position means."""
OWN = {
    "self": "a party's own words",
    "reported": "what the press reports of them",
    "leaked": "what unnamed sources tell of them",
}
"""What can count as the words of a party."""
LIMITS = (
    "Silence is neither consent nor refusal. That a party is silent here can also mean that nobody "
    "has recorded its words.",
    "The report tells what was said, by whom and when. It does not tell who is right, what a party "
    "would do in the end, or how much a topic matters to it.",
    "Names of places and answers are those of the data set, and no view on what they name.",
)
"""What no report can tell."""


def notes_section(findings: Findings) -> Section:
    """Explain the words of the report, which statements counted, and its limits."""
    body = joined(
        element("h3", "The words"),
        _definitions(((word, about) for word, about in WORDS)),
        element("h3", "The relations"),
        _definitions((f"{SYMBOLS[key]} {word}", about) for key, word, about in RELATIONS),
        element("h3", "The moves"),
        _definitions((move.capitalize(), about) for move, about in MOVES.items()),
        element("h3", "Which statements counted"),
        element("ul", (element("li", line) for line in _reading(findings))),
        element("h3", "Limits"),
        element("ul", (element("li", line) for line in LIMITS)),
    )
    return Section("notes", "How to read this report", body)


def _definitions(pairs: Iterator[tuple[str, str]]) -> Markup:
    return element(
        "dl", (joined(element("dt", word), element("dd", about)) for word, about in pairs)
    )


def _reading(findings: Findings) -> Iterator[str]:
    """Say which statements counted and how they were read, as the question asked."""
    reading = findings.snapshot.reading
    yield f"Counted, if said by {day_text(findings.date)}: {_attributed(reading.attributions)}."
    if "claimed" in reading.attributions:
        yield "What others claim of a party fills only what its own words leave silent."
    else:
        yield "What others claim of a party did not count."
    if reading.known_by is not None:
        yield f"Only what was published by {day_text(reading.known_by)}."
    if reading.max_age is not None:
        yield f"Only what was said in the last {reading.max_age:,} days before."
    if reading.confidence is not None:
        yield f"Only what was coded with {reading.confidence} confidence or better."
    if reading.inherited:
        yield "What an earlier government said counts, and is marked “inherited”."
    else:
        yield "What an earlier government said did not count."
    if reading.dates == "earliest":
        yield "A vague date counts from its first day on."
    yield AGE_REMARK
    yield from findings.overlaps.notes


def _attributed(attributions: tuple[str, ...]) -> str:
    return names_text([OWN[name] for name in attributions if name in OWN]) or "no words of its own"


def imprint(ds: Dataset) -> Iterator[tuple[str, Child]]:
    """Name the data set, its version and evidence, and how to cite it."""
    about = data_info(as_said(ds))
    yield "Data", f"{about.title}, version {about.data_version}"
    if about.authors:
        yield "Authors", names_text(about.authors)
    if about.evidence_until is not None:
        yield "Evidence until", date_text(about.evidence_until)
    if ds.supposed:
        yield "Supposed, not said", names_text(ds.supposed)
    yield "Made with", f"positions {about.library_version}"
    yield "Cite the data as", about.cite

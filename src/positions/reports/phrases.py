"""How a report writes what recurs in it: topics, positions, conditions, relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from positions.records.catalogue import Catalogue
from positions.records.models import Attitude, Condition
from positions.relations.topic_overlap import Overlap
from positions.reports.evidence import Evidence
from positions.reports.findings import Findings
from positions.reports.prose import names_text, note
from positions.snapshots.cells import Alternatives
from positions.snapshots.position import Position
from positions.snapshots.wording import VERBS, Phrase, condition_text, party_name, phrases_of
from positions.tables.html import Child, Markup, element, joined, separated

SYMBOLS = {
    "agreed": "✓",
    "conditional": "◐",
    "deadlock": "✕",
    "open": "○",
    "one_sided": "–",
    "silent": "·",
}
"""A sign for each relation, beside its word."""
JUDGED = {
    "met": "conditions met",
    "unmet": "conditions refused",
    "unknown": "conditions not known to be met",
}
"""How the conditions of a conditional topic are judged."""
NO_STATEMENT = element("span", "no statement", class_="none")
"""What stands where a party is silent on a topic."""


def topic_link(findings: Findings, topic: str) -> Markup:
    """Name a topic, with a link to its row where the report has one."""
    name = findings.catalogue.topic(topic).name
    if topic not in findings.spoken:
        return joined(name)
    return element("a", name, href=f"#topic-{topic}")


def topic_links(findings: Findings, topics: Iterable[str]) -> Iterator[Markup]:
    """Name several topics."""
    return (topic_link(findings, topic) for topic in topics)


def position_cell(position: Position, evidence: Evidence) -> Markup:
    """Write what a party says on a topic, a line for each attitude, with marks."""
    if position.silent:
        return NO_STATEMENT
    lines = [_phrase(position.catalogue, phrase, evidence) for phrase in phrases_of(position)]
    return bulleted(lines)


def option_cell(position: Position, option: str, evidence: Evidence) -> Markup:
    """Write how a party stands to one option, or to the numbers of an interval."""
    if position.silent:
        return NO_STATEMENT
    cells = position.cells_of([option])
    if all(cell.attitude == Attitude.SILENT for cell in cells):
        return element("span", "has not said", class_="none")
    held = attrs.evolve(position, cells=cells)
    return bulleted([_phrase(position.catalogue, p, evidence) for p in phrases_of(held)])


def bulleted(lines: Sequence[Child]) -> Markup:
    """Write lines below one another; one alone needs no list."""
    if len(lines) == 1:
        return joined(lines[0])
    return element("ul", (element("li", line) for line in lines), class_="lines")


def _phrase(catalogue: Catalogue, phrase: Phrase, evidence: Evidence) -> Markup:
    return joined(
        verb(phrase.attitude),
        f" {phrase.options}",
        conditions(catalogue, phrase.conditions),
        element("small", f" ({phrase.words})") if phrase.words else None,
        evidence.marks(phrase.statements),
    )


def verb(attitude: Attitude) -> Markup:
    """Write what a party does about an option; the word tells it, and the colour too."""
    return element("b", VERBS[attitude], class_=f"verb {attitude}")


def conditions(catalogue: Catalogue, alternatives: Alternatives) -> Markup | None:
    """Write the conditions of an acceptance: in a line if it is one, else as a list."""
    if not alternatives:
        return None
    groups = [_group(catalogue, group) for group in alternatives]
    return joined(" ", separated(groups, " or "))


def _group(catalogue: Catalogue, group: Sequence[Condition]) -> Markup:
    texts = [condition_text(catalogue, condition) for condition in group]
    if len(texts) == 1:
        return joined(element("b", "if", class_="if"), f" {texts[0]}")
    items = (element("li", text) for text in texts)
    return joined(
        element("b", "if all of this holds:", class_="if"), element("ul", items, class_="if")
    )


def relation_badge(row: Overlap) -> Markup:
    """Write the relation of a topic as a sign and in words, with what must be known of it."""
    name = "apart" if row.apart else row.relation
    sign = element("span", f"{SYMBOLS[row.relation]} ", aria_hidden="true")
    word = element("span", sign, relation_word(row), class_=f"relation {name}")
    notes = [text for text in (_manner(row), *_silences(row)) if text]
    return joined(word, map(note, notes))


def relation_word(row: Overlap) -> str:
    """Name the relation of a topic."""
    if row.apart:
        return "open, apart"
    return row.relation.replace("_", "-")


def _manner(row: Overlap) -> str:
    if row.relation == "deadlock":
        return "declared" if row.declared else "implied"
    if row.relation == "conditional":
        return JUDGED[row.conditions or "unknown"]
    return ""


def _silences(row: Overlap) -> Iterator[str]:
    """Say who is silent, and how those who have spoken stand."""
    if row.among is not None and row.among != row.relation:
        yield f"those who spoke: {row.among.replace('_', '-')}"
    if row.silent and row.among is not None:
        catalogue = row.positions[0].catalogue
        names = names_text([party_name(catalogue, party) for party in row.silent])
        yield f"no statement of {names}"

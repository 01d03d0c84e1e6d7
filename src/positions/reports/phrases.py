"""Phrases that recur in a report: topics, positions, conditions, relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.records.models import Condition
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
"""The symbol for each relation, shown with its name."""
CONDITIONS = {
    "met": "conditions met",
    "unmet": "conditions refused",
    "unknown": "conditions not known to be met",
}
"""The text for the state of the conditions on a conditional topic."""
NO_STATEMENT = element("span", "no statement", class_="none")
"""The text for a party that is silent on a topic."""


def topic_link(findings: Findings, topic: str) -> Markup:
    """Return the name of a topic, with a link to its row if the report has one."""
    name = findings.catalogue.topic(topic).name
    if topic not in findings.addressed:
        return joined(name)
    return element("a", name, href=f"#topic-{topic}")


def topic_links(findings: Findings, topics: Iterable[str]) -> Iterator[Markup]:
    """Return the names of several topics, with links."""
    return (topic_link(findings, topic) for topic in topics)


def position_cell(position: Position, evidence: Evidence) -> Markup:
    """Write the position of a party on a topic: a line with citations for each attitude."""
    if position.silent:
        return NO_STATEMENT
    lines = [_phrase(position.catalogue, phrase, evidence) for phrase in phrases_of(position)]
    return bulleted(lines)


def option_cell(position: Position, option: str, evidence: Evidence) -> Markup:
    """Write the attitude of a party to one option, or to the numbers of an interval."""
    if position.silent:
        return NO_STATEMENT
    cells = position.cells_of([option])
    if all(cell.attitude == Attitude.SILENT for cell in cells):
        return element("span", "not addressed", class_="none")
    narrowed = attrs.evolve(position, cells=cells)
    return bulleted([_phrase(position.catalogue, p, evidence) for p in phrases_of(narrowed)])


def bulleted(lines: Sequence[Child]) -> Markup:
    """Write lines as a list; a single line needs none."""
    if len(lines) == 1:
        return joined(lines[0])
    return element("ul", (element("li", line) for line in lines), class_="lines")


def _phrase(catalogue: Catalogue, phrase: Phrase, evidence: Evidence) -> Markup:
    return joined(
        verb(phrase.attitude),
        f" {phrase.options}",
        conditions(catalogue, phrase.conditions),
        element("small", f" ({phrase.caveats})") if phrase.caveats else None,
        evidence.marks(phrase.statements),
    )


def verb(attitude: Attitude) -> Markup:
    """Write the verb for an attitude; its colour only repeats what the verb says."""
    return element("b", VERBS[attitude], class_=f"verb {attitude}")


def conditions(catalogue: Catalogue, alternatives: Alternatives) -> Markup | None:
    """Write the conditions of an acceptance: one inline, several as a list."""
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
    """Write the relation on a topic: symbol, name and notes."""
    name = "apart" if row.apart else row.relation
    symbol = element("span", f"{SYMBOLS[row.relation]} ", aria_hidden="true")
    badge = element("span", symbol, relation_word(row), class_=f"relation {name}")
    notes = [text for text in (_manner(row), *_silences(row)) if text]
    return joined(badge, map(note, notes))


def relation_word(row: Overlap) -> str:
    """Return the name of the relation on a topic."""
    if row.apart:
        return "open, apart"
    return row.relation.replace("_", "-")


def _manner(row: Overlap) -> str:
    if row.relation == "deadlock":
        return "declared" if row.declared else "implied"
    if row.relation == "conditional":
        return CONDITIONS[row.conditions or "unknown"]
    return ""


def _silences(row: Overlap) -> Iterator[str]:
    """Yield notes on who is silent, and on the relation among the others."""
    if row.among is not None and row.among != row.relation:
        yield f"without the silent parties: {row.among.replace('_', '-')}"
    if row.silent and row.among is not None:
        catalogue = row.positions[0].catalogue
        names = names_text([party_name(catalogue, party) for party in row.silent])
        yield f"no statement by {names}"

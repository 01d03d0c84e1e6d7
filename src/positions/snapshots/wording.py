"""The text of positions: names, attitudes, conditions, caveats and footnotes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

import attrs

from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.records.models import Condition, Proposal, Source
from positions.records.scales import Scale
from positions.records.suppositions import Supposition
from positions.snapshots.cells import Alternatives, Cell, Claim, PositionLike
from positions.tables.cells import DASH, Mark, Numeral, Text, caveats_in, join, text_of
from positions.tables.table import Note

Citable = Source | Supposition
"""What a footnote cites: a source, or a supposition, which has none."""


@attrs.frozen
class Footnotes:
    """The footnotes of a table: sources, numbered in the order in which its cells cite them."""

    _numbers: dict[Citable, int] = attrs.field(factory=dict, init=False)

    def mark(self, catalogue: Catalogue, statements: Iterable[str]) -> Text:
        """Return the marks of the sources of some statements, such as `[1][3]`."""
        return self._mark(citable for name in statements for citable in _citables(catalogue, name))

    def mark_sources(self, catalogue: Catalogue, names: Iterable[str]) -> Text:
        """Return the marks of some sources."""
        return self._mark(map(catalogue.source, names))

    def mark_plan(self, catalogue: Catalogue, plan: Proposal) -> Text:
        """Return the marks of the sources of a plan, without those that are not in the data set."""
        known = {source.id for source in catalogue.document.sources}
        return self.mark_sources(catalogue, (name for name in plan.sources if name in known))

    def _mark(self, citables: Iterable[Citable]) -> Text:
        numbers = {
            self._numbers.setdefault(citable, len(self._numbers) + 1)
            for citable in dict.fromkeys(citables)
        }
        return Text(tuple(map(Mark, sorted(numbers))))

    def notes(self) -> tuple[Note, ...]:
        """Return the cited sources in the order of their numbers."""
        return tuple(map(cited, self._numbers))


def cited_plan(catalogue: Catalogue, plan: Proposal, footnotes: Footnotes) -> Text:
    """Return the id of a plan with the marks of its sources."""
    return annotated(plan.id, "", footnotes.mark_plan(catalogue, plan))


def plan_sources(catalogue: Catalogue, plan: Proposal, footnotes: Footnotes) -> tuple[Text, ...]:
    """Return a remark with the sources of a plan; no remark where none is known."""
    marks = footnotes.mark_plan(catalogue, plan)
    return ("Sources of the plan: " + marks + ".",) if marks else ()


def _citables(catalogue: Catalogue, name: str) -> Iterable[Citable]:
    statement = catalogue.statement(name)
    if isinstance(statement, Supposition):
        return (statement,)
    return map(catalogue.source, statement.sources)


def cited(source: Citable) -> Note:
    """Cite a source in one line; a supposition is cited as supposed, not said."""
    if isinstance(source, Supposition):
        return Note(f"supposed, not said, as of {source.date}: {source.summary}", None)
    date = f"{source.published}" if source.published is not None else "undated"
    return Note(f"{source.publisher}: {source.title} ({date})", source.url)


OLD = dt.timedelta(days=365)
"""Age from which tables print the date of the latest statement."""

AGE_REMARK = "“said …”: the latest statement is more than a year older than the date asked."
LEAK_REMARK = "“leaked”: known from unnamed sources alone."
REMARKS = {"said": AGE_REMARK, "leaked": LEAK_REMARK}
"""Remarks that explain caveats in cells, by caveat."""


def counted(count: int, what: str) -> str:
    """Return a count with its noun in the right number: `1 topic`, `2 topics`."""
    return f"{count} {what if count == 1 else f'{what}s'}"


def number_text(value: float | None, unit: str | None) -> str | Numeral:
    """Return a gap or an amount with its unit; a dash for None."""
    if value is None:
        return DASH
    if isinstance(value, int):
        return f"{value:,} {unit}" if unit else Numeral(f"{value:,}")
    return f"{value:,.15g} {unit}" if unit else Numeral(f"{value:.3g}")


def party_name(catalogue: Catalogue, party: str) -> str:
    """Return the name of a party as tables show it."""
    return catalogue.party(party).name


def topic_name(catalogue: Catalogue, topic: str) -> str:
    """Return the name and the id of a topic as tables show them."""
    return f"{catalogue.topic(topic).name} ({topic})"


def options_text(catalogue: Catalogue, topic: str, options: Iterable[str], joint: str) -> str:
    """Join the names of several options of one topic, in quotes except for numbers."""
    return joint.join(catalogue.scales[topic].quote(option) for option in options)


def condition_text(catalogue: Catalogue, condition: Condition) -> str:
    """Return the text of a condition on a topic, on a whole proposal, or in free text."""
    if condition.topic is not None:
        name = catalogue.topic(condition.topic).name
        return f"{name}: {options_text(catalogue, condition.topic, condition.options, ' or ')}"
    if condition.proposal is not None:
        return f"as part of “{catalogue.proposal(condition.proposal).name}”"
    return str(condition.text)


def alternatives_text(catalogue: Catalogue, alternatives: Alternatives) -> str:
    """Return the text of conditions: semicolons within a group, "or if" between groups."""
    groups = ["; ".join(condition_text(catalogue, c) for c in group) for group in alternatives]
    return ", or if ".join(f"({group})" for group in groups)


def claim_text(catalogue: Catalogue, claim: Claim) -> str:
    """Return the text of a claim about a party, and whether it is contested."""
    by = {catalogue.statement(name).claimed_by for name in claim.statements}
    who = ", ".join(sorted(party_name(catalogue, party) for party in by if party is not None))
    option = catalogue.scales[claim.topic].quote(claim.option)
    text = f"{party_name(catalogue, claim.party)} {VERBS[claim.attitude]} {option}"
    if claim.attitude == Attitude.CONDITIONAL:
        text += " under conditions"
    kind = "contested" if claim.contested else "claimed"
    return f"{topic_name(catalogue, claim.topic)}: {who} says that {text} ({kind})."


VERBS = {
    Attitude.DEMAND: "demands",
    Attitude.ACCEPT: "accepts",
    Attitude.CONDITIONAL: "accepts",
    Attitude.REJECT: "rejects",
}
"""The verb for each attitude, in the order of phrases."""


def position_text(position: PositionLike, footnotes: Footnotes) -> Text:
    """Return a position as phrases in one line, with the marks of its sources."""
    if position.silent:
        return text_of("—")
    return join("; ", (_phrase_text(position, p, footnotes) for p in phrases_of(position)))


@attrs.frozen
class Phrase:
    """One phrase of the text of a position: an attitude, and the options it applies to.

    `conditions` are those on which the options are accepted; `caveats` are flags such as
    "disputed"; `statements` are the ids of the statements behind the phrase.
    """

    attitude: Attitude
    options: str
    conditions: Alternatives
    caveats: Text
    statements: tuple[str, ...]


def phrases_of(position: PositionLike) -> Iterator[Phrase]:
    """Yield the phrases of a position: demands first, then acceptances, then rejections.

    An implied rejection is left out where the position has a demand, and named otherwise.
    """
    for attitude, joint in (
        (Attitude.DEMAND, " or "),
        (Attitude.ACCEPT, " or "),
        (Attitude.CONDITIONAL, " or "),
        (Attitude.REJECT, ", "),
    ):
        for cells in _phrase_cells(position, attitude):
            yield _phrase(position, cells, joint)


def _phrase_cells(position: PositionLike, attitude: Attitude) -> list[list[Cell]]:
    """Group the cells of one attitude by phrase."""
    groups: dict[object, list[Cell]] = {}
    for cell in position.cells:
        left_out = cell.implied and bool(position.demands)
        if cell.attitude == attitude and not left_out:
            marks = (cell.implied, cell.disputed, cell.claimed, cell.inherited, cell.supposed)
            key = (marks, is_old(position, cell), cell.conditions)
            groups.setdefault(key, []).append(cell)
    return list(groups.values())


def _phrase(position: PositionLike, cells: list[Cell], joint: str) -> Phrase:
    first = cells[0]
    flags = join(", ", filter(None, ("implied" * first.implied, caveats(position, cells))))
    statements = tuple(dict.fromkeys(name for cell in cells for name in cell.statements))
    options = cells_text(position, cells, joint)
    return Phrase(first.attitude, options, first.conditions, flags, statements)


def _phrase_text(position: PositionLike, phrase: Phrase, footnotes: Footnotes) -> Text:
    text = f"{VERBS[phrase.attitude]} {phrase.options}"
    if phrase.conditions:
        text += f" if {alternatives_text(position.catalogue, phrase.conditions)}"
    return annotated(text, phrase.caveats, footnotes.mark(position.catalogue, phrase.statements))


def cells_text(position: PositionLike, cells: Sequence[Cell], joint: str) -> str:
    """Join the names of the options of some cells, neighbouring numbers as one interval."""
    scale = position.scale
    return columns_text(scale, {c for cell in cells for c in scale.columns(cell.option)}, joint)


def columns_text(scale: Scale, columns: Collection[int], joint: str) -> str:
    """Join the names of the options of some columns, neighbouring numbers as one interval."""
    inside = [column in columns for column in range(scale.width)]
    return joint.join(scale.quote(key) for key, run in scale.spans(inside) if inside[run[0]])


def annotated(phrase: str | Text, caveats: str | Text, marks: Text) -> Text:
    """Return a phrase with its caveats in brackets and the marks of its sources."""
    return join(" ", filter(None, (phrase, text_of(caveats).in_brackets(), marks)))


def caveats(position: PositionLike, cells: Sequence[Cell]) -> Text:
    """Return the caveats of some cells: disputed, claimed, leaked, old and so on."""
    flags = (
        ("disputed", any(cell.disputed for cell in cells)),
        ("claimed by others", any(cell.claimed for cell in cells)),
        ("leaked", any(is_leaked(position, cell) for cell in cells)),
        ("inherited", any(cell.inherited for cell in cells)),
        ("supposed", any(cell.supposed for cell in cells)),
    )
    old = max((cell.said for cell in cells if cell.said and is_old(position, cell)), default=None)
    found = {name: name for name, is_set in flags if is_set}
    if old is not None:
        found["said"] = f"said {old}"
    return Text((", ".join(found.values()),), frozenset(found))


def is_leaked(position: PositionLike, cell: Cell) -> bool:
    """Whether a cell is known from unnamed sources alone."""
    kinds = (position.catalogue.statement(name).attribution for name in cell.statements)
    return bool(cell.statements) and all(attribution == "leaked" for attribution in kinds)


def is_old(position: PositionLike, cell: Cell) -> bool:
    """Whether the latest statement behind a cell is more than a year older than the position."""
    return cell.said is not None and position.date - cell.said > OLD


def remarks_of(rows: Iterable[Iterable[object]]) -> tuple[str, ...]:
    """Return the remarks that explain “said …” and “leaked”, where cells contain them."""
    return remarks_on(caveats_in(chain.from_iterable(rows)))


def remarks_on(found: Collection[str]) -> tuple[str, ...]:
    """Return the remarks that explain these caveats, where they need one."""
    return tuple(remark for caveat, remark in REMARKS.items() if caveat in found)

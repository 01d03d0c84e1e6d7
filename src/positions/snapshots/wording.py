"""Positions put into words for people: names, attitudes, conditions and ages."""

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
from positions.snapshots.cells import Alternatives, Cell, Claim, Stand
from positions.tables.cells import DASH, Mark, Numeral, Text, caveats_in, join, text_of
from positions.tables.table import Note

Ground = Source | Supposition
"""What words rest on: a source, or nothing but that they are supposed."""


@attrs.frozen
class Footnotes:
    """Numbers the sources of a table in the order in which its cells name them."""

    _numbers: dict[Ground, int] = attrs.field(factory=dict, init=False)

    def mark(self, catalogue: Catalogue, statements: Iterable[str]) -> Text:
        """Write the marks of the sources of some statements, such as `[1][3]`."""
        return self._mark(ground for name in statements for ground in _grounds(catalogue, name))

    def mark_sources(self, catalogue: Catalogue, names: Iterable[str]) -> Text:
        """Write the marks of some sources."""
        return self._mark(map(catalogue.source, names))

    def mark_plan(self, catalogue: Catalogue, plan: Proposal) -> Text:
        """Write the marks of the sources of a plan; of one of your own, of those in the data."""
        known = {source.id for source in catalogue.document.sources}
        return self.mark_sources(catalogue, (name for name in plan.sources if name in known))

    def _mark(self, grounds: Iterable[Ground]) -> Text:
        numbers = {
            self._numbers.setdefault(ground, len(self._numbers) + 1)
            for ground in dict.fromkeys(grounds)
        }
        return Text(tuple(map(Mark, sorted(numbers))))

    def notes(self) -> tuple[Note, ...]:
        """List the sources that were named, in order of their numbers."""
        return tuple(map(cited, self._numbers))


def cited_plan(catalogue: Catalogue, plan: Proposal, footnotes: Footnotes) -> Text:
    """Write the id of a plan with the marks of its sources."""
    return annotated(plan.id, "", footnotes.mark_plan(catalogue, plan))


def plan_sources(catalogue: Catalogue, plan: Proposal, footnotes: Footnotes) -> tuple[Text, ...]:
    """Name the sources of the plan that a table is about, in a remark; none where none is known."""
    marks = footnotes.mark_plan(catalogue, plan)
    return ("Sources of the plan: " + marks + ".",) if marks else ()


def _grounds(catalogue: Catalogue, name: str) -> Iterable[Ground]:
    statement = catalogue.statement(name)
    if isinstance(statement, Supposition):
        return (statement,)
    return map(catalogue.source, statement.sources)


def cited(source: Ground) -> Note:
    """Cite a source in one line; of what is supposed say that it was not said."""
    if isinstance(source, Supposition):
        return Note(f"supposed, not said, as of {source.date}: {source.summary}", None)
    date = f"{source.published}" if source.published is not None else "undated"
    return Note(f"{source.publisher}: {source.title} ({date})", source.url)


OLD = dt.timedelta(days=365)
"""From what age on a table says when something was said."""

AGE_REMARK = "“said …”: the latest words are more than a year older than the date asked."
LEAK_REMARK = "“leaked”: known from unnamed sources alone."
REMARKS = {"said": AGE_REMARK, "leaked": LEAK_REMARK}
"""What explains the words in cells, by the caveat that they tell."""


def counted(count: int, what: str) -> str:
    """Write how many there are of what: `1 topic`, `2 topics`."""
    return f"{count} {what if count == 1 else f'{what}s'}"


def number_text(value: float | None, unit: str | None) -> str | Numeral:
    """Write a gap or an amount with its unit; a dash where there is none."""
    if value is None:
        return DASH
    if isinstance(value, int):
        return f"{value:,} {unit}" if unit else Numeral(f"{value:,}")
    return f"{value:,.15g} {unit}" if unit else Numeral(f"{value:.3g}")


def party_name(catalogue: Catalogue, party: str) -> str:
    """Give the name of a party as tables show it."""
    return catalogue.party(party).name


def topic_name(catalogue: Catalogue, topic: str) -> str:
    """Give the name of a topic as tables show it, with the id by which to ask for more."""
    return f"{catalogue.topic(topic).name} ({topic})"


def options_text(catalogue: Catalogue, topic: str, options: Iterable[str], joint: str) -> str:
    """Write several options of one topic by name, each in quotes unless it is a number."""
    return joint.join(catalogue.scales[topic].quote(option) for option in options)


def condition_text(catalogue: Catalogue, condition: Condition) -> str:
    """Write a condition: a settled topic, a whole proposal, or its own words."""
    if condition.topic is not None:
        name = catalogue.topic(condition.topic).name
        return f"{name}: {options_text(catalogue, condition.topic, condition.options, ' or ')}"
    if condition.proposal is not None:
        return f"as part of “{catalogue.proposal(condition.proposal).name}”"
    return str(condition.text)


def alternatives_text(catalogue: Catalogue, alternatives: Alternatives) -> str:
    """Write conditions: those of a group joined by semicolons, groups by "or if"."""
    groups = ["; ".join(condition_text(catalogue, c) for c in group) for group in alternatives]
    return ", or if ".join(f"({group})" for group in groups)


def claim_text(catalogue: Catalogue, claim: Claim) -> str:
    """Write what others claim of a party, and whether its own words say the contrary."""
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


def position_text(position: Stand, footnotes: Footnotes) -> Text:
    """Write a position in one line of phrases, with marks of its sources."""
    if position.silent:
        return text_of("—")
    return join("; ", (_phrase_text(position, p, footnotes) for p in phrases_of(position)))


@attrs.frozen
class Phrase:
    """What one phrase tells of a position: an attitude, and the options it is taken to.

    `conditions` are those on which the options are accepted, `words` what a reader must
    know of them, and `statements` the ids of those that say so.
    """

    attitude: Attitude
    options: str
    conditions: Alternatives
    words: Text
    statements: tuple[str, ...]


def phrases_of(position: Stand) -> Iterator[Phrase]:
    """Put a position into phrases: what is demanded first, then accepted, then rejected.

    A rejection that a demand implies goes without saying; what is only implied is
    named where no demand stands beside it.
    """
    for attitude, joint in (
        (Attitude.DEMAND, " or "),
        (Attitude.ACCEPT, " or "),
        (Attitude.CONDITIONAL, " or "),
        (Attitude.REJECT, ", "),
    ):
        for cells in _alike(position, attitude):
            yield _phrase(position, cells, joint)


def _alike(position: Stand, attitude: Attitude) -> list[list[Cell]]:
    """Gather the cells of one attitude that can be told in one phrase."""
    groups: dict[object, list[Cell]] = {}
    for cell in position.cells:
        unsaid = cell.implied and bool(position.demands)
        if cell.attitude == attitude and not unsaid:
            marks = (cell.implied, cell.disputed, cell.claimed, cell.inherited, cell.supposed)
            key = (marks, is_old(position, cell), cell.conditions)
            groups.setdefault(key, []).append(cell)
    return list(groups.values())


def _phrase(position: Stand, cells: list[Cell], joint: str) -> Phrase:
    first = cells[0]
    words = join(", ", filter(None, ("implied" * first.implied, caveats(position, cells))))
    statements = tuple(dict.fromkeys(name for cell in cells for name in cell.statements))
    options = cells_text(position, cells, joint)
    return Phrase(first.attitude, options, first.conditions, words, statements)


def _phrase_text(position: Stand, phrase: Phrase, footnotes: Footnotes) -> Text:
    text = f"{VERBS[phrase.attitude]} {phrase.options}"
    if phrase.conditions:
        text += f" if {alternatives_text(position.catalogue, phrase.conditions)}"
    return annotated(text, phrase.words, footnotes.mark(position.catalogue, phrase.statements))


def cells_text(position: Stand, cells: Sequence[Cell], joint: str) -> str:
    """Name the options of some cells, neighbouring numbers as one interval."""
    scale = position.scale
    return columns_text(scale, {c for cell in cells for c in scale.columns(cell.option)}, joint)


def columns_text(scale: Scale, columns: Collection[int], joint: str) -> str:
    """Name the options of some columns, neighbouring numbers as one interval."""
    inside = [column in columns for column in range(scale.width)]
    return joint.join(scale.quote(key) for key, run in scale.spans(inside) if inside[run[0]])


def annotated(phrase: str | Text, words: str | Text, marks: Text) -> Text:
    """Write a phrase with what must be known of it in brackets, and the marks of its sources."""
    return join(" ", filter(None, (phrase, text_of(words).in_brackets(), marks)))


def caveats(position: Stand, cells: Sequence[Cell]) -> Text:
    """Say what a reader must know of some cells: disputed, claimed, leaked, old and so on."""
    flags = (
        ("disputed", any(cell.disputed for cell in cells)),
        ("claimed by others", any(cell.claimed for cell in cells)),
        ("leaked", any(is_leaked(position, cell) for cell in cells)),
        ("inherited", any(cell.inherited for cell in cells)),
        ("supposed", any(cell.supposed for cell in cells)),
    )
    old = max((cell.said for cell in cells if cell.said and is_old(position, cell)), default=None)
    told = {name: name for name, holds in flags if holds}
    if old is not None:
        told["said"] = f"said {old}"
    return Text((", ".join(told.values()),), frozenset(told))


def is_leaked(position: Stand, cell: Cell) -> bool:
    """Tell whether a cell is known from unnamed sources alone."""
    told = (position.catalogue.statement(name).attribution for name in cell.statements)
    return bool(cell.statements) and all(attribution == "leaked" for attribution in told)


def is_old(position: Stand, cell: Cell) -> bool:
    """Tell whether the latest words of a cell are more than a year older than its date."""
    return cell.said is not None and position.date - cell.said > OLD


def remarks_of(rows: Iterable[Iterable[object]]) -> tuple[str, ...]:
    """Explain “said …” and “leaked” where a cell of a table uses them."""
    return remarks_on(caveats_in(chain.from_iterable(rows)))


def remarks_on(found: Collection[str]) -> tuple[str, ...]:
    """Explain those of some caveats that are not plain by themselves."""
    return tuple(remark for caveat, remark in REMARKS.items() if caveat in found)

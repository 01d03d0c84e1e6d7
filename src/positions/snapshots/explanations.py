"""Why a position is what it is: the statements behind it, and the rules that were applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.records.models import Source, Statement
from positions.records.suppositions import Supposition
from positions.snapshots.cells import Cell, PositionLike
from positions.snapshots.wording import (
    VERBS,
    alternatives_text,
    cells_text,
    columns_text,
    party_name,
    topic_name,
)

RULE = "a demand excludes what it does not name"
"""The rule by which a demand implies rejections."""
HOW = {
    "self": "Said",
    "reported": "Reported by the press",
    "leaked": "Told by unnamed sources",
}
"""How a statement came to be known, by its attribution."""


@attrs.frozen
class Explanation:
    """The lines that explain one or more positions; each statement is quoted only once."""

    _quoted: set[str] = attrs.field(factory=set, init=False)

    def position(self, position: PositionLike, option: str | None = None) -> list[str]:
        """Explain the position of a party on a topic, or on one option of it.

        Returns:
            A heading, then a line for each attitude with the statements behind it.

        Raises:
            UnknownNameError: the topic has no such option.
        """
        cells = position.cells if option is None else (position.cell(option),)
        name, topic = party_name(position.catalogue, position.party), position.topic
        lines = [f"{name} on {topic_name(position.catalogue, topic)}, {position.date}:"]
        lines += [self._cells(position, group) for group in _equal_cells(cells)]
        silent = [cell for cell in cells if not cell.statements]
        if position.silent and not any(cell.statements for cell in position.cells):
            lines.append(f"No statement of {name} on the topic is in force.")
        elif silent:
            lines.append(f"{name} leaves {cells_text(position, silent, ', ')} without an answer.")
        return [*lines, *self._lapsed(position, cells)]

    def _cells(self, position: PositionLike, cells: Sequence[Cell]) -> str:
        """Explain equal cells: their attitude, the rule behind it, and the statements."""
        first = cells[0]
        since = "" if first.since is None else f" since {first.since}"
        terms = f", if {alternatives_text(position.catalogue, first.conditions)}"
        attitude = f"{_attitude(position, cells)}{since}{terms * bool(first.conditions)}"
        sentence = f"{attitude}{_rule(position, first)}."
        remarks = _remarks(position.catalogue, first)
        return " ".join((sentence, *remarks, self._statements(position, first)))

    def _statements(self, position: PositionLike, cell: Cell) -> str:
        fresh = [name for name in cell.statements if name not in self._quoted]
        again = [name for name in cell.statements if name in self._quoted]
        quoted = [self._statement(position, name) for name in fresh]
        return " ".join((*quoted, *[f"See {', '.join(again)} above."] * bool(again)))

    def _statement(self, position: PositionLike, name: str) -> str:
        self._quoted.add(name)
        return statement_text(
            position.catalogue, position.catalogue.statement(name), position.party
        )

    def _lapsed(self, position: PositionLike, cells: Sequence[Cell]) -> Iterator[str]:
        columns = position.scale.columns_of(cell.option for cell in cells)
        for name in position.lapsed:
            named = position.scale.columns_of(position.catalogue.statement(name).says)
            if name not in self._quoted and named & columns:
                yield f"No longer in force: {self._statement(position, name)}"


def _equal_cells(cells: Iterable[Cell]) -> list[list[Cell]]:
    """Group the cells that are equal but for their options, affirmations first."""
    groups: dict[Cell, list[Cell]] = {}
    for cell in cells:
        if cell.statements:
            groups.setdefault(attrs.evolve(cell, option=""), []).append(cell)
    order = (*VERBS, Attitude.SILENT)
    return sorted(groups.values(), key=lambda group: order.index(group[0].attitude))


def _attitude(position: PositionLike, cells: Sequence[Cell]) -> str:
    """Return a clause with the attitude of a party to some options."""
    name, first = party_name(position.catalogue, position.party), cells[0]
    options = cells_text(position, cells, ", ")
    if first.attitude == Attitude.SILENT:
        return f"{name} has taken back what it said of {options}, and is silent on it"
    return f"{name} {VERBS[first.attitude]} {options}"


def _rule(position: PositionLike, cell: Cell) -> str:
    """Return why a party rejects: explicitly, by implication from a demand, or both."""
    if cell.attitude != Attitude.REJECT:
        return ""
    implying = [name for name in cell.statements if not _names(position, name, cell)]
    if not implying:
        return ", refused in words"
    wanted = _demanded(position, implying)
    implied = f"implied by the demand for {wanted} ({RULE})"
    return f", {implied}" if cell.implied else f", refused in words, and {implied}"


def _names(position: PositionLike, statement: str, cell: Cell) -> bool:
    return attitude_in(position.catalogue, statement, cell.option) is not None


def attitude_in(catalogue: Catalogue, statement: str, option: str) -> Attitude | None:
    """Return the attitude of a statement to an option; None where it does not name it."""
    record = catalogue.statement(statement)
    scale = catalogue.scales[record.topic]
    keys = scale.resolve(record.says).get(scale.columns(option)[0])
    return None if keys is None else record.says[keys[0]]


def _demanded(position: PositionLike, statements: Iterable[str]) -> str:
    """Join the names of the options that some statements demand."""
    scale = position.scale
    said = [position.catalogue.statement(name).says for name in statements]
    columns = {
        column
        for says in said
        for column, keys in scale.resolve(says).items()
        if says[keys[0]] == Attitude.DEMAND
    }
    return columns_text(scale, columns, " or ")


def _remarks(catalogue: Catalogue, cell: Cell) -> Iterator[str]:
    """Yield a sentence for each flag of a cell."""
    if cell.disputed:
        yield "Its statements of that day contradict one another; the lower attitude counts."
    if cell.claimed:
        by = dict.fromkeys(catalogue.statement(name).claimed_by for name in cell.statements)
        names = ", ".join(party_name(catalogue, party) for party in by if party is not None)
        yield f"Claimed by {names}; the party's own statements leave this open."
    if cell.inherited:
        yield "All of this was said under an earlier government."
    if cell.supposed:
        said = [catalogue.statement(name) for name in cell.statements]
        whole = all(isinstance(statement, Supposition) for statement in said)
        yield f"{'This' if whole else 'Part of this'} is supposed, not said."


def statement_text(catalogue: Catalogue, statement: Statement, party: str) -> str:
    """Return a statement as text: how, when and by whom it was made, its summary and sources."""
    by = "" if statement.speaker is None else f" by {statement.speaker}"
    others = [party_name(catalogue, other) for other in statement.parties if other != party]
    joint = f", together with {', '.join(others)}" if others else ""
    text = f"{_how(catalogue, statement)}{by}{joint}: {statement.summary}"
    return f"{text} [{statement.id}{_sourced(catalogue, statement)}]{_term(statement)}"


def _how(catalogue: Catalogue, statement: Statement) -> str:
    when = f"{'on' if statement.date.precision == 'day' else 'in'} {statement.date}"
    if isinstance(statement, Supposition):
        return f"Supposed {when}"
    if statement.claimed_by is not None:
        return f"Claimed by {party_name(catalogue, statement.claimed_by)} {when}"
    return f"{HOW[statement.attribution]} {when}"


def _sourced(catalogue: Catalogue, statement: Statement) -> str:
    texts = [_source_text(catalogue.source(name)) for name in statement.sources]
    return f": {'; '.join(texts)}" if texts else ""


def _source_text(source: Source) -> str:
    return f"{source.publisher}, {source.published or 'undated'}"


def _term(statement: Statement) -> str:
    """Return from when and until when a statement is in force, where that is limited."""
    limits = (("from", statement.from_), ("until", statement.until))
    term = " ".join(f"{word} {date}" for word, date in limits if date is not None)
    return f" In force {term}." if term else ""

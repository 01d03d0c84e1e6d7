"""Why a position is what it is: the words behind it, and the rules that made it of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.records.models import Source, Statement
from positions.records.suppositions import Supposition
from positions.snapshots.cells import Cell, Stand
from positions.snapshots.wording import (
    VERBS,
    alternatives_text,
    cells_text,
    columns_text,
    party_name,
    topic_name,
)

RULE = "a demand excludes what it does not name"
"""The rule by which a rejection is implied."""
HOW = {
    "self": "Said",
    "reported": "Reported by the press",
    "leaked": "Told by unnamed sources",
}
"""How words came to be known."""


@attrs.frozen
class Account:
    """Tells positions, and each of the statements behind them once."""

    _told: set[str] = attrs.field(factory=set, init=False)

    def position(self, stand: Stand, option: str | None = None) -> list[str]:
        """Tell why a party stands as it does, on a topic or on one option of it.

        Returns:
            Lines: what is told, then a line for each attitude with the words behind it.

        Raises:
            UnknownNameError: the topic has no such option.
        """
        cells = stand.cells if option is None else (stand.cell(option),)
        name, topic = party_name(stand.catalogue, stand.party), stand.topic
        lines = [f"{name} on {topic_name(stand.catalogue, topic)}, {stand.date}:"]
        lines += [self._cells(stand, group) for group in _alike(cells)]
        silent = [cell for cell in cells if not cell.statements]
        if stand.silent and not any(cell.statements for cell in stand.cells):
            lines.append(f"{name} has said nothing on the topic that stands.")
        elif silent:
            lines.append(f"{name} leaves {cells_text(stand, silent, ', ')} without an answer.")
        return [*lines, *self._lapsed(stand, cells)]

    def _cells(self, stand: Stand, cells: Sequence[Cell]) -> str:
        """Tell cells that are alike: what is said of them, by which rule, and in which words."""
        first = cells[0]
        since = "" if first.since is None else f" since {first.since}"
        terms = f", if {alternatives_text(stand.catalogue, first.conditions)}"
        told = f"{_stance(stand, cells)}{since}{terms * bool(first.conditions)}"
        what = f"{told}{_rule(stand, first)}."
        return " ".join((what, *_remarks(stand.catalogue, first), self._words(stand, first)))

    def _words(self, stand: Stand, cell: Cell) -> str:
        fresh = [name for name in cell.statements if name not in self._told]
        again = [name for name in cell.statements if name in self._told]
        told = [self._statement(stand, name) for name in fresh]
        return " ".join((*told, *[f"See {', '.join(again)} above."] * bool(again)))

    def _statement(self, stand: Stand, name: str) -> str:
        self._told.add(name)
        return statement_text(stand.catalogue, stand.catalogue.statement(name), stand.party)

    def _lapsed(self, stand: Stand, cells: Sequence[Cell]) -> Iterator[str]:
        columns = stand.scale.columns_of(cell.option for cell in cells)
        for name in stand.lapsed:
            named = stand.scale.columns_of(stand.catalogue.statement(name).says)
            if name not in self._told and named & columns:
                yield f"No longer in force: {self._statement(stand, name)}"


def _alike(cells: Iterable[Cell]) -> list[list[Cell]]:
    """Gather the cells of which the same can be told, affirmations first."""
    groups: dict[Cell, list[Cell]] = {}
    for cell in cells:
        if cell.statements:
            groups.setdefault(attrs.evolve(cell, option=""), []).append(cell)
    order = (*VERBS, Attitude.SILENT)
    return sorted(groups.values(), key=lambda group: order.index(group[0].attitude))


def _stance(stand: Stand, cells: Sequence[Cell]) -> str:
    """Say what a party does about some options."""
    name, first = party_name(stand.catalogue, stand.party), cells[0]
    options = cells_text(stand, cells, ", ")
    if first.attitude == Attitude.SILENT:
        return f"{name} has taken back what it said of {options}, and is silent on it"
    return f"{name} {VERBS[first.attitude]} {options}"


def _rule(stand: Stand, cell: Cell) -> str:
    """Say what makes a rejection one: words, a demand for something else, or both."""
    if cell.attitude != Attitude.REJECT:
        return ""
    implying = [name for name in cell.statements if not _names(stand, name, cell)]
    if not implying:
        return ", refused in words"
    wanted = _demanded(stand, implying)
    implied = f"implied by the demand for {wanted} ({RULE})"
    return f", {implied}" if cell.implied else f", refused in words, and {implied}"


def _names(stand: Stand, statement: str, cell: Cell) -> bool:
    return attitude_in(stand.catalogue, statement, cell.option) is not None


def attitude_in(catalogue: Catalogue, statement: str, option: str) -> Attitude | None:
    """Give what a statement says in words of an option; None where it does not name it."""
    record = catalogue.statement(statement)
    scale = catalogue.scales[record.topic]
    keys = scale.resolve(record.says).get(scale.columns(option)[0])
    return None if keys is None else record.says[keys[0]]


def _demanded(stand: Stand, statements: Iterable[str]) -> str:
    """Name what some statements demand, range by range."""
    scale = stand.scale
    said = [stand.catalogue.statement(name).says for name in statements]
    columns = {
        column
        for says in said
        for column, keys in scale.resolve(says).items()
        if says[keys[0]] == Attitude.DEMAND
    }
    return columns_text(scale, columns, " or ")


def _remarks(catalogue: Catalogue, cell: Cell) -> Iterator[str]:
    """Say what else must be known of a cell."""
    if cell.disputed:
        yield "Its words of that day contradict one another; the lower attitude counts."
    if cell.claimed:
        by = dict.fromkeys(catalogue.statement(name).claimed_by for name in cell.statements)
        names = ", ".join(party_name(catalogue, party) for party in by if party is not None)
        yield f"So claimed by {names}; its own words leave this open."
    if cell.inherited:
        yield "All of this was said under an earlier government."
    if cell.supposed:
        said = [catalogue.statement(name) for name in cell.statements]
        whole = all(isinstance(statement, Supposition) for statement in said)
        yield f"{'This' if whole else 'Part of this'} is supposed, not said."


def statement_text(catalogue: Catalogue, statement: Statement, party: str) -> str:
    """Tell a statement of a party: how and when it was made, by whom, what, and its sources."""
    by = "" if statement.speaker is None else f" by {statement.speaker}"
    others = [party_name(catalogue, other) for other in statement.parties if other != party]
    joint = f", together with {', '.join(others)}" if others else ""
    told = f"{_how(catalogue, statement)}{by}{joint}: {statement.summary}"
    return f"{told} [{statement.id}{_sourced(catalogue, statement)}]{_term(statement)}"


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
    """Say from when and until when words are in force, where they say so."""
    limits = (("from", statement.from_), ("until", statement.until))
    told = " ".join(f"{word} {date}" for word, date in limits if date is not None)
    return f" In force {told}." if told else ""

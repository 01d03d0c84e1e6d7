"""One party on one topic on one day, cell by cell, with the statements behind each."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from typing import Any, ClassVar

import attrs

from positions.records.attitudes import Attitude
from positions.records.catalogue import Catalogue
from positions.records.plain import field_names, plain_fields
from positions.records.scales import Scale
from positions.snapshots.cells import Cell
from positions.snapshots.explanations import Explanation
from positions.snapshots.ledger import ACCEPT, ATTITUDES, CONDITIONAL, DEMAND, REJECT, SILENT
from positions.snapshots.wording import Footnotes
from positions.tables.table import Framed, Shown, Table, Value

FLAGS = ("implied", "disputed", "claimed", "inherited", "supposed")
"""Flags of a cell that are shown with its attitude."""


@attrs.frozen(repr=False)
class Position(Shown, Framed):
    """One party on one topic on one date; `cells` has one cell for each option.

    Neighbouring numbers with equal cells are merged into one interval. `lapsed` contains
    the ids of the statements that are no longer in force.
    """

    columns: ClassVar[tuple[str, ...]] = field_names(Cell)
    party: str
    topic: str
    date: dt.date
    cells: tuple[Cell, ...]
    codes: tuple[int, ...] = attrs.field(eq=False)
    catalogue: Catalogue = attrs.field(eq=False)
    lapsed: tuple[str, ...] = attrs.field(default=(), eq=False)

    def __repr__(self) -> str:
        said = "; ".join(f"{key}: {value}" for key, value in self.attitudes.items())
        return f"<Position of {self.party} on {self.topic}, {self.date}: {said}>"

    def to_records(self) -> list[dict[str, Any]]:
        """Return the cells as plain dictionaries: ids, ISO dates, lists."""
        return [plain_fields(cell, self.columns) for cell in self.cells]

    def to_record(self) -> dict[str, Any]:
        """Return the position as one plain dictionary, without cells of which nothing was said."""
        spoken = [cell for cell in self.cells if cell.statements]
        about = plain_fields(self, ("party", "topic", "date", "since", "said"))
        return {**about, "cells": [plain_fields(cell, self.columns) for cell in spoken]}

    def table(self) -> Table:
        """Return the cells as a table: option, attitude, since when, last said, sources."""
        footnotes = Footnotes()
        rows = tuple(self._row(cell, footnotes) for cell in self.cells)
        party, topic = self.catalogue.party(self.party), self.catalogue.topic(self.topic)
        title = f"{party.name} on {topic.name} ({topic.id}), {self.date}"
        headers = ("option", "attitude", "since", "said", "sources")
        return Table(title, headers, rows, footnotes.notes())

    def _row(self, cell: Cell, footnotes: Footnotes) -> tuple[Value, ...]:
        flags = [flag for flag in FLAGS if getattr(cell, flag)]
        groups = ", or if ".join(f"({'; '.join(map(str, group))})" for group in cell.conditions)
        return (
            self.scale.show(cell.option),
            ", ".join((cell.attitude, *flags)) + (f" if {groups}" if groups else ""),
            cell.since,
            cell.said,
            footnotes.mark(self.catalogue, cell.statements),
        )

    @property
    def scale(self) -> Scale:
        """The columns of the topic."""
        return self.catalogue.scales[self.topic]

    def _options(self, *codes: int) -> tuple[str, ...]:
        chosen = [code in codes for code in self.codes]
        return tuple(key for key, run in self.scale.spans(chosen) if chosen[run[0]])

    @property
    def attitudes(self) -> dict[str, Attitude]:
        """The attitude to each option, or to each interval of numbers with one attitude."""
        return {key: ATTITUDES[self.codes[run[0]]] for key, run in self.scale.spans(self.codes)}

    @property
    def demands(self) -> tuple[str, ...]:
        """The options that the party demands."""
        return self._options(DEMAND)

    @property
    def accepts(self) -> tuple[str, ...]:
        """The options that the party accepts without demanding them."""
        return self._options(ACCEPT)

    @property
    def conditional(self) -> tuple[str, ...]:
        """The options that the party accepts only under conditions."""
        return self._options(CONDITIONAL)

    @property
    def rejects(self) -> tuple[str, ...]:
        """The options that the party rejects, explicitly or by implication."""
        return self._options(REJECT)

    @property
    def affirms(self) -> tuple[str, ...]:
        """The options that the party demands, accepts, or accepts under conditions."""
        return self._options(DEMAND, ACCEPT, CONDITIONAL)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The options on which the party is silent, although it speaks of others."""
        return () if self.silent else self._options(SILENT)

    @property
    def silent(self) -> bool:
        """Whether the party is silent on the topic."""
        return all(code == SILENT for code in self.codes)

    @property
    def since(self) -> dt.date | None:
        """The day on which a cell last changed its level; None where nothing was ever said."""
        return max((cell.since for cell in self.cells if cell.since is not None), default=None)

    @property
    def said(self) -> dt.date | None:
        """The day of the latest statement on which the position rests."""
        return max((cell.said for cell in self.cells if cell.said is not None), default=None)

    @property
    def statements(self) -> tuple[str, ...]:
        """The ids of the statements on which the position rests, each once."""
        return tuple(dict.fromkeys(name for cell in self.cells for name in cell.statements))

    def why(self, option: str | None = None) -> str:
        """Explain in sentences who said what in which source, and which rules were applied.

        Each statement on which the position rests is quoted once, lapsed ones last.

        Arguments:
            option: the option to explain; all options where None.

        Raises:
            UnknownNameError: the topic has no such option.

        >>> from positions.files.bundled import load
        >>> print(load().at("2022-10-01")["UKR", "nato.membership"].why("barred"))
        Ukraine on ...
        Ukraine rejects ...
        """
        return "\n".join(Explanation().position(self, option))

    @functools.cached_property
    def cell_numbers(self) -> tuple[int, ...]:
        """The number of the cell of each column of the topic."""
        held = {
            column: number
            for number, cell in enumerate(self.cells)
            for column in self.scale.columns(cell.option)
        }
        return tuple(held[column] for column in range(self.scale.width))

    @property
    def explicit(self) -> tuple[bool, ...]:
        """Whether the cell of each column of the topic rests on a statement that names it."""
        explicit = [bool(cell.statements) and not cell.implied for cell in self.cells]
        return tuple(explicit[number] for number in self.cell_numbers)

    def cell(self, option: str) -> Cell:
        """Find the cell of an option, of a number, or of the lower end of an interval.

        Raises:
            UnknownNameError: the topic has no such option.

        >>> from positions.files.bundled import load
        >>> load().at("2022-04-15")["RUS", "forces.cap"].cell("60000").attitude.value
        'demand'
        """
        return self.cells[self.cell_numbers[self.scale.columns(option)[0]]]

    def cells_of(self, options: Iterable[str]) -> tuple[Cell, ...]:
        """Find all cells that overlap with some options, ranges or intervals, each once, in order.

        Raises:
            UnknownNameError: the topic has no such option.
        """
        columns = self.scale.columns_of(options)
        numbers = sorted({self.cell_numbers[column] for column in columns})
        return tuple(self.cells[number] for number in numbers)

"""The sources of a table, numbered and cited."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from positions.catalogue import Catalogue
from positions.records import Proposal, Source
from positions.supposing import Supposition
from positions.tables import Note

Ground = Source | Supposition
"""What words rest on: a source, or nothing but that they are supposed."""


@attrs.frozen
class Footnotes:
    """Numbers the sources of a table in the order in which its cells name them."""

    _numbers: dict[Ground, int] = attrs.field(factory=dict, init=False)

    def mark(self, catalogue: Catalogue, statements: Iterable[str]) -> str:
        """Write the marks of the sources of some statements, such as `[1][3]`."""
        return self._mark(ground for name in statements for ground in _grounds(catalogue, name))

    def mark_sources(self, catalogue: Catalogue, names: Iterable[str]) -> str:
        """Write the marks of some sources."""
        return self._mark(map(catalogue.source, names))

    def mark_plan(self, catalogue: Catalogue, plan: Proposal) -> str:
        """Write the marks of the sources of a plan; of one of your own, of those in the data."""
        known = {source.id for source in catalogue.document.sources}
        return self.mark_sources(catalogue, (name for name in plan.sources if name in known))

    def _mark(self, grounds: Iterable[Ground]) -> str:
        numbers = {
            self._numbers.setdefault(ground, len(self._numbers) + 1)
            for ground in dict.fromkeys(grounds)
        }
        return "".join(f"[{number}]" for number in sorted(numbers))

    def notes(self) -> tuple[Note, ...]:
        """List the sources that were named, in order of their numbers."""
        return tuple(map(cited, self._numbers))


def cited_plan(catalogue: Catalogue, plan: Proposal, footnotes: Footnotes) -> str:
    """Write the id of a plan with the marks of its sources."""
    return f"{plan.id} {footnotes.mark_plan(catalogue, plan)}".rstrip()


def plan_sources(catalogue: Catalogue, plan: Proposal, footnotes: Footnotes) -> tuple[str, ...]:
    """Name the sources of the plan that a table is about, in a remark; none where none is known."""
    marks = footnotes.mark_plan(catalogue, plan)
    return (f"Sources of the plan: {marks}.",) if marks else ()


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

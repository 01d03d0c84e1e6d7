"""The sources of a table, numbered and cited."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from positions.catalogue import Catalogue
from positions.records import Source
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

    def _mark(self, grounds: Iterable[Ground]) -> str:
        numbers = {
            self._numbers.setdefault(ground, len(self._numbers) + 1)
            for ground in dict.fromkeys(grounds)
        }
        return "".join(f"[{number}]" for number in sorted(numbers))

    def notes(self) -> tuple[Note, ...]:
        """List the sources that were named, in order of their numbers."""
        return tuple(map(cited, self._numbers))


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

"""The sources of a table, numbered and cited."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from positions.catalogue import Catalogue
from positions.records import Source
from positions.tables import Note


@attrs.frozen
class Footnotes:
    """Numbers the sources of a table in the order in which its cells name them."""

    _numbers: dict[Source, int] = attrs.field(factory=dict, init=False)

    def mark(self, catalogue: Catalogue, statements: Iterable[str]) -> str:
        """Write the marks of the sources of some statements, such as `[1][3]`."""
        names = (name for s in statements for name in catalogue.statement(s).sources)
        return self.mark_sources(catalogue, names)

    def mark_sources(self, catalogue: Catalogue, names: Iterable[str]) -> str:
        """Write the marks of some sources."""
        sources = dict.fromkeys(catalogue.source(name) for name in names)
        numbers = {self._numbers.setdefault(s, len(self._numbers) + 1) for s in sources}
        return "".join(f"[{number}]" for number in sorted(numbers))

    def notes(self) -> tuple[Note, ...]:
        """List the sources that were named, in order of their numbers."""
        return tuple(map(cited, self._numbers))


def cited(source: Source) -> Note:
    """Cite a source in one line."""
    date = f"{source.published}" if source.published is not None else "undated"
    return Note(f"{source.publisher}: {source.title} ({date})", source.url)

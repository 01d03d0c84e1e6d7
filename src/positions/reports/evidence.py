"""What a report rests on: statements numbered as they are named, and their sources."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from positions.records.catalogue import Catalogue
from positions.records.models import Source, Statement
from positions.records.suppositions import Supposition
from positions.reports.prose import date_text, names_text
from positions.snapshots.wording import party_name
from positions.tables.html import Markup, element, joined, separated
from positions.tables.sheet import Note

HOW = {
    "self": "own words",
    "reported": "reported by the press",
    "leaked": "told by unnamed sources",
}
"""How words came to be known."""


@attrs.frozen
class Evidence:
    """Numbers the statements of a report in the order in which it names them.

    Every mark is a link to the statement in the list at the end of the report.
    """

    catalogue: Catalogue
    _numbers: dict[str, int] = attrs.field(factory=dict, init=False)

    def marks(self, statements: Iterable[str]) -> Markup | None:
        """Write the numbers of some statements as links to them; nothing where there are none."""
        numbers = {
            self._numbers.setdefault(name, len(self._numbers) + 1): name for name in statements
        }
        if not numbers:
            return None
        links = (
            element("a", f"[{number}]", href=f"#statement-{name}")
            for number, name in sorted(numbers.items())
        )
        return joined(" ", element("span", links, class_="marks"))

    @property
    def statements(self) -> tuple[Statement, ...]:
        """List the statements that have been named, in order of their numbers."""
        return tuple(map(self.catalogue.statement, self._numbers))

    @property
    def sources(self) -> tuple[Source, ...]:
        """List the sources of these statements, each once."""
        names = dict.fromkeys(name for said in self.statements for name in said.sources)
        return tuple(map(self.catalogue.source, names))


def statement_list(evidence: Evidence) -> Markup:
    """List the statements with date, party, summary and the numbers of their sources."""
    numbers = {source.id: place for place, source in enumerate(evidence.sources, 1)}
    items = (_statement(evidence.catalogue, said, numbers) for said in evidence.statements)
    return element("ol", items, class_="records")


def source_list(evidence: Evidence) -> Markup:
    """List the sources with title, publisher, date, language and address."""
    return element("ol", map(_source, evidence.sources), class_="records")


def _statement(catalogue: Catalogue, said: Statement, numbers: dict[str, int]) -> Markup:
    who = names_text([party_name(catalogue, party) for party in said.parties])
    head = (element("strong", who), ", ", date_text(said.date), ", on ", _topic(catalogue, said))
    links = [
        element("a", str(numbers[name]), href=f"#source-{name}")
        for name in sorted(said.sources, key=numbers.__getitem__)
    ]
    sources = ("Source " if len(links) == 1 else "Sources ", separated(links, ", "))
    about = (_how(catalogue, said), ". ", (sources, ". ") if links else None)
    small = element("span", about, element("code", said.id), class_="about")
    text = element("span", said.summary, class_="said")
    return element("li", element("div", head), text, " ", small, id=f"statement-{said.id}")


def _topic(catalogue: Catalogue, said: Statement) -> str:
    return catalogue.topic(said.topic).name


def _how(catalogue: Catalogue, said: Statement) -> str:
    """Say how words came to be known, who spoke them, and from when until when they stand."""
    if isinstance(said, Supposition):
        return "Supposed, not said"
    if said.claimed_by is not None:
        how = f"claimed by {party_name(catalogue, said.claimed_by)}"
    else:
        how = HOW[said.attribution]
    speaker = "" if said.speaker is None else f", {said.speaker}"
    limits = (("from", said.from_), ("until", said.until))
    term = "".join(f", {word} {date_text(date)}" for word, date in limits if date is not None)
    return f"{how[0].upper()}{how[1:]}{speaker}{term}"


def _source(source: Source) -> Markup:
    date = f"{date_text(source.published)}" if source.published is not None else "undated"
    title = element("cite", source.title)
    about = f"{source.publisher}, {date}. Language: {source.language}; {source.kind}."
    return element(
        "li", title, ". ", about, _address(source), id=f"source-{source.id}", class_="source"
    )


def _address(source: Source) -> Markup | None:
    """Write the address in full, so that it can be read on paper; a link if it is on the web."""
    if source.url is None:
        return None
    if not Note(source.title, source.url).linked:
        return joined(" ", source.url)
    apart = {"target": "_blank", "rel": "noopener noreferrer"}
    return joined(" ", element("a", source.url, href=source.url, class_="address", **apart))

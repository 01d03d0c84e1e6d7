"""The evidence of a report: statements, numbered in order of citation, and their sources."""

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

ATTRIBUTIONS = {
    "self": "own statement",
    "reported": "reported by the press",
    "leaked": "reported by unnamed sources",
}
"""The text for each attribution of a statement."""


@attrs.frozen
class Evidence:
    """The statements cited in a report, numbered in order of first citation.

    Every citation mark links to the statement in the list at the end of the report.
    """

    catalogue: Catalogue
    _numbers: dict[str, int] = attrs.field(factory=dict, init=False)

    def marks(self, statements: Iterable[str]) -> Markup | None:
        """Return the numbers of some statements as links to them; None if there are none."""
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
        """List the statements that have been cited, in order of their numbers."""
        return tuple(map(self.catalogue.statement, self._numbers))

    @property
    def sources(self) -> tuple[Source, ...]:
        """List the sources of the cited statements, each once."""
        names = dict.fromkeys(name for statement in self.statements for name in statement.sources)
        return tuple(map(self.catalogue.source, names))


def statement_list(evidence: Evidence) -> Markup:
    """Make the list of statements: party, date, topic, summary and source numbers."""
    numbers = {source.id: number for number, source in enumerate(evidence.sources, 1)}
    items = (
        _statement(evidence.catalogue, statement, numbers) for statement in evidence.statements
    )
    return element("ol", items, class_="records")


def source_list(evidence: Evidence) -> Markup:
    """Make the list of sources: title, publisher, date, language, kind and address."""
    return element("ol", map(_source, evidence.sources), class_="records")


def _statement(catalogue: Catalogue, statement: Statement, numbers: dict[str, int]) -> Markup:
    who = names_text([party_name(catalogue, party) for party in statement.parties])
    head = (
        element("strong", who),
        ", ",
        date_text(statement.date),
        ", on ",
        _topic(catalogue, statement),
    )
    links = [
        element("a", str(numbers[name]), href=f"#source-{name}")
        for name in sorted(statement.sources, key=numbers.__getitem__)
    ]
    sources = ("Source " if len(links) == 1 else "Sources ", separated(links, ", "))
    about = (_attribution(catalogue, statement), ". ", (sources, ". ") if links else None)
    details = element("span", about, element("code", statement.id), class_="about")
    text = element("span", statement.summary, class_="said")
    return element("li", element("div", head), text, " ", details, id=f"statement-{statement.id}")


def _topic(catalogue: Catalogue, statement: Statement) -> str:
    return catalogue.topic(statement.topic).name


def _attribution(catalogue: Catalogue, statement: Statement) -> str:
    """Describe the attribution of a statement, its speaker and its term of validity."""
    if isinstance(statement, Supposition):
        return "Supposed, not said"
    if statement.claimed_by is not None:
        text = f"claimed by {party_name(catalogue, statement.claimed_by)}"
    else:
        text = ATTRIBUTIONS[statement.attribution]
    speaker = "" if statement.speaker is None else f", {statement.speaker}"
    limits = (("from", statement.from_), ("until", statement.until))
    term = "".join(f", {word} {date_text(date)}" for word, date in limits if date is not None)
    return f"{text[0].upper()}{text[1:]}{speaker}{term}"


def _source(source: Source) -> Markup:
    date = f"{date_text(source.published)}" if source.published is not None else "undated"
    title = element("cite", source.title)
    about = f"{source.publisher}, {date}. Language: {source.language}; {source.kind}."
    return element(
        "li", title, ". ", about, _address(source), id=f"source-{source.id}", class_="source"
    )


def _address(source: Source) -> Markup | None:
    """Return the full address, which is legible in print; a link if it is a web address."""
    if source.url is None:
        return None
    if not Note(source.title, source.url).linked:
        return joined(" ", source.url)
    new_window = {"target": "_blank", "rel": "noopener noreferrer"}
    return joined(" ", element("a", source.url, href=source.url, class_="address", **new_window))

"""The sources of a data set in the formats of reference managers.

CSL-JSON is read by Zotero, pandoc and citation processors, BibLaTeX by biber for LaTeX.
In both, the key of a source is its id, so that citations agree.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import attrs

from positions.errors import InvalidInputError
from positions.records.dates import Date
from positions.records.models import Source
from positions.snapshots.answers import Result
from positions.snapshots.wording import counted
from positions.tables.latex import LATEX_SPECIALS
from positions.tables.table import Table

NEWS = frozenset({"press", "wire"})
"""The kinds of source that are articles of a newspaper or a news agency."""

LANGUAGES = {
    "ar": "arabic",
    "bg": "bulgarian",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "hr": "croatian",
    "hu": "hungarian",
    "it": "italian",
    "lt": "lithuanian",
    "lv": "latvian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sk": "slovak",
    "sl": "slovene",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
    "uk": "ukrainian",
}
"""Names of languages in LaTeX; other languages are left out of BibLaTeX."""


def to_csl_json(sources: Iterable[Source]) -> str:
    """Return sources as CSL-JSON, the format that Zotero and pandoc read.

    Uncertain or approximate dates are marked `circa`. Notes are in `annote`, since
    citation processors look for commands in `note`.

    >>> from positions.files.bundled import load
    >>> json.loads(to_csl_json(load().sources))[0]["type"]
    'article-newspaper'
    """
    items = [_csl_item(key, source) for key, source in _keyed(sources)]
    return f"{json.dumps(items, ensure_ascii=False, indent=1)}\n"


def to_biblatex(sources: Iterable[Source]) -> str:
    r"""Return sources as entries of BibLaTeX, with dates as written.

    Characters that could start a command or end a field are escaped; the rest is UTF-8.

    >>> print(
    ...     to_biblatex(
    ...         [
    ...             Source(
    ...                 id="d",
    ...                 title="50% & more",
    ...                 publisher="The Daily",
    ...                 published="2024-03~",
    ...                 language="en",
    ...                 kind="press",
    ...             )
    ...         ]
    ...     ),
    ...     end="",
    ... )
    @article{d,
      title = {50\% \& more},
      journaltitle = {The Daily},
      entrysubtype = {newspaper},
      date = {2024-03~},
      langid = {english},
    }
    """
    return "\n".join(_entry(key, source) for key, source in _keyed(sources))


@attrs.frozen
class SourceList(Result[Source]):
    """Sources as a result with one row for each."""

    columns: ClassVar[tuple[str, ...]] = tuple(Source.model_fields)

    def to_records(self) -> list[dict[str, Any]]:
        """Return the sources as plain dictionaries."""
        return [source.model_dump(mode="json") for source in self.rows]

    def table(self) -> Table:
        """Return the sources as a table, without addresses and notes."""
        shown = ("id", "publisher", "title", "published", "retrieved", "language", "kind")
        records = self.to_records()
        rows = tuple(tuple(record[name] for name in shown) for record in records)
        return Table(counted(len(rows), "source"), shown, rows, remarks=self.notes)


def list_sources(sources: Iterable[Source]) -> SourceList:
    """Return sources as a result that can be shown in every format of tables."""
    return SourceList(_checked(sources), ())


def _checked(sources: object) -> tuple[Source, ...]:
    given = tuple(sources) if isinstance(sources, Iterable) else (sources,)
    found = tuple(source for source in given if isinstance(source, Source))
    if len(found) < len(given):
        raise InvalidInputError("sources", "sources, such as ds.sources", sources)
    return found


def _keyed(sources: Iterable[Source]) -> Iterator[tuple[str, Source]]:
    """Yield every source once, with a key that is unique even if case is ignored.

    The key is the id; if ids differ only in case, the later ones get a number.
    """
    found = dict.fromkeys(_checked(sources))
    reserved = {source.id.casefold() for source in found}
    taken: set[str] = set()
    for source in found:
        key = source.id
        if key.casefold() in taken:
            numbered = (f"{source.id}-{number}" for number in itertools.count(2))
            key = next(name for name in numbered if name.casefold() not in taken | reserved)
        taken.add(key.casefold())
        yield key, source


# ------------------------------------------------------------ CSL-JSON


def _csl_item(key: str, source: Source) -> dict[str, Any]:
    fields = {
        "id": key,
        "type": _csl_type(source),
        "title": source.title,
        "container-title" if source.kind in NEWS else "publisher": source.publisher,
        "URL": source.url,
        "issued": source.published and _csl_date(source.published),
        "accessed": source.retrieved and _csl_date(source.retrieved),
        "language": source.language,
        "annote": source.note,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _csl_type(source: Source) -> str:
    if source.kind in NEWS:
        return "article-newspaper"
    return "webpage" if source.kind == "official" and source.url is not None else "report"


def _csl_date(date: Date) -> dict[str, Any]:
    known = date.text.rstrip("?~%").split("-")
    doubt = {"circa": True} if date.uncertain or date.approximate else {}
    return {"date-parts": [[int(part) for part in known]], **doubt}


# ------------------------------------------------------------ BibLaTeX


def _entry(key: str, source: Source) -> str:
    fields = {"title": _escaped(source.title), **_published_by(source)}
    if source.published is not None:
        fields["date"] = str(source.published)
    if source.url is not None:
        fields["url"] = source.url.translate(_URL_SPECIALS)
    if source.retrieved is not None:
        fields["urldate"] = str(source.retrieved)
    language = LANGUAGES.get(source.language.partition("-")[0])
    if language is not None:
        fields["langid"] = language
    if source.note is not None:
        fields["annotation"] = _escaped(source.note)
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items()]
    return f"@{_entry_type(source)}{{{key},\n{''.join(lines)}}}\n"


def _entry_type(source: Source) -> str:
    if source.kind in NEWS:
        return "article"
    return "online" if source.url is not None else "misc"


def _published_by(source: Source) -> dict[str, str]:
    """Return the fields of the publisher; double braces keep "Smith and Sons" one name."""
    name = _escaped(source.publisher)
    if source.kind in NEWS:
        return {"journaltitle": name, "entrysubtype": "newspaper"}
    return {"organization": f"{{{name}}}"}


def _escaped(text: str) -> str:
    """Escape text for a field of BibLaTeX.

    Braces become commands, since biber counts even those after a backslash.
    """
    return text.translate(_SPECIALS)


_SPECIALS = str.maketrans(
    {
        **LATEX_SPECIALS,
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\u2028": " ",
        "\u2029": " ",
    }
)
"""Characters that LaTeX or biber would interpret, and their replacements."""

_URL_SPECIALS = str.maketrans({char: f"%{ord(char):02X}" for char in "\\{}^`|\u007f"})
"""Characters that could end the field of an address, and their percent-encoding."""

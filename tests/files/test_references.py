"""Sources for reference managers: correct fields, from which no text can escape."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import positions as pos
from makers import dataset, source
from positions import quality, testing
from positions.files.references import list_sources
from positions.records.models import Source

CSL_FIELDS = {
    "id",
    "type",
    "title",
    "container-title",
    "publisher",
    "URL",
    "issued",
    "accessed",
    "language",
    "annote",
}
"""The fields of CSL-JSON that are used."""

MACROS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textasciigrave": "`",
}
"""The characters that commands of LaTeX print."""


def csl(*sources: Source) -> list[dict[str, Any]]:
    """Return the CSL-JSON items of some sources."""
    items: list[dict[str, Any]] = json.loads(quality.to_csl_json(sources))
    return items


def read_biblatex(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """Parse entries as biber does: a field ends with its braces, even after backslashes."""
    entries, at = [], 0
    while at < len(text):
        head = re.compile(r"\n?@([a-z]+)\{([^,{}\s]+),\n").match(text, at)
        assert head is not None, text[at:]
        fields, at = {}, head.end()
        while (field := re.compile(r"  ([a-z]+) = \{").match(text, at)) is not None:
            end = closing(text, field.end())
            fields[field[1]] = text[field.end() : end]
            assert text[end : end + 3] == "},\n"
            at = end + 3
        assert text[at : at + 2] == "}\n"
        entries.append((head[1], head[2], fields))
        at += 2
    return entries


def closing(text: str, at: int) -> int:
    """Find the brace that ends a field."""
    depth = 1
    while depth:
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return at - 1


def printed(value: str) -> str:
    """Return what LaTeX prints for a field; fail on anything that it would interpret."""
    commands = re.compile(r"\\([&%$#_])|\\([a-z]+)\{\}")
    assert not re.search(r"[\\{}&%$#_~^<>|`]", commands.sub("", value)), value
    return commands.sub(lambda found: found[1] or MACROS[found[2]], value)


class TestCsl:
    """CSL-JSON contains the fields of citation processors."""

    def test_article(self) -> None:
        """A source from the press or a news agency is an article of a newspaper."""
        about = source("a", url="https://example.org/a", published="2000-03-01", language="uk")
        (item,) = csl(about)
        assert item == {
            "id": "a",
            "type": "article-newspaper",
            "title": "On a",
            "container-title": "Press",
            "URL": "https://example.org/a",
            "issued": {"date-parts": [[2000, 3, 1]]},
            "language": "uk",
        }

    @pytest.mark.parametrize(
        ("kind", "url", "type"),
        [
            ("wire", None, "article-newspaper"),
            ("official", "https://example.org", "webpage"),
            ("official", None, "report"),
            ("analysis", "https://example.org", "report"),
        ],
    )
    def test_types(self, kind: str, url: str | None, type: str) -> None:
        """Official sources with addresses are web pages; others and analyses are reports."""
        (item,) = csl(source(kind=kind, url=url))
        assert item["type"] == type
        assert ("publisher" in item) == (type != "article-newspaper")

    @pytest.mark.parametrize(
        ("date", "found"),
        [
            ("2000", {"date-parts": [[2000]]}),
            ("2000-03", {"date-parts": [[2000, 3]]}),
            ("0900-03-09", {"date-parts": [[900, 3, 9]]}),
            ("2000-03?", {"date-parts": [[2000, 3]], "circa": True}),
            ("2000~", {"date-parts": [[2000]], "circa": True}),
            ("2000-03-01%", {"date-parts": [[2000, 3, 1]], "circa": True}),
        ],
    )
    def test_dates(self, date: str, found: object) -> None:
        """A date has its known parts, and `circa` if it is in doubt."""
        assert csl(source(published=date))[0]["issued"] == found

    def test_undated(self) -> None:
        """An undated source has only the date of retrieval."""
        (item,) = csl(source(retrieved="2001-02-03", note="A copy."))
        assert "issued" not in item
        assert item["accessed"] == {"date-parts": [[2001, 2, 3]]}
        assert item["annote"] == "A copy."

    @given(st.lists(testing.sources(), max_size=3))
    def test_any_source(self, sources: list[Source]) -> None:
        """Every source produces an item of known fields with its own text."""
        items = csl(*sources)
        assert [item["title"] for item in items] == [s.title for s in dict.fromkeys(sources)]
        for item in items:
            assert {"id", "type", "title", "language"} <= item.keys() <= CSL_FIELDS
            assert ("issued" in item) or ("accessed" in item)


class TestBibLatex:
    """BibLaTeX contains the fields of biber and LaTeX."""

    def test_article(self) -> None:
        """A source from the press is an article of a newspaper, with its dates as written."""
        about = source(
            "a.b_c",
            title="50% & more_",
            url="https://example.org/a_b?c=%20#d",
            published="2000-03~",
            retrieved="2000-04-01",
            note="Only {a} copy.",
        )
        assert quality.to_biblatex([about]) == (
            "@article{a.b_c,\n"
            "  title = {50\\% \\& more\\_},\n"
            "  journaltitle = {Press},\n"
            "  entrysubtype = {newspaper},\n"
            "  date = {2000-03~},\n"
            "  url = {https://example.org/a_b?c=%20#d},\n"
            "  urldate = {2000-04-01},\n"
            "  langid = {english},\n"
            "  annotation = {Only \\textbraceleft{}a\\textbraceright{} copy.},\n"
            "}\n"
        )

    @pytest.mark.parametrize(
        ("kind", "url", "type"),
        [
            ("official", "https://example.org", "online"),
            ("analysis", "https://example.org", "online"),
            ("analysis", None, "misc"),
        ],
    )
    def test_types(self, kind: str, url: str | None, type: str) -> None:
        """Other sources are online, or miscellaneous if they have no address."""
        ((found, _, fields),) = read_biblatex(quality.to_biblatex([source(kind=kind, url=url)]))
        assert (found, fields["organization"]) == (type, "{Press}")

    def test_names_of_several_words(self) -> None:
        """A publisher called "this and that" is one publisher, not two."""
        about = source(kind="official", publisher="Smith and Sons and others")
        assert "organization = {{Smith and Sons and others}}" in quality.to_biblatex([about])

    def test_languages(self) -> None:
        """A language has its name in LaTeX, and is left out if it has none."""
        fields = [
            read_biblatex(quality.to_biblatex([source(language=tag)]))[0][2]
            for tag in ("uk", "pt-BR", "tlh")
        ]
        assert [field.get("langid") for field in fields] == ["ukrainian", "portuguese", None]

    def test_addresses(self) -> None:
        """Characters that could end the field of an address are percent-encoded."""
        about = source(url="https://example.org/}{\\^`|")
        assert "url = {https://example.org/%7D%7B%5C%5E%60%7C}" in quality.to_biblatex([about])

    @pytest.mark.parametrize(
        "text",
        ["}", "{", "\\", "},}", "\\}", "}, title = {x", "@article{x,", "%", '"', "$x$", "~^", "`|"],
    )
    def test_hostile(self, text: str) -> None:
        """No text ends its field, or starts a command or another entry."""
        about = source(title=text, publisher=text, note=text, kind="official")
        ((_, key, fields),) = read_biblatex(quality.to_biblatex([about]))
        assert (key, printed(fields["title"])) == ("press", text)
        assert printed(fields["organization"][1:-1]) == text
        assert printed(fields["annotation"]) == text

    @settings(max_examples=200)
    @given(testing.sources(), testing.names())
    def test_any_source(self, about: Source, note: str) -> None:
        """Every source is one entry that prints its own text."""
        about = Source(**{**dict(about), "note": note})
        ((_, _, fields),) = read_biblatex(quality.to_biblatex([about]))
        name = fields["organization"][1:-1] if "organization" in fields else fields["journaltitle"]
        for text, value in (
            (about.title, fields["title"]),
            (about.publisher, name),
            (note, fields["annotation"]),
        ):
            assert printed(value) == re.sub("[\u2028\u2029]", " ", text)
        assert fields.get("date") == (about.published and str(about.published))


def keys(sources: list[Source]) -> list[str]:
    """Return the keys of sources, which are the same in both formats."""
    found = [key for _, key, _ in read_biblatex(quality.to_biblatex(sources))]
    assert found == [item["id"] for item in csl(*sources)]
    return found


def test_keys() -> None:
    """The key of a source is its id; a source given twice is listed once."""
    assert keys([source("b"), source("a"), source("b")]) == ["b", "a"]


def test_keys_that_differ_in_case() -> None:
    """Keys differ in more than case, and a number that is taken is skipped."""
    assert keys([source("a"), source("A"), source("a-2"), source("a", title="Other")]) == [
        "a",
        "A-3",
        "a-2",
        "a-4",
    ]


def test_no_sources() -> None:
    """No sources produce an empty list, and an empty file."""
    assert (csl(), quality.to_biblatex([])) == ([], "")


@pytest.mark.parametrize("given", [dataset(), source(), ["press"], "press", None])
def test_invalid_sources(given: Any) -> None:
    """The error about any other value names what to give."""
    for write in (quality.to_csl_json, quality.to_biblatex, list_sources):
        with pytest.raises(pos.InvalidInputError, match=r"ds\.sources"):
            write(given)


def test_list() -> None:
    """The table of sources has a row for each; their records contain every field."""
    found = list_sources([source("a", url="https://example.org"), source("b")])
    assert [row[0] for row in found.table().rows] == ["a", "b"]
    assert found.to_records()[0]["url"] == "https://example.org"
    assert tuple(found.to_records()[1]) == found.columns

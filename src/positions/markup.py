"""Pieces of HTML, built so that all text is escaped, and none twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from positions.html_tables import escape_html
from positions.screen import visible

VOID = frozenset({"base", "br", "hr", "meta"})
"""Elements that hold nothing and are not closed."""

LINED = frozenset(
    {"base", "body", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"}
    | {"h1", "h2", "h3", "head", "header", "html", "li", "main", "meta", "nav", "ol", "p"}
    | {"section", "style", "table", "tbody", "thead", "title", "tr", "ul"}
)
"""Elements that end a line, so that a page can be read and compared as text."""


@attrs.frozen
class Markup:
    """A piece of HTML that may stand in a page as it is; everything else is escaped."""

    text: str

    def __str__(self) -> str:
        return self.text


Child = Markup | str | None | Iterable["Child"]
"""What an element can hold: markup, text to be escaped, nothing, or several of these."""


def element(name: str, /, *children: Child, **attributes: str | None) -> Markup:
    """Write an element; text and attributes are escaped, markup stays.

    An underscore at the end of an attribute is left out and others become hyphens, so
    that Python can spell `class_` and `aria_label`; one that is None is left out.

    >>> print(element("a", "R & D", href="#top", class_=None, aria_label="Up"))
    <a href="#top" aria-label="Up">R &amp; D</a>
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    end = "\n" if name in LINED else ""
    if name in VOID:
        return Markup(f"<{name}{written}>{end}")
    return Markup(f"<{name}{written}>{joined(*children)}</{name}>{end}")


def joined(*children: Child) -> Markup:
    """Put pieces one after another.

    >>> print(joined("1 < 2", element("b", "!"), None))
    1 &lt; 2<b>!</b>
    """
    return Markup("".join(_pieces(children)))


def separated(children: Iterable[Child], by: str) -> Markup:
    """Put pieces one after another with a text between them.

    >>> print(separated(["a", "b"], " & "))
    a &amp; b
    """
    pieces = [joined(child).text for child in children]
    return Markup(escaped(by).join(pieces))


def escaped(text: str) -> str:
    """Escape a text as tables do, with characters that could disturb a screen spelt out."""
    return escape_html(visible(text))


def attribute(text: str) -> str:
    """Escape the value of an attribute, which knows no line breaks."""
    return escaped(text.replace("\n", " "))


def _pieces(children: Iterable[Child]) -> Iterator[str]:
    for child in children:
        if isinstance(child, Markup):
            yield child.text
        elif isinstance(child, str):
            yield escaped(child)
        elif child is not None:
            yield from _pieces(child)

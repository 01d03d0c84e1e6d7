"""Cell values other than plain text, numbers and dates: text with footnote marks, and numerals.

A text consists of pieces: strings, and marks that point to the notes of its table. It also
carries the names of its caveats, so that they can be explained below the table. Since marks
are values, no writer searches strings for them: a name such as `A [1]` stays a name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import attrs


@attrs.frozen
class Mark:
    """Reference from a cell to a note of its table, by the number of the note (from 1)."""

    number: int

    def __str__(self) -> str:
        return f"[{self.number}]"


Piece = str | Mark
"""A string or a mark."""


def _merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Merge adjacent strings into one piece, and drop empty ones."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if isinstance(piece, str) and isinstance(last, str):
            merged[-1] = last + piece
        elif piece != "":
            merged.append(piece)
    return tuple(merged)


@attrs.frozen
class Text:
    """Strings and marks in order, with the caveats that they mention.

    Texts can be added to one another and to plain strings. In an f-string a text becomes a
    plain string, in which its marks are ordinary characters.

    Attributes:
        pieces: strings and marks; no two strings are adjacent.
        caveats: the names of the caveats that it mentions, such as `leaked`.

    >>> words = "rejects “Member” " + Text((Mark(1), Mark(2)))
    >>> str(words), words.pieces
    ('rejects “Member” [1][2]', ('rejects “Member” ', Mark(number=1), Mark(number=2)))
    """

    pieces: tuple[Piece, ...] = attrs.field(default=(), converter=_merged)
    caveats: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return "".join(map(str, self.pieces))

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def __add__(self, other: str | Text) -> Text:
        more = text_of(other)
        return Text((*self.pieces, *more.pieces), self.caveats | more.caveats)

    def __radd__(self, other: str) -> Text:
        return text_of(other) + self

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Its marks, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Mark))

    def in_brackets(self) -> Text:
        """Return the text in parentheses; an empty text stays empty."""
        return "(" + self + ")" if self else self

    def mapped(self, change: Callable[[str], str]) -> Text:
        """Return the text with `change` applied to each string; marks stay as they are."""
        changed = (change(p) if isinstance(p, str) else p for p in self.pieces)
        return Text(tuple(changed), self.caveats)

    def lines(self) -> list[Text]:
        """Split the text at its line breaks, as `str.split` does: an empty text is one line."""
        return self.cut(lambda string: string.split("\n"))

    def cut(self, split: Callable[[str], list[str]]) -> list[Text]:
        """Split the text into parts with `split`; a mark stays between its neighbours."""
        parts: list[list[Piece]] = [[]]
        for piece in self.pieces:
            first, *rest = split(piece) if isinstance(piece, str) else [piece]
            parts[-1].append(first)
            parts += ([part] for part in rest)
        return [Text(tuple(part), self.caveats) for part in parts]


@attrs.frozen
class Numeral:
    """A number formatted for a table: `165,000`, `12.5 %`, or a dash where there is none.

    A column of numerals is right-aligned in formats that have alignment.
    """

    text: str

    def __str__(self) -> str:
        return self.text


Value = str | int | float | bool | dt.date | Text | Numeral | None
"""Value of a cell; None is an empty cell."""

DASH = Numeral("—")
"""Placeholder for a missing number."""


def text_of(value: str | Text) -> Text:
    """Convert a string to a text; return a text as it is."""
    return value if isinstance(value, Text) else Text((value,))


def join(separator: str, parts: Iterable[str | Text]) -> Text:
    """Join parts with a separator between them, as `str.join` does.

    >>> str(join("; ", ["a", "b " + Text((Mark(1),))]))
    'a; b [1]'
    """
    pieces: list[Piece] = []
    caveats: frozenset[str] = frozenset()
    for number, part in enumerate(map(text_of, parts)):
        pieces += (separator * (number > 0), *part.pieces)
        caveats |= part.caveats
    return Text(tuple(pieces), caveats)


def cell_text(value: Value) -> str:
    """Format the value of a cell as plain text; a float to the 15 digits that are exact."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value + 0.0:.15g}"
    return str(value)


def plain_value(value: Value) -> Value:
    """Convert texts and numerals to strings; return all other values as they are."""
    return str(value) if isinstance(value, str | Text | Numeral) else value


def marks_in(values: Iterable[Value]) -> set[int]:
    """Collect the numbers of the notes that the cells refer to."""
    return {mark.number for value in values if isinstance(value, Text) for mark in value.marks}


def caveats_in(values: Iterable[object]) -> frozenset[str]:
    """Collect the caveats of the cells."""
    return frozenset[str]().union(*(v.caveats for v in values if isinstance(v, Text)))

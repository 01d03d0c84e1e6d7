"""What cells hold beside plain text, numbers and days: texts that carry marks, and numerals.

A text is made of pieces: characters, and marks that point to the notes of its table. It also
carries the caveats that its words tell, for whoever explains them below the table. Since marks
are values, no writer looks for them among characters: a name such as `A [1]` is a name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import attrs


@attrs.frozen
class Mark:
    """How a cell points to a note of its table: by the number of the note, counted from 1."""

    number: int

    def __str__(self) -> str:
        return f"[{self.number}]"


Piece = str | Mark
"""Characters, or a mark."""


def _merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Put characters that stand side by side into one piece, and leave out empty ones."""
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
    """Characters and marks in order, with the caveats that they tell.

    Texts are joined by `+`, with one another and with plain text. In an f-string a text
    becomes plain, and its marks mere characters.

    Attributes:
        pieces: characters and marks; two pieces of characters never stand side by side.
        caveats: the names of what its words warn of, such as `leaked`.

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
        """List its marks in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Mark))

    def in_brackets(self) -> Text:
        """Put brackets around it; nothing around an empty text."""
        return "(" + self + ")" if self else self

    def mapped(self, change: Callable[[str], str]) -> Text:
        """Change the characters of each piece; marks stay as they are."""
        changed = (change(p) if isinstance(p, str) else p for p in self.pieces)
        return Text(tuple(changed), self.caveats)

    def lines(self) -> list[Text]:
        """Break it at its line breaks, as `str.split` does: an empty text is one line."""
        return self.cut(lambda characters: characters.split("\n"))

    def cut(self, split: Callable[[str], list[str]]) -> list[Text]:
        """Break its characters into parts; a mark stays with the part that it stands in."""
        parts: list[list[Piece]] = [[]]
        for piece in self.pieces:
            first, *rest = split(piece) if isinstance(piece, str) else [piece]
            parts[-1].append(first)
            parts += ([part] for part in rest)
        return [Text(tuple(part), self.caveats) for part in parts]


@attrs.frozen
class Numeral:
    """A number as a table writes it: `165,000`, `12.5 %`, or a dash where there is none.

    A column of numerals stands to the right where a format aligns it.
    """

    text: str

    def __str__(self) -> str:
        return self.text


Value = str | int | float | bool | dt.date | Text | Numeral | None
"""What a cell can hold; None is an empty cell."""

DASH = Numeral("—")
"""Stands where there is no number."""


def text_of(words: str | Text) -> Text:
    """Make a text of characters; what is a text already stays as it is."""
    return words if isinstance(words, Text) else Text((words,))


def join(between: str, parts: Iterable[str | Text]) -> Text:
    """Put parts one after another with characters between them, as `str.join` does.

    >>> str(join("; ", ["a", "b " + Text((Mark(1),))]))
    'a; b [1]'
    """
    pieces: list[Piece] = []
    caveats: frozenset[str] = frozenset()
    for number, part in enumerate(map(text_of, parts)):
        pieces += (between * (number > 0), *part.pieces)
        caveats |= part.caveats
    return Text(tuple(pieces), caveats)


def cell_text(value: Value) -> str:
    """Write what a cell holds: plain and exact, a float to the 15 digits it is sure of."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value + 0.0:.15g}"
    return str(value)


def plain_value(value: Value) -> Value:
    """Write texts and numerals as plain text; all else stays as it is."""
    return str(value) if isinstance(value, str | Text | Numeral) else value


def marks_in(values: Iterable[Value]) -> set[int]:
    """Collect the numbers of the notes that some cells point to."""
    return {mark.number for value in values if isinstance(value, Text) for mark in value.marks}


def caveats_in(values: Iterable[object]) -> frozenset[str]:
    """Collect the caveats of some cells."""
    return frozenset[str]().union(*(v.caveats for v in values if isinstance(v, Text)))

"""Fit a table of plain text into a terminal: widths, wrapping, alignment.

All widths are in terminal columns: a Chinese character takes two, a combining accent none,
an emoji of several characters two. Marks are never broken, and a single mark at the end of
a line stays with the word before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from positions.tables.cells import Mark, Text, text_of

TextRow = tuple[Text, ...]
"""Cells of one row as texts; a line break starts a new line of its cell."""

GAP = 2
"""Number of spaces between two columns."""

NARROWEST = 10
"""Minimum width of a column; if columns do not fit, the table is stacked instead."""

LONGEST_WORD = 24
"""Width up to which words are kept whole if the table still fits."""

_SINGLE = re.compile(r"[\x20-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027]*")
"""Text in which every character takes one column: Latin, Greek, Cyrillic."""

_EMOJI = "[\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff]"
_MODIFIER = "[\ufe0f\U0001f3fb-\U0001f3ff]"
_GLYPH = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"  # the two letters of a flag
    f"|{_EMOJI}{_MODIFIER}*(?:\u200d{_EMOJI}{_MODIFIER}*)*"  # an emoji, modified and joined
    "|.\ufe0f\u20e3?"  # another character shown as an emoji, or enclosed by a keycap
    "|.",
    re.DOTALL,
)
"""An emoji of one or more characters, or any other single character, combining ones too."""

_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb]")
"""Korean vowels and final consonants, displayed within the preceding consonant."""

SLACK = 4
"""Unused width from which a column is narrowed in favour of the others."""

_SPACES = re.compile(" +")

_BREAK_POINT = re.compile(r"(?<=[.:/_])(?=\w)|(?<=[^\W\d]-)(?=\w)")


def text_width(text: str) -> int:
    """Return the number of terminal columns that a line takes."""
    if text.isascii() or _SINGLE.fullmatch(text):
        return len(text)
    return sum(map(_glyph_width, _GLYPH.findall(text)))


def wrap(text: str | Text, width: int, *, break_words: bool = True) -> list[str]:
    """Wrap a text to lines of at most `width`, at spaces where possible.

    Words longer than a line are broken; without `break_words` they are kept whole and
    exceed the width, as addresses should.
    """
    lines: list[str] = []
    for paragraph in text_of(text).lines():
        lines += _wrap_line(paragraph, width, break_words)
    return lines


def lay_out(headers: TextRow, rows: Sequence[TextRow], numeric: Sequence[bool], width: int) -> str:
    """Lay out a table in columns, or with its rows stacked if the columns do not fit."""
    widths = column_widths([headers, *rows], width)
    if widths is None:
        return _stacked(headers, rows, width)
    bodies = [_lay_out_row(row, widths, numeric) for row in rows]
    separator = "\n\n" if any("\n" in body for body in bodies) else "\n"
    rule = (" " * GAP).join("-" * column for column in widths)
    head = f"{_lay_out_row(headers, widths, numeric)}\n{rule}"
    return f"{head}\n{separator.join(bodies)}" if bodies else head


def column_widths(rows: Sequence[TextRow], width: int) -> tuple[int, ...] | None:
    """Return widths at which all columns fit; None if there are too many of them.

    Short columns keep their width, long ones share the rest; words are kept whole where
    possible.
    """
    columns = list(zip(*rows, strict=True))
    room = width - GAP * (len(columns) - 1)
    natural = [_widest(line for cell in column for line in cell.lines()) for column in columns]
    whole = [_widest(word for cell in column for word in _unbroken(cell)) for column in columns]
    for longest in (LONGEST_WORD, NARROWEST):
        least = [min(word, longest) for word in whole]
        if sum(least) <= room:
            widths = _shared(natural, least, room)
            return _shared(_tightened(columns, natural, widths), least, room)
    return None


def unwrapped_width(rows: Sequence[TextRow]) -> int:
    """Return the width of a table in which no cell is wrapped, gaps included."""
    natural = [_widest(column) for column in zip(*rows, strict=True)]
    return sum(natural) + GAP * (len(natural) - 1)


def page_widths(rows: Sequence[TextRow], width: int) -> tuple[int, ...]:
    """Divide the width of a page among columns, with more for those with more content.

    No column is narrower than its longest word (up to a limit) or wider than its longest
    line, so the widths may add up to less than the page: they are proportions.
    """
    columns = list(zip(*rows, strict=True))
    natural = [_widest(line for cell in column for line in cell.lines()) for column in columns]
    words = [_widest(word for cell in column for word in _unbroken(cell)) for column in columns]
    limit = max(NARROWEST, min(LONGEST_WORD, width // len(columns)))
    least = [max(1, min(word, limit)) for word in words]
    amounts = [max(1, sum(map(text_width, map(str, column)))) ** 0.5 for column in columns]
    widths = tuple(least)
    for step in range(1, width + 1):
        targets = [int(step * amount / max(amounts)) for amount in amounts]
        clamped = zip(least, natural, targets, strict=True)
        wider = tuple(max(low, min(high, target)) for low, high, target in clamped)
        if sum(wider) > width - GAP * (len(columns) - 1):
            break
        widths = wider
    return widths


def _shared(natural: Sequence[int], least: Sequence[int], room: int) -> tuple[int, ...]:
    """Widen all columns equally, each up to its natural width, as far as the room allows."""
    widths = tuple(least)
    for cap in range(1, max(natural, default=0) + 1):
        wider = tuple(max(low, min(high, cap)) for low, high in zip(least, natural, strict=True))
        if sum(wider) > room:
            break
        widths = wider
    return widths


def _tightened(
    columns: Sequence[TextRow], natural: Sequence[int], widths: Sequence[int]
) -> list[int]:
    """Return the natural widths, reduced where wrapped lines leave much of a column unused."""
    used = [
        max(text_width(line) for cell in column for line in wrap(cell, width))
        for column, width in zip(columns, widths, strict=True)
    ]
    return [
        line if line <= width - SLACK else full
        for line, width, full in zip(used, widths, natural, strict=True)
    ]


def _lay_out_row(row: TextRow, widths: Sequence[int], numeric: Sequence[bool]) -> str:
    """Lay out the cells of a row side by side, each wrapped to the width of its column."""
    cells = [wrap(cell, column) for cell, column in zip(row, widths, strict=True)]
    lines = []
    for parts in zip_longest(*cells, fillvalue=""):
        padded = map(pad, parts, widths, numeric)
        lines.append((" " * GAP).join(padded).rstrip())
    return "\n".join(lines)


def _stacked(headers: TextRow, rows: Sequence[TextRow], width: int) -> str:
    """Lay out each row as a block of lines `header: value`."""
    labels = tuple(header + ":" for header in headers)
    label = min(_widest(labels), (width - GAP) // 2)
    widths = (label, width - GAP - label)
    plain = (False, False)
    blocks = [
        "\n".join(_lay_out_row(pair, widths, plain) for pair in zip(labels, row, strict=True))
        for row in rows
    ]
    return "\n\n".join(blocks)


def _wrap_line(line: Text, width: int, break_words: bool) -> list[str]:
    """Wrap one line; one that fits is left alone, blanks and all."""
    if text_width(str(line)) <= width:
        return [str(line)]
    lines: list[str] = []
    for word in _words(line):
        if lines and text_width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, width) if break_words else [str(word)]
    return lines


def _pieces(word: Text, width: int) -> list[str]:
    """Break a word into pieces that fit; most words are one piece."""
    if text_width(str(word)) <= width:
        return [str(word)]
    pieces = [""]
    for part in breakable_parts(word):
        fits = text_width(str(part)) <= width
        for bit in (str(part),) if fits else _glyphs(part):
            if pieces[-1] and text_width(pieces[-1]) + text_width(bit) > width:
                pieces.append("")
            pieces[-1] += bit
    return pieces


def breakable_parts(text: Text) -> list[Text]:
    """Split a text at the preferred break points of long words.

    These are the punctuation of ids and addresses, and the boundaries between marks.
    """
    return [part for piece in text.cut(_BREAK_POINT.split) for part in _split_at_marks(piece)]


def _split_at_marks(text: Text) -> list[Text]:
    """Split a text between adjacent marks."""
    parts = [Text()]
    for piece in text.pieces:
        if isinstance(piece, Mark) and parts[-1] and isinstance(parts[-1].pieces[-1], Mark):
            parts.append(Text())
        parts[-1] += Text((piece,))
    return parts


def _glyphs(part: Text) -> Iterator[str]:
    """Yield the emoji, other characters and marks of a text."""
    for piece in part.pieces:
        yield from _GLYPH.findall(piece) if isinstance(piece, str) else [str(piece)]


def _words(line: Text) -> list[Text]:
    """Split a line into words; a single mark at its end belongs to the word before it."""
    *words, last = line.cut(_SPACES.split)
    if words and len(last.pieces) == len(last.marks) == 1:
        last = words.pop() + " " + last
    return [*words, last]


def _unbroken(cell: Text) -> Iterator[Text]:
    """Yield the parts of a cell that should not be broken: words, and single marks in a series."""
    for line in cell.lines():
        for word in _words(line):
            yield from _split_at_marks(word)


def _widest(texts: Iterable[Text]) -> int:
    """Return the width of the widest text."""
    return max(map(text_width, map(str, texts)), default=0)


def pad(text: str, width: int, right: bool) -> str:
    """Pad a line to the width of its column; on the left if it is right-aligned."""
    spaces = " " * (width - text_width(text))
    return spaces + text if right else text + spaces


@lru_cache(maxsize=4096)
def _glyph_width(glyph: str) -> int:
    """Return the columns of a glyph: two if wide or an emoji, none if combining, else one."""
    if len(glyph) > 1:
        return 2
    if unicodedata.category(glyph) in ("Mn", "Me", "Cf") or _JAMO.fullmatch(glyph):
        return 0
    return 2 if unicodedata.east_asian_width(glyph) in "WF" else 1

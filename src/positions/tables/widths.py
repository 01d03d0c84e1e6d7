"""Fit a table of plain text into a terminal: widths, wrapping, alignment.

Everything is measured in terminal columns: a Chinese character takes two, a
combining accent none, an emoji of several characters two. Nothing here knows what
the text means, except that marks are never broken, and that a single one at the end of
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
"""The cells of one row as texts; a line break starts a new line of its cell."""

GAP = 2
"""Blanks between two columns."""

NARROWEST = 10
"""A column is never made narrower than this; the table is stacked instead."""

LONGEST_WORD = 24
"""Words up to this width are kept whole if the table can still be fitted."""

_SINGLE = re.compile(r"[\x20-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027]*")
"""Text all of whose characters take one column: Latin, Greek, Cyrillic."""

_EMOJI = "[\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff]"
_LOOK = "[\ufe0f\U0001f3fb-\U0001f3ff]"
_SIGN = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"  # the two letters of a flag
    f"|{_EMOJI}{_LOOK}*(?:\u200d{_EMOJI}{_LOOK}*)*"  # an emoji, its colour, and what is joined
    "|.\ufe0f\u20e3?"  # another sign shown as an emoji, and the key around it
    "|.",
    re.DOTALL,
)
"""What is seen as one sign, if it is an emoji; else a character, combining ones by themselves."""

_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb]")
"""Vowels and finals of Korean, which stand in the square of the consonant before them."""

SLACK = 4
"""A column that leaves so much of its width unused gives it to the others."""

_BLANKS = re.compile(" +")

_SEAM = re.compile(r"(?<=[.:/_])(?=\w)|(?<=[^\W\d]-)(?=\w)")


def text_width(text: str) -> int:
    """Count the terminal columns that a line takes."""
    if text.isascii() or _SINGLE.fullmatch(text):
        return len(text)
    return sum(map(_sign_width, _SIGN.findall(text)))


def wrap(words: str | Text, width: int, *, break_words: bool = True) -> list[str]:
    """Break a text into lines of at most `width`, at blanks where possible.

    Words that are longer than a line are broken, or kept whole and left to stick
    out if `break_words` is off (as addresses should be).
    """
    lines: list[str] = []
    for paragraph in text_of(words).lines():
        lines += _wrap_line(paragraph, width, break_words)
    return lines


def lay_out(headers: TextRow, rows: Sequence[TextRow], numeric: Sequence[bool], width: int) -> str:
    """Draw a table in columns, or row by row where its columns do not fit."""
    widths = column_widths([headers, *rows], width)
    if widths is None:
        return _stacked(headers, rows, width)
    bodies = [_draw_row(row, widths, numeric) for row in rows]
    apart = "\n\n" if any("\n" in body for body in bodies) else "\n"
    rule = (" " * GAP).join("-" * column for column in widths)
    head = f"{_draw_row(headers, widths, numeric)}\n{rule}"
    return f"{head}\n{apart.join(bodies)}" if bodies else head


def column_widths(rows: Sequence[TextRow], width: int) -> tuple[int, ...] | None:
    """Choose the widths of columns that fit; None if there are too many of them.

    Short columns keep their width, long ones share the rest; words are kept whole
    as long as that is possible.
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
    """Count the columns that a table takes if no cell is wrapped, blanks between included."""
    natural = [_widest(column) for column in zip(*rows, strict=True)]
    return sum(natural) + GAP * (len(natural) - 1)


def page_widths(rows: Sequence[TextRow], width: int) -> tuple[int, ...]:
    """Share the width of a page among columns, more to those that hold more.

    No column gets less than its longest word needs (up to a limit) nor more than its
    longest line, so the widths may not add up to that of the page: they are shares.
    """
    columns = list(zip(*rows, strict=True))
    natural = [_widest(line for cell in column for line in cell.lines()) for column in columns]
    words = [_widest(word for cell in column for word in _unbroken(cell)) for column in columns]
    limit = max(NARROWEST, min(LONGEST_WORD, width // len(columns)))
    least = [max(1, min(word, limit)) for word in words]
    held = [max(1, sum(map(text_width, map(str, column)))) ** 0.5 for column in columns]
    widths = tuple(least)
    for step in range(1, width + 1):
        wishes = [int(step * part / max(held)) for part in held]
        clamped = zip(least, natural, wishes, strict=True)
        wider = tuple(max(low, min(high, wish)) for low, high, wish in clamped)
        if sum(wider) > width - GAP * (len(columns) - 1):
            break
        widths = wider
    return widths


def _shared(natural: Sequence[int], least: Sequence[int], room: int) -> tuple[int, ...]:
    """Let every column grow to its natural width, or all to the same width if that is less."""
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
    """Take from columns the width that their lines leave unused once they are wrapped."""
    used = [
        max(text_width(line) for cell in column for line in wrap(cell, width))
        for column, width in zip(columns, widths, strict=True)
    ]
    return [
        line if line <= width - SLACK else wish
        for line, width, wish in zip(used, widths, natural, strict=True)
    ]


def _draw_row(row: TextRow, widths: Sequence[int], numeric: Sequence[bool]) -> str:
    """Draw the cells of a row side by side, each wrapped to its column."""
    cells = [wrap(cell, column) for cell, column in zip(row, widths, strict=True)]
    lines = []
    for parts in zip_longest(*cells, fillvalue=""):
        padded = map(pad, parts, widths, numeric)
        lines.append((" " * GAP).join(padded).rstrip())
    return "\n".join(lines)


def _stacked(headers: TextRow, rows: Sequence[TextRow], width: int) -> str:
    """Draw each row as a block of lines `header: value`."""
    labels = tuple(header + ":" for header in headers)
    label = min(_widest(labels), (width - GAP) // 2)
    widths = (label, width - GAP - label)
    plain = (False, False)
    blocks = [
        "\n".join(_draw_row(pair, widths, plain) for pair in zip(labels, row, strict=True))
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
    """Cut a word into pieces that fit; the usual word is one piece."""
    if text_width(str(word)) <= width:
        return [str(word)]
    pieces = [""]
    for part in parted(word):
        fits = text_width(str(part)) <= width
        for bit in (str(part),) if fits else _signs(part):
            if pieces[-1] and text_width(pieces[-1]) + text_width(bit) > width:
                pieces.append("")
            pieces[-1] += bit
    return pieces


def parted(words: Text) -> list[Text]:
    """Break a text where a word that is too long is broken rather than anywhere.

    These are the seams of ids and addresses, and the places between marks.
    """
    return [part for piece in words.cut(_SEAM.split) for part in _marks_apart(piece)]


def _marks_apart(words: Text) -> list[Text]:
    """Break a text between marks that stand side by side."""
    parts = [Text()]
    for piece in words.pieces:
        if isinstance(piece, Mark) and parts[-1] and isinstance(parts[-1].pieces[-1], Mark):
            parts.append(Text())
        parts[-1] += Text((piece,))
    return parts


def _signs(part: Text) -> Iterator[str]:
    """List what is seen as one sign; a mark is one."""
    for piece in part.pieces:
        yield from _SIGN.findall(piece) if isinstance(piece, str) else [str(piece)]


def _words(line: Text) -> list[Text]:
    """List the words of a line; a single mark at its end belongs to the word before it."""
    *words, last = line.cut(_BLANKS.split)
    if words and len(last.pieces) == len(last.marks) == 1:
        last = words.pop() + " " + last
    return [*words, last]


def _unbroken(cell: Text) -> Iterator[Text]:
    """List the parts of a cell that should not be broken: words, and marks in a row."""
    for line in cell.lines():
        for word in _words(line):
            yield from _marks_apart(word)


def _widest(texts: Iterable[Text]) -> int:
    """Find the width of the widest of several texts."""
    return max(map(text_width, map(str, texts)), default=0)


def pad(text: str, width: int, right: bool) -> str:
    """Fill a line up to the width of its column."""
    blanks = " " * (width - text_width(text))
    return blanks + text if right else text + blanks


@lru_cache(maxsize=4096)
def _sign_width(sign: str) -> int:
    """Count the columns of a sign: two if it is wide or an emoji, none if it combines."""
    if len(sign) > 1:
        return 2
    if unicodedata.category(sign) in ("Mn", "Me", "Cf") or _JAMO.fullmatch(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1

"""Text that is safe to display: control characters escaped, and long text shortened."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

SHOWN = 100
"""Maximum number of characters of a given value in a message."""
LINE = 500
"""Maximum number of characters of any part of a message."""
_JOINERS = "\u200c\u200d"


def visible(text: str) -> str:
    """Return text with control and formatting characters escaped, except line breaks."""
    if text.isprintable():
        return text
    return "".join(char if _harmless(char) else _escaped(char) for char in text)


def one_line(text: str, most: int = LINE) -> str:
    """Return text with line breaks escaped too, shortened in the middle if it is too long."""
    line = visible(text).replace("\n", r"\n")
    if len(line) <= most:
        return line
    start, end = most * 3 // 5, most * 2 // 5
    return f"{line[:start]}[… {len(line) - start - end:,} characters left out …]{line[-end:]}"


def shown(value: object) -> str:
    """Return the `repr` of a value on one line, shortened if it is long."""
    return one_line(written(value, repr), SHOWN)


def written(value: object, write: Callable[[object], str] = str) -> str:
    """Return a value as text, or only its type if it is too deep or too large to write."""
    try:
        return write(value)
    except (RecursionError, ValueError):
        return f"<{type(value).__name__}>"


def _harmless(char: str) -> bool:
    """Whether a character can be displayed unchanged."""
    harmful = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    noncharacter = ord(char) & 0xFFFE == 0xFFFE
    return not (harmful or noncharacter) or char in "\n" + _JOINERS


def _escaped(char: str) -> str:
    """Return a character as a Python escape sequence."""
    return char.encode("unicode_escape").decode("ascii")

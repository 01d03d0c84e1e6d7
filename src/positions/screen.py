"""Text that is fit for a screen: harmful characters spelt out, and no longer than is read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

SHOWN = 100
"""How many characters of a given value a message shows."""
LINE = 500
"""How many characters any part of a message may have."""
_JOINERS = "\u200c\u200d"


def visible(text: str) -> str:
    """Spell out the characters that could disturb a screen; line breaks stay."""
    if text.isprintable():
        return text
    return "".join(char if _harmless(char) else _spelt(char) for char in text)


def one_line(text: str, most: int = LINE) -> str:
    """Spell out line breaks too, and cut a text that is too long in the middle."""
    line = visible(text).replace("\n", r"\n")
    if len(line) <= most:
        return line
    start, end = most * 3 // 5, most * 2 // 5
    return f"{line[:start]}[… {len(line) - start - end:,} characters left out …]{line[-end:]}"


def shown(value: object) -> str:
    """Write a given value as Python does, on one line, cut if it is long."""
    return one_line(written(value, repr), SHOWN)


def written(value: object, write: Callable[[object], str] = str) -> str:
    """Write a value as text; its type alone where it cannot be written, being too deep or large."""
    try:
        return write(value)
    except (RecursionError, ValueError):
        return f"<{type(value).__name__}>"


def _harmless(char: str) -> bool:
    """Whether a character can be shown as it is."""
    harmful = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    no_character = ord(char) & 0xFFFE == 0xFFFE
    return not (harmful or no_character) or char in "\n" + _JOINERS


def _spelt(char: str) -> str:
    """Spell a character out as Python writes it."""
    return char.encode("unicode_escape").decode("ascii")

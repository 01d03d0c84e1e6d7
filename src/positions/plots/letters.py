"""Letters in pictures: how wide text is, where its lines break, and which fonts have it.

Names are never read as mathematics. They are drawn in the font that comes with
matplotlib; what it lacks is looked for in the fonts of the machine.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from positions.screen import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

SMALL, NORMAL, LARGE = 8.0, 9.0, 12.0
"""The sizes of letters, in points."""
LEADING = 1.35
"""The distance of lines, in sizes of a letter."""
AIR = 1.08
"""By how much a line can be wider than measured: screens put letters on whole dots."""
FONT = "DejaVu Sans"
"""The font that comes with matplotlib, and so is the same everywhere."""
NO_GLYPH = "□"
"""What stands for a character that no font of the machine has."""

Point = tuple[float, float]
"""A point, or a distance: across and up."""


def put(
    ax: Axes,
    text: str,
    at: Point,
    *,
    size: float = NORMAL,
    away: Point = (0, 0),
    frame: Literal["axes fraction", "data"] = "axes fraction",
    across: Literal["left", "center", "right"] = "left",
    up: Literal["top", "center", "center_baseline", "bottom"] = "center",
    bold: bool = False,
    color: str | None = None,
    back: str | None = None,
) -> Annotation:
    """Write text at a point of the axes, `away` from it by so many points.

    Arguments:
        ax: where to write.
        text: one or more lines, as `wrap` breaks them.
        at: the point, in the coordinates that `frame` names.
        size: of the letters, in points.
        away: how far from the point, in points.
        frame: whether `at` is a share of the axes or in their data.
        across: which end of the text stands at the point.
        up: which edge of the text stands at the point.
        bold: whether the letters are heavy.
        color: of the letters; that of the user's settings where None.
        back: the colour of a plate behind the letters; no plate where None.
    """
    written = ax.annotate(
        text,
        xy=at,
        xycoords=frame,
        xytext=away,
        textcoords="offset points",
        fontsize=size,
        fontfamily=list(families(text)),
        fontweight=_weight(text, bold),
        horizontalalignment=across,
        verticalalignment=up,
        linespacing=LEADING / 1.2,
        annotation_clip=False,
        parse_math=False,
        usetex=False,
    )
    if color is not None:
        written.set_color(color)
    if back is not None:
        written.set_bbox({"boxstyle": "square,pad=0.15", "facecolor": back, "linewidth": 0})
    return written


def drawable(text: str) -> str:
    """Put text on one line, spell out what could disturb, and mark what no font can draw."""
    shown = " ".join(visible(text).split())
    return "".join(char if char == " " or _family(char) else NO_GLYPH for char in shown)


def wrap(text: str, room: float, size: float = NORMAL, *, bold: bool = False) -> list[str]:
    """Break text into lines that are at most so many points wide; long words break anywhere."""
    lines = [""]
    for word in _pieces(drawable(text), room, size, bold):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(text: str, room: float, size: float, bold: bool) -> Iterator[str]:
    """Go through the words of a text, those cut up that are wider than the room."""
    for word in text.split():
        rest = word
        while width(rest, size, bold=bold) > room and len(rest) > 1:
            fits = [n for n in range(1, len(rest)) if width(rest[:n], size, bold=bold) <= room]
            cut = max(fits, default=1)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def height(lines: float, size: float = NORMAL) -> float:
    """Tell how high so many lines are, in points."""
    return lines * size * LEADING


@functools.lru_cache(maxsize=20_000)
def width(text: str, size: float = NORMAL, *, bold: bool = False) -> float:
    """Measure how wide a line is, in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    font = FontProperties(family=list(families(text)), size=size, weight=_weight(text, bold))
    measured, _, _ = TextToPath().get_text_width_height_descent(text, font, ismath=False)
    return float(measured) * AIR


def families(text: str) -> tuple[str, ...]:
    """List the fonts that a text needs, our own first."""
    found = (_family(char) for char in text if not char.isspace())
    return tuple(dict.fromkeys((FONT, *filter(None, found))))


def _weight(text: str, bold: bool) -> Literal["bold", "normal"]:
    """Choose how heavy letters are: fonts of the machine may not have heavy ones."""
    return "bold" if bold and families(text) == (FONT,) else "normal"


@functools.lru_cache(maxsize=20_000)
def _family(char: str) -> str | None:
    """Find a font that has a character: our own, or the first of the machine by name."""
    files = _files()
    if char in _characters(files[FONT]):
        return FONT
    return next((name for name, file in files.items() if char in _characters(file)), None)


@functools.cache
def _files() -> dict[str, str]:
    """Find the files of upright fonts by the names of the fonts, sorted; not of last resorts."""
    from matplotlib.font_manager import fontManager

    upright = {
        entry.name: entry.fname
        for entry in fontManager.ttflist
        if entry.style == "normal" and entry.weight == 400 and entry.stretch == "normal"
    }
    return {name: upright[name] for name in sorted(upright) if not name.startswith("Last Resort")}


@functools.cache
def _characters(file: str) -> frozenset[str]:
    """List the characters of a font; none of one that cannot be drawn at every size."""
    from matplotlib.font_manager import get_font

    font = get_font(file)
    return frozenset(map(chr, font.get_charmap())) if font.scalable else frozenset()

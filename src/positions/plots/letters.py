"""Text in plots: its width, where its lines break, and which fonts can draw it.

Text is never read as mathematics. It is drawn in the font that comes with matplotlib;
characters that this font lacks are drawn in fonts of the machine.
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
"""Font sizes, in points."""
LEADING = 1.35
"""Distance between lines, as a multiple of the font size."""
SAFETY = 1.08
"""Factor for text drawn wider than it is measured, since screens align letters to pixels."""
FONT = "DejaVu Sans"
"""The font that comes with matplotlib, and so is the same on every machine."""
NO_GLYPH = "□"
"""The substitute for a character that no font of the machine contains."""

Point = tuple[float, float]
"""A point or a distance: horizontal and vertical."""


def add_text(
    ax: Axes,
    text: str,
    at: Point,
    *,
    size: float = NORMAL,
    offset: Point = (0, 0),
    halign: Literal["left", "center", "right"] = "left",
    valign: Literal["top", "center", "center_baseline", "bottom"] = "center",
    bold: bool = False,
    color: str | None = None,
    background: str | None = None,
) -> Annotation:
    """Write text near a point of the axes, and return it.

    Arguments:
        ax: the axes.
        text: one or more lines, as `wrap` breaks them.
        at: the point, in fractions of the axes.
        size: the font size, in points.
        offset: the distance of the text from the point, in points.
        halign: the end of the text that is aligned with the point.
        valign: the edge of the text that is aligned with the point.
        bold: whether the text is bold.
        color: the colour of the text; that of the matplotlib settings if None.
        background: the colour of a box behind the text; no box if None.
    """
    written = ax.annotate(
        text,
        xy=at,
        xycoords="axes fraction",
        xytext=offset,
        textcoords="offset points",
        fontsize=size,
        fontfamily=list(families(text)),
        fontweight=_weight(text, bold),
        horizontalalignment=halign,
        verticalalignment=valign,
        linespacing=LEADING / 1.2,
        annotation_clip=False,
        parse_math=False,
        usetex=False,
    )
    if color is not None:
        written.set_color(color)
    if background is not None:
        written.set_bbox({"boxstyle": "square,pad=0.15", "facecolor": background, "linewidth": 0})
    return written


def drawable(text: str) -> str:
    """Return text on one line, control characters escaped, and □ for what no font can draw."""
    shown = " ".join(visible(text).split())
    return "".join(char if char == " " or _family(char) else NO_GLYPH for char in shown)


def wrap(text: str, room: float, size: float = NORMAL, *, bold: bool = False) -> list[str]:
    """Wrap text into lines of at most `room` points; words that are too long break anywhere."""
    lines = [""]
    for word in _pieces(drawable(text), room, size, bold):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(text: str, room: float, size: float, bold: bool) -> Iterator[str]:
    """Yield the words of a text; words wider than the room come in pieces."""
    for word in text.split():
        rest = word
        while width(rest, size, bold=bold) > room and len(rest) > 1:
            fits = [n for n in range(1, len(rest)) if width(rest[:n], size, bold=bold) <= room]
            cut = max(fits, default=1)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def height(lines: float, size: float = NORMAL) -> float:
    """Return the height of a number of lines, in points."""
    return lines * size * LEADING


@functools.lru_cache(maxsize=20_000)
def width(text: str, size: float = NORMAL, *, bold: bool = False) -> float:
    """Return the width of a line, in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    font = FontProperties(family=list(families(text)), size=size, weight=_weight(text, bold))
    measured, _, _ = TextToPath().get_text_width_height_descent(text, font, ismath=False)
    return float(measured) * SAFETY


def families(text: str) -> tuple[str, ...]:
    """List the fonts that a text needs, the font of matplotlib first."""
    found = (_family(char) for char in text if not char.isspace())
    return tuple(dict.fromkeys((FONT, *filter(None, found))))


def _weight(text: str, bold: bool) -> Literal["bold", "normal"]:
    """Return the weight of the font: fonts of the machine may have no bold letters."""
    return "bold" if bold and families(text) == (FONT,) else "normal"


@functools.lru_cache(maxsize=20_000)
def _family(char: str) -> str | None:
    """Return a font with a character: that of matplotlib, or the first of the machine by name."""
    files = _files()
    if char in _characters(files[FONT]):
        return FONT
    return next((name for name, file in files.items() if char in _characters(file)), None)


@functools.cache
def _files() -> dict[str, str]:
    """Return the files of the upright fonts by font name, sorted, without fallback fonts."""
    from matplotlib.font_manager import fontManager

    upright = {
        entry.name: entry.fname
        for entry in fontManager.ttflist
        if entry.style == "normal" and entry.weight == 400 and entry.stretch == "normal"
    }
    return {name: upright[name] for name in sorted(upright) if not name.startswith("Last Resort")}


@functools.cache
def _characters(file: str) -> frozenset[str]:
    """Return the characters of a font file; none if the font cannot be scaled."""
    from matplotlib.font_manager import get_font

    font = get_font(file)
    return frozenset(map(chr, font.get_charmap())) if font.scalable else frozenset()

"""Write a table in LaTeX, in the style of booktabs, over as many pages as it needs."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from itertools import accumulate, pairwise

from positions.tables.cells import Text, text_of
from positions.tables.sheet import Note, Sheet
from positions.tables.widths import TextRow, breakable_parts, page_widths, unwrapped_width

PORTRAIT_WIDTH = 78
"""Assumed number of characters of a line in footnote size on a portrait page."""

LANDSCAPE_WIDTH = 120
"""Assumed number of characters of a line on a landscape page."""

PORTRAIT_COLUMNS = 6
"""Maximum number of columns of a table on portrait pages, if its rows need to be wrapped."""

BREAKS = "".join(rf"\do\{char}" for char in "/-.?=&+;:" + string.ascii_letters + string.digits)
"""Characters after which an address may be broken; all, as some have no punctuation."""

_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9:/.~?=&%#+,;@!_-]+")
_LONG = re.compile(r"\S{8,}")
"""Words that may be broken at their break points: ids, addresses, series of marks."""
_UNBREAKABLE = re.compile(r"([^\s\x00]{12})(?=[^\s\x00]{12})")
"""Long words without break points, which are broken every 12 characters."""
_LIGATURE = re.compile(r"([-',])(?=\1)|(?<=[!?])(?=`)")

_CYRILLIC = re.compile("[\u0400-\u045f\u0490\u0491]")
_PRINTED = re.compile(
    "[\\x20-\\x7e\n\xa0-\xac\xae-\xcf\xd1-\xdd\xdf-\xef\xf1-\xfd\xff-\u010f\u0112-\u0125\u0128-\u0137"
    "\u0139-\u013e\u0141-\u0148\u014c-\u0165\u0168-\u017e\u0400-\u045f\u0490\u0491\u2010-\u2016"
    "\u2018\u2019\u201c-\u201e\u2020-\u2022\u2026\u2030\u20ac\u2116\u2122\u2190-\u2193]"
)
"""Characters that pdflatex prints with the fonts named in the comment above the table."""


def as_latex(sheet: Sheet) -> str:
    """Write a table that may span pages, with its headers on each page and its notes below.

    If the rows are too wide for a line, cells are wrapped and the table is as wide as the
    line. With many columns it is set on landscape pages.
    """
    wide = not _fits(sheet)
    landscape = wide and len(sheet.headers) > PORTRAIT_COLUMNS
    lines = [
        *_requirements(sheet, landscape),
        *([r"\begin{landscape}"] if landscape else []),
        r"\begingroup\footnotesize",
        r"\setlength{\LTcapwidth}{\linewidth}\setlength{\tabcolsep}{4pt}",
        *_longtable(sheet, _wrapped_columns(sheet, landscape) if wide else _columns(sheet), wide),
        *_below(sheet),
        r"\endgroup",
        *([r"\end{landscape}"] if landscape else []),
    ]
    return "\n".join(lines)


def _longtable(sheet: Sheet, columns: str, spaced: bool) -> Iterator[str]:
    """Yield the lines of caption, headers and rows; the headers are repeated on every page."""
    headers = (r"\toprule", _latex_row(sheet.headers), r"\midrule")
    yield rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}"
    yield from _caption(sheet.title)
    yield from (*headers, r"\endfirsthead")
    yield from (*headers, r"\endhead")
    yield from (r"\bottomrule", r"\endfoot")
    yield from (_latex_row(row) + r"\addlinespace" * spaced for row in sheet.rows)
    yield r"\end{longtable}"


def _requirements(sheet: Sheet, landscape: bool) -> Iterator[str]:
    """Yield comments that name the packages and fonts that the table needs."""
    text = "".join(_texts(sheet))
    fonts = "T1,T2A" if _CYRILLIC.search(text) else "T1"
    unprinted = "".join(sorted(set(_PRINTED.sub("", text))))
    packages = f"array, booktabs, longtable{', pdflscape' if landscape else ''}, url"
    yield rf"% needs \usepackage{{{packages}}}"
    if unprinted:
        yield f"% and xelatex or lualatex, with fonts that have {unprinted}"
    else:
        yield rf"% and, with pdflatex, \usepackage[{fonts}]{{fontenc}}"
    if unprinted or fonts != "T1":
        yield r"% (with xelatex or lualatex: \usepackage{fontspec} and a font that has all letters)"


def _texts(sheet: Sheet) -> Iterator[str]:
    """Yield all text that is printed."""
    yield sheet.title
    for row in (sheet.headers, sheet.remarks, *sheet.rows):
        yield from map(str, row)
    for note in sheet.notes:
        yield note.text + (note.url or "")


def _caption(title: str) -> Iterator[str]:
    """Yield the caption; a table without a title has neither caption nor number."""
    if title.strip():
        yield rf"\caption{{{_escape_latex(' '.join(title.split()))}}}\\"


def _below(sheet: Sheet) -> Iterator[str]:
    """Yield the notes and remarks, each as a paragraph."""
    if sheet.notes or sheet.remarks:
        yield r"\raggedright\setlength{\parindent}{0pt}"
    if sheet.notes:
        yield rf"\urlstyle{{same}}\def\UrlBreaks{{{BREAKS}}}"
    for number, note in enumerate(sheet.notes, start=1):
        source = f"{{[}}{number}{{]}} {_escape_latex(note.text)}{_latex_link(note)}"
        yield rf"\hangindent=2em {source}\par"
    if sheet.notes and sheet.remarks:
        yield r"\smallskip"
    yield from (rf"{_escape_latex(remark)}\par" for remark in sheet.remarks)


def _latex_row(cells: TextRow) -> str:
    """Write one row."""
    return " & ".join(map(_escape_latex, cells)) + r" \\"


def _fits(sheet: Sheet) -> bool:
    """Whether every row fits on one line of a portrait page."""
    rows = [sheet.headers, *sheet.rows]
    if any("\n" in str(cell) for row in rows for cell in row):
        return False
    return unwrapped_width(rows) <= PORTRAIT_WIDTH


def _columns(sheet: Sheet) -> str:
    """Return columns as wide as their cells: numbers right-aligned, other columns left-aligned."""
    return "".join("r" if right else "l" for right in sheet.numeric)


def _wrapped_columns(sheet: Sheet, landscape: bool) -> str:
    """Return columns with wrapped cells, which share the line according to their content."""
    line = LANDSCAPE_WIDTH if landscape else PORTRAIT_WIDTH
    widths = page_widths([sheet.headers, *sheet.rows], line)
    room = rf"\dimexpr\linewidth-{2 * len(widths) - 2}\tabcolsep\relax"
    shares = (width * 10000 // sum(widths) / 10000 for width in widths)
    ragged = (r"\raggedleft" if right else r"\raggedright" for right in sheet.numeric)
    return "".join(
        rf">{{{edge}\arraybackslash\hspace{{0pt}}}}p{{{share}{room}}}"
        for share, edge in zip(shares, ragged, strict=True)
    )


def _latex_link(note: Note) -> str:
    """Write the address of a note so that it can be broken across lines."""
    if not note.url:
        return ""
    plain = _PLAIN_ADDRESS.fullmatch(note.url)
    return rf" \url{{{note.url}}}" if plain else rf" \texttt{{{_escape_latex(note.url)}}}"


def _escape_latex(text: str | Text) -> str:
    """Escape a text for LaTeX; the one place that does."""
    broken = _UNBREAKABLE.sub(rf"\1{_BREAK}", _with_breaks(text_of(text)))
    separated = _LIGATURE.sub(lambda pair: pair[0] + _SEPARATOR, broken)
    return separated.translate(_SPECIALS)


def _with_breaks(text: Text) -> str:
    """Mark the points at which long words may be broken."""
    breaks = set(accumulate(len(str(part)) for part in breakable_parts(text)))

    def marked(word: re.Match[str]) -> str:
        inside = range(word.start() + 1, word.end())
        ends = [word.start(), *(at for at in inside if at in breaks), word.end()]
        return _BREAK.join(word.string[start:end] for start, end in pairwise(ends))

    return _LONG.sub(marked, str(text))


_BREAK, _SEPARATOR = "\x00", "\x01"
"""Placeholders for two commands until all else is escaped; sheets never have these characters."""

LATEX_SPECIALS = {
    **{char: f"\\{char}" for char in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
}
"""Characters that are commands in LaTeX or printed differently, with their replacements."""

_SPECIALS = str.maketrans(
    {
        **LATEX_SPECIALS,
        **{char: f"{{{char}}}" for char in "[]*"},  # else read as arguments of a line break
        '"': r"\char34{}",  # else a shorthand in some languages
        "\n": r"\newline{}",
        _BREAK: r"\allowbreak{}",
        _SEPARATOR: "{}",  # else two would be printed as one
    }
)
"""Replacements for special characters in a cell of a table."""

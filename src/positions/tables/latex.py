"""Write a table in LaTeX, in the style of booktabs, over as many pages as it takes."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from itertools import accumulate, pairwise

from positions.tables.cells import Text, text_of
from positions.tables.sheet import Note, Sheet
from positions.tables.widths import TextRow, page_widths, parted, unwrapped_width

PAGE_WIDTH = 78
"""Characters that one line of a table is taken to hold, in small print on an upright page."""

TURNED_WIDTH = 120
"""Characters that it holds on a page that is turned."""

UPRIGHT_COLUMNS = 6
"""A table with more columns, if it is too wide for a line, stands on pages that are turned."""

BREAKS = "".join(rf"\do\{char}" for char in "/-.?=&+;:" + string.ascii_letters + string.digits)
"""Where an address may be broken at the end of a line: anywhere, as some hold no blank or dot."""

_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9:/.~?=&%#+,;@!_-]+")
_LONG = re.compile(r"\S{8,}")
"""Words that can be broken at their seams: ids, addresses, rows of marks."""
_ENDLESS = re.compile(r"([^\s\x00]{12})(?=[^\s\x00]{12})")
"""What is too long for any column, and has no seam."""
_LIGATURE = re.compile(r"([-',])(?=\1)|(?<=[!?])(?=`)")

_CYRILLIC = re.compile("[\u0400-\u045f\u0490\u0491]")
_PRINTED = re.compile(
    "[\\x20-\\x7e\n\xa0-\xac\xae-\xcf\xd1-\xdd\xdf-\xef\xf1-\xfd\xff-\u010f\u0112-\u0125\u0128-\u0137"
    "\u0139-\u013e\u0141-\u0148\u014c-\u0165\u0168-\u017e\u0400-\u045f\u0490\u0491\u2010-\u2016"
    "\u2018\u2019\u201c-\u201e\u2020-\u2022\u2026\u2030\u20ac\u2116\u2122\u2190-\u2193]"
)
"""Characters that pdflatex prints if its fonts are those of the comment at the head."""


def as_latex(sheet: Sheet) -> str:
    """Write a table that may run over pages, its headers on each; notes stand below.

    A table that is too wide for a line becomes one of paragraphs, which together are as
    wide as the line. With many columns it stands on pages that are turned.
    """
    wide = not _fits(sheet)
    turned = wide and len(sheet.headers) > UPRIGHT_COLUMNS
    lines = [
        *_needs(sheet, turned),
        *([r"\begin{landscape}"] if turned else []),
        r"\begingroup\footnotesize",
        r"\setlength{\LTcapwidth}{\linewidth}\setlength{\tabcolsep}{4pt}",
        *_longtable(sheet, _paragraphs(sheet, turned) if wide else _columns(sheet), wide),
        *_below(sheet),
        r"\endgroup",
        *([r"\end{landscape}"] if turned else []),
    ]
    return "\n".join(lines)


def _longtable(sheet: Sheet, columns: str, apart: bool) -> Iterator[str]:
    """Write caption, headers and rows; the headers are those of every page."""
    headers = (r"\toprule", _latex_row(sheet.headers), r"\midrule")
    yield rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}"
    yield from _caption(sheet.title)
    yield from (*headers, r"\endfirsthead")
    yield from (*headers, r"\endhead")
    yield from (r"\bottomrule", r"\endfoot")
    yield from (_latex_row(row) + r"\addlinespace" * apart for row in sheet.rows)
    yield r"\end{longtable}"


def _needs(sheet: Sheet, turned: bool) -> Iterator[str]:
    """Say which packages and fonts the table needs."""
    text = "".join(_texts(sheet))
    fonts = "T1,T2A" if _CYRILLIC.search(text) else "T1"
    others = "".join(sorted(set(_PRINTED.sub("", text))))
    packages = f"array, booktabs, longtable{', pdflscape' if turned else ''}, url"
    yield rf"% needs \usepackage{{{packages}}}"
    if others:
        yield f"% and xelatex or lualatex, with fonts that have {others}"
    else:
        yield rf"% and, with pdflatex, \usepackage[{fonts}]{{fontenc}}"
    if others or fonts != "T1":
        yield r"% (with xelatex or lualatex: \usepackage{fontspec} and a font that has all letters)"


def _texts(sheet: Sheet) -> Iterator[str]:
    """List every text of a table that is printed."""
    yield sheet.title
    for row in (sheet.headers, sheet.remarks, *sheet.rows):
        yield from map(str, row)
    for note in sheet.notes:
        yield note.text + (note.url or "")


def _caption(title: str) -> Iterator[str]:
    """Write the title, without which the table has no caption and no number."""
    if title.strip():
        yield rf"\caption{{{_escape_latex(' '.join(title.split()))}}}\\"


def _below(sheet: Sheet) -> Iterator[str]:
    """Write the notes and remarks, each a paragraph."""
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
    """Tell whether every row stands on one line of an upright page."""
    rows = [sheet.headers, *sheet.rows]
    if any("\n" in str(cell) for row in rows for cell in row):
        return False
    return unwrapped_width(rows) <= PAGE_WIDTH


def _columns(sheet: Sheet) -> str:
    """Choose columns as wide as their cells: right for numbers, else left."""
    return "".join("r" if right else "l" for right in sheet.numeric)


def _paragraphs(sheet: Sheet, turned: bool) -> str:
    """Choose columns of paragraphs, which share the line by what they hold."""
    widths = page_widths([sheet.headers, *sheet.rows], TURNED_WIDTH if turned else PAGE_WIDTH)
    room = rf"\dimexpr\linewidth-{2 * len(widths) - 2}\tabcolsep\relax"
    shares = (width * 10000 // sum(widths) / 10000 for width in widths)
    ragged = (r"\raggedleft" if right else r"\raggedright" for right in sheet.numeric)
    return "".join(
        rf">{{{edge}\arraybackslash\hspace{{0pt}}}}p{{{share}{room}}}"
        for share, edge in zip(shares, ragged, strict=True)
    )


def _latex_link(note: Note) -> str:
    """Write the address of a note, so that it can be broken over lines."""
    if not note.url:
        return ""
    plain = _PLAIN_ADDRESS.fullmatch(note.url)
    return rf" \url{{{note.url}}}" if plain else rf" \texttt{{{_escape_latex(note.url)}}}"


def _escape_latex(words: str | Text) -> str:
    """Escape a text for LaTeX; the one place that does."""
    broken = _ENDLESS.sub(rf"\1{_HERE}", _seamed(text_of(words)))
    apart = _LIGATURE.sub(lambda pair: pair[0] + _APART, broken)
    return apart.translate(_SPECIALS)


def _seamed(words: Text) -> str:
    """Mark the seams of long words, at which a line may end."""
    seams = set(accumulate(len(str(part)) for part in parted(words)))

    def marked(word: re.Match[str]) -> str:
        inside = range(word.start() + 1, word.end())
        ends = [word.start(), *(at for at in inside if at in seams), word.end()]
        return _HERE.join(word.string[start:end] for start, end in pairwise(ends))

    return _LONG.sub(marked, str(words))


_HERE, _APART = "\x00", "\x01"
"""Stand for the two commands below until all else is escaped; sheets hold no such characters."""

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
"""What LaTeX would take for commands or print as something else, and what is written instead."""

_SPECIALS = str.maketrans(
    {
        **LATEX_SPECIALS,
        **{char: f"{{{char}}}" for char in "[]*"},  # else read as arguments of a line break
        '"': r"\char34{}",  # else a shorthand in some languages
        "\n": r"\newline{}",
        _HERE: r"\allowbreak{}",
        _APART: "{}",  # else two would be printed as one
    }
)
"""What is special in a cell of a table."""

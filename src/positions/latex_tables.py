"""Write a table in LaTeX, in the style of booktabs."""

from __future__ import annotations

import re

from positions.layout import Row, column_widths, wrap
from positions.sheets import Note, Sheet

PAGE_WIDTH = 90
"""Characters that one line of a LaTeX page is taken to hold."""

_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9:/.~?=&%#+,;@!_-]+")


def as_latex(sheet: Sheet) -> str:
    """Write a table in the style of booktabs; long columns become paragraphs."""
    notes = [
        rf"[{number}] {_escape_latex(note.text)}{_latex_link(note)}\par"
        for number, note in enumerate(sheet.notes, start=1)
    ]
    lines = [
        r"% needs \usepackage{array, booktabs, url}",
        r"\begin{table}",
        rf"\caption{{{_escape_latex(sheet.title.replace(chr(10), ' '))}}}",
        rf"\begin{{tabular}}{{@{{}}{_latex_columns(sheet)}@{{}}}}",
        r"\toprule",
        _latex_row(sheet.headers),
        r"\midrule",
        *map(_latex_row, sheet.rows),
        r"\bottomrule",
        r"\end{tabular}",
        *([r"\par\smallskip\footnotesize"] if notes or sheet.remarks else []),
        *notes,
        *(rf"{_escape_latex(remark)}\par" for remark in sheet.remarks),
        r"\end{table}",
    ]
    return "\n".join(lines)


def _latex_row(cells: Row) -> str:
    """Write one row."""
    return " & ".join(map(_escape_latex, cells)) + r" \\"


def _latex_columns(sheet: Sheet) -> str:
    """Choose for each column: right for numbers, a paragraph if it is long, else left."""
    rows = [sheet.headers, *sheet.rows]
    count = len(sheet.headers)
    widths = column_widths(rows, PAGE_WIDTH) or (PAGE_WIDTH // count,) * count
    columns = zip(zip(*rows, strict=True), widths, sheet.numeric, strict=True)
    return "".join(_latex_column(*column, sum(widths)) for column in columns)


def _latex_column(cells: Row, width: int, right: bool, total: int) -> str:
    """Write the type of one column, given its share of the width of all."""
    if any(len(wrap(cell, width)) > 1 for cell in cells):
        return rf">{{\raggedright\arraybackslash}}p{{{0.9 * width / total:.2f}\linewidth}}"
    return "r" if right else "l"


def _latex_link(note: Note) -> str:
    """Write the address of a note, so that it can be broken over lines."""
    if not note.url:
        return ""
    plain = _PLAIN_ADDRESS.fullmatch(note.url)
    return rf" \url{{{note.url}}}" if plain else rf" \texttt{{{_escape_latex(note.url)}}}"


def _escape_latex(text: str) -> str:
    """Escape a text for LaTeX; the one place that does."""
    return text.translate(_LATEX_SPECIALS)


_LATEX_SPECIALS = str.maketrans(
    {
        **{char: f"\\{char}" for char in "&%$#_{}"},
        **{char: f"{{{char}}}" for char in "[]*"},  # else read as arguments of a line break
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "`": r"\textasciigrave{}",
        "\n": r"\newline{}",
    }
)
"""What LaTeX would take for commands, and what is written instead."""

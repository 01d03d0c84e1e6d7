r"""Write a table as text, Markdown, HTML, LaTeX, CSV, or in a format of tabulate.

What a cell holds is escaped in one place per format, so that no name can break
out of its cell or turn into markup. Everywhere but in CSV, characters that could
disturb a screen (control characters, changes of direction) are spelt out: `\u202e`.
"""

from __future__ import annotations

import csv
import html
import io
import re
import unicodedata
from collections.abc import Callable, Iterable

import attrs
import tabulate

from positions.errors import UnknownNameError
from positions.layout import Row, column_widths, lay_out, wrap

TEXT_WIDTH = 80
"""Terminal columns that text is laid out for unless told otherwise."""

LEAST_WIDTH = 20
"""Text is never laid out narrower than this."""

PAGE_WIDTH = 90
"""Characters that one line of a LaTeX page is taken to hold."""

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]+")
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9:/.~?=&%#+,;@!_-]+")
_JOINERS = "\u200c\u200d"


@attrs.frozen
class Note:
    """A footnote of a table: a source, with its address if it has one."""

    text: str
    url: str | None = None

    @property
    def linked(self) -> bool:
        """Whether the address is one of the web, which alone become links."""
        return bool(self.url and _WEB_ADDRESS.fullmatch(self.url))


@attrs.frozen
class Sheet:
    """A table whose cells are text already: what every writer takes."""

    title: str
    headers: Row
    rows: tuple[Row, ...]
    numeric: tuple[bool, ...]
    notes: tuple[Note, ...]
    remarks: tuple[str, ...]


def write(sheet: Sheet, format: str, width: int = TEXT_WIDTH) -> str:
    """Write a sheet in the format of that name; an unknown one is an error with the nearest."""
    if format not in FORMATS:
        raise UnknownNameError("table format", format, FORMATS)
    if format == "csv":
        return as_csv([sheet.headers, *sheet.rows])
    shown = _visible_sheet(sheet)
    if format == "text":
        return as_text(shown, width)
    writer = WRITERS.get(format)
    return writer(shown) if writer else as_other(shown, format)


def visible(text: str) -> str:
    """Spell out the characters that could disturb a screen; line breaks stay."""
    if text.isprintable():
        return text
    return "".join(char if _harmless(char) else _spelt(char) for char in text)


# Text


def as_text(sheet: Sheet, width: int = TEXT_WIDTH) -> str:
    """Write for a terminal: title, columns, notes and remarks, all within the width."""
    width = max(width, LEAST_WIDTH)
    notes = [
        line
        for number, note in enumerate(sheet.notes, start=1)
        for line in _text_note(f"[{number}] ", note, width)
    ]
    remarks = [line for remark in sheet.remarks for line in wrap(remark, width)]
    table = lay_out(sheet.headers, sheet.rows, sheet.numeric, width)
    return _paragraphs(
        "\n".join(wrap(sheet.title, width)), table, "\n".join(notes), "\n".join(remarks)
    )


def _text_note(mark: str, note: Note, width: int) -> list[str]:
    """Write a note behind its mark; its address is never broken, so that it can be followed."""
    room = width - len(mark)
    lines = wrap(note.text, room)
    if note.url:
        lines[-1:] = wrap(f"{lines[-1]} <{note.url}>", room, break_words=not note.linked)
    return [(" " * len(mark) if at else mark) + line for at, line in enumerate(lines)]


# Markdown


def as_markdown(sheet: Sheet) -> str:
    """Write a table as GitHub and notebooks read it, with the notes as a numbered list."""
    rule = ("---:" if right else "---" for right in sheet.numeric)
    lines = [_markdown_row(sheet.headers), _piped(rule), *map(_markdown_row, sheet.rows)]
    notes = [
        f"{number}. {_markdown_block(note.text)}{_markdown_link(note)}"
        for number, note in enumerate(sheet.notes, start=1)
    ]
    title = markdown_text(sheet.title.strip())
    remarks = map(_markdown_block, sheet.remarks)
    return _paragraphs(
        f"**{title}**" if title else "", "\n".join(lines), "\n".join(notes), *remarks
    )


def _markdown_row(cells: Row) -> str:
    """Write one row, each cell escaped."""
    return _piped(map(markdown_text, cells))


def _piped(cells: Iterable[str]) -> str:
    """Put cells between bars."""
    return f"| {' | '.join(cells)} |"


def _markdown_link(note: Note) -> str:
    """Write the address of a note, as a link if it can be one."""
    if not note.url:
        return ""
    return f" <{note.url}>" if note.linked else f" {markdown_text(note.url)}"


def _markdown_block(text: str) -> str:
    """Escape a text that stands by itself, so that it starts no heading and no list."""
    return re.sub(r"^([0-9]*)([#+=.)-])", r"\1\\\2", markdown_text(text.strip()))


def markdown_text(text: str) -> str:
    """Escape a text so that Markdown shows it as it is; the one place that does."""
    for special, written in _MARKDOWN_SPECIALS:
        text = special.sub(written, text)
    return text


_MARKDOWN_SPECIALS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"[&<>|]"), lambda found: _entities(found[0])),  # entities, tags, cells
    (re.compile(r"[\\`*_~$\[]"), r"\\\g<0>"),  # emphasis, code, mathematics, links
    (re.compile(r"^ +| +$"), lambda found: _entities(found[0])),  # blanks that would be dropped
    (re.compile(r"(?<=:)//|(?<=www)\.", re.IGNORECASE), lambda found: _entities(found[0])),
    (re.compile(r"\n"), "<br>"),
)
"""What Markdown would take for markup, and what is written instead, in this order."""


# HTML

_TABLE_STYLE = "border-collapse: collapse; text-align: left"
_CAPTION_STYLE = "caption-side: top; text-align: left; font-weight: bold; padding: 0.4em 0"
_HEADER_STYLE = "border-bottom: 1px solid; padding: 0.3em 1em 0.3em 0; vertical-align: bottom"
_CELL_STYLE = "padding: 0.3em 1em 0.3em 0; vertical-align: top"


def as_html(sheet: Sheet) -> str:
    """Write a bare table that takes its colours from the page, with its notes below.

    The class names keep notebooks from reading dollar signs as mathematics.
    """
    notes = [f"<li>{_escape_html(note.text)}{_html_link(note)}</li>" for note in sheet.notes]
    remarks = [f"<p>{_escape_html(remark)}</p>" for remark in sheet.remarks]
    lines = [
        '<div class="tex2jax_ignore mathjax_ignore">',
        f'<table style="{_TABLE_STYLE}">',
        f'<caption style="{_CAPTION_STYLE}">{_escape_html(sheet.title)}</caption>',
        "<thead>",
        _html_row(sheet.headers, 'th scope="col"', _HEADER_STYLE, sheet.numeric),
        "</thead>",
        "<tbody>",
        *(_html_row(row, "td", _CELL_STYLE, sheet.numeric) for row in sheet.rows),
        "</tbody>",
        "</table>",
        *(["<ol>", *notes, "</ol>"] if notes else []),
        *remarks,
        "</div>",
    ]
    return "\n".join(lines)


def _html_row(cells: Row, tag: str, style: str, numeric: Iterable[bool]) -> str:
    """Write one row of cells, numbers to the right."""
    name = tag.split()[0]
    written = (
        f'<{tag} style="text-align: {"right" if right else "left"}; {style}">'
        f"{_escape_html(cell)}</{name}>"
        for cell, right in zip(cells, numeric, strict=True)
    )
    return f"<tr>{''.join(written)}</tr>"


def _html_link(note: Note) -> str:
    """Write the address of a note, as a link if it can be one."""
    if not note.url:
        return ""
    address = _escape_html(note.url)
    if not note.linked:
        return f" {address}"
    return f' <a href="{address}" rel="noopener noreferrer">{address}</a>'


def _escape_html(text: str) -> str:
    """Escape a text for HTML; the one place that does."""
    return html.escape(text).replace("\n", "<br>")


# LaTeX


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


# CSV and the formats of tabulate


def as_csv(rows: Iterable[Row]) -> str:
    """Write rows as they are, faithfully, with the line ends that RFC 4180 wants."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def as_other(sheet: Sheet, format: str) -> str:
    """Write the cells, and nothing but the cells, in one of tabulate's formats."""
    rows = [[_escape_other(cell, format) for cell in row] for row in [sheet.headers, *sheet.rows]]
    if format == "tsv":  # tabulate would drop empty cells at the end of a row
        return "\n".join(map("\t".join, rows))
    align = ["right" if right else "left" for right in sheet.numeric]
    return tabulate.tabulate(
        rows[1:],
        headers=rows[0],
        tablefmt=format,
        disable_numparse=True,
        colalign=align if sheet.rows else None,
    )


def _escape_other(cell: str, format: str) -> str:
    """Escape a cell for one of tabulate's formats; the one place that does."""
    if format in _MARKUPS or format not in tabulate.multiline_formats:
        cell = cell.replace("\n", " / ")
    if format in _WIKIS:
        return re.sub(r"[^\w\s.,;:()/]", lambda found: _entities(found[0]), cell, flags=re.ASCII)
    if format == "orgtbl":
        return cell.replace("|", r"\vert{}")
    return re.sub(r"[\\*`|_]", r"\\\g<0>", cell) if format == "rst" else cell


_WIKIS = frozenset({"asciidoc", "jira", "mediawiki", "moinmoin", "textile", "youtrack"})
"""Formats of tabulate that read HTML entities."""

_MARKUPS = _WIKIS | {"orgtbl", "rst"}
"""Formats of tabulate that other programs read, so that a line break would end a row."""

_UNESCAPED = frozenset({"latex_longtable", "latex_raw", "unsafehtml"})
"""Formats of tabulate that would let a name break out of its cell."""

WRITERS: dict[str, Callable[[Sheet], str]] = {
    "markdown": as_markdown,
    "github": as_markdown,
    "pipe": as_markdown,
    "html": as_html,
    "latex": as_latex,
    "latex_booktabs": as_latex,
}
"""The formats that carry title, notes and remarks, beside text."""

FORMATS = ("text", "csv", *sorted({*WRITERS, *tabulate.tabulate_formats} - _UNESCAPED))
"""Every format that a table can be written in."""


# What the formats share


def _visible_sheet(sheet: Sheet) -> Sheet:
    """Spell out what could disturb a screen, wherever it stands."""
    return Sheet(
        visible(sheet.title),
        tuple(map(visible, sheet.headers)),
        tuple(tuple(map(visible, row)) for row in sheet.rows),
        sheet.numeric,
        tuple(Note(visible(note.text), note.url and visible(note.url)) for note in sheet.notes),
        tuple(map(visible, sheet.remarks)),
    )


def _paragraphs(*parts: str) -> str:
    """Put an empty line between the parts that there are."""
    return "\n\n".join(part for part in parts if part)


def _entities(text: str) -> str:
    """Write every character as a numbered entity of HTML."""
    return "".join(f"&#{ord(char)};" for char in text)


def _harmless(char: str) -> bool:
    """Tell whether a character can be shown as it is."""
    harmful = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    return not harmful or char in "\n" + _JOINERS


def _spelt(char: str) -> str:
    """Spell a character out as Python writes it."""
    return char.encode("unicode_escape").decode("ascii")

"""Readers of written tables, which return what HTML, Markdown or LaTeX shows in each cell."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from positions.tables.cells import Value, plain_value
from positions.tables.table import Table


def read_cells(table: Table) -> list[tuple[Value, ...]]:
    """List the cells of all rows, with texts and numerals as plain text."""
    return [tuple(map(plain_value, row)) for row in table.rows]


class PageReader(HTMLParser):
    """Parser of a table in HTML."""

    def __init__(self, page: str) -> None:
        """Parse a page."""
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self.links: list[dict[str, str | None]] = []
        self.ids: list[str] = []
        self.in_cell = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record the tag, and start a row or a cell."""
        self.tags.add(tag)
        self.ids += [value for name, value in attrs if name == "id" and value is not None]
        if tag == "a":
            self.links.append(dict(attrs))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.in_cell = True
        if tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in ("td", "th"):
            self.in_cell = False

    def handle_data(self, data: str) -> None:
        """Add text to the current cell."""
        if self.in_cell:
            self.rows[-1][-1] += data


def read_markdown(text: str) -> list[list[str]]:
    """Read the table in a Markdown text, with escapes and entities resolved as in CommonMark."""
    lines = [line for line in text.split("\n") if line.startswith("| ")]
    assert re.fullmatch(r"\|( ---:? \|)+", lines.pop(1))
    return [[read_markdown_cell(cell) for cell in line[1:-1].split("|")] for line in lines]


def read_markdown_cell(text: str) -> str:
    """Read one cell; fail if an unescaped character could start markup."""
    unescaped = re.sub(r"\\[!-/:-@\[-`{-~]|&#[0-9]+;|<br>", "", text)
    assert not re.search(r"[\\`*_~$\[<>&]|://|www\.", unescaped)
    text = text.strip(" ").replace("<br>", "\n")
    return re.sub(
        r"\\([!-/:-@\[-`{-~])|&#([0-9]+);",
        lambda found: found[1] or chr(int(found[2])),
        text,
    )


LATEX = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
    r"\textasciigrave{}": "`",
    r"\newline{}": "\n",
    r"\char34{}": '"',
    r"\allowbreak{}": "",
    **{f"\\{char}": char for char in "&%$#_{}"},
    **{f"{{{char}}}": char for char in "[]*"},
    "{}": "",
}
"""The text printed by each escape of LaTeX."""


def read_latex(text: str) -> list[list[str]]:
    """Read the rows of a LaTeX table."""
    head = text.split("\\toprule\n")[1].split("\n\\midrule")[0]
    body = text.split("\\endfoot\n")[1].split("\\end{longtable}")[0]
    lines = [line.removesuffix(r"\addlinespace") for line in [head, *body.splitlines()]]
    assert all(line.endswith(r" \\") for line in lines)
    return [[read_latex_cell(cell) for cell in line[:-3].split(" & ")] for line in lines]


def read_latex_cell(text: str) -> str:
    """Read one cell; fail if an unescaped character is a command."""
    escapes = "|".join(map(re.escape, LATEX))
    assert not re.search(r"[\\&%$#_{}~^<>|`\[\]*]", re.sub(escapes, "", text))
    return re.sub(escapes, lambda found: LATEX[found[0]], text)


def html_cells(page: str) -> list[str]:
    """List the texts of the cells of a table, without tags."""
    found = re.findall(r"<t[hd][ >].*?</t[hd]>", page)
    return [re.sub(r"<[^>]*>", "", cell) for cell in found]

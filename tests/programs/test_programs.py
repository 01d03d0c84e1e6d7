"""Exports open in LibreOffice and LaTeX.

Without these programs the tests are skipped, but fail in continuous integration.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

import positions as pos
from hostile_tables import HOSTILE
from positions import quality
from positions.screen import visible
from positions.tables.table import Note, Table, cell_text

pytestmark = pytest.mark.programs

CYRILLIC = Table(
    "Позиції сторін: «Україна», „Росія“",
    ("сторона", "дней"),
    (("Україна: ґ, є, ї [1]", 12), ("Россия: ы, э, ъ", None)),
    (Note("Ведомости: Переговоры", "https://example.org/a_b?c=%20&d#e"),),
    ("Émile Ørsted, Łódź, Çelebi, Müller, naïve – “quoted” — €5 … № 7 →",),
)


def run(folder: Path, *words: str) -> str:
    """Run a program in a folder, and return its output; skip or fail if it is missing or fails."""
    if shutil.which(words[0]) is None:
        message = f"{words[0]} is not installed; see `make system`"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    done = subprocess.run(words, cwd=folder, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stdout[-2000:].decode(errors="replace")
    return done.stdout.decode(errors="replace")


def convert(path: Path, to: str) -> Path:
    """Convert a file to another format with LibreOffice."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    run(path.parent, "soffice", profile, "--headless", "--convert-to", to, path.name)
    return path.with_suffix("." + to.partition(":")[0])


def squeezed(text: str) -> str:
    """Normalize what typesetting may change: spaces, ligatures, the form of apostrophes."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'")
    return re.sub(r"\s", "", plain)


def bundled() -> dict[str, Table]:
    """Return the tables that are printed most often."""
    ds = pos.load()
    snapshot, parties = ds.at("2025-06-02"), ["RUS", "UKR"]
    return {
        "overlap": pos.overlap(snapshot, parties).table(),
        "compare": pos.compare(snapshot, parties).table(),
        "five parties": pos.compare(snapshot, [*parties, "USA", "EUR", "CHN"]).table(),
        "deadlocks": pos.deadlocks(snapshot, parties).table(),
        "diff": pos.diff(ds.at("2022-03-29"), snapshot, topics=["nato", "territory"]).table(),
        "timeline": pos.timeline(ds, "UKR", "guarantees").table(),
        "quantities": pos.quantities(ds, "forces.cap").table(),
        "coverage": quality.coverage(ds).table(),
    }


PRINTED = {**bundled(), "Cyrillic": CYRILLIC}
"""Tables that every LaTeX engine can print."""


class TestLibreOffice:
    def test_workbook(self, tmp_path: Path) -> None:
        """LibreOffice reads the cells of a workbook as written, with formulas as text."""
        names = tuple(name for name in HOSTILE if name)
        rows = tuple((name, 0.25, dt.date(2025, 6, 2)) for name in names)
        table = Table("Names", ("name", "share", "day"), rows)
        table.to_excel(tmp_path / "table.xlsx")
        made = convert(tmp_path / "table.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1")
        with open(made, encoding="utf-8", newline="") as file:
            found = list(csv.reader(file))
        assert found[1:] == [[visible(name), "0.25", "2025-06-02"] for name in names]

    @pytest.mark.parametrize("name", ["overlap", "diff"])
    def test_bundled_workbook(self, tmp_path: Path, name: str) -> None:
        """LibreOffice reads every cell of the tables of the bundled data."""
        table = PRINTED[name]
        table.to_excel(tmp_path / "table.xlsx")
        made = convert(tmp_path / "table.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1")
        with open(made, encoding="utf-8", newline="") as file:
            found = list(csv.reader(file))
        assert found[1:] == [[cell_text(cell) for cell in row] for row in table.rows]

    @pytest.mark.parametrize("name", ["overlap", "Cyrillic"])
    def test_document(self, tmp_path: Path, name: str) -> None:
        """LibreOffice reads every cell, source and remark of a document, and prints its pages."""
        table = PRINTED[name]
        table.to_word(tmp_path / "table.docx")
        text = convert(tmp_path / "table.docx", "txt:Text (encoded):UTF8").read_text("utf-8-sig")
        cells = (cell_text(cell) for row in table.rows for cell in row)
        lines = set(text.splitlines())
        assert {cell for cell in cells if cell} - lines == set()
        assert all(f"{note.text} {note.url or ''}".strip() in text for note in table.notes)
        assert set(table.remarks) <= lines
        pages = run(tmp_path, "pdfinfo", convert(tmp_path / "table.docx", "pdf").name)
        count = int(re.findall(r"Pages: +([0-9]+)", pages)[0])
        assert count == 1 if name == "Cyrillic" else 4 < count < 13


def typeset(folder: Path, engine: str, table: Table) -> str:
    """Typeset a table with the packages named in its first lines, and return the log."""
    body = table.to("latex")
    head = "\n".join(re.findall(r"(?<=\\usepackage)[^)\n]*\}", body.split("\\begin", 1)[0]))
    packages = [line for line in head.split("\n") if "fontspec" not in line]
    fonts = r"\usepackage{fontspec}\setmainfont{Liberation Serif}" if engine == "xelatex" else ""
    chosen = [line for line in packages if engine == "pdflatex" or "fontenc" not in line]
    preamble = "\n".join(rf"\usepackage{line}" for line in chosen)
    text = f"\\documentclass{{article}}\n{preamble}\n{fonts}\n\\begin{{document}}\n{body}\n"
    (folder / "table.tex").write_text(text + "\\end{document}\n", encoding="utf-8")
    for _ in range(2):  # column widths and page numbers need a second run
        run(folder, engine, "-interaction=nonstopmode", "-halt-on-error", "table.tex")
    return (folder / "table.log").read_text(encoding="utf-8", errors="replace")


class TestLatex:
    @pytest.mark.parametrize("engine", ["pdflatex", "xelatex"])
    @pytest.mark.parametrize("name", PRINTED)
    def test_printed(self, tmp_path: Path, engine: str, name: str) -> None:
        """A table is typeset with the packages that it names; nothing overflows or is missing."""
        log = typeset(tmp_path, engine, PRINTED[name])
        assert re.findall(r"^(?:Overfull|Missing character|LaTeX Warning|!).*", log, re.M) == []

    @pytest.mark.parametrize("engine", ["pdflatex", "xelatex"])
    def test_hostile(self, tmp_path: Path, engine: str) -> None:
        """Every name is printed unchanged in cells, sources and remarks, and nothing is executed.

        Chinese is left out: it needs a font of its own.
        """
        names = tuple(visible(name) for name in HOSTILE if name and "中" not in name)
        notes = tuple(Note(name, name) for name in names)
        table = Table("\\input{x}", ("name",), tuple((name,) for name in names), notes, names)
        log = typeset(tmp_path, engine, table)
        assert re.findall(r"^(?:Overfull|Missing character|!).*", log, re.M) == []
        printed = squeezed(run(tmp_path, "pdftotext", "-raw", "table.pdf", "-"))
        assert r"\input{x}" in printed
        for name in names:
            assert printed.count(squeezed(name)) >= 4

    @pytest.mark.parametrize("last", [0x17F, 0x2200], ids=["Latin", "all"])
    def test_letters(self, tmp_path: Path, last: int) -> None:
        """Every letter that a table declares printable is printed, with or without Cyrillic."""
        letters = (chr(code) for code in range(0x20, last) if chr(code).isprintable())
        tables = {letter: Table("", ("letter",), ((letter,),)).to("latex") for letter in letters}
        claimed = [letter for letter, text in tables.items() if "and xelatex" not in text]
        assert set("éłß—…Жґ" if last > 0x400 else "éłß") <= set(claimed)
        table = Table("", ("letter",), tuple((letter,) for letter in claimed))
        log = typeset(tmp_path, "pdflatex", table)
        assert re.findall(r"^(?:Missing character|!).*", log, re.M) == []

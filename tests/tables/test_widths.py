"""Printed text stays within its width and is aligned in all scripts."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from itertools import chain, pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
import tabulate

import positions as pos
from makers import clause, dataset, only_if, party, plan, said, settled, source, topic
from places import HARBOUR
from positions import bargaining, quality
from positions.cli import main as cli
from positions.cli.show import show
from positions.files.json_files import to_json
from positions.tables.cells import Text
from positions.tables.formats import format_names
from positions.tables.table import Shown, Table
from positions.tables.widths import text_width, wrap

CHINESE = "乌克兰外交部" * 9
ARABIC = "وزارة الخارجية والمغتربين في الجمهورية العربية السورية، " * 2 + "دمشق"
EMOJI = "👩‍🚀❤️🇨🇳👍🏽1️⃣" * 8
LONG = "Donaudampfschifffahrtsgesellschaft" * 4
NAMES = {"A": CHINESE, "B": ARABIC, "C": EMOJI}
ADDRESS = re.compile(r"^ *<https?://\S+>$")
ON = "2000-06-01"


def foreign() -> pos.Dataset:
    """Make a data set whose names, options and summaries are wide, combining, or very long."""
    names = dict(zip(("yes", "no", "both"), (CHINESE, EMOJI, LONG), strict=True))
    options = tuple(pos.Option(id=id, name=name, definition=name) for id, name in names.items())
    terms = only_if(settled("sea", "yes"), options=("both",))
    return dataset(
        said("A", {"yes": "demand"}, summary=CHINESE),
        said("B", {"yes": "reject", "no": "demand"}, "2000-02-01", summary=ARABIC),
        said("C", {"both": "conditional"}, summary=EMOJI, speaker=CHINESE, conditions=(terms,)),
        said("A", {"both": "accept", "no": "reject"}, "2000-03-01", topic="sea", summary=LONG),
        said("B", {"both": "demand"}, "2000-03-01", topic="sea", summary=LONG),
        said("A", {"100": "demand"}, topic="army.size"),
        said("B", {"..85": "demand"}, topic="army.size"),
        parties=[party(id, name=name) for id, name in NAMES.items()],
        topics=[
            topic("land", name=ARABIC, options=options, question=CHINESE),
            topic("sea", name=LONG, options=options, question=EMOJI),
            topic("army.size", kind="quantity", unit="士兵", name=CHINESE),
        ],
        sources=[source(title=CHINESE, publisher=ARABIC, url=f"https://example.org/{'x' * 90}")],
        proposals=[
            plan("p1", clause("land", "yes"), clause("army.size", "..90"), name=CHINESE),
            plan("p2", clause("land", "no"), name=LONG, date="2000-05-01"),
        ],
        title=CHINESE,
    )


Answers = Callable[[pos.Dataset, pos.Snapshot], Iterable[Shown | Table]]

KINDS = ("parties", "topics", "sources", "statements", "proposals", "events")

RESULTS: dict[str, Answers] = {
    "overviews": lambda ds, snapshot: [ds, quality.data_info(ds), snapshot],
    "listings": lambda ds, _: [getattr(ds, kind) for kind in KINDS],
    "records": lambda ds, snapshot: [show(snapshot, name) for name in ("A", "land", "press", "p1")],
    "stances": lambda _, snapshot: [snapshot["A"], snapshot["A", "land"], snapshot["C", "sea"]],
    "compare": lambda _, snapshot: [pos.compare(snapshot, ["A", "B", "C"])],
    "overlap": lambda _, snapshot: [pos.overlap(snapshot, ["A", "B"])],
    "deadlocks": lambda _, snapshot: [pos.deadlocks(snapshot, ["A", "B"])],
    "diff of days": lambda ds, snapshot: [pos.diff(ds.at("2000-01-15"), snapshot)],
    "diff of parties": lambda _, snapshot: [pos.diff(snapshot["A"], snapshot["B"])],
    "diff of plans": lambda ds, _: [pos.diff(*ds.proposals)],
    "history": lambda ds, _: [pos.history(ds, ["A", "B"])],
    "timeline": lambda ds, _: [pos.timeline(ds, "A")],
    "settle": lambda _, snapshot: [pos.settle(snapshot, ["A", "B"], "sea")],
    "conflict": lambda _, snapshot: [pos.settle(snapshot, ["A", "B"], "land")],
    "conflicts": lambda _, snapshot: [pos.conflicts(snapshot, ["A", "B"])],
    "concessions": lambda _, snapshot: [pos.concessions(snapshot, ["A", "B"])],
    "trades": lambda _, snapshot: [(found := pos.trades(snapshot, "A", "B")), found.offers],
    "bargains": lambda _, snapshot: [
        bargaining.nash(bargaining.domain_from(snapshot, ["A", "B"], topics="sea"))
    ],
    "evaluate": lambda _, snapshot: [pos.evaluate("p1", snapshot)],
    "verdicts": lambda ds, _: [pos.verdicts(ds)],
    "lineage": lambda ds, _: [pos.lineage(ds, "p1")],
    "nearest": lambda ds, _: [pos.nearest(ds, "A")],
    "agreement": lambda _, snapshot: [(found := pos.agreement(snapshot)), found.matrix()],
    "convergence": lambda ds, _: [pos.convergence(ds, ["A", "B"])],
    "quantities": lambda ds, _: [pos.quantities(ds, "army.size")],
    "coverage": lambda ds, _: [quality.coverage(ds)],
    "audit": lambda ds, _: [quality.audit(ds)],
}
"""Every kind of result, for a data set and one of its snapshots."""


@pytest.mark.parametrize("question", RESULTS)
def test_results(question: str) -> None:
    """Every result prints within 80 columns, and its table within the given width."""
    ds = foreign()
    for result in RESULTS[question](ds, ds.at(ON)):
        table = result if isinstance(result, Table) else result.table()
        for text, width in ((str(result), 80), (table.to("text", width=60), 60)):
            wide = [line for line in text.splitlines() if text_width(line) > width]
            assert [line for line in wide if not ADDRESS.match(line)] == []


@pytest.mark.parametrize("question", RESULTS)
def test_marks(question: str) -> None:
    """Everything that looks like a mark in a cell or remark is a mark that refers to a note."""
    ds = foreign()
    for result in RESULTS[question](ds, ds.at(ON)):
        table = result if isinstance(result, Table) else result.table()
        for cell in (*chain(*table.rows), *table.remarks):
            marks = cell.marks if isinstance(cell, Text) else ()
            assert re.findall(r"\[[0-9]+\]", str(cell)) == list(map(str, marks))
            assert all(1 <= mark.number <= len(table.notes) for mark in marks)


def test_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The output of `positions why` stays within 80 columns and is complete."""
    file = tmp_path / "data.json"
    file.write_text(to_json(foreign()), encoding="utf-8")
    assert cli.main(["why", "B", "land", "--on", ON, "--data", str(file)]) == 0
    printed = capsys.readouterr().out
    assert max(map(text_width, printed.splitlines())) <= 80
    reasons = foreign().at(ON)["B", "land"].why()
    assert "".join(printed.split()) == "".join(reasons.split())


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Kyiv", 4),
        ("Київ", 4),
        ("中文", 4),
        ("ｶﾅ", 2),
        ("한글", 4),
        ("\u1112\u1161\u11ab", 2),
        ("e\u0301", 1),
        ("か\u3099", 2),
        ("سلام", 4),
        ("مُحَمَّد", 4),
        ("🚀", 2),
        ("❤", 1),
        ("❤️", 2),
        ("1️⃣", 2),
        ("🇨🇳🇺🇦", 4),
        ("👍🏽", 2),
        ("☝🏽", 2),
        ("👩‍🚀", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("🏳️‍🌈", 2),
        ("❤️‍🔥", 2),
        ("می\u200cخواهم", 7),
        ("क\u094d\u200dष", 2),
    ],
)
def test_text_width(text: str, columns: int) -> None:
    """The width of a text is the number of columns it takes in a terminal."""
    assert text_width(text) == columns


def test_glyphs_stay_whole() -> None:
    """An emoji of several characters is never broken across lines."""
    assert wrap("👩‍🚀❤️🇨🇳👍🏽1️⃣", 3) == ["👩‍🚀", "❤️", "🇨🇳", "👍🏽", "1️⃣"]


WORDS = (("中文字", 6), ("e\u0301te\u0301", 3), ("سلام", 4), ("👩‍🚀🇨🇳", 4), ("x" * 30, 30), ("", 0))
"""Names, with the number of columns each takes."""

UNPADDED = {"csv", "tsv", "html", "latex", "latex_booktabs", "markdown", "text"}
"""Formats without alignment, and the one that chooses widths by its own rules."""

ENTITIES = {"asciidoc", "jira", "mediawiki", "moinmoin", "textile", "youtrack"}
"""Formats in which non-ASCII characters are written as numeric entities."""

PADDED = sorted({*format_names()} - UNPADDED - ENTITIES)


def table_of(*names: str) -> Table:
    """Make a table with the names in headers and rows, some of them on two lines."""
    rows = [(name, 1.5, f"{name}\n{other}") for name, other in pairwise(names)]
    return Table("", ("name", "n", f"{names[0]} {names[1]}"), tuple(rows))


@pytest.mark.parametrize("format", PADDED)
def test_aligned_columns(format: str) -> None:
    """Every format aligns wide names like Latin names of the same width."""
    wide = table_of(*(name for name, _ in WORDS)).to(format)
    latin = table_of(*("x" * columns for _, columns in WORDS)).to(format)
    assert [text_width(line) for line in wide.splitlines()] == list(map(len, latin.splitlines()))
    assert all(name in wide for name, _ in WORDS)


@pytest.mark.parametrize("format", PADDED)
def test_library_of_widths(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table is the same whether or not tabulate finds its library for widths."""
    table = table_of(*(name for name, _ in WORDS))
    measures = SimpleNamespace(wcswidth=text_width, wcwidth=text_width)
    monkeypatch.setattr(tabulate, "wcwidth", None)
    without = table.to(format)
    monkeypatch.setattr(tabulate, "wcwidth", measures)
    monkeypatch.setattr(tabulate, "WIDE_CHARS_MODE", True)
    assert table.to(format) == without


@pytest.mark.parametrize("format", ["grid", "fancy_grid", "psql", "pretty"])
def test_odd_cells(format: str) -> None:
    """Empty lines, spaces and lone combining marks stay in their rows and keep columns aligned."""
    rows = (("\n\nb", "c\n\n"), ("\u0301", "中\u0301\n文"), (" ", "\ue000"), ("", "z"))
    lines = Table("", ("a", "h\n中文"), rows).to(format).splitlines()
    assert len({text_width(line) for line in lines}) == 1
    places = {letter: at for at, line in enumerate(lines) for letter in re.findall(r"\w", line)}
    assert places["b"] == places["c"] + 2
    assert places["文"] < places["z"]
    assert sum(line.count("\ue000") for line in lines) == 1


@pytest.mark.parametrize("format", ["github", "pipe"])
def test_pipes_of_markdown(format: str) -> None:
    """The pipes of Markdown for a terminal are aligned, and none comes from a name."""
    table = Table("", ("n", "中文"), ((1, "a|b"), (100000, "two\nlines"), (2, CHINESE)))
    lines = table.to(format).splitlines()
    assert len({text_width(line) for line in lines}) == 1
    assert {line.count("|") for line in lines} == {3}
    assert lines[1].startswith("| -----: | ---")


def test_unwrapped_columns_in_html() -> None:
    """HTML does not wrap columns up to 16 terminal columns wide, in any script."""
    for name, unwrapped in (("中" * 8, True), ("中" * 9, False), ("x" * 16, True)):
        assert ("nowrap" in Table("", ("a",), ((name,),)).to("html")) == unwrapped


def test_tabulate_is_not_imported() -> None:
    """The formats that are not tabulate's are written without importing it."""
    asked = (
        "import sys, positions as pos;"
        f"ds = pos.read_json({str(HARBOUR)!r});"
        "table = pos.compare(ds.at('2031-04-12'), ['DOCKERS', 'HARBOUR']).table();"
        "[print(bool(table.to(f)), 'tabulate' in sys.modules)"
        " for f in ('text', 'markdown', 'html', 'latex', 'csv')]"
    )
    run = [sys.executable, "-c", asked]
    printed = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert printed == "True False\n" * 5


def test_only_wrapper() -> None:
    """Only `positions.tables.widths` wraps lines, by display width.

    The one exception is the help of the command line, which is English only and is printed
    before any library is imported.
    """
    package = Path(pos.__file__).parent
    breaking = re.compile(r"textwrap\.(wrap|fill|TextWrapper)|from textwrap|\.[lr]just\(")
    assert [p.name for p in package.rglob("*.py") if breaking.search(p.read_text("utf-8"))] == [
        "guide.py"
    ]

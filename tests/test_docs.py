"""The examples of README.md and docs/ run, and print what the page shows.

In a ```python block the lines after `>>>` are run; all blocks of a page share one namespace, as
in a session. In a ```console block that starts with `$ positions` every command is run. `...` in
the output stands for any text. Every page runs in a folder that contains only `data`. A ```json
block is a whole data file. The reference describes every public name.
"""

import argparse
import doctest
import inspect
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import attrs
import pytest

import positions
from faces import EXPLAINED, FACES
from places import DOCS, README, ROOT
from positions import results, testing
from positions.cli.arguments import parser
from positions.snapshots.dataset import Dataset
from positions.tables.formats import WRITERS
from positions.tables.table import Framed

PAGES = [README, *sorted(DOCS.rglob("*.md"))]
REFERENCE = (DOCS / "reference.md").read_text(encoding="utf-8")
ROWS = {"Blocker", "Cell", "Change", "Comparison", "Difference", "Fault", "Overlap"}
"""Classes whose attributes are all public."""

BLOCK = re.compile(r"^```(python|console|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path, kind: str) -> Iterator[tuple[int, str]]:
    """Yield each block of a kind on a page, with the number of the line before it."""
    text = page.read_text(encoding="utf-8")
    for match in BLOCK.finditer(text):
        if match[1] == kind:
            yield text.count("\n", 0, match.start(2)), match[2]


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with the output that the page shows."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.replace("\\\n", " ").partition("\n")
        yield command, output.rstrip("\n")


def output_of(command: str) -> str:
    """Return the output and messages of a command, for a width of 100 columns."""
    program, *arguments = shlex.split(command)
    assert program == "positions", f"only `positions` can be run here, not {command!r}"
    done = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return done.stdout.rstrip("\n")


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_examples(page: Path) -> None:
    """Every `>>>` example of a page prints what the page shows."""
    names: dict[str, object] = {}
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    report: list[str] = []
    for line, block in blocks(page, "python"):
        example = doctest.DocTestParser().get_doctest(block, names, page.name, str(page), line)
        runner.run(example, out=report.append, clear_globs=False)
        names = example.globs
    assert not report, "".join(report)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_console_examples(page: Path) -> None:
    """Every `$ positions` command of a page prints what the page shows."""
    for line, block in blocks(page, "console"):
        if not block.startswith("$ positions "):
            continue
        for command, shown in commands(block):
            printed = output_of(command)
            same = doctest.OutputChecker().check_output(shown, printed, doctest.ELLIPSIS)
            assert same, f"{page.name}:{line}: $ {command}\n{printed}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_example_files(page: Path) -> None:
    """Every data file that a page shows is valid."""
    for line, block in blocks(page, "json"):
        assert positions.parse_json(block, origin=f"{page.name}:{line}").statements


ROW_TABLE = re.compile(r"of\s+class\s+`(\w+)`[^|#]*?\n\n\| attribute.*\n\|[- |]+\n((?:\|.*\n)+)")
"""A table of the reference that describes the attributes of a class of rows."""


def row_classes() -> Iterator[tuple[type, type]]:
    """Yield each class of rows that has a table in the reference, with its class of results."""
    for name in results.__all__:
        result = getattr(results, name)
        for base in getattr(result, "__orig_bases__", ()):
            row = get_args(base)[0] if get_args(base) else None
            if isinstance(row, type) and f"of class `{row.__name__}`" in REFERENCE:
                yield row, result


@pytest.mark.parametrize(("row", "result"), [*row_classes()])
def test_row_tables_are_complete(row: type[attrs.AttrsInstance], result: type[Framed]) -> None:
    """The table of a class of rows describes every field that is a column of the result."""
    tables = {match[1]: match[2] for match in ROW_TABLE.finditer(REFERENCE)}
    firsts = [line.split("|")[1] for line in tables[row.__name__].splitlines()]
    named = {name for first in firsts for name in re.findall(r"`(\w+)`", first)}
    assert {field.name for field in attrs.fields(row)} & set(result.columns) <= named


def arguments_of(command: argparse.ArgumentParser) -> Iterator[str]:
    """Yield every verb of the command line, and every option of each."""
    for action in command._actions:
        yield from (name for name in action.option_strings if name.startswith("--"))
        if isinstance(action, argparse._SubParsersAction):
            for verb, below in action.choices.items():
                yield verb
                yield from arguments_of(below)


def documented() -> Iterator[str]:
    """Yield every name that the reference must mention."""
    yield from (name for _, name in EXPLAINED)
    yield from (*testing.__all__, *WRITERS, "text", "csv")
    yield from (name for name in inspect.signature(Dataset.at).parameters if name != "self")
    yield from arguments_of(parser())
    for face, name in EXPLAINED:
        value = getattr(FACES[face], name)
        yield from getattr(value, "columns", ())
        if name in ROWS:
            yield from (field.name for field in attrs.fields(value))
    yield from (str(attitude) for attitude in positions.Attitude)


@pytest.mark.parametrize("name", sorted(set(documented())))
def test_reference_is_complete(name: str) -> None:
    """The reference mentions every public name, argument, column, format, verb and option."""
    assert re.search(rf"`[^`\n]*(?<![\w-]){re.escape(name)}(?![\w-])[^`\n]*`", REFERENCE)

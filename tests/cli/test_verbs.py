"""Verbs as values: each is offered, and agrees with the library and the reference."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from typing import get_args, get_type_hints

import pytest

from places import CODE, DOCS
from positions.cli.arguments import THEMES, VERBS
from positions.cli.verb import ATTRIBUTIONS, READING, Argument, Theme
from positions.records.dates import EVERY
from positions.records.models import KINDS
from positions.snapshots.ledger import ATTRIBUTIONS as KINDS
from positions.snapshots.ledger import CONFIDENCES
from positions.snapshots.reading import OWN_ATTRIBUTIONS, Reading

MODULES = sorted((CODE / "cli").glob("verbs_*.py"))
REFERENCE = (DOCS / "reference.md").read_text(encoding="utf-8")
SECTION = REFERENCE.partition("\n## Command line\n")[2].partition("\n## ")[0]


def test_every_theme_is_offered() -> None:
    """Every theme defined in a module of verbs is a theme of the program."""
    modules = [importlib.import_module(f"positions.cli.{path.stem}") for path in MODULES]
    found = [v for module in modules for v in vars(module).values() if isinstance(v, Theme)]
    assert sorted(theme.question for theme in found) == sorted(theme.question for theme in THEMES)


@pytest.mark.parametrize("words", ["['--version']", "['--help']", "['compare', '--help']", "[]"])
def test_help_and_version_need_no_library(words: str) -> None:
    """Help and version are printed without importing a library."""
    script = f"""
import sys
from positions.__main__ import main
sys.argv = ["positions", *{words}]
try:
    main()
except SystemExit:
    pass
found = {{"attr", "numpy", "pydantic", "tabulate", "positions.errors"}} & set(sys.modules)
print(sorted(found), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert done.stdout
    assert done.stderr == "[]\n"


def choices(name: str, arguments: tuple[Argument, ...]) -> tuple[str, ...]:
    """Return the choices of an option."""
    (found,) = (each.settings["choices"] for each in arguments if name in each.names)
    return tuple(found)


def test_choices_are_those_of_the_library() -> None:
    """The choices of an option are those of the argument of the function."""
    hints = get_type_hints(Reading)
    assert choices("--attributions", READING) == ATTRIBUTIONS == KINDS
    assert (*OWN_ATTRIBUTIONS, "claimed") == ATTRIBUTIONS
    assert choices("--confidence", READING) == CONFIDENCES[1:]
    assert choices("--dates", READING) == get_args(hints["dates"])
    assert choices("--undated", READING) == get_args(hints["undated"])
    assert choices("--every", VERBS["convergence"].arguments) == EVERY


def test_help_of_show_lists_the_kinds_of_records() -> None:
    """The help of `show` names every kind of record that it can list."""
    (argument,) = (each for each in VERBS["show"].arguments if each.names == ("name",))
    assert argument.settings["help"].endswith(f": {', '.join(KINDS)}")


def test_the_reference_lists_every_verb() -> None:
    """The table in the reference has at least one row for each verb, and no others."""
    table = SECTION.partition("| verb |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)", table, re.MULTILINE)) == set(VERBS)


def takers(option: str) -> set[str]:
    """Return the verbs that take an option."""
    return {v.name for v in VERBS.values() if any(option in each.names for each in v.arguments)}


@pytest.mark.parametrize(
    "option", ["--fixed", "--since", "--until", "--plans", "--every", "--decay", "--plot"]
)
def test_the_reference_lists_the_verbs_that_take_an_option(option: str) -> None:
    """The reference lists all verbs that take an option which few verbs take."""
    (row,) = re.findall(rf"^\| [^|]*`{option}.*$", SECTION.replace("\\|", "/"), re.MULTILINE)
    named = re.findall(r"Of ((?:`\w+`(?:, | and )?)+)", row)
    assert {name for part in named for name in re.findall(r"`(\w+)`", part)} == takers(option)

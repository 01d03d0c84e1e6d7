"""Verbs as values: what is made of each, and that nothing of it is forgotten."""

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
from positions.snapshots.ledger import ATTRIBUTIONS as KINDS
from positions.snapshots.ledger import CONFIDENCES
from positions.snapshots.reading import OWN_ATTRIBUTIONS, Reading

MODULES = sorted((CODE / "cli").glob("verbs_*.py"))
REFERENCE = (DOCS / "reference.md").read_text(encoding="utf-8")
SECTION = REFERENCE.partition("\n## Command line\n")[2].partition("\n## ")[0]


def test_every_theme_is_offered() -> None:
    """Each theme of each module of verbs is among those of the program."""
    modules = [importlib.import_module(f"positions.cli.{path.stem}") for path in MODULES]
    found = [v for module in modules for v in vars(module).values() if isinstance(v, Theme)]
    assert sorted(theme.question for theme in found) == sorted(theme.question for theme in THEMES)


@pytest.mark.parametrize("words", ["['--version']", "['--help']", "['compare', '--help']", "[]"])
def test_help_and_version_need_no_library(words: str) -> None:
    """Help and version are there before any library is imported."""
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
    """What an option can be."""
    (found,) = (each.settings["choices"] for each in arguments if name in each.names)
    return tuple(found)


def test_choices_are_those_of_the_library() -> None:
    """What an option of a verb can be is what the argument of the function can be."""
    hints = get_type_hints(Reading)
    assert choices("--attributions", READING) == ATTRIBUTIONS == KINDS
    assert (*OWN_ATTRIBUTIONS, "claimed") == ATTRIBUTIONS
    assert choices("--confidence", READING) == CONFIDENCES[1:]
    assert choices("--dates", READING) == get_args(hints["dates"])
    assert choices("--undated", READING) == get_args(hints["undated"])
    assert choices("--every", VERBS["convergence"].arguments) == EVERY


def test_the_reference_lists_every_verb() -> None:
    """The table of the reference has a row or more for each verb, and for nothing else."""
    table = SECTION.partition("| verb |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)", table, re.MULTILINE)) == set(VERBS)


def takers(option: str) -> set[str]:
    """The verbs that take an option."""
    return {v.name for v in VERBS.values() if any(option in each.names for each in v.arguments)}


@pytest.mark.parametrize(
    "option", ["--fixed", "--since", "--until", "--plans", "--every", "--decay", "--plot"]
)
def test_the_reference_says_which_verbs_take_an_option(option: str) -> None:
    """The row of an option that few verbs take names them all, each before a full stop or colon."""
    (row,) = re.findall(rf"^\| [^|]*`{option}.*$", SECTION.replace("\\|", "/"), re.MULTILINE)
    named = re.findall(r"Of ((?:`\w+`(?:, | and )?)+)", row)
    assert {name for part in named for name in re.findall(r"`(\w+)`", part)} == takers(option)

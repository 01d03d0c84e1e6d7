"""The guide at the command line: every verb in its place, and examples that run."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import positions as pos
from places import README, ROOT
from positions import bargaining, quality
from positions.cli import main as cli
from positions.cli.arguments import THEMES, VERBS
from positions.cli.guide import WIDTH, Example, examples, examples_of
from processes import process


def help_of(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Give what a command prints that asks for help."""
    with contextlib.suppress(SystemExit):
        cli.main(words)
    return capsys.readouterr().out


class TestFirstPage:
    """What somebody sees who types `positions` and no more."""

    @pytest.mark.slow
    def test_the_same_whoever_asks(self, capsys: pytest.CaptureFixture[str]) -> None:
        """No words at all, --help and `python -m positions` give the same page."""
        page = help_of([], capsys)
        assert help_of(["--help"], capsys) == page
        done = process(COLUMNS="80")
        assert (done.returncode, done.stdout, done.stderr) == (0, page, "")

    def test_every_verb_once(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Each verb stands under exactly one question, with what it does."""
        lines = help_of([], capsys).splitlines()
        heads = [lines.index(theme.question) for theme in THEMES]
        assert heads == sorted(heads)
        for theme, head in zip(THEMES, heads, strict=True):
            section = lines[head : lines.index("", head)]
            names = [line.split()[0] for line in section[1:] if not line.startswith("   ")]
            assert names == [verb.name for verb in theme.verbs]
        assert sum(len(theme.verbs) for theme in THEMES) == len(VERBS)

    def test_examples(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Six to eight examples come first, each after its question."""
        shown = [example for example in examples() if example.on_first_page]
        assert 6 <= len(shown) <= 8
        page = help_of([], capsys)
        for example in shown:
            assert f"  # {example.question}\n  {example.command}\n" in page
        assert page.index(shown[-1].command) < page.index(THEMES[0].question)

    def test_narrow_enough(self, capsys: pytest.CaptureFixture[str]) -> None:
        """But for commands, no line is wider than a terminal of 80 columns."""
        for line in help_of([], capsys).splitlines():
            assert len(line) <= WIDTH or line.startswith("  positions ")

    def test_in_the_readme(self) -> None:
        """The README shows the same examples."""
        shown = README.read_text(encoding="utf-8")
        for example in examples():
            if example.on_first_page:
                assert f"  # {example.question}\n  {example.command}\n" in shown

    @pytest.mark.slow
    def test_any_encoding(self) -> None:
        """A terminal that lacks letters gets the page all the same."""
        done = process(PYTHONIOENCODING="ascii")
        assert (done.returncode, done.stderr) == (0, "")
        assert "usage: positions VERB \\u2026" in done.stdout


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_help_ends_with_examples(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help of each verb ends with one example or more of that verb."""
    shown = examples_of(verb)
    assert f"positions {verb}" in shown
    assert help_of([verb, "--help"], capsys).endswith(f"\n\n{shown}\n")


@pytest.mark.slow
@pytest.mark.parametrize("example", examples(), ids=lambda example: example.command[10:50])
def test_example_runs(
    example: Example,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Every example gives an answer with something in it, and no complaint."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    program, *words = shlex.split(example.command)
    assert program == "positions"
    assert cli.main(words) == 0
    out, err = capsys.readouterr()
    written = [path for path in tmp_path.iterdir() if path.name != "data"]
    assert err == ""
    assert bool(out) != bool(written)
    assert "no rows" not in out
    assert example.question.endswith((".", "?", ")"))


def test_examples_are_installed_with_the_data() -> None:
    """The file of examples lies beside the data that it asks, and belongs to the wheel."""
    assert (ROOT / "data" / "examples.txt").is_file()
    assert '"data/examples.txt"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_unknown_verb(capsys: pytest.CaptureFixture[str]) -> None:
    """A word that is no verb is offered the nearest that is: status 2."""
    assert cli.main(["compair", "A", "B"]) == 2
    assert capsys.readouterr().err == "positions: no verb 'compair'; did you mean 'compare'?\n"


@pytest.mark.slow
def test_broken_pipe() -> None:
    """Who reads only the first line of the page gets it, and no traceback."""
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m positions | head -1"],
        env=dict(os.environ),
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: positions")


CALLS = re.findall(r"^\| [^|]+ \| `(.+)` \|$", README.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("call", CALLS)
def test_call_of_the_readme_runs(call: str) -> None:
    """Every call beside a question in the README gives an answer."""
    ds = pos.load()
    names = {
        "pos": pos,
        "bargaining": bargaining,
        "quality": quality,
        "ds": ds,
        "snapshot": ds.at("2025-06-02"),
    }
    assert str(eval(call, names)).strip()


def test_calls_are_found() -> None:
    """The table of questions and calls is there, with more than twenty of them."""
    assert len(CALLS) > 20

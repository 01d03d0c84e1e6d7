"""Help texts: the first page lists every verb, and all examples run."""

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
    """Return what a command that asks for help prints."""
    with contextlib.suppress(SystemExit):
        cli.main(words)
    return capsys.readouterr().out


class TestFirstPage:
    """The page printed by `positions` without arguments."""

    @pytest.mark.slow
    def test_the_same_page_by_every_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        """`positions`, `positions --help` and `python -m positions` print the same page."""
        page = help_of([], capsys)
        assert help_of(["--help"], capsys) == page
        done = process(COLUMNS="80")
        assert (done.returncode, done.stdout, done.stderr) == (0, page, "")

    def test_every_verb_once(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Each verb is listed under exactly one question, with its description."""
        lines = help_of([], capsys).splitlines()
        heads = [lines.index(theme.question) for theme in THEMES]
        assert heads == sorted(heads)
        for theme, head in zip(THEMES, heads, strict=True):
            section = lines[head : lines.index("", head)]
            names = [line.split()[0] for line in section[1:] if not line.startswith("   ")]
            assert names == [verb.name for verb in theme.verbs]
        assert sum(len(theme.verbs) for theme in THEMES) == len(VERBS)

    def test_examples(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The page begins with six to eight examples, each after its question."""
        shown = [example for example in examples() if example.on_first_page]
        assert 6 <= len(shown) <= 8
        page = help_of([], capsys)
        for example in shown:
            assert f"  # {example.question}\n  {example.command}\n" in page
        assert page.index(shown[-1].command) < page.index(THEMES[0].question)

    def test_narrow_enough(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Except for commands, all lines fit a terminal of 80 columns."""
        for line in help_of([], capsys).splitlines():
            assert len(line) <= WIDTH or line.startswith("  positions ")

    def test_in_the_readme(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The README shows the beginning of the page, up to the end of the examples."""
        beginning = help_of([], capsys).partition(THEMES[0].question)[0]
        assert beginning in README.read_text(encoding="utf-8")

    @pytest.mark.slow
    def test_any_encoding(self) -> None:
        """The page is printed even if the encoding of the terminal lacks some letters."""
        done = process(PYTHONIOENCODING="ascii")
        assert (done.returncode, done.stderr) == (0, "")
        assert "usage: positions VERB \\u2026" in done.stdout


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_help_ends_with_examples(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help of each verb ends with at least one example of that verb."""
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
    """Every example prints or writes an answer with rows, and no message."""
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
    """The file of examples is in the folder of the data, and in the wheel."""
    assert (ROOT / "data" / "examples.txt").is_file()
    assert '"data/examples.txt"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_unknown_verb(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown verb ends with status 2 and a suggestion of the nearest verb."""
    assert cli.main(["compair", "A", "B"]) == 2
    assert capsys.readouterr().err == "positions: no verb 'compair'; did you mean 'compare'?\n"


@pytest.mark.slow
def test_broken_pipe() -> None:
    """A reader of only the first line gets that line, and no traceback is printed."""
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
    """Every call in the README's table of questions returns an answer."""
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
    """The README's table of questions has more than twenty calls."""
    assert len(CALLS) > 20

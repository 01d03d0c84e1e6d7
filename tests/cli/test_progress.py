"""The sign of life: on a terminal only, after two seconds, and wiped before the answer."""

from __future__ import annotations

import io
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time

import pytest

from positions.cli import progress
from positions.cli.progress import answered, working

SIGN = re.compile(r"\r… still working, \d+ s")


class Terminal(io.StringIO):
    """What takes itself for a terminal, and keeps what is written to it."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True

    def screen(self) -> str:
        """Give the one line as a reader sees it in the end: what was written over is gone."""
        shown = ""
        for part in self.getvalue().split("\r"):
            shown = part + shown[len(part) :]
        return shown.rstrip()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sign come after a hundredth of a second."""
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    monkeypatch.setattr(progress, "PAUSE", 0.01)


def wait_for(terminal: Terminal, signs: int) -> None:
    """Work until a terminal has shown some signs, for ten seconds at most."""
    end = time.monotonic() + 10
    while len(SIGN.findall(terminal.getvalue())) < signs and time.monotonic() < end:
        time.sleep(0.005)


def fail(terminal: Terminal, error: type[BaseException]) -> None:
    """Work until a terminal has shown a sign, and fail then."""
    wait_for(terminal, 1)
    raise error


@pytest.mark.usefixtures("hasty")
class TestSign:
    """What is shown while something takes long."""

    def test_shown_and_wiped(self) -> None:
        """Long work shows a sign over and over on one line, which is blank in the end."""
        terminal = Terminal()
        with working(terminal):
            wait_for(terminal, 3)
            assert "still working" in terminal.screen()
        assert len(SIGN.findall(terminal.getvalue())) >= 3
        assert "\n" not in terminal.getvalue()
        assert terminal.screen() == ""

    def test_wiped_before_the_answer(self) -> None:
        """Once the answer is announced the line is blank, and stays so."""
        terminal = Terminal()
        with working(terminal):
            wait_for(terminal, 1)
            answered()
            assert terminal.screen() == ""
            written = terminal.getvalue()
            time.sleep(0.1)
            assert terminal.getvalue() == written

    @pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
    def test_wiped_after_an_end(self, error: type[BaseException]) -> None:
        """However the work ends, by Ctrl-C or an error, the line is wiped."""
        terminal = Terminal()
        with pytest.raises(error), working(terminal):
            fail(terminal, error)
        assert SIGN.search(terminal.getvalue())
        assert terminal.screen() == ""

    def test_no_terminal(self) -> None:
        """What is no terminal is left alone."""
        stream = io.StringIO()
        with working(stream):
            time.sleep(0.1)
        assert stream.getvalue() == ""


def test_short_work() -> None:
    """Work of less than two seconds shows nothing."""
    terminal = Terminal()
    with working(terminal):
        time.sleep(0.05)
    assert terminal.getvalue() == ""


SCRIPT = """
import signal, sys, time
from positions.cli import arguments, main as cli, progress
signal.signal(signal.SIGINT, signal.default_int_handler)  # a parent may have it ignored
progress.PATIENCE = progress.PAUSE = 0.05
def slow(options):
    time.sleep({seconds})
    return "the answer"
arguments.VERBS["info"] = arguments.VERBS["info"]._replace(run=slow)
sys.exit(cli.main(["info"]))
"""


def on_a_terminal(seconds: float) -> tuple[subprocess.Popen[bytes], int]:
    """Run a slow command whose messages go to a terminal; give it, and the terminal."""
    mine, its_own = pty.openpty()
    command = [sys.executable, "-c", SCRIPT.format(seconds=seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=its_own)
    os.close(its_own)
    return process, mine


def read(terminal: int, until: bytes | None = None) -> str:
    """Read from a terminal until some bytes have come, or until nobody writes to it."""
    seen = b""
    while (until is None or until not in seen) and select.select([terminal], [], [], 20)[0]:
        try:
            part = os.read(terminal, 1024)
        except OSError:
            break
        if not part:
            break
        seen += part
    return seen.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs the terminals of Unix")
class TestTerminal:
    """The program as a terminal runs it."""

    def test_signs_and_answer_apart(self) -> None:
        """Signs go to the terminal of messages, and the answer alone to standard output."""
        process, terminal = on_a_terminal(0.5)
        signs = read(terminal)
        out, _ = process.communicate(timeout=20)
        assert (process.returncode, out) == (0, b"the answer\n")
        assert SIGN.search(signs)
        assert signs.endswith(f"\r{progress.BLANK}\r")

    def test_interrupted(self) -> None:
        """Ctrl-C wipes the sign and ends the program with status 130, without a traceback."""
        process, terminal = on_a_terminal(20)
        read(terminal, until=b"still working")
        process.send_signal(signal.SIGINT)
        rest = read(terminal)
        out, _ = process.communicate(timeout=20)
        assert (process.returncode, out) == (130, b"")
        assert rest.endswith(f"\r{progress.BLANK}\r")
        assert "Traceback" not in rest

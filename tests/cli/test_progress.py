"""The progress message: on a terminal only, after two seconds, and cleared before the answer."""

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
from positions.cli.progress import showing_progress, stop_progress

MESSAGE = re.compile(r"\r… still working, \d+ s")


class Terminal(io.StringIO):
    """A stream that passes for a terminal and records what is written to it."""

    def isatty(self) -> bool:
        """Return True."""
        return True

    def screen(self) -> str:
        """Return the line as it is finally shown, after all overwriting."""
        shown = ""
        for part in self.getvalue().split("\r"):
            shown = part + shown[len(part) :]
        return shown.rstrip()


@pytest.fixture
def short_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show the message every hundredth of a second."""
    monkeypatch.setattr(progress, "DELAY", 0.01)
    monkeypatch.setattr(progress, "INTERVAL", 0.01)


def wait_for(terminal: Terminal, messages: int) -> None:
    """Wait until a terminal has shown this many messages, for ten seconds at most."""
    end = time.monotonic() + 10
    while len(MESSAGE.findall(terminal.getvalue())) < messages and time.monotonic() < end:
        time.sleep(0.005)


def fail(terminal: Terminal, error: type[BaseException]) -> None:
    """Raise the error once a terminal has shown a message."""
    wait_for(terminal, 1)
    raise error


@pytest.mark.usefixtures("short_delay")
class TestMessage:
    """The message that is shown during long work."""

    def test_shown_and_cleared(self) -> None:
        """The message is updated on one line, which is blank in the end."""
        terminal = Terminal()
        with showing_progress(terminal):
            wait_for(terminal, 3)
            assert "still working" in terminal.screen()
        assert len(MESSAGE.findall(terminal.getvalue())) >= 3
        assert "\n" not in terminal.getvalue()
        assert terminal.screen() == ""

    def test_cleared_before_the_answer(self) -> None:
        """After `stop_progress` the line is blank, and stays so."""
        terminal = Terminal()
        with showing_progress(terminal):
            wait_for(terminal, 1)
            stop_progress()
            assert terminal.screen() == ""
            written = terminal.getvalue()
            time.sleep(0.1)
            assert terminal.getvalue() == written

    @pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
    def test_cleared_after_an_error(self, error: type[BaseException]) -> None:
        """The line is cleared when the work ends by Ctrl-C or an error."""
        terminal = Terminal()
        with pytest.raises(error), showing_progress(terminal):
            fail(terminal, error)
        assert MESSAGE.search(terminal.getvalue())
        assert terminal.screen() == ""

    def test_no_terminal(self) -> None:
        """Nothing is written to a stream that is not a terminal."""
        stream = io.StringIO()
        with showing_progress(stream):
            time.sleep(0.1)
        assert stream.getvalue() == ""


def test_short_work() -> None:
    """Work of less than two seconds shows nothing."""
    terminal = Terminal()
    with showing_progress(terminal):
        time.sleep(0.05)
    assert terminal.getvalue() == ""


SCRIPT = """
import signal, sys, time
from positions.cli import arguments, main as cli, progress
signal.signal(signal.SIGINT, signal.default_int_handler)  # the parent may have it ignored
progress.DELAY = progress.INTERVAL = 0.05
def slow(options):
    time.sleep({seconds})
    return "the answer"
arguments.VERBS["info"] = arguments.VERBS["info"]._replace(run=slow)
sys.exit(cli.main(["info"]))
"""


def on_a_terminal(seconds: float) -> tuple[subprocess.Popen[bytes], int]:
    """Start a slow command with a terminal for messages; return both."""
    controller, terminal = pty.openpty()
    command = [sys.executable, "-c", SCRIPT.format(seconds=seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal)
    os.close(terminal)
    return process, controller


def read(terminal: int, until: bytes | None = None) -> str:
    """Read from a terminal until the given bytes have come, or until it is closed."""
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
    """The program, run with a terminal for messages."""

    def test_message_and_answer_apart(self) -> None:
        """The message goes to standard error, and only the answer to standard output."""
        process, terminal = on_a_terminal(0.5)
        written = read(terminal)
        out, _ = process.communicate(timeout=20)
        assert (process.returncode, out) == (0, b"the answer\n")
        assert MESSAGE.search(written)
        assert written.endswith(f"\r{progress.BLANK}\r")

    def test_interrupted(self) -> None:
        """Ctrl-C clears the message and ends the program with status 130 and no traceback."""
        process, terminal = on_a_terminal(20)
        read(terminal, until=b"still working")
        process.send_signal(signal.SIGINT)
        rest = read(terminal)
        out, _ = process.communicate(timeout=20)
        assert (process.returncode, out) == (130, b"")
        assert rest.endswith(f"\r{progress.BLANK}\r")
        assert "Traceback" not in rest

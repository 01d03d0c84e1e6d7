"""A progress message on the terminal while an answer takes long."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TextIO

import attrs

DELAY = 2.0
"""Time before the first message, in seconds."""
BLANK = " " * 40
"""Spaces that overwrite the message, including one whose letters a terminal had to escape."""
INTERVAL = 1.0
"""Time between two messages, in seconds."""


@attrs.frozen(eq=False)
class ProgressLine:
    """A line of a terminal that is overwritten at intervals, and cleared at the end."""

    stream: TextIO
    _start: float = attrs.field(factory=time.monotonic, init=False)
    _ended: threading.Event = attrs.field(factory=threading.Event, init=False)

    def write(self) -> None:
        """Write the time elapsed at intervals until `end` is called; then clear the line."""
        pause, message = DELAY, ""
        while not self._ended.wait(pause):
            message = f"… still working, {time.monotonic() - self._start:.0f} s"
            self._overwrite(message)
            pause = INTERVAL
        if message:
            self._overwrite(f"{BLANK}\r")

    def _overwrite(self, text: str) -> None:
        self.stream.write(f"\r{text}")
        self.stream.flush()

    def end(self) -> None:
        """Stop writing."""
        self._ended.set()


_CURRENT: ContextVar[tuple[ProgressLine, threading.Thread] | None] = ContextVar(
    "_CURRENT", default=None
)
"""The line that is shown now, and the thread that writes it."""


@contextmanager
def showing_progress(stream: TextIO | None) -> Generator[None, None, None]:
    """Show a progress message on a terminal while the block runs, from its third second.

    Nothing is shown if the stream is closed or not a terminal. Call `stop_progress` before
    anything else is written; the end of the block does so in any case.

    Arguments:
        stream: where to show the message; never the stream of answers.

    >>> import io
    >>> with showing_progress(io.StringIO()):
    ...     stop_progress()
    """
    if stream is None or not stream.isatty():
        yield
        return
    line = ProgressLine(stream)
    thread = threading.Thread(target=line.write, daemon=True)
    token = _CURRENT.set((line, thread))
    thread.start()
    try:
        yield
    finally:
        stop_progress()
        _CURRENT.reset(token)


def stop_progress() -> None:
    """Clear the progress message, if there is one, before something else is written."""
    current = _CURRENT.get()
    if current is not None:
        line, thread = current
        line.end()
        thread.join()

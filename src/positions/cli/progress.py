"""A sign of life on the terminal while an answer takes long."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TextIO

import attrs

PATIENCE = 2.0
"""After how many seconds of work the first sign is given."""
BLANK = " " * 40
"""What wipes the line, even where a terminal has to spell out its letters."""
PAUSE = 1.0
"""How many seconds pass from one sign to the next."""


@attrs.frozen(eq=False)
class ProgressLine:
    """The one line that is written over and over, and wiped at the end."""

    stream: TextIO
    _begun: float = attrs.field(factory=time.monotonic, init=False)
    _over: threading.Event = attrs.field(factory=threading.Event, init=False)

    def write(self) -> None:
        """Say how long it takes, again and again until it is over; then wipe the line."""
        pause, told = PATIENCE, ""
        while not self._over.wait(pause):
            told = f"… still working, {time.monotonic() - self._begun:.0f} s"
            self._put(told)
            pause = PAUSE
        if told:
            self._put(f"{BLANK}\r")

    def _put(self, text: str) -> None:
        self.stream.write(f"\r{text}")
        self.stream.flush()

    def end(self) -> None:
        """Let no more be written."""
        self._over.set()


_SHOWN: ContextVar[tuple[ProgressLine, threading.Thread] | None]
_SHOWN = ContextVar("_SHOWN", default=None)
"""The line that is shown, and the thread that writes it."""


@contextmanager
def working(stream: TextIO | None) -> Generator[None, None, None]:
    """Show on a terminal that work goes on, if it takes longer than two seconds.

    Nothing is shown on a stream that is closed or no terminal. Call `answered` before anything
    else is written; the end of the block does so too, whether it succeeds or not.

    Arguments:
        stream: where to show it; never where answers go.

    >>> import io
    >>> with working(io.StringIO()):
    ...     answered()
    """
    if stream is None or not stream.isatty():
        yield
        return
    line = ProgressLine(stream)
    thread = threading.Thread(target=line.write, daemon=True)
    token = _SHOWN.set((line, thread))
    thread.start()
    try:
        yield
    finally:
        answered()
        _SHOWN.reset(token)


def answered() -> None:
    """Wipe the sign of life, if one is shown, as something else is about to be written."""
    shown = _SHOWN.get()
    if shown is not None:
        line, thread = shown
        line.end()
        thread.join()

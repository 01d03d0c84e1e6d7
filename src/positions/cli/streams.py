"""The standard streams of the program, each of which may be closed, full or without a reader."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import BinaryIO, TextIO

from positions.tables.whole_files import naming

INPUT, OUTPUT = "standard input", "standard output"
"""What errors call the streams."""
STDIN = Path("-")
"""What stands for standard input in the place of a file."""


def standard_input() -> BinaryIO:
    """Return standard input as a stream of bytes.

    Raises:
        OSError: it is closed.
    """
    if sys.stdin is None:
        raise _closed(INPUT)
    return sys.stdin.buffer


def write_output(text: str) -> None:
    """Write text to standard output, and flush it with all that was written before.

    Raises:
        OSError: it is closed or full, or its reader is gone.
    """
    if sys.stdout is None:
        raise _closed(OUTPUT)
    try:
        with naming(OUTPUT):
            print(text, end="", flush=True)
    except OSError:
        _discard(sys.stdout)
        raise


def write_message(text: str) -> None:
    """Write a line to standard error, if anything can be written there."""
    if sys.stderr is None:
        return
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        _discard(sys.stderr)


def _closed(stream: str) -> OSError:
    return OSError(errno.EBADF, os.strerror(errno.EBADF), stream)


def _discard(stream: TextIO) -> None:
    """Discard what a stream still holds, so that the interpreter does not fail on it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)

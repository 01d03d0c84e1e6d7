"""The standard streams of the program, any of which can be closed, full or without a reader."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import BinaryIO, TextIO

from positions.tables.whole_files import naming

INPUT, OUTPUT = "standard input", "standard output"
"""Names of the streams in error messages."""
STDIN = Path("-")
"""The file name that stands for standard input."""


def standard_input() -> BinaryIO:
    """Return standard input as a stream of bytes.

    Raises:
        OSError: it is closed.
    """
    if sys.stdin is None:
        raise _closed(INPUT)
    return sys.stdin.buffer


def write_output(text: str) -> None:
    """Write a text to standard output, and flush the stream.

    Raises:
        OSError: it is closed or full, or its reader has gone.
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
    """Write a line to standard error, if possible."""
    if sys.stderr is None:
        return
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        _discard(sys.stderr)


def _closed(stream: str) -> OSError:
    return OSError(errno.EBADF, os.strerror(errno.EBADF), stream)


def _discard(stream: TextIO) -> None:
    """Discard the buffer of a stream, so that the interpreter does not fail to flush it at exit."""
    null_device = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null_device, stream.fileno())
    os.close(null_device)

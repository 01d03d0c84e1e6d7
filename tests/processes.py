"""The command line, run in separate processes."""

from __future__ import annotations

import os
import subprocess
import sys


def process(*words: str, **options: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a separate process; options are environment variables."""
    return subprocess.run(
        [sys.executable, "-m", "positions", *words],
        env={**os.environ, **options},
        capture_output=True,
        encoding="utf-8",
    )


def shell(script: str, data: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script, in which `$POSITIONS` runs the program and `$DATA` is a data file."""
    return subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "POSITIONS": f"{sys.executable} -m positions", "DATA": data},
        capture_output=True,
        encoding="utf-8",
    )

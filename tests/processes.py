"""The command line in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys


def process(*words: str, **options: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "positions", *words],
        env={**os.environ, **options},
        capture_output=True,
        encoding="utf-8",
    )


def shell(script: str, data: str) -> subprocess.CompletedProcess[str]:
    """Run a script of the shell in which `$POSITIONS` runs the program."""
    return subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "POSITIONS": f"{sys.executable} -m positions", "DATA": data},
        capture_output=True,
        encoding="utf-8",
    )

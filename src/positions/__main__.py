"""Run the command line, as `python -m positions` or as the program `positions`."""

import gc
import signal
import sys

try:
    from positions.cli import main as cli
except KeyboardInterrupt:
    sys.exit(128 + signal.SIGINT)

OBJECTS = 1_000_000
"""How many objects are made between two searches for garbage: few answers need as many."""


def main() -> int:
    """Run the command that was typed, as the last thing that the process does.

    Returns:
        The exit status.
    """
    gc.set_threshold(OBJECTS)
    status = cli.main()
    gc.freeze()  # else the interpreter would search all objects once more before it ends
    return status


if __name__ == "__main__":
    sys.exit(main())

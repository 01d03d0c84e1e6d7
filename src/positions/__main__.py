"""Run the command line, as `python -m positions` or as the program `positions`."""

import gc
import signal
import sys

try:
    from positions.cli import main as cli
except KeyboardInterrupt:
    sys.exit(128 + signal.SIGINT)

COLLECTION_THRESHOLD = 1_000_000
"""New objects that trigger a garbage collection; few answers make that many."""


def main() -> int:
    """Run the command that was typed; the process is expected to end afterwards.

    Returns:
        The exit status.
    """
    gc.set_threshold(COLLECTION_THRESHOLD)
    status = cli.main()
    gc.freeze()  # spares the interpreter a last collection of all objects at exit
    return status


if __name__ == "__main__":
    sys.exit(main())

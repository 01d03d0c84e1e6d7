"""Run the command line, as `python -m positions` or as the program `positions`."""

import signal
import sys

try:
    from positions.cli.main import main
except KeyboardInterrupt:
    sys.exit(128 + signal.SIGINT)

if __name__ == "__main__":
    sys.exit(main())

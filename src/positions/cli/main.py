"""Entry point of the command line.

Answers go to standard output, messages to standard error. The exit status is 0 if
the question was answered, 1 if a file has faults or cannot be read, and 2 if the
command itself is invalid.
"""

from __future__ import annotations

import argparse
import io
import signal
import sys
from collections.abc import Sequence

import positions as pos
from positions.cli import parts
from positions.cli.arguments import VERBS, parser
from positions.cli.streams import OUTPUT, write_message, write_output
from positions.screen import one_line

INTERRUPTED = 128 + signal.SIGINT
"""Exit status after Ctrl-C, by the convention of shells."""
BROKEN_PIPE = 128 + 13
"""Exit status if the reader of the answer has gone: that of SIGPIPE, by the same convention."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Arguments:
        arguments: the words after the program's name; by default those of the process.

    Returns:
        The exit status: 0, 1 or 2; 130 if interrupted, 141 if the reader of the answer has gone.
    """
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit:
        raise  # the errors below would import libraries that help does not need
    except (pos.DataError, OSError) as error:
        return _report_error(error, 1)
    except pos.PositionsError as error:
        return _report_error(error, 2)


def _run(words: Sequence[str]) -> int:
    _escape_unencodable_letters()
    _require_verb(words)
    options = _parse(words)
    if options.verb is None:
        write_output(parser(()).format_help())
        return 0
    return parts.answer(options.verb, options)


def _parse(words: Sequence[str]) -> argparse.Namespace:
    """Parse a command; print and flush help or the version, and exit, if requested."""
    try:
        return parser(verb for name, verb in VERBS.items() if name in words).parse_args(words)
    except SystemExit as end:
        if not end.code:
            write_output("")
        raise


def _escape_unencodable_letters() -> None:
    """Escape the letters that the encoding of standard output lacks, rather than fail on them."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _require_verb(words: Sequence[str]) -> None:
    """Raise if the first word is neither an option nor a verb."""
    if words and not words[0].startswith("-") and words[0] not in VERBS:
        raise pos.UnknownNameError("verb", words[0], VERBS)


def _report_error(error: Exception, status: int) -> int:
    if isinstance(error, BrokenPipeError) and error.filename == OUTPUT:
        return BROKEN_PIPE
    text = str(error) if isinstance(error, pos.PositionsError) else one_line(str(error))
    write_message(f"positions: {text}")
    return status

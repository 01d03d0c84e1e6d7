"""The command line: the questions of the library, and checks of data files.

Data go to standard output, messages to standard error. The exit status is 0 where
the question was answered, 1 where a file has faults or cannot be read, and 2 where
the command itself cannot be used as typed.
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
"""The exit status after Ctrl-C, as shells count it."""
UNREAD = 128 + 13
"""The exit status where nobody reads the answer: that of SIGPIPE, as shells count it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Arguments:
        arguments: the words after the program's name; those of the process where None.

    Returns:
        The exit status: 0, 1 or 2; 130 if it was interrupted, 141 if nobody reads the answer.
    """
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit:
        raise  # before the errors below are asked for, which takes libraries that help does without
    except (pos.DataError, OSError) as error:
        return _complain(error, 1)
    except pos.PositionsError as error:
        return _complain(error, 2)


def _run(words: Sequence[str]) -> int:
    _spell_out_letters()
    _require_verb(words)
    options = _parsed(words)
    if options.verb is None:
        write_output(parser(()).format_help())
        return 0
    return parts.answer(options.verb, options)


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    """Parse a command; help and version are printed here, and flushed before the end."""
    try:
        return parser(verb for name, verb in VERBS.items() if name in words).parse_args(words)
    except SystemExit as end:
        if not end.code:
            write_output("")
        raise


def _spell_out_letters() -> None:
    """Spell out the letters that standard output cannot show, rather than fail on them."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _require_verb(words: Sequence[str]) -> None:
    """Refuse a first word that is no verb, with the nearest that is."""
    if words and not words[0].startswith("-") and words[0] not in VERBS:
        raise pos.UnknownNameError("verb", words[0], VERBS)


def _complain(error: Exception, status: int) -> int:
    if isinstance(error, BrokenPipeError) and error.filename == OUTPUT:
        return UNREAD
    text = str(error) if isinstance(error, pos.PositionsError) else one_line(str(error))
    write_message(f"positions: {text}")
    return status

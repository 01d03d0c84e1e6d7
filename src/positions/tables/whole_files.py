"""Write files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Generator
from pathlib import Path

FilePath = str | os.PathLike[str]
"""Path of a file."""


def target_of(path: FilePath) -> Path:
    """Return the file or folder that a path refers to after following links; it need not exist.

    Raises:
        OSError: the links form a loop.
    """
    with contextlib.suppress(FileNotFoundError):
        os.stat(path)
    return Path(os.path.realpath(path))


def beside(target: Path) -> Path:
    """Return a new temporary path in the same folder, from which `target` can be replaced."""
    return target.with_name(f".positions-{os.urandom(8).hex()}")


@contextlib.contextmanager
def naming(path: FilePath) -> Generator[None, None, None]:
    """Name the given path in errors of the operating system, instead of a temporary file."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, os.fspath(path)) from error


def write_whole(path: FilePath, data: bytes) -> None:
    """Write a temporary file in the same folder, and move it into place when it is complete.

    If the path is a link, the file it refers to is replaced. The new file has the mode of
    the one it replaces; if there was none, the default mode under the umask. Pipes and
    devices are written to directly, since they cannot be replaced.

    Raises:
        OSError: the file cannot be written; an existing file stays as it was.
    """
    with naming(path):
        target = target_of(path)
        if target.exists() and not target.is_file():
            with open(path, "wb") as file:
                file.write(data)
        else:
            _replace(target, data)


def _replace(target: Path, data: bytes) -> None:
    """Write a temporary file, and replace the target with it."""
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    temporary = beside(target)
    handle = os.open(temporary, _NEW_FILE, 0o666 if mode is None else 0o600)
    try:
        with open(handle, "wb") as file:
            file.write(data)
        if mode is not None:
            os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
"""Flags to create a file that must not exist yet, in binary mode on Windows too."""

"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Generator
from pathlib import Path

FilePath = str | os.PathLike[str]
"""Where a file is."""


def target_of(path: FilePath) -> Path:
    """Return the file or folder to which links lead, whether or not it exists.

    Raises:
        OSError: the links form a loop.
    """
    with contextlib.suppress(FileNotFoundError):
        os.stat(path)
    return Path(os.path.realpath(path))


def beside(target: Path) -> Path:
    """Return a new name in the same folder, for what is moved to its place when it is whole."""
    return target.with_name(f".positions-{os.urandom(8).hex()}")


@contextlib.contextmanager
def naming(path: FilePath) -> Generator[None, None, None]:
    """Name the path that was asked for in errors of the system, not a file beside it."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, os.fspath(path)) from error


def write_whole(path: FilePath, data: bytes) -> None:
    """Write a file beside its place, and move it there when it is whole.

    Where a link leads, the file it leads to is replaced. The new file has the mode of the
    one it replaces; where there was none, the mode that the umask leaves. A pipe or a
    device is written to directly, since nothing can take its place.

    Raises:
        OSError: the file cannot be written; what was there before stays.
    """
    with naming(path):
        target = target_of(path)
        if target.exists() and not target.is_file():
            with open(path, "wb") as file:
                file.write(data)
        else:
            _replace(target, data)


def _replace(target: Path, data: bytes) -> None:
    """Write a new file, and move it to the place of the old one."""
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    made = beside(target)
    handle = os.open(made, _NEW_FILE, 0o666 if mode is None else 0o600)
    try:
        with open(handle, "wb") as file:
            file.write(data)
        if mode is not None:
            os.chmod(made, mode)
        os.replace(made, target)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
"""How a file is opened that must not exist yet; its bytes are kept as they are on Windows too."""
